"""Which items a review asks about."""

from tests.hubs import load_village

from handbill.reviewing.coming import awaited, seen_or_awaited


def test_what_waits_for_its_day_is_looked_at_and_a_draft_is_not():
    """Whoever approves a post for next week will not be asked again next week; a draft comes back as another proposal."""
    hub = load_village()[0].hub
    hidden = {item.slug: item.is_draft for item in hub.hidden}

    assert {"bientot": False, "brouillon": True} == hidden
    assert ("bientot",) == tuple(item.slug for item in awaited(hub))
    assert {"bientot"} == {item.slug for item in seen_or_awaited(hub)} - {item.slug for item in hub.items}


def test_the_order_is_that_of_the_files():
    """The order of a review must not depend on when things were published."""
    sources = [item.source for item in seen_or_awaited(load_village()[0].hub)]

    assert sorted(sources) == sources
