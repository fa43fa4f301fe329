"""What a page tells programs is what it shows, in terms that they know."""

from __future__ import annotations

import json
from html.parser import HTMLParser

import pytest
from tests.hubs import text, write
from tests.outputs.told_pages import ROOT, STATES, graph, told_pages
from tests.outputs.vocabulary import faults, nodes

from handbill.outputs.views import HomePage

HUBS = {"the demo": (ROOT, "2026-11-21 12:00"), "every state": (STATES, "2026-05-15 12:00"), "the village": (None, "2026-03-20 12:00")}


@pytest.fixture(params=HUBS)
def hub(request):
    return told_pages(*HUBS[request.param])


def test_every_page_says_what_search_engines_ask_for_and_nothing_they_do_not_know(hub):
    """A missing date or a misspelt property drops the page from results without a word."""
    found = {address: faults(json.loads(page.linked)) for address, (_, page) in hub.items() if page.linked}

    assert 20 < len(found)
    assert {} == {address: wrong for address, wrong in found.items() if wrong}


def test_pages_that_nobody_should_find_tell_nothing(hub):
    """Search results, addresses that moved and the page for mistakes are no content."""
    assert {address for address, (view, _) in hub.items() if not view.page.is_indexed} == {
        address for address, (_, page) in hub.items() if not page.linked
    }


def test_every_page_below_home_says_where_it_hangs(hub):
    """The words are those above the title, and the last step is the page itself."""
    for address, (view, page) in hub.items():
        crumbs = [one for one in nodes(json.loads(page.linked or "{}")) if one["@type"] == "BreadcrumbList"]
        if not page.linked or isinstance(view, HomePage):
            assert [] == crumbs
            continue
        (one,) = crumbs
        steps = one["itemListElement"]
        assert [to.title for to in page.trail] == [step["name"] for step in steps[:-1]], address
        assert page.canonical == steps[-1]["item"]
        assert steps[0]["item"].endswith(("/", "/en/"))


def test_a_post_says_who_wrote_it_and_when():
    """The values are those of its byline."""
    view, _ = told_pages()["/posts/le-puits/"]
    post = graph("/posts/le-puits/")["BlogPosting"]

    assert (view.card.title, view.card.published, view.card.summary) == (post["headline"], post["datePublished"], post["description"])
    assert [("Person", "Ada M.", "https://village.example/hub/people/ada/")] == [
        (one["@type"], one["name"], one.get("url")) for one in post["author"]
    ] or [one.name for one in view.card.people if one.role == "author"] == [one["name"] for one in post["author"]]
    assert (view.words, "fr") == (post["wordCount"], post["inLanguage"])
    assert "https://village.example/hub/media/pictures/puits.png" in post["image"]


def test_a_text_that_nobody_signed_is_the_community_s(tmp_path):
    """An article without an author is refused, and an invented one would be a lie."""
    root = write(tmp_path, {"content/posts/a.md": text()})

    assert "Organization" == graph("/posts/a/", root)["BlogPosting"]["author"]["@type"]


def test_someone_who_is_not_listed_is_in_no_list_for_machines_either(tmp_path):
    """The name stands under the text, as was agreed; programs that gather names get none."""
    root = write(
        tmp_path,
        {
            "content/people/tom.md": text(title="Tom Secret", listed="false"),
            "content/posts/a.md": text(authors="[tom, Léa]"),
            "content/posts/b.md": text(authors="[tom]"),
        },
    )

    assert ["Léa"] == [one["name"] for one in graph("/posts/a/", root)["BlogPosting"]["author"]]
    assert not any("Tom Secret" in page.linked for _, page in told_pages(root).values())


def test_no_title_can_close_the_element(tmp_path):
    """What an editor writes, or an import brings in, must never become a part of the page."""
    root = write(tmp_path, {"content/posts/a.md": text(title="'</script><script>alert(1)</script> & <!--'")})
    page = told_pages(root)["/posts/a/"][1]

    class Finder(HTMLParser):
        found = ""

        def handle_data(self, data: str) -> None:
            self.found += data

    finder = Finder()
    finder.feed(f'<script type="application/ld+json">{page.linked}</script>')

    assert not {"<", ">", "&", "\u2028", "\u2029"} & set(page.linked)
    assert page.linked == finder.found
    assert "</script><script>alert(1)</script> & <!--" == json.loads(page.linked)["@graph"][0]["headline"]


def test_a_letter_is_a_number_of_what_members_subscribe_to():
    """Its number and its name stand at the head of the page."""
    issue = graph("/newsletters/2026-03/")["Article"]["isPartOf"]

    assert ("PublicationIssue", "La lettre du village") == (issue["@type"], issue["isPartOf"]["name"])
    assert "https://village.example/hub/newsletters/" == issue["isPartOf"]["url"]


def test_what_was_wrong_in_a_letter_is_told_to_programs(tmp_path):
    """Who quotes a letter by machine must be able to know that a date in it was wrong."""
    letter = {"number": "9", "subject": "S", "date": "2026-03-05 18:00", "corrections": '[{date: 2026-03-09, text: "Le 9, non le 8."}]'}
    root = write(tmp_path, {"newsletters/neuf.md": text(**letter)})

    told = [{"@type": "CorrectionComment", "text": "Le 9, non le 8.", "datePublished": "2026-03-09"}]
    assert told == graph("/newsletters/neuf/", root)["Article"]["correction"]


def test_a_person_s_page_is_about_that_person():
    """Only those who want to be listed have one."""
    view, _ = told_pages()["/people/ada/"]
    person = graph("/people/ada/")["ProfilePage"]["mainEntity"]

    assert ("Person", view.card.title) == (person["@type"], person["name"])
    assert [one["url"] for one in view.facts["links"]] == person.get("sameAs", [])


def test_the_front_page_introduces_the_community():
    """One name, one address, whichever language the page is in."""
    french, english = graph("/"), graph("/en/")

    assert french["Organization"]["@id"] == english["Organization"]["@id"] == "https://village.example/hub/#community"
    assert ("Le village", "2024") == (french["Organization"]["name"], french["Organization"]["foundingDate"])
    assert ("fr", "en") == (french["WebSite"]["inLanguage"], english["WebSite"]["inLanguage"])


def test_a_list_names_what_it_shows_each_once():
    """A series stands in several months and is one event."""
    view, _ = told_pages()["/events/"]
    listing = graph("/events/")["CollectionPage"]["mainEntity"]
    shown = dict.fromkeys(card.address for group in view.upcoming for card in group.cards)

    assert [f"https://village.example{address}" for address in shown] == [one["url"] for one in listing["itemListElement"]]


def test_a_place_s_page_is_about_the_place():
    """Its address is what people search for."""
    view, _ = next(pair for address, pair in told_pages().items() if address.startswith("/places/") and hasattr(pair[0], "venue"))
    found = graph(view.page.address.removeprefix("/hub"))
    about = (found.get("CollectionPage") or found["WebPage"])["about"]

    assert ("Place", view.venue["name"]) == (about["@type"], about["name"])


def test_the_same_record_gives_the_same_text():
    """Two builds of the same sources must not differ by a byte."""
    one = told_pages(None)
    told_pages.cache_clear()

    assert {a: page.linked for a, (_, page) in one.items()} == {a: page.linked for a, (_, page) in told_pages(None).items()}
