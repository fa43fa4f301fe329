"""What the tests in a browser share: the hubs, built once, and one browser for each file of tests."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING

import pytest
from tests.browser import driving, sites
from tests.browser.driving import FEW_LOOKS, LOOKS, Look
from tests.browser.sites import Site
from tests.browser.sweep import Faced, Seen, faced, faces, visited

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

if folder := os.environ.get(driving.TOOLS):
    # Last: nothing of the hub's own environment is replaced by what the browser's driver brings.
    sys.path.append(folder)


@pytest.fixture(scope="session")
def ready() -> None:
    """Skip, with what to install, where no browser can be driven."""
    if missing := driving.lacking():
        pytest.skip(missing)


@pytest.fixture(scope="session")
def demo(ready: None, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    """Give the hub of this repository."""
    site = sites.demo(tmp_path_factory.mktemp("demo"))
    yield site
    site.host.close()


@pytest.fixture(scope="session")
def village(ready: None, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    """Give the small hub, below a path of its host."""
    site = sites.village(tmp_path_factory.mktemp("village"))
    yield site
    site.host.close()


@pytest.fixture(scope="session")
def states(ready: None, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    """Give the hub with every state and every unkind text."""
    site = sites.states(tmp_path_factory.mktemp("states"))
    yield site
    site.host.close()


@pytest.fixture(scope="session")
def seen(demo: Site, states: Site, is_long: bool) -> list[Seen]:
    """Give what was seen on pages, each visited once: on one of each sort and on every mail, on all of them where nobody waits."""
    every = [(site, leaf) for site in (demo, states) for leaf in site.leaves if not leaf.is_moved]
    few = [*faces([demo, states]), *((site, leaf) for site, leaf in every if leaf.is_mail)]
    return visited(every if is_long else few)


@pytest.fixture(scope="session")
def all_faced(demo: Site, states: Site, is_long: bool) -> list[Faced]:
    """Give how one page of each sort stands in one look, in every one where nobody waits."""
    return faced([demo, states], LOOKS if is_long else FEW_LOOKS)


@pytest.fixture(scope="module")
def browser(ready: None) -> Iterator[Browser]:
    """Give one browser for a file of tests.

    Not for the whole session: while Playwright runs, its thread has a running
    event loop, and other tests could start none of their own.
    """
    with driving.started() as opened:
        yield opened


@pytest.fixture(scope="module")
def tab(browser: Browser) -> Iterator[Callable[..., Page]]:
    """Give tabs by look, ``tab(width=360, scheme="dark", script=False)``; the same look gives the same tab again."""
    opened: dict[Look, Page] = {}

    def one(**look: object) -> Page:
        wanted = Look(**look)  # type: ignore[arg-type]
        if wanted not in opened:
            opened[wanted] = driving.context(browser, wanted).new_page()
        return opened[wanted]

    yield one
    for page in opened.values():
        page.context.close()


@pytest.fixture
def fresh(browser: Browser) -> Iterator[Callable[..., Page]]:
    """Give a tab of a reader who was never here: nothing stored, nothing cached."""
    opened: list[Page] = []

    def one(**look: object) -> Page:
        opened.append(driving.context(browser, Look(**look)).new_page())  # type: ignore[arg-type]
        return opened[-1]

    yield one
    for page in opened:
        page.context.close()
