"""What a feed is before it is written: ids that last, moments that differ, and nothing that XML cannot hold."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from tests.cases import for_each
from tests.hubs import moment

from handbill.outputs.feed_record import NEVER, Author, Channel, Entry, NotWritable, apart, check, tag_uri


def entry(identity: str, at: str = "2026-03-01 00:00", **more: object) -> Entry:
    when = moment(at)
    given = {"title": "Titre", "summary": "Résumé", "content": "<p>Texte</p>", "published": when, "updated": when, "lang": "fr", **more}
    return Entry(id=identity, address="https://essai.example/posts/a/", **given)  # type: ignore[arg-type]


def channel(*entries: Entry) -> Channel:
    here = "https://essai.example/"
    return Channel("tag:essai.example,2026:feed:fr:all", "Essai", "Un essai", here, f"{here}feeds/all.json", "fr", "json", "Essai", here, f"{here}tags/", "", "", "", entries)  # fmt: skip


def test_an_id_is_a_valid_tag_address():
    """The W3C's validator refuses a tag URI with spaces or accents, and so do strict readers."""
    assert "tag:essai.example,2026:post:f%C3%AAte%20%231" == tag_uri("essai.example", "post:fête #1")


def test_entries_of_one_day_differ_in_their_moments():
    """Programs that sort and compare by it took two texts of one day for one."""
    found = apart(tuple(entry(f"tag:x:{n}") for n in range(1000)))

    assert 1000 == len(set(found))
    assert {timedelta(0)} == {(one - moment("2026-03-01 00:00")) // timedelta(seconds=1) * timedelta(seconds=1) for one in found}
    assert all(one.microsecond for one in found)


def test_the_moment_of_an_entry_does_not_hang_on_its_neighbours():
    """Else a text published today would show those of the same day as edited."""
    alone = apart((entry("tag:x:7"),))

    assert alone == apart((entry("tag:x:1"), entry("tag:x:7")))[1:] == apart((entry("tag:x:7"), entry("tag:x:9")))[:1]


def test_even_the_same_id_twice_has_two_moments():
    """Two ids may share a fraction of a second: one in a million, and ten thousand entries are many pairs."""
    first, second = apart((entry("tag:x:1"), entry("tag:x:1")))

    assert timedelta(microseconds=1) == second - first


def test_moments_are_told_apart_across_zones():
    """10:00 in Paris and 9:00 in Lisbon are one instant."""
    lisbon = moment("2026-03-01 09:00", "Europe/Lisbon")
    found = apart((entry("tag:x:1", "2026-03-01 10:00"), entry("tag:x:1", updated=lisbon)))

    assert 2 == len({one.astimezone(UTC) for one in found})


def test_a_feed_changed_when_its_latest_changed_entry_did():
    """That may be an old text, edited since."""
    assert moment("2026-03-05 10:00") == channel(entry("a"), entry("b", "2026-03-05 10:00"), entry("c")).updated
    assert datetime(2000, 1, 1, tzinfo=UTC) == NEVER == channel().updated


@for_each("code", [0x00, 0x08, 0x0B, 0x0C, 0x0E, 0x1F, 0xD800, 0xDFFF, 0xFFFE, 0xFFFF])
@for_each("field", ["title", "summary", "content"])
def test_what_no_xml_can_hold_is_refused_with_item_and_field(code, field):
    """Reading refuses it long before; should it ever get here, one such sign would lose everybody the whole feed."""
    wrong = channel(entry("tag:x:good"), entry("tag:x:bad", **{field: f"a{chr(code)}b"}))

    with pytest.raises(NotWritable, match=rf"^tag:x:bad: {field}: U\+{code:04X} "):
        check(wrong)


def test_names_and_tags_are_looked_at_as_well():
    """They come from other files than the text."""
    for field, value in (("authors", (Author("a\x00"),)), ("tags", ("\x0b",))):
        with pytest.raises(NotWritable, match=f"tag:x:1: {field}"):
            check(channel(entry("tag:x:1", **{field: value})))
    with pytest.raises(NotWritable, match="title"):
        check(replace(channel(), title="\x1b"))


def test_every_sign_that_xml_can_hold_passes():
    """A rule that refuses too much loses feeds as well."""
    check(channel(entry("tag:x:1", title="\t\n\r \x7f\x85\ud7ff\ue000\ufffd\U00010000\U0010ffff😀")))
