"""Many addresses → the answer of each, without being a burden to anybody.

Several sites are asked at the same time, and each of them one question at a
time, with a pause after each.  Who asks programs to stay away is not asked;
who asks to wait is waited for, or left for another day.
"""

from __future__ import annotations

import re
import time
from collections.abc import Callable, Iterable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from threading import Event
from urllib.parse import urlsplit
from urllib.robotparser import RobotFileParser

from handbill.outside.asking import MOST_BYTES, Asker, Failed
from handbill.outside.record import Answer, Outcome

#: How many sites are asked at the same time.
SITES = 8
#: Between two questions to one site.
PAUSE_S = 1.0
#: The longest pause that a site may ask for; beyond, its other pages are left for another day.
LONGEST_S = 30.0
#: How often a page is asked that does not answer, in all.
TRIES = 3

#: The name that sites know us by in robots.txt.
NAME = "Handbill"

#: Lines of robots.txt at which Python's reader of it fails: it takes “²” for a digit, and any number of digits for a number.
_RATE = re.compile(r"\s*(?:crawl-delay|request-rate)\s*:(?!\s*[0-9]{1,6}\s*(?:#|$))", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Manners:
    """How to ask: ``minutes`` for all together; sleeping and the clock can be another's, for those who test it."""

    asker: Asker
    minutes: float
    pause_s: float = PAUSE_S
    sleep: Callable[[float], None] = time.sleep
    clock: Callable[[], float] = time.monotonic

    def answers(self, addresses: Iterable[str], tell: Callable[[int], object] = lambda _: None) -> dict[str, Answer]:
        """Return the answer of each address; *tell* hears how many there are so far."""
        latest = self.clock() + 60 * self.minutes
        sites: dict[str, list[str]] = {}
        for address in addresses:
            sites.setdefault(_site(address), []).append(address)
        found: dict[str, Answer] = {}

        is_over = Event()

        def visit(own: list[str]) -> None:
            one = _Visit(self, latest)
            for address in own:
                if is_over.is_set():
                    return
                found[address] = one.answer(address)
                tell(len(found))

        with ThreadPoolExecutor(SITES) as pool:
            # The longest lists first, so that the last site does not keep all others waiting.
            visits = [pool.submit(visit, own) for own in sorted(sites.values(), key=lambda own: (-len(own), own))]
            try:
                for one in visits:
                    one.result()
            except BaseException:
                # Whoever breaks it off does not want to wait for a thousand other sites.
                is_over.set()
                pool.shutdown(wait=False, cancel_futures=True)
                raise
        return dict(sorted(found.items()))


class _Visit:
    """The questions to one site, one after the other."""

    def __init__(self, manners: Manners, latest: float) -> None:
        self._manners = manners
        self._latest = latest
        self._rules: RobotFileParser | None = None
        self._pause_s = manners.pause_s
        self._of_all: dict[str, Answer] = {}

    def answer(self, address: str) -> Answer:
        """Return the answer of an address of the site."""
        # What is wrong with its certificate says nothing of its unencrypted pages.
        scheme = urlsplit(address).scheme
        if scheme in self._of_all:
            return self._of_all[scheme]
        if self._manners.clock() >= self._latest:
            return Answer(Outcome.UNASKED, "no time")
        if self._rules is None:
            self._rules = self._read_rules(address)
        if not _may(self._rules, address):
            return Answer(Outcome.CLOSED, "robots")
        found = self._asked(address)
        if found.of_host or found.why == "busy":
            self._of_all[scheme] = found
        return found

    def _asked(self, address: str) -> Answer:
        # It was asked for its rules, or for the page before.
        self._manners.sleep(self._pause_s)
        for go in range(TRIES):
            found = self._manners.asker.ask(address)
            wait = self._wait(found, go)
            if wait is None or go == TRIES - 1 or self._manners.clock() + wait >= self._latest:
                return found
            self._manners.sleep(wait)
        raise AssertionError("the last try returns")

    def _wait(self, found: Answer, go: int) -> float | None:
        """Return how long to wait before asking again; ``None`` where nothing is won by it."""
        if found.why == "busy":
            seconds = float(found.detail) if found.detail.isascii() and found.detail.isdigit() and len(found.detail) < 7 else 4.0
            return max(seconds, self._pause_s) if seconds <= LONGEST_S else None
        return self._pause_s * 3.0**go if found.outcome is Outcome.SILENT else None

    def _read_rules(self, address: str) -> RobotFileParser:
        """Return what the site asks of programs; a site that cannot say it is asked like any other."""
        rules = RobotFileParser()
        parts = urlsplit(address)
        try:
            reply = self._manners.asker.page(f"{parts.scheme}://{parts.netloc}/robots.txt", MOST_BYTES)
        except Failed:
            # Whatever is wrong there, the question itself will tell.
            rules.parse([])
            return rules
        is_text = reply.status == 200 and "html" not in reply.headers.get("content-type", "")
        lines = reply.body.decode("utf-8-sig", "replace").splitlines() if is_text else []
        rules.parse([line for line in lines if not _RATE.match(line)])
        asked = rules.crawl_delay(NAME)
        if asked is not None:
            self._pause_s = min(max(self._pause_s, float(asked)), LONGEST_S)
        return rules


def _may(rules: RobotFileParser, address: str) -> bool:
    try:
        return rules.can_fetch(NAME, address)
    except ValueError:
        # Its reader takes addresses apart in its own way, and some not at all.
        return True


def _site(address: str) -> str:
    try:
        return urlsplit(address).netloc.lower()
    except ValueError:
        return ""
