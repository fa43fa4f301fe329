"""Telephone numbers, French and of other countries, told from everything else that is made of digits."""

from __future__ import annotations

import re
from collections.abc import Iterator

from handbill.proofing.galley import Galley, Span
from handbill.proofing.house import House, is_confirmed

#: What people put between the digits.
GAP = r"[ \u00a0\u202f\u2009\u2007.\-–‑·/]"

_FRENCH = re.compile(
    rf"(?<![\w+@#&=$€])(?<!\w[-_])(?:(?P<abroad>\((?:\+|00)33\)|(?:\+|00{GAP}?)33){GAP}{{0,2}}(?:\(0\)|0)?{GAP}{{0,2}}|0|\(0\){GAP}?)[1-9](?:{GAP}{{0,2}}+\d\d){{4}}(?!\w)"
)
#: The country codes of the plan E.164, by their first digits.
_COUNTRY = r"(?:1|7|2[07]|3[0-469]|4[013-9]|5[1-8]|6[0-6]|8[1246]|9[0-58]|2[1-69]\d|3[578]\d|42\d|50\d|59\d|6[789]\d|85\d|88\d|9[679]\d)"
_ABROAD = re.compile(
    rf"(?<![\w+@#&=$€])(?:\(\+{_COUNTRY}\)|(?:\+|00{GAP}?){_COUNTRY})(?:{GAP}{{0,2}}\(\d{{1,4}}\))?(?:{GAP}{{0,2}}+\d){{6,12}}+(?!\w)"
)
_NEIGHBOURS = re.compile(
    r"(?<![\w+.,/@#-])(?:"
    # Belgium, mobile and fixed; Switzerland; North America.
    r"04\d\d[ \u00a0/.]\d\d[ \u00a0.]\d\d[ \u00a0.]\d\d|0[1-9]\d?[ \u00a0/]\d{2,3}[ \u00a0.]\d\d[ \u00a0.]\d\d"
    r"|0[2-9]\d[ \u00a0]\d{3}[ \u00a0]\d\d[ \u00a0]\d\d|\([2-9]\d\d\)[ \u00a0]?[2-9]\d\d[-. \u00a0]\d{4}|(?:1-)?[2-9]\d\d-[2-9]\d\d-\d{4}"
    r")(?!\w)(?![-/.]\d)"
)
_ANY = re.compile(rf"(?<![\w+.,/@#-])\(?\+?\(?\d(?:[()]?{GAP}{{0,2}}+[()]?\d){{7,13}}+(?!\w)")

#: After these a link holds nothing but a number.
_LINKED = re.compile(r"(?:wa\.me/|[?&]phone=|#p/|t\.me/|(?:tel|sms|callto):(?://)?)(\+?\d{8,15})(?!\d)", re.IGNORECASE)

_ASKED = re.compile(
    r"(?:\bt[ée]l\b\.?|t[ée]l[ée]phon|phone|\bportable|\bmobile\b|\bgsm\b|\bcell\b|\bfixe\b|\bfax|\bappel|\bcall\b|joindre|joignable|contacte|\bring\b"
    r"|whatsapp|signal\b|\bsms\b|texto|☎|📞|📱|✆|tel:|sms:|wa\.me/|phone=)[^\n\d+]{0,24}$",
    re.IGNORECASE,
)
#: Words that say of a number right after them that it is something else.
_OTHERS = (
    r"commande|r[ée]f(?:[ée]rence)?\b\.?|facture|dossier|\bisbn\b|\bissn\b|\bean\b|\bimei\b|siren|siret|\bticket|colis|suivi|tracking"
    r"|order|invoice|adh[ée]rent|article|s[ée]rie|serial|\blot\b|mod[èe]le|model|version|compte|parcelle|cadastr\w*|\bid\b|identifiant"
    r"|num[ée]ros? gagnants?|num[ée]ros? tir[ée]s?|tirage|loto|dimensions?|coordonn[ée]es|gps|lat\w*|lon\w*|contrat|licence|code"
)
_COUNTED = re.compile(rf"(?:{_OTHERS})[^\n\d]{{0,16}}$", re.IGNORECASE)
#: What follows a sum, not a number that is dialled.
_SUM = re.compile(
    r"\s{0,2}(?:€|\$|£|%|‰|euros?\b|dollars?\b|francs?\b|k€|M€|habitants|personnes|visites|km|kg|m²|Mo\b|Go\b)", re.IGNORECASE
)
#: Numbers kept free for films and books: France (ARCEP, decision 2018-0881), Great Britain (Ofcom), North America.
_NOBODYS = re.compile(r"33(?:19900|26191|35301|46571|53649|63998)\d{4}|44(?:7700900|2079460)\d{3}|1?\d{3}55501\d\d")
#: Special numbers, free or dear, are of services (3BPQ, 0800 to 0899), and +800 or +1 800 of companies.
_SERVICE = re.compile(r"33?8\d{8}|0?8\d{8}|800\d{8}|1?(?:800|833|844|855|866|877|888)\d{7}")


_AFTER_DIGIT = re.compile(r"\d")
_GOES_ON_LEFT = re.compile(rf"\d{GAP}$")
_GOES_ON_RIGHT = re.compile(r"[ \u00a0.\-]\d\d|[,.]\d|-\w|/\d\w")


def numbers(galley: Galley, house: House, chains: list[Span]) -> Iterator[Span]:
    """Yield where a telephone number stands; *chains* are the places with eight digits or more."""
    found: set[Span] = set()
    for start, end in chains:
        first, last = max(0, start - 10), min(len(galley.text), end + 2)
        found.update(match.span(1) for match in _LINKED.finditer(galley.text, first, last))
        for rule in (_FRENCH, _ABROAD, _NEIGHBOURS, _ANY):
            found.update(match.span() for match in rule.finditer(galley.text, first, last) if _is_dialled(galley, match, rule is _ANY))
    done = -1
    for start, end in sorted(found, key=lambda span: (span[0], -span[1])):
        if start >= done and not is_confirmed(galley.text[start:end], house):
            yield start, end
        done = max(done, end)


def _is_dialled(galley: Galley, match: re.Match[str], needs_word: bool) -> bool:
    """Say whether the digits are a number that reaches somebody."""
    text, written = galley.text, match[0]
    digits = re.sub(r"\D", "", written.replace("(0)", ""))
    number = digits[2:] if digits.startswith("00") else "33" + digits[1:] if match.re is _FRENCH and digits.startswith("0") else digits
    # What stands before, back to another number: without a letter in it, no word says what these digits are.
    before = _AFTER_DIGIT.split(text[max(galley.line(match.start())[0], match.start() - 60) : match.start()])[-1]
    is_told = len(before) > 2
    is_asked = is_told and bool(_ASKED.search(before))
    if _NOBODYS.fullmatch(number) or _SERVICE.fullmatch(number) or len(set(number[-8:])) == 1 or digits in ("0123456789", "0102030405"):
        return False
    if galley.in_address(match.start()) and not re.search(r"(?:tel|sms|whatsapp|signal):\s?$", before, re.IGNORECASE):
        return False
    if is_asked:
        return not needs_word or (written[0] in "0(+" and 8 <= len(digits) <= 13)
    if needs_word or (is_told and _COUNTED.search(before)) or _SUM.match(text, match.end()):
        return False
    return _stands_alone(text, match) and not _is_other_number(written, digits)


def _stands_alone(text: str, match: re.Match[str]) -> bool:
    """Say that the digits do not go on to the left or right, as those of a longer number or a list do."""
    before = text[max(0, match.start() - 2) : match.start()]
    if _GOES_ON_LEFT.match(before) and not before.endswith("/"):
        return False
    return not _GOES_ON_RIGHT.match(text, match.end())


def _is_other_number(written: str, digits: str) -> bool:
    groups = re.findall(r"\d+", written)
    if written.startswith("+"):
        # "+12 500 000": a sum with a sign; "+48.85661234": a degree.
        is_sum = len(digits) <= 9 and len(groups) > 1 and all(len(one) == 3 for one in groups[1:]) and len(groups[0]) <= 3
        return is_sum or (len(groups) == 2 and bool(re.fullmatch(r"\+\d{1,3}\.\d+", written)))
    pairs = [int(one) for one in groups]
    if len(pairs) == 5 and all(len(one) == 2 for one in groups):
        # Numbers drawn from an urn are told in their order and go up to 49.
        return pairs == sorted(set(pairs)) and pairs[-1] <= 49
    return len(digits) == 10 and len(groups) in (1, 4) and _is_book(digits) and groups[0] != digits[:2]


def _is_book(digits: str) -> bool:
    """Say whether ten digits are an ISBN (ISO 2108: the weighted sum is a multiple of 11)."""
    return sum((10 - n) * int(digit) for n, digit in enumerate(digits)) % 11 == 0
