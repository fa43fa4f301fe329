"""Problems as lines of a terminal or a log."""

from __future__ import annotations

import re
from pathlib import Path

from tests.hubs import run, write

from handbill.errors import Level, Problem, said
from handbill.phrases import phrases
from handbill.showing.listing import explained, listing, plain, summary
from handbill.showing.told import Told, told
from handbill.telling import FOLDER

ROOT = Path(__file__).resolve().parents[2]

FILES = {"a.md": b"title: Foire\nstarts: 2026-05-01\nends: hier\n" + b"x\n" * 30, "b.md": b"title: x\ndraft: oui\n"}


def problem(path: str, line: int, column: int, code: str, level: Level = Level.ERROR, width: int = 0) -> Problem:
    return Problem(path, line, column, "", said("a folder"), "", code, level, width)


def found(*problems: Problem, lang: str = "en", strict: bool = False) -> tuple[Told, ...]:
    return told(problems, lang, FILES.get, strict=strict)


def shown(*problems: Problem, lang: str = "en") -> str:
    return "".join(plain(line) + "\n" for line in listing(found(*problems, lang=lang), lang))


def test_a_problem_is_a_line_followed_by_the_lines_to_look_at():
    """The first line can be searched for and clicked on; the others need no opening of the file."""
    assert (
        "error: a.md:3:7: found a folder [HB205]\n"
        "    2 │ starts: 2026-05-01\n"
        "    3 │ ends: hier\n"
        "      │       ^^^^\n"
    ) == shown(problem("a.md", 3, 7, "HB205", width=4))  # fmt: skip


def test_numbers_of_lines_stand_in_one_column():
    """Line 9 and line 10 would else be shifted against each other."""
    lines = shown(problem("a.md", 10, 1, "HB205")).splitlines()

    assert ["     9 │ x", "    10 │ x", "       │ ^"] == lines[1:]


def test_it_is_the_same_in_french():
    """With the space that French sets before a colon."""
    assert shown(problem("b.md", 2, 8, "HB201", width=3), lang="fr").startswith(
        "erreur\u00a0: b.md:2:8: trouvé un dossier [HB201]\n    1 │ title: x\n"
    )


def test_files_are_apart_and_the_problems_of_one_together():
    """One mends a file after the other."""
    text = shown(problem("a.md", 2, 1, "HB201"), problem("a.md", 3, 1, "HB201"), problem("b.md", 2, 1, "HB201"))

    assert ["a.md:2", "a.md:3", "b.md:2"] == [part.split(": ")[1][:6] for part in text.split("error")[1:] for part in ["error" + part]]
    assert 1 == text.count("\n\n")
    assert "\n\nerror: b.md:2:1" in text


def test_a_note_is_one_line():
    """Nothing has to be mended there, and there are many."""
    assert "note: a.md:3:1: found a folder [HB501]\nnote: b.md:2:1: found a folder [HB501]\n" == shown(
        problem("a.md", 3, 1, "HB501", Level.NOTE), problem("b.md", 2, 1, "HB501", Level.NOTE)
    )


def test_the_same_over_and_over_is_told_five_times():
    """Who sees it fourteen times more mends the other things no sooner."""
    many = [problem("a.md", number, 1, "HB202") for number in range(4, 23)]
    text = shown(*many, problem("a.md", 30, 1, "HB205"))

    assert 5 == text.count("[HB202]")
    assert 1 == text.count("\n    … and 14 more of HB202 in this file\n")
    assert "[HB205]" in text


def test_five_of_a_sort_are_told_in_full():
    """“and 0 more” is no help."""
    assert "more" not in shown(*[problem("a.md", number, 1, "HB202") for number in range(4, 9)])


def test_what_each_piece_is_can_be_told_by_colour():
    """The place in bold, the carets in the colour of the level, the rest of the file quiet."""
    first, context, line, pointer = listing(found(problem("a.md", 3, 7, "HB205", width=4)), "en")

    assert [("error", "error"), (": ", "error"), ("a.md:3:7", "place"), (": found a folder [HB205]", "")] == list(first)
    assert (["quiet", "quiet"], ["quiet", ""], ["quiet", "error"]) == tuple([role for _, role in one] for one in (context, line, pointer))


def test_problems_are_counted_by_level():
    """The first question is whether anything is broken."""
    every = (
        problem("a.md", 1, 1, "HB202"),
        problem("a.md", 1, 1, "HB230", Level.WARNING),
        problem("a.md", 1, 1, "HB230", Level.WARNING),
        problem("a.md", 1, 1, "HB501", Level.NOTE),
    )

    assert "1 error, 2 warnings, 1 note" == summary(found(*every), "en")
    assert "1 error, 2 warnings refused by --strict, 1 note" == summary(found(*every, strict=True), "en")
    assert "1 erreur, 2 avertissements, 1 note" == summary(found(*every, lang="fr"), "fr")
    assert "" == summary((), "en")


def test_the_gravest_codes_are_offered_for_an_explanation():
    """Three at most; notes explain themselves."""
    codes = [
        ("HB501", Level.NOTE),
        ("HB230", Level.WARNING),
        ("HB202", Level.ERROR),
        ("HB201", Level.ERROR),
        ("HB202", Level.ERROR),
        ("HB240", Level.WARNING),
    ]

    assert "HB202 HB201 HB230" == explained(found(*[problem("a.md", 1, 1, code, level) for code, level in codes]))
    assert "" == explained(found(problem("a.md", 1, 1, "HB501", Level.NOTE)))


def test_the_example_of_the_handbook_is_what_the_program_prints(hub, capsys, refresh):
    """Editors learn to read messages by it; one that looks otherwise teaches nothing."""
    page = ROOT / "handbook" / "editors" / "corriger.md"
    before, sample, middle, example, after = re.split(
        r"```(?:markdown|console)\n(.*?)```\n", page.read_text(encoding="utf-8"), maxsplit=2, flags=re.DOTALL
    )
    write(hub, {"events/2026/foire.md": sample})

    code, out, _ = run(capsys, "--root", hub, "check", "--as-of", "2026-03-20", "events/2026/foire.md", lang="fr")
    printed = out.partition("\n")[2]
    if refresh:
        page.write_text(f"{before}```markdown\n{sample}```\n{middle}```console\n{printed}```\n{after}", encoding="utf-8", newline="\n")
        example = printed
    assert (1, printed) == (code, example)
    assert "`[HB213]`" in after
    assert "[HB213]" in example


def test_the_messages_that_the_handbook_names_are_said():
    """A message that was reworded would be looked for in vain."""
    page = (ROOT / "handbook" / "editors" / "corriger.md").read_text(encoding="utf-8")
    table = page.partition("| le message parle de | remède |")[2].partition("\n\n")[0]
    named = [words for line in table.splitlines()[2:] for words in re.findall(r"`([^`]+)`", line.split("|")[1])]
    french = list(phrases(file.read_text(encoding="utf-8") for file in FOLDER.rglob("*.po")).single.values())
    filled_in = [re.compile(re.sub(r"\\{\w+\\}", r"\\S+", re.escape(text))) for text in french if re.search(r"\w{4,} .*{", text)]

    assert len(named) > 5
    assert [] == [words for words in named if not any(words in text for text in french) and not any(one.fullmatch(words) for one in filled_in)]


def test_of_missing_clauses_all_are_told():
    """They are a list to be worked through: an organiser would fill in five, and be refused for the next five."""
    text = shown(*(problem("a.md", 0, 0, "HB226") for _ in range(9)))

    assert (9, False) == (text.count("[HB226]"), "more of" in text)


def test_notes_come_first_so_that_what_must_be_mended_stands_at_the_end():
    """Behind thirty drafts one would have to search for the one error."""
    lines = shown(problem("a.md", 0, 0, "HB501", Level.NOTE), problem("b.md", 0, 0, "HB201"), problem("c.md", 0, 0, "HB502", Level.NOTE))

    assert ["HB501", "HB502", "HB201"] == re.findall(r"HB\d{3}", lines)
