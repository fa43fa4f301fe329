"""The commands about the machine and the program itself: doctor and test."""

from __future__ import annotations

import os

import click

from handbill.commands.called import Called, json_option, lang_option
from handbill.errors import WrongUse, said


@click.command(short_help="Tell whether this machine has what Handbill needs.")
@json_option
@lang_option
@click.pass_obj
def doctor(called: Called, /) -> int:
    """Tell whether this machine has what Handbill needs, why it matters, and how to mend what it lacks.

    Nothing is changed, and nobody is asked over the network.
    """
    from handbill.doctor.examination import examine
    from handbill.doctor.finding import as_json, as_text

    findings = examine(called.root)
    click.echo((as_json if called.form == "json" else as_text)(findings, called.lang))
    return 3 if any(one.state == "missing" for one in findings) else 0


@click.command(context_settings={"ignore_unknown_options": True, "allow_extra_args": True, "help_option_names": []})
@click.argument("words", nargs=-1, type=click.UNPROCESSED)
def test(words: tuple[str, ...]) -> int:
    """Run Handbill's own tests; what follows goes to pytest."""
    from handbill.engine import PACKAGE

    home = PACKAGE.parent.parent
    if not (home / "tests").is_dir():
        raise WrongUse(said("the tests lie in Handbill's own repository, not in an installed package"))
    import pytest

    os.chdir(home)
    return int(pytest.main(list(words)))
