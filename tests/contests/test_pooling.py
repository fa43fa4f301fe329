"""The pool is frozen once, in time, and holds no name that nobody agreed to show."""

import hashlib
import json

import pytest
from tests.contests.lives import BEFORE, CLOSED, DRAWN, FROZEN, ID, OPEN, ORDER, announced, contest, frozen, hub_with
from tests.hubs import write

from handbill.contests.keyring import key_file, made_key
from handbill.contests.pooling import freeze, gathered, lines_of
from handbill.contests.steps import NotNow
from handbill.errors import ContentProblems

ARCHIVE = f"content/contests/archive/{ID}"

#: The digest that the published example has (decision 0050).
EXAMPLE = "0a091474518f4016dc4e2332128b198e5b5e506b17f59d31f66b872f8d91dc72"


def tickets(tmp_path, *rows, first="ticket", name="tickets.csv"):
    file = tmp_path / name
    file.write_text("\n".join((first, *rows)) + "\n", encoding="utf-8")
    return file


def entry(handle, entered="2023-08-10 10:00", consent="true", rules="1"):
    return {f"{ARCHIVE}/entries/{handle}.yml": f"entered: {entered}\nconsent: {consent}\nrules: {rules}\n"}


@pytest.fixture
def root(tmp_path):
    hub = hub_with(tmp_path / "hub")
    announced(hub)
    return hub


def frozen_with(root, tmp_path, *rows, at=FROZEN, **more):
    found = contest(root, at)
    return freeze(found, gathered(found, tmp_path / "private", (tickets(tmp_path, *rows, **more),)))


def test_the_pool_is_that_of_the_published_example(root, tmp_path):
    """Sorted, a line each, so that there is one file for one set of tickets."""
    found = frozen_with(root, tmp_path, *ORDER)

    raw = (root / ARCHIVE / "pool.txt").read_bytes()
    step = json.loads((root / ARCHIVE / "record.json").read_bytes())["steps"][-1]
    assert "".join(f"{one}\n" for one in sorted(ORDER)) == raw.decode()
    assert EXAMPLE == hashlib.sha256(raw).hexdigest() == found.digest == step["pool"]
    assert ("frozen", 8, 1000) == (step["step"], step["size"], step["beacon"]["round"])


def test_more_chances_are_more_lines(tmp_path):
    """Each of them is a lot of its own, and the person wins once all the same."""
    root = hub_with(tmp_path / "hub", entries_per_person="3")
    announced(root)

    found = frozen_with(root, tmp_path, f"{ORDER[0]},3", f"{ORDER[1]},9", f"{ORDER[2]},1", first="ticket,chances")

    assert (7, 3) == (found.size, found.entrants)
    assert ("a", "a#2", "a#3") == lines_of("a", 3)
    assert {*lines_of(ORDER[0], 3), *lines_of(ORDER[1], 3), ORDER[2]} == set((root / ARCHIVE / "pool.txt").read_text().split())


def test_two_files_of_tickets_make_one_pool(root, tmp_path):
    """The form and the register at the door; who stands in both has what the rules allow, once."""
    found = contest(root, FROZEN)
    files = (tickets(tmp_path, *ORDER[:5]), tickets(tmp_path, *ORDER[3:], name="paper.csv"))

    assert EXAMPLE == freeze(found, gathered(found, tmp_path / "private", files)).digest


def test_accounts_that_entered_in_public_are_in(tmp_path):
    """Some communities enter under their own name, and say so in the file."""
    root = hub_with(tmp_path / "hub", entry="pull_request")
    announced(root)
    write(root, {**entry("ada-roux"), **entry("zoe_9"), **entry("max")})

    found = contest(root, FROZEN)
    pool = gathered(found, tmp_path / "private", ())
    freeze(found, pool)

    assert ("ada-roux", "max", "zoe_9") == pool.handles
    assert "ada-roux\nmax\nzoe_9\n" == (root / ARCHIVE / "pool.txt").read_text()


def test_an_account_that_did_not_agree_stops_the_freezing(tmp_path):
    """Once in the pool, it is public for ever."""
    root = hub_with(tmp_path / "hub", entry="pull_request")
    announced(root)
    write(root, {**entry("ada-roux", consent="false"), **entry("zoe")})

    with pytest.raises(ContentProblems) as refused:
        gathered(contest(root, FROZEN), tmp_path / "private", ())

    assert {"HB479"} == {one.code for one in refused.value.problems}
    assert not (root / ARCHIVE / "pool.txt").exists()


@pytest.mark.parametrize(("state", "at", "told"), [("announced", BEFORE, "not begun"), ("open", OPEN, "entries are open")])
def test_no_pool_is_frozen_before_entries_close(root, tmp_path, state, at, told):
    """Somebody could still enter, and would not be in."""
    assert state == contest(root, at).state
    with pytest.raises(NotNow, match=told):
        frozen_with(root, tmp_path, *ORDER, at=at)


def test_a_text_that_closes_earlier_now_freezes_nothing(root, tmp_path):
    """The rules promised another hour."""
    text = root / f"content/contests/{ID}.md"
    text.write_text(text.read_text(encoding="utf-8").replace("closes: 2023-08-20", "closes: 2023-08-15"), encoding="utf-8")

    with pytest.raises(NotNow, match="entries are open"):
        frozen_with(root, tmp_path, *ORDER, at="2023-08-16 10:00")


def test_a_pool_is_frozen_once(tmp_path):
    """Its digest is in mails by now."""
    frozen(root := hub_with(tmp_path / "hub"))

    with pytest.raises(NotNow, match="frozen already"):
        frozen_with(root, tmp_path, *ORDER, at="2023-08-22 10:00")


def test_nobody_freezes_a_pool_who_could_know_the_result(root, tmp_path):
    """From the round's moment on, tickets could be chosen by it; --despite does not help."""
    with pytest.raises(NotNow, match="what decides is known since 2023-08-23 17:59:24"):
        frozen_with(root, tmp_path, *ORDER, at="2023-08-23 17:59:24")


def test_nobody_freezes_a_pool_that_leaves_too_little_time_to_object(root, tmp_path):
    """Every build would call it wrong, and no command could do anything with the contest any more; now it can still be cancelled."""
    with pytest.raises(NotNow, match=r"the rules give 24 hours to object before the draw \(2023-08-23 17:59:24\)"):
        frozen_with(root, tmp_path, *ORDER, at="2023-08-22 17:59:25")

    assert "closed" == contest(root, "2023-08-22 18:00").state
    frozen_with(root, tmp_path, *ORDER, at="2023-08-22 17:59:23")
    assert "frozen" == contest(root, "2023-08-22 18:00").state


def test_time_to_object_ends_with_the_moment_of_the_rules(tmp_path):
    """A round comes up to three seconds after it, and the proof does not wait for that."""
    announced(root := hub_with(tmp_path / "hub", draw="2023-08-23 17:59:22"))

    with pytest.raises(NotNow, match=r"the rules give 24 hours to object before the draw \(2023-08-23 17:59:22\)"):
        frozen_with(root, tmp_path, *ORDER, at="2023-08-22 17:59:23")


def test_an_empty_pool_is_not_frozen(root, tmp_path):
    """The wrong file, or none."""
    found = contest(root, CLOSED)
    pool = gathered(found, tmp_path / "private", ())

    with pytest.raises(NotNow, match="nobody is in the pool"):
        freeze(found, pool)


def test_what_is_unusual_is_asked_for(root, tmp_path):
    """Fewer people than prizes: possible, but nobody should find it out afterwards."""
    few = gathered(contest(root, FROZEN), tmp_path / "private", (tickets(tmp_path, *ORDER[:2]),))
    fine = gathered(contest(root, FROZEN), tmp_path / "private", (tickets(tmp_path, *ORDER),))

    assert ["fewer people are in than can win (2 of 3): prizes will be left over"] == list(few.doubts)
    assert () == fine.doubts


@pytest.mark.parametrize(
    "wrong", ["ada.roux@lettre.example", "ada-roux", "Ada Roux", "0612345678", "d66yskeb4b2jtes", "D66YSKEB4B2JTEST", "", "../pool"]
)
def test_what_is_no_ticket_never_gets_into_the_pool(root, tmp_path, wrong):
    """One wrong column, and addresses would be public for ever (HB481)."""
    pool = gathered(contest(root, FROZEN), tmp_path / "private", (tickets(tmp_path, ORDER[0] + ",x", f"{wrong},x", first="ticket,name"),))

    assert [("tickets.csv", 3, "something that is no ticket")] == [(name, one.number, one.found) for name, one in pool.faults]
    assert [ORDER[0]] == list(pool.chances)
    if wrong:
        assert wrong not in repr(pool)


def test_the_tickets_of_another_contest_are_noticed(root, tmp_path):
    """Two files of one name in one folder, and nobody of this contest would be in the pool."""
    made_key(tmp_path / "private", ID)
    key_file(tmp_path / "private", ID).write_bytes(bytes(range(32)))
    rows = (f"{ORDER[0]},gwen@example.org", f"{ORDER[1]},Chloe@Example.org", f"{ORDER[2]},ana@example.org")

    pool = gathered(contest(root, FROZEN), tmp_path / "private", (tickets(tmp_path, *rows, first="ticket,email"),))

    assert [4] == [fault.number for _, fault in pool.faults]
    assert set(ORDER[:2]) == set(pool.chances)


@pytest.mark.parametrize("chances", ["0", "-1", "many", "1.5", "99999999999999999999"])
def test_a_number_of_chances_that_is_none_is_told(root, tmp_path, chances):
    """It would be nothing, or a pool that fills the disk."""
    pool = gathered(contest(root, FROZEN), tmp_path / "private", (tickets(tmp_path, f"{ORDER[0]},{chances}", first="ticket,chances"),))

    assert ["something that is no number of chances"] == [fault.found for _, fault in pool.faults]


def test_drawings_that_bring_too_little_chance_are_noticed_in_time(tmp_path):
    """One Loto among thousands of tickets: some of them could never win."""
    randomness = "{algorithm: rfc3797, sources: [{name: Loto, count: 2, most: 10}]}"
    root = hub_with(tmp_path / "hub", randomness=randomness)
    announced(root)

    with pytest.raises(NotNow, match=r"bring 5\.5 bits of chance, and 8 lines need 18"):
        frozen_with(root, tmp_path, *ORDER)


def test_the_answers_of_a_quiz_are_frozen_with_the_pool(tmp_path):
    """Nobody may correct them once the right ones are known."""
    quiz = {"mechanism": "quiz+draw", "quiz": "{questions: 2, tiebreak: Combien de vis ?, answers: " + "0" * 64 + "}"}
    root = hub_with(tmp_path / "hub", **quiz)
    announced(root)
    rows = [f"{one},ada@lettre.example,Oui,Non,{number}" for number, one in enumerate(ORDER)]

    frozen_with(root, tmp_path, *rows, first="ticket,email,1,2,tiebreak")

    raw = (root / ARCHIVE / "answers.csv").read_bytes()
    step = json.loads((root / ARCHIVE / "record.json").read_bytes())["steps"][-1]
    assert hashlib.sha256(raw).hexdigest() == step["answers"]
    assert b"ada" not in raw
    assert 9 == raw.count(b"\n")
    assert "frozen" == contest(root, DRAWN).state


def test_a_letter_in_place_of_an_answer_is_told_with_its_ticket(tmp_path):
    """Everybody could read it, and it would be right for nobody."""
    quiz = {"mechanism": "quiz+draw", "quiz": "{questions: 1, answers: " + "0" * 64 + "}"}
    root = hub_with(tmp_path / "hub", **quiz)
    announced(root)

    with pytest.raises(NotNow, match=f"an answer of {ORDER[0]} with more than 200 signs"):
        frozen_with(root, tmp_path, *(f"{one},{'x' * (201 if one == ORDER[0] else 200)}" for one in ORDER), first="ticket,1")


@pytest.mark.parametrize("answer", ["camille.roux@gmail.com", "rappelez-moi au 06 12 34 56 78"])
def test_an_answer_that_names_somebody_is_not_frozen(tmp_path, answer):
    """Answers are public by their ticket; one that says who it is undoes the ticket (HB481)."""
    quiz = {"mechanism": "quiz+draw", "quiz": "{questions: 2, tiebreak: Combien de vis ?, answers: " + "0" * 64 + "}"}
    root = hub_with(tmp_path / "hub", **quiz)
    announced(root)

    with pytest.raises(NotNow, match=f"the answers of ticket {ORDER[1]} hold") as refused:
        frozen_with(
            root, tmp_path, f"{ORDER[1]},{answer},Non,3", f"{ORDER[0]},Oui,Non,3", f"{ORDER[2]},Oui,Non,3", first="ticket,1,2,tiebreak"
        )

    assert "amille" not in str(refused.value)
    assert not (root / ARCHIVE / "pool.txt").exists()


def test_an_account_with_the_name_of_a_ticket_is_refused(tmp_path):
    """Somebody who was sent a ticket opens an account of that name, and has two chances or takes another's."""
    root = hub_with(tmp_path / "hub", entry="pull_request")
    announced(root)
    write(root, entry(ORDER[0]))

    with pytest.raises(NotNow, match=f"the name of a ticket: {ORDER[0]}"):
        frozen_with(root, tmp_path, *ORDER)
