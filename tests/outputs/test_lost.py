"""An unknown address answers in every language of the hub, because a host has one page for all of them."""

from __future__ import annotations

from tests.hubs import load_village

from handbill.outputs.lost import ADDRESS, lost


def view(**changes):
    _, settings = load_village(**changes)
    return lost(settings, {lang: f"{lang}: {{}}".format for lang in settings.languages}).view


def test_the_page_speaks_the_hubs_language_and_then_every_other():
    """A member who follows an old English link reads English."""
    found = view()

    assert ("/404.html", "fr", "fr: Page not found") == (ADDRESS, found.page.lang, found.page.title)
    assert [("en", "en: Page not found")] == [(one.lang, one.title) for one in found.others]


def test_each_language_leads_to_its_own_front_page_and_search():
    """From the page that a host shows at any depth, so whole paths are needed."""
    [english] = view().others

    assert ("/hub/en/", "/hub/en/search/") == (english.front.address, english.ask.address)
    assert ("en: To the front page", "en: What are you looking for?", "en: Search") == (english.front.title, english.ask.title, english.button)


def test_a_hub_of_one_language_says_it_once():
    """Nothing may look as if it were missing."""
    assert () == view(languages=("fr",)).others


def test_search_engines_do_not_list_it():
    """Somebody would find it instead of a page."""
    assert not view().page.is_indexed
