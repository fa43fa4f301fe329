"""A mail that came back from a mailbox → what became of it on its way: signatures, ways to leave, encryption, and its bytes.

What a mail says of itself can be forged, so it is told who says it.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping
from email.parser import BytesHeaderParser
from email.policy import compat32

from handbill.doctor.answers import Answers, asking, is_name
from handbill.doctor.dmarc import alignment, mode_of
from handbill.doctor.finding import Finding
from handbill.doctor.key_record import name_of
from handbill.errors import Said, said
from handbill.outputs.mail.record import TOKEN
from handbill.sending.signing import UNSUBSCRIBE, Signature, domain_of, signatures_of, unsigned, verified

WHAT = "received mail"

_TOKEN = TOKEN.encode("ascii")
_METHODS = ("spf", "dkim", "dmarc")
_RESULT = re.compile(r"\b(spf|dkim|dmarc)\s*=\s*([a-z]+)", re.IGNORECASE)
_COMMENT = re.compile(r"\([^()]*\)")
_FROM = re.compile(r"\bfrom\s+(\S+)")
_BY = re.compile(r"\bby\s+(\S+)")
#: RFC 3848 and RFC 6531 for the words; the rest is what Postfix, Exim and Gmail write beside them.
_TLS = re.compile(r"\bwith\s+\(?(?:UTF8)?(?:E?SMTPSA?|LMTPSA?|HTTPS)\b|\bTLSv?1|version=TLS|\btls\s+TLS_|\(using TLS|\bSSLv3\b")
_LOCAL = re.compile(
    r"\bwith\s+(?:LMTP|local|HTTP|MAPI|stdin)\b|\bfrom (?:localhost|userid)\b|\[(?:IPv6:)?(?:127\.|::1\])|\(Postfix, from userid",
    re.IGNORECASE,
)


def judge_received(saved: bytes, domains: Collection[str], answers: Answers, frozen: Mapping[str, bytes]) -> Iterator[Finding]:
    """Yield what a saved mail tells; *domains* are those of the senders in hub.toml, *frozen* the mails of the archive by name."""
    mail = _ends(saved)
    head = BytesHeaderParser(policy=compat32).parsebytes(mail)
    author = domain_of(str(head.get("From", "")))
    if not author:
        mend = said("save the whole mail from the mailbox (“original”, “source”), and name that file")
        yield Finding(WHAT, "missing", said("no sender: this is no mail"), said("nothing can be told of it"), mend)
        return
    if author not in domains:
        found = said("it comes from {author}, hub.toml says {domain}", author=author, domain=", ".join(domains) or "–")
        yield Finding(WHAT, "warning", found, said("what follows is about the sender that readers see"), said("send a test mail again"))
    yield from _signatures(mail, author, answers)
    yield from _leaving(mail, author)
    yield from _results([_flat(value) for value in head.get_all("Authentication-Results", [])])
    yield from _hops([_flat(value) for value in head.get_all("Received", [])])
    yield _bytes(mail, frozen)


def _signatures(mail: bytes, author: str, answers: Answers) -> Iterator[Finding]:
    """Yield each signature: whose, and whether it holds; then whether one of them stands for the sender."""
    found = signatures_of(mail)
    ours = False
    for index, one in enumerate(found):
        finding = _signature(mail, index, one, author, answers)
        yield finding
        ours = ours or (finding.state in ("ok", "unknown") and _stands(one, author, answers) is not False)
    if not ours:
        told = said("no signature that stands for {domain}", domain=author) if found else said("no signature")
        mend = said("let your provider sign for {domain}, or sign here: sending.dkim_selector", domain=author)
        yield Finding("DKIM", "missing", told, said("Google, Yahoo and Microsoft ask it of those who send to many"), mend)


def _signature(mail: bytes, index: int, one: Signature, author: str, answers: Answers) -> Finding:
    stands = _stands(one, author, answers)
    whose = said("signed by {domain}, selector {selector}", domain=one.domain or "–", selector=one.selector or "–")
    why = _ABOUT if stands and one.domain != author else _WHY[stands]
    if one.tags.get("a", "").lower() == "rsa-sha1":
        return Finding(
            "DKIM", "missing", said("{whose}, with SHA-1", whose=whose), said("receivers must not trust it (RFC 8301)"), _ASK_SIGNER
        )
    if "l" in one.tags:
        found = said("{whose}, for a part of the text only (l=)", whose=whose)
        return Finding("DKIM", "warning", found, said("anybody can add to the rest"), _ASK_SIGNER)
    name = name_of(one.selector, one.domain)
    texts = answers.at(name) if is_name(name) else ()
    if texts is None:
        found = said("{whose}; whether it holds, its key tells", whose=whose)
        return Finding("DKIM", "unknown", found, why, asking([name]))
    wrong = verified(mail, index, texts[0]) if texts else said("there is no key {where}", where=said("at {name}", name=name))
    if wrong:
        # A relay's own signature that does not hold does no harm beside a good one of the sender.
        return Finding(
            "DKIM", "warning" if stands is False else "missing", said("{whose}, but {wrong}", whose=whose, wrong=wrong), why, _ASK_SIGNER
        )
    return Finding("DKIM", "ok", said("{whose}, and it holds", whose=whose), why)


_ABOUT = said("it stands for the sender that readers see, as long as DMARC does not ask for the very same domain (adkim=s)")
_ASK_SIGNER = said("ask whoever signs")
_WHY: Mapping[bool | None, Said] = {
    True: said("it stands for the sender that readers see"),
    False: said("it does not stand for the sender that readers see"),
    None: said("whether it stands for the sender, the DMARC records of both domains tell"),
}


def _stands(one: Signature, author: str, answers: Answers) -> bool | None:
    return alignment(one.domain, author, mode_of("adkim", author, answers), answers)


def _leaving(mail: bytes, author: str) -> Iterator[Finding]:
    lacking = unsigned(mail, author)
    if not lacking:
        yield Finding(
            "unsubscribe", "ok", said("both headers are there, and signed"), said("mailboxes then show their own button for leaving")
        )
        return
    why = said("receivers count the mail as one that nobody can leave with one click (RFC 8058)")
    mend = said("ask whoever signs to sign {names} as well", names=", ".join(UNSUBSCRIBE))
    yield Finding("unsubscribe", "missing", said("not there, or not signed: {names}", names=", ".join(lacking)), why, mend)


def _results(values: list[str]) -> Iterator[Finding]:
    """Yield what the receiver found; only the topmost can be the mailbox's own."""
    if not values:
        mend = said("look at it in the mailbox: “show original”")
        yield Finding("Authentication-Results", "unknown", said("not there"), said("the receiver did not write what it found"), mend)
        return
    plain = _COMMENT.sub(" ", values[0])
    who = plain.partition(";")[0].split()[0] if plain.partition(";")[0].split() else "–"
    results: dict[str, str] = {}
    for method, result in _RESULT.findall(plain.partition(";")[2]):
        # One good signature is enough, so a good result is not undone by another one.
        if results.get(method.lower()) != "pass":
            results[method.lower()] = result.lower()
    told = ", ".join(f"{method}={results[method]}" for method in _METHODS if method in results) or "–"
    found = said("{who} says: {results}", who=who, results=told)
    why = said("believe it only if {who} belongs to your mailbox: anybody can write such a line", who=who)
    bad = [method for method in _METHODS if results.get(method, "none") != "pass"]
    if not bad:
        yield Finding("Authentication-Results", "ok", found, why)
    else:
        state = "missing" if results.get("dmarc") == "fail" or "dkim" in bad else "warning"
        yield Finding(
            "Authentication-Results", state, found, why, said("what to look at: {names}", names=", ".join(one.upper() for one in bad))
        )


def _hops(values: list[str]) -> Iterator[Finding]:
    """Yield whether each way from machine to machine was encrypted, the first one first."""
    bare: list[str] = []
    for value in reversed(values):
        if not _TLS.search(value) and not _LOCAL.search(value):
            start, end = _FROM.search(value), _BY.search(value)
            if start and end:
                bare.append(f"{start[1]} → {end[1].rstrip(';')}")
    if not values:
        yield Finding(
            "TLS", "unknown", said("no trace of a way"), said("the file is not from a mailbox"), said("save the mail from the mailbox")
        )
    elif bare:
        found = said("no word of encryption on the way {hops}", hops=", ".join(bare))
        yield Finding("TLS", "warning", found, said("everybody between could read it"), said("ask whose machines these are"))
    else:
        yield Finding("TLS", "ok", said("encrypted between all machines, as far as they say"), said("nobody between could read it"))


def _bytes(mail: bytes, frozen: Mapping[str, bytes]) -> Finding:
    """Return whether it is a frozen letter, byte for byte but for the token."""
    why = said("what was approved is what arrives")
    name = _message_id(mail)
    same = [(one, raw) for one, raw in frozen.items() if name and _message_id(_ends(raw)) == name]
    if not same:
        return Finding(
            "bytes",
            "warning",
            said("no frozen letter has the name {name}", name=name or "–"),
            why,
            said("freeze the letter, and send the test mail again"),
        )
    one, raw = same[0]
    wanted, _, text = _ends(raw).partition(b"\r\n\r\n")
    head, _, body = mail.partition(b"\r\n\r\n")
    fields = _fields(head)
    token = next((token for place in (body, *fields) for own in (text, *_fields(wanted)) if (token := _token(own, place))), _TOKEN)
    lost = [field.partition(b":")[0].decode("ascii", "replace") for field in _fields(wanted) if field.replace(_TOKEN, token) not in fields]
    if lost:
        found = said("letter {name}, with other headers: {headers}", name=one, headers=", ".join(lost))
        return Finding("bytes", "warning", found, why, said("ask whose machines these are"))
    if text.replace(_TOKEN, token).rstrip(b"\r\n") != body.rstrip(b"\r\n"):
        found = said("letter {name}, with another text", name=one)
        return Finding("bytes", "missing", found, why, said("ask whose machines these are; a tracker or a footer may have been added"))
    if token == _TOKEN and _TOKEN in raw:
        found = said("letter {name}, without a member's token", name=one)
        return Finding(
            "bytes", "warning", found, said("nobody can leave with it"), said("send the test mail with “newsletter send N --test”")
        )
    return Finding("bytes", "ok", said("letter {name}, byte for byte but for the token", name=one), why)


def _token(frozen: bytes, found: bytes) -> bytes:
    """Return what stands where the token belongs, b"" where there is no such place."""
    place = frozen.find(_TOKEN)
    token = found[place : place + len(_TOKEN)] if place >= 0 and found.startswith(frozen[:place]) else b""
    return token if re.fullmatch(rb"[a-z0-9-]+", token) else b""


def _fields(head: bytes) -> list[bytes]:
    """Return the headers, each with its lines joined as a receiver reads them."""
    return [re.sub(rb"[ \t\r\n]+", b" ", one) for one in re.split(rb"\r\n(?![ \t])", head)]


def _message_id(mail: bytes) -> str:
    found = re.search(rb"(?im)^message-id:\s*(<[^>\r\n]+>)", mail.partition(b"\r\n\r\n")[0])
    return found[1].decode("ascii", "replace") if found else ""


def _ends(saved: bytes) -> bytes:
    """Return a mail with the ends of lines that it had on its way; a mailbox in one file puts a line before it."""
    mail = re.sub(rb"\r?\n", b"\r\n", saved.removeprefix(b"\xef\xbb\xbf"))
    return mail.partition(b"\r\n")[2] if mail.startswith(b"From ") else mail


def _flat(value: object) -> str:
    return " ".join(str(value).split())
