"""Catalogues of translations, as translators write them."""

from pathlib import Path

import pytest

from handbill.catalogue import faults, translations, untranslated
from handbill.engine import engine_theme

HEADER = b'''msgid ""
msgstr ""
"Content-Type: text/plain; charset=utf-8\\n"
"MIME-Version: 1.0\\n"
"Language: fr\\n"
"Plural-Forms: nplurals=2; plural=(n > 1);\\n"

'''


def test_a_text_is_told_in_the_other_language():
    """The whole point of a catalogue."""
    texts = translations(HEADER + "msgid \"nothing\"\nmsgstr \"rien du tout, à l’évidence\"\n".encode())

    assert "rien du tout, à l’évidence" == texts.gettext("nothing")


def test_without_a_translation_the_text_stands_for_itself():
    """A half-done translation must not hide a message."""
    assert "nothing" == translations(b"").gettext("nothing")


def test_french_counts_zero_as_one():
    """The plural rule comes from the file, not from English."""
    texts = translations(HEADER + b'msgid "{n} file"\nmsgid_plural "{n} files"\nmsgstr[0] "{n} fichier"\nmsgstr[1] "{n} fichiers"\n')

    assert ["{n} fichier", "{n} fichier", "{n} fichiers"] == [texts.ngettext("{n} file", "{n} files", n) for n in (0, 1, 2)]


def test_what_one_catalogue_lacks_the_next_one_says():
    """A community changes three words of ours and keeps the others."""
    texts = translations(HEADER + b'msgid "a"\nmsgstr "own"\n', HEADER + b'msgid "a"\nmsgstr "ours"\n\nmsgid "b"\nmsgstr "ours"\n')

    assert ["own", "ours", "c"] == [texts.gettext(one) for one in "abc"]


def test_what_is_not_translated_is_known_by_name():
    """A translator wants to know how much is left; what is marked as doubtful is not used, so it is left too."""
    wanted = HEADER + b'msgid "a"\nmsgstr "A"\n\nmsgid "b"\nmsgstr "B"\n\nmsgid "c"\nmsgid_plural "cs"\nmsgstr[0] "C"\nmsgstr[1] "Cs"\n'
    own = HEADER + b'msgid "a"\nmsgstr "x"\n\n#, fuzzy\nmsgid "b"\nmsgstr "y"\n\nmsgid "c"\nmsgid_plural "cs"\nmsgstr[0] ""\nmsgstr[1] ""\n'

    assert ("b", "c") == untranslated(wanted, own)
    assert () == untranslated(wanted, own, wanted)
    assert ("a", "b", "c") == untranslated(wanted) == untranslated(wanted, b"\xff")


@pytest.mark.parametrize(
    ("lines", "told"),
    [
        ('msgid "Page {n}"\nmsgstr "Seite {m}"', (8, "Page {n}")),
        ('msgid "Page {n}"\nmsgstr "Seite"', (8, "Page {n}")),
        ('msgid "Page {n}"\nmsgstr "Seite {n"', (8, "Page {n}")),
        ('msgid "Page"\nmsgstr "Seite {n}"', (8, "Page")),
        ('msgid "{n} page"\nmsgid_plural "{n} pages"\nmsgstr[0] "eine Seite"\nmsgstr[1] "{m} Seiten"', (8, "{n} page")),
        ('msgid "Page"\nmsgstr "Seite"\nSeite', (10, "")),
    ],
)
def test_a_translation_that_cannot_be_used_is_told_and_the_original_stands(lines, told):
    """A page that cannot be filled in would stop the build with the words of a program."""
    po = HEADER + lines.encode() + b"\n"

    assert (told,) == faults(po)
    assert "Page {n}" == translations(po).gettext("Page {n}")
    assert "{n} pages" == translations(po).ngettext("{n} page", "{n} pages", 2)


def test_a_file_that_is_no_text_is_told_as_a_whole():
    assert ((0, ""),) == faults(HEADER + b'msgid "a"\nmsgstr "\xe9"\n')


def test_one_page_need_not_say_its_number():
    """“eine Seite” is better than “1 Seite”."""
    assert () == faults(HEADER + b'msgid "{n} page"\nmsgid_plural "{n} pages"\nmsgstr[0] "eine Seite"\nmsgstr[1] "{n} Seiten"\n')


def test_our_own_catalogues_have_no_faults():
    found = [faults(file.read_bytes()) for file in sorted(Path(__file__).parents[1].rglob("*/fr*/*.po")) + sorted(engine_theme().rglob("*.po"))]

    assert len(found) > 5
    assert not any(found)
