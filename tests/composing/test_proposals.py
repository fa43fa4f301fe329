"""The lines proposed for a letter come from what its sections show."""

from tests.composing.letters import contest, hub_with, read

from handbill.composing.choices import Choice, Chosen
from handbill.composing.proposals import proposed
from handbill.errors import said
from handbill.outputs.words import words_for


def choice(show, *entries):
    return Choice(show, "", "cards", 12, 0, said("named by hand"), entries)


def test_the_next_date_and_the_next_closing_come_first(tmp_path):
    """A date that is off is no reason to open a mail, and a series is one thing."""
    hub, _ = read(hub_with(tmp_path, **{"content/contests/photo.md": contest("La photo", "2026-04-30")}))
    off = Chosen("Le bal", "events/bal.md", "/e/", "2026-04-02T20:00:00+02:00", is_off=True)
    first, again = (Chosen("L'atelier", "events/a.md", "/a/", f"2026-04-{day}T10:00:00+02:00") for day in (10, 17))
    found = proposed(
        (choice("events", off, first, again), choice("contests", Chosen("La photo", "content/contests/photo.md", "/c/"))),
        hub, words_for("en", ()), "The letter", 3,
    )  # fmt: skip

    assert ("L'atelier, Friday 10 April", "Also: La photo, until 30 April") == found


def test_a_letter_that_shows_nothing_is_called_by_its_number(tmp_path):
    """A letter has a subject before it has anything to say."""
    hub, _ = read(hub_with(tmp_path))

    assert ("The letter, no. 3", "") == proposed((), hub, words_for("en", ()), "The letter", 3)
