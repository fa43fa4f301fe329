"""The last articles in French: what the organiser owes."""

from __future__ import annotations

from tests.rules.sample import DRAW, MECHANISMS, a_hub, an_edition, load

from handbill.hub.record import STATES, refusal
from handbill.rules.contract import contract_of
from handbill.rules.french_duties import duties


def articles(tmp_path, **more):
    item, settings = load(a_hub(tmp_path, DRAW, **more))
    return {one.title: "\n".join(one.blocks).replace("\xa0", " ") for one in duties(contract_of(item, settings), an_edition())}


def test_entrants_know_what_is_kept_of_them_and_how_long(tmp_path):
    """The law asks for each of these lines."""
    text = articles(tmp_path)["Données personnelles"]

    assert "Conservation : 90 jours après les résultats" in text
    assert "en écrivant à donnees@essai.example, et peut adresser une réclamation à la CNIL." in text


def test_an_account_name_is_not_called_a_ticket(tmp_path):
    """Who entered under a public name stays in the list under it."""
    assert "avec les noms de comptes" in articles(tmp_path, entry="pull_request")["Données personnelles"]


def test_a_network_is_told_to_have_no_part_in_it(tmp_path):
    """All large networks ask for this sentence."""
    text = articles(tmp_path, platform="Mastodon", platform_disclaimer="true")["Responsabilité, modification et annulation"]

    assert "n’est ni organisé, ni géré, ni parrainé par Mastodon" in text


def test_rules_that_are_filed_say_where(tmp_path):
    """It is no duty since 2014, and still usual for a large prize."""
    text = articles(tmp_path, deposit="\n  {officer: Étude d’essai, reference: 2026-118, date: 2026-05-01}")["Libre accès au règlement"]

    assert "déposé auprès de Étude d’essai, sous la référence 2026-118, le vendredi 1er mai 2026." in text
    assert "<https://essai.example/contests/ete-photo/rules/>" in text


def test_rules_under_another_law_say_nothing_of_french_law(tmp_path):
    """In Belgium no French law of 2014 ended any duty."""
    item, settings = load(a_hub(tmp_path, DRAW, deposit="\n  {officer: Étude d’essai}"))
    text = "\n".join(block for one in duties({**contract_of(item, settings), "law": ""}, an_edition()) for block in one.blocks)

    assert "Le règlement est déposé auprès de Étude d’essai." in text
    assert "2014" not in text


def test_what_the_files_of_a_quiz_or_a_jury_say_of_a_ticket_is_told(tmp_path):
    """Answers and marks are public under the ticket: “nothing but tickets” would be untrue."""
    assert "que des tickets ; " in articles(tmp_path / "draw")["Données personnelles"].replace("\u202f", " ")

    for name, said in (("quiz", "que des tickets et les réponses données"), ("jury+vote", "les notes du jury et les nombres de voix")):
        item, settings = load(a_hub(tmp_path / name, MECHANISMS[name]))
        assert said in "\n".join(duties(contract_of(item, settings), an_edition())[0].blocks)


def test_void_is_promised_only_while_it_can_be_declared(tmp_path):
    """Once winners are found the program refuses it, and so nobody can undo a draw that they dislike."""
    assert ["frozen"] == [one for one in STATES if not refusal(one, "void")]
    assert "et tant que les gagnants ne sont pas désignés" in articles(tmp_path)["Responsabilité, modification et annulation"]
