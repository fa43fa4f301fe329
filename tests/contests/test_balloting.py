"""Ballots are sealed before any is shown, and none can be changed in between."""

import json
import shutil
from dataclasses import replace

import pytest
from tests.contests.juries import JURORS, TICKETS, frozen_jury, jury_hub, sheet, sitting
from tests.contests.lives import CLOSED, DRAWN, FROZEN, ID, OPEN, announced, contest, frozen, hub_with
from tests.hubs import files_of

from handbill.contests.balloting import check_unsealed, hidden_place, juror_called, reveal, seal, seal_votes, sitting_of, unjudged
from handbill.contests.marking import read_marks
from handbill.contests.steps import NotNow, take
from handbill.draw.ballots import ballot_bytes
from handbill.draw.pool import digest_of
from handbill.errors import WrongUse


@pytest.fixture(scope="module")
def frozen_once(tmp_path_factory):
    """Hubs whose judged contests are frozen, made once and copied by each test."""
    folder = tmp_path_factory.mktemp("juries")
    return {name: frozen_jury(folder / name.replace("+", "-"), name) for name in ("jury", "jury+vote")}


@pytest.fixture
def root(tmp_path, frozen_once):
    """A hub whose jury can begin."""
    return shutil.copytree(frozen_once["jury"], tmp_path / "hub")


@pytest.fixture
def voted(tmp_path, frozen_once):
    """A hub in which members vote as well."""
    return shutil.copytree(frozen_once["jury+vote"], tmp_path / "hub")


def sealed(root, *jurors: str, at: str = FROZEN):  # type: ignore[no-untyped-def]
    """Seal the ballots of jurors, each with other marks; return the jury as it sits then."""
    found = sitting(root, at)
    for number, juror in enumerate(jurors):
        file = sheet(root.parent / f"{juror}.csv", {TICKETS[number]: ("9.5", "20", ""), TICKETS[-1]: ("", "", "x")})
        found = seal(found, juror, read_marks(file, found.criteria, found.lines), root.parent / "private").sitting
    return found


def archive(root) -> dict[str, bytes]:  # type: ignore[no-untyped-def]
    """Return what is committed of the contest."""
    return files_of(root / "content" / "contests" / "archive" / ID)


def place(root, juror: str):  # type: ignore[no-untyped-def]
    """Return where a sealed ballot lies hidden."""
    return hidden_place(root.parent / "private", ID, juror)


def test_a_sealed_ballot_leaves_its_digest_and_no_mark(root):
    """Whoever reads the repository learns that the juror has marked, and nothing of how."""
    before = archive(root)

    after = sealed(root, "maud")

    raw = place(root, "maud").read_bytes()
    changed = {name for name, text in archive(root).items() if before.get(name) != text}
    assert {"record.json"} == changed
    assert {"juror": "maud", "digest": digest_of(raw)} == dict(after.contest.record.steps[-1].facts)
    assert b"9.5" in raw
    assert b"9.5" not in archive(root)["record.json"]
    assert ("ines-carrere", "hugo") == sitting(root).unsealed


def test_two_equal_ballots_have_two_digests(root):
    """Otherwise a juror could try marks until the digest of another fits."""
    found = sitting(root)
    marks = read_marks(sheet(root.parent / "s.csv"), found.criteria, found.lines)

    first = seal(found, "maud", marks, root.parent / "private")
    second = seal(first.sitting, "hugo", marks, root.parent / "private")

    salts = {json.loads(place(root, one).read_bytes())["salt"] for one in ("maud", "hugo")}
    assert 2 == len(salts)
    assert first.digest != second.digest


def test_ballots_are_shown_once_all_are_sealed(root):
    """And are to the byte what was sealed."""
    sealed(root, *JURORS)

    for juror in JURORS:
        assert reveal(sitting(root), juror, place(root, juror)) is not None
        assert reveal(sitting(root), juror, place(root, juror)) is None

    assert {f"ballots/{one}.json": place(root, one).read_bytes() for one in JURORS} == {
        name: raw for name, raw in archive(root).items() if name.startswith("ballots/")
    }
    assert () == sitting(root).unshown


def test_no_ballot_is_shown_before_all_are_sealed(root):
    """Who marks last would know the others' marks."""
    sealed(root, "maud", "hugo")

    with pytest.raises(NotNow, match="ballots are shown once all are sealed; not sealed yet: ines-carrere"):
        reveal(sitting(root), "maud", place(root, "maud"))

    assert not [name for name in archive(root) if name.startswith("ballots/")]


def test_no_juror_seals_twice(root):
    """A second thought after talking to the others is what the digest is against."""
    found = sealed(root, "maud")
    kept = place(root, "maud").read_bytes()

    with pytest.raises(NotNow, match="the ballot of maud is sealed already: it is handed in once"):
        sealed(root, "maud")
    with pytest.raises(NotNow):
        check_unsealed(found, "maud")

    assert kept == place(root, "maud").read_bytes()


@pytest.mark.parametrize(
    "turn", [lambda raw: raw.replace(b'"9.5"', b'"9.4"'), lambda raw: raw + b"\n", lambda raw: raw[:-1]], ids=["mark", "more", "less"]
)
def test_a_changed_ballot_is_not_shown(root, turn):
    """One byte is enough."""
    sealed(root, *JURORS)
    file = place(root, "maud")
    file.write_bytes(turn(file.read_bytes()))

    with pytest.raises(NotNow, match=r"maud\.json: is not the ballot that maud sealed: found [0-9a-f]{16}…, wanted [0-9a-f]{16}…"):
        reveal(sitting(root), "maud", file)


def test_the_ballot_of_another_juror_is_not_shown_in_its_place(root):
    """Two files were mixed up."""
    sealed(root, *JURORS)

    with pytest.raises(NotNow, match="is not the ballot that maud sealed"):
        reveal(sitting(root), "maud", place(root, "hugo"))


def test_a_sealed_ballot_that_nobody_can_count_is_told(root):
    """Its digest was committed by another program, and it holds a mark beyond the scale."""
    sealed(root, "maud", "hugo")
    found = sitting(root)
    marks = {one: {"Récit": found.criteria[0].weight * 100, "Geste": found.criteria[0].weight} for one in TICKETS}
    raw = ballot_bytes(ID, "ines-carrere", "0" * 64, marks, [])
    take(found.contest, "sealed", {"juror": "ines-carrere", "digest": digest_of(raw)}, {})
    (root.parent / "ines.json").write_bytes(raw)

    with pytest.raises(NotNow, match="the ballot that ines-carrere sealed cannot be counted: 60 for “Récit”"):
        reveal(sitting(root), "ines-carrere", root.parent / "ines.json")


def test_a_juror_is_called_as_in_the_rules_or_as_the_file(root):
    """The rules name a person, the archive a word."""
    found = sitting(root)

    assert "ines-carrere" == juror_called(found, "Inès Carrère") == juror_called(found, "ines-carrere")
    with pytest.raises(WrongUse, match="bastien: is not of the jury; the jurors are: ines-carrere, hugo, maud"):
        juror_called(found, "bastien")


def test_votes_wait_for_the_jury(voted):
    """They are public at once, and a juror who still marks could go by them."""
    sealed(voted, "maud", "hugo")

    with pytest.raises(NotNow, match="votes are public, and who still marks could go by them; not sealed yet: ines-carrere"):
        seal_votes(sitting(voted), dict.fromkeys(TICKETS, 1))


def test_ballots_wait_for_the_votes(voted):
    """Who counts the votes could still bend them, once the jury's order is known."""
    sealed(voted, *JURORS)

    with pytest.raises(NotNow, match="not sealed yet: votes"):
        reveal(sitting(voted), "maud", place(voted, "maud"))

    counts = dict(zip(TICKETS, range(8), strict=True))
    done = seal_votes(sitting(voted), counts)

    raw = archive(voted)["votes.csv"]
    assert "".join(["ticket,count\n", *(f"{one},{many}\n" for one, many in counts.items())]).encode() == raw
    assert ("votes", digest_of(raw)) == tuple(done.sitting.contest.record.steps[-1].facts.values())
    assert reveal(sitting(voted), "maud", place(voted, "maud")) is not None
    with pytest.raises(NotNow, match="the votes are sealed already: they are handed in once"):
        seal_votes(sitting(voted), counts)


def test_members_do_not_vote_where_the_rules_say_nothing_of_it(root):
    """One juror more would change who wins."""
    sealed(root, *JURORS)

    with pytest.raises(NotNow, match="members do not vote by its rules"):
        seal_votes(sitting(root), dict.fromkeys(TICKETS, 1))


def test_no_jury_marks_before_the_pool_is_frozen(tmp_path):
    """The tickets that it marks are those of the pool."""
    root = jury_hub(tmp_path / "hub")
    with pytest.raises(NotNow, match="the contest is not announced"):
        sitting(root, OPEN)
    announced(root)

    for at in (OPEN, CLOSED):
        with pytest.raises(NotNow, match="the pool is not frozen: a jury marks the tickets of the pool"):
            sitting(root, at)


@pytest.mark.parametrize("steps", [("decided",), ("decided", "verified"), ("decided", "verified", "published")])
def test_no_ballot_comes_after_the_works_are_judged(root, steps):
    """Who won is known then."""
    found = contest(root, DRAWN)
    for step in steps:
        found = replace(found, record=take(found, step, {"draw": "0" * 64}, {}))

    with pytest.raises(NotNow, match="the works are judged already, and no ballot changes that"):
        sitting_of(found)


def test_no_ballot_comes_once_the_contest_is_void(root):
    """It begins anew under another id."""
    take(contest(root, FROZEN), "void", {"reason": "Une entrée manquait.", "again": ""}, {})

    with pytest.raises(NotNow, match="the contest is void"):
        sitting(root, DRAWN)


def test_a_contest_without_a_jury_has_no_ballots(tmp_path):
    """Nothing may look as if somebody chose where lots are drawn."""
    found = frozen(hub_with(tmp_path / "hub"))

    with pytest.raises(NotNow, match="no jury sits: winners are found otherwise"):
        sitting_of(found)


def test_a_jury_does_not_mark_another_pool(root):
    """The pool is what was frozen, or nothing."""
    found = contest(root, FROZEN)
    steps = tuple(replace(one, facts={**one.facts, "pool": "0" * 64}) for one in found.record.steps)

    with pytest.raises(NotNow, match=r"pool\.txt is not the pool that was frozen"):
        sitting_of(replace(found, record=replace(found.record, steps=steps)))


def test_whoever_seals_after_the_lots_are_known_is_told_so(root):
    """Equal works are parted by lots that a late juror could have looked at."""
    assert sealed(root, "maud").is_late is False
    assert sealed(root, "hugo", at=DRAWN).is_late is True


def test_a_work_that_too_few_could_mark_is_told_once_all_is_shown(root):
    """Its maker asks why it has no place."""
    found = sitting(root)
    for juror in JURORS:
        row = ("5", "5", "") if juror == "maud" else ("", "", "x")
        file = sheet(root.parent / "s.csv", {TICKETS[2]: row})
        found = seal(found, juror, read_marks(file, found.criteria, found.lines), root.parent / "private").sitting
    for juror in JURORS:
        reveal(sitting(root), juror, place(root, juror))

    assert (TICKETS[2],) == unjudged(sitting(root))


def test_who_entered_is_in_no_file_of_a_jury(root):
    """A ballot holds tickets, marks and the juror, whom the rules name."""
    sealed(root, *JURORS)
    for juror in JURORS:
        reveal(sitting(root), juror, place(root, juror))

    for name, raw in archive(root).items():
        if name.startswith("ballots/"):
            told = json.loads(raw)
            assert {"contest", "juror", "salt", "scores", "conflicts"} == set(told)
            assert set(TICKETS) == {*told["scores"], *told["conflicts"]}
