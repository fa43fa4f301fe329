"""The finished HTML of a letter → whether mail programs show all of it, with a bill of what weighs how much.  Knows no hub."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import reduce

from handbill.errors import Level, Problem, Said, said
from handbill.outputs.mail.fault import ThemeFault
from handbill.outputs.mail.record import Letter
from handbill.outputs.mail.standing import heading_of
from handbill.outputs.mail.weight import (
    MANY,
    MOST,
    MOST_STYLE,
    MOST_STYLE_EACH,
    Block,
    Cut,
    Weight,
    bill,
    cuts,
    style_fault,
    weight_of,
)
from handbill.outputs.words import Words

#: Blocks that a bill names; the others are one sum.
NAMED = 6

#: Where rules for the head of a letter stand.
_HEAD = "theme/mail/screen.css"


@dataclass(frozen=True, slots=True)
class Proof:
    """What the finished HTML of a letter told: problems, those of its text without a path, and the pictures that it shows."""

    problems: tuple[Problem, ...]
    pictures: tuple[str, ...] = ()


def proof_of(letter: Letter, make: Callable[[Letter], str], words: Words) -> Proof:
    """Return what is wrong with the HTML of a letter; a fault of the theme is told at the theme's file."""
    # The parts of it that need the libraries of mail are only there where they are.
    from handbill.outputs.mail.compose import fetched

    try:
        html = make(letter)
    except ThemeFault as fault:
        return Proof((Problem(fault.file, fault.line, 0, "", fault.found, fault.wanted, "HB429"),))
    problems = (*_of_weight(letter, html, make, words), *_of_styles(html))
    return Proof(problems, tuple(dict.fromkeys(fetched(html))))


def _of_weight(letter: Letter, html: str, make: Callable[[Letter], str], words: Words) -> tuple[Problem, ...]:
    weight = weight_of(html)
    if weight.fits and weight.own < MANY:
        return ()
    blocks = _bill(bill(letter, make), weight, words)
    if weight.fits:
        found = said("{n} KB of HTML, close to where Gmail cuts a letter off: {bill}", n=_kb(weight.own), bill=blocks)
        return (Problem("", 0, 0, "", found, said("{n} KB at most, with room to spare", n=_kb(MOST)), "HB423", Level.WARNING),)
    found = said(
        "{n} KB of HTML, of which Gmail hides the end, and the way out of the list with it: {bill}", n=_kb(_heavier(weight)), bill=blocks
    )
    return (Problem("", 0, 0, "", found, _less(letter, make, words), "HB422"),)


def _less(letter: Letter, make: Callable[[Letter], str], words: Words) -> Said:
    """Return what would make a letter fit, tried out."""
    found = cuts(letter, make)
    if found is None or any(not one.name and not one.title for one in found[0]):
        return said("{n} KB at most: a part of the text as a post, say, with a link to it", n=_kb(MOST))
    what, left = found
    return said(
        "{n} KB at most; it has {left} without {what}",
        n=_kb(MOST),
        left=_kb(left.own),
        what=_listed([_cut(one, words) for one in what]),
    )


def _heavier(weight: Weight) -> int:
    """Return what a letter weighs: what it has on its way, where only that is too much."""
    return weight.sent if weight.own <= MOST < weight.sent else weight.own


def _bill(blocks: Sequence[Block], weight: Weight, words: Words) -> Said:
    """Return what the heaviest blocks weigh, in the measure of the whole, and all the rest as one sum."""
    whole = _heavier(weight)
    named = [(one, round(one.own * whole / weight.own)) for one in blocks[:NAMED] if one.own * 100 >= weight.own]
    told = [
        said("{title} {n} KB ({share} %)", title=_named(one.name, one.title, words), n=_kb(n), share=round(100 * n / whole))
        for one, n in named
    ]
    return _listed([*told, said("{n} KB for all the rest", n=_kb(whole) - sum(_kb(n) for _, n in named))])


def _cut(cut: Cut, words: Words) -> Said:
    title = _named(cut.name, cut.title, words)
    if cut.first <= 1:
        return title
    if cut.first == cut.last:
        return said("entry {last} of {title}", last=cut.last, title=title)
    return said("entries {first} to {last} of {title}", first=cut.first, last=cut.last, title=title)


def _named(name: str, title: str, words: Words) -> Said:
    """Return what a block is called: by its heading, as members read it."""
    if name or title:
        return said("“{title}”", title=heading_of(name, title, words))
    return said("the beginning of the text")


def _listed(parts: Sequence[Said]) -> Said:
    return reduce(lambda one, other: said("{one}, {other}", one=one, other=other), parts)


def _kb(n: int) -> int:
    """Return thousands of bytes, rounded up: what is above a limit must not look as if it were at it."""
    return -(-n // 1000)


def _of_styles(html: str) -> tuple[Problem, ...]:
    kind, n = style_fault(html)
    told = {
        "each": (said("a style block of {n} bytes, which Gmail leaves out", n=n), said("at most {n}", n=MOST_STYLE_EACH)),
        "all": (said("style blocks of {n} bytes together, which Gmail leaves out", n=n), said("at most {n}", n=MOST_STYLE)),
        "nested": (said("a rule with @ inside another one, for which Gmail leaves out them all"), said("each by itself")),
    }
    if not kind:
        return ()
    return (Problem(_HEAD, 0, 0, "", *told[kind], "HB424"),)
