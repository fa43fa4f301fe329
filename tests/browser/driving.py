"""Chromium as these tests drive it: what they need, how it is started, and the ways of looking that the hub bears."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from playwright.sync_api import Browser, BrowserContext

#: The folder into which `pip install --target` put Playwright; it is in no environment of a user.
TOOLS = "HANDBILL_BROWSER_TOOLS"

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")

#: Nothing is asked of anyone but the hub, no first-run page, no screen.
FLAGS = (
    "--headless",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1",
)

WIDTHS = (360, 768, 1280)
SCHEMES = ("light", "dark", "forced")


@dataclass(frozen=True, slots=True)
class Look:
    """A way to look at a page: how wide in CSS pixels, in which colours, and whether script runs."""

    width: int = 1280
    scheme: str = "light"
    script: bool = True

    def __str__(self) -> str:
        return f"{self.width} px, {self.scheme}" + ("" if self.script else ", no script")


LOOKS = tuple(Look(width, scheme) for width in WIDTHS for scheme in SCHEMES)
#: That in which most faults show, beside the light one of a desk in which pages are visited.
FEW_LOOKS = (Look(360, "dark"),)


def chromium() -> str:
    """Return the path of the browser; "" where there is none."""
    return next((found for found in map(shutil.which, NAMES) if found), "")


def flags() -> list[str]:
    """Return how the browser is started; root has no sandbox to put it into."""
    is_root = hasattr(os, "geteuid") and os.geteuid() == 0
    return [*FLAGS, *(["--no-sandbox"] if is_root else [])]


def lacking() -> str:
    """Return what must be installed before a browser can be driven; "" where nothing is missing."""
    if not find_spec("playwright"):
        return f"needs Playwright: pip install --target FOLDER -r requirements-browser.lock, then {TOOLS}=FOLDER"
    return "" if chromium() else "needs Chromium: apt-get install chromium"


def node_tool(path: str) -> Path | None:
    """Return a file of a package in ``NODE_PATH``, if it is installed."""
    folders = [Path(one) for one in os.environ.get("NODE_PATH", "").split(os.pathsep) if one]
    return next((folder / path for folder in folders if (folder / path).exists()), None)


@contextmanager
def started() -> Iterator[Browser]:
    """Start a browser for one thread; Playwright's own loop lives in that thread until the end."""
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium(), args=flags())
        try:
            yield browser
        finally:
            browser.close()


def context(browser: Browser, look: Look, **more: Any) -> BrowserContext:
    """Open a reader's own room in the browser: no history, no storage, one way of looking; *more* is Playwright's."""
    opened = browser.new_context(
        viewport={"width": look.width, "height": 640 if look.width < 700 else 900},
        color_scheme="dark" if look.scheme == "dark" else "light",
        # Focus scrolls at once then, and nothing is half way when it is looked at.
        reduced_motion="reduce",
        forced_colors="active" if look.scheme == "forced" else "none",
        java_script_enabled=look.script,
        locale="fr-FR",
        timezone_id="Europe/Paris",
        **more,
    )
    opened.set_default_timeout(10_000)
    return opened
