"""The HTML part of a letter."""

import re
from html.parser import HTMLParser

import pytest
from tests.outputs.mail.letters import CARD, CONTEST, LETTER, POST, card, french, letter, showcase, templates, theme_files

from handbill.outputs.mail.compose import fetched, html_of, plain_values
from handbill.outputs.mail.fault import ThemeFault
from handbill.outputs.words import Words


def html(said=LETTER, **files):
    return html_of(said, templates(**files), french())


class Seen(HTMLParser):
    """The words that a reader sees, in their order, and the elements with their attributes."""

    def __init__(self, source):
        super().__init__()
        self.words, self.elements, self._hidden = [], [], 0
        self.feed(source)

    def handle_starttag(self, tag, attributes):
        self.elements.append((tag, dict(attributes)))
        self._hidden += tag in ("style", "title")

    def handle_endtag(self, tag):
        self._hidden -= tag in ("style", "title")

    def handle_data(self, text):
        self.words += [] if self._hidden else text.split()


def test_words_come_out_as_they_went_in():
    """Left to itself the renderer makes "<b>a</b>⏎<code>b</code>" one word and "pre" one line."""
    body = "<p><b>un</b>\n<code>deux</code>\n<i>trois</i></p><pre><code>a = 1\n<span>b</span>\n  c = 2\n</code></pre>"

    made = html(letter(body=body))

    said = Seen(made).words
    assert ["deux", "trois", "a", "=", "1", "b", "c", "=", "2"] == said[said.index("deux") :][:9]
    assert "a = 1\n<span>b</span>\n  c = 2\n" in made


def test_deep_nesting_does_not_end_the_process():
    """20,000 levels killed the renderer with signal 11; reading allows a hundred."""
    deep = "<blockquote>" * 100 + "fond" + "</blockquote>" * 100

    assert "fond" in html(letter(body=deep))


def test_a_text_cannot_leave_its_place():
    """Pasted into MJML, this would close the text and open a raw element."""
    made = html(letter(title="</mj-text><mj-raw><script>alert(1)</script></mj-raw>", body="<p>&lt;/mj-text&gt;&lt;mj-raw&gt;</p>"))

    assert "<script" not in made
    assert "<mj-" not in made
    assert "&lt;/mj-text&gt;" in made


def test_a_letter_says_who_writes_what_number_and_when():
    """This is the head that the page of the letter has too."""
    said = " ".join(Seen(html()).words)

    assert "La lettre du village n° 12 jeudi 7 mai 2026 En mai, on répare dehors Trois ateliers, un concours Bonjour à vous" in said
    assert "1 place du Puits, 00000 Village" in said
    assert f'href="{LETTER.unsubscribe}"' in html()
    assert f'href="{LETTER.address}"' in html()


def test_without_an_unsubscribe_address_no_link_promises_one():
    """A dead link at this place is worse than none."""
    assert "Se désabonner" not in html(letter(unsubscribe=""))


def test_a_date_is_a_leaf_and_a_sentence():
    """The leaf is for the eye and hidden from screen readers, which read the sentence."""
    made = html(letter(CARD))

    said = " ".join(Seen(made).words)
    assert "mai 9 sam. Samedi réparation samedi 9 mai 2026, de 14 h à 18 h Grange, Village Venez." in said
    assert re.search(r'<table class="leaf"[^>]* aria-hidden="true"', made)


@pytest.mark.parametrize(
    ("word", "status"),
    [("Annulé", "cancelled"), ("Reporté", "postponed"), ("En ligne désormais", "moved_online"), ("À confirmer", "tentative")],
)
def test_a_change_is_told_in_words_with_its_reason(word, status):
    """Colour alone tells nothing to one reader in twelve."""
    said = " ".join(Seen(html(letter(card(status=status, note="La salle est inondée.")))).words)

    assert f"Samedi réparation {word} La salle est inondée." in said


def test_a_new_date_keeps_the_old_one_visible():
    """Members have the old one in their diaries."""
    said = " ".join(Seen(html(letter(card(status="rescheduled", awaited=("2026-05-02T14:00:00+02:00",))))).words)

    assert "Nouvelle date" in said
    assert "D’abord annoncé pour : samedi 2 mai 2026 à 14 h" in said


def test_a_contest_shows_the_time_left():
    """As it was on the day of the letter; on the leaf, which is seen first, stands what stays true."""
    said = " ".join(Seen(html(letter(CONTEST, part="contests"))).words)

    assert "jusqu’au 19 mai Photo du puits encore 12 jours · jusqu’au mardi 19 mai 2026 à minuit" in said


def test_pictures_come_from_the_hub_and_fit():
    """Width and height are there, so nothing jumps; the picture of an entry decorates its title."""
    pictures = [attributes for tag, attributes in Seen(html(letter(POST, part="posts"))).elements if tag == "img"]

    assert [("https://essai.example/media/puits.png", "116", "77", "")] == [(p["src"], p["width"], p["height"], p["alt"]) for p in pictures]


def test_every_picture_has_an_alternative_text_and_no_layout_table_poses_as_data():
    """Screen readers would read out file names, and count rows and columns."""
    made = Seen(html(letter(CARD, body='<p><img src="https://essai.example/a.png" alt="Un puits"></p>')))

    assert all("alt" in attributes for tag, attributes in made.elements if tag == "img")
    assert all(attributes.get("role") == "presentation" for tag, attributes in made.elements if tag == "table")


def test_opening_a_letter_asks_nobody_else_for_anything():
    """No pixel, no font, no style sheet: who reads a letter is nobody's business."""
    made = html(letter(CARD, POST, body='<p><a href="https://ailleurs.example/">x</a> &lt;img src="https://x.example/"&gt;</p>'))

    assert all(address.startswith(LETTER.base) for address in fetched(made))
    assert "@import" not in made


@pytest.mark.parametrize(
    ("html", "asked"),
    [
        ('<img alt="a > b" src="x">', ["x"]),
        ('<p title="<style>p{background:url(x)}</style>" aria-label="<img src=y>">&lt;div style="background:url(z)"&gt;</p>', []),
        ('<style>p{background:url("x")}</style><td background="y" style="background: url(z)"></td>', ["x", "y", "z"]),
        ('<!--[if mso]><v:image src="x"></v:image><![endif]--><link href="https://y.example/">', ["x", "https://y.example/"]),
    ],
)
def test_what_a_text_says_of_a_tag_is_none(html, asked):
    """A title that spoke of a style sheet kept the whole letter from being made, and the theme was blamed."""
    assert asked == fetched(html)
    assert asked == fetched(plain_values(html))


def test_no_value_holds_a_sign_of_a_tag():
    """Mail programs take HTML apart in their own ways; none has anything to find there."""
    made = plain_values('<p aria-label="<style>x</style>" title="a > b">a</p><img alt="&lt;">')

    assert '<p aria-label="&lt;style&gt;x&lt;/style&gt;" title="a &gt; b">a</p><img alt="&lt;">' == made


@pytest.mark.parametrize(
    "foreign",
    [
        '<mj-image src="https://pixel.example/a.png" />',
        '<mj-text><p style="background:url(https://pixel.example/a.png)">x</p></mj-text>',
        '<mj-text><table background="https://pixel.example/a.png"><tr><td>x</td></tr></table></mj-text>',
        '<mj-raw><tr><td><object data="https://pixel.example/a.svg"></object></td></tr></mj-raw>',
    ],
)
def test_a_theme_that_would_call_a_third_party_is_refused(foreign):
    """Such a line is easily copied from another community's theme."""
    frame = f"<mjml><mj-body><mj-section><mj-column>{foreign}</mj-column></mj-section></mj-body></mjml>"

    with pytest.raises(ThemeFault, match="pixel"):
        html(letter_mjml=frame)


def test_the_style_blocks_stay_below_what_gmail_takes():
    """Beyond 16 KB, or with a rule with @ inside another, Gmail drops them all."""
    blocks = re.findall(r"<style[^>]*>(.*?)</style>", html(letter(CARD, CONTEST, POST)), re.DOTALL)

    assert sum(map(len, blocks)) <= 12_288
    assert max(map(len, blocks)) <= 8_192
    for block in blocks:
        assert not re.search(r"@[^{}]*{[^{}]*({[^{}]*}[^{}]*)*@", block)


def test_every_rule_of_the_theme_reaches_something():
    """Dark screens would show ink on ink if a class were renamed in one file only."""
    known = set(re.findall(r'class="([^"]*)"', html(showcase())))
    classes = {one for group in known for one in group.split()}
    # What the other dialect writes, and what only letters of some state have.
    written = {"admonition", "admonition-title", "align-center", "mark-quiet"}

    made = templates()
    rules = made.styles + made.head + made.outlook
    for name in set(re.findall(r"\.([a-z][\w-]*)", re.sub(r"{[^}]*}", "{}", rules))):
        assert name in classes | written, name


def test_from_right_to_left_the_letter_turns_around():
    """The language decides, not the theme."""
    made = html_of(letter(lang="ar"), templates(), Words("ar"))

    assert made.count('lang="ar" dir="rtl"') == 2
    assert "text-align:right" in made.replace(" ", "")


def test_a_letter_of_forty_entries_is_not_cut_off():
    """Gmail hides what comes after about 102 KB."""
    entry = "Un rendez-vous au titre assez long", "Deux phrases de résumé, comme on en écrit d'habitude. Elles tiennent en deux lignes."
    many = [card(title=entry[0], summary=entry[1]) for _ in range(40)]

    assert len(html(letter(*many)).encode("utf-8")) <= 80_000


def test_a_flaw_of_the_frame_is_told_by_the_line_that_wrote_it():
    """Somebody who changes the theme has letter.mjml before them, not what came out of it."""
    frame = theme_files()["letter.mjml"]
    line = frame[: frame.index("<mj-body")].count("\n") + 1

    with pytest.raises(
        ThemeFault, match=rf"^theme/mail/letter\.mjml:{line}: found colour, which <mj-body> does not have, wanted one of its own"
    ):
        html(letter_mjml=frame.replace("<mj-body", '<mj-body colour="red"'))
