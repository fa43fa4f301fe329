"""The report of an import: it cannot lose a file, and says the same on the terminal, as JSON and as a page."""

from __future__ import annotations

import json

import pytest

from handbill.importing.report import EVENTS, Entry, Note, Report

KEPT = Entry("a.md", "kept", "content/posts/a.md", (), (Note("the number was derived", "12"),))
CHANGED = Entry("b.md", "changed", "content/posts/b.md", (Note("links became words", "x.md", 4), Note("links became words", "y.md", 9)))
REFUSED = Entry("c.rst", "refused", "", (Note("reStructuredText"),))
REPORT = Report(3, (REFUSED, CHANGED, KEPT), (Note("each category became a tag", "bois"),), "python3 hub/build.py")


def test_a_file_that_is_not_accounted_for_makes_no_report():
    with pytest.raises(AssertionError, match="4 files were read and 3"):
        Report(4, (KEPT, CHANGED, REFUSED))


def test_a_file_told_twice_makes_no_report():
    with pytest.raises(AssertionError, match="accounted for"):
        Report(2, (KEPT, KEPT))


@pytest.mark.parametrize(
    "entry",
    [
        Entry("a.md", "changed", "b.md"),
        Entry("a.md", "refused"),
        Entry("a.md", "kept", "b.md", (Note("changed after all"),)),
        Entry("a.md", "kept"),
        Entry("a.md", "lost", "", (Note("x"),)),
    ],
)
def test_a_state_without_its_reason_makes_no_report(entry):
    with pytest.raises(AssertionError, match=r"a\.md"):
        Report(1, (entry,))


def test_the_terminal_shows_numbers_reasons_and_what_comes_next():
    assert (
        "3 files read: 1 kept, 1 changed, 1 refused.\n"
        "\nRefused:\n  c.rst: reStructuredText\n"
        "\nChanged:\n  b.md: line 4: links became words: x.md (and 1 more)\n"
        "\nHeaders, and what is good to know:\n  1 × the number was derived\n"
        "\neach category became a tag: bois.\n"
        "\nEvery file is told in import-report.md.  Next: python3 hub/build.py"
    ) == REPORT.text()


def test_the_terminal_names_every_refused_file_and_counts_the_rest():
    refused = tuple(Entry(f"r{n}.rst", "refused", "", (Note("reStructuredText"),)) for n in range(40))
    changed = tuple(Entry(f"c{n}.md", "changed", "x.md", (Note("links became words"),)) for n in range(40))
    text = Report(80, refused + changed).text()

    assert 40 == text.count("reStructuredText")
    assert "… and 28 more" in text


def test_json_tells_every_file_with_its_reasons():
    told = json.loads(REPORT.json())

    assert (3, 1, 1, 1) == (told["read"], told["kept"], told["changed"], told["refused"])
    assert ["a.md", "b.md", "c.rst"] == [one["source"] for one in told["files"]]
    assert {"what": "links became words", "detail": "y.md", "line": 9} == told["files"][1]["changes"][1]


def test_the_page_tells_every_file():
    page = REPORT.markdown()

    for expected in ("## Refused (1)", "- `c.rst`", "## Changed (1)", "- `b.md` → `content/posts/b.md`", "## Kept (1)"):
        assert expected in page
    assert "  - line 9: links became words: y.md" in page


def test_nothing_that_a_stranger_wrote_is_markdown_in_the_page():
    """Headers and links are quoted in it; the page is shown by whatever shows the repository."""
    entry = Entry("a`b.md", "refused", "", (Note("the header was left out", "<img src=x> [a](https://e.org) *b* `c`\n# d"),))
    page = Report(1, (entry,)).markdown()

    assert "- `` a`b.md ``" in page
    assert "  - the header was left out: \\<img src=x\\> \\[a\\](https://e.org) \\*b\\* \\`c\\` \\# d" in page


def test_entries_of_a_calendar_are_counted_with_what_happened_and_an_example():
    """Five hundred events cannot be told one by one; what happened to them can."""
    entries = tuple(
        Entry(f"a.ics:{n}", "changed", f"events/{n}.md", (Note("the zone was guessed", "X → Y", 3),), (Note("a reminder was left out"),))
        for n in (1, 2)
    )
    text = Report(2, entries, sort=EVENTS, page="").text()

    assert "2 entries read: 0 kept, 2 changed, 0 refused." in text
    assert "  2 × the zone was guessed (such as: X → Y)\n" in text + "\n"
    assert "  2 × a reminder was left out" in text
    assert "import-report.md" not in text
