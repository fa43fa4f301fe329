"""A jury of three at work on the eight entries of the contest of 2023, and a quiz: hubs, sheets and key files for tests."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from tests.contests.lives import FROZEN, ORDER, contest, frozen, hub_with

from handbill.contests.balloting import Sitting, sitting_of
from handbill.contests.steps import Contest

JURORS = ("ines-carrere", "hugo", "maud")

#: The first juror is called by her name in the rules.
JUDGING = (
    "\n  jurors: [Inès Carrère, hugo, maud]\n  criteria:"
    "\n    - {name: Récit, weight: 0.6, scale: 10}\n    - {name: Geste, weight: 0.4, scale: 20}"
)

#: The pool's own order.
TICKETS = tuple(sorted(ORDER))


def jury_hub(root: Path, mechanism: str = "jury", **front: str) -> Path:
    """Return a hub whose contest is judged, not announced yet."""
    return hub_with(root, mechanism=mechanism, judging=JUDGING, image_rights="Vous restez l'auteur.", **front)


def frozen_jury(root: Path, mechanism: str = "jury") -> Path:
    """Return a hub whose judged contest has a frozen pool."""
    frozen(jury_hub(root, mechanism))
    return root


def sitting(root: Path, at: str = FROZEN) -> Sitting:
    """Return its jury."""
    return sitting_of(contest(root, at))


def sheet(file: Path, marks: Mapping[str, tuple[str, ...]] | None = None, **more: tuple[str, ...]) -> Path:
    """Write a juror's sheet: two marks for each ticket, and a cross; *more* replaces rows by their ticket."""
    rows = {**dict.fromkeys(TICKETS, ("5", "10", "")), **(marks or {}), **more}
    lines = "".join(f"{ticket};{';'.join(cells)}\r\n" for ticket, cells in rows.items())
    file.write_bytes(("\ufeffticket;Récit (0-10);Geste (0-20);conflit\r\n" + lines).encode())
    return file


def quiz_hub(root: Path, digest: str, mechanism: str = "quiz", tiebreak: str = "Combien de vis ?") -> Path:
    """Return a hub whose contest is a quiz of two questions, not announced yet."""
    quiz = f"\n  questions: 2\n  answers: {digest}" + (f"\n  tiebreak: {tiebreak}" if tiebreak else "")
    return hub_with(root, mechanism=mechanism, quiz=quiz)


def frozen_quiz(root: Path, digest: str, answers: bytes, mechanism: str = "quiz") -> Contest:
    """Return a quiz whose pool is frozen with these answers."""
    from handbill.draw.pool import digest_of

    quiz_hub(root, digest, mechanism)
    return frozen(root, TICKETS, more={"answers": digest_of(answers)}, answers_csv=answers)
