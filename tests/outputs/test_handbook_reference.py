"""The pages of the handbook that are written from the code."""

from pathlib import Path

import pytest

from handbill import settings_duty_fields, settings_fields
from handbill.hub.fields import Field, Flag, Integer, Many, Text
from handbill.kinds import KINDS
from handbill.outputs.handbook_reference import decisions_page, in_toml, pages, settings_page
from handbill.settings_fields import TABLES

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
    values = [*vars(settings_fields).values(), *vars(settings_duty_fields).values()]
    tables = [value for value in values if isinstance(value, tuple) and value and isinstance(value[0], Field)]
    # The last keys of [hub] are told beside what is made of them.
    tables.remove(settings_fields.REPOSITORY)

    assert {id(table) for table in tables} == {id(fields) for _, _, fields in TABLES}
    for _, _, fields in TABLES:
        for one in fields:
            assert f"| `{one.name}`" in settings_page()


def test_every_decision_is_listed_by_its_title(tmp_path):
    """The list is the only way to them."""
    (tmp_path / "decisions").mkdir()
    (tmp_path / "decisions" / "0007-closing-day.md").write_text("# 0007: The closing day\n\nText.\n", encoding="utf-8")

    assert "- [0007: The closing day](0007-closing-day.md)" in decisions_page(tmp_path)


def test_an_example_of_a_setting_is_written_as_toml():
    """What is copied from the page must be read by the program."""
    assert '"Atelier"' == in_toml("Atelier", Text())
    assert "30" == in_toml("30", Integer())
    assert "false" == in_toml("false", Flag())
    assert '["fr", "en"]' == in_toml(("fr", "en"), Many(Text()))
    assert '[{ term = "user" }]' in settings_page()
