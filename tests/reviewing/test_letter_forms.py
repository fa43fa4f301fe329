"""The mails that a review shows are those that members get."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from tests.freezing.letters import frozen
from tests.freezing.letters import hub as with_letters
from tests.hubs import files_of, moment, options
from tests.reviewing.built import state_of

from handbill.composing.impression import impression
from handbill.errors import Level
from handbill.pipeline import build
from handbill.reviewing import letter_forms
from handbill.reviewing.letter_forms import Forms

LETTER = "newsletters/2026-03.md"


def made(root: Path, *names: str) -> dict[str, Forms]:
    one = state_of(root, is_published=False)
    return dict(letter_forms.forms(one.found.hub, one.found.settings, one.options, root / ".handbill", names))


def test_a_letter_that_is_out_is_what_the_site_shows(tmp_path):
    """Nobody must approve a mail that is not the one at its address."""
    root = with_letters(tmp_path)
    build(options(root))

    forms = made(root, "1", "1.en")

    for name, folder in (("1", "newsletters/2026-03"), ("1.en", "en/newsletters/2026-03")):
        published = {name: raw for name, raw in files_of(root / "public" / folder).items() if name.startswith("mail.")}
        assert dict(forms[name].files) == published
        assert set(published) == {"mail.html", "mail.txt", "mail.eml"}


@pytest.mark.parametrize("is_draft", [False, True])
def test_a_letter_that_waits_is_what_its_proof_shows(tmp_path, is_draft):
    """An editor has looked at the panes of the preview; a reviewer must see the same mail."""
    root = with_letters(tmp_path)
    file = root / "newsletters/2026-04.md"
    if is_draft:
        file.write_text(file.read_text().replace("---\n", "---\ndraft: true\n", 1))

    seen = impression(replace(options(root), records=False), "newsletters/2026-04.md", moment("2026-04-02 18:00"), tmp_path / "s", "fr")

    assert dict(made(root, "2")["2"].files) == seen.forms


def test_a_frozen_letter_is_shown_as_it_lies_in_the_archive(tmp_path):
    """It is mailed from there, whatever the text or the program says today."""
    root = with_letters(tmp_path)
    frozen(root, "1")
    mail = root / "newsletters/archive/1/mail.txt"
    mail.write_bytes(b"Autre chose\n")

    forms = made(root, "1")["1"]

    assert forms.files["mail.txt"] == b"Autre chose\n"
    assert forms.archived["mail.txt"].size == len(b"Autre chose\n")
    assert forms.archived_lines == ("Autre chose",)


def test_what_is_wrong_with_a_draft_is_told(tmp_path):
    """A check leaves drafts alone; in a review somebody looks at one."""
    root = with_letters(tmp_path)
    file = root / "newsletters/2026-04.md"
    file.write_text(file.read_text().replace("---\n", "---\ndraft: true\n", 1).replace("subject: Lettre 2", "subject: GRANDE NOUVELLE"))

    (problem,) = [one for one in made(root, "2")["2"].problems if one.level is not Level.NOTE]

    assert (problem.code, problem.path) == ("HB427", "newsletters/2026-04.md")


def test_a_theme_that_makes_no_letter_is_told_and_the_review_goes_on(tmp_path):
    """The mails cannot be shown; all else can."""
    root = with_letters(tmp_path)
    (root / "theme/mail").mkdir(parents=True)
    (root / "theme/mail/letter.mjml").write_text("<mjml><mj-body>{{ nothing.there }}</mj-body></mjml>")
    (root / "theme/mail/letter.html").write_text("{{ nothing.there }}")

    forms = made(root, "1")["1"]

    assert "mail.html" not in forms.files
    assert {one.code for one in forms.problems if one.level is Level.ERROR} & {"HB901", "HB429"}


def test_of_many_letters_the_latest_are_made(tmp_path, monkeypatch):
    """Another colour changes the letters of twenty years, and nobody looks at them all."""
    root = with_letters(tmp_path)
    monkeypatch.setattr(letter_forms, "MOST", 2)

    assert made(root, "1", "1.en", "2", "agenda-1").keys() == {"2", "agenda-1"}


def test_a_name_that_is_no_letter_has_no_mails(tmp_path):
    """One side of a review knows letters that the other does not."""
    assert made(with_letters(tmp_path), "99") == {}
