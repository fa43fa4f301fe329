"""The hub → the list of all subjects and the pages of each."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial

from handbill.outputs.cards import tag_address
from handbill.outputs.edition import Edition
from handbill.outputs.sheet import Sheet
from handbill.outputs.subscriptions import tags_of
from handbill.outputs.views import TagsPage, To


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
        yield from edition.paged(
            "tag", name, tag_address(slug, edition.lang, edition.settings), edition.hub.tagged(slug, edition.lang),
            f"{word}/{slug}", f"tag:{edition.lang}:{slug}", feed_title=f"{edition.settings.name} – {name}",
        )  # fmt: skip


def _all(edition: Edition) -> TagsPage:
    counted = tuple((link, len(edition.hub.tagged(link.address.rstrip("/").rsplit("/", 1)[1], edition.lang))) for link in links(edition))
    return TagsPage(edition.head("tags.html", edition.say("Tags"), edition.at("tags"), edition.settings.words["tags"] + "/"), counted)
