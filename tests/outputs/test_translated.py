"""What exists in which language, and how readers of the others are told."""

from __future__ import annotations

import pytest
from tests.hubs import load_village, text, write

from handbill.outputs.cards import Cards
from handbill.outputs.translated import alternates, in_other_languages, stands_elsewhere, tongues, untranslated
from handbill.outputs.views import To

POSTS = {
    "content/posts/a.md": text(title="A"),
    "content/posts/a.en.md": text(title="A in English"),
    "content/posts/b.md": text(title="B"),
    "content/posts/c.en.md": text(title="C"),
}


@pytest.fixture
def hub(tmp_path):
    loaded, settings = load_village(root=write(tmp_path, POSTS))
    return {item.title: item for item in loaded.hub.items}, loaded.hub, settings


def test_a_translated_text_names_every_page_that_it_has_the_main_language_first(hub):
    """Both pages say the same, or search engines believe neither."""
    items, all_items, settings = hub

    both = (To("fr", "https://essai.example/posts/a/"), To("en", "https://essai.example/en/posts/a/"))
    assert both == alternates(items["A"], all_items, settings) == alternates(items["A in English"], all_items, settings)


def test_a_text_in_one_language_names_no_other_page(hub):
    """A link to a page that does not exist is worse than none."""
    items, all_items, settings = hub

    assert () == alternates(items["B"], all_items, settings) == alternates(items["C"], all_items, settings)


def test_what_nobody_may_find_is_no_translation(tmp_path):
    """A person who wishes not to be listed has no page, in no language."""
    files = {"content/people/tom.md": text(title="Tom"), "content/people/tom.en.md": text(title="Tom B.", listed="false")}
    loaded, settings = load_village(root=write(tmp_path, files))
    tom = next(item for item in loaded.hub.items if item.lang == "fr")

    assert () == alternates(tom, loaded.hub, settings)
    assert stands_elsewhere(tom, loaded.hub, "en")


def test_a_page_knows_in_which_languages_of_the_hub_it_is_missing(hub):
    _, _, settings = hub

    assert ("en",) == untranslated("fr", (), settings)
    assert ("fr",) == untranslated("en", (), settings)
    assert () == untranslated("fr", (To("fr", "/a/"), To("en", "/en/a/")), settings)


def test_readers_are_told_in_their_own_language_and_led_to_their_own_front_page(hub):
    """Somebody who reads no French cannot be told in French that there is no English."""
    french, english = tongues(hub[2])

    assert ("Français", "/", "fr", "ltr") == (french.title, french.address, french.lang, french.direction)
    assert ("Pas encore en français.", "Vers l’accueil") == (french.missing, french.way)
    assert ("English", "/en/", "en", "ltr") == (english.title, english.address, english.lang, english.direction)
    assert ("Not yet in English.", "To the front page") == (english.missing, english.way)


def test_a_language_written_from_right_to_left_says_so(tmp_path):
    _, settings = load_village(root=write(tmp_path, {}), languages=("fr", "ar"))

    assert ["ltr", "rtl"] == [one.direction for one in tongues(settings)]


def test_what_stands_in_another_language_alone_is_found_once(hub):
    """An English reader in Bordeaux wants the dates, whatever language they are in; and each once."""
    items, all_items, _ = hub

    assert ["B"] == [title for title, item in items.items() if stands_elsewhere(item, all_items, "en")]
    assert ["C"] == [title for title, item in items.items() if stands_elsewhere(item, all_items, "fr")]


def test_of_two_other_languages_the_one_that_the_hub_names_first_is_taken(tmp_path):
    files = {"content/posts/a.md": text(title="A"), "content/posts/a.en.md": text(title="A in English")}
    root = write(tmp_path, {"hub.toml": '[hub]\nname = "X"\nbase_url = "https://x.example/"\nlanguages = ["fr", "en", "de"]\n', **files})
    loaded, _ = load_village(root=root)

    assert ["A"] == [item.title for item in loaded.hub.items if stands_elsewhere(item, loaded.hub, "de")]


def test_cards_of_other_languages_stand_under_the_name_of_theirs(hub):
    """The name is said in the language of the page."""
    items, all_items, settings = hub
    cards = [Cards(all_items, settings, "en").card(items[title]) for title in ("C", "B")]

    groups = list(in_other_languages(cards, settings, "en", str))
    assert [("In French only", ["B"]), ("In English only", ["C"])] == [(one.heading, [card.title for card in one.cards]) for one in groups]
