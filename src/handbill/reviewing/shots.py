"""Changed pages and letters → pictures of both states with all that differs framed, and how high each is; where a Chromium exists.

Never fails: without a browser, or with one that does not answer, it says so in a line.
"""

from __future__ import annotations

import struct
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from itertools import islice
from time import monotonic

from handbill.errors import Said, said
from handbill.reviewing.chromium import NoPicture, Tab, found, is_possible, started
from handbill.reviewing.embed import Asset, Which, embedders
from handbill.reviewing.marking import marked
from handbill.reviewing.page_groups import groups
from handbill.reviewing.record import Review

#: The widths in CSS pixels at which pages are looked at; a letter is no wider than mail programs show it.
WIDTHS: Mapping[str, int] = {"phone": 375, "desk": 1280}
LETTER_WIDTHS: Mapping[str, int] = {"phone": 375, "desk": 700}

#: So many things are photographed, the most important first, and no new one is begun after so many seconds.
MOST, MOST_S = 12, 60.0


@dataclass(frozen=True, slots=True)
class Shots:
    """What was taken, by the address of a page; ``told`` says why there is nothing, or less than there could be."""

    told: Said | None = None
    high: Mapping[str, Mapping[str, int]] = field(default_factory=dict)
    framed: Mapping[str, Mapping[str, tuple[tuple[Which, bytes], ...]]] = field(default_factory=dict)

    def heights(self, address: str) -> Mapping[str, int]:
        """Return how many CSS pixels high the higher state of a page is, by the name of the width; empty where nobody measured."""
        return self.high.get(address, {})

    def marked(self, address: str) -> Mapping[str, tuple[tuple[Which, bytes], ...]]:
        """Return the framed pictures (WebP) of a page, by the name of the width."""
        return self.framed.get(address, {})


#: Where no picture was asked for.
NONE = Shots()


@dataclass(frozen=True, slots=True)
class _Look:
    """Something to photograph in both states."""

    address: str
    before: bytes
    after: bytes
    widths: Mapping[str, int]


def shots(review: Review, asset: Asset, tell: Callable[[Said], object] = lambda _: None, program: str | None = None) -> Shots:
    """Return pictures of the changed pages and letters of a review; *program* is a browser other than the one that is found."""
    looks = list(_looks(review))
    if not looks:
        return NONE
    if not is_possible():
        return Shots(said("There are no pictures with what differs framed: they are taken on Linux and macOS only."))
    browser = found() if program is None else program
    if not browser:
        return Shots(said("There are no pictures with what differs framed: no Chromium was found (HANDBILL_CHROMIUM names one)."))
    tell(said("Taking pictures of what differs"))
    try:
        with started(browser) as tab:
            return _taken(looks, review, asset, tab)
    except NoPicture:
        return Shots(said("There are no pictures with what differs framed: {browser} did not answer.", browser=browser))


def letter_address(name: str) -> str:
    """Return the address of a letter as it is mailed."""
    return f"newsletters/{name}/mail.html"


def _looks(review: Review) -> Iterator[_Look]:
    """Yield what has two states to be compared, letters before pages."""
    for letter in review.letters:
        before, after = letter.former.get("mail.html"), letter.forms.get("mail.html")
        if before is not None and after is not None and before != after:
            yield _Look(letter_address(letter.name), before, after, LETTER_WIDTHS)
    for group in groups(review.pages):
        page = group.first
        # Pages that follow show the same elsewhere: a new name in a list, an entry more.
        if page.is_own and page.before is not None and page.after is not None:
            yield _Look(page.address, page.before, page.after, WIDTHS)


def _taken(looks: list[_Look], review: Review, asset: Asset, tab: Tab) -> Shots:
    documents = embedders(review, asset)
    high: dict[str, Mapping[str, int]] = {}
    framed: dict[str, Mapping[str, tuple[tuple[Which, bytes], ...]]] = {}
    begun, count = monotonic(), 0
    told: Said | None = None
    for look in islice(looks, MOST):
        if monotonic() - begun > MOST_S:
            break
        old, new = documents["before"].document(look.before, look.address), documents["after"].document(look.after, look.address)
        try:
            pairs = {name: (tab.picture(old, width), tab.picture(new, width)) for name, width in look.widths.items()}
        except NoPicture:
            # What it took until then is kept; it may have stopped over one monstrous page.
            told = said("The browser stopped while pictures were taken: some are missing.")
            break
        high[look.address] = {name: max(map(_high, pair)) for name, pair in pairs.items()}
        framed[look.address] = {name: (("before", both[0]), ("after", both[1])) for name, pair in pairs.items() if (both := marked(*pair))}
        count += 1
    if told is None and len(looks) > count:
        told = said("Pictures with what differs framed were taken of {n} of {all} changed pages and letters.", n=count, all=len(looks))
    return Shots(told, high, framed)


def _high(png: bytes) -> int:
    """Return the height of a PNG in pixels."""
    return int(struct.unpack(">I", png[20:24])[0])
