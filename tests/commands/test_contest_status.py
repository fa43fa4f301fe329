"""The first question of the week: what is due."""

import json

from tests.contests.drawn import lines_of
from tests.contests.lives import CLOSED, ID, OPEN, announced, frozen, hub_with
from tests.hubs import run


def status(capsys, root, *words, as_of=CLOSED, lang="en"):
    return run(capsys, "--root", root, "contest", "status", *words, "--as-of", as_of, lang=lang)


def test_what_is_due_is_told_with_its_day_and_its_command(capsys, tmp_path):
    """Whoever reads it types the line below."""
    announced(root := hub_with(tmp_path / "hub"))

    code, out, err = status(capsys, root)

    assert (0, "") == (code, err)
    assert [
        f"{ID} – L’été en photo (entries are closed)",
        "  Until 2023-08-21 18:00, the organiser: freeze the pool, so that its digest is known before the draw",
        f"      python3 build.py contest freeze {ID} --tickets TICKETS.csv",
    ] == lines_of(out)


def test_what_is_late_says_so(capsys, tmp_path):
    """In the words of a colleague, not in red alone."""
    announced(root := hub_with(tmp_path / "hub"))

    out = lines_of(status(capsys, root, as_of="2023-08-22 10:00", lang="fr")[1])

    assert f"{ID} – L’été en photo (les participations sont closes)" == out[0]
    assert (
        "  En retard depuis le 2023-08-21 18:00, l’organisateur\u00a0: figer la liste, pour que son empreinte soit connue avant le tirage"
        == out[1]
    )


def test_programs_get_moments_with_their_zone(capsys, tmp_path):
    """A calendar of the team is filled from it."""
    frozen(root := hub_with(tmp_path / "hub"))

    (told,) = json.loads(status(capsys, root, "--json", as_of="2023-08-22 10:00")[1])

    assert (ID, "frozen", "2023-08-23T17:59:24+02:00", False) == (
        told["contest"], told["state"], told["due"][0]["until"], told["due"][0]["late"],
    )  # fmt: skip


def test_a_hub_without_contests_says_so(capsys, tmp_path):
    """Silence could mean that it did not look."""
    root = hub_with(tmp_path / "hub")
    (root / f"content/contests/{ID}.md").unlink()

    code, out, err = status(capsys, root, as_of=OPEN)

    assert (0, ["No contest is going on or to come."], "") == (code, lines_of(out), err)


def test_one_contest_can_be_asked_for_by_name(capsys, tmp_path):
    """Also one that is over."""
    root = hub_with(tmp_path / "hub")

    out = lines_of(status(capsys, root, ID, as_of="2023-12-01 10:00")[1])

    assert [f"{ID} – L’été en photo (nothing is announced)", "  Nothing is due any more."] == out
