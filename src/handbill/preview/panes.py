"""A letter before it is sent → the page of the preview on which an editor proofs it: four panes, and what is to be known.

The page is a tool of the program's own, in the language of the editor; a theme
has no part in it.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from handbill.composing.impression import Impression
from handbill.composing.standings import Overview, Standing
from handbill.errors import Level, said
from handbill.outputs.letters import HTML, MAIL, TEXT
from handbill.outputs.mail.weight import MOST
from handbill.preview.facts import checks, chosen, leading, weighing
from handbill.preview.sheets import Sheet
from handbill.showing.tags import Html, Inside, tag
from handbill.telling import tell_count

#: Name, what it is called, and the width of its letter in pixels; the text has the width of its lines.
PANES = (
    ("phone", said("Phone, 375 px"), 375),
    ("desktop", said("Desktop, 700 px"), 700),
    ("dark", said("Dark"), 375),
    ("text", said("Text"), 640),
)

#: Links of a letter open beside the page; nothing in it runs.
_SANDBOX = "allow-same-origin allow-popups allow-popups-to-escape-sandbox"


def letter_page(seen: Impression, others: Sequence[Standing], sheet: Sheet) -> str:
    """Return the page of one letter; *others* are all numbers, to go on to."""
    letter, sent = seen.letter, seen.sent.isoformat()
    title = f"{letter.name}, {sheet.words('no. {number}', number=letter.number)}"
    state = tag(
        "p",
        (sheet.stamp(seen.state), tag("time", sheet.words.moment(sent), datetime=sent), tag("code", seen.source)),
        class_="state",
    )
    facts = (
        tag("div", checks(seen, sheet), weighing(seen, sheet)),
        chosen(seen, sheet),
        leading(seen, sheet),
        _files(seen, sheet),
    )
    main = tag(
        "main",
        tag("header", state, tag("h1", letter.subject, lang=letter.lang), class_="head"),
        _inbox(seen, sheet),
        _summary(seen, sheet),
        _panes(seen, sheet),
        tag("div", facts, class_="facts"),
    )
    return sheet.page(f"{letter.subject} · {sheet.t(said('Proof'))}", _bar(sheet, title, seen.name, others), main)


def index_page(found: Overview, sheet: Sheet) -> str:
    """Return the page that leads to the panes of every number of every letter."""
    title = sheet.t(said("Letters"))
    parts: list[Inside] = [tag("h1", title)]
    if not found.standings:
        none = said("There is no letter yet. To write the first: {command}", command="python3 build.py newsletter draft")
        parts.append(tag("p", sheet.t(none)))
    for key, name in found.letters:
        rows = tag("tbody", (_row(one, sheet) for one in found.standings if one.letter == key))
        heads = sheet.heads(said("Number"), said("Subject"), said("Sent"), said("State"), said("Weight"))
        parts.append(tag("section", tag("h2", name), sheet.scrolling(name, tag("table", heads, rows, class_="letters"))))
    return sheet.page(title, _bar(sheet, title, "", ()), tag("main", parts))


def _row(one: Standing, sheet: Sheet) -> Html:
    wrong = sum(problem.level is not Level.NOTE for problem in one.problems)
    told = (" ", tag("span", tell_count("{n} problem", "{n} problems", wrong, sheet.lang), class_="bad")) if wrong else None
    sent = one.sent.isoformat()
    return tag(
        "tr",
        tag("th", one.name, scope="row"),
        tag("td", tag("a", one.subject, href=f"{one.name}/", lang=one.lang), told),
        tag("td", tag("time", sheet.words.short_day(sent), datetime=sent)),
        tag("td", sheet.stamp(one.state)),
        tag("td", sheet.kilobytes(one.weight.own) if one.weight else "–"),
    )


def _bar(sheet: Sheet, title: str, name: str, others: Sequence[Standing]) -> Html:
    """Return the line above everything: where one is, and the numbers before and after."""
    here = tag("strong", title)
    path = [tag("a", sheet.t(said("The hub")), href=sheet.home)]
    path += [tag("a", sheet.t(said("Letters")), href="../"), here] if name else [here]
    return tag("nav", tag("ol", (tag("li", one) for one in path)), tag("p", _around(name, others)), class_="bar", aria_label=title)


def _around(name: str, others: Sequence[Standing]) -> Iterator[Html]:
    """Yield links to the numbers before and after of the same letter and language; of *others* the latest stands first."""
    own = next((one for one in others if one.name == name), None)
    same = [one.name for one in others if own and (one.letter, one.lang) == (own.letter, own.lang)]
    place = same.index(name) if name in same else len(same)
    if place + 1 < len(same):
        yield tag("a", f"← {same[place + 1]}", href=f"../{same[place + 1]}/", rel="prev")
    if 0 < place < len(same):
        yield tag("a", f"{same[place - 1]} →", href=f"../{same[place - 1]}/", rel="next")


def _inbox(seen: Impression, sheet: Sheet) -> Html:
    """Return how the letter stands in a list of mails, cut where the room ends, on a phone and on a computer."""
    letter = seen.letter
    sender = tag("b", letter.sender.rpartition("<")[0].strip().strip('"') or letter.name)
    clock = tag("span", sheet.words.clock(seen.sent.isoformat()), class_="clock")
    empty = tag("i", sheet.t(said("no preheader: the first words of the letter stand here")), lang=sheet.lang)
    preheader: Inside = letter.preheader or empty
    subject = letter.subject
    small = (tag("p", sender, clock), tag("p", subject, class_="subject"), tag("p", preheader, class_="preheader"))
    line = tag("span", tag("span", subject, class_="subject"), " – ", tag("span", preheader, class_="preheader"), class_="line")
    return tag(
        "section",
        _mail(sheet.t(said("In the inbox of a phone")), "small", letter.lang, small),
        _mail(sheet.t(said("On a computer")), "wide", letter.lang, (tag("p", sender, line, clock),)),
        class_="inbox",
        aria_label=sheet.t(said("In the inbox")),
    )


def _mail(title: str, sort: str, lang: str, inside: Inside) -> Html:
    return tag("figure", tag("figcaption", title), tag("div", inside, class_=f"mail {sort}", lang=lang))


def _summary(seen: Impression, sheet: Sheet) -> Html:
    """Return what matters most in one line, each a way to more."""
    errors = sum(one.level is Level.ERROR for one in seen.problems)
    warnings = sum(one.level is Level.WARNING for one in seen.problems)
    counts = [tell_count("{n} error", "{n} errors", errors, sheet.lang)] if errors else []
    counts += [tell_count("{n} warning", "{n} warnings", warnings, sheet.lang)] if warnings else []
    entries = sum(len(one.entries) for one in seen.choices)
    is_lost = any(one.sort == "lost" for one in seen.leadings)
    weight = said("{weight} of {most}", weight=sheet.kilobytes(seen.weight.own), most=sheet.kilobytes(MOST))
    rows = (
        ("checks", "bad" if errors else "wait" if warnings else "good", ", ".join(counts) or sheet.t(said("nothing is wrong"))),
        ("chosen", "", tell_count("{n} entry chosen", "{n} entries chosen", entries, sheet.lang)),
        ("weight", "" if seen.weight.fits else "bad", sheet.t(weight)),
        ("links", "bad" if is_lost else "", tell_count("{n} link", "{n} links", len(seen.leadings), sheet.lang)),
    )
    return tag("ul", (tag("li", tag("a", text, href=f"#{to}"), class_=sort) for to, sort, text in rows), class_="summary")


def _panes(seen: Impression, sheet: Sheet) -> Iterator[Html]:
    """Yield the tools and the four panes; without a script these stand in their own size, one beside the other."""
    if HTML not in seen.forms:
        yield tag("p", sheet.t(said("This letter cannot be made yet; what is wrong is told below.")), class_="nothing")
        return
    views = (("all", said("All four")), *((name, title) for name, title, _ in PANES))
    buttons = (tag("button", sheet.t(title), type="button", data_view=name, aria_pressed="false") for name, title in views)
    toggles = (("inverted", said("Colours turned around")), ("bare", said("Without pictures")))
    yield tag(
        "div",
        tag("div", buttons, role="group", aria_label=sheet.t(said("What is shown"))),
        tag("div", (tag("label", tag("input", type="checkbox", data_toggle=name), " ", sheet.t(title)) for name, title in toggles)),
        class_="tools",
        hidden=True,
    )
    yield tag("div", (_pane(name, sheet.t(title), width, seen, sheet) for name, title, width in PANES), class_="panes", data_view="all")


def _pane(name: str, title: str, width: int, seen: Impression, sheet: Sheet) -> Html:
    if name == "text":
        text = seen.forms.get(TEXT, b"").decode("utf-8")
        label = sheet.t(said("The letter as text"))
        inside = tag("pre", text, tabindex="0", role="region", aria_label=label, lang=seen.letter.lang, data_width=width)
    else:
        scheme = "dark" if name == "dark" else "light"
        label = sheet.t(said("The letter: {pane}", pane=title))
        inside = tag(
            "iframe", src=f"{scheme}.html", data_scheme=scheme, data_width=width, width=width, height=720, title=label, sandbox=_SANDBOX
        )
    return tag("figure", tag("figcaption", title), tag("div", inside, class_="room"), class_=f"pane {name}", data_pane=name)


def _files(seen: Impression, sheet: Sheet) -> Html | None:
    names = {HTML: said("HTML"), TEXT: said("text"), MAIL: said("the whole mail, as a sender gets it")}
    there = [(form, told) for form, told in names.items() if form in seen.forms]
    links = [tag("li", tag("a", form, href=form), " ", tag("span", sheet.t(told), class_="quiet")) for form, told in there]
    return sheet.section("files", said("As it will be sent"), tag("ul", links)) if links else None
