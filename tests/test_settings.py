"""hub.toml becomes frozen settings, or problems with their lines."""

import dataclasses

import pytest
from tests.hubs import VILLAGE, write

from handbill.errors import ContentProblems, WrongUse
from handbill.settings import read_settings

LEAST = '[hub]\nname = "Essai"\nbase_url = "https://essai.example/sous/dossier"\n'


def settings_of(tmp_path, toml):
    return read_settings(write(tmp_path, {"hub.toml": toml}))


def problems_of(tmp_path, toml):
    with pytest.raises(ContentProblems) as refusal:
        settings_of(tmp_path, toml)
    return refusal.value.problems


def test_two_lines_are_enough(tmp_path):
    """A newcomer's hub.toml has a name and an address."""
    settings = settings_of(tmp_path, LEAST)

    assert ("fr", ("fr",), "Europe/Paris", "github") == (settings.lang, settings.languages, settings.zone, settings.dialect)
    assert "https://essai.example/sous/dossier/" == settings.base_url


def test_addresses_are_completed_for_pages_and_for_letters(tmp_path):
    """A page links from the host on, a letter from the scheme on; what leads elsewhere is left alone."""
    settings = settings_of(tmp_path, LEAST)

    assert "/sous/dossier/posts/a/" == settings.local("/posts/a/")
    assert "https://essai.example/sous/dossier/posts/a/" == settings.absolute("/posts/a/")
    assert "https://ailleurs.example/" == settings.local("https://ailleurs.example/") == settings.absolute("https://ailleurs.example/")
    assert ("/", "/en/") == (settings.home("fr"), settings.home("en"))


def test_texts_of_another_language_fall_back_on_the_hubs_own():
    """A missing translation must not leave a hole."""
    settings = read_settings(VILLAGE)

    assert "A hamlet for tests" == settings.text("tagline", "en")
    assert "Un hameau d'essai" == settings.text("tagline", "de") == settings.text("tagline", "fr")


def test_settings_cannot_be_changed(tmp_path):
    """Every part of a build must see the same ones."""
    with pytest.raises(dataclasses.FrozenInstanceError):
        settings_of(tmp_path, LEAST).name = "Autre"


@pytest.mark.parametrize(
    ("toml", "line", "field"),
    [
        (LEAST + 'zone = "Europe/Paris"\n', 4, "hub.zone"),
        (LEAST + "\n[look]\naccent = 'rouge'\n", 0, "look.accent"),
        (LEAST + '\n[addresses]\nposts = "Mes billets"\n', 0, "addresses.posts"),
        (LEAST + '\n[addresses]\nposts = "x"\nevents = "x"\n', 0, "addresses"),
        (LEAST + '\n[feeds]\nentries = "beaucoup"\n', 6, "feeds.entries"),
        (LEAST + "\n[budget]\nseconds = 0\n", 6, "budget.seconds"),
        (LEAST + "\n[nonsense]\nx = 1\n", 5, "nonsense"),
        ('[hub]\nname = "Essai"\n', 1, "hub.base_url"),
        (LEAST + "\n[letters.main]\nname = 1\nnom = 'x'\n", 7, "letters.main.nom"),
    ],
)
def test_a_wrong_key_or_value_is_named(tmp_path, toml, line, field):
    """A misspelt setting that is silently ignored costs an afternoon."""
    problem = next(one for one in problems_of(tmp_path, toml) if one.field == field)

    assert "hub.toml" == problem.path
    if line:
        assert line == problem.line


def test_what_is_no_toml_is_shown_at_its_place(tmp_path):
    """A forgotten quote is the usual fault."""
    (problem,) = problems_of(tmp_path, '[hub]\nname = "Essai\n')

    assert ("HB101", 2) == (problem.code, problem.line)


def test_a_folder_without_hub_toml_is_no_hub(tmp_path):
    """Said in one sentence, not in a traceback."""
    with pytest.raises(WrongUse, match="not a hub"):
        read_settings(tmp_path)
