"""The change that the handbook shows to reviewers: made in a clone from the page's own patch, and reviewed there.

``HANDBILL_BROWSER_TOOLS=… .venv/bin/python -m tests.real_change handbook/pictures``
makes the two pictures of the page anew, where there is a Chromium.
"""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

REPOSITORY = Path(__file__).resolve().parents[1]
PAGE = REPOSITORY / "handbook" / "reviewers" / "a-real-change.md"

#: The moment at which the page looks at it.
AS_OF = "2026-11-22 12:00"


def blocks(language: str) -> list[str]:
    """Return what stands on the page between fences of that language."""
    return re.findall(rf"^```{language}\n(.*?)^```$", PAGE.read_text(encoding="utf-8"), re.DOTALL | re.MULTILINE)


def proposal(into: Path) -> Path:
    """Return a clone of this repository in which the patch of the page was made and not committed yet."""
    hub = into / "hub"
    subprocess.run(["git", "clone", "--quiet", "--no-tags", str(REPOSITORY), str(hub)], check=True)
    subprocess.run(["git", "-C", str(hub), "switch", "--quiet", "-C", "main"], check=True)
    # What is in this folder and not committed yet belongs to what is looked at, too.
    for name in ("content", "events", "newsletters", "theme", "hub.toml"):
        source, target = REPOSITORY / name, hub / name
        shutil.rmtree(target) if target.is_dir() else target.unlink()
        shutil.copytree(source, target, symlinks=True) if source.is_dir() else shutil.copy2(source, target)
    subprocess.run(
        ["git", "-C", str(hub), "-c", "user.name=x", "-c", "user.email=x@example.org", "commit", "--quiet", "--allow-empty", "-am", "x"],
        check=True,
    )
    subprocess.run(["git", "-C", str(hub), "apply", "-"], input=blocks("diff")[0], text=True, encoding="utf-8", check=True)
    return hub


def pictures(folder: Path, scratch: Path) -> None:
    """Write what the page shows: the top of the pack on a computer, and on a telephone."""
    from handbill.cli import main

    sys.path.insert(0, os.environ["HANDBILL_BROWSER_TOOLS"])
    from playwright.sync_api import sync_playwright

    hub = proposal(scratch)
    main(["--lang", "en", "--root", str(hub), "review", "main", "--as-of", AS_OF, "--no-pictures", "--into", str(scratch / "pack")])
    with sync_playwright() as browsers:
        browser = browsers.chromium.launch(executable_path=shutil.which("chromium"), args=["--no-sandbox", "--disable-gpu"])
        for name, width, height in (("review", 1100, 1250), ("review-phone", 390, 1250)):
            room = browser.new_context(viewport={"width": width, "height": height})
            page = room.new_page()
            page.goto((scratch / "pack" / "review.html").as_uri())
            page.wait_for_timeout(1500)
            page.screenshot(path=str(folder / f"{name}.png"))
            room.close()
        browser.close()


if __name__ == "__main__":
    from tempfile import TemporaryDirectory

    with TemporaryDirectory() as made:
        pictures(Path(sys.argv[1]), Path(made))
