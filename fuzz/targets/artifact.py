"""Any bytes as the zip file of a stranger's job: refused in words, or the files that every other program finds in it."""

from __future__ import annotations

import io
import unicodedata
import zipfile

from handbill.forge.artifact import Limits, Poisoned, opened

WORDS = ("PK\x03\x04", "PK\x01\x02", "PK\x05\x06", "PK\x07\x08", "../", "a/b", "con", "\x08\0", "\xff\xff\xff\xff", "\x01\0", "up")
SEEDS = ()
MOST_BYTES = 3000

_LIMITS = Limits(files=50, file=1 << 16, whole=1 << 18)


def seeds() -> list[bytes]:
    """Return zip files as packers write them, and poisoned ones."""
    from tests.forge.poison import File, zipped

    plain = [File(b"review.json", b'{"a": 1}'), File(b"pages/a.html", b"<p>x</p>" * 20, method=0)]
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as written:
        written.writestr("a/b.txt", "b" * 100)
        written.writestr("é.txt", "")
    return [zipped(*plain), zipped(File(b"a", flags=8)), zipped(File(b"folder/", b"", mode=0o040755, method=0)), zipped(), made.getvalue()]


def one(raw: bytes) -> None:
    """Open *raw*."""
    try:
        found = opened(raw, lambda _: True, _LIMITS)
    except Poisoned as refusal:
        assert str(refusal)
        return
    for name in found:
        assert name == unicodedata.normalize("NFC", name)
        assert not name.startswith(("/", "\\"))
        assert ".." not in name.split("/")
    with zipfile.ZipFile(io.BytesIO(raw)) as other:
        assert other.testzip() is None
        assert found == {one.filename: other.read(one) for one in other.infolist() if not one.is_dir()}
