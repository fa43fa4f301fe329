"""Places: where one goes, and what takes place there."""

from __future__ import annotations

from tests.hubs import load_village, options, text, write
from tests.outputs.records import pages, titles

from handbill.outputs.pages import sheets
from handbill.pipeline import build, check


def event(starts, venue, **front):
    return text(starts=starts, organisers="[X]", venue=venue, **front)


def test_a_place_has_its_address_and_what_takes_place_there(tmp_path):
    """A neighbour follows the barn, not the whole association."""
    files = {
        "events/next.md": event("2026-04-10 10:00", "{name: La Grange, street: 2 rue du Puits, city: Bourg}", title="À venir"),
        "events/was.md": event("2026-01-10 10:00", "{name: La Grange}", title="Passé"),
        "events/other.md": event("2026-04-11 10:00", "{name: Mairie}", title="Ailleurs"),
    }
    view = pages(write(tmp_path, files))["/places/la-grange/"]

    assert ("La Grange", "2 rue du Puits", "Bourg") == (view.page.title, view.venue["street"], view.venue["city"])
    assert ([("2026-04-01", ["À venir"])], ["Passé"]) == (titles(view.upcoming), [card.title for card in view.past])
    assert "/calendars/places/la-grange.ics" == view.calendar


def test_the_latest_event_says_how_a_place_is_reached(tmp_path):
    """The ramp was built last month; the event of two years ago does not know it."""
    files = {
        "events/b.md": event("2026-04-10 10:00", "{name: Grange, access: Rampe}", date="2026-02-01"),
        "events/a.md": event("2024-01-10 10:00", "{name: grange, access: Trois marches}", date="2024-01-01"),
    }
    view = pages(write(tmp_path, files))["/places/grange/"]

    assert ("Grange", "Rampe") == (view.venue["name"], view.venue["access"])


def test_all_places_are_listed_with_what_is_to_come(tmp_path):
    """What is called off is no reason to go there."""
    files = {
        "events/a.md": event("2026-04-10 10:00", "{name: Grange, street: 2 rue du Puits}", recurrence="{rule: FREQ=WEEKLY;COUNT=3}"),
        "events/b.md": event("2026-04-11 10:00", "{name: Grange}", status="cancelled", status_note="Pluie"),
        "events/c.md": event("2026-01-11 10:00", "{name: Mairie}"),
    }
    found = pages(write(tmp_path, files))["/places/"].places

    assert [("Grange", "/places/grange/", 3), ("Mairie", "/places/mairie/", 0)] == [
        (one.to.title, one.to.address, one.count) for one in found
    ]


def test_a_place_of_another_language_is_found_in_that_language():
    """In English the village has no event, hence no place; in French it has three."""
    assert ["/places/grange/", "/places/lisiere/", "/places/place-du-puits/"] == [
        one for one in pages() if one.startswith("/places/") and one != "/places/"
    ]
    assert () == pages(lang="en")["/en/places/"].places


def test_a_place_that_was_promised_keeps_its_page(tmp_path):
    """The association moved; the old door is on somebody's fridge."""
    root = write(tmp_path, {})
    (root / "addresses.lock").write_text("/places/vieille-grange/ place:fr:vieille-grange\n", encoding="utf-8")
    view = pages(root)["/places/vieille-grange/"]

    assert ((), (), "") == (view.upcoming, view.past, view.calendar)


def test_the_word_for_places_is_the_hub_s(tmp_path):
    """A French hub may say `lieux`."""
    hub = '[hub]\nname = "Essai"\nbase_url = "https://essai.example/"\n[addresses]\nplaces = "lieux"\n'
    root = write(tmp_path, {"hub.toml": hub, "events/a.md": event("2026-04-10 10:00", "{name: Grange}")})

    assert {"/lieux/", "/lieux/grange/"} <= set(pages(root))


# Places that have a file


QUAI = {"title": "Atelier du quai", "street": "2 rue du Puits", "city": "Bourg", "access": "Rampe"}


def at(starts, venue, **front):
    return text(starts=starts, organisers="[X]", venue=venue, **front)


def promises(root):
    """Return what answers each address of the hub's places."""
    loaded, settings = load_village(root=root)
    say = dict.fromkeys(settings.languages, str)
    return {one.address: one.promise for one in sheets(loaded.hub, settings, say) if "/places/" in one.address}


def test_a_place_with_a_file_has_a_page_before_anything_takes_place_there(tmp_path):
    """Its text, its answers and the way to correct it do not wait for a date."""
    files = {
        "hub.toml": '[hub]\nname = "Essai"\nbase_url = "https://essai.example/"\nlang = "fr"\nrepository = "https://forge.example/essai"\nforge = "forgejo"\n',
        "content/places/quai.md": text("Poussez fort.", **QUAI, accessibility="{step_free_entrance: yes}"),
    }
    view = pages(write(tmp_path, files))["/places/quai/"]

    assert ("Atelier du quai", "place") == (view.page.title, view.card.kind)
    assert "Poussez fort." in view.body
    assert ("yes", "unknown") == (view.venue["accessibility"]["step_free_entrance"], view.venue["accessibility"]["hearing_loop"])
    assert "content/places/quai.md" in view.edit
    # A calendar of nothing is offered to nobody.
    assert "" == view.calendar


def test_the_page_of_a_place_is_promised_to_its_file(tmp_path):
    """A renamed file leads on, as that of any text."""
    files = {
        "content/places/quai.md": text(**QUAI),
        "events/a.md": at("2026-04-10 10:00", "quai"),
        "events/b.md": at("2026-04-10 10:00", "{name: Cour}"),
    }

    assert {"/places/quai/": "place:quai", "/places/cour/": "place:fr:cour"}.items() <= promises(write(tmp_path, files)).items()


def test_a_place_that_events_wrote_out_keeps_its_address_when_it_gets_a_file(tmp_path):
    """Yesterday's lines became a file: of the same name, of another one, or of one that an alias tells."""
    old = "".join(f"/places/{slug}/ place:fr:{slug}\n" for slug in ("quai", "le-hangar", "chez-ada"))
    files = {
        "addresses.lock": old,
        "content/places/quai.md": text(title="Quai"),
        "content/places/hangar.md": text(title="Le hangar"),
        "content/places/ada.md": text(title="Maison d'Ada", aliases="[/places/chez-ada/]"),
        "events/a.md": at("2026-04-10 10:00", "hangar"),
    }
    root = write(tmp_path, files)
    told = promises(root)
    report = build(options(root))

    assert ("place:quai", "place:hangar", "place:ada") == (told["/places/quai/"], told["/places/le-hangar/"], told["/places/chez-ada/"])
    assert [] == [str(one) for one in report.problems]
    assert 'url=/places/hangar/"' in (root / "public/places/le-hangar/index.html").read_text(encoding="utf-8")
    assert 'url=/places/ada/"' in (root / "public/places/chez-ada/index.html").read_text(encoding="utf-8")


def test_a_renamed_file_leaves_one_page_and_a_way_to_it(tmp_path):
    """Its address was promised twice: when events named it, and when it had its first file."""
    files = {
        "addresses.lock": "/places/quai/ place:fr:quai\n/places/quai/ place:quai\n",
        "content/places/hangar.md": text(title="Hangar", id="place:quai"),
    }
    root = write(tmp_path, files)

    assert [] == [str(one) for one in check(options(root))]
    assert "place:quai" == promises(root)["/places/quai/"]
    assert "moved.html" == dict(pages_of(root))["/places/quai/"].page.template


def pages_of(root):
    loaded, settings = load_village(root=root)
    return [(one.address, one.view) for one in sheets(loaded.hub, settings, dict.fromkeys(settings.languages, str))]


def test_a_place_is_shown_in_the_language_of_the_page_or_marked_in_its_own(tmp_path):
    """English readers get the English file; where there is none, a French text that says that it is French."""
    files = {
        "content/places/quai.md": text("Poussez.", **QUAI),
        "content/places/quai.en.md": text("Push.", title="Quay workshop", access="Ramp"),
        "content/places/cour.md": text("Pavée.", title="Cour", street="3 rue"),
        "events/a.en.md": at("2026-04-10 10:00", "quai"),
        "events/b.en.md": at("2026-04-11 10:00", "cour"),
    }
    root = write(tmp_path, files)
    english, french = pages(root, lang="en"), pages(root)
    quay, yard = english["/en/places/quai/"], english["/en/places/cour/"]

    assert ("Quay workshop", "Ramp", "2 rue du Puits", {}) == tuple(quay.venue[name] for name in ("name", "access", "street", "tongues"))
    assert "Push." in quay.body
    assert ("Cour", {"name": "fr"}, "fr") == (yard.venue["name"], yard.venue["tongues"], yard.card.lang)
    assert ["fr", "en"] == [one.title for one in french["/places/quai/"].page.alternates]
    assert ("en",) == french["/places/cour/"].page.untranslated


def test_what_takes_place_in_a_part_is_listed_at_the_whole(tmp_path):
    """Whoever looks for what is on at the workshop does not know that the corner has a file."""
    files = {
        "content/places/quai.md": text(**QUAI),
        "content/places/coin.md": text(title="Coin bois", part_of="quai"),
        "events/a.md": at("2026-04-10 10:00", "quai", title="Ici"),
        "events/b.md": at("2026-04-11 10:00", "coin", title="Au coin"),
        "events/c.md": at("2026-04-12 10:00", "{place: quai, room: mezzanine}", title="En haut"),
    }
    found = pages(write(tmp_path, files))
    whole, part = found["/places/quai/"], found["/places/coin/"]

    assert [("Ici", ""), ("Au coin", "Coin bois"), ("En haut", "mezzanine")] == [(one.title, one.place) for one in whole.upcoming[0].cards]
    assert [("Au coin", "")] == [(one.title, one.place) for one in part.upcoming[0].cards]
    assert [("Coin bois", "/places/coin/", 1)] == [(one.to.title, one.to.address, one.count) for one in whole.parts]
    assert [("Atelier du quai", "/places/quai/")] == [(one.title, one.address) for one in part.above]
    assert ["Atelier du quai", "Coin bois"] == [one.to.title for one in found["/places/"].places]


def test_a_draft_of_a_place_shows_no_text_and_no_page_of_its_own(tmp_path):
    """An event may name it already: where it is was said by the event."""
    files = {
        "content/places/quai.md": text("Secret.", **QUAI, draft="true"),
        "content/places/cour.md": text(title="Cour", draft="true"),
        "events/a.md": at("2026-04-10 10:00", "quai"),
    }
    root = write(tmp_path, files)
    found = pages(root)

    assert "/places/cour/" not in found
    assert (None, "") == (found["/places/quai/"].card, found["/places/quai/"].body)
    assert "place:fr:quai" == promises(root)["/places/quai/"]


def test_two_places_of_one_address_are_both_told(tmp_path):
    """One of the two pages would be lost without a word."""
    files = {"content/places/a.md": text(title="A", slug="quai"), "content/places/b.md": text(title="B", slug="quai")}

    assert ["HB403"] == [one.code for one in check(options(write(tmp_path, files)))]
