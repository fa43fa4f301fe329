"""The set of output paths, before anything is made: no two alike, none reserved, no promise broken."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence

from handbill.checking.pointing import at
from handbill.errors import Problem, Said, said
from handbill.hub.hub import Hub, Promise
from handbill.hub.likeness import Names, fold, likeness
from handbill.outputs.planned import Planned
from handbill.settings import Settings

#: Names that hosts give a meaning of their own, and what the hub makes of everything else, which is not planned yet
#: when paths are checked.
RESERVED = frozenset({
    "cname", "_headers", "_redirects", "_worker.js", "_routes.json", "vercel.json", "netlify.toml", "staticwebapp.config.json",
    "web.config", ".htaccess", ".nojekyll", ".well-known", "sw.js", "service-worker.js",
    "sitemap.xml", "robots.txt", "build.json", "pagefind",
    "favicon.ico", "manifest.json", "manifest.webmanifest", "browserconfig.xml", "crossdomain.xml", "clientaccesspolicy.xml",
    "ads.txt", "app-ads.txt", "security.txt", "apple-app-site-association", "firebase.json", "wrangler.toml", "50x.html", "500.html",
})  # fmt: skip

#: What a server looks for in each folder: settings, whose faults close the folder, and pages that it shows in place of ours.
_IN_ANY_FOLDER = frozenset({"web.config", ".htaccess"})
_INDEXES = frozenset({"index.htm", "index.xhtml", "default.htm", "default.html"})

#: Windows takes these for devices, whatever ending follows.
_DEVICES = frozenset({"con", "prn", "aux", "nul", *(f"{name}{number}" for name in ("com", "lpt") for number in range(10))})

#: What an output puts into a reserved place; nothing that somebody wrote may stand there.
_OURS = frozenset({".well-known/security.txt"})

#: Folders of the hub's own files: a page among them would be taken for one of theirs, today or tomorrow.
OWN = frozenset({"theme", "media", "calendars"})

#: What is made of everything else, and so is in no plan.
_LATE = frozenset({"/sitemap.xml", "/robots.txt", "/build.json"})

#: So many lost addresses are told one by one.
MOST_LOST = 200

#: How much alike two bare names must be.
_ALIKE = 0.6


def address_of(path: str) -> str:
    """Return the public address that an output path answers."""
    return "/" + path.removesuffix("index.html") if path == "index.html" or path.endswith("/index.html") else "/" + path


def check_paths(planned: Sequence[Planned], hub: Hub | None = None) -> Iterator[Problem]:
    """Yield a problem for each path that two outputs or items claim, and for each reserved one.

    Two paths are alike when a file system that ignores case or Unicode form
    would take them for one, and when one is a folder and the other a file.
    *hub* tells where an address was written.
    """
    claims = _Claims(hub)
    taken: dict[str, Planned] = {}
    folders: dict[str, Planned] = {}
    folded = [_known_as(one.path.rstrip("/")) for one in planned]
    for one, path in zip(planned, folded, strict=True):
        first = path.partition("/")[0]
        is_reserved = (first in RESERVED or first[:1] == "_") and (one.sources or path not in _OURS)
        if is_reserved or (one.sources and _means_something(path)) or (first in OWN and one.sources and path.endswith("/index.html")):
            yield claims.problem(one, said("the address {address}, which is reserved", address=address_of(one.path)), "HB404")
        other = taken.setdefault(path, one)
        if other is not one:
            # A text can be changed, a page that every hub has cannot: the text is told.
            told, owner = (other, one) if _is_free(other) and not _is_free(one) else (one, other)
            if not claims.are_told(told, owner):
                found = said("the address {address}, which {owner} has already", address=address_of(one.path), owner=_named(owner))
                yield claims.problem(told, found, "HB403")
        if one.path.endswith("/"):
            folders[path] = one
    parents: dict[str, Planned] = {}
    for one, path in zip(planned, folded, strict=True):
        parent = path.rpartition("/")[0]
        # What lies above a folder that is known is known as well.
        while parent and parent not in parents:
            parents[parent] = one
            parent = parent.rpartition("/")[0]
    for path, one in taken.items():
        if not one.path.endswith("/") and path in parents:
            found = said("the address {address}, under which {owner} lies", address=address_of(one.path), owner=_named(parents[path]))
            yield claims.problem(one, found, "HB403")
    for one, path in zip(planned, folded, strict=True):
        for folder, owner in folders.items():
            if one is not owner and path.startswith(folder + "/"):
                found = said("the address {address}, inside the folder of {owner}", address=address_of(one.path), owner=_named(owner))
                yield claims.problem(one, found, "HB403")


def _known_as(path: str) -> str:
    """Return the form in which careless file systems compare paths, and servers what they show of a folder."""
    path = fold(path)
    if "./" in path or path[-1:] == ".":
        # Windows leaves out the stops at the end of a name.
        path = "/".join(part.rstrip(".") or part for part in path.split("/"))
    folder, slash, name = path.rpartition("/")
    return f"{folder}{slash}index.html" if name in _INDEXES else path


def _means_something(path: str) -> bool:
    """Say whether a name in a path is one that servers take for their settings, or Windows for a device."""
    return any(part in _IN_ANY_FOLDER or part.partition(".")[0] in _DEVICES for part in path.split("/"))


def _is_free(one: Planned) -> bool:
    """Say whether somebody chose the path, and may choose another."""
    return bool(one.sources) and one.sources[0] not in ("hub.toml", "mkdocs.yml")


def _named(one: Planned) -> str:
    return (
        one.sources[0]
        if one.sources and one.sources[0] != "hub.toml"
        else said("a page of every hub ({address})", address=address_of(one.path))
    )


class _Claims:
    """Where in a file an address was chosen: by an alias, by a slug, or by the name of the file."""

    def __init__(self, hub: Hub | None) -> None:
        self._items = {item.source: item for item in (*hub.items, *hub.hidden)} if hub else {}

    def are_told(self, one: Planned, other: Planned) -> bool:
        """Say whether two items have one name of file, and so one id: one cause, one message, and it is told of the id."""
        first, second = (self._items.get(planned.sources[0]) if planned.sources else None for planned in (one, other))
        if first is None or second is None or address_of(one.path) in first.aliases:
            return False
        return fold(first.id) == fold(second.id) and not {"id", "slug"} & {*first.places, *second.places}

    def problem(self, one: Planned, found: Said, code: str) -> Problem:
        item = self._items.get(one.sources[0]) if one.sources else None
        if item is None:
            return Problem(one.sources[0] if one.sources else "hub.toml", 0, 0, "slug", found, said("another slug or alias"), code)
        address = address_of(one.path)
        if address in item.aliases or address.rstrip("/") in item.aliases:
            return at(item, "aliases", found, said("another alias, or none"), code)
        other = f"{item.slug}-{item.published.year if item.published else item.kind}"
        return at(item, "slug", found, said("another slug, such as slug: {slug}", slug=other), code)


def check_promises(planned: Sequence[Planned], hub: Hub, settings: Settings) -> Iterator[Problem]:
    """Yield a problem for each address once published that nothing would answer any more.

    An item that only waits for its date breaks nothing: its address will
    answer again.
    """
    answered = {address_of(one.path) for one in planned}
    waiting = {item.id: item for item in hub.hidden}
    below = {item.address: item for item in hub.hidden}
    gone = set(settings.gone)
    lost = 0
    fresh: Mapping[str, list[str]] | None = None
    for promise in hub.promises:
        if promise.address in answered or promise.address in gone:
            continue
        # What lies below an item's page, such as its calendar file, waits with it.
        item = waiting.get(promise.id) or below.get(promise.address.rpartition("/")[0] + "/")
        if item is not None and not item.is_draft:
            continue
        if item is not None:
            found = said("a draft whose address {address} was published", address=promise.address)
            wanted = said("no line draft, or the address under gone in [addresses] of hub.toml")
            yield at(item, "draft", found, wanted, "HB402")
            continue
        lost += 1
        if lost > MOST_LOST:
            continue
        found = said("{address} ({id}), which nothing answers any more", address=promise.address[:300], id=promise.id[:300])
        wanted = said(
            "“aliases: [{address}]” in the file that takes its place, or the address under gone in [addresses] of hub.toml",
            address=promise.address[:300],
        )
        fresh = _fresh_by_kind(hub) if fresh is None else fresh
        if like := _renamed(promise, fresh):
            wanted = said("“id: {id}” in {file}, if that is it under a new name; or {other}", id=promise.id, file=like, other=wanted)
        yield Problem("addresses.lock", 0, 0, "", found, wanted, "HB402")
    if lost > MOST_LOST:
        found = said("{n} more addresses that nothing answers any more", n=lost - MOST_LOST)
        wanted = said("each of them answered, or named under gone in [addresses] of hub.toml")
        yield Problem("addresses.lock", 0, 0, "", found, wanted, "HB402")


def check_links(planned: Sequence[Planned], hub: Hub) -> Iterator[Problem]:
    """Yield a problem for each link to a page or file that hubs have besides their items, and this one has not.

    The reader left them open: which tags, years, feeds and calendars there are
    is known only now.
    """
    answered = {address_of(one.path) for one in planned} | _LATE
    folders = tuple("/" + one.path for one in planned if one.path.endswith("/"))
    waiting = {item.address for item in hub.hidden}
    beside = _Beside(answered)
    for item, is_shown in (*((one, True) for one in hub.items), *((one, False) for one in hub.hidden)):
        for address in item.places:
            if not address.startswith("/") or address in answered or address in waiting or address.startswith(folders):
                continue
            # What waits may bring its own tag, year and feed along on its day.
            if is_shown or not any(f"/{word}/" in address for word in ("feeds", "calendars", "tags", "archives")):
                found = said("a link to {path}, which is no address of the hub", path=address[:100])
                near = beside.near(address)
                wanted = said("{near}, perhaps", near=near) if near else said("an address of the hub, or a path to a file")
                yield at(item, address, found, wanted, "HB301", named="")


class _Beside:
    """The addresses that are answered, by their folder."""

    def __init__(self, answered: set[str]) -> None:
        self._answered, self._names = answered, dict[str, Names]()

    def near(self, address: str) -> str:
        """Return the address in the same folder that is named most like this one, "" where none is much alike."""
        folder, name = _parted(address)
        if folder not in self._names:
            self._names[folder] = Names(sorted(one.removeprefix(folder) for one in self._answered if one.startswith(folder)))
        near = self._names[folder].near(name)
        # The ends of files are alike in all feeds; only a name that is alike as well was meant.
        return folder + near if near and likeness(near.split(".")[0], name.split(".")[0]) >= _ALIKE else ""


def _parted(address: str) -> tuple[str, str]:
    folder, _, name = address.rstrip("/").rpartition("/")
    return folder + "/", name + "/" * address.endswith("/")


def _fresh_by_kind(hub: Hub) -> Mapping[str, list[str]]:
    """Return the files of items that were never published before, by their kind."""
    known = {one.id for one in hub.promises}
    fresh: dict[str, list[str]] = {}
    for item in hub.items:
        if item.id not in known:
            fresh.setdefault(item.kind, []).append(item.source)
    return fresh


def _renamed(promise: Promise, fresh: Mapping[str, list[str]]) -> str:
    """Return the file that may be the lost item under a new name: same kind, never published before."""
    found = fresh.get(promise.id.partition(":")[0], [])
    return found[0] if len(found) == 1 else ""


def promises_of(planned: Iterable[Planned]) -> Iterator[Promise]:
    """Yield what this build promises: each address that people or programs may keep."""
    for one in planned:
        if one.promise:
            yield Promise(address_of(one.path), one.promise)
