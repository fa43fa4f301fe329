"""Elements are written so that no text of a letter can become one."""

import pytest

from handbill.showing.tags import Html, joined, tag


def test_a_text_is_escaped_and_an_element_is_not():
    """A subject with a sign of mathematics must not end the page."""
    assert "<p>a &lt; b <b>&amp;</b></p>" == tag("p", "a < b ", tag("b", "&"))
    assert "<p><br></p>" == tag("p", Html("<br>"))


def test_an_attribute_cannot_be_left():
    """A quotation mark in the name of a letter is one."""
    assert '<p title="&quot;&gt;&lt;script&gt;"></p>' == tag("p", title='"><script>')


def test_names_with_hyphens_and_words_of_python_are_written_as_html_has_them():
    """`class` and `data-view` cannot be names of arguments."""
    assert '<p class="a" data-view="b" hidden name="c"></p>' == tag(
        "p", class_="a", data_view="b", hidden=True, name="c", id=None, title=False
    )
    assert "<p></p>" == tag("p", class_="")


def test_several_elements_and_none_may_stand_within_one():
    """Lists are made by the dozen, and some of their parts are not there."""
    assert "<ul><li>1</li><li>2</li></ul>" == tag("ul", (tag("li", str(n)) for n in (1, 2)), None, [])
    assert "a<b>c</b>" == joined("a", [tag("b", ["c"])])


@pytest.mark.parametrize("name", ["meta", "input", "link"])
def test_elements_without_an_end_have_none(name):
    """A validator counts them."""
    assert f"<{name}>" == tag(name)
