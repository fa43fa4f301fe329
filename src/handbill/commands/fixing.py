"""The commands that mend what an editor should not have to: fix images."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

import click

from handbill.commands.called import Called, json_option, lang_option, within
from handbill.errors import Said, said
from handbill.telling import tell, tell_count

if TYPE_CHECKING:
    from handbill.authoring.images import Change, Failure


@click.group("fix")
def fix() -> None:
    """Mend what a program can mend."""


@fix.command("images", short_help="Make pictures upright, light and silent about who took them where.")
@click.argument("paths", nargs=-1)
@click.option("--dry-run", is_flag=True, help="Tell what would be done, and do nothing.")
@click.option("--check", is_flag=True, help="Do nothing, and fail if anything would be done; for CI.")
@json_option
@lang_option
@click.pass_obj
def images(called: Called, /, paths: tuple[str, ...], dry_run: bool, check: bool) -> int:
    """Mend the pictures of the hub, or those that PATHS name: files or folders.

    Each is turned upright, made no longer than [pictures] longest_px, and freed
    of what the camera noted, except whom to credit.  Texts that name a picture
    follow when its name must change.
    """
    from handbill.authoring.images import Change, Failure, Images, make
    from handbill.settings import read_settings

    is_dry = dry_run or check
    hub = Images(read_settings(called.root))
    sources = hub.below(called.root / within(called.root, path) for path in paths)
    screen = called.screen
    changes: list[Change] = []
    failures: list[Failure] = []
    with screen.progress() as show:
        show(tell(said("Looking at pictures"), called.lang))
        for source in sources:
            found = hub.look(source)
            if isinstance(found, Change):
                if not is_dry:
                    make(called.root, found)
                changes.append(found)
            elif isinstance(found, Failure):
                failures.append(found)
    if called.form == "json":
        screen.say(json.dumps(_as_plain(changes, failures, len(sources), is_dry), ensure_ascii=False, indent=1))
    else:
        for line in _lines(changes, failures, len(sources), is_dry, called.lang):
            screen.say(line)
    return 1 if failures or (check and changes) else 0


def _lines(changes: list[Change], failures: list[Failure], many: int, is_dry: bool, lang: str) -> Iterator[str]:
    """Yield what is told of a run: each picture that changed, each that could not, and how many there were."""
    for change in changes:
        for number, one in enumerate(_of(change)):
            yield ("  " if number else "") + tell(one, lang)
    for failure in failures:
        yield tell(said("{path}: found {found}, wanted {wanted}", path=failure.source, found=failure.found, wanted=failure.wanted), lang)
    if changes and is_dry:
        yield tell_count("{n} picture would change.", "{n} pictures would change.", len(changes), lang)
    elif changes:
        yield tell_count("{n} picture mended.", "{n} pictures mended.", len(changes), lang)
    if failures:
        yield tell_count("{n} picture could not be mended.", "{n} pictures could not be mended.", len(failures), lang)
    right = many - len(changes) - len(failures)
    if right or not many:
        yield tell_count("{n} picture is as it should be.", "{n} pictures are as they should be.", right, lang)


def _of(change: Change) -> Iterator[Said]:
    """Yield what happened to one picture, in order of what an editor asks first."""
    from handbill.reading.media import listed, what_is_told

    mended = change.mended
    yield said(
        "{path}: {before}, {before_kb} KB → {after}, {after_kb} KB",
        path=change.source,
        before=_size(mended.before),
        before_kb=_kb(change.weight),
        after=_size(mended.after),
        after_kb=_kb(len(mended.raw)),
    )
    if mended.tells:
        yield said("taken out: {things}", things=listed(what_is_told(one) for one in mended.tells))
    elif mended.had_notes:
        yield said("taken out: the notes of cameras and programs")
    if mended.has_credit:
        yield said("kept: whom to credit for it")
    if mended.is_turned:
        yield said("turned upright")
    if change.target != change.source:
        yield said("now called {path}", path=change.target)
    if change.texts:
        yield said("changed in the texts that show it: {texts}", texts=", ".join(source for source, _ in change.texts))


def _size(size: tuple[int, int]) -> str:
    return f"{size[0]} × {size[1]}"


def _kb(weight: int) -> int:
    return max(1, round(weight / 1024))


def _as_plain(changes: list[Change], failures: list[Failure], many: int, is_dry: bool) -> dict[str, Any]:
    """Return a run as programs read it."""
    return {
        "written": not is_dry,
        "changed": [
            {
                "path": one.source,
                "to": one.target,
                "bytes": [one.weight, len(one.mended.raw)],
                "pixels": [list(one.mended.before), list(one.mended.after)],
                "taken_out": [str(thing) for thing in one.mended.tells],
                "notes_taken_out": one.mended.had_notes,
                "credit_kept": one.mended.has_credit,
                "turned": one.mended.is_turned,
                "texts": [source for source, _ in one.texts],
            }
            for one in changes
        ],
        "failed": [{"path": one.source, "found": one.found, "wanted": one.wanted} for one in failures],
        "unchanged": many - len(changes) - len(failures),
    }
