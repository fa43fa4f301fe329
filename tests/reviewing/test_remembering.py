"""What reviews remember: the base for a while, files by their keys, and never another answer."""

from tests.hubs import moment, options

from handbill.reviewing.remembering import MOST_BYTES, Memory, seed
from handbill.reviewing.snapshot import Made, Sheet, Snapshot

NOON, NIGHT = "2026-03-20T12:00:00+01:00", "2026-03-21T00:00:00+01:00"
SHEET = Sheet("key", (), "")


def memory(folder, lang="en", **more):
    return Memory(folder, options(folder, **more), lang)


def again(folder, first, **more):
    first.save()
    return memory(folder, **more)


def test_a_commit_is_known_until_something_falls_due(tmp_path):
    """After midnight “tomorrow” is another day on every page."""
    first = memory(tmp_path)
    first.keep_snapshot("abc", "", Snapshot(NOON, NIGHT, (), name="Essai"))
    second = again(tmp_path, first)

    assert "Essai" == second.snapshot("abc", "", moment("2026-03-20 23:59")).name
    assert [None] * 4 == [
        second.snapshot(*one)
        for one in (("abc", "", moment("2026-03-21 00:00")), ("abc", "", moment("2026-03-20 11:59")), ("abc", "hub/", moment("2026-03-20 12:00")), ("", "", moment("2026-03-20 12:00")))
    ]


def test_another_language_or_address_is_another_state(tmp_path):
    """Problems are told in words, and pages name their address."""
    first = memory(tmp_path)
    first.keep_snapshot("abc", "", Snapshot(NOON, NIGHT, ()))
    first.save()

    assert memory(tmp_path, "fr").snapshot("abc", "", moment("2026-03-20 12:00")) is None
    assert memory(tmp_path, base_url="https://b.example/").snapshot("abc", "", moment("2026-03-20 12:00")) is None


def test_files_are_known_by_path_and_key(tmp_path):
    """Equal keys are equal bytes, whichever state asks."""
    first = memory(tmp_path)
    first.keep_made({"a": SHEET, "handbook/": SHEET, "b": SHEET}, ["a", "handbook/", "b"], [Made("a", b"1"), Made("handbook/x", b"2"), Made("handbook/y", b"3")])
    second = again(tmp_path, first)

    assert [Made("a", b"1")] == list(second.made("a", SHEET))
    assert ["handbook/x", "handbook/y"] == [one.path for one in second.made("handbook/", SHEET)]
    assert second.made("b", SHEET) is None, "what could not be made is tried again"
    assert second.made("a", Sheet("other", (), "")) is None


def test_more_than_a_disk_should_hold_is_not_remembered(tmp_path):
    """A new theme makes every page of a large hub another one."""
    first = memory(tmp_path)
    big = bytes(MOST_BYTES // 2 + 1)
    first.keep_made({"a": SHEET, "b": SHEET}, ["a", "b"], [Made("a", big), Made("b", big)])

    assert [True, False] == [first.made(path, SHEET) is not None for path in ("a", "b")]


def test_without_a_cache_nothing_is_remembered(tmp_path):
    """That is what --no-cache promises."""
    first = memory(tmp_path, no_cache=True)
    first.keep_snapshot("abc", "", Snapshot(NOON, NIGHT, ()))
    first.keep_made({"a": SHEET}, ["a"], [Made("a", b"1")])
    first.save()

    assert first.snapshot("abc", "", moment("2026-03-20 12:00")) is None
    assert first.made("a", SHEET) is None
    assert [] == list(tmp_path.iterdir())


def test_another_state_learns_from_the_notes_of_the_hub(tmp_path):
    """Five thousand texts that were read once are not read again for the base."""
    own, other = tmp_path / "own", tmp_path / "other"
    (own / "cache").mkdir(parents=True)
    (own / "cache" / "drafts").write_bytes(b"notes")

    seed(own, other)
    (other / "cache" / "drafts").write_bytes(b"its own, later")
    seed(own, other)

    assert b"its own, later" == (other / "cache" / "drafts").read_bytes()
    assert not (other / "cache" / "mails").exists()
