"""The cache saves time and never changes a result."""

import pickle
import random

from handbill.reading import cache as reading_cache
from handbill.reading.cache import Cache


def filled(tmp_path, terms="1"):
    cache = Cache(tmp_path / "c", terms)
    cache.put("a", ("x", 1))
    cache.save()
    return tmp_path / "c"


def test_what_was_put_comes_back(tmp_path):
    """The point of it."""
    assert ("x", 1) == Cache(filled(tmp_path), "1").get("a")


def test_another_version_of_the_program_finds_nothing(tmp_path):
    """What an older reader made of a text may be wrong by today's rules."""
    assert Cache(filled(tmp_path), "2").get("a") is None


def test_any_damage_makes_it_empty(tmp_path):
    """A flipped bit must not become a flipped letter, and an unpickler must not see foreign bytes."""
    file = filled(tmp_path)
    whole = file.read_bytes()
    chance = random.Random(7)
    for _ in range(200):
        place = chance.randrange(len(whole))
        cut = whole[:place] if chance.random() < 0.3 else whole[:place] + bytes([whole[place] ^ (1 << chance.randrange(8))]) + whole[place + 1 :]
        file.write_bytes(cut)
        assert Cache(file, "1").get("a") is None


def test_what_is_no_longer_asked_for_is_forgotten(tmp_path):
    """It must not grow with every draft ever written."""
    file = filled(tmp_path)
    cache = Cache(file, "1")
    cache.put("b", 2)
    cache.save()

    assert Cache(file, "1").get("a") is None
    assert 2 == Cache(file, "1").get("b")


def test_thousands_of_new_values_are_not_all_held_to_the_end(tmp_path, monkeypatch):
    """A first build needs the memory for pages, and one that is broken off has not read for nothing."""
    monkeypatch.setattr(reading_cache, "_MOST_HELD", 300)
    file, texts = tmp_path / "c", {f"{number}": "x" * 100 for number in range(10)}
    cache = Cache(file, "1")
    for key, text in texts.items():
        cache.put(key, text)
        assert 4 > len(cache._new)
    assert texts["0"] == Cache(file, "1").get("0")

    cache.save()
    assert texts == {key: Cache(file, "1").get(key) for key in texts}
    assert texts == {key: cache.get(key) for key in texts}


def test_what_was_written_ahead_is_still_known(tmp_path, monkeypatch):
    """Whoever keeps a value may ask for it before anything is saved, and keep another in its place."""
    monkeypatch.setattr(reading_cache, "_MOST_HELD", 300)
    cache = Cache(tmp_path / "c", "1")
    for number in range(10):
        cache.put(f"{number}", f"{number}" * 100)

    assert "0" * 100 == cache.get("0")
    cache.put("0", "another")
    assert "another" == cache.get("0")
    cache.save()
    assert ("another", "9" * 100) == (Cache(tmp_path / "c", "1").get("0"), Cache(tmp_path / "c", "1").get("9"))


def test_where_others_hold_values_nothing_is_written_ahead(tmp_path, monkeypatch):
    """What nobody asked for yet may still be asked for."""
    monkeypatch.setattr(reading_cache, "_MOST_HELD", 300)
    file = filled(tmp_path)
    before, cache = file.read_bytes(), Cache(file, "1")
    for number in range(10):
        cache.put(f"{number}", f"{number}" * 100)

    assert before == file.read_bytes()
    assert ("x", 1) == cache.get("a")


def test_two_who_write_ahead_at_once_lose_time_alone(tmp_path, monkeypatch):
    """Two first builds of one hub may run side by side."""
    monkeypatch.setattr(reading_cache, "_MOST_HELD", 300)
    both = [Cache(tmp_path / "c", "1"), Cache(tmp_path / "c", "1")]
    for number in range(10):
        for cache in both:
            cache.put(f"{number}", f"{number}" * 100)
    for cache in both:
        cache.save()

    assert {None, *(f"{number}" * 100 for number in range(10))} >= {Cache(tmp_path / "c", "1").get(f"{number}") for number in range(10)}
    assert "9" * 100 == Cache(tmp_path / "c", "1").get("9")


def test_a_disk_that_is_full_fails_nothing(tmp_path, monkeypatch):
    """The build is otherwise done."""
    monkeypatch.setattr(reading_cache, "_MOST_HELD", 300)
    (tmp_path / "no folder").write_text("", encoding="utf-8")
    cache = Cache(tmp_path / "no folder" / "c", "1")
    for number in range(10):
        cache.put(f"{number}", f"{number}" * 100)
    cache.save()

    assert "0" * 100 == cache.get("0")


def test_nothing_is_written_when_nothing_changed(tmp_path):
    """A build that finds nothing to do writes nothing."""
    file = filled(tmp_path)
    before = file.stat().st_mtime_ns
    cache = Cache(file, "1")
    cache.get("a")
    cache.save()

    assert before == file.stat().st_mtime_ns


class Former:
    """A value of a class that a later library no longer has."""


def test_a_value_that_cannot_be_unpacked_any_more_is_none(tmp_path, monkeypatch):
    """An updated library costs the time to read anew, nothing else."""
    cache = Cache(tmp_path / "c", "1")
    cache.put("a", Former())
    cache.put("b", 2)
    cache.save()
    monkeypatch.delattr(f"{__name__}.Former")

    later = Cache(tmp_path / "c", "1")
    assert later.get("a") is None
    assert 2 == later.get("b")


def test_another_value_under_a_known_key_is_kept(tmp_path):
    """What was found of the same files on another day is another finding."""
    file = filled(tmp_path)
    cache = Cache(file, "1")
    cache.put("a", ("y", 2))
    cache.save()

    assert ("y", 2) == Cache(file, "1").get("a")


def many(tmp_path, count=40):
    cache = Cache(tmp_path / "c", "1")
    for number in range(count):
        cache.put(f"text {number}", "word " * 100 + str(number))
    cache.save()
    return tmp_path / "c"


def edited(file, number, value):
    """Read every text but one, which is new."""
    cache = Cache(file, "1")
    for other in range(40):
        if other == number:
            cache.put(f"text {other}", value)
        else:
            cache.get(f"text {other}")
    cache.save()


def test_one_edited_text_is_added_to_the_file(tmp_path):
    """Each edit of a hub with 5,000 texts wrote 27 MB."""
    file = many(tmp_path)
    before = file.read_bytes()
    edited(file, 7, "new")
    after = file.read_bytes()

    assert before == after[: len(before)]
    assert len(after) - len(before) < 300
    assert ("new", "word " * 100 + "8") == (Cache(file, "1").get("text 7"), Cache(file, "1").get("text 8"))


def test_a_thousand_edits_do_not_make_it_grow_without_end(tmp_path):
    """What was replaced is dropped once it is many."""
    file = many(tmp_path)
    size = file.stat().st_size
    for number in range(200):
        edited(file, 7, "word " * 100 + f"edit {number}")

    assert file.stat().st_size < 1.5 * size
    assert "word " * 100 + "edit 199" == Cache(file, "1").get("text 7")


def test_an_addition_that_was_cut_short_costs_itself_and_is_mended(tmp_path):
    """A build may be killed at any instant, and the next addition would lie behind the stump."""
    file = many(tmp_path)
    edited(file, 7, "new")
    file.write_bytes(file.read_bytes()[:-2])

    assert "word " * 100 + "8" == Cache(file, "1").get("text 8")
    edited(file, 9, "newer")
    assert "newer" == Cache(file, "1").get("text 9")


def test_a_damaged_value_costs_itself(tmp_path):
    """One bad sector must not cost the reading of 5,000 texts."""
    file = many(tmp_path)
    file.write_bytes(file.read_bytes().replace(b"word 13", b"worm 13"))

    assert Cache(file, "1").get("text 13") is None
    edited(file, 13, "whole")
    assert ["whole", "word " * 100 + "12"] == [Cache(file, "1").get(f"text {number}") for number in (13, 12)]


def test_nothing_is_added_to_a_file_that_another_build_wrote_meanwhile(tmp_path):
    """It may be of another version, and two tables of one file would contradict each other."""
    file = many(tmp_path)
    ours = Cache(file, "1")
    kept = [ours.get(f"text {number}") for number in range(40)]
    theirs = Cache(file, "2")
    theirs.put("text 7", "theirs")
    theirs.save()
    ours.put("more", "ours")
    ours.save()

    assert [*kept, "ours"] == [Cache(file, "1").get(key) for key in (*(f"text {number}" for number in range(40)), "more")]


def test_what_was_saved_can_be_asked_for_and_saved_again(tmp_path):
    """A process that lives keeps no second copy of the file, and must find what it wrote."""
    cache = Cache(tmp_path / "c", "1")
    cache.put("a", 1)
    cache.save()
    cache.put("b", 2)
    cache.save()

    assert (1, 2) == (cache.get("a"), cache.get("b"))
    assert (1, 2) == (Cache(tmp_path / "c", "1").get("a"), Cache(tmp_path / "c", "1").get("b"))


def test_what_is_known_to_be_there_is_kept_without_being_unpacked(tmp_path):
    """A text that nobody needs today must not be read anew tomorrow."""
    file = filled(tmp_path)
    cache = Cache(file, "1")
    cache.hold(["a", "b"])
    cache.keep("b", pickle.dumps(2))
    cache.save()

    assert (("x", 1), 2) == (Cache(file, "1").get("a"), Cache(file, "1").get("b"))
