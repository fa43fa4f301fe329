"""A picture that nobody described is told, and never keeps a text out of the hub."""

from __future__ import annotations

from time import process_time

import pytest

from handbill.importing.fields import Text
from handbill.importing.headers import read_headers
from handbill.importing.pictures import describe, described
from handbill.reading.body import read_body
from handbill.reading.markdown import engine


@pytest.mark.parametrize(
    ("text", "wanted", "titled"),
    [
        ("![](a.png)", '![](a.png "decorative")', False),
        ("![ ](<a b.png>)", '![](<a b.png> "decorative")', False),
        ("![](a_(1).png)", '![](a_(1).png "decorative")', False),
        ('![](a.png "Le banc")', '![Le banc](a.png "Le banc")', True),
        ("![](a.png 'Le [vieux] banc')", "![Le vieux banc](a.png 'Le [vieux] banc')", True),
        ("[![](a.png)](b.md)", '[![](a.png "decorative")](b.md)', False),
        ("![][p]\n\n[p]: a.png", '![](a.png "decorative")\n\n[p]: a.png', False),
        ('![][P]\n\n[p]: a.png "Le banc"', '![Le banc](a.png "Le banc")\n\n[p]: a.png "Le banc"', True),
        ('<img src="a.png">', '<img src="a.png" title="decorative">', False),
        ("<img alt='' src=a.png />", "<img alt='' src=a.png title=\"decorative\" />", False),
        ('<img src="a.png" title="L’été">', '<img src="a.png" title="L’été" alt="L’été">', True),
        ('<img src="a.png" alt="" title="L’été"/>', '<img src="a.png" title="L’été" alt="L’été"/>', True),
    ],
)
def test_a_picture_without_words_says_what_it_is(text, wanted, titled):
    """By its title if it has one; otherwise it decorates, as it did on the old site for those who do not see it."""
    found, by_title, decorative = described(text)

    assert wanted == found
    assert (1, 0) == (len(by_title), len(decorative)) if titled else (0, 1) == (len(by_title), len(decorative))


@pytest.mark.parametrize("dialect", ["github", "python-markdown"])
@pytest.mark.parametrize(
    "text",
    ["![](a.png)", '![](a.png "Le banc")', "![][p]\n\n[p]: a.png", '<img src="a.png">', "x <img src=a.png alt=''>", "- ![](a.png)\n- ![](a.png)", "[![](a.png)](b.md)"],
)
def test_the_reader_has_nothing_more_to_say(text, dialect):
    """What the import writes, the first check of the new hub must take."""
    assert read_body(engine(dialect)(text)).bare
    assert () == read_body(engine(dialect)(described(text)[0])).bare


@pytest.mark.parametrize(
    "text",
    [
        "![Le banc](a.png)",
        "![](https://ailleurs.example/a.png)",
        "`![](a.png)`",
        "    ![](a.png)",
        "```\n<img src=a.png>\n```",
        r"\![](a.png)",
        "![p]\n\n[p]: a.png",
        "![][q]",
        '<img src="https://ailleurs.example/a.png">',
        '<img src="a.png" alt="Le banc">',
        "Rien.",
        "![](",
    ],
)
def test_every_other_sign_stays(text):
    """A described picture, code, and what other sites show are none of our business."""
    assert (text, (), ()) == described(text)


def test_the_lines_of_what_was_changed_are_told():
    """Somebody is to look at each, in the file as it was."""
    text = 'Un.\n\n![](a.png)\n\n![Vue](b.png) ![](c.png "Le banc")\n\n![](a.png)'

    assert (((5, "c.png"),), ((3, "a.png"), (7, "a.png"))) == described(text)[1:]


@pytest.mark.parametrize("part", ["![](", "![](a.png)", "![][a]", "<img ", "<img src=", "[a]: b\n", "![ ", "![](<a "])
def test_a_hostile_text_costs_no_more_than_its_length(part):
    """An import reads what strangers wrote."""
    start = process_time()
    described(part * (200_000 // len(part)))

    assert process_time() - start < 6


@pytest.mark.parametrize(("body", "line"), [("Un.\n\n![](a.png)\n", 5), ("![](a.png)\n", 0)])
def test_what_was_done_is_noted_at_the_line_of_the_file_as_it_was(body, line):
    """Where lines were taken out above, no line is better than a wrong one."""
    text = Text("a.md", b"", read_headers("Title: A\n\nx"), "Un.\n\n![](a.png)\n", "post")
    new = describe(text, body)

    assert '![](a.png "decorative")' in new
    assert [("pictures without a description are said to decorate; look at them", "a.png", line)] == [(one.what, one.detail, one.line) for one in text.changes]


def test_a_title_that_became_a_description_is_told_apart():
    """It may say who took the picture, and not what it shows."""
    text = Text("a.md", b"", read_headers("Title: A\n\nx"), '![](a.png "Le banc")', "post")
    describe(text, text.body)

    assert [("titles of pictures became their descriptions", "a.png")] == [(one.what, one.detail) for one in text.changes]
