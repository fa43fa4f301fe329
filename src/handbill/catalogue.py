"""Catalogues of translations in gettext's own format → texts in another language.  Knows Babel's reader of them."""

from __future__ import annotations

from collections.abc import Sequence
from gettext import GNUTranslations, NullTranslations
from io import BytesIO

from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po


def translations(*catalogues: bytes) -> NullTranslations:
    """Return the texts of ``.po`` files, of which each has what those before it lack; in the end, a text stands for itself."""
    found: NullTranslations | None = None
    for po in catalogues:
        one = _translations(po)
        if found is None:
            found = one
        else:
            found.add_fallback(one)
    return found or NullTranslations()


def untranslated(po: bytes, wanted: bytes) -> tuple[str, ...]:
    """Return the texts that the catalogue *wanted* says and *po* does not; what is marked as doubtful is not said."""
    return tuple(sorted(_said(wanted) - _said(po)))


def _said(po: bytes) -> set[str]:
    found = set()
    for message in read_po(BytesIO(po)):
        key = message.id if isinstance(message.id, str) else message.id[0]
        if key and all(_forms(message.string)) and not message.fuzzy:
            found.add(key)
    return found


def _forms(text: str | Sequence[str] | None) -> Sequence[str]:
    return (text or "",) if text is None or isinstance(text, str) else text


def _translations(po: bytes) -> GNUTranslations:
    # Through the binary form, because the standard library then knows the
    # plural rule of the file's header.
    binary = BytesIO()
    write_mo(binary, read_po(BytesIO(po)))
    binary.seek(0)
    return GNUTranslations(binary)
