"""A number of a letter is found by whatever an editor calls it, and the next one's file is named like the others."""

from datetime import date

import pytest
from tests.composing.letters import hub_with, letter, read

from handbill.composing.naming import file_name, find, issues, named
from handbill.errors import WrongUse


@pytest.fixture
def several(tmp_path):
    """Return a hub with letters of two sorts in two languages, sent, waiting and drafted."""
    return read(hub_with(tmp_path, **{
        "newsletters/2026-03.en.md": letter(2, "2026-03-12 18:00", "Hello."),
        "newsletters/2026-04.md": letter(3, "2026-04-09 18:00", "Bonsoir."),
        "newsletters/2026-05.md": letter(4, "2026-05-14 18:00", "Bonsoir.", draft="true"),
        "newsletters/agenda-7.md": letter(7, "2026-03-25", "Bonsoir.", letter="agenda"),
    }))  # fmt: skip


NAMES = {
    "2": "newsletters/2026-03.md",
    "2.en": "newsletters/2026-03.en.md",
    "agenda-7": "newsletters/agenda-7.md",
    "newsletters/2026-04.md": "newsletters/2026-04.md",
    "newsletters\\2026-04.md": "newsletters/2026-04.md",
    "2026-05.md": "newsletters/2026-05.md",
    "newsletters/2026-05": "newsletters/2026-05.md",
    "": "newsletters/2026-04.md",
}


@pytest.mark.parametrize("word", NAMES)
def test_a_letter_is_found_by_whatever_it_is_called(several, word):
    """By its number, the path that the shell completes, or no word at all: then it is the next to be sent."""
    hub, settings = several

    assert NAMES[word] == find(word, hub, settings).source


def test_a_letter_that_does_not_exist_is_answered_with_those_that_do(several):
    """The number was mistyped, and the right one is near."""
    hub, settings = several

    with pytest.raises(WrongUse, match=r"“5”.*agenda-7, 1, 2\.en, 2, 3, 4"):
        find("5", hub, settings)


def test_every_letter_has_a_name_by_which_it_is_found(several):
    """What is printed can be typed."""
    hub, settings = several

    assert {one.source for one in issues(hub)} == {find(named(one, settings), hub, settings).source for one in issues(hub)}


def test_when_all_are_sent_the_last_one_is_meant(tmp_path):
    """It is the one that readers write about."""
    hub, settings = read(hub_with(tmp_path))

    assert "newsletters/2026-03.md" == find("", hub, settings).source


def test_a_hub_without_letters_says_how_to_begin(tmp_path):
    """An empty answer helps nobody."""
    root = hub_with(tmp_path)
    for file in (root / "newsletters").iterdir():
        file.unlink()

    with pytest.raises(WrongUse, match="newsletter draft"):
        find("", *read(root))


FILES = {
    "2026-03.md": "2026-04",
    "2026-03-12.md": "2026-04-09",
    "20260312-lettre.md": "20260409",
    "lettre-2026-03.md": "lettre-2026-04",
    "lettre-2.md": "lettre-3",
    "002.md": "003",
    "2026-03-12-le-puits.md": "2026-04-09",
    "printemps.md": "2026-04",
}


@pytest.mark.parametrize("name", FILES)
def test_the_file_of_the_next_number_is_named_like_the_last(tmp_path, name):
    """A folder in which two customs mix is one in which nobody finds anything; a title is of one letter alone."""
    root = hub_with(tmp_path)
    (root / "newsletters" / "2026-02.md").unlink()
    (root / "newsletters" / "2026-03.md").rename(root / "newsletters" / name)
    hub, _ = read(root)

    assert FILES[name] == file_name(issues(hub), date(2026, 4, 9), 3, "main")


def test_the_first_file_of_another_letter_says_whose_it_is():
    """Two letters a month in one folder."""
    assert "agenda-2026-04" == file_name((), date(2026, 4, 9), 1, "agenda")
