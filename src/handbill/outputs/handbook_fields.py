"""The tables of fields → pages of the handbook in a reader's language: what each does, how it is written."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from html import escape

from handbill.errors import said
from handbill.hub.fields import Choice, Field, Group, Many, Text, Type
from handbill.hub.kind import COMMON, Kind
from handbill.hub.sample import leaves, sample
from handbill.hub.written import Value, written
from handbill.telling import tell

NOTE = "<!-- Written from the code by `python3 build.py test --refresh`; change the code instead. -->\n"

_HOW = (
    said(
        "What can stand between the two lines `---` at the top of a file. A star marks what must be there. A dot means a key below "
        "a key, `[]` an entry of a list. A field that is not listed here is refused, with the nearest name as a hint."
    ),
    said(
        "Values are read as text, and the field decides the type: `18:30`, `NO` and `1.10` are safe without quotes. A text that contains "
        "a colon and a space, or ` #`, needs quotes."
    ),
    said("A command writes a whole file, asks for what must be in it, and explains the rest: `python3 build.py new event`."),
)
_HEADINGS = {
    "post": said("A post"),
    "page": said("A page"),
    "event": said("An event"),
    "contest": said("A contest"),
    "issue": said("A letter"),
    "person": said("A person"),
    "place": said("A place"),
}

#: What a block of a word is called that stands for something else in a text.
_BLOCKS = {"section": said("A section in the text")}
_IN_TEXT = said(
    "Between two lines of three backquotes, the first of which ends in `section`, these keys stand one below the other in the text itself. "
    "The section takes the place of the block in the page and in the mail; one that finds nothing does not appear."
)


def fields_page(kinds: Sequence[Kind], lang: str) -> str:
    """Return the page of all fields of all kinds in that language."""
    own = f"lang: {lang}\n" if lang != "en" else ""
    parts = [
        f"---\ntitle: {tell(said('Fields'), lang)}\n"
        f"description: {tell(said('Every field of the front matter of every kind of file'), lang)}\n{own}---\n",
        NOTE,
        f"# {tell(said('Fields'), lang)}\n",
        *(f"{tell(one, lang)}\n" for one in _HOW),
        f"## {tell(said('Every kind'), lang)}\n",
        table(COMMON, lang),
    ]
    for kind in kinds:
        heading = tell(_HEADINGS.get(kind.name, kind.name), lang)
        parts += [f"## {heading}\n", f"{_introduced(kind, lang)}\n"]
        if kind.fields:
            parts.append(table(kind.fields, lang))
        if kind.blocks:
            parts += [f"### {tell(_BLOCKS[kind.blocks.word], lang)}\n", f"{tell(_IN_TEXT, lang)}\n", table(kind.blocks.fields, lang)]
    return "\n".join(parts)


def _introduced(kind: Kind, lang: str) -> str:
    common = {one.name for one in COMMON}
    replaced = [f"`{one.name}`" for one in kind.fields if one.name in common]
    told = [
        said("Files in `{folder}/`; `new {kind}` writes one.", folder=kind.folder, kind=kind.name),
        said("It is dated, so it is in feeds.") if kind.is_dated else said("It is not dated, so it is in no feed."),
        said("It has the fields of every kind, and these:") if kind.fields else said("It has the fields of every kind, and no more."),
    ]
    if replaced:
        told.append(said("What is said here of {names} replaces what is said above.", names=", ".join(replaced)))
    return " ".join(tell(one, lang) for one in told)


def in_front_matter(value: Value, kind: Type) -> str:
    """Return a value as front matter writes it on one line."""
    return written(value, is_text=isinstance(kind, Text))


def table(fields: Sequence[Field], lang: str, notation: Callable[[Value, Type], str] = in_front_matter) -> str:
    """Return the fields as a table: name, what it does, default, the words of a closed list, form and example."""
    heads = (tell(said("field"), lang), tell(said("what it does, and how it is written"), lang))
    lines = [f"| {heads[0]} | {heads[1]} |", "| --- | --- |"]
    for name, one in leaves(fields):
        star = " ★" if one.required else ""
        cell = "<br>".join([_does(one, lang), *_words(one.type, lang), f"<small>{_form(one, lang, notation)}</small>"])
        lines.append(f"| `{name}`{star} | {cell.replace('|', chr(92) + '|')} |")
    return "\n".join(lines) + "\n"


def _does(one: Field, lang: str) -> str:
    does = escape(tell(one.does, lang), quote=False)
    if one.default in (None, "", (), {}, False) or "default" in one.does:
        return does
    value = one.default
    shown = ", ".join(value) if isinstance(value, tuple) else str(value).lower() if value is True else value
    return tell(said("{does}; default: `{value}`", does=does, value=shown), lang)


def _words(kind: Type, lang: str) -> Iterator[str]:
    inner = kind.of if isinstance(kind, Many) else kind
    if isinstance(inner, Choice):
        for word, does in zip(inner.words, inner.does, strict=bool(inner.does)):
            yield tell(said("`{word}`: {does}", word=word, does=escape(tell(does, lang), quote=False)), lang)


def _form(one: Field, lang: str, notation: Callable[[Value, Type], str]) -> str:
    inner = one.type.of if isinstance(one.type, Many) else one.type
    form = one.type.wanted
    if isinstance(inner, Group):
        form = said("a list of keys, below") if isinstance(one.type, Many) else said("keys, below")
    example = notation(sample(one, lambda text: tell(text, lang)), one.type)
    return tell(said("{form}: `{example}`", form=form, example=example), lang)
