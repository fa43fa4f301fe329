"""Changed pages → the part of a review in which each stands with its words, and as it looks before and after."""

from __future__ import annotations

from handbill.errors import Said, said
from handbill.reviewing.page_frame import Frame, short
from handbill.reviewing.page_groups import Group, groups
from handbill.reviewing.page_rooms import Rooms
from handbill.reviewing.record import PageChange, Review
from handbill.showing.tags import Html, Inside, tag
from handbill.telling import tell_count

#: So many pages stand open; the others are a click away.
MOST_OPEN = 4

#: So many of those that follow are shown as they look; of lists and neighbours nobody opens more.
MOST_FOLLOWING = 12

#: So many entries are told in full, and all others by their addresses.
MOST_TOLD = 200

#: So many addresses of pages that differ in the same way are shown.
MOST_ALIKE = 300

#: What a change is that has no word in it.
MARKS: dict[str, Said] = {
    "picture": said("other pictures"),
    "link": said("other links"),
    "style": said("another look"),
    "head": said("other facts for search engines and previews"),
    "markup": said("other markup"),
}


def pages_part(review: Review, rooms: Rooms, frame: Frame) -> Html | None:
    """Return the part of the pages; ``None`` where none differs."""
    if not review.pages:
        return None
    entries = groups(review.pages)
    own = [group for group in entries if group.first.is_own][:MOST_TOLD]
    follow = [group for group in entries if not group.first.is_own][: MOST_TOLD - len(own)]
    parts: list[Inside] = [_own(group, number, rooms, frame) for number, group in enumerate(own)]
    if follow:
        title = frame.t(said("Pages that follow"))
        told = frame.t(said("Lists, neighbours and other pages that say something of what changed."))
        shown = (_follows(group, rooms if number < MOST_FOLLOWING else None, frame) for number, group in enumerate(follow))
        parts.append(tag("div", tag("h3", title), tag("p", told, class_="quiet"), shown, class_="following"))
    if rest := [page for group in entries if group not in own and group not in follow for page in group.pages]:
        title = tell_count("{n} more page differs", "{n} more pages differ", len(rest), frame.lang)
        parts.append(tag("details", tag("summary", title), _addresses(rest, frame)))
    return frame.section("pages", said("Pages"), parts)


def _own(group: Group, number: int, rooms: Rooms, frame: Frame) -> Html:
    """Return a page that the proposal itself writes, open to be looked at."""
    page = group.first
    head = tag("header", tag("h3", _title(page), lang=page.lang or None), _facts(page, frame))
    seen = _seen(page, rooms, frame, is_open=number < MOST_OPEN)
    return tag("article", head, _same(group.pages[1:], frame), _words(page, frame), seen, class_="change", id=f"page-{number + 1}")


def _follows(group: Group, rooms: Rooms | None, frame: Frame) -> Html:
    """Return a page that only follows, in one line that opens."""
    page = group.first
    others = len(group.pages) - 1
    alike = (
        tell_count("{n} more page differs in the same way", "{n} more pages differ in the same way", others, frame.lang) if others else ""
    )
    line = (
        tag("strong", _title(page), lang=page.lang or None),
        " ",
        tag("code", short(page.address)),
        " ",
        tag("span", alike, class_="quiet"),
    )
    parts = (
        _facts(page, frame),
        _same(group.pages[1:], frame),
        _words(page, frame),
        _seen(page, rooms, frame) if rooms else _left_out(frame),
    )
    return tag("details", tag("summary", line), parts, class_="follows")


def _title(page: PageChange) -> str:
    return short(page.title) or short(page.address)


def _facts(page: PageChange, frame: Frame) -> Html:
    facts: list[Inside] = [frame.mark(page.how), tag("code", short(page.address))]
    if page.former:
        facts.append(tag("span", frame.t(said("was at")), " ", tag("code", short(page.former))))
    if page.is_own and page.sources:
        facts.append(tag("span", frame.t(said("from")), " ", tag("code", short(page.sources[0]))))
    facts.append(frame.since(page.since))
    return tag("p", facts, class_="facts")


def _same(others: tuple[PageChange, ...], frame: Frame) -> Html | None:
    if not others:
        return None
    title = tell_count("{n} more page differs in the same way", "{n} more pages differ in the same way", len(others), frame.lang)
    return tag("details", tag("summary", title), _addresses(others, frame))


def _addresses(pages: list[PageChange] | tuple[PageChange, ...], frame: Frame) -> list[Html]:
    shown = [tag("li", tag("code", short(one.address)), " ", short(one.title)) for one in pages[:MOST_ALIKE]]
    left = len(pages) - len(shown)
    more = [tag("p", tell_count("… and {n} more", "… and {n} more of them", left, frame.lang), class_="quiet")] if left else []
    return [tag("ul", shown, class_="others"), *more]


def _words(page: PageChange, frame: Frame) -> Html:
    compared = frame.compared(page.words, page.lang)
    if compared is not None:
        return compared
    marks = [frame.t(MARKS[one]) for one in page.marks if one in MARKS]
    what = ", ".join(marks) or frame.t(said("other bytes that nobody sees"))
    return tag("p", frame.t(said("No word differs: {what}.", what=what)), class_="quiet")


def _seen(page: PageChange, rooms: Rooms, frame: Frame, *, is_open: bool = False) -> list[Html]:
    if page.before is None and page.after is None:
        return []
    pair = rooms.pair(page.address, page.title, page.before, page.after)
    if pair is None:
        return [_left_out(frame)]
    parts = [tag("details", tag("summary", frame.t(said("How it looks"))), pair, open=is_open)]
    if marked := rooms.marked(page.address, page.title):
        parts.append(tag("details", tag("summary", frame.t(said("Where it differs, as pictures"))), marked))
    return parts


def _left_out(frame: Frame) -> Html:
    note = said("How it looks is left out to keep this file small; the built site beside it has it.")
    return tag("p", frame.t(note), class_="quiet")
