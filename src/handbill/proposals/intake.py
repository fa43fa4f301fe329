"""A form that somebody filled in → a sound file, or what is missing, in the words of the form.

Everything in a form is data of a stranger: nothing of it is run, fetched, or
taken for a path, and nothing is written here.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import datetime

from handbill.authoring.new import Maker, Taken, Unfit, Wish
from handbill.authoring.placing import others, place_for, slug_for
from handbill.checking.proposed import day_of
from handbill.checking.whole import check_hub
from handbill.errors import Level, Problem, Said, WrongUse, said
from handbill.hub.hub import Hub
from handbill.hub.nodes import Desk
from handbill.hub.zone import is_zone
from handbill.proofing.proof import keep_back
from handbill.proposals.body import Answers, read_body
from handbill.proposals.earlier import earlier
from handbill.proposals.entries import entered
from handbill.proposals.forms import Form
from handbill.proposals.issue import Issue
from handbill.proposals.locating import located, page_named
from handbill.proposals.outcome import Lacking, Outcome
from handbill.proposals.values import Filled, filled_by
from handbill.reading.cache import Cache
from handbill.reading.load import load, terms_of
from handbill.reading.walk import Found
from handbill.settings import Settings
from handbill.settings_sections import section_of
from handbill.telling import tell

#: So long is the part of an address that is made of a stranger's title.
_LONGEST_SLUG = 60


@dataclass(frozen=True, slots=True)
class Room:
    """Where a form is taken in: the hub's settings, the moment, and what is remembered of its files."""

    settings: Settings
    as_of: datetime
    cache: Cache | None = None


def take_in(issue: Issue, room: Room, form: Form | None = None) -> Outcome:
    """Return what becomes of an issue; *form* says which form it is, where that is known."""
    answers = read_body(issue.body, form)
    if answers is None:
        return Outcome("unknown")
    blank = Outcome("noted", answers.form.name, answers.lang, answers.form.kind.name if answers.form.kind else "")
    if private := tuple(_private(answers, room)):
        return replace(blank, state="private", lacking=private)
    if answers.faults:
        return replace(blank, state="lacking", lacking=tuple(Lacking(_label(answers, key), why) for key, why in answers.faults))
    section = section_of(answers.form.folder, room.settings.sections) if answers.form.folder else None
    if section is not None and not section.is_open:
        return replace(blank, state="closed", closed=section.says("closed_because", answers.lang))
    filled = filled_by(answers, _zone_of(room.settings))
    if filled.lacking:
        return replace(blank, state="lacking", lacking=tuple(filled.lacking), notices=tuple(filled.notices))
    if answers.form.name == "correction":
        return _located(blank, answers, room)
    if answers.form.name == "entry":
        return entered(blank, filled, issue, load(room.settings, room.as_of, room.cache).hub, room.settings, room.as_of)
    return _made(blank, filled, answers, issue, room) if answers.form.kind else blank


def _private(answers: Answers, room: Room) -> Iterator[Lacking]:
    """Yield for each answer that holds personal data what it holds; what it says is repeated nowhere."""
    house = terms_of(room.settings).house
    for question in answers.form.questions:
        desk = Desk("", "UTC")
        keep_back(answers.texts.get(question.key, ""), 1, house, desk)
        label = tell(question.label, answers.lang)
        yield from (Lacking(label, said("{what}", what=found)) for found in dict.fromkeys(one.found for one in desk.problems))


def _made(blank: Outcome, filled: Filled, answers: Answers, issue: Issue, room: Room) -> Outcome:
    """Return the file that is made of a form, as `new` would make it, after a check of the whole hub with it."""
    settings, kind = room.settings, answers.form.kind
    assert kind is not None
    maker = Maker(settings, room.as_of, settings.lang, room.cache)
    lang = answers.lang if answers.lang in settings.languages else settings.lang
    dated = filled.values | ({} if "starts" in filled.values else {"date": room.as_of.date().isoformat()})
    first = slug_for(kind, dated)[:_LONGEST_SLUG].strip("-") or f"{'proposition' if lang == 'fr' else 'proposal'}-{issue.number}"
    for slug in (first, *others(first, dated)):
        # The file of one name in another language would be its translation.
        place = place_for(kind, slug, dated, "")
        if any((settings.root / place.folder).glob(f"{place.name}.*")):
            continue
        try:
            made = maker.make(Wish(kind, filled.values, slug, lang, text=filled.text))
        except Taken:
            continue
        except Unfit as refusal:
            return _unfit(blank, refusal.problems, answers, filled)
        break
    else:
        raise WrongUse(said("no address is free for a proposal; tell whoever looks after the site"))
    raw = made.text.encode("utf-8")
    found = load(settings, room.as_of, room.cache, True, (Found(made.path, kind.name), raw))
    problems = [one for one in (*found.problems, *check_hub(found.hub, settings)) if one.path == made.path]
    if wrong := tuple(one for one in problems if one.level is Level.ERROR):
        return _unfit(blank, wrong, answers, filled)
    item = next(one for one in (*found.hub.items, *found.hub.hidden) if one.source == made.path)
    if item.occurrences and all(one.finishes <= room.as_of for one in item.occurrences):
        over = Lacking(_label(answers, "starts"), said("that day is over"))
        return replace(blank, state="lacking", lacking=(over,), notices=tuple(filled.notices))
    minor = (said("{found}; better: {wanted}", found=one.found, wanted=one.wanted) for one in problems if one.level is Level.WARNING)
    return replace(
        blank,
        state="ready",
        path=made.path,
        content=raw,
        title=f"{item.title} ({day_of(item)})" if item.occurrences else item.title,
        notices=(*filled.notices, *dict.fromkeys(minor)),
        others=earlier(item, _without(found.hub, made.path)),
    )


def _unfit(blank: Outcome, problems: Iterable[Problem], answers: Answers, filled: Filled) -> Outcome:
    problems = tuple(problems)
    if any(one.is_private for one in problems):
        private = tuple(Lacking(_label(answers, one.field), said("{what}", what=one.found)) for one in problems if one.is_private)
        return replace(blank, state="private", lacking=private)
    lacking = (Lacking(_label(answers, one.field or "text"), _why(one)) for one in problems)
    return replace(blank, state="lacking", lacking=tuple(dict.fromkeys(lacking)), notices=tuple(filled.notices))


def _why(one: Problem) -> Said:
    if one.found == said("nothing"):
        # What is wanted is told as a line of a file, which nobody has before them here.
        return said("an answer is wanted here")
    return said("{found}; wanted: {wanted}", found=one.found, wanted=one.wanted)


def _located(blank: Outcome, answers: Answers, room: Room) -> Outcome:
    hub = load(room.settings, room.as_of, room.cache).hub
    page = page_named(answers.texts.get("page", ""), hub, room.settings)
    spots = located(page, answers.texts.get("wrong", ""), hub, room.settings.root)
    asked = {key: answers.texts.get(key, "") for key in ("page", "wrong", "right", "source")}
    source = page.source if page else ""
    return replace(blank, state="located", spots=spots, asked=asked, path=source, title=page.title if page else "")


def _label(answers: Answers, key: str) -> str:
    question = answers.form.question(key.partition("[")[0]) if key else None
    return tell(question.label, answers.lang) if question else ""


def _zone_of(settings: Settings) -> str:
    return settings.zone if is_zone(settings.zone) else "UTC"


def _without(hub: Hub, source: str) -> Hub:
    return replace(
        hub, items=tuple(one for one in hub.items if one.source != source), hidden=tuple(one for one in hub.hidden if one.source != source)
    )
