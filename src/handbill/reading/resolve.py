"""Drafts → items: identity and address of each first, then what needs the others: links, people, pictures."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import date, datetime, timedelta
from types import MappingProxyType
from typing import Any

from handbill.errors import Level, Problem, said
from handbill.hub.address import slug_of
from handbill.hub.facets import Picture, instant
from handbill.hub.hub import Media, Promise
from handbill.hub.item import Item
from handbill.kinds import KINDS
from handbill.reading.draft import Draft, teaser
from handbill.reading.history import Past
from handbill.reading.known import Known
from handbill.reading.linking import BROKEN, linked
from handbill.reading.links import Broken, Links, Target
from handbill.reading.originals import link_translations
from handbill.reading.own import Own
from handbill.reading.people import People
from handbill.reading.venues import Venues
from handbill.reading.within import says_nothing
from handbill.settings import Settings

_KINDS = {kind.name: kind for kind in KINDS}

#: A correction of the same day comes after what it corrects.
_SOON = timedelta(minutes=1)


def resolve(
    found: Mapping[str, Draft],
    broken: Mapping[str, Draft | None],
    media: Mapping[str, Media],
    past: Mapping[str, Past],
    raws: Mapping[str, bytes],
    settings: Settings,
    problems: list[Problem],
    promises: Iterable[Promise] = (),
    known: Known | None = None,
    settled: Mapping[str, Item] = MappingProxyType({}),
) -> list[Item]:
    """Return the items of all sound drafts, and put down every reference that leads nowhere.

    All mappings are by source path; *broken* are files that make no item, whose
    links are still looked at where they could be read.  *promises* tell the
    addresses that items had before.  *settled* are items that come out as they
    were *known* if what they see of the others does.
    """
    items, own_problems = _identities(found, broken, past, settings, settled)
    others = (source for source in items if source not in settled)
    if known and settled and not all(known.looks_the_same(source, items[source], found[source]) for source in others):
        settled = {}
        items, own_problems = _identities(found, broken, past, settings, settled)
    problems += own_problems
    if known and settled:
        problems += (one for one in known.told if one.path in settled)
    people, own = People(items.values(), settings.lang), Own(settings)
    links = _links(items, found, broken, media, own, settings, promises)
    by_address = {one.address: one for one in media.values()}
    for draft in broken.values():
        if draft is not None:
            linked(draft, links, own, raws, by_address, problems)
    plans = {source: _plan(found[source], links, by_address, problems) for source in items}
    venues = Venues(items.values(), plans, settings.lang)
    registered = {source: venues.of_place(item, found[source], problems) for source, item in items.items() if item.kind == "place"}
    finished = []
    for source, item in items.items():
        if source in settled:
            finished.append(item)
            continue
        draft = found[source]
        body, places = linked(draft, links, own, raws, by_address, problems)
        finished.append(
            replace(
                item,
                body=body,
                credits=people.credits(draft, past.get(source), problems),
                picture=_picture("picture", draft.values, draft, links, by_address, problems),
                place=registered[source] if source in registered else venues.of_event(item, draft, plans[source], registered, problems),
                facts=_led(item, draft, links, problems),
                places={**item.places, **places} if places else item.places,
            )
        )
    return finished


def _identities(
    found: Mapping[str, Draft],
    broken: Mapping[str, Draft | None],
    past: Mapping[str, Past],
    settings: Settings,
    settled: Mapping[str, Item],
) -> tuple[dict[str, Item], list[Problem]]:
    """Return who each item is and which it translates, and what is wrong with that; the *settled* are as they are."""
    problems: list[Problem] = []
    items = {source: settled.get(source) or _identity(draft, past.get(source), settings, problems) for source, draft in found.items()}
    link_translations(items, found, broken, problems)
    return items, problems


def _links(
    items: Mapping[str, Item],
    found: Mapping[str, Draft],
    broken: Iterable[str],
    media: Mapping[str, Media],
    own: Own,
    settings: Settings,
    promises: Iterable[Promise],
) -> Links:
    """Return all that links can lead to; someone who is not listed has no page."""
    texts = {
        source: Target(item.address, found[source].anchors) for source, item in items.items() if item.is_listed or item.kind != "person"
    }
    # A link to a file that has problems of its own is not broken: it will lead there once they are mended.
    unsound = {source: Target(BROKEN) for source in broken}
    by_id = {item.id: item.address for item in items.values()}
    moved = {one.address: by_id[one.id] for one in promises if one.id in by_id}
    moved |= {alias: item.address for item in items.values() for alias in item.aliases}
    return Links(
        texts | unsound,
        {source: Target(one.address) for source, one in media.items()} | unsound,
        own,
        moved,
        {source: item.title for source, item in items.items()},
        {kind.folder: f"/{settings.words[kind.plural]}/" for kind in KINDS if kind.plural in settings.words},
    )


def _identity(draft: Draft, past: Past | None, settings: Settings, problems: list[Problem]) -> Item:
    """Return the item without what needs other items."""
    values, kind = draft.values, _KINDS[draft.kind]
    lang = values["lang"] or draft.lang or settings.lang
    if lang not in settings.languages:
        wanted = said("one of the hub's languages: {languages}", languages=", ".join(settings.languages))
        problems.append(_at(draft, "lang", said("“{value}”", value=lang), wanted, "HB208"))
    slug = values["slug"] or slug_of(draft.name)
    if not slug:
        found = said("no letter to make an address of in “{name}”", name=draft.name)
        problems.append(Problem(draft.source, 0, 0, "slug", found, said("a field slug, or another name for the file"), "HB209"))
    base_id = f"{kind.name}:{slug_of(draft.name) or 'x'}"
    when = values["date"]
    if when is None and past is not None and kind.is_dated:
        when = past.created.astimezone(instant(date(2000, 1, 1), settings.zone).tzinfo)
    if when is None and kind.is_dated:
        wanted = said("a line such as “date: 2026-05-01”")
        problems.append(_at(draft, "date", said("no date, and none in version history"), wanted, "HB203"))
    published = instant(when, settings.zone) if when is not None else None
    prefix = "" if lang == settings.lang else f"/{lang}"
    word = settings.words.get(kind.plural, "")
    parts: dict[str, Any] = {"title": values["title"] or "", "is_listed": True, **draft.parts}
    introduced = parts.pop("summary", "")
    return Item(
        id=values["id"] or (base_id if lang == settings.lang else f"{base_id}.{lang}"),
        kind=kind.name,
        source=draft.source,
        slug=slug,
        lang=lang,
        address=f"{prefix}/{word}/{slug}/" if word else f"{prefix}/{slug}/",
        summary=values["summary"] or introduced or teaser(draft.body),
        body=draft.body,
        published=published,
        updated=_updated(draft, past, published, settings),
        tags=_tags(draft, problems),
        aliases=tuple(values["aliases"]),
        is_draft=values["draft"],
        original=values["translation_of"] or "",
        places=draft.places,
        **parts,
    )


def _updated(draft: Draft, past: Past | None, published: datetime | None, settings: Settings) -> datetime | None:
    """Return the last change that readers should know of.

    What was mailed never changes: of all that is done to its file, readers are
    told of corrections alone.
    """
    told = draft.values["updated"]
    updated = instant(told, settings.zone) if told else None
    corrections = getattr(draft.parts.get("facts"), "corrections", None)
    if corrections is not None:
        days = [max(instant(one.date, settings.zone), published + _SOON) for one in corrections] if published else []
        return max((*((updated,) if updated else ()), *days), default=None)
    if updated is None and past is not None and past.updated is not None and published and past.updated.date() > published.date():
        return past.updated.astimezone(published.tzinfo)
    return updated


def _tags(draft: Draft, problems: list[Problem]) -> tuple[str, ...]:
    """Return the tags, each of which must make an address."""
    for tag in draft.values["tags"]:
        if not slug_of(tag):
            found = said("“{tag}”, of which no address can be made", tag=tag)
            problems.append(_at(draft, "tags", found, said("a tag with letters a to z or digits"), "HB209"))
    return tuple(dict.fromkeys(tag for tag in draft.values["tags"] if slug_of(tag)))


def _picture(
    field: str, values: Mapping[str, Any], draft: Draft, links: Links, media: Mapping[str, Media], problems: list[Problem], below: str = ""
) -> Picture | None:
    """Return the picture that a field names, with its description; *below* is the field that both stand under, with its dot."""
    written = values.get(field)
    if not written:
        return None
    answer = links.resolve(written, draft.source, is_picture=True)
    if answer == BROKEN:
        return None
    if isinstance(answer, Broken) or answer not in media:
        wanted = answer.wanted if isinstance(answer, Broken) else said("a picture file of the hub")
        problems.append(_at(draft, below + field, said("“{path}”, which is no picture of the hub", path=written[:100]), wanted, "HB306"))
        return None
    alt, alt_field = values[f"{field}_alt"], f"{field}_alt"
    if alt is None:
        wanted = said('a line {field}: what it shows in a few words, or "" if it only decorates', field=alt_field)
        problems.append(_at(draft, below + field, said("a picture without {field}", field=alt_field), wanted, "HB307"))
        return None
    if says_nothing(alt, written):
        line, column, width = draft.places.get(below + alt_field, (1, 1, 0))
        told = said("the description “{words}”, which tells nobody what the picture shows", words=alt[:80])
        wanted = said("what it shows, in a few words")
        problems.append(Problem(draft.source, line, column, below + alt_field, told, wanted, "HB316", Level.WARNING, width))
    one = media[answer]
    return Picture(one.address, alt, one.width, one.height)


def _plan(draft: Draft, links: Links, media: Mapping[str, Media], problems: list[Problem]) -> Picture | None:
    """Return the plan that a place names, in a file of its own or below the venue of an event."""
    if "map" in draft.values:
        return _picture("map", draft.values, draft, links, media, problems)
    venue = draft.values.get("venue")
    return _picture("map", venue, draft, links, media, problems, "venue.") if venue else None


#: The fields that name another text of the hub, what of the facts is its address, and what should be written.
_LEADING = (
    ("recap", "recap", said("the path of a post, from this file")),
    ("code_of_conduct", "conduct", said("the path of a page, from this file")),
)


def _led(item: Item, draft: Draft, links: Links, problems: list[Problem]) -> Any:
    """Return the facts of an item, with addresses for the texts that they name."""
    facts = item.facts
    for field, name, wanted in _LEADING:
        written = draft.values.get(field)
        if not written:
            continue
        answer = links.resolve(written, item.source)
        if isinstance(answer, Broken):
            problems.append(_at(draft, field, answer.found, answer.wanted, answer.code))
            continue
        address = answer.partition("#")[0]
        if address != BROKEN and not links.is_text(address):
            problems.append(_at(draft, field, said("{path}, which is no text of the hub", path=written[:100]), wanted, "HB301"))
            continue
        facts = replace(facts, **{name: answer if name == "conduct" else address})
    return facts


def _at(draft: Draft, field: str, found: str, wanted: str, code: str) -> Problem:
    line, column, width = draft.places.get(field, (1, 1, 0))
    return Problem(draft.source, line, column, field, found, wanted, code, width=width)
