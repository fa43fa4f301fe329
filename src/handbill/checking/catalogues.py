"""The texts of the interface in each language of the hub → problems: what cannot be used, and what is still English."""

from __future__ import annotations

from collections.abc import Iterator

from handbill.errors import Level, Problem, said
from handbill.layout import HUB
from handbill.outputs.catalogues import left_in_english, own_faults
from handbill.settings import Settings


def check_catalogues(settings: Settings) -> Iterator[Problem]:
    """Yield an error for each translation that cannot be used, and a note for each language that is not whole."""
    for path, line, text in own_faults(settings):
        if text:
            found = said("a translation of “{text}” with other names to fill in", text=text)
            wanted = said("the same names between braces as in the original")
        else:
            found = said("a line that is no part of a catalogue") if line else said("a file that is no catalogue")
            wanted = said("msgid and msgstr, each with a text between quotation marks")
        yield Problem(path, line, 0, "", found, wanted, "HB822")
    for lang, path, missing, count in left_in_english(settings):
        if path:
            found = said(
                "{n} of {count} texts of the interface without a translation, such as “{text}”",
                n=len(missing), count=count, text=missing[0],
            )  # fmt: skip
            wanted = said("a translation of each; until then they are in English")
            yield Problem(path, 0, 0, "", found, wanted, "HB821", Level.NOTE)
        else:
            found = said("“{lang}”, in which no text of the interface is translated", lang=lang)
            wanted = said("a file {path}; until then they are in English", path=f"theme/locale/{lang}.po")
            yield Problem(HUB, 0, 0, "hub.languages", found, wanted, "HB821", Level.NOTE)
