"""What is taken out of a text is told; what is only written about is not."""

from __future__ import annotations

from time import process_time

import pytest
from tests.cases import for_each

from handbill.hub.fields import Desk
from handbill.reading.body import read_body
from handbill.reading.markdown import engine
from handbill.reading.unseen import check_unseen

DIALECTS = ("github", "python-markdown")


def told(text, dialect="github"):
    desk = Desk("a.md", "UTC")
    raw = engine(dialect)(text)
    check_unseen(raw, read_body(raw).body.html, text, 5, desk)
    return desk.problems


LEFT_OUT, AS_WRITTEN = "which is left out", "which members see as it is written"
A_LINK, BACKQUOTES = "a link to it, and perhaps a picture of the hub", "“`<{}>`”, between backquotes, if it is to be read"
NO_PLACE = "nothing: programs and styles have no place in a text"


@pytest.mark.parametrize(
    ("text", "name", "github", "other"),
    [
        ('<iframe src="https://film.example/1"></iframe>', "iframe", (AS_WRITTEN, A_LINK), (LEFT_OUT, A_LINK)),
        ('<video src="a.mp4" controls></video>', "video", (LEFT_OUT, A_LINK), (LEFT_OUT, A_LINK)),
        ('<form action="x"></form>', "form", (LEFT_OUT, "a link to the form"), (LEFT_OUT, "a link to the form")),
        ("<script>alert(1)</script>", "script", (AS_WRITTEN, BACKQUOTES), (LEFT_OUT, NO_PLACE)),
        ("<style>p { color: red }</style>", "style", (AS_WRITTEN, BACKQUOTES), (LEFT_OUT, NO_PLACE)),
        ("Un <font color=red>mot</font>.", "font", (LEFT_OUT, "Markdown, or nothing"), (LEFT_OUT, "Markdown, or nothing")),
        ("Tapez <nom> ici.", "nom", (LEFT_OUT, BACKQUOTES), (LEFT_OUT, BACKQUOTES)),
        ("Un Vec<Option> ici.", "Option", (LEFT_OUT, BACKQUOTES), (LEFT_OUT, BACKQUOTES)),
        ("<FONT>x</FONT>", "FONT", (LEFT_OUT, "Markdown, or nothing"), (LEFT_OUT, "Markdown, or nothing")),
    ],
)
@pytest.mark.parametrize("dialect", DIALECTS)
def test_an_element_that_members_will_not_see_is_told(text, name, github, other, dialect):
    """Who pastes a film from elsewhere waits for it to appear."""
    (problem,) = told(f"Un.\n\n{text}", dialect)
    what, wanted = github if dialect == "github" else other

    assert (f"the element <{name}>, {what}", wanted.format(name), "HB118", 1) == (problem.found, problem.wanted, problem.code, problem.level)
    assert (7, 1 + text.index("<"), 1 + len(name)) == (problem.line, problem.column, problem.width)


@pytest.mark.parametrize("dialect", DIALECTS)
@pytest.mark.parametrize(("attribute", "name"), [('style="color:red"', "style"), ('onclick="x()"', "onclick"), ("ONLOAD=x", "onload")])
def test_an_attribute_that_is_left_out_is_told(attribute, name, dialect):
    """Text pasted from a word processor is full of them, and looks otherwise than where it came from."""
    (problem,) = told(f"<p {attribute}>x</p>\n\n<p {attribute}>y</p>", dialect)

    assert f"the attribute {name}, which is left out" == problem.found
    assert (5, 4, len(name)) == (problem.line, problem.column, problem.width)


@pytest.mark.parametrize("dialect", DIALECTS)
@pytest.mark.parametrize(
    ("link", "found", "wanted"),
    [
        ("[x](javascript:alert%281%29)", "a link that runs a program", "an address, or nothing"),
        ("[x](file:///home/ines/a.md)", "a link to a file on your own computer", "a path to a file of the content, from this file"),
        (r"[x](C:\photos\a.md)", "a link to a file on your own computer", "a path to a file of the content, from this file"),
        (r"![x](C:\photos\a.png)", "a picture on your own computer", "a picture file of the hub, and its path from this file"),
        ("![x](data:image/png;base64,AAAA)", "a picture written out as text", "a picture file of the hub"),
        ("[x](htps://exemple.fr)", "a link that begins with htps:", "https:, perhaps"),
        ("[x](mailo:contact@asso.example)", "a link that begins with mailo:", "mailto:, perhaps"),
        ("[x](ftp://exemple.fr/a)", "a link that begins with ftp:, which is not let through", "an address that begins with https://, mailto: or tel:"),
        ('<a href="javascript:x">y</a>', "a link that runs a program", "an address, or nothing"),
    ],
)
def test_an_address_that_nobody_can_follow_is_refused(link, found, wanted, dialect):
    """Members would see words that look like a link and are none."""
    (problem,) = told(f"Un.\n\n{link}", dialect)

    assert (found, wanted, "HB318", 2) == (problem.found, problem.wanted, problem.code, problem.level)
    assert "ines" not in str(problem)
    assert 7 == problem.line
    assert problem.column > 1
    assert problem.width > 5


@for_each("dialect", DIALECTS)
@for_each(
    "text",
    [
        "`<iframe>`, `<nom>` et `style=`",
        "```html\n<video onclick=x style=y></video>\n<a href=\"javascript:x\">y</a>\n```",
        "    <script>x</script>",
        "<!-- <iframe> -->",
        "Un &lt;nom&gt; et 1 < 2 > 0.",
        "<details><summary>x</summary>y</details> <kbd>Ctrl</kbd> <sub>2</sub>",
        '<img src="https://ailleurs.example/a.png" alt="x">',
        '<img src="a.png" alt="x" width="300" align="left">',
        "[x](https://a.example) <b@c.example> <https://d.example> [y](tel:15) [z](webcal://e.example/a.ics) [w](matrix:r/x)",
        "| a | b |\n|:--|--:|\n| 1 | 2 |",
        "> [!NOTE]\n> x\n\n- [ ] y\n\nz[^1]\n\n[^1]: w",
        "!!! note\n    x\n\nTerme\n: Sens",
        "style = onclick=",
    ],
)
def test_what_stays_or_is_only_written_about_is_not_told(text, dialect):
    """A text about web pages names all of it."""
    assert [] == told(text, dialect)


def test_each_sort_is_told_once():
    """A page pasted whole has hundreds."""
    assert 2 == len(told("<font>a</font> <font>b</font> <center>c</center>\n\n<font>d</font>"))


@pytest.mark.parametrize("part", ["<iframe ", "<iframe>", "`<nom>", "``` <nom>\n", '<a href="x:', "<a style=", "[x](x:y) ", "&lt;script "])
def test_a_hostile_text_costs_no_more_than_its_length(part):
    """A pull request may come from anybody."""
    start = process_time()
    text = part * (100_000 // len(part))
    check_unseen(text, "", text, 1, Desk("a.md", "UTC"))

    assert process_time() - start < 5


@pytest.mark.parametrize("dialect", DIALECTS)
@pytest.mark.parametrize("hidden", ["java&#1;script:x()", "&#106;avascript:x()", "javascript&colon;x()", "&nbsp;javascript:x()"])
def test_an_address_whose_scheme_is_written_by_numbers_is_told(hidden, dialect):
    """It does not reach the page, and who wrote it is told so."""
    (problem,) = told(f'<a href="{hidden}">x</a>', dialect)

    assert ("a link that runs a program", "HB318") == (problem.found, problem.code)
