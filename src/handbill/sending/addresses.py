"""A mail address as somebody wrote it → the address that a mail server gets, or the reason why it gets none.

What is refused is told without the address.  Names of domains are left to
email-validator, which knows IDNA; no DNS is asked.
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

from email_validator import SPECIAL_USE_DOMAIN_NAMES, EmailNotValidError, validate_email

from handbill.errors import HandbillError, Said, said
from handbill.proofing.domains import mixed_scripts, seen_as, unpacked

#: The longest address that fits into the path of RFC 5321, 4.5.3.1.3, and the longest part before its @ (4.5.3.1.1).
LONGEST = 254
LONGEST_LOCAL = 64

#: In other letters, or with signs that are refused, an address may be written longer than it is.
_LONGEST_WRITTEN = 1000

#: What spreadsheets leave around a word.
AROUND = " \u00a0"

_ALONE = said("one address alone, such as ada@lettre.example")
_PLAIN = said("an address of letters, digits and signs that are all seen")
_SCRIPT = said("the address as its owner types it")

_LOCAL = re.compile(r"[A-Za-z0-9#&'*+/=?^_{}~-]+(\.[A-Za-z0-9#&'*+/=?^_{}~-]+)*")
# Nine addresses of ten, and a list may hold a million; whatever this takes, the slow way takes as well.
_LABEL = r"(?!..--)[A-Za-z0-9](?:[A-Za-z0-9-]{0,61}[A-Za-z0-9])?"
_COMMON = re.compile(
    r"(?P<local>[A-Za-z0-9_+][A-Za-z0-9_+'-]*(?:\.[A-Za-z0-9_+'-]+)*)"
    rf"@(?P<domain>(?:{_LABEL}\.)+(?!..--)(?P<top>[A-Za-z](?:[A-Za-z0-9-]{{0,61}}[A-Za-z])?))"
)
_NOWHERE = frozenset(SPECIAL_USE_DOMAIN_NAMES)
# Letters and accents without a shape of their own (Default_Ignorable_Code_Point, as far as no category says so).
_UNSEEN = re.compile("[\u034f\u115f\u1160\u17b4\u17b5\u180b-\u180f\u3164\ufe00-\ufe0f\uffa0\U000e0100-\U000e01ef]")
_ENCODED = re.compile(r"=\?|\?=")
# Programs that send may be started by a shell, and "%" and "!" once said by which servers a mail goes.
_ROUTES = re.compile(r"[!%|`$]")


class Unfit(HandbillError):
    """No mail can go there.  ``found`` and ``wanted`` are told to people and never hold the address; ``code`` is that of the problem."""

    def __init__(self, found: Said, wanted: Said, code: str) -> None:
        self.found = found
        self.wanted = wanted
        self.code = code
        super().__init__(said("found {found}, wanted {wanted}", found=found, wanted=wanted))


def checked(written: str) -> str:
    """Return the address with its domain as servers write it: ASCII, in small letters; what stands before the @ is left alone.

    Raises:
        Unfit: nobody can be written to at this address, or nobody should.
    """
    text = written.strip(AROUND)
    if len(text) > _LONGEST_WRITTEN:
        # A cell may hold a megabyte; what follows looks at each sign.
        raise Unfit(said("an address of {n} signs", n=len(text)), said("at most {n} signs", n=LONGEST), "HB615")
    if (common := _COMMON.fullmatch(text)) and common["top"].lower() not in _NOWHERE and len(common["local"]) <= LONGEST_LOCAL:
        address = f"{common['local']}@{common['domain'].lower()}"
    else:
        local, at, domain = text.rpartition("@")
        _refuse_signs(text)
        _refuse_shape(text, local, at, domain)
        _refuse_local(local)
        address = f"{local}@{_domain(domain)}"
    if len(address) > LONGEST:
        raise Unfit(said("an address of {n} signs", n=len(address)), said("at most {n} signs", n=LONGEST), "HB615")
    return address


def normal(address: str) -> str:
    """Return what two spellings of one address share; a text that is no address is only written small.

    No box that we know of tells capitals apart, so whoever left as ``Ada@`` gets nothing as ``ada@`` either.
    """
    text = address.strip(AROUND)
    if not text.isascii():
        try:
            text = checked(text)
        except Unfit:
            return text.casefold()
    return text.lower()


def _refuse_signs(text: str) -> None:
    if not text:
        raise Unfit(said("no address"), _ALONE, "HB615")
    for sign in text:
        # Controls, signs that turn the line, halves of signs, signs that nobody has assigned, ends of lines.
        if unicodedata.category(sign) in ("Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp") or _UNSEEN.match(sign):
            raise Unfit(said("the sign {sign}, which is not seen", sign=f"U+{ord(sign):04X}"), _PLAIN, "HB616")
    if unicodedata.normalize("NFKC", text) != unicodedata.normalize("NFC", text) or any(
        sign == "。" or unicodedata.normalize("NFC", sign) != sign for sign in text
    ):
        raise Unfit(said("a sign that only looks like another, such as a wide letter"), _PLAIN, "HB616")
    if _ENCODED.search(text):
        raise Unfit(said("signs with which mail programs mark encoded text"), _PLAIN, "HB616")


def _refuse_shape(text: str, local: str, at: str, domain: str) -> None:
    if "<" in text or ">" in text:
        raise Unfit(said("an address with “<” or “>”"), _ALONE, "HB615")
    if '"' in text or "\\" in text:
        raise Unfit(said("an address with quotation marks or a backslash"), _ALONE, "HB615")
    if "(" in text or ")" in text:
        raise Unfit(said("an address with a remark in parentheses"), _ALONE, "HB615")
    if any(sign.isspace() for sign in text):
        raise Unfit(said("an address with a gap in it"), _ALONE, "HB615")
    if not at:
        raise Unfit(said("a text without @"), _ALONE, "HB615")
    if text.count("@") > 1:
        raise Unfit(said("more than one @"), _ALONE, "HB615")
    if not local or not domain:
        raise Unfit(said("nothing on one side of the @"), _ALONE, "HB615")


def _refuse_local(local: str) -> None:
    if not local.isascii():
        if mixed_scripts(local):
            raise Unfit(said("letters of two scripts in one word"), _SCRIPT, "HB617")
        raise Unfit(
            said("letters before the @ that are not of ASCII"),
            said("an address of ASCII before the @; others (SMTPUTF8) are unsupported"),
            "HB615",
        )
    if len(local) > LONGEST_LOCAL:
        raise Unfit(said("{n} signs before the @", n=len(local)), said("at most {n} signs", n=LONGEST_LOCAL), "HB615")
    if _ROUTES.search(local):
        raise Unfit(said("a sign that programs take for a command or a route (one of {signs})", signs="! % | ` $"), _PLAIN, "HB616")
    if local[0] == "-":
        raise Unfit(said("a hyphen at the beginning, which programs take for an option"), _PLAIN, "HB616")
    if local[0] == "'":
        raise Unfit(said("an apostrophe at the beginning, as spreadsheets put before formulas"), _ALONE, "HB616")
    if not _LOCAL.fullmatch(local):
        raise Unfit(said("dots or signs before the @ that cannot stand there"), _ALONE, "HB615")


@lru_cache(maxsize=4096)
def _domain(written: str) -> str:
    """Return a domain in ASCII; most members of a list share a few."""
    labels = [unpacked(label) for label in written.lower().split(".")]
    if any(mixed_scripts(label) for label in labels):
        raise Unfit(said("a domain with letters of two scripts in one word"), _SCRIPT, "HB617")
    if labels[-1].isascii() and any(seen_as(label) for label in labels[:-1]):
        raise Unfit(said("a domain of letters that only look Latin"), _SCRIPT, "HB617")
    try:
        found = validate_email(f"a@{written}", check_deliverability=False, allow_domain_literal=False)
    except EmailNotValidError:
        raise Unfit(said("a domain that cannot be"), said("a domain such as lettre.example"), "HB615") from None
    assert found.ascii_email is not None
    return found.ascii_email.partition("@")[2]
