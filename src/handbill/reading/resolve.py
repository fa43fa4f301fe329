"""Drafts → items: identity and address of each first, then what needs the others: links, people, pictures."""

from __future__ import annotations

import difflib
import re
from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from typing import Any

from handbill.errors import Problem, said
from handbill.hub.address import slug_of
from handbill.hub.facets import Picture, instant
from handbill.hub.hub import Media
from handbill.hub.item import LINK_CLOSE, LINK_OPEN, Body, Credit, Item
from handbill.kinds import KINDS
from handbill.reading.draft import Draft, teaser
from handbill.reading.history import Past
from handbill.reading.links import Broken, Links, Target
from handbill.reading.places import place_in
from handbill.settings import Settings

#: Where links to what cannot be read lead; nothing is published while there is one.
BROKEN = "#"

_KINDS = {kind.name: kind for kind in KINDS}


def resolve(
    found: Mapping[str, Draft],
    broken: Mapping[str, Draft | None],
    media: Mapping[str, Media],
    past: Mapping[str, Past],
    raws: Mapping[str, bytes],
    settings: Settings,
    problems: list[Problem],
) -> list[Item]:
    """Return the items of all sound drafts, and put down every reference that leads nowhere.

    All mappings are by source path; *broken* are files that make no item, whose
    links are still looked at where they could be read.
    """
    items = {source: _identity(draft, past.get(source), settings, problems) for source, draft in found.items()}
    _link_translations(items, found, problems)
    people = {(item.slug, item.lang): item for item in items.values() if item.kind == "person"}
    names = {name: item.slug for item in items.values() if item.kind == "person" for name in (item.title, *item.facts.git)}
    targets = {
        source: Target(item.address, found[source].anchors) for source, item in items.items() if item.is_listed or item.kind != "person"
    }
    # A link to a file that has problems of its own is not broken: it will lead there once they are mended.
    unsound = {source: Target(BROKEN) for source in broken}
    links = Links(targets | unsound, {source: Target(one.address) for source, one in media.items()} | unsound)
    for draft in broken.values():
        if draft is not None:
            _resolve(draft, links, raws, problems)
    by_address = {one.address: one for one in media.values()}
    return [
        _finish(item, found[source], links, by_address, people, names, past.get(source), raws, settings, problems)
        for source, item in items.items()
    ]


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
    updated = instant(values["updated"], settings.zone) if values["updated"] else None
    if updated is None and past is not None and past.updated is not None and published and past.updated.date() > published.date():
        updated = past.updated.astimezone(published.tzinfo)
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
        updated=updated,
        tags=_tags(draft, problems),
        aliases=tuple(values["aliases"]),
        is_draft=values["draft"],
        original=values["translation_of"] or "",
        places=draft.places,
        **parts,
    )


def _tags(draft: Draft, problems: list[Problem]) -> tuple[str, ...]:
    """Return the tags, each of which must make an address."""
    for tag in draft.values["tags"]:
        if not slug_of(tag):
            found = said("“{tag}”, of which no address can be made", tag=tag)
            problems.append(_at(draft, "tags", found, said("a tag with letters a to z or digits"), "HB209"))
    return tuple(dict.fromkeys(tag for tag in draft.values["tags"] if slug_of(tag)))


def _link_translations(items: dict[str, Item], found: Mapping[str, Draft], problems: list[Problem]) -> None:
    by_id = {item.id: item for item in items.values()}
    by_name = {(item.kind, found[source].name): item for source, item in items.items() if found[source].lang is None}
    for source, item in items.items():
        draft = found[source]
        if item.original:
            if item.original not in by_id:
                found_id = said("“{id}”, which is the id of no item", id=item.original)
                near = difflib.get_close_matches(item.original, by_id, n=1)
                wanted = said("{near}, perhaps", near=near[0]) if near else said("the id of an item, such as post:spring-fair")
                problems.append(_at(draft, "translation_of", found_id, wanted, "HB304"))
        elif draft.lang is not None and (twin := by_name.get((item.kind, draft.name))) and twin is not item:
            items[source] = replace(item, original=twin.id)


def _finish(
    item: Item,
    draft: Draft,
    links: Links,
    media: Mapping[str, Media],  # by address
    people: Mapping[tuple[str, str], Item],
    names: Mapping[str, str],
    past: Past | None,
    raws: Mapping[str, bytes],
    settings: Settings,
    problems: list[Problem],
) -> Item:
    """Return the item with its links, people and picture resolved."""
    return replace(
        item,
        body=_with_sizes(replace(item.body, links=_resolve(draft, links, raws, problems)), draft, media),
        credits=_credits(draft, people, names, past, settings, problems),
        picture=_picture(item, draft, links, media, problems),
        facts=_recap(item, draft, links, problems),
    )


def _resolve(draft: Draft, links: Links, raws: Mapping[str, bytes], problems: list[Problem]) -> tuple[str, ...]:
    """Return the addresses that the links of a text lead to, each that leads nowhere put down as a problem."""
    pictures = {target for target, _ in draft.pictures}
    resolved = []
    for written in draft.body.links:
        answer = links.resolve(written, draft.source, is_picture=written in pictures)
        if isinstance(answer, Broken):
            line, column, width = place_in(raws[draft.source], written, draft.first_line)
            problems.append(Problem(draft.source, line, column, "", answer.found, answer.wanted, answer.code, width=width))
            answer = BROKEN
        resolved.append(answer)
    return tuple(resolved)


def _with_sizes(body: Body, draft: Draft, media: Mapping[str, Media]) -> Body:
    """Return the body with width and height on every picture, so that no page jumps while it loads."""
    if not draft.pictures:
        return body

    def sized(match: re.Match[str]) -> str:
        one = media.get(body.links[int(match[1])])
        return f'{match[0]} width="{one.width}" height="{one.height}" loading="lazy"' if one else match[0]

    html = re.sub(f'<img src="{LINK_OPEN}(\\d+){LINK_CLOSE}"', sized, body.html)
    return replace(body, html=html)


def _credits(
    draft: Draft,
    people: Mapping[tuple[str, str], Item],
    names: Mapping[str, str],
    past: Past | None,
    settings: Settings,
    problems: list[Problem],
) -> tuple[Credit, ...]:
    found: list[Credit] = []
    written = [("author", name) for name in draft.values["authors"]]
    for field, role in (("organisers", "organiser"), ("speakers", "speaker")):
        written += [(role, name) for name in draft.values.get(field, ())]
    if not written and past is not None and _KINDS[draft.kind].is_dated:
        # Only names that belong to a person of the hub: a commit may be made by a machine.
        written = [("author", names[name]) for name in past.authors if name in names]
    for role, name in written:
        person = people.get((name, settings.lang)) or next((p for (slug, _), p in people.items() if slug == name), None)
        if person:
            found.append(Credit(person.title, role, person.slug))
        elif name in names:
            slug = names[name]
            found.append(Credit(name, role, slug))
        elif name == slug_of(name):
            near = difflib.get_close_matches(name, {slug for slug, _ in people}, n=1)
            field = {"author": "authors", "organiser": "organisers", "speaker": "speakers"}[role]
            wanted = said("“{near}”, perhaps", near=near[0]) if near else said("the file name of a person, or a name with capital letters")
            problems.append(_at(draft, field, said("“{name}”, which is no person of content/people", name=name), wanted, "HB305"))
        else:
            found.append(Credit(name, role))
    return tuple(dict.fromkeys(found))


def _picture(item: Item, draft: Draft, links: Links, media: Mapping[str, Media], problems: list[Problem]) -> Picture | None:
    written = draft.values["picture"]
    if not written:
        return None
    answer = links.resolve(written, item.source, is_picture=True)
    if answer == BROKEN:
        return None
    if isinstance(answer, Broken) or answer not in media:
        wanted = answer.wanted if isinstance(answer, Broken) else said("a picture file of the hub")
        problems.append(_at(draft, "picture", said("“{path}”, which is no picture of the hub", path=written[:100]), wanted, "HB306"))
        return None
    alt = draft.values["picture_alt"]
    if alt is None:
        wanted = said('a line picture_alt: what it shows in a few words, or "" if it only decorates')
        problems.append(_at(draft, "picture", said("a picture without picture_alt"), wanted, "HB307"))
        return None
    one = media[answer]
    return Picture(one.address, alt, one.width, one.height)


def _recap(item: Item, draft: Draft, links: Links, problems: list[Problem]) -> Any:
    written = draft.values.get("recap")
    if not written:
        return item.facts
    answer = links.resolve(written, item.source)
    if isinstance(answer, Broken):
        problems.append(_at(draft, "recap", answer.found, answer.wanted, answer.code))
        return item.facts
    return replace(item.facts, recap=answer)


def _at(draft: Draft, field: str, found: str, wanted: str, code: str) -> Problem:
    line, column, width = draft.places.get(field, (1, 1, 0))
    return Problem(draft.source, line, column, field, found, wanted, code, width=width)
