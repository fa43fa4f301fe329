"""The tables ``[subscribe]``, ``[legal]`` and ``[accessibility]`` as read → records of who answers for the hub, and how.

What the law of a country asks for is checked elsewhere (``checking/legal.py``).
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date
from types import MappingProxyType
from typing import Any
from urllib.parse import urlsplit

from handbill.hub.fields import Field, Text
from handbill.settings_duty_fields import ACCESSIBILITY, ACCESSIBILITY_TEXTS, LEGAL, LEGAL_TEXTS, SUBSCRIBE

#: Sets a text of a language as printers would.
Shown = Callable[[str, str], str]

#: A language → what is said in it instead.
Texts = Mapping[str, Mapping[str, Any]]


@dataclass(frozen=True, slots=True)
class Legal:
    """Who answers for the hub.  Everything is "" until somebody says it."""

    country: str = ""
    publisher: str = ""
    form: str = ""
    registration: str = ""
    address: str = ""
    phone: str = ""
    contact: str = ""
    director: str = ""
    editor: str = ""
    host: str = ""
    host_address: str = ""
    host_phone: str = ""
    anonymous: bool = False
    controller: str = ""
    rights: str = ""
    retention: str = ""
    mailing: str = ""
    mailing_country: str = ""
    security: str = ""
    texts: Texts = field(default_factory=lambda: MappingProxyType({}), hash=False)

    @property
    def is_started(self) -> bool:
        """Say whether somebody has begun to fill the table in, or has said that no law is to be checked."""
        return any(getattr(self, one.name) for one in LEGAL if one.name != "security")

    @property
    def reach(self) -> str:
        """Return where members ask for what is kept of them."""
        return self.rights or self.contact

    def is_french(self, lang: str) -> bool:
        """Say whether the law of France is meant, in a hub of that language."""
        return self.country == "FR" or (not self.country and lang.split("-")[0] == "fr")


@dataclass(frozen=True, slots=True)
class Accessibility:
    """What is declared of the accessibility of the site; ``is_declared`` is false where nobody has said a word."""

    standard: str = "RGAA 4.1"
    level: str = "unaudited"
    declared: date | None = None
    checked: date | None = None
    by: str = ""
    score: int | None = None
    pages: tuple[str, ...] = ()
    environment: tuple[str, ...] = ()
    tools: tuple[str, ...] = ()
    gaps: tuple[str, ...] = ()
    burden: tuple[str, ...] = ()
    exempt: tuple[str, ...] = ()
    contact: str = ""
    is_declared: bool = False
    texts: Texts = field(default_factory=lambda: MappingProxyType({}), hash=False)


@dataclass(frozen=True, slots=True)
class SignUp:
    """The form by which members subscribe without leaving the site's page; no ``action``: there is none."""

    action: str = ""
    field: str = "email"
    letters: str = ""
    hidden: tuple[tuple[str, str], ...] = ()
    confirms: bool = True

    @property
    def origin(self) -> str:
        """Return scheme and host that the form sends to, for the policy of the pages; "" without a form."""
        parts = urlsplit(self.action)
        return f"{parts.scheme}://{parts.netloc}" if self.action else ""


def duty_fields(in_languages: Callable[[tuple[Field, ...]], tuple[Field, ...]]) -> dict[str, tuple[Field, ...]]:
    """Return the keys of each table; *in_languages* makes a table below it for each language of the hub."""
    return {
        "subscribe": SUBSCRIBE,
        "legal": LEGAL + in_languages(LEGAL_TEXTS),
        "accessibility": ACCESSIBILITY + in_languages(ACCESSIBILITY_TEXTS),
    }


def duties_of(read: Mapping[str, Mapping[str, Any]], lang: str, shown: Shown) -> dict[str, Any]:
    """Return the records of the tables by their names in the settings; *lang* is the hub's language."""
    return {
        "legal": _legal(read["legal"], lang, shown),
        "accessibility": _accessibility(read["accessibility"], lang, shown),
        "sign_up": _sign_up(read["subscribe"]),
    }


def _legal(read: Mapping[str, Any], lang: str, shown: Shown) -> Legal:
    prose = {one.name for one in LEGAL if isinstance(one.type, Text) and "phone" not in one.name}
    own: dict[str, Any] = {one.name: shown(read[one.name], lang) if one.name in prose else read[one.name] for one in LEGAL}
    return Legal(**own, texts=_texts(read, LEGAL_TEXTS, shown))


def _accessibility(read: Mapping[str, Any], lang: str, shown: Shown) -> Accessibility:
    own = {one.name: read[one.name] for one in ACCESSIBILITY}
    is_declared = any(own[one.name] != one.default for one in ACCESSIBILITY)
    prose = {one.name for one in ACCESSIBILITY_TEXTS}
    told = {name: _set(value, lang, shown) if name in prose else value for name, value in own.items()}
    return Accessibility(**told, is_declared=is_declared, texts=_texts(read, ACCESSIBILITY_TEXTS, shown))


def _sign_up(read: Mapping[str, Any]) -> SignUp:
    hidden = tuple((one["name"], one["value"]) for one in read["hidden"] if one.get("name"))
    return SignUp(read["action"], read["field"], read["letters"], hidden, read["confirms"])


def in_language(record: Legal | Accessibility, name: str, lang: str) -> tuple[Any, bool]:
    """Return what a record says under a name, and whether that is in *lang* rather than in the hub's own language."""
    there = record.texts.get(lang, {}).get(name)
    return (there, True) if there else (getattr(record, name), False)


def _texts(read: Mapping[str, Any], keys: tuple[Field, ...], shown: Shown) -> Texts:
    """Return what the tables of languages below a table say."""
    languages = {name: value for name, value in read.items() if isinstance(value, Mapping)}
    return MappingProxyType({lang: {key.name: _set(one.get(key.name), lang, shown) for key in keys} for lang, one in languages.items()})


def _set(value: Any, lang: str, shown: Shown) -> Any:
    return tuple(shown(one, lang) for one in value) if isinstance(value, tuple) else shown(value, lang) if value else value
