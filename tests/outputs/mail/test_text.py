"""The plain-text part of a letter."""

import html as entities
import re

import pytest
from tests.outputs.mail.letters import BASE, CARD, CONTEST, LETTER, POST, card, french, letter, templates

from handbill.outputs.mail.compose import html_of
from handbill.outputs.mail.fragment import links
from handbill.outputs.mail.text import text_of
from handbill.reading.body import read_body


def text(said=LETTER):
    return text_of(said, french())


def written(raw, **changes):
    """Return a letter whose body is this HTML, read as the body of a file is."""
    body = read_body(raw, "fr").body
    whole = lambda address: BASE + address.lstrip("/") if address.startswith("/") else address  # noqa: E731
    (piece,) = body.pieces(whole)
    return letter(body=piece.html, text=piece.text, **changes)


def test_it_can_be_read_on_its_own():
    """Some members read nothing else, and every filter against junk compares it with the HTML."""
    assert """\
Le village
La lettre du village, n° 12
jeudi 7 mai 2026

En mai, on répare dehors
========================

Trois ateliers, un concours

Lire dans le navigateur :
https://essai.example/newsletters/mai/

Bonjour à vous <https://ailleurs.example/>.

À venir
-------

* Samedi réparation
  samedi 9 mai 2026, de 14 h à 18 h
  Grange, Village
  Venez.
  https://essai.example/events/samedi/

----------------------------------------
""" in text(letter(CARD)).replace("\u00a0", " ")


def test_a_change_is_told_in_words_with_its_reason_and_the_old_date():
    """Plain text has no leaf that could be struck through."""
    said = text(letter(card(status="rescheduled", note="À cause de la fête.", awaited=("2026-05-02T14:00:00+02:00",)))).replace("\u00a0", " ")

    assert "* Samedi réparation\n  [NOUVELLE DATE] À cause de la fête.\n  samedi 9 mai 2026, de 14 h à 18 h\n" in said
    assert "D’abord annoncé pour : samedi 2 mai 2026 à 14 h" in said


def test_a_contest_shows_the_time_left():
    """As it was on the day of the letter."""
    assert "encore 12 jours · jusqu’au mardi 19 mai 2026 à minuit" in text(letter(CONTEST, part="contests")).replace("\u00a0", " ")


@pytest.mark.parametrize(
    "raw",
    [
        '<p><a href="https://a.example/?x=1&amp;y=2">un</a> <a href="https://b.example/">https://b.example/</a></p>',
        '<p><a href="mailto:c@d.example">c@d.example</a></p>',
        '<p><a href="https://image.example/"><img src="/media/a.png" alt=""></a></p>',
        '<p><a href="https://image.example/2"><img src="/media/a.png" alt="Un puits"></a></p>',
        '<ul><li><a href="/posts/x/">x</a><ul><li><a href="/posts/y/#z">y</a></li></ul></li></ul><h2><a href="/titre/">Titre</a></h2>',
        '<blockquote><p><a href="https://long.example/' + "a" * 90 + '">loin</a></p></blockquote>',
        '<table><tr><th><a href="/a/">a</a></th><td><a href="/b/">b</a></td></tr></table><pre><code><a href="/c/">c</a></code></pre>',
    ],
)
def test_every_link_of_the_html_is_in_the_text(raw):
    """A reader of the text must not miss what others can follow."""
    said = written(raw)

    made = text_of(said, french())
    for link in links(html_of(said, templates(), french())):
        assert entities.unescape(link) in made, link


def test_every_link_of_the_entries_and_of_the_foot_is_in_the_text():
    """The one to unsubscribe above all."""
    said = letter(CARD, POST, CONTEST)

    made = text_of(said, french())
    for link in links(html_of(said, templates(), french())):
        assert f"\n{link}\n" in made or f"  {link}\n" in made or f"<{link}>" in made, link


def test_lines_fit_except_for_addresses():
    """Some programs break longer lines at odd places."""
    long = "Une phrase qui ne finit pas : " + "des mots encore et encore, " * 20
    said = written(
        f"<p>{long}</p><h2>{long}</h2><ul><li>{long}<ul><li>{long}</li></ul></li></ul><blockquote><p>{long}</p></blockquote>"
        f'<p>{"字" * 200}</p><p>{"a" * 200}</p><p><a href="https://long.example/{"b" * 120}">x</a></p><pre>{"code " * 30}</pre>',
        title=long, preheader=long, postal_address=long,
    )  # fmt: skip

    for line in text_of(said, french()).split("\n"):
        assert len(line) <= 78 or re.fullmatch(r"<?https://\S+>?", line), line


def test_wrapped_entries_and_quotes_keep_their_margin():
    """Without it the second line of an entry looks like a paragraph."""
    said = written(f"<ul><li>{'mot ' * 30}</li></ul><blockquote><p>{'cité ' * 30}</p></blockquote><ol><li>{'un ' * 40}</li></ol>")

    made = text_of(said, french())
    assert "\n- mot mot" in made
    assert "mot\n  mot" in made
    assert "cité\n> cité" in made
    assert "un\n   un" in made


def test_a_line_never_begins_with_a_sign_that_french_sets_apart():
    """It would look like an accident."""
    said = written("<p>" + "Encore une question ? Oui ! Mais « laquelle » ; " * 30 + "</p>")

    for line in text_of(said, french()).split("\n"):
        assert not re.match(r"[?!;»]", line), line


def test_there_are_never_two_empty_lines_together():
    """Gaps look like something was lost."""
    for said in (LETTER, letter(body="", text=""), letter(preheader="", postal_address="", unsubscribe=""), letter(CARD, POST)):
        made = text(said)

        assert "\n\n\n" not in made
        assert made.endswith("\n")
        assert not made.endswith("\n\n")
        assert not re.search(r"[ \t]\n", made)
