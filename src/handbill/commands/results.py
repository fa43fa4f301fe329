"""The command that says what became of a letter: newsletter results."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from handbill.commands.called import Called, json_option, lang_option, moment
from handbill.errors import said
from handbill.telling import tell, tell_count

if TYPE_CHECKING:
    from handbill.errors import Said
    from handbill.sending.contract import Mailing
    from handbill.sending.results import Results

_COUNTS = {
    "accepted": said("handed over, and not returned"),
    "deferred": said("refused so far; to be tried again"),
    "bounced": said("returned or refused for good"),
    "ambiguous": said("unclear: nobody knows whether they arrived"),
    "suppressed": said("not sent, because these members get nothing any more"),
    "left": said("not sent, because these members had left the list"),
    "waiting": said("still to be sent"),
}

_FATES = {
    "returned": said("returned, noted now"),
    "known": said("returned, noted before"),
    "delayed": said("only late: the mail server goes on trying"),
    "complaint": said("called unwanted by the member"),
    "unproven": said("without a token of a member: nothing follows from them"),
    "elsewhere": said("about other numbers: read them with those"),
    "other": said("no reports: absence notes, answers, and the like; they are left to you"),
}


@click.command(short_help="Say what became of a letter that was sent, and take in the mails that came back.")
@click.argument("number", metavar="N")
@click.argument("paths", metavar="[PATH]…", nargs=-1, type=click.Path(path_type=Path))
@json_option
@lang_option
@click.pass_obj
def results(called: Called, /, number: str, paths: tuple[Path, ...]) -> int:
    """Count what became of letter N, and write the counts beside it in newsletters/archive/, to be committed.

    PATH is a mail, a folder of mails, a Maildir or an mbox of what came back.
    Whose mail it was is told by the member's token; whoever is not there any
    more gets no further letters. Reading the same mails again changes nothing.
    """
    from handbill.sending.mailing import mailing_of
    from handbill.sending.private import read_private
    from handbill.sending.results import results_of
    from handbill.settings import read_settings

    root = called.root
    settings = read_settings(root)
    mailing = mailing_of(root, settings, number)
    found = results_of(root, settings, read_private(root, settings.base_url), mailing, paths, lambda: moment(None, root))
    if called.form == "json":
        click.echo(json.dumps(_plain(found, mailing), ensure_ascii=False, indent=2))
        return 0
    for line in _lines(found, mailing, called.lang):
        click.echo(line)
    return 0


def _lines(found: Results, mailing: Mailing, lang: str) -> Iterator[str]:
    from handbill.reading.totals import totals_path
    from handbill.sending.readiness import named

    totals = found.totals
    name, subject, many = named(mailing), mailing.versions[0].subject, totals.asked
    yield f"{name} – {subject}"
    yield tell_count("{n} member was to get it", "{n} members were to get it", many, lang)
    counts = {**totals.counts, "waiting": totals.waiting}
    yield from _table(_COUNTS, counts, lang)
    if counts["ambiguous"]:
        command = f"python3 build.py newsletter send {name}"
        yield "  " + tell(said("Which ones are unclear, and what to do: {command}", command=command), lang)
    if found.taken is not None:
        yield tell_count("{n} mail read", "{n} mails read", found.taken.mails, lang)
        yield from _table(_FATES, found.taken.fates, lang)
        if gone := found.taken.suppressed:
            yield tell_count("{n} member gets no further letters", "{n} members get no further letters", gone, lang)
    path = totals_path(totals.letter, totals.number)
    if found.is_changed:
        yield tell(said("Written: {file}. Commit it; it holds counts alone.", file=path), lang)
    elif found.is_ours:
        yield tell(said("{file} says so already.", file=path), lang)
    else:
        yield tell(said("So it stands in {file}; this machine knows no more of it.", file=path), lang)


def _table(words: dict[str, Said], counts: dict[str, int], lang: str) -> Iterator[str]:
    shown = [(counts[one], word) for one, word in words.items() if counts[one]]
    width = max((len(str(count)) for count, _ in shown), default=0)
    yield from (f"  {count:>{width}}  {tell(word, lang)}" for count, word in shown)


def _plain(found: Results, mailing: Mailing) -> dict[str, Any]:
    from handbill.reading.totals import totals_path, totals_text
    from handbill.sending.readiness import named

    totals = found.totals
    return {
        "name": named(mailing),
        "totals": json.loads(totals_text(totals)),
        "waiting": totals.waiting,
        "mails": None if found.taken is None else {"read": found.taken.mails, **found.taken.fates, "suppressed": found.taken.suppressed},
        "file": totals_path(totals.letter, totals.number),
        "is_changed": found.is_changed,
        "is_ours": found.is_ours,
    }
