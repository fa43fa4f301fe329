"""The texts of the interface: a language may be added by a file, and what the file lacks is told."""

from __future__ import annotations

from tests.hubs import load_village, write

from handbill.checking.catalogues import check_catalogues

HEADER = 'msgid ""\nmsgstr "Content-Type: text/plain; charset=utf-8\\n"\n\n'


def told(root, files=None, **changes):
    return [(one.level.name, str(one)) for one in check_catalogues(load_village(root=write(root, files or {}), **changes)[1])]


def test_our_own_languages_lack_nothing(tmp_path):
    """A newcomer's first check must not speak of translations."""
    assert [] == told(tmp_path, languages=("fr", "en"))


def test_a_language_without_a_file_is_said_to_be_english(tmp_path):
    """Nobody should wonder on the published site why half of each page is English."""
    assert [
        (
            "NOTE",
            "hub.toml: hub.languages: found “de”, in which no text of the interface is translated, "
            "wanted a file theme/locale/de.po; until then they are in English [HB821]",
        )
    ] == told(tmp_path, languages=("fr", "de"))


def test_a_translator_sees_how_much_is_left(tmp_path):
    """Translating is done in small pieces, over weeks."""
    ((level, sentence),) = told(tmp_path, {"theme/locale/de.po": HEADER + 'msgid "Agenda"\nmsgstr "Termine"\n'}, languages=("fr", "de"))

    assert "NOTE" == level
    assert sentence.startswith("theme/locale/de.po: found ")
    assert " texts of the interface without a translation, such as “" in sentence
    missing, count = (int(word) for word in sentence.split() if word.isdigit())
    assert missing == count - 1 > 100


def test_a_region_takes_what_the_language_says(tmp_path):
    """Canadian French need not be translated again."""
    assert [] == told(tmp_path, languages=("fr", "fr-CA", "en-US"))


def test_three_words_of_our_own_french_may_be_changed(tmp_path):
    """The rest is taken from ours, so nothing is missing."""
    assert [] == told(tmp_path, {"theme/locale/fr.po": HEADER + 'msgid "Agenda"\nmsgstr "Programme"\n'})


def test_a_translation_that_lost_its_name_is_refused(tmp_path):
    """“Page {number}” without the number would stop the build with the words of a program."""
    files = {"theme/locale/fr.po": HEADER + 'msgid "Page {number} of {count}"\nmsgstr "Page {nombre} sur {count}"\n'}

    assert [
        (
            "ERROR",
            "theme/locale/fr.po:4: found a translation of “Page {number} of {count}” with other names to fill in, "
            "wanted the same names between braces as in the original [HB822]",
        )
    ] == told(tmp_path, files)


def test_a_file_that_is_no_catalogue_is_refused_where_it_stops_being_one(tmp_path):
    wanted = "wanted msgid and msgstr, each with a text between quotation marks [HB822]"

    assert [("ERROR", f"theme/locale/fr.po:4: found a line that is no part of a catalogue, {wanted}")] == told(
        tmp_path / "a", {"theme/locale/fr.po": HEADER + "Agenda = Programme\n"}
    )
    assert [("ERROR", f"theme/locale/fr.po: found a file that is no catalogue, {wanted}")] == told(
        tmp_path / "b", {"theme/locale/fr.po": (HEADER + 'msgid "Agenda"\nmsgstr "Été"\n').encode("latin-1")}
    )
