"""The list of members can be looked at without seeing a member."""

from __future__ import annotations

import csv
import io
import json

import pytest
from tests.hubs import run, write

ROWS = ["email;nom;langue;statut", "ada@zzprive.example;Ada;fr;oui", "eve@zzprive.example;Eve;de;oui", "ida@zzprive.example;Ida;en;non"]


@pytest.fixture
def members(capsys, tmp_path, monkeypatch):
    """Return a function that runs the command on a hub whose list has these rows."""
    root = write(tmp_path / "hub", {"content/pages/a.md": "---\ntitle: A\n---\n\nA\n"})
    file = tmp_path / "membres.csv"
    monkeypatch.setenv("HANDBILL_MEMBERS", str(file))
    monkeypatch.setenv("HANDBILL_FOLDER", str(tmp_path / "etat"))

    def call(*words, rows=ROWS, lang="en"):
        file.write_text("\n".join(rows) + "\n", encoding="utf-8")
        file.chmod(0o600)
        return run(capsys, "--root", root, "newsletter", "members", *words, lang=lang)

    return call


def test_it_tells_who_gets_what_and_writes_nothing(members, tmp_path):
    """To look must cost nothing, and leave nothing behind, not even a key."""
    code, told, _ = members()

    assert 0 == code
    assert "main: 2 members (fr 1, others 1)\nnote: membres.csv:1: found columns that are not read: 2 [HB619]\n" in told
    assert not (tmp_path / "etat").exists()


def test_bad_rows_are_named_by_number_and_stop_the_sending(members):
    """The editor opens the spreadsheet at that row."""
    code, told, _ = members(rows=[*ROWS, "nope;;fr;oui", "rien;;fr;oui", "oda@zzprive.example;;fr;qui sait"])

    assert 1 == code
    assert (
        "error: membres.csv: email: found a text without @, wanted one address alone, such as ada@lettre.example [HB615]\n    rows 5–6\n"
        in told
    )
    assert "error: membres.csv:7: statut: found a word that is not known" in told
    assert told.endswith("3 rows cannot be read. Until they are mended, no letter is sent.\n")


@pytest.mark.parametrize("words", [(), ("--json",), ("--stop", "x"), ("--tokens",)])
def test_no_address_is_ever_printed(members, tmp_path, words):
    """What a terminal shows is photographed, logged and pasted into a question."""
    words = (*words, tmp_path / "jetons.csv") if words == ("--tokens",) else words
    for rows in (
        ROWS,
        [*ROWS, "zzprive;zzprive;zzprive;zzprive", "x@zzprive.example;;zzprive?;zzprive"],
        ["zzprive@zzprive.example", *ROWS],
    ):
        _, told, wrong = members(*words, rows=rows)
        assert "zzprive" not in told + wrong


def test_as_json_it_says_the_same(members):
    """A job looks at it before each sending."""
    code, told, _ = members("--json", rows=[*ROWS, "nope;;fr;oui"])
    found = json.loads(told)

    assert (1, 1, 0) == (code, found["faults"], found["warnings"])
    assert {"main": {"members": {"fr": 1, "": 1}, "silent": 0}} == found["letters"]
    assert [("HB619", "note", [1]), ("HB615", "error", [5])] == [(one["code"], one["level"], one["rows"]) for one in found["problems"]]


def test_tokens_are_written_outside_and_take_members_off(members, tmp_path):
    """From the page behind the unsubscribe address to the ledger and back, without an address."""
    file = tmp_path / "jetons.csv"
    assert 0 == members("--tokens", file)[0]
    _, ada, eve = csv.reader(io.StringIO(file.read_text(encoding="utf-8")))
    code, told, _ = members("--stop", ada[2])

    assert ["ada@zzprive.example", "main"] == ada[:2]
    assert (0, "1 member left.\n") == (code, told)
    assert "  1 of them gets nothing any more\n" in members()[1]
    (tmp_path / "partis.txt").write_text(f"{ada[2]}\n{eve[2].upper()}\n\ufeffcassé\n", encoding="utf-8")
    code, told, _ = members("--stop-file", tmp_path / "partis.txt")
    assert (1, "1 member left.\n1 had left before.\nNobody's token: number 3 of those given.\n") == (code, told)


def test_a_member_can_be_forgotten(members, tmp_path):
    """The handbook promises it to whoever asks."""
    members("--tokens", tmp_path / "jetons.csv")
    _, ada, _ = csv.reader(io.StringIO((tmp_path / "jetons.csv").read_text(encoding="utf-8")))
    code, told, _ = members("--forget", ada[2])

    assert 0 == code
    assert "0 members are forgotten.\nOf 1 nothing was known.\nThe list of members is yours: take the row out of it as well.\n" == told
    assert {"forgotten": 0, "before": 1, "unknown": [2]} == json.loads(members("--forget", ada[2], "--forget", "x", "--json")[1])


def test_no_token_is_written_while_a_row_is_wrong_or_a_commit_could_publish_it(members, tmp_path):
    """A page that lacks a member cannot let that member leave."""
    code, told, _ = members("--tokens", tmp_path / "jetons.csv", rows=[*ROWS, "nope;;fr;oui"])
    assert 1 == code
    assert "was not written" in told
    assert not (tmp_path / "jetons.csv").exists()

    code, _, wrong = members("--tokens", tmp_path / "hub" / "jetons.csv")
    assert 2 == code
    assert "lies in a repository" in wrong
    assert not (tmp_path / "hub" / "jetons.csv").exists()


def test_an_open_list_and_one_in_a_repository_are_told(members, tmp_path, monkeypatch):
    """Both are how lists get out."""
    elsewhere = tmp_path / "documents"
    (elsewhere / ".git").mkdir(parents=True)
    (elsewhere / "liste.csv").write_text("email\nada@zzprive.example\n")
    (elsewhere / "liste.csv").chmod(0o644)
    monkeypatch.setenv("HANDBILL_MEMBERS", str(elsewhere / "liste.csv"))
    _, told, _ = members()

    assert "Other accounts of this machine may read liste.csv. To close it: chmod 600" in told
    assert "liste.csv lies in a repository, from which a commit can publish it." in told


def test_who_left_by_writing_is_counted_too(members, tmp_path, monkeypatch):
    """The file of those who left is typed by hand."""
    (tmp_path / "stop.txt").write_text("ADA@zzprive.example  # le 3 mai\n", encoding="utf-8")
    monkeypatch.setenv("HANDBILL_SUPPRESSED", str(tmp_path / "stop.txt"))

    assert "  1 of them gets nothing any more\n" in members()[1]


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("--letter", "agenda"), "“agenda” is no letter of this hub; its letters are: main"),
        (("--tokens", "x.csv", "--stop", "y"), "--tokens and --stop are two things"),
        (("--stop", "x", "--forget", "y"), "--stop and --forget are two things"),
    ],
)
def test_what_cannot_be_meant_is_refused(members, words, said):
    """Nothing is done by half."""
    code, _, wrong = members(*words)

    assert 2 == code
    assert said in wrong


def test_without_a_list_it_says_how_to_name_one(members, monkeypatch):
    """It is the first command that somebody tries."""
    monkeypatch.delenv("HANDBILL_MEMBERS")
    code, _, wrong = members()

    assert 2 == code
    assert "[sending] members in hub.local.toml, or in the environment as HANDBILL_MEMBERS" in wrong


def test_it_speaks_french(members):
    """It is written for a community manager."""
    _, told, _ = members(rows=[*ROWS, "nope;;fr;oui"], lang="fr")

    assert "main\u00a0: 2 membres (fr 1, autres 1)" in told
    assert "1 ligne est illisible. Tant qu’elle l’est, aucune lettre ne part." in told
