"""The HTML of a letter → what it weighs, block by block, and what to leave out so that it fits.

Gmail shows about 102 KB of a letter and hides the rest, the way out of the list
with it (email-bugs#41); its servers drop style sheets of which one is too large
(caniemail#144) or has a rule with @ inside another (email-bugs#21).
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from functools import partial
from html import unescape

from handbill.outputs.content import Part, Prose
from handbill.outputs.mail.message import quoted
from handbill.outputs.mail.record import Letter

#: Bytes of HTML as it is written, and as quoted-printable on its way; from the third on, little more fits.
MOST, MOST_SENT, MANY = 100_000, 102_400, 80_000

#: Bytes of all style blocks together, and of each.
MOST_STYLE, MOST_STYLE_EACH = 12_000, 8_000

#: What no cut takes away: whoever is not told of a change comes in vain.
_KEPT = {"changes", "corrections"}

#: How many pieces of the text are weighed; the lightest of more are counted as one.
_WEIGHED = 12

_HEADING = re.compile(r"(?=<h[1-3]\b)")
_TITLE = re.compile(r"<h[1-3]\b[^>]*>(.*?)</h[1-3]>", re.DOTALL)
_TAG = re.compile(r"<[^>]*>")
_COMMENT = re.compile(r"<!--.*?-->", re.DOTALL)
_STYLE = re.compile(r"<style\b[^>]*>(.*?)</style>", re.DOTALL | re.IGNORECASE)
_TOKENS = re.compile(r"/\*.*?\*/|\"[^\"]*\"|'[^']*'|@|[{};]", re.DOTALL)

#: Makes the HTML of a letter.
Maker = Callable[[Letter], str]


@dataclass(frozen=True, slots=True)
class Weight:
    """Bytes of the HTML as it is written (``own``) and as it is sent."""

    own: int
    sent: int

    @property
    def fits(self) -> bool:
        """Say whether Gmail shows all of it."""
        return self.own <= MOST and self.sent <= MOST_SENT


@dataclass(frozen=True, slots=True)
class Block:
    """A part of a letter: the section it is, or the title of a piece of its text ("" for what comes first), and its bytes."""

    name: str
    title: str
    own: int


@dataclass(frozen=True, slots=True)
class Cut:
    """What to leave out: the entries of a section from ``first`` to ``last``, all of it where ``first`` is 1; 0 for a piece of text."""

    name: str
    title: str
    first: int
    last: int


def weight_of(html: str) -> Weight:
    """Return what the HTML of a letter weighs; a member's token is as long in what is sent."""
    sent = quoted(html)
    return Weight(len(html.encode("utf-8")), len(sent) + sent.count("\n"))


def bill(letter: Letter, make: Maker) -> tuple[Block, ...]:
    """Return what each part of a letter weighs, the heaviest first: what the letter loses without it.

    So a part counts with its styles and its frame, whatever the theme is.
    """
    pieces = _pieces(letter)
    whole = len(make(_joined(letter, pieces)).encode("utf-8"))
    texts = sorted((n for n, one in enumerate(pieces) if isinstance(one, Prose)), key=lambda n: -len(_prose(pieces[n]).html))
    found = []
    for number, piece in enumerate(pieces):
        if number in texts[_WEIGHED:]:
            continue
        own = whole - len(make(_joined(letter, pieces[:number] + pieces[number + 1 :])).encode("utf-8"))
        found.append(Block(piece.name if isinstance(piece, Part) else "", _title(piece), own))
    return tuple(sorted(found, key=lambda one: (-one.own, one.name, one.title)))


def cuts(letter: Letter, make: Maker) -> tuple[tuple[Cut, ...], Weight] | None:
    """Return the least to leave out so that a letter fits, and what it then weighs; ``None`` where even that does not help.

    The last entries of the heaviest section first, for a page can show them
    all; a text that somebody wrote only where sections do not suffice.
    """
    pieces, found = _pieces(letter), list[Cut]()
    blocks = bill(letter, make)
    for block in (*(one for one in blocks if one.name), *(one for one in blocks if not one.name)):
        if block.name in _KEPT:
            continue
        number = next((n for n, one in enumerate(pieces) if (_name(one), _title(one)) == (block.name, block.title)), None)
        if number is None:
            continue
        piece = pieces[number]
        without = pieces[:number] + pieces[number + 1 :]
        if isinstance(piece, Prose):
            pieces = without
            found.append(Cut("", block.title, 0, 0))
        else:
            kept = _most_that_fits(piece, partial(_with, letter, pieces, number), make)
            pieces = (*pieces[:number], replace(piece, cards=piece.cards[:kept]), *pieces[number + 1 :]) if kept else without
            found.append(Cut(piece.name, piece.title, kept + 1, len(piece.cards)))
        weight = weight_of(make(_joined(letter, pieces)))
        if weight.fits:
            return tuple(found), weight
    return None


def _most_that_fits(part: Part, letter_with: Callable[[Part], Letter], make: Maker) -> int:
    """Return how many of its first entries a section may keep, 0 where the letter is too heavy even so."""
    least, most = 0, len(part.cards) - 1
    while least < most:
        half = (least + most + 1) // 2
        if weight_of(make(letter_with(replace(part, cards=part.cards[:half])))).fits:
            least = half
        else:
            most = half - 1
    return least


def _pieces(letter: Letter) -> tuple[Prose | Part, ...]:
    """Return what a letter says, its text cut at each heading."""
    return tuple(_cut(letter))


def _cut(letter: Letter) -> Iterator[Prose | Part]:
    for one in letter.content:
        if isinstance(one, Part):
            yield one
        else:
            yield from (Prose(html, "") for html in _HEADING.split(one.html) if html.strip())


def _joined(letter: Letter, pieces: tuple[Prose | Part, ...]) -> Letter:
    """Return a letter of these pieces, neighbours in the text as one text again."""
    content: list[Prose | Part] = []
    for one in pieces:
        if isinstance(one, Prose) and content and isinstance(content[-1], Prose):
            content[-1] = Prose(content[-1].html + one.html, "")
        else:
            content.append(one)
    return replace(letter, content=tuple(content))


def _with(letter: Letter, pieces: tuple[Prose | Part, ...], number: int, part: Part) -> Letter:
    """Return a letter of these pieces, with another one at that number."""
    return _joined(letter, (*pieces[:number], part, *pieces[number + 1 :]))


def _prose(piece: Prose | Part) -> Prose:
    assert isinstance(piece, Prose)
    return piece


def _name(piece: Prose | Part) -> str:
    return piece.name if isinstance(piece, Part) else ""


def _title(piece: Prose | Part) -> str:
    if isinstance(piece, Part):
        return piece.title
    found = _TITLE.match(piece.html)
    return " ".join(unescape(_TAG.sub("", found[1])).split()) if found else ""


def style_fault(html: str) -> tuple[str, int]:
    """Return why Gmail would drop the style blocks of a letter, and how much there is of it.

    One is too long (``each``) or all together are (``all``), in bytes; or rules
    with @ stand inside others (``nested``), which are counted.  ``""``: it would not.
    """
    # What stands in a comment is for Outlook alone.
    blocks = _STYLE.findall(_COMMENT.sub("", html))
    sizes = [len(block.encode("utf-8")) for block in blocks]
    if sizes and max(sizes) > MOST_STYLE_EACH:
        return "each", max(sizes)
    if sum(sizes) > MOST_STYLE:
        return "all", sum(sizes)
    nested = sum(map(_nested, blocks))
    return ("nested", nested) if nested else ("", 0)


def _nested(rules: str) -> int:
    """Return how many rules with @ stand inside other rules."""
    depth = found = 0
    for sign in _TOKENS.findall(rules):
        depth += {"{": 1, "}": -1}.get(sign, 0)
        found += sign == "@" and depth > 0
    return found
