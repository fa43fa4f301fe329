"""A letter is looked at before it is sent, also where there is no browser."""

import json

import pytest
from tests.hubs import run, text, write

from handbill.preview import session

NOW = ("--as-of", "2026-03-20 12:00")


@pytest.fixture
def look(capsys, hub):
    write(hub, {"newsletters/3.md": text("Bonjour.", number="3", subject="Avril", date="2026-04-09 18:00", draft="true")})
    return lambda *words: run(capsys, "--root", hub, "newsletter", "preview", *words, *NOW)


def test_the_forms_of_a_letter_are_written_where_one_wants_them(look, hub, tmp_path):
    """The CI of a proposal attaches them."""
    code, told, _ = look("3", "--output", tmp_path / "out")

    assert 0 == code
    assert {"mail.html", "mail.txt", "mail.eml"} >= {file.name for file in (tmp_path / "out").iterdir()} >= {"mail.html", "mail.txt"}
    assert f"Written: {(tmp_path / 'out').as_posix()}/mail.html\n" in told
    assert not (hub / "public").exists()


def test_a_letter_that_must_not_be_mailed_gives_another_exit_code(look, hub, tmp_path):
    """A script stops there."""
    write(hub, {"newsletters/3.md": text("[Rien](rien.md)", number="3", subject="Avril", date="2026-04-09 18:00")})

    assert 1 == look("3", "--output", tmp_path / "out")[0]
    assert 1 == look("3", "--json")[0]


def test_programs_get_what_an_editor_sees(look):
    """Choices, weight, links and checks in one object, and nothing beside it."""
    code, told, _ = look("--json")

    assert (0, "3", "draft") == (code, json.loads(told)["name"], json.loads(told)["state"])


def test_a_letter_that_does_not_exist_is_wrong_use(look):
    """With those that do."""
    code, _, told = look("99")

    assert (2, True) == (code, "1, 2, 3" in told)


def test_without_a_folder_it_is_shown_in_the_browser_as_of_its_own_day(look, monkeypatch):
    """The pages to which it leads stand as they will then."""
    called = []
    monkeypatch.setattr(session, "_shown", lambda options, port, *more: called.append((options, port, more)) or 0)

    assert 0 == look("3", "--port", "8123")[0]
    ((options, port, more),) = called
    assert ("2026-04-09 18:00", {"newsletters/3.md"}, 8123) == (f"{options.as_of:%Y-%m-%d %H:%M}", options.finished, port)
    assert "2026-03-20" == f"{more[-1]:%Y-%m-%d}"
