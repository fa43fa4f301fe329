"""HTML is known to be too deep before anybody builds it, whatever hides its depth."""

import pytest

from handbill.reading.depth import MOST_DEPTH, TooDeep, check_depth, check_nesting


@pytest.mark.parametrize(
    "unit",
    [
        "<div>",
        "<x_y></x>",
        "<div_a></div>",
        "<b><!--</b>-->",
        '<div title="</div>">',
        "<div a==></div\n><p><i>",
        "<div><table><tr><td></div></td></tr></table>",
        "<svg><g></g>",
        "<div><b id=a></div>",
        "<title></title><span>",
        "<ul><li>",
        "</p><em>",
    ],
)
def test_depth_is_counted_as_a_browser_builds_it(unit):
    """What closes one element in the eyes of a counter, and none in those of a browser, hid any depth."""
    check_depth(unit * (MOST_DEPTH // 2))

    with pytest.raises(TooDeep):
        check_depth(unit * (MOST_DEPTH + 1))


@pytest.mark.parametrize(
    "raw",
    [
        "<p>x" * 500,
        "<ul>" + "<li>x" * 500 + "</ul>",
        "<b>x</b><i>y</i>" * 500,
        "<table>" + "<tr><td>x<td><b>y</b>" * 500 + "</table>",
        "<br><img src=a>" * 500,
        "<title>" + "<div>" * 500,
        "<!-- " + "<div>" * 500 + " -->",
        "<p title='" + "<div>" * 500 + "'>",
        "<div><span>x</div>" * 500,
        "<b><i>x</b></i>" * 500,
        "</div>" * 500,
    ],
)
def test_what_is_written_in_a_row_is_not_nested(raw):
    """Old pages close little of what they open."""
    check_depth(raw)


@pytest.mark.parametrize("opened", ["<b id=x{n}>" * 90, "<b lang='" + "x" * 3000 + "'>", "<i><a href='" + "x" * 3000 + "'>"])
def test_words_that_are_left_open_are_not_taken_up_in_each_paragraph_without_end(opened):
    """Sixty kilobytes became twenty megabytes."""
    check_depth(opened + "<p>x" * 20)

    with pytest.raises(TooDeep):
        check_depth(opened + "<p>x" * 5000)


def test_clean_html_is_counted_once_more():
    tags = ["div"] * MOST_DEPTH + ["p", "/p", "br", "img src=a"] * 9

    check_nesting(tags)
    with pytest.raises(TooDeep):
        check_nesting([*tags, "div"])
