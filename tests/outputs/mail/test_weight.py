"""What a letter weighs, block by block, and what to leave out."""

from dataclasses import replace

import pytest
from tests.outputs.mail.letters import CARD, POST, french, letter, templates

from handbill.outputs.mail.compose import html_of
from handbill.outputs.mail.message import message_of
from handbill.outputs.mail.record import TOKEN, Part, Prose
from handbill.outputs.mail.weight import MOST, MOST_SENT, MOST_STYLE, MOST_STYLE_EACH, Cut, bill, cuts, style_fault, weight_of


def made(one):
    return html_of(one, templates(), french())


def cards(n, like=CARD, words=12):
    return tuple(replace(like, title=f"Entrée {number}", summary="mot " * words) for number in range(n))


def test_a_letter_weighs_what_it_has_on_its_way():
    """The limit of Gmail is that of what arrives: encoded, with the token of a member in it."""
    one = letter(CARD, body=f"<p>Élan {TOKEN}</p>" * 50)
    html = made(one)
    raw = message_of(one, "x", html)
    sent = raw.partition(b"text/html")[2].partition(b"\r\n\r\n")[2].rpartition(b"\r\n--")[0]

    weight = weight_of(html)
    assert len(html.encode()) == weight.own
    assert abs(len(sent) - weight.sent) <= 4
    assert weight.own < weight.sent


@pytest.mark.parametrize(
    ("fits", "text"),
    [
        (True, "a" * 98_000),
        (False, "a" * (MOST + 1)),
        (False, "a\n" * (MOST // 2 + 1)),
        (False, "é" * (MOST_SENT // 6 + 100)),
        (True, "é" * (MOST_SENT // 7)),
    ],
)
def test_a_letter_fits_or_does_not(fits, text):
    """Letters with accents grow by half on their way, so both sizes have a limit."""
    assert fits == weight_of(text).fits


def test_a_bill_names_each_section_and_each_heading_the_heaviest_first():
    """An editor shortens what is named."""
    one = letter(
        content=(
            Prose("<p>Bonjour.</p><h2>Le <em>banc</em> &amp; moi</h2>" + "<p>Du texte.</p>" * 400 + "<h2>La suite</h2><p>Court.</p>", ""),
            Part("posts", cards(9, POST)),
            Part("events", cards(2), "Ce samedi"),
        )
    )

    found = bill(one, made)
    assert {("", "Le banc & moi"), ("posts", ""), ("events", "Ce samedi"), ("", "La suite"), ("", "")} == {
        (block.name, block.title) for block in found
    }
    assert sorted((block.own for block in found), reverse=True) == [block.own for block in found]
    assert ("", "Le banc & moi") == (found[0].name, found[0].title)
    assert 0 < sum(block.own for block in found) < weight_of(made(one)).own


def test_what_to_leave_out_is_the_least_that_helps():
    """“Without entries 30 to 60 of …” is advice that can be followed; “shorten it” is not."""
    one = letter(content=(Prose("<p>Bonjour.</p>", ""), Part("events", cards(3)), Part("posts", cards(150, POST, 200))))
    assert not weight_of(made(one)).fits

    found = cuts(one, made)
    assert found is not None
    (cut,), weight = found
    assert ("posts", 150) == (cut.name, cut.last)
    assert weight.fits
    assert 1 < cut.first
    # With one entry more it is too heavy again.
    parts = (*one.content[:2], Part("posts", one.content[2].cards[: cut.first]))
    assert not weight_of(made(replace(one, content=parts))).fits


def test_changes_are_never_left_out():
    """Whoever is not told comes in vain."""
    one = letter(content=(Prose("<p>Bonjour.</p>", ""), Part("changes", cards(150, CARD, 200)), Part("events", cards(3))))

    assert cuts(one, made) is None or all(cut.name != "changes" for cut in cuts(one, made)[0])


def test_a_text_is_cut_where_sections_do_not_suffice():
    """Then it belongs into a post, with a link."""
    one = letter(content=(Prose("<p>Bonjour.</p><h2>Long</h2>" + "<p>Du texte.</p>" * 3000, ""), Part("events", cards(2))))

    assert Cut("", "Long", 0, 0) in cuts(one, made)[0]


def test_our_own_letters_keep_to_the_limits_of_styles():
    """Gmail would drop dark colours and the form for telephones, and nobody here would see it."""
    assert ("", 0) == style_fault(made(letter(CARD, POST)))


@pytest.mark.parametrize(
    ("expected", "html"),
    [
        (("each", MOST_STYLE_EACH + 1), f"<style>{'p' * (MOST_STYLE_EACH + 1)}</style>"),
        (("all", MOST_STYLE + 3), f"<style>{'p' * 4001}</style>" * 3),
        (("nested", 1), "<style>@media screen { @supports (a: b) { p { c: d } } }</style>"),
        (("nested", 2), "<style>@media screen { @media x { p { c: d } } } p { } @media print { @page { } }</style>"),
        (("", 0), "<style>@media screen { p { c: d } } @media x { } p::after { content: '@{'; } /* @media { @x */</style>"),
        (("", 0), f"<!--[if mso]><style>{'p' * 9000} @a {{ @b }}</style><![endif]-->"),
    ],
)
def test_styles_that_gmail_leaves_out_are_found(expected, html):
    """Sizes and nesting, as far as Gmail looks."""
    assert expected == style_fault(html)
