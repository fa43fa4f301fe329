"""Which calendars members can follow, under names that never change."""

from __future__ import annotations

from pathlib import Path

from tests.hubs import load_village, text, village, write

from handbill.outputs.calendar_choices import calendars, moved_calendars

EVENT = {"starts": "2026-04-11 14:00", "organisers": "[X]", "venue": "{name: Salle}"}
CONTEST = {
    "mechanism": "jury",
    "opens": "2026-03-01 09:00",
    "closes": "2026-03-31",
    "enter": "Écrivez.",
    "organiser": "Nous",
    "prizes": "[{name: Un livre}]",
}
TWO = '[hub]\nname = "Essai"\nbase_url = "https://essai.example/"\nlang = "fr"\nlanguages = ["fr", "en"]\n'
ONE = '[hub]\nname = "Essai"\nbase_url = "https://essai.example/"\nlang = "fr"\n'


def found(root: Path | None = None, lang: str = "fr", as_of: str = "2026-03-20 12:00") -> dict[str, list[str]]:
    """Return the name of each calendar with the ids of its items."""
    loaded, settings = load_village(as_of, root)
    assert not [one for one in loaded.problems if one.level.name == "ERROR"], loaded.problems
    return {one.name: [item.id for item in one.items] for one in calendars(loaded.hub, settings, lang, str)}


def test_there_is_a_calendar_of_all_of_contests_of_each_subject_and_of_each_place():
    """Who lives beside the wood wants to know what is on there."""
    assert {
        "all": ["event:concert", "event:corvee", "event:fete"],
        "all-languages": ["event:concert", "event:corvee", "event:fete"],
        "contests": ["contest:photo"],
        "tags/eau": ["event:fete"],
        "places/grange": ["event:concert"],
        "places/lisiere": ["event:corvee"],
        "places/place-du-puits": ["event:fete"],
    } == found()


def test_a_hub_of_one_language_has_no_calendar_of_all_of_them(tmp_path):
    """It would be the calendar of all under a second name."""
    assert {"all", "places/salle"} == set(found(write(tmp_path, {"hub.toml": ONE, "events/a.md": text(**EVENT)})))


def test_in_all_languages_each_event_is_there_once(tmp_path):
    """Who reads both must not meet each date twice; what is in one language alone is in it all the same."""
    files = {
        "hub.toml": TWO,
        "events/a.md": text(**EVENT),
        "events/a.en.md": text(**EVENT),
        "events/b.en.md": text(**EVENT),
        "events/c.md": text(**EVENT),
    }
    root = write(tmp_path, files)

    assert ["event:a", "event:b.en", "event:c"] == found(root)["all-languages"]
    assert "all-languages" not in found(root, "en")


def test_a_subject_without_events_has_no_calendar():
    """An empty calendar looks like a broken one."""
    assert "tags/pierre" not in found()


def test_a_place_however_it_is_spelt_is_one(tmp_path):
    """Two calendars for one hall would each be half."""
    files = {
        f"events/{number}.md": text(**{**EVENT, "venue": f"{{name: {name}}}"}) for number, name in enumerate(("Salle Été", "salle été"))
    }

    assert {"all", "places/salle-ete"} == set(found(write(tmp_path, {"hub.toml": ONE, **files})))


def test_a_place_without_a_latin_letter_is_in_the_calendar_of_all(tmp_path):
    """It makes no address; two of them would share one that begins with a dot."""
    files = {"events/a.md": text(**{**EVENT, "venue": "{name: القاهرة}"}), "events/b.md": text(**{**EVENT, "venue": "{name: 東京}"})}

    assert {"all": ["event:a", "event:b"]} == found(write(tmp_path, {"hub.toml": ONE, **files}))


def test_what_was_promised_stays_when_nothing_is_left_in_it(tmp_path):
    """A program that finds its calendar gone tells its owner of an error."""
    root = village(tmp_path)
    kept = ("tags/bois", "places/moulin", "newsletters")
    lines = ["/tags/bois/ tag:fr:bois", *(f"/calendars/{name}.ics calendars:fr:{name}.ics" for name in kept)]
    (root / "addresses.lock").write_text("".join(f"{line}\n" for line in lines), encoding="utf-8")

    assert [[], [], []] == [found(root)[name] for name in kept]


def test_contests_are_in_the_calendar_of_all_where_the_hub_says_so(tmp_path):
    """Some want a deadline beside the dates, most do not."""
    files = {"content/contests/c.md": text(**CONTEST), "events/a.md": text(**EVENT)}

    assert ["event:a"] == found(write(tmp_path / "a", {"hub.toml": ONE, **files}))["all"]
    root = write(tmp_path / "b", {"hub.toml": ONE + '[calendars]\nall = ["events", "contests"]\n', **files})
    assert ["contest:c", "event:a"] == found(root)["all"]


def test_letters_are_in_a_calendar_only_where_the_hub_says_so(tmp_path):
    """What lies in the future is in no output, unless somebody asks for it by name."""
    letter = {"subject": "Surprise", "sections": "[]"}
    files = {
        "newsletters/1.md": text(**letter, number="1", date="2026-03-05 18:00"),
        "newsletters/2.md": text(**letter, number="2", date="2026-04-05 18:00"),
        "newsletters/3.md": text(**letter, number="3", date="2026-05-05 18:00", draft="true"),
    }
    named = ONE + '[letters.main]\nname = "La feuille"\n'

    assert "newsletters" not in found(write(tmp_path / "a", {"hub.toml": named, **files}))
    root = write(tmp_path / "b", {"hub.toml": named + "[calendars]\nletters = true\n", **files})
    assert ["issue:1", "issue:2"] == found(root)["newsletters"]
    nameless = write(tmp_path / "c", {"hub.toml": ONE + "[calendars]\nletters = true\n", **files})
    assert ["issue:1", "issue:2"] == found(nameless)["newsletters"]
    assert {"main": "Essai"} == load_village(root=nameless)[0].hub.letters


def test_what_takes_place_in_a_part_of_a_place_takes_place_there(tmp_path):
    """Who follows the house wants to know of the evening in its kitchen."""
    files = {
        "content/places/maison.md": text(title="Maison", city="Bordeaux"),
        "content/places/cuisine.md": text(title="Cuisine", part_of="maison"),
        "events/a.md": text(**{**EVENT, "venue": "cuisine"}),
        "events/b.md": text(**{**EVENT, "venue": "maison"}),
    }
    names = found(write(tmp_path, {"hub.toml": ONE, **files}))

    assert (["event:a"], ["event:a", "event:b"]) == (names["places/cuisine"], names["places/maison"])


def test_a_place_that_has_another_name_now_answers_at_the_old_one(tmp_path):
    """A program cannot follow a page that says where a calendar went; and no page lists the same calendar twice."""
    files = {
        "content/places/maison.md": text(title="La Maison", city="Bordeaux", aliases="[/places/bicoque/]"),
        "events/a.md": text(**{**EVENT, "venue": "maison"}),
        "addresses.lock": "/calendars/places/bicoque.ics calendars:fr:places/bicoque.ics\n",
    }
    root = write(tmp_path, {"hub.toml": ONE, **files})
    loaded, settings = load_village(root=root)

    assert {"all", "places/maison"} == set(found(root))
    (former,) = moved_calendars(loaded.hub, settings, "fr")
    assert ("places/bicoque", "Essai – La Maison", ["event:a"]) == (former.name, former.title, [item.id for item in former.items])
