"""Every number of every letter, with how it stands and what it weighs."""

from tests.composing.letters import hub_with, letter, section
from tests.hubs import options

from handbill.composing.standings import standings

FILES = {
    "newsletters/2026-04.md": letter(3, "2026-04-09 18:00", f"Bonsoir,\n\n{section('events')}\n\n{section('contests')}"),
    "newsletters/2026-03.en.md": letter(2, "2026-03-12 18:00", "Hello,"),
    "newsletters/agenda-2026-03.md": letter(1, "2026-03-16 08:00", "Bonjour.", letter="agenda", draft="true"),
}


def test_every_number_is_there_the_latest_first(tmp_path):
    """What waits for its day is what one looks for."""
    found = standings(options(hub_with(tmp_path, **FILES)))

    assert ["3", "agenda-1", "2.en", "2", "1"] == [one.name for one in found.standings]
    assert ["scheduled", "draft", "due", "due", "due"] == [one.state for one in found.standings]
    assert (("main", "La lettre"), ("agenda", "L’agenda")) == found.letters


def test_what_is_wrong_is_told_beside_the_letter(tmp_path):
    """A draft whose day is past; a section that shows nothing is a note, and nothing to mend."""
    found = {one.name: one for one in standings(options(hub_with(tmp_path, **FILES))).standings}

    assert ["HB268"] == [one.code for one in found["agenda-1"].problems if one.level]
    assert found["agenda-1"].is_wrong
    assert not found["3"].is_wrong
    assert "HB267" in {one.code for one in found["3"].problems}


def test_weights_are_those_of_the_letters_and_remembered(tmp_path):
    """A hub of ten years has hundreds of letters, and their weights never change."""
    root = hub_with(tmp_path, **FILES)
    first, again = standings(options(root)), standings(options(root))

    assert [one.weight for one in first.standings] == [one.weight for one in again.standings]
    assert all(one.weight and 1_000 < one.weight.own < one.weight.sent < 50_000 for one in first.standings)
    assert (root / ".handbill" / "cache" / "weights").is_file()


def test_a_letter_of_a_sort_that_hub_toml_does_not_name_is_listed_all_the_same(tmp_path):
    """`check` refuses it, and here one sees which it is."""
    found = standings(options(hub_with(tmp_path, **{"newsletters/x.md": letter(9, "2026-03-01", "Bonjour.", letter="hebdo")})))

    assert "hebdo-9" in {one.name for one in found.standings}
    assert "hebdo" in dict(found.letters)
