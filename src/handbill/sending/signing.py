"""A mail → the same mail with our signature before it (DKIM, RFC 6376); and signatures of others, read and verified.

The frozen bytes stay as they are: the signature is one header more, before all
others.  Nothing is asked over the network; keys of others are handed in.
"""

from __future__ import annotations

import base64
import hashlib
import logging
import os
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path

import dkim
from dkim.canonicalization import CanonicalizationPolicy, correct_empty_body, strip_trailing_lines
from dkim.crypto import RSASSA_PKCS1_v1_5_sign, RSASSA_PKCS1_v1_5_verify, UnparsableKeyError, parse_pem_private_key, parse_public_key

from handbill.errors import MachineLacks, Said, WrongUse, said
from handbill.sending.private import Private
from handbill.settings import Settings

#: The shortest key that we sign with.  RFC 8301, 3.2: 1024 at least, 2048 is what signers should have.
FEWEST_BITS = 2048
#: A longer one does not fit into one answer of many DNS servers, and each mail takes seven times as long.
MOST_BITS = 4096

#: What receivers ask to find signed: RFC 8058, 4, and Google's and Yahoo's rules for those who send to many.
UNSUBSCRIBE = ("List-Unsubscribe", "List-Unsubscribe-Post")

#: Signed once more than they stand in the mail, so that nobody can add another one on the way (RFC 6376, 8.15).
SEALED = ("From", "Reply-To", "To", "Subject", "Date", "Message-ID", "MIME-Version", "Content-Type", *UNSUBSCRIBE)

#: Signed as often as they stand there.  Relays add a Feedback-ID of their own, which must not break ours.
SIGNED = (*SEALED, "List-Id", "List-Archive", "List-Help", "List-Subscribe", "Feedback-ID", "Content-Language")

_LOWER_SIGNED = frozenset(name.lower() for name in SIGNED)
_ALGORITHM = b"rsa-sha256"
_CANONICAL = CanonicalizationPolicy.from_c_value(b"relaxed/relaxed")
_SELECTOR = re.compile(r"[A-Za-z0-9]([A-Za-z0-9-]*[A-Za-z0-9])?(\.[A-Za-z0-9]([A-Za-z0-9-]*[A-Za-z0-9])?)*")
_ADDRESS_DOMAIN = re.compile(r"@([^@\s<>]+)>?\s*\Z")
_RSA = bytes.fromhex("300d06092a864886f70d0101010500")  # AlgorithmIdentifier rsaEncryption, RFC 8017, A.1
_LONGEST = 10_000
_SILENT = logging.getLogger("handbill.silent")
_SILENT.addHandler(logging.NullHandler())
_SILENT.propagate = False

Signer = Callable[[bytes], bytes]


@dataclass(frozen=True, slots=True)
class Key:
    """A private key; ``public`` is what DNS must hold of it (DER, SubjectPublicKeyInfo)."""

    bits: int
    public: bytes
    _numbers: Mapping[str, int] = field(repr=False)

    @property
    def record(self) -> str:
        """Return the text of the DNS record that lets receivers verify what this key signed."""
        return f"v=DKIM1; k=rsa; p={base64.b64encode(self.public).decode('ascii')}"


@dataclass(frozen=True, slots=True)
class Signature:
    """A signature as it stands in a mail.  ``signed`` are names of headers in lower case; ``tags`` all that it says."""

    domain: str
    selector: str
    signed: tuple[str, ...]
    tags: Mapping[str, str]


class Unsignable(WrongUse):
    """The key, or what it is to sign for, is none that receivers would trust."""


def signer_of(settings: Settings, private: Private) -> Signer | None:
    """Return what signs mails; ``None`` where the mail server is to sign.

    The same mail gets the same signature: it says no moment.

    Raises:
        Unsignable: the key is not there, too short or damaged, or nobody says under which selector DNS has it.
        MachineLacks: the key cannot be read.
    """
    selector = settings.sending.dkim_selector
    if not selector and private.dkim_key is None:
        return None
    if not selector:
        raise Unsignable(said("there is a key to sign with, but hub.toml does not say under which selector: sending.dkim_selector"))
    if private.dkim_key is None:
        raise Unsignable(said("sending.dkim_selector is “{selector}”, but no key is named: dkim_key in hub.local.toml", selector=selector))
    if not _SELECTOR.fullmatch(selector):
        raise Unsignable(said("sending.dkim_selector: found “{selector}”, wanted letters, digits and hyphens", selector=selector))
    return signing(read_key(private.dkim_key), selector)


def signing(key: Key, selector: str) -> Signer:
    """Return what signs mails with this key, under that selector, for the domain that readers see as the sender's."""
    proved: list[bool] = []
    fixed = ((b"v", b"1"), (b"a", _ALGORITHM), (b"c", b"relaxed/relaxed"), (b"s", selector.encode("ascii")))

    def sign(mail: bytes) -> bytes:
        head, _, body = mail.partition(b"\r\n\r\n")
        if mail.count(b"\n") != mail.count(b"\r\n"):
            raise Unsignable(said("a mail whose lines do not all end as those of mails do"))
        signer = dkim.DKIM(head + b"\r\n\r\n", logger=_SILENT, signature_algorithm=_ALGORITHM)
        there = [name.lower() for name, _ in signer.headers]
        names = [name for name in there if name.decode("ascii") in _LOWER_SIGNED] + [name.lower().encode("ascii") for name in SEALED]
        senders = [domain_of(value.decode("ascii", "replace")) for name, value in signer.headers if name.lower() == b"from"]
        if len(senders) != 1 or not senders[0].isascii() or not senders[0]:
            raise Unsignable(said("a mail with {n} senders, wanted one with a plain address", n=len(senders)))
        # The hash of the text as it is signed, then the rest; dkimpy's own sign() would write the time of day into it.
        signer.hasher = hashlib.sha256
        text = hashlib.sha256(relaxed(body)).digest()
        domain = (b"d", senders[0].encode("ascii"))
        fields = [*fixed, domain, (b"h", b" : ".join(names)), (b"bh", base64.b64encode(text)), (b"b", b"0" * 60)]
        signed = b"DKIM-Signature: " + bytes(signer.gen_header(fields, names, _CANONICAL, b"DKIM-Signature", key._numbers)) + mail
        if not proved:
            _prove(signed, key)
            proved.append(True)
        return signed

    return sign


def relaxed(body: bytes) -> bytes:
    """Return a text as it is hashed (RFC 6376, 3.4.4): dkimpy looks at each space, which takes 2 ms of a long letter."""
    body = body.replace(b"\t", b" ")
    while b"  " in body:
        body = body.replace(b"  ", b" ")
    return bytes(correct_empty_body(strip_trailing_lines(body.replace(b" \r\n", b"\r\n"))))


def _prove(signed: bytes, key: Key) -> None:
    """Refuse a first mail that receivers would not believe, before a thousand others follow it."""
    if wrong := verified(signed, 0, key.record):
        raise Unsignable(said("our own signature does not hold: {wrong}", wrong=wrong))
    if lost := [name for name in UNSUBSCRIBE if name.lower() not in signatures_of(signed)[0].signed]:
        raise Unsignable(said("our own signature leaves out {names}", names=", ".join(lost)))


def domain_of(sender: str) -> str:
    """Return the domain of ``Name <address>`` or of an address alone, in lower case; "" where there is none."""
    found = _ADDRESS_DOMAIN.search(sender)
    return found[1].lower().rstrip(".") if found else ""


def read_key(file: Path) -> Key:
    """Return the private key of a PEM file.

    Raises:
        Unsignable: there is no RSA key of 2048 to 4096 bits in it, its numbers do not belong together, or everybody may read it.
        MachineLacks: the file cannot be read.
    """
    try:
        text = file.read_bytes()
        mode = file.stat().st_mode
    except FileNotFoundError:
        raise Unsignable(said("the key to sign with is not there: {name}", name=file.name)) from None
    except OSError as error:
        raise MachineLacks(said("the key to sign with cannot be read: {reason}", reason=error.strerror or error)) from None
    if os.name != "nt" and mode & 0o007:
        raise Unsignable(said("everybody on this machine may read the key to sign with; mend it: chmod 600 {name}", name=file.name))
    if b"ENCRYPTED" in text.upper():
        raise Unsignable(
            said("{name}: found a key under a password, which nobody would be there to type; wanted one without", name=file.name)
        )
    try:
        # dkimpy finds the key between ends of lines as Unix writes them.
        numbers = parse_pem_private_key(text.replace(b"\r\n", b"\n").strip() + b"\n")
        bits = int(numbers["modulus"]).bit_length()
    except (UnparsableKeyError, ValueError, IndexError, AssertionError):
        raise Unsignable(said("{name}: found no RSA key, wanted one in PEM", name=file.name)) from None
    if bits < FEWEST_BITS:
        raise Unsignable(said("{name}: found a key of {bits} bits, wanted {least} at least", name=file.name, bits=bits, least=FEWEST_BITS))
    if bits > MOST_BITS:
        raise Unsignable(said("{name}: found a key of {bits} bits, wanted {most} at most", name=file.name, bits=bits, most=MOST_BITS))
    probe = hashlib.sha256(b"handbill")
    if numbers["prime1"] * numbers["prime2"] != numbers["modulus"] or not RSASSA_PKCS1_v1_5_verify(
        probe, RSASSA_PKCS1_v1_5_sign(probe, numbers), numbers
    ):
        # A signature made with wrong numbers verifies nowhere, and can give the key away.
        raise Unsignable(said("{name}: the key is damaged; its numbers do not belong together", name=file.name))
    return Key(bits, _public(numbers), numbers)


def signatures_of(mail: bytes) -> tuple[Signature, ...]:
    """Return the signatures of a mail, the topmost first; one that cannot be read has an empty domain."""
    return tuple(_signature(value) for name, value in _head(mail) if name.lower() == b"dkim-signature")


def _head(mail: bytes) -> list[tuple[bytes, bytes]]:
    """Return the headers of a mail; none where it has lines that are no headers."""
    try:
        return [(name, value) for name, value in dkim.rfc822_parse(mail)[0]]
    except (dkim.DKIMException, IndexError):
        return []


def _signature(value: bytes) -> Signature:
    tags: dict[str, str] = {}
    for part in value.decode("ascii", "replace").split(";"):
        name, sign, text = part.partition("=")
        if sign:
            tags.setdefault(name.strip(), " ".join(text.split()))
    names = tuple(name.strip().lower() for name in tags.get("h", "").split(":") if name.strip())
    return Signature(tags.get("d", "").lower(), tags.get("s", ""), names, tags)


def verified(mail: bytes, index: int, record: str) -> Said | None:
    """Return why a signature does not verify with the key of a DNS record; ``None`` where it does."""

    def answer(_name: bytes, timeout: int = 5) -> bytes:  # noqa: ARG001 - as dkimpy asks
        return record.encode("utf-8")

    if any(len(value) > _LONGEST for name, value in _head(mail) if name.lower() == b"dkim-signature"):
        # dkimpy looks for the end of a signature in time that grows with the square of its length.
        return said("a signature of it is longer than any that is meant")
    try:
        good = dkim.DKIM(mail, logger=_SILENT).verify(idx=index, dnsfunc=answer)
    except dkim.KeyFormatError:
        return said("the key in DNS cannot be read")
    except dkim.ValidationError as error:
        if "body hash" in str(error):
            return said("the text was changed after it was signed")
        return said("it says something that signatures may not say ({what})", what=_plain(error))
    except (dkim.DKIMException, ValueError, IndexError, AssertionError) as error:
        return said("it says something that signatures may not say ({what})", what=_plain(error))
    return None if good else said("a signed header was changed, added or taken away, or another key signed it")


def _plain(error: Exception) -> str:
    return re.sub(r"b'([^']*)'", r"\1", str(error))[:120]


def unsigned(mail: bytes, domain: str) -> tuple[str, ...]:
    """Return which of the two headers for leaving the list are missing, or covered by no signature of that domain or a related one."""
    there = {name.lower() for name, _ in _head(mail)}
    ours = [one for one in signatures_of(mail) if related(one.domain, domain)]
    return tuple(
        name for name in UNSUBSCRIBE if name.lower().encode("ascii") not in there or not any(name.lower() in one.signed for one in ours)
    )


def related(one: str, other: str) -> bool:
    """Say whether two domains are the same, or one lies below the other."""
    return bool(one and other) and (one == other or one.endswith(f".{other}") or other.endswith(f".{one}"))


def public_of(written: str) -> tuple[int, bytes] | None:
    """Return bits and plain form of an RSA key as DNS holds it; ``None`` where it is none."""
    try:
        numbers = parse_public_key(base64.b64decode(re.sub(r"\s", "", written), validate=True))
    except (UnparsableKeyError, ValueError, IndexError, AssertionError):
        return None
    return int(numbers["modulus"]).bit_length(), _public(numbers)


def _public(numbers: Mapping[str, int]) -> bytes:
    """Return a public key as DNS holds it: DER, SubjectPublicKeyInfo (RFC 5280, 4.1) around RSAPublicKey (RFC 8017, A.1.1)."""
    key = _der(0x30, _integer(numbers["modulus"]) + _integer(numbers["publicExponent"]))
    return _der(0x30, _RSA + _der(0x03, b"\0" + key))


def _integer(number: int) -> bytes:
    return _der(0x02, number.to_bytes(number.bit_length() // 8 + 1, "big"))


def _der(tag: int, content: bytes) -> bytes:
    size = len(content)
    if size < 0x80:
        return bytes((tag, size)) + content
    length = size.to_bytes((size.bit_length() + 7) // 8, "big")
    return bytes((tag, 0x80 | len(length))) + length + content
