"""Which folders may hold more HTML than others, and which texts lie in one: two states → what is wider now, and for whom.

Nothing of it runs or asks anybody (``hub/allowed.py``).  Still it is told before
all else: it is the one setting by which a proposal widens what proposals may do.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path

from handbill.hub.allowed import Beyond, beyond_in
from handbill.hub.hub import Hub
from handbill.options import Options
from handbill.reviewing.record import TrustChange
from handbill.settings import Settings
from handbill.settings_trusted import pairs_of

#: By the name of a table: its folders, what it allows, who is asked; by "" and the path of a text: what it may hold beyond others.
Facts = Mapping[tuple[str, str], tuple[tuple[str, ...], tuple[str, ...], tuple[str, ...]]]


def facts(hub: Hub, settings: Settings, _options: Options, _scratch: Path) -> Facts:
    """Return every table of trust, and every text in a folder of one."""
    found = {(key, ""): (one.folders, _allowed(one.beyond), one.owners) for key, one in settings.trusted.items()}
    trusted = pairs_of(settings.trusted)
    for item in (*hub.items, *hub.hidden) if trusted else ():
        if allowed := _allowed(beyond_in(item.source, trusted)):
            found["", item.source] = ((), allowed, ())
    return dict(sorted(found.items()))


def changes(before: Facts, after: Facts) -> tuple[TrustChange, ...]:
    """Return what became of each table, and the texts that may hold more than they might before under the same path."""
    wider = {source: after["", source][1] for name, source in after if not name and _is_wider("", source, before, after)}
    return tuple(sorted(_changes(before, after, wider), key=lambda one: (one.name, one.how)))


def _changes(before: Facts, after: Facts, wider: Mapping[str, tuple[str, ...]]) -> Iterator[TrustChange]:
    for name, _ in (key for key in {**before, **after} if key[0]):
        was, now = before.get((name, "")), after.get((name, ""))
        if now is None:
            yield TrustChange(name, "removed", *before[name, ""])
            continue
        where = tuple(source for source in wider if any(source.startswith(f"{folder}/") for folder in now[0]))
        if was is None:
            yield TrustChange(name, "added", *now, is_wider=bool(now[0] and now[1]), where=where)
        elif was != now or where:
            is_wider = bool(set(now[1]) - set(was[1])) or any(not _lies_in(folder, was[0]) for folder in now[0])
            yield TrustChange(name, "changed", *now, is_wider=is_wider, where=where)


def _is_wider(name: str, source: str, before: Facts, after: Facts) -> bool:
    was = before.get((name, source))
    return bool(set(after[name, source][1]) - set(was[1] if was else ()))


def _lies_in(folder: str, folders: tuple[str, ...]) -> bool:
    return any(folder == one or folder.startswith(f"{one}/") for one in folders)


def _allowed(beyond: Beyond) -> tuple[str, ...]:
    """Return elements between angle brackets and classes after a dot, as people write them."""
    return (*(f"<{name}>" for name in beyond.elements), *(f".{name}" for name in beyond.classes))
