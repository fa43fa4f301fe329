"""The questions that outputs ask of the hub."""

from tests.hubs import load_village, moment, text, write


def hub_of(tmp_path, files, as_of="2026-03-20 12:00"):
    return load_village(as_of, write(tmp_path, files))[0].hub


def test_what_lies_in_the_future_is_not_among_the_items():
    """A post dated in May is in no list, no feed and no letter in March."""
    hub = load_village()[0].hub

    assert "post:bientot" not in hub.by_id
    assert {"post:bientot", "post:brouillon"} == {item.id for item in hub.hidden}
    assert "post:bientot" in load_village("2026-05-01 00:00")[0].hub.by_id


def test_lists_show_the_newest_first_in_one_language():
    """The order must not depend on file names."""
    hub = load_village()[0].hub

    assert ["post:le-puits", "post:le-premier"] == [item.id for item in hub.of_kind("post", "fr")]
    assert ["post:le-puits.en"] == [item.id for item in hub.of_kind("post", "en")]


def test_upcoming_names_each_date_of_a_series_soonest_first():
    """The moved date of April counts where it moved to."""
    hub = load_village()[0].hub

    found = [(item.id, str(when.starts)[:10]) for when, item in hub.upcoming(limit=4)]
    assert [
        ("event:concert", "2026-03-28"),
        ("event:fete", "2026-04-11"),
        ("event:corvee", "2026-04-18"),
        ("event:corvee", "2026-06-13"),
    ] == found


def test_upcoming_ends_before_the_moment_that_was_asked_for():
    """The agenda and the sections of letters look ahead so far and no further."""
    hub = load_village()[0].hub

    found = [item.id for _, item in hub.upcoming(at=moment("2026-03-28 12:00"), before=moment("2026-04-18 10:00"))]
    assert ["event:concert", "event:fete"] == found


def test_an_item_is_found_by_its_address():
    """Links, pins and reports name an address; what waits cannot be led to."""
    hub = load_village()[0].hub

    assert "event:fete" == hub.by_address["/events/fete/"].id
    assert {one.address for one in hub.hidden}.isdisjoint(hub.by_address)


def test_a_question_about_the_whole_hub_is_answered_once():
    """A hundred letters ask the same."""
    hub, asked = load_village()[0].hub, []

    assert [1, 1, 2] == [hub.once(question, lambda: asked.append("") or len(asked)) for question in ("a", "a", ("a", "fr"))]


def test_open_means_open_at_that_very_moment():
    """The closing day counts until its midnight."""
    hub = load_village()[0].hub

    assert [] == list(hub.open(at=moment("2026-03-09 23:59")))
    assert ["contest:photo"] == [item.id for item in hub.open(at=moment("2026-03-31 23:59"))]
    assert [] == list(hub.open(at=moment("2026-04-01 00:00")))


def test_a_tag_has_one_page_however_it_is_spelt(tmp_path):
    """`Été` and `été` are one subject; the oldest spelling names it."""
    hub = hub_of(
        tmp_path,
        {
            "content/posts/a.md": text(date="2026-02-01", tags="[été]"),
            "content/posts/b.md": text(date="2026-01-01", tags="[Été]"),
        },
    )

    assert [("ete", "Été")] == [(slug, tag.name) for slug, tag in hub.tags.items()]
    assert ["post:a", "post:b"] == [item.id for item in hub.tagged("ete")]


def test_a_translation_is_found_by_its_file_name():
    """Nothing needs declaring where the names say it."""
    hub = load_village()[0].hub

    assert ["post:le-puits", "post:le-puits.en"] == [item.id for item in hub.translations(hub.by_id["post:le-puits.en"])]


def test_the_best_of_translations_is_the_one_in_the_language_of_the_hub(tmp_path):
    """A calendar of all languages shows an event once, in the words that most of its readers know."""
    both = {"events/a.md": "fr", "events/a.en.md": "en", "events/b.en.md": "en"}
    event = {"starts": "2026-05-01 14:00", "organisers": "[Une personne]", "venue": "{name: Salle}"}
    hub = load_village(root=write(tmp_path, {name: text(title=f"{name} {lang}", **event) for name, lang in both.items()}))[0].hub

    assert {"events/a.md fr": "fr", "events/a.en.md en": "fr", "events/b.en.md en": "en"} == {
        one.title: hub.best(one).lang for one in hub.items
    }


def test_someone_who_does_not_want_to_be_listed_is_in_no_list():
    """The wish holds for every list and every language."""
    hub = load_village()[0].hub

    assert ["ada"] == [item.slug for item in hub.of_kind("person")]
    assert ["post:le-puits", "post:le-puits.en", "event:fete", "event:corvee"] == [item.id for item in hub.contributions("ada")]


def test_a_build_holds_until_the_next_thing_happens(tmp_path):
    """A contest that closes at 15:00 must not wait for midnight."""
    contest = text(mechanism="jury", opens="2026-03-01 09:00", closes="2026-03-20 15:00", enter="x", organiser="y", prizes="[{name: z}]")

    assert moment("2026-03-20 15:00") == hub_of(tmp_path, {"content/contests/a.md": contest}).stays_until()
    assert moment("2026-03-21 00:00") == hub_of(tmp_path, {"content/contests/a.md": contest}, "2026-03-20 15:00").stays_until()


def test_a_scheduled_post_ends_what_a_build_holds(tmp_path):
    """It must appear at its minute, not the next day."""
    hub = hub_of(tmp_path, {"content/posts/a.md": text(date="2026-03-20 18:30")})

    assert moment("2026-03-20 18:30") == hub.stays_until()


OFF = {"starts": "2026-04-11 14:00", "organisers": "[X]", "venue": "{name: Salle}", "status": "cancelled", "status_note": "Pluie"}


def test_what_was_called_off_changes_calendars_a_last_time_a_month_later(tmp_path):
    """A build that is not made then would leave it there; in a zone of its own that is no midnight of the hub."""
    hub = hub_of(tmp_path, {"events/a.md": text(**OFF, timezone="Asia/Kolkata")}, "2026-05-11 12:00")

    assert moment("2026-05-12 00:00", "Asia/Kolkata") == hub.leaving["event:a"] == hub.stays_until()
    assert {} == hub_of(tmp_path, {"events/a.md": text(**{**OFF, "status": "confirmed"})}).leaving


def test_of_a_series_one_date_called_off_does_not_take_the_others_along(tmp_path):
    """Nine evenings go on."""
    recurrence = "{rule: FREQ=WEEKLY;COUNT=10, changes: [{on: 2026-04-18, status: cancelled, note: x}]}"
    files = {"events/a.md": text(**{**OFF, "status": "confirmed"}, recurrence=recurrence)}

    assert {} == hub_of(tmp_path / "a", files).leaving
    assert {"event:a"} == set(hub_of(tmp_path / "b", {"events/a.md": text(**OFF, recurrence="{rule: FREQ=WEEKLY;COUNT=10}")}).leaving)


def test_a_contest_called_off_leaves_with_its_closing(tmp_path):
    """Its opening may be over for long."""
    contest = {
        "mechanism": "jury",
        "opens": "2026-03-01 09:00",
        "closes": "2026-03-31",
        "enter": "x",
        "organiser": "y",
        "prizes": "[{name: z}]",
    }
    hub = hub_of(tmp_path, {"content/contests/c.md": text(**contest, cancelled="Trop peu.")})

    assert {"contest:c#opens": moment("2026-04-01 00:00"), "contest:c#closes": moment("2026-05-01 00:00")} == hub.leaving


def test_a_hub_that_moved_keeps_the_host_of_its_ids(tmp_path):
    """Feeds and calendars hang on it."""
    assert "essai.example" == hub_of(tmp_path / "a", {}).host
    assert "ancien.example" == hub_of(tmp_path / "b", {"calendars.lock": "host ancien.example\n"}).host


def test_an_update_dated_ahead_is_awaited(tmp_path):
    """Until then the item is without it, and the build holds no longer."""
    files = {"content/posts/a.md": text(updated="2026-03-20 18:30")}

    before, after = hub_of(tmp_path, files), hub_of(tmp_path, files, "2026-03-20 18:30")

    assert (None, (moment("2026-03-20 18:30"),)) == (before.by_id["post:a"].updated, before.awaited)
    assert moment("2026-03-20 18:30") == before.stays_until()
    assert (moment("2026-03-20 18:30"), ()) == (after.by_id["post:a"].updated, after.awaited)
