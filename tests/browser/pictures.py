"""Take the acceptance pictures: a page of the hub beside one of the handbook, at both widths, in both schemes.

    python3 -m tests.browser.pictures FOLDER [PATH …]

Without paths it takes the pairs that show whether there is a seam between the
two engines; with paths, pictures of these pages of the demo.  It needs what the
tests in this folder need.
"""

from __future__ import annotations

import os
import sys
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from playwright.sync_api import Browser
    from tests.browser.driving import Look
    from tests.browser.sites import Site

#: A page of the hub, and the page of the handbook that it stands beside.
PAIRS = (("posts/affuter-un-ciseau/", "handbook/editors/billet/"), ("", "handbook/"))


def main(words: list[str]) -> int:
    """Build the demo, take its pictures, and say where they are."""
    from tests.browser import driving

    if folder := os.environ.get(driving.TOOLS):
        sys.path.append(folder)
    missing = driving.lacking()
    if missing or not words or words[0].startswith("-"):
        sys.stderr.write((missing or (__doc__ or "").strip()) + "\n")
        return 3 if missing else 2
    from tests.browser.driving import Look
    from tests.browser.sites import demo

    into, paths = Path(words[0]), words[1:]
    into.mkdir(parents=True, exist_ok=True)
    with TemporaryDirectory() as scratch, driving.started() as browser:
        site = demo(Path(scratch))
        for look in [Look(width, scheme) for width in (360, 1280) for scheme in ("light", "dark")]:
            shown = [(path,) for path in paths] or PAIRS
            for pair in shown:
                file = into / f"{_name(pair[0])}-{look.width}-{look.scheme}.png"
                take(browser, site, pair, look, file)
                sys.stdout.write(f"{file}\n")
        site.host.close()
    return 0


def take(browser: Browser, site: Site, paths: tuple[str, ...], look: Look, file: Path) -> None:
    """Take one picture of some pages, side by side, each from its top to its end."""
    from tests.browser import driving
    from tests.browser.looking import measure

    room = driving.context(browser, look)
    shots = []
    for path in paths:
        page = room.new_page()
        page.goto(site.host.address + path)
        measure(page, "scroll()")
        page.evaluate("scrollTo(0, 0)")
        shots.append(page.screenshot(full_page=True))
        page.close()
    room.close()
    file.write_bytes(shots[0] if len(shots) == 1 else _beside(shots))


def _beside(shots: list[bytes]) -> bytes:
    from io import BytesIO

    from PIL import Image

    pictures = [Image.open(BytesIO(one)).convert("RGB") for one in shots]
    whole = Image.new("RGB", (sum(one.width for one in pictures), max(one.height for one in pictures)), "grey")
    at = 0
    for one in pictures:
        whole.paste(one, (at, 0))
        at += one.width
    into = BytesIO()
    whole.save(into, "PNG")
    return into.getvalue()


def _name(path: str) -> str:
    return path.strip("/").replace("/", "-") or "home"


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
