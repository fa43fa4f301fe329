"""The index that pagefind made → the same index whenever it is made, and what its filters say of each page (decision 0022)."""

from __future__ import annotations

import hashlib
import json
from itertools import pairwise
from pathlib import Path
from typing import Any

from handbill.outputs.search_cbor import as_array, as_text, items, numbers, text

ENTRY = "pagefind-entry.json"

_SIGNATURE = b"pagefind_dcd"


def put_in_order(index: Path) -> None:
    """Rewrite what pagefind 1.5 writes in an order that changes from run to run.

    Those are the languages in the entry, the values within a filter, and the
    filters and sorts of a language.  Files are named after their content, so
    new content gets a new name, and what refers to it is rewritten too.
    """
    entry = read_entry(index)
    renamed = {}
    for file in sorted((index / "filter").glob("*.pf_filter")) if (index / "filter").is_dir() else ():
        title, values = items(_unpacked(file))
        lang = file.stem.rpartition("_")[0]
        renamed[file.stem] = _rewrite(file, as_array([title, as_array(sorted(items(values)))]), f"{lang}_", file.stem)
    for language in entry["languages"].values():
        meta = _meta(index, language)
        # Version, pages, chunks of words, filters, sorts, and more in later versions.
        parts = items(_unpacked(meta))
        filters = [(label, renamed[text(hash_)]) for label, hash_ in map(items, items(parts[3]))]
        parts[3] = as_array(as_array([label, as_text(hash_)]) for label, hash_ in sorted(filters))
        parts[4] = as_array(sorted(items(parts[4])))
        lang = language["hash"].rpartition("_")[0]
        language["hash"] = _rewrite(meta, as_array(parts), f"{lang}_", language["hash"])
    write_entry(index, entry)


def facets(index: Path, language: dict[str, Any]) -> dict[str, Any]:
    """Return what the filters of a language say, in plain numbers.

    ``pages`` are the ids of its pages; each filter holds, by value, the places
    of its pages in that list, each as the distance from the one before, which
    compresses to almost nothing.  Pagefind's own counting takes seconds where
    thousands of pages are found; a browser counts these in a moment.
    """
    parts = items(_unpacked(_meta(index, language)))
    lang = language["hash"].rpartition("_")[0]
    found: dict[str, dict[str, list[int]]] = {}
    for label, hash_ in map(items, items(parts[3])):
        _, values = items(_unpacked(index / "filter" / f"{text(hash_)}.pf_filter"))
        found[text(label)] = {text(value): _steps(numbers(places)) for value, places in map(items, items(values))}
    return {"pages": [text(items(page)[0]).removeprefix(f"{lang}_") for page in items(parts[1])], **found}


def read_entry(index: Path) -> dict[str, Any]:
    """Return the file that a browser asks for first."""
    entry: dict[str, Any] = json.loads((index / ENTRY).read_bytes())
    return entry


def write_entry(index: Path, entry: dict[str, Any]) -> None:
    """Write the file that a browser asks for first."""
    (index / ENTRY).write_bytes(as_json(entry))


def write_named(index: Path, folder: str, label: str, value: Any) -> str:
    """Write a value of ours into a folder of the index, under a name made from its bytes; return its path."""
    raw = as_json(value)
    path = f"{folder}/{label}_{hashlib.sha256(raw).hexdigest()[:10]}.json"
    (index / folder).mkdir(exist_ok=True)
    (index / path).write_bytes(raw)
    return path


def as_json(value: Any) -> bytes:
    """Return a value as JSON without a needless byte."""
    return json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode("utf-8")


def _steps(places: list[int]) -> list[int]:
    placed = sorted(places)
    return [*placed[:1], *(after - before for before, after in pairwise(placed))]


def _meta(index: Path, language: dict[str, Any]) -> Path:
    return index / f"pagefind.{language['hash']}.pf_meta"


def _unpacked(file: Path) -> bytes:
    import gzip

    raw = file.read_bytes()
    return (raw if raw.startswith(_SIGNATURE) else gzip.decompress(raw)).removeprefix(_SIGNATURE)


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
