"""The program's own templates, compiled once for each installation, as Python keeps its modules.  Knows Jinja's compiled code.

They lie where Python keeps what it compiled of this package, and are believed
as much: whoever can write there decides what runs.  A hub's own templates are
never among them.
"""

from __future__ import annotations

import hashlib
import marshal
import sys
from contextlib import suppress
from importlib.util import cache_from_source
from pathlib import Path
from types import CodeType

from jinja2 import BytecodeCache
from jinja2.bccache import Bucket

from handbill.engine import engine_theme, libraries
from handbill.whole import put_whole

#: The modules beside this one that decide what Python a template becomes: those of its own name, and who makes the environment.
_DECIDING = ("pelican_bridge.py", "template_*.py")
_DIGEST_BYTES = 32


def store_file() -> Path:
    """Return where the compiled templates of this installation lie."""
    return Path(cache_from_source(str(Path(__file__).with_name("theme.py")))).with_suffix(".templates")


class TemplateStore(BytecodeCache):
    """Compiled templates, each known by its name, its file and the digest of its text.

    A file that is missing, damaged or of another program is an empty store.
    """

    def __init__(self) -> None:
        self._file, self._own = store_file(), f"{engine_theme() / 'templates'}"
        self._known = _read(self._file)
        self._is_new = False

    def get_source_checksum(self, source: str) -> str:
        """Return the digest of a text: of one that nobody can make for two texts."""
        return _digest(source.encode()).hex()

    def load_bytecode(self, bucket: Bucket) -> None:
        """Give a template its code, if it has been compiled before."""
        checksum, code = self._known.get(bucket.key, ("", None))
        if checksum == bucket.checksum:
            bucket.code = code

    def dump_bytecode(self, bucket: Bucket) -> None:
        """Keep the code of a template, if it is the program's own."""
        code = bucket.code
        if code is not None and Path(code.co_filename).is_relative_to(self._own):
            self._known[bucket.key] = bucket.checksum, code
            self._is_new = True

    def save(self) -> None:
        """Write down what was compiled; where that is not wanted or cannot be done, it is compiled again next time."""
        if not self._is_new or sys.dont_write_bytecode:
            return
        self._is_new = False
        packed = marshal.dumps(self._known)
        with suppress(OSError):
            self._file.parent.mkdir(exist_ok=True)
            put_whole(self._file, [_signed(packed), packed])


def _read(file: Path) -> dict[str, tuple[str, CodeType]]:
    with suppress(OSError):
        raw = file.read_bytes()
        signed, packed = raw[:_DIGEST_BYTES], raw[_DIGEST_BYTES:]
        if signed == _signed(packed):
            # As this very program wrote it, where Python's own compiled modules lie.
            return marshal.loads(packed)  # type: ignore[no-any-return]  # noqa: S302
    return {}


def _signed(packed: bytes) -> bytes:
    # Not the digest of the whole program: to read all of it took longer than to compile a template.
    deciding = (file.read_bytes() for pattern in _DECIDING for file in sorted(Path(__file__).parent.glob(pattern)))
    return _digest(b"\0".join((libraries().encode(), *deciding, packed)))


def _digest(raw: bytes) -> bytes:
    return hashlib.blake2b(raw, digest_size=_DIGEST_BYTES).digest()
