"""The command intake, as a workflow calls it."""

import json

import pytest
from tests.hubs import run
from tests.proposals.filled import sound

from handbill.forge.wanted import wanted_in


@pytest.fixture
def forge(tmp_path, monkeypatch):
    """Return a folder in which a forge tells of itself, with an event of a sound form."""
    for name in ("OUTPUT", "STEP_SUMMARY", "EVENT_PATH"):
        (tmp_path / name).write_text("", encoding="utf-8")
        monkeypatch.setenv(f"GITHUB_{name}", str(tmp_path / name))
    return tmp_path


def tell(forge, body: str) -> None:
    """Write the event of an issue."""
    issue = {"body": body, "number": 12, "user": {"login": "Ada"}, "created_at": "2026-03-19T12:00:00Z"}
    (forge / "EVENT_PATH").write_text(json.dumps({"issue": issue}), encoding="utf-8")


def intake(capsys, hub, forge, *words):
    """Run the command and return what it wrote down."""
    code, out, err = run(capsys, "--root", hub, "intake", "--into", forge / "proposal", "--as-of", "2026-03-20 12:00", *words)
    return code, json.loads((forge / "proposal" / "proposal.json").read_text(encoding="utf-8")), out + err


def test_a_sound_form_becomes_a_folder_to_be_proposed(capsys, hub, forge):
    """The next step has the rights that this one must not have, and reads nothing but this folder."""
    tell(forge, sound("event"))
    code, told, out = intake(capsys, hub, forge)
    path = "events/2026/bal-des-copeaux.md"

    assert (0, True, "event", path, "issue-12", 12, "Ada") == (
        code, told["ready"], told["kind"], told["path"], told["branch"], told["issue"], told["proposer"],
    )  # fmt: skip
    assert f"Ready to be proposed: {path}" in out
    assert (forge / "proposal" / "files" / path).read_text(encoding="utf-8").startswith("---\ntitle: Bal des copeaux\n")
    assert [path] == list(wanted_in(forge / "proposal").files)
    assert not (hub / path).exists()
    assert "ready=true\n" == (forge / "OUTPUT").read_text(encoding="utf-8")
    assert told["comment"] == (forge / "STEP_SUMMARY").read_text(encoding="utf-8")


def test_what_was_ready_before_is_gone_when_it_is_not_any_more(capsys, hub, forge):
    """Somebody takes a sentence out of a form and saves; the old file must not be proposed."""
    tell(forge, sound("event"))
    intake(capsys, hub, forge)
    tell(forge, sound("event", title=""))
    code, told, _ = intake(capsys, hub, forge)

    assert (0, False, "", "lacking") == (code, told["ready"], told["path"], told["state"])
    assert not (forge / "proposal" / "files").exists()
    assert (forge / "OUTPUT").read_text(encoding="utf-8").endswith("ready=false\n")


def test_what_is_private_is_in_no_log(capsys, hub, forge):
    """Logs of workflows are public."""
    tell(forge, sound("post", text="Appelez-moi au 06 12 34 56 78."))
    code, told, out = intake(capsys, hub, forge)

    assert (0, True, "") == (code, told["is_private"], (forge / "STEP_SUMMARY").read_text(encoding="utf-8"))
    assert "12 34 56" not in json.dumps(told) + out


def test_an_issue_that_is_no_form_gets_no_answer(capsys, hub, forge):
    """People talk to each other in issues, too."""
    tell(forge, "Bonjour, à quelle heure ouvrez-vous ?")
    code, told, _ = intake(capsys, hub, forge)

    assert (0, "unknown", "") == (code, told["form"], told["comment"])


def test_a_text_alone_can_be_tried(capsys, hub, forge):
    """An organiser with a repository elsewhere has a form of another program."""
    (forge / "text.md").write_text(sound("post", "en"), encoding="utf-8")
    code, told, _ = intake(capsys, hub, forge, "--body", forge / "text.md", "--form", "post")

    assert (0, True, "issue-2026-03-20-une-scie-qui-coupe", None) == (code, told["ready"], told["branch"], told["issue"])


def test_without_a_form_it_is_a_wrong_use(capsys, hub, monkeypatch):
    """A workflow that hands over nothing must not be green."""
    monkeypatch.delenv("GITHUB_EVENT_PATH", raising=False)

    assert 2 == run(capsys, "--root", hub, "intake")[0]


def test_the_forms_are_written_and_old_ones_taken_away(capsys, hub):
    """A form under a former name would be shown twice; one that somebody wrote by hand stays."""
    folder = hub / ".github" / "ISSUE_TEMPLATE"
    run(capsys, "--root", hub, "intake", "--forms")
    names = sorted(one.name for one in folder.iterdir())
    (folder / "09-old-fr.yml").write_bytes((folder / "config.yml").read_bytes())
    (folder / "hand.yml").write_text("name: x\n", encoding="utf-8")
    code, _, _ = run(capsys, "--root", hub, "intake", "--forms")

    assert (0, sorted([*names, "hand.yml"])) == (code, sorted(one.name for one in folder.iterdir()))
