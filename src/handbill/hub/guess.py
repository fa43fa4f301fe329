"""What somebody wrote → what was probably meant.

A guess is only ever offered in a message, never taken: a wrong value that was
guessed at would be published.  Every function gives "" where it has no guess.
"""

from __future__ import annotations

import difflib
import re
import unicodedata
from collections.abc import Iterable
from zoneinfo import available_timezones

from handbill.hub.address import slug_of
from handbill.hub.vocabulary import CHOICES, FIELDS, LANGUAGES, ZONES, fold

_YES = frozenset({"true", "yes", "y", "on", "1", "oui", "o", "vrai", "x"})
_NO = frozenset({"false", "no", "n", "off", "0", "non", "faux"})

#: The quotation marks of word processors and of French print, and what stands for them.
_QUOTES = str.maketrans({"“": '"', "”": '"', "„": '"', "‟": '"', "«": '"', "»": '"', "‘": "'", "’": "'", "‚": "'", "‛": "'"})
#: How much of two words must be the same, so that one stands before others in a list.
_ALIKE = 0.4
_SPACES = "\u0020\u00a0\u202f\u2009"


def nearest(word: str, words: Iterable[str]) -> list[str]:
    """Return the *words*, those that look most like *word* first; all that look alike in nothing keep their order.

    >>> nearest("onlin", ["onsite", "hybrid", "online"]), nearest("9 mai", ["draw", "jury", "quiz"])
    (['online', 'onsite', 'hybrid'], ['draw', 'jury', 'quiz'])
    """
    folded = fold(word)

    def likeness(one: str) -> float:
        ratio = difflib.SequenceMatcher(None, folded, fold(one), autojunk=False).ratio()
        return ratio if ratio >= _ALIKE else 0

    return sorted(words, key=lambda one: -likeness(one))


def field_name(word: str, names: Iterable[str]) -> str:
    """Return which of the *names* of fields was meant: by spelling, by meaning, by likeness, in this order.

    >>> field_name("Titre", ["title", "tags"]), field_name("titel", ["title", "tags"])
    ('title', 'title')
    """
    return _meant(word, list(names), FIELDS)


def choice(word: str, words: Iterable[str]) -> str:
    """Return which of the *words* of a closed list was meant.

    >>> choice("Annulé", ["confirmed", "cancelled"])
    'cancelled'
    """
    return _meant(word, list(words), CHOICES)


def _meant(word: str, known: list[str], meanings: dict[str, tuple[str, ...]]) -> str:
    folded = fold(unicodedata.normalize("NFKC", word))
    by_spelling = {fold(one): one for one in known}
    if folded in by_spelling:
        return by_spelling[folded]
    for meant in meanings.get(folded, ()):
        if meant in known:
            return meant
    if near := difflib.get_close_matches(folded, by_spelling, n=1, cutoff=0.7):
        return by_spelling[near[0]]
    # A misspelt word of another language is a guess upon a guess: it must be very like.
    sayable = [one for one in meanings if any(meant in known for meant in meanings[one])]
    if near := difflib.get_close_matches(folded, sayable, n=1, cutoff=0.85):
        return next(meant for meant in meanings[near[0]] if meant in known)
    return ""


def flag(text: str) -> str:
    """Return the ``true`` or ``false`` that a word for yes or no means."""
    word = bare(text).casefold()
    return "true" if word in _YES else "false" if word in _NO else ""


def bare(text: str) -> str:
    """Return a text in ordinary letters, without the quotes and spaces around it."""
    return re.sub(r"^[\W_]+|[\W_]+$", "", unicodedata.normalize("NFKC", text))


def number(text: str) -> str:
    """Return a number as programs write it: a decimal point, no spaces, no unit.

    >>> number("1 000 places"), number("44,85")
    ('1000', '44.85')
    """
    plain = unicodedata.normalize("NFKC", text).replace("−", "-").replace("–", "-").strip()
    match = re.fullmatch(r"[^\d+-]*([+-]?\d+(?:[ '’_]\d{3})*)(?:[.,](\d+))?[^\d.,]*", plain)
    if match is None:
        return ""
    whole = re.sub(r"[ '’_+]", "", match[1])
    return re.sub(r"^(-?)0+(?=\d)", r"\1", whole) + (f".{match[2]}" if match[2] else "")


def degrees(text: str) -> str:
    """Return a coordinate in degrees with a decimal point, from any of the forms that maps give.

    >>> degrees("44° 50′ 15″ N"), degrees("0,57 O")
    ('44.8375', '-0.57')
    """
    plain = unicodedata.normalize("NFKC", text).replace("″", '"').replace("′′", '"').replace("′", "'").strip()
    sign = -1 if re.search(r"[swo]\s*$|\b(sud|south|west|ouest)\b", plain.casefold()) else 1
    match = re.match(r"(\d{1,3})\s*°\s*(\d{1,2})\s*['’]\s*(?:(\d{1,2}(?:[.,]\d+)?)\s*[\"”]?)?", plain)
    if match:
        value = int(match[1]) + int(match[2]) / 60 + float((match[3] or "0").replace(",", ".")) / 3600
        return f"{sign * value:.6f}".rstrip("0").rstrip(".")
    found = number(plain)
    return f"-{found}" if found and sign < 0 and not found.startswith("-") else found


def zone(text: str) -> str:
    """Return the IANA name of the zone that a town, a country or an abbreviation means.

    >>> zone("Londres"), zone("europe/paris"), zone("UTC+1")
    ('Europe/London', 'Europe/Paris', 'Europe/Paris')
    """
    folded = fold(text)
    if folded in ZONES:
        return ZONES[folded][0]
    # Sorted, because a set has another order in each run.
    names = sorted(name for name in available_timezones() if "/" in name and not name.startswith("Etc/"))
    by_name = {fold(name): name for name in names} | {fold(name.rsplit("/", 1)[-1]): name for name in reversed(names)}
    near = [folded] if folded in by_name else difflib.get_close_matches(folded, by_name, n=1, cutoff=0.85)
    return by_name[near[0]] if near else ""


def language(text: str) -> str:
    """Return the short name of a language.

    >>> language("Français"), language("fr_FR"), language("EN")
    ('fr', 'fr-FR', 'en')
    """
    folded = fold(text)
    if folded in LANGUAGES:
        return LANGUAGES[folded][0]
    if match := re.fullmatch(r"([A-Za-z]{2,3})[-_ ]([A-Za-z0-9]{2,8})", text.strip()):
        return f"{match[1].lower()}-{match[2]}"
    return text.strip().lower() if re.fullmatch(r"\s*[A-Za-z]{2}\s*", text) else ""


def link(text: str) -> str:
    """Return the address of the web that was meant.

    >>> link("www.exemple.org"), link("<http:/exemple.org/a>"), link("[Site](https://exemple.org)")
    ('https://www.exemple.org', 'https://exemple.org/a', 'https://exemple.org')
    """
    inner = re.search(r"\((https?://[^\s()]+)\)", text)
    plain = re.sub(r"^[\s\"'“”«»<]+|[\s\"'“”«»>.,;]+$", "", inner[1] if inner else text)
    plain = re.sub(r"^h?t{1,3}ps?\s*:?\s*/{1,3}\s*(?=\w)", "", plain, flags=re.IGNORECASE) if not inner else plain
    plain = plain.replace("\\", "/").replace(" ", "%20") if "/" in plain else plain
    if re.match(r"https?://", plain):
        return plain
    return f"https://{plain}" if re.fullmatch(r"([\w-]+\.)+[^\W\d_]{2,}(:\d+)?(/[^\s\"<>@]*)?", plain) else ""


def hub_address(text: str) -> str:
    """Return an address within the hub, from its root.

    >>> hub_address("https://ancien.example/Fête 2025"), hub_address("blog/un")
    ('/fete-2025/', '/blog/un/')
    """
    path = re.sub(r"^\w+://[^/]*|[?#].*", "", text.strip()).replace("\\", "/")
    parts = [part if re.fullmatch(r"[A-Za-z0-9_~-][A-Za-z0-9._~-]*", part) else slug_of(part) for part in path.split("/")]
    kept = [part for part in parts if part]
    if not kept:
        return ""
    return "/" + "/".join(kept) + ("" if "." in kept[-1] else "/")


def colour(text: str) -> str:
    """Return a colour with its hash and six digits.

    >>> colour("b5451f"), colour("#B54"), colour("rgb(181, 69, 31)")
    ('#b5451f', '#bb5544', '#b5451f')
    """
    if match := re.fullmatch(r"\W*([0-9A-Fa-f]{6}|[0-9A-Fa-f]{3})\W*", text):
        digits = match[1].lower()
        return "#" + (digits if len(digits) == 6 else "".join(digit * 2 for digit in digits))
    parts = re.fullmatch(r"\s*rgb\(\s*(\d{1,3})[ ,]+(\d{1,3})[ ,]+(\d{1,3})\s*\)\s*", text)
    if parts and all(int(part) < 256 for part in parts.groups()):
        return "#" + "".join(f"{int(part):02x}" for part in parts.groups())
    return ""


def straight_quotes(text: str) -> str:
    """Return a text with straight quotes in place of typographic ones."""
    return re.sub(rf"«[{_SPACES}]?|[{_SPACES}]?»", '"', text).translate(_QUOTES)


def toml_value(text: str) -> str:
    """Return what was written after an equals sign as a value of TOML.

    >>> toml_value("“Atelier”"), toml_value("oui"), toml_value("Europe/Paris")
    ('"Atelier"', 'true', '"Europe/Paris"')
    """
    text = text.strip()
    if text[:1] in ('"', "'", "[", "{") and text[-1:] in ('"', "'", "]", "}"):
        return text
    if straight_quotes(text[:1]) == text[:1]:
        if len(text) > 1 and (word := flag(text)):
            return word
        if re.fullmatch(rf"[+-]?\d[\d{_SPACES},._]*", text) and (written := number(text)):
            return written
    inner = re.sub(r"^[\s\"'‘“”„«»]+|[\s\"'’“”„«»]+$", "", text)
    return '"' + inner.replace("\\", "\\\\").replace('"', '\\"') + '"'
