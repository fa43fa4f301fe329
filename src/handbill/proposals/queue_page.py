"""The queue → one page that needs nothing else: no script, no request, and the words of strangers as words."""

from __future__ import annotations

from collections.abc import Iterator
from importlib.resources import files

from handbill.errors import said
from handbill.outputs.words import Words
from handbill.proposals.queue import Entry, Queue
from handbill.proposals.queue_text import GROUPS, gist, left, letter_line, remark, title
from handbill.showing.cells import safe
from handbill.showing.tags import Html, joined, tag
from handbill.telling import tell, tell_count

#: What is allowed on the page: its own style.
POLICY = "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'"

_EMPTY = said("Nobody waits for an answer. What is proposed from now on will stand here, longest wait first.")

#: Of a title no more is shown: a line of a list is no place for a chapter.
_LONGEST = 200


def queue_page(queue: Queue, words: Words, hub_name: str, lang: str) -> str:
    """Return the page; where nothing is open it says so, and what will be here."""
    groups = [(name, tell(called, lang), getattr(queue, name)) for name, called in GROUPS]
    head = tag(
        "head",
        tag("meta", charset="utf-8"),
        tag("meta", http_equiv="Content-Security-Policy", content=POLICY),
        tag("meta", name="viewport", content="width=device-width, initial-scale=1"),
        tag("meta", name="robots", content="noindex"),
        tag("meta", name="referrer", content="no-referrer"),
        tag("title", f"{title(queue, words, lang)} · {hub_name}"),
        tag("style", Html(files("handbill").joinpath("proposals/queue.css").read_text(encoding="utf-8"))),
    )
    body = tag(
        "body",
        tag(
            "header",
            tag("p", f"{hub_name} · {title(queue, words, lang)}", class_="label"),
            tag("h1", gist(queue, lang)),
            tag("ul", *(tag("li", letter_line(one, words, lang)) for one in queue.letters), class_="letters") if queue.letters else None,
        ),
        tag(
            "main",
            *(_group(name, called, entries, words, lang) for name, called, entries in groups if entries),
            None if queue.entries else tag("p", tell(_EMPTY, lang), class_="empty"),
        ),
    )
    return f"<!doctype html>\n{tag('html', head, body, lang=lang)}\n"


def _group(name: str, called: str, entries: tuple[Entry, ...], words: Words, lang: str) -> Html:
    named = f"{name.replace('_', '-')}-title"
    return tag("section", tag("h2", called, id=named), tag("ol", *(_one(entry, words, lang) for entry in entries)), aria_labelledby=named)


def _one(entry: Entry, words: Words, lang: str) -> Html:
    one = entry.proposal
    shown = _short(one.title) or tell(said("without a title"), lang)
    return tag(
        "li",
        _days(entry, lang),
        tag(
            "div",
            tag("h3", tag("span", f"№ {one.number} ", class_="number"), tag("a", shown, href=one.address) if one.address else shown),
            tag("p", *_about(entry, lang), class_="about"),
            tag("p", tag("span", remark(entry, lang), class_="mark")) if entry.is_over else None,
        ),
        _due(entry, words, lang),
        class_="one",
    )


def _days(entry: Entry, lang: str) -> Html:
    number, _, unit = tell_count("{n} day", "{n} days", entry.days, lang).partition(" ")
    return tag("p", tag("b", number), tag("span", unit), class_="days")


def _about(entry: Entry, lang: str) -> Iterator[str]:
    asked = ", ".join(_short(one) for one in entry.asked)
    told = [tell(said("by {author}", author=_short(entry.proposal.author)), lang), *(_short(one) for one in entry.sections)]
    if asked:
        told.append(tell(said("asked: {names}", names=asked), lang))
    yield " · ".join(told)


def _due(entry: Entry, words: Words, lang: str) -> Html | None:
    if entry.due is None:
        return None
    when = (tag("b", words.moment(entry.due.when)), tag("span", left(entry.due, lang), class_="left"))
    return tag("div", joined(*when), class_="due soon" if entry.is_soon else "due")


def _short(text: str) -> str:
    """Return words of a stranger as they are: on one line, not too long, and with nothing in them that cannot be seen."""
    shown = "".join(safe(" ".join(text.split())))
    return shown if len(shown) <= _LONGEST else shown[: _LONGEST - 1].rstrip() + "…"
