"""A jury's ballots, as organisers hand them out, seal and show them."""

import json
import shutil

import pytest
from tests.contests.juries import JURORS, TICKETS, frozen_jury, sheet
from tests.contests.lives import DRAWN, FROZEN, ID
from tests.contests.relays import answer
from tests.hubs import files_of, run


@pytest.fixture(scope="module")
def frozen_once(tmp_path_factory):
    """A hub whose jury and members can begin, made once and copied by each test."""
    return frozen_jury(tmp_path_factory.mktemp("jury") / "hub", "jury+vote")


@pytest.fixture
def root(tmp_path, frozen_once, monkeypatch):
    """A hub whose jury can begin, and a folder for what no repository sees."""
    monkeypatch.setenv("HANDBILL_FOLDER", str(tmp_path / "private"))
    return shutil.copytree(frozen_once, tmp_path / "hub")


def ballot(capsys, root, *words: object, at: str = FROZEN, **more: str):  # type: ignore[no-untyped-def]
    """Run a command of the jury."""
    code, out, err = run(capsys, "--root", root, "contest", "ballot", *words, "--as-of", at, **more)
    return code, out.removeprefix("Reading …\n").removeprefix("Lecture …\n"), err


def test_a_jury_goes_from_empty_sheets_to_a_draw_that_counts_them(root, tmp_path, capsys):
    """The whole way of three jurors and the members, as it is typed."""
    code, out, err = ballot(capsys, root, "template", ID, "--output", tmp_path / "feuille.csv")
    assert (0, "") == (code, err)
    assert (
        f"Written: {tmp_path / 'feuille.csv'}\n8 works to mark, and a cross for conflicts\nGive a copy to each juror: ines-carrere, hugo, maud\n"
    ) == out

    for number, juror in enumerate(("Inès Carrère", "hugo", "maud")):
        marks = {TICKETS[3]: ("9", "18", ""), TICKETS[number]: ("", "", "x")}
        code, out, err = ballot(capsys, root, "seal", ID, juror, sheet(tmp_path / "s.csv", marks))
        assert 0 == code
        assert f"{JURORS[number]}: 7 works marked, 1 in conflict\nSealed: " in out
    assert out.endswith("Not sealed yet: votes\n")
    assert f"Commit content/contests/archive/{ID}/record.json; it holds this digest and no mark.\n" in out

    (tmp_path / "v.csv").write_text(f"ticket,votes\n{TICKETS[5]},31\n", encoding="utf-8")
    code, out, err = ballot(capsys, root, "votes", ID, tmp_path / "v.csv")
    assert out.startswith("31 votes counted\nSealed: ")
    assert out.endswith(f"All are sealed. Now show each ballot: python3 build.py contest ballot reveal {ID} ines-carrere\n")

    for juror in JURORS:
        code, out, err = ballot(capsys, root, "reveal", ID, juror)
        assert 0 == code
    assert (
        f"Written: content/contests/archive/{ID}/ballots/maud.json. It is the ballot that was sealed.\n"
        f"All ballots are shown. Next: python3 build.py contest draw {ID}\n"
    ) == out

    (tmp_path / "answer.json").write_bytes(answer(1000))
    code, out, err = run(capsys, "--root", root, "contest", "draw", ID, "--beacon", tmp_path / "answer.json", "--as-of", DRAWN, "--json")
    assert (0, "") == (code, err)
    drawn = json.loads(out)["draw"]
    # Three jurors for one work, the members for another: by hand, in z-scores of 8 votes and 7 marks.
    assert [TICKETS[3], TICKETS[5]] == [one["ticket"] for one in drawn["ranking"][:2]]
    assert TICKETS[3] == drawn["winners"][0]["ticket"]

    code, out, _ = run(capsys, "--root", root, "contest", "draw", ID, "--as-of", DRAWN)
    assert (0, "Reading …\n") == (code, out[:10])
    assert "drawn already" in out


def test_it_can_be_read_by_programs(root, tmp_path, capsys):
    """A form of the community's own may hand in ballots."""
    code, out, _ = ballot(capsys, root, "seal", ID, "maud", sheet(tmp_path / "s.csv"), "--json")

    told = json.loads(out)
    assert 0 == code
    assert {
        "juror": "maud",
        "marked": 8,
        "conflicts": 0,
        "contest": ID,
        "is_sealed": True,
        "digest": told["digest"],
        "file": str(tmp_path / "private" / "contests" / ID / "maud.json"),
        "is_late": False,
        "waiting": ["ines-carrere", "hugo", "votes"],
    } == told

    code, out, _ = ballot(capsys, root, "template", ID, "--output", tmp_path / "f.csv", "--json")
    assert {"contest": ID, "tickets": 8, "criteria": ["Récit", "Geste"], "file": str(tmp_path / "f.csv")} == json.loads(out)


def test_a_sheet_with_faults_is_told_row_by_row_and_nothing_is_sealed(root, tmp_path, capsys):
    """The juror mends two cells and hands it in again."""
    before = files_of(root)
    file = sheet(tmp_path / "s.csv", {TICKETS[0]: ("11", "3", ""), TICKETS[1]: ("12", "3", ""), TICKETS[2]: ("", "", "✓")})

    code, out, _ = ballot(capsys, root, "seal", ID, "maud", file)

    assert 1 == code
    assert (
        "s.csv, rows 2–3: found something that is no mark for “Récit”, wanted a mark from 0 to 10, with two decimals at most\n"
        "s.csv, row 4: found something in the column of conflicts that says neither yes nor no, "
        "wanted a cross, or yes, where the juror knows the entrant\n"
        "Nothing was sealed.\n"
    ) == out
    assert before == files_of(root)
    assert not (tmp_path / "private").exists()

    code, out, _ = ballot(capsys, root, "seal", ID, "maud", file, "--json")
    assert (1, [2, 3, 4]) == (code, [one["row"] for one in json.loads(out)["faults"]])


@pytest.mark.parametrize(
    ("words", "code", "message"),
    [
        (("reveal", "{id}", "maud"), 1, "ballots are shown once all are sealed; not sealed yet: ines-carrere, hugo, maud, votes"),
        (("seal", "{id}", "bastien", "{sheet}"), 2, "bastien: is not of the jury; the jurors are: ines-carrere, hugo, maud"),
        (("seal", "{id}", "maud", "{root}/s.csv"), 2, "s.csv: lies in a repository, wanted a place outside"),
        (("seal", "{id}", "maud", "{out}/rien.csv"), 3, "rien.csv: cannot be read"),
        (("votes", "{id}", "{votes}"), 1, "votes are public, and who still marks could go by them"),
        (("template", "{id}", "--output", "{root}/s.csv"), 2, "s.csv: lies in a repository"),
        (("template", "autre", "--output", "{out}/s.csv"), 2, "autre"),
    ],
)
def test_what_is_out_of_order_is_refused_with_the_reason(root, tmp_path, capsys, words, code, message):
    """Nobody learns the order of a jury's life by heart."""
    (tmp_path / "v.csv").write_text(f"ticket,votes\n{TICKETS[5]},31\n", encoding="utf-8")
    room = {"id": ID, "sheet": sheet(tmp_path / "s.csv"), "root": root, "out": tmp_path, "votes": tmp_path / "v.csv"}

    found, out, err = ballot(capsys, root, *(one.format(**room) for one in words))

    assert code == found
    assert message in err + out


def test_a_second_ballot_is_refused_before_it_is_read(root, tmp_path, capsys):
    """Its marks do not matter any more."""
    ballot(capsys, root, "seal", ID, "maud", sheet(tmp_path / "s.csv"))

    code, _, err = ballot(capsys, root, "seal", ID, "maud", tmp_path / "rien.csv")

    assert 1 == code
    assert f"{ID}: the ballot of maud is sealed already: it is handed in once" in err


def test_a_ballot_that_another_machine_kept_is_given_as_a_file(root, tmp_path, capsys):
    """Each juror may seal at home."""
    for juror in JURORS:
        ballot(capsys, root, "seal", ID, juror, sheet(tmp_path / "s.csv"))
    (tmp_path / "v.csv").write_text("ticket,votes\n", encoding="utf-8")
    ballot(capsys, root, "votes", ID, tmp_path / "v.csv")
    kept = tmp_path / "private" / "contests" / ID / "maud.json"
    kept.rename(tmp_path / "par-mail.json")

    assert 3 == ballot(capsys, root, "reveal", ID, "maud")[0]
    code, out, _ = ballot(capsys, root, "reveal", ID, "maud", tmp_path / "par-mail.json")
    assert (0, True) == (code, "Not shown yet: ines-carrere, hugo\n" in out)
    code, out, _ = ballot(capsys, root, "reveal", ID, "maud", tmp_path / "par-mail.json", "--json")
    assert (0, False) == (code, json.loads(out)["is_new"])


def test_a_late_juror_is_told_that_everybody_can_see_it(root, tmp_path, capsys):
    """Equal works are parted by lots that are known by then."""
    _, out, _ = ballot(capsys, root, "seal", ID, "maud", sheet(tmp_path / "s.csv"), at=DRAWN)

    assert "The lots that part equal works are known already; everybody can see that this came after them.\n" in out


def test_it_speaks_french(root, tmp_path, capsys):
    """Most of those who run a jury do."""
    _, out, _ = ballot(capsys, root, "template", ID, "--output", tmp_path / "f.csv", lang="fr")
    assert "conflit" in (tmp_path / "f.csv").read_text(encoding="utf-8")
    assert "8 œuvres à noter" in out

    _, out, _ = ballot(capsys, root, "seal", ID, "maud", sheet(tmp_path / "s.csv"), lang="fr")
    assert out.startswith("maud\u00a0: 8 œuvres notées\n")
