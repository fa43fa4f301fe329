"""What languages are called, by those who speak them and by others."""

from __future__ import annotations

import pytest

from handbill.outputs.languages import locale_of, name_within, own_name, with_territory


@pytest.mark.parametrize(
    ("tag", "name"), [("fr", "Français"), ("en", "English"), ("de", "Deutsch"), ("oc", "Occitan"), ("pt-BR", "Português (Brasil)"), ("ar", "العربية")]
)
def test_a_language_is_called_as_its_speakers_call_it(tag, name):
    """Somebody who looks for Portuguese cannot read the word “portugais”."""
    assert name == own_name(tag)


def test_a_language_that_nobody_knows_is_called_by_its_tag():
    """Better a short name than none, or than a wrong one."""
    assert ("xx", "xx") == (own_name("xx"), name_within("xx"))
    assert "Gascon du dimanche" == own_name("Gascon du dimanche")


def test_inside_a_sentence_a_language_is_written_as_that_language_writes_it():
    """French has no capital there, English has."""
    assert ("français", "English") == (name_within("fr"), name_within("en"))
    assert ("French", "anglais") == (name_within("fr", "en"), name_within("en", "fr"))


def test_dates_are_of_the_language_or_else_english():
    """English days are British ones, as in the rest of Europe; who wants others says en-US."""
    assert ["fr", "en_GB", "en_US", "en_GB"] == [str(locale_of(tag)) for tag in ("fr", "en", "en-US", "xx")]


def test_a_language_has_the_country_of_most_who_speak_it():
    """Programs that preview links ask for both."""
    assert ["fr_FR", "en_GB", "de_DE", "pt_BR"] == [with_territory(tag) for tag in ("fr", "en", "de", "pt-BR")]
