"""The usual mistakes, each mended from the message alone.

The cases stand in ``tests/mistakes/*.txt`` (how to read them: ``tests/tables.py``):
the file as somebody wrote it, all that ``check`` prints, and the file as it is
once the message was followed.
"""

import re
from pathlib import Path

import pytest
from tests import tables
from tests.hubs import THEN, run

HERE = Path(__file__).parent / "mistakes"
CASES = [(table, case) for table in sorted(HERE.glob("*.txt")) for case in tables.read(table)]


def check(capsys, root, lang):
    """Return the exit code of ``check`` and all that it prints."""
    code, out, err = run(capsys, "--root", root, "check", "--as-of", THEN, "--lang", lang)
    assert err == ""
    return code, out


def words(text):
    """Return the words of a text, as one would copy them from a message, without the signs around them."""
    return {word.strip(".:") for word in re.findall(r"[^\s\[\]()!{}“”«»\"',;]+", text)} - {""}


@pytest.mark.parametrize(("table", "case"), CASES, ids=lambda one: "" if isinstance(one, Path) else one.name.replace(" ", "-"))
def test_a_usual_mistake_is_mended_from_the_message_alone(table, case, tmp_path, capsys, refresh):
    """An editor has this message and nobody to ask."""
    root = case.lay(tmp_path / "hub")

    told = {lang: check(capsys, root, lang)[1] for lang in tables.LANGUAGES}

    if refresh:
        case.told.update({lang: out.strip("\n") + "\n" for lang, out in told.items()})
        table.write_text(tables.refreshed(table, {one.name: one.told for where, one in CASES if where == table}), encoding="utf-8")
    for lang, out in told.items():
        assert case.told[lang] == out.strip("\n") + "\n"
    if case.run:
        assert " ".join(case.run) in told["en"]
        assert " ".join(case.run) in told["fr"]
        assert 0 == run(capsys, "--root", root, *case.run)[0]
    for path in case.moved.values():
        assert all(f"{Path(path).parent}/" in out for out in told.values())
    for path, text in case.mended.items():
        new = words(text) - words(case.files[path]) - words(case.own)
        for lang, out in told.items():
            assert set() == {word for word in new if word not in out}, f"the message does not name it ({lang})"
    case.mend(root)
    for lang in tables.LANGUAGES:
        code, out = check(capsys, root, lang)
        assert (0, False) == (code, bool(re.search(r"\[HB\d{3}\]", out))), out


def test_there_are_enough_usual_mistakes():
    """Fewer than twenty-five were not worth the name."""
    assert len(CASES) >= 25
