"""Last year's file, made this year's."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from handbill.authoring.answers import Values
from handbill.authoring.copying import ANCHORS, DROPPED, Model, Moving, copy
from handbill.errors import WrongUse
from handbill.hub.sample import leaves
from handbill.kinds import KINDS

KIND = {kind.name: kind for kind in KINDS}
TODAY = date(2026, 11, 21)

FAIR = """---
# Our great day.
title: "Foire 2026 : la 12e édition"   # with its number
id: event:foire
date: 2026-02-01
updated: 2026-04-30
tags: [fête,  bois]

starts: 2026-05-09 14:00
ends:   2026-05-10 02:00
venue: {name: Quai}
registration: {url: https://inscription.example/foire, opens: 2026-04-01 09:00, closes: 2026-05-02 18:00, full: true}
organisers:
  - ines   # who else
status: moved_online
status_note: >-
  La salle
  est inondée.
recap: ../../content/posts/foire.md
---

On se retrouve en 2026, comme [l'an dernier](../2025/foire.md), [ici](autre.md#lieu) ou
![là](../../content/pictures/a.png) ; voir <https://2026.example/> et [b].

[b]: ../2025/b.md
"""


def model(text: str = FAIR, kind: str = "event", source: str = "events/2026/foire.md") -> Model:
    return Model(KIND[kind], source, text.encode(), "Europe/Paris")


def copied(text: str = FAIR, kind: str = "event", given: Values | None = None, new: str = "", source: str = "events/2026/foire.md"):  # type: ignore[no-untyped-def]
    one = model(text, kind, source)
    target = source.replace("2026/", "2027/")
    return copy(one, given or {}, Moving(target, one.completed(new) or one.proposed(TODAY), TODAY, 13, "en"))


def test_all_but_what_changed_is_as_it_was():
    """Comments, order, spacing: an editor must know the file again."""
    assert (
        """---
# Our great day.
title: "Foire 2027 : la 13e édition"   # with its number
date: 2026-11-21
tags: [fête,  bois]

starts: 2027-05-08 14:00
ends:   2027-05-09 02:00
venue: {name: Quai}
registration: {url: https://inscription.example/foire, opens: 2027-03-31 09:00, closes: 2027-05-01 18:00}
organisers:
  - ines   # who else
---

<!-- Copied from events/2026/foire.md: reread the text, then take this line away. -->

On se retrouve en 2026, comme [l'an dernier](../2025/foire.md), [ici](../2026/autre.md#lieu) ou
![là](../../content/pictures/a.png) ; voir <https://2026.example/> et [b].

[b]: ../2025/b.md
"""
        == copied().text
    )


def test_what_was_moved_or_left_out_is_told():
    """Nobody finds “13e” wrong who was not told that it was counted."""
    assert [
        "left out, because it was true of that time only: id, updated, recap, status, status_note, registration.full",
        "title: “Foire 2026 : la 12e édition” became “Foire 2027 : la 13e édition”",
        "2026 still stands on these lines, reread them: 17",
    ] == [str(one) for one in copied().notices]


def test_a_start_that_is_given_moves_everything_by_the_same_distance():
    """An hour later, and a week later than the rank would say."""
    text = copied(new="2027-05-15 15:00").text

    for line in ("starts: 2027-05-15 15:00", "ends:   2027-05-16 03:00", ):
        assert f"\n{line}\n" in text
    assert "opens: 2027-04-07 09:00, closes: 2027-05-08 18:00}" in text


def test_a_day_that_is_given_keeps_the_time_of_the_model():
    """Most events begin when they always did."""
    assert "\nstarts: 2027-05-15 14:00\n" in copied(new="2027-05-15").text


def test_values_that_are_given_take_the_place_of_the_models():
    """In the same line where there is one."""
    text = copied(given={"title": "Bal", "price": "5 €", "venue": {"name": "Pré", "city": "Bègles"}, "tags": ("danse",), "date": "2027-01-02"}).text

    assert "\ntitle: Bal   # with its number\ndate: 2027-01-02\ntags: [danse]\n\nstarts:" in text
    assert "\nvenue:\n  name: Pré\n  city: Bègles\nregistration:" in text
    assert "\nprice: 5 €\n---\n" in text


SERIES = """---
title: Samedi
date: 2026-06-22
starts: {starts}
venue:
  name: Quai
organisers: [ines]
recurrence:
  rule: {rule}
  except: {exceptions}
  # Moved dates.
  changes:
    - on: 2026-10-10 14:00
      status: cancelled
---

Text.
"""


@pytest.mark.parametrize(
    ("starts", "rule", "exceptions", "expected"),
    [
        (
            "2026-09-12 14:00", "FREQ=MONTHLY;BYDAY=2SA;UNTIL=20270612T180000Z", "[2026-12-12, 2027-05-08]",
            ("2027-09-11 14:00", "FREQ=MONTHLY;BYDAY=2SA;UNTIL=20280610T180000Z", "[2027-12-11, 2028-05-13]"),
        ),
        (
            "2026-09-15 19:00", "FREQ=MONTHLY;BYMONTHDAY=15;COUNT=6", "[2026-12-15 19:00]",
            ("2027-09-15 19:00", "FREQ=MONTHLY;BYMONTHDAY=15;COUNT=6", "[2027-12-15 19:00]"),
        ),
        (
            "2026-10-06", "FREQ=WEEKLY;INTERVAL=2;BYDAY=TU;UNTIL=20261231", "2026-10-20",
            ("2027-10-05", "FREQ=WEEKLY;INTERVAL=2;BYDAY=TU;UNTIL=20271230", "2027-10-19"),
        ),
    ],
)  # fmt: skip
def test_a_series_begins_and_pauses_on_dates_of_its_rule(starts, rule, exceptions, expected):
    """The second Saturdays of next year are not all 364 days after those of this one."""
    text = copied(SERIES.format(starts=starts, rule=rule, exceptions=exceptions)).text

    assert (f"starts: {expected[0]}\n" in text, f"rule: {expected[1]}\n" in text, f"except: {expected[2]}\n" in text) == (True, True, True)
    assert "changes" not in text
    assert "  # Moved dates.\n---\n" in text


def test_a_letter_is_the_next_one():
    """Its number is the first that is free, its date the same weekday of the next month."""
    letter = (
        '---\nnumber: 9\nsubject: "Lettre n° 9 : rentrée"\ndate: 2026-09-03 18:00\nsince: 2026-08-01\n'
        "corrections:\n  - date: 2026-09-05\n    text: Samedi, et non dimanche.\n---\n\nBonsoir.\n"
    )
    text = copied(letter, "issue", source="newsletters/2026-09.md").text

    assert '---\nnumber: 13\nsubject: "Lettre n° 10 : rentrée"\ndate: 2026-12-03 18:00\nsince: 2026-10-31\n---\n' in text


def test_a_contest_keeps_the_days_between_its_dates():
    """Opens, closes, is drawn and is told in the same rhythm."""
    contest = "---\ntitle: A\ndate: 2026-04-27\nopens: 2026-05-04\ncloses: 2026-05-31\ndraw: 2026-06-06 18:00\nresults: 2026-06-08\nwinners:\n  - name: R.\n---\n"
    text = copied(contest, "contest", source="content/contests/a.md").text

    assert "date: 2026-11-21\nopens: 2027-05-03\ncloses: 2027-05-30\ndraw: 2027-06-05 18:00\nresults: 2027-06-07\n---\n" in text


def test_a_page_has_no_dates_to_move():
    """It is copied as it is, and announced on no day."""
    page = "---\ntitle: Règlement\nmenu: footer\n---\n\nText.\n"

    assert page.replace("---\n\nText", "---\n\n<!-- Copied from content/pages/a.md: reread the text, then take this line away. -->\n\nText") == copied(page, "page", source="content/pages/a.md").text


def test_a_post_is_of_today():
    """Copying a post is writing a new one after its model."""
    assert "title: A\ndate: 2026-11-21\n" in copied("---\ntitle: A\ndate: 2025-01-19 09:00\n---\n", "post", source="content/posts/a.md").text


def test_what_cannot_be_read_cannot_be_copied():
    """The check says what is wrong; guessing here would say something else."""
    with pytest.raises(WrongUse, match="cannot be read"):
        model("no front matter")


def test_how_many_came_is_of_that_one_time():
    """A date that is to come with the totals of the last one would be told as over."""
    event = "---\ntitle: A\ndate: 2026-01-02\nstarts: 2026-05-01 14:00\nregistration:\n  url: https://x.example/\n  taken: 12\nattendance:\n  attended: 31\n---\n\nVenez.\n"
    made = copied(event, "event", source="events/a.md").text

    assert "taken" not in made
    assert "attend" not in made


def test_what_is_left_out_and_what_moves_are_fields():
    """A field that is renamed must not be copied in silence."""
    known = {name for kind in KINDS for name, _ in leaves(kind.all_fields)}

    assert [] == [names for names in DROPPED if ".".join(names) not in known]
    assert all(any(one.name == anchor for one in KIND[kind].all_fields) for kind, anchor in ANCHORS.items())


@pytest.mark.parametrize("file", sorted((Path(__file__).resolve().parents[2] / "events").rglob("*.md")), ids=lambda file: file.stem)
def test_every_event_of_this_hub_is_copied_with_nothing_lost(file):
    """Line by line: what is not a date, a number or true of that time only is still there."""
    text = file.read_text(encoding="utf-8")
    one = model(text, source=f"events/{file.parent.name}/{file.name}")
    made = copy(one, {}, Moving(f"events/2030/{file.name}", one.proposed(TODAY), TODAY, 1, "fr")).text
    body = text.split("\n---\n", 1)[1]

    assert [line for line in body.split("\n") if "](" not in line and line] == [line for line in made.split("\n---\n", 1)[1].split("\n") if "](" not in line and line][1:]
    assert all(f"\n{line}\n" in made for line in text.split("\n---\n")[0].split("\n")[1:] if line.startswith(("title:", "venue:", "  name:", "organisers:", "tags:")))
