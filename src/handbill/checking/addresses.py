"""The set of output paths, before anything is made: no two alike, none reserved, no promise broken."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Iterator, Sequence

from handbill.errors import Problem
from handbill.hub.hub import Hub, Promise
from handbill.outputs.planned import Planned
from handbill.settings import Settings

#: Names that hosts give a meaning of their own; content must not take them.
#: The last line names what the hub makes of everything else, which is not planned yet when paths are checked.
RESERVED = frozenset({
    "cname", "_headers", "_redirects", ".htaccess", ".nojekyll", "sw.js", "service-worker.js", "web.config",
    "sitemap.xml", "robots.txt", "build.json", "pagefind",
})  # fmt: skip


def address_of(path: str) -> str:
    """Return the public address that an output path answers."""
    return "/" + path.removesuffix("index.html") if path == "index.html" or path.endswith("/index.html") else "/" + path


def check_paths(planned: Sequence[Planned]) -> Iterator[Problem]:
    """Yield a problem for each path that two outputs or items claim, and for each reserved one.

    Two paths are alike when a file system that ignores case or Unicode form
    would take them for one, and when one is a folder and the other a file.
    """
    taken: dict[str, Planned] = {}
    folders: dict[str, Planned] = {}
    for one in planned:
        path = fold(one.path.rstrip("/"))
        if path.split("/")[0] in RESERVED:
            yield _claim(one, f"the address {address_of(one.path)}, which is reserved", "another slug or alias", "HB404")
        other = taken.setdefault(path, one)
        if other is not one:
            # A file can be changed, a page that every hub has cannot: the file is told.
            told, owner = (one, other) if one.sources else (other, one)
            yield _claim(told, f"the address {address_of(one.path)}, which {_named(owner)} has already", "another slug or alias", "HB403")
        if one.path.endswith("/"):
            folders[path] = one
    parents: dict[str, Planned] = {}
    for one in planned:
        parts = fold(one.path.rstrip("/")).split("/")
        for depth in range(1, len(parts)):
            parents.setdefault("/".join(parts[:depth]), one)
    for path, one in taken.items():
        if not one.path.endswith("/") and path in parents:
            yield _claim(
                one, f"the address {address_of(one.path)}, under which {_named(parents[path])} lies", "another slug or alias", "HB403"
            )
    for one in planned:
        for folder, owner in folders.items():
            if one is not owner and fold(one.path).startswith(folder + "/"):
                yield _claim(
                    one, f"the address {address_of(one.path)}, inside the folder of {_named(owner)}", "another slug or alias", "HB403"
                )


def fold(path: str) -> str:
    """Return the form in which careless file systems compare paths."""
    return unicodedata.normalize("NFC", unicodedata.normalize("NFC", path).casefold())


def _named(one: Planned) -> str:
    return one.sources[0] if one.sources else f"a page that every hub has ({one.path})"


def _claim(one: Planned, found: str, wanted: str, code: str) -> Problem:
    return Problem(one.sources[0] if one.sources else "hub.toml", 0, 0, "slug", found, wanted, code)


def check_promises(planned: Sequence[Planned], hub: Hub, settings: Settings) -> Iterator[Problem]:
    """Yield a problem for each address once published that nothing would answer any more.

    An item that only waits for its date breaks nothing: its address will
    answer again.
    """
    answered = {address_of(one.path) for one in planned}
    waiting = {item.id: item for item in hub.hidden}
    below = {item.address: item for item in hub.hidden}
    gone = set(settings.gone)
    for promise in hub.promises:
        if promise.address in answered or promise.address in gone:
            continue
        # What lies below an item's page, such as its calendar file, waits with it.
        item = waiting.get(promise.id) or below.get(promise.address.rpartition("/")[0] + "/")
        if item is not None and not item.is_draft:
            continue
        if item is not None:
            yield Problem(
                item.source,
                0,
                0,
                "draft",
                f"a draft whose address {promise.address} was published",
                "the item back, or the address under gone in [addresses] of hub.toml",
                "HB402",
            )
            continue
        like = _renamed(promise, hub)
        hint = f"“id: {promise.id}” in {like}, if that is it under a new name; or " if like else ""
        yield Problem(
            "addresses.lock", 0, 0, "", f"{promise.address} ({promise.id}), which nothing answers any more",
            f"{hint}an alias on another item, or the address under gone in [addresses] of hub.toml", "HB402",
        )  # fmt: skip


def _renamed(promise: Promise, hub: Hub) -> str:
    """Return the file that may be the lost item under a new name: same kind, never published before."""
    kind = promise.id.partition(":")[0]
    known = {one.id for one in hub.promises}
    fresh = [item for item in hub.items if item.kind == kind and item.id not in known]
    return fresh[0].source if len(fresh) == 1 else ""


def promises_of(planned: Iterable[Planned]) -> Iterator[Promise]:
    """Yield what this build promises: each address that people or programs may keep."""
    for one in planned:
        if one.promise:
            yield Promise(address_of(one.path), one.promise)
