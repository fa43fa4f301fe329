"""Which changes are news."""

from dataclasses import replace
from types import SimpleNamespace

import pytest
from tests.frozen import letter, occurrence

from handbill.hub.frozen import Chosen, Told
from handbill.hub.item import Body, Item
from handbill.kinds.news import news

FAIR = Item("event:fete", "event", "events/fete.md", "fete", "fr", "/events/fete/", "La fête", "", Body())
AS_TOLD = occurrence()
OFF = replace(AS_TOLD, status="cancelled", note="Il pleut.")
MOVED = replace(occurrence("2026-04-18 14:00", "2026-04-18 18:00"), status="rescheduled", was=(AS_TOLD.starts,))
MOVED_OFF = replace(MOVED, status="cancelled")
UNTOLD = occurrence("2026-05-09 14:00", "2026-05-09 18:00", status="cancelled")


def hub(*told):
    """Return a hub in which the letters 1, 2 … told of these dates; what told of ``None`` was never frozen."""
    frozen = {
        f"issue:{number}": letter(number, chosen=(Chosen(0, {"show": "events"}, (Told(FAIR.id, FAIR.title, FAIR.address, (when,)),)),))
        for number, when in enumerate(told, 1)
        if when is not None
    }
    return SimpleNamespace(frozen=frozen), [SimpleNamespace(id=f"issue:{number}") for number in range(len(told), 0, -1)]


@pytest.mark.parametrize("is_new", [True, False])
@pytest.mark.parametrize(
    ("expected", "told", "now"),
    [
        # Told as it is: whatever is edited in the file beside, nobody needs to hear it again.
        ((), (OFF,), replace(OFF, note="Il pleut beaucoup.")),
        ((), (AS_TOLD, OFF), OFF),
        ((), (MOVED,), MOVED),
        # Told otherwise: whoever noted the date must hear of it, even if nobody knows when the file changed.
        ((OFF,), (AS_TOLD,), OFF),
        ((MOVED,), (AS_TOLD,), MOVED),
        ((MOVED_OFF,), (MOVED,), MOVED_OFF),
        ((MOVED_OFF,), (AS_TOLD, MOVED), MOVED_OFF),
        # Back to what the letter before the last one said.
        ((AS_TOLD,), (AS_TOLD, OFF), AS_TOLD),
    ],
)  # fmt: skip
def test_news_is_what_differs_from_what_was_told_last(expected, told, now, is_new):
    """A correction of a typo made the letter announce the same cancellation three months running."""
    known, earlier = hub(*told)

    assert expected == news(FAIR, (now,), earlier, known, is_new)


@pytest.mark.parametrize("is_new", [True, False])
def test_of_what_no_letter_wrote_down_a_guess_is_made(is_new):
    """Letters sent before letters were frozen count as well."""
    for told in ((), (None,), (AS_TOLD,)):
        known, earlier = hub(*told)
        assert ((UNTOLD,) if is_new else ()) == news(FAIR, (UNTOLD,), earlier, known, is_new)


def test_a_letter_in_between_that_was_never_frozen_may_have_told_it():
    """Nobody wrote down what it said, so it depends on when the file changed."""
    known, earlier = hub(AS_TOLD, None)

    assert (OFF,) == news(FAIR, (OFF,), earlier, known, is_new=True)
    assert () == news(FAIR, (OFF,), earlier, known, is_new=False)


def test_of_several_dates_only_those_are_told_that_are_news():
    """In April the May date was called off as well; who knows of April is told of May."""
    known, earlier = hub(OFF)

    assert (UNTOLD,) == news(FAIR, (OFF, UNTOLD), earlier, known, is_new=True)
