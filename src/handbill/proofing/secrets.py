"""Keys and passwords in a text: known forms of keys, addresses with a password, and what follows a telling word."""

from __future__ import annotations

import re
from collections.abc import Iterator

from handbill.errors import Said, said
from handbill.proofing import passwords
from handbill.proofing.galley import DOOR, FORM, KEY, OPENED, PASSWORD, Claims, Galley, Mark, Span
from handbill.proofing.house import House, is_confirmed

#: A sign by which a text is ruled out at once, the whole form, whose key it is.  Forms as the services document them.
_FORMS: tuple[tuple[str, re.Pattern[str], str], ...] = tuple(
    (sign, re.compile(form), owner)
    for sign, form, owner in (
        ("KIA", r"\bAKIA[A-Z2-7]{16}\b", "Amazon Web Services"),
        ("SIA", r"\bASIA[A-Z2-7]{16}\b", "Amazon Web Services"),
        ("ghp_", r"\bghp_[A-Za-z0-9]{36,255}\b", "GitHub"),
        ("gho_", r"\bgho_[A-Za-z0-9]{36,255}\b", "GitHub"),
        ("ghu_", r"\bghu_[A-Za-z0-9]{36,255}\b", "GitHub"),
        ("ghs_", r"\bghs_[A-Za-z0-9]{36,255}\b", "GitHub"),
        ("ghr_", r"\bghr_[A-Za-z0-9]{36,255}\b", "GitHub"),
        ("github_pat_", r"\bgithub_pat_[A-Za-z0-9]{22}_[A-Za-z0-9]{59}\b", "GitHub"),
        ("glpat-", r"\bglpat-[\w-]{20,300}(?:\.\w+)*", "GitLab"),
        ("gldt-", r"\bgldt-[\w-]{20,300}", "GitLab"),
        ("glrt-", r"\bglrt-[\w-]{20,300}", "GitLab"),
        ("glptt-", r"\bglptt-[\w-]{20,300}", "GitLab"),
        ("xox", r"\bxox[abeoprs](?:\.xox[bp])?-[A-Za-z0-9-]{10,300}", "Slack"),
        ("xapp-", r"\bxapp-\d-[A-Za-z0-9-]{20,300}", "Slack"),
        ("hooks.slack.com", r"\bhooks\.slack\.com/(?:services|workflows|triggers)/[A-Z0-9]{6,}/[A-Za-z0-9/]{20,}", "Slack"),
        ("/api/webhooks/", r"\bdiscord(?:app)?\.com/api/webhooks/\d{15,21}/[\w-]{40,}", "Discord"),
        (":AA", r"\b\d{8,10}:AA[\w-]{33}\b", "Telegram"),
        ("sk_", r"\bsk_(?:live|test)_[A-Za-z0-9]{16,250}\b", "Stripe"),
        ("rk_", r"\brk_(?:live|test)_[A-Za-z0-9]{16,250}\b", "Stripe"),
        ("whsec_", r"\bwhsec_[A-Za-z0-9+/]{24,100}", "Stripe"),
        ("AIza", r"\bAIza[\w-]{35}(?![\w-])", "Google"),
        ("GOCSPX-", r"\bGOCSPX-[\w-]{28}(?![\w-])", "Google"),
        ("ya29.", r"\bya29\.[\w-]{30,}", "Google"),
        ("npm_", r"\bnpm_[A-Za-z0-9]{36}\b", "npm"),
        ("pypi-", r"\bpypi-AgE[\w-]{50,}", "PyPI"),
        ("cio", r"\bcio[A-Za-z0-9]{32}\b", "crates.io"),
        ("SG.", r"\bSG\.[\w-]{22}\.[\w-]{43}(?![\w-])", "SendGrid"),
        ("key-", r"\bkey-[0-9a-f]{32}\b", "Mailgun"),
        ("xkeysib-", r"\bxkeysib-[0-9a-f]{64}-[A-Za-z0-9]{16}\b", "Brevo"),
        ("xsmtpsib-", r"\bxsmtpsib-[0-9a-f]{64}-[A-Za-z0-9]{16}\b", "Brevo"),
        ("-us", r"\b[0-9a-f]{32}-us\d{1,2}\b", "Mailchimp"),
        ("shpat_", r"\bshpat_[0-9a-fA-F]{32}\b", "Shopify"),
        ("dop_v1_", r"\bdop_v1_[0-9a-f]{64}\b", "DigitalOcean"),
        ("hf_", r"\bhf_[A-Za-z]{34}\b", "Hugging Face"),
        ("sk-", r"\bsk-(?:ant-|proj-|svcacct-|or-)?[\w-]{32,}", "OpenAI, Anthropic"),
        ("AGE-SECRET-KEY-", r"\bAGE-SECRET-KEY-1[A-Z0-9]{58}\b", "age"),
        ("eyJ", r"\beyJ[\w-]{8,}\.eyJ[\w-]{8,}\.[\w-]{16,}", "JWT"),
    )
)

#: What every key has in it, and how long it is at least.
SIGNS = tuple(sign for sign, _, _ in _FORMS)
LEAST_KEY = 20

#: The block of a key as PEM, OpenSSH, PGP and PuTTY write it; without a line of the key itself it is only named.
_PRIVATE = re.compile(
    r"-----BEGIN (?:[A-Z0-9]{2,12} ){0,3}PRIVATE KEY(?: BLOCK)?-----"
    r"(?=[^A-Za-z0-9\n]{0,8}(?:\n|\\n)[^A-Za-z0-9]{0,12}(?:[\w-]{1,30}: [^\n]{0,200}\s{1,8}){0,6}[A-Za-z0-9+/]{16})"
    r"|PuTTY-User-Key-File-\d: [^\n]{1,80}"
)
_PRIVATE_END = re.compile(r"-----END [^-\n]{1,60}-----|Private-MAC: [^\n]+")
_MOST_KEY = 12_000

#: After "://": a name, a password, and whose machine.
_OPENED = re.compile(r"[^\s/:@<>\"'`|]{0,100}:([^\s/@<>\"'`|]{3,200})@([\w.-]{2,200})")
_NOBODYS_HOST = re.compile(r"(?:.*\.)?(?:(?:example|exemple)(?:\.\w{2,4})?|test|invalid)", re.IGNORECASE)

_EXAMPLE = re.compile(r"EXAMPLE|(.)\1{7}|x{6,}|\.{3}|\*{3}|(?:your|votre|my|mon)[_-]|1234567890abcdef1234567890abcdef", re.IGNORECASE)


def secrets(galley: Galley, house: House) -> Iterator[Mark]:
    """Yield a mark for each secret; its place and sort, never what it says.

    A key in a lesson that names itself an example (AKIAIOSFODNN7EXAMPLE,
    ghp_xxxx…) opens nothing and is left alone.
    """
    revoked = said("nothing of it: have it replaced first, because version history keeps it, then take it out")
    claims = Claims()
    for spans, found, code in _finders(galley):
        for start, end in spans:
            if not is_confirmed(galley.text[start:end], house) and claims.take(start, end):
                yield Mark(start, end, found, revoked, code)


def _finders(galley: Galley) -> Iterator[tuple[Iterator[Span], Said, str]]:
    text = galley.text
    if galley.hints & FORM:
        yield _private_keys(galley), said("a private key"), "HB611"
        # A key is a long word; among a handful of those, looking for each form costs next to nothing.
        long = "\n".join([word for word in text.split() if len(word) >= LEAST_KEY])
        for sign, form, owner in _FORMS if long else ():
            if sign in long:
                spans = (match.span() for match in form.finditer(text) if not _EXAMPLE.search(match[0]))
                yield spans, said("a key of a service ({owner})", owner=owner), "HB612"
    if galley.hints & OPENED:
        yield _opened(galley), said("a password in an address"), "HB613"
    if galley.hints & PASSWORD:
        yield passwords.passwords(galley), said("a password"), "HB614"
    if galley.hints & KEY:
        yield passwords.keys(galley), said("a key or password of a program"), "HB614"
    if galley.hints & DOOR:
        yield passwords.door_codes(galley), said("the code of a door"), "HB614"


def _private_keys(galley: Galley) -> Iterator[Span]:
    """Yield the lines of each key, so that none of them is shown beside another mark."""
    for match in _PRIVATE.finditer(galley.text):
        end = _PRIVATE_END.search(galley.text, match.end(), match.end() + _MOST_KEY)
        stop = end.end() if end else min(len(galley.text), galley.line(match.end())[1] + _MOST_KEY)
        yield match.start(), stop


def _opened(galley: Galley) -> Iterator[Span]:
    text = galley.text
    at = text.find("://")
    while at >= 0:
        match = _OPENED.match(text, at + 3)
        if match and not passwords.is_placeholder(match[1]) and not _NOBODYS_HOST.fullmatch(match[2]):
            yield match.span(1)
        at = text.find("://", at + 3)
