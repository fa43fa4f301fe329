"""What an editor did not mean in a number of a letter is said while it can still be mended."""

import pytest
from tests.hubs import load_village, text, write

from handbill.checking.issues import check_issues
from handbill.errors import Level


@pytest.fixture
def told(hub):
    """Return what is told of the village with some letters more: code, level and file."""

    def ask(files, as_of="2026-03-20 12:00"):
        write(hub, files)
        loaded, _ = load_village(as_of, hub)
        return [(one.code, one.level, one.path, one.line) for one in check_issues(loaded.hub)]

    return ask


def letter(body="Bonjour.", **front):
    return text(body, **{"number": "3", "subject": "Avril", "date": "2026-04-02 18:00", **front})


def test_numbers_that_rise_are_nothing_to_speak_of(told):
    """A warning about every hub would be read by nobody."""
    assert [] == told({"newsletters/3.md": letter()})


def test_a_number_that_falls_back_is_told(told):
    """The archive goes by dates, its readers by numbers."""
    assert [("HB265", Level.WARNING, "newsletters/2026-03.md", 2)] == told({"newsletters/3.md": letter(date="2026-03-01 18:00")})


def test_each_letter_and_language_counts_for_itself(told):
    """The agenda's number 1 may come after the main letter's number 2."""
    files = {"newsletters/a.md": letter(number="1", letter="agenda"), "newsletters/3.en.md": letter(number="1", lang="en")}

    assert [] == told(files)


def test_a_pin_of_the_same_language_published_in_time_is_shown(told):
    """What is right must be left in peace, also while the letter waits."""
    body = "Bonjour.\n\n```section\nshow: posts\npin: [../content/posts/2026-03-01-le-puits.md]\n```"

    assert [] == told({"newsletters/3.md": letter(body)})


def test_a_section_is_told_as_empty_only_while_that_can_be_changed(told):
    """In a letter that went out, it is as it is."""
    files = {"newsletters/3.md": letter("Bonjour.\n\n```section\nshow: corrections\n```")}

    assert [("HB267", Level.NOTE, "newsletters/3.md", 10)] == told(files)
    assert [] == told(files, as_of="2026-04-03 12:00")


def test_what_appears_before_the_letter_fills_its_section(told):
    """The post that waits for next week is what the letter of the week after will tell."""
    files = {
        "newsletters/3.md": letter("Bonjour.\n\n```section\nshow: posts\nsince: 2026-03-30\n```"),
        "content/posts/semaine.md": text(date="2026-03-31"),
    }

    assert [] == told(files)


def test_a_draft_is_forgotten_once_its_date_is_past(told):
    """Nobody got it, and nothing else would say so."""
    files = {"newsletters/3.md": letter(draft="true")}

    assert [] == told(files)
    assert [("HB268", Level.WARNING, "newsletters/3.md", 3)] == told(files, as_of="2026-04-03 12:00")


def test_a_pin_that_leads_nowhere_is_told_as_any_link_alone(told):
    """Twice the same in other words is once too often."""
    found = told({"newsletters/3.md": letter("Bonjour.\n\n```section\nshow: posts\npin: [../content/posts/rien.md]\n```")})

    assert "HB266" not in {code for code, *_ in found}
