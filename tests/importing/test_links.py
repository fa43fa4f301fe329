"""Links are found where they are written, and changed without touching anything else."""

from __future__ import annotations

from time import process_time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from handbill.importing.links import Place, links_in, rewrite, strip_marks

PIECE = st.sampled_from(
    ["[a](x.md)", "![", "](", "`", "```\n", "[r]", "[r]: x\n", "\n\n", "    ", "<a href='x'>", "<!--", "-->", "é ", "\\", "<", "\r\n", "| "]
)


def targets(text: str) -> list[str]:
    return [place.target for place in links_in(text)]


@pytest.mark.parametrize(
    ("text", "target", "new", "words"),
    [
        ("a [b](x.md) c", "x.md", "a [b](N) c", "a b c"),
        ('a [b](x.md "t(1)") c', "x.md", 'a [b](N "t(1)") c', "a b c"),
        ("a [b *c*](<x y.md>) d", "x y.md", "a [b *c*](N) d", "a b *c* d"),
        ("[b](x_(1).md)", "x_(1).md", "[b](N)", "b"),
        ("[b](\n  x.md\n)", "x.md", "[b](N)".replace("N", "\n  N\n"), "b"),
        ("![b](x.png) c", "x.png", "![b](N) c", "b c"),
        ("[b]({filename}/x y.md)", "{filename}/x y.md", "[b](N)", "b"),
        ('[b](|filename|x (1).md "t")', "|filename|x (1).md", '[b](N "t")', "b"),
        ("[b [c] d](x.md)", "x.md", "[b [c] d](N)", "b [c] d"),
        ("[b\\]](x.md)", "x.md", "[b\\]](N)", "b\\]"),
        ("[b `]` c](x.md)", "x.md", "[b `]` c](N)", "b `]` c"),
        ("[b][r] c\n\n[r]: x.md\n", "x.md", "[b][r] c\n\n[r]: N\n", "b c\n\n"),
        ('[b][] [B] ![c][b]\n\n[b]: x.md "t"', "x.md", '[b][] [B] ![c][b]\n\n[b]: N "t"', "b B c\n\n"),
        ("[b][r\nr]\n\n[R r]: <x y.md>", "x y.md", "[b][r\nr]\n\n[R r]: N", "b\n\n"),
        ('<a id="1" href="x.md">b</a>', "x.md", '<a id="1" href="N">b</a>', '<a id="1">b</a>'),
        ("<A HREF = 'x.md&amp;y'>b</A>", "x.md&y", '<A HREF = "N">b</A>', "<A>b</A>"),
        ("<img alt='b &lt; c' src=x.png>", "x.png", "<img alt='b &lt; c' src=\"N\">", "b &lt; c"),
    ],
)
def test_each_way_of_writing_a_link_is_found_changed_and_reduced_to_its_words(text, target, new, words):
    assert [target] == targets(text)
    assert new == rewrite(text, lambda _: "N")
    assert words == rewrite(text, lambda _: "")
    assert text == rewrite(text, lambda _: None)


def test_a_link_around_a_picture_can_go_without_it_and_the_other_way_round():
    text = "[![alt](in.png)](out.md)"

    assert "![alt](in.png)" == rewrite(text, lambda place: "" if place.target == "out.md" else None)
    assert "[alt](out.md)" == rewrite(text, lambda place: "" if place.target == "in.png" else None)
    assert "alt" == rewrite(text, lambda _: "")


@pytest.mark.parametrize(
    "text",
    [
        *("`[a](x.md)`", "```\n[a](x.md)\n```", "    [a](x.md)", "\\[a](x.md)", "a](x.md)", "<!-- [a](x.md) -->"),
        *("[^1]: x.md", "[a] (x.md)", "<abbr title='x'>"),
    ],
)
def test_what_is_no_link_is_left_alone(text):
    assert [] == targets(text)
    assert text == rewrite(text, lambda _: "N")


def test_links_know_their_line_and_whether_they_show_a_picture():
    expected = (Place("a.md", 1, False), Place("b.png", 3, True), Place("c.png", 5, True))

    assert expected == links_in("[a](a.md)\n\n![b](b.png) ![][c]\n\n[c]: c.png")


@settings(max_examples=300, deadline=None)
@given(st.lists(PIECE, max_size=25).map("".join))
def test_a_text_whose_links_stay_is_the_same_text(text):
    assert text == rewrite(text, lambda _: None)
    changed = rewrite(text, lambda _: "")
    assert len(changed) <= len(text)


@pytest.mark.parametrize(
    "part", ["](", "[a](b) ", "[a]: b\n", "[a](<b", '<img src="a">', "[a][b]", "]({filename}", "[a] [b]: c\n", '](" ', "<a href='"]
)
def test_time_grows_with_the_length(part):
    times = []
    for count in (2_000, 16_000):
        start = process_time()
        rewrite(part * count, lambda _: "")
        times.append(process_time() - start)

    assert times[1] < max(0.5, times[0] * 8 * 4)


def test_marks_of_the_end_of_a_summary_go_with_their_line():
    assert ("One.\n\n\nTwo.", "One.\n\n", 3) == strip_marks("One.\n\n<!-- more -->\n\nTwo.")
    assert ("One.  Two.", "One. ", 1) == strip_marks("One. <!-- PELICAN_END_SUMMARY --> Two.")
    assert ("One.\r\nTwo.", "One.\r\n", 2) == strip_marks("One.\r\nPELICAN_END_SUMMARY\r\nTwo.")


@pytest.mark.parametrize(
    "text", ["One.\n\nTwo.", "`<!-- more -->`", "```\n<!-- more -->\n```", "    <!-- more -->", "<!-- more or less -->"]
)
def test_a_text_without_such_a_mark_stays(text):
    assert (text, "", 0) == strip_marks(text)
