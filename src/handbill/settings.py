"""hub.toml → frozen settings; every key is a field of one record, and an unknown key is a problem."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from types import MappingProxyType
from typing import Any
from urllib.parse import urlsplit

from handbill.errors import ContentProblems, Level, Problem, WrongUse, said
from handbill.hub.clean import decode
from handbill.hub.fields import Desk, Field, Group, Lang, Listing, Node, Scalar, Table, place_of, read_table
from handbill.hub.toml import read_toml
from handbill.hub.typography import typeset
from handbill.layout import HUB
from handbill.plain import MOST_SETTINGS, NotPlain, TooLarge, odd_among_ours, read_plain, refused
from handbill.settings_duties import Accessibility, Legal, SignUp, duties_of, duty_fields
from handbill.settings_fields import (
    ADDRESSES,
    BUDGET,
    CALENDARS,
    COMMUNITY,
    FEEDS,
    LOOK,
    PICTURES,
    PROOFING,
    TEXTS,
)
from handbill.settings_letters import MAIL, Letter, Mail, letter_fields, letters_of
from handbill.settings_onward import DISCUSSION, Discussion, Repository, onward_of
from handbill.settings_sections import Section, section_fields, sections_of
from handbill.settings_sending import SENDING, Sending, sending_of
from handbill.settings_trusted import Trust, trusted_fields, trusted_of
from handbill.settings_words import check_words

#: Stands for an address that hub.toml does not give, while the content is looked at (RFC 2606).
NOWHERE = "https://hub.invalid/"


@dataclass(frozen=True, slots=True)
class Budget:
    """What one file may cost, and all of them together; and how many earlier sites are kept, of how many bytes."""

    file_bytes: int
    seconds: int
    picture_bytes: int
    page_bytes: int = 4096 * 1024
    memory_bytes: int = 2048 * 1024**2
    files: int = 200_000
    total_bytes: int = 8192 * 1024**2
    earlier: int = 20
    earlier_bytes: int = 1000 * 1024**2


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
    cards: bool
    logo: str
    mail: Mail
    letters: Mapping[str, Letter]
    words: Mapping[str, str]
    gone: tuple[str, ...]
    feed_entries: int
    feed_letters: int
    budget: Budget
    feed_hub: str = ""
    typography: bool = True
    search: bool = True
    public: tuple[str, ...] = ()
    avoid: tuple[tuple[str, str], ...] = ()
    picture_px: int = 2000
    jobs: int = 1
    has_handbook: bool = False
    repository: Repository = field(default_factory=Repository)
    discussion: Discussion = field(default_factory=Discussion)
    legal: Legal = field(default_factory=Legal)
    accessibility: Accessibility = field(default_factory=Accessibility)
    sign_up: SignUp = field(default_factory=SignUp)
    calendar_all: tuple[str, ...] = ("events",)
    calendar_letters: bool = False
    calendar_elsewhere: bool = True
    sending: Sending = field(default_factory=Sending)
    sections: Mapping[str, Section] = field(default_factory=lambda: MappingProxyType({}))
    trusted: Mapping[str, Trust] = field(default_factory=lambda: MappingProxyType({}))

    @property
    def origin(self) -> str:
        """Return the scheme and host of the hub, without a slash at the end."""
        parts = urlsplit(self.base_url)
        return f"{parts.scheme}://{parts.netloc}"

    @property
    def base(self) -> str:
        """Return the path under which the hub lies; it begins and ends with a slash."""
        return urlsplit(self.base_url).path or "/"

    @property
    def takes_addresses(self) -> bool:
        """Say whether members can give their mail address for a letter."""
        return bool(self.mail.subscribe_url or self.sign_up.action or any(one.is_offered for one in self.letters.values()))

    def local(self, address: str) -> str:
        """Return a hub address as pages link to it: ``/posts/x/`` → ``/base/posts/x/``."""
        return self.base + address.lstrip("/") if address.startswith("/") else address

    def absolute(self, address: str) -> str:
        """Return a hub address with scheme and host, as feeds and letters need it."""
        return self.base_url + address.lstrip("/") if address.startswith("/") else address

    def home(self, lang: str) -> str:
        """Return the address of a language's home page: ``/`` or ``/en/``."""
        return "/" if lang == self.lang else f"/{lang}/"

    def letter(self, key: str) -> Letter:
        """Return one of the hub's letters; one that hub.toml does not name is the hub's own."""
        return self.letters.get(key) or Letter(self.name, "")

    def text(self, key: str, lang: str) -> str:
        """Return the tagline or description in that language, or in the hub's own."""
        return self.texts.get(lang, {}).get(key) or getattr(self, key)


def read_settings(root: Path, base_url: str | None = None) -> Settings:
    """Return the settings of the hub in *root*.

    Raises:
        WrongUse: there is no hub.toml.
        ContentProblems: hub.toml has unknown, missing or unreadable keys; all are named.
    """
    settings, problems = settings_or_problems(root, base_url)
    if settings is None or any(problem.level is Level.ERROR for problem in problems):
        raise ContentProblems(problems)
    return settings


def settings_or_problems(root: Path, base_url: str | None = None) -> tuple[Settings | None, tuple[Problem, ...]]:
    """Return the settings as far as they can be read, and every problem of hub.toml.

    A value that is wrong or missing is replaced by its default, so that the
    content can be looked at in the same run; nothing may be published while
    there is an error among the problems.  ``None``: hub.toml is no TOML at all.

    Raises:
        WrongUse: there is no hub.toml.
    """
    if problems := odd_among_ours(root):
        return None, tuple(problems)
    try:
        raw = read_plain(root / HUB, MOST_SETTINGS)
    except FileNotFoundError:
        raise WrongUse(said("no {name} in {folder}: this folder is not a hub", name=HUB, folder=root)) from None
    except TooLarge as odd:
        return None, (Problem(HUB, 0, 0, "", odd.found, said("settings alone: texts have files of their own"), "HB106"),)
    except NotPlain as odd:
        return None, (refused(HUB, odd.found),)
    desk = Desk(HUB, "UTC", sign=" = ")
    text = decode(raw, desk)
    table, is_whole = read_toml(text, desk) if text is not None else (None, False)
    if table is None:
        return None, tuple(desk.problems)
    settings = _settings(root, table, desk, base_url)
    if not is_whole:
        # What seems to be missing may stand on a line that could not be read, and that line is named already.
        desk.problems = [problem for problem in desk.problems if problem.code != "HB203"]
    return settings, tuple(desk.problems)


def written_at(root: Path, *names: str) -> Node:
    """Return what hub.toml has under these keys, or the nearest place around it, for a problem that is found later."""
    desk = Desk(HUB, "UTC")
    text = decode(read_plain(root / HUB, MOST_SETTINGS), desk)
    table, _ = read_toml(text, desk) if text is not None else (None, False)
    return place_of(table or Table((), 0, 0), *names)


def _settings(root: Path, table: Table, desk: Desk, base_url: str | None) -> Settings:
    read = _tables(table, desk)
    hub, words = read["hub"], read["addresses"]
    check_words(table, words, desk)
    words_only = {key: word for key, word in words.items() if key != "gone"}
    url = base_url or hub["base_url"] or NOWHERE
    lang = hub["lang"]

    def shown(text: str, lang: str = lang) -> str:
        return typeset(text, lang) if hub["typography"] else text

    sections = sections_of(read["sections"], table, desk, lang, shown)
    return Settings(
        root=root,
        name=shown(hub["name"] or ""),
        tagline=shown(hub["tagline"]),
        description=shown(hub["description"] or hub["tagline"]),
        base_url=url if url.endswith("/") else url + "/",
        lang=lang,
        languages=tuple(dict.fromkeys((lang, *hub["languages"]))),
        zone=hub["timezone"],
        dialect=hub["dialect"],
        since=hub["since"],
        texts=MappingProxyType(
            {one: {key: shown(text, one) for key, text in hub[one].items()} for one in hub["languages"] if hub.get(one)}
        ),
        accent=read["look"]["accent"],
        accent_dark=read["look"]["accent_dark"],
        cards=read["look"]["cards"],
        logo=read["look"]["logo"],
        search=read["look"]["search"],
        mail=Mail(**read["mail"]),
        letters=letters_of(read["letters"], lang, shown),
        words=MappingProxyType(words_only),
        gone=tuple(words["gone"]),
        feed_entries=read["feeds"]["entries"],
        feed_letters=read["feeds"]["letters"],
        feed_hub=read["feeds"]["hub"],
        budget=_budget(read["budget"]),
        typography=hub["typography"],
        public=tuple(read["proofing"]["public"]),
        avoid=tuple((one["term"], one["instead"]) for one in read["proofing"]["avoid"] if one.get("term")),
        picture_px=read["pictures"]["longest_px"],
        calendar_all=tuple(read["calendars"]["all"]),
        calendar_letters=read["calendars"]["letters"],
        calendar_elsewhere=read["calendars"]["elsewhere"],
        has_handbook=(root / "mkdocs.yml").is_file(),
        **duties_of(read, lang, shown),
        sending=sending_of(read, table, desk),
        **onward_of(read, table, desk),
        sections=sections,
        trusted=trusted_of(read["trusted"], table, sections, desk),
    )


def _budget(read: Mapping[str, int]) -> Budget:
    return Budget(
        file_bytes=read["file_kb"] * 1024, page_bytes=read["page_kb"] * 1024, picture_bytes=read["picture_kb"] * 1024,
        seconds=read["seconds"], memory_bytes=read["memory_mb"] * 1024**2, files=read["files"], total_bytes=read["total_mb"] * 1024**2,
        earlier=read["earlier"], earlier_bytes=read["earlier_mb"] * 1024**2,
    )  # fmt: skip


def _tables(table: Table, desk: Desk) -> dict[str, dict[str, Any]]:
    """Return the typed values of every table of hub.toml; a table that is not there has its defaults."""

    def in_languages(own: tuple[Field, ...]) -> tuple[Field, ...]:
        return tuple(Field(lang, Group(own), "texts in that language", default={}) for lang in _languages(table))

    fields = {
        "hub": COMMUNITY + in_languages(TEXTS),
        "look": LOOK,
        "mail": MAIL,
        "letters": letter_fields(table, desk, in_languages),
        "sending": SENDING,
        **duty_fields(in_languages),
        "addresses": ADDRESSES,
        "discussion": DISCUSSION,
        "feeds": FEEDS,
        "calendars": CALENDARS,
        "proofing": PROOFING,
        "pictures": PICTURES,
        "budget": BUDGET,
        "sections": section_fields(table, desk, in_languages),
        "trusted": trusted_fields(table, desk),
    }
    top = tuple(Field(name, Group(own), "", required=name == "hub") for name, own in fields.items())
    values = read_table(table, top, desk)
    nothing = Table((), 0, 0)
    # The desk thrown away here would only say again that the table is missing.
    return {name: values[name] or read_table(nothing, own, Desk(HUB, "UTC")) for name, own in fields.items()}


def _languages(table: Table) -> list[str]:
    listing = place_of(table, "hub", "languages")
    items = listing.items if isinstance(listing, Listing) else (listing,)
    return [one.text for one in items if isinstance(one, Scalar) and Lang().read(one, "", Desk(HUB, "UTC"))]


__all__ = ["Budget", "Letter", "Mail", "Settings", "read_settings", "settings_or_problems", "written_at"]
