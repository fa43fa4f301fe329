"""The values of a new file → its text: what is known filled in, what may follow explained on comment lines."""

from __future__ import annotations

import posixpath
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from handbill.authoring.answers import Values
from handbill.errors import said
from handbill.hub.fields import Choice, Field, Group, Many, Text, Type
from handbill.hub.kind import Kind
from handbill.hub.sample import sample
from handbill.hub.written import Value, block
from handbill.telling import tell

#: Fields that a file gets later in its life, if ever: a new one does not speak of them.
LATER = frozenset({
    "updated", "slug", "id", "aliases", "translation_of", "lang", "typography", "status", "status_note", "previous_starts", "recap",
    "winners", "cancelled", "git", "changes", "full", "deposit", "answers",
})  # fmt: skip

#: Where the pictures of a hub usually lie.
PICTURES = "content/pictures"

#: The column at which explanations stand, unless an example is longer.
_COLUMN = 50

HINTS = {
    "post": said("Write the text here. Its first sentences are what lists and search engines show."),
    "page": said("Write the text here."),
    "event": said("Say here what one does there, what to bring and whom it is for."),
    "contest": said(
        "Say here what it is about, and how one enters. The rules are made of the fields above, when the contest is announced."
    ),
    "issue": said("Write the letter here. The blocks below fill themselves: move them, take them out, write between them."),
    "person": said("A few sentences here, which the person has read and agreed to."),
    "place": said("Say here how one finds the door, and what the place is like."),
}

#: The sections of a new letter, which are those that any letter has unless it says otherwise; here they can be moved.
SECTIONS = ("changes", "events", "contests", "posts")


def sheet(kind: Kind, values: Values, lang: str, path: str = "") -> str:
    """Return the whole text of a new file that will lie at *path*; explanations are in *lang*."""
    lines = ["---"]
    for one in kind.all_fields:
        if one.name in values:
            lines += _filled(one, values[one.name], lang)
    rest = [_seen_from(path, one) for one in kind.all_fields if one.name not in values and one.name not in LATER]
    if rest:
        lines += ["", f"# {tell(said('If needed: take the # and the space after it off a line. The others can stay or go.'), lang)}"]
        lines += [f"# {line}" for line in _aligned(_explained(rest, lang))]
    hint = tell(HINTS.get(kind.name, said("Write the text here.")), lang)
    below = [
        line
        for show in SECTIONS
        if kind.name == "issue" and "sections" not in values
        for line in ("", "```section", f"show: {show}", "```")
    ]
    return "\n".join([*lines, "---", "", f"<!-- {hint} -->", *below, ""])


def filled(kind: Kind, values: Values, text: str) -> str:
    """Return the whole text of a new file that says what is known and nothing else."""
    lines = [line for one in kind.all_fields if one.name in values for line in lines_of(one.name, values[one.name], one.type)]
    return "\n".join(["---", *lines, "---", "", text, ""])


def lines_of(name: str, value: Value, kind: Type) -> list[str]:
    """Return a field with its value as it stands in front matter, numbers that are meant as text in quotes."""
    inner = kind.of if isinstance(kind, Many) else kind
    if not isinstance(inner, Group):
        return block(name, value, is_text=isinstance(inner, (Text, Choice)))
    if inner.short and isinstance(value, Mapping) and set(value) == {inner.short}:
        return block(name, value[inner.short], is_text=True)
    groups = value if isinstance(value, tuple) else (value,)
    keys = {one.name: one.type for one in inner.fields}
    lines = [f"{name}:"]
    for group in groups:
        assert isinstance(group, Mapping)
        parts = [line for key, part in group.items() for line in lines_of(key, part, keys[key])]
        lines += [f"  - {line}" if number == 0 else f"    {line}" for number, line in enumerate(parts)] if isinstance(kind, Many) else [
            f"  {line}" for line in parts
        ]  # fmt: skip
    return lines


def _seen_from(path: str, one: Field) -> Field:
    """Return the field with an example that is right from where the file lies."""
    if one.name != "picture" or not path:
        return one
    picture = posixpath.join(PICTURES, posixpath.basename(one.example))
    return replace(one, example=posixpath.relpath(picture, posixpath.dirname(path)))


def _filled(one: Field, value: Value, lang: str) -> list[str]:
    """Return a filled field; below a group, the keys that it does not have are explained."""
    lines = lines_of(one.name, value, one.type)
    inner = one.type.of if isinstance(one.type, Many) else one.type
    last = value[-1] if isinstance(value, tuple) and value else value
    if isinstance(inner, Group) and isinstance(last, Mapping) and set(last) != {inner.short}:
        rest = [part for part in inner.fields if part.name not in last and not _is_beside(part, inner)]
        indent = "    " if isinstance(one.type, Many) else "  "
        lines += [f"{indent}# {line}" for line in _aligned(_explained(rest, lang))]
    return lines


def _is_beside(part: Field, group: Group) -> bool:
    """Say whether a key below a group is left to the handbook: one that comes later, stands for the others, or has ten of its own."""
    return part.name in LATER or part.name == group.short or isinstance(part.type, Group)


def _explained(fields: Sequence[Field], lang: str) -> Iterator[tuple[str, str]]:
    """Yield each field as an example shows it, and what it does."""
    for one in fields:
        does = tell(one.does, lang)
        inner = one.type.of if isinstance(one.type, Many) else one.type
        if isinstance(inner, Group):
            yield f"{one.name}:", does
            parts = [part for part in inner.fields if part.name not in LATER]
            dash = isinstance(one.type, Many)
            for number, (line, about) in enumerate(_explained(parts, lang)):
                yield ("  - " if dash and number == 0 else "    " if dash else "  ") + line, about
        else:
            (line,) = block(one.name, sample(one, lambda text: tell(text, lang)), is_text=isinstance(inner, (Text, Choice)))
            yield line, does


def _aligned(pairs: Iterator[tuple[str, str]]) -> Iterator[str]:
    found = list(pairs)
    column = max((len(line) for line, _ in found if len(line) <= _COLUMN), default=0)
    for line, does in found:
        yield f"{line:<{column}}  # {does}"
