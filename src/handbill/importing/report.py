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
class Sort:
    """What an import accounts for one by one, in words: a ``one``, ``many``, and what the three states mean of them.

    ``are_examples`` says that changes are counted like notes, each with an example.
    """

    one: str
    many: str
    known: str
    refused: str
    changed: str
    kept: str
    are_examples: bool = False


FILES = Sort(
    "file",
    "files",
    "Headers, and what is good to know",
    "No part of the hub.  Texts and pictures among them lie unchanged in `refused/`.",
    "In the hub; something in the text is written otherwise.",
    "In the hub; the text or picture is the same byte for byte.",
)
EVENTS = Sort(
    "entry",
    "entries",
    "What was changed or left out, and what is good to know",
    "No part of the hub.",
    "In the hub; something is written otherwise than in the calendar, or is not there.",
    "In the hub as the calendar has it; what has no place in a hub is named below it.",
    are_examples=True,
)


@dataclass(frozen=True, slots=True)
class Report:
    """The whole of an import.  ``read`` was counted where files were found, not where they were dealt with.

    ``page`` is where :meth:`markdown` is kept, "" where it is not.

    Raises:
        AssertionError: a file is missing or told twice; then the import itself is wrong, and must not be believed.
    """

    read: int
    entries: tuple[Entry, ...]
    notes: tuple[Note, ...] = ()
    start: str = ""
    sort: Sort = FILES
    page: str = "import-report.md"

    def __post_init__(self) -> None:
        names = [one.source for one in self.entries]
        if len(set(names)) != len(names) or self.read != len(names):
            raise AssertionError(f"{self.read} {self.sort.many} were read and {len(set(names))} are accounted for")
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
        many = self.sort.many if self.read != 1 else self.sort.one
        return f"{self.read} {many} read: {len(self.kept)} kept, {len(self.changed)} changed, {len(self.refused)} refused"

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
        counted, examples = self._counted()
        if counted:
            lines += ["", f"{self.sort.known}:"]
            by_count = sorted(counted.items(), key=lambda pair: (-pair[1], pair[0]))
            lines += [f"  {count} × {what}{_example(examples.get(what, ''))}" for what, count in by_count]
        if self.notes:
            lines += ["", *(f"{note}." for note in self.notes)]
        page = f"Every {self.sort.one} is told in {self.page}." if self.page else ""
        following = f"Next: {self.start}" if self.start else ""
        if page or following:
            lines += ["", "  ".join(one for one in (page, following) if one)]
        return "\n".join(lines)

    def _counted(self) -> tuple[Counter[str], dict[str, str]]:
        """Return to how many of all the same happened, and an example of it."""
        counted: Counter[str] = Counter()
        examples: dict[str, str] = {}
        for one in self.entries:
            told = (*one.changes, *one.notes) if self.sort.are_examples and one.state != "refused" else one.notes
            counted.update({note.what for note in told})
            for note in told if self.sort.are_examples else ():
                if note.detail:
                    examples.setdefault(note.what, note.detail)
        return counted, examples

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
        for state, meaning in (("refused", self.sort.refused), ("changed", self.sort.changed), ("kept", self.sort.kept)):
            title = state.capitalize()
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


def _example(detail: str) -> str:
    return f" (such as: {' '.join(detail.split())})" if detail else ""


def _plain(note: Note) -> dict[str, str | int]:
    return {"what": note.what, "detail": note.detail, "line": note.line}


def _code(path: str) -> str:
    return "`` " + path + " ``" if "`" in path else f"`{path}`"


def _shielded(text: str) -> str:
    """Return a text in which nothing is Markdown: it quotes headers and links of strangers."""
    return "".join("\\" + sign if sign in "\\`*_[]<>#|!&$~" else sign for sign in " ".join(text.split()))
