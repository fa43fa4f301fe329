"""The manifest of a bundle: a frozen letter ↔ its one text in JSON, byte for byte.

One value has one text: keys in order, an indent of one space, UTF-8, a line
feed at the end.  That a text is this one is told by its digest, which is kept
elsewhere; here it is only refused to mean two things at once.
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo

from handbill.hub.facets import Occurrence
from handbill.hub.frozen import Chosen, Frozen, Inputs, Proof, Shown, Told

#: The version of this format.
FORMAT = 1

_MOMENT = re.compile(r"([^\[\]]+)\[([^\[\]]+)\]")
_PICTURE = re.compile(r"(?:/[a-z0-9_-]+)*/[\w-][\w.-]*\.(?:avif|gif|jpe?g|png|webp)", re.ASCII)
_SHA = re.compile(r"[0-9a-f]{64}")


class NoManifest(ValueError):
    """A text is no manifest of this format."""


def manifest_of(frozen: Frozen) -> bytes:
    """Return the manifest of a frozen letter."""
    inputs = frozen.inputs
    return _canonical({
        "format": FORMAT,
        "letter": frozen.letter,
        "number": frozen.number,
        "lang": frozen.lang,
        "item": frozen.item,
        "page": frozen.address,
        "base_url": frozen.base,
        "subject": frozen.subject,
        "sent": f"{frozen.sent.isoformat()}[{frozen.sent.tzinfo}]",
        "chosen": [
            {"section": one.number, "query": dict(one.query), "entries": [_told(entry) for entry in one.entries]} for one in frozen.chosen
        ],
        "links": list(frozen.links),
        "pictures": [{"address": one.address, "file": one.file, "sources": dict(one.sources)} for one in frozen.pictures],
        "files": {name: {"sha256": proof.sha256, "size": proof.size} for name, proof in frozen.files.items()},
        "inputs": {
            "issue": {"source": inputs.source, "sha256": inputs.sha256, "written": dict(inputs.written)},
            "items": [{"id": name, "source": source, "sha256": sha256} for name, source, sha256 in inputs.items],
            "record": inputs.record,
            "settings": inputs.settings,
            "theme": inputs.theme,
            "program": dict(inputs.program),
            "engines": dict(inputs.engines),
            "requirements": inputs.requirements,
        },
        "previous": {"name": frozen.before[0], "sha256": frozen.before[1]} if frozen.before else None,
    })  # fmt: skip


def read_manifest(raw: bytes, name: str, digest: str) -> Frozen:
    """Return the letter that a manifest tells of; *name* is that of its folder, *digest* that of the bytes.

    Raises:
        NoManifest: it is none of this format.
    """
    try:
        told = json.loads(raw.decode("utf-8"), object_pairs_hook=_once)
        if told["format"] != FORMAT:
            raise ValueError("another format")
        inputs, before = told["inputs"], told["previous"]
        return Frozen(
            name=name,
            letter=_text(told["letter"]),
            number=_number(told["number"]),
            lang=_text(told["lang"]),
            item=_text(told["item"]),
            address=_text(told["page"]),
            base=_text(told["base_url"]),
            subject=_text(told["subject"]),
            sent=_moment(told["sent"]),
            chosen=tuple(map(_chosen, told["chosen"])),
            links=tuple(map(_text, told["links"])),
            pictures=tuple(_picture(one, told["files"]) for one in told["pictures"]),
            files={_text(file): Proof(_sha(proof["sha256"]), _number(proof["size"])) for file, proof in told["files"].items()},
            inputs=Inputs(
                source=_text(inputs["issue"]["source"]),
                sha256=_sha(inputs["issue"]["sha256"]),
                written=_texts(inputs["issue"]["written"]),
                items=tuple((_text(one["id"]), _text(one["source"]), _sha(one["sha256"])) for one in inputs["items"]),
                record=_text(inputs["record"]),
                settings=_text(inputs["settings"]),
                theme=_text(inputs["theme"]),
                program=_texts(inputs["program"]),
                engines=_texts(inputs["engines"]),
                requirements=_text(inputs["requirements"]),
            ),
            before=(_text(before["name"]), _sha(before["sha256"])) if before else None,
            digest=digest,
        )
    except (ValueError, LookupError, TypeError, AttributeError, RecursionError, OSError) as error:
        raise NoManifest(repr(error)[:200]) from error


def _canonical(value: Any) -> bytes:
    return (json.dumps(value, ensure_ascii=False, indent=1, sort_keys=True, allow_nan=False) + "\n").encode("utf-8")


def _once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    """Return the keys of an object; of two equal ones, some programs would take the first and others the last."""
    found = dict(pairs)
    if len(found) != len(pairs):
        raise ValueError("a key twice")
    return found


def _told(entry: Told) -> dict[str, Any]:
    return {"id": entry.id, "title": entry.title, "address": entry.address, "note": entry.note, "dates": list(map(_date, entry.dates))}


def _date(when: Occurrence) -> dict[str, Any]:
    return {
        "original": when.original.isoformat() if when.original else None,
        "starts": when.starts.isoformat(),
        "ends": when.ends.isoformat(),
        "zone": when.zone,
        "status": when.status,
        "note": when.note,
    }


def _chosen(told: Mapping[str, Any]) -> Chosen:
    _text(told["query"]["show"])
    return Chosen(_number(told["section"]), dict(told["query"]), tuple(map(_entry, told["entries"])))


def _picture(told: Mapping[str, Any], files: Mapping[str, Any]) -> Shown:
    # It will be published: at the address of a picture, and nowhere else.
    if not _PICTURE.fullmatch(told["address"]) or told["file"] not in files:
        raise ValueError(told["address"])
    return Shown(told["address"], told["file"], tuple(sorted(_texts(told["sources"]).items())))


def _entry(told: Mapping[str, Any]) -> Told:
    dates = tuple(
        Occurrence(
            starts=_when(one["starts"], one["zone"]),
            ends=_when(one["ends"], one["zone"]),
            zone=one["zone"],
            status=_text(one["status"]),
            note=_text(one["note"]),
            original=_when(one["original"], one["zone"]) if one["original"] else None,
        )
        for one in told["dates"]
    )
    if any(isinstance(one.starts, datetime) != isinstance(one.ends, datetime) for one in dates):
        raise ValueError("dates that are none")
    return Told(_text(told["id"]), _text(told["title"]), _text(told["address"]), dates, _text(told["note"]))


def _when(text: str, zone: str) -> datetime | date:
    clock = ZoneInfo(zone)
    if len(text) == len("2026-05-01"):
        return date.fromisoformat(text)
    moment = datetime.fromisoformat(text)
    if moment.tzinfo is None:
        raise ValueError(text)
    # The clock on the wall is what was told; the offset only says which of two equal hours it was.
    first, second = (moment.replace(tzinfo=clock, fold=fold) for fold in (0, 1))
    return second if first.utcoffset() != moment.utcoffset() == second.utcoffset() else first


def _moment(text: str) -> datetime:
    found = _MOMENT.fullmatch(text)
    moment = _when(found[1], found[2]) if found else None
    if not isinstance(moment, datetime):
        raise TypeError(text)
    return moment


def _text(value: object) -> str:
    if not isinstance(value, str):
        raise TypeError(f"{value!r} is no text")
    return value


def _texts(value: Mapping[str, str]) -> dict[str, str]:
    return {_text(key): _text(one) for key, one in value.items()}


def _number(value: object) -> int:
    if not isinstance(value, int) or isinstance(value, bool):
        raise TypeError(f"{value!r} is no number")
    return value


def _sha(value: str) -> str:
    if not _SHA.fullmatch(value):
        raise ValueError(value)
    return value
