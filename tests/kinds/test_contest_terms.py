"""What the rules of a contest say, as plain values."""

from __future__ import annotations

from tests.hubs import load_village
from tests.rules.sample import DRAW, JURY, a_hub, load

from handbill.kinds.contest_terms import contest_id, lots_at, terms_of


def test_translations_share_the_id_of_their_contest(tmp_path):
    """One pool and one draw decide for the readers of all languages."""
    loaded, _ = load_village("2026-05-14 10:00", a_hub(tmp_path, DRAW, english=True))

    assert ["ete-photo", "ete-photo"] == [contest_id(one) for one in loaded.hub.items]


def test_moments_are_those_of_the_world(tmp_path):
    """Whoever checks the draw in Montréal must not add six hours."""
    item, _ = load(a_hub(tmp_path, DRAW))
    terms = terms_of(item)

    assert ("2026-06-01T07:00:00Z", "2026-06-30T22:00:00Z") == (terms["opens"], terms["closes"])


def test_lots_are_drawn_at_the_draw_and_otherwise_with_the_results(tmp_path):
    """A jury's equal entries need a round as well, and it must be fixed before anybody is judged."""
    draw, _ = load(a_hub(tmp_path / "draw", DRAW))
    jury, _ = load(a_hub(tmp_path / "jury", JURY))

    assert "2026-07-03T16:00:00Z" == lots_at(terms_of(draw))
    assert "2026-07-03T22:00:00Z" == lots_at(terms_of(jury))


def test_sums_keep_the_digits_that_were_written(tmp_path):
    """30.50 as a binary fraction is another number in another language."""
    item, _ = load(a_hub(tmp_path, DRAW))

    assert ["45", "30.50"] == [one["unit_value"] for one in terms_of(item)["prizes"]]
