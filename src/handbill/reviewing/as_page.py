"""A review → one HTML file that a reviewer opens from anywhere, without a network: verdict first, then what members get.

The file asks nobody for anything and holds no script; what strangers wrote
stands in it as text, or in frames in which nothing runs (decision 0062).
"""

from __future__ import annotations

from collections.abc import Sequence

from handbill.errors import Level, Said, said
from handbill.reviewing.care import care
from handbill.reviewing.counting import counted
from handbill.reviewing.embed import Asset
from handbill.reviewing.page_care import care_part
from handbill.reviewing.page_frame import Frame, short
from handbill.reviewing.page_letters import letters_part
from handbill.reviewing.page_pages import pages_part
from handbill.reviewing.page_rooms import MOST_BYTES, Rooms
from handbill.reviewing.page_told import addresses_part, dates_part, feeds_part, files_part, sources_part
from handbill.reviewing.record import Found, Review, State
from handbill.reviewing.shots import NONE, Shots
from handbill.showing.tags import Html, Inside, tag
from handbill.showing.told import told
from handbill.telling import LEVEL_WORDS, tell_count

__all__ = ["Asset", "page"]

#: How a page is looked at: the name of the choice, what it is called, and each choice with its name.
SWITCHES: tuple[tuple[str, Said, tuple[tuple[str, Said], ...]], ...] = (
    ("width", said("Screen"), (("phone", said("telephone")), ("desk", said("computer")))),
    ("colours", said("Colours"), (("light", said("light")), ("dark", said("dark")))),
    ("side", said("Shown"), (("both", said("side by side")), ("before", said("before only")), ("after", said("after only")))),
)

#: So many problems are shown at once.
MOST_PROBLEMS = 10


def page(review: Review, asset: Asset, shots: Shots = NONE, lang: str = "", most: int = MOST_BYTES) -> str:
    """Return the page of a review in *lang*, which is the hub's own where it is "".

    *asset* gives the published styles and pictures of either state.  The page
    weighs at most about *most* bytes: frames that do not fit are left out, the
    least important first, and each says so.
    """
    frame = Frame(lang or review.lang)
    rooms = Rooms(review, asset, frame, shots, most)
    twice = care(review, frame.lang)
    letters, pages = letters_part(review, rooms, frame), pages_part(review, rooms, frame)
    seen = tag("div", _switches(frame), letters, pages, class_="seen") if letters or pages else None
    title = f"{_verdict(review, frame)} – {short(review.hub)}"
    parts = (
        _problems(review.problems, frame),
        care_part(twice, review, frame),
        seen,
        dates_part(review, frame),
        feeds_part(review, frame),
        addresses_part(review, frame),
        files_part(review, frame),
        sources_part(review, frame),
        _made(shots, rooms, frame),
    )
    return frame.page(title, _head(review, len(twice) + bool(review.hidden), frame), tag("main", parts))


def _errors(review: Review) -> int:
    return sum(one.problem.level is Level.ERROR for one in review.problems)


def _verdict(review: Review, frame: Frame) -> str:
    errors = _errors(review)
    if review.is_whole and not errors:
        return frame.t(said("Can be published"))
    if not errors:
        return frame.t(said("Cannot be published"))
    return tell_count("Cannot be published: {n} error", "Cannot be published: {n} errors", errors, frame.lang)


def _head(review: Review, cares: int, frame: Frame) -> Html:
    """Return what is read first: whether it can be published, and what members get."""
    t = frame.t
    is_good = review.is_whole and not _errors(review)
    label = tag("p", t(said("Review of a proposal")), " · ", short(review.hub), class_="label")
    states = tag(
        "p",
        _state(review.base, frame),
        " → ",
        _state(review.head, frame),
        ", ",
        t(said("as of {moment}", moment=frame.moment(review.as_of))),
        class_="states",
    )
    partly = None if review.is_whole else tag("p", t(said("Below is what could be made of it.")), class_="states")
    body = (
        label,
        tag("h1", _verdict(review, frame)),
        tag("p", counted(review, frame.lang), class_="got"),
        partly,
        states,
        _contents(review, cares, frame),
    )
    return tag("header", body, class_="head" if is_good else "head bad")


def _state(state: State, frame: Frame) -> Html:
    name = short(state.name) or frame.t(said("the files as they lie here"))
    if not state.commit or state.commit.startswith(state.name):
        return tag("code", name)
    return tag("span", tag("code", name), f" ({state.commit[:10]})")


def _contents(review: Review, cares: int, frame: Frame) -> Html | None:
    """Return the ways to the parts of the page, each with how much there is."""
    parts: tuple[tuple[str, Said, int], ...] = (
        ("problems", said("Problems"), len([one for one in review.problems if one.problem.level is not Level.NOTE])),
        ("care", said("Look twice"), cares),
        ("letters", said("Letters"), len(review.letters)),
        ("pages", said("Pages"), len(review.pages)),
        ("dates", said("Dates"), len(review.dates)),
        ("feeds", said("Feeds"), len(review.feeds)),
        ("addresses", said("Addresses"), len(review.addresses)),
        ("files", said("Files"), len(review.files)),
        ("sources", said("Sources"), len(review.sources)),
    )
    there = [
        tag("li", tag("a", frame.t(title), tag("b", frame.words.number(n)), href=f"#{name}"), class_=f"to-{name}")
        for name, title, n in parts
        if n
    ]
    return tag("nav", tag("ul", there), class_="contents", aria_label=frame.t(said("On this page"))) if there else None


def _problems(found: Sequence[Found], frame: Frame) -> Html | None:
    """Return what is wrong: what comes with the proposal first; what was there before is a click away."""
    wrong = [one for one in found if one.problem.level is not Level.NOTE]
    if not wrong:
        return None
    fresh = _told([one for one in wrong if one.is_new], frame)
    old = _told([one for one in wrong if not one.is_new], frame)
    parts: list[Inside] = []
    if fresh:
        parts.append(frame.some(fresh, MOST_PROBLEMS, "told"))
    else:
        parts.append(tag("p", frame.t(said("The proposal brings none; these were there before."))))
    if old:
        title = tell_count("{n} problem that was there before", "{n} problems that were there before", len(old), frame.lang)
        parts.append(tag("details", tag("summary", title), frame.some(old, MOST_PROBLEMS, "told")))
    return frame.section("problems", said("Problems"), parts)


def _told(found: Sequence[Found], frame: Frame) -> list[Html]:
    """Return a line for each problem, what stops publishing first; no private word is in it."""
    each = sorted(told([one.problem for one in found], frame.lang, lambda _: None), key=lambda one: -one.level)
    return [
        tag(
            "li",
            (tag("strong", frame.t(LEVEL_WORDS[one.level])), tag("code", one.where)),
            tag("p", one.sentence, " ", tag("code", one.problem.code)),
            class_="stop" if one.stops else "wait",
        )
        for one in each
    ]


def _switches(frame: Frame) -> Html:
    """Return the choices how pages and letters are looked at; they need no script."""
    fields = []
    for name, title, choices in SWITCHES:
        given = [
            tag("label", tag("input", type="radio", name=name, id=f"{name}-{choice}", checked=number == 0), frame.t(text))
            for number, (choice, text) in enumerate(choices)
        ]
        fields.append(tag("fieldset", tag("legend", frame.t(title)), given))
    return tag("div", fields, class_="switches")


def _made(shots: Shots, rooms: Rooms, frame: Frame) -> Html | None:
    """Return what this file does not hold, and why."""
    told_: list[Html] = []
    if rooms.left_out:
        told_.append(
            tag(
                "p",
                tell_count(
                    "{n} page is told in words alone, to keep this file small.",
                    "{n} pages are told in words alone, to keep this file small.",
                    rooms.left_out,
                    frame.lang,
                ),
            )
        )
    if shots.told:
        told_.append(tag("p", frame.t(shots.told)))
    return tag("footer", told_, class_="quiet") if told_ else None
