"""The command contest verify, as it is typed."""

import json

import pytest
from tests.draw.samples import TICKETS, archive
from tests.hubs import run

from handbill.commands.contest_verify import _TITLES
from handbill.contests.verifying import TERMS
from handbill.draw.proof import CHECKS


@pytest.fixture
def downloads(tmp_path, monkeypatch):
    """Return a folder of files as somebody downloads them, and be beside it."""
    monkeypatch.chdir(tmp_path)

    def made(**how):
        for name, raw in archive(**how).items():
            file = tmp_path / "ete" / name
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_bytes(raw)
        return tmp_path / "ete"

    return made


def test_each_check_is_told_in_words_and_the_end_says_what_it_means(downloads, capsys):
    """Whoever lost wants one sentence; whoever doubts wants all of them."""
    downloads()

    code, out, err = run(capsys, "contest", "verify", "ete")

    assert (0, "") == (code, err)
    assert "  right        The draw, made again\n" in out
    assert out.endswith("Nothing is wrong: the winners are those whom the rules, the list and what decided make.\n")


def test_what_is_wrong_ends_with_code_1_and_is_told_first_by_file(downloads, capsys):
    """A machine that checks for a community must notice."""
    pool = downloads() / "pool.txt"
    pool.write_bytes(pool.read_bytes().replace(TICKETS[0].encode() + b"\n", b"i5hxhqf56wxgftpz\n"))

    code, out, _ = run(capsys, "contest", "verify", "ete")

    assert 1 == code
    assert "  WRONG        The list of tickets\n" in out
    assert "\nSomething is wrong, and first this: pool.txt: its digest is " in out


def test_programs_get_the_same_as_json(downloads, capsys):
    """A site that lists contests shows which of them it proved."""
    downloads(algorithm="rfc3797")

    code, out, _ = run(capsys, "contest", "verify", "ete", "--json")
    (told,) = json.loads(out)["contests"]

    assert (0, "ete", True) == (code, told["contest"], told["is_right"])
    assert list(CHECKS) == [one["name"] for one in told["checks"]]
    assert {"round": None, "beacon": None, "order": True}.items() <= {one["name"]: one["is_right"] for one in told["checks"]}.items()


def test_what_no_file_can_prove_is_not_called_proved(downloads, capsys):
    """Numbers of a lottery have to be compared with a newspaper."""
    downloads(algorithm="rfc3797")

    _, out, _ = run(capsys, "contest", "verify", "ete")

    assert "compare 5 12 18 33 41 / 7 / 2 9 20 31 44 / 3 with what was published" in " ".join(out.split())
    assert out.endswith("what no file can prove is left to you, and is told above.\n")


def test_before_the_draw_it_says_that_nothing_is_drawn_yet(downloads, capsys):
    """Nobody shall take a list for a result."""
    downloads(until="frozen")

    code, out, _ = run(capsys, "contest", "verify", "ete")

    assert 0 == code
    assert out.endswith("Nothing is wrong so far; nothing is drawn yet.\n")


def test_it_is_told_in_french(downloads, capsys):
    """Those who check are members, and read French."""
    downloads(mechanism="jury+vote")

    _, out, _ = run(capsys, "contest", "verify", "ete", lang="fr")

    assert "Le tirage, refait" in out
    assert not [word for word in ("digest", "round", "right ", "wrong", "frozen") if word in out]


@pytest.mark.parametrize("words", [("nowhere",), ()])
def test_what_is_not_there_is_a_wrong_use(downloads, capsys, words):
    """A script with a slip in it must not pass."""
    assert 2 == run(capsys, "contest", "verify", *words)[0]


def test_every_check_has_its_title():
    """A check without one would end the command in a traceback."""
    assert {*CHECKS, TERMS} == set(_TITLES)
