"""The command that looks at the list of members, writes their tokens down and lets members leave: newsletter members."""

from __future__ import annotations

import json
from collections.abc import Container, Iterator, Sequence
from contextlib import ExitStack
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from handbill.commands.called import Called, json_option, lang_option, moment
from handbill.errors import WrongUse, said
from handbill.telling import LEVEL_NAMES, LEVEL_WORDS, line_of, sentence, tell, tell_count

if TYPE_CHECKING:
    from handbill.errors import Problem
    from handbill.sending.audience import Source
    from handbill.sending.census import Census, Reason
    from handbill.sending.contract import Member
    from handbill.sending.private import Private


@click.command(short_help="Look at the list of members, and let members leave.")
@click.option("--letter", default="", metavar="NAME", help="Only this one of the hub's letters; default: all.")
@click.option("--segment", default="", metavar="NAME", help="Only who is in this segment.")
@click.option("--tokens", type=click.Path(path_type=Path, dir_okay=False), metavar="FILE", help="Write address, letter and token to FILE.")
@click.option("--stop", multiple=True, metavar="TOKEN", help="Let the member with this token get nothing any more.")
@click.option(
    "--stop-file",
    type=click.File("r", encoding="utf-8", errors="replace"),
    metavar="FILE",
    help="The same for each token in FILE; - reads what is piped in.",
)
@click.option("--forget", multiple=True, metavar="TOKEN", help="Let the ledger forget which letters the member with this token got.")
@json_option
@lang_option
@click.pass_obj
def members(
    called: Called, /, letter: str, segment: str, tokens: Path | None, stop: tuple[str, ...], stop_file: Any, forget: tuple[str, ...]
) -> int:
    """Tell how many members get which letter, and which rows of their list cannot be read.

    No address is ever printed. With --tokens, a CSV file outside every
    repository gets what the page behind your unsubscribe address has to know;
    with --stop, members leave, as that page asks; with --forget, nothing is
    kept of what a member was sent. To ask either twice changes nothing.
    """
    from handbill.sending.audience import Source
    from handbill.sending.keys import KEY, LENGTH, secret_of
    from handbill.sending.private import read_private
    from handbill.settings import read_settings

    settings = read_settings(called.root)
    private = read_private(called.root, settings.base_url)
    letters = tuple(settings.letters) or ("main",)
    if letter and letter not in letters:
        raise WrongUse(said("“{letter}” is no letter of this hub; its letters are: {letters}", letter=letter, letters=", ".join(letters)))
    stops = bool(stop) or stop_file is not None
    asked = [word for word, is_asked in (("--tokens", tokens is not None), ("--stop", stops), ("--forget", bool(forget))) if is_asked]
    if len(asked) > 1:
        raise WrongUse(said("{one} and {other} are two things; ask for one after the other", one=asked[0], other=asked[1]))
    # To look writes nothing, not even the key: tokens that are shown to nobody may be made with any.
    is_kept = bool(asked) or (private.folder / KEY).exists()
    secret = secret_of(private.folder) if is_kept else bytes(LENGTH)
    source = Source(private.members, secret, settings.languages, letters, segment) if private.members else None
    if stops or forget:
        return _ask(called, source, private, secret, (*stop, *(stop_file or ()), *forget), is_forgetting=bool(forget))
    if source is None:
        raise WrongUse(
            said(
                "no list of members is named; name it as {key} in {file}, or in the environment as {variable}",
                key="[sending] members", file="hub.local.toml", variable="HANDBILL_MEMBERS",
            )
        )  # fmt: skip
    return _look(called, source, private, (letter,) if letter else letters, tokens)


def _look(called: Called, source: Source, private: Private, letters: tuple[str, ...], tokens: Path | None) -> int:
    from handbill.sending.census import census
    from handbill.sending.outside import is_in_repository, is_open_to_others, write_closed

    with ExitStack() as stack, called.screen.progress() as show:
        show(said("Reading the list"))
        found = census(source, letters, _silent(called, private, source.secret, stack))
    written = tokens is not None and not found.faults
    if tokens is not None and written:
        write_closed(tokens, _tokens(source, letters), called.root)
    is_open = is_open_to_others(source.file)
    if called.form == "json":
        click.echo(json.dumps(_plain(found, called.lang) | {"written": written, "open": is_open}, ensure_ascii=False, indent=2))
        return 1 if found.faults else 0
    for line in _lines(found, called.lang):
        click.echo(line)
    name = source.file.name
    if is_open:
        command = f"chmod 600 {source.file}"
        click.echo(
            tell(said("Other accounts of this machine may read {name}. To close it: {command}", name=name, command=command), called.lang)
        )
    if is_in_repository(source.file, called.root):
        click.echo(tell(said("{name} lies in a repository, from which a commit can publish it. Put it elsewhere.", name=name), called.lang))
    if tokens is not None:
        told = said("Written: {path}", path=tokens) if written else said("{path} was not written: a row is missing in it.", path=tokens)
        click.echo(tell(told, called.lang))
    return 1 if found.faults else 0


def _ask(called: Called, source: Source | None, private: Private, secret: bytes, words: Sequence[str], *, is_forgetting: bool) -> int:
    """Let the members leave, or be forgotten, whose tokens are among *words*."""
    from handbill.sending.census import ranges
    from handbill.sending.leaving import forget, leave, tokens_of
    from handbill.sending.ledger import Ledger
    from handbill.sending.readiness import tallies_of

    def lists() -> Iterator[Member | Problem]:
        for letter in source.letters if source else ():
            yield from source.rows(letter)  # type: ignore[union-attr]

    tokens = tuple(tokens_of(words))
    with Ledger.open(private.folder, secret, tallies_of(called.root)) as ledger:
        done = forget(tokens, ledger, lists) if is_forgetting else leave(tokens, ledger, lists, moment(None, called.root))
    if called.form == "json":
        click.echo(json.dumps({"forgotten" if is_forgetting else "left": done.now, "before": done.before, "unknown": done.unknown}))
        return 1 if done.unknown else 0
    if is_forgetting:
        click.echo(tell_count("{n} member is forgotten.", "{n} members are forgotten.", done.now, called.lang))
        if done.before:
            click.echo(tell_count("Of {n} nothing was known.", "Of {n} nothing was known.", done.before, called.lang))
        click.echo(tell(said("The list of members is yours: take the row out of it as well."), called.lang))
    else:
        click.echo(tell_count("{n} member left.", "{n} members left.", done.now, called.lang))
        if done.before:
            click.echo(tell_count("{n} had left before.", "{n} had left before.", done.before, called.lang))
    if done.unknown:
        click.echo(tell(said("Nobody's token: number {places} of those given.", places=ranges(done.unknown)), called.lang))
    return 1 if done.unknown else 0


def _silent(called: Called, private: Private, secret: bytes, stack: ExitStack) -> Container[bytes]:
    """Return who gets nothing any more, also where there is no ledger yet."""
    from handbill.sending.audience import Silent
    from handbill.sending.ledger import NAME, Ledger
    from handbill.sending.readiness import tallies_of

    if not (private.folder / NAME).exists():
        return Silent(private, secret, ())
    return Silent(private, secret, stack.enter_context(Ledger.open(private.folder, secret, tallies_of(called.root))).suppressed())


def _tokens(source: Source, letters: Sequence[str]) -> Iterator[tuple[str, str, str]]:
    from handbill.sending.contract import Member

    yield "email", "letter", "token"
    for letter in letters:
        yield from ((one.address, letter, one.token) for one in source.rows(letter) if isinstance(one, Member))


def _lines(found: Census, lang: str) -> Iterator[str]:
    """Yield what a list holds, a line for each letter, then what is wrong with it."""
    for letter, by_lang in found.members.items():
        count = tell_count("{n} member", "{n} members", sum(by_lang.values()), lang)
        which = ", ".join(f"{one or tell(said('others'), lang)} {by_lang[one]}" for one in sorted(by_lang, key=lambda one: (not one, one)))
        yield tell(said("{letter}: {count}", letter=letter, count=count), lang) + (f" ({which})" if which else "")
        if silent := found.silent[letter]:
            yield "  " + tell_count("{n} of them gets nothing any more", "{n} of them get nothing any more", silent, lang)
    for reason in found.reasons:
        one = reason.first
        text = line_of(one if reason.count == 1 else replace(one, line=0), lang)
        yield tell(said("{level}: {text}", level=LEVEL_WORDS[one.level], text=text), lang)
        if reason.count > 1:
            yield "    " + tell(said("rows {rows}", rows=_rows(reason)), lang)
    if found.faults:
        yield tell_count(
            "{n} row cannot be read. Until it is mended, no letter is sent.",
            "{n} rows cannot be read. Until they are mended, no letter is sent.",
            found.faults,
            lang,
        )


def _rows(reason: Reason) -> str:
    """Return the rows of a reason, with the number of those that are not named."""
    from handbill.sending.census import ranges

    more = reason.count - len(reason.rows)
    return ranges(reason.rows) + (f" … (+{more})" if more else "")


def _plain(found: Census, lang: str) -> dict[str, Any]:
    return {
        "letters": {letter: {"members": by_lang, "silent": found.silent[letter]} for letter, by_lang in found.members.items()},
        "problems": [
            {
                "code": one.first.code, "level": LEVEL_NAMES[one.first.level], "text": sentence(one.first, lang),
                "rows": one.rows, "count": one.count,
            }
            for one in found.reasons
        ],
        "faults": found.faults,
        "warnings": found.warnings,
    }  # fmt: skip
