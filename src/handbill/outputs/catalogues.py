"""The catalogues of a hub → what of them cannot be used, and which texts of the interface a language leaves in English."""

from __future__ import annotations

from collections.abc import Iterator

from handbill.catalogue import faults, untranslated
from handbill.engine import engine_theme
from handbill.layout import THEME
from handbill.outputs.theme import Theme
from handbill.settings import Settings

#: The catalogue that has every text; tests see to it.
WHOLE = "locale/fr.po"


def own_faults(settings: Settings) -> Iterator[tuple[str, int, str]]:
    """Yield path, line and text of each translation of the hub's own that cannot be used; text "" for a whole file."""
    ours = engine_theme()
    for name, file in Theme(settings.root).files("locale").items():
        if name.endswith(".po") and not file.is_relative_to(ours):
            for line, text in faults(file.read_bytes()):
                yield f"{THEME}/locale/{name}", line, text


def left_in_english(settings: Settings) -> Iterator[tuple[str, str, tuple[str, ...], int]]:
    """Yield each language that lacks texts: its tag, the path of its catalogue or "", the texts, and how many there are."""
    ours, theme = engine_theme(), Theme(settings.root)
    for lang in settings.languages:
        files = theme.locale(lang)
        if lang.split("-")[0] == "en" or any(file.is_relative_to(ours) for file in files):
            continue
        whole = (ours / WHOLE).read_bytes()
        if missing := untranslated(whole, *(file.read_bytes() for file in files)):
            path = f"{THEME}/locale/{files[0].name}" if files else ""
            yield lang, path, missing, len(untranslated(whole))
