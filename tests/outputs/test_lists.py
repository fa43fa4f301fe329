"""Home, lists, agenda, subjects and archives: what stands where, and in which order."""

from __future__ import annotations

import pytest
from tests.hubs import load_village, text, village, write

from handbill.outputs.cards import Cards
from handbill.outputs.lists import ON_A_PAGE, ON_HOME, lists

EVENT = {"organisers": "[X]", "venue": "{name: Salle}"}
CONTEST = {"mechanism": "jury", "enter": "x", "organiser": "y", "prizes": "[{name: z}]"}


def pages(root=None, as_of="2026-03-20 12:00", lang="fr", **changes):
    """Return the record of each list by its address."""
    loaded, settings = load_village(as_of, root, **changes)
    found = list(lists(loaded.hub, settings, lang, Cards(loaded.hub, settings, lang), str))
    assert len({one.address for one in found}) == len(found)
    return {one.address: one.view for one in found}


def many(folder, count, lang=""):
    """Return a hub of posts, the first of them the newest."""
    files = {
        f"content/posts/p{number:02}{lang}.md": text(title=f"P{number:02}", date=f"2026-01-{31 - number:02}") for number in range(count)
    }
    return write(folder, files)


def titles(groups):
    return [(group.heading, [card.title for card in group.cards]) for group in groups]


def test_the_home_page_says_what_is_on_what_is_open_and_what_is_new():
    """That is what people come for."""
    home = pages()["/"]

    assert ["Concert", "Fête du puits", "Corvée de bois"] == [card.title for card in home.upcoming]
    assert ["Photo du puits"] == [card.title for card in home.open]
    assert ["Le puits & la «\u00a0margelle\u00a0» <neuve>", "Un ancien billet"] == [card.title for card in home.posts]
    assert "Mars au village" == home.letter.title
    assert [("Eau", "/hub/tags/eau/"), ("pierre", "/hub/tags/pierre/")] == [(one.title, one.address) for one in home.tags]


def test_the_home_page_of_a_language_holds_that_language():
    """Half a page in another language is no page."""
    home = pages(lang="en")["/en/"]

    assert (["The well"], (), (), None) == ([card.title for card in home.posts], home.upcoming, home.open, home.letter)
    assert [("Eau", "/hub/en/tags/eau/")] == [(one.title, one.address) for one in home.tags]


def test_the_home_page_is_short(tmp_path):
    """It shows the next things, and the lists have all."""
    root = many(tmp_path, 20)
    write(root, {f"events/e{number:02}.md": text(starts=f"2026-04-{number + 1:02} 10:00", **EVENT) for number in range(20)})

    home = pages(root)["/"]
    assert (ON_HOME, ON_HOME) == (len(home.posts), len(home.upcoming))
    assert "2026-04-01T10:00:00+02:00" == home.upcoming[0].when.starts


def test_a_series_stands_on_the_home_page_once(tmp_path):
    """A weekly meeting would push everything else off it."""
    files = {
        "events/a.md": text(title="Chaque jour", starts="2026-03-21 09:00", recurrence="{rule: FREQ=DAILY;COUNT=30}", **EVENT),
        "events/b.md": text(title="Une fois", starts="2026-04-30 09:00", **EVENT),
    }

    assert ["Chaque jour", "Une fois"] == [card.title for card in pages(write(tmp_path, files))["/"].upcoming]


@pytest.mark.parametrize(
    ("count", "sizes"),
    [(0, [0]), (1, [1]), (ON_A_PAGE, [ON_A_PAGE]), (ON_A_PAGE + 1, [ON_A_PAGE, 1]), (2 * ON_A_PAGE, [ON_A_PAGE] * 2), (30, [12, 12, 6])],
)
def test_a_long_list_is_cut_into_pages(tmp_path, count, sizes):
    """No post is lost at the edge and none is shown twice."""
    found = pages(many(tmp_path, count))

    addresses = ["/posts/", *(f"/posts/page/{number}/" for number in range(2, len(sizes) + 1))]
    assert addresses == [address for address in found if address.startswith("/posts/")]
    shown = [[card.title for group in found[address].groups for card in group.cards] for address in addresses]
    assert sizes == [len(one) for one in shown]
    assert [f"P{number:02}" for number in range(count)] == [title for one in shown for title in one]


def test_the_pages_of_a_list_lead_to_each_other(tmp_path):
    """Newer and older, and nowhere at both ends."""
    found = pages(many(tmp_path, 30))

    pagers = [found[address].pager for address in ("/posts/", "/posts/page/2/", "/posts/page/3/")]
    assert [
        (1, 3, "", "/posts/page/2/"),
        (2, 3, "/posts/", "/posts/page/3/"),
        (3, 3, "/posts/page/2/", ""),
    ] == [(one.number, one.count, one.newer, one.older) for one in pagers]
    assert None is pages(many(tmp_path / "few", 3))["/posts/"].pager


def test_a_first_page_exists_in_every_language_a_second_one_may_not(tmp_path):
    """A link to a page that the other language does not have would be broken."""
    found = pages(many(tmp_path, 30))

    assert [("fr", "https://essai.example/posts/"), ("en", "https://essai.example/en/posts/")] == [
        (one.title, one.address) for one in found["/posts/"].page.alternates
    ]
    assert () == found["/posts/page/2/"].page.alternates


def test_a_hub_of_one_language_speaks_of_no_other():
    """A switch of one language switches nothing."""
    assert {()} == {one.page.alternates for one in pages(languages=("fr",)).values()}


def test_a_subject_that_was_promised_keeps_its_page(tmp_path):
    """It is empty and says so, which is better than an error."""
    root = village(tmp_path)
    (root / "addresses.lock").write_text("/tags/bois/ tag:fr:bois\n", encoding="utf-8")
    found = pages(root)

    assert [("", [])] == titles(found["/tags/bois/"].groups)
    assert "bois" == found["/tags/bois/"].page.title
    assert "/hub/tags/bois/" not in [one.address for one, _ in found["/tags/"].tags]
    assert "/hub/tags/bois/" not in [one.address for one in found["/"].tags]
    assert "/en/tags/bois/" not in pages(root, lang="en")


def test_a_subject_lists_all_kinds_newest_first():
    """Who is interested in water wants the contest, the post and the feast."""
    view = pages()["/tags/eau/"]

    assert [("", ["Photo du puits", "Le puits & la «\u00a0margelle\u00a0» <neuve>", "Fête du puits"])] == titles(view.groups)
    assert [("Le village – Eau", "/hub/feeds/tags/eau.atom.xml")] == [(one.title, one.address) for one in view.page.feeds]


def test_the_list_of_subjects_counts():
    """A subject of one item is another thing than one of forty."""
    assert [("Eau", "/hub/tags/eau/", 3), ("pierre", "/hub/tags/pierre/", 2)] == [
        (one.title, one.address, count) for one, count in pages()["/tags/"].tags
    ]


def test_each_year_has_an_archive_by_month():
    """The eve of the new year at half past eleven belongs to the old year, wherever the server stands."""
    found = pages()

    assert [
        ("2026-03-01", ["Photo du puits", "Le puits & la «\u00a0margelle\u00a0» <neuve>"]),
        ("2026-02-01", ["Concert", "Fête du puits"]),
        ("2026-01-01", ["Corvée de bois"]),
    ] == titles(found["/archives/2026/"].groups)
    assert [("2024-12-01", ["Un ancien billet"])] == titles(found["/archives/2024/"].groups)
    assert found["/archives/2026/"].groups == found["/archives/"].groups
    assert [("2026", "/hub/archives/2026/"), ("2024", "/hub/archives/2024/")] == [
        (one.title, one.address) for one in found["/archives/"].years
    ]
    assert ["/archives/2026/", "/archives/2024/"] == [one for one in found if one.startswith("/archives/2")]


def test_a_year_that_was_promised_keeps_its_page(tmp_path):
    """Its posts may have been corrected into another year; the link in some letter stays."""
    root = village(tmp_path)
    (root / "addresses.lock").write_text("/archives/2019/ year:fr:2019\n/archives/x/ year:fr:x\n", encoding="utf-8")

    assert () == pages(root)["/archives/2019/"].groups


def test_the_archives_of_an_empty_hub_are_there(tmp_path):
    """Every menu leads to them from the first day on."""
    found = pages(write(tmp_path, {}))

    assert ((), ()) == (found["/archives/"].groups, found["/archives/"].years)
    assert ((), (), None) == (found["/"].posts, found["/"].upcoming, found["/"].letter)


def test_the_agenda_lists_what_comes_by_month_and_what_was():
    """A series once in each month, what is over under the past, the moved date where it moved to."""
    view = pages()["/events/"]

    assert [
        ("2026-03-01", ["Concert"]),
        ("2026-04-01", ["Fête du puits", "Corvée de bois"]),
        ("2026-06-01", ["Corvée de bois"]),
        ("2026-07-01", ["Corvée de bois"]),
        ("2026-08-01", ["Corvée de bois"]),
    ] == titles(view.upcoming)
    assert "2026-04-18T10:00:00+02:00" == view.upcoming[1].cards[1].when.starts
    assert [("2026-03-01", ["Corvée de bois"])] == titles(view.past)
    assert "2026-03-20" == view.today


def test_a_month_is_a_grid_of_whole_weeks():
    """Seven days in each row, Monday first, every day of the month once."""
    months = pages()["/events/"].months

    assert ["2026-03-01", "2026-04-01", "2026-05-01"] == [one.month for one in months]
    for month in months:
        days = [day for week in month.weeks for day, _ in week]
        assert {7} == {len(week) for week in month.weeks}
        assert sorted(set(days)) == days
        inside = [day for day in days if day[:7] == month.month[:7]]
        assert {"2026-03-01": 31, "2026-04-01": 30, "2026-05-01": 31}[month.month] == len(inside)
    assert ("2026-02-23", "2026-04-05") == (months[0].weeks[0][0][0], months[0].weeks[-1][-1][0])


def found_in(months):
    return {day: [card.title for card in cards] for month in months for week in month.weeks for day, cards in week if cards}


def test_a_day_shows_what_touches_it():
    """The feast that ends at one in the night is on the next day too, and the moved date is where it is now."""
    assert {
        "2026-03-14": ["Corvée de bois"],
        "2026-03-28": ["Concert"],
        "2026-04-11": ["Fête du puits"],
        "2026-04-12": ["Fête du puits"],
        "2026-04-18": ["Corvée de bois"],
    } == found_in(pages()["/events/"].months)


@pytest.mark.parametrize(
    ("front", "days"),
    [
        ({"starts": "2026-04-10", "ends": "2026-04-12"}, ["2026-04-10", "2026-04-11", "2026-04-12"]),
        ({"starts": "2026-04-10 20:00", "ends": "2026-04-11 00:00"}, ["2026-04-10"]),
        ({"starts": "2026-03-29 00:00", "ends": "2026-03-30 00:00"}, ["2026-03-29"]),
        ({"starts": "2026-04-10 08:00", "ends": "2026-04-10 10:00", "timezone": "Asia/Tokyo"}, ["2026-04-10"]),
        ({"starts": "2026-04-10 22:00", "ends": "2026-04-10 23:00", "timezone": "America/New_York"}, ["2026-04-11"]),
        ({"starts": "2026-04-30 10:00", "ends": "2026-05-01 10:00"}, ["2026-04-30", "2026-05-01"]),
    ],
)
def test_the_days_of_an_event_are_those_of_the_hub_s_zone(tmp_path, front, days):
    """Midnight is not the next day, a day of twenty-three hours is a day, and the evening in New York is the morning after."""
    root = write(tmp_path, {"events/a.md": text(**EVENT, **front)})

    assert days == list(found_in(pages(root)["/events/"].months))


@pytest.mark.parametrize(
    ("as_of", "months"),
    [("2026-12-31 23:59", ["2026-12-01", "2027-01-01", "2027-02-01"]), ("2026-11-01 00:00", ["2026-11-01", "2026-12-01", "2027-01-01"])],
)
def test_the_months_go_over_the_end_of_the_year(as_of, months):
    """December is followed by January."""
    assert months == [one.month for one in pages(as_of=as_of)["/events/"].months]


def test_today_is_that_of_the_hub(tmp_path):
    """A server in another zone must not mark yesterday."""
    from tests.hubs import moment

    from handbill.reading.load import load
    from handbill.settings import read_settings

    settings = read_settings(write(tmp_path, {}))
    hub = load(settings, moment("2026-03-31 20:00", "America/New_York"), None).hub

    agenda = next(one.view for one in lists(hub, settings, "fr", Cards(hub, settings, "fr"), str) if one.address == "/events/")
    assert ("2026-04-01", "2026-04-01") == (agenda.today, agenda.months[0].month)


def test_contests_stand_by_what_one_can_do(tmp_path):
    """Open first, the one that closes first on top; groups without a contest are left out."""
    files = {
        "content/contests/later.md": text(title="Plus tard", opens="2026-03-01", closes="2026-04-30", **CONTEST),
        "content/contests/soon.md": text(title="Bientôt", opens="2026-03-01", closes="2026-03-22", **CONTEST),
        "content/contests/next.md": text(title="À venir", opens="2026-04-01", closes="2026-04-30", **CONTEST),
        "content/contests/won.md": text(title="Gagné", opens="2026-01-03", closes="2026-01-31", winners="[{name: A}]", **CONTEST),
        "content/contests/wait.md": text(title="Attente", opens="2026-01-03", closes="2026-01-31", **CONTEST),
    }

    assert [
        ("Open now", ["Bientôt", "Plus tard"]),
        ("Coming soon", ["À venir"]),
        ("Results to come", ["Attente"]),
        ("Results", ["Gagné"]),
    ] == titles(pages(write(tmp_path, files))["/contests/"].groups)


def test_letters_stand_by_year(tmp_path):
    """The archive of letters grows for ever."""
    files = {
        f"newsletters/{year}.md": text(number=str(number), subject=f"L{year}", title=f"L{year}", date=f"{year}-01-05 10:00")
        for number, year in enumerate((2024, 2025, 2026))
    }

    assert [("2026", ["L2026"]), ("2025", ["L2025"]), ("2024", ["L2024"])] == titles(pages(write(tmp_path, files))["/newsletters/"].groups)


def test_people_stand_by_name_and_the_unlisted_do_not(tmp_path):
    """Émile is under E, not after Z."""
    files = {f"content/people/{slug}.md": text(title=title) for slug, title in (("a", "Zoé"), ("b", "Émile"), ("c", "Adam"))}
    root = write(tmp_path, files | {"content/people/d.md": text(title="Tom", listed="false")})

    assert [("", ["Adam", "Émile", "Zoé"])] == titles(pages(root)["/people/"].groups)


def test_the_page_of_feeds_lists_each_with_its_whole_address():
    """People copy these into other programs."""
    view = pages()["/feeds/"]

    assert ["RSS", "Atom", "JSON Feed"] == [form.title for form in view.feeds[0].forms]
    assert "https://village.example/hub/feeds/all.rss.xml" == view.feeds[0].forms[0].address
    assert "https://village.example/hub/calendars/all.ics" == view.calendars[0].forms[0].address
    assert "https://village.example/hub/feeds/hub.opml" == view.opml
    assert (7, 5) == (len(view.feeds), len(view.calendars))


def test_search_is_kept_out_of_search():
    """A page of results found by a search engine leads nowhere."""
    assert {"/search/"} == {address for address, view in pages().items() if not view.page.is_indexed}
