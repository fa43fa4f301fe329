"""Numbers that open an account or name a person for life: IBAN, payment cards, French social security."""

from __future__ import annotations

import re
from collections.abc import Iterator

from handbill.proofing.galley import Galley, Span
from handbill.proofing.house import House, is_confirmed

_GAP = r"[ \u00a0\u202f\u2009.\-]"

#: Places with eight digits or more: without one, no number of this module and no telephone number is there.
_CHAIN = re.compile(r"\d(?:[ \u00a0\u202f\u2009\u2007.\-–‑·/()]{0,3}+\d){7,}+")

#: How long an IBAN of each country is.  Source: the registry of ISO 13616, as SWIFT publishes it.
_LENGTHS = {
    country: length
    for length, countries in {
        15: "NO",
        16: "BE",
        18: "DK FI FO GL NL SD FK",
        19: "MK SI",
        20: "AT BA EE KZ LT LU MN XK",
        21: "CH HR LI LV",
        22: "BG BH CR DE GB GE IE ME RS VA",
        23: "AE GI IL IQ OM SO TL",
        24: "AD CZ ES MD PK RO SA SE SK TN VG",
        25: "LY PT ST",
        26: "IS TR",
        27: "BI DJ FR GR IT MC MR SM",
        28: "AL AZ BY CY DO GT HU LB NI PL SV",
        29: "BR EG PS QA UA",
        30: "JO KW MU YE",
        31: "MT SC",
        32: "LC",
        33: "RU",
    }.items()
    for country in countries.split()
}
_IBAN = re.compile(rf"(?<![A-Za-z0-9])([A-Za-z]{{2}})\d{{2}}(?:{_GAP}{{0,2}}+[A-Za-z0-9]){{11,30}}")
_CARD = re.compile(
    rf"(?<![\w+@#&=.,/-])(?:(?:4\d{{3}}|5[1-5]\d\d|2[2-7]\d\d|6(?:011|4[4-9]\d|5\d\d)|35[2-8]\d|62\d\d)(?:{_GAP}{{0,2}}\d{{4}}){{3}}"
    rf"|3[47]\d\d{_GAP}{{0,2}}\d{{6}}{_GAP}{{0,2}}\d{{5}}|3(?:0[0-5]|[68]\d)\d{_GAP}{{1,2}}\d{{6}}{_GAP}{{1,2}}\d{{4}})(?!\w)(?!{_GAP}?\d)"
)
_NIR = re.compile(
    rf"(?<![\w+@#&=.,/-])[12378]{_GAP}?\d\d{_GAP}?(?:0[1-9]|1[0-2]|[2-9]\d){_GAP}?(?:\d\d|2[ABab]){_GAP}?\d{{3}}{_GAP}?\d{{3}}(?:{_GAP}{{0,2}}(?P<key>\d\d))?(?!\w)(?!{_GAP}?\d)"
)
_INSURED = re.compile(
    r"(?:s[ée]curit[ée] sociale|num[ée]ro de s[ée]cu|\bn\S{0,2} (?:de )?s[ée]cu\b|\bnir\b|\bnss\b|assur[ée])[^\n]{0,30}$", re.IGNORECASE
)
_COUNTED = re.compile(
    r"(?:commande|colis|suivi|tracking|order|imei|\bean\b|r[ée]f(?:[ée]rence)?\b|s[ée]rie|serial|licence|\bid\b)[^\n\d]{0,16}$",
    re.IGNORECASE,
)


#: Days and moments as front matter has them, alone or several in a list.
_DAYS = re.compile(r"(?:\d{4}-\d\d-\d\d(?: \d\d)?[ .]?)+")


def chains(galley: Galley) -> list[Span]:
    """Return the places with eight digits or more in a row; days are none."""
    return [match.span() for match in _CHAIN.finditer(galley.text) if not _DAYS.fullmatch(match[0])]


def accounts(galley: Galley, house: House, near: list[Span]) -> Iterator[Span]:
    """Yield where an IBAN stands whose length and check digits are right; *near* are the chains."""
    for match in _around(_IBAN, galley, near):
        length = _LENGTHS.get(match[1].upper())
        if length is None:
            continue
        end, number = _take(galley.text, match.start(), length)
        if number and _is_iban(number.upper()) and not galley.text[end : end + 1].isalnum() and not is_confirmed(number, house):
            yield match.start(), end


def cards(galley: Galley, house: House, near: list[Span]) -> Iterator[Span]:
    """Yield where the number of a payment card stands: a known first part, the right length, the check digit of Luhn."""
    for match in _around(_CARD, galley, near):
        digits = re.sub(r"\D", "", match[0])
        if not _is_luhn(digits) or galley.in_address(match.start()):
            continue
        before = galley.text[max(galley.line(match.start())[0], match.start() - 50) : match.start()]
        if not _COUNTED.search(before) and not is_confirmed(match[0], house):
            yield match.span()


def insured(galley: Galley, house: House, near: list[Span]) -> Iterator[Span]:
    """Yield where a French social security number stands: with its right key, or where the words before say so.

    Source: INSEE, the composition of the NIR; in Corsica the department is 2A
    or 2B, for which the key counts 19 or 18.
    """
    for match in _around(_NIR, galley, near):
        number = re.sub(r"[^0-9AB]", "", match[0].upper())
        if galley.in_address(match.start()) or is_confirmed(match[0], house):
            continue
        body = (
            number[:13].replace("2A", "19", 1)
            if number[5:7] == "2A"
            else number[:13].replace("2B", "18", 1)
            if number[5:7] == "2B"
            else number[:13]
        )
        before = galley.text[max(galley.line(match.start())[0], match.start() - 80) : match.start()]
        if _has_key(body, match["key"]) or _INSURED.search(before):
            yield match.span()


def _around(rule: re.Pattern[str], galley: Galley, near: list[Span]) -> Iterator[re.Match[str]]:
    """Yield what a rule finds around the chains; what is longer than a chain begins at most 16 signs before it."""
    done = 0
    for start, end in near:
        for match in rule.finditer(galley.text, max(done, start - 16), min(len(galley.text), end + 40)):
            if match.start() >= done:
                yield match
                done = match.start() + 1


def _has_key(body: str, key: str | None) -> bool:
    return key is not None and body.isdigit() and 97 - int(body) % 97 == int(key)


def _take(text: str, at: int, length: int) -> tuple[int, str]:
    """Return where the first *length* letters and digits end, and these; "" if the text has fewer."""
    taken: list[str] = []
    gap = 0
    while at < len(text) and len(taken) < length:
        if text[at].isascii() and text[at].isalnum():
            taken.append(text[at])
            gap = 0
        elif gap < 2 and re.match(_GAP, text[at]):
            gap += 1
        else:
            return at, ""
        at += 1
    return at, "".join(taken) if len(taken) == length else ""


def _is_iban(number: str) -> bool:
    """Source: ISO 13616: the first four signs last, letters as 10 to 35, the rest by 97 is 1."""
    return int("".join(str(int(sign, 36)) for sign in number[4:] + number[:4])) % 97 == 1


def _is_luhn(digits: str) -> bool:
    """Source: ISO/IEC 7812-1, annex B."""
    doubled = [int(digit) * (2 if n % 2 else 1) for n, digit in enumerate(reversed(digits))]
    return sum(one - 9 if one > 9 else one for one in doubled) % 10 == 0
