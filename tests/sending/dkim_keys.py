"""Keys to sign with in tests, made of their primes: no file of this repository looks like somebody's key."""

from __future__ import annotations

import base64
from pathlib import Path

#: The primes of keys by their length in bits; they sign nothing but tests.
PRIMES = {
    2048: (
        0xE9D7E2EE057DC3D75F9B390076C0DEEDA2250D603FEDC9004DA43A48FC657CA4C5A92FFB70DCF6DFF8B1ACE60D139C8C844F623AE2DDDED93770EACD1910EB29C349062E5F2F31276203C0247F514426EC98D3B39EB773A1B7B672A7286916BA84419C533BE71C1A2D8BD1B1F0E7DE365584C475A6FFD8B8FCA5387C88E46665,
        0xBE45FC15C49E7792CAC5083774716A92FD70414E374C905855F8DF3327EB861DAD0B84FEC250D1FD343A06412EAC46CFD505C5DE9D88441D4D1DEAB8EF7630C8DECAF86D7051B529D20DAF36DCB9D39B631588349E3A93068BB5E3E5C6E23584AE00B3E4A2837128A3B7F8367FBDADCA91D097051683DDC08EFC87B231B6C971,
    ),
    1024: (
        0xF11F14B725E1305B27BC41E6B9F75CEB13CE3D53A1C9F6C806FA410CE5E10B8CEFA240575657D58E6F2876399B29D4041E0F14B6551A808A2D3B78715966E975,
        0xD3EE9058811FD4E26E02872BE72CFFC257CFA68EA828AAA0F92AEAD00A04FC0969659056A916F356F336211940DD7F0D23B141A1BB7DF5EAB0E9682B8E07C7E3,
    ),
    #: One bit more than is signed with.  No primes: a key of that length is refused before anybody looks at them.
    4097: ((1 << 2048) + 1, (1 << 2048) + 3),
}
EXPONENT = 65537
_LABEL = "PRIVATE KEY"


def pem(bits: int = 2048, form: str = "", damage: int = 0) -> str:
    """Return a private key as PEM: PKCS #8, or PKCS #1 with ``RSA`` as its form; *damage* is added to its second prime."""
    p, q = PRIMES[bits]
    secret = pow(EXPONENT, -1, (p - 1) * (q - 1))
    numbers = (0, p * q, EXPONENT, secret, p, q + damage, secret % (p - 1), secret % (q - 1), pow(q, -1, p))
    der = _der(0x30, b"".join(_integer(number) for number in numbers))
    if not form:
        der = _der(0x30, _integer(0) + bytes.fromhex("300d06092a864886f70d0101010500") + _der(0x04, der))
    text = base64.encodebytes(der).decode("ascii")
    label = f"{form} {_LABEL}".strip()
    return f"-----BEGIN {label}-----\n{text}-----END {label}-----\n"


def key_file(folder: Path, text: str = "", mode: int = 0o600) -> Path:
    """Write a key into a folder and return its file."""
    file = folder / "dkim.pem"
    file.write_text(text or pem(), encoding="ascii", newline="\n")
    file.chmod(mode)
    return file


def _integer(number: int) -> bytes:
    return _der(0x02, number.to_bytes(number.bit_length() // 8 + 1, "big"))


def _der(tag: int, content: bytes) -> bytes:
    size = len(content)
    long = size.to_bytes((size.bit_length() + 7) // 8, "big")
    return bytes([tag]) + (bytes([size]) if size < 128 else bytes([0x80 | len(long)]) + long) + content
