"""What of a review a person must look at with care → the part of the page for it, the gravest first."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from handbill.errors import Said, said
from handbill.reviewing.care import Care, Thing
from handbill.reviewing.page_frame import Frame, short
from handbill.reviewing.record import Hidden, Review
from handbill.showing.tags import Html, tag

#: So many things of one sort are shown at once.
MOST = 6

#: Sorts that undo an approval, run something or lose something; all others wait for an eye.
GRAVE = frozenset({"trusted", "frozen", "odd", "workflow", "code", "settings", "lost", "third"})

#: Why members do not see an item.
HIDDEN: Mapping[str, Said] = {
    "draft": said("a draft: members do not see it"),
    "unlisted": said("in no list: who has the address sees it"),
    "broken": said("it cannot be read, so it is left out"),
    "later": said("scheduled for so late that it was not looked at"),
}


def care_part(found: Sequence[Care], review: Review, frame: Frame) -> Html | None:
    """Return the part of the page; ``None`` where a proposal does no more than say something."""
    blocks = [_block(one, frame) for one in found]
    if review.hidden:
        blocks.append(_hidden(review.hidden, frame))
    return frame.section("care", said("Look at this twice"), tag("div", blocks, class_="care")) if blocks else None


def _block(one: Care, frame: Frame) -> Html:
    rows = [_thing(thing) for thing in one.things]
    return tag("div", tag("h3", one.told), frame.some(rows, MOST), class_="stop" if one.sort in GRAVE else "wait")


def _thing(one: Thing) -> Html:
    name = tag("code", short(one.name), class_="name") if one.is_word else tag("strong", short(one.name))
    note = tag("p", short(one.note), class_="note") if one.note else None
    where = tag("p", ", ".join(map(short, one.where[:3])) + (" …" if one.where[3:] else ""), class_="quiet") if one.where else None
    return tag("li", name, note, where)


def _hidden(hidden: Sequence[Hidden], frame: Frame) -> Html:
    rows = [
        tag(
            "li",
            tag("strong", short(one.title)) if one.title else None,
            tag("p", frame.t(HIDDEN[one.why])),
            tag("p", short(one.source), class_="quiet"),
        )
        for one in hidden
    ]
    title = frame.t(said("Changed, and not seen by members"))
    return tag("div", tag("h3", title), frame.some(rows, MOST), class_="quiet")
