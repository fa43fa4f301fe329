"""hub.toml becomes frozen settings, or problems with their lines."""

import dataclasses

import pytest
from tests.hubs import VILLAGE, write

from handbill.errors import ContentProblems, WrongUse
from handbill.settings import read_settings, settings_or_problems

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
    assert "Un hameau d’essai" == settings.text("tagline", "de") == settings.text("tagline", "fr")


def test_the_texts_of_hub_toml_are_set_in_their_own_language(tmp_path):
    """The name of a letter stands above each of them."""
    plain = '[hub]\nname = "L\'atelier !"\nlang = "fr"\nlanguages = ["fr", "en"]\ntagline = "C\'est ici"\nbase_url = "https://a.example/"\n'
    letters = "[hub.en]\ntagline = \"It's here!\"\n[letters.main]\nname = \"La lettre de l'atelier\"\n"
    settings = read_settings(write(tmp_path / "set", {"hub.toml": plain + letters}))
    typed = read_settings(write(tmp_path / "typed", {"hub.toml": plain + "typography = false\n" + letters}))

    assert ("L’atelier\u202f!", "C’est ici", "It's here!") == (settings.name, settings.text("tagline", "fr"), settings.text("tagline", "en"))
    assert "La lettre de l’atelier" == settings.letters["main"].name
    assert ("L'atelier !", "C'est ici", "La lettre de l'atelier") == (typed.name, typed.tagline, typed.letters["main"].name)


def test_settings_cannot_be_changed(tmp_path):
    """Every part of a build must see the same ones."""
    with pytest.raises(dataclasses.FrozenInstanceError):
        settings_of(tmp_path, LEAST).name = "Autre"


@pytest.mark.parametrize(
    ("toml", "place", "field"),
    [
        (LEAST + 'zone = "Europe/Paris"\n', (4, 1, 4), "hub.zone"),
        (LEAST + "\n[look]\naccent = 'rouge'\n", (6, 10, 7), "look.accent"),
        (LEAST + '\n[addresses]\nposts = "Mes billets"\n', (6, 9, 13), "addresses.posts"),
        (LEAST + '\n[addresses]\nposts = "x"\nevents = "x"\n', (7, 10, 3), "addresses.events"),
        (LEAST + '\n[addresses]\nposts = "events"\n', (6, 9, 8), "addresses.posts"),
        (LEAST + '\n[feeds]\nentries = "beaucoup"\n', (6, 11, 10), "feeds.entries"),
        (LEAST + "\n[budget]\nseconds = 0\n", (6, 11, 1), "budget.seconds"),
        (LEAST + "\n[nonsense]\nx = 1\n", (5, 2, 8), "nonsense"),
        (LEAST + 'languages = ["fr", "Anglais"]\n', (4, 20, 9), "hub.languages[2]"),
        (LEAST + 'lang = "français"\n', (4, 8, 10), "hub.lang"),
        (LEAST + "proofing.avoid = [{term = 'a'}, {instead = 'b'}]\n", (4, 1, 8), "hub.proofing"),
        (LEAST + "[proofing]\navoid = [{term = 'a'}, {instead = 'b'}]\n", (5, 24, 0), "proofing.avoid[2].term"),
        ('[hub]\nname = "Essai"\n', (1, 2, 0), "hub.base_url"),
        (LEAST + "\n[letters.main]\nname = 1\nnom = 'x'\n", (7, 1, 3), "letters.main.nom"),
        (LEAST + "letters = 3\n[letters]\nmain = 3\n", (6, 8, 1), "letters.main"),
    ],
)
def test_a_wrong_key_or_value_is_named_at_its_place(tmp_path, toml, place, field):
    """A misspelt setting that is silently ignored costs an afternoon."""
    problem = next(one for one in problems_of(tmp_path, toml) if one.field == field)

    assert ("hub.toml", *place) == (problem.path, problem.line, problem.column, problem.width)


def test_wrong_values_are_replaced_so_that_the_content_can_be_looked_at(tmp_path):
    """One wrong setting must not hide fifty broken links until it is mended."""
    toml = LEAST.replace("https://essai", "essai") + 'timezone = "Bordeaux"\n[look]\naccent = "rouge"\n[letters.main]\n[addresses]\nposts = "events"\n'
    settings, problems = settings_or_problems(write(tmp_path, {"hub.toml": toml}))

    assert ["hub.base_url", "hub.timezone", "look.accent", "letters.main.name", "addresses.posts"] == [one.field for one in problems]
    assert ("https://hub.invalid/", "Europe/Paris", "#b5451f", "main") == (settings.base_url, settings.zone, settings.accent, settings.letters["main"].name)
    assert "posts" == settings.words["posts"]


def test_lines_that_are_no_toml_do_not_hide_the_others(tmp_path):
    """A forgotten quote and a misspelt key are told in one go, and nothing is called missing that only cannot be read."""
    settings, problems = settings_or_problems(write(tmp_path, {"hub.toml": LEAST.replace('"Essai"', "Essai") + "zone = 'UTC'\n"}))

    assert [("HB101", 2), ("HB202", 4)] == [(one.code, one.line) for one in problems]
    assert "https://essai.example/sous/dossier/" == settings.base_url


@pytest.mark.parametrize("raw", [b"\xff\xfeh\x00", b'[hub]\nname = "\xe9"\n', b'[hub]\nname = "\x07"\n', b"#" * 70_000])
def test_what_is_no_text_gives_no_settings(tmp_path, raw):
    """There is nothing to go on with, so that alone is told."""
    settings, problems = settings_or_problems(write(tmp_path, {"hub.toml": raw}))

    assert settings is None
    assert 1 == len(problems)


def test_a_byte_order_mark_and_windows_line_ends_change_nothing(tmp_path):
    """The editor of Windows writes both."""
    (tmp_path / "hub.toml").write_bytes(b"\xef\xbb\xbf" + LEAST.replace("\n", "\r\n").encode())

    assert "Essai" == read_settings(tmp_path).name


def test_a_setting_left_empty_has_its_default(tmp_path):
    """Who keeps all lines of an example empties those that do not apply."""
    settings = settings_of(tmp_path, LEAST + 'tagline = ""\n[mail]\nsender = ""\n[look]\naccent = ""\n')

    assert ("", "", "#b5451f") == (settings.tagline, settings.mail.sender, settings.accent)


def test_what_is_no_toml_is_shown_at_its_place(tmp_path):
    """A forgotten quote is the usual fault."""
    (problem,) = problems_of(tmp_path, '[hub]\nname = "Essai\n')

    assert ("HB101", 2) == (problem.code, problem.line)


def test_a_folder_without_hub_toml_is_no_hub(tmp_path):
    """Said in one sentence, not in a traceback."""
    with pytest.raises(WrongUse, match="not a hub"):
        read_settings(tmp_path)
