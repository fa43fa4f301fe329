"""The list of all letters can be read at a glance, on a narrow terminal and by a program."""

import json

import pytest
from tests.hubs import run, text, write


@pytest.fixture
def status(capsys, hub):
    write(hub, {
        "newsletters/3.md": text(number="3", subject="Un sujet assez long pour ne pas tenir sur la ligne d'un terminal étroit", date="2026-04-09 18:00"),
        "newsletters/4.md": text(number="4", subject="Oublié", date="2026-03-19 18:00", draft="true"),
    })  # fmt: skip
    return lambda *words, lang="en": run(capsys, "--root", hub, "newsletter", "status", *words, "--as-of", "2026-03-20 12:00", lang=lang)


def test_every_number_has_a_line_that_fits(status, monkeypatch):
    """Eighty columns are what a new terminal has."""
    monkeypatch.setenv("COLUMNS", "80")
    code, told, _ = status()
    lines = told.splitlines()

    assert 0 == code
    assert any(line.startswith("  3  2026-04-09 18:00  scheduled") and line.endswith("…") for line in lines)
    assert any(line.startswith("  4  2026-03-19 18:00  draft") for line in lines)
    assert max(map(len, lines)) <= 80


def test_what_is_wrong_and_what_comes_next_are_said(status):
    """Otherwise the list is looked at and closed."""
    _, told, _ = status()

    assert "! 1 warning (HB268): newsletters/4.md" in told
    assert "Sent and not frozen: 1, 2\nTo freeze the first: python3 build.py newsletter freeze 1\n" in told


def test_it_speaks_french(status):
    """It is written for an editor."""
    assert "prévue" in status(lang="fr")[1]


def test_programs_get_records(status):
    """A reminder in a chat is made of these."""
    _, told, _ = status("--json")

    assert ["3", "4", "2", "1"] == [one["name"] for one in json.loads(told)["letters"]]


def test_one_letter_can_be_asked_for(status):
    """A hub with five letters has five editors."""
    assert 0 == status("main")[0]
    code, _, told = status("agenda")
    assert (2, True) == (code, "agenda" in told)


def test_a_hub_without_letters_says_how_to_begin(capsys, hub):
    """An empty list looks like a fault."""
    for file in (hub / "newsletters").glob("*.md"):
        file.unlink()

    assert "newsletter draft" in run(capsys, "--root", hub, "newsletter", "status")[1]
