"""The archives of contests → what stands in them of a person who did not agree to be read by everybody (decision 0053)."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from pathlib import Path

from handbill.draw.pool import entrant
from handbill.errors import Problem, Said, said
from handbill.hub.nodes import Desk
from handbill.hub.record import Record
from handbill.layout import CONTESTS
from handbill.listing import below
from handbill.plain import is_plain, read_plain
from handbill.proofing.house import House
from handbill.proofing.proof import keep_back
from handbill.reading.archive import state_of
from handbill.reading.cache import Cache
from handbill.reading.contest_entries import ENDING, FOLDER, handle_of
from handbill.reading.contests import RECORD

#: What a ticket looks like that a keyed digest made.
TICKET = re.compile(r"[a-z2-7]{16}", re.ASCII)

POOL = "pool.txt"

#: What commands write without a word of anybody's in it, each proved to be so: its digits are no telephone numbers.
_WORDLESS = frozenset({"draw.json", "key.json", "votes.csv"})
_BALLOTS = "ballots/"

#: Rules name the organiser, and entries by pull request are looked at where they are read.
_RULES = re.compile(r"rules\.\d+\.[A-Za-z-]+\.md")

#: The code of a datum in an archive, whatever sort of datum it is.
_CODE = "HB481"

#: A file above is no text that somebody typed: its lines are looked at for an address alone.
_LARGE = 200_000
_ADDRESS = re.compile(rb"[^\s,;\"'<>]@[^\s,;\"'<>]+\.[^\s,;\"'<>]")


def check_privacy(root: Path, records: Mapping[str, Record], house: House, cache: Cache | None = None) -> list[Problem]:
    """Return what names somebody in the archives, by file and line; what was found is never told.

    Every file is looked at, also those that no command wrote and no page
    shows: whoever has the repository has them too.
    """
    problems: list[Problem] = []
    top = root / CONTESTS
    if not top.is_dir() or top.is_symlink():
        return problems
    for folder in sorted(top.iterdir()):
        if folder.is_symlink():
            continue
        record = records.get(folder.name)
        is_purged = record is not None and record.last("purged") is not None
        key = f"privacy {is_purged} {house} {state_of(folder)}" if cache and folder.is_dir() else ""
        found: list[Problem] | None = cache.get(key) if cache and key else None
        if found is None:
            found = list(_in_folder(root, folder, house, is_purged=is_purged))
            if cache and key:
                cache.put(key, found)
        problems += found
    return problems


def strangers(lines: tuple[str, ...] | list[str], handles: frozenset[str]) -> tuple[int, ...]:
    """Return the places of lines, from 1, that are neither a ticket nor an account that entered in public: perhaps a name."""
    return tuple(number for number, line in enumerate(lines, 1) if not TICKET.fullmatch(entrant(line)) and entrant(line) not in handles)


def _in_folder(root: Path, folder: Path, house: House, *, is_purged: bool) -> Iterator[Problem]:
    files = sorted(one for one in (below(folder) if folder.is_dir() else [folder]) if is_plain(one))
    handles = frozenset(handle_of(one.name) for one in files if one.parent == folder / FOLDER)
    for file in files:
        path, name = file.relative_to(root).as_posix(), file.relative_to(folder).as_posix()
        # An entry by pull request is looked at where it is read.
        if _RULES.fullmatch(name) or (file.parent == folder / FOLDER and name.endswith(ENDING)):
            continue
        raw = read_plain(file)
        if name != POOL:
            yield from _in_file(path, name, raw, house)
        elif not is_purged:
            # Once the data are destroyed nobody can tell accounts from names.
            yield from _in_pool(path, raw, handles)


def _in_pool(path: str, raw: bytes, handles: frozenset[str]) -> Iterator[Problem]:
    """Yield a problem for all lines that could be a name."""
    if found := strangers(raw.decode("ascii", "replace").split("\n")[:-1], handles):
        wanted = said("tickets, and accounts with an entry of their own under {folder}", folder=FOLDER)
        yield _problem(path, said("{n} lines that could be a name, the first of them line {line}", n=len(found), line=found[0]), wanted)


def _in_file(path: str, name: str, raw: bytes, house: House) -> list[Problem]:
    if name in _WORDLESS or name.startswith(_BALLOTS):
        places = _addresses_in(raw)
    else:
        places = named_in(_said_since(raw) if name == RECORD else raw, house)
    wanted = said("nothing by which a person can be known; what was committed stays in version history")
    # Of a record only a part is looked at, whose lines are no lines of the file.
    return [
        _problem(path, what if name == RECORD else said("{what}, in line {line}", what=what, line=line), wanted) for line, what in places
    ]


def named_in(raw: bytes, house: House) -> list[tuple[int, str]]:
    """Return by what in some bytes a person can be known: the line, and the sort of datum."""
    if len(raw) > _LARGE:
        return _addresses_in(raw)
    desk = Desk("", "UTC")
    keep_back(raw.decode("utf-8", "replace"), 1, house, desk)
    return [(one.line, one.found) for one in desk.problems]


def _addresses_in(raw: bytes) -> list[tuple[int, str]]:
    match = _ADDRESS.search(raw)
    return [(raw[: match.start()].count(b"\n") + 1, said("a mail address"))] if match else []


def _said_since(raw: bytes) -> bytes:
    """Return what a record says besides the announced terms: these name the organiser, as the law asks, and stand in the text itself."""
    try:
        steps = json.loads(raw)["steps"]
        return json.dumps([one for one in steps if one["step"] != "announced"], ensure_ascii=False, indent=1).encode("utf-8", "replace")
    except (ValueError, LookupError, TypeError, RecursionError):
        return raw


def _problem(path: str, found: str, wanted: Said) -> Problem:
    # The line is said in words: a place would be shown with what stands there.
    return Problem(path, 0, 0, "", found, wanted, _CODE)
