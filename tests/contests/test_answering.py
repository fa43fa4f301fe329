"""The right answers are promised before a quiz opens, and shown when nobody can come in any more."""

import json
import shutil
from dataclasses import replace
from pathlib import Path

import pytest
from tests.contests.juries import TICKETS, frozen_jury, frozen_quiz, quiz_hub
from tests.contests.lives import CLOSED, DRAWN, FROZEN, ID, OPEN, announced, contest, frozen, hub_with

from handbill.contests.answering import key_place, promise, read_right, reveal
from handbill.contests.steps import NotNow, take
from handbill.draw.answers import answers_bytes, key_bytes
from handbill.draw.pool import digest_of
from handbill.errors import MachineLacks, WrongUse

KEY = key_bytes(["étau", "12|douze"], "412", "0" * 64)
ANSWERS = answers_bytes(2, dict.fromkeys(TICKETS, ("Étau", "douze", "400")))


def written(folder: Path, text: str) -> Path:
    """Write what an organiser typed."""
    file = folder / "reponses.csv"
    file.write_bytes(text.encode())
    return file


@pytest.fixture
def key(tmp_path):
    """The right answers, hidden outside the hub."""
    (tmp_path / "reponses.key.json").write_bytes(KEY)
    return tmp_path / "reponses.key.json"


@pytest.fixture(scope="module")
def frozen_once(tmp_path_factory):
    """A hub whose quiz is frozen, made once and copied by each test."""
    root = tmp_path_factory.mktemp("quiz") / "hub"
    frozen_quiz(root, digest_of(KEY), ANSWERS)
    return root


@pytest.fixture
def root(tmp_path, frozen_once):
    """A hub whose right answers can be shown."""
    return shutil.copytree(frozen_once, tmp_path / "hub")


def archived(root) -> Path:  # type: ignore[no-untyped-def]
    """Return where the right answers are shown."""
    return root / "content" / "contests" / "archive" / ID / "key.json"


@pytest.mark.parametrize(
    "text",
    [
        "question;réponse;autre\r\n1;Étau;\r\n2;12;douze\r\nsubsidiaire;412 vis;\r\n",
        "\ufeffQuestion 1,étau\nQuestion 2,12|douze\ntiebreak,412\n",
        "départage,412\n2,12 | douze\n1,étau\n",
        "sep=;\n;réponse\n1;étau\n2;douze|12\nQuestion subsidiaire;412,0\n",
    ],
)
def test_right_answers_are_read_as_people_write_them(tmp_path, text):
    """With a first row or without, in any order, as any spreadsheet saves it."""
    right = read_right(written(tmp_path, text))

    assert () == right.faults
    assert KEY == key_bytes(right.answers, right.tiebreak, "0" * 64)


@pytest.mark.parametrize(
    ("text", "faults"),
    [
        ("1;étau\n1;presse\n", [(2, "a question that stands twice")]),
        ("1;étau\nsubsidiaire;1\ndépartage;2\n", [(3, "a question that stands twice")]),
        ("1;étau\n3;presse\n", [(0, "no row for question 2")]),
        ("1;étau\nBonus;presse\n", [(2, "something that is no question")]),
        ("1;étau\n2;\n", [(2, "no answer to question 2")]),
        ("1;étau\n2; | \n", [(2, "no answer to question 2")]),
        ("1;étau\nsubsidiaire;beaucoup\n", [(2, "an answer to the last question that is not one number")]),
        ("1;étau\nsubsidiaire;\n", [(2, "an answer to the last question that is not one number")]),
        ("question;réponse\n", [(0, "no right answer")]),
        ("1\n", [(1, "no answer to question 1")]),
    ],
)
def test_right_answers_that_are_not_clear_are_refused(tmp_path, text, faults):
    """It would come out when all have answered."""
    assert faults == [(one.number, str(one.found)) for one in read_right(written(tmp_path, text)).faults]


def test_the_digest_promises_what_is_hidden(tmp_path):
    """It stands in the rules, and the file beside the list proves later what it was of."""
    file = written(tmp_path, "1;étau\n2;douze\ntiebreak;412\n")

    done = promise(read_right(file), key_place(file), tmp_path / "hub")
    raw = (tmp_path / "reponses.key.json").read_bytes()

    assert digest_of(raw) == done.digest
    assert (2, True, (1,)) == (done.questions, done.has_tiebreak, done.accented)
    assert [["étau"], ["douze"]] == json.loads(raw)["answers"]


def test_answers_that_are_right_without_accents_too_are_not_told(tmp_path):
    """Whoever wrote both has thought of it; a letter of its own, as œ is, has no accent."""
    file = written(tmp_path, "1;étau|etau\n2;douze\n3;nœud\n")

    assert () == promise(read_right(file), key_place(file), tmp_path / "hub").accented


def test_the_same_answers_have_another_digest_each_time(tmp_path):
    """Otherwise whoever tries answers would find the right ones by their digest."""
    right = read_right(written(tmp_path, "1;oui\n"))

    digests = {promise(right, tmp_path / f"{one}.json", tmp_path / "hub").digest for one in range(3)}

    assert 3 == len(digests)


def test_a_promise_is_not_written_over(tmp_path):
    """Its digest may stand in rules that were announced, and no other file would ever fit."""
    file = written(tmp_path, "1;oui\n")
    promise(read_right(file), key_place(file), tmp_path / "hub")
    before = key_place(file).read_bytes()

    with pytest.raises(WrongUse, match="is there already, and its digest may stand in the rules"):
        promise(read_right(file), key_place(file), tmp_path / "hub")

    assert before == key_place(file).read_bytes()


def test_right_answers_are_not_hidden_in_the_hub(tmp_path):
    """The next commit would show them to everybody."""
    with pytest.raises(WrongUse, match="lies in a repository"):
        promise(read_right(written(tmp_path, "1;oui\n")), tmp_path / "hub" / "key.json", tmp_path / "hub")


def test_an_answer_that_is_a_letter_is_refused(tmp_path):
    """Nobody's answer would ever be the same."""
    with pytest.raises(WrongUse, match="an answer to question 1 with more than 200 signs"):
        promise(read_right(written(tmp_path, f"1;{'x' * 201}\n")), tmp_path / "key.json", tmp_path / "hub")


def test_a_list_that_is_not_there_is_told(tmp_path):
    """Whoever typed the wrong path has to see it."""
    with pytest.raises(MachineLacks, match=r"rien\.csv: cannot be read"):
        read_right(tmp_path / "rien.csv")


def test_the_promised_answers_are_shown_once_the_pool_is_frozen(root, key):
    """To the byte, and once."""
    assert reveal(contest(root, FROZEN), key) is True
    assert KEY == archived(root).read_bytes()
    assert reveal(contest(root, FROZEN), key) is False


@pytest.mark.parametrize("turn", [lambda raw: raw.replace(b"412", b"413"), lambda raw: raw + b"\n", lambda raw: raw[1:]], ids=["number", "more", "less"])  # fmt: skip
def test_other_answers_than_the_promised_are_not_shown(root, key, turn):
    """One byte is enough; the organiser could otherwise choose who was right."""
    key.write_bytes(turn(KEY))

    with pytest.raises(NotNow, match=r"reponses\.key\.json: are not the right answers whose digest stands in the rules: found"):
        reveal(contest(root, FROZEN), key)

    assert not archived(root).exists()


def test_promised_answers_that_do_not_fit_the_rules_are_told(tmp_path):
    """The rules speak of two questions, and the promised file answers one."""
    short = key_bytes(["étau"], "412", "0" * 64)
    (tmp_path / "k.json").write_bytes(short)
    found = frozen_quiz(tmp_path / "hub", digest_of(short), ANSWERS)

    with pytest.raises(NotNow, match=r"k\.json: found right answers to 1 questions, where the rules speak of 2"):
        reveal(found, tmp_path / "k.json")


def test_no_answer_is_shown_before_the_pool_is_frozen(tmp_path, key):
    """Whoever read it could still come in, or be let in."""
    root = quiz_hub(tmp_path / "hub", digest_of(KEY))
    with pytest.raises(NotNow, match="the contest is not announced"):
        reveal(contest(root, OPEN), key)
    announced(root)

    for at in (OPEN, CLOSED):
        with pytest.raises(NotNow, match="the pool is not frozen: whoever read the right answers could still come into it"):
            reveal(contest(root, at), key)


def test_no_answer_is_shown_where_those_of_entrants_were_not_frozen(root, key):
    """They could be written after the right ones are known."""
    found = contest(root, FROZEN)
    files = {name: proof for name, proof in found.record.files.items() if name != "answers.csv"}
    found = replace(found, record=replace(found.record, files=files))

    with pytest.raises(NotNow, match="the answers of entrants were not frozen with the pool"):
        reveal(found, key)


def test_no_answer_is_shown_after_the_draw(root, key):
    """Who won is known then."""
    found = contest(root, DRAWN)
    found = replace(found, record=take(found, "decided", {"draw": "0" * 64}, {}))

    with pytest.raises(NotNow, match="it is drawn already, by the right answers that were shown then"):
        reveal(found, key)


def test_no_answer_is_shown_once_the_contest_is_void(root, key):
    """The same questions may be asked again."""
    found = contest(root, FROZEN)
    found = replace(found, record=take(found, "void", {"reason": "Une question était fausse.", "again": ""}, {}))

    with pytest.raises(NotNow, match="the contest is void"):
        reveal(found, key)


@pytest.mark.parametrize(
    "make", [lambda root: frozen(hub_with(root)), lambda root: contest(frozen_jury(root), FROZEN)], ids=["draw", "jury"]
)
def test_a_contest_without_questions_has_no_right_answers(tmp_path, key, make):
    """Nothing may look as if answers decided there."""
    with pytest.raises(NotNow, match="no quiz is held: winners are found otherwise"):
        reveal(make(tmp_path / "hub"), key)
