"""Catalogues of translations, as translators write them."""

from handbill.catalogue import translations, untranslated

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
    assert "nothing" == translations().gettext("nothing")


def test_several_files_are_one_catalogue():
    """Each part of the program keeps its own file."""
    one, two = (HEADER + f'msgid "{word}"\nmsgstr "{word.upper()}"\n'.encode() for word in ("a", "b"))

    texts = translations(one, two)
    assert ("A", "B") == (texts.gettext("a"), texts.gettext("b"))


def test_french_counts_zero_as_one():
    """The plural rule comes from the file, not from English."""
    texts = translations(HEADER + b'msgid "{n} file"\nmsgid_plural "{n} files"\nmsgstr[0] "{n} fichier"\nmsgstr[1] "{n} fichiers"\n')

    assert ["{n} fichier", "{n} fichier", "{n} fichiers"] == [texts.ngettext("{n} file", "{n} files", n) for n in (0, 1, 2)]


def test_what_is_missing_and_what_is_left_over_is_named():
    """Both happen when somebody changes a sentence."""
    po = HEADER + b'msgid "kept"\nmsgstr "K"\n\nmsgid "old"\nmsgstr "O"\n\nmsgid "empty"\nmsgstr ""\n'

    assert (["empty", "new"], ["old"]) == untranslated(po, ["kept", "new", "empty"])
