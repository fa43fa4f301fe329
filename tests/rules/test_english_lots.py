"""The article on winners, in English: the draw, the jury, the questions."""

from __future__ import annotations

import pytest
from tests.rules.sample import MECHANISMS, a_hub, an_edition, load

from handbill.rules.contract import contract_of
from handbill.rules.english_lots import choosing


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("draw", "the number of round **30097012**, published on Friday 3 July 2026 at 18:00"),
        ("rfc3797", "1. Loto du samedi 4 juillet 2026: 5 numbers from 1 to 49"),
        ("jury", "The highest score wins."),
        ("jury+vote", "The votes of members count as one juror more"),
        ("quiz", "ranked by how far their answer is from the right one"),
        ("quiz", "published with the list, under their ticket, in `answers.csv`"),
        ("quiz+draw", "does not change the draw"),
    ],
)
def test_each_way_to_find_winners_is_told_in_full(tmp_path, name, said):
    """What the rules do not say, the organiser could decide afterwards."""
    item, settings = load(a_hub(tmp_path, MECHANISMS[name]))
    edition = an_edition(round_=0 if name == "rfc3797" else 30097012)

    assert said in "\n\n".join(choosing(contract_of(item, settings), edition)).replace("\xa0", " ")
