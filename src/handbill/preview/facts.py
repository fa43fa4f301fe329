"""What is known of a letter → the parts of its page below the panes: checks, choices, weight, links."""

from __future__ import annotations

import posixpath
from collections.abc import Iterator

from handbill.composing.choices import Choice, Chosen
from handbill.composing.impression import Impression
from handbill.composing.leading import Leading
from handbill.errors import Level, Problem, said
from handbill.outputs.mail.standing import heading_of
from handbill.outputs.mail.weight import MANY, MOST, MOST_SENT
from handbill.preview.sheets import Sheet
from handbill.showing.tags import Html, tag
from handbill.telling import sentence, tell_count

_LEVELS = {Level.ERROR: ("bad", said("error")), Level.WARNING: ("wait", said("warning")), Level.NOTE: ("quiet", said("note"))}


def checks(seen: Impression, sheet: Sheet) -> Html:
    """Return what is wrong with the letter, the gravest first."""
    told = [tag("ul", (_problem(one, sheet) for one in seen.problems), class_="problems")] if seen.problems else []
    if not any(one.level is not Level.NOTE for one in seen.problems):
        told.insert(0, tag("p", sheet.t(said("Nothing is wrong with this letter.")), class_="good"))
    if seen.elsewhere:
        others = seen.elsewhere
        count = tell_count("{n} error in other files stops the build", "{n} errors in other files stop the build", others, sheet.lang)
        told.append(tag("p", count, class_="bad"))
    return sheet.section("checks", said("Checks"), told)


def _problem(one: Problem, sheet: Sheet) -> Html:
    sort, word = _LEVELS[one.level]
    where = ":".join(str(part) for part in (one.path, one.line) if part)
    head = (tag("strong", sheet.t(word)), " ", tag("code", where), " ", tag("small", one.code))
    return tag("li", head, tag("p", sentence(one, sheet.lang)), class_=sort)


def chosen(seen: Impression, sheet: Sheet) -> Html:
    """Return what each section chose and why, in the order of the letter."""
    nothing = tag("p", sheet.t(said("No section: this letter is all in your words.")))
    parts = [_choice(one, sheet, posixpath.dirname(seen.source)) for one in seen.choices]
    return sheet.section("chosen", said("What was chosen, and why"), parts or nothing)


def _choice(one: Choice, sheet: Sheet, folder: str) -> Html:
    title = heading_of(one.show, one.title, sheet.words)
    more = []
    if one.left_out:
        more.append(tell_count("{n} more left out by limit", "{n} more left out by limit", one.left_out, sheet.lang))
    if one.excluded:
        more.append(tell_count("{n} excluded by hand", "{n} excluded by hand", one.excluded, sheet.lang))
    if one.sponsor:
        inside = tag("ul", tag("li", one.sponsor))
    elif one.entries:
        inside = tag("ul", (_entry(entry, sheet, folder) for entry in one.entries))
    else:
        inside = tag("p", sheet.t(said("Nothing, so the section does not appear.")), class_="quiet")
    head = tag("h3", title, " ", tag("code", one.show), " ", tag("code", one.layout) if one.layout != "cards" else None)
    rule = tag("p", sheet.t(one.rule), (" · ", tag("span", ", ".join(more), class_="more")) if more else None, class_="rule")
    return tag("div", head, rule, inside, class_="choice")


def _entry(entry: Chosen, sheet: Sheet, folder: str) -> Html:
    date = (tag("time", sheet.words.short_day(entry.when), datetime=entry.when), " ") if entry.when else None
    pinned = (" ", tag("span", sheet.t(said("pinned")), class_="stamp pinned")) if entry.is_pinned else None
    path = (" ", tag("code", posixpath.relpath(entry.source, folder))) if entry.source else None
    return tag("li", date, entry.title, pinned, path)


def weighing(seen: Impression, sheet: Sheet) -> Html:
    """Return the weight of the letter as a share of what Gmail shows, and what each part adds to it."""
    weight, number = seen.weight, sheet.words.number
    told = said(
        "{own} bytes of at most {most}; on its way {sent} of at most {most_sent}",
        own=number(weight.own),
        most=number(MOST),
        sent=number(weight.sent),
        most_sent=number(MOST_SENT),
    )
    label = sheet.t(said("Weight"))
    meter = tag("meter", number(weight.own), min=0, max=MOST, high=MANY, value=min(weight.own, MOST), aria_label=label)
    rows = [_block(name, own, weight.own, sheet) for name, own in _blocks(seen, sheet)]
    bill = tag("table", tag("caption", sheet.t(said("What each part adds"))), tag("tbody", rows), class_="bill") if rows else None
    return sheet.section("weight", said("Weight"), tag("p", meter, " ", sheet.t(told)), bill)


def _blocks(seen: Impression, sheet: Sheet) -> Iterator[tuple[str, int]]:
    """Yield the parts of the letter, the heaviest first, those of one name together, and what is around them."""
    sums: dict[str, int] = {}
    for one in seen.blocks:
        name = heading_of(one.name, one.title, sheet.words) if one.name or one.title else sheet.t(said("Your text"))
        sums[name] = sums.get(name, 0) + one.own
    yield from sorted(sums.items(), key=lambda pair: (-pair[1], pair[0]))
    if seen.blocks:
        yield sheet.t(said("Frame, styles and foot")), seen.weight.own - sum(sums.values())


def _block(name: str, own: int, whole: int, sheet: Sheet) -> Html:
    share = tag("rect", width=f"{100 * own / max(1, whole):.1f}", height=6)
    bar = tag("svg", share, viewBox="0 0 100 6", preserveAspectRatio="none", aria_hidden="true")
    return tag("tr", tag("th", name, scope="row"), tag("td", sheet.words.number(own)), tag("td", bar))


def leading(seen: Impression, sheet: Sheet) -> Html:
    """Return every link of the letter with its words and where it leads."""
    heads = sheet.heads(said("Words"), said("Leads to"), said("Address"))
    rows = tag("tbody", (_lead(one, seen, sheet) for one in seen.leadings))
    table = tag("table", heads, rows, class_="leads")
    return sheet.section("links", said("Links"), sheet.scrolling(sheet.t(said("Links")), table))


def _lead(one: Leading, seen: Impression, sheet: Sheet) -> Html:
    times = (" ", tag("span", f"× {one.times}", class_="quiet")) if one.times > 1 else None
    words = one.words or tag("span", sheet.t(said("no words")), class_="bad")
    base = seen.base
    is_own = one.address.startswith(base)
    short = "/" + one.address.removeprefix(base) if is_own else one.address
    # The hub itself is looked at here, as it will stand then; the address of a member leads out of the list.
    to = sheet.home + one.address.removeprefix(base) if is_own else one.address
    address = short if one.sort == "member" else tag("a", short, href=to, rel="noreferrer")
    return tag("tr", tag("td", words, times), tag("td", sheet.t(one.where)), tag("td", address), class_=one.sort)
