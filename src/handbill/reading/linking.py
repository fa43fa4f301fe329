"""The links in one text → addresses of the hub, each that leads nowhere put down as a problem."""

from __future__ import annotations

import html
import re
from collections.abc import Collection, Iterable, Mapping
from dataclasses import replace

from handbill.errors import Problem
from handbill.hub.hub import Media
from handbill.hub.item import LINK_CLOSE, LINK_OPEN, Body, Item
from handbill.reading.draft import Draft
from handbill.reading.links import Broken, Links
from handbill.reading.own import Own
from handbill.reading.places import Place, Written

#: Where links to what cannot be read lead; nothing is published while there is one.
BROKEN = "#"

_WHOLE = re.compile(r'(<a(?:\s+[a-z-]+="[^"]*")*?\s+href=")(https?://[^"]*)(?=")')


def linked(
    draft: Draft, links: Links, own: Own, raws: Mapping[str, bytes], media: Mapping[str, Media], problems: list[Problem]
) -> tuple[Body, dict[str, Place]]:
    """Return the body of a draft with its links resolved, and the places of those that are only known when all is planned.

    *raws* are the files by their source, *media* the pictures by their address.
    """
    written = Written(lambda: raws.get(draft.source, b""), draft.first_line)
    body = _with_whole_links(draft, links, own, written, problems) if own.is_hinted(draft.body.html) else draft.body
    pictures = {target for target, _ in draft.pictures}
    resolved: list[str] = []
    places: dict[str, Place] = {}
    for link in body.links:
        answer = links.resolve(link, draft.source, is_picture=link in pictures)
        if isinstance(answer, Broken):
            problems.append(_broken(draft, answer, written.place_of(link)))
            answer = BROKEN
        elif answer != BROKEN and not links.is_settled(answer):
            places.setdefault(answer.partition("#")[0], written.place_of(link))
        resolved.append(answer)
    return _with_sizes(body.leading_to(tuple(resolved)), draft, media), places


def with_waiting_links(
    items: Iterable[Item], hidden: Iterable[Item], drafts: Mapping[str, Draft], raws: Mapping[str, bytes], own: Own
) -> list[Item]:
    """Return the items without their links to something *hidden*, whose words stay, and with the place of each such link.

    An address says what will be announced, and leads nowhere until then.
    """
    waiting = {item.address for item in hidden}
    return [_with_waiting_links(item, waiting, drafts[item.source], raws, own) for item in items] if waiting else list(items)


def _with_waiting_links(item: Item, waiting: Collection[str], draft: Draft, raws: Mapping[str, bytes], own: Own) -> Item:
    found = [(link.partition("#")[0], number) for number, link in enumerate(item.body.links)]
    # Of two links to one text the first is told.
    wrong = {at: number for at, number in reversed(found) if at in waiting}
    if not wrong:
        return item
    written = Written(lambda: raws.get(item.source, b""), draft.first_line)
    links = written_links(draft, own)
    places = {**item.places, **{at: written.place_of(links[number]) for at, number in wrong.items()}}
    return replace(item, body=_unlinked(item.body, [number for at, number in found if at in waiting]), places=places)


def _unlinked(body: Body, numbers: Iterable[int]) -> Body:
    """Return the body with only the words of these links."""
    marks = f"{LINK_OPEN}(?:{'|'.join(map(str, numbers))}){LINK_CLOSE}"
    text = re.sub(f'<a(?: [a-z-]+="[^"]*")*? href="{marks}"[^>]*>(.*?)</a>', r"\1", body.html, flags=re.DOTALL)
    return replace(body, html=text, text=re.sub(f" ⟨{marks}⟩", "", body.text))


def written_links(draft: Draft, own: Own) -> tuple[str, ...]:
    """Return the links of a draft as they were written, in the order in which :func:`linked` resolves them."""
    if not own.is_hinted(draft.body.html):
        return draft.body.links
    whole = (html.unescape(match[2]) for match in _WHOLE.finditer(draft.body.html))
    return tuple(dict.fromkeys((*draft.body.links, *(one for one in whole if own.path_of(one) is not None))))


def _broken(draft: Draft, answer: Broken, place: Place) -> Problem:
    line, column, width = place
    return Problem(draft.source, line, column, "", answer.found, answer.wanted, answer.code, width=width)


def _with_whole_links(draft: Draft, links: Links, own: Own, written: Written, problems: list[Problem]) -> Body:
    """Return the body with the hub's own addresses, written whole, among its links.

    So they follow the hub to another address, work in the preview, and are
    looked at like any other link.
    """
    links_now = written_links(draft, own)
    numbers = {link: number for number, link in enumerate(links_now)}

    def marked(match: re.Match[str]) -> str:
        address = html.unescape(match[2])
        if address in numbers:
            return f"{match[1]}{LINK_OPEN}{numbers[address]}{LINK_CLOSE}"
        if lost := links.from_preview(address, draft.source):
            problems.append(_broken(draft, lost, written.place_of(address)))
        return match[0]

    text = _WHOLE.sub(marked, draft.body.html)
    return replace(draft.body, html=text, links=links_now)


def _with_sizes(body: Body, draft: Draft, media: Mapping[str, Media]) -> Body:
    """Return the body with width and height on every picture, so that no page jumps while it loads."""
    if not draft.pictures:
        return body

    def sized(match: re.Match[str]) -> str:
        one = media.get(body.links[int(match[1])])
        return f'{match[0]} width="{one.width}" height="{one.height}" loading="lazy"' if one else match[0]

    return replace(body, html=re.sub(f'<img src="{LINK_OPEN}(\\d+){LINK_CLOSE}"', sized, body.html))
