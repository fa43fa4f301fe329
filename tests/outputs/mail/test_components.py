"""What the theme of letters is made of: the same facts in every layout, and light enough for forty of them."""

import re
from dataclasses import replace

import pytest
from tests.outputs.mail.letters import BASE, CONTEST, LETTER, PERSON, POST, SPONSOR, card, french, letter, showcase, templates

from handbill.outputs.mail.compose import html_of
from handbill.outputs.mail.record import Part
from handbill.outputs.mail.template import MOST_SEEN
from handbill.outputs.views import Image, To
from handbill.outputs.words import Words

WELL = Image(f"{BASE}media/puits.png", "Le puits", 1200, 800)
ACCESS = (("step_free_entrance", "yes"), ("adapted_toilet", "yes"), ("hearing_loop", "no"))
EVENT = replace(
    card(place="Atelier Garonne, Bordeaux", calendar=f"{BASE}events/samedi-reparation/event.ics", access=ACCESS, takes="open"),
    address=f"{BASE}events/samedi-reparation/",
    summary="Le deuxième samedi du mois, venez réparer un objet avec nous. Sans rendez-vous, sans adhésion, sans honte.",
)


def html(*cards, part="events", layout="cards", title=""):
    return html_of(replace(LETTER, content=(Part(part, cards, title, layout),)), templates(), french())


def said(made):
    """Return the words of a letter below its head."""
    body = made[made.index("<h2") :]
    return " ".join(re.sub(r"<[^>]*>", " ", re.sub(r"<!--.*?-->", "", body, flags=re.DOTALL)).replace("&nbsp;", " ").split())


def styled(made, element):
    """Return the style of the first element that begins so."""
    return re.search(rf'{element}[^>]* style="([^"]*)"', made)[1]


def attributes(made, element):
    """Return the attributes of the first element that begins so, in whatever order they were written."""
    return set(re.findall(r'[\w-]+="[^"]*"', re.search(rf"{element}[^>]*>", made)[0]))


@pytest.mark.parametrize(
    ("most", "layout", "one"),
    [
        (1500, "cards", EVENT),
        (400, "list", EVENT),
        (3000, "headline", replace(EVENT, picture=WELL)),
        (1500, "cards", replace(CONTEST, summary=EVENT.summary)),
        (400, "list", CONTEST),
        (900, "cards", replace(POST, summary=EVENT.summary)),
        (950, "cards", replace(PERSON, summary=EVENT.summary)),
    ],
)
def test_an_entry_weighs_little_in_each_layout(most, layout, one):
    """A mail of 100,000 bytes is the most that is shown whole, and a card of two columns easily costs 3,500."""
    once, often = (len(html(*(one,) * n, layout=layout).encode("utf-8")) for n in (1, 21))

    assert (often - once) / 20 <= most


def test_forty_cards_with_their_first_sentences_are_shown_whole():
    """So many fit into one letter without an editor having to think of it."""
    assert len(html(*(EVENT,) * 40).encode("utf-8")) <= 80_000


def test_a_row_says_day_title_hours_and_place_and_no_more():
    """It is for months in which much is on."""
    assert "À venir 9 mai Samedi réparation sam. de 14 h à 18 h · Atelier Garonne, Bordeaux Vous recevez" in said(
        html(EVENT, layout="list")
    )


def test_what_matters_most_has_its_whole_picture_all_facts_and_a_button():
    """The page is one tap away, and so is one's own calendar."""
    made = html(replace(EVENT, picture=WELL), layout="headline")

    facts = "samedi 9 mai 2026, de 14 h à 18 h Atelier Garonne, Bordeaux Entrée de plain-pied · Toilettes adaptées"
    assert f"Samedi réparation mai 9 sam. {facts} {EVENT.summary} S’inscrire Ajouter à mon agenda Vous" in said(made)
    assert {'alt="Le puits"', 'width="536"', 'height="357"'} <= attributes(made, '<img class="whole"')
    assert f'href="{EVENT.calendar}"' in made


def test_a_large_entry_that_is_called_off_offers_neither_a_place_nor_a_date_to_note():
    """A button would contradict the word above it."""
    made = html(replace(EVENT, when=replace(EVENT.when, status="cancelled")), layout="headline")

    assert "Annulé" in made
    assert "S’inscrire" not in made
    assert EVENT.calendar not in made


@pytest.mark.parametrize(
    ("expected", "given"), [("Entrée de plain-pied", "yes"), ("de plain-pied : en partie", "partial"), ("plain-pied : non", "no")]
)
def test_whether_there_is_a_step_is_told_whatever_the_answer(expected, given):
    """Who comes on wheels must know before setting out; what nobody has looked at is left to the page."""
    assert expected in said(html(replace(EVENT, access=(("step_free_entrance", given),))))
    assert "plain-pied" not in said(html(replace(EVENT, access=())))


def test_a_report_says_how_many_came():
    """It is what makes others come next time."""
    assert "Bilan 31 personnes sont venues" in said(html(replace(POST, title="Bilan", came=31), part="recaps"))


def test_a_sponsor_is_named_as_one_whatever_the_heading_says():
    """Whoever pays for words in a letter is told from who writes it, by a word and not by a colour."""
    for title in ("", "Notre voisin"):
        made = html(SPONSOR, part="sponsor", title=title)

        assert f"Avec le soutien de {'· Notre voisin ' if title else ''}Menuiserie du Quai Des chutes le vendredi." in said(made)


def test_a_correction_names_the_letter_that_was_wrong():
    """Members may have kept it."""
    issue = replace(POST, kind="issue", title="En avril", number=11, summary="La foire est à 14 h.", picture=None)

    assert "Corrections En avril n° 11 · mercredi 1er avril 2026 La foire est à 14 h." in said(html(issue, part="corrections"))


def test_an_entry_in_another_language_says_so_and_is_read_in_it():
    """A screen reader would read English as if it were French."""
    made = html(card(title="Open evening", lang="en"))

    assert {'lang="en"', 'hreflang="en"'} <= attributes(made, '<a class="title"')
    assert re.search(r'lang="en"[^>]*>English<', made)


def test_the_same_letter_in_another_language_is_one_tap_away():
    """It came to somebody who reads the other one better."""
    made = html_of(letter(others=(To("en", f"{BASE}en/newsletters/mai/"),)), templates(), french())

    assert 2 == len(
        re.findall(rf'<a (?=[^>]*lang="en")(?=[^>]*hreflang="en")(?=[^>]*href="{BASE}en/newsletters/mai/")[^>]*>English</a>', made)
    )


def test_a_bold_link_alone_is_a_button_that_outlook_shows_too():
    """Outlook knows colour and padding on cells alone; all others make the whole cell clickable."""
    made = html_of(letter(body='<p><strong><a href="https://essai.example/x">Je viens</a></strong></p>'), templates(), french())

    assert "background-color:#b5451f" in styled(made, r'<table class="button".*?<td')
    assert re.search(r'<td style="[^"]*"><a href="https://essai\.example/x" style="[^"]*padding:11px 22px[^"]*">Je viens</a></td>', made)
    assert (
        ".button td { padding: 11px 22px !important; }"
        in re.search(r"<!--\[if mso\]><style>(.*?)</style><!\[endif\]-->", made, re.DOTALL)[1]
    )


def test_nothing_of_the_letter_stands_beside_its_preheader_in_an_inbox():
    """ "Read in the browser" is what the first line of most newsletters says there."""
    for preheader in ("Trois ateliers", "x" * 300):
        made = html_of(letter(preheader=preheader), templates(), french())

        shown = re.search(r'<div style="display:none[^"]*">(.*?)</div>', made)[1]
        assert shown.startswith(preheader)
        assert len(shown) - shown.count("\u034f") >= MOST_SEEN
        assert "" == shown[len(preheader) :].replace("\u2007\u034f", "")


@pytest.mark.parametrize(("element", "preheader"), [('<p class="lede ruled"', "Trois ateliers"), ('<h1 class="ruled"', "")])
def test_the_head_ends_with_the_rule_that_its_page_has(element, preheader):
    """A letter and its page are visibly the same sheet."""
    made = html_of(letter(preheader=preheader), templates(), french())

    assert "border-bottom:4px solid #241e19" in styled(made, element)
    assert 1 == made.count("border-bottom:4px solid")


def test_who_is_quoted_and_what_a_picture_shows_stand_apart():
    """The look is that of the page."""
    made = html_of(showcase(), templates(), french())

    assert "font:15px/1.5 -apple-system" in styled(made, '<p class="by"')
    assert "Le puits, en mai.</figcaption>" in made


def test_a_letter_from_right_to_left_is_laid_out_so_as_well():
    """MJML says from left to right wherever it is not told otherwise, and tables and lists follow."""
    made = html_of(showcase(lang="ar"), templates(), Words("ar"))

    assert "direction:ltr" not in made.replace(" ", "")
    assert "direction:rtl" in made.replace(" ", "")
    assert "padding-left:24px" in styled(made, '<td class="side"')


def test_no_line_of_style_is_written_twice_onto_an_element():
    """What is overridden costs its length in each entry, and Outlook takes the first of two."""
    for style in re.findall(r' style="([^"]*)"', html(EVENT, EVENT, EVENT)):
        names = [line.split(":")[0].strip() for line in style.split(";") if line.strip()]
        assert len(names) == len(set(names)), style
