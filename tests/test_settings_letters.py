"""What hub.toml says of each letter, and in each language, comes before what it says of all."""

from __future__ import annotations

import pytest
from tests.hubs import write

from handbill.errors import ContentProblems
from handbill.settings import read_settings
from handbill.settings_letters import LETTER, OWN, Letter

HUB = '[hub]\nname = "Essai"\nbase_url = "https://essai.example/"\nlang = "fr"\nlanguages = ["fr", "en"]\n'
MAIL = '[mail]\nsender = "Essai <lettre@essai.example>"\nreply_to = "ici@essai.example"\nunsubscribe = "https://l.example/{token}"\n'
MAIN = '[letters.main]\nname = "La lettre de l\'atelier"\ndescription = "Mensuelle"\nsubscribe_url = "https://l.example/fr"\n'
AGENDA = '[letters.agenda]\nname = "L\'agenda"\nreply_to = "dates@essai.example"\nunsubscribe = "https://l.example/agenda/{token}"\n'
ENGLISH = '[letters.main.en]\nname = "The workshop\'s letter"\nsubscribe_url = "https://l.example/en"\n'


def settings(tmp_path, *tables):
    return read_settings(write(tmp_path, {"hub.toml": HUB + "".join(tables)}))


def test_a_letter_is_called_what_it_is_called_in_the_readers_language(tmp_path):
    """An English reader who gets « La lettre de l’atelier » wonders whether the rest is French as well."""
    main = settings(tmp_path, MAIL, MAIN, ENGLISH).letter("main")

    assert "La lettre de l’atelier" == main.says("name", "fr")[0] == main.name
    assert ("The workshop's letter", True) == main.says("name", "en")
    # Not said in English: what there is, with the word that it is not English.
    assert ("Mensuelle", False) == main.says("description", "en")


def test_a_hub_that_names_no_letter_has_one_of_its_own_name(tmp_path):
    """Two lines of settings make a hub, and its first letter needs no third."""
    assert Letter("Essai", "") == settings(tmp_path).letter("main")


def test_a_letter_can_have_a_sender_and_a_way_out_of_its_own(tmp_path):
    """Who leaves the agenda wants to keep the letter; who answers it asks about dates."""
    found = settings(tmp_path, MAIL, MAIN, AGENDA)
    main, agenda = (found.letter(key).mail(found.mail, "fr") for key in ("main", "agenda"))

    assert ("ici@essai.example", "https://l.example/{token}") == (main.reply_to, main.unsubscribe)
    assert ("dates@essai.example", "https://l.example/agenda/{token}") == (agenda.reply_to, agenda.unsubscribe)
    assert main.sender == agenda.sender == "Essai <lettre@essai.example>"


def test_a_letter_in_another_language_can_be_another_list(tmp_path):
    """Programs that send letters mostly have a list a language."""
    found = settings(tmp_path, MAIL, MAIN, ENGLISH)
    main = found.letter("main")

    assert ("https://l.example/fr", "https://l.example/en") == tuple(main.mail(found.mail, lang).subscribe_url for lang in ("fr", "en"))
    assert settings(tmp_path / "alone", '[letters.main]\nname = "A"\n', ENGLISH).takes_addresses
    assert not settings(tmp_path / "none", '[letters.main]\nname = "A"\n').takes_addresses


def test_the_word_of_a_letter_can_stand_in_addresses(tmp_path):
    """An archive at « /newsletters/Ma lettre/ » could not be, and no issue could name it."""
    with pytest.raises(ContentProblems) as refusal:
        settings(tmp_path, '[letters."Ma lettre"]\nname = "A"\n')

    assert [("hub.toml", 6, "letters")] == [(one.path, one.line, one.field) for one in refusal.value.problems]


def test_an_unknown_key_of_a_letter_is_told_in_every_language(tmp_path):
    """A slip of the pen would send the English letter to the French list."""
    with pytest.raises(ContentProblems) as refusal:
        settings(tmp_path, MAIN, '[letters.main.en]\nsubscribe_ur = "https://l.example/en"\n')

    assert ["HB202"] == [one.code for one in refusal.value.problems]


def test_what_a_letter_has_of_its_own_is_what_mails_carry():
    """A key that nothing reads would be taken for granted."""
    assert set(OWN) < {one.name for one in LETTER}
