"""What people, logs, programs and GitHub get to read."""

from __future__ import annotations

import io
import json
import sys
from pathlib import Path

import pytest

from handbill.errors import Level, Problem
from handbill.pipeline import Report
from handbill.screen import ANNOTATIONS, Screen, as_plain

ERROR = Problem("content/posts/a.md", 4, 7, "date", "“31 février”", "a date such as 2026-05-01", "HB203")
WARNING = Problem("content/x.odt", 0, 0, "", "a file that nothing uses", "", "HB121", Level.WARNING)
NOTE = Problem("content/posts/b.md", 0, 0, "draft", "a draft, shown nowhere", "", "HB501", Level.NOTE)


def told(capsys: pytest.CaptureFixture[str], *problems: Problem, stopped: bool = False, **how: bool) -> str:
    Screen("json" if how.get("as_json") else "github" if how.get("github") else "text").problems(problems, stopped)
    return capsys.readouterr().out


def test_problems_are_told_with_place_and_level(capsys):
    """An editor finds the line with nothing but the message."""
    assert (
        "error:   content/posts/a.md:4:7: date: found “31 février”, wanted a date such as 2026-05-01 [HB203]\n"
        "warning: content/x.odt: found a file that nothing uses [HB121]\n"
        "note:    content/posts/b.md: draft: found a draft, shown nowhere [HB501]\n"
        "\n1 error, 1 warning, 1 note.\n"
    ) == told(capsys, ERROR, WARNING, NOTE)


def test_several_of_a_kind_are_counted_in_the_plural(capsys):
    """Small carelessness in messages makes people doubt the large things."""
    assert "\n2 errors, 3 notes.\n" in told(capsys, ERROR, ERROR, NOTE, NOTE, NOTE)


def test_no_problem_is_said_too(capsys):
    """Silence could also mean that nothing was looked at."""
    assert "No problem found.\n" == told(capsys)


def test_a_stopped_build_says_that_nothing_was_published(capsys):
    """The first fear of everyone is that the site is broken now."""
    assert told(capsys, ERROR, stopped=True).endswith("\n1 error. Nothing was published; the public folder is as it was.\n")


def test_a_program_gets_all_fields_and_nothing_else(capsys):
    """One stray line and the JSON cannot be read."""
    plain = json.loads(told(capsys, ERROR, NOTE, stopped=True, as_json=True))

    assert plain["published"] is False
    assert [as_plain(ERROR), as_plain(NOTE)] == plain["problems"]
    told_of_one = plain["problems"][0]
    assert ("content/posts/a.md", 4, 7, "date") == tuple(told_of_one[key] for key in ("path", "line", "column", "field"))
    assert ("“31 février”", "a date such as 2026-05-01", "HB203", "error", str(ERROR)) == tuple(
        told_of_one[key] for key in ("found", "wanted", "code", "level", "text")
    )
    assert 9 == len(told_of_one)


def test_json_is_written_as_people_write(capsys):
    """`f\\u00e9vrier` in a log helps nobody."""
    assert "février" in told(capsys, ERROR, as_json=True)


def test_github_shows_a_problem_at_its_line(capsys):
    """The reviewer sees it in the diff."""
    assert (
        "::error file=content/posts/a.md,line=4,col=7,title=HB203::date: found “31 février”, wanted a date such as 2026-05-01\n"
        "::warning file=content/x.odt,title=HB121::found a file that nothing uses\n"
        "::notice file=content/posts/b.md,title=HB501::draft: found a draft, shown nowhere\n"
    ) == told(capsys, ERROR, WARNING, NOTE, github=True)


def test_a_line_without_a_column_is_shown_at_its_beginning(capsys):
    """GitHub counts columns from 1 and refuses 0."""
    assert ",line=3,col=1," in told(capsys, Problem("a.md", 3, 0, "", "x", "", "HB101"), github=True)


def test_nobody_writes_commands_for_github_in_a_file_name_or_title(capsys):
    """A stranger's file name must not end the annotation and begin a command of its own."""
    odd = Problem("a,title=x::%0A:b.md", 1, 1, "", "50 %, then\r\n::error::y", "a: b, c", "HB101")

    out = told(capsys, odd, github=True)

    assert (
        "::error file=a%2Ctitle=x%3A%3A%250A%3Ab.md,line=1,col=1,title=HB101::found 50 %25, then%0D%0A::error::y, wanted a: b, c\n" == out
    )


def test_github_gets_the_ten_worst(capsys):
    """It drops all after the tenth, and a wave of notes would hide the one error."""
    notes = [Problem(f"{number:02}.md", 0, 0, "", "x", "", "HB501", Level.NOTE) for number in range(20)]

    lines = told(capsys, *notes, WARNING, ERROR, github=True).splitlines()

    assert 10 == ANNOTATIONS == len(lines)
    assert ["::error", "::warning", "::notice"] == [line.split()[0] for line in lines[:3]]
    assert [f"{number:02}.md" for number in range(8)] == [line.split("file=")[1].split(",")[0] for line in lines[2:]]


def test_each_step_is_a_line_in_a_log(capsys):
    """A moving line fills a log with control signs."""
    with Screen().progress() as tell:
        tell("Reading")
        tell("Checking")

    assert "Reading …\nChecking …\n" == capsys.readouterr().out


@pytest.mark.parametrize("how", ["json", "github"])
def test_programs_are_told_no_steps(capsys, how):
    """They read what is printed."""
    with Screen(how).progress() as tell:
        tell("Reading")

    assert "" == capsys.readouterr().out


class Terminal(io.StringIO):
    """A terminal that keeps what it shows."""

    def isatty(self) -> bool:
        return True


def test_short_work_shows_nothing_on_a_terminal(monkeypatch):
    """What flashes up and vanishes only disturbs."""
    terminal = Terminal()
    monkeypatch.setattr(sys, "stdout", terminal)

    with Screen().progress() as tell:
        tell("Reading")

    assert "" == terminal.getvalue()


def test_long_work_shows_its_step_on_a_terminal(monkeypatch):
    """Someone who waits wants to know for what."""
    import time

    terminal = Terminal()
    monkeypatch.setattr(sys, "stdout", terminal)
    monkeypatch.setattr("handbill.screen._PATIENCE_S", 0.02)
    monkeypatch.setenv("TERM", "xterm")

    with Screen().progress() as tell:
        tell("Reading")
        time.sleep(0.3)
        tell("Making site")
        time.sleep(0.3)

    assert "Reading …" in terminal.getvalue()
    assert "Making site …" in terminal.getvalue()


def report(**more: object) -> Report:
    given = {"counts": {"post": 3, "event": 2, "page": 0, "film": 1}, "paths": 97, "written": ("a", "b"), "removed": ("c",), **more}
    return Report(Path("/hub/public"), **given)  # type: ignore[arg-type]


def built(capsys: pytest.CaptureFixture[str], one: Report, as_json: bool = False) -> str:
    Screen("json" if as_json else "text", root=Path("/hub")).built(one)
    return capsys.readouterr().out


def test_a_build_says_what_was_built_and_where(capsys):
    """And how to look at it: the next question of everyone."""
    out = built(capsys, report(seconds={"Reading": 0.25, "Making site": 1.0, "Checking": 0.001}))

    assert "\nBuilt 3 posts, 2 events, 1 film.\n97 files in public/: 2 written, 1 removed, the others as they were.\n" in out
    assert "1.3 s: reading 0.2, making site 1.0\n" in out
    assert out.endswith("To look at it: python3 build.py serve\n")
    assert "addresses.lock" not in out


def test_new_promises_are_told(capsys):
    """The file has to be committed with the change, and nobody guesses that."""
    assert "4 new addresses are promised in addresses.lock: commit it with your change.\n" in built(capsys, report(new_addresses=4))


def test_a_build_of_nothing_new_says_so(capsys):
    """A build done in a moment looks like one that did not happen."""
    assert "Nothing changed: 3 posts, 2 events, 1 film; 97 files in public/, none written.\n" in built(capsys, report(is_unchanged=True))


def test_what_waits_is_told_after_a_build(capsys):
    """Notes stop nothing, so this is where they are read."""
    assert built(capsys, report(problems=(NOTE,))).startswith(f"note:    {NOTE}\n")


def test_an_output_elsewhere_is_named_in_full(capsys):
    """A path that leads out of the hub cannot be shortened."""
    Screen(root=Path("/other")).built(report())

    assert "97 files in /hub/public/" in capsys.readouterr().out


def test_a_program_learns_of_a_build_what_a_person_does(capsys):
    """A pipeline decides by it what to upload."""
    plain = json.loads(
        built(capsys, report(problems=(NOTE,), until="2026-03-21T00:00:00+01:00", seconds={"Reading": 0.12345}), as_json=True)
    )

    assert ("/hub/public", False, 97, ["a", "b"], ["c"], True) == tuple(
        plain[name] for name in ("output", "unchanged", "files", "written", "removed", "published")
    )
    assert ({"Reading": 0.123}, "2026-03-21T00:00:00+01:00", [as_plain(NOTE)]) == (
        plain["seconds"],
        plain["holds_until"],
        plain["problems"],
    )
    assert {"post": 3, "event": 2, "page": 0, "film": 1} == plain["items"]
