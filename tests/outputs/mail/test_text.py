"""The plain-text part of a letter."""

import html as entities
import re
from dataclasses import replace

import pytest
from tests.outputs.mail.letters import BASE, CARD, CONTEST, LETTER, POST, WHEN, card, french, letter, templates

from handbill.outputs.mail.compose import html_of
from handbill.outputs.mail.fragment import links
from handbill.outputs.mail.record import Part
from handbill.outputs.mail.text import text_of
from handbill.outputs.views import To
from handbill.outputs.words import words_for
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

Samedi 9 mai 2026, de 14 h à 18 h
  Samedi réparation
  Grange, Village
  Venez.
  https://essai.example/events/samedi/

----------------------------------------
""" in text(letter(CARD)).replace("\u00a0", " ")


def test_a_change_is_told_in_words_with_its_reason_and_the_old_date():
    """Plain text has no leaf that could be struck through."""
    said = text(letter(card(status="rescheduled", note="À cause de la fête.", awaited=("2026-05-02T14:00:00+02:00",)))).replace(
        "\u00a0", " "
    )

    assert "[NOUVELLE DATE] Samedi 9 mai 2026, de 14 h à 18 h\n  Samedi réparation\n  À cause de la fête.\n" in said
    assert "D’abord annoncé pour : samedi 2 mai 2026 à 14 h\n" in said
    twice = text(letter(card(status="rescheduled", awaited=("2026-05-02T14:00:00+02:00", "2026-05-03"))))
    assert "annoncé pour : samedi 2 mai 2026 à 14 h / dimanche 3 mai" in " ".join(twice.replace("\u00a0", " ").split())


def test_a_contest_shows_the_time_left():
    """As it was on the day of the letter."""
    assert "\nEncore 12 jours · jusqu’au mardi 19 mai 2026 à minuit" in text(letter(CONTEST, part="contests")).replace("\u00a0", " ")


def addresses(text):
    """Return every address that a mail program would make a link of, found as such programs find them."""
    kept = r"<([a-z]+:[^\s<>]*)>"
    found = set(re.findall(kept, text)) | set(re.findall(r"[a-z]+://[^\s<>]*[^\s<>.,;:!?)»\"'…\]]", re.sub(kept, " ", text)))
    return found | {f"mailto:{one}" for one in re.findall(r"(?<=[\s<(])[\w.+-]+@[\w-]+(?:\.[\w-]+)+", text)}


def led_to(made):
    """Return every address that the HTML leads to, without telephone numbers: those stand in the words."""
    return {
        entities.unescape(link).replace("\n", "").replace(" ", "%20").replace("<", "%3C").replace(">", "%3E")
        for link in links(made)
        if not link.startswith("tel:")
    }


@pytest.mark.parametrize(
    "raw",
    [
        '<p><a href="https://a.example/?x=1&amp;y=2">un</a> <a href="https://b.example/">https://b.example/</a></p>',
        '<p><a href="mailto:c@d.example">c@d.example</a>, <a href="mailto:e@f.example">à elle</a></p>',
        '<p><a href="mailto:g@h.example?subject=Oui%20!">oui</a> <a href="tel:+33536491234">05 36 49 12 34</a></p>',
        '<p><a href="https://image.example/"><img src="/media/a.png" alt=""></a></p>',
        '<p><a href="https://image.example/2"><img src="/media/a.png" alt="Un puits"></a></p>',
        '<p><a href="https://image.example/"><img src="/media/a.png" alt=""></a> <a href="https://image.example/plus">plus</a></p>',
        '<ul><li><a href="/posts/x/">x</a><ul><li><a href="/posts/y/#z">y</a></li></ul></li></ul><h2><a href="/titre/">Titre</a></h2>',
        '<blockquote><p><a href="https://long.example/' + "a" * 90 + '">loin</a></p></blockquote>',
        '<table><tr><th><a href="/a/">a</a></th><td><a href="/b/">b</a></td></tr></table><pre><code><a href="/c/">c</a></code></pre>',
        '<p><a href="https://a.example/a b">espace</a> <a href="https://a.example/⟩x">angle</a></p>',
        '<p>un<a href="https://vide.example/"></a> <a href="https://plus.example/"></a></p>',
        '<p><a href="https://image.example/plus">plus</a><a href="https://image.example/"></a></p>',
        '<p>un<a href="https://signes.example/a&lt;b&gt;⟨c⟩ d"></a></p>',
        '<p><a href="https://fin.example/quoi?">une fin</a> <a href="https://a.example/b\nc">coupé</a></p>',
        "<p>⟨ψ φ⟩ et ⟨note : un mot⟩</p>",
    ],
)
def test_the_text_leads_where_the_html_leads_and_nowhere_else(raw):
    """A reader of the text must not miss what others can follow."""
    said = written(raw)

    made = text_of(said, french())
    html = html_of(said, templates(), french()).replace("⟩", "%E2%9F%A9").replace("⟨", "%E2%9F%A8")
    assert led_to(html) == addresses(made)


def test_a_linked_picture_without_words_stands_at_its_place():
    """Only where nothing at all is linked, the address waits until the end of the text."""
    picture = '<p><a href="https://image.example/"><img src="/media/a.png" alt=""></a></p><p>Fin.</p>'

    assert "\n\n<https://image.example/>\n\nFin.\n" in text(written(picture))
    assert "\n\nun\n\nFin.\n\nAutres liens\n<https://vide.example/>\n\n" in text(
        written('<p>un<a href="https://vide.example/"></a></p><p>Fin.</p>')
    )


def test_every_link_of_the_entries_and_of_the_foot_is_in_the_text():
    """The one to unsubscribe above all."""
    for layout in ("cards", "list", "headline"):
        said = letter(parts=(Part("events", (CARD, POST, CONTEST), "", layout),))

        made = text_of(said, french())
        assert led_to(html_of(said, templates(), french())) == addresses(made)
        assert said.unsubscribe in addresses(made)


def test_a_number_to_call_is_said_once():
    """“05 36 49 12 34 <tel:+33536491234>” is read to the end by nobody; one behind other words is told."""
    assert "Appelez le 05 36 49 12 34.\n" in text(written('<p>Appelez le <a href="tel:+33536491234">05 36 49 12 34</a>.</p>'))
    assert "Appelez-nous <tel:+33536491234>.\n" in text(written('<p><a href="tel:+33536491234">Appelez-nous</a>.</p>'))
    assert "kald 12 34 56 78.\n" in text(written('<p>kald <a href="tel:+4512345678">12 34 56 78</a>.</p>'))
    assert "5678 <tel:+4512345678>" in text(written('<p><a href="tel:+4512345678">poste 5678</a></p>'))
    assert "More" not in text(written('<p><a href="tel:+33536491234">05 36 49 12 34</a></p>'))


def test_a_box_to_write_to_is_an_address_that_can_be_copied():
    """``mailto:`` is for programs; a subject that comes with it is not lost."""
    assert "Autres liens" not in text(written('<p><a href="mailto:e@f.example">e@f.example</a></p>'))
    assert "à elle <e@f.example>" in text(written('<p><a href="mailto:e@f.example">à elle</a></p>'))
    assert "oui <mailto:e@f.example?subject=Oui>" in text(written('<p><a href="mailto:e@f.example?subject=Oui">oui</a></p>'))


def test_what_only_looks_like_an_address_stays_as_it_was_written():
    """Physicists write ⟨ψ φ⟩."""
    assert "⟨ψ φ⟩ et ⟨note : un mot⟩" in text(written("<p>⟨ψ φ⟩ et ⟨note : un mot⟩</p>"))


def test_the_paragraphs_of_a_quotation_stay_together():
    """With a gap between them, the name below it looks like the writer's own words."""
    assert "\n> un\n>\n> deux\n\ntrois\n" in text(written("<blockquote><p>un</p><p>deux</p></blockquote><p>trois</p>"))


def test_headings_have_two_ranks():
    """The line below tells a part from what belongs to it."""
    assert "\nUn\n--\n\nDeux\n~~~~\n\nTrois\n~~~~~\n" in text(written("<h2>Un</h2><h3>Deux</h3><h4>Trois</h4>"))


def test_lines_stay_lines_also_where_no_gap_parts_them():
    """Entries that ran together, or a heading that swallowed them, would read as one."""
    assert "\n\nun\ndeux\n\nDeux\n----\n\n- trois\n- quatre\n\n---" in text(
        letter(body="<p>x</p>", text="un\ndeux\n## Deux\n- trois\n- quatre")
    )


def test_an_entry_of_a_list_is_one_line():
    """The editor asked for a line each."""
    cancelled = card(status="cancelled", title="Dimanche", place="", note="Trop de pluie.")
    said = text(letter(parts=(Part("events", (CARD, cancelled, POST, replace(CONTEST, state="published")), "Ce mois-ci", "list"),))).replace(
        " ", " "
    )

    assert (
        """\
Ce mois-ci
----------

- Samedi 9 mai 2026, de 14 h à 18 h · Samedi réparation · Grange, Village
  <https://essai.example/events/samedi/>
- [ANNULÉ] Date annoncée : samedi 9 mai 2026, de 14 h à 18 h · Dimanche ·
  Trop de pluie. <https://essai.example/events/samedi/>
- Le puits <https://essai.example/posts/puits/>
- [RÉSULTATS CONNUS] Photo du puits
  <https://essai.example/contests/photo/>

"""
        in said
    )


def test_a_large_entry_tells_what_its_picture_shows():
    """The others see it in its whole width."""
    for layout, expected in (("headline", True), ("cards", False)):
        assert expected is ("\nLe puits\n  [Le puits]\n  Venez.\n" in text(letter(parts=(Part("posts", (POST,), "", layout),))))


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        (
            {"state": "open"},
            "Encore 12 jours · jusqu’au mardi 19 mai 2026 à minuit\n  Photo du puits\n  Venez.\n  https://essai.example/contests/photo/\n",
        ),
        (
            {"state": "announced"},
            "[BIENTÔT OUVERT] Vendredi 1er mai 2026\n  Photo du puits\n  Venez.\n  https://essai.example/contests/photo/\n",
        ),
        ({"state": "closed"}, "[CLOS] Photo du puits\n  Venez.\n  https://essai.example/contests/photo/\n"),
        ({"state": "published", "summary": "", "address": ""}, "[RÉSULTATS CONNUS] Photo du puits\n"),
    ],
)
def test_a_contest_says_what_can_be_done_now(changes, expected):
    """Whoever hurries to one that is closed does not come back."""
    assert f"\n{expected}\n" in text(letter(replace(CONTEST, **changes), part="contests")).replace(" ", " ")


def test_further_dates_of_which_the_same_holds_are_told():
    """A series that is called off is told once, with all its dates."""
    said = text(letter(card(status="cancelled", note="Fuite d'eau.", also=(replace(WHEN, starts="2026-05-16T14:00:00+02:00"),))))

    assert "  Samedi réparation\n  Fuite d'eau.\n  De même pour" in said


def test_who_pays_for_words_is_named_as_such_under_any_heading():
    """The law asks for it, and a heading such as “Merci” says it to nobody."""
    sponsor = replace(POST, kind="sponsor", title="Menuiserie du quai", picture=None)

    assert "Avec le soutien de\n------------------\n\nMenuiserie du quai\n" in text(letter(parts=(Part("sponsor", (sponsor,)),)))
    assert "Avec le soutien de · Merci\n--------------------------\n\nMenuiserie" in text(
        letter(parts=(Part("sponsor", (sponsor,), "Merci"),))
    )
    assert "Merci\n-----\n\nLe puits\n" in text(letter(parts=(Part("posts", (POST,), "Merci"),)))


def test_how_one_gets_in_is_told_with_the_place():
    """A step is told before anyone comes; what else is there, where there is room for it."""
    known = (("step_free_entrance", "partial"), ("hearing_loop", "yes"), ("quiet_room", "no"))
    cards, large = (
        text(letter(parts=(Part("events", (card(access=known),), "", layout),))).replace("\u00a0", " ") for layout in ("cards", "headline")
    )

    assert "  Grange, Village · Entrée de plain-pied : en partie\n  Venez.\n" in cards
    assert "  Grange, Village · Entrée de plain-pied : en partie · Boucle magnétique\n  Venez.\n" in large
    steps = text(letter(card(access=(("step_free_entrance", "no"),)))).replace("\u00a0", " ")
    assert "  Grange, Village · Entrée de plain-pied : non\n" in steps
    assert "Grange, Village · Entrée de plain-pied\n" in text(letter(card(access=(("step_free_entrance", "yes"),))))
    assert "Entrée" not in text(letter(card(status="cancelled", access=known)))


def test_where_nobody_should_go_no_place_is_told():
    """Readers in a hurry see the place and set out."""
    assert "Grange" not in text(letter(card(status="cancelled")))
    assert "En ligne" not in text(letter(card(status="postponed", place="")))
    assert "  En ligne\n" in text(letter(card(place="")))


def test_a_large_entry_leads_to_one_s_own_calendar():
    """Unless nothing takes place."""
    calendar = f"{BASE}events/samedi/event.ics"

    assert f"\n  Ajouter à mon agenda\u00a0: <{calendar}>\n" in text(
        letter(parts=(Part("events", (card(calendar=calendar),), "", "headline"),))
    )
    for layout, status in (("cards", "confirmed"), ("headline", "cancelled")):
        assert calendar not in text(letter(parts=(Part("events", (card(calendar=calendar, status=status),), "", layout),)))


def test_reports_corrections_and_people_tell_what_is_theirs():
    """How many came, which number was wrong, what somebody does."""
    report = replace(POST, came=38, number=3, place="Mairie")
    wrong = replace(POST, kind="issue", number=11, title="En avril", published="2026-04-02T18:00:00+02:00", summary="C'était le 12.")
    person = replace(POST, kind="person", title="Inès", roles=("présidente", "bois"), summary="", picture=None)
    english = replace(POST, lang="en", title="The well")
    cards, listed = (
        text(letter(parts=(Part("posts", (report, wrong, person, english), "", layout),))).replace("\u00a0", " ")
        for layout in ("cards", "list")
    )

    assert "Le puits\n  Mairie\n  38 personnes sont venues\n  Venez.\n" in cards
    assert "En avril\n  n° 11 · jeudi 2 avril 2026\n  C'était le 12.\n" in cards
    assert "Inès\n  présidente · bois\n  https" in cards
    assert "The well\n  English\n  Venez.\n" in cards
    assert "- Le puits · Mairie · 38 personnes sont venues <https" in " ".join(listed.split())
    assert "- En avril · C'était le 12. <https" in listed
    assert "- Inès · présidente · bois <https" in listed


def test_an_english_letter_speaks_english():
    """The words in the code are English, and are their own keys."""
    said = text_of(letter(replace(POST, came=38), replace(POST, came=1), lang="en"), words_for("en", ()))

    assert "\n  38 people came\n" in said
    assert "\n  One person came\n" in said
    assert "\nThursday 7 May 2026\n" in said


def test_the_same_letter_in_other_languages_is_named_at_its_head():
    """In the words of those who look for it."""
    english = To("en", f"{BASE}en/newsletters/mai/")

    assert f"newsletters/mai/\n\nEnglish\u00a0:\n{english.address}\n\nBonjour" in text(letter(others=(english,)))


def test_the_foot_says_why_how_to_answer_and_how_to_leave():
    """In this order, and each only where it is true."""
    whole = text().replace(" ", " ").partition("-" * 40)[2]
    bare = text(letter(reply_to="", unsubscribe="", postal_address="")).replace(" ", " ").partition("-" * 40)[2]

    assert (
        """

Vous recevez ce message parce que vous avez demandé à recevoir « La lettre
du village » (Le village). Une réponse à ce message arrive chez des gens.

Se désabonner :
https://lettre.essai.example/adieu/handbill-member-token-0000000000

Toutes les lettres :
https://essai.example/newsletters/

Le village
1 place du Puits, 00000 Village
https://essai.example/
"""
        == whole
    )
    assert "(Le village).\n\nToutes" in bare
    assert bare.endswith("\n\nLe village\nhttps://essai.example/\n")
    assert text(letter(postal_address="Le village, 1 place du Puits")).endswith(
        "/\n\nLe village, 1 place du Puits\nhttps://essai.example/\n"
    )


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
