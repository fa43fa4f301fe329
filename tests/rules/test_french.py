"""The French rules: who organises, when, who may enter and how, and what is won (`test_text.py` has what both languages share)."""

from __future__ import annotations

import pytest
from tests.rules.sample import DRAW, a_hub, an_edition, load

from handbill.rules.contract import contract_of
from handbill.rules.french import french


def rules(tmp_path, **more):
    item, settings = load(a_hub(tmp_path, DRAW, **more))
    return french(contract_of(item, settings), an_edition()).replace("\xa0", " ").replace("\u202f", " ")


def test_the_first_thing_said_is_that_it_is_a_model(tmp_path):
    """Whoever takes it for a lawyer's work is left alone with the consequences."""
    text = rules(tmp_path)

    assert text.startswith("# Règlement du concours « Été photo : l’objet réparé »\n\n> **Texte établi d’après un modèle.**")
    assert "Version 1, annoncée le jeudi 14 mai 2026 à 10 h. Identifiant du concours : `ete-photo`." in text


def test_the_dates_are_in_full_with_their_zone(tmp_path):
    """Half of all questions to organisers are about the last day."""
    text = rules(tmp_path)

    assert "- Clôture des participations : mardi 30 juin 2026 à minuit (fin de cette journée)" in text
    assert "- Tirage au sort : vendredi 3 juillet 2026 à 18 h" in text
    assert "Toutes les heures sont celles du fuseau Europe/Paris." in text


def test_prizes_stand_in_a_table_with_their_totals(tmp_path):
    """Nature, number and value are what the customary inventory holds."""
    text = rules(tmp_path)

    assert "| 2 | Une année d’outilthèque | 3 | 3 | 30,50 € | 91,50 € |" in text
    assert "Valeur totale des lots : 136,50 €, pour 4 gagnants." in text


@pytest.mark.parametrize(
    ("how", "said"),
    [
        ("form", "en remplissant le formulaire qui se trouve à l’adresse <https://formulaire.example/photo_2026>"),
        ("pull_request", "Le participant y coche la case par laquelle il consent"),
        ("issue_form", "le formulaire du dépôt public du concours"),
        ("post", "en publiant un message sur Mastodon"),
        ("paper", "en remettant un bulletin sur place"),
    ],
)
def test_each_way_to_enter_is_told(tmp_path, how, said):
    """An entrant who took the wrong way has not entered."""
    assert said in rules(tmp_path, entry=how, platform="Mastodon", platform_disclaimer="true")


def test_members_and_minors_know_whether_they_may_enter(tmp_path):
    """A prize that has to be taken back is the worst publicity."""
    text = rules(
        tmp_path,
        min_age="14",
        parental_consent="Un parent signe.",
        members_only="true",
        excluded="[staff, family]",
        countries="[France, Suisse]",
    )

    assert "âgée d’au moins 14 ans au moment où elle participe, qui réside dans l’un de ces pays ou territoires : France ou Suisse." in text
    assert "Accord des parents, pour les participants mineurs : Un parent signe." in text
    assert "Il est réservé aux membres de l’organisateur." in text
    assert "- les membres de la famille de ces personnes et celles qui vivent sous leur toit." in text


def test_laws_are_named_as_to_be_checked(tmp_path):
    """Nobody of us is a lawyer."""
    text = rules(tmp_path)

    assert "Code de la consommation, article L. 121-20, à vérifier" in text
    assert "Code de la sécurité intérieure, article L. 320-1, à vérifier" in text
