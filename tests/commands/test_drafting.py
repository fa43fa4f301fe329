"""What is typed to begin a letter, and what comes of it."""

import json

import pytest
from tests.hubs import run, write

NOW = ("--as-of", "2026-03-20 12:00")


def draft(capsys, hub, *words, lang="en"):
    return run(capsys, "--root", hub, "newsletter", "draft", *words, *NOW, lang=lang)


def test_a_letter_is_written_with_one_command_and_no_question(capsys, hub):
    """Composing takes minutes, and the first of them none."""
    code, told, _ = draft(capsys, hub)

    assert 0 == code
    assert (hub / "newsletters" / "2026-04.md").read_text(encoding="utf-8").startswith("---\nnumber: 3\n")
    assert told.startswith("Written: newsletters/2026-04.md\n- number 3, on 2026-04-")
    assert told.endswith("To look at it: python3 build.py newsletter preview 3\n")


def test_it_speaks_the_language_of_the_hub(capsys, hub):
    """Comments in the file too are for its editor."""
    _, told, _ = draft(capsys, hub, lang="")

    assert "Écrit" in told
    assert "à redire avec vos mots" in (hub / "newsletters" / "2026-04.md").read_text(encoding="utf-8")


def test_it_can_be_looked_at_before_anything_is_written(capsys, hub):
    """The text goes where it can be kept, what is said of it elsewhere."""
    before = sorted(hub.rglob("*.md"))
    code, told, aside = draft(capsys, hub, "--print")

    assert (0, before) == (code, sorted(hub.rglob("*.md")))
    assert told.startswith("---\nnumber: 3\n")
    assert "It would be newsletters/2026-04.md.\n" in aside


def test_what_is_written_already_is_never_lost(capsys, hub):
    """An hour of somebody's work may be in that file."""
    draft(capsys, hub)
    write(hub, {"newsletters/2026-04.md": (hub / "newsletters/2026-04.md").read_text(encoding="utf-8") + "\nUne phrase à moi.\n"})
    code, _, _ = draft(capsys, hub)

    assert 1 == code
    assert (hub / "newsletters" / "2026-04.md").read_text(encoding="utf-8").endswith("Une phrase à moi.\n")


@pytest.mark.parametrize("words", [("--letter", "agnda"), ("--in", "de"), ("--date", "jeudi"), ("--like", "99")])
def test_what_cannot_be_is_refused_as_wrong_use(capsys, hub, words):
    """A script must be able to tell it from a fault of the content."""
    assert 2 == draft(capsys, hub, *words)[0]
    assert not (hub / "newsletters" / "2026-04.md").exists()


def test_a_workflow_gets_it_as_a_proposal(capsys, hub, tmp_path):
    """The letter of the month begins as a proposal, and nothing else of the hub is touched."""
    before = sorted(hub.rglob("*.md"))
    code, told, _ = draft(capsys, hub, "--into", tmp_path / "proposal")

    plain = json.loads((tmp_path / "proposal/proposal.json").read_text(encoding="utf-8"))

    assert (0, before) == (code, sorted(hub.rglob("*.md")))
    assert (True, "letter-3") == (plain["ready"], plain["branch"])
    assert (tmp_path / "proposal/files/newsletters/2026-04.md").read_text(encoding="utf-8").startswith("---\nnumber: 3\n")
    assert "files/newsletters/2026-04.md" in told.replace("\\", "/")
