"""A review → the folder that a reviewer opens: one page, one text, one file for programs, and the letters beside them."""

from __future__ import annotations

from contextlib import suppress
from pathlib import Path

from handbill.outputs.letters import HTML, MAIL, TEXT
from handbill.reviewing import as_json, as_markdown, as_page, shots
from handbill.reviewing.review import Opened, Tell

#: The three forms of a review by their names in the folder, and the folder of letters.
JSON, MARKDOWN, PAGE, LETTERS = "review.json", "review.md", "review.html", "letters"


def write(opened: Opened, folder: Path, lang: str, *, pictures: bool = True, tell: Tell = lambda _: None) -> None:
    """Write the pack into a folder; what a former review left there goes, and nothing else does."""
    review = opened.review
    folder.mkdir(parents=True, exist_ok=True)
    for name in (JSON, MARKDOWN, PAGE):
        (folder / name).unlink(missing_ok=True)
    _clear(folder / LETTERS)
    taken = shots.shots(review, opened.asset, tell) if pictures else shots.NONE
    for name, text in (
        (JSON, as_json.text(review)),
        (MARKDOWN, as_markdown.comment(review, lang)),
        (PAGE, as_page.page(review, opened.asset, taken, lang)),
    ):
        (folder / name).write_text(text, encoding="utf-8", newline="\n")
    for letter in review.letters:
        for name, content in letter.forms.items():
            file = folder / LETTERS / letter.name / name
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_bytes(content)


def _clear(letters: Path) -> None:
    """Take away the mails of a former review: whoever writes the pack beside their own things may have letters there."""
    for file in letters.glob("*/mail.*"):
        if file.name in (HTML, TEXT, MAIL):
            file.unlink()
    for place in (*letters.glob("*/"), letters):
        with suppress(OSError):
            # Something else is in it.
            place.rmdir()
