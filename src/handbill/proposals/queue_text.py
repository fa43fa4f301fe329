"""The queue → Markdown for a summary in CI, and JSON for programs."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator

from handbill.errors import said
from handbill.outputs.words import Words
from handbill.proposals.queue import Due, Entry, Queue
from handbill.reviewing.harmless import plain
from handbill.telling import tell, tell_count

#: An address that is nothing but an address wherever it is put.
_PLAIN_ADDRESS = re.compile(r"https://[A-Za-z0-9._~:/-]+")

#: The parts of a page, in their order: what they are called, and the entries.
GROUPS = (
    ("for_reviewers", said("Wait for a reviewer")),
    ("approved", said("Approved, to be merged")),
    ("for_authors", said("Wait for their author")),
    ("drafts", said("Not finished yet")),
)


def as_json(queue: Queue) -> str:
    """Return everything that the queue knows, keys in a fixed order."""
    told = {
        "as_of": queue.as_of,
        "letters": [_due(one) for one in queue.letters],
        **{name: [_entry(one) for one in getattr(queue, name)] for name, _ in GROUPS},
    }
    return json.dumps(told, ensure_ascii=False, indent=2) + "\n"


def as_markdown(queue: Queue, words: Words, lang: str) -> str:
    """Return the queue as Markdown in which the words of strangers are words."""
    lines = [f"## {title(queue, words, lang)}", "", gist(queue, lang)]
    lines += [f"- {_escaped(letter_line(one, words, lang))}" for one in queue.letters]
    for name, called in GROUPS:
        entries: tuple[Entry, ...] = getattr(queue, name)
        if entries:
            lines += ["", f"### {tell(called, lang)}", "", *_table(entries, words, lang)]
    return "\n".join(lines) + "\n"


def title(queue: Queue, words: Words, lang: str) -> str:
    """Return the heading, with the day."""
    return tell(said("Proposals that wait, {day}", day=words.day(queue.as_of[:10])), lang)


def gist(queue: Queue, lang: str) -> str:
    """Return the one sentence: how many wait for a reviewer, since when at most, and how many have a date soon."""
    waiting = queue.for_reviewers
    if not waiting:
        return tell(said("Nothing waits for a reviewer."), lang)
    told = [tell_count("{n} proposal waits for a reviewer", "{n} proposals wait for a reviewer", len(waiting), lang)]
    if longest := max(one.days for one in waiting):
        told.append(tell_count("the longest for {n} day", "the longest for {n} days", longest, lang))
    if soon := sum(one.is_soon for one in waiting):
        told.append(tell_count("{n} has a date within a week", "{n} have a date within a week", soon, lang))
    return ", ".join(told) + "."


def letter_line(one: Due, words: Words, lang: str) -> str:
    """Return when a letter leaves: what is merged by then can be in it."""
    return tell(said("{letter} leaves {day}, {left}.", letter=one.of, day=words.moment(one.when), left=left(one, lang)), lang)


def left(one: Due, lang: str) -> str:
    """Return how many days are left, in words."""
    if one.days < 0:
        return tell(said("passed"), lang)
    return tell(said("today"), lang) if not one.days else tell_count("in {n} day", "in {n} days", one.days, lang)


def waited(one: Entry, lang: str) -> str:
    """Return for how long it has been open, in words."""
    return tell_count("{n} day", "{n} days", one.days, lang) if one.days else tell(said("since today"), lang)


def remark(one: Entry, lang: str) -> str:
    """Return what a reviewer should know besides: that its author has more open than was asked for; else ""."""
    return tell_count("{n} of this person are open", "{n} of this person are open", one.waiting, lang) if one.is_over else ""


def _table(entries: tuple[Entry, ...], words: Words, lang: str) -> Iterator[str]:
    heads = (said("Waits"), said("Proposal"), said("Of"), said("Asked"), said("Date"))
    yield "| " + " | ".join(tell(one, lang) for one in heads) + " |"
    yield "|" + " --- |" * len(heads)
    for one in entries:
        number = f"№ {one.proposal.number}"
        if _PLAIN_ADDRESS.fullmatch(one.proposal.address):
            number = f"[{number}]({one.proposal.address})"
        about = ", ".join((plain(one.proposal.author), *(plain(section) for section in one.sections)))
        due = f"{plain(words.moment(one.due.when))} ({left(one.due, lang)})" if one.due else ""
        name = f"{number} {plain(one.proposal.title)}" + (f" ({remark(one, lang)})" if one.is_over else "")
        asked = ", ".join(plain(owner) for owner in one.asked)
        yield f"| {waited(one, lang)} | {name} | {about} | {asked} | {f'**{due}**' if one.is_soon else due} |"


def _escaped(line: str) -> str:
    return plain(line, 400)


def _due(one: Due | None) -> dict[str, object] | None:
    return {"when": one.when, "days": one.days, "of": one.of} if one else None


def _entry(one: Entry) -> dict[str, object]:
    return {
        "number": one.proposal.number,
        "title": one.proposal.title,
        "author": one.proposal.author,
        "address": one.proposal.address,
        "opened": one.proposal.opened.isoformat(),
        "days": one.days,
        "decision": one.proposal.decision,
        "sections": list(one.sections),
        "asked": list(one.asked),
        "due": _due(one.due),
        "open_of_author": one.waiting,
        "is_over": one.is_over,
        "labels": list(one.proposal.labels),
        "files": list(one.proposal.files),
    }
