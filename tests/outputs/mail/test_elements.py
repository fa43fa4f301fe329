"""The table of MJML's elements."""

from pathlib import Path

from tests.outputs.mail.npm import asked

from handbill.outputs.mail import elements as module
from handbill.outputs.mail.elements import TABLE, colours, elements


def test_the_table_is_that_of_the_packages_of_mjml_itself(refresh):
    """Written by hand, it would miss what a theme may use, or let pass what no renderer knows."""
    table = "\n" + asked("mjml_elements.cjs", None, "mjml")

    if refresh:
        file = Path(module.__file__)
        file.write_text(file.read_text(encoding="utf-8").replace(TABLE, table), encoding="utf-8")
    assert table == TABLE


def test_every_element_has_what_the_table_says():
    """A list that goes on over two lines is one list."""
    known = elements()

    assert {"mj-column", "mj-group", "mj-raw"} == known["mj-section"].holds
    assert not known["mj-section"].is_text
    assert known["mj-text"].is_text
    assert "unit(px,%){1,4}" == known["mj-text"].attributes["padding"]
    assert "string" == known["mj-button"].attributes["target"]
    assert {"dir", "lang"} == set(known["mjml"].attributes)
    assert {"mj-body", "mj-head", "mj-raw"} == known["mjml"].holds
    assert not [name for name in known if " " in name or name.startswith("colours")]


def test_no_element_holds_one_that_is_not_known():
    """A typing error in the table would forbid what is right."""
    known = elements()

    assert {"mj-selector"} >= {inside for one in known.values() for inside in one.holds} - set(known)


def test_colours_have_names():
    """The last word of the table, and the first."""
    assert {"aliceblue", "transparent", "yellowgreen", "inherit"} <= colours()
    assert 150 == len(colours())
