"""The page that tells how winners are found: its values, its words, what it weighs, and the lines that need no program of ours."""

from __future__ import annotations

import gzip
import html
import re
import subprocess
import sys
from pathlib import Path

import pytest
from tests.contests.lives import ID, ORDER
from tests.hubs import load_village
from tests.outputs.decided import NAME, STANDS, decided_hub

from handbill.draw.proof import CHECKS
from handbill.outputs.contest_draw import DrawPage, _stood_in, contest_facts
from handbill.outputs.pages import sheets
from handbill.outputs.planned import Finished
from handbill.outputs.rendering import Rendering
from handbill.outputs.shell import shell
from handbill.outputs.theme import Theme
from handbill.outputs.words import words_for

THEME = Path(__file__).resolve().parents[2] / "theme"
STATIC = THEME / "static"
SCRIPTS = [*sorted(file.name for file in STATIC.glob("draw*.js")), "bls.js", "digests.js", "ticket.js"]


@pytest.fixture(scope="module")
def hub(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return decided_hub(tmp_path_factory.mktemp("decided"))


def page_at(hub: Path, state: str) -> DrawPage | None:
    """Return the page of the draw while the contest stands so."""
    loaded, settings = load_village(STANDS[state], hub)
    pages = [one for one in sheets(loaded.hub, settings, dict.fromkeys(settings.languages, str)) if one.address == f"/contests/{ID}/draw/"]
    return pages[0].view if pages else None


def text_at(hub: Path, state: str, scratch: Path) -> str:
    """Return the page as a reader gets it, in French."""
    loaded, settings = load_village(STANDS[state], hub)
    theme = Theme(hub)
    say = words_for("fr", theme.locale("fr"))
    view = page_at(hub, state)
    assert view is not None
    made = Finished("x.html", view.page.template, {"view": view, "page": view.page, "shell": shell(loaded.hub, settings, "fr", say)})
    return Rendering(theme).text(made)


def test_a_contest_has_the_page_from_its_announcement_on(hub):
    """Before it there is nothing to tell; afterwards whoever thinks of entering can read how it will be drawn."""
    loaded, settings = load_village("2023-07-02 10:00", hub)
    item = loaded.hub.of_kind("contest", "fr")[0]

    assert {"rules_page": "", "draw_page": "", "files": "", "again": ""} == contest_facts(item, loaded.hub, settings)
    assert not [one for one in sheets(loaded.hub, settings, dict.fromkeys(settings.languages, str)) if one.address.endswith("/draw/")]
    assert all(page_at(hub, state) is not None for state in STANDS)


def test_nothing_is_told_before_it_is_known(hub):
    """A build of yesterday's state must not give away the winners, nor one of today the number of tomorrow."""
    announced, frozen, drawn = (page_at(hub, state) for state in ("announced", "frozen", "drawn"))

    assert announced.facts["record"]["frozen"] is None
    assert 9 == frozen.facts["record"]["frozen"]["size"]
    assert ("", (), ()) == (frozen.randomness, frozen.first, frozen.drawings)
    assert "fe290beca10872ef2fb164d2aa4442de4566183ec51c56ff3cd603d930e54fdd" == drawn.randomness
    assert "15:59:24" == announced.told == drawn.told


def test_the_first_tickets_stand_with_their_places_and_what_came_of_them(hub):
    """The order is the published vector of eight tickets, with one chance more."""
    first = page_at(hub, "verified").first

    assert list(ORDER) == [one.ticket for one in first if "#" not in one.ticket] + list(ORDER[5:])
    assert sorted(one.position for one in first) == [one.position for one in first]
    assert {ORDER[0]: "winner", ORDER[1]: "declined"} == {one.ticket: one.outcome for one in first if one.ticket in ORDER[:2]}


def test_no_name_stands_on_the_page(hub, tmp_path):
    """Who agreed to be named agreed to stand on the page of the contest."""
    assert NAME not in text_at(hub, "published", tmp_path)


def test_the_lines_that_need_no_program_of_ours_say_the_same(hub, tmp_path):
    """They are printed for people who trust neither us nor our script."""
    text = text_at(hub, "verified", tmp_path / "made")
    lines = html.unescape(re.search(r"<pre[^>]*><code>(import .*?)</code>", text, re.DOTALL)[1])
    folder = hub / "content" / "contests" / "archive" / ID

    done = subprocess.run([sys.executable, "-c", lines], cwd=folder, capture_output=True, encoding="utf-8", check=True, timeout=60)

    assert [page_at(hub, "verified").facts["record"]["frozen"]["digest"], "True"] == done.stdout.split()
    changed = tmp_path / "changed"
    changed.mkdir()
    (changed / "pool.txt").write_bytes((folder / "pool.txt").read_bytes().replace(b"c446", b"c447"))
    (changed / "draw.json").write_bytes((folder / "draw.json").read_bytes())
    done = subprocess.run([sys.executable, "-c", lines], cwd=changed, capture_output=True, encoding="utf-8", check=True, timeout=60)
    assert "False" == done.stdout.split()[-1]


def test_every_check_has_its_question_on_the_page_and_its_place_in_the_script(hub, tmp_path):
    """A check that is made and told nowhere could be wrong for years."""
    text = text_at(hub, "drawn", tmp_path)
    script = (STATIC / "draw-proof.js").read_text(encoding="utf-8")
    listed = re.search(r"CHECKS = \[(.*?)\]", script, re.DOTALL)[1]

    assert list(CHECKS) == re.findall(r'data-check="([a-z-]+)"', text)
    assert list(CHECKS) == re.findall(r'"([a-z-]+)"', listed)


def test_the_script_says_nothing_that_the_page_has_no_words_for():
    """A key without its sentence would leave the reader with an error instead of an answer."""
    words = (THEME / "templates" / "parts" / "draw-words.html").read_text(encoding="utf-8")
    known = set(re.findall(r'^  "([a-z-]+)": words\(', words, re.MULTILINE))
    code = "".join((STATIC / name).read_text(encoding="utf-8") for name in SCRIPTS if name != "ticket.js")
    said = set(re.findall(r'(?:Wrong|Unchecked|say)\("([a-z-]+)"', code)) | set(re.findall(r'\["(ok-[a-z]+)"', code))
    # These words are chosen by what was found.
    said |= {"right", "wrong", "unchecked", "all-right", "all-so-far", "later", "blocked", "substitute", "stopped"}

    assert known == said


def test_the_page_with_all_that_the_check_fetches_is_light(hub, tmp_path):
    """It is opened on a telephone in the hall where lots are drawn: 60 KB compressed, and 15 KB of script before anybody asks."""
    page = gzip.compress(text_at(hub, "drawn", tmp_path).encode("utf-8"), 6)
    style = gzip.compress((STATIC / "draw.css").read_bytes(), 6)
    weights = {name: len(gzip.compress((STATIC / name).read_bytes(), 6)) for name in (*SCRIPTS, "copy.js", "shell.js")}

    assert len(page) + len(style) + sum(weights.values()) + 12_288 <= 60 * 1024
    assert sum(weights[name] for name in ("draw.js", "ticket.js", "copy.js", "shell.js")) <= 15 * 1024


def test_moments_are_those_of_the_hub_s_clocks(hub):
    """The record has universal time; in August members in France would be told two hours too early."""
    record = page_at(hub, "drawn").facts["record"]

    assert "2023-08-21T18:00:00+02:00" == record["frozen"]["at"]
    assert "2023-08-23T17:59:24+02:00" == record["beacon"]["at"]


def test_a_round_that_stood_in_is_not_told_as_the_one_that_was_named(hub):
    """The number on the page would otherwise be said to be one that the beacon never told."""
    assert 0 == page_at(hub, "frozen").stood_in == page_at(hub, "drawn").stood_in
    assert 1002 == _stood_in({"round": 1000}, {"round": 1002})
    assert 0 == _stood_in({"round": 1000}, {"numbers": [[1]]})
