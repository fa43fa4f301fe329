"""Words and dates, in the exact strings that members read."""

from __future__ import annotations

from pathlib import Path

import pytest

from handbill.outputs.views import Left, When
from handbill.outputs.words import Leaf, Words, words_for

LOCALE = Path(__file__).resolve().parents[2] / "theme" / "locale"
NBSP = "\u00a0"


@pytest.fixture
def french() -> Words:
    return words_for("fr", (LOCALE / "fr.po",))


@pytest.fixture
def english() -> Words:
    return words_for("en", ())


def when(starts: str, ends: str, *, zone: str = "", is_past: bool = False) -> When:
    """Return a confirmed time; days alone make it all-day."""
    return When(starts, ends, len(starts) == 10, zone, "confirmed", "", (), is_past, False, False)


def left(days: int) -> Left:
    return Left("2026-04-01T00:00:00+02:00", "2026-05-01T23:59:00+02:00", days)


# Texts


def test_previews_of_links_are_told_a_language_with_its_country(french):
    """Programs that preview links know ``fr_FR`` and not ``fr`` (Open Graph, og:locale)."""
    assert ["fr_FR", "en_GB", "de_DE", "pt_BR"] == [french.territory(tag) for tag in ("fr", "en", "de", "pt-BR")]


def test_a_text_is_said_in_the_language_of_the_page(french, english):
    assert french("Skip to the content") == "Aller au contenu"
    assert english("Skip to the content") == "Skip to the content"


def test_a_text_that_nobody_translated_stays_english(french):
    """A page with one English word is better than no page."""
    assert french("A text of tomorrow") == "A text of tomorrow"


def test_a_language_without_a_file_speaks_english_and_counts_days_its_own_way():
    german = words_for("de", ())

    assert german("Cancelled") == "Cancelled"
    assert german.month_year("2026-12-05") == "Dezember 2026"


def test_a_language_that_nobody_knows_has_english_dates():
    assert words_for("xx", ()).plain_day("2026-12-05") == "5 December 2026"


def test_names_in_a_text_are_filled_in(french):
    assert french("Page {number} of {count}", number=2, count=9) == "Page 2 sur 9"


def test_a_brace_in_a_text_without_names_is_only_a_brace(english):
    assert english("{count} results for “{query}”") == "{count} results for “{query}”"


def test_numbers_choose_the_form_of_their_language(french, english):
    """In French nothing is singular, in English it is plural."""
    forms = ("one item", "{n} items")

    assert [french.count(*forms, n) for n in (0, 1, 2)] == ["0 élément", "1 élément", "2 éléments"]
    assert [english.count(*forms, n) for n in (0, 1, 2)] == ["0 items", "one item", "2 items"]


def test_large_numbers_are_grouped_as_the_language_does(french, english):
    assert french.number(12500) == "12\u202f500"
    assert english.number(12500) == "12,500"


def test_a_new_translation_is_used_at_once(tmp_path):
    """Under `serve` a translator sees the change without starting again."""
    file = tmp_path / "fr.po"
    head = 'msgid ""\nmsgstr "Content-Type: text/plain; charset=utf-8\\n"\n\nmsgid "Open"\nmsgstr "%s"\n'
    file.write_text(head % "Ouvert", encoding="utf-8")
    before = words_for("fr", [file])
    file.write_text(head % "Ouverte", encoding="utf-8")

    assert before("Open") == "Ouvert"
    assert words_for("fr", [file])("Open") == "Ouverte"
    assert words_for("fr", [file]) is words_for("fr", [file])


def test_a_catalogue_of_the_hub_s_own_need_hold_only_what_it_says_otherwise(tmp_path):
    """A community that calls its agenda a programme should not have to translate the rest."""
    file = tmp_path / "fr.po"
    file.write_text(
        'msgid ""\nmsgstr "Content-Type: text/plain; charset=utf-8\\n"\n\nmsgid "Agenda"\nmsgstr "Programme"\n', encoding="utf-8"
    )
    own = words_for("fr", [file, LOCALE / "fr.po"])

    assert (own("Agenda"), own("Cancelled")) == ("Programme", "Annulé")
    assert own.count("one item", "{n} items", 2) == "2 éléments"


def test_a_language_is_called_as_its_readers_call_it(french):
    assert french.language("en") == "English"
    assert french.language("fr") == "Français"
    assert french.language("Gascon du dimanche") == "Gascon du dimanche"


def test_the_direction_of_writing_is_known(french):
    assert french.direction == "ltr"
    assert words_for("ar", ()).direction == "rtl"


def test_a_theme_sets_its_own_texts_by_the_rules_of_the_language(french, english):
    """The same rules as for what editors write, from the same place."""
    title = "Avant, après : « l'été » ?"

    assert french.set(title) == f"Avant, après{NBSP}: «{NBSP}l’été{NBSP}»\u202f?"
    assert english.set(title) == title


# Days and clock times


def test_a_day_is_written_in_full(french, english):
    assert french.day("2026-12-05") == "samedi 5 décembre 2026"
    assert english.day("2026-12-05") == "Saturday 5 December 2026"


def test_the_first_of_a_month_is_an_ordinal_in_french_alone(french, english):
    assert french.day("2026-05-01") == "vendredi 1er mai 2026"
    assert french.short_day("2026-05-01") == "1er mai 2026"
    assert french.short_day("2026-05-11") == "11 mai 2026"
    assert english.day("2026-05-01") == "Friday 1 May 2026"


def test_a_short_day_fits_a_byline(french, english):
    assert french.short_day("2026-12-05T10:00:00+01:00") == "5 déc. 2026"
    assert english.short_day("2026-12-05") == "5 Dec 2026"


def test_the_clock_shows_local_time_as_people_write_it(french, english):
    evening = "2026-12-05T18:30:00+01:00"

    assert french.clock(evening) == f"18{NBSP}h{NBSP}30"
    assert french.clock("2026-12-05T18:05:00+01:00") == f"18{NBSP}h{NBSP}05"
    assert french.clock("2026-12-05T14:00:00+01:00") == f"14{NBSP}h"
    assert english.clock(evening) == "18:30"
    assert words_for("en-US", ()).clock(evening) == "6:30\u202fPM"
    assert words_for("fi", ()).clock(evening) == "18.30"
    assert english.clock("2026-12-05T08:00:00-05:00") == "08:00"


def test_a_moment_is_a_day_and_a_clock_time_where_there_is_one(french, english):
    assert french.moment("2026-12-05T18:00:00+01:00") == f"samedi 5 décembre 2026 à 18{NBSP}h"
    assert french.moment("2026-12-05") == "samedi 5 décembre 2026"
    assert english.moment("2026-12-05T18:00:00+01:00") == "Saturday 5 December 2026 at 18:00"


def test_what_opens_at_midnight_opens_on_that_day(french):
    assert french.opening("2026-12-10T00:00:00+01:00") == "jeudi 10 décembre 2026"
    assert french.opening("2026-12-10T09:00:00+01:00") == f"jeudi 10 décembre 2026 à 9{NBSP}h"


@pytest.mark.parametrize("closes", ["2026-05-01", "2026-05-01T23:59:00+02:00", "2026-05-02T00:00:00+02:00"])
def test_a_contest_that_closes_with_the_day_says_midnight_of_that_day(french, english, closes):
    """Whichever way the end of a day is written, entrants must not be told the day after."""
    assert french.deadline(closes) == "vendredi 1er mai 2026 à minuit"
    assert english.deadline(closes) == "Friday 1 May 2026, midnight"
    assert french.closing_leaf(closes) == Leaf("mai", "1", "ven.", "2026")


def test_noon_and_midnight_are_said_as_people_say_them(french, english):
    """“12 h” is read twice, and “0 h” is asked about by telephone."""
    assert french.deadline("2026-05-01T12:00:00+02:00") == "vendredi 1er mai 2026 à midi"
    assert french.moment("2026-05-01T00:00:00+02:00") == "vendredi 1er mai 2026 à minuit"
    assert french.span(when("2026-12-05T12:00:00+01:00", "2026-12-05T14:00:00+01:00")) == f"samedi 5 décembre 2026, de midi à 14{NBSP}h"
    assert english.deadline("2026-05-01T12:00:00+02:00") == "Friday 1 May 2026 at 12:00"


def test_the_heading_of_a_month_is_its_name_and_other_headings_stay(french):
    assert french.heading("2026-12-01") == "décembre 2026"
    assert french.heading("Ouverts") == "Ouverts"


def test_a_calendar_heads_its_columns_as_the_language_does(french, english):
    """Two letters cut off a name are the same two for each day in Arabic."""
    week = [f"2026-12-0{day}" for day in range(1, 8)]

    assert ["ma", "me", "je", "ve", "sa", "di", "lu"] == [french.column_weekday(day) for day in week]
    assert ["Tu", "We", "Th", "Fr", "Sa", "Su", "Mo"] == [english.column_weekday(day) for day in week]
    assert ["Di", "Mi"] == [words_for("de", ()).column_weekday(day) for day in week[:2]]
    assert 7 == len({words_for("ar", ()).column_weekday(day) for day in week})


# Stretches of time


@pytest.mark.parametrize(
    ("starts", "ends", "in_french", "in_english"),
    [
        ("2026-12-05", "2026-12-05", "samedi 5 décembre 2026", "Saturday 5 December 2026"),
        ("2026-12-04", "2026-12-06", "du 4 au 6 décembre 2026", "4 to 6 December 2026"),
        ("2026-12-01", "2026-12-03", "du 1er au 3 décembre 2026", "1 to 3 December 2026"),
        ("2026-11-30", "2026-12-01", "du 30 novembre au 1er décembre 2026", "30 November to 1 December 2026"),
        ("2026-12-30", "2027-01-02", "du 30 décembre 2026 au 2 janvier 2027", "30 December 2026 to 2 January 2027"),
        (
            "2026-12-05T14:00:00+01:00", "2026-12-05T18:00:00+01:00",
            "samedi 5 décembre 2026, de 14 h à 18 h", "Saturday 5 December 2026, 14:00 to 18:00",
        ),
        (
            "2026-12-05T14:00:00+01:00", "2026-12-05T14:00:00+01:00",
            "samedi 5 décembre 2026 à 14 h", "Saturday 5 December 2026 at 14:00",
        ),
        (
            "2026-12-05T20:00:00+01:00", "2026-12-06T00:00:00+01:00",
            "samedi 5 décembre 2026, de 20 h à minuit", "Saturday 5 December 2026, 20:00 to midnight",
        ),
        (
            "2026-12-31T22:00:00+01:00", "2027-01-01T02:30:00+01:00",
            "jeudi 31 décembre 2026, de 22 h à 2 h 30 le lendemain", "Thursday 31 December 2026, 22:00 to 02:30 the next day",
        ),
        (
            "2026-12-04T18:00:00+01:00", "2026-12-06T16:00:00+01:00",
            "du vendredi 4 décembre à 18 h au dimanche 6 décembre 2026 à 16 h",
            "from Friday 4 December at 18:00 to Sunday 6 December 2026 at 16:00",
        ),
        (
            "2026-12-30T18:00:00+01:00", "2027-01-02T16:00:00+01:00",
            "du mercredi 30 décembre 2026 à 18 h au samedi 2 janvier 2027 à 16 h",
            "from Wednesday 30 December 2026 at 18:00 to Saturday 2 January 2027 at 16:00",
        ),
    ],
)  # fmt: skip
def test_a_stretch_of_time_reads_as_one_would_say_it(french, english, starts, ends, in_french, in_english):
    assert french.span(when(starts, ends)).replace(NBSP, " ") == in_french
    assert english.span(when(starts, ends)) == in_english


def test_a_time_elsewhere_names_the_place_of_its_clock(french, english):
    """Fifteen o'clock in Lisbon is sixteen in Bordeaux; someone took the wrong train."""
    there = when("2027-01-30T15:00:00+00:00", "2027-01-30T17:00:00+00:00", zone="Europe/Lisbon")

    assert french.span(there) == f"samedi 30 janvier 2027, de 15{NBSP}h à 17{NBSP}h, heure locale (Lisbonne)"
    assert english.span(there) == "Saturday 30 January 2027, 15:00 to 17:00, local time in Lisbon"


def test_a_zone_that_the_language_has_no_name_for_shows_its_own(french):
    assert french.city("America/New_York") == "New York"


# Time left


def test_the_time_left_counts_down_to_the_last_day(french, english):
    assert french.left(left(3)) == "encore 3 jours"
    assert french.left(left(1)) == "encore un jour"
    assert french.left(left(0)) == "se termine aujourd’hui"
    assert french.left(left(-1)) == "clos"
    assert [english.left(left(days)) for days in (3, 1, 0)] == ["3 days left", "one day left", "ends today"]


# Calendar leaves


def test_a_leaf_carries_month_day_and_weekday(french, english):
    saturday = when("2026-12-05T14:00:00+01:00", "2026-12-05T18:00:00+01:00")

    assert french.leaf(saturday) == Leaf("déc.", "5", "sam.", "2026")
    assert english.leaf(saturday) == Leaf("Dec", "5", "Sat", "2026")


def test_a_leaf_of_several_days_shows_the_first_and_the_last(french):
    assert french.leaf(when("2026-12-04", "2026-12-06")) == Leaf("déc.", "4–6", "ven. – dim.", "2026")
    assert french.leaf(when("2026-11-30", "2026-12-01")) == Leaf("nov.", "30", "→ 1er déc.", "2026")


def test_a_night_is_one_leaf(french):
    night = when("2026-12-05T22:00:00+01:00", "2026-12-06T02:00:00+01:00")

    assert french.leaf(night).day == "5"


def test_words_are_the_same_whatever_the_locale_of_the_machine(french, monkeypatch):
    for name in ("LANG", "LC_ALL", "LC_TIME", "LANGUAGE"):
        monkeypatch.setenv(name, "de_DE.UTF-8")

    assert Words("fr", (LOCALE / "fr.po").read_bytes()).day("2026-12-05") == french.day("2026-12-05")


def test_the_hours_of_an_evening_are_told_without_its_day(french, english):
    """In a programme the day stands beside them on its leaf."""
    assert french.hours(when("2026-12-05T18:00:00+01:00", "2026-12-05T20:30:00+01:00")) == f"de 18{NBSP}h à 20{NBSP}h{NBSP}30"
    assert english.hours(when("2026-12-05T18:00:00+01:00", "2026-12-05T20:30:00+01:00")) == "18:00 to 20:30"
    assert french.hours(when("2026-12-05T18:00:00+01:00", "2026-12-06T00:00:00+01:00")) == f"de 18{NBSP}h à minuit"


def test_what_lasts_longer_than_a_night_is_told_in_full(french):
    """“From 10 to 17” over two days would be read as one."""
    days = when("2026-12-05", "2026-12-06")
    assert french.hours(days) == french.span(days)


def test_a_month_has_a_name_without_its_year(french):
    """Below the heading of the year, the year is there already."""
    assert french.month_name("2026-12-01") == "décembre"


@pytest.mark.parametrize(
    ("iso", "offset"),
    [
        ("2026-12-02T20:00:00+01:00", "UTC+1"),
        ("2026-07-02T20:00:00+00:00", "UTC"),
        ("2026-07-02T20:00:00-04:00", "UTC−4"),
        ("2026-07-02T20:00:00-02:30", "UTC−2:30"),
        ("2026-07-02T20:00:00+05:45", "UTC+5:45"),
    ],
)
def test_the_distance_to_utc_is_said_as_people_write_it(french, iso, offset):
    """Who follows from a third country, without script, can count with it."""
    assert offset == french.offset(iso)
