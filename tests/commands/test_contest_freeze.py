"""What an organiser types on the evening when entries are closed, and says aloud afterwards."""

import json

import pytest
from tests.contests.drawn import lines_of
from tests.contests.lives import FROZEN, ID, OPEN, ORDER, announced, hub_with
from tests.hubs import run

DIGEST = "0a091474518f4016dc4e2332128b198e5b5e506b17f59d31f66b872f8d91dc72"


@pytest.fixture
def root(tmp_path, monkeypatch):
    monkeypatch.setenv("HANDBILL_FOLDER", str(tmp_path / "private"))
    found = hub_with(tmp_path / "hub")
    announced(found)
    return found


def freeze(capsys, root, *words, tickets=ORDER, as_of=FROZEN, lang="en"):
    file = root.parent / "tickets.csv"
    file.write_text("ticket\n" + "".join(f"{one}\n" for one in tickets), encoding="utf-8")
    return run(capsys, "--root", root, "contest", "freeze", ID, "--tickets", file, "--as-of", as_of, *words, lang=lang)


def test_the_digest_is_told_with_the_sentence_to_say(capsys, root):
    """It goes on the wall of the workshop, into the minutes, onto the radio."""
    code, out, err = freeze(capsys, root)

    assert (0, "") == (code, err)
    lines = lines_of(out)
    assert "8 people are in (8 chances)" == lines[0]
    assert f"Written: content/contests/archive/{ID}/pool.txt" == lines[1]
    assert (
        f"  “L’été en photo”: 8 chances are in the pool, and its SHA-256 digest is {DIGEST}."
        " Lots are decided by round 1000 of the drand quicknet beacon: Wednesday 23\u00a0August 2023 at 17:59:24 (Europe/Paris)."
    ) in lines
    assert f"  python3 build.py contest draw {ID}" == lines[-1]


def test_the_sentence_is_there_in_french(capsys, root):
    """It is said to people in their language."""
    _, out, _ = freeze(capsys, root, lang="fr")

    assert f"«\u00a0L’été en photo\u00a0»\u00a0: la liste compte 8 chances, et son empreinte SHA-256 est {DIGEST}." in out
    assert "décide du tirage\u00a0: mercredi 23\u00a0août 2023" in out


def test_what_is_unusual_waits_for_a_word(capsys, root):
    """Two people for three prizes is a list of the wrong week, mostly."""
    code, out, _ = freeze(capsys, root, tickets=ORDER[:2])

    assert 1 == code
    assert [
        "fewer people are in than can win (2 of 3): prizes will be left over",
        "The pool is not frozen.",
        "If that is meant so: --despite",
    ] == lines_of(out)
    assert 0 == freeze(capsys, root, "--despite", tickets=ORDER[:2])[0]


def test_a_row_that_is_no_ticket_cannot_be_wanted(capsys, root):
    """It may be an address, and the pool is public for ever."""
    code, out, err = freeze(capsys, root, "--despite", tickets=(*ORDER, "camille.roux@gmail.com"))

    assert 1 == code
    assert "tickets.csv, row 10: found something that is no ticket" in out
    assert "camille" not in out + err
    assert not (root / f"content/contests/archive/{ID}/pool.txt").exists()


def test_programs_get_what_was_frozen(capsys, root):
    """Somebody posts it elsewhere by a script."""
    code, out, _ = freeze(capsys, root, "--json")

    told = json.loads(out)
    assert 0 == code
    assert {"pool": DIGEST, "size": 8, "round": 1000, "draws": "2023-08-23T15:59:24+00:00"} == told["frozen"]


def test_too_early_is_told_with_the_reason(capsys, root):
    """The command is in the history of the shell."""
    code, _, err = freeze(capsys, root, as_of=OPEN)

    assert (1, f"handbill: {ID}: entries are open: a pool is frozen once they are closed\n") == (code, err)
