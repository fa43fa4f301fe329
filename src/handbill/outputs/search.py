"""Built pages → the search index that browsers load piece by piece.  Runs pagefind; no other module names it."""

from __future__ import annotations

import hashlib
import importlib.util
import json
import os
import re
import subprocess
from collections.abc import Iterator, Mapping, Sequence
from html import escape
from pathlib import Path

from handbill.engine import engine_digest
from handbill.errors import MachineLacks, said
from handbill.hub.hub import Hub
from handbill.outputs.planned import Artifact, Planned, digest, settled
from handbill.settings import Settings

name = "search"

FOLDER = "pagefind/"

#: Only what stands inside an element with this attribute is ever found.
MARK = "data-pagefind-body"

#: The longest time that indexing may take; five thousand pages take twelve seconds.
TIMEOUT_S = 600

# Ready-made boxes of pagefind's own, half a megabyte; our search page has its own.
_UNUSED = re.compile(r"pagefind-(ui|modular-ui|component-ui|highlight)\.(js|css)")
_SIGNATURE = b"pagefind_dcd"
_ROOM = ("SYSTEMROOT", "TEMP", "TMP")


def plan(_planned: Sequence[Planned], digests: Mapping[str, str], _hub: Hub, _settings: Settings) -> Iterator[Planned]:
    """Yield the index, keyed by every page: while no page changes, it is not made again."""
    pages = sorted((path, key) for path, key in digests.items() if path.endswith((".html", "/")) and not path.startswith(FOLDER))
    if pages:
        yield settled(FOLDER, digest(engine_digest(), _version(), pages), ())


def make(planned: Sequence[Planned], settings: Settings, scratch: Path, made: Path) -> Iterator[Artifact]:
    """Index the pages in the folder *made*.

    Raises:
        MachineLacks: pagefind is missing or cannot run here.
    """
    for one in planned:
        index = scratch / "index"
        site = _pages(made, scratch) or _nothing_but_home(scratch, settings)
        _run(site, index, scratch)
        for file in sorted(index.iterdir()):
            if _UNUSED.fullmatch(file.name):
                file.unlink()
        put_in_order(index)
        yield Artifact(one.path, index)


def _run(site: Path, index: Path, scratch: Path) -> None:
    command = [str(_binary()), "--silent", "--site", str(site.resolve()), "--output-path", str(index.resolve())]
    room = {key: os.environ[key] for key in _ROOM if key in os.environ}
    try:
        # In scratch, because pagefind takes settings from the folder that it is started in.
        done = subprocess.run(command, cwd=scratch, env=room, stdin=subprocess.DEVNULL, capture_output=True, check=False, timeout=TIMEOUT_S)
    except (OSError, subprocess.TimeoutExpired) as error:
        raise MachineLacks(said("the search index cannot be made: {reason}", reason=str(error))) from error
    if done.returncode:
        words = (done.stderr or done.stdout).decode("utf-8", "replace").split("\n")[0]
        raise MachineLacks(said("the search index cannot be made; pagefind says: {words}", words=words))


def _binary() -> Path:
    folder = _package()
    if folder is None:
        raise MachineLacks(said("the search index cannot be made: pagefind is not installed; run: pip install 'pagefind[bin]'"))
    binary = folder / ("pagefind.exe" if os.name == "nt" else "pagefind")
    if not binary.is_file():
        raise MachineLacks(said("the search index cannot be made: pagefind has no program for this machine"))
    return binary


def _package() -> Path | None:
    """Return the folder in which pip put pagefind's program.

    Its own function would take another program that the environment names.
    """
    spec = importlib.util.find_spec("pagefind_bin")
    return Path(spec.submodule_search_locations[0]) if spec and spec.submodule_search_locations else None


def _version() -> str:
    """Return the version of pagefind from the name of its folder; importlib.metadata would cost 30 ms at every start."""
    folder = _package()
    return ",".join(sorted(one.name for one in folder.parent.glob("pagefind_bin-*.dist-info"))) if folder else ""


def _pages(made: Path, scratch: Path) -> Path | None:
    """Return a folder with the pages that have the mark, as they are to be indexed; ``None`` where none has.

    Where no page has it, pagefind would index everything.  And it takes words
    apart at a straight apostrophe alone: “échecs” is found in d'échecs, and
    would not be in d’échecs.  The search page shows the printed one again.
    """
    pages = scratch / "pages"
    mark = MARK.encode()
    for page in sorted(made.rglob("*.html")):
        raw = page.read_bytes()
        if mark in raw:
            copy = pages / page.relative_to(made)
            copy.parent.mkdir(parents=True, exist_ok=True)
            copy.write_bytes(raw.replace("’".encode(), b"'"))
    return pages if pages.exists() else None


def _nothing_but_home(scratch: Path, settings: Settings) -> Path:
    """Return a site of one page with the hub's name: pagefind refuses to make an index of nothing."""
    site = scratch / "home"
    site.mkdir()
    page = f'<!doctype html><html lang="{settings.lang}"><body {MARK}><h1>{escape(settings.name)}</h1></body></html>'
    (site / "index.html").write_text(page, encoding="utf-8")
    return site


def put_in_order(index: Path) -> None:
    """Rewrite what pagefind 1.5 writes in an order that changes from run to run.

    Those are the languages in the entry, the values within a filter, and the
    filters and sorts of a language.  Files are named after their content, so
    new content gets a new name, and what refers to it is rewritten too.
    """
    entry_file = index / "pagefind-entry.json"
    entry = json.loads(entry_file.read_bytes())
    renamed = {}
    for file in sorted((index / "filter").glob("*.pf_filter")) if (index / "filter").is_dir() else ():
        title, values = _items(_unpacked(file))
        lang = file.stem.rpartition("_")[0]
        renamed[file.stem] = _rewrite(file, _array([title, _array(sorted(_items(values)))]), f"{lang}_", file.stem)
    for language in entry["languages"].values():
        meta = index / f"pagefind.{language['hash']}.pf_meta"
        parts = _items(_unpacked(meta))
        # Version, pages, chunks of words, filters, sorts, and more in later versions.
        filters = [(label, renamed[_text(hash_)]) for label, hash_ in map(_items, _items(parts[3]))]
        parts[3] = _array(_array([label, _cbor_text(hash_)]) for label, hash_ in sorted(filters))
        parts[4] = _array(sorted(_items(parts[4])))
        lang = language["hash"].rpartition("_")[0]
        language["hash"] = _rewrite(meta, _array(parts), f"{lang}_", language["hash"])
    entry_file.write_text(json.dumps(entry, ensure_ascii=False, sort_keys=True, separators=(",", ":")), encoding="utf-8", newline="")


def _unpacked(file: Path) -> bytes:
    import gzip

    return gzip.decompress(file.read_bytes()).removeprefix(_SIGNATURE)


def _rewrite(file: Path, content: bytes, prefix: str, old: str) -> str:
    """Write *content* under a name made from it, and return the part of the name that refers to it.

    Not compressed again: pagefind's script takes both, and what a compressor
    writes differs between versions of Python.
    """
    new = prefix + hashlib.sha256(content).hexdigest()[: len(old) - len(prefix)]
    file.unlink()
    target = file.with_name(file.name.replace(old, new))
    if target.exists():
        raise RuntimeError(f"two files of the search index want the name {target.name}")
    target.write_bytes(_SIGNATURE + content)
    return new


# As much CBOR (RFC 8949) as it takes to put the entries of a list in order.


def _head(raw: bytes, at: int) -> tuple[int, int, int]:
    """Return major type, argument, and where the item's content begins."""
    kind, small = raw[at] >> 5, raw[at] & 31
    if small < 24:
        return kind, small, at + 1
    size = {24: 1, 25: 2, 26: 4, 27: 8}[small]
    return kind, int.from_bytes(raw[at + 1 : at + 1 + size], "big"), at + 1 + size


def _end(raw: bytes, at: int) -> int:
    kind, argument, at = _head(raw, at)
    if kind in (2, 3):
        return at + argument
    for _ in range({4: argument, 5: 2 * argument, 6: 1}.get(kind, 0)):
        at = _end(raw, at)
    return at


def _items(raw: bytes) -> list[bytes]:
    """Return the entries of an array, each as it is encoded."""
    kind, count, at = _head(raw, 0)
    if kind != 4:
        raise ValueError("no array where the search index should have one")
    entries = []
    for _ in range(count):
        end = _end(raw, at)
        entries.append(raw[at:end])
        at = end
    return entries


def _text(raw: bytes) -> str:
    _, length, at = _head(raw, 0)
    return raw[at : at + length].decode("utf-8")


def _cbor_head(kind: int, argument: int) -> bytes:
    if argument < 24:
        return bytes([kind << 5 | argument])
    size = next(size for size in (1, 2, 4, 8) if argument < 1 << 8 * size)
    return bytes([kind << 5 | 23 + size.bit_length()]) + argument.to_bytes(size, "big")


def _cbor_text(text: str) -> bytes:
    raw = text.encode("utf-8")
    return _cbor_head(3, len(raw)) + raw


def _array(entries: Iterator[bytes] | Sequence[bytes]) -> bytes:
    listed = list(entries)
    return _cbor_head(4, len(listed)) + b"".join(listed)


__all__ = ["FOLDER", "MARK", "make", "name", "plan", "put_in_order"]
