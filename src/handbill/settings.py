"""hub.toml → frozen settings; every key is a field of one record, and an unknown key is a problem."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from types import MappingProxyType
from typing import Any
from urllib.parse import urlsplit

from handbill.errors import ContentProblems, Level, WrongUse
from handbill.hub.fields import Choice, Desk, Field, Flag, Group, Integer, Link, Listing, Many, Node, Scalar, Table, Text, Zone, read_table
from handbill.layout import HUB

COMMUNITY = (
    Field("name", Text(80), "the community's name", required=True),
    Field("tagline", Text(160), "one line under the name", default=""),
    Field("description", Text(300), "one or two sentences for search engines and feeds", default=""),
    Field("base_url", Link(), "the address at which the hub is published", required=True),
    Field("lang", Text(12), "the language of items that name none", default="fr"),
    Field("languages", Many(Text(12)), "the languages of the hub, the first one first", default=()),
    Field("timezone", Zone(), "the zone of dates and times that name none", default="Europe/Paris"),
    Field("dialect", Choice(("github", "python-markdown")), "the flavour of Markdown", default="github"),
    Field("since", Integer(1000, 9999), "the year the community began, for the footer", default=0),
    Field("typography", Flag(), "the spaces, quotation marks and apostrophes of French printers, in French texts", default=True),
)
TEXTS = (
    Field("tagline", Text(160), "the tagline in that language", default=""),
    Field("description", Text(300), "the description in that language", default=""),
)
_COLOUR = Text(9)
LOOK = (
    Field("accent", _COLOUR, "the one strong colour on light pages", default="#b5451f"),
    Field("accent_dark", _COLOUR, "its twin on dark pages", default="#f08a5d"),
)
MAIL = (
    Field("sender", Text(200), "who the letters come from: Name <address>", default=""),
    Field("reply_to", Text(200), "where answers go", default=""),
    Field("postal_address", Text(300), "the postal address at the foot of every letter", default=""),
    Field("unsubscribe", Text(300), "the unsubscribe address; {token} stands for the member's token", default=""),
    Field("subscribe_url", Text(300), "where members subscribe to the letters", default=""),
)
LETTER = (
    Field("name", Text(100), "the letter's name", required=True),
    Field("description", Text(300), "what subscribers get", default=""),
)
ADDRESSES = (
    Field("posts", Text(40), "the word for posts in addresses", default="posts"),
    Field("events", Text(40), "the word for events in addresses", default="events"),
    Field("contests", Text(40), "the word for contests in addresses", default="contests"),
    Field("newsletters", Text(40), "the word for letters in addresses", default="newsletters"),
    Field("people", Text(40), "the word for people in addresses", default="people"),
    Field("tags", Text(40), "the word for tags in addresses", default="tags"),
    Field("archives", Text(40), "the word for archives in addresses", default="archives"),
    Field("gone", Many(Text(300)), "addresses taken back on purpose; a page says so", default=()),
)
FEEDS = (
    Field("entries", Integer(1, 1000), "how many entries a feed holds", default=30),
    Field("letters", Integer(1, 1000), "how many letters the feed of letters holds", default=20),
)
PROOFING = (
    Field("public", Many(Text(200)), "mail addresses, telephone numbers and account names that may stand in texts", default=()),
    Field(
        "avoid",
        Many(
            Group(
                (
                    Field("term", Text(80), "the term", required=True, example="usager"),
                    Field("instead", Text(160), "what to write instead", default="", example="membre"),
                )
            )
        ),
        "terms that the community does not use; a warning tells where they stand",
        default=(),
    ),
)
PICTURES = (Field("longest_px", Integer(100, 10_000), "how long the longer side of a picture is after `fix images`", default=2000),)
BUDGET = (
    Field("file_kb", Integer(1, 100_000), "the largest text file, in kilobytes", default=1024),
    Field("seconds", Integer(1, 600), "the longest time one text may take to render", default=10),
    Field("picture_kb", Integer(1, 100_000), "the largest picture file, in kilobytes", default=4096),
)


@dataclass(frozen=True, slots=True)
class Mail:
    """What every letter carries.  Addresses here belong to the community, never to a person."""

    sender: str
    reply_to: str
    postal_address: str
    unsubscribe: str
    subscribe_url: str


@dataclass(frozen=True, slots=True)
class Letter:
    """A newsletter that members can subscribe to."""

    name: str
    description: str


@dataclass(frozen=True, slots=True)
class Budget:
    """What one file may cost."""

    file_bytes: int
    seconds: int
    picture_bytes: int


@dataclass(frozen=True, slots=True)
class Settings:
    """The whole of hub.toml, and where the hub lies.

    ``root`` is the folder of the repository.  ``base_url`` ends in ``/``;
    ``words`` maps the plural of a kind (and ``tags``, ``archives``) to its word
    in addresses.
    """

    root: Path
    name: str
    tagline: str
    description: str
    base_url: str
    lang: str
    languages: tuple[str, ...]
    zone: str
    dialect: str
    since: int
    texts: Mapping[str, Mapping[str, str]]
    accent: str
    accent_dark: str
    mail: Mail
    letters: Mapping[str, Letter]
    words: Mapping[str, str]
    gone: tuple[str, ...]
    feed_entries: int
    feed_letters: int
    budget: Budget
    typography: bool = True
    public: tuple[str, ...] = ()
    avoid: tuple[tuple[str, str], ...] = ()
    picture_px: int = 2000
    jobs: int = 1
    has_handbook: bool = False

    @property
    def origin(self) -> str:
        """Return the scheme and host of the hub, without a slash at the end."""
        parts = urlsplit(self.base_url)
        return f"{parts.scheme}://{parts.netloc}"

    @property
    def base(self) -> str:
        """Return the path under which the hub lies; it begins and ends with a slash."""
        return urlsplit(self.base_url).path or "/"

    def local(self, address: str) -> str:
        """Return a hub address as pages link to it: ``/posts/x/`` → ``/base/posts/x/``."""
        return self.base + address.lstrip("/") if address.startswith("/") else address

    def absolute(self, address: str) -> str:
        """Return a hub address with scheme and host, as feeds and letters need it."""
        return self.base_url + address.lstrip("/") if address.startswith("/") else address

    def home(self, lang: str) -> str:
        """Return the address of a language's home page: ``/`` or ``/en/``."""
        return "/" if lang == self.lang else f"/{lang}/"

    def text(self, key: str, lang: str) -> str:
        """Return the tagline or description in that language, or in the hub's own."""
        return self.texts.get(lang, {}).get(key) or getattr(self, key)


def read_settings(root: Path, base_url: str | None = None) -> Settings:
    """Return the settings of the hub in *root*.

    Raises:
        WrongUse: there is no hub.toml.
        ContentProblems: hub.toml has unknown, missing or unreadable keys; all are named.
    """
    file = root / HUB
    try:
        text = file.read_text(encoding="utf-8")
    except FileNotFoundError:
        raise WrongUse(f"no {HUB} in {root}: this folder is not a hub") from None
    desk = Desk(HUB, "UTC")
    values: dict[str, Any] = {}
    try:
        table = _nodes(tomllib.loads(text), text.splitlines())
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        place = re.search(r"line (\d+), column (\d+)", str(error))
        line, column = (int(place[1]), int(place[2])) if place else (1, 1)
        desk.refuse(Scalar("", True, line, column), "", str(error), "TOML", "HB101")
        raise ContentProblems(tuple(desk.problems)) from error
    languages = _languages(table)
    letters = [key.text for key, _ in getattr(_table(table, "letters"), "pairs", ())]
    top = (
        Field(
            "hub",
            Group(COMMUNITY + tuple(Field(lang, Group(TEXTS), "texts in that language", default={}) for lang in languages)),
            "the community",
            required=True,
        ),
        Field("look", Group(LOOK), "colours", default={}),
        Field("mail", Group(MAIL), "letters", default={}),
        Field("letters", Group(tuple(Field(name, Group(LETTER), "a letter", default={}) for name in letters)), "the letters", default={}),
        Field("addresses", Group(ADDRESSES), "words in addresses", default={}),
        Field("feeds", Group(FEEDS), "feeds", default={}),
        Field("proofing", Group(PROOFING), "how texts are proof-read", default={}),
        Field("pictures", Group(PICTURES), "how pictures are prepared", default={}),
        Field("budget", Group(BUDGET), "limits", default={}),
    )
    values = read_table(table, top, desk)
    settings = _settings(root, values, table, languages, desk, base_url)
    if any(problem.level is Level.ERROR for problem in desk.problems) or settings is None:
        raise ContentProblems(tuple(desk.problems))
    return settings


def _settings(root: Path, values: dict[str, Any], table: Table, languages: list[str], desk: Desk, base_url: str | None) -> Settings | None:
    if desk.has_errors:
        return None
    empty = Table((), 0, 0)
    hub = values["hub"]
    look, mail, words, feeds, proofing, pictures, budget = (
        values[name] or read_table(empty, fields, desk)
        for name, fields in (
            ("look", LOOK),
            ("mail", MAIL),
            ("addresses", ADDRESSES),
            ("feeds", FEEDS),
            ("proofing", PROOFING),
            ("pictures", PICTURES),
            ("budget", BUDGET),
        )
    )
    for name in ("accent", "accent_dark"):
        if not re.fullmatch(r"#[0-9a-fA-F]{6}", look[name]):
            desk.refuse(table, f"look.{name}", f"“{look[name]}”", "a colour such as #b5451f")
    for name, word in words.items():
        if name != "gone" and not re.fullmatch(r"[a-z0-9-]+", word):
            desk.refuse(table, f"addresses.{name}", f"“{word}”", "lower-case letters, digits and hyphens")
    words_only = {key: word for key, word in words.items() if key != "gone"}
    if len(set(words_only.values())) != len(words_only):
        desk.refuse(table, "addresses", "one word for two kinds", "a word of its own for each")
    url = base_url or hub["base_url"]
    return Settings(
        root=root,
        name=hub["name"],
        tagline=hub["tagline"],
        description=hub["description"] or hub["tagline"],
        base_url=url if url.endswith("/") else url + "/",
        lang=hub["lang"],
        languages=tuple(dict.fromkeys((hub["lang"], *hub["languages"]))),
        zone=hub["timezone"],
        dialect=hub["dialect"],
        since=hub["since"],
        texts=MappingProxyType({lang: hub[lang] for lang in languages if hub.get(lang)}),
        accent=look["accent"],
        accent_dark=look["accent_dark"],
        mail=Mail(**mail),
        letters=MappingProxyType({name: Letter(**one) for name, one in (values["letters"] or {}).items() if one}),
        words=MappingProxyType(words_only),
        gone=tuple(words["gone"]),
        feed_entries=feeds["entries"],
        feed_letters=feeds["letters"],
        budget=Budget(budget["file_kb"] * 1024, budget["seconds"], budget["picture_kb"] * 1024),
        typography=hub["typography"],
        public=tuple(proofing["public"]),
        avoid=tuple((one["term"], one["instead"]) for one in proofing["avoid"] if one.get("term")),
        picture_px=pictures["longest_px"],
        has_handbook=(root / "mkdocs.yml").is_file(),
    )


def _languages(table: Table) -> list[str]:
    hub = _table(table, "hub")
    for key, node in getattr(hub, "pairs", ()):
        if key.text == "languages" and isinstance(node, Listing):
            return [one.text for one in node.items if isinstance(one, Scalar) and re.fullmatch(r"[a-z]{2,3}(-[A-Za-z0-9]+)?", one.text)]
    return []


def _table(table: Table, name: str) -> Node | None:
    return next((node for key, node in table.pairs if key.text == name), None)


def _nodes(value: Mapping[str, Any], lines: list[str]) -> Table:
    """Return parsed TOML as nodes; tomllib keeps no places, so each key is looked up where it is written."""

    def place(key: str, after: int) -> tuple[int, int]:
        for number, line in enumerate(lines[after:], after + 1):
            if match := re.match(rf"\s*(\[+[\w.\"-]*?)?{re.escape(key)}\b", line):
                return number, match.end() - len(key) + 1
        return after or 1, 1

    def node(one: Any, line: int, column: int) -> Node:
        if isinstance(one, Mapping):
            pairs = []
            for key, inner in one.items():
                row, col = place(key, line - 1 if line else 0)
                pairs.append((Scalar(key, True, row, col), node(inner, row, col)))
            return Table(tuple(pairs), line, column)
        if isinstance(one, list):
            return Listing(tuple(node(inner, line, column) for inner in one), line, column)
        text = str(one).lower() if isinstance(one, bool) else str(one)
        return Scalar(text, False, line, column)

    result = node(value, 1, 1)
    assert isinstance(result, Table)
    return result


__all__ = ["Budget", "Letter", "Mail", "Settings", "read_settings"]
