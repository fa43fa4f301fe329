"""Dates, feeds, addresses, files and sources of a review → the parts in which each is told in a line."""

from __future__ import annotations

from collections.abc import Mapping

from handbill.errors import Said, said
from handbill.reviewing.care import ODD
from handbill.reviewing.details import moment
from handbill.reviewing.page_frame import Frame, short
from handbill.reviewing.record import AddressChange, DateChange, FeedChange, Part, Review
from handbill.showing.tags import Html, Inside, tag
from handbill.telling import tell_count

#: So many lines of a part are shown at once.
MOST = 40

#: Parts of a repository, as people call them.
PARTS: Mapping[Part, Said] = {
    "content": said("content"),
    "archive": said("frozen letters"),
    "locks": said("records of addresses"),
    "handbook": said("handbook"),
    "settings": said("settings"),
    "theme": said("look of the pages"),
    "code": said("the program"),
    "workflow": said("automatic steps"),
    "other": said("other files"),
}


def dates_part(review: Review, frame: Frame) -> Html | None:
    """Return the part of the calendars; ``None`` where no entry differs."""
    if not review.dates:
        return None
    intro = frame.t(said("What stands in the calendars of those who subscribed to them."))
    return frame.section("dates", said("Dates"), tag("p", intro), frame.some([_date(one, frame) for one in review.dates], MOST, "dates"))


def _date(one: DateChange, frame: Frame) -> Html:
    is_off = one.is_cancelled or one.how == "removed"
    facts: list[Inside] = [frame.stamp(said("called off"), "stop") if one.is_cancelled else frame.mark(one.how)]
    if one.how == "removed" and not one.is_cancelled:
        facts.append(frame.stamp(said("vanishes without a word"), "wait"))
    elif one.is_told:
        facts.append(tag("span", frame.t(said("calendar programs tell members"))))
    else:
        facts.append(tag("span", frame.t(said("changes in silence"))))
    facts.append(frame.since(one.since))
    starts = tag("p", short(moment(one.starts, one.zone, frame.lang)))
    body = tag("div", tag("h3", short(one.title)), starts, tag("p", facts, class_="facts"), frame.details(one.details))
    return tag("li", _leaf(one.starts, is_off, frame), body)


def _leaf(iso: str, is_off: bool, frame: Frame) -> Html | None:
    try:
        leaf = frame.words.day_leaf(iso)
    except ValueError:
        return None
    parts = (tag("span", leaf.month), tag("b", leaf.day), tag("span", f"{leaf.foot} {leaf.year}"))
    return tag("div", parts, class_="leaf off" if is_off else "leaf", aria_hidden="true")


def feeds_part(review: Review, frame: Frame) -> Html | None:
    """Return the part of the feeds; ``None`` where no entry differs."""
    if not review.feeds:
        return None
    intro = frame.t(said("What feed readers get: a new entry, one that they show again, or one that changes in silence."))
    return frame.section("feeds", said("Feeds"), tag("p", intro), frame.some([_entry(one, frame) for one in review.feeds], MOST, "rows"))


def _entry(one: FeedChange, frame: Frame) -> Html:
    if one.how == "removed":
        told = said("leaves the feeds in silence; who has it keeps it")
    elif one.how == "added":
        told = said("shown as new")
    else:
        told = said("shown again as updated") if one.is_told else said("changes in silence")
    feeds = tell_count("in {n} feed", "in {n} feeds", len(one.feeds), frame.lang)
    facts = (frame.mark(one.how), tag("span", frame.t(told)), tag("span", feeds), frame.since(one.since))
    # A new entry says what its page says, which is shown there.
    words = frame.compared(one.words) if one.how == "changed" else None
    return tag("li", tag("h3", short(one.title)), tag("p", facts, class_="facts"), words)


def addresses_part(review: Review, frame: Frame) -> Html | None:
    """Return the part of the addresses; ``None`` where none begins or ceases to answer."""
    if not review.addresses:
        return None
    intro = frame.t(said("Links that people have saved, mailed and printed lead to these."))
    rows = [_address(one, frame) for one in sorted(review.addresses, key=lambda one: one.how != "removed")]
    return frame.section("addresses", said("Addresses"), tag("p", intro), frame.some(rows, MOST, "rows"))


def _address(one: AddressChange, frame: Frame) -> Html:
    parts: list[Inside] = [frame.mark(one.how), tag("code", short(one.address))]
    if one.to:
        parts.append(tag("span", frame.t(said("leads to")), " ", tag("code", short(one.to))))
    elif one.how == "removed":
        told = said("hub.toml names it as gone: who comes is told so") if one.is_declared else said("lost: who comes finds nothing")
        parts.append(frame.stamp(told, "plain" if one.is_declared else "stop"))
    return tag("li", tag("p", parts, class_="facts"))


def files_part(review: Review, frame: Frame) -> Html | None:
    """Return the other published files, and how much there is in all; ``None`` where there is nothing to tell."""
    rows = [
        tag(
            "li",
            tag(
                "p",
                frame.mark(one.how),
                tag("code", short(one.path)),
                tag("span", _sizes(one.before, one.after, frame)),
                frame.since(one.since),
                class_="facts",
            ),
        )
        for one in review.files
    ]
    sizes = review.sizes
    whole: Inside = None
    if any(sizes.files) or any(sizes.pages):
        told = said(
            "The site has {files} files, of which {pages} are pages; it had {former_files} and {former_pages}.",
            files=frame.words.number(sizes.files[1]), pages=frame.words.number(sizes.pages[1]),
            former_files=frame.words.number(sizes.files[0]), former_pages=frame.words.number(sizes.pages[0]),
        )  # fmt: skip
        whole = tag("p", frame.t(told), *_weight(sizes.page_bytes, frame))
    if not rows and whole is None:
        return None
    return frame.section("files", said("Files and sizes"), whole, frame.some(rows, MOST, "rows") if rows else None)


def _weight(page_bytes: tuple[int, int], frame: Frame) -> list[str]:
    """Return how heavy the pages that differ are, without their pictures."""
    if not any(page_bytes):
        return []
    then, now = (frame.kilobytes(size) for size in page_bytes)
    return [" ", frame.t(said("The HTML of the pages that differ weighs {now}; it weighed {then}.", now=now, then=then))]


def _sizes(before: int, after: int, frame: Frame) -> str:
    if before and after:
        return f"{frame.kilobytes(before)} → {frame.kilobytes(after)}"
    return frame.kilobytes(after or before)


def sources_part(review: Review, frame: Frame) -> Html | None:
    """Return the files of the proposal; ``None`` where there are none."""
    if not review.sources:
        return None
    rows = []
    for one in review.sources:
        parts: list[Inside] = [frame.mark(one.how), tag("code", short(one.path)), tag("span", frame.t(PARTS[one.part]))]
        if one.former:
            parts.append(tag("span", frame.t(said("was")), " ", tag("code", short(one.former))))
        if one.lines_new or one.lines_gone:
            parts.append(tag("span", f"+{one.lines_new} −{one.lines_gone}"))
        if one.what:
            parts.append(frame.stamp(ODD.get(one.what, said("unusual")), "wait"))
        rows.append(tag("li", tag("p", parts, class_="facts")))
    return frame.section("sources", said("Files of the proposal"), frame.some(rows, MOST, "rows"))
