"""What follows a telling word: “mot de passe : …”, “api_key = …”, “digicode : …”.

A sentence about passwords is no password: what follows must look like one,
stand in quotes, or stand under a user's name.
"""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Iterator

from handbill.proofing.galley import Galley, Span, holds, plain

_MARKUP = r"[\"'`*_]{0,4}"
_JOINT = rf"{_MARKUP}[ \t]{{0,8}}(?::=|=>|[:=]|\|)[ \t]{{0,8}}"
_VALUE = (
    r"(?:[*_]{1,3}(?=[^*_\s]))?"
    r"(?:(?P<quote>[\"'`“«])[ \u202f]?(?P<quoted>[^\"'`“”«»\n]{3,80}?)[ \u202f]?[\"'`”»]|(?P<bare>[^\s\"'`“”«»<>|]{3,120}))"
)

#: What a password is for, between the word and the colon.
_FOR = (
    r"(?: (?:wi-?fi|provisoire|temporaire|commun|actuel)"
    r"| (?:du|de la|de l'|des|de|d'|pour(?: (?:le|la|les|l'))?|for(?: the)?|of(?: the)?|to(?: the)?) ?[\w-]{2,20}(?: [\w-]{2,20})?"
    r"| [\w-]{2,20})?"
)
_IS = rf"{_MARKUP} (?:est|is) (?::? ?)"

PASSWORD_SIGNS = (
    "mot de passe", "mots de passe", "motdepasse", "phrase de passe", "mdp", "password", "passwd", "pwd", "passphrase", "passcode",
    "clé wifi", "clé wi-fi", "clef wifi", "clé wpa", "clé du wifi", "clé de sécurité", "code secret", "code wifi", "code wi-fi",
)  # fmt: skip
KEY_SIGNS = (
    "token", "secret", "jeton", "api_key", "apikey", "api-key", "api key", "clé api", "clé d'api", "clef api", "clé secrète", "access_key",
    "access key", "accesskey", "private_key", "bearer", "authorization: basic", "listmonk", "postmark", "mailjet",
)  # fmt: skip
DOOR_SIGNS = (
    "digicode", "code d'entrée", "code d'accès", "code de la porte", "code du portail", "code de l'alarme", "code du cadenas",
    "code de la boîte à clés", "door code", "gate code", "alarm code", "access code", "code pin",
)  # fmt: skip


#: By these a text is ruled out before the signs are looked for one by one.
_PASSWORD_STEMS = ("pass", "mdp", "pwd", "wifi", "wi-fi", "wpa", "cl? de s", "code s")
_KEY_STEMS = ("token", "secret", "jeton", "api", "cl? s", "acces", "private_", "bearer", "listmonk", "postmark", "mailjet", "basic")
_DOOR_STEMS = ("code",)


_Rule = tuple[tuple[str, ...], tuple[str, ...], re.Pattern[str]]


def _rule(stems: tuple[str, ...], signs: tuple[str, ...], between: str) -> _Rule:
    # A letter before is another word (1Password); the name of a setting is not (DB_PASSWORD).
    rule = re.compile(rf"(?<![^\W_])(?:{'|'.join(signs)}){between}{_VALUE}")
    return stems, tuple(map(plain, signs)), rule


_PASSWORD = _rule(_PASSWORD_STEMS, PASSWORD_SIGNS, rf"s?\d?{_FOR}(?:{_JOINT}|{_IS})")
_KEY = _rule(_KEY_STEMS, KEY_SIGNS, rf"(?:[_ -][\w-]{{1,24}}){{0,3}}(?:{_JOINT}|(?<=bearer) |(?<=basic) )")
_DOOR = _rule(_DOOR_STEMS, DOOR_SIGNS, rf"{_FOR}(?:{_JOINT}|{_IS}(?:le |the )?|(?<=digicode) )")

_LOGIN = re.compile(
    r"(?:identifiant|login|utilisateur|user(?:name)?|compte|nom d['’]utilisateur)[\"'`*_]{0,4}[ \u00a0\u202f]{0,3}[:=|][ \u00a0]{0,3}\S",
    re.IGNORECASE,
)

_STAND_INS = """
pass password passwd pw pwd mdp motdepasse secret token key string str text texte null none nil true false undefined required requis
optional optionnel facultatif obligatoire oublié oublie oubliée perdu voir see idem inchangé inchange vide aucun sans non oui yes no
hidden submit input type hash hashed plain plaintext identique affiché secrète privé
"""
_PLACEHOLDER = re.compile(
    r"x{3,}|[*•.…_-]{3,}|[<$%{\[(#/!].*|https?:.*|www\..*|mot[-_ ]de[-_ ]passe|pass[-_ ]word"
    r"|(?:your|votre|mon|my|the|some|un|une|le|la|ton)[ _-].*|change[-_ ]?(?:me|it|moi).*"
    rf"|(?:ex[ae]mple|sample|dummy|fake|placeholder|foo|bar|baz).*|{'|'.join(_STAND_INS.split())}",
    re.IGNORECASE,
)
_PROGRAM = re.compile(
    r"[()\[\]{}$;]|::|->|=>|&(?:mut|str)|^[A-Za-z_]\w*(?:\.[A-Za-z_]\w*)+$|^[A-Z][A-Z0-9]*(?:_[A-Z0-9]+)+$|^--"
    r"|^\d{1,2}[:hH]\d{0,2}$|^\d{1,4}[-/.]\d{1,2}[-/.]\d{1,4}$"
)
_TRAIL = ".,;:!?)*_"


def passwords(galley: Galley) -> Iterator[Span]:
    """Yield where a password stands that people use."""
    for match in _after(galley, *_PASSWORD):
        span = _span(match)
        value = galley.text[slice(*span)]
        if is_placeholder(value):
            continue
        if match["quoted"] is not None:
            if len(value) >= 4 and not _PROGRAM.search(value) and not _is_prose(value):
                yield span
        elif not _PROGRAM.search(value) and (_is_mixed(value) or (value.isdigit() and len(value) >= 4) or _is_under_a_name(galley, span)):
            yield span


def keys(galley: Galley) -> Iterator[Span]:
    """Yield where a key stands that a program uses: long, mixed, and without order."""
    for match in _after(galley, *_KEY):
        span = _span(match)
        # What is public by its name: "clé publique", "public_key".
        if "publi" in galley.lower[max(0, match.start() - 12) : span[0]]:
            continue
        value = galley.text[slice(*span)]
        if (
            re.fullmatch(r"[A-Za-z0-9+/=_.~-]{16,}", value)
            and not is_placeholder(value)
            and not _PROGRAM.search(value)
            and is_random(value)
        ):
            yield span


def door_codes(galley: Galley) -> Iterator[Span]:
    """Yield where the code of a door, a gate or a padlock stands."""
    for match in _after(galley, *_DOOR):
        span = _span(match)
        value = galley.text[slice(*span)]
        if re.fullmatch(r"(?=(?:[^\d]*\d){3})[A-Za-z]?\d{2,6}[A-Za-z*#]?\d{0,4}[A-Za-z*#]?", value) and not re.match(
            r"[ \u00a0]?(?:€|%|euros|h\b)", galley.text[span[1] :]
        ):
            yield span


def is_placeholder(value: str) -> bool:
    """Say whether a value stands for another one, as in an example or a program."""
    return _PLACEHOLDER.fullmatch(value) is not None or len(set(value)) < 3


def is_random(value: str) -> bool:
    """Say whether signs follow each other without order: by Shannon's measure, with letters and digits among them."""
    counts = Counter(value)
    bits = -sum(n / len(value) * math.log2(n / len(value)) for n in counts.values())
    digits = sum(sign.isdigit() for sign in value)
    return bits >= 3.0 and digits >= 2 and len(value) - digits >= 4


def _after(galley: Galley, stems: tuple[str, ...], signs: tuple[str, ...], rule: re.Pattern[str]) -> Iterator[re.Match[str]]:
    """Yield what the rule finds at each place of a telling word, read in plain small letters."""
    if not holds(galley.plain, stems):
        return
    places: set[int] = set()
    for sign in signs:
        at = galley.plain.find(sign)
        while at >= 0:
            places.add(at)
            at = galley.plain.find(sign, at + len(sign))
    for at in sorted(places):
        match = rule.match(galley.lower, at)
        if match:
            yield match


def _span(match: re.Match[str]) -> Span:
    if match["quoted"] is not None:
        return match.span("quoted")
    start, end = match.span("bare")
    while end > start and match.string[end - 1] in _TRAIL:
        end -= 1
    return start, end


def _is_mixed(value: str) -> bool:
    has_digit = any(sign.isdigit() for sign in value)
    has_letter = any(sign.isalpha() for sign in value)
    inner = any(sign in "!@#$%^&*+=~?" for sign in value[1:-1])
    return len(value) >= 6 and has_letter and (has_digit or inner)


def _is_prose(value: str) -> bool:
    """Say whether a quotation is a sentence rather than a password of several words."""
    return value.count(" ") > 5 or value.endswith((".", "…", "?", " !"))


def _is_under_a_name(galley: Galley, span: Span) -> bool:
    """Say whether a plain word ends its line next to the name of an account: then it is the password itself."""
    start, end = galley.line(span[0])
    value = galley.text[slice(*span)]
    if len(value) < 4 or not value.isalnum() or galley.text[span[1] : end].strip(" *_`|.,)\u00a0"):
        return False
    above = galley.line(start - 1) if start else (0, 0)
    above = galley.line(above[0] - 1) if above[0] and not galley.text[slice(*above)].strip() else above
    below = galley.line(end + 1) if end + 1 < len(galley.text) else (end, end)
    return any(_LOGIN.search(galley.text, *one) for one in (above, (start, span[0]), below))
