"""The front page: the next dates, what is open, what is new."""

from __future__ import annotations

from tests.hubs import text, write
from tests.outputs.records import EVENT, many, pages, titles

from handbill.outputs.home import ON_HOME


def test_the_home_page_says_what_is_on_what_is_open_and_what_is_new():
    """That is what people come for."""
    home = pages()["/"]

    assert ["Fête du puits", "Corvée de bois"] == [card.title for card in home.upcoming]
    assert ["Photo du puits"] == [card.title for card in home.open]
    assert ["Le puits & la «\u00a0margelle\u00a0» <neuve>", "Un ancien billet"] == [card.title for card in home.posts]
    assert "Mars au village" == home.letter.title
    assert [("Eau", "/hub/tags/eau/"), ("pierre", "/hub/tags/pierre/")] == [(one.title, one.address) for one in home.tags]


def test_the_home_page_of_a_language_holds_that_language():
    """Half a page in another language is no page."""
    home = pages(lang="en")["/en/"]

    assert (["The well"], (), (), None) == ([card.title for card in home.posts], home.upcoming, home.open, home.letter)
    assert [("Eau", "/hub/en/tags/eau/")] == [(one.title, one.address) for one in home.tags]


def test_the_home_page_is_short(tmp_path):
    """It shows the next things, and the lists have all."""
    root = many(tmp_path, 20)
    write(root, {f"events/e{number:02}.md": text(starts=f"2026-04-{number + 1:02} 10:00", **EVENT) for number in range(20)})

    home = pages(root)["/"]
    assert (ON_HOME, ON_HOME) == (len(home.posts), len(home.upcoming))
    assert "2026-04-01T10:00:00+02:00" == home.upcoming[0].when.starts


def test_a_series_stands_on_the_home_page_once(tmp_path):
    """A weekly meeting would push everything else off it."""
    files = {
        "events/a.md": text(title="Chaque jour", starts="2026-03-21 09:00", recurrence="{rule: FREQ=DAILY;COUNT=30}", **EVENT),
        "events/b.md": text(title="Une fois", starts="2026-04-30 09:00", **EVENT),
    }

    assert ["Chaque jour", "Une fois"] == [card.title for card in pages(write(tmp_path, files))["/"].upcoming]


def test_what_is_called_off_takes_no_place_of_what_is_on(tmp_path):
    """A cancelled ride stood as large as the market; those who meant to come must still find it."""
    off = {"status": "cancelled", "status_note": "Verglas"}
    files = {
        "events/ride.md": text(title="Balade", starts="2026-03-21 09:00", **off, **EVENT),
        "events/market.md": text(title="Marché", starts="2026-03-22 09:00", **EVENT),
    }
    home = pages(write(tmp_path, files))["/"]

    assert (["Marché"], ["Balade"]) == ([card.title for card in home.upcoming], [card.title for card in home.off])


def test_what_is_called_off_far_ahead_is_no_news_yet(tmp_path):
    """The front page speaks of the dates that it shows; the agenda has the rest."""
    off = {"status": "cancelled", "status_note": "Verglas"}
    files = {f"events/e{day:02}.md": text(starts=f"2026-04-{day:02} 10:00", **EVENT) for day in range(1, ON_HOME + 1)}
    files |= {"events/ride.md": text(title="Balade", starts="2026-08-21 09:00", **off, **EVENT)}

    assert () == pages(write(tmp_path, files))["/"].off


def test_the_next_date_without_signing_up_is_named(tmp_path):
    """Somebody who comes for the first time wants a date at which nobody has to know them."""
    files = {
        "events/online.md": text(title="Visio", starts="2026-03-21 09:00", organisers="[X]", mode="online"),
        "events/signup.md": text(title="Atelier", starts="2026-03-22 09:00", registration="{url: https://i.example/}", **EVENT),
        "events/free.md": text(title="Samedi", starts="2026-03-28 09:00", **EVENT),
    }

    assert "Samedi" == pages(write(tmp_path, files))["/"].come.title
    assert None is pages(write(tmp_path / "empty", {}))["/"].come


def test_the_room_that_is_left_is_filled_with_dates_in_other_languages(tmp_path):
    """A front page in English with two dates, while twenty take place, would say that little happens."""
    files = {
        f"events/{n}{lang}.md": text(title=f"{n}{lang}", **EVENT, starts=f"2026-04-{n:02} 14:00", ends=f"2026-04-{n:02} 18:00")
        for n, lang in [*((n, "") for n in range(1, 9)), *((n, ".en") for n in (10, 11, 12))]
    }
    root = write(tmp_path, files)

    assert [("In French only", ["1", "2"])] == titles(pages(root, lang="en")["/en/"].others)
    assert () == pages(root)["/"].others
