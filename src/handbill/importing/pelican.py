"""The content of a Pelican site → a new hub that builds, with a report of every file.

Written beside its place and renamed at the end: the hub is whole or not there.
"""

from __future__ import annotations

import os
from dataclasses import replace
from pathlib import Path

from handbill.errors import WrongUse, said
from handbill.importing.bringing import Bringing, Check
from handbill.importing.newhub import first_settings, in_place_of, is_vacant, refuse_zone, write_frame
from handbill.importing.report import Report
from handbill.importing.sources import files_in

REPORT = "import-report.md"


def import_pelican(
    source: Path,
    into: Path,
    kind: str,
    *,
    name: str,
    base_url: str,
    lang: str,
    zone: str,
    dialect: str = "python-markdown",
    engine: Path | None = None,
    old_url: str = "",
    check: Check | None = None,
) -> Report:
    """Make a hub in *into* of the Pelican content in *source*; return what became of each file.

    *kind* is what the texts become: post, page or issue.  *engine* is the
    folder of Handbill that the hub borrows; without it, the hub is built with
    an installed ``handbill``.  *old_url* is the old site, for links to what did
    not come along.  *check* tells what a whole build would find, beyond what
    the reader finds; each text that would stop one is refused.

    Raises:
        WrongUse: *into* is not empty, lies in *source* or around it, or a setting makes no hub.
    """
    source, into = source.resolve(), into.resolve()
    _refuse_places(source, into)
    refuse_zone(zone)
    with in_place_of(into) as scratch:
        work = Bringing(source, scratch, files_in(source), kind, lang, zone, old_url)
        hub = {"name": name, "base_url": base_url, "lang": lang, "timezone": zone, "dialect": dialect}
        write_frame(scratch, engine, hub, work.languages, has_letter=kind == "issue")
        settings = replace(first_settings(scratch), jobs=os.cpu_count() or 1)
        work.write(settings)
        work.check(settings, check)
        report = work.report(f"python3 {into.name}/build.py" if engine else f"handbill --root {into.name}")
        (scratch / REPORT).write_text(report.markdown(), encoding="utf-8", newline="\n")
    return report


def _refuse_places(source: Path, into: Path) -> None:
    if not source.is_dir():
        raise WrongUse(said("{folder} is no folder: wanted the content folder of a Pelican site", folder=source))
    if into.is_relative_to(source) or source.is_relative_to(into):
        raise WrongUse(said("{new} and {old} lie in each other: wanted a place of its own for the new hub", new=into, old=source))
    if not is_vacant(into):
        raise WrongUse(said("{folder} is not empty: wanted a new or an empty folder", folder=into))
