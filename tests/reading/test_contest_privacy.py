"""An archive is public for ever: what names somebody in it is found before it is committed, and never shown again."""

import json

import pytest
from tests.contests.lives import FROZEN, ID, ORDER, announced, frozen, hub_with
from tests.hubs import moment, write

from handbill.errors import ContentProblems
from handbill.reading.contest_privacy import strangers
from handbill.reading.load import load
from handbill.settings import read_settings

ARCHIVE = f"content/contests/archive/{ID}"


def told(root, as_of=FROZEN):
    problems = load(read_settings(root), moment(as_of), None).problems
    return [(one.path.removeprefix(f"{ARCHIVE}/"), one.found) for one in problems if one.code == "HB481"], repr(problems)


def test_an_archive_of_tickets_names_nobody(tmp_path):
    """The ordinary case must be silent."""
    root = hub_with(tmp_path / "hub")
    frozen(root)

    assert [] == told(root)[0]


@pytest.mark.parametrize("line", ["camille-roux", "camilleroux", "camille-roux#2"])
def test_a_line_of_the_pool_that_could_be_a_name_is_told(tmp_path, line):
    """It was put there by hand, as no command writes it."""
    root = hub_with(tmp_path / "hub")
    with pytest.raises(ContentProblems):
        frozen(root, (*ORDER, line))

    found, everything = told(root)

    assert [("pool.txt", "1 lines that could be a name, the first of them line 3")] == found
    assert "camille" not in everything


def test_an_account_that_entered_in_public_is_no_stranger(tmp_path):
    """Its own file says that the person agreed."""
    root = hub_with(tmp_path / "hub", entry="pull_request")
    announced(root)
    write(root, {f"{ARCHIVE}/entries/camille-roux.yml": "entered: 2023-08-10 10:00\nconsent: true\nrules: 1\n"})

    assert () == strangers(("camille-roux", "camille-roux#2", *ORDER), frozenset({"camille-roux"}))
    assert (2,) == strangers((ORDER[0], "camille-roux"), frozenset())


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("inscriptions.csv", "email\ncamille.roux@gmail.com\n"),
        ("answers.csv", "ticket,1\nc446idxx5zen3mr7,camille.roux (at) gmail.com\n"),
        (".inscriptions.csv", "email\ncamille.roux@gmail.com\n"),
        ("../inscriptions.csv", "email\ncamille.roux@gmail.com\n"),
        ("entries/more/camille.yml", "camille.roux@gmail.com\n"),
        ("notes.txt", "Gagnante : 06 12 34 56 78, camille.roux@orange.fr\n"),
        ("big.csv", "email\n" + "x,\n" * 100_000 + "camille.roux@gmail.com\n"),
        ("ballots/ada.json", json.dumps({"conflicts": ["camille.roux@gmail.com"]})),
    ],
)
def test_a_file_with_an_address_in_it_is_told_without_the_address(tmp_path, name, content):
    """A list of entries that was saved into the wrong folder."""
    root = hub_with(tmp_path / "hub")
    frozen(root)
    write(root, {f"{ARCHIVE}/{name}": content})

    found, everything = told(root)

    assert name.replace("..", "content/contests/archive") in {path for path, _ in found}
    assert "camille.roux" not in everything


def test_the_rules_may_name_the_organiser(tmp_path):
    """The law asks for it."""
    root = hub_with(tmp_path / "hub")
    announced(root)
    rules = root / ARCHIVE / "rules.1.fr.md"
    rules.write_text(rules.read_text(encoding="utf-8") + "\ncamille.roux@gmail.com\n", encoding="utf-8")

    assert [] == told(root)[0]


def test_a_record_may_name_the_organiser_but_no_reason_may_name_anybody(tmp_path):
    """An association whose box is at a provider for everybody must still be able to announce a contest."""
    root = hub_with(tmp_path / "hub", organiser="{name: Association Essai, contact: essai.association@gmail.com}")
    write(root, {"hub.toml": (root / "hub.toml").read_text(encoding="utf-8") + '[proofing]\npublic = ["essai.association@gmail.com"]\n'})
    announced(root)
    write(root, {"hub.toml": (root / "hub.toml").read_text(encoding="utf-8").partition("[proofing]")[0]})
    record = root / ARCHIVE / "record.json"
    assert b"essai.association@gmail.com" in record.read_bytes()
    assert [] == told(root)[0]

    told_of = record.read_bytes().replace(b'"steps": [', b'"steps": [\n  {"step": "cancelled", "reason": "camille.roux@gmail.com"},')
    record.write_bytes(told_of)

    found, everything = told(root)
    assert [("record.json", "a mail address")] == found
    assert "camille" not in everything


def test_the_digits_of_a_draw_are_no_telephone_numbers(tmp_path):
    """Numbers of a lottery stand in a row, and a false alarm would stop the evening."""
    root = hub_with(tmp_path / "hub")
    frozen(root)
    write(root, {f"{ARCHIVE}/draw.json": '{"key": "06.12.34.56.78./", "numbers": "06 12 34 56 78"}\n'})

    assert [] == told(root)[0]
