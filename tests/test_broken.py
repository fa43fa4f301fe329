"""Faulty files by the hundred, each refused with exact words in two languages.

The cases stand in ``tests/broken/*.txt`` (how to read them: ``tests/tables.py``);
that every code is caused by something is seen to in ``test_problem_pages.py``.
``python3 build.py test --refresh`` writes what is told anew; the difference is
reviewed like any other change.
"""

from pathlib import Path

import pytest
from tests import tables
from tests.hubs import options

from handbill.errors import ContentProblems, Level
from handbill.pipeline import build, check
from handbill.telling import line_of

HERE = Path(__file__).parent
TABLES = sorted((HERE / "broken").glob("*.txt"))
WORDS = {Level.ERROR: "error", Level.WARNING: "warning", Level.NOTE: "note"}
CASES = [(table.stem, case) for table in TABLES for case in tables.read(table)]


def told(problems, lang):
    """Return every problem of a hub as an editor gets it, a line each."""
    return "".join(f"{WORDS[one.level]}: {line_of(one, lang)}\n" for one in problems)


@pytest.mark.parametrize(("table", "case"), CASES, ids=lambda one: one if isinstance(one, str) else one.name.replace(" ", "-"))
def test_a_faulty_file_is_refused_with_exact_words(table, case, tmp_path, request):
    """An editor mends a file from the message alone, in his own language."""
    root = case.lay(tmp_path / "hub")

    if request.config.getoption("--refresh"):
        _refresh(HERE / "broken" / f"{table}.txt", case, root)
    problems = check(options(root))
    for lang in tables.LANGUAGES:
        assert case.told[lang] == told(problems, lang)
    assert "error: " in case.told["en"] or "warning: " in case.told["en"] or "note: " in case.told["en"]


@pytest.mark.parametrize("table", [table.stem for table in TABLES])
def test_of_a_faulty_hub_nothing_is_published(table, tmp_path):
    """The first case of each table that has an error, through a whole build."""
    case = next((one for name, one in CASES if name == table and "error: " in one.told["en"]), None)
    if case is None:
        pytest.skip("its cases are warnings and notes, which stop nothing")
    root = case.lay(tmp_path / "hub")

    with pytest.raises(ContentProblems):
        build(options(root))

    assert not (root / "public").exists()


def test_there_are_enough_cases_and_no_two_of_one_name():
    """The figure that we promise: 250 malformed files, all refused."""
    folders = [one for one in (HERE / "sites_broken").iterdir() if one.name != "_base"]
    refused = [case for _, case in CASES if "error: " in case.told["en"]]
    names = [(table, case.name) for table, case in CASES]

    assert 250 <= len(refused) + len(folders)
    assert sorted(set(names)) == sorted(names)


def test_no_french_line_is_an_english_one():
    """A sentence that nobody translated is found here at the latest."""
    for _, case in CASES:
        for english, french in zip(case.told["en"].splitlines(), case.told["fr"].splitlines(), strict=True):
            assert english != french


def _refresh(table, case, root):
    """Write what is told of one case anew."""
    for lang in tables.LANGUAGES:
        case.told[lang] = told(check(options(root)), lang)
    every = {one.name: one.told for name, one in CASES if name == table.stem}
    for one in every.values():
        for lang in tables.LANGUAGES:
            one.setdefault(lang, "")
    table.write_text(tables.refreshed(table, every), encoding="utf-8")
