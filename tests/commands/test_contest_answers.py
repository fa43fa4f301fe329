"""The right answers of a quiz, as an organiser promises and shows them."""

import json

import pytest
from tests.contests.juries import TICKETS, frozen_quiz
from tests.contests.lives import DRAWN, FROZEN, ID
from tests.contests.relays import answer
from tests.hubs import files_of, run

from handbill.draw.answers import answers_bytes

LIST = "question;réponse\n1;étau\n2;12|douze\nsubsidiaire;412\n"


@pytest.fixture
def file(tmp_path):
    """What the organiser typed."""
    (tmp_path / "reponses.csv").write_text(LIST, encoding="utf-8")
    return tmp_path / "reponses.csv"


def test_a_quiz_goes_from_its_promise_to_a_draw_that_keeps_it(tmp_path, file, capsys):
    """The whole way, as it is typed."""
    code, out, err = run(capsys, "--root", tmp_path / "hub", "contest", "answers", "digest", file)
    assert (0, "") == (code, err)
    digest = out.split("answers: ")[1].split("\n")[0]
    assert (
        "2 questions with their right answers\n"
        "Write this into the contest's text, under quiz:\n"
        "  questions: 2\n"
        f"  answers: {digest}\n"
        "  tiebreak: …\n"
        "Accents count. If an answer without them is right as well, write it after a “|”, delete the file and begin anew; questions: 1\n"
        f"Keep this file until the pool is frozen; without it nobody can win: {tmp_path / 'reponses.key.json'}\n"
    ) == out

    right, wrong = ["Étau", "Douze"], ["Étau", "13"]
    sheets = {TICKETS[0]: [*right, "400"], TICKETS[1]: [*right, "430"], TICKETS[2]: [*right, "424"], TICKETS[3]: [*wrong, "412"]}
    rows = {**dict.fromkeys(TICKETS, ("?", "?", "412")), **sheets}
    root = tmp_path / "hub"
    frozen_quiz(root, digest, answers_bytes(2, rows))

    code, out, err = run(capsys, "--root", root, "contest", "answers", "reveal", ID, tmp_path / "reponses.key.json", "--as-of", FROZEN)
    assert 0 == code
    assert (
        "Reading …\n"
        f"Written: content/contests/archive/{ID}/key.json. These are the answers that the rules promised.\n"
        f"Next: python3 build.py contest draw {ID}\n"
    ) == out

    (tmp_path / "answer.json").write_bytes(answer(1000))
    code, out, err = run(capsys, "--root", root, "contest", "draw", ID, "--beacon", tmp_path / "answer.json", "--as-of", DRAWN, "--json")
    assert (0, "") == (code, err)
    drawn = json.loads(out)["draw"]
    # 400 and 424 are both twelve away: round 1000 parts them.
    assert sorted(TICKETS[:3]) == sorted(drawn["eligible"])
    assert ["12", "12", "18"] == [one["score"] for one in drawn["ranking"]]
    assert TICKETS[1] == drawn["order"][2]

    found = run(capsys, "--root", root, "contest", "draw", ID, "--as-of", DRAWN)
    assert 0 == found[0], found


def test_it_can_be_read_by_programs(tmp_path, file, capsys):
    """A form may make the list."""
    code, out, _ = run(capsys, "--root", tmp_path / "hub", "contest", "answers", "digest", file, "--output", tmp_path / "k.json", "--json")

    told = json.loads(out)
    assert 0 == code
    assert (True, 2, True, str(tmp_path / "k.json")) == (told["is_promised"], told["questions"], told["has_tiebreak"], told["file"])
    assert 64 == len(told["answers"])


def test_a_list_with_faults_is_told_row_by_row_and_nothing_is_written(tmp_path, file, capsys):
    """The organiser mends it before the rules are announced."""
    file.write_text(LIST.replace("2;12|douze", "3;12"), encoding="utf-8")
    before = files_of(tmp_path)

    code, out, _ = run(capsys, "--root", tmp_path / "hub", "contest", "answers", "digest", file)
    assert (1, "reponses.csv: found no row for question 2, wanted a row for each question\n") == (code, out)
    code, out, _ = run(capsys, "--root", tmp_path / "hub", "contest", "answers", "digest", file, "--json")
    assert (1, False) == (code, json.loads(out)["is_promised"])
    assert before == files_of(tmp_path)


def test_a_list_in_the_hub_is_refused(tmp_path, capsys):
    """Everybody would read the answers before they enter."""
    (tmp_path / "hub").mkdir()
    (tmp_path / "hub" / "reponses.csv").write_text(LIST, encoding="utf-8")

    code, _, err = run(capsys, "--root", tmp_path / "hub", "contest", "answers", "digest", tmp_path / "hub" / "reponses.csv")

    assert 2 == code
    assert "reponses.csv: lies in a repository" in err
