"""An entry by pull request shows a name by the person's own will, or it is refused."""

import pytest
from tests.contests.lives import BEFORE, FROZEN, ID, announced, contest, hub_with
from tests.hubs import moment, options, write

from handbill.contests.steps import take
from handbill.errors import Level
from handbill.proofing.house import House
from handbill.reading.contest_entries import handle_of, read_entries
from handbill.reading.load import load
from handbill.settings import read_settings

FOLDER = f"content/contests/archive/{ID}/entries"
GOOD = "entered: 2023-08-10 10:00\nconsent: true\nrules: 1\n"


def hub(tmp_path, **front):
    root = hub_with(tmp_path / "hub", **{"entry": "pull_request", **front})
    announced(root)
    return root


def told(root, files, as_of=FROZEN):
    write(root, {f"{FOLDER}/{name}": content for name, content in files.items()})
    item = contest_item(root, as_of)
    entries, problems = read_entries(root, item, "Europe/Paris", House())
    return entries, [(one.path.removeprefix(f"{FOLDER}/"), one.line, one.field, one.code, one.level) for one in problems]


def contest_item(root, as_of):
    loaded = load(read_settings(root), moment(as_of), None)
    return next(one for one in (*loaded.hub.items, *loaded.hub.hidden) if one.kind == "contest")


def test_an_entry_says_who_when_and_that_they_agree(tmp_path):
    """The account is the file's name, so that nobody can enter as somebody else without it being seen."""
    entries, problems = told(hub(tmp_path), {"zoe_9.yml": GOOD, "ada-roux.yml": GOOD + "work: https://photos.example/puits\n"})

    assert [] == problems
    assert [("ada-roux", "https://photos.example/puits"), ("zoe_9", "")] == [(one.handle, one.work) for one in entries]
    assert "2023-08-10T08:00:00+00:00" == entries[0].entered.isoformat()
    assert "ada-roux" == handle_of("entries/ada-roux.yml")


@pytest.mark.parametrize(
    ("name", "content", "line", "field", "code"),
    [
        ("ada.yml", GOOD.replace("true", "false"), 2, "consent", "HB479"),
        ("ada.yml", GOOD.replace("consent: true\n", ""), 1, "consent", "HB203"),
        ("ada.yml", GOOD.replace("2023-08-10", "2023-08-21"), 1, "entered", "HB479"),
        ("ada.yml", GOOD.replace("2023-08-10 10:00", "2023-07-31 23:59"), 1, "entered", "HB479"),
        ("ada.yml", GOOD.replace("rules: 1", "rules: 2"), 3, "rules", "HB479"),
        ("ada.yml", GOOD + "mail: x\n", 4, "mail", "HB202"),
        ("ada.yml", GOOD + "work: ada.roux@gmail.com\n", 4, "", "HB601"),
        ("ada.yml", "- a\n", 1, "", "HB107"),
        ("ada.yml", b"\xff\xfe", 0, "", "HB479"),
        ("ada.yml", GOOD + "#" * 5000, 0, "", "HB479"),
        ("Ada Roux.yml", GOOD, 0, "", "HB479"),
        ("ada-.yml", GOOD, 0, "", "HB479"),
        ("ada.json", "{}", 0, "", "HB479"),
    ],
)  # fmt: skip
def test_what_is_no_entry_is_refused_with_its_place(tmp_path, name, content, line, field, code):
    """Each is told in the proposal, before it is accepted and public for ever."""
    entries, problems = told(hub(tmp_path), {name: content, "zoe.yml": GOOD})

    assert ["zoe"] == [one.handle for one in entries]
    assert (name, line, field, code, Level.ERROR) in problems


def test_an_entry_where_the_rules_say_a_form_is_refused(tmp_path):
    """The person would wait for a ticket, and be in no list."""
    entries, problems = told(hub(tmp_path, entry="form"), {"ada.yml": GOOD})

    assert () == entries
    assert [("ada.yml", 0, "", "HB479", Level.ERROR)] == problems


def test_rules_that_were_amended_since_are_told(tmp_path):
    """The person agreed to something else; whoever runs the contest asks again, and nobody's entry is lost over it."""
    root = hub(tmp_path)
    found = contest(root, "2023-08-12 10:00")
    first = found.record.last("announced")
    rules = b"# 2\n"
    take(found, "announced", {**first.facts, "version": 2}, {"rules.2.fr.md": rules})

    entries, problems = told(root, {"ada.yml": GOOD, "zoe.yml": GOOD.replace("10 10:00", "13 10:00").replace("rules: 1", "rules: 2")})

    assert ["ada", "zoe"] == [one.handle for one in entries]
    assert [("ada.yml", 3, "rules", "HB479", Level.WARNING)] == problems


def test_a_link_is_no_entry(tmp_path):
    """It could show any file of whoever builds the site."""
    root = hub(tmp_path)
    (tmp_path / "secret.yml").write_text(GOOD, encoding="utf-8")
    write(root, {f"{FOLDER}/zoe.yml": GOOD})
    (root / FOLDER / "ada.yml").symlink_to(tmp_path / "secret.yml")

    entries, _ = told(root, {})

    assert ["zoe"] == [one.handle for one in entries]


def test_the_whole_hub_is_told_of_a_wrong_entry(tmp_path):
    """A check that nobody runs finds nothing."""
    root = hub(tmp_path)
    write(root, {f"{FOLDER}/ada.yml": GOOD.replace("true", "false")})

    problems = load(read_settings(root), options(root, BEFORE).as_of, None).problems

    assert [f"{FOLDER}/ada.yml"] == [one.path for one in problems if one.code == "HB479"]
