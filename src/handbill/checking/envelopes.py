"""What a mail shows before it is opened, and what the law wants at its foot → advice to who writes it.

Sources: CAN-SPAM (15 U.S.C. 7704: a true subject, a postal address, a way out); article L34-5 of the French code of
posts and electronic communications (a way out in every letter).  How long a subject is, is told where it is read.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from handbill.checking.pointing import at, in_settings
from handbill.errors import Level, Problem, Said, said
from handbill.hub.item import Item
from handbill.outputs.mail.record import Letter
from handbill.settings import Settings

#: How mail programs begin the subject of an answer or of a mail that is passed on, in a few languages.
_ANSWER = re.compile(r"(?:re|réf?|fwd?|tr|aw|wg|rv|sv)\s?:", re.IGNORECASE)
_SHOUTS = re.compile(r"[!?]{2,}|!.*!")

#: From this many letters on, capitals are no abbreviation.
_SHORTEST_SHOUT = 8


def check_envelopes(letters: Sequence[tuple[Item, Letter]], settings: Settings) -> Iterator[Problem]:
    """Yield what is better changed before a letter is mailed; a hub without a sender only shows its letters."""
    mailed = [(item, letter) for item, letter in letters if letter.sender]
    for item, letter in mailed:
        if found := _of_subject(letter.subject):
            yield at(item, "subject", found, said("a subject as in a mail to a friend"), "HB427", Level.WARNING)
        yield from _of_preheader(item, letter)
    yield from _of_foot([letter for _, letter in mailed], settings)


def _of_subject(subject: str) -> Said | None:
    """Return what makes a subject look like one that filters put aside."""
    letters = [sign for sign in subject if sign.isalpha()]
    if answer := _ANSWER.match(subject):
        return said("a subject that begins with “{start}”, as if it answered its reader", start=answer[0])
    if len(letters) >= _SHORTEST_SHOUT and subject.isupper():
        return said("a subject in capitals")
    if shout := _SHOUTS.search(subject):
        return said("a subject with “{signs}”", signs=shout[0][-2:] if len(shout[0]) > 4 else shout[0])
    return None


def _of_preheader(item: Item, letter: Letter) -> Iterator[Problem]:
    wanted = said("a line that says what the subject does not")
    subject, preheader = (" ".join(text.casefold().split()).rstrip(".!? ") for text in (letter.subject, letter.preheader))
    if not preheader:
        found = said("nothing, so that mail programs show the title once more")
        yield at(item, "preheader", found, wanted, "HB427", Level.NOTE)
    elif preheader == subject:
        yield at(item, "preheader", said("the subject once more"), wanted, "HB427", Level.WARNING)


def _of_foot(letters: Sequence[Letter], settings: Settings) -> Iterator[Problem]:
    if any(not one.postal_address for one in letters):
        wanted = said(
            'a line such as {name}{sign}"{example}"', name="postal_address", sign=" = ", example="14 rue des Établis, 33800 Bordeaux"
        )
        found = said("no postal address at the foot of the letters, which many laws ask for")
        yield in_settings(settings, ("mail",), found, wanted, "HB428", Level.WARNING, "mail.postal_address")
    for key in sorted({one.key for one in letters if not one.unsubscribe and not one.unsubscribe_mail}):
        found = said("no way to leave the letter “{letter}”, without which mail programs put it aside", letter=key)
        wanted = said(
            'a line such as {name}{sign}"{example}"', name="unsubscribe", sign=" = ", example="https://lettre.example/stop/{token}"
        )
        yield in_settings(settings, ("mail",), found, wanted, "HB428", Level.WARNING, "mail.unsubscribe")
