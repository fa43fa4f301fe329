"""Built pages → what pagefind says of each.  Runs pagefind; no other module names it.

What it says of a page does not depend on which others it is asked about, so
pages are asked about in parts, on every core, and only when they changed.
"""

from __future__ import annotations

import gzip
import hashlib
import importlib.util
import json
import os
import pickle
import re
import subprocess
import zlib
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from typing import Any, NamedTuple

from handbill.errors import MachineLacks, said
from handbill.outputs.parts import in_parts
from handbill.outputs.search_cbor import decoded
from handbill.outputs.search_postings import fields_renamed, read_chunk
from handbill.outputs.search_texts import MARK, as_indexed, day_of, words_of

SIGNATURE = b"pagefind_dcd"
ENTRY = "pagefind-entry.json"

#: The facts that our templates and pagefind itself tell of pages, in the order of their numbers in the index.
FACTS = ("title", "what", "when", "day", "leaf", "place", "people", "tags", "summary", "address", "image", "image_alt")

#: The longest time that indexing may take; five thousand pages take four seconds.
TIMEOUT_S = 600

_PARTS_FROM = 100
# Pagefind holds all pages that it is given in memory, some eighty kilobytes of each.
_AT_ONCE = 500
_TOLD = "told.pickle"
_ROOM = ("SYSTEMROOT", "TEMP", "TMP")
# Ready-made boxes of pagefind's own, half a megabyte, and its way in from a page; our search page has its own.
_USED = re.compile(r"pagefind-worker\.js|wasm\.[^.]+\.pagefind")
_ADDRESS_WITHIN = 512
_LABEL = 7
# Pagefind fails where it is given pages without a word, as a changed one may be; beside this one it leaves them out.
_NO_LANG = "x-nothing"
_NO_PAGE = f'<html lang="{_NO_LANG}"><body {MARK.decode()}>x</body></html>'


class Page(NamedTuple):
    """What is known of one page: its fragment is the digest of that file, its words are those of the index, one a line.

    ``label`` is how pagefind names the fragment, after what it says of the page.
    """

    path: str
    text: str
    lang: str
    day: str
    fragment: str
    label: str
    length: int
    filters: tuple[tuple[str, str], ...]
    own_facts: tuple[str, ...]
    words: str
    offered: str
    named: str


@dataclass(slots=True)
class Told:
    """What pagefind said of some pages.

    ``words`` are, by language, the pages that have each, as places in ``pages``,
    with what is said of it there.  ``same`` are the paths of pages whose text is
    the known one; those without a mark are in neither.  ``files`` are the
    fragments by their digest and the programs by their name, ``entry`` is
    pagefind's own and ``facts`` are those that pages tell beyond the known ones.
    """

    pages: list[Page] = field(default_factory=list)
    same: list[str] = field(default_factory=list)
    words: dict[str, dict[str, tuple[list[int], list[bytes]]]] = field(default_factory=dict)
    files: dict[str, Path] = field(default_factory=dict)
    entry: dict[str, Any] = field(default_factory=dict)
    facts: set[str] = field(default_factory=set)

    def join(self, other: Told) -> None:
        """Take in what was said of other pages."""
        start = len(self.pages)
        self.pages += other.pages
        self.same += other.same
        self.files |= other.files
        self.facts |= other.facts
        for lang, words in other.words.items():
            own = self.words.setdefault(lang, {})
            for word, (places, tails) in words.items():
                held = own.setdefault(word, ([], []))
                held[0].extend(start + place for place in places)
                held[1].extend(tails)
        if other.entry:
            languages = {**self.entry.get("languages", {}), **other.entry["languages"]}
            self.entry = {**other.entry, "languages": languages}


def told_of(texts: Mapping[str, str], made: Path, scratch: Path, facts: Sequence[str], jobs: int) -> Told:
    """Return what pagefind says of pages in the folder *made*, given by path with the digest of the text that is known of each.

    *facts* are those that pages of this hub tell, in the order of their numbers;
    where one tells another, it is named in ``facts`` and nothing else counts.

    Raises:
        MachineLacks: pagefind is missing or cannot run here.
    """
    scratch.mkdir(parents=True)
    in_parts(partial(_tell, made=made, scratch=scratch, facts=facts), sorted(texts.items()), jobs, _PARTS_FROM)
    told = Told()
    for file in sorted(scratch.glob(f"*/{_TOLD}")):
        told.join(pickle.loads(file.read_bytes()))  # noqa: S301 - a process of ours wrote it a moment ago
    return told


def version() -> str:
    """Return the version of pagefind from the name of its folder; importlib.metadata would cost 30 ms at every start."""
    folder = _package()
    return ",".join(sorted(one.name for one in folder.parent.glob("pagefind_bin-*.dist-info"))) if folder else ""


def _tell(texts: Sequence[tuple[str, str]], made: Path, scratch: Path, facts: Sequence[str]) -> None:
    """Have pages indexed, so many in turn, and write down what was said."""
    room = scratch / str(os.getpid())
    told = Told()
    for start in range(0, len(texts), _AT_ONCE):
        told.join(_told(texts[start : start + _AT_ONCE], made, room / str(start), facts))
        if told.facts:
            break
    room.mkdir(exist_ok=True)
    (room / _TOLD).write_bytes(pickle.dumps(told, protocol=5))


def _told(texts: Sequence[tuple[str, str]], made: Path, room: Path, facts: Sequence[str]) -> Told:
    """Stage pages, have them indexed, and return what was said."""
    staged, index = room / "pages", room / "index"
    told, pages = Told(), {}
    for path, known in texts:
        raw = (made / path).read_bytes()
        if MARK not in raw:
            continue
        raw = as_indexed(raw)
        digest = hashlib.sha256(raw).hexdigest()
        if digest == known:
            told.same.append(path)
            continue
        pages[path] = digest, raw
        copy = staged / path
        copy.parent.mkdir(parents=True, exist_ok=True)
        copy.write_bytes(raw)
    if pages:
        (staged / "nothing.handbill.html").write_text(_NO_PAGE, encoding="utf-8")
        with ThreadPoolExecutor(1) as beside:
            # Pagefind is another process; words are counted meanwhile.
            running = beside.submit(_run, staged, index, room)
            counted = {path: (digest, day_of(raw), *words_of(raw)) for path, (digest, raw) in pages.items()}
            running.result()
        pages.clear()
        _read(told, index, counted, facts)
    return told


def _read(told: Told, index: Path, counted: Mapping[str, tuple[str, str, str, str]], facts: Sequence[str]) -> None:
    told.entry = json.loads((index / ENTRY).read_bytes())
    told.files = {file.name: file for file in index.iterdir() if _USED.fullmatch(file.name)}
    del told.entry["languages"][_NO_LANG]
    for lang, language in told.entry["languages"].items():
        _, lengths, chunks, filters, _, names = decoded(unpacked(index / f"pagefind.{language['hash']}.pf_meta"))
        told.facts |= set(names) - set(facts)
        if told.facts:
            continue
        renamed = fields_renamed(names, {name: number for number, name in enumerate(facts)})
        start = len(told.pages)
        words = told.words[lang] = {}
        held: dict[int, list[str]] = defaultdict(list)
        for _, _, chunk in chunks:
            for word, numbers, tails in read_chunk(unpacked(index / "index" / f"{chunk}.pf_index"), renamed):
                words[word] = [start + number for number in numbers], tails
                for number in numbers:
                    held[number].append(word)
        filtered: dict[int, list[tuple[str, str]]] = defaultdict(list)
        for name, label, number in _filters(index, filters):
            filtered[number].append((name, label))
        has_own = set(names) - set(FACTS)
        for number, (label, length) in enumerate(lengths):
            raw = (index / "fragment" / f"{label}.pf_fragment").read_bytes()
            path = _path_of(raw)
            text, day, offered, named = counted[path]
            digest = hashlib.sha256(raw).hexdigest()
            told.files[digest] = index / "fragment" / f"{label}.pf_fragment"
            own = tuple(sorted(set(json.loads(gzip.decompress(raw).removeprefix(SIGNATURE))["meta"]) - set(FACTS))) if has_own else ()
            listed = tuple(sorted(filtered[number]))
            # In another run it may be longer, because another page has the same beginning.
            short = label.rpartition("_")[2][:_LABEL]
            told.pages.append(Page(path, text, lang, day, digest, short, length, listed, own, "\n".join(held[number]), offered, named))


def unpacked(file: Path) -> bytes:
    """Return a file of pagefind's as its script reads it."""
    raw = file.read_bytes()
    return (raw if raw.startswith(SIGNATURE) else gzip.decompress(raw)).removeprefix(SIGNATURE)


def _filters(index: Path, filters: Sequence[tuple[str, str]]) -> Iterator[tuple[str, str, int]]:
    for name, label in filters:
        _, values = decoded(unpacked(index / "filter" / f"{label}.pf_filter"))
        for value, numbers in values:
            for number in numbers:
                yield name, value, number


def _path_of(fragment: bytes) -> str:
    """Return the path of a page from the address at the beginning of its fragment."""
    start = zlib.decompressobj(31).decompress(fragment, _ADDRESS_WITHIN).removeprefix(SIGNATURE)
    found = re.match(rb'\{"url":("(?:[^"\\]|\\.)*+")', start) or re.match(
        rb'\{"url":("(?:[^"\\]|\\.)*+")', gzip.decompress(fragment).removeprefix(SIGNATURE)
    )
    if found is None:
        raise ValueError("the search index is not written as it used to be")
    path: str = json.loads(found[1]).removeprefix("/")
    return path + "index.html" if path.endswith("/") or not path else path


def _run(site: Path, index: Path, scratch: Path) -> None:
    command = [str(_binary()), "--silent", "--site", str(site.resolve()), "--output-path", str(index.resolve())]
    room = {key: os.environ[key] for key in _ROOM if key in os.environ}
    try:
        # In scratch, because pagefind takes settings from the folder that it is started in.
        done = subprocess.run(command, cwd=scratch, env=room, stdin=subprocess.DEVNULL, capture_output=True, check=False, timeout=TIMEOUT_S)
    except (OSError, subprocess.TimeoutExpired) as error:
        raise MachineLacks(said("the search index cannot be made: {reason}", reason=str(error))) from error
    if done.returncode:
        first = (done.stderr or done.stdout).decode("utf-8", "replace").split("\n")[0]
        raise MachineLacks(said("the search index cannot be made; pagefind says: {words}", words=first))


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
