"""Who is named on the site: two states → persons who come, go, or are told of in other words.

A name that is published for the first time is somebody who should have been asked.
"""

from __future__ import annotations

import html
import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from handbill.errors import Said, said
from handbill.hub.hub import Hub
from handbill.hub.item import Item
from handbill.options import Options
from handbill.reviewing.coming import seen_or_awaited
from handbill.reviewing.record import Detail, PersonChange
from handbill.settings import Settings

#: What is told of a person, by the name that it has in a review.
NAMES: Mapping[str, Said] = {
    "name": said("name"),
    "role": said("role"),
    "photo": said("photo"),
    "description of the photo": said("description of the photo"),
    "since": said("since"),
    "contact": said("contact"),
    "pages elsewhere": said("pages elsewhere"),
    "page": said("page"),
    "lists": said("lists"),
}
#: The words for what is told, where they are those of the program: the parts that people have in a text.
WORDS: Mapping[str, Said] = {
    "author": said("author"),
    "organiser": said("organiser"),
    "speaker": said("speaker"),
    "partner": said("partner"),
    "winner": said("winner"),
    "in none": said("in none"),
}

_REACHED = re.compile(r'href="((?:mailto|tel|xmpp|matrix):[^"]*)"')


@dataclass(frozen=True, slots=True)
class Named:
    """Somebody as a state names them: the file of their page ("" for only a name), the files that name them, and what is told."""

    name: str
    source: str
    where: tuple[str, ...]
    tells: Mapping[str, str]


def facts(hub: Hub, _settings: Settings, _options: Options, _scratch: Path) -> dict[str, Named]:
    """Return everybody who is named, by the word that stands for them in files, or by the name alone."""
    found: dict[str, Named] = {}
    items = seen_or_awaited(hub)
    digests = {one.address: one.digest for one in hub.media}
    for item in items:
        # Of the pages that a person has in several languages the hub's own language tells.
        if item.kind == "person" and (item.lang == hub.lang or item.slug not in found):
            found[item.slug] = Named(item.title, item.source, (), _tells(item, digests))
    where: dict[str, dict[str, None]] = {}
    names: dict[str, str] = {}
    roles: dict[str, dict[str, None]] = {}
    for item in items:
        for credit in item.credits:
            key = credit.person if credit.person in found else _key(credit.name)
            names.setdefault(key, credit.name)
            where.setdefault(key, {})[item.source] = None
            roles.setdefault(key, {})[credit.role] = None
        for winner in getattr(item.facts, "winners", ()):
            key = _key(winner.name)
            names.setdefault(key, winner.name)
            where.setdefault(key, {})[item.source] = None
            roles.setdefault(key, {})["winner"] = None
    for key, sources in where.items():
        one = found.get(key) or Named(names[key], "", (), {"role": ", ".join(roles[key])})
        found[key] = Named(one.name, one.source, tuple(sources), one.tells)
    return dict(sorted(found.items()))


def changes(before: Mapping[str, Named], after: Mapping[str, Named]) -> tuple[PersonChange, ...]:
    """Return who comes, goes, or is told of otherwise; who gets a page of their own under the same name has changed."""
    gone = {key: one for key, one in before.items() if key not in after}
    new = {key: one for key, one in after.items() if key not in before}
    told = [(before[key], one) for key, one in after.items() if key in before]
    former = {_key(one.name): key for key, one in gone.items()}
    for key, one in list(new.items()):
        if (once := former.pop(_key(one.name), None)) is not None:
            told.append((gone.pop(once), new.pop(key)))
    found = [PersonChange(one.name, "added", _sources(one), _details({}, one.tells)) for one in new.values()]
    found += [PersonChange(one.name, "removed", _sources(one)) for one in gone.values()]
    for old, one in told:
        if details := _details(_whole(old), _whole(one)):
            found.append(PersonChange(one.name, "changed", (one.source,) if one.source else one.where, details))
    return tuple(sorted(found, key=lambda one: (one.name, one.how, one.where)))


def _tells(item: Item, digests: Mapping[str, str]) -> dict[str, str]:
    """Return what a page tells of a person, each thing by its name in a review."""
    facts = item.facts
    picture = item.picture
    reached = [html.unescape(one).partition(":")[2] for one in _REACHED.findall(item.body.html)]
    told = {
        "role": ", ".join(facts.roles),
        # A photo that was replaced keeps its address; the beginning of its digest tells that it is another one.
        "photo": f"{picture.path} ({digests[picture.path][:8]})"
        if picture and picture.path in digests
        else picture.path
        if picture
        else "",
        "description of the photo": picture.alt if picture else "",
        "since": facts.joined.isoformat() if facts.joined else "",
        "contact": ", ".join(dict.fromkeys(reached)),
        "pages elsewhere": ", ".join(url for _, url in facts.links),
        "lists": "" if item.is_listed else "in none",
    }
    return {name: value for name, value in told.items() if value}


def _whole(one: Named) -> dict[str, str]:
    """Return what is compared of somebody: of only a name, nothing but that, because each text says the part they had in it."""
    return {"name": one.name, "page": one.source, **one.tells} if one.source else {"name": one.name}


def _details(before: Mapping[str, str], after: Mapping[str, str]) -> tuple[Detail, ...]:
    return tuple(Detail(name, before.get(name, ""), after.get(name, "")) for name in NAMES if before.get(name, "") != after.get(name, ""))


def _sources(one: Named) -> tuple[str, ...]:
    return tuple(dict.fromkeys(source for source in (one.source, *one.where) if source))


def _key(name: str) -> str:
    """Return a name so that capitals and spaces make nobody another person; no word of a file has a colon."""
    return "name: " + " ".join(name.casefold().split())
