"""What waits is said, and stops nothing."""

from __future__ import annotations

from tests.hubs import load_village, text, write

from handbill.checking.schedule import check_schedule
from handbill.errors import Level


def test_drafts_and_what_waits_for_its_date_are_told():
    """“Why is my post not there?” is the most frequent question of an editor."""
    assert [
        "content/posts/bientot.md:3:7: date: found an item that appears on 2026-05-01 00:00 [HB502]",
        "content/posts/brouillon.md:4:8: draft: found a draft, shown nowhere [HB501]",
    ] == [str(one) for one in check_schedule(load_village()[0].hub)]


def test_waiting_is_no_mistake():
    """A strict build must be able to pass with a post scheduled."""
    assert {Level.NOTE} == {one.level for one in check_schedule(load_village()[0].hub)}


def test_a_draft_with_a_later_date_is_a_draft(tmp_path):
    """Told of the date, its author would wait for a day on which nothing happens."""
    loaded, _ = load_village(root=write(tmp_path, {"content/posts/a.md": text(draft="true", date="2027-01-01")}))

    assert ["HB501"] == [one.code for one in check_schedule(loaded.hub)]


def test_what_is_shown_is_not_told():
    """On the day itself the note has to go."""
    assert ["HB501"] == [one.code for one in check_schedule(load_village("2026-05-01 00:00")[0].hub)]


def test_a_link_to_what_is_not_shown_yet_is_told(tmp_path):
    """Members would find nothing there until its day."""
    root = write(tmp_path, {"content/posts/a.md": text("[b](b.md) [c](c.md#x)"), "content/posts/b.md": text(date="2026-05-01"), "content/posts/c.md": text("## x", draft="true")})

    found = [one for one in check_schedule(load_village(root=root)[0].hub) if one.level is Level.WARNING]
    assert [("HB503", "content/posts/a.md")] * 2 == [(one.code, one.path) for one in found]
    assert "a link to content/posts/b.md, which leads nowhere before 2026-05-01 00:00" == found[0].found
    assert "a link to content/posts/c.md, a draft that leads nowhere yet" == found[1].found
    assert [(6, 5, 4), (6, 15, 6)] == [(one.line, one.column, one.width) for one in found]
    assert not [one for one in check_schedule(load_village("2026-05-01 00:00", root)[0].hub) if "b.md" in one.found]
