"""Catalogues of translations in gettext's own format → texts in another language.  Knows Babel's reader of them."""

from __future__ import annotations

from collections.abc import Iterable
from gettext import GNUTranslations, NullTranslations
from io import BytesIO

from babel.messages.catalog import Catalog
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po


def translations(*files: bytes) -> NullTranslations:
    """Return the texts of these ``.po`` files; without any, each text stands for itself.

    Where two files translate one text, the first one's words are taken.
    """
    texts = NullTranslations()
    for po in reversed(files):
        # Through the binary form, because the standard library then knows the
        # plural rule of the file's header.
        binary = BytesIO()
        write_mo(binary, read_po(BytesIO(po)))
        binary.seek(0)
        one = GNUTranslations(binary)
        one.add_fallback(texts)
        texts = one
    return texts


def untranslated(po: bytes, wanted: Iterable[str]) -> tuple[list[str], list[str]]:
    """Return which *wanted* texts a file lacks, and which of its own nobody wants."""
    known = {_id(message.id) for message in _read(po) if message.id and message.string}
    asked = set(wanted)
    return sorted(asked - known), sorted(known - asked)


def _read(po: bytes) -> Catalog:
    return read_po(BytesIO(po))


def _id(message: str | tuple[str, ...] | list[str]) -> str:
    return message if isinstance(message, str) else message[0]
