"""Findings, as people and as programs read them."""

import json

import pytest

from handbill.doctor.finding import Finding, as_json, as_text, listed, removal
from handbill.errors import said
from handbill.telling import tell

FINE = Finding("git", "ok", said("{number}", number="2.39"), said("a commit that belongs to no branch is easily lost"))
LOST = Finding(said("library {name}", name="mjml"), "missing", said("not installed"), said("makes the letters"), "python3 build.py")


def test_each_line_tells_state_reason_and_remedy():
    """“git: missing” helps nobody."""
    told = [
        "ok       git: 2.39 — a commit that belongs to no branch is easily lost",
        "missing  library mjml: not installed — makes the letters",
        "         → python3 build.py",
        "",
        "1 missing, 0 to know of.",
    ]

    assert told == as_text((FINE, LOST), "en").split("\n")


def test_each_line_is_told_in_french_too():
    """Editors are often French, and the doctor is what they are asked to run first."""
    told = as_text((FINE, LOST), "fr")

    assert "un commit qui n’appartient à aucune branche se perd facilement" in told
    assert "bibliothèque mjml\u00a0: pas installé — fabrique les lettres" in told
    assert told.endswith("Manquant\u00a0: 1\u00a0; à savoir\u00a0: 0.")


def test_when_all_is_well_it_is_said():
    """Silence could mean that nothing was looked at."""
    assert as_text((FINE,), "en").endswith("\n\nAll is well.")


def test_long_lines_are_broken_under_their_beginning_and_commands_are_not():
    """A command is copied as it stands."""
    long = Finding("x", "warning", "a " * 60 + "end", "why", "git " + "word " * 40 + "end")
    lines = as_text((long,), "en").split("\n")

    assert lines[1].startswith("         a ")
    assert [long.mend] == [line.removeprefix("         → ") for line in lines if "→" in line]


def test_what_a_stranger_wrote_does_not_speak_to_the_terminal():
    """The selector of a mail could otherwise clear the screen, or turn a command around before it is copied."""
    told = as_text((Finding("x", "missing", "a\x1b[2Jb\x9b", "c\u202ed", "e\x1b]0;f\x07"),), "fr")

    assert "x\u00a0: a␛[2Jb‹U+009B› — c‹U+202E›d" in told
    assert "→ e␛]0;f␇" in told


def test_programs_get_the_same_with_the_language():
    """What was looked at keeps its English name, by which a program finds it."""
    plain = {"what": "library mjml", "state": "missing", "found": "pas installé", "why": "fabrique les lettres", "mend": "python3 build.py", "lang": "fr"}

    assert [plain] == json.loads(as_json((LOST,), "fr"))


@pytest.mark.parametrize(("names", "told"), [(["a"], "a"), (["a", "b", "c"], "a, b, c"), (["a", "b", "c", "d", "e"], "a, b, c and 2 more")])
def test_a_long_list_is_cut(names, told):
    """Four hundred names push everything else off the screen."""
    assert told == listed(names)


def test_a_cut_list_says_so_in_french():
    """The same for who reads French."""
    assert "a, b, c et 1 de plus" == tell(listed("abcd"), "fr")


def test_each_system_has_its_own_command_to_delete():
    """Windows knows no rm."""
    assert ("rm -rf .venv", 'rmdir /s /q ".venv"') == (removal(".venv", False), removal(".venv", True))
