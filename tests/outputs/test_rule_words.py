"""Recurrence rules in the exact words that members read."""

from __future__ import annotations

import random
import re
from pathlib import Path

from tests.cases import for_each
from tests.kinds.test_recurrence import EXAMPLES, some_rule

from handbill.outputs.repeats import Repeats
from handbill.outputs.words import words_for

LOCALE = Path(__file__).resolve().parents[2] / "theme" / "locale"
FRENCH, ENGLISH = words_for("fr", (LOCALE / "fr.po",)), words_for("en", ())

#: Behind each rule: its first day, then what is said in French and in English.
SAID = """
FREQ=DAILY | 2026-05-01 | Tous les jours | Every day
FREQ=DAILY;INTERVAL=2 | 2026-05-01 | Tous les deux jours | Every two days
FREQ=DAILY;INTERVAL=10;COUNT=5 | 2026-05-01 | Tous les 10 jours, 5 fois | Every 10 days, 5 times
FREQ=DAILY;BYMONTH=1 | 2026-01-01 | Tous les jours, en janvier | Every day, in January
FREQ=DAILY;BYDAY=MO,TU,WE,TH,FR | 2026-05-01 | Du lundi au vendredi | From Monday to Friday
FREQ=DAILY;BYDAY=SU,MO,TU,WE,TH,FR,SA | 2026-05-01 | Tous les jours | Every day
FREQ=DAILY;BYMONTHDAY=15 | 2026-05-15 | Le 15 de chaque mois | On the 15th of each month
FREQ=DAILY;INTERVAL=3;BYDAY=MO,TU | 2026-05-04 | Tous les trois jours, si c’est lundi ou mardi | Every three days, if it is Monday or Tuesday
FREQ=WEEKLY | 2026-05-05 | Chaque mardi | Every Tuesday
FREQ=WEEKLY;BYDAY=TU,TH | 2026-05-05 | Chaque mardi et jeudi | Every Tuesday and Thursday
FREQ=WEEKLY;BYDAY=SU,SA,WE | 2026-05-06 | Chaque mercredi, samedi et dimanche | Every Wednesday, Saturday and Sunday
FREQ=WEEKLY;BYDAY=TU,WE,TH | 2026-05-05 | Du mardi au jeudi | From Tuesday to Thursday
FREQ=WEEKLY;INTERVAL=2;BYDAY=TU | 2026-05-05 | Toutes les deux semaines, le mardi | Every two weeks, on Tuesday
FREQ=WEEKLY;INTERVAL=3;BYDAY=TU,TH | 2026-05-05 | Toutes les trois semaines, le mardi et le jeudi | Every three weeks, on Tuesday and Thursday
FREQ=WEEKLY;INTERVAL=2;BYDAY=MO,TU,WE | 2026-05-05 | Toutes les deux semaines, du lundi au mercredi | Every two weeks, from Monday to Wednesday
FREQ=WEEKLY;BYDAY=TU;BYMONTH=6,7 | 2026-06-02 | Chaque mardi, en juin et juillet | Every Tuesday, in June and July
FREQ=MONTHLY;BYDAY=2SA;UNTIL=20270612 | 2026-05-09 | Le deuxième samedi du mois, jusqu’au 12 juin 2027 | On the second Saturday of the month, until 12 June 2027
FREQ=MONTHLY;BYDAY=2SA;UNTIL=20270501 | 2026-05-09 | Le deuxième samedi du mois, jusqu’au 1er mai 2027 | On the second Saturday of the month, until 1 May 2027
FREQ=MONTHLY;BYDAY=1SA,3SA | 2026-05-02 | Le premier et le troisième samedi du mois | On the first and the third Saturday of the month
FREQ=MONTHLY;BYDAY=-1SU,1SU | 2026-05-03 | Le premier et le dernier dimanche du mois | On the first and the last Sunday of the month
FREQ=MONTHLY;BYDAY=-2MO | 2026-05-18 | L’avant-dernier lundi du mois | On the second to last Monday of the month
FREQ=MONTHLY;BYDAY=-3FR | 2026-05-15 | Le troisième vendredi en partant de la fin du mois | On the third Friday from the end of the month
FREQ=MONTHLY;BYDAY=1SA,-1SU | 2026-05-02 | Le premier samedi et le dernier dimanche du mois | On the first Saturday and the last Sunday of the month
FREQ=MONTHLY;INTERVAL=2;BYDAY=1FR | 2026-05-01 | Tous les deux mois, le premier vendredi | Every two months, on the first Friday
FREQ=MONTHLY;INTERVAL=2;BYDAY=TU | 2026-05-05 | Tous les deux mois, chaque mardi | Every two months, every Tuesday
FREQ=MONTHLY;BYDAY=TU | 2026-05-05 | Chaque mardi | Every Tuesday
FREQ=MONTHLY;BYMONTH=9;BYDAY=2SA | 2026-09-12 | Le deuxième samedi de septembre | On the second Saturday of September
FREQ=MONTHLY;BYMONTH=4;BYDAY=2SA | 2026-04-11 | Le deuxième samedi d’avril | On the second Saturday of April
FREQ=MONTHLY;BYMONTH=4,10;BYDAY=2SA | 2026-04-11 | Le deuxième samedi du mois, en avril et octobre | On the second Saturday of the month, in April and October
FREQ=MONTHLY | 2026-05-15 | Le 15 du mois | On the 15th of the month
FREQ=MONTHLY | 2026-05-01 | Le 1er du mois | On the 1st of the month
FREQ=MONTHLY;BYMONTHDAY=15,2 | 2026-05-02 | Le 2 et le 15 du mois | On the 2nd and the 15th of the month
FREQ=MONTHLY;BYMONTHDAY=-1 | 2026-05-31 | Le dernier jour du mois | On the last day of the month
FREQ=MONTHLY;BYMONTHDAY=1,-1 | 2026-05-31 | Le 1er et le dernier jour du mois | On the 1st and the last day of the month
FREQ=MONTHLY;BYMONTHDAY=-3 | 2026-05-29 | Le 3e jour en partant de la fin du mois | On the 3rd day from the end of the month
FREQ=MONTHLY;BYMONTHDAY=28,29,30;BYSETPOS=-1 | 2026-05-30 | Le 30, ou sinon le dernier jour du mois | On the 30th, or else on the last day of the month
FREQ=MONTHLY;BYMONTH=1,7;BYMONTHDAY=15 | 2026-01-15 | Chaque année, le 15 janvier et le 15 juillet | Every year, on 15 January and on 15 July
FREQ=MONTHLY;BYDAY=FR;BYMONTHDAY=13 | 2026-11-13 | Chaque vendredi qui tombe le 13 du mois | Every Friday that is the 13th of the month
FREQ=MONTHLY;BYDAY=SA;BYMONTHDAY=7,8,9,10,11,12,13 | 2026-05-09 | Chaque samedi entre le 7 et le 13 du mois | Every Saturday between the 7th and the 13th of the month
FREQ=MONTHLY;BYDAY=MO,TU,WE,TH,FR;BYSETPOS=-1 | 2026-05-29 | Le dernier jour de semaine du mois | On the last weekday of the month
FREQ=MONTHLY;BYDAY=TU,WE,TH;BYSETPOS=3 | 2026-05-07 | Le troisième jour du mois, parmi mardi, mercredi et jeudi | On the third day of the month, among Tuesday, Wednesday and Thursday
FREQ=MONTHLY;INTERVAL=2;BYMONTH=1,3;BYDAY=SA,SU;BYSETPOS=1,-1 | 2026-01-03 | Tous les deux mois, le premier jour et le dernier jour, en janvier et mars, parmi samedi et dimanche | Every two months, on the first day and the last day, in January and March, among Saturday and Sunday
FREQ=YEARLY | 2026-04-11 | Chaque année, le 11 avril | Every year, on 11 April
FREQ=YEARLY | 2026-05-01 | Chaque année, le 1er mai | Every year, on 1 May
FREQ=YEARLY | 2024-02-29 | Chaque année, le 29 février | Every year, on 29 February
FREQ=YEARLY;INTERVAL=2 | 2026-04-11 | Tous les deux ans, le 11 avril | Every two years, on 11 April
FREQ=YEARLY;BYMONTH=6,7 | 2026-06-10 | Chaque année, le 10 juin et le 10 juillet | Every year, on 10 June and on 10 July
FREQ=YEARLY;BYMONTH=3;BYDAY=TH | 2026-03-05 | Chaque jeudi, en mars | Every Thursday, in March
FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=-1 | 2024-02-29 | Chaque année, le dernier jour de février | Every year, on the last day of February
FREQ=YEARLY;INTERVAL=4;BYMONTH=11;BYDAY=TU;BYMONTHDAY=2,3,4,5,6,7,8 | 2028-11-07 | Tous les quatre ans, chaque mardi entre le 2 et le 8, en novembre | Every four years, every Tuesday between the 2nd and the 8th, in November
FREQ=WEEKLY;COUNT=1 | 2026-05-05 | Chaque mardi, une fois | Every Tuesday, once
"""


@for_each("line", SAID.strip().splitlines())
def test_a_rule_is_said_as_people_say_it(line):
    """`FREQ=MONTHLY;BYDAY=2SA` is for machines, and a list of twelve dates for those who can count."""
    rule, first, french, english = line.split(" | ")
    day = rule.partition("UNTIL=")[2][:8]
    how = Repeats(rule, first, f"{day[:4]}-{day[4:6]}-{day[6:]}" if day else "")

    assert (french, english) == (FRENCH.repeats(how).replace("\u00a0", " "), ENGLISH.repeats(how))


def test_every_rule_of_the_subset_is_said_in_words():
    """No part of a rule may be left out, and nothing of the rule's own letters may be shown."""
    chance = random.Random(7)
    rules = [some_rule(chance)[0] for _ in range(1500)] + [line.partition(" | ")[0] for line in EXAMPLES.strip().splitlines()]
    for rule in rules:
        parts = dict(part.split("=") for part in rule.split(";"))
        said = {words.lang: words.repeats(Repeats(rule, "2026-05-05")) for words in (FRENCH, ENGLISH)}
        for told in said.values():
            assert not re.search(r"^$|[{}=;]|[A-Z]{2}|on on|\bon le\b|  |, ,", told), (rule, told)
        if "COUNT" in parts and parts["COUNT"] != "1":
            assert (f", {parts['COUNT']} times", f", {parts['COUNT']} fois") == (
                said["en"][said["en"].rindex(",") :],
                said["fr"][said["fr"].rindex(",") :],
            )
        for month in parts.get("BYMONTH", "").split(","):
            name = ENGLISH.month_name(f"2024-{int(month):02}-01") if month else ""
            assert name in said["en"], (rule, said["en"])
        if int(parts.get("INTERVAL", 1)) > 1:
            assert re.match(r"Every (two|three|four|five|six|\d+) ", said["en"]), (rule, said["en"])


def test_no_two_rules_with_other_dates_are_said_alike():
    """Of two rules that differ in a day, nobody could tell which one is meant."""
    differing = (
        "FREQ=MONTHLY;BYDAY={}",
        ["1SA", "2SA", "3SA", "4SA", "5SA", "-1SA", "-2SA", "-3SA", "-4SA", "-5SA", "SA", "SU", "1SU", "1SA,2SA"],
    )
    numbered = ("FREQ=MONTHLY;BYMONTHDAY={}", [*map(str, range(1, 32)), *map(str, range(-31, 0)), "1,2", "1,-1"])
    for pattern, values in (differing, numbered):
        for words in (FRENCH, ENGLISH):
            said = [words.repeats(Repeats(pattern.format(value), "2026-05-02")) for value in values]
            assert sorted(set(said)) == sorted(said)


def test_a_language_without_words_keeps_its_own_dates():
    """A hub in a language that the theme does not speak yet says it in English, with the names of days in its own."""
    german = words_for("de", ())

    assert "On the second Samstag of the month" == german.repeats(Repeats("FREQ=MONTHLY;BYDAY=2SA", "2026-05-09"))
    assert "On the 15. of the month".replace("15.", "15") == german.repeats(Repeats("FREQ=MONTHLY", "2026-05-15"))
