"""A catalogue of translations in gettext's own format → texts in another language.  Knows Babel's reader of it."""

from __future__ import annotations

from gettext import GNUTranslations, NullTranslations
from io import BytesIO

from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po


def translations(po: bytes) -> NullTranslations:
    """Return the texts of a ``.po`` file; of an empty one, each text stands for itself."""
    if not po:
        return NullTranslations()
    # Through the binary form, because the standard library then knows the
    # plural rule of the file's header.
    binary = BytesIO()
    write_mo(binary, read_po(BytesIO(po)))
    binary.seek(0)
    return GNUTranslations(binary)
