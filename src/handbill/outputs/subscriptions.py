"""What members can subscribe to: each feed by name, language and choice of items, and what calendars share with feeds."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from handbill.hub.hub import Hub
from handbill.hub.item import Item
from handbill.outputs.news import alarms, latest
from handbill.settings import Settings
from handbill.settings_fields import FEED_NAMES

#: The forms of a feed: what people call it, and how its file ends.
FORMS = (("RSS", "rss.xml"), ("Atom", "atom.xml"), ("JSON Feed", "json"))

#: The headings under which kinds are listed and subscribed to, as catalogues know them.
HEADINGS = {
    "posts": "Posts",
    "events": "Events",
    "contests": "Contests",
    "newsletters": "Letters",
    "people": "People",
    "pages": "Pages",
    "places": "Places",
}

#: What our own pages and files are called below a list; years, tags, letters and places are.
_OWN_NAME = re.compile(r"[a-z0-9-]+(?:[./][a-z0-9-]+)*")

#: What gathers all languages, each text once; it stands beside the feeds of the hub's own language.
ALL_LANGUAGES = "all-languages"

#: Under which the archive of one letter among several is promised: ``letter:fr:agenda``.
LETTER = "letter"

#: The names of what leaves nothing out.
_OF_ALL = frozenset(FEED_NAMES)


@dataclass(frozen=True, slots=True)
class Subscription:
    """A choice of items that members can follow.

    ``name`` is the path of its files without ending, ``page`` the address of the
    page that shows the same, "" where there is none.
    """

    name: str
    title: str
    lang: str
    items: tuple[Item, ...]
    page: str = ""

    def address(self, folder: str, ending: str, settings: Settings) -> str:
        """Return the address of one form, such as ``/en/feeds/tags/wood.rss.xml``."""
        return f"{settings.home(self.lang)}{folder}/{self.name}.{ending}"

    def promise(self, folder: str, ending: str) -> str:
        """Return the id under which the address is promised."""
        return f"{folder}:{self.lang}:{self.name}.{ending}"


def promised(hub: Hub, kind: str, lang: str) -> set[str]:
    """Return the names once promised under ``kind:lang:name``, so that they keep answering.

    Anybody may give a text such an identity, and paths are made of the name: what no page of ours is called is passed over.
    """
    start = f"{kind}:{lang}:"
    names = {one.id.removeprefix(start) for one in hub.promises if one.id.startswith(start)}
    return {name for name in names if _OWN_NAME.fullmatch(name)}


def promised_years(hub: Hub, kind: str, lang: str) -> set[int]:
    """Return the years of which there once was a page under ``kind:lang:year``."""
    return {int(name) for name in promised(hub, kind, lang) if name.isdigit() and len(name) <= len("2026")}


def tags_of(hub: Hub, lang: str) -> tuple[str, ...]:
    """Return the slugs of the tags in use in a language, and of those once promised."""
    used = {slug for slug in hub.tags if hub.tagged(slug, lang)}
    return tuple(sorted(used | promised(hub, "tag", lang)))


def letters_apart(hub: Hub, settings: Settings, lang: str) -> tuple[str, ...]:
    """Return the words of the letters that have an archive and feeds of their own in a language, as hub.toml orders them.

    In a hub with one letter its archive is that of all.  In another language
    a letter is told of once it has a number there.
    """
    kept = promised(hub, LETTER, lang)
    if len(settings.letters) > 1:
        written = {getattr(item.facts, "letter", "") for item in hub.of_kind("issue", lang)}
        kept |= {key for key in settings.letters if lang == settings.lang or key in written}
    order = {key: number for number, key in enumerate(settings.letters)}
    return tuple(sorted(kept, key=lambda key: (order.get(key, len(order)), key)))


def of_letter(hub: Hub, key: str, lang: str) -> tuple[Item, ...]:
    """Return the numbers of a letter in a language, newest first."""
    return tuple(item for item in hub.of_kind("issue", lang) if getattr(item.facts, "letter", "") == key)


def archive_at(settings: Settings, key: str, lang: str) -> str:
    """Return the address of the archive of one letter among several."""
    return f"{settings.home(lang)}{settings.words['newsletters']}/{key}/"


def is_apart(item: Item, hub: Hub, settings: Settings) -> bool:
    """Say whether the letter of which an item is a number has an archive and feeds of its own, beside those of all letters."""
    return len(settings.letters) > 1 or f"{LETTER}:{item.lang}:{item.facts.letter}" in hub.promised


def archive_of(item: Item, hub: Hub, settings: Settings) -> str:
    """Return the address of the archive in which a number of a letter stands."""
    if is_apart(item, hub, settings):
        return archive_at(settings, item.facts.letter, item.lang)
    return f"{settings.home(item.lang)}{settings.words['newsletters']}/"


def feeds(hub: Hub, settings: Settings, lang: str, say: Callable[[str], str]) -> Iterator[Subscription]:
    """Yield the feeds of a language: all but letters, news by week and by month, all languages at once, each kind, letter and tag."""
    home, again = settings.home(lang), alarms(hub)
    letters = {kind.name for kind in hub.kinds.values() if kind.plural == "newsletters"}
    news = tuple(i for i in hub.dated(lang) if i.kind not in letters)
    yield Subscription("all", settings.name, lang, latest(news, again, settings.feed_entries), home)
    for name, title in (("weekly", say("News of the week")), ("monthly", say("News of the month"))):
        yield Subscription(name, f"{settings.name} – {title}", lang, news, f"{home}{settings.words['archives']}/")
    if len(settings.languages) > 1 or f"{ALL_LANGUAGES}.json" in promised(hub, "feeds", settings.lang):
        title = f"{settings.name} – {say('In all languages')}"
        items = tuple(i for i in hub.dated() if i.kind not in letters and i is hub.best(i))
        yield Subscription(ALL_LANGUAGES, title, settings.lang, latest(items, again, settings.feed_entries), settings.home(settings.lang))
    for kind in hub.kinds.values():
        if kind.is_dated:
            most = settings.feed_letters if kind.name in letters else settings.feed_entries
            title, word = f"{settings.name} – {say(HEADINGS[kind.plural])}", settings.words.get(kind.plural, kind.plural)
            yield Subscription(word, title, lang, latest(hub.of_kind(kind.name, lang), again, most), f"{home}{word}/")
        if kind.name in letters:
            yield from _letters(hub, settings, lang)
    for slug in tags_of(hub, lang):
        name = hub.tags[slug].name if slug in hub.tags else slug
        items = tuple(i for i in hub.tagged(slug, lang) if i.published and hub.kinds[i.kind].is_dated)
        address = f"{settings.words['tags']}/{slug}"
        yield Subscription(address, f"{settings.name} – {name}", lang, latest(items, again, settings.feed_entries), f"{home}{address}/")


def _letters(hub: Hub, settings: Settings, lang: str) -> Iterator[Subscription]:
    """Yield a feed for each letter, where there are several."""
    word = settings.words["newsletters"]
    for key in letters_apart(hub, settings, lang):
        items = of_letter(hub, key, lang)[: settings.feed_letters]
        title = f"{settings.name} – {settings.letter(key).says('name', lang)[0]}"
        yield Subscription(f"{word}/{key}", title, lang, items, archive_at(settings, key, lang))


def sort_of(one: Subscription, settings: Settings) -> str:
    """Return what a feed or calendar chooses by: all, kinds, tags or places."""
    first, _, rest = one.name.partition("/")
    if one.name in _OF_ALL:
        return "all"
    return {settings.words["tags"]: "tags", "places": "places"}.get(first, "kinds") if rest else "kinds"
