"""What an organiser types once the draw is over, or will not take place."""

import json

import pytest
from tests.contests.drawn import KNOWN, OVER, RESULTS, hub_at
from tests.contests.lives import FROZEN, ID, OPEN, announced, frozen, hub_with
from tests.hubs import run

from handbill.contests.keyring import made_key


@pytest.fixture
def folder(tmp_path, monkeypatch):
    monkeypatch.setenv("HANDBILL_FOLDER", str(tmp_path / "private"))
    return tmp_path / "private"


def take(capsys, root, step, at, *words, lang="en"):
    return run(capsys, "--root", root, "contest", step, ID, "--as-of", at, *words, lang=lang)


def test_each_step_says_what_was_done_and_what_is_next(capsys, folder, tmp_path):
    """Nobody runs a contest often enough to know it by heart."""
    root = hub_at(tmp_path / "hub", "drawn")
    made_key(folder, ID)
    record = f"Written: content/contests/archive/{ID}/record.json. Commit it."

    confirmed = take(capsys, root, "confirm", KNOWN, "--claimed")[1].splitlines()
    published = take(capsys, root, "publish", RESULTS)[1].splitlines()
    settled = take(capsys, root, "settle", "2023-09-05 10:00")[1].splitlines()
    purged = take(capsys, root, "purge", OVER)[1].splitlines()

    assert [
        f"{ID}: the winners are confirmed", "3 winners are confirmed.", record, f"Next: python3 build.py contest publish {ID}",
    ] == confirmed  # fmt: skip
    assert f"{ID}: the results are published" == published[0]
    assert f"“winners” in content/contests/{ID}.md" in published[1]
    assert [f"{ID}: the prizes are handed over", record, f"Next: python3 build.py contest purge {ID}"] == settled
    assert f"{ID}: the data are destroyed" == purged[0]
    assert any("copies keep them for ever" in line for line in purged)
    assert any(line.startswith("Yours to delete: the lists of entries") for line in purged)
    assert record == purged[-1]


def test_french_organisers_are_told_in_french(capsys, folder, tmp_path):
    """The honest sentence about disks most of all."""
    root = hub_at(tmp_path / "hub", "settled")
    made_key(folder, ID)

    out = take(capsys, root, "purge", OVER, lang="fr")[1]

    assert "plus personne ne peut dire à qui était un ticket" in out
    assert "les copies les gardent pour toujours" in out


@pytest.mark.parametrize(
    ("step", "words", "at"),
    [("cancel", ("--reason", "Trop peu."), OPEN), ("void", ("--reason", "Une erreur.", "--again", "encore"), "2023-08-22 10:00")],
)
def test_an_end_before_the_draw_has_its_reason(capsys, folder, tmp_path, step, words, at):
    """It is the first thing that members ask."""
    (announced if step == "cancel" else frozen)(root := hub_with(tmp_path / "hub"))

    code, out, _ = take(capsys, root, step, at, *words, "--json")

    assert (0, ID) == (code, json.loads(out)["contest"])
    assert words[1] in (root / f"content/contests/archive/{ID}/record.json").read_text(encoding="utf-8")


@pytest.mark.parametrize("step", ["confirm", "publish", "settle", "purge", "cancel", "void"])
def test_a_step_out_of_its_order_ends_with_one_and_the_reason(capsys, folder, tmp_path, step):
    """A script that goes on regardless would publish what is not decided."""
    root = hub_with(tmp_path / "hub")
    if step == "cancel":
        frozen(root)
    else:
        announced(root)
    words = ("--reason", "Une raison.") if step in ("cancel", "void") else ()

    code, out, err = take(capsys, root, step, FROZEN, *words)

    assert (1, "") == (code, out)
    assert err.startswith(f"handbill: {ID}: ")
