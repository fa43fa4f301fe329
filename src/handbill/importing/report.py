"""What an import did with every file: kept, changed or refused; as text, as JSON, as a page of the new hub."""

from __future__ import annotations

import json
from collections import Counter
from dataclasses import dataclass

STATES = ("kept", "changed", "refused")

#: How many files of one sort the text for the terminal names before it counts.
_MOST = 12


@dataclass(frozen=True, slots=True)
class Note:
    """Something that happened to a file.

    ``what`` is the same for all files to which it happened; ``detail`` belongs
    to this one.  ``line`` counts in the file as it was; 0 means the whole file.
    """

    what: str
    detail: str = ""
    line: int = 0

    def __str__(self) -> str:
        return f"line {self.line}: {self._said}" if self.line else self._said

    @property
    def _said(self) -> str:
        return f"{self.what}: {self.detail}" if self.detail else self.what


@dataclass(frozen=True, slots=True)
class Entry:
    """One file of the source, and what became of it.

    *kept*: its text, or the whole picture, is the same byte for byte.
    *changed*: something in the text had to be written otherwise; ``changes`` say what.
    *refused*: it is no part of the hub; ``changes`` say why.
    ``target`` is its path in the hub, "" where it was left behind.
    ``notes`` tell what happened to headers, and what is good to know.
    """

    source: str
    state: str
    target: str = ""
    changes: tuple[Note, ...] = ()
    notes: tuple[Note, ...] = ()


@dataclass(frozen=True, slots=True)
class Report:
    """The whole of an import.  ``read`` was counted where files were found, not where they were dealt with.

    Raises:
        AssertionError: a file is missing or told twice; then the import itself is wrong, and must not be believed.
    """

    read: int
    entries: tuple[Entry, ...]
    notes: tuple[Note, ...] = ()
    start: str = ""

    def __post_init__(self) -> None:
        names = [one.source for one in self.entries]
        if len(set(names)) != len(names) or self.read != len(names):
            raise AssertionError(f"{self.read} files were read and {len(set(names))} are accounted for")
        for one in self.entries:
            if one.state not in STATES or (one.state == "kept") == bool(one.changes) or (one.state == "kept" and not one.target):
                raise AssertionError(f"{one.source} is {one.state} and nothing says how")

    def of(self, state: str) -> tuple[Entry, ...]:
        """Return the files of one state, in order of their paths."""
        return tuple(sorted((one for one in self.entries if one.state == state), key=lambda one: one.source))

    @property
    def kept(self) -> tuple[Entry, ...]:
        """Return the files whose text or picture is the same byte for byte."""
        return self.of("kept")

    @property
    def changed(self) -> tuple[Entry, ...]:
        """Return the files in whose text something is written otherwise."""
        return self.of("changed")

    @property
    def refused(self) -> tuple[Entry, ...]:
        """Return the files that are no part of the hub."""
        return self.of("refused")

    @property
    def summary(self) -> str:
        """Return the whole in one line."""
        return f"{self.read} files read: {len(self.kept)} kept, {len(self.changed)} changed, {len(self.refused)} refused"

    def text(self) -> str:
        """Return what a terminal shows: every refused file, and the rest in numbers where there is much of it."""
        lines = [self.summary + "."]
        for state in ("refused", "changed"):
            entries = self.of(state)
            if entries:
                lines += ["", f"{state.capitalize()}:"]
                shown = entries if state == "refused" else entries[:_MOST]
                lines += [f"  {one.source}: {_first(one.changes)}" for one in shown]
                if len(shown) < len(entries):
                    lines.append(f"  … and {len(entries) - len(shown)} more")
        counted = Counter(note.what for one in self.entries for note in set(_unlike(one.notes)))
        if counted:
            lines += ["", "Headers, and what is good to know:"]
            lines += [f"  {count} × {what}" for what, count in sorted(counted.items(), key=lambda pair: (-pair[1], pair[0]))]
        if self.notes:
            lines += ["", *(f"{note}." for note in self.notes)]
        lines += ["", "Every file is told in import-report.md." + (f"  Next: {self.start}" if self.start else "")]
        return "\n".join(lines)

    def json(self) -> str:
        """Return everything, for programs."""
        return json.dumps(
            {
                "read": self.read,
                **{state: len(self.of(state)) for state in STATES},
                "notes": [_plain(note) for note in self.notes],
                "files": [
                    {
                        "source": one.source,
                        "state": one.state,
                        "target": one.target,
                        "changes": [_plain(note) for note in one.changes],
                        "notes": [_plain(note) for note in one.notes],
                    }
                    for one in sorted(self.entries, key=lambda one: one.source)
                ],
            },
            ensure_ascii=False,
            indent=1,
        )

    def markdown(self) -> str:
        """Return the page that is kept in the new hub, for whoever asks later where a text went."""
        lines = ["# What was imported", "", self.summary + ".", ""]
        lines += [f"- {_shielded(str(note))}." for note in self.notes]
        titles = {
            "refused": ("Refused", "No part of the hub.  Texts and pictures among them lie unchanged in `refused/`."),
            "changed": ("Changed", "In the hub; something in the text is written otherwise."),
            "kept": ("Kept", "In the hub; the text or picture is the same byte for byte."),
        }
        for state, (title, meaning) in titles.items():
            entries = self.of(state)
            if entries:
                lines += ["", f"## {title} ({len(entries)})", "", meaning, ""]
                for one in entries:
                    lines.append(f"- {_code(one.source)}" + (f" → {_code(one.target)}" if one.target else ""))
                    lines += [f"  - {_shielded(str(note))}" for note in (*one.changes, *one.notes)]
        return "\n".join(lines) + "\n"


def _first(changes: tuple[Note, ...]) -> str:
    more = f" (and {len(changes) - 1} more)" if len(changes) > 1 else ""
    return f"{changes[0]}{more}"


def _unlike(notes: tuple[Note, ...]) -> list[Note]:
    return [Note(note.what) for note in notes]


def _plain(note: Note) -> dict[str, str | int]:
    return {"what": note.what, "detail": note.detail, "line": note.line}


def _code(path: str) -> str:
    return "`` " + path + " ``" if "`" in path else f"`{path}`"


def _shielded(text: str) -> str:
    """Return a text in which nothing is Markdown: it quotes headers and links of strangers."""
    return "".join("\\" + sign if sign in "\\`*_[]<>#|!&$~" else sign for sign in " ".join(text.split()))
