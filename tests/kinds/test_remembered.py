"""What a frozen letter's page shows."""

from dataclasses import replace

import pytest
from tests.frozen import letter
from tests.hubs import load_village, moment, text, write

from handbill.kinds import choosing
from handbill.kinds.remembered import LINKED, chosen, sections


@pytest.fixture(scope="module")
def march():
    """The village with its letter of March frozen."""
    hub = load_village()[0].hub
    item = hub.by_id["issue:2026-03"]
    frozen = letter(2, item=item.id, chosen=chosen(item, hub))
    return replace(hub, frozen={item.id: frozen}), item


def shown(item, hub):
    return [
        (one.name, [(entry.item.title, entry.when and entry.when.starts.isoformat()) for entry in one.entries])
        for one in sections(item, hub)
    ]


def test_a_letter_that_is_not_frozen_is_chosen_anew(march):
    """It is being written."""
    hub, item = march

    assert choosing.sections(item, hub) == sections(item, replace(hub, frozen={}))


def test_a_frozen_letter_shows_what_it_showed(march):
    """Right after freezing nothing may look different."""
    hub, item = march

    assert shown(item, replace(hub, frozen={})) == shown(item, hub)


def test_what_came_later_and_what_would_be_chosen_now_do_not_get_in(march):
    """A post with an old date would otherwise appear in a letter that never had it."""
    hub, item = march
    post = hub.by_id["post:le-puits"]
    late = replace(hub, items=(*hub.items, replace(post, id="post:antidated", published=moment("2026-03-10 09:00"), title="Antidaté")))

    assert "Antidaté" in str(shown(item, replace(late, frozen={})))
    assert shown(item, hub) == shown(item, late)


def test_an_entry_is_shown_as_it_is_today(march):
    """Who reads the archive before the date should not come in vain; what was mailed is one link away."""
    hub, item = march
    fair = hub.by_id["event:fete"]
    off = replace(fair, occurrences=tuple(replace(one, status="cancelled") for one in fair.occurrences))
    later = replace(hub, items=tuple(off if one.id == fair.id else one for one in hub.items))

    (entry,) = [one for section in sections(item, later) for one in section.entries if one.item.id == fair.id]
    assert "cancelled" == entry.when.status


def test_a_date_that_moved_is_still_the_one_that_was_told(march):
    """The letter told of one Saturday, not of a second one."""
    hub, item = march
    fair = hub.by_id["event:fete"]
    (was,) = fair.occurrences
    moved = replace(was, starts=moment("2026-06-06 14:00"), ends=moment("2026-06-06 18:00"), was=(was.starts,))
    later = replace(hub, items=tuple(replace(one, occurrences=(moved,)) if one.id == fair.id else one for one in hub.items))

    (entry,) = [one for section in sections(item, later) for one in section.entries if one.item.id == fair.id]
    assert moved == entry.when


def test_what_is_gone_stays_by_its_name_and_date(march):
    """A letter with a hole in it would be another letter."""
    hub, item = march
    later = replace(hub, items=tuple(one for one in hub.items if one.id not in ("event:fete", "post:le-puits")))

    assert shown(item, hub) == shown(item, later)
    gone = [one.item for section in sections(item, later) for one in section.entries if one.item.id in ("event:fete", "post:le-puits")]
    assert 2 == len(gone)
    assert not any(one.is_listed for one in gone)


def test_events_to_which_the_text_leads_are_written_down_as_told(march):
    """A letter announces in its own words, too."""
    hub, item = march
    address = hub.by_id["event:fete"].address
    linking = replace(item, body=replace(item.body, links=(*item.body.links, f"{address}#programme")))

    (linked,) = [one for one in chosen(linking, hub) if one.show == LINKED]
    assert [("event:fete", "2026-04-11")] == [(one.id, one.dates[0].starts.date().isoformat()) for one in linked.entries]
    assert LINKED not in [one.show for one in chosen(item, hub)]


def test_what_is_written_down_names_the_query_and_what_it_found(march):
    """“Why is this in the letter?” has an answer years later."""
    hub, item = march

    found = {one.show: one for one in chosen(item, hub)}
    assert {"show": "events", "limit": 12, "ahead": 45} == {key: found["events"].query[key] for key in ("show", "limit", "ahead")}
    assert ["post:le-puits"] == [one.id for one in found["posts"].entries]


def test_two_equal_sections_are_written_down_as_two(tmp_path):
    """The second shows what found no room in the first; under the number of the first nobody would find it again."""
    posts = {f"content/posts/{number}.md": text(title=f"Post {number}", date="2026-04-05") for number in range(14)}
    letter = text(number="1", subject="Avril", date="2026-04-15 18:00", sections="[changes, posts, contests, posts]")
    hub = load_village("2026-06-01 12:00", write(tmp_path, {**posts, "newsletters/1.md": letter}))[0].hub

    found = chosen(hub.of_kind("issue")[0], hub)
    assert [(1, "posts", 12), (3, "posts", 2)] == [(one.number, one.show, len(one.entries)) for one in found]
