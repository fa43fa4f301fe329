"""Sections: what an editor may ask for, and what is said where it cannot be."""

import pytest
from tests.hubs import load_village, text, write

LETTER = {"number": "2", "subject": "Avril", "date": "2026-04-15 18:00", "sections": "[]"}


def told(folder, block):
    """Return what is said of a letter with this section in its text: line, field, found and code."""
    write(folder, {"events/fair.md": text(title="Foire", date="2026-03-01", starts="2026-04-24 14:00", organisers="[X]", venue="{name: Place}")})
    write(folder, {"newsletters/2.md": text(f"Avant.\n\n```section\n{block}\n```\n\nAprès.", **LETTER)})
    problems = load_village("2026-06-01 12:00", folder)[0].problems
    return [(one.line, one.field, str(one.found), one.code) for one in problems if one.path == "newsletters/2.md"]


@pytest.mark.parametrize(
    ("block", "expected"),
    [
        ("show: events\nlimit: 3\nlayout: list\ntitle: Ce mois-ci\npin: ../events/fair.md", []),
        ("limit: 3", [(12, "show", "nothing", "HB203")]),
        ("show: evenements", [(12, "show", "“evenements”", "HB201")]),
        ("show: posts\nahead: 3", [(13, "ahead", "“ahead” in a section of posts", "HB263")]),
        ("show: changes\nlimit: 3", [(13, "limit", "“limit” in a section of changes", "HB263")]),
        ("show: sponsor\nlink: https://a.example/", [(12, "name", "nothing", "HB203")]),
        ("show: sponsor\nname: Quai\nlimit: 2", [(14, "limit", "“limit” in a section of sponsor", "HB263")]),
        ("show: events\npin: ../events/fare.md", [(13, "", "a link to ../events/fare.md, which does not exist", "HB301")]),
        ("show: events\npin: https://a.example/", [(13, "pin", "“https://a.example/”", "HB301")]),
        ("show: events\nnonsense: 3", [(13, "nonsense", "an unknown field", "HB202")]),
        ("show: events\nlimit: many", [(13, "limit", "“many”", "HB201")]),
    ],
)
def test_what_is_wrong_in_a_section_is_told_at_its_line(tmp_path, block, expected):
    """The block stands in the middle of a text, so the line is what an editor looks for."""
    assert expected == told(tmp_path, block)
