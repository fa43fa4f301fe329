"""Whole lives of contests, each command as it is typed, and every command that comes at the wrong time.

The eight people, their key and the round of the beacon are those of the
published example, so that the winners are known before.
"""

import csv
import hashlib
import json
import re
import shutil
from pathlib import Path

import pytest
from tests.contests.lives import (
    BEFORE,
    CLAIMED,
    CLOSED,
    DRAWN,
    FROZEN,
    ID,
    OPEN,
    ORDER,
    announced,
    beacon,
    contest,
    frozen,
    hub_with,
)  # fmt: skip
from tests.hubs import files_of, run

from handbill.contests.keyring import key_file, made_key
from handbill.contests.steps import take
from handbill.draw.pool import digest_of
from handbill.draw.proof import prove
from handbill.hub.record import STATES, refusal

PEOPLE = dict(zip(("gwen", "chloe", "farid", "ana", "emma", "bilal", "david", "hugo"), ORDER, strict=True))

#: What the rules have to say besides, so that they can be announced.
WHOLE = {
    "prizes": "\n  - {name: Un vélo, unit_value: 250}\n  - {name: Un livre, quantity: 2, unit_value: 20}",
    "organiser": (
        "\n  name: Association Essai\n  form: association (loi de 1901)\n  registration: W332000000"
        "\n  address: 14 rue des Établis, 33800 Bordeaux\n  contact: contact@essai.example"
    ),
    "eligibility": "Toute personne majeure",
    "privacy": (
        "\n  controller: Association Essai\n  purpose: Organiser le concours\n  basis: Exécution du contrat"
        "\n  contact: contact@essai.example"
    ),
    "image_rights": "Vous restez l'auteur.",
}
LOTO = "\n  algorithm: rfc3797\n  sources:\n    - {name: Loto du mercredi, count: 5, most: 49}"
JUDGING = "\n  jurors: [ines, hugo, maud]\n  criteria:\n    - {name: Soin, weight: 1, scale: 10}"

PUBLISHED, SETTLED, PURGED = "2023-09-02 12:00", "2023-09-20 12:00", "2023-11-23 12:00"

#: What is committed while a contest lives, the archive alone.
ARCHIVE = f"content/contests/archive/{ID}"


class Life:
    """A contest that is led by typed commands."""

    def __init__(self, folder: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, **front: str) -> None:
        self.root = hub_with(folder / "hub", **{**WHOLE, **front})
        self.outside = folder / "outside"
        self.capsys = capsys
        self.outside.mkdir()
        monkeypatch.setenv("HANDBILL_FOLDER", str(folder / "private"))
        made_key(folder / "private", ID)
        key_file(folder / "private", ID).write_bytes(bytes(range(32)))

    def types(self, command: str, *words: object, at: str) -> str:
        """Type a command that must end well; return what it printed."""
        code, out, err = run(self.capsys, "--root", self.root, "contest", *command.split(), *words, "--as-of", at)
        assert 0 == code, err or out
        return out

    def state(self, at: str) -> str:
        """Return how the contest stands."""
        return contest(self.root, at).state

    def entries(self, *columns: str, **cells: tuple[str, ...]) -> Path:
        """Write the list of entries, outside the hub; more columns hold what is given by name."""
        rows = [("email", "entered", *columns)]
        rows += [(f"{name}@example.org", "2023-08-02 10:00", *cells.get(name, ())) for name in sorted(PEOPLE)]
        file = self.outside / "entries.csv"
        with file.open("w", encoding="utf-8", newline="") as opened:
            csv.writer(opened).writerows(rows)
        return file

    def frozen(self, *columns: str, **cells: tuple[str, ...]) -> None:
        """Live until the pool is frozen."""
        self.types("announce", ID, at=BEFORE)
        tickets = self.outside / "tickets.csv"
        self.types("ticket", ID, self.entries(*columns, **cells), "--output", tickets, at=CLOSED)
        self.types("freeze", ID, "--tickets", tickets, at=FROZEN)

    def ended(self, wins: str) -> None:
        """Live on from the draw until the data are destroyed, the first winner renouncing; *wins* is who won first."""
        winners = self.outside / "winners.csv"
        self.types("winners", ID, self.outside / "entries.csv", "--output", winners, at=DRAWN)
        assert wins in winners.read_text(encoding="utf-8")
        self.types("skip", ID, self.tickets("winners")[0], "declined", at=DRAWN)
        self.types("confirm", ID, at=CLAIMED)
        self.types("publish", ID, at=PUBLISHED)
        self.types("settle", ID, at=SETTLED)
        self.types("purge", ID, at=PURGED)
        self.types("draw", ID, at=PURGED)
        self.types("verify", ID, at=PURGED)

    def tickets(self, key: str) -> list[str]:
        """Return tickets that draw.json names."""
        return [one["ticket"] for one in self.drawing()[key]]

    def drawing(self):  # type: ignore[no-untyped-def]
        """Return what draw.json says."""
        return json.loads((self.root / ARCHIVE / "draw.json").read_bytes())


@pytest.fixture
def life(tmp_path, capsys, monkeypatch):
    """Return what begins a life."""
    return lambda **front: Life(tmp_path, capsys, monkeypatch, **front)


def test_a_contest_drawn_by_the_beacon_lives_from_announcement_to_purge(life):
    """The published example comes out of addresses, a key and a round, by nothing but commands."""
    one = life()
    one.frozen()
    assert "0a091474518f4016dc4e2332128b198e5b5e506b17f59d31f66b872f8d91dc72" == digest_of((one.root / ARCHIVE / "pool.txt").read_bytes())
    with beacon(1000) as address:
        one.types("draw", ID, "--beacon", address, at=DRAWN)

    assert [*ORDER] == one.drawing()["order"]
    one.ended("gwen@example.org")

    assert [*ORDER[1:4]] == one.tickets("winners")
    assert "purged" == one.state(PURGED)
    steps = [step["step"] for step in json.loads((one.root / ARCHIVE / "record.json").read_bytes())["steps"]]
    assert ["announced", "frozen", "decided", "verified", "published", "settled", "purged"] == steps
    assert not [found for found in prove(files_of(one.root / ARCHIVE)) if found.is_right is False]
    # Nobody is named in what is committed.
    assert not [name for name, raw in files_of(one.root).items() if re.search(rb"(gwen|chloe|farid|bilal)@", raw)]


def test_a_contest_drawn_by_a_lottery_lives_from_announcement_to_purge(life):
    """RFC 3797 with five numbers of one drawing; the pool's lines are selected one after another."""
    one = life(randomness=LOTO)
    one.frozen()
    one.types("draw", ID, "--numbers", "5 12 18 30 44", at=DRAWN)

    drawing = one.drawing()
    # Made again by hand: the number of each turn, modulo the lines that are left.
    left, order, key = sorted(ORDER), [], "5.12.18.30.44./"
    for turn in range(5):
        around = turn.to_bytes(2, "big")
        number = int(hashlib.md5(around + key.encode() + around, usedforsecurity=False).hexdigest(), 16)
        order.append(left.pop(number % len(left)))
    assert (key, order) == (drawing["key"], drawing["order"])
    first = next(name for name, ticket in PEOPLE.items() if ticket == order[0])
    one.ended(f"{first}@example.org")

    assert order[1] == one.tickets("winners")[0]
    assert "purged" == one.state(PURGED)


def test_a_judged_contest_lives_from_announcement_to_purge(life):
    """Ballots are sealed before any is shown, and lots part equal works alone."""
    one = life(mechanism="jury", judging=JUDGING, draw="", results="2023-08-23 17:59:24")
    one.frozen()
    sheet = one.outside / "sheet.csv"
    one.types("ballot template", ID, "--output", sheet, at=FROZEN)
    best = max(ORDER)
    with sheet.open(encoding="utf-8-sig", newline="") as opened:
        header, *rows = csv.reader(opened)
    with sheet.open("w", encoding="utf-8", newline="") as opened:
        csv.writer(opened).writerows([header, *([ticket, "9" if ticket == best else "5", ""] for ticket, *_ in rows)])
    for juror in ("ines", "hugo", "maud"):
        one.types("ballot seal", ID, juror, sheet, at="2023-08-22 10:00")
    for juror in ("ines", "hugo", "maud"):
        one.types("ballot reveal", ID, juror, at="2023-08-22 12:00")
    with beacon(1000) as address:
        one.types("draw", ID, "--beacon", address, at=DRAWN)

    assert "judged" == one.state(DRAWN)
    assert [best, *(ticket for ticket in ORDER if ticket != best)] == one.drawing()["order"]
    one.ended("hugo@example.org")
    assert "purged" == one.state(PURGED)


@pytest.mark.parametrize("mechanism", ["quiz", "quiz+draw"])
def test_a_quiz_lives_from_announcement_to_purge(life, mechanism):
    """Gwen answered wrong, and does not win though the beacon put her first."""
    one = life(mechanism=mechanism)
    right = one.outside / "right.csv"
    right.write_text("question;réponse\n1;oui\nsubsidiaire;10\n", encoding="utf-8")
    code, out, err = run(one.capsys, "--root", one.root, "contest", "answers", "digest", right, "--json")
    assert 0 == code, err or out
    told = json.loads(out)
    quiz = f"\n  questions: 1\n  answers: {told['answers']}\n  tiebreak: Combien de vis ?"
    hub_with(one.root, **{**WHOLE, "mechanism": mechanism, "quiz": quiz})
    answers = {name: ("non" if name == "gwen" else "oui", str(place)) for place, name in enumerate(PEOPLE)}
    one.frozen("1", "tiebreak", **answers)
    one.types("answers reveal", ID, told["file"], at="2023-08-22 10:00")
    with beacon(1000) as address:
        one.types("draw", ID, "--beacon", address, at=DRAWN)

    first = {"quiz": "hugo", "quiz+draw": "chloe"}[mechanism]
    assert PEOPLE[first] == one.tickets("winners")[0]
    assert PEOPLE["gwen"] not in one.drawing()["eligible"]
    one.ended(f"{first}@example.org")
    assert "purged" == one.state(PURGED)


def test_a_contest_is_cancelled_before_its_pool_is_frozen_and_what_was_collected_destroyed(life):
    """A storm, and nobody's address is kept for a contest that is none."""
    one = life()
    one.types("announce", ID, at=BEFORE)
    one.types("cancel", ID, "--reason", "Orage.", at=OPEN)
    assert "cancelled" == one.state(OPEN)

    one.types("purge", ID, at=CLOSED)

    assert "purged" == one.state(CLOSED)


def test_a_wrong_pool_makes_a_contest_void_and_what_was_collected_is_destroyed(life):
    """It begins anew under another id, with other rules and another key."""
    one = life()
    one.frozen()
    one.types("void", ID, "--reason", "Liste incomplète.", "--again", "ete-photo-2", at="2023-08-22 10:00")
    assert "void" == one.state(DRAWN)

    one.types("purge", ID, at=DRAWN)

    assert "purged" == one.state(DRAWN)


# Every command at the wrong time.

#: How each command is typed, and the step that it would commit, "" where it commits none.
COMMANDS = {
    "announce": ("announced", ()),
    "freeze": ("frozen", ("--tickets", "tickets.csv")),
    "ballot seal": ("sealed", ("ines", "sheet.csv")),
    "draw": ("decided", ("--beacon", "answer.json")),
    "skip": ("", (ORDER[0], "declined")),
    "winners": ("", ("entries.csv", "--output", "winners.csv")),
    "confirm": ("verified", ("--claimed",)),
    "publish": ("published", ()),
    "settle": ("settled", ()),
    "purge": ("purged", ("--early", "--no-key")),
    "cancel": ("cancelled", ("--reason", "Orage.")),
    "void": ("void", ("--reason", "Liste fausse.")),
}

#: When each state is looked at.
WHEN = {"draft": BEFORE, "announced": BEFORE, "open": OPEN, "closed": CLOSED, "frozen": "2023-08-22 10:00"}
LATE = "2024-03-01 12:00"

#: Once it is decided, `draw` draws again and compares; in these states the two that name tickets have none, or none any more.
AGAIN = ("drawn", "judged", "verified", "published", "settled", "purged")


#: A jury has words of its own for when it does not sit.
_SEALING = {
    "announced": "the pool is not frozen: a jury marks the tickets of the pool",
    "open": "the pool is not frozen: a jury marks the tickets of the pool",
    "drawn": "no jury sits",
    **dict.fromkeys(("judged", "verified", "published", "settled"), "the works are judged already"),
}


def in_state(root: Path, state: str) -> None:
    """Lead a contest into a state by its steps alone."""
    # A jury sits wherever it can, as it has a command more.
    judged = {"mechanism": "jury", "judging": JUDGING, "draw": "", "results": "2023-08-23 17:59:24"} if state != "drawn" else {}
    hub_with(root, **{**WHOLE, **judged})
    if state == "draft":
        return
    if state in ("announced", "open", "closed", "cancelled"):
        announced(root)
    else:
        frozen(root)
    if state in ("cancelled", "void"):
        take(contest(root, OPEN if state == "cancelled" else DRAWN), state, {"reason": "Orage."}, {})
    if state not in AGAIN:
        return
    if state != "drawn":
        from decimal import Decimal

        from handbill.draw.ballots import ballot_bytes

        for juror in ("ines", "hugo", "maud"):
            raw = ballot_bytes(ID, juror, "0" * 64, {one: {"Soin": Decimal(5)} for one in ORDER}, [])
            take(contest(root, FROZEN), "sealed", {"juror": juror, "digest": digest_of(raw)}, {f"ballots/{juror}.json": raw})
    from handbill.contests.drawing import draw
    from handbill.contests.lots import Given

    with beacon(1000) as address:
        draw(contest(root, DRAWN), Given(address))
    for step in ("verified", "published", "settled", "purged")[: max(0, STATES.index(state) - STATES.index("judged"))]:
        facts = {"draw": contest(root, DRAWN).record.files["draw.json"].sha256} if step == "verified" else {}
        take(contest(root, CLAIMED), step, facts, {})


@pytest.mark.long
@pytest.mark.parametrize("state", STATES)
def test_a_command_at_the_wrong_time_is_refused_with_the_reason_and_changes_nothing(tmp_path, capsys, monkeypatch, state):
    """Whatever is typed in whatever order, a contest cannot get into a state that its rules do not know."""
    root = tmp_path / "hub"
    in_state(root, state)
    at = WHEN.get(state, LATE)
    assert state == contest(root, at).state
    for name, raw in {"tickets.csv": f"ticket\n{ORDER[0]}\n", "sheet.csv": "ticket\n", "entries.csv": "email,entered\n"}.items():
        (tmp_path / name).write_text(raw, encoding="utf-8")
    shutil.copytree(root / "content", tmp_path / "before")
    monkeypatch.setenv("HANDBILL_FOLDER", str(tmp_path / "private"))
    monkeypatch.chdir(tmp_path)
    refused = 0
    for command, (step, words) in COMMANDS.items():
        why = refusal(state, step) if step else ("" if state in ("drawn", "judged") or (command == "winners" and state in AGAIN) else "-")
        why = _SEALING.get(state, why) if command == "ballot seal" and why else why
        if not why or (command == "draw" and state in AGAIN) or (command == "announce" and state in ("announced", "open")):
            continue
        refused += 1
        code, out, err = run(capsys, "--root", root, "contest", *command.split()[:2], ID, *words, "--as-of", at)
        assert 1 == code, f"{command}: {out}{err}"
        if why != "-":
            assert f"{ID}: {why}" in err, command
        assert err.startswith(f"handbill: {ID}: "), command
        french = run(capsys, "--root", root, "contest", *command.split()[:2], ID, *words, "--as-of", at, lang="fr")
        assert 1 == french[0]
        assert err.removeprefix(f"handbill: {ID}: ") != french[2].removeprefix(f"handbill: {ID} : "), command
    assert files_of(tmp_path / "before") == files_of(root / "content")
    assert 5 <= refused
