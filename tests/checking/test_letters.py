"""Numbers of a letter that nobody can subscribe to."""

from __future__ import annotations

from tests.hubs import load_village, text, write

from handbill.checking.letters import check_letters

NAMED = '[hub]\nname = "Essai"\nbase_url = "https://essai.example/"\nlang = "fr"\n\n[letters.main]\nname = "La lettre"\n\n[letters.atelier]\nname = "L\'atelier"\n'


def told(folder, letter, hub=None):
    files = {"newsletters/a.md": text(number="1", subject="En mai", date="2026-01-02", letter=letter)}
    root = write(folder, {**files, **({"hub.toml": hub} if hub else {})})
    loaded, settings = load_village(root=root)
    return [(one.line, one.field, one.found, one.wanted, one.code) for one in check_letters(loaded.hub, settings)]


def test_the_village_names_its_letters():
    """Otherwise every build would fail."""
    loaded, settings = load_village()

    assert [] == list(check_letters(loaded.hub, settings))


def test_a_letter_that_the_hub_does_not_have_is_refused(tmp_path):
    """It would have gone to nobody's box, and stood on a page of its own name."""
    (problem,) = told(tmp_path, "ateleir", NAMED)

    assert ("letter", "“ateleir”, which is no letter of this hub", "“atelier”, perhaps: one of: atelier, main", "HB201") == problem[1:]
    assert problem[0] > 1


def test_a_letter_that_looks_like_none_is_shown_those_that_there_are(tmp_path):
    """The list is short."""
    assert "one of: atelier, main" == told(tmp_path, "xyz", NAMED)[0][3]


def test_the_letters_of_hub_toml_are_taken(tmp_path):
    """As they were named there."""
    assert [] == told(tmp_path, "atelier", NAMED)


def test_a_hub_that_names_no_letter_has_one(tmp_path):
    """The first letter of a hub needs no setting."""
    plain = NAMED.partition("[letters.main]")[0]

    assert [] == told(tmp_path / "one", "main", plain)
    assert "one of: main" == told(tmp_path / "other", "hebdo", plain)[0][3]
