"""The folder that a reviewer opens."""

import json
from pathlib import Path

from tests.hubs import options

from handbill.reviewing import pack
from handbill.reviewing.record import LetterChange, Review, State
from handbill.reviewing.remembering import Memory
from handbill.reviewing.review import Opened

LETTER = LetterChange("main-3", "changed", "Mai", "", "fr", "draft", "2026-05-01T18:00:00+02:00", "newsletters/3.md", 5, 7, forms={"mail.html": b"<p>", "mail.txt": b"x"})


def opened(*letters):
    return Opened(Review(State("main"), State(""), "2026-03-20T12:00:00+01:00", "en", "Essai", "https://essai.example/", letters=letters), Memory(Path(), options(Path(), no_cache=True), "en"), {}, {})


def names(folder):
    return sorted(file.relative_to(folder).as_posix() for file in folder.rglob("*") if file.is_file())


def test_a_pack_is_one_page_one_text_one_file_for_programs_and_the_letters(tmp_path):
    """It is downloaded as it is, and opened without anything else."""
    pack.write(opened(LETTER), tmp_path / "pack", "en", pictures=False)

    assert ["letters/main-3/mail.html", "letters/main-3/mail.txt", "review.html", "review.json", "review.md"] == names(tmp_path / "pack")
    assert 1 == json.loads((tmp_path / "pack" / "review.json").read_text(encoding="utf-8"))["version"]
    assert b"\r" not in b"".join((tmp_path / "pack" / name).read_bytes() for name in ("review.html", "review.json", "review.md"))


def test_what_a_former_review_left_goes_and_nothing_else_does(tmp_path):
    """A letter of last week among those of today would be approved again."""
    pack.write(opened(LETTER), tmp_path, "en", pictures=False)
    (tmp_path / "mine.txt").write_text("kept")
    (tmp_path / "letters" / "mine.txt").write_text("kept")

    pack.write(opened(), tmp_path, "en", pictures=False)

    assert ["letters/mine.txt", "mine.txt", "review.html", "review.json", "review.md"] == names(tmp_path)
