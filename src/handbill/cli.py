"""The command line: parse, hand over to a command, leave with the right code.  Knows click."""

from __future__ import annotations

import gc
import json
import os
import sys
from collections.abc import Iterator, Mapping, Sequence
from contextlib import suppress
from importlib import import_module
from pathlib import Path
from typing import cast

import click

from handbill import __version__
from handbill.commands.called import Called, lang_option
from handbill.errors import ContentProblems, HandbillError, MachineLacks, Said, said
from handbill.refusals import reason_of, remedy_of
from handbill.telling import tell

#: The word that is meant when none is given.
DEFAULT = "site"

#: The commands, in the order in which one meets them, and the module of ``commands`` that each is in.
MODULES = {
    "site": "building",
    "serve": "building",
    "check": "building",
    "review": "reviewing",
    "new": "writing",
    "notice": "noticing",
    "newsletter": "newsletters",
    "contest": "contests",
    "fix": "fixing",
    "import": "keeping",
    "history": "keeping",
    "rollback": "returning",
    "links": "outside",
    "intake": "proposals_intake",
    "owners": "ownership",
    "queue": "ownership",
    "forge": "forge",
    "explain": "explaining",
    "doctor": "machine",
    "test": "machine",
    "bench": "machine",
}


class Imported(Mapping[str, click.Command]):
    """The commands by their names, each imported when it is asked for: all of them take longer than to see that nothing has changed."""

    def __getitem__(self, name: str) -> click.Command:
        module = import_module(f"handbill.commands.{MODULES[name]}")
        return cast("click.Command", getattr(module, "import_" if name == "import" else name))

    def __iter__(self) -> Iterator[str]:
        return iter(MODULES)

    def __len__(self) -> int:
        return len(MODULES)


class Commands(click.Group):
    """The commands in their order, with ``site`` as the default."""

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002 - click's own shape
        return list(self.commands)

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        words = list(args)
        place = 0
        while place < len(words) and words[place].startswith(("--root", "--lang")):
            place += 1 if "=" in words[place] else 2
        rest = words[place:]
        if place <= len(words) and (not rest or (rest[0].startswith("-") and rest[0] not in ("--help", "-h", "--version"))):
            words.insert(place, DEFAULT)
        return super().parse_args(ctx, words)


@click.group(cls=Commands, commands=Imported(), context_settings={"help_option_names": ["-h", "--help"]})
@click.option(
    "--root", type=click.Path(path_type=Path, file_okay=False), default=Path(), help="The folder of the hub; default: the one you are in."
)
@lang_option
@click.version_option(__version__, prog_name="handbill")
@click.pass_obj
def cli(called: Called, root: Path) -> None:
    """Turn a repository of Markdown into a community's public life.

    Without a command, everything is checked and built into public/.
    """
    called.root = root.resolve()


def main(argv: Sequence[str] | None = None) -> int:
    """Run the command line and return its exit code: 0 fine, 1 content, 2 use, 3 machine, 4 service."""
    # A hub is many objects that live to the end and few cycles: looking for these
    # after every 700 new objects costs a seventh of a check.
    gc.set_threshold(50_000, 20, 50)
    _have_streams()
    called = Called(Path().resolve())
    try:
        return _led(called, argv)
    except OSError as error:
        where = f" ({error.filename})" if error.filename else ""
        what, remedy = {"reason": reason_of(error), "where": where}, remedy_of(error)
        if remedy:
            return _fail(called, said("the machine refuses: {reason}{where}; {remedy}", remedy=remedy, **what))
        return _fail(called, said("the machine refuses: {reason}{where}", **what))
    except MemoryError:
        return _fail(called, said("the machine refuses: {reason}{where}", reason=said("the memory is used up"), where=""))
    except ImportError as error:
        return _fail(
            called,
            said(
                "a part of the program cannot be loaded ({reason}); if the machine is short of nothing, "
                "delete the folder .venv, and python3 build.py makes it anew",
                reason=error,
            ),
        )


def _led(called: Called, argv: Sequence[str] | None) -> int:
    """Hand over to the command, and tell what it ends with."""
    words = sys.argv[1:] if argv is None else argv
    try:
        return cli.main(args=None if argv is None else list(argv), prog_name="python3 build.py", standalone_mode=False, obj=called) or 0
    except click.exceptions.Exit as done:
        return done.exit_code
    except (click.Abort, KeyboardInterrupt):
        click.echo(tell(called.stopped, called.lang), err=True)
        return 130
    except click.ClickException as error:
        from handbill.commands.usage import lang_asked, unnamed, usage_text

        called.asked_lang = called.asked_lang or lang_asked(words)
        click.echo(unnamed(usage_text(error, called.lang), words), err=True)
        return 2
    except ContentProblems as error:
        called.screen.problems(error.problems, stopped=True)
        return error.exit_code
    except HandbillError as error:
        from handbill.commands.usage import unnamed

        text = unnamed(tell(error.args[0], called.lang), words)
        as_json = called.form == "json"
        click.echo(json.dumps({"error": text}, ensure_ascii=False) if as_json else f"handbill: {text}", err=not as_json)
        return error.exit_code


def _fail(called: Called, sentence: Said) -> int:
    """Say what the machine lacks, as far as it lets anything be said."""
    with suppress(OSError):
        click.echo(f"handbill: {tell(sentence, called.lang)}", err=True)
    return MachineLacks.exit_code


def _have_streams() -> None:
    """Let there be something to write to and to read from: whoever starts a program may have closed any of it."""
    for name, mode in (("stdin", "r"), ("stdout", "w"), ("stderr", "w")):
        if getattr(sys, name) is None:
            setattr(sys, name, Path(os.devnull).open(mode, encoding="utf-8"))  # noqa: SIM115 - it stays until the end
    for stream in (sys.stdout, sys.stderr):
        # Messages hold accents; a terminal that has none shall not end the build.
        stream.reconfigure(encoding="utf-8", errors="replace")  # type: ignore[union-attr]
