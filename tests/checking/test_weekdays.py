"""A weekday beside a date is one that the calendar has."""

from __future__ import annotations

from datetime import datetime

import pytest
from tests.hubs import load_village, text, write

from handbill.checking.weekdays import check_weekdays

EVENT = {"starts": "2026-05-12 14:00", "organisers": "[X]", "venue": "{name: Salle}"}


def found(tmp_path, body="Venez.", **front):
    loaded, _ = load_village(root=write(tmp_path, {"events/foire.md": text(body, **{**EVENT, **front})}))
    assert () == loaded.problems
    return [(one.field, one.found, one.wanted) for one in check_weekdays(loaded.hub)]


@pytest.mark.parametrize(
    ("title", "right"),
    [
        ("Foire du samedi 12 mai", "mardi 12 mai"),
        ("Samedi 12 mai : la foire", "Mardi 12 mai"),
        ("Foire, SAMEDI 12 MAI 2026", "Mardi 12 MAI 2026"),
        ("La foire du lundi, le 12 mai", "mardi, le 12 mai"),
        ("Foire du dimanche 12", "mardi 12"),
        ("Saturday 12 May: the fair", "Tuesday 12 May"),
        ("The fair on Saturday, May 12th", "Tuesday, May 12th"),
        ("The fair on Saturday the 12th of May", "Tuesday the 12th of May"),
        ("Wednesday, May 12, 2026", "Tuesday, May 12, 2026"),
    ],
)
def test_a_weekday_that_is_not_that_of_the_event_is_doubted(tmp_path, title, right):
    """Half the members come on Saturday, the other half on the 12th."""
    ((field, _, wanted),) = found(tmp_path, title=f'"{title}"')

    assert ("title", f"“{right}”, or another date in starts") == (field, wanted)


@pytest.mark.parametrize(
    "title",
    [
        "Foire du mardi 12 mai", "Tuesday 12 May", "Tuesday, May 12th, 2026",
        # Other days than the event's own, whose year nobody tells.
        "Inscriptions avant le samedi 9 mai", "Samedi 12 juin", "Samedi 12 décembre",
        # Hours, crowds and issues are no days of the month.
        "Samedi 12 h", "Samedi 12h30", "Samedi 12:00", "Samedi 12 personnes", "Samedi 120", "Samedi 12.30", "Samedi 12 à 14 h",
        "Mon 12 mai", "Sam. 12 mai", "Le vendredi 13", "Lundisoir 12 mai", "Saturday Club 12",
    ],
)  # fmt: skip
def test_what_is_not_certain_is_left_alone(tmp_path, title):
    """A warning that is wrong once is not read the second time."""
    assert [] == found(tmp_path, title=f'"{title}"')


def test_texts_are_read_too_but_a_day_without_its_month_is_not_taken_there(tmp_path):
    """The date is often told once more, where nobody thinks of it when the event moves."""
    assert [("", "“samedi 12 mai”, while 2026-05-12 is another day of the week", "“mardi 12 mai”, or another date in starts")] == found(
        tmp_path, "Rendez-vous le samedi 12\u00a0mai, à deux heures, et samedi 12."
    )
    assert ["summary"] == [one[0] for one in found(tmp_path, summary="Le samedi 12 mai.")]


def test_a_date_with_its_year_is_held_against_that_year(tmp_path):
    """Also the day until which one signs up; the day of the event is not the only one that goes wrong."""
    assert ["“jeudi 7 mai 2026”, or another date"] == [one[2] for one in found(tmp_path, "Inscription jusqu'au vendredi 7 mai 2026.")]
    assert [] == found(tmp_path, "Inscription jusqu'au jeudi 7 mai 2026. La première eut lieu le samedi 12 mai 2018.")
    assert [] == found(tmp_path, "Le vendredi 31 février 2026.")


def test_every_day_of_an_event_and_of_a_series_is_its_own(tmp_path):
    """The 12th of May is a Tuesday in 2026 and a Wednesday in 2027, and both are dates of the series."""
    assert [] == found(tmp_path, title='"Foire, mercredi 13 mai"', starts="2026-05-12", ends="2026-05-14")
    assert 1 == len(found(tmp_path, title='"Foire, jeudi 13 mai"', starts="2026-05-12", ends="2026-05-14"))
    yearly = "{rule: FREQ=YEARLY}"
    assert [] == found(tmp_path, title='"La foire du mercredi 12 mai"', recurrence=yearly)
    assert 1 == len(found(tmp_path, title='"La foire du lundi 12 mai"', recurrence=yearly))


def test_the_weekday_is_that_of_the_clocks_where_it_takes_place(tmp_path):
    """Tuesday evening in New York is Wednesday in Paris."""
    assert [] == found(tmp_path, title='"Talk, Tuesday 12 May"', starts="2026-05-12 20:00", timezone="America/New_York")


def test_a_date_announced_before_may_be_told(tmp_path):
    """“It was to be on Saturday 9 May” is right, and no date of the event any more."""
    moved = {"status": "rescheduled", "status_note": "Pluie.", "previous_starts": "[2026-05-09 14:00]"}

    assert [] == found(tmp_path, "Annoncée pour le samedi 9 mai.", **moved)
    assert 1 == len(found(tmp_path, "Annoncée pour le dimanche 9 mai.", **moved))


def test_every_week_of_three_years_is_told_rightly_in_both_languages():
    """A table of names that is out by one would accuse everybody."""
    from babel.dates import format_date

    from handbill.checking.weekdays import _day, _told

    for number in range(0, 1100, 3):
        day = datetime.fromordinal(datetime(2025, 1, 1).toordinal() + number).date()
        for lang, form in (("fr", "EEEE d MMMM y"), ("en", "EEEE d MMMM y"), ("en", "EEEE, MMMM d, y")):
            (told,) = _told(format_date(day, form, locale=lang), False)
            assert (day, False) == (_day(told), told.is_wrong_for(day))
