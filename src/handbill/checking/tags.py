"""Tags that split a subject in two by a slip, and tags that make one subject of two."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping

from handbill.checking.pointing import at
from handbill.errors import Level, Problem, said
from handbill.hub.address import slug_of
from handbill.hub.hub import Hub
from handbill.hub.item import Item
from handbill.hub.likeness import is_slip
from handbill.settings import Settings

#: From how many items on a tag is taken for one that the community uses.
FREQUENT = 3

#: Signs that are said aloud, and that an address leaves out.
_MEANINGFUL = frozenset("+#&@%*=€$£°")

#: In shorter words, a different letter makes a different word too often; a letter too many or too few does not.
_SHORTEST, _SHORTEST_EXCHANGED, _SHORTEST_SINGULAR = 5, 7, 3


def check_tags(hub: Hub, settings: Settings) -> Iterator[Problem]:
    """Yield a warning for each tag used once that is a slip of a frequent one, and an error for two tags of one address.

    Capitals and accents make no other tag; each language has tags of its own.
    """
    items = sorted((*hub.items, *hub.hidden), key=lambda item: item.source)
    names: dict[str, str] = {}
    slugs: dict[str, str] = {}
    used: dict[str, dict[str, list[tuple[Item, str]]]] = defaultdict(lambda: defaultdict(list))
    for item in items:
        for name in item.tags:
            # The same few tags stand on most items.
            slug = slugs.get(name) or slugs.setdefault(name, slug_of(name))
            used[item.lang][slug].append((item, name))
            other = names.setdefault(slug, name)
            if other != name and _said(other) != _said(name):
                found = said(
                    "the tag “{tag}”, whose page {address} is that of “{other}” already",
                    tag=name,
                    address=f"/{settings.words['tags']}/{slug}/",
                    other=other,
                )
                yield at(item, "tags", found, said("“{other}” as well if it is the same subject, or another word", other=other), "HB403")
    for lang in sorted(used):
        yield from _slips(used[lang])


def _said(name: str) -> str:
    """Return a tag without what nobody hears: capitals, accents, spaces, hyphens; “C++” and “C” stay two."""
    plain = unicodedata.normalize("NFKD", name.casefold())
    return "".join(sign for sign in plain if sign.isalnum() or sign in _MEANINGFUL)


def _slips(used: Mapping[str, list[tuple[Item, str]]]) -> Iterator[Problem]:
    counts = Counter({slug: len(items) for slug, items in used.items()})
    frequent: dict[str, list[str]] = defaultdict(list)
    for slug in sorted(counts):
        if counts[slug] >= FREQUENT:
            for key in _keys(slug):
                frequent[key].append(slug)
    for slug in sorted(counts):
        if counts[slug] != 1:
            continue
        near = sorted(
            {other for key in _keys(slug) for other in frequent.get(key, ()) if _is_slip(slug, other)}, key=lambda one: (-counts[one], one)
        )
        if near:
            ((item, name),) = used[slug]
            meant = used[near[0]][0][1]
            found = said("the tag “{tag}”, which no other item has", tag=name)
            yield at(
                item,
                "tags",
                found,
                said("“{meant}”, as on {count} others, perhaps", meant=meant, count=counts[near[0]]),
                "HB313",
                Level.WARNING,
            )


def _keys(slug: str) -> set[str]:
    """Return what words that differ by one slip have in common: themselves without one of their letters."""
    return {slug, *(slug[:n] + slug[n + 1 :] for n in range(len(slug)))}


def _is_slip(one: str, frequent: str) -> bool:
    if one[0] != frequent[0] or re.sub(r"\D", "", one) != re.sub(r"\D", "", frequent):
        # People rarely slip on the first letter, and a number is another number.
        return False
    if one.replace("-", "") == frequent.replace("-", "") or _is_plural(one, frequent) or _is_plural(frequent, one):
        return True
    shortest = min(len(one), len(frequent))
    is_exchanged = len(one) == len(frequent) and Counter(one) != Counter(frequent)
    return shortest >= (_SHORTEST_EXCHANGED if is_exchanged else _SHORTEST) and is_slip(one, frequent)


def _is_plural(one: str, other: str) -> bool:
    return len(other) >= _SHORTEST_SINGULAR and one in (f"{other}s", f"{other}x")
