"""The command that puts an earlier site back: rollback."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime, tzinfo
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from handbill.commands.called import Called, json_option, lang_option
from handbill.errors import WrongUse, said
from handbill.screen import short
from handbill.telling import tell, tell_count

if TYPE_CHECKING:
    from handbill.publishing.store import EarlierSite, GoneBack

_COMMAND = "python3 build.py rollback"


@click.command(short_help="Put an earlier site back in the place of what stands, at once.")
@click.argument("number", metavar="[SITE]", type=click.IntRange(min=1), required=False)
@click.option("--list", "only_list", is_flag=True, help="Show which sites can be had back, and change nothing.")
@click.option("--forget", "is_forget", is_flag=True, help="Remove every earlier site from this machine, so that nobody can have one back.")
@click.option("--output", type=click.Path(path_type=Path), default=None, help="The folder of the site; default: public/ in the hub.")
@json_option
@lang_option
@click.pass_obj
def rollback(called: Called, /, number: int | None, only_list: bool, is_forget: bool, output: Path | None) -> int:
    """Put the earlier site of the number SITE in the place of what stands, as it was; without SITE, the last one before that.

    What stood becomes an earlier site itself. The repository stays as it is, and
    the next build publishes again what it says.
    """
    from handbill.returning import earlier_sites, forget, go_back

    if (number is not None) + only_list + is_forget > 1:
        raise WrongUse(said("--list, --forget and a site: only one of them at a time"))
    called.stopped = said("Stopped; one of the two sites stands, whole.")
    options = called.options(output=output)
    zone, plain = options.as_of.tzinfo, dict[str, Any](output=str(options.output))
    lines: Iterable[str]
    with called.screen.progress() as show:
        if only_list:
            sites = earlier_sites(options, show)
            plain["sites"], lines = [_plain(one, zone) for one in sites], _listed(sites, zone, called.lang)
        elif is_forget:
            plain["removed"] = n = forget(options, show)
            lines = _forgotten(n, called.lang)
        else:
            found = go_back(options, number, show)
            plain |= _plain_done(found, zone)
            lines = _done(found, short(options.output, called.root), zone, called.lang)
    if called.form == "json":
        click.echo(json.dumps(plain, ensure_ascii=False, indent=1))
        return 0
    for line in lines:
        click.echo(line)
    return 0


def _done(found: GoneBack, folder: str, zone: tzinfo | None, lang: str) -> Iterator[str]:
    site, done = found.site, found.done
    what = {"folder": folder, "moment": _moment(site, zone), "number": site.number}
    if not done.is_new:
        yield tell(said("Nothing to do: {folder}/ is the site of {moment} (number {number}).", **what), lang)
        return
    yield tell(said("{folder}/ is the site of {moment} again (number {number}).", **what), lang)
    counts = {"written": len(done.written), "removed": len(done.removed), "kept": done.kept}
    yield tell(said("Files put back: {written}; removed: {removed}; the same in both: {kept}.", **counts), lang)
    if done.unkept:
        yield tell(said("The site that stood before could not be kept to go back to: {reason}.", reason=done.unkept), lang)
    elif found.former:
        yield tell(said("To undo this: {command}", command=f"{_COMMAND} {found.former}"), lang)
    yield ""
    yield tell(
        said(
            "The repository is as it was, and the next build, also one that a timer starts, publishes again what it says. "
            "So take back in it what was wrong: {log} shows the last changes, {revert} takes one back.",
            log="git log -5",
            revert="git revert COMMIT",
        ),
        lang,
    )


def _listed(sites: Sequence[EarlierSite], zone: tzinfo | None, lang: str) -> Iterator[str]:
    if not sites:
        yield tell(said("No earlier site is kept. Each build that changes something keeps the site that stood before it."), lang)
        return
    widest = len(str(sites[0].number))
    for one in sites:
        yield f"{one.number:>{widest}}  {_moment(one, zone):<16}  {_state(one, lang)}"
    yield ""
    yield tell(said("To put one back: {command}", command=f"{_COMMAND} {sites[0].number}"), lang)


def _state(one: EarlierSite, lang: str) -> str:
    """Return how an earlier site stands beside what is public, in words."""
    if not one.made_ns:
        return tell(said("cannot be had: its list is missing"), lang)
    if one.lacking:
        return tell_count(
            "cannot be had: {n} file is missing or altered", "cannot be had: {n} files are missing or altered", len(one.lacking), lang
        )
    if not one.differing:
        return tell(said("the same as what stands"), lang)
    return tell_count("{n} file differs from what stands", "{n} files differ from what stands", one.differing, lang)


def _forgotten(n: int, lang: str) -> Iterator[str]:
    yield tell_count("{n} earlier site was removed.", "{n} earlier sites were removed.", n, lang)
    yield tell(said("What Git, backups and copies elsewhere hold is still there."), lang)


def _moment(site: EarlierSite, zone: tzinfo | None) -> str:
    """Return when the newest file of a site was made."""
    return f"{_of(site, zone):%Y-%m-%d %H:%M}" if site.made_ns else "–"


def _of(site: EarlierSite, zone: tzinfo | None) -> datetime:
    return datetime.fromtimestamp(site.made_ns // 10**9, zone)


def _plain(site: EarlierSite, zone: tzinfo | None) -> dict[str, Any]:
    made = _of(site, zone).isoformat() if site.made_ns else None
    return {"number": site.number, "made": made, "differing": site.differing, "whole": not site.lacking, "lacking": list(site.lacking)}


def _plain_done(found: GoneBack, zone: tzinfo | None) -> dict[str, Any]:
    done = found.done
    return {
        "site": _plain(found.site, zone),
        "unchanged": not done.is_new,
        "written": list(done.written),
        "removed": list(done.removed),
        "former": found.former or None,
        "unkept": done.unkept,
    }
