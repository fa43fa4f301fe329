"""The article on winners, in French: the draw, the jury, the questions."""

from __future__ import annotations

from tests.rules.sample import JURY, LOTTERY, MECHANISMS, QUIZ, a_hub, an_edition, load

from handbill.rules.contract import contract_of
from handbill.rules.french_lots import choosing


def article(tmp_path, front, edition=None):
    item, settings = load(a_hub(tmp_path, front))
    return "\n\n".join(choosing(contract_of(item, settings), edition or an_edition())).replace("\xa0", " ")


def test_the_round_and_its_moment_are_named_before_anybody_enters(tmp_path):
    """Whoever names the round afterwards can choose who wins."""
    text = article(tmp_path, MECHANISMS["draw"])

    assert "tour **30097012**, publié le vendredi 3 juillet 2026 à 18 h" in text
    assert f"`{'52db' * 16}`" in text
    assert "à compter du tirage du samedi 11 juillet 2026" in text


def test_public_drawings_are_told_with_their_numbers(tmp_path):
    """A lottery ball is trusted by those who trust no computer."""
    text = article(tmp_path, LOTTERY, an_edition(round_=0))

    assert "1. Loto du samedi 4 juillet 2026 : 5 numéros de 1 à 49" in text
    assert "quicknet" not in text
    assert "drand" not in text


def test_the_jury_is_named_with_what_it_marks(tmp_path):
    """Entrants work for the criteria that they read."""
    text = article(tmp_path, JURY)

    assert "Le jury se compose de : Inès Carrère, Hugo Lassalle et Théo Vidalie." in text
    assert "| L’histoire | 0,5 | de 0 à 10 |" in text
    assert "### Les ex æquo" in text
    assert "votes.csv" not in text
    assert "votes.csv" in article(tmp_path, MECHANISMS["jury+vote"])


def test_the_answers_are_bound_before_the_questions_are_asked(tmp_path):
    """An organiser who chooses the answer afterwards chooses the winner."""
    text = article(tmp_path, QUIZ)

    assert f"leur empreinte SHA-256 est `{'0a' * 32}`" in text
    assert "« Combien de vis dans le bocal ? »" in text.replace("\u202f", " ")
    assert "publiées avec la liste, sous leur ticket, dans `answers.csv`" in text


def test_a_list_frozen_by_midnight_is_due_at_the_end_of_the_day_before(tmp_path):
    """“On 2 July at the latest” would give the organiser a day that the entrants lose."""
    text = article(tmp_path, {**MECHANISMS["draw"], "freeze": "2026-07-02 00:00"})

    assert "Au plus tard le mercredi 1er juillet 2026 à minuit (fin de cette journée), cette liste est figée" in text
