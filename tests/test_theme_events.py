"""What the page of an event says in each of its states, and what lists say of them: the hub of all states, rendered."""

from __future__ import annotations

import re
from dataclasses import replace
from html import unescape

import pytest
from jinja2 import Environment
from tests.outputs.told_pages import STATES, told_pages
from tests.test_theme_pages import EVENT, SIGNUP, VIEWS, environment, item, render, shell

__all__ = ["environment"]

NOON = "2026-05-15 12:00"


def page(environment: Environment, address: str, as_of: str = NOON) -> str:
    """Return a page of the hub of all states."""
    view, _ = told_pages(STATES, as_of)[address]
    return render(environment, view.page.template.removesuffix(".html"), view, replace(shell(), zone="Europe/Paris"))


def said(html: str) -> str:
    """Return what a reader sees of it without script: no element that is hidden, plain spaces."""
    seen = re.sub(r"<(\w+)[^>]* hidden\b[^>]*>.*?</\1>", "", html, flags=re.DOTALL)
    return " ".join(unescape(re.sub(r"<[^>]+>", " ", seen)).split())


@pytest.mark.parametrize(
    ("address", "wanted", "unwanted"),
    [
        ("inscriptions-bientot", ["Les inscriptions ouvrent le lundi 1er juin 2026 à 9 h"], ["S’inscrire", "sont closes"]),
        ("derniers-jours", ["Clôture proche", "S’inscrire", "Il reste 3 places", "jusqu’au dimanche 17 mai 2026 à 18 h", "5 €, matériel compris"], ["Complet"]),
        ("liste-d-attente", ["Liste d’attente", "Toutes les places sont prises.", "Rejoindre la liste d’attente"], ["Il reste", "S’inscrire"]),
        ("complet", ["Complet", "Toutes les places sont prises."], ["S’inscrire", "Rejoindre la liste"]),
        ("inscriptions-closes", ["Inscriptions closes", "Les inscriptions sont closes."], ["S’inscrire"]),
        ("a-venir", ["Sans inscription : venez, tout simplement."], ["S’inscrire"]),
        ("liste-d-attente", ["Pour qui débutantes et débutants · enfants à partir de 8 ans", "Langues parlées Français , Português", "Avec le soutien de", "Règles Règles"], []),
        ("adresse-retenue", ["L’adresse de connexion est donnée aux personnes inscrites.", "Heure de Paris (UTC+2)"], ["Rejoindre à distance"]),
        ("mixte", ["Rejoindre à distance", "Heure de Paris (UTC+2)", "Gratuit"], ["L’adresse de connexion"]),
        ("passe", ["31 personnes sont venues, dont 12 pour la première fois et 9 sans inscription.", "24 personnes étaient inscrites.", "C’était comment"], ["Ajouter à mon agenda", "Sans inscription : venez"]),
        ("annule", ["Annulé", "Corriger mon agenda"], ["Google", "Sans inscription : venez"]),
        ("reporte", ["Reporté", "La nouvelle date sera indiquée ici."], ["Google"]),
        ("deplace", ["Nouvelle date", "D’abord annoncé pour : samedi 30 mai 2026"], []),
        ("incertain", ["À confirmer"], []),
        ("ailleurs", ["Décalage sur place : UTC−4", "À Paris : samedi 11 juillet 2026, de minuit à 2 h"], []),
    ],
)  # fmt: skip
def test_each_state_says_what_holds_for_who_wants_to_come(environment, address, wanted, unwanted):
    """A button that leads to a closed form, and a silence that is taken for “just come”, both cost somebody an evening."""
    shown = said(page(environment, f"/events/{address}/"))

    assert [] == [one for one in wanted if one not in shown]
    assert [] == [one for one in unwanted if one in shown]


def test_an_old_date_is_struck_out_and_a_date_that_is_off_too(environment):
    """Who noted the second of June must find it, and find that it holds no more."""
    html = page(environment, "/events/chaque-mardi/")
    struck = [said(one) for one in re.findall(r"<s>(.*?)</s>", html, re.DOTALL)]

    assert "mardi 26 mai 2026, de 19 h à 21 h" in struck
    assert "mardi 2 juin 2026 à 19 h" in struck
    assert not [one for one in struck if "mercredi 3 juin" in one]


def test_each_date_of_a_series_that_takes_place_can_be_added_alone(environment):
    """The file above holds them all; those who come once want one."""
    html = page(environment, "/events/chaque-mardi/")
    dates = re.findall(r"<li><span class=\"leaf.*?</div></li>", html, re.DOTALL)

    assert 8 == len(dates)
    assert [3, 0, 3, 3, 3, 3, 3, 3] == [one.count('rel="noreferrer nofollow"') for one in dates]
    assert "Ajouter cette date seule (mardi 19 mai 2026)" in said(dates[0]).replace(" )", ")").replace("( ", "(")


@pytest.mark.parametrize(
    ("address", "mark"),
    [
        ("derniers-jours", "Clôture proche"),
        ("liste-d-attente", "Liste d’attente"),
        ("complet", "Complet"),
        ("inscriptions-closes", "Inscriptions closes"),
    ],
)
def test_the_agenda_has_the_mark_that_the_page_has(environment, address, mark):
    """Nobody should open four pages to find one with a place left."""
    row = re.search(
        rf'<article class="row"(?:(?!</article>).)*href="[^"]*/events/{address}/".*?</article>', page(environment, "/events/"), re.DOTALL
    )

    assert row
    assert mark in said(row[0])
    assert mark in said(page(environment, f"/events/{address}/"))


def test_what_opens_or_closes_between_two_builds_is_in_the_page_already(environment):
    """Signing up opens at nine, and the hub is built at midnight."""
    html = page(environment, "/events/inscriptions-bientot/")

    assert '<p data-until="2026-06-01T09:00:00+02:00">' in html
    assert '<div hidden data-from="2026-06-01T09:00:00+02:00" data-until="2026-06-19T18:00:00+02:00">' in html
    assert '<p hidden data-from="2026-06-19T18:00:00+02:00">Les inscriptions sont closes.</p>' in html


def test_the_links_of_an_address_are_escaped_and_tell_nobody_where_one_comes_from(environment):
    """An “&” in an attribute is an entity; the page's address is nobody's business before one has decided."""
    html = render(environment, "event", VIEWS["an event to take over"][1])

    assert '<a href="https://calendar.example/?a=1&amp;b=2" rel="noreferrer nofollow">' in html
    assert "mènent à des entreprises" in said(html)


def test_an_event_without_a_link_says_at_least_that_one_can_sign_up(environment):
    """Some are signed up for at the counter."""
    view = item(EVENT, VIEWS["a bare event"][1].facts | {"registration": SIGNUP | {"url": ""}})

    assert "Les inscriptions sont ouvertes." in said(render(environment, "event", view))
