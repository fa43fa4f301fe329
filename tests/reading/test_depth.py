"""HTML is known to be too deep before anybody builds it, whatever hides its depth."""

import pytest
from tests.cases import for_each

from handbill.reading.depth import TooDeep, check_depth, check_nesting


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
        "<div><style></stylex></div></style>",
        "<div><style>style </div></style>",
        "<DIV><STYLE></div></Style >",
        "<span><div></span>",
        "<ins><ul></ins>",
        "<form><div></form>",
        "<body><div></body>",
        "<caption><div></caption>",
        "<div><select></div></select>",
        "<select><input><div></select>",
        "<div><noscript></div></noscript>",
    ],
)
def test_depth_is_counted_as_a_browser_builds_it(unit):
    """What closes one element in the eyes of a counter, and none in those of a browser, hid any depth."""
    check_depth(unit * 50)

    with pytest.raises(TooDeep):
        check_depth(unit * 101)


def test_a_hundred_are_not_too_deep():
    """The limit is the one that is told."""
    check_depth("<div>" * 100)
    with pytest.raises(TooDeep):
        check_depth("<div>" * 101)


#: The names of HTML (the standard of 2026), written down a second time: whoever takes one from the module takes a defence from the hub.
VOID = "area base br col embed hr img input link meta source track wbr"
LEFT_OPEN = "p li dt dd tr td th thead tbody tfoot option colgroup"
OF_WORDS = "a b big code em font i nobr s small strike strong tt u"
EDGES = "applet caption marquee object table template"
OF_SIGNS = "iframe noembed noframes script style textarea title xmp"


@for_each("name", f"{VOID} {LEFT_OPEN}".split())
def test_what_holds_nothing_or_ends_where_the_next_begins_is_not_nested(name):
    """Nobody writes the ends of these."""
    check_depth(f"<{name}>x" * 500)


@pytest.mark.parametrize("name", OF_WORDS.split())
def test_words_that_are_left_open_go_on_in_the_next_block(name):
    """What ends around them does not end them, and each block that follows holds them anew."""
    with pytest.raises(TooDeep):
        check_depth(f"<div><{name}></div>" * 101)
    with pytest.raises(TooDeep):
        check_depth(f"<{name} lang='{'x' * 3000}'>" + "<p>x" * 5000)
    check_depth(f"<{name} lang='{'x' * 3000}'></{name}>" + "<p>x" * 5000)


@pytest.mark.parametrize("name", EDGES.split())
def test_no_end_reaches_out_of_a_part_that_stands_for_itself(name):
    """An end that a browser passes over ends nothing, neither a block nor words."""
    with pytest.raises(TooDeep):
        check_depth(f"<div><{name}></div></{name}>" * 101)
    with pytest.raises(TooDeep):
        check_depth(f"<b lang='{'x' * 3000}'><{name}></b></{name}>" + "<p>x" * 5000)


@pytest.mark.parametrize("name", OF_SIGNS.split())
def test_what_holds_signs_holds_no_tag(name):
    """A begin within is none, and neither is an end."""
    check_depth(f"<{name}>" + "<div>" * 500)
    check_depth(f"<{name}>" + "<div>" * 500 + f"</{name}><p>")
    with pytest.raises(TooDeep):
        check_depth(f"<div><{name}></div></{name}>" * 101)


#: What an end takes with it that is open in it, in any version of HTML.
BLOCKS = (
    "address applet article aside blockquote button center details dir div dl fieldset figcaption figure footer h1 h2 h3 h4 h5 h6 header "
    "listing main marquee menu nav object ol pre section summary table template ul"
)


@pytest.mark.parametrize("name", BLOCKS.split())
def test_the_end_of_a_block_closes_what_was_left_open_in_it(name):
    """Old pages close little of what they open."""
    inner = "ol" if name == "ul" else "ul"
    check_depth(f"<{name}><span><{inner}></{name}>" * 500)


@pytest.mark.parametrize("strange", ["svg", "math", "select", "noscript"])
@pytest.mark.parametrize("name", ["title", "style", "textarea"])
def test_where_other_rules_hold_nothing_holds_signs_and_no_end_is_believed(strange, name):
    """The title of a drawing holds elements, and a megabyte of them kept a cleaner busy for a minute."""
    with pytest.raises(TooDeep):
        check_depth(f"<{strange}><{name}>" + "<div>" * 101)
    with pytest.raises(TooDeep):
        check_depth(f"<{strange}>" + "<g></g>" * 101)
    with pytest.raises(TooDeep):
        check_depth(f"<b lang='{'x' * 3000}'><{strange}>" + "</p>" * 5000)


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
        "<ins><b>x</ins></b>" * 500,
        "<h1>x</h2>" * 500,
        "</div>" * 500,
        "</b>" * 500,
        "<b>" + "<div></div>" * 500,
        "<BR>" * 500,
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


ICON = """<svg viewBox="0 0 24 24" fill='none' hidden><g><path d="M0 0h24v24H0z"/><circle r="3"></circle> </g ></SVG\n>"""


def test_a_drawing_that_is_whole_is_one_element_whatever_follows():
    """Icons and logos are pasted into texts as programs write them, and a hundred words in italics follow."""
    check_depth(ICON + "<p><em>a</em>" * 500)
    check_depth("<div>" * 99 + ICON * 500)
    check_depth(ICON.replace("</g", '<path d="M0 0"/>' * 500 + "</g"))
    check_depth(ICON.replace("</g", "<g>" * 96 + "</g>" * 96 + "</g") + "<em>a</em>" * 500)

    with pytest.raises(TooDeep):
        check_depth("<div>" * 100 + ICON)
    with pytest.raises(TooDeep):
        check_depth(f"<b lang='{'x' * 3000}'>" + ICON * 500)


@pytest.mark.parametrize(
    ("old", "new"),
    [
        (" </g", "<g>" * 97 + "</g"),
        (" </g", "<g>" * 97 + "</g>" * 97 + "</g"),
        (" </g", "<g>" * 97 + "<path/>" * 97 + "</g"),
        (" </g", " " + "<g>/>" * 100 + "</g"),
        (" </g", " " + "<g>" * 100 + "</g/>" * 100 + "</g"),
        (" </g", "<p></g"),
        (" </g", "<desc></g"),
        (" </g", "<title></g"),
        (" </g", "<!-- --></g"),
        (" </g", "<![CDATA[x]]></g"),
        (" </g", "<path d=x/></g"),
        (" </g", "<path d='x></g"),
        (" </g", "<path/d='x'></g"),
        (" </g", "<pathology/></g"),
        ("'none'", "'>'"),
        ("'none'", "none"),
        ("</SVG\n>", "</SVG x>"),
        ("</SVG\n>", "</SVGs>"),
        ("<svg ", "<math><svg "),
        ("<svg ", "<svgs><svg "),
    ],
)
def test_any_other_drawing_is_not_believed_to_end(old, new):
    """What hides its end from a browser, or what is in it from us, is not guessed."""
    hidden = ICON.replace(old, new) + "'><title></title>" + "<em></em>" * 500

    if new == "<svgs><svg ":
        check_depth(hidden)
    else:
        with pytest.raises(TooDeep):
            check_depth(hidden)


def test_so_many_signs_are_written_for_words_that_are_left_open_and_not_one_more():
    """Half a megabyte is far more than a text has; a tag is written once more for each paragraph, as long as it is without its bracket."""
    check_depth(f"<b>{'<p>' * 1}<i {'x' * (83_333 - 5)}>{'<p>' * 6}")
    with pytest.raises(TooDeep):
        check_depth(f"<b>{'<p>' * 1}<i {'x' * (16_129 - 5)}>{'<p>' * 31}")


def test_clean_html_is_counted_once_more():
    tags = ["div"] * 100 + ["p", "/p", "br", "img src=a"] * 9

    check_nesting(tags)
    with pytest.raises(TooDeep):
        check_nesting([*tags, "div"])
