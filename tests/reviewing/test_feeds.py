"""What feed readers will show, told from the files of two builds."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from tests.hubs import text
from tests.reviewing.built import State, differing, edit, state_of

from handbill.reviewing import feeds
from handbill.reviewing.record import FeedChange

POST, FAIR, OLD = "content/posts/2026-03-01-le-puits.md", "events/2026/fete.md", "content/posts/ancien.md"

Edit = Callable[[Path], object]


def told(before: State, after: State, broken: frozenset[str] = frozenset()) -> tuple[FeedChange, ...]:
    known = [feeds.facts(one.found.hub, one.found.settings, one.options, Path()) for one in (before, after)]
    return feeds.changes(*differing(before.feeds, after.feeds), *known, broken)


def changed(root: Path, *edits: tuple[str, str, str] | Edit, is_published: bool = True) -> tuple[FeedChange, ...]:
    """Return what a few edits change for feeds."""
    before = state_of(root, is_published=is_published)
    for one in edits:
        if callable(one):
            one(root)
        else:
            edit(root, *one)
    return told(before, state_of(root, is_published=False))


def write(name: str, **front: str) -> Edit:
    return lambda root: (root / name).write_text(text("Du neuf.", **front), encoding="utf-8")


def test_nothing_changed_is_told_as_nothing(hub):
    """A reviewer who reads of changes that are none reads no further."""
    assert changed(hub) == ()


def test_a_new_post_is_a_new_entry_in_each_feed_that_holds_it(hub):
    """This is what subscribers are sent at once."""
    (one,) = changed(hub, write("content/posts/neuf.md", title="Du neuf", date="2026-03-19 10:00", tags="[Eau]"))

    assert (one.how, one.is_told, one.title) == ("added", True, "Du neuf")
    assert one.feeds == ("/feeds/all-languages.rss.xml", "/feeds/all.rss.xml", "/feeds/posts.rss.xml", "/feeds/tags/eau.rss.xml")
    assert one.address == "https://village.example/hub/posts/neuf/"


def test_a_mended_word_changes_an_entry_that_nobody_is_shown_again(hub):
    """The page changes and the feed does, but readers go by the date of the change, which stays."""
    before = (hub / POST).read_text(encoding="utf-8")
    word = next(word for word in before.rpartition("---")[2].split() if word.isalpha() and len(word) > 4)
    (one,) = [one for one in changed(hub, (POST, word, "autrement")) if "digest" not in one.id]

    assert (one.how, one.is_told) == ("changed", False)
    assert [run.text for run in one.words if run.how == "new"] == ["autrement"]


def test_a_line_updated_shows_the_entry_again(hub):
    """That is what the line is for, and a reviewer should know before."""
    (one,) = [one for one in changed(hub, (POST, "---\n", "---\nupdated: 2026-03-19\n")) if "digest" not in one.id]

    assert (one.how, one.is_told, one.updated[:10]) == ("changed", True, "2026-03-19")


def test_an_event_called_off_is_shown_again_without_any_line(hub):
    """Calendars remember what they told, and feeds go by that."""
    for is_published in (True, False):
        (one,) = [
            one
            for one in changed(
                hub, (FAIR, "capacity: 50", "capacity: 50\nstatus: cancelled\nstatus_note: Pluie."), is_published=is_published
            )
            if one.id.endswith("event:fete")
        ]
        edit(hub, FAIR, "\nstatus: cancelled\nstatus_note: Pluie.", "")

        assert (one.how, one.is_told, one.title) == ("changed", True, "Annulé\N{NO-BREAK SPACE}: Fête du puits")


def test_a_post_that_is_taken_back_leaves_in_silence(hub):
    """Readers keep what they have; nobody new will see it."""
    (one,) = [one for one in changed(hub, (OLD, "---\n", "---\ndraft: true\n")) if "digest" not in one.id]

    assert (one.how, one.is_told) == ("removed", False)
    assert "/feeds/all.rss.xml" in one.feeds


def test_what_cannot_be_read_is_not_told_as_taken_back(hub):
    """A typing error stops the build; nothing is taken from anybody."""
    before = state_of(hub)
    edit(hub, OLD, "---\n", "---\ndate: hier\n")
    after = state_of(hub)

    assert [one for one in told(before, after, frozenset({OLD})) if "digest" not in one.id] == []
    assert "post:le-premier" in [one.id.partition(",2026:")[2] for one in told(before, after) if one.how == "removed"]


def test_an_entry_that_falls_out_at_the_end_is_no_news(hub):
    """Every full feed loses its oldest entry with each new one; that is how feeds are."""
    edit(hub, "hub.toml", "[letters.main]", "[feeds]\nentries = 2\n\n[letters.main]")

    found = changed(hub, write("content/posts/neuf.md", title="Du neuf", date="2026-03-19 10:00"))

    assert [(one.how, one.title) for one in found] == [("added", "Du neuf")]


def test_an_entry_that_comes_back_at_the_end_is_no_news_either(hub):
    """Where a new post is taken back, the feed is filled up with one that all have had for years."""
    edit(hub, "hub.toml", "[letters.main]", "[feeds]\nentries = 2\n\n[letters.main]")
    write("content/posts/neuf.md", title="Du neuf", date="2026-03-19 10:00")(hub)

    found = changed(hub, lambda root: (root / "content/posts/neuf.md").unlink())

    assert [(one.how, one.title) for one in found] == [("removed", "Du neuf")]


def test_another_tag_moves_an_entry_from_feed_to_feed(hub):
    """Whoever follows a tag alone gets it, or gets it no more; of what has a date, calendars told the tag as well."""
    (one,) = [one for one in changed(hub, (FAIR, "tags: [Eau]", "tags: [Feu]")) if "digest" not in one.id]

    assert (one.how, one.is_told) == ("changed", True)
    assert "/feeds/tags/feu.rss.xml" in one.feeds
    assert "/feeds/tags/eau.rss.xml" not in one.feeds
    assert one.left == ("/feeds/tags/eau.rss.xml",)


def test_an_entry_names_the_feeds_that_it_leaves(hub):
    """The feed of the old tag is still there, and those who follow it alone hear no more of it."""
    write("content/posts/neuf.md", title="Du neuf", date="2026-03-19 10:00", tags="[Pierre, Lune]")(hub)

    (one,) = [one for one in changed(hub, ("content/posts/neuf.md", "[Pierre, Lune]", "[Lune]")) if one.title == "Du neuf"]

    assert (one.how, one.is_told, one.left) == ("changed", False, ("/feeds/tags/pierre.rss.xml",))


def test_a_tag_taken_from_an_old_post_is_told_of_the_feed_that_it_leaves(hub):
    """It is in no other feed any more, so there is nothing to compare it with."""
    edit(hub, "hub.toml", "[letters.main]", "[feeds]\nentries = 2\n\n[letters.main]")
    for name in ("vieux", "vieille"):
        write(f"content/posts/{name}.md", title=name, date="2024-03-19 10:00", tags="[Rare]")(hub)

    (one,) = changed(hub, ("content/posts/vieux.md", "[Rare]", "[]"))

    assert (one.how, one.is_told, one.title, one.feeds) == ("removed", False, "vieux", ("/feeds/tags/rare.rss.xml",))


def test_the_news_of_a_week_are_an_entry_of_their_own(hub):
    """Those who follow the week alone read of a new title there."""
    found = changed(hub, (POST, "title: ", "title: Encore "))

    assert {one.how for one in found} == {"changed"}
    assert any("digest:fr:2026-W09" in one.id for one in found)


def test_a_week_that_takes_the_place_of_another_is_new(hub):
    """The only post of a week gets an earlier day: the one week is told no more, and the other for the first time."""
    english = "content/posts/2026-03-01-le-puits.en.md"

    found = changed(hub, (english, "date: 2026-03-01", "date: 2026-01-16"))

    weeks = {one.id.rpartition(":")[2]: one.how for one in found if "digest:en:2026-W" in one.id}
    assert weeks == {"2026-W03": "added", "2026-W09": "removed"}


def test_the_name_of_the_hub_is_no_change_of_an_entry(hub):
    """Feeds are called otherwise, and not one entry is another."""
    assert [one for one in changed(hub, ("hub.toml", 'name = "Le village"', 'name = "La ville"')) if "digest" not in one.id] == []


def test_without_facts_the_files_alone_are_believed(hub):
    """A record of an older state knows less; what it tells is still right."""
    before = state_of(hub)
    write("content/posts/neuf.md", title="Du neuf", date="2026-03-19 10:00")(hub)
    after = state_of(hub, is_published=False)

    (one,) = feeds.changes(*differing(before.feeds, after.feeds))

    assert (one.how, one.title) == ("added", "Du neuf")
