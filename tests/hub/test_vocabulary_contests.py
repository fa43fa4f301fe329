"""What people call the parts of a contest."""

import pytest
from tests.hubs import load_village, text, write
from tests.kinds.test_contest import BASE

from handbill.hub.vocabulary import CHOICES, FIELDS


def test_its_words_are_part_of_the_tables():
    """A table that nobody joins guesses nothing."""
    assert ("objection_hours",) == FIELDS["delai_d_opposition"]
    assert ("quiz+draw",) == CHOICES["quiz_et_tirage"]


@pytest.mark.parametrize(
    ("written", "meant"),
    [("gel", "freeze"), ("suppléants", "substitutes"), ("âge_minimum", "min_age"), ("rgpd", "privacy"), ("droits_image", "image_rights")],
)
def test_a_french_word_leads_to_its_field(tmp_path, written, meant):
    """Editors write as they speak, and the message must know what they mean."""
    loaded, _ = load_village(root=write(tmp_path, {"content/contests/a.md": text(**{**BASE, written: "1"})}))
    wanted = next(one.wanted for one in loaded.problems if one.field == written)

    assert meant in wanted
