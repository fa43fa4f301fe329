"""The command line: parse, call the pipeline, print, leave with the right code.  Knows click."""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Sequence
from datetime import datetime
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import click

from handbill import __version__
from handbill.errors import ContentProblems, HandbillError, Level, MachineLacks, Problem, WrongUse
from handbill.layout import HUB
from handbill.screen import Screen

#: The word that is meant when none is given.
DEFAULT = "site"


class Commands(click.Group):
    """The commands, in the order in which one meets them, with ``site`` as the default."""

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002 - click's own shape
        return [name for name in ("site", "serve", "check", "import", "history", "doctor", "test") if name in self.commands]

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        words = list(args)
        place = 0
        while place < len(words) and words[place] in ("--root",):
            place += 2
        while place < len(words) and words[place].startswith("--root="):
            place += 1
        rest = words[place:]
        if not rest or (rest[0].startswith("-") and rest[0] not in ("--help", "-h", "--version")):
            words.insert(place, DEFAULT)
        return super().parse_args(ctx, words)


@click.group(cls=Commands, context_settings={"help_option_names": ["-h", "--help"]})
@click.option(
    "--root", type=click.Path(path_type=Path, file_okay=False), default=Path(), help="The folder of the hub; default: the one you are in."
)
@click.version_option(__version__, prog_name="handbill")
@click.pass_context
def cli(ctx: click.Context, root: Path) -> None:
    """Turn a repository of Markdown into a community's public life.

    Without a command, everything is checked and built into public/.
    """
    ctx.obj = root.resolve()


def _build_options(command: Any) -> Any:
    for option in reversed((
        click.option("--output", type=click.Path(path_type=Path), default=None, help="Where to build; default: public/ in the hub."),
        click.option("--as-of", default=None, metavar="MOMENT", help="Build as of 2026-05-01 or '2026-05-01 18:30'; default: now."),
        click.option("--drafts", is_flag=True, help="Show drafts as if they were finished."),
        click.option("--base-url", default=None, metavar="URL", help="Build for this address instead of the one in hub.toml."),
        click.option("--jobs", type=click.IntRange(1, 64), default=None, help="How many processes to use; default: one for each core."),
        click.option("--no-cache", is_flag=True, help="Make everything anew; the result is the same."),
        click.option("--strict", is_flag=True, help="Let warnings stop the build like errors."),
        click.option("--json", "as_json", is_flag=True, help="Print the result as JSON."),
    )):  # fmt: skip
        command = option(command)
    return command


@cli.command(short_help="Check and build everything into public/; what is done without a command.")
@_build_options
@click.pass_obj
def site(root: Path, /, as_json: bool, **given: Any) -> int:
    """Check and build everything: site, feeds, calendars, letters, handbook, search."""
    from handbill.pipeline import build

    options = _options(root, **given)
    screen = Screen(as_json)
    with screen.progress() as tell:
        report = build(options, tell)
    screen.built(report, root)
    return 0


@cli.command()
@_build_options
@click.option(
    "--format",
    "form",
    type=click.Choice(["text", "json", "github"]),
    default="text",
    help="How to tell: for people, for programs, as annotations.",
)
@click.argument("paths", nargs=-1)
@click.pass_obj
def check(root: Path, /, as_json: bool, form: str, paths: tuple[str, ...], strict: bool, **given: Any) -> int:
    """Tell every problem of the content, and build nothing.  PATHS narrow what is told."""
    from handbill.pipeline import check as check_all

    screen = Screen(as_json or form == "json", github=form == "github")
    with screen.progress() as tell:
        tell("Checking")
        problems = check_all(_options(root, strict=strict, **given))
    wanted = [os.path.relpath(Path(path).resolve(), root).replace(os.sep, "/") for path in paths]
    told = [one for one in problems if not wanted or any(one.path == path or one.path.startswith(path + "/") for path in wanted)]
    screen.problems(told)
    least = Level.WARNING if strict else Level.ERROR
    return 1 if any(one.level >= least for one in told) else 0


@cli.command()
@click.option("--port", type=click.IntRange(0, 65535), default=8000, help="The first port to try.")
@click.option("--drafts/--no-drafts", default=True, help="Show drafts too.")
@click.option("--as-of", default=None, metavar="MOMENT", help="Show the hub as of that moment.")
@click.option("--jobs", type=click.IntRange(1, 64), default=None, help="How many processes to use.")
@click.pass_obj
def serve(root: Path, port: int, drafts: bool, as_of: str | None, jobs: int | None) -> int:
    """Show the hub in the browser, and again after each change."""
    from handbill.preview.session import preview

    now = None if as_of else lambda: moment(None, root)
    return preview(_options(root, drafts=drafts, as_of=as_of, jobs=jobs), port, Screen(False), now)


@cli.group("import")
def import_() -> None:
    """Bring in content from elsewhere."""


@import_.command("pelican")
@click.argument("source", type=click.Path(path_type=Path, exists=True, file_okay=False))
@click.option("--into", type=click.Path(path_type=Path), required=True, help="The folder of the new hub.")
@click.option("--kind", type=click.Choice(["post", "page", "issue"]), default="post", help="What the texts become.")
@click.option("--name", default=None, help="The community's name; default: the folder's.")
@click.option("--base-url", default="https://hub.example/", help="The address of the new hub.")
@click.option("--lang", default="en", help="The language of the texts.")
@click.option("--timezone", "zone", default="UTC", help="The zone of dates that name none.")
@click.option("--dialect", type=click.Choice(["python-markdown", "github"]), default="python-markdown", help="The flavour of Markdown.")
@click.option("--old-url", default="", help="The old site's address, for links that lead out of the source.")
@click.option("--json", "as_json", is_flag=True, help="Print the report as JSON.")
def import_pelican(source: Path, into: Path, name: str | None, as_json: bool, **given: Any) -> int:
    """Make a hub of the content of a Pelican site."""
    from handbill.engine import PACKAGE
    from handbill.importing.pelican import import_pelican as bring

    screen = Screen(as_json)
    engine = PACKAGE.parent.parent
    is_checkout = (engine / "build.py").is_file()
    with screen.progress() as tell:
        tell("Importing")
        report = bring(source, into, name=name or into.resolve().name, engine=engine if is_checkout else None, check=_whole_check, **given)
    screen.say(report.json() if as_json else report.text())
    return 0


def _whole_check(root: Path, as_of: datetime) -> tuple[Problem, ...]:
    """Return what a whole build of the hub in *root* would find."""
    from handbill.pipeline import Options
    from handbill.pipeline import check as check_all

    return check_all(Options(root=root, output=root / "public", as_of=as_of, drafts=True, jobs=os.cpu_count() or 1))


@cli.command(short_help="Write down in history.lock when files changed.")
@click.pass_obj
def history(root: Path) -> int:
    """Write down in history.lock what version history says, for clones that have none."""
    from handbill.layout import FOLDERS, HISTORY
    from handbill.publishing.standing import write_whole
    from handbill.reading.history import head_of, lock_text, read_git, read_lock, with_authors
    from handbill.reading.load import load
    from handbill.settings import read_settings

    if not head_of(root):
        raise MachineLacks("there is no complete version history here (no git, no commit, or a shallow clone)")
    hub = load(read_settings(root), moment(None, root), None, drafts=True).hub
    people = [item for item in (*hub.items, *hub.hidden) if item.kind == "person"]
    past = with_authors(read_git(root, FOLDERS), {name for item in people for name in (item.title, *item.facts.git)})
    if past != read_lock(root):
        write_whole(root / HISTORY, lock_text(past))
        Screen(False).say(f"{HISTORY}: written, {len(past)} files")
    else:
        Screen(False).say(f"{HISTORY}: up to date, {len(past)} files")
    return 0


@cli.command(short_help="Tell whether this machine has what Handbill needs.")
@click.option("--json", "as_json", is_flag=True, help="Print the findings as JSON.")
@click.pass_obj
def doctor(root: Path, as_json: bool) -> int:
    """Tell whether this machine has what Handbill needs, and how to mend what it lacks."""
    from handbill.doctor import as_json as findings_json
    from handbill.doctor import as_text, examine

    findings = examine(root)
    click.echo(findings_json(findings) if as_json else as_text(findings))
    return 3 if any(one.state == "missing" for one in findings) else 0


@cli.command(context_settings={"ignore_unknown_options": True, "allow_extra_args": True, "help_option_names": []})
@click.argument("words", nargs=-1, type=click.UNPROCESSED)
def test(words: tuple[str, ...]) -> int:
    """Run Handbill's own tests; what follows goes to pytest."""
    from handbill.engine import PACKAGE

    home = PACKAGE.parent.parent
    if not (home / "tests").is_dir():
        raise WrongUse("the tests lie in Handbill's own repository, not in an installed package")
    import pytest

    os.chdir(home)
    return int(pytest.main(list(words)))


def _options(root: Path, *, output: Path | None = None, as_of: str | None = None, jobs: int | None = None, **given: Any) -> Any:
    from handbill.pipeline import Options

    plain = output is None and as_of is None and not given.get("drafts") and given.get("base_url") is None
    return Options(
        root=root,
        output=output.resolve() if output else root / "public",
        as_of=moment(as_of, root),
        jobs=jobs or os.cpu_count() or 1,
        records=plain,
        **given,
    )


def moment(written: str | None, root: Path) -> datetime:
    """Return the moment that ``--as-of`` names, in the hub's zone; without it, now, read here and nowhere else.

    Raises:
        WrongUse: it is no day and no moment.
    """
    zone = ZoneInfo(_zone(root))
    if written is None:
        return datetime.now(zone).replace(microsecond=0)
    try:
        found = datetime.fromisoformat(written.strip())
    except ValueError:
        raise WrongUse(f"--as-of: found “{written}”, wanted a day such as 2026-05-01 or a moment such as '2026-05-01 18:30'") from None
    return found.astimezone(zone) if found.tzinfo else found.replace(tzinfo=zone)


def _zone(root: Path) -> str:
    """Return the zone named in hub.toml; what is wrong in that file is told by the build."""
    import tomllib

    from handbill.hub.zone import is_zone

    try:
        name = tomllib.loads((root / HUB).read_text(encoding="utf-8")).get("hub", {}).get("timezone")
    except (OSError, ValueError, AttributeError):
        name = None
    return name if isinstance(name, str) and is_zone(name) else "Europe/Paris"


def main(argv: Sequence[str] | None = None) -> int:
    """Run the command line and return its exit code: 0 fine, 1 content, 2 use, 3 machine, 4 service."""
    for stream in (sys.stdout, sys.stderr):
        # Messages hold accents; a terminal that has none shall not end the build.
        stream.reconfigure(encoding="utf-8", errors="replace")  # type: ignore[union-attr]
    as_json = "--json" in (sys.argv if argv is None else argv)
    try:
        return cli.main(args=None if argv is None else list(argv), prog_name="handbill", standalone_mode=False) or 0
    except click.exceptions.Exit as done:
        return done.exit_code
    except (click.Abort, KeyboardInterrupt):
        click.echo("Stopped; the public folder is as it was.", err=True)
        return 130
    except click.ClickException as error:
        error.show()
        return 2
    except ContentProblems as error:
        github = any(word in ("github", "--format=github") for word in (sys.argv if argv is None else argv))
        Screen(as_json, github=github).problems(error.problems, stopped=True)
        return error.exit_code
    except HandbillError as error:
        click.echo(json.dumps({"error": str(error)}) if as_json else f"handbill: {error}", err=not as_json)
        return error.exit_code
    except OSError as error:
        where = f" ({error.filename})" if error.filename else ""
        click.echo(f"handbill: the machine refuses: {error.strerror or error}{where}", err=True)
        return 3
