"""Letters that will be other than they were → the part of a review in which each stands as mail programs show it."""

from __future__ import annotations

from handbill.composing.states import STATES
from handbill.errors import Level, said
from handbill.reviewing.page_frame import Frame, lines, short
from handbill.reviewing.page_rooms import Rooms
from handbill.reviewing.record import LetterChange, Review
from handbill.reviewing.shots import letter_address
from handbill.showing.tags import Html, Inside, tag
from handbill.showing.told import told
from handbill.telling import LEVEL_WORDS, tell_count

HTML, TEXT = "mail.html", "mail.txt"

#: So many bytes of a letter's text are shown; none that anybody reads is longer.
MOST_TEXT = 200_000

#: What a large mail service shows of a letter; it cuts off the rest.
MOST_OWN = 102_000


def letters_part(review: Review, rooms: Rooms, frame: Frame) -> Html | None:
    """Return the part of the letters; ``None`` where none differs."""
    if not review.letters:
        return None
    intro = frame.t(said("A letter that has left cannot be called back: look at each as its readers will."))
    return frame.section("letters", said("Letters"), tag("p", intro), (_letter(one, rooms, frame) for one in review.letters))


def _letter(one: LetterChange, rooms: Rooms, frame: Frame) -> Html:
    t = frame.t
    state = STATES.get(one.state)
    facts: list[Inside] = [
        frame.mark(one.how),
        frame.stamp(state) if state else short(one.state) or None,
        tag("time", frame.moment(one.sent), datetime=one.sent) if one.sent else None,
        tag("code", short(one.source)),
    ]
    head = tag(
        "header",
        tag("h3", short(one.subject), lang=one.lang or None),
        tag("p", short(one.preheader), lang=one.lang or None),
        tag("p", facts, class_="facts"),
    )
    parts: list[Inside] = [head, _broken_freeze(one, frame), _problems(one, frame), frame.details(one.details)]
    compared = frame.compared(one.words, one.lang)
    parts.append(compared if compared is not None else tag("p", t(said("No word of its text differs.")), class_="quiet"))
    parts.append(_weight(one, frame))
    before, after = one.former.get(HTML), one.forms.get(HTML)
    pair = rooms.pair(letter_address(one.name), one.subject, before, after, "letter")
    if pair is not None:
        parts.append(tag("details", tag("summary", t(said("As mail programs show it"))), pair, open=True))
        if marked := rooms.marked(letter_address(one.name), one.subject):
            parts.append(tag("details", tag("summary", t(said("Where it differs, as pictures"))), marked))
    elif after is not None:
        parts.append(
            tag("p", t(said("How it looks is left out to keep this file small; the built site beside it has it.")), class_="quiet")
        )
    if text := one.forms.get(TEXT):
        label = t(said("The letter as text"))
        shown = tag(
            "pre",
            lines(text[:MOST_TEXT].decode("utf-8", "replace")),
            class_="letter-text",
            tabindex="0",
            role="group",
            aria_label=f"{label} : {short(one.subject)}",
            lang=one.lang or None,
        )
        parts.append(tag("details", tag("summary", label), shown))
    parts.append(_headers(one, frame))
    return tag("article", parts, class_="change", id=f"letter-{one.name}")


def _broken_freeze(one: LetterChange, frame: Frame) -> Html | None:
    """Return what became other than what was frozen and perhaps approved; it is never right."""
    if not one.since_freeze:
        return None
    strong = tag("strong", frame.t(said("This letter was frozen, and is another now.")))
    why = frame.t(said("What was approved is not what would leave; freeze it anew, or take the change back."))
    return tag("ul", tag("li", tag("p", strong, " ", why), frame.compared(one.since_freeze, one.lang), class_="stop"), class_="told")


def _problems(one: LetterChange, frame: Frame) -> Html | None:
    rows = [
        tag(
            "li",
            tag("strong", frame.t(LEVEL_WORDS[each.level])),
            " ",
            each.sentence,
            " ",
            tag("code", each.problem.code),
            class_="stop" if each.stops else "wait",
        )
        for each in told(one.problems, frame.lang, lambda _: None)
        if each.level is not Level.NOTE
    ]
    return tag("ul", rows, class_="told") if rows else None


def _weight(one: LetterChange, frame: Frame) -> Html | None:
    if not one.bytes_html:
        return None
    t = frame.t
    whole = t(
        said(
            "HTML {html} of {most}, the whole mail {wire}",
            html=frame.kilobytes(one.bytes_html),
            most=frame.kilobytes(MOST_OWN),
            wire=frame.kilobytes(one.bytes_wire),
        )
    )
    facts: list[Inside] = [tag("span", whole)]
    if one.bytes_html > MOST_OWN:
        facts.append(frame.stamp(said("too heavy: it would be cut off"), "stop"))
    if one.frozen:
        facts.append(tag("span", t(said("frozen as")), " ", tag("code", one.frozen[:16])))
    return tag("p", facts, class_="facts")


def _headers(one: LetterChange, frame: Frame) -> Html | None:
    if not one.headers:
        return None
    title = tell_count("{n} line of its head", "{n} lines of its head", len(one.headers), frame.lang)
    return tag("details", tag("summary", title), frame.details(one.headers))
