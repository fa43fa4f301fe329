"""From what a letter chooses to its cards."""

from tests.hubs import load_village

from handbill.kinds.issue import Section
from handbill.outputs.cards import Cards
from handbill.outputs.chosen import cards_of


def test_later_dates_of_the_same_fate_stand_with_the_first():
    """One entry says all, whether on the page of the letter or in the mail."""
    loaded, settings = load_village()
    item = loaded.hub.by_id["event:corvee"]
    first, second, *_ = item.occurrences

    at = loaded.hub.as_of
    (card,) = cards_of(Section("changes", ((item, first),), ((second,),)), Cards(loaded.hub, settings, "fr"), at)
    assert first.starts.isoformat() == card.when.starts
    assert [second.starts.isoformat()] == [one.starts for one in card.also]


def test_other_sections_have_no_such_dates():
    """What comes is listed date by date."""
    loaded, settings = load_village()
    item = loaded.hub.by_id["event:fete"]

    (card,) = cards_of(Section("events", ((item, item.occurrences[0]),)), Cards(loaded.hub, settings, "fr"), loaded.hub.as_of)
    assert () == card.also


def test_among_the_changes_an_event_is_not_described_again():
    """What became of it is the news."""
    loaded, settings = load_village()
    item = loaded.hub.by_id["event:fete"]
    entries = ((item, item.occurrences[0]),)

    for name, expected in (("changes", ""), ("events", item.summary)):
        (card,) = cards_of(Section(name, entries), Cards(loaded.hub, settings, "fr"), loaded.hub.as_of)
        assert expected == card.summary
