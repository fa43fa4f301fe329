"""Rules as they were announced → their texts for pages, rendered once and kept by the digest of their bytes.

They are read in one dialect, whatever the hub's is: a hub that changes its
dialect changes no rules.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping
from dataclasses import replace
from pathlib import Path

from handbill.hub.item import Body
from handbill.hub.record import Record, RulesText
from handbill.layout import CONTESTS
from handbill.plain import read_plain
from handbill.reading.cache import Cache

_DIALECT = "github"


def rules_file(version: int, lang: str) -> str:
    """Return what the rules of one version and language are called in the archive of their contest."""
    return f"rules.{version}.{lang}.md"


def with_rules(records: Mapping[str, Record], root: Path, cache: Cache | None) -> dict[str, Record]:
    """Return the records with the texts of all their announced rules, oldest version first.

    A file that is not there, or is not the one that was announced, has been
    told already; its rules are left out.
    """
    return {id_: replace(one, rules=tuple(_rules(one, root / CONTESTS / id_, cache))) for id_, one in records.items()}


def _rules(record: Record, folder: Path, cache: Cache | None) -> Iterator[RulesText]:
    for step in record.steps:
        if step.name != "announced":
            continue
        for lang, digest in step.facts["rules"].items():
            name = rules_file(step.facts["version"], lang)
            if name in record.files and record.files[name].sha256 == digest:
                yield RulesText(step.facts["version"], lang, digest, _body(folder / name, digest, cache))


def _body(file: Path, digest: str, cache: Cache | None) -> Body:
    known: Body | None = cache.get(f"rules {digest}") if cache else None
    if known is None:
        raw = read_plain(file)
        # Between the reading of the record and this somebody may have saved the file.
        known = body_of(raw.decode("utf-8")) if hashlib.sha256(raw).hexdigest() == digest else Body()
        if cache and known.html:
            cache.put(f"rules {digest}", known)
    return known


def body_of(text: str) -> Body:
    """Return rules for a page, which has their title as its own; clean as any other text, and set as they are."""
    from handbill.reading.body import read_body
    from handbill.reading.depth import TooDeep
    from handbill.reading.markdown import engine

    head, _, rest = text.partition("\n")
    try:
        return read_body(engine(_DIALECT)(rest if head.startswith("# ") else text)).body
    except TooDeep:
        return Body()
