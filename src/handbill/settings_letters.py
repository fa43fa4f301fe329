"""The tables ``[mail]`` and ``[letters.*]`` of hub.toml: their keys, and records of the letters that members can get.

What one letter, or one letter in one language, says of itself comes before what the hub says for all.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from types import MappingProxyType
from typing import Any

from handbill.errors import said
from handbill.hub.fields import Desk, Field, Group, Leaving, Link, Slug, Table, Text, place_of

MAIL = (
    Field(
        "sender",
        Text(200),
        "who the letters come from: a name, then an address between < and >",
        default="",
        example="Atelier <lettre@atelier.example>",
    ),
    Field("reply_to", Text(200), "the address that answers go to; somebody should read it", default="", example="bonjour@atelier.example"),
    Field(
        "postal_address",
        Text(300),
        "the postal address at the foot of every letter, as many laws ask",
        default="",
        example="14 rue des Établis, 33800 Bordeaux",
    ),
    Field(
        "unsubscribe",
        Leaving(),
        "the unsubscribe address; {token} stands for the member's token",
        default="",
        example="https://lettre.example/stop/{token}",
    ),
    Field(
        "unsubscribe_mail",
        Text(200, use="key"),
        "the mail address that takes a member off as well, for mail programs that open no page; {token} stands for the member's token",
        default="",
        example="adieu@lettre.example",
    ),
    Field(
        "subscribe_url",
        Link(),
        "the page where members subscribe to the letters",
        default="",
        example="https://lettre.example/abonnement",
    ),
)

#: What one letter may have in place of what `[mail]` says for all.
OWN = ("sender", "reply_to", "unsubscribe", "unsubscribe_mail")

LETTER = (
    Field("name", Text(100), "the letter's name", required=True, example=said("The workshop letter")),
    Field("description", Text(300), "what subscribers get, and how often", default="", example=said("Once a month, dates and stories.")),
    Field(
        "subscribe_url",
        Link(),
        "the page where members subscribe to this letter, if it has one of its own",
        default="",
        example="https://lettre.example/jeunes",
    ),
    Field("list", Text(100, use="key"), "what the sending service calls the list of this letter", default="", example="3"),
    Field("choice", Text(200, use="key"), "what stands for this letter in the form of `[subscribe]`", default="", example="c8f7a0de"),
    *(replace(one, does=said("the same as in `[mail]`, for this letter alone")) for one in MAIL if one.name in OWN),
)

#: The same in another language of the hub, where nothing must be said.
LETTER_TEXTS = tuple(replace(one, required=False, default="") for one in LETTER)


@dataclass(frozen=True, slots=True)
class Mail:
    """What every letter carries.  Addresses here belong to the community, never to a person."""

    sender: str
    reply_to: str
    postal_address: str
    unsubscribe: str
    subscribe_url: str
    unsubscribe_mail: str = ""


@dataclass(frozen=True, slots=True)
class Letter:
    """A newsletter that members can subscribe to; what is "" here is as for all letters of the hub.

    ``texts`` is what it says in other languages instead.
    """

    name: str
    description: str
    subscribe_url: str = ""
    list: str = ""
    choice: str = ""
    sender: str = ""
    reply_to: str = ""
    unsubscribe: str = ""
    unsubscribe_mail: str = ""
    texts: Mapping[str, Mapping[str, str]] = field(default_factory=lambda: MappingProxyType({}), hash=False)

    @property
    def is_offered(self) -> bool:
        """Say whether it has a page of its own where members subscribe, in any language."""
        return bool(self.subscribe_url or any(one["subscribe_url"] for one in self.texts.values()))

    def says(self, name: str, lang: str) -> tuple[str, bool]:
        """Return what it says under a name, and whether that is in *lang* rather than in the hub's own language."""
        there = self.texts.get(lang, {}).get(name, "")
        return (there, True) if there else (getattr(self, name), False)

    def mail(self, common: Mail, lang: str) -> Mail:
        """Return what its mails in a language carry, where *common* is what all letters carry."""
        own = {name: self.says(name, lang)[0] for name in (*OWN, "subscribe_url")}
        return replace(common, **{name: value for name, value in own.items() if value})


def letter_fields(table: Table, desk: Desk, in_languages: Callable[[tuple[Field, ...]], tuple[Field, ...]]) -> tuple[Field, ...]:
    """Return a field for each letter of the table ``letters``; a name that cannot stand in an address is a problem."""
    node = place_of(table, "letters")
    keys = [key for key, _ in node.pairs] if isinstance(node, Table) and node is not table else []
    for key in keys:
        # An issue names its letter by this word, and it is part of addresses.
        Slug().read(key, "letters", desk)
    return tuple(Field(key.text, Group(LETTER + in_languages(LETTER_TEXTS)), "a letter") for key in keys)


def letters_of(read: Mapping[str, Any], lang: str, shown: Callable[[str, str], str]) -> Mapping[str, Letter]:
    """Return the letters by the word that stands for each; *lang* is the hub's language, *shown* sets a text as printers do."""
    return MappingProxyType({key: _letter(key, one, lang, shown) for key, one in read.items() if one})


def _letter(key: str, read: Mapping[str, Any], lang: str, shown: Callable[[str, str], str]) -> Letter:
    def told(one: Mapping[str, Any], lang: str) -> dict[str, str]:
        values = {key.name: one.get(key.name) or "" for key in LETTER}
        return values | {name: shown(values[name], lang) for name in ("name", "description")}

    own = told(read, lang)
    texts = {name: MappingProxyType(told(one, name)) for name, one in read.items() if isinstance(one, Mapping)}
    return Letter(**(own | {"name": own["name"] or key}), texts=MappingProxyType(texts))
