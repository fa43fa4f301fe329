"""What languages are called, and how each writes what Babel knows of it.  Knows Babel's locales; knows no text of ours."""

from __future__ import annotations

from babel import Locale, UnknownLocaleError
from babel.core import get_global

#: Where a language is written in several ways, the one whose dates we take.
_SPELLING = {"en": "en_GB"}


def locale_of(lang: str) -> Locale:
    """Return the locale of a language tag; a language that nobody knows has English dates."""
    return _known(lang) or Locale.parse("en_GB")


def own_name(tag: str) -> str:
    """Return what a language calls itself, as it stands in a list: ``fr`` → ``Français``; any other text as it is."""
    name = name_within(tag)
    return name[:1].upper() + name[1:] if name != tag else tag


def name_within(tag: str, lang: str = "") -> str:
    """Return what a language is called inside a sentence in *lang*, or else in itself: ``fr`` → ``français``, ``French``."""
    known = _known(tag, exactly=True)
    return str((known.get_display_name(locale_of(lang)) if lang else known.get_display_name()) or tag) if known else tag


def with_territory(tag: str) -> str:
    """Return a language with the country of most who speak it: ``fr`` → ``fr_FR``."""
    locale = locale_of(tag)
    # What is most likely where nothing is said: "fr" is "fr_Latn_FR".
    likely = get_global("likely_subtags").get(str(locale), "")
    territory = locale.territory or (likely.rsplit("_", 1)[-1] if "_" in likely else "")
    return f"{locale.language}_{territory}" if territory else locale.language


def _known(tag: str, *, exactly: bool = False) -> Locale | None:
    spelling = tag if exactly else _SPELLING.get(tag, tag)
    try:
        return Locale.parse(spelling.replace("-", "_"))
    except (ValueError, UnknownLocaleError):
        return None
