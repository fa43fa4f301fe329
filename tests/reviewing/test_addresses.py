"""What becomes of public addresses, told from the plans of two builds."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from tests.hubs import text
from tests.reviewing.built import State, edit, state_of

from handbill.checking.addresses import promises_of
from handbill.layout import ADDRESSES
from handbill.reading.promises import lock_text
from handbill.reviewing import addresses
from handbill.reviewing.record import AddressChange

FAIR, OLD, PAGE = "events/2026/fete.md", "content/posts/ancien.md", "content/pages/a-propos.md"

Edit = Callable[[Path], object]


def told(before: State, after: State, broken: frozenset[str] = frozenset()) -> tuple[AddressChange, ...]:
    known = [addresses.facts(one.found.hub, one.found.settings, one.options, Path(), one.found.planned) for one in (before, after)]
    return addresses.changes(*known, broken)


def changed(root: Path, *edits: tuple[str, str, str] | Edit, is_published: bool = True) -> dict[str, AddressChange]:
    """Return what a few edits change for addresses, by the address."""
    before = state_of(root, is_published=is_published)
    if is_published:
        (root / ADDRESSES).write_text(lock_text(promises_of(before.found.planned)), encoding="utf-8")
    for one in edits:
        if callable(one):
            one(root)
        else:
            edit(root, *one)
    return {one.address: one for one in told(before, state_of(root, is_published=False))}


def test_nothing_changed_is_told_as_nothing(hub):
    """Another word on a page is no other address."""
    assert changed(hub, (OLD, "---\n\n", "---\n\nUn mot. ")) == {}


def test_a_new_post_begins_to_answer_with_all_that_follows(hub):
    """Its tag gets a page, and feeds that people will keep."""
    found = changed(hub, lambda root: (root / "content/posts/neuf.md").write_text(text(tags="[Lune]")))

    assert found["/posts/neuf/"] == AddressChange("/posts/neuf/", "added")
    assert {"/tags/lune/", "/feeds/tags/lune.rss.xml"} <= found.keys()
    assert {one.how for one in found.values()} == {"added"}


@pytest.mark.parametrize("is_published", [True, False])
def test_a_moved_event_is_found_from_its_old_address(hub, is_published):
    """Written down or not yet: whoever kept the address gets there, and subscribed calendars stay where they are."""
    found = changed(hub, (FAIR, "---\n", "---\nslug: grande-fete\nid: event:fete\n"), is_published=is_published)

    assert found["/events/fete/"] == AddressChange("/events/fete/", "changed", "/events/grande-fete/")
    assert found["/events/grande-fete/"] == AddressChange("/events/grande-fete/", "added")
    assert "/events/fete/event.ics" not in found


def test_an_alias_is_an_address_that_leads_elsewhere(hub):
    """It answers from now on, and a reviewer should know where to."""
    found = changed(hub, (PAGE, "---\n", "---\naliases: [/qui-sommes-nous/]\n"))

    assert found == {"/qui-sommes-nous/": AddressChange("/qui-sommes-nous/", "added", "/a-propos/")}


def test_a_lost_address_is_told_whether_hub_toml_names_it_or_not(hub):
    """The one is a decision, the other a broken promise that stops the build."""
    lost = changed(hub, (OLD, "---\n", "---\ndraft: true\n"))
    edit(hub, OLD, "---\ndraft: true\n", "---\n")
    own = next(one for one in lost if one.startswith("/posts/"))
    declared = changed(hub, (OLD, "---\n", "---\ndraft: true\n"), ("hub.toml", 'gone = ["', f'gone = ["{own}", "'))

    assert lost[own] == AddressChange(own, "removed")
    assert declared[own] == AddressChange(own, "removed", is_declared=True)


def test_an_address_struck_out_of_its_lock_is_told_as_lost(hub):
    """Alias and line go together, and then no build knows that somebody was promised this."""
    (hub / ADDRESSES).write_text(lock_text(promises_of(state_of(hub).found.planned)), encoding="utf-8")
    before = state_of(hub)
    edit(hub, OLD, "aliases: [/blog/ancien/]\n", "")
    kept = told(before, state_of(hub, is_published=False))
    lines = (hub / ADDRESSES).read_text(encoding="utf-8").splitlines(keepends=True)
    (hub / ADDRESSES).write_text("".join(line for line in lines if not line.startswith("/blog/ancien/ ")), encoding="utf-8")

    assert () == kept
    assert (AddressChange("/blog/ancien/", "removed"),) == told(before, state_of(hub, is_published=False))


def test_an_address_that_answers_again_is_a_new_one(hub):
    """What hub.toml named as gone is written anew."""
    found = changed(
        hub, ("hub.toml", 'gone = ["/posts/retire/"]', "gone = []"), lambda root: (root / "content/posts/retire.md").write_text(text())
    )

    assert found["/posts/retire/"] == AddressChange("/posts/retire/", "added")


def test_what_cannot_be_read_is_not_told_as_lost(hub):
    """A typing error stops the build; no address is lost by it."""
    before = state_of(hub)
    edit(hub, OLD, "---\n", "---\ndate: hier\n")
    after = state_of(hub, is_published=False)

    assert any(one.how == "removed" for one in told(before, after))
    assert not any(one.address.startswith("/posts/") for one in told(before, after, frozenset({OLD})))
