"""The commands about the machine and the program itself: doctor, test and bench."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterable, Sequence
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING

import click

from handbill.commands.called import Called, json_option, lang_option
from handbill.errors import WrongUse, said

if TYPE_CHECKING:
    from handbill.doctor.finding import Finding

# What follows belongs to another program, its --help too.
_HANDED_OVER = {"ignore_unknown_options": True, "allow_extra_args": True, "help_option_names": []}
#: How many more processes than cores run the tests at most; each takes a gigabyte.
_MORE = 4
_FILE = click.Path(path_type=Path, exists=True, dir_okay=False)


@click.group(invoke_without_command=True, short_help="Tell whether this machine has what Handbill needs.")
@json_option
@lang_option
@click.pass_context
def doctor(ctx: click.Context, /) -> int:
    """Tell whether this machine has what Handbill needs, why it matters, and how to mend what it lacks.

    Nothing is changed, and nobody is asked over the network.
    """
    if ctx.invoked_subcommand:
        return 0
    from handbill.doctor.examination import examine

    called = ctx.find_object(Called)
    assert called is not None
    return _told(examine(called.root), called)


@doctor.command("mail", short_help="Tell what decides whether letters arrive: settings, key, records of DNS.")
@click.option("--records", type=_FILE, default=None, help="Judge what dig, nslookup or host answered, saved in this file.")
@click.option("--received", type=_FILE, default=None, help="Judge a test mail that came back, saved in this file.")
@json_option
@lang_option
@click.pass_obj
def mail(called: Called, /, records: Path | None, received: Path | None) -> int:
    """Tell what decides whether letters arrive: the sender, how they leave, the key they are signed with, and the records of DNS.

    What only DNS knows is not asked: the command that asks is shown, and its
    answer is read with --records.  Nothing is changed.
    """
    from handbill.doctor.answers import NOBODY_ASKED, read_answers
    from handbill.doctor.key_record import name_of
    from handbill.doctor.mail import domains_of, mail_findings, own_key
    from handbill.doctor.received import judge_received
    from handbill.layout import ARCHIVE
    from handbill.sending.private import read_private
    from handbill.settings import read_settings

    settings = read_settings(called.root)
    private = read_private(called.root, settings.base_url)
    domains = domains_of(settings)
    answers = read_answers(_text(records), domains[0] if domains else "") if records else NOBODY_ASKED
    if received is None:
        return _told(mail_findings(settings, private, answers), called)
    if key := own_key(settings, private):
        for domain in domains:
            answers = answers.with_text(name_of(settings.sending.dkim_selector, domain), key.record)
    frozen = {file.parent.name: file.read_bytes() for file in sorted((called.root / ARCHIVE).glob("*/mail.eml"))}
    return _told(judge_received(received.read_bytes(), domains, answers, frozen), called)


def _text(file: Path) -> str:
    raw = file.read_bytes()
    # What PowerShell writes with ">" is UTF-16, and older consoles have code pages; records themselves are ASCII.
    return raw.decode("utf-16" if raw[:2] in (b"\xff\xfe", b"\xfe\xff") else "utf-8-sig", "replace")


def _told(findings: Iterable[Finding], called: Called) -> int:
    from handbill.doctor.finding import as_json, as_text

    every = tuple(findings)
    click.echo((as_json if called.form == "json" else as_text)(every, called.lang))
    return 3 if any(one.state == "missing" for one in every) else 0


@click.command(context_settings=_HANDED_OVER, short_help="Run Handbill's own tests.")
@click.argument("words", nargs=-1, type=click.UNPROCESSED)
def test(words: tuple[str, ...]) -> int:
    """Run Handbill's own tests, on every core; what follows goes to pytest."""
    from handbill.engine import PACKAGE

    home = PACKAGE.parent.parent
    if not (home / "tests").is_dir():
        raise WrongUse(said("the tests lie in Handbill's own repository, not in an installed package"))
    import pytest

    os.chdir(home)
    # The tests start hundreds of processes, and each would compile the whole program anew.
    os.environ.pop("PYTHONDONTWRITEBYTECODE", None)
    sys.dont_write_bytecode = False
    return int(pytest.main([*_spread(words, os.cpu_count() or 1), *words]))


@click.command(context_settings=_HANDED_OVER, short_help="Measure how long builds take, beside other programs.")
@click.argument("words", nargs=-1, type=click.UNPROCESSED)
def bench(words: tuple[str, ...]) -> int:
    """Measure how long builds take, turn by turn with those of other programs; --help tells what may follow."""
    from handbill.engine import PACKAGE

    home = PACKAGE.parent.parent
    if not (home / "benchmarks").is_dir():
        raise WrongUse(said("the benchmarks lie in Handbill's own repository, not in an installed package"))
    sys.path.insert(0, str(home))
    return int(import_module("benchmarks.bench").main(words))


def _spread(words: Sequence[str], cores: int) -> tuple[str, ...]:
    """Return how pytest is told to use every core: more processes than these, as two fifths of what tests take is waiting.

    A file stays in one, because its tests share what was costly to make; the
    order of the files is that of tests/conftest.py.  To write expected results,
    to look into a test and to list them needs one alone.
    """
    is_alone = any(
        one.startswith(("-n", "--numprocesses", "--refresh", "--pdb", "--trace", "--co", "-p", "-s", "--capture")) for one in words
    )
    return () if is_alone or cores < 2 else ("-n", str(cores + min(cores, _MORE)), "--dist", "loadfile", "--no-loadscope-reorder")
