"""A reader without script: whoever has it off, whose line broke, whose browser is old."""

from __future__ import annotations

import re

import pytest
from tests.browser.looking import measure, nothing
from tests.browser.sweep import faces

BEGS = re.compile(r"(activez|activer|enable|turn on|requires?|needs?|nécessite)\W.{0,40}script", re.IGNORECASE)


@pytest.fixture(scope="module")
def both(demo, states, tab):
    """Give one page of each sort as it stands with script and without: its lines, and the controls that would do nothing."""
    found = []
    for site, leaf in faces([demo, states]):
        stand = {}
        for script in (True, False):
            page = tab(width=360, script=script)
            if script:
                # What is left until a day is told for the moment of the build; a reader's clock would correct it.
                page.clock.set_fixed_time(site.then)
            page.goto(leaf.url)
            stand[script] = {call: measure(page, call) for call in ("lines()", "idle()")}
        found.append((f"{site.name}: {leaf}", stand))
    return found


def test_every_page_shows_all_of_its_text(both):
    """Nothing to read may hang on a script: what it adds are controls, and what it corrects was there before."""
    missing = []
    for name, stand in both:
        without = "\n".join(stand[False]["lines()"])
        missing += [f"{name}: {line}" for line in stand[True]["lines()"] if line not in without]

    assert all(len(stand[False]["lines()"]) > 5 for _, stand in both)
    nothing(missing)


def test_no_page_begs_for_script(both):
    nothing([f"{name}: {line}" for name, stand in both for line in stand[False]["lines()"] if BEGS.search(line)])
    assert BEGS.search("Activez JavaScript pour lire cette page.")
    assert BEGS.search("This page requires JavaScript")


def test_no_control_is_shown_that_would_do_nothing(both):
    nothing([f"{name}: {control}" for name, stand in both for control in stand[False]["idle()"]])


def test_controls_that_need_script_are_told_from_others(both):
    """With script there are some: the choice of a scheme at least.  Otherwise the test above sees nothing."""
    assert any(stand[True]["idle()"] for _, stand in both)


def test_every_form_leads_somewhere(demo, states, tab):
    page = tab(width=360, script=False)
    leads = set()
    for _, leaf in faces([demo, states]):
        page.goto(leaf.url)
        leads |= set(page.evaluate("[...document.forms].map((one) => one.method === 'get' ? one.action : '')"))
    answers = {address: page.goto(address).status for address in sorted(leads - {""})}

    assert answers
    assert {200} == set(answers.values())


@pytest.mark.parametrize("word", ["search/", "en/search/"])
def test_the_search_is_an_index_then(demo, tab, word):
    """Whoever cannot search must still find: from the search page everything is a few links away."""
    page = tab(width=360, script=False)
    page.goto(demo.host.address + word + "?q=lampe")
    links = set(page.evaluate("[...document.querySelectorAll('main a[href]')].map((one) => one.pathname)"))

    assert 6 <= len(links)
    for link in sorted(links):
        assert demo.host.file(link), link
