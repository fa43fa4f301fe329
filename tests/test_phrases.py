"""The files of translators, read in a moment."""

from __future__ import annotations

from tests.cases import for_each

from handbill.catalogue import translations
from handbill.phrases import phrases
from handbill.telling import FOLDER

PO = r"""
# A comment, and "quotes" in it.
msgid ""
msgstr ""
"Language: fr\n"

msgid "a file"
msgstr "un fichier"

msgid "a long text, "
"on two lines"
msgstr "un texte long, "
"sur deux lignes"

msgid "{n} file"
msgid_plural "{n} files"
msgstr[0] "{n} fichier"
msgstr[1] "{n} fichiers"

msgid "say \"yes\"\n\tor \\"
msgstr "dire \"oui\"\n\tou \\"

msgid "not yet translated"
msgstr ""
"""


def test_a_text_is_found_by_its_english():
    """On one line or several, with quotes and line ends in it."""
    known = phrases([PO])

    assert "un fichier" == known.of("a file")
    assert "un texte long, sur deux lignes" == known.of("a long text, on two lines")
    assert 'dire "oui"\n\tou \\' == known.of('say "yes"\n\tor \\')


def test_what_nobody_translated_stays_english():
    """Better than nothing, and a test says so before a member sees it."""
    assert ["not yet translated", "unheard of", ""] == [phrases([PO]).of(text) for text in ("not yet translated", "unheard of", "")]


def test_the_french_count_zero_as_one():
    """“0 fichier”, but “0 files”."""
    known = phrases([PO])

    assert ["{n} fichier", "{n} fichier", "{n} fichiers"] == [known.count("{n} file", "{n} files", n) for n in (0, 1, 2)]
    assert ["{n} dogs", "{n} dog", "{n} dogs"] == [known.count("{n} dog", "{n} dogs", n) for n in (0, 1, 2)]


def test_the_first_of_two_files_is_right():
    """So that the order of names decides, and not that of the disk."""
    other = PO.replace("un fichier", "une liasse").replace("{n} fichier", "{n} liasse")

    assert ("un fichier", "{n} fichier") == (phrases([PO, other]).of("a file"), phrases([PO, other]).count("{n} file", "{n} files", 1))


@for_each("file", sorted(FOLDER.rglob("*.po")), ids=lambda file: file.name)
def test_what_is_read_is_what_translators_programs_read(file):
    """A difference would be found by a member who reads half a sentence."""
    known, theirs = phrases([file.read_text(encoding="utf-8")]), translations(file.read_bytes())

    assert known.single
    assert [] == [text for text in known.single if known.single[text] != theirs.gettext(text)]
    assert [] == [one for one in known.counted for n in (0, 1, 2, 5) if known.count(one, one, n) != theirs.ngettext(one, one, n)]
