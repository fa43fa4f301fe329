"""What hub.toml says of those who answer for the hub becomes records, in each language of the hub."""

from __future__ import annotations

from datetime import date

import pytest
from tests.hubs import write

from handbill.settings import read_settings, settings_or_problems
from handbill.settings_duties import Accessibility, Legal, SignUp, in_language

HUB = '[hub]\nname = "Essai"\nbase_url = "https://essai.example/"\nlang = "fr"\nlanguages = ["fr", "en"]\n'


def of(tmp_path, tables):
    return read_settings(write(tmp_path, {"hub.toml": HUB + tables}))


def test_a_hub_that_says_nothing_has_said_nothing(tmp_path):
    """Nothing may be declared in anyone's name."""
    settings = of(tmp_path, "")

    assert (False, False, "") == (settings.legal.is_started, settings.accessibility.is_declared, settings.sign_up.origin)
    assert ("RGAA 4.1", "unaudited") == (settings.accessibility.standard, settings.accessibility.level)


def test_facts_are_read_and_set_as_printers_would(tmp_path):
    """They are printed on a page like any text."""
    legal = of(tmp_path, "[legal]\npublisher = \"L'atelier\"\nphone = \"05 36 49 12 34\"\nanonymous = true\n").legal

    assert ("L’atelier", "05 36 49 12 34", True, True) == (legal.publisher, legal.phone, legal.anonymous, legal.is_started)


def test_a_place_to_report_faults_of_security_says_nothing_of_the_publisher(tmp_path):
    """Somebody who only wants a security.txt has not begun a legal notice."""
    assert not of(tmp_path, '[legal]\nsecurity = "securite@essai.example"\n').legal.is_started


@pytest.mark.parametrize(("country", "lang", "is_french"), [("", "fr", True), ("", "fr-CH", True), ("", "en", False), ("FR", "en", True), ("other", "fr", False)])
def test_the_law_of_france_is_meant_where_it_is_named_or_the_language_is_french(country, lang, is_french):
    """A community in Liège writes French, and says that another law is its own."""
    assert is_french == Legal(country=country).is_french(lang)


def test_data_are_asked_for_at_their_own_address_or_else_at_the_common_one():
    """Small communities have one box for everything."""
    assert "a@b.example" == Legal(contact="a@b.example").reach
    assert "c@d.example" == Legal(contact="a@b.example", rights="c@d.example").reach


def test_a_sentence_is_said_in_each_language_as_far_as_it_is_there(tmp_path):
    """English pages mark what is French on them, so both answers are needed."""
    legal = of(tmp_path, '[legal]\nform = "association"\nretention = "huit jours"\n[legal.en]\nretention = "eight days"\n').legal

    assert ("eight days", True) == in_language(legal, "retention", "en")
    assert ("huit jours", False) == in_language(legal, "retention", "fr")
    assert ("association", False) == in_language(legal, "form", "en")


def test_a_statement_of_accessibility_is_read_with_its_days_and_lists(tmp_path):
    """The page is made from nothing else."""
    tables = '[accessibility]\nlevel = "partial"\nchecked = 2026-03-02\nscore = 72\ngaps = ["L\'agenda imprimé"]\n[accessibility.en]\ngaps = ["The printed agenda"]\n'
    found = of(tmp_path, tables).accessibility

    assert ("partial", date(2026, 3, 2), 72, True) == (found.level, found.checked, found.score, found.is_declared)
    assert ("L’agenda imprimé",) == found.gaps
    assert (("The printed agenda",), True) == in_language(found, "gaps", "en")
    assert not Accessibility().is_declared


def test_a_form_is_read_with_what_it_sends(tmp_path):
    """Listmonk wants a list's number, and an empty field that only robots fill in."""
    tables = '[subscribe]\naction = "https://lettre.example:9000/subscription/form"\nletters = "l"\nhidden = [{ name = "nonce", value = "" }]\n'
    found = of(tmp_path, tables).sign_up

    assert ("email", "l", (("nonce", ""),), True) == (found.field, found.letters, found.hidden, found.confirms)
    assert "https://lettre.example:9000" == found.origin
    assert "" == SignUp().origin


def test_a_letter_may_have_a_subscribe_page_and_a_choice_of_its_own(tmp_path):
    """Two letters are often two lists."""
    letter = of(tmp_path, '[letters.jeunes]\nname = "Jeunes"\nsubscribe_url = "https://lettre.example/jeunes"\nchoice = "c8f7"\n').letters["jeunes"]

    assert ("https://lettre.example/jeunes", "c8f7") == (letter.subscribe_url, letter.choice)


def test_a_table_for_a_language_that_the_hub_has_not_is_refused(tmp_path):
    """Its words would be shown nowhere."""
    _, problems = settings_or_problems(write(tmp_path, {"hub.toml": HUB + '[legal.de]\nform = "Verein"\n'}))

    assert ["HB202"] == [one.code for one in problems]
