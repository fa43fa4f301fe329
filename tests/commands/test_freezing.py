"""Freezing and proving, as people type it."""

import json

import pytest
from tests.freezing.letters import edit, hub
from tests.hubs import run

NOW = ("--as-of", "2026-03-20 12:00")


@pytest.fixture
def root(tmp_path):
    return hub(tmp_path)


def test_freezing_says_what_was_told_and_what_it_weighs(root, capsys):
    """The editor sees for the last time what will be in the letter."""
    code, out, err = run(capsys, "--root", root, "newsletter", "freeze", "1.fr", *NOW)

    assert (0, "") == (code, err)
    assert "1: frozen now, “Lettre 1”" in out
    assert "  À venir: La fête (2026-04-11)\n" in out
    assert "By a link" not in out
    assert out.endswith("\nCommit newsletters/archive/ with your change.\n")


def test_freezing_again_says_so_and_a_change_is_refused(root, capsys):
    """The second is the one that somebody would otherwise overlook."""
    run(capsys, "--root", root, "newsletter", "freeze", "1.fr", *NOW)
    code, out, _ = run(capsys, "--root", root, "newsletter", "freeze", "1.fr", *NOW)
    assert 0 == code
    assert "1: frozen already, and the same to the byte" in out

    edit(root, "newsletters/2026-03.md", "Bonjour", "Bonsoir")
    code, _, err = run(capsys, "--root", root, "newsletter", "freeze", "1.fr", *NOW)
    assert 1 == code
    assert "corrections:" in err
    assert "mail.txt: line" in err
    assert "Bonsoir" in err
    code, _, err = run(capsys, "--root", root, "newsletter", "freeze", "1.fr", *NOW, lang="fr")
    assert "ce qui est envoyé reste" in err


def test_programs_get_all_of_it(root, capsys):
    """A pipeline compares the digest that a reviewer approved with the one that is to be sent."""
    code, out, _ = run(capsys, "--root", root, "newsletter", "freeze", "1", "--json", *NOW)
    (french, english) = json.loads(out)["letters"]
    assert (0, "1", "1.en", True) == (code, french["name"], english["name"], french["is_new"])
    assert [("events", ["event:fete"]), ("linked", ["event:fete"])] == [
        (section["show"], [one["id"] for one in section["entries"]]) for section in french["chosen"]
    ]

    code, out, _ = run(capsys, "--root", root, "newsletter", "verify", "--json")
    told = json.loads(out)
    assert (0, []) == (code, told["faults"])
    assert [(french["manifest"], True, True), (english["manifest"], True, True)] == [
        (one["manifest"], one["is_sound"], one["is_rebuilt"]) for one in told["letters"]
    ]

    edit(root, "newsletters/2026-03.md", "Bonjour", "Bonsoir")
    code, out, _ = run(capsys, "--root", root, "newsletter", "freeze", "1.fr", "--json", *NOW)
    assert (1, "1") == (code, json.loads(out)["letter"])
    assert json.loads(out)["differences"]


def test_proving_ends_with_one_where_anything_was_changed(root, capsys):
    """A pipeline stops on it."""
    run(capsys, "--root", root, "newsletter", "freeze", "1", *NOW)
    code, out, _ = run(capsys, "--root", root, "newsletter", "verify", "--bytes-only")
    assert 0 == code
    assert "1: as it was frozen\n1.en: as it was frozen\nevery byte is as it was frozen, and every chain unbroken\n" == out

    (root / "newsletters/archive/1/mail.txt").write_bytes(b"Autre chose.")
    code, out, _ = run(capsys, "--root", root, "newsletter", "verify", "--bytes-only")
    assert 1 == code
    assert "1: not as it was frozen" in out
    assert "newsletters/archive/1/mail.txt" in out
    assert "HB441" in out
    assert 1 == run(capsys, "--root", root, "newsletter", "verify", "--bytes-only", "--json")[0]


def test_what_is_not_there_is_wrong_use(root, capsys):
    """Exit code 2, as everywhere."""
    assert 2 == run(capsys, "--root", root, "newsletter", "freeze", "17", *NOW)[0]
    assert 2 == run(capsys, "--root", root, "newsletter", "verify", "17")[0]
    code, out, _ = run(capsys, "--root", root, "newsletter", "verify")
    assert (0, "no letter is frozen\n") == (code, out)
