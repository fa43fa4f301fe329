"""A code is told as it is typed, in the language of the hub, on a terminal, in a log and to programs."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
from tests.hubs import run

SOURCE = Path(__file__).parents[2] / "src"


@pytest.fixture
def nowhere(tmp_path, monkeypatch):
    """Return an empty folder, from which the program is called."""
    monkeypatch.chdir(tmp_path)
    return tmp_path


@pytest.mark.parametrize("asked", ["HB213", "213", "hb213", "[HB213]"])
def test_a_code_is_explained_outside_of_any_hub(nowhere, capsys, asked):
    """One asks from wherever the log was read."""
    code, out, _ = run(capsys, "explain", asked)

    assert code == 0
    assert out.startswith("HB213: the event ends before it starts\n──")
    assert "An error: nothing is published until it is mended." in out
    assert "To mend it:" in out
    assert "\n    ends: 2026-05-01 02:00\n\nbecomes\n" in out


def test_a_code_is_explained_in_the_language_of_the_hub(hub, capsys):
    """Editors do not ask for it each time."""
    _, out, _ = run(capsys, "--root", hub, "explain", "213", lang="")

    assert out.startswith("HB213\u00a0: l’évènement finit avant de commencer\n")
    assert "Une erreur\u00a0: rien n’est publié" in out
    assert "Pour réparer\u00a0:" in out
    assert "\ndevient\n" in out
    assert "becomes" not in out
    assert run(capsys, "--root", hub, "explain", "213", "--lang", "en")[1].startswith("HB213: the event")


def test_several_codes_are_explained_once_each_in_the_order_asked(nowhere, capsys):
    """A log names the same code on many lines."""
    _, out, _ = run(capsys, "explain", "HB213", "HB202", "213")

    assert ["HB213", "HB202"] == [line[:5] for line in out.splitlines() if line.startswith("HB") and line[5:6] == ":"]


def test_without_a_code_all_are_listed_by_what_they_are_about(nowhere, capsys):
    """The list is how one finds a code from what one remembers of it."""
    code, out, _ = run(capsys, "explain")

    assert code == 0
    assert out.startswith("Files and texts\n  HB101  error    ")
    assert "\n\nFields\n  HB201  error    " in out
    assert "\n  HB213  error    the event ends before it starts\n" in out
    assert "\n  HB501  note     " in out


def test_the_list_is_in_the_language_of_the_hub_too(hub, capsys):
    """The same for who reads French."""
    _, out, _ = run(capsys, "--root", hub, "explain", lang="")

    assert "\n  HB213  erreur         l’évènement finit avant de commencer\n" in out
    assert "\n  HB112  avertissement  " in out


def test_an_unknown_code_is_answered_with_what_was_likely_meant(nowhere, capsys):
    """A digit is easily mistyped."""
    code, out, err = run(capsys, "explain", "HB236")

    assert (2, "") == (code, out)
    assert err.startswith("handbill: there is no problem code “HB236”; did you mean ")
    assert "HB235" in err.split("?")[0]
    assert "HB201, HB202" in err.split("?")[1]
    assert "HB301" not in err


def test_a_word_that_is_no_code_is_answered_with_the_families(nowhere, capsys):
    """Somebody may try the name of the field."""
    code, _, err = run(capsys, "explain", "ends")

    assert code == 2
    assert "HB1xx, HB2xx" in err


def test_programs_get_the_parts(nowhere, capsys):
    """An editor's extension shows them beside the line."""
    _, out, _ = run(capsys, "explain", "213", "--json", "--lang", "fr")
    (one,) = json.loads(out)

    assert {"code": "HB213", "level": "error", "title": "l’évènement finit avant de commencer", "lang": "fr"}.items() <= one.items()
    assert one["markdown"].startswith("`ends` ")
    assert "```yaml\nstarts: " in one["markdown"]

    _, out, _ = run(capsys, "explain", "--json")
    assert {"code", "level", "title", "lang"} == set(json.loads(out)[0])
    assert len(json.loads(out)) >= 50


@pytest.mark.skipif(os.name == "nt", reason="a terminal is made with pty")
def test_a_terminal_shows_it_set_in_type(nowhere):
    """Stars and fences are not for people."""
    import pty

    ours, theirs = pty.openpty()
    room = {**os.environ, "PYTHONPATH": str(SOURCE), "TERM": "xterm-256color", "COLUMNS": "100"}
    done = subprocess.run([sys.executable, "-X", "utf8", "-m", "handbill", "explain", "213"], stdout=theirs, stdin=theirs, env=room, check=False)
    os.close(theirs)
    shown = os.read(ours, 65536).decode("utf-8")
    os.close(ours)

    assert done.returncode == 0
    assert "\x1b[1mHB213: the event ends before it starts\x1b[0m" in shown
    assert "\x1b[1mTo mend it:\x1b[0m" in shown
    assert "**" not in shown
    assert "```" not in shown
