"""The hub → the list of all subjects and the pages of each."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import partial
from itertools import groupby

from handbill.hub.item import Item
from handbill.outputs.cards import next_of, tag_address
from handbill.outputs.edition import Edition
from handbill.outputs.sheet import Sheet
from handbill.outputs.subscriptions import tags_of
from handbill.outputs.views import Group, TagsPage, To


def links(edition: Edition) -> Iterator[To]:
    """Yield the link to each subject that has something."""
    for slug in tags_of(edition.hub, edition.lang):
        if slug in edition.hub.tags and edition.hub.tagged(slug, edition.lang):
            yield To(edition.hub.tags[slug].name, edition.local(tag_address(slug, edition.lang, edition.settings)))


def subjects(edition: Edition) -> Iterator[Sheet]:
    """Yield the list of subjects, and the pages of each, also of one that nobody uses any more but that was promised."""
    yield Sheet(edition.at("tags"), partial(_all, edition), (), f"list:{edition.lang}:tags")
    word = edition.settings.words["tags"]
    for slug in tags_of(edition.hub, edition.lang):
        name = edition.hub.tags[slug].name if slug in edition.hub.tags else slug
        items = edition.hub.tagged(slug, edition.lang)
        has_calendar = any(item.occurrences for item in items)
        yield from edition.paged(
            "tag",
            name,
            tag_address(slug, edition.lang, edition.settings),
            items,
            f"{word}/{slug}",
            f"tag:{edition.lang}:{slug}",
            feed_title=f"{edition.settings.name} – {name}",
            ahead=partial(_ahead, edition, items),
            calendar=edition.local(f"{edition.home}calendars/{word}/{slug}.ics") if has_calendar else "",
        )


def _ahead(edition: Edition, items: Sequence[Item]) -> tuple[Group, ...]:
    """Return what one can still come to, the next one first, and what one can enter, the one that closes first on top."""
    hub = edition.hub
    open_ = [item for item in hub.open(edition.lang) if item in items]
    coming = [(when, item) for item in items if (when := next_of(item, hub.as_of)) and when.finishes > hub.as_of]
    coming.sort(key=lambda pair: (pair[0].begins, pair[1].id))
    groups = (Group(edition.say("Coming up"), edition.times(coming)), Group(edition.say("To enter"), edition.shown(open_)))
    return tuple(group for group in groups if group.cards)


def _all(edition: Edition) -> TagsPage:
    counted = tuple((link, len(edition.hub.tagged(_slug(link), edition.lang))) for link in links(edition))
    letters = groupby(counted, key=lambda pair: _slug(pair[0])[:1])
    return TagsPage(
        edition.head("tags.html", edition.say("Tags"), edition.at("tags"), edition.settings.words["tags"] + "/"),
        counted,
        tuple((letter, tuple(pairs)) for letter, pairs in letters),
    )


def _slug(link: To) -> str:
    return link.address.rstrip("/").rsplit("/", 1)[1]
