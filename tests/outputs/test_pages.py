"""The items' own pages, and what answers old addresses."""

from __future__ import annotations

from functools import cache

import pytest
from tests.hubs import load_village, text, village, write

from handbill.outputs.letter_page import Headed
from handbill.outputs.pages import sheets

EVENT = {"organisers": "[X]", "venue": "{name: Salle}"}


@cache
def all_sheets(root=None, as_of="2026-03-20 12:00"):
    loaded, settings = load_village(as_of, root)
    found = list(sheets(loaded.hub, settings, dict.fromkeys(settings.languages, str)))
    assert len({one.address for one in found}) == len(found), "an address twice"
    return {one.address: one for one in found}


def pages(root=None, as_of="2026-03-20 12:00"):
    """Return the record of each page by its address."""
    return {address: one.view for address, one in all_sheets(root, as_of).items()}


def promised(root, *lines):
    (root / "addresses.lock").write_text("".join(f"{line}\n" for line in lines), encoding="utf-8")
    return root


def test_every_listed_item_has_a_page_of_its_kind():
    """What is written is found at its address, under its own template."""
    hub = load_village()[0].hub
    found = pages()

    for item in hub.items:
        if item.is_listed:
            assert f"{item.kind}.html" == found[item.address].page.template
            assert (item.lang, item.title) == (found[item.address].page.lang, found[item.address].page.title)
    assert 11 == len([view for view in found.values() if type(view).__name__ == "ItemPage"])


def test_someone_who_is_not_listed_has_no_page():
    """Nor has what is not published yet, nor a draft."""
    assert [] == [address for address in pages() if any(name in address for name in ("tom", "bientot", "brouillon"))]


def test_a_page_names_its_translations():
    """Search engines show each reader the right one."""
    found = pages()

    wanted = [("fr", "https://village.example/hub/posts/le-puits/"), ("en", "https://village.example/hub/en/posts/the-well/")]
    assert wanted == [(one.title, one.address) for one in found["/posts/le-puits/"].page.alternates]
    assert wanted == [(one.title, one.address) for one in found["/en/posts/the-well/"].page.alternates]
    assert () == found["/posts/ancien/"].page.alternates


def test_links_in_a_text_hold_where_the_hub_lies_below_a_path():
    """A hub on somebody's pages host lives at `/hub/`, not at the root."""
    body = pages()["/posts/le-puits/"].body

    assert '<a href="/hub/people/ada/">' in body
    assert '<a href="/hub/events/fete/">' in body
    assert 'src="/hub/media/pictures/puits.png"' in body
    assert ["la-margelle"] == [one["anchor"] for one in pages()["/posts/le-puits/"].headings]


def test_an_event_page_has_its_dates_and_its_calendar():
    """The dates to come are listed, those that were are counted."""
    facts = pages()["/events/corvee/"].facts

    assert ["2026-04-18", "2026-06-13", "2026-07-11", "2026-08-08"] == [one.starts[:10] for one in facts["dates"]]
    assert (3, "/hub/events/corvee/event.ics", None) == (facts["past_dates"], facts["calendar"], facts["recap"])


def test_an_event_leads_to_how_it_was(tmp_path):
    """Who missed it reads the post."""
    files = {
        "events/a.md": text(starts="2026-01-10 14:00", recap="../content/posts/b.md", **EVENT),
        "content/posts/b.md": text(title="C'était bien"),
    }

    assert ("C’était bien", "/posts/b/") == (lambda to: (to.title, to.address))(pages(write(tmp_path, files))["/events/a/"].facts["recap"])


def test_a_person_s_page_lists_their_part():
    """Where one can meet them comes first, then what they wrote, in that language."""
    found = pages()["/people/ada/"].facts["contributions"]

    assert [("coming", ["/hub/events/fete/", "/hub/events/corvee/"]), ("post", ["/hub/posts/le-puits/"])] == [
        (one["name"], [card.address for card in one["cards"]]) for one in found
    ]


def test_a_letter_s_page_has_what_the_mail_had():
    """As things stood when it was sent: the concert was to come then."""
    facts = pages(as_of="2026-12-31 12:00")["/newsletters/2026-03/"].facts

    assert ("La lettre du village", "/hub/newsletters/2026-03/mail.html", "/hub/newsletters/2026-03/mail.txt") == (
        facts["letter"],
        facts["mail"],
        facts["text"],
    )
    assert facts["content"] == pages()["/newsletters/2026-03/"].facts["content"]
    events = next(one.cards for one in facts["content"] if isinstance(one, Headed) and one.name == "events")
    assert ("/hub/events/corvee/", "upcoming") == (events[0].address, events[0].state)


def test_an_alias_leads_to_the_page():
    """The old site's address is on somebody's poster."""
    view = pages()["/blog/ancien/"]

    assert ("moved.html", "/hub/posts/ancien/", "https://village.example/hub/posts/ancien/") == (
        view.page.template,
        view.target,
        view.page.canonical,
    )
    assert not view.page.is_indexed
    assert ("post:le-premier", ("content/posts/ancien.md",)) == (
        all_sheets()["/blog/ancien/"].promise,
        all_sheets()["/blog/ancien/"].sources,
    )


def test_a_promised_address_leads_to_where_its_item_is_now(tmp_path):
    """A slug was changed after publication; nobody has to think of an alias."""
    found = pages(
        promised(
            village(tmp_path), "/posts/vieux-puits/ post:le-puits", "/en/posts/le-puits/ post:le-puits.en", "/posts/le-puits/ post:le-puits"
        )
    )

    assert "/hub/posts/le-puits/" == found["/posts/vieux-puits/"].target
    assert "/hub/en/posts/the-well/" == found["/en/posts/le-puits/"].target
    assert "post.html" == found["/posts/le-puits/"].page.template


def test_an_address_that_another_item_has_now_is_that_item_s(tmp_path):
    """Two posts that exchanged their names are two pages, and no page leads to itself."""
    root = promised(village(tmp_path), "/posts/ancien/ post:le-puits", "/posts/le-puits/ post:le-premier", "/events/ post:le-puits")
    found = pages(root)

    assert ["post.html", "post.html", "agenda.html"] == [
        found[address].page.template for address in ("/posts/ancien/", "/posts/le-puits/", "/events/")
    ]


def test_an_alias_and_a_promise_of_one_address_are_one_page(tmp_path):
    """Editors write aliases by hand although the address is known."""
    assert "/hub/posts/ancien/" == pages(promised(village(tmp_path), "/blog/ancien/ post:le-premier"))["/blog/ancien/"].target


def test_the_promise_of_what_is_not_listed_any_more_leads_nowhere(tmp_path):
    """Somebody who does not want a page must not be found by the old address; checking tells the editor."""
    assert "/people/thomas/" not in pages(promised(village(tmp_path), "/people/thomas/ person:tom"))


def test_an_address_taken_back_says_so():
    """A page that says “taken back” is kinder than an error."""
    view = pages()["/posts/retire/"]

    assert ("gone.html", False, "") == (view.page.template, view.page.is_indexed, view.target)
    assert ("gone:/posts/retire/", ("hub.toml",)) == (all_sheets()["/posts/retire/"].promise, all_sheets()["/posts/retire/"].sources)


def test_what_comes_back_is_shown_again(tmp_path):
    """The list of what is gone is forgotten more often than corrected."""
    root = write(village(tmp_path), {"content/posts/retire.md": text(title="De retour")})

    assert "De retour" == pages(root)["/posts/retire/"].page.title


def test_the_page_for_mistakes_is_in_the_hub_s_language():
    """Hosts serve one file for all."""
    view = pages()["/404.html"]

    assert ("404.html", "fr", False) == (view.page.template, view.page.lang, view.page.is_indexed)


@pytest.mark.parametrize("lang", ["fr", "en"])
def test_an_empty_hub_has_all_its_common_pages(tmp_path, lang):
    """The first build of a new community must look like something."""
    found = pages(write(tmp_path, {}))
    home = "" if lang == "fr" else "/en"

    wanted = {"/", "/posts/", "/events/", "/contests/", "/newsletters/", "/people/", "/tags/", "/archives/", "/places/", "/feeds/", "/search/", "/subscribe/", "/privacy/", "/accessibility/"}
    assert {f"{home}{address}" for address in wanted} <= set(found)
    assert 2 * len(wanted) + 1 == len(found)
