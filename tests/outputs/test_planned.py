"""The plan: the same for the same hub, and different only where a page would be."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta, timezone
from pathlib import Path

import pytest
from tests.hubs import load_village, village

from handbill.outputs import calendars, feeds, letters, site
from handbill.outputs.cards import Cards
from handbill.outputs.planned import digest
from handbill.outputs.theme import engine_theme


def keys(root: Path | None = None, as_of: str = "2026-03-20 12:00", **changes: object) -> dict[str, str]:
    """Return the key of every path that the outputs of a hub plan."""
    loaded, settings = load_village(as_of, root, **changes)
    planned = [one for output in (site, feeds, calendars, letters) for one in output.plan(loaded.hub, settings)]
    found = {one.path: one.key for one in planned}
    assert len(found) == len(planned)
    return found


def changed(before: dict[str, str], after: dict[str, str]) -> set[str]:
    return {path for path in before.keys() | after.keys() if before.get(path) != after.get(path)}


def forms(*names: str) -> set[str]:
    return {f"feeds/{name}.{ending}" for name in names for ending in ("rss.xml", "atom.xml", "json")}


def edited(root: Path, name: str, old: str, new: str) -> Path:
    file = root / name
    content = file.read_text(encoding="utf-8")
    assert old in content
    file.write_text(content.replace(old, new), encoding="utf-8")
    return root


def test_a_plan_of_the_same_is_the_same(tmp_path):
    """Every key that differs is a page made for nothing, on every build."""
    assert keys() == keys() == keys(village(tmp_path))


def test_a_changed_text_changes_what_shows_it_and_nothing_else(tmp_path):
    """That one post costs a few pages, and not the site, is the promise to those who write.

    Its first words are its summary, so the lists that show it change too.
    """
    after = keys(edited(village(tmp_path), "content/posts/ancien.md", "Écrit la veille", "Noté la veille"))

    assert {
        "posts/ancien/index.html",
        "index.html",
        "posts/index.html",
        "tags/pierre/index.html",
        "archives/2024/index.html",
    } | forms("all", "all-languages", "weekly", "monthly", "posts", "tags/pierre") == changed(keys(), after)


def test_a_change_below_the_summary_stays_on_the_page_and_in_the_feeds(tmp_path):
    """Lists show the beginning only."""
    after = keys(edited(village(tmp_path), "content/posts/2026-03-01-le-puits.md", "Site :", "Le site :"))

    assert {"posts/le-puits/index.html"} | forms("all", "all-languages", "posts", "tags/eau", "tags/pierre") == changed(keys(), after)


def test_a_file_touched_without_a_change_changes_nothing(tmp_path):
    """Checking out a branch touches every file."""
    root = village(tmp_path)
    edited(root, "content/posts/ancien.md", "title:", "title:")

    assert set() == changed(keys(), keys(root))


def test_a_moved_date_changes_the_event_and_where_it_stands(tmp_path):
    """Members look in several places, and all must say the same."""
    found = changed(keys(), keys(edited(village(tmp_path), "events/2026/concert.md", "starts: 2026-03-28", "starts: 2026-03-29")))

    assert {"events/concert/index.html", "events/concert/event.ics", "events/index.html", "index.html", "calendars/all.ics"} <= found
    assert {"calendars/places/grange.ics"} | forms("all", "events") <= found
    assert set() == found & {
        "posts/index.html",
        "a-propos/index.html",
        "calendars/tags/eau.ics",
        "events/fete/event.ics",
        "feeds/posts.json",
    }


def test_a_minute_later_the_plan_is_the_same(tmp_path):
    """A watcher builds at every save; time alone must not make pages."""
    assert set() == changed(keys(as_of="2026-03-20 12:00"), keys(as_of="2026-03-20 12:01"))


def test_the_next_day_changes_only_what_counts_days_or_shows_today():
    """Posts, pages and feeds do not."""
    found = changed(keys(as_of="2026-03-20 12:00"), keys(as_of="2026-03-21 12:00"))

    assert {"events/index.html", "contests/photo/index.html", "index.html"} <= found
    assert set() == {
        path for path in found if path.endswith(("xml", "json", "ics", "eml", "txt")) or path.startswith(("people/", "a-propos", "feeds/"))
    }


def test_a_colour_changes_the_style_and_no_page_but_those_it_is_written_in():
    """The accent stands in the style sheet and in the letters."""
    found = changed(keys(), keys(accent="#000000"))

    assert "theme/hub.css" in found
    assert {"newsletters/2026-03/mail.html"} <= found


def test_a_changed_template_changes_its_pages_alone(tmp_path):
    """Working on the page of people must not cost the site at each save."""
    root = village(tmp_path)
    before = keys(root)
    (root / "theme" / "templates").mkdir(parents=True)
    own = (engine_theme() / "templates" / "person.html").read_text(encoding="utf-8") + "<!-- -->"
    (root / "theme" / "templates" / "person.html").write_text(own, encoding="utf-8")

    assert {"people/ada/index.html"} == changed(before, keys(root))


def test_making_a_plan_makes_nothing(tmp_path, monkeypatch):
    """Pelican alone takes half a second to import; a plan is made at every save."""
    import sys

    for module in [one for one in sys.modules if one.split(".")[0] in ("pelican", "feedgen", "icalendar", "mjml", "css_inline")]:
        monkeypatch.delitem(sys.modules, module)
    keys(village(tmp_path))

    assert [] == [one for one in sys.modules if one.split(".")[0] in ("pelican", "feedgen", "icalendar", "mjml")]


@dataclass(frozen=True)
class Record:
    one: object
    two: object = None


VALUES = [
    None, True, False, 0, 1, "", "1", "é", "e\u0301", (), ("a",), ("a", "b"), (("a",), "b"), {"a": 1}, {"a": "1"}, b"", b"a", "a",
    date(2026, 5, 1), datetime(2026, 5, 1, tzinfo=UTC), datetime(2026, 5, 1, tzinfo=timezone(timedelta(hours=2))),
    Record("a"), Record("a", "b"), Record(None, "a"), 1.5, "\ud800",
]  # fmt: skip


def test_different_values_have_different_digests():
    """Two alike would mean that a change is not seen."""
    found: dict[str, object] = {}
    for value in VALUES:
        other = found.setdefault(digest(value), value)
        assert other is value, f"{value!r} and {other!r}"


def test_where_one_value_ends_counts():
    """`ab` + `c` is not `a` + `bc`."""
    assert 4 == len({digest("ab", "c"), digest("a", "bc"), digest("abc"), digest(b"ab", "c")})


def test_equal_values_have_equal_digests():
    """Whatever order a set is walked in."""
    assert digest(Record({"x", "y", "z"}, [1, 2])) == digest(Record({"z", "y", "x"}, [1, 2]))
    assert digest((1, 2)) == digest([1, 2])


def test_a_value_without_a_plain_form_is_refused():
    """Its address in memory would make every build a new one."""
    with pytest.raises(TypeError, match="no digest for object"):
        digest(object())


def test_a_record_that_stands_in_many_is_told_by_its_values_all_the_same():
    """It is written down once; two of one number in memory, one after the other, must not be taken for one."""
    loaded, settings = load_village()
    one = Cards(loaded.hub, settings, "fr").card(loaded.hub.items[0])

    assert digest((one, 1)) == digest((replace(one), 1)) != digest((replace(one, title="Autre"), 1))
    assert 500 == len({digest([replace(one, title=str(n))]) for n in range(500)})
