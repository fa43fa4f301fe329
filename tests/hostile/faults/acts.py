"""What is done while the machine fails, told in ``acts.toml``, and what must hold afterwards, whatever it was that failed."""

from __future__ import annotations

import os
import shutil
import subprocess
import tomllib
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

from tests.hostile.faults.injecting import Ended, Fault, reached, run

from handbill.engine import engine_theme

HERE = Path(__file__).parent

#: What the program keeps for itself; nobody reads it, and it may look as it likes.
PRIVATE = (".handbill", ".public.handbill")

#: The codes with which a command may end that the machine refused something to: a file that cannot be read is a fault of the content.
REFUSED = (1, 3)


@dataclass(frozen=True)
class Act:
    """One command, on a hub in one state."""

    name: str
    hub: str
    words: tuple[str, ...]
    before: tuple[tuple[str, ...], ...] = ()
    edit: dict[str, str] = field(default_factory=dict)
    ends: tuple[int, ...] = ()
    again: tuple[int, ...] = (0,)
    tells: tuple[str, ...] = ()


@dataclass
class Tally:
    """How often what was refused, and how the command ended."""

    hits: dict[str, int] = field(default_factory=dict)
    codes: dict[int, int] = field(default_factory=dict)
    readings: int = 0

    def note(self, fault: Fault, code: int) -> None:
        """Count one."""
        self.hits[fault.call] = self.hits.get(fault.call, 0) + 1
        self.codes[code] = self.codes.get(code, 0) + 1


class Broken(AssertionError):
    """Something did not hold."""


def acts() -> tuple[tuple[Act, ...], dict[str, tuple[str, ...]]]:
    """Return what is done, and which errors each call gets."""
    table = tomllib.loads((HERE / "acts.toml").read_text(encoding="utf-8"))
    found = []
    for one in table["act"]:
        edit = {path: text.lstrip("\n") for path, text in one.get("edit", {}).items()}
        before = tuple(map(tuple, one.get("before", ())))
        ends = tuple(one.get("ends", ()))
        found.append(
            Act(
                one["name"], one["hub"], tuple(one["words"]), before, edit, ends, tuple(one.get("again", (0,))), tuple(one.get("tells", ()))
            )
        )
    return tuple(found), {call: tuple(errors) for call, errors in table["calls"].items()}


class Stage:
    """A hub in the state in which an act begins, to be put back as often as it takes."""

    def __init__(self, act: Act, room: Path, make: Callable[[str, Path], None]) -> None:
        self.act, self.room = act, room
        self._scene, self._kept = room / "scene", room / "kept"
        self.hub = self._scene / "hub"
        self._scene.mkdir(parents=True)
        make(act.hub, self.hub)
        for words in act.before:
            ended = self._run(words)
            if ended.code != 0:
                raise Broken(f"{words}: {ended}")
        self._edit()
        subprocess.run(["cp", "-a", str(self._scene), str(self._kept)], check=True)
        self.old = self._state()
        ended = self._run(act.words, note=True)
        if ended.code != 0:
            raise Broken(f"{act.words}: {ended.code} {ended.said}")
        self.new = self._state()
        self.calls = reached(ended, (self._scene, engine_theme()))

    def suffer(self, fault: Fault, tally: Tally) -> None:
        """Do the act with that fault, then without, and look at what stands.

        Raises:
            Broken: something does not hold.
        """
        self._put_back()
        met: list[str] = []
        ended = self._run(self.act.words, fault, meanwhile=self._reader(tally, met))
        if not ended.hit:
            return
        tally.note(fault, ended.code)
        case = f"{self.act.name}: {fault} at {ended.hit[0][:300]}"
        state = self._state()
        wrong = [*met[:1], *self._wrong_end(ended, state), *self._wrong_state(state)]
        again = self._run(self.act.words)
        if again.code not in self.act.again:
            wrong.append(f"the next time it ended with {again.code}: {again.said[-500:]}")
        if (then := self._state()) != self.new:
            wrong.append(f"the next time it made something else: {_unlike(then, self.new)}")
        if wrong:
            raise Broken("\n   ".join([case, *wrong]))

    def _wrong_end(self, ended: Ended, state: dict[str, bytes]) -> Iterator[str]:
        if "Traceback" in ended.said or (ended.code != 0 and not ended.said.strip()):
            yield f"it said {ended.said[-1500:]!r}"
        if ended.code == 0 and state != self.new:
            yield f"it said that all is well, and made something else: {_unlike(state, self.new)}"
        if ended.code not in (0, *REFUSED, *self.act.ends):
            yield f"it ended with {ended.code}: {ended.said[-500:]}"

    def _wrong_state(self, state: dict[str, bytes]) -> Iterator[str]:
        public = _public(state)
        if public not in (_public(self.old), _public(self.new)):
            yield f"of the site, neither the old one nor the new one stands: {_unlike(public, _public(self.new))}"
        half = [path for path, raw in state.items() if not path.endswith("/") and raw not in (self.old.get(path), self.new.get(path))]
        if half:
            yield f"neither old nor new: {sorted(half)[:5]}"
        if lost := sorted(path for path in self.old.keys() & self.new.keys() if path not in state):
            yield f"lost: {lost[:5]}"

    def _reader(self, tally: Tally, met: list[str]) -> Callable[[], None]:
        """Return what reads the site as visitors do, and notes what is neither the old one nor the new one, or the old one after the new one."""
        paths = [path for path in _public(self.new) if path.endswith(("index.html", ".xml", ".json", ".ics"))][:8]
        if not _public(self.old):
            paths = []
        is_new = False

        def read() -> None:
            nonlocal is_new
            for path in paths:
                raw = (self.hub / path).read_bytes()
                tally.readings += 1
                if raw != self.new[path] and (is_new or raw != self.old.get(path)):
                    met.append(f"a reader met a mixture in {path}{' after a new page' if is_new else ''}")
                is_new = is_new or raw != self.old.get(path)

        return read

    def _run(
        self, words: tuple[str, ...], fault: Fault | None = None, *, note: bool = False, meanwhile: Callable[[], None] | None = None
    ) -> Ended:
        from handbill.cli import main

        typed = [word.format(hub=self.hub, room=self._scene) for word in ("--root", "{hub}", "--lang", "en", *words)]
        _, calls = acts()
        return run(lambda: main(typed), self.room, tuple(f"?{one}" for one in calls) if note else (), fault, meanwhile)

    def _edit(self) -> None:
        for path, text in self.act.edit.items():
            file = self.hub / path
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_text(text, encoding="utf-8")
            if not text:
                file.unlink()

    def _put_back(self) -> None:
        """Copy all as it stood: what is one file stays one, and lists go on naming their folders."""
        shutil.rmtree(self._scene)
        subprocess.run(["cp", "-a", str(self._kept), str(self._scene)], check=True)
        for name in ("public", ".public.handbill/spare"):
            was, now = self._kept / "hub" / name, self.hub / name
            if was.is_dir():
                list_ = self.hub / f".public.handbill/manifest-{was.stat().st_ino}"
                if list_.exists():
                    list_.rename(list_.with_name(f"manifest-{now.stat().st_ino}"))

    def _state(self) -> dict[str, bytes]:
        """Return every file of the scene but what is private, and the folders that hold nothing."""
        found: dict[str, bytes] = {}
        for place, folders, files in os.walk(self._scene):
            folder = Path(place)
            folders[:] = [one for one in folders if one not in PRIVATE]
            where = folder.relative_to(self._scene).as_posix()
            if not folders and not files:
                found[f"{where}/"] = b""
            for name in files:
                found[f"{where}/{name}"] = (folder / name).read_bytes()
        named = {path.removeprefix("hub/"): raw for path, raw in found.items()}
        return {path: raw for path, raw in named.items() if path not in self.act.tells}


def _public(state: dict[str, bytes]) -> dict[str, bytes]:
    return {path: raw for path, raw in state.items() if path.startswith("public/")}


def _unlike(one: dict[str, bytes], other: dict[str, bytes]) -> list[str]:
    return sorted(path for path in {*one, *other} if one.get(path) != other.get(path))[:8]
