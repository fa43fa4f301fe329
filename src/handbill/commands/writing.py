"""The command that writes a new file, or a copy of last year's: new."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

import click

from handbill.commands.called import Called, lang_option, moment
from handbill.errors import Level, Said, WrongUse, said
from handbill.hub.fields import Flag
from handbill.hub.guess import choice
from handbill.hub.kind import Kind
from handbill.hub.sample import leaves
from handbill.hub.vocabulary import fold
from handbill.kinds import KINDS
from handbill.telling import sentence, tell

if TYPE_CHECKING:
    from handbill.authoring.asking import Ask, Question
    from handbill.authoring.new import Made, Unfit, Wish

_KINDS = {kind.name: kind for kind in KINDS}


#: What people call the kinds, for messages.
_MEANT = {
    "billet": "post", "article": "post", "news": "post", "actu": "post", "actualite": "post", "nouvelle": "post", "blog": "post",
    "evenement": "event", "rendez_vous": "event", "rdv": "event", "date": "event", "atelier": "event", "agenda": "event",
    "concours": "contest", "jeu": "contest", "tirage": "contest", "tombola": "contest",
    "lettre": "issue", "letter": "issue", "newsletter": "issue", "infolettre": "issue", "numero": "issue", "mail": "issue",
    "lieu": "place", "endroit": "place", "salle": "place", "local": "place", "venue": "place", "location": "place", "room": "place",
    "personne": "person", "membre": "person", "member": "person", "people": "person", "auteur": "person", "author": "person",
}  # fmt: skip


def _no_kind(word: str) -> Said:
    """Return that a word is no kind of file, with the kind that was probably meant."""
    near = _MEANT.get(fold(word), "") or choice(word, list(_KINDS)) or _MEANT.get(choice(word, list(_MEANT)), "")
    if near:
        return said("“{word}” is no kind of file; “{near}”, perhaps", word=word, near=near)
    return said("“{word}” is no kind of file; one of: {kinds}", word=word, kinds=", ".join(_KINDS))


class _Kind(click.Choice):  # type: ignore[type-arg]
    """The kinds by name; a wrong one is answered with the one that was meant."""

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Any:
        """Return the kind, or refuse the word in the reader's language."""
        if value not in self.choices:
            raise WrongUse(_no_kind(str(value)))
        return super().convert(value, param, ctx)


class New(click.Command):
    """A command that takes each field of the kind as an option: ``--starts``, ``--venue.name``."""

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        """Set the fields aside, for click would not know them."""
        kind = next((_KINDS[one] for one in args if one in _KINDS), None)
        ctx.meta["kind"], ctx.meta["fields"] = kind, []
        own = {name: one for one in self.params if isinstance(one, click.Option) for name in (*one.opts, *one.secondary_opts)}
        plain = {*ctx.help_option_names, "--"}
        words, rest = [], list(args)
        while rest:
            word = rest.pop(0)
            name, equals, value = word.partition("=")
            if name in own or name in plain or not word.startswith("--"):
                words.append(word)
                option = own.get(name)
                if option is not None and not option.is_flag and not equals and rest:
                    words.append(rest.pop(0))
                continue
            if not equals:
                if _is_flag(kind, name[2:]) and rest[:1] not in (["true"], ["false"]):
                    value = "true"
                elif not rest or rest[0].partition("=")[0] in own:
                    raise click.BadOptionUsage(name, f"Option '{name}' requires an argument.", ctx)
                else:
                    value = rest.pop(0)
            ctx.meta["fields"].append((name[2:], value))
        return super().parse_args(ctx, words)

    def format_options(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Write the options, and after a kind its fields."""
        super().format_options(ctx, formatter)
        kind, called = ctx.meta.get("kind"), ctx.find_object(Called)
        if kind is None or called is None:
            return
        with formatter.section(tell(said("Fields of the kind {kind}", kind=kind.name), called.lang)):
            own = {name for one in self.params for name in one.opts}
            named = [(f"--{name.replace('[]', '')}", one) for name, one in leaves(kind.all_fields)]
            formatter.write_dl([(name, tell(one.does, called.lang)) for name, one in named if name not in own])


def _is_flag(kind: Kind | None, name: str) -> bool:
    kinds = [kind] if kind else KINDS
    return any(isinstance(one.type, Flag) for own in kinds for whole, one in leaves(own.all_fields) if whole.replace("[]", "") == name)


@click.command(cls=New, short_help="Write a new file, or a copy of last year's; asks for what is missing.")
@click.argument("kind", required=False, metavar="KIND", type=_Kind(sorted(_KINDS)))
@click.argument("title", required=False)
@click.option("--like", metavar="ITEM", default="", help="Copy that item, by path, slug or id, with its dates moved.")
@click.option("--set", "assigned", metavar="FIELD=VALUE", multiple=True, help="The value of a field; the same as --FIELD VALUE.")
@click.option("--slug", metavar="SLUG", default="", help="The last part of the address; default: from the title.")
@click.option("--in", "text_lang", metavar="LANG", default="", help="The language of the text; default: the hub's.")
@click.option("--print", "--dry-run", "only_print", is_flag=True, help="Print the file, and write nothing.")
@click.option("--as-of", default=None, metavar="MOMENT", help="Write it as of that moment; default: now.")
@click.option("--schemas", "with_schemas", is_flag=True, help="Write schemas/ for editor programs, and nothing else.")
@lang_option
@click.pass_context
def new(ctx: click.Context, /, kind: str | None, title: str | None, **given: Any) -> int:
    """Write a new file of a KIND: post, page, event, contest, issue or person.

    Every field is an option: --starts "2026-05-01 14:00", --venue.name "Quay".
    On a terminal, what must be there and is not given is asked for.
    `new event --help` explains the fields of events.
    """
    called = ctx.find_object(Called)
    assert called is not None
    if given["with_schemas"]:
        return _write_schemas(called)
    asked = _asker(called) if sys.stdin.isatty() else None
    if asked:
        click.echo(tell(said("Enter takes what stands in brackets; Ctrl-C stops, and writes nothing."), called.lang), err=True)
    if kind is None:
        if asked is None:
            raise WrongUse(said("which kind? one of: {kinds}", kinds=", ".join(_KINDS)))
        kind = _ask_kind(called, asked)
    return _write(called, _wish(_KINDS[kind], title, ctx.meta["fields"], given), asked, given)


def _wish(kind: Kind, title: str | None, fields: list[tuple[str, str]], given: dict[str, Any]) -> Wish:
    from handbill.authoring.answers import Values, put
    from handbill.authoring.new import Wish

    values: Values = {}
    for one in given["assigned"]:
        name, equals, value = one.partition("=")
        if not equals:
            raise WrongUse(said("--set: found “{written}”, wanted FIELD=VALUE", written=one))
        fields.append((name.strip(), value))
    for name, value in ([("title", title)] if title else []) + fields:
        put(values, kind.all_fields, name, value)
    return Wish(kind, values, given["slug"], given["text_lang"], given["like"])


def _write(called: Called, wish: Wish, asked: Ask | None, given: dict[str, Any]) -> int:
    from handbill.authoring.new import Maker, Taken, Unfit
    from handbill.engine import engine_digest
    from handbill.reading.cache import Cache
    from handbill.settings import read_settings

    options = called.options(as_of=given["as_of"], drafts=True)
    cache = Cache(options.private / "cache" / "drafts", engine_digest())

    def complain(text: str) -> None:
        click.echo(f"  {text}", err=True)

    maker = Maker(read_settings(called.root), moment(given["as_of"], called.root), called.lang, cache, asked, complain)
    try:
        made = maker.make(wish)
    except Unfit as refusal:
        return _refused(refusal, called.lang)
    if given["only_print"]:
        click.echo(made.text, nl=False)
        return _told(called, made, said("It would be {path}.", path=made.path))
    file = called.root / made.path
    try:
        file.parent.mkdir(parents=True, exist_ok=True)
        with file.open("x", encoding="utf-8", newline="\n") as opened:
            opened.write(made.text)
    except FileExistsError:
        raise Taken(said("{owner} is there already", owner=made.path)) from None
    if wrong := _whole_check(called, made, given["as_of"]):
        file.unlink()
        return _refused(wrong, called.lang)
    return _told(called, made, said("Written: {path}", path=made.path), wish)


def _whole_check(called: Called, made: Made, as_of: str | None) -> Unfit | None:
    """Return what a check of the whole hub has against the file: an address that is reserved, for one."""
    from handbill.authoring.new import Unfit
    from handbill.pipeline import check

    wrong = tuple(one for one in check(called.options(as_of=as_of, drafts=True)) if one.path == made.path and one.level is Level.ERROR)
    return Unfit(wrong) if wrong else None


def _refused(refusal: Unfit, lang: str) -> int:
    click.echo(f"handbill: {tell(refusal.args[0], lang)}", err=True)
    for one in refusal.problems:
        click.echo(f"  {sentence(one, lang)}", err=True)
    return refusal.exit_code


def _told(called: Called, made: Made, where: str, wish: Wish | None = None) -> int:
    """Tell where the file is, what to reread, and what comes next."""
    click.echo(tell(where, called.lang), err=wish is None)
    for notice in made.notices:
        click.echo(f"- {tell(notice, called.lang)}", err=wish is None)
    if wish is not None:
        if wish.kind.name == "person":
            click.echo(tell(said("- the page is public: only what the person has read and agreed to belongs there"), called.lang))
        click.echo(tell(said("To look at it: {command}", command="python3 build.py serve"), called.lang))
    return 0


def _write_schemas(called: Called) -> int:
    """Write the schemas of this hub, in its language."""
    from handbill.authoring.schemas import schemas

    for name, text in schemas(KINDS, called.lang).items():
        file = called.root / name
        file.parent.mkdir(exist_ok=True)
        file.write_text(text, encoding="utf-8", newline="\n")
        click.echo(tell(said("Written: {path}", path=name), called.lang))
    click.echo(tell(said("For editor programs, the first line of hub.toml: #:schema ./schemas/hub.json"), called.lang))
    return 0


def _asker(called: Called) -> Ask:
    """Return what puts questions on the terminal; they go where errors go, so that --print can be kept."""

    def ask(question: Question) -> str:
        for line in _lines(question, called.lang):
            click.echo(line, err=True)
        default = f" [{question.default}]" if question.default else ""
        try:
            return str(click.prompt(question.name + default, default="", show_default=False, prompt_suffix=" > ", err=True))
        except click.Abort:
            click.echo("\n" + tell(said("Stopped; nothing was written."), called.lang), err=True)
            raise click.exceptions.Exit(130) from None

    return ask


def _lines(question: Question, lang: str) -> Iterator[str]:
    yield ""
    yield question.does[:1].upper() + question.does[1:]
    width = max((len(word) for word, _ in question.words), default=0)
    for word, means in question.words:
        yield f"  {word:<{width}}  {means}"
    if question.known:
        more = " · …" if len(question.known) > 12 else ""
        yield "  " + tell(said("known here: {names}", names=" · ".join(question.known[:12]) + more), lang)
    elif question.example and not question.words:
        yield "  " + tell(said("for example: {example}", example=question.example), lang)


def _ask_kind(called: Called, ask: Ask) -> str:
    from handbill.authoring.asking import Question

    means = {
        "post": said("a piece of news, a story, a how-to"),
        "page": said("a page that stays: about, contact"),
        "event": said("a date on which people meet"),
        "contest": said("a contest with prizes"),
        "issue": said("a number of the letter"),
        "person": said("somebody of the community"),
        "place": said("a place where people meet, written down once for all events"),
    }
    words = tuple((name, tell(means.get(name, name), called.lang)) for name in _KINDS)
    while (answer := ask(Question("kind", tell(said("what shall it be?"), called.lang), "", words=words)).strip().lower()) not in _KINDS:
        if answer:
            click.echo(f"  {tell(_no_kind(answer), called.lang)}", err=True)
    return answer
