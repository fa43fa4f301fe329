"""Days and moments: ISO 8601 is taken, and nothing else; every other form is told how to be written."""

from datetime import date, datetime

import pytest
from tests.cases import for_each
from tests.hubs import moment

from handbill.errors import Level
from handbill.hub.nodes import Desk, Listing, Scalar
from handbill.hub.when import When, told

#: Behind each form: what it is read as (=), what is offered instead (?), or that there is no guess (-).
FORMS = """
2026-05-01 | = 2026-05-01
2026-05-01 18:30 | = 2026-05-01 18:30:00+02:00
2026-05-01T18:30 | = 2026-05-01 18:30:00+02:00
2026-05-01 18:30:15 | = 2026-05-01 18:30:15+02:00
2026-05-01T18:30:15 | = 2026-05-01 18:30:15+02:00
2026-05-01 00:00 | = 2026-05-01 00:00:00+02:00
2026-05-01 23:59 | = 2026-05-01 23:59:00+02:00
2026-05-01 18:30+02:00 | = 2026-05-01 18:30:00+02:00
2026-05-01T18:30:00+02:00 | = 2026-05-01 18:30:00+02:00
2026-12-01 18:30+01:00 | = 2026-12-01 18:30:00+01:00
2024-02-29 | = 2024-02-29
1999-12-31 | = 1999-12-31
2026-10-25 02:30+02:00 | = 2026-10-25 02:30:00+02:00
2026-10-25 02:30+01:00 | = 2026-10-25 02:30:00+01:00
1000-01-01 | = 1000-01-01
0001-01-01 | ? a day such as 2026-05-01 or a moment such as 2026-05-01 18:30
0999-12-31 23:59 | ? a day such as 2026-05-01 or a moment such as 2026-05-01 18:30
9998-12-31 | = 9998-12-31
9999-12-31 | ? a day such as 2026-05-01 or a moment such as 2026-05-01 18:30
9999-12-31 23:59 | ? a day such as 2026-05-01 or a moment such as 2026-05-01 18:30
03/04/2026 | ? 2026-04-03, or 2026-03-04 if the month stands first
13/04/2026 | ? “2026-04-13”, perhaps
04/13/2026 | ? “2026-04-13”, perhaps
3/4/2026 | ? 2026-04-03, or 2026-03-04 if the month stands first
03-04-2026 | ? 2026-04-03, or 2026-03-04 if the month stands first
03.04.2026 | ? 2026-04-03, or 2026-03-04 if the month stands first
3.4.2026 | ? 2026-04-03, or 2026-03-04 if the month stands first
03 04 2026 | ? 2026-04-03, or 2026-03-04 if the month stands first
01/05/26 | ? 2026-05-01 or 2026-01-05, with four digits for the year
1/5/26 | ? 2026-05-01 or 2026-01-05, with four digits for the year
01-05-26 | ? 2026-05-01 or 2026-01-05, with four digits for the year
26-05-01 | ? 2001-05-26 or 2026-05-01, with four digits for the year
31/12/99 | ? “1999-12-31”, perhaps
2026/05/01 | ? “2026-05-01”, perhaps
2026.05.01 | ? “2026-05-01”, perhaps
2026 05 01 | ? “2026-05-01”, perhaps
2026-5-1 | ? “2026-05-01”, perhaps
2026-5-01 | ? “2026-05-01”, perhaps
2026-05-1 | ? “2026-05-01”, perhaps
20260501 | ? “2026-05-01”, perhaps
20260501T183000 | -
2026-05 | -
2026 | -
05/2026 | -
mai 2026 | -
1er mai 2026 | ? “2026-05-01”, perhaps
1 mai 2026 | ? “2026-05-01”, perhaps
01 mai 2026 | ? “2026-05-01”, perhaps
1 MAI 2026 | ? “2026-05-01”, perhaps
le 1er mai 2026 | ? “2026-05-01”, perhaps
vendredi 1er mai 2026 | ? “2026-05-01”, perhaps
ven. 1 mai 2026 | ? “2026-05-01”, perhaps
1er mai | -
1 mai 26 | ? “2026-05-01”, perhaps
15 août 2026 | ? “2026-08-15”, perhaps
15 aout 2026 | ? “2026-08-15”, perhaps
15 AOÛT 2026 | ? “2026-08-15”, perhaps
3 févr. 2026 | ? “2026-02-03”, perhaps
14 juil. 2026 | ? “2026-07-14”, perhaps
25 décembre 2026 | ? “2026-12-25”, perhaps
May 1, 2026 | ? “2026-05-01”, perhaps
1 May 2026 | ? “2026-05-01”, perhaps
May 1st, 2026 | ? “2026-05-01”, perhaps
1st of May 2026 | ? “2026-05-01”, perhaps
Fri, 01 May 2026 18:30:00 +0200 | ? “2026-05-01 18:30”, perhaps
Friday, May 1, 2026 6:30 PM | ? “2026-05-01 18:30”, perhaps
1-May-2026 | ? “2026-05-01”, perhaps
2026-May-01 | ? “2026-05-01”, perhaps
2026-05-01 18h30 | ? “2026-05-01 18:30”, perhaps
2026-05-01 18h | ? “2026-05-01 18:00”, perhaps
2026-05-01 à 18h30 | ? “2026-05-01 18:30”, perhaps
2026-05-01 à 18 h 30 | ? “2026-05-01 18:30”, perhaps
2026-05-01, 18:30 | ? “2026-05-01 18:30”, perhaps
2026-05-01 18.30 | ? “2026-05-01 18:30”, perhaps
2026-05-01 6:30 pm | ? “2026-05-01 18:30”, perhaps
2026-05-01 6:30PM | ? “2026-05-01 18:30”, perhaps
2026-05-01 6pm | ? “2026-05-01 18:00”, perhaps
2026-05-01 6 p.m. | ? “2026-05-01 18:00”, perhaps
2026-05-01 12am | ? “2026-05-01 00:00”, perhaps
2026-05-01 midi | ? “2026-05-01 12:00”, perhaps
2026-05-01 minuit | ? 2026-05-02 00:00 for the end of that day, or 2026-05-01 00:00 for its beginning
2026-05-01 18 | ? “2026-05-01 18:00”, perhaps
2026-05-01 8:30 | ? “2026-05-01 08:30”, perhaps
2026-05-01 18:3 | -
2026-05-01 1830 | ? “2026-05-01 18:30”, perhaps
2026-05-01 24:00 | ? “2026-05-02 00:00”, perhaps
2026-05-01 25:30 | ? “2026-05-02 01:30”, perhaps
2026-05-01 30:00 | -
2026-05-01 18:60 | -
2026-05-01 18:30:60 | -
2026-05-01T18:30:00Z | ? 2026-05-01 18:30 if the clocks there show it, or 2026-05-01 20:30, the same moment there
2026-05-01 18:30Z | ? 2026-05-01 18:30 if the clocks there show it, or 2026-05-01 20:30, the same moment there
2026-05-01 18:30+01:00 | ? 2026-05-01 18:30 if the clocks there show it, or 2026-05-01 19:30, the same moment there
2026-05-01 18:30 +02:00 | ? “2026-05-01 18:30”, perhaps
2026-05-01 18:30+0200 | ? “2026-05-01 18:30”, perhaps
2026-05-01 18:30 CET | ? “2026-05-01 18:30”, perhaps
2026-05-01 18:30 Europe/Paris | -
2026-05-01T18:30:00.000 | ? “2026-05-01 18:30”, perhaps
2026-05-01T18:30:00.000Z | ? 2026-05-01 18:30 if the clocks there show it, or 2026-05-01 20:30, the same moment there
2026-W18-5 | ? “2026-05-01”, perhaps
2026-W18 | -
2026-121 | -
2026-02-30 | ? “2026-02-28”, perhaps
2026-02-29 | ? “2026-02-28”, perhaps
2026-04-31 | ? “2026-04-30”, perhaps
2026-06-31 10:00 | ? “2026-06-30 10:00”, perhaps
2026-13-05 | ? “2026-05-13”, perhaps
2026-13-32 | -
2026-00-10 | -
2026-05-00 | -
2026-05-32 | -
0000-05-01 | -
10000-01-01 | -
-2026-05-01 | ? “2026-05-01”, perhaps
２０２６-０５-０１ | ? “2026-05-01”, perhaps
٢٠٢٦-٠٥-٠١ | ? “2026-05-01”, perhaps
2026–05–01 | ? “2026-05-01”, perhaps
2026‑05‑01 | ? “2026-05-01”, perhaps
2026−05−01 | ? “2026-05-01”, perhaps
“2026-05-01” | ? “2026-05-01”, perhaps
« 2026-05-01 » | ? “2026-05-01”, perhaps
'2026-05-01' | ? “2026-05-01”, perhaps
2026-O5-01 | ? “2026-05-01”, perhaps
2O26-05-01 | ? “2026-05-01”, perhaps
2026-05-l1 | ? “2026-05-11”, perhaps
2026--05-01 | ? “2026-05-01”, perhaps
2026-05-01- | ? “2026-05-01”, perhaps
2026- 05-01 | ? “2026-05-01”, perhaps
18:30 | -
18h30 | -
demain | -
aujourd'hui | -
today | -
now | -
vendredi prochain | -
dans 3 jours | -
1777652100 | -
@1777652100 | -
46143 | -
1er mai 2026 14h | ? “2026-05-01 14:00”, perhaps
1er mai 2026 de 14h à 18h | ? the beginning alone, because the end has a field of its own: “2026-05-01 14:00”, perhaps
2026-05-01 14h-18h | ? the beginning alone, because the end has a field of its own: “2026-05-01 14:00”, perhaps
du 1er au 3 mai 2026 | ? the beginning alone, because the end has a field of its own
2026-05-01/2026-05-03 | ? the beginning alone, because the end has a field of its own
2026-05-01 - 2026-05-03 | ? the beginning alone, because the end has a field of its own: “2026-05-01”, perhaps
à définir | -
TBD | -
? | -
printemps 2026 | -
12/2026/05 | -
2026-03-29 02:30 | ? 2026-03-29 03:30 or 2026-03-29 01:30
2026-10-25 02:30 | = 2026-10-25 02:30:00+02:00
2026-03-29 02:30+01:00 | ? 2026-03-29 03:30 or 2026-03-29 01:30
"""


WHENEVER = When()


def read(text, type_=WHENEVER, zone="Europe/Paris", beside=None):
    desk = Desk("a.md", zone, beside=beside)
    return type_.read(Scalar(text, True, 3, 7, len(text)), "starts", desk), desk.problems


@for_each("line", FORMS.strip().splitlines())
def test_only_iso_8601_is_taken_and_other_forms_are_offered_in_it(line):
    """`03/04/2026` is one day in Bordeaux and another in Boston; a guess that is taken moves someone's event."""
    text, _, expected = line.rpartition(" | ")
    value, problems = read(text)

    if expected.startswith("= "):
        assert expected[2:] == (value.isoformat(" ") if isinstance(value, datetime) else value.isoformat())
        assert not [one for one in problems if one.level is Level.ERROR]
        return
    assert value is None
    (problem,) = problems
    assert ("a.md", 3, 7, len(text), "starts") == (problem.path, problem.line, problem.column, problem.width, problem.field)
    assert (expected[2:] or When().wanted) == problem.wanted.removesuffix(f": {When().wanted}")


def test_a_hundred_and_twenty_forms_were_tried():
    """A table that lost its lines would pass."""
    assert len(FORMS.strip().splitlines()) >= 120


@pytest.mark.parametrize(
    ("type_", "text", "wanted"),
    [
        (When(day=False), "2026-05-01", "the hour, too, such as 2026-05-01 09:00"),
        (When(day=False), "1er mai 2026", "the hour, too, such as 2026-05-01 09:00"),
        (When(day=False), "18h", "a moment such as 2026-05-01 18:30"),
        (When(moment=False), "2026-05-01 18:30", "“2026-05-01”, perhaps"),
        (When(moment=False), "demain", "a day such as 2026-05-01"),
    ],
)
def test_what_is_wanted_follows_the_field(type_, text, wanted):
    """A draw has an hour, a membership has none."""
    value, (problem,) = read(text, type_)

    assert value is None
    assert ("HB205", wanted) == (problem.code, problem.wanted)


@pytest.mark.parametrize(
    ("text", "guess"),
    [("18:30", "2026-06-07 18:30"), ("22 h", "2026-06-07 22:00"), ("1h", "2026-06-07 01:00"), ("8 juin", "2026-06-08"), ("9/6", "2026-06-09")],
)
def test_an_hour_alone_means_the_day_of_the_field_beside_it(text, guess):
    """`ends: 18:30` is what one says when the day was just named."""
    assert f"“{guess}”, perhaps" == read(text, beside=date(2026, 6, 7))[1][0].wanted


def test_an_hour_that_the_clocks_skip_is_refused():
    """2026-03-29 02:30 never was in Paris; a guess would move someone's event by an hour."""
    value, (problem,) = read("2026-03-29 02:30")

    assert value is None
    assert ("HB206", "2026-03-29 03:30 or 2026-03-29 01:30") == (problem.code, problem.wanted)
    assert read("2026-03-29 02:30", zone="Europe/London")[0] is not None


def test_an_hour_that_comes_twice_means_the_first_one_and_is_told():
    """Half past two on the night the clocks go back: a member on the train has a right to know which."""
    value, (problem,) = read("2026-10-25 02:30")

    assert 2 * 3600 == value.utcoffset().total_seconds()
    assert ("HB216", Level.WARNING) == (problem.code, problem.level)
    assert "2026-10-25 02:30+02:00 for the first one, 2026-10-25 02:30+01:00 for the second" == problem.wanted


@pytest.mark.parametrize(("offset", "hours"), [("+02:00", 2), ("+01:00", 1)])
def test_an_offset_says_which_of_two_equal_hours_is_meant(offset, hours):
    """It silences the warning, because nothing is in doubt any more."""
    value, problems = read(f"2026-10-25 02:30{offset}")

    assert hours * 3600 == value.utcoffset().total_seconds()
    assert [] == problems


def test_an_offset_that_the_zone_does_not_have_is_refused():
    """Which of the two is right, the clock or the offset, only the writer knows."""
    value, (problem,) = read("2026-05-01T18:30:00Z")

    assert value is None
    assert "Europe/Paris is at +02:00 then" in problem.found
    assert "2026-05-01 18:30 if the clocks there show it, or 2026-05-01 20:30, the same moment there" == problem.wanted


@pytest.mark.parametrize(("zone", "text"), [("UTC", "2026-05-01 18:30Z"), ("Asia/Kathmandu", "2026-05-01 18:30+05:45"), ("America/St_Johns", "2026-05-01 18:30-02:30")])
def test_a_right_offset_is_accepted_in_any_zone(zone, text):
    """Other programs write it, and it does no harm."""
    assert moment("2026-05-01 18:30", zone) == read(text, zone=zone)[0]


def test_a_list_is_no_moment():
    """It is shown as what it is."""
    desk = Desk("a.md", "UTC")

    assert When().read(Listing((), 1, 1), "date", desk) is None
    assert "a list" == desk.problems[0].found


def test_days_and_moments_are_told_as_they_are_written():
    """A message in another form than the file's would send the editor looking."""
    assert ["2026-05-01", "2026-05-01 18:30", "2026-05-01 18:30:15"] == [
        told(date(2026, 5, 1)), told(moment("2026-05-01 18:30")), told(moment("2026-05-01 18:30:15"))
    ]  # fmt: skip
