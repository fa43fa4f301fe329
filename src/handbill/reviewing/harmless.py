"""Words of strangers → Markdown that shows them as they are and is nothing else: no link, no picture, no element, no mention.

Two things read what is made here: Markdown, and after it the filters of a forge,
which look at the text that is left and make links of ``@name``, ``#12``,
addresses and ids of commits.  No escape keeps a sign from those, so a space of
no width parts what they look for.  It stands in code, too: whoever answers a
notification by mail quotes it as plain text, and there code is text.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable

from handbill.reviewing.record import Run
from handbill.showing.cells import CUT, safe

#: As many signs of a title or of a sentence are shown.
LONGEST = 200

#: As many signs of the words that stay are shown on each side of a change.
_AROUND = 50

#: Parts what a forge would take for one thing.  Nothing of this kind is left in the words themselves: :func:`safe` shows it.
_NOTHING = "&#8203;"
_NOTHING_IN_CODE = "\u200b"

#: What Markdown could read as more than a sign, anywhere in a line.
_ACTIVE = re.compile(r"[\\`*_\[\]<>&|~#^]")
#: The same at the beginning of a line: lists, headings, tables, rules.
_LEADING = re.compile(r"(?:[-+=:]|(\d{1,9})(?=[.)]))")
_SPACES = re.compile("[ \t\n\r\x0b\x0c\x1c-\x1f\x85\u2028\u2029]+")

#: What filters look for, in text that Markdown has passed; what could be the id of a commit is parted into stretches too short for one.
_SOUGHT = re.compile(
    r"@|#|\b(?:gh|ghsa|cve)-(?=\w)|:(?=//)|\bwww(?=\.)|:(?=[\w+-]+:)|(?<![0-9a-z])[0-9a-f]{7,64}(?![0-9a-z])",
    re.IGNORECASE,
)
_STRETCHES = re.compile(".{1,6}")
#: Of marks that are set onto a letter no more than this are shown: a pile of them covers the lines around.
_MOST_MARKS = 3


def plain(text: str, most: int = LONGEST) -> str:
    """Return words as they are, for the middle or the beginning of a line of Markdown."""
    shown = _shown(text, most)
    parted = _SOUGHT.sub(lambda found: "\0".join(_STRETCHES.findall(found[0])) if len(found[0]) > 6 else found[0] + "\0", shown)
    escaped = _ACTIVE.sub(lambda sign: "\\" + sign[0], parted).replace("\0", _NOTHING)
    # GitHub looks for formulas after Markdown; its own documentation names this way to write the sign.
    escaped = escaped.replace("$", "<span>$</span>")
    if leading := _LEADING.match(escaped):
        at = leading.end() if leading[1] else 0
        escaped = f"{escaped[:at]}\\{escaped[at:]}"
    return escaped


def strong(text: str) -> str:
    """Return a title so that it stands out; a dash for one without a word."""
    told = plain(text.strip())
    return f"**{told}**" if told else "—"


def code(text: str, most: int = LONGEST) -> str:
    """Return a path, an address or another word of machines as it is; nothing is read in it."""
    shown = _shown(text, most).replace("@", "@" + _NOTHING_IN_CODE)
    longest = max((len(one) for one in re.findall("`+", shown)), default=0)
    fence = "`" * (longest + 1)
    # Between longer fences one space on each side is no part of it; a code of nothing would be no code.
    pad = " " if longest or not shown.strip() else ""
    return f"{fence}{pad}{shown or ' '}{pad}{fence}"


def compared(runs: Iterable[Run], most: int) -> str:
    """Return a comparison of two texts as one line: what is gone struck out, what is new underlined, a few words around.

    It is cut after *most* signs.
    """
    told = [Run(run.how, " ¶ ".join(line for line in run.text.split("\n") if line.strip()).strip(" ")) for run in runs if run.text.strip()]
    pieces: list[str] = []
    left = most
    for number, run in enumerate(told):
        text = _around(run.text, number == 0, number == len(told) - 1) if run.how == "same" else run.text
        if left <= 0:
            pieces.append(CUT)
            break
        words = plain(text, max(left, _AROUND))
        left -= len(text)
        pieces.append({"gone": f"<del>{words}</del>", "new": f"<ins>{words}</ins>"}.get(run.how, words))
    return " ".join(pieces)


def _around(text: str, is_first: bool, is_last: bool) -> str:
    """Return of words that stay only those beside what changes, whole, and of a paragraph before or after nothing."""
    words = [word for word in text.split(" ") if word]
    after = [] if is_first else _until(words)
    before = [] if is_last else _until(words[len(after) :][::-1])[::-1]
    is_cut = len(after) + len(before) < len(words)
    return " ".join((*after, *((CUT,) if is_cut else ()), *before))


def _until(words: list[str]) -> list[str]:
    """Return the first words, up to so many signs, and none from another paragraph."""
    kept: list[str] = []
    for word in words:
        if word in ("¶", CUT) or sum(map(len, kept)) + len(kept) + len(word) > _AROUND:
            break
        kept.append(word)
    return kept


def _shown(text: str, most: int) -> str:
    """Return a text on one line, cut where it is too long, with nothing in it that cannot be seen."""
    line = _SPACES.sub(" ", text[: 4 * most + 100]).strip(" ")
    shown, marks = [], 0
    for sign in safe(line):
        marks = marks + 1 if unicodedata.category(sign) in ("Mn", "Me") else 0
        if marks <= _MOST_MARKS:
            shown.append(sign)
    is_cut = len(shown) > most or len(text) > 4 * most + 100
    return "".join(shown[: most - 1]).rstrip(" ") + CUT if is_cut else "".join(shown)
