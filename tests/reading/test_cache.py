"""The cache saves time and never changes a result."""

import random

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
