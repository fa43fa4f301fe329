"""Forms taken in: what becomes a file, what is asked for again, and that no stranger gets further than an answer."""

import re
from functools import cache
from html.parser import HTMLParser
from pathlib import Path, PurePosixPath
from tempfile import mkdtemp

import pytest
from tests.cases import for_each
from tests.hubs import files_of, moment, options, text, village, write
from tests.proposals.filled import HOSTILE, read, sound

from handbill.engine import engine_digest
from handbill.hub.nodes import Desk
from handbill.pipeline import check
from handbill.proposals.forms import named
from handbill.proposals.intake import Room, take_in
from handbill.proposals.issue import Issue
from handbill.proposals.replies import merge_text, reply
from handbill.reading.cache import Cache
from handbill.reading.files import split
from handbill.reading.load import load
from handbill.reading.walk import Found
from handbill.settings import read_settings

CASES = [case for table in sorted(HOSTILE.glob("*.txt")) for case in read(table)]

#: A sign that calls somebody, leads somewhere or is a tag, outside code.
CALLS = re.compile(r"@\w|<\w|\]\(|!\[|javascript:")


#: What words, lists, links and code are made of.
HARMLESS = set(
    re.findall(
        r"\w+", "a p em strong del code pre ul ol li blockquote h2 h3 h4 h5 h6 hr br table thead tbody tr th td sup section div span"
    )
)


class Tags(HTMLParser):
    """What a page would be made of: names of its elements, of their attributes, and where its links lead."""

    def __init__(self) -> None:
        super().__init__()
        self.names: set[str] = set()
        self.attributes: set[str] = set()
        self.addresses: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.names.add(tag)
        self.attributes |= {name for name, _ in attrs}
        self.addresses += [value or "" for name, value in attrs if name in ("href", "src")]


@cache
def room_of(root: Path) -> Room:
    """Return where forms are taken in, with what is remembered of the files, as in a second run."""
    return Room(read_settings(root), moment("2026-03-20 12:00"), Cache(root / ".handbill" / "cache" / "drafts", engine_digest()))


@cache
def settled() -> Path:
    """Return a village that nobody changes."""
    return village(Path(mkdtemp(prefix="handbill-test-")))


def taken(root: Path, body: str):
    """Return what becomes of a form that Ada filled in."""
    return take_in(Issue(body, 12, "Ada", moment("2026-03-19 12:00")), room_of(root))


def uncoded(comment: str) -> str:
    """Return a comment without what stands between backticks."""
    return re.sub(r"`[^`\n]*`", "", comment)


@for_each("case", CASES, ids=lambda one: one.name.replace(" ", "-"))
def test_a_hostile_form_gets_no_further_than_an_answer(case):
    """Whoever has an account can write anything into an issue; the figure that we promise: 40 bodies and more, no escape."""
    root = settled()
    before = {name: raw for name, raw in files_of(root).items() if not name.startswith(".handbill/")}
    outcome = taken(root, case.text)
    comment, merge = reply(outcome), merge_text(outcome, 12, "Ada")
    file = outcome.content.decode("utf-8")

    assert case.state == outcome.state, comment
    assert before == {name: raw for name, raw in files_of(root).items() if not name.startswith(".handbill/")}
    assert len(comment) < 30_000
    assert [] == CALLS.findall(uncoded(comment) + uncoded(merge))
    for words in case.says:
        assert words in comment
    for words in case.never:
        assert words not in comment + merge + file
    if outcome.is_ready:
        holds_nothing_but_a_text(outcome, root)
    else:
        assert (b"", "") == (outcome.content, merge)


def holds_nothing_but_a_text(outcome, root):
    """Assert that a file lies where texts lie, has fields that its form asks for, and a body without anything that runs."""
    form = named(outcome.form)
    path = PurePosixPath(outcome.path)
    desk = Desk(outcome.path, "Europe/Paris")
    table, markdown, _ = split(outcome.content.decode("utf-8"), desk)
    asked = {one.key.partition(".")[0] for one in form.questions} | {"date"}
    found = load(room_of(root).settings, moment("2026-03-20 12:00"), None, True, (Found(outcome.path, outcome.kind), outcome.content))
    item = next(one for one in (*found.hub.items, *found.hub.hidden) if one.source == outcome.path)

    assert [] == desk.problems
    assert re.fullmatch(r"(?:events/\d{4}|content/posts)/[a-z0-9-]+(?:\.en)?\.md", str(path))
    assert {key.text for key, _ in table.pairs} <= asked - {"text", "consent"}
    assert re.fullmatch(r"/(?:en/)?(?:events|posts)/[a-z0-9-]+/", item.address)
    assert ((), False, "") == (item.aliases, item.is_draft, item.original)
    tags = Tags()
    tags.feed(item.body.html)
    assert tags.names <= HARMLESS
    assert tags.attributes <= {"href", "id", "class", "align", "start", "rel", "tabindex", "role", "aria-label"}
    assert [] == [one for one in tags.addresses if not one.startswith(("https://", "http://", "#"))]
    assert markdown


def test_there_are_enough_hostile_forms_and_no_two_of_one_name():
    """The figure that we promise."""
    assert 40 <= len(CASES)
    assert sorted({one.name for one in CASES}) == sorted(one.name for one in CASES)


@pytest.mark.parametrize(
    ("form", "lang", "path"),
    [
        ("event", "fr", "events/2026/bal-des-copeaux.md"),
        ("event", "en", "events/2026/bal-des-copeaux.en.md"),
        ("post", "fr", "content/posts/2026-03-20-une-scie-qui-coupe.md"),
        ("post", "en", "content/posts/2026-03-20-une-scie-qui-coupe.en.md"),
    ],
)
def test_a_sound_form_becomes_a_file_that_passes_every_check(tmp_path, form, lang, path):
    """An editor who merges it must not have to mend it first."""
    root = village(tmp_path)
    outcome = taken(root, sound(form, lang))
    write(root, {outcome.path: outcome.content})

    assert ("ready", path) == (outcome.state, outcome.path)
    assert [] == [str(one) for one in check(options(root)) if one.path == path]


def test_the_file_says_what_was_answered_and_nothing_else(tmp_path):
    """Explanations are for editors who write; here somebody has written already.  The title says the day, for whoever sees the queue."""
    body = sound(
        "event", starts="samedi 2 mai 2026 à 20 h", ends="23h30", tags="danse, bois", disclosure__paid_by="Quincaillerie",
        text="Venez [danser](https://x.example/?utm_source=a).",
    )  # fmt: skip
    outcome = taken(village(tmp_path), body)

    expected = """---
title: Bal des copeaux
date: 2026-03-20
tags: [danse, bois]
starts: 2026-05-02 20:00
ends: 2026-05-02 23:30
venue:
  name: Salle des fêtes
organisers: [Jean Roux]
disclosure:
  paid_by: Quincaillerie
---

Venez [danser](https://x.example/).
"""
    assert expected == outcome.content.decode()
    assert "Bal des copeaux (2026-05-02)" == outcome.title


def test_an_address_that_is_taken_leads_to_the_next_one(tmp_path):
    """Two dances a year have one name; a member knows nothing of addresses.  In another language it would be a translation."""
    root = write(village(tmp_path), {"events/2026/bal-des-copeaux.md": text(starts="2026-06-06", venue="{name: x}", organisers="[a]")})

    assert "events/2026/bal-des-copeaux-2026.en.md" == taken(root, sound("event", "en")).path
    assert "events/2026/bal-des-copeaux-2026.md" == taken(root, sound("event", "fr")).path


def test_a_closed_section_says_so_kindly(tmp_path):
    """Nobody fills in a form twice who was told nothing."""
    root = village(tmp_path)
    with (root / "hub.toml").open("a", encoding="utf-8") as opened:
        opened.write('\n[sections.dates]\nfolders = ["events"]\nopen = false\nclosed_because = "De retour en septembre."\n')

    assert "De retour en septembre." in reply(taken(root, sound("event")))
    assert "closed" == taken(root, sound("event")).state
    assert "ready" == taken(root, sound("post")).state


def test_what_is_there_already_is_named(tmp_path):
    """Two people propose one thing: the second learns it from the answer, before any editor looks."""
    root = write(
        village(tmp_path),
        {
            "content/posts/atlas.md": text("[l’atlas](https://atlas.example/outils)", title="L’atlas", date="2025-03-01"),
            "content/posts/scie.md": text(title="Une scie qui coupe bien", date="2026-03-20"),
        },
    )
    again = sound("post", text="Voir [cela](http://www.atlas.example/outils/?fbclid=1).")

    assert ["content/posts/scie.md", "content/posts/atlas.md"] == [one.source for one in taken(root, again).others]


def test_a_correction_shows_the_line(tmp_path):
    """An editor opens the file at the very place."""
    root = write(village(tmp_path), {"content/posts/scie.md": text("Une ligne.\n\nElle coupe *très*\ndroit, dit-on.", title="La scie")})
    outcome = taken(root, sound("correction", page="https://village.example/hub/posts/scie/", wrong="coupe très droit"))

    assert [("content/posts/scie.md", 8)] == [(one.source, one.line) for one in outcome.spots]
    assert "`content/posts/scie.md:8`" in reply(outcome)


def test_a_report_never_becomes_a_file():
    """It may speak of anybody."""
    assert ("noted", "") == (taken(settled(), sound("report")).state, taken(settled(), sound("report")).path)


def test_the_same_form_gives_the_same_file():
    """A form that is saved again must not make a second proposal."""
    first, second = (taken(settled(), sound("event")) for _ in range(2))

    assert first == second


def test_a_day_that_is_over_is_told_with_how_it_was_read():
    """Whoever meant another day sees where it went wrong."""
    comment = reply(taken(settled(), sound("event", starts="2 mai 2020 à 20 h")))

    assert "ce jour est passé" in comment
    assert "2020-05-02 20:00" in comment


@pytest.mark.parametrize(("answers", "ticks"), [({"venue.name": ""}, None), ({}, ["public", "private", "paid"])])
def test_what_is_missing_is_asked_for_in_the_words_of_the_form(answers, ticks):
    """Whoever fills in a form has never seen a line of a file."""
    outcome = taken(settled(), sound("event", "fr", ticks, **answers))

    assert "lacking" == outcome.state
    assert "une réponse est attendue ici" in reply(outcome)
    assert "ligne" not in reply(outcome)
