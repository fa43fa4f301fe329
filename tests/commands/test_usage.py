"""A wrong call is told in the language of the caller."""

from __future__ import annotations

import pytest
from tests.hubs import run

from handbill.commands.usage import lang_asked, retold, unnamed


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (["--jbos", "3"], "Erreur\u00a0: L’option '--jbos' n’existe pas. (Peut-être\u00a0: '--jobs', '--json'\u00a0?)"),
        (["chekc"], "Erreur\u00a0: La commande 'chekc' n’existe pas. Vouliez-vous dire 'check'\u00a0?"),
        (["nonsense"], "Erreur\u00a0: La commande 'nonsense' n’existe pas."),
        (["site", "x"], "Erreur\u00a0: Un mot de trop (x)"),
        (["site", "x", "y"], "Erreur\u00a0: Des mots de trop (x y)"),
        (["site", "--base-url"], "Erreur\u00a0: L’option '--base-url' demande une valeur."),
        (["site", "--drafts=oui"], "Erreur\u00a0: L’option '--drafts' ne prend pas de valeur."),
        (["site", "--jobs", "0"], "Erreur\u00a0: La valeur de '--jobs' ne convient pas\u00a0: 0 est hors des limites 1<=x<=64."),
        (["site", "--jobs", "x"], "Erreur\u00a0: La valeur de '--jobs' ne convient pas\u00a0: 'x' n’est pas un nombre entier."),
        (
            ["check", "--format", "xml"],
            "Erreur\u00a0: La valeur de '--format' ne convient pas\u00a0: 'xml' n’est pas l’un de 'text', 'json', 'github'.",
        ),
        (["import", "pelican", "."], "Erreur\u00a0: Il manque l’option '--into'."),
        (["import", "pelican", "--into", "x"], "Erreur\u00a0: Il manque 'SOURCE'."),
        (
            ["import", "pelican", "/nowhere", "--into", "x"],
            "Erreur\u00a0: La valeur de 'SOURCE' ne convient pas\u00a0: Le dossier '/nowhere' n’existe pas.",
        ),
        (["--root", __file__], f"Erreur\u00a0: La valeur de '--root' ne convient pas\u00a0: '{__file__}' est un fichier, pas un dossier."),
        (["--root"], "Erreur\u00a0: L’option '--root' demande une valeur."),
    ],
)
def test_a_wrong_call_is_told_in_french(words, told, hub, capsys):
    """Click itself speaks English only; if its sentences change, this is where it shows."""
    root = () if "--root" in words else ("--root", hub)
    code, out, err = run(capsys, *root, *words, lang="fr")

    assert (2, "", told) == (code, out, err.splitlines()[-1])


def test_how_the_command_is_called_is_shown(hub, capsys):
    """And where to read more."""
    _, _, err = run(capsys, "--root", hub, "check", "--nope", lang="fr")

    assert err.startswith(
        "Utilisation\u00a0: python3 build.py check [OPTIONS] [PATHS]...\nPour l’aide\u00a0: python3 build.py check --help\n\n"
    )


def test_it_is_told_in_english_too(hub, capsys):
    """With click's own words."""
    _, _, err = run(capsys, "--root", hub, "site", "--nope")

    assert (
        "Usage: python3 build.py site [OPTIONS]\nFor help: python3 build.py site --help\n\nError: No such option '--nope'."
        == err.rstrip("\n").split(" Did")[0].split(" (Did")[0]
    )


def test_the_language_of_the_hub_is_spoken_without_being_asked_for(hub, capsys):
    """An editor's typing error comes before anything that she could ask for."""
    assert "La commande 'chekc' n’existe pas" in run(capsys, "--root", hub, "chekc", lang="")[2]


def test_a_command_without_its_rest_shows_its_help(hub, capsys):
    """`import` alone."""
    assert "pelican" in run(capsys, "--root", hub, "import", lang="fr")[2]


def test_a_sentence_that_nobody_knows_stays_as_it_is():
    """A newer click may say something else; English is better than nothing."""
    assert "Something new." == retold("Something new.", "fr")


@pytest.mark.parametrize(
    ("words", "lang"),
    [
        (["site", "--lang", "fr"], "fr"),
        (["--lang=en", "site"], "en"),
        (["--lang", "de"], ""),
        (["--lang"], ""),
        ([], ""),
        (["--lang", "en", "site", "--lang", "fr"], "fr"),
    ],
)
def test_the_language_asked_for_is_known_even_where_the_rest_is_wrong(words, lang):
    """The wrong word may stand before it, and nothing behind it is read then."""
    assert lang == lang_asked(words)


@pytest.mark.parametrize(
    ("words", "message", "told"),
    [
        (["send", "1", "ada@membres.example"], "one word too many (ada@membres.example)", "one word too many (…@…)"),
        (["send", "1", "--tset=ada@membres.example"], "No such option --tset=ada@membres.example", "No such option --tset=…@…"),
        (["send", "<ada@membres.example>, b@c"], "“<ada@membres.example>, b@c” is no letter", "“<…@…>, …@…” is no letter"),
        (["results", "1", "/home/ada@work/x"], "/home/ada@work/x: not there", "/home/ada@work/x: not there"),
        (["send", "1"], "such as bob@lettre.example", "such as bob@lettre.example"),
    ],
)
def test_an_address_that_was_typed_in_the_wrong_place_is_not_told(words, message, told):
    """Whoever forgets --test before the address of a member would find it in the log of the machine that sends."""
    assert told == unnamed(message, words)


def test_no_way_to_fail_tells_the_address(hub, capsys):
    """Some of these messages are click's, others our own."""
    for words in (
        ["newsletter", "verify", "ada@membres.example"],
        ["newsletter", "freeze", "ada@membres.example"],
        ["explain", "ada@membres.example"],
    ):
        code, out, err = run(capsys, "--root", hub, *words)

        assert 2 == code
        assert "…@…" in err
        assert "membres" not in out + err
