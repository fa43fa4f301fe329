"""Pages of two hubs, handbook and letters among them, visited once with script on: what they asked for, said, kept and showed."""

from __future__ import annotations

import pytest
from tests.browser.looking import nothing
from tests.browser.sites import HANDBOOK
from tests.browser.sweep import Seen

pytestmark = pytest.mark.more

#: What a page may cost a reader, compressed, before its pictures; and the part of it that is script.
MOST, MOST_SCRIPT = 60 * 1024, 15 * 1024


def faults(seen: list[Seen], what: str) -> list[str]:
    """Return what was noted under a name, each with its page."""
    return [f"{one}: {fault}" for one in seen for fault in getattr(one, what)]


def test_every_page_was_visited(seen, demo, states, is_long):
    """If the visit found nothing, all the tests below would pass for ever."""
    if is_long:
        for site in (demo, states):
            assert {one for one in site.leaves if not one.is_moved} == {one.leaf for one in seen if one.site is site}
    assert any(one.leaf.is_mail for one in seen)
    assert {HANDBOOK, "home.html", "post.html", "event.html"} <= {one.leaf.template for one in seen}
    assert all(any(address.endswith(".css") for address in one.requests) for one in seen if not one.leaf.is_mail)


def test_every_template_was_seen(seen):
    """A template that no hub of ours uses is looked at by nobody."""
    from tests.test_theme import TEMPLATES

    wanted = {name for name in TEMPLATES if "/" not in name} - {"base.html", "moved.html"}

    assert not wanted - {one.leaf.template for one in seen}


def test_no_page_asks_anyone_else_for_anything(seen):
    """Who reads what is nobody's business, and a page must not wait for strangers."""
    nothing(faults(seen, "strangers"))


def test_everything_that_a_page_asks_for_is_there(seen):
    nothing(faults(seen, "failed"))
    nothing(faults(seen, "broken"))


def test_no_page_keeps_anything_about_its_reader(seen):
    """No cookie and no storage means no banner to ask for leave."""
    nothing(faults(seen, "stored"))


def test_the_console_stays_empty(seen):
    # Browsers ask for /favicon.ico of what cannot name its sign, as a mail, and may say so on the page that is visited next.
    nothing([f"{one}: {line}" for one in seen for line in one.told if not line.endswith("/favicon.ico")])


def test_every_page_names_its_sign(seen):
    """Otherwise each visit asks for one in vain."""
    nothing([str(one) for one in seen if not one.leaf.is_mail and 'rel="icon"' not in (one.site.folder / one.leaf.path).read_text("utf-8")])


def test_no_page_does_what_its_policy_forbids(seen):
    nothing(faults(seen, "forbidden"))


def test_every_picture_has_its_room_its_words_and_its_turn(seen):
    """Width and height keep the text still, alt tells those who do not see, and what is far below can wait."""
    nothing(faults([one for one in seen if not one.leaf.is_mail], "pictures"))


def test_no_page_needs_scrolling_both_ways_at_four_times_its_size(seen):
    """Someone who needs 400 % reads down the page, not along each line (WCAG 1.4.10)."""
    nothing(faults(seen, "sideways"))


def test_what_must_scroll_sideways_can_be_reached_by_keyboard(seen):
    nothing(faults(seen, "scrollers"))


def test_axe_finds_nothing(seen):
    nothing(faults(seen, "axe"))


@pytest.mark.parametrize(("endings", "most"), [(("/", ".html", ".css", ".js"), MOST), ((".js",), MOST_SCRIPT)], ids=["all", "script"])
def test_every_page_is_light(seen, endings, most):
    """A page opens on an old telephone at the edge of the network; the search brings its own script on its own page."""
    nothing([f"{one}: {one.weight(*endings)} bytes" for one in seen if one.weight(*endings) > most])


def test_weights_are_measured(seen):
    """A page weighs something, and so does its script where it has one."""
    assert all(one.weight("/", ".html") > 500 for one in seen)
    assert any(one.weight(".js") > 100 for one in seen)
