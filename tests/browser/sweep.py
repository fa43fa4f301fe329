"""Pages visited once, by several browsers at work side by side; what was seen there, for the tests to judge."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from functools import partial
from queue import Empty, SimpleQueue
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from tests.browser import driving
from tests.browser.driving import Look
from tests.browser.looking import WATCH, axe, axe_source, measure
from tests.browser.serving import LATE
from tests.browser.sites import Leaf, Site

if TYPE_CHECKING:
    from playwright.sync_api import Browser, BrowserContext, Page

#: WCAG 1.4.10: 1280 pixels at 400 % leave 320.
NARROWEST = 320

#: What a thumb hits without care, in CSS pixels.
THUMB = 44


@dataclass(slots=True)
class Seen:
    """What a page did, and how it stood, from its address to its end."""

    site: Site
    leaf: Leaf
    requests: list[str] = field(default_factory=list)
    failed: list[str] = field(default_factory=list)
    told: list[str] = field(default_factory=list)
    forbidden: list[str] = field(default_factory=list)
    stored: list[str] = field(default_factory=list)
    broken: list[str] = field(default_factory=list)
    pictures: list[str] = field(default_factory=list)
    sideways: list[str] = field(default_factory=list)
    scrollers: list[str] = field(default_factory=list)
    axe: tuple[str, ...] = ()

    def __str__(self) -> str:
        return f"{self.site.name}: {self.leaf}"

    @property
    def strangers(self) -> list[str]:
        """Return what was asked of anyone but the hub."""
        return [one for one in self.requests if not one.startswith((self.site.host.origin + "/", "data:"))]

    def weight(self, *endings: str) -> int:
        """Return the bytes that its files with these endings cost, compressed; the page itself ends in ``/``."""
        paths = {urlsplit(one).path for one in self.requests}
        return sum(self.site.host.weight(path) for path in paths if path.endswith(endings) and "/pagefind/" not in path)


def side_by_side(jobs: Sequence[Callable[[Browser], None]]) -> None:
    """Do all jobs, each in one of as many browsers as there are cores.  The first failure is raised."""
    waiting: SimpleQueue[Callable[[Browser], None]] = SimpleQueue()
    for job in jobs:
        waiting.put(job)

    def work() -> None:
        with driving.started() as browser:
            while True:
                try:
                    job = waiting.get_nowait()
                except Empty:
                    return
                job(browser)

    hands = min(os.cpu_count() or 1, 4, len(jobs))
    with ThreadPoolExecutor(hands) as pool:
        for done in [pool.submit(work) for _ in range(hands)]:
            done.result()


class Rooms:
    """One tab for each look in each browser, so that pages are visited one after another in a tab that is warm.

    Where axe is to judge the pages, it stands in each from the beginning.
    """

    def __init__(self, *, with_axe: bool = False, **more: Any) -> None:
        self._tabs: dict[tuple[int, Look], Page] = {}
        self._with_axe, self._more = with_axe, more

    def tab(self, browser: Browser, look: Look) -> Page:
        """Return the tab of a browser with a look."""
        key = (id(browser), look)
        if key not in self._tabs:
            room = driving.context(browser, look, **self._more)
            room.add_init_script(WATCH)
            if self._with_axe:
                room.add_init_script(axe_source())
            self._tabs[key] = room.new_page()
        return self._tabs[key]


def visited(leaves: Iterable[tuple[Site, Leaf]]) -> list[Seen]:
    """Visit some pages, mails among them, and return what was seen."""
    all_seen = [Seen(site, leaf) for site, leaf in leaves]
    rooms = Rooms(with_axe=True)

    def visit(seen: Seen, browser: Browser) -> None:
        page = rooms.tab(browser, Look())
        look_around(seen, page.context, page)

    side_by_side([partial(visit, seen) for seen in all_seen])
    return all_seen


def look_around(seen: Seen, room: BrowserContext, page: Page) -> None:
    """Visit one page as a reader at a desk does, then as one who needs everything four times as large."""
    listeners = {
        "request": lambda one: seen.requests.append(one.url),
        "requestfailed": lambda one: seen.failed.append(f"{one.url}: {one.failure}"),
        "response": lambda one: seen.failed.append(f"{one.url}: {one.status}") if one.status >= 400 else None,
        "console": lambda one: seen.told.append(f"{one.type}: {one.text} {one.location['url']}") if one.type in {"error", "warning"} else None,
        "pageerror": lambda one: seen.told.append(f"error: {one}"),
    }
    for event, listener in listeners.items():
        page.on(event, listener)  # type: ignore[call-overload]
    try:
        page.set_viewport_size({"width": 1280, "height": 900})
        page.goto(seen.leaf.url)
        read = measure(page, "read()")
        seen.pictures, seen.broken = read["pictures"], read["broken"]
        seen.stored = [*read["stored"], *(one["name"] for one in room.cookies())]
        if not seen.leaf.is_mail:
            seen.axe = axe(page)
            page.set_viewport_size({"width": NARROWEST, "height": 256})
            narrow = measure(page, "narrow()")
            seen.sideways, seen.scrollers = narrow["sideways"], narrow["scrollers"]
        seen.forbidden = page.evaluate("forbidden")
    finally:
        for event, listener in listeners.items():
            page.remove_listener(event, listener)


@dataclass(slots=True)
class Faced:
    """How one page of a sort stands in one look."""

    site: Site
    leaf: Leaf
    look: Look
    axe: tuple[str, ...] = ()
    clipped: list[str] = field(default_factory=list)
    spaced: list[str] = field(default_factory=list)
    small: list[str] = field(default_factory=list)
    unforced: list[str] = field(default_factory=list)
    shifts: list[list[Any]] = field(default_factory=list)

    def __str__(self) -> str:
        return f"{self.site.name}: {self.leaf} ({self.look})"


def faces(sites: Sequence[Site]) -> list[tuple[Site, Leaf]]:
    """Return one page of each sort from several sites, the longest of all."""
    longest: dict[tuple[str, str], tuple[Site, Leaf]] = {}
    for site in sites:
        for leaf in site.faces:
            known = longest.get((leaf.template, leaf.face))
            if known is None or leaf.size > known[1].size:
                longest[leaf.template, leaf.face] = (site, leaf)
    return list(longest.values())


def faced(sites: Sequence[Site], looks: Sequence[Look]) -> list[Faced]:
    """Look at one page of each sort in each look, over a line on which pictures come late."""
    all_faced = [Faced(site, leaf, look) for look in looks for site, leaf in faces(sites)]
    rooms = Rooms(with_axe=True, extra_http_headers={LATE: "100"})

    def face(one: Faced, browser: Browser) -> None:
        page = rooms.tab(browser, one.look)
        page.goto(one.leaf.url)
        measure(page, "scroll()")
        one.shifts = page.evaluate("shifts")
        one.axe = axe(page, is_forced=one.look.scheme == "forced")
        one.unforced = measure(page, "unforced()") if one.look.scheme == "forced" else []
        one.clipped = measure(page, "clipped()")
        one.small = measure(page, f"small({THUMB})")
        measure(page, "space()")
        one.spaced = [*measure(page, "clipped()"), *measure(page, "sideways()")]

    side_by_side([partial(face, one) for one in all_faced])
    return all_faced
