"""What an open page shows while the hub cannot be built."""

from __future__ import annotations

import json

from tests.hubs import text, write

from handbill.errors import Level, Problem, said
from handbill.preview.panel import MOST, NOTHING, panel

DRAFT = Problem("content/posts/a.md", 4, 8, "draft", said("“{value}”", value="<img onerror=x>"), said("a folder"), "HB201", width=3)


def test_a_problem_is_told_with_the_lines_to_look_at(tmp_path):
    """The editor has the page before her, and the file in another window."""
    write(tmp_path, {"content/posts/a.md": text(draft="oui")})

    told = json.loads(panel([DRAFT], "fr", tmp_path))
    assert ("fr", "1 problème", "Masquer (Échap)", "") == tuple(told[key] for key in ("lang", "title", "hide", "more"))
    assert [
        {
            "where": "content/posts/a.md:4:8",
            "sentence": "draft\u00a0: trouvé «\u00a0<img onerror=x>\u00a0», attendu un dossier",
            "code": "HB201",
            "level": "error",
            "word": "erreur",
            "excerpt": [{"line": 3, "text": "date: 2026-01-02", "mark": None}, {"line": 4, "text": "draft: oui", "mark": [7, 10]}],
        }
    ] == told["problems"]


def test_it_is_one_line(tmp_path):
    """An event of a server ends with its line."""
    assert "\n" not in panel([Problem("a\nb.md", 0, 0, "", said("“{value}”", value="x\ny"), "", "HB201")], "en", tmp_path)


def test_without_a_problem_there_is_no_panel(tmp_path):
    """A panel that says “0 problems” hides the page for nothing."""
    assert NOTHING == panel([], "fr", tmp_path)
    assert json.loads(NOTHING) is None


def test_nothing_private_is_shown(tmp_path):
    """The screen may be on the wall of a meeting."""
    write(tmp_path, {"a.md": "tel: 0612345678\n"})

    told = panel([Problem("a.md", 1, 6, "", said("a folder"), "", "HB601", width=10)], "en", tmp_path)
    assert "0612345678" not in told
    assert "••••" == json.loads(told)["problems"][0]["excerpt"][0]["text"][5:]


def test_errors_come_first_and_notes_wait(tmp_path):
    """The note about a draft cannot be mended, and a warning is no reason why the page stands still."""
    note, warning, error = (
        Problem(f"{level.name}.md", 1, 1, "", said("a folder"), "", "HB501", level) for level in (Level.NOTE, Level.WARNING, Level.ERROR)
    )

    told = json.loads(panel([note, warning, error], "en", tmp_path))
    assert ("2 problems", ["error", "warning"]) == (told["title"], [one["level"] for one in told["problems"]])
    assert NOTHING == panel([note], "en", tmp_path)


def test_very_many_problems_are_counted(tmp_path):
    """After a bad search and replace there are thousands, and a browser has to show them."""
    many = [Problem(f"{number}.md", 0, 0, "", said("a folder"), "", "HB201") for number in range(1000)]

    told = json.loads(panel(many, "en", tmp_path))
    assert ("1000 problems", "and 950 more", MOST) == (told["title"], told["more"], len(told["problems"]))
