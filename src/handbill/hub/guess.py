"""What somebody wrote → what was probably meant.

A guess is only ever offered in a message, never taken: a wrong value that was
guessed at would be published.  Every function gives "" (or an empty tuple)
where it has no guess.
"""

from __future__ import annotations

import re

_YES = frozenset({"true", "yes", "y", "on", "1", "oui", "o", "vrai", "x"})
_NO = frozenset({"false", "no", "n", "off", "0", "non", "faux"})

#: The quotation marks of word processors and of French print, and what stands for them.
_QUOTES = str.maketrans({"“": '"', "”": '"', "„": '"', "‟": '"', "«": '"', "»": '"', "‘": "'", "’": "'", "‚": "'", "‛": "'"})


def flag(text: str) -> str:
    """Return the ``true`` or ``false`` that a word for yes or no means."""
    word = re.sub(r"^\W+|\W+$", "", text).casefold()
    return "true" if word in _YES else "false" if word in _NO else ""


def number(text: str) -> str:
    """Return a number as programs write it: a decimal point, no spaces, no unit.

    >>> number("1 000 places"), number("44,85")
    ('1000', '44.85')
    """
    match = re.fullmatch(r"[^\d+−-]*([+−-]?\d[\d    '’_]*)(?:[.,](\d+))?\s*\D*", text.strip())
    if match is None:
        return ""
    whole = re.sub(r"[    '’_+]", "", match[1]).replace("−", "-")
    whole = re.sub(r"^(-?)0+(?=\d)", r"\1", whole)
    return whole + (f".{match[2]}" if match[2] else "")


def straight_quotes(text: str) -> str:
    """Return a text with straight quotes in place of typographic ones."""
    return re.sub(r"«[  ]?|[  ]?»", '"', text).translate(_QUOTES)


def toml_value(text: str) -> str:
    """Return what was written after an equals sign as a value of TOML.

    >>> toml_value("“Atelier”"), toml_value("oui"), toml_value("Europe/Paris")
    ('"Atelier"', 'true', '"Europe/Paris"')
    """
    text = text.strip()
    plain = straight_quotes(text)
    inner = plain.strip("\"'")
    if plain[:1] in ('"', "'", "[", "{") and plain[:1] == text[:1] and text[-1:] in ('"', "'", "]", "}"):
        return text
    if inner == plain:
        if word := flag(text) if text.casefold() not in ("x", "o", "n", "y", "0", "1") else "":
            return word
        if re.fullmatch(r"[+-]?\d[\d    ,.]*", text) and (written := number(text)):
            return written
    inner = re.sub(r"^[\s\"'“”„«»]+|[\s\"'“”„«»]+$", "", text)
    return '"' + inner.replace("\\", "\\\\").replace('"', '\\"') + '"'
