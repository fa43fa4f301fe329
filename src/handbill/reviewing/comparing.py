"""Two snapshots → the published files that differ, each told as a page or as a file.  Knows bytes and keys; asks nobody."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, field

from handbill.checking.addresses import address_of
from handbill.reviewing.record import FileChange, How, PageChange
from handbill.reviewing.snapshot import Made, Snapshot
from handbill.reviewing.words import main_words, runs, visible_words

#: A page that only leads from an old address to the present one.
MOVED = "moved.html"

_HEAD = re.compile(r"<head\b.*?</head>", re.DOTALL)
_TAGS = re.compile(r"<[a-zA-Z][^<>]*>")
_SOURCE = re.compile(r"\b(?:src|srcset|poster)=\"([^\"]*)\"")
_LINK = re.compile(r"\bhref=\"([^\"]*)\"")
_STYLE = re.compile(r"\b(?:class|style)=\"([^\"]*)\"")


@dataclass(frozen=True, slots=True)
class Bytes:
    """The files that differ, by their path, of both states; one that is not there is in one of them only."""

    before: Mapping[str, Made] = field(default_factory=dict)
    after: Mapping[str, Made] = field(default_factory=dict)


def unlike(before: Snapshot, after: Snapshot) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Return the paths that must be made to know what differs: of the first state, and of the second."""
    olds, news = before.keys, after.keys
    return (
        tuple(path for path, one in olds.items() if path not in news or news[path].key != one.key),
        tuple(path for path, one in news.items() if path not in olds or olds[path].key != one.key),
    )


def differing(before: Mapping[str, Made], after: Mapping[str, Made]) -> Bytes:
    """Return only those files whose bytes are not the same."""
    same = {path for path, one in before.items() if path in after and after[path].content == one.content}
    return Bytes(
        {path: one for path, one in before.items() if path not in same}, {path: one for path, one in after.items() if path not in same}
    )


def pages_and_files(
    bytes_: Bytes, before: Snapshot, after: Snapshot, touched: Collection[str], since: str = ""
) -> tuple[list[PageChange], list[FileChange]]:
    """Return what differs, in order of the addresses; *touched* are the sources that the proposal changes.

    A page that moved with its item is one change, and names where it was.
    """
    moved = _moved(bytes_, before, after)
    teller = _Teller(before, after, touched, since, (before.kinds(), after.kinds()))
    pages: list[PageChange] = []
    files: list[FileChange] = []
    for path in sorted({*bytes_.before, *bytes_.after}):
        old, new = bytes_.before.get(path), bytes_.after.get(path)
        if new is None and path in moved.values():
            # It is told where it went.
            continue
        if not is_page(new or old):
            files.append(FileChange(path, _how(old, new), len(old.content) if old else 0, len(new.content) if new else 0, since))
        elif path in moved:
            pages.append(teller.page(path, bytes_.before[moved[path]], new, address_of(moved[path])))
        else:
            pages.append(teller.page(path, old, new))
    return pages, files


def is_page(one: Made | None) -> bool:
    """Say whether a published file is a page that members open; a letter as it was mailed is none."""
    return one is not None and (bool(one.template) or (one.path.endswith(".html") and one.path.startswith("handbook/")))


def _how(old: object, new: object) -> How:
    return "added" if old is None else "removed" if new is None else "changed"


def _moved(bytes_: Bytes, before: Snapshot, after: Snapshot) -> dict[str, str]:
    """Return the former path of each page of an item that lies elsewhere now."""
    found: dict[str, str] = {}
    for name, item in after.items.items():
        other = before.items.get(name)
        if other is None or other.address == item.address:
            continue
        path, former = (f"{one.address.strip('/')}/index.html".lstrip("/") for one in (item, other))
        if path in bytes_.after and path not in bytes_.before and former in bytes_.before:
            found[path] = former
    return found


@dataclass(frozen=True, slots=True)
class _Teller:
    """Tells pages of two states; ``kinds`` are those of the items of each by their address."""

    before: Snapshot
    after: Snapshot
    touched: Collection[str]
    since: str
    kinds: tuple[Mapping[str, str], Mapping[str, str]]

    def page(self, path: str, old: Made | None, new: Made | None, former: str = "") -> PageChange:
        one = new or old
        assert one is not None
        olds, news = (page.content.decode("utf-8", "replace") if page else "" for page in (old, new))
        if old and new:
            words, marks = runs(visible_words(olds), visible_words(news)), marks_of(olds, news)
        else:
            words, marks = runs(main_words(olds), main_words(news)), ()
        address = address_of(path)
        sheet = self.after.keys.get(path) or self.before.keys.get(path)
        sources = sheet.sources if sheet else ()
        return PageChange(
            address=address, how=_how(old, new), title=one.title or _title(news or olds), lang=one.lang,
            kind="moved" if one.template == MOVED else self.kinds[new is not None].get(address, ""),
            sources=sources, is_own=any(source in self.touched for source in sources), since=self.since, words=words, marks=marks,
            former=former, before=old.content if old else None, after=new.content if new else None,
        )  # fmt: skip


def marks_of(before: str, after: str) -> tuple[str, ...]:
    """Return what else differs between two pages than their words."""
    found = [
        name
        for name, pattern in (("picture", _SOURCE), ("link", _LINK), ("style", _STYLE))
        if list(_values(pattern, before)) != list(_values(pattern, after))
    ]
    heads = [_HEAD.search(page) for page in (before, after)]
    if [head and head[0] for head in heads] != [None, None] and (heads[0] and heads[0][0]) != (heads[1] and heads[1][0]):
        found.append("head")
    bodies = [_HEAD.sub("", page) for page in (before, after)]
    if not found and bodies[0] != bodies[1] and visible_words(before) == visible_words(after):
        found.append("markup")
    return tuple(found)


def _values(pattern: re.Pattern[str], page: str) -> Iterator[str]:
    for tag in _TAGS.finditer(_HEAD.sub("", page)):
        yield from pattern.findall(tag[0])


def _title(page: str) -> str:
    found = re.search(r"<title>([^<]*)</title>", page)
    return found[1].strip() if found else ""
