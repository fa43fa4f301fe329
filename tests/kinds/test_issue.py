"""Letters: what their queries choose, as of their own date."""

from tests.hubs import load_village

from handbill.kinds.issue import sections


def chosen(issue, as_of="2026-12-01 12:00"):
    """Return what a letter of the village contains, by section."""
    hub = load_village(as_of)[0].hub
    return {one.name: [item.id for item, _ in one.entries] for one in sections(hub.by_id[issue], hub)}


def test_a_letter_says_what_was_known_on_its_day_whenever_it_is_built():
    """March's letter built in December must not know of April."""
    assert chosen("issue:2026-03", "2026-03-20 12:00") == chosen("issue:2026-03", "2026-12-01 12:00")


def test_a_letter_tells_what_is_new_since_the_one_before():
    """The well's post came between the letters; last year's did not."""
    found = chosen("issue:2026-03")

    assert ["post:le-puits"] == found["posts"]
    assert ["contest:photo"] == found["contests"]
    assert ["event:corvee", "event:concert", "event:fete", "event:corvee"] == found["events"]


def test_an_empty_section_vanishes():
    """A heading over nothing looks like a fault."""
    assert "contests" not in chosen("issue:2026-02")
