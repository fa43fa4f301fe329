"""Paragraphs that are more than text."""

import pytest

from handbill.outputs.paragraphs import MOST_SIGNS, set_apart


def told(html):
    return set_apart(html, lambda attributes, label: f"[{attributes}|{label}]")


def test_a_paragraph_of_one_bold_link_is_a_button():
    """An editor writes **[I am coming](…)**, which is plain Markdown wherever nobody knows of buttons."""
    assert '<p>a</p>\n[href="x" rel="y"|Je <em>viens</em>]' == told(
        '<p>a</p>\n<p><strong><a href="x" rel="y">Je <em>viens</em></a></strong></p>'
    )


@pytest.mark.parametrize(
    "html",
    [
        '<p>Oui : <strong><a href="x">a</a></strong></p>',
        '<p><strong><a href="x">a</a>.</strong></p>',
        '<p><strong><a href="x">a</a> <a href="y">b</a></strong></p>',
        '<p><strong><a href="x">a</a></strong> <strong><a href="y">b</a></strong></p>',
        '<p><a href="x"><strong>a</strong></a></p>',
        '<p><strong><a href="x"><img src="a.png" alt="b"></a></strong></p>',
        f'<p><strong><a href="x">{"a" * (MOST_SIGNS + 1)}</a></strong></p>',
        '<li><strong><a href="x">a</a></strong></li>',
    ],
)
def test_a_bold_link_in_a_sentence_stays_in_it(html):
    """What is read must not be torn out, and a sentence is no button."""
    assert html == told(html)


def test_two_buttons_in_a_row_are_two():
    """Each is a paragraph of its own."""
    assert '[href="x"|a]\n[href="y"|b]' == told('<p><strong><a href="x">a</a></strong></p>\n<p><strong><a href="y">b</a></strong></p>')


@pytest.mark.parametrize(("before", "after"), [("", ""), ('<a href="x">', "</a>")])
def test_the_title_of_a_picture_that_stands_alone_is_its_caption(before, after):
    """It would show for those alone who rest a mouse on it, and in no mail."""
    html = told(f'<p>{before}<img src="a.png" alt="Un puits" title="Le puits, en mai" width="3">{after}</p>')

    picture = f'{before}<img src="a.png" alt="Un puits" width="3">{after}'
    assert f'<figure class="picture">{picture}<figcaption>Le puits, en mai</figcaption></figure>' == html


@pytest.mark.parametrize(
    "html",
    [
        '<p><img src="a.png" alt="b"></p>',
        '<p><img src="a.png" alt="b" title=" "></p>',
        '<p>Voir <img src="a.png" alt="b" title="c"></p>',
        '<p><img src="a.png" alt="b" title="c"><img src="a.png" alt="b"></p>',
    ],
)
def test_other_pictures_stay_where_they_are(html):
    """A picture in a line is a part of its sentence."""
    assert html == told(html)


@pytest.mark.parametrize(
    "written",
    [
        "<blockquote>\n<p>De l’eau.</p>\n<p>— Odile</p>\n</blockquote>",
        "<blockquote>\n<p>De l’eau.<br>\n— Odile</p>\n</blockquote>",
        "<blockquote>\n<p>De l’eau.\n— Odile</p>\n</blockquote>",
    ],
)
def test_the_name_under_a_quotation_is_told_apart(written):
    """Whether the editor left a line between them or not."""
    assert '<blockquote>\n<p>De l’eau.</p>\n<p class="by">— Odile</p></blockquote>' == told(written).replace("</p><p", "</p>\n<p")


@pytest.mark.parametrize(
    "html",
    [
        "<p>— Odile</p>",
        "<blockquote><p>— Bonjour.</p><p>Il partit.</p></blockquote>",
        "<blockquote><p><em>De l’eau\n— partout</em></p></blockquote>",
    ],
)
def test_a_dash_elsewhere_is_a_dash(html):
    """Dialogues begin with one too."""
    assert html == told(html)
