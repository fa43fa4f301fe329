"""Titles, summaries and subjects against the room that they have where members see them first.

Nothing here stops a build: the text is all there on the page.  What is told is
where other people's programs end it.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Mapping
from typing import Any

from handbill.errors import Level, said
from handbill.hub.fields import Desk
from handbill.hub.nodes import Spot

#: Signs of a subject that telephones show: as few as about 40, and 48 in the most generous program that was measured.
#: Source: emailtooltester.com, "Email subject lines character limit", measured on four telephones; Mailchimp's advice is 60.
PHONE, WIDEST_PHONE = 40, 48
#: Signs of a subject in a list of mails on a computer, beside the sender and the date.  Source: the same; Outlook 51 to 60, Gmail about 70.
COMPUTER = 60
#: Signs of a preheader on the telephone that shows the most of it.  Source: the same.
PREHEADER = 100
#: The title and the description of a link that is shared.  Source: the Cards markup reference of Twitter (70 and 200).
CARD_TITLE, CARD_TEXT = 70, 200
#: The two lines under a search result: about 160 signs in 920 pixels.  Source: Google Search Central names no number
#: and ends the text where the screen does; measured by Portent and others at 155 to 160.
SEARCH = 160

#: Before this sign every letter is one place wide.
_FIRST_OTHER = "\u0300"

Places = Mapping[str, tuple[int, int, int]]


def measure(values: Mapping[str, Any], places: Places, desk: Desk) -> None:
    """Put down which texts of the front matter are ended by mail programs, search engines and shared links.

    *values* are the typed fields, *places* where those that were written stand.
    """
    subject, preheader, title, summary = (str(values.get(name) or "") for name in ("subject", "preheader", "title", "summary"))
    n = width(subject)
    if n > COMPUTER:
        found = said("{n} characters; in a list of mails the subject ends after “{start}”", n=n, start=start_of(subject, COMPUTER))
        wanted = said("about {most}, the point of it among the first {phone}", most=COMPUTER, phone=PHONE)
        _tell("subject", found, wanted, "HB230", Level.WARNING, places, desk)
    elif n > WIDEST_PHONE:
        found = said("{n} characters; on a telephone the subject ends after “{start}”", n=n, start=start_of(subject, PHONE))
        _tell("subject", found, said("the point of it among the first {most}", most=PHONE), "HB231", Level.NOTE, places, desk)
    n = width(preheader)
    if n > PREHEADER:
        found = said("{n} characters; in a list of mails the line ends after “{start}”", n=n, start=start_of(preheader, PREHEADER))
        _tell("preheader", found, said("at most about {most}", most=PREHEADER), "HB232", Level.NOTE, places, desk)
    n = width(title)
    if n > CARD_TITLE and title != subject:
        found = said("{n} characters; where the link is shared the title ends after “{start}”", n=n, start=start_of(title, CARD_TITLE))
        _tell("title", found, said("at most about {most}", most=CARD_TITLE), "HB233", Level.NOTE, places, desk)
    n = width(summary)
    if n > CARD_TEXT:
        found = said("{n} characters; where the link is shared the summary ends after “{start}”", n=n, start=_end_of(summary, CARD_TEXT))
        _tell("summary", found, said("at most about {most}", most=SEARCH), "HB234", Level.WARNING, places, desk)
    elif n > SEARCH:
        found = said("{n} characters; in a search engine the summary ends after “{start}”", n=n, start=_end_of(summary, SEARCH))
        _tell("summary", found, said("at most about {most}", most=SEARCH), "HB235", Level.NOTE, places, desk)


def width(text: str) -> int:
    """Return how many letters wide a text is: signs of East Asia and pictures take two places, accents none."""
    if max(text.replace("’", "'"), default="") < _FIRST_OTHER:
        return len(text)
    return sum(0 if unicodedata.combining(sign) else 2 if unicodedata.east_asian_width(sign) in "WF" else 1 for sign in text)


def start_of(text: str, room: int) -> str:
    """Return what is left of a text in so many places, up to the last whole word, with three points."""
    taken, used = [], 0
    for sign in text:
        used += width(sign)
        if used > room - 1:
            break
        taken.append(sign)
    start = "".join(taken)
    whole = start.rpartition(" ")[0] if " " in start[room // 2 :] and not text[len(start) :].startswith(" ") else start
    return whole.rstrip(" ,;:.!?…–-") + "…"


def _end_of(text: str, room: int) -> str:
    """Return the last words that are still seen; the beginning of a long text is known."""
    start = start_of(text, room)
    return "…" + start[-40:].partition(" ")[2] if len(start) > 60 else start


def _tell(name: str, found: str, wanted: str, code: str, level: Level, places: Places, desk: Desk) -> None:
    line, column, wide = places.get(name, (0, 0, 0))
    desk.refuse(Spot(line, column, wide), name, found, wanted, code, level)
