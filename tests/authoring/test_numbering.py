"""Titles moved on by a year and an edition."""

from __future__ import annotations

import pytest

from handbill.authoring.numbering import moved_on, with_years


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("Foire 2026", "Foire 2027"),
        ("Foire de printemps (2026)", "Foire de printemps (2027)"),
        ("Saison 2025-2026", "Saison 2026-2027"),
        ("Saison 2025/2026", "Saison 2026/2027"),
        ("La 12e édition, 2026", "La 13e édition, 2027"),
        ("1re édition", "2e édition"),
        ("1ère édition", "2e édition"),
        ("12ème édition", "13ème édition"),
        ("Édition 12", "Édition 13"),
        ("édition n° 12", "édition n° 13"),
        ("Soirée n° 9", "Soirée n° 10"),
        ("Soirée #3", "Soirée #4"),
        ("Our 2nd edition", "Our 3rd edition"),
        ("3rd edition", "4th edition"),
        ("10th edition", "11th edition"),
        ("20th edition", "21st edition"),
        # What is not of that time stays.
        ("Depuis 1999", "Depuis 1999"),
        ("33800 Bordeaux", "33800 Bordeaux"),
        ("Le 2026-05-01", "Le 2026-05-01"),
        ("12 ateliers, 3 lieux", "12 ateliers, 3 lieux"),
        ("2026,5 km", "2026,5 km"),
        ("RFC2026", "RFC2026"),
    ],
)
def test_a_title_moves_on(old, new):
    """“Foire 2026” on a page of 2027 is the mistake that everybody makes."""
    assert new == moved_on(old, 2026, 1)


def test_a_year_moves_as_far_as_the_copy_does():
    """Copied from two years ago."""
    assert "Foire 2027, bilan 2026" == with_years("Foire 2025, bilan 2024", 2025, 2)
    assert "fete-2028" == with_years("fete-2026", 2026, 2)
