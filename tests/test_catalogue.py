"""Catalogues of translations, as translators write them."""

from handbill.catalogue import translations

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
