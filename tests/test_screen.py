"""What people, logs, programs and GitHub get to read."""

from __future__ import annotations

import io
import json
import re
import sys
from pathlib import Path
from typing import Any

import pytest
from tests.hubs import text, write

from handbill.errors import Level, Problem, said
from handbill.outputs import LATE, OUTPUTS
from handbill.pipeline import Report
from handbill.screen import STEPS, Screen
from handbill.showing.annotations import MOST
from handbill.showing.told import as_plain
from handbill.showing.told import told as telling

ERROR = Problem("content/posts/a.md", 4, 7, "date", "“31 février”", "a date such as 2026-05-01", "HB203")
WARNING = Problem("content/x.odt", 0, 0, "", "a file that nothing uses", "", "HB121", Level.WARNING)
NOTE = Problem("content/posts/b.md", 0, 0, "draft", "a draft, shown nowhere", "", "HB501", Level.NOTE)


def told(capsys: pytest.CaptureFixture[str], *problems: Problem, stopped: bool = False, form: str = "text", **how: Any) -> str:
    Screen(form, **how).problems(problems, stopped)
    return capsys.readouterr().out


def test_problems_are_told_with_level_and_place(capsys):
    """An editor finds the line with nothing but the message."""
    assert (
        "note: content/posts/b.md: draft: found a draft, shown nowhere [HB501]\n"
        "warning: content/x.odt: found a file that nothing uses [HB121]\n"
        "error: content/posts/a.md:4:7: date: found “31 février”, wanted a date such as 2026-05-01 [HB203]\n"
        "\n1 error, 1 warning, 1 note.\n"
        "To learn more: python3 build.py explain HB203 HB121\n"
    ) == told(capsys, WARNING, ERROR, NOTE)


def test_the_lines_to_look_at_follow_the_message(capsys, hub):
    """Nobody has to open the file to see what is meant."""
    write(hub, {"content/posts/a.md": text(draft="oui")})

    assert (
        "error: content/posts/a.md:4:8: draft: found a folder [HB201]\n"
        "    3 │ date: 2026-01-02\n"
        "    4 │ draft: oui\n"
        "      │        ^^^\n"
        "\n1 error.\n"
    ) in told(capsys, Problem("content/posts/a.md", 4, 8, "draft", said("a folder"), "", "HB201", width=3), root=hub)


def test_everything_is_told_in_french_to_who_reads_french(capsys):
    """The words of the program around the message too."""
    out = told(capsys, Problem("a.md", 0, 0, "", said("a symbolic link"), said("the file itself"), "HB122"), stopped=True, lang="fr")

    assert (
        "erreur\u00a0: a.md: trouvé un lien symbolique, attendu le fichier lui-même [HB122]\n"
        "\n1 erreur. Rien n’a été publié\u00a0; le dossier public est resté tel quel.\n"
        "Pour en savoir plus\u00a0: python3 build.py explain HB122\n"
    ) == out


def test_no_problem_is_said_too(capsys):
    """Silence could also mean that nothing was looked at."""
    assert "No problem found.\n" == told(capsys)
    assert "Aucun problème.\n" == told(capsys, lang="fr")


def test_a_stopped_build_says_that_nothing_was_published(capsys):
    """The first fear of everyone is that the site is broken now."""
    assert "\n1 error. Nothing was published; the public folder is as it was.\n" in told(capsys, ERROR, stopped=True)


def test_strict_names_the_warnings_that_it_refuses(capsys):
    """Else a build fails and every message says that it need not."""
    out = told(capsys, WARNING, NOTE, stopped=True, strict=True)

    assert "warning, refused by --strict: content/x.odt: found a file that nothing uses [HB121]\n" in out
    assert "\n1 warning refused by --strict, 1 note. Nothing was published" in out


def test_a_program_gets_all_fields_and_nothing_else(capsys):
    """One stray line and the JSON cannot be read."""
    plain = json.loads(told(capsys, ERROR, NOTE, stopped=True, form="json"))

    assert {"published": False, "problems": [as_plain(one) for one in telling([ERROR, NOTE], "en", lambda _: None)]} == plain
    assert ("content/posts/a.md", 4, 7, "date") == tuple(plain["problems"][0][key] for key in ("path", "line", "column", "field"))


def test_json_is_written_as_people_write(capsys):
    """`f\\u00e9vrier` in a log helps nobody."""
    assert "février" in told(capsys, ERROR, form="json")


def test_github_shows_a_problem_at_its_line_with_the_name_of_the_fault(capsys):
    """The reviewer sees it in the diff."""
    ends = Problem("events/a.md", 5, 7, "ends", said("a folder"), "", "HB213", width=4)

    assert (
        "::error file=events/a.md,line=5,col=7,endColumn=11,title=HB213%3A the event ends before it starts::ends: found a folder\n"
    ) == told(capsys, ends, form="github")
    assert "title=HB213%3A l’évènement finit avant de commencer::ends\u00a0: trouvé un dossier\n" in told(
        capsys, ends, form="github", lang="fr"
    )


def test_a_sound_hub_leaves_github_nothing_to_show(capsys):
    """Each line of that log is looked at."""
    assert "" == told(capsys, form="github")


def test_github_gets_ten_and_is_told_how_many_there_are(capsys):
    """It drops all after the tenth without a word."""
    notes = [Problem(f"{number:02}.md", 0, 0, "", said("a folder"), "", "HB501", Level.NOTE) for number in range(20)]

    lines = told(capsys, *notes, WARNING, ERROR, form="github").splitlines()

    assert 10 == MOST == len(lines) - 1
    assert ["::error", "::warning", "::notice"] == [line.split()[0] for line in lines[:3]]
    assert "12 more problems, which are no annotations; all of them: python3 build.py check" == lines[-1]


class Terminal(io.StringIO):
    """A terminal that keeps what it shows."""

    def isatty(self) -> bool:
        return True


def on_terminal(monkeypatch: pytest.MonkeyPatch, *problems: Problem, columns: int = 60, **environment: str) -> str:
    terminal = Terminal()
    monkeypatch.setattr(sys, "stdout", terminal)
    for name in ("NO_COLOR", "FORCE_COLOR", "COLORTERM"):
        monkeypatch.delenv(name, raising=False)
    for name, value in {"TERM": "xterm-256color", "COLUMNS": str(columns), **environment}.items():
        monkeypatch.setenv(name, value)
    Screen().problems(problems)
    return terminal.getvalue()


def test_a_terminal_shows_levels_in_colour(monkeypatch):
    """The red ones first."""
    assert "\x1b[1;31merror" in on_terminal(monkeypatch, ERROR)
    assert "\x1b[1;33mwarning" in on_terminal(monkeypatch, WARNING)


def test_who_wants_no_colour_gets_none(monkeypatch):
    """Source: no-color.org."""
    assert not re.search(r"\x1b\[[0-9;]*3[0-9]", on_terminal(monkeypatch, ERROR, NO_COLOR="1"))


def test_a_message_is_no_markup(monkeypatch):
    """“[red]” in a title is a title with brackets."""
    odd = Problem("a.md", 1, 1, "", said("“{value}”", value="[red]x[/red] :smile:"), "", "HB101")

    assert "[red]x[/red] :smile:" in on_terminal(monkeypatch, odd)


def test_a_log_is_never_coloured(capsys, monkeypatch):
    """Its reader shows the signs."""
    monkeypatch.setenv("FORCE_COLOR", "1")

    assert "\x1b" not in told(capsys, ERROR, WARNING)


def test_an_excerpt_fits_the_terminal(monkeypatch, tmp_path):
    """A line that wraps takes the carets away from their place."""
    (tmp_path / "a.md").write_text("x" * 30 + "ICI" + "y" * 300, encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    out = on_terminal(monkeypatch, Problem("a.md", 1, 31, "", said("a folder"), "", "HB101", width=3), columns=50, NO_COLOR="1")
    plain = re.sub(r"\x1b\[[0-9;]*m", "", out)

    line, pointer = (line for line in plain.splitlines() if "│" in line)
    assert line.index("ICI") == pointer.index("^^^")
    assert len(line) <= 50


def test_every_step_of_a_build_has_a_name(capsys):
    """A step that nobody translated would be the one word of English on the screen."""
    assert {f"Making {name}" for name in (*OUTPUTS, *LATE)} <= set(STEPS)


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


def test_steps_are_told_in_the_language_of_the_reader(capsys):
    """They are half of what a log holds."""
    with Screen(lang="fr").progress() as tell:
        tell("Reading")
        tell("Making site")

    assert "Lecture …\nPages …\n" == capsys.readouterr().out


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

    def shows(step: str) -> bool:
        """Wait until a step is shown, however slow this machine is just now."""
        for _ in range(1000):
            if f"{step} …" in terminal.getvalue():
                return True
            time.sleep(0.02)
        return False

    with Screen().progress() as tell:
        tell("Reading")
        assert shows("Reading")
        tell("Making site")
        assert shows("Making site")


def report(**more: object) -> Report:
    given = {"counts": {"post": 3, "event": 2, "page": 0, "film": 1}, "paths": 97, "written": ("a", "b"), "removed": ("c",), **more}
    return Report(Path("/hub/public"), **given)  # type: ignore[arg-type]


def built(capsys: pytest.CaptureFixture[str], one: Report, form: str = "text", **how: Any) -> str:
    Screen(form, root=Path("/hub"), **how).built(one)
    return capsys.readouterr().out


def test_a_build_says_what_was_built_and_where(capsys):
    """And how to look at it: the next question of everyone."""
    out = built(capsys, report(seconds={"Reading": 0.25, "Making site": 1.0, "Checking": 0.001}))

    assert "\nBuilt 3 posts, 2 events, 1 film.\n97 files in public/: 2 written, 1 removed, the others as they were.\n" in out
    assert "1.3 s: reading 0.2, making site 1.0\n" in out
    assert out.endswith("To look at it: python3 build.py serve\n")
    assert "addresses.lock" not in out


def test_a_build_is_told_in_french(capsys):
    """Numbers with a decimal comma, as they are read."""
    out = built(capsys, report(seconds={"Reading": 0.25, "Making site": 1.0}, new_addresses=2), lang="fr")

    assert (
        "\nConstruit\u00a0: 3 billets, 2 évènements, 1 film.\n"
        "97 fichiers dans public/ (écrits\u00a0: 2, retirés\u00a0: 1), les autres inchangés.\n"
        "2 nouvelles adresses sont promises dans addresses.lock\u00a0: joignez ce fichier à votre proposition.\n"
        "1,2\u00a0s\u00a0: lecture 0,2, pages 1,0\n"
        "Pour le voir\u00a0: python3 build.py serve\n"
    ) == out


def test_new_promises_are_told(capsys):
    """The file has to be committed with the change, and nobody guesses that."""
    assert "4 new addresses are promised in addresses.lock: commit it with your change.\n" in built(capsys, report(new_addresses=4))
    assert "1 new address is promised in addresses.lock: commit it with your change.\n" in built(capsys, report(new_addresses=1))


def test_a_build_of_nothing_new_says_so(capsys):
    """A build done in a moment looks like one that did not happen."""
    assert "Nothing changed: 3 posts, 2 events, 1 film; 97 files in public/, none written.\n" in built(capsys, report(is_unchanged=True))


def test_what_waits_is_told_after_a_build(capsys):
    """Notes stop nothing, so this is where they are read."""
    out = built(capsys, report(problems=(NOTE,)))

    assert out.startswith(f"note: {NOTE}\n")
    assert "explain" not in out


def test_that_the_site_before_could_not_be_kept_is_told(capsys):
    """Whoever wants to go back to it must know before."""
    out = built(capsys, report(unkept="the disk is full"))

    assert "The site that stood before could not be kept to go back to: the disk is full.\n" in out
    assert "the disk is full" == json.loads(built(capsys, report(unkept="the disk is full"), "json"))["unkept"]
    assert "kept to go back" not in built(capsys, report())


def test_an_output_elsewhere_is_named_in_full(capsys):
    """A path that leads out of the hub cannot be shortened."""
    Screen(root=Path("/other")).built(report())

    assert "97 files in /hub/public/" in capsys.readouterr().out


def test_a_program_learns_of_a_build_what_a_person_does(capsys):
    """A pipeline decides by it what to upload."""
    plain = json.loads(built(capsys, report(problems=(NOTE,), until="2026-03-21T00:00:00+01:00", seconds={"Reading": 0.12345}), "json"))

    assert ("/hub/public", False, 97, ["a", "b"], ["c"], True) == tuple(
        plain[name] for name in ("output", "unchanged", "files", "written", "removed", "published")
    )
    assert ({"Reading": 0.123}, "2026-03-21T00:00:00+01:00", ["HB501"]) == (
        plain["seconds"],
        plain["holds_until"],
        [one["code"] for one in plain["problems"]],
    )
    assert {"post": 3, "event": 2, "page": 0, "film": 1} == plain["items"]
