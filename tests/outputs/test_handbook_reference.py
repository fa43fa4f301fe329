"""The pages of the handbook that are written from the code."""

from pathlib import Path

import pytest

from handbill import settings
from handbill.hub.fields import Field
from handbill.kinds import KINDS
from handbill.outputs.handbook_reference import TABLES, decisions_page, fields_page, pages, settings_page

HANDBOOK = Path(__file__).parent.parent.parent / "handbook"


@pytest.mark.parametrize("name", pages(HANDBOOK, KINDS))
def test_a_page_written_from_the_code_is_up_to_date(name, refresh):
    """Editors trust these tables; ``python3 build.py test --refresh`` writes them."""
    expected = pages(HANDBOOK, KINDS)[name]
    if refresh:
        (HANDBOOK / name).write_text(expected, encoding="utf-8", newline="\n")

    assert expected == (HANDBOOK / name).read_text(encoding="utf-8")


def test_every_table_of_settings_is_on_the_page():
    """A key that is nowhere explained is a key that nobody uses."""
    tables = [value for name, value in vars(settings).items() if isinstance(value, tuple) and value and isinstance(value[0], Field)]

    assert {id(table) for table in tables} == {id(fields) for _, _, fields in TABLES}
    for _, _, fields in TABLES:
        for one in fields:
            assert f"| `{one.name}`" in settings_page()


def test_every_field_of_every_kind_is_on_the_page_with_its_parts():
    """A part such as venue.access is as much a field as its whole."""
    page = fields_page(KINDS)

    for kind in KINDS:
        section = page.split(f"\n## {kind.name}\n")[1].split("\n## ")[0]
        assert f"`{kind.folder}/`" in section
        for one in kind.fields:
            assert f"| `{one.name}`{' ★' if one.required else ''} |" in section
    assert "| `venue.access` |" in page
    assert "| `recurrence.changes[].on` ★ |" in page


def test_a_field_is_told_with_its_default_and_its_form():
    """Without the default, an editor writes it out each time."""
    line = next(line for line in fields_page(KINDS).splitlines() if line.startswith("| `mode`"))

    assert "; default: `onsite`<br><small>one of: onsite, online, hybrid: `hybrid`</small> |" in line


def test_every_decision_is_listed_by_its_title(tmp_path):
    """The list is the only way to them."""
    (tmp_path / "decisions").mkdir()
    (tmp_path / "decisions" / "0007-closing-day.md").write_text("# 0007: The closing day\n\nText.\n", encoding="utf-8")

    assert "- [0007: The closing day](0007-closing-day.md)" in decisions_page(tmp_path)


def test_a_replaced_common_field_is_told_in_its_own_kind_alone():
    """A letter's title may be left out, a post's may not."""
    issue = fields_page(KINDS).split("\n## issue\n")[1].split("\n## ")[0]

    assert "`title`, `date` are read as said here." in issue
