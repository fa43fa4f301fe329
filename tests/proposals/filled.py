"""Forms as somebody fills them in, and tables of hostile ones: adding a case needs no Python.

A line ``@@ case: …`` begins one.  ``@@ form: event fr`` is a form with sound
answers; ``@@ answer: key`` replaces one of them by the lines below, ``@@ ticks:
words`` what is ticked.  ``@@ body`` is a whole text instead.  ``@@ state: word`` is
what must become of it, ``@@ says: …`` what the answer must hold, ``@@ never: …``
what neither answer nor file may.  ``{U+202E}`` is a sign, ``{9000 x}`` a text many
times over, ``@@ ends: CRLF`` what its lines end with.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path

from handbill.proposals.forms import named, options_of
from handbill.telling import tell

HOSTILE = Path(__file__).parent / "hostile"

SOUND = {
    "event": {
        "title": "Bal des copeaux", "starts": "2026-05-02 20:00", "venue.name": "Salle des fêtes", "organisers": "Jean Roux",
        "text": "Venez danser.",
    },
    "post": {"title": "Une scie qui coupe", "text": "Elle coupe droit."},
    "entry": {"contest": "Photo du puits"},
    "correction": {"page": "/posts/le-puits/", "wrong": "le puits", "right": "le lavoir"},
    "report": {"what": "La page ne se lit pas."},
}  # fmt: skip


def body(name: str, lang: str = "fr", ticks: Iterable[str] | None = None, **answers: str) -> str:
    """Return a form as GitHub writes it; ``venue.name`` is given as ``venue_name`` or in a dictionary."""
    form = named(name)
    assert form is not None
    lines: list[str] = []
    for question in form.questions:
        lines += [f"### {tell(question.label, lang)}", ""]
        answer = answers.get(question.key, answers.get(question.key.replace(".", "__")))
        if question.shape == "ticks":
            done = question.musts if ticks is None else tuple(ticks)
            lines += [f"- [{'x' if word in done else ' '}] {tell(label, lang)}" for word, label in options_of(question)]
        elif question.shape == "choice" and answer in dict(options_of(question)):
            lines.append(tell(dict(options_of(question))[answer], lang))
        else:
            lines.append(answer or "_No response_")
        lines.append("")
    return "\n".join(lines)


def sound(name: str, lang: str = "fr", ticks: Iterable[str] | None = None, **answers: str) -> str:
    """Return a form with sound answers, some of them replaced."""
    return body(name, lang, ticks, **SOUND[name] | answers)


@dataclass(slots=True)
class Case:
    """One hostile form: what it is called, its text, and what must hold."""

    name: str
    state: str = ""
    form: str = "event fr"
    answers: dict[str, str] = field(default_factory=dict)
    ticks: tuple[str, ...] | None = None
    whole: str | None = None
    ends: str = "\n"
    says: list[str] = field(default_factory=list)
    never: list[str] = field(default_factory=list)

    @property
    def text(self) -> str:
        """Return the text of the issue."""
        name, lang = self.form.split()
        made = sound(name, lang, self.ticks, **self.answers) if self.whole is None else self.whole
        return _spelled(made).replace("\n", self.ends)


def read(table: Path) -> list[Case]:
    """Return the cases of a table."""
    cases: list[Case] = []
    target: list[str] | None = None
    pending: list[tuple[Case, str, list[str]]] = []
    for line in table.read_text(encoding="utf-8").split("\n"):
        word, _, rest = line.removeprefix("@@ ").partition(": ") if line.startswith("@@ ") else ("", "", "")
        if not word:
            if target is not None:
                target.append(line)
            continue
        target = None
        if word == "case":
            cases.append(Case(rest))
        elif word in ("state", "form"):
            setattr(cases[-1], word, rest)
        elif word == "ends":
            cases[-1].ends = {"CRLF": "\r\n", "CR": "\r"}[rest]
        elif word == "ticks":
            cases[-1].ticks = tuple(rest.split())
        elif word in ("says", "never"):
            getattr(cases[-1], word).append(_spelled(rest))
        else:
            target = []
            pending.append((cases[-1], rest if word == "answer" else "", target))
    for case, key, lines in pending:
        text = "\n".join(lines).strip("\n")
        if key:
            case.answers[key] = text
        else:
            case.whole = text
    return cases


def _spelled(text: str) -> str:
    text = re.sub(r"\{U\+([0-9A-F]{4,6})\}", lambda match: chr(int(match[1], 16)), text)
    return re.sub(r"\{(\d+) ([^{}]+)\}", lambda match: match[2] * int(match[1]), text)
