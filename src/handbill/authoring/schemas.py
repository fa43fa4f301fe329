"""The tables of fields → JSON Schemas, from which editor programs complete, explain and underline.

Draft 07, because that is what editors understand.  Values are seen as a YAML
1.2 core parser gives them: dates are texts, ``33800`` is a number although our
own reader keeps it as text.  A schema knows one value at a time; what several
say together, and whether a date exists, remains for ``check``.
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping, Sequence
from typing import Any

from handbill.errors import said
from handbill.hub.amount import Amount
from handbill.hub.fields import (
    Choice,
    Colour,
    Degrees,
    Desk,
    Field,
    FileName,
    Flag,
    Group,
    HubAddress,
    Integer,
    Lang,
    Leaving,
    Link,
    Many,
    Slug,
    Text,
    Type,
    When,
    Zone,
)
from handbill.hub.kind import Kind
from handbill.hub.reach import MAIL, PAGE, Reach
from handbill.hub.sample import node, sample
from handbill.hub.since import LAST, Since
from handbill.hub.types import FILE_NAME
from handbill.hub.written import Value
from handbill.settings_fields import TABLES
from handbill.telling import tell

Schema = dict[str, Any]

#: Where the schemas of a hub lie in its repository.
FOLDER = "schemas"

_DAY = r"[0-9]{4}-(0[1-9]|1[0-2])-(0[1-9]|[12][0-9]|3[01])"
_CLOCK = r"[T ]([01][0-9]|2[0-3]):[0-5][0-9](:[0-5][0-9])?(Z|[+-][0-9]{2}:[0-9]{2})?"


def schemas(kinds: Sequence[Kind], lang: str) -> dict[str, str]:
    """Return the text of every schema by its path from the root of a hub; explanations are in *lang*."""
    made = {kind.name: kind_schema(kind, lang) for kind in kinds}
    made["hub"] = hub_schema(lang)
    return {f"{FOLDER}/{name}.json": json.dumps(one, ensure_ascii=False, indent=2) + "\n" for name, one in made.items()}


def kind_schema(kind: Kind, lang: str) -> Schema:
    """Return the schema of a kind's front matter."""
    about = said("The fields at the top of a file in {folder}/.", folder=kind.folder)
    return _root(kind.name, about, lang) | _keys(kind.all_fields, lang)


def hub_schema(lang: str) -> Schema:
    """Return the schema of hub.toml."""
    tables = {name: (about, fields) for name, about, fields in TABLES}
    properties: dict[str, Schema] = {}
    for name, (about, fields) in tables.items():
        if "<" not in name:
            properties[name] = {"description": tell(about, lang)} | _keys(fields, lang)
    for name, (about, texts) in tables.items():
        if name.endswith(".<language>") and "<name>" not in name:
            properties[name.partition(".")[0]]["patternProperties"] = {
                _whole(_LANG): {"description": tell(about, lang)} | _keys(texts, lang)
            }
    for group in (name.partition(".")[0] for name in tables if name.endswith(".<name>")):
        about, own = tables[f"{group}.<name>"]
        one = _keys(own, lang)
        if f"{group}.<name>.<language>" in tables:
            elsewhere, texts = tables[f"{group}.<name>.<language>"]
            one |= {"patternProperties": {_whole(_LANG): {"description": tell(elsewhere, lang)} | _keys(texts, lang)}}
        properties[group] = {"type": "object", "description": tell(about, lang), "additionalProperties": one}
    keys = {"type": "object", "properties": properties, "required": ["hub"], "additionalProperties": False}
    return _root("hub.toml", said("The settings of the hub."), lang) | keys


def _root(title: str, about: str, lang: str) -> Schema:
    return {"$schema": "http://json-schema.org/draft-07/schema#", "title": title, "description": tell(about, lang)}


def _keys(fields: Sequence[Field], lang: str) -> Schema:
    keys: Schema = {"type": "object", "properties": {one.name: _field(one, lang) for one in fields}}
    if required := [one.name for one in fields if one.required]:
        keys["required"] = required
    return keys | {"additionalProperties": False}


def _field(one: Field, lang: str) -> Schema:
    does = tell(one.does, lang)
    schema: Schema = {"description": does[:1].upper() + does[1:] + "."} | _value(one.type, lang)
    if one.default not in (None, "", (), {}, 0):
        schema["default"] = list(one.default) if isinstance(one.default, tuple) else one.default
    if one.example:
        schema["examples"] = [_typed(one.type, sample(one, lambda text: tell(text, lang)))]
    return schema


def _value(kind: Type, lang: str) -> Schema:
    """Return what a value of that type may be."""
    if isinstance(kind, Group):
        return _group(kind, lang)
    if isinstance(kind, Many):
        return _many(kind, lang)
    if isinstance(kind, Choice):
        schema: Schema = {"type": "string", "enum": list(kind.words)}
        does = [tell(one, lang) for one in kind.does]
        return schema | ({"enumDescriptions": does, "markdownEnumDescriptions": does} if does else {})
    if isinstance(kind, Text):
        # A title such as 2026 is a number to a parser, and a text to us.
        schema = {"type": ["string", "number", "boolean"], "maxLength": kind.longest}
        return schema if kind.may_be_empty else schema | _pattern(r"[^ \t\r\n]", kind, lang)
    if isinstance(kind, Flag):
        return {"type": ["boolean", "string"]} | _pattern(_whole("[Tt][Rr][Uu][Ee]|[Ff][Aa][Ll][Ss][Ee]"), kind, lang)
    if isinstance(kind, Integer):
        whole: Schema = {"type": ["integer", "string"], "minimum": kind.least, "maximum": kind.most}
        return whole | _pattern(_whole("-?[0-9]{1,12}"), kind, lang)
    if isinstance(kind, Degrees):
        numbers: Schema = {"type": ["number", "string"], "minimum": -kind.most, "maximum": kind.most}
        return numbers | _pattern(_whole(r"-?[0-9]{1,3}(\.[0-9]{1,8})?"), kind, lang)
    if isinstance(kind, Amount):
        amounts: Schema = {"type": ["number", "string"], "minimum": 0}
        return amounts | _pattern(_whole(rf"[0-9]{{1,9}}(\.[0-9]{{1,{kind.places}}})?"), kind, lang)
    pattern, more = _shape(kind)
    return {"type": "string"} | more | _pattern(pattern, kind, lang)


def _group(kind: Group, lang: str) -> Schema:
    """Return the keys below a key, or the one text that stands for them."""
    keys = _keys(kind.fields, lang)
    if kind.either:
        keys["anyOf"] = [{"required": [name]} for name in kind.either]
    if not kind.short:
        return keys
    text = next(_value(one.type, lang) for one in kind.fields if one.name == kind.short)
    # `required` and the like say nothing of a text, and patterns nothing of keys: both can stand side by side.
    return text | keys | {"type": ["object", *(text["type"] if isinstance(text["type"], list) else [text["type"]])]}


_LANG = "[a-z]{2,3}(-[A-Za-z0-9]{2,8})?"


def _shape(kind: Type) -> tuple[str, Schema]:
    """Return the pattern of a text, and what else is known of it."""
    if isinstance(kind, When):
        clock = {(True, True): f"({_CLOCK})?", (True, False): "", (False, True): _CLOCK}[kind.day, kind.moment]
        return _whole(_DAY + clock), {}
    if isinstance(kind, Since):
        return _whole(f"{_DAY}|{LAST}"), {}
    if isinstance(kind, Link):
        return _whole(r'[Hh][Tt][Tt][Pp][Ss]?://[^\s<>"\\/?#@:][^\s<>"\\/?#@]*([/?#][^\s<>"\\]*)?'), {}
    if isinstance(kind, Slug):
        return _whole("[a-z0-9]+(-[a-z0-9]+)*"), {"maxLength": 100}
    if isinstance(kind, HubAddress):
        return _whole("(/[A-Za-z0-9_~-][A-Za-z0-9._~-]*)+/?"), {"maxLength": 300}
    if isinstance(kind, Zone):
        return _whole("[A-Za-z0-9_+-]+(/[A-Za-z0-9_+-]+)*"), {}
    if isinstance(kind, Colour):
        return _whole("#[0-9a-fA-F]{6}"), {}
    if isinstance(kind, FileName):
        return _whole(FILE_NAME), {}
    if isinstance(kind, Lang):
        return _whole(_LANG), {}
    if isinstance(kind, Reach):
        return _whole(f"(mailto:)?{MAIL}|{PAGE}"), {}
    if isinstance(kind, Leaving):
        return _whole(r'https?://[^\s<>"]*\{token\}[^\s<>"]*|mailto:[^\s<>@]+@[^\s<>@]+'), {}
    raise NotImplementedError(f"no schema for a field of type {type(kind).__name__}: say here what it looks like")


def _many(kind: Many, lang: str) -> Schema:
    """Return a list, or one value in its place.

    Both stand side by side where each keyword is about one of them only,
    because what an editor says of alternatives is hard to understand.
    """
    one = _value(kind.of, lang)
    items: Schema = {"items": one, "maxItems": kind.most}
    if "enum" in one:
        return {"anyOf": [{"type": "array"} | items, one]}
    types = one["type"] if isinstance(one["type"], list) else [one["type"]]
    return one | {"type": ["array", *types]} | items


def _pattern(pattern: str, kind: Type, lang: str) -> Schema:
    wanted = said("wanted: {wanted}", wanted=kind.wanted)
    return {"pattern": pattern, "patternErrorMessage": tell(wanted, lang)}


def _whole(pattern: str) -> str:
    return f"^({pattern})$" if "|" in re.sub(r"\([^()]*\)", "", pattern) else f"^{pattern}$"


def _typed(kind: Type, value: Value) -> Any:
    """Return an example as a parser gives it: a number where a number is meant."""
    if isinstance(kind, Many) and not isinstance(value, (str, Mapping)):
        return [_typed(kind.of, one) for one in value]
    if isinstance(kind, (Integer, Flag, Degrees)):
        return kind.read(node(value), "", Desk("", "UTC"))
    if isinstance(kind, Amount):
        return json.loads(str(value))
    return value
