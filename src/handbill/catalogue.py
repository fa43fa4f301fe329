"""Catalogues of translations in gettext's own format → texts in another language.  Knows Babel's reader of them.

A translation that could not be filled in, because a ``{name}`` in it is not
the original's, is no translation: the original stands, and :func:`faults` tells.
"""

from __future__ import annotations

from collections.abc import Sequence
from gettext import GNUTranslations, NullTranslations
from io import BytesIO
from string import Formatter

from babel.messages.catalog import Catalog, Message
from babel.messages.mofile import write_mo
from babel.messages.pofile import PoFileError, read_po


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


def untranslated(wanted: bytes, *catalogues: bytes) -> tuple[str, ...]:
    """Return the texts that *wanted* says and none of the others does; what is marked as doubtful is not said."""
    return tuple(sorted(_said(wanted).difference(*map(_said, catalogues))))


def faults(po: bytes) -> tuple[tuple[int, str], ...]:
    """Return the line and the text of each translation that cannot be used; the text is "" where the file cannot be read."""
    try:
        catalog = _read(po)
        found = tuple((one.lineno or 0, _original(one)) for one in catalog if not _can_be_used(one))
        _compiled(catalog)
    except PoFileError as error:
        return ((error.lineno + 1, ""),)
    except ValueError:
        return ((0, ""),)
    return found


def _translations(po: bytes) -> NullTranslations:
    try:
        return _compiled(_read(po))
    except (PoFileError, ValueError):
        # The check of the content says so, and nothing is published meanwhile.
        return NullTranslations()


def _compiled(catalog: Catalog) -> GNUTranslations:
    # Through the binary form, because the standard library then knows the
    # plural rule of the file's header.
    for message in list(catalog):
        if not _can_be_used(message):
            catalog.delete(message.id)
    binary = BytesIO()
    write_mo(binary, catalog)
    binary.seek(0)
    return GNUTranslations(binary)


def _can_be_used(message: Message) -> bool:
    """Say whether every form has the names of its original; a form for one may say “one” instead of the number."""
    if not message.id:
        return True
    try:
        own = [_names(form) for form in _forms(message.string) if form]
        originals = [_names(form) for form in _forms(message.id)]
    except ValueError:
        # A brace that stands alone in an original is no name there either.
        return not _is_filled(message)
    return all(names <= originals[-1] for names in own) and (len(originals) > 1 or all(names == originals[0] for names in own))


def _is_filled(message: Message) -> bool:
    try:
        return any(_names(form) for form in _forms(message.id))
    except ValueError:
        return False


def _names(text: str) -> set[str]:
    return {name for _, name, _, _ in Formatter().parse(text) if name is not None}


def _said(po: bytes) -> set[str]:
    try:
        return {_original(one) for one in _read(po) if one.id and all(_forms(one.string)) and not one.fuzzy}
    except (PoFileError, ValueError):
        return set()


def _read(po: bytes) -> Catalog:
    return read_po(BytesIO(po), abort_invalid=True)


def _original(message: Message) -> str:
    return str(_forms(message.id)[0])


def _forms(text: str | Sequence[str] | None) -> Sequence[str]:
    return (text or "",) if text is None or isinstance(text, str) else text
