"""One edit of one file, and every medium tells it in its own form, with the old date kept visible.

The table is {shapes of events} × {what becomes of them} × {media}.  The hub is
built as members knew it, each file is edited and committed as an editor would
do it, and the hub is built again.
"""

from __future__ import annotations

import json
import os
import re
import subprocess
from dataclasses import dataclass, replace
from datetime import datetime
from functools import cached_property
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import icalendar
import lxml.html
import pytest
from tests.cases import for_each
from tests.hubs import load_village, moment, options, text, write

from handbill.hub.address import slug_of
from handbill.hub.facets import Occurrence
from handbill.hub.hub import Hub
from handbill.hub.item import Item
from handbill.outputs import letters, social
from handbill.outputs.cards import Cards
from handbill.outputs.edition import Edition
from handbill.outputs.home import home
from handbill.outputs.theme import Theme
from handbill.outputs.words import words_for
from handbill.pipeline import build

BEFORE, AFTER = "2026-03-16 12:00", "2026-04-02 12:00"
HUB = """\
[hub]
name = "Essai"
base_url = "https://essai.example/"
lang = "fr"
languages = ["fr", "en"]
[mail]
sender = "Essai <lettre@essai.example>"
unsubscribe = "https://essai.example/{token}"
"""
WEEKLY = "FREQ=WEEKLY;COUNT=4"

#: Each shape: how its dates are written, and the new start and end when it is moved.
SHAPES: dict[str, tuple[dict[str, str], dict[str, str]]] = {
    "timed": ({"starts": "2026-04-20 14:00", "ends": "2026-04-20 16:00"}, {"starts": "2026-05-04 15:00", "ends": "2026-05-04 17:00"}),
    "all-day": ({"starts": "2026-04-21"}, {"starts": "2026-05-05"}),
    "several-days": ({"starts": "2026-04-22", "ends": "2026-04-24"}, {"starts": "2026-05-06", "ends": "2026-05-08"}),
    "series": (
        {"starts": "2026-04-06 18:00", "ends": "2026-04-06 20:00", "recurrence": f"{{rule: {WEEKLY}}}"},
        {"starts": "2026-04-07 18:00", "ends": "2026-04-07 20:00"},
    ),
    "one-date": (
        {"starts": "2026-04-06 18:00", "ends": "2026-04-06 20:00", "recurrence": f"{{rule: {WEEKLY}}}"},
        {"starts": "2026-04-15 19:00", "ends": "2026-04-15 21:00"},
    ),
    "abroad": (
        {"timezone": "America/New_York", "starts": "2026-04-23 19:00", "ends": "2026-04-23 21:00"},
        {"starts": "2026-05-07 19:00", "ends": "2026-05-07 21:00"},
    ),
    "translated": ({"starts": "2026-04-25 10:00", "ends": "2026-04-25 12:00"}, {"starts": "2026-05-09 10:00", "ends": "2026-05-09 12:00"}),
}
CHANGES = ("cancelled", "postponed", "rescheduled", "moved_online", "confirmed")
ON = "2026-04-13 18:00"
NOTE = {"fr": "La chaudière est en panne.", "en": "The boiler is broken."}
MARK = {
    "fr": {"cancelled": "Annulé", "postponed": "Reporté", "rescheduled": "Nouvelle date", "moved_online": "En ligne désormais"},
    "en": {"cancelled": "Cancelled", "postponed": "Postponed", "rescheduled": "New date", "moved_online": "Moved online"},
}
OFF = ("cancelled", "postponed")
ALL = [(shape, change, lang) for shape in SHAPES for change in CHANGES for lang in (("fr", "en") if shape == "translated" else ("fr",))]
TOLD = [one for one in ALL if one[1] != "confirmed"]


def front(shape: str, change: str, lang: str, *, edited: bool) -> str:
    """Return the file of an event, as it was announced or as it stands after the edit."""
    dates, new = SHAPES[shape]
    name = f"{shape} {change}" + (" (en)" if lang == "en" else "")
    values = {
        "title": f"Rencontre {name}",
        "date": "2026-03-01",
        "organisers": "[X]",
        "venue": f"{{name: Salle {name}}}",
        "tags": f"[{name}]",
        **dates,
    }
    values["join_url"] = "https://visio.example/a"
    before = {"status": "tentative"} if change == "confirmed" else {}
    after = {"status": change, "status_note": NOTE[lang]} if change != "confirmed" else {}
    moved = {**new, "previous_starts": f"[{dates['starts']}]"} if change == "rescheduled" else {}
    if shape != "one-date":
        return text(**{**values, **(after | moved if edited else before)})
    lines = [f"    - on: {ON}", f"      status: {change if edited else 'tentative'}"]
    if edited and change != "confirmed":
        lines.append(f"      note: {NOTE[lang]}")
    if edited and change == "rescheduled":
        lines += [f"      starts: {new['starts']}", f"      ends: {new['ends']}"]
    one = f"\n  rule: {WEEKLY}\n  changes:\n" + "\n".join(lines)
    return text(**{**values, **({"recurrence": one} if edited or change == "confirmed" else {})})


def commit(root: Path, day: str) -> None:
    moment_of = {"GIT_AUTHOR_DATE": f"{day}T10:00:00+01:00", "GIT_COMMITTER_DATE": f"{day}T10:00:00+01:00"}
    who = ["-c", "user.name=Essai", "-c", "user.email=essai@essai.example"]
    for words in (["init", "-q"], ["add", "."], [*who, "commit", "-q", "-m", day]):
        subprocess.run(["git", *words], cwd=root, check=True, env={**os.environ, **moment_of})


@dataclass(frozen=True)
class Built:
    """The hub after the edits, and what was made before and after them."""

    hub: Hub
    settings: Any
    old: Path
    new: Path

    def item(self, shape: str, change: str, lang: str) -> Item:
        ending = ".en" if lang == "en" else ""
        return next(one for one in self.hub.items if one.source == f"events/{shape}-{change}{ending}.md")

    def page(self, path: str) -> lxml.html.HtmlElement:
        return lxml.html.document_fromstring((self.new / path).read_bytes())

    @cached_property
    def agenda(self) -> dict[str, lxml.html.HtmlElement]:
        return {"fr": self.page("events/index.html"), "en": self.page("en/events/index.html")}


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Built:
    root = tmp_path_factory.mktemp("one-change")
    files = {f"events/{s}-{c}{'.en' if lang == 'en' else ''}.md": (s, c, lang) for s, c, lang in ALL}
    letter = {"number": "1", "subject": "Mars", "date": "2026-03-15 18:00"}
    common = {
        "hub.toml": HUB,
        ".gitignore": ".handbill/\nbefore/\nafter/\n",
        "events/past.md": text(title="Passé", starts="2026-02-02 10:00", organisers="[X]", venue="{name: Salle}"),
        "events/past.en.md": text(title="Past", starts="2026-02-02 10:00", organisers="[X]", venue="{name: Salle}"),
    }
    for number, date in (("1", "2026-03-15 18:00"), ("2", "2026-04-01 18:00")):
        for ending in ("", ".en"):
            common[f"newsletters/{number}{ending}.md"] = text(**{**letter, "number": number, "date": date})
    write(root, {**common, **{name: front(*one, edited=False) for name, one in files.items()}})
    commit(root, "2026-03-01")
    build(options(root, BEFORE, output=root / "before"))
    write(root, {name: front(*one, edited=True) for name, one in files.items()})
    commit(root, "2026-03-20")
    build(options(root, AFTER, output=root / "after"))
    loaded, settings = load_village(AFTER, root)
    return Built(loaded.hub, settings, root / "before", root / "after")


def changed(item: Item, change: str) -> Occurrence:
    """Return the date that the edit was about; of a whole series the first one."""
    if item.slug.startswith("one-date"):
        return next(one for one in item.occurrences if one.original == moment(ON))
    assert all(one.status == change for one in item.occurrences)
    return item.occurrences[0]


def old_start(when: Occurrence) -> str:
    return (when.was[0] if when.was else when.starts).isoformat()


def plain_day(built: Built, iso: str, lang: str) -> str:
    return words_for(lang, Theme(built.settings.root).locale(lang)).plain_day(iso).replace("\xa0", " ")


def said(node: lxml.html.HtmlElement) -> str:
    return re.sub(r"\s+", " ", node.text_content().replace("\xa0", " "))


def struck(node: lxml.html.HtmlElement) -> set[str]:
    """Return the moments that are struck out."""
    return {one.get("datetime") for one in node.xpath(".//s//time | .//time[.//s]")}


def shows(node: lxml.html.HtmlElement, when: Occurrence, change: str, lang: str) -> None:
    """See that a place of a page has the mark, and the old date struck out where nobody should come then any more."""
    assert MARK[lang][change] in said(node)
    assert (old_start(when) in struck(node)) == (change != "moved_online")
    assert change in OFF or when.starts.isoformat() not in struck(node)


@for_each(("shape", "change", "lang"), TOLD)
def test_its_own_page(built, shape, change, lang):
    """Whoever has the link comes here first."""
    item = built.item(shape, change, lang)
    page = built.page(f"{item.address.lstrip('/')}index.html").xpath("//main")[0]
    when = changed(item, change)

    if shape == "one-date":
        (entry,) = (
            one
            for one in page.xpath("//section[contains(@class, 'dates')]//li")
            if one.xpath(f".//time[@datetime='{when.starts.isoformat()}']")
        )
        shows(entry, when, change, lang)
        assert NOTE[lang] in said(entry)
    else:
        (head,) = page.xpath(".//*[contains(@class, 'item-name')]")
        shows(head, when, change, lang)
        assert NOTE[lang] in {said(one).strip() for one in page.xpath(".//p[@class='notice']")}


@for_each(("shape", "change", "lang"), TOLD)
def test_the_agenda_and_the_pages_of_its_place_and_subject(built, shape, change, lang):
    """Whoever looks through the list sees it without opening anything."""
    item = built.item(shape, change, lang)
    when = changed(item, change)
    home_of = "" if lang == "fr" else "en/"
    place = built.page(f"{home_of}places/{item.place.slug}/index.html")
    year = built.page(f"{home_of}events/2026/index.html")
    for page in (built.agenda[lang], place, year):
        rows = [
            row
            for row in page.xpath("//article")
            if row.xpath(f".//a[@href='{item.address}']") and when.starts.isoformat() in row.xpath(".//time/@datetime")
        ]
        assert rows
        shows(rows[0], when, change, lang)
    if shape != "one-date":
        subject = built.page(f"{home_of}tags/{slug_of(item.tags[0])}/index.html")
        (card,) = (one for one in subject.xpath("//article") if one.xpath(f".//a[@href='{item.address}']"))
        shows(card, when, change, lang)


@for_each(("shape", "change", "lang"), TOLD)
def test_the_table_of_the_month(built, shape, change, lang):
    """The day that was left leads to what became of it."""
    item = built.item(shape, change, lang)
    when = changed(item, change)
    here = [one.astimezone(moment(AFTER).tzinfo) if isinstance(one, datetime) else one for one in (when.starts, *when.was)]
    cells = {one.xpath(".//time/@datetime")[0]: said(one) for one in built.agenda[lang].xpath("//td[.//a]")}

    assert 1 + (change == "rescheduled") == len(here)
    for day in here:
        assert f"{item.title} ({MARK[lang][change]})" in cells[day.isoformat()[:10]]


@for_each(("shape", "change", "lang"), TOLD)
def test_the_front_page(built, shape, change, lang):
    """What falls through stands below the next dates, what moved among them."""
    item = built.item(shape, change, lang)
    only = replace(built.hub, items=tuple(one for one in built.hub.items if one.group == item.group))
    edition = Edition(only, built.settings, lang, Cards(only, built.settings, lang), lambda words, **values: words.format(**values))
    view = home(edition).view

    when = changed(item, change)
    cards = [one.when for one in (*view.upcoming, *view.off) if one.when and one.when.starts == when.starts.isoformat()]
    if shape == "one-date" and not cards:
        # The series goes on before that date, which is what the front page has room for.
        assert view.upcoming
        assert "2026-04-06" == view.upcoming[0].when.starts[:10]
        return
    assert {change} == {one.status for one in cards}
    assert (when.starts.isoformat() in {one.when.starts for one in view.off}) == (change in OFF)
    assert all(one.awaited == tuple(was.isoformat() for was in when.was) for one in cards)


@for_each(("shape", "change", "lang"), ALL)
def test_search_engines(built, shape, change, lang):
    """schema.org has a word for each, and keeps the date that was announced."""
    item = built.item(shape, change, lang)
    page = built.page(f"{item.address.lstrip('/')}index.html")
    graph = [node for one in page.xpath("//script[@type='application/ld+json']") for node in json.loads(one.text)["@graph"]]
    (event,) = (one for one in graph if one.get("@id", "").endswith("#event"))
    when = changed(item, change)
    nodes = [one for one in event.get("subEvent", [event]) if one["startDate"] == when.starts.isoformat()]

    status = {"cancelled": "Cancelled", "postponed": "Postponed", "rescheduled": "Rescheduled", "moved_online": "MovedOnline"}.get(
        change, "Scheduled"
    )
    (node,) = nodes
    assert f"https://schema.org/Event{status}" == node["eventStatus"]
    assert (old_start(when) if change == "rescheduled" else None) == node.get("previousStartDate")
    if change == "moved_online":
        assert "VirtualLocation" == node["location"]["@type"]


@for_each(("shape", "change", "lang"), TOLD)
def test_the_search_of_the_hub(built, shape, change, lang):
    """Whoever looks for it by name sees the state among what is found."""
    item = built.item(shape, change, lang)
    page = built.page(f"{item.address.lstrip('/')}index.html")

    found = set(page.xpath("//@data-pagefind-filter"))
    assert (f"state:{change}" in found) == (shape != "one-date")


def entries(folder: Path, item: Item) -> dict[str, dict[str, Any]]:
    """Return the entry of an item in each form of the feed of its subject: id, title, content, updated, order."""
    base = folder / ("" if item.lang == "fr" else "en") / "feeds" / "tags" / slug_of(item.tags[0])
    atom = ElementTree.fromstring(base.with_suffix(".atom.xml").read_text(encoding="utf-8"))  # noqa: S314
    name = "{http://www.w3.org/2005/Atom}"
    (one,) = atom.iter(f"{name}entry")
    rss = ElementTree.fromstring(base.with_suffix(".rss.xml").read_text(encoding="utf-8"))  # noqa: S314
    (other,) = rss.iter("item")
    (third,) = json.loads(base.with_suffix(".json").read_text(encoding="utf-8"))["items"]
    return {
        "atom": {part: one.findtext(f"{name}{part}") for part in ("id", "title", "content", "updated")},
        "rss": {
            "id": other.findtext("guid"), "title": other.findtext("title"), "updated": None,
            "content": other.findtext("{http://purl.org/rss/1.0/modules/content/}encoded"),
        },
        "json": {"id": third["id"], "title": third["title"], "content": third["content_html"], "updated": third.get("date_modified")},
    }  # fmt: skip


@for_each(("shape", "change", "lang"), ALL)
def test_feeds(built, shape, change, lang):
    """The same entry comes up again, and its title alone says what happened."""
    item = built.item(shape, change, lang)
    when = changed(item, change)
    before, after = entries(built.old, item), entries(built.new, item)

    for form, entry in after.items():
        assert before[form]["id"] == entry["id"]
        if entry["updated"]:
            assert datetime.fromisoformat(before[form]["updated"] or "2026-03-01T00:00:00+01:00") < datetime.fromisoformat(entry["updated"])
        if change == "confirmed":
            assert item.title == entry["title"]
            continue
        prefix = MARK[lang][change] if shape != "one-date" else ("Changement de date" if lang == "fr" else "Change of dates")
        assert entry["title"].startswith(prefix), entry["title"]
        content = lxml.html.fragment_fromstring(entry["content"], create_parent=True)
        assert NOTE[lang] in said(content)
        assert MARK[lang][change] in said(content)
        if change != "moved_online":
            lasting = "du 22 au 24 avril 2026" if shape == "several-days" and change in OFF else plain_day(built, old_start(when), lang)
            assert lasting in " ".join(said(one) for one in content.xpath(".//s"))


def components(folder: Path, path: str, uid: str) -> list[icalendar.Event]:
    calendar = icalendar.Calendar.from_ical((folder / path).read_bytes())
    return [one for one in calendar.walk("VEVENT") if str(one["uid"]) == uid]


def start_of(event: icalendar.Event, name: str = "dtstart") -> Any:
    return event[name].dt


@for_each(("shape", "change", "lang"), ALL)
def test_calendars(built, shape, change, lang):
    """What a member has is updated: the same UID, a higher number, and the title says it even where a program shows no state."""
    item = built.item(shape, change, lang)
    when = changed(item, change)
    uid = built.hub.told.records[item.id].uid
    home_of = "" if lang == "fr" else "en/"
    paths = (
        f"{item.address.lstrip('/')}event.ics",
        f"{home_of}calendars/all.ics",
        f"{home_of}calendars/tags/{slug_of(item.tags[0])}.ics",
        f"{home_of}calendars/places/{item.place.slug}.ics",
    )
    status = {"cancelled": "CANCELLED", "postponed": "CANCELLED"}.get(change, "CONFIRMED")
    for path in paths:
        before, after = components(built.old, path, uid), components(built.new, path, uid)
        assert before
        assert max(int(one["sequence"]) for one in before) < min(int(one["sequence"]) for one in after)
        if shape == "one-date" and change != "confirmed":
            (one,) = (event for event in after if "recurrence-id" in event)
            assert moment(ON) == start_of(one, "recurrence-id")
            assert 1 == len([event for event in after if "rrule" in event])
        else:
            one = min(after, key=lambda event: str(start_of(event)))
        assert status == str(one["status"])
        assert when.starts == start_of(one) or shape == "one-date"
        prefix = {mark: MARK[lang][mark] for mark in OFF}.get(change, "")
        assert str(one["summary"]).startswith(prefix)
        assert item.title in str(one["summary"])
        told = " ".join(str(event["description"]) for event in after if start_of(event) == start_of(one)).replace("\xa0", " ")
        if change != "confirmed":
            assert NOTE[lang] in told
        if change == "rescheduled":
            assert plain_day(built, old_start(when), lang) in told
        if change == "moved_online":
            assert str(one.get("location", "")) in ("", "https://visio.example/a")


@pytest.fixture(scope="module")
def mails(built: Built) -> dict[tuple[str, str], tuple[str, str]]:
    """Return the second letter of a hub that has this one event, as HTML and as text, by its id and language."""
    found = {}
    for shape, change, lang in ALL:
        item = built.item(shape, change, lang)
        others = tuple(one for one in built.hub.items if one.kind == "issue" or one.id == item.id)
        only = replace(built.hub, items=others)
        planned = [
            one for one in letters.plan(only, built.settings) if f"newsletters/2/mail.{'html' if 'html' in one.path else 'txt'}" in one.path
        ]
        made = {one.path: bytes(one.content).decode() for one in letters.make(planned, built.settings, built.new)}
        path = f"{'' if lang == 'fr' else 'en/'}newsletters/2/mail."
        found[item.id, lang] = made[f"{path}html"], made[f"{path}txt"]
    return found


@for_each(("shape", "change", "lang"), TOLD)
def test_the_next_letter(built, mails, shape, change, lang):
    """Whoever read of it in the last one reads of it in this one, before all else."""
    item = built.item(shape, change, lang)
    when = changed(item, change)
    html, plain = mails[item.id, lang]
    letter = lxml.html.document_fromstring(html)
    headings = [said(one) for one in letter.xpath("//h2")]
    changes, events = {"fr": ("Changements", "À venir"), "en": ("Changes", "Coming up")}[lang]

    coming = [one for one in item.occurrences if one.finishes > built.hub.as_of and not one.is_off]
    assert [changes, *([events] if coming else [])] == headings
    first, *later = re.split(rf"\n{changes}\n-+\n|\n{events}\n-+\n|\n-{{40}}\n", plain.replace("\xa0", " "))[1 : 1 + len(headings)]
    shown = {"fr": {"rescheduled": "D’abord annoncé pour : "}, "en": {"rescheduled": "Announced before for: "}}[lang].get(change, "")
    assert item.title in first
    assert f"[{MARK[lang][change].upper()}] " in first
    assert NOTE[lang] in re.sub(r"\s+", " ", first)
    assert shown in first
    assert ({"fr": "En ligne\n", "en": "Online\n"}[lang] in first) == (change == "moved_online")
    if change in OFF:
        assert ("Date annoncée : " if lang == "fr" else "Date announced: ") in first
    entries = [" ".join(said(one) for one in part.xpath("following-sibling::table")) for part in letter.xpath("//h2")]
    assert MARK[lang][change] in entries[0]
    assert NOTE[lang] in entries[0]
    assert any(one.xpath(".//s") for one in letter.xpath("//h2")[0].xpath("following-sibling::table")) == (change != "moved_online")
    # Where it stands anew it has its mark, and the reason is not given twice.
    for part in (*later, *entries[1:]):
        assert item.title in part
        assert NOTE[lang] not in re.sub(r"\s+", " ", part)
        assert (MARK[lang][change].upper() in part.upper()) == (change not in OFF)
    assert when.starts


@pytest.mark.parametrize(("shape", "change", "lang"), [one for one in ALL if one[1] == "confirmed"])
def test_what_became_certain_is_no_alarm(built, mails, shape, change, lang):
    """Good news: the mark is gone, calendars are updated, and no letter shouts."""
    item = built.item(shape, change, lang)
    page = built.page(f"{item.address.lstrip('/')}index.html").xpath("//main")[0]

    assert "À confirmer" not in said(page)
    assert "To be confirmed" not in said(page)
    assert "Changements" not in mails[item.id, lang][1]
    assert "Changes" not in mails[item.id, lang][1]


@for_each(("shape", "change", "lang"), TOLD)
def test_the_card_beside_a_shared_link(built, shape, change, lang):
    """A link that was shared weeks ago shows the new card when it is shared again."""
    item = built.item(shape, change, lang)
    bills = {one.path: one for one in social.plan(replace(built.hub, items=(item,)), built.settings)}
    (bill, _) = bills[f"{item.address.lstrip('/')}card.png"].work

    assert (MARK[lang][change] if shape != "one-date" else None) == (bill.mark.text if bill.mark else None)


def test_the_page_of_the_letter_tells_the_same_as_the_mail(built):
    """Who reads letters in the browser plans by them, too."""
    for lang, path in (("fr", "newsletters/2/index.html"), ("en", "en/newsletters/2/index.html")):
        (section,) = built.page(path).xpath("//section[contains(@class, 'letter-changes')]")
        # What is in French only is told to readers of English as well.
        own = [one for one in TOLD if one[2] == lang or (one[0], one[1], lang) not in TOLD]
        named = {built.item(*one).title for one in own}
        assert named == {said(one).strip() for one in section.xpath(".//h3")}
        assert {NOTE[one[2]] for one in own} == {said(one) for one in section.xpath(".//p[@class='fact-note']")}
