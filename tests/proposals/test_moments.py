"""Days and hours as members write them."""

from datetime import date

import pytest

from handbill.proposals.moments import NoMoment, moment_of


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("2026-05-01 14:00", "2026-05-01 14:00"),
        ("2026-05-01", "2026-05-01"),
        ("1er mai 2026 à 14h", "2026-05-01 14:00"),
        ("samedi 2 mai 2026, 14 h 30", "2026-05-02 14:30"),
        ("Saturday 2 May 2026, 2:30 pm", "2026-05-02 14:30"),
        ("13/04/2026 18h", "2026-04-13 18:00"),
        ("05/05/2026", "2026-05-05"),
        ("30/04/2026 20h31", "2026-04-30 20:31"),
        ("28 février 2026 à 20 h 30", "2026-02-28 20:30"),
        ("20260430", "2026-04-30"),
        ("30 avril 2026 24h00", "2026-05-01 00:00"),
        ("2026-05-01 18:30+02:00", "2026-05-01 18:30+02:00"),
        ("\u00a02 mai 2026\u202f: 20 h\u00a0", "2026-05-02 20:00"),
    ],
)
def test_a_day_and_hour_is_read_as_it_is_meant(written, meant):
    """Nobody outside of programs writes a date as files do."""
    assert meant == moment_of(written, "Europe/Paris")


@pytest.mark.parametrize(
    ("written", "why"),
    [
        ("03/04/2026 18h", "2026-04-03"),
        ("26/05/01", "2026-05-01"),
        ("vendredi 2 mai 2026", "another day of the week"),
        ("2026-05-01 18:30 UTC", "without a zone"),
        ("2026-05-01T18:30:00+01:00", "without a zone"),
        ("2 mai 2026 18h GMT", "without a zone"),
        ("2026-02-30", "no date"),
        ("9999-12-31 23:59", "in the years 1000 to 9998"),
        ("31/04/2026", "no such day"),
        ("31/04/2026 20h30", "no such day"),
        ("30 février 2026", "no such day"),
        ("29.2.2026 à 18 h 28", "no such day"),
        ("2026-03-29 02:30", "skip"),
        ("2 mai 2026 de 14h à 18h", "in one"),
        ("2 mai 2026 minuit", "00:00"),
        ("demain", "are wanted"),
        ("2 mai", "are wanted"),
        ("{0.__class__}", "are wanted"),
    ],
)
def test_what_can_be_read_in_two_ways_is_asked_for_again(written, why):
    """A date that is guessed wrong sends people to a closed door."""
    with pytest.raises(NoMoment, match=why):
        moment_of(written, "Europe/Paris")


def test_an_hour_alone_is_of_the_day_of_the_beginning():
    """An end is hardly ever written with its day."""
    assert "2026-05-02 23:30" == moment_of("23h30", "Europe/Paris", date(2026, 5, 2))
    with pytest.raises(NoMoment, match="no such day"):
        moment_of("31 avril", "Europe/Paris", date(2026, 4, 2))
