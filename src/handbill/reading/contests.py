"""The archive of contests ↔ their records; whatever is not as it was committed is a problem.

It lies in a public repository, so it is read as strictly as it is written: no
key that is not known, no other text for the same values (decision 0049).
"""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Mapping
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from handbill.draw.canonical import sealed
from handbill.errors import Problem, said
from handbill.hub.frozen import Proof
from handbill.hub.item import Item
from handbill.hub.record import STEPS, Record, Step
from handbill.kinds.contest_terms import contest_id
from handbill.layout import CONTESTS

#: The version of this format.
FORMAT = 1

RECORD = "record.json"

#: A record of many versions of its rules and many jurors is well below.
_LONGEST = 1_000_000
_ID = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*", re.ASCII)
_MOMENT = "%Y-%m-%dT%H:%M:%SZ"


class NoRecord(ValueError):
    """A text is no record of this format."""


def folder_of(id_: str) -> str:
    """Return where what was committed of a contest lies, from the root of the hub."""
    return f"{CONTESTS}/{id_}"


def record_text(record: Record) -> bytes:
    """Return the text of a record: the same steps, the same bytes, with the digest of them.  The files beside it are no part of it."""
    steps = [{"step": one.name, "at": one.at.astimezone(UTC).strftime(_MOMENT), **one.facts} for one in record.steps]
    return sealed({"format": FORMAT, "contest": record.id, "steps": steps})


def record_in(raw: bytes) -> Record:
    """Return the record that a text tells.

    Raises:
        NoRecord: it is not the one text of any record.
    """
    try:
        if len(raw) > _LONGEST:
            raise ValueError("too long")
        told = json.loads(raw.decode("utf-8"))
        if told["format"] != FORMAT or not _ID.fullmatch(told["contest"]):
            raise ValueError("another format")
        record = Record(told["contest"], tuple(_step(one) for one in told["steps"]))
        if record_text(record) != raw:
            raise ValueError("another text")
    except (ValueError, LookupError, TypeError, AttributeError, RecursionError) as error:
        raise NoRecord(type(error).__name__) from None
    moments = [one.at for one in record.steps]
    if moments != sorted(moments):
        raise NoRecord("steps that go back in time")
    return record


def _step(told: Mapping[str, Any]) -> Step:
    if told["step"] not in STEPS:
        raise ValueError("an unknown step")
    at = datetime.strptime(told["at"], _MOMENT).replace(tzinfo=UTC)
    return Step(told["step"], at, {key: value for key, value in told.items() if key not in ("step", "at")})


def read_contests(root: Path) -> tuple[dict[str, Record], list[Problem]]:
    """Return the records of a hub by the id of their contest, and what is wrong with them."""
    records: dict[str, Record] = {}
    problems: list[Problem] = []
    if not (root / CONTESTS).is_dir():
        return records, problems
    for folder in sorted((root / CONTESTS).iterdir()):
        name = folder.name
        path = f"{CONTESTS}/{name}/{RECORD}"
        if name.startswith(".") or not folder.is_dir():
            continue
        try:
            record = record_in((folder / RECORD).read_bytes())
            if record.id != name:
                raise NoRecord("the record of another contest")
        except (OSError, NoRecord):
            wanted = said("the file as the commands of “contest” write it, and nothing changed by hand")
            problems.append(Problem(path, 0, 0, "", said("something that is not the record of this contest"), wanted, "HB471"))
            continue
        files = {one.relative_to(folder).as_posix(): _proof(one.read_bytes()) for one in sorted(folder.rglob("*")) if one.is_file()}
        records[name] = replace(record, files=files)
    return records, problems


def _proof(raw: bytes) -> Proof:
    return Proof(hashlib.sha256(raw).hexdigest(), len(raw))


def with_records(items: list[Item], records: Mapping[str, Record]) -> list[Item]:
    """Return the items, contests with what was committed of them; translations share one record."""
    if not records:
        return items
    return [
        replace(one, facts=replace(one.facts, record=records[contest_id(one)]))
        if one.kind == "contest" and contest_id(one) in records
        else one
        for one in items
    ]
