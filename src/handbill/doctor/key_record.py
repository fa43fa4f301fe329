"""The record that holds a key of DKIM, judged as receivers do (RFC 6376, 3.6.1; RFC 8301), and compared with ours."""

from __future__ import annotations

from collections.abc import Iterator

from handbill.doctor.answers import Answers
from handbill.doctor.finding import Finding
from handbill.doctor.tags import tags_of
from handbill.errors import Said, said
from handbill.sending.signing import FEWEST_BITS, Key, public_of

WHAT = "DKIM"

#: Shorter keys are void for receivers (RFC 8301, 3.2).
_LEAST_BITS = 1024

_PUT = said("put the record there as “doctor mail” prints it")


def name_of(selector: str, domain: str) -> str:
    """Return the name under which DNS holds a key."""
    return f"{selector}._domainkey.{domain}"


def strings_of(record: str) -> str:
    """Return a record as zone files hold it: no string is longer than 255 signs (RFC 1035, 3.3.14)."""
    return " ".join(f'"{record[start : start + 255]}"' for start in range(0, len(record), 255))


def zone_line(name: str, record: str) -> str:
    """Return a record as it stands in a zone file."""
    return f"{name}. IN TXT ( {strings_of(record)} )"


def judge_key(name: str, answers: Answers, key: Key | None) -> Iterator[Finding]:
    """Yield how the key at a name stands, nothing where nobody asked for it; *key* is ours, where we sign."""
    texts = answers.at(name)
    if texts is None:
        return
    where = said("at {name}", name=name)
    if not texts:
        yield _fault(said("no key {where}", where=where), said("receivers cannot verify a signature without it"))
        return
    keys = [text for text in texts if "p=" in text.replace(" ", "")]
    if len(keys) != 1:
        found = said("{n} texts with a key {where}", n=len(keys), where=where)
        yield _fault(found, said("receivers want one, and take any of several"))
        return
    tags, wrong = tags_of(keys[0])
    if fault := wrong or _fault_of(tags):
        yield _fault(said("{what}, {where}", what=fault, where=where), said("receivers cannot verify a signature with it"))
        return
    yield from _judged(tags, where, key)


def _fault_of(tags: dict[str, str]) -> Said | None:
    """Return what makes a key unusable."""
    if "v" in tags and (tags["v"] != "DKIM1" or next(iter(tags)) != "v"):
        return said("a record that does not begin with v=DKIM1")
    if tags.get("k", "rsa") not in ("rsa", "ed25519"):
        return said("a key of the sort “{sort}”, which nobody knows", sort=tags["k"][:20])
    if not tags.get("p"):
        return said("a key that is withdrawn (p= is empty)")
    if "sha256" not in [one.strip() for one in tags.get("h", "sha256").split(":")]:
        return said("a key that is not for SHA-256")
    if not {"*", "email"} & {one.strip() for one in tags.get("s", "*").split(":")}:
        return said("a key that is not for mail")
    if tags.get("k", "rsa") == "rsa":
        read = public_of(tags["p"])
        if read is None:
            return said("a key that cannot be read; a part may be missing")
        if read[0] < _LEAST_BITS:
            return said("a key of {bits} bits", bits=read[0])
    return None


def _judged(tags: dict[str, str], where: Said, key: Key | None) -> Iterator[Finding]:
    read = public_of(tags["p"]) if tags.get("k", "rsa") == "rsa" else None
    if key is not None and (read is None or read[1] != key.public):
        found = said("another key {where} than the one that we sign with", where=where)
        yield _fault(found, said("no receiver could verify our mails"))
        return
    if read and read[0] < FEWEST_BITS:
        found = said("a key of {bits} bits, {where}", bits=read[0], where=where)
        mend = said("make a new one of {least}, under another selector", least=FEWEST_BITS)
        yield Finding(WHAT, "warning", found, said("some receivers no longer trust it"), mend)
    elif read:
        found = (
            said("our own key of {bits} bits, {where}", bits=read[0], where=where)
            if key
            else said("a key of {bits} bits, {where}", bits=read[0], where=where)
        )
        yield Finding(WHAT, "ok", found, said("receivers verify signatures with it"))
    else:
        mend = said("sign with an RSA key as well")
        yield Finding(WHAT, "warning", said("an Ed25519 key {where}", where=where), said("many receivers cannot verify with it yet"), mend)
    if "y" in [one.strip() for one in tags.get("t", "").split(":")]:
        found = said("a key that says that you are testing (t=y), {where}", where=where)
        yield Finding(
            WHAT, "warning", found, said("receivers may take signed mails for unsigned ones"), said("take t=y out when test mails arrive")
        )


def _fault(found: Said, why: Said) -> Finding:
    return Finding(WHAT, "missing", found, why, _PUT)
