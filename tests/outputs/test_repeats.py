"""How an event repeats, in the exact words that members read."""

from __future__ import annotations

from pathlib import Path

import pytest
from tests.hubs import load_village, moment, text, write

from handbill.outputs.repeats import Repeats, repeats_of
from handbill.outputs.words import words_for

LOCALE = Path(__file__).resolve().parents[2] / "theme" / "locale"
FRENCH, ENGLISH = words_for("fr", (LOCALE / "fr.po",)), words_for("en", ())


@pytest.mark.parametrize(
    ("how", "french", "english"),
    [
        (Repeats("FREQ=WEEKLY", "2026-05-05", added=("2026-05-09",)), "Chaque mardi, et le 9 mai 2026", "Every Tuesday, and on 9 May 2026"),
        (Repeats("FREQ=WEEKLY", "2026-05-05", excluded=("2026-05-12", "2026-06-02")), "Chaque mardi, sauf le 12 mai 2026 et le 2 juin 2026",
         "Every Tuesday, but not on 12 May 2026 and on 2 June 2026"),
        (Repeats("FREQ=WEEKLY", "2026-05-05", excluded=("2026-05-12",) * 4, added=("2026-05-09",) * 5), "Chaque mardi, et à 5 autres dates, sauf à 4 dates",
         "Every Tuesday, and on 5 more dates, but for 4 dates"),
        (Repeats("", "2026-05-05", added=("2026-05-09", "2026-06-01")), "À 2 autres dates", "On 2 more dates"),
        (Repeats("", "2026-05-05", added=("2026-05-09",)), "À une autre date", "On one more date"),
        (Repeats("", "2026-05-05"), "", ""),
    ],
)  # fmt: skip
def test_dates_on_top_and_dates_left_out_are_said_too(how, french, english):
    """“Every Tuesday” alone would bring people to a closed door."""
    assert (french, english) == (FRENCH.repeats(how).replace("\u00a0", " "), ENGLISH.repeats(how))


def test_the_page_of_an_event_says_how_it_repeats(tmp_path):
    """From the file to the record: the end by the clocks there, and no exception that is past."""
    front = {"starts": "2026-02-10 19:00", "organisers": "[X]", "venue": "{name: Salle}"}
    rule = "{rule: FREQ=WEEKLY;UNTIL=20260630T220000Z, except: [2026-03-03, 2026-04-07], extra: [2026-05-02, 2026-05-09], changes: [{on: 2026-05-09, status: cancelled}]}"
    loaded, _ = load_village(root=write(tmp_path, {"events/a.md": text(**front, recurrence=rule)}))
    item = loaded.hub.items[0]

    how = repeats_of(item.series, item.occurrences, moment("2026-03-20 12:00"))
    assert Repeats("FREQ=WEEKLY;UNTIL=20260630T220000Z", "2026-02-10", "2026-07-01", ("2026-05-02",), ("2026-04-07",)) == how
    assert "Chaque mardi, jusqu’au 1er juillet 2026, et le 2 mai 2026, sauf le 7 avril 2026" == FRENCH.repeats(how)
    assert repeats_of(None, item.occurrences, moment("2026-03-20 12:00")) is None
