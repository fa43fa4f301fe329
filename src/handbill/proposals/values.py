"""The answers of a form → the values of a file's fields, and what is wrong with them as far as each can be told alone."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date

from handbill.authoring.answers import Values, put
from handbill.errors import Said, said
from handbill.hub.fields import Many, When
from handbill.proposals.body import Answers
from handbill.proposals.clean import clean_line, clean_text
from handbill.proposals.forms import Question, field_of, is_required, options_of
from handbill.proposals.moments import NoMoment, moment_of
from handbill.proposals.outcome import Lacking
from handbill.telling import tell

#: So many subjects, or names, one proposal may have.
MOST_PARTS = 12


@dataclass(slots=True)
class Filled:
    """What the answers fill: values by field, the text, what is lacking, and what is to be told besides."""

    values: Values = field(default_factory=dict)
    text: str = ""
    lacking: list[Lacking] = field(default_factory=list)
    notices: list[Said] = field(default_factory=list)


def filled_by(answers: Answers, zone: str) -> Filled:
    """Return what a form's answers fill; times are by the clocks of *zone*."""
    found = Filled()
    told = {key for key, _ in answers.faults}
    links = pictures = 0
    for question in answers.form.questions:
        text = answers.texts.get(question.key, "").strip()
        label = tell(question.label, answers.lang)
        if question.key in told:
            continue
        if question.shape == "ticks":
            found.lacking += (Lacking(label, why) for why in _unticked(question, answers))
            continue
        if not text:
            if is_required(answers.form, question):
                found.lacking.append(Lacking(label, said("an answer is wanted here")))
            continue
        cleaned = clean_text(text) if question.shape == "lines" else clean_line(text)
        links, pictures = links + cleaned.links, pictures + cleaned.pictures
        if question.key == "text":
            found.text = cleaned.text
            if not cleaned.text.strip():
                found.lacking.append(Lacking(label, said("words are wanted here, not only a picture")))
        else:
            found.lacking += (Lacking(label, why) for why in _fill(question, cleaned.text, answers, zone, found))
    _disclose(answers, found)
    _settle(found.values)
    if links:
        found.notices.append(said("what follows readers was taken out of a link (utm_…, fbclid and the like)"))
    if pictures:
        found.notices.append(said("pictures were left out of the text; an editor adds them"))
    return found


def _fill(question: Question, text: str, answers: Answers, zone: str, found: Filled) -> Iterator[Said]:
    """Fill the field of a question, and yield why not."""
    one = field_of(answers.form, question)
    if one is None:
        found.values[question.key] = text
        return
    if question.shape == "choice":
        word = _chosen(question, text, answers.lang)
        if not word:
            yield said("one of the answers of the list is wanted")
            return
        text = word
    elif isinstance(one.type, When):
        starts = str(found.values.get("starts", ""))[:10]
        try:
            read = moment_of(text, zone, date.fromisoformat(starts) if starts else None)
        except NoMoment as none:
            yield none.why
            return
        if read != text:
            found.notices.append(said("“{label}” was read as {moment}", label=question.label, moment=read))
        text = read
    elif isinstance(one.type, Many) and text.count(",") >= MOST_PARTS:
        yield said("at most {n} are taken", n=MOST_PARTS)
        return
    put(found.values, answers.form.fields, question.key, text)


def _chosen(question: Question, text: str, lang: str) -> str:
    return next((word for word, label in options_of(question) if tell(label, lang) == text), "")


def _unticked(question: Question, answers: Answers) -> Iterator[Said]:
    ticked = answers.ticked.get(question.key, frozenset())
    for word, label in question.options:
        if word in question.musts and word not in ticked:
            yield said("“{box}” is to be ticked", box=label)


def _disclose(answers: Answers, found: Filled) -> None:
    ticked = answers.ticked.get("disclosure", frozenset())
    payer = found.values.get("disclosure")
    told: Values = {"own_project": "true"} if "own_project" in ticked else {}
    if "paid" in ticked:
        told["paid"] = "true"
    if isinstance(payer, dict):
        told |= payer
    if ticked & {"part", "whole"}:
        told["machine_written"] = "whole" if "whole" in ticked else "part"
    if told:
        found.values["disclosure"] = told


def _settle(values: Values) -> None:
    """Take out what is usual anyway, and the place of what has none."""
    if values.get("mode") == "onsite":
        del values["mode"]
    if values.get("mode") == "online":
        values.pop("venue", None)
