"""The book of addresses is read whole or complained about."""

import pytest

from handbill.hub.hub import Promise
from handbill.layout import ADDRESSES as LOCK
from handbill.reading.promises import lock_text, read_promises


def test_what_is_written_is_read_back(tmp_path):
    """Sorted, a line each, so that two branches merge by themselves."""
    promises = {Promise("/posts/b/", "post:b"), Promise("/posts/a/", "post:a"), Promise("/blog/a/", "post:a")}
    (tmp_path / LOCK).write_text(lock_text(promises), encoding="utf-8")

    found, problems = read_promises(tmp_path)
    assert ["/blog/a/", "/posts/a/", "/posts/b/"] == [one.address for one in found]
    assert promises == set(found)
    assert () == problems


def test_a_hub_that_promised_nothing_yet_has_no_book(tmp_path):
    """The first build must work."""
    assert ((), ()) == read_promises(tmp_path)


def test_a_line_that_is_no_promise_is_told_with_its_number(tmp_path):
    """A slip of the finger must not drop a promise in silence."""
    (tmp_path / LOCK).write_text("/a/ post:a\nbonjour\n/b/\n", encoding="utf-8")

    found, problems = read_promises(tmp_path)
    assert ["/a/"] == [one.address for one in found]
    assert [(2, "HB401"), (3, "HB401")] == [(one.line, one.code) for one in problems]


def test_a_conflict_is_told_once_and_both_sides_are_to_stay(tmp_path):
    """“An address, a space and an id” was wanted three times; and whoever keeps one side only breaks the promises of the other."""
    (tmp_path / LOCK).write_text("<<<<<<< HEAD\n/a/ post:a\n=======\n/b/ post:b\n>>>>>>> main\n", encoding="utf-8")

    found, (problem,) = read_promises(tmp_path)
    assert ["/a/", "/b/"] == [one.address for one in found]
    assert ("HB401", 1, "both, without the lines that begin with <<<<<<<, ======= and >>>>>>>") == (problem.code, problem.line, problem.wanted)


@pytest.mark.parametrize("address", ["/../../etc/", "/a/../b/", "/./a/", "//evil.example/", "/a//b/", "/a\\b/", "/a?b", "/a#b", "/\x07/", "/a\u00a0b/", ""])
def test_an_address_that_no_build_has_published_is_told(tmp_path, address):
    """The file comes with a proposal like any other; a page was to be written where such an address leads."""
    (tmp_path / LOCK).write_text(f"{address} post:a\n", encoding="utf-8")

    found, problems = read_promises(tmp_path)
    assert () == found
    assert ["HB401"] == [one.code for one in problems]


@pytest.mark.parametrize("address", ["/", "/a/", "/a/b.c.ics", "/.well-known/x.txt", "/a..b/", "/~ada/é@2x.png", "/a;b,c/"])
def test_an_address_that_may_have_been_published_is_kept(tmp_path, address):
    """A hub that moved here from elsewhere has all sorts."""
    (tmp_path / LOCK).write_text(f"{address} post:a\n", encoding="utf-8")

    assert ((Promise(address, "post:a"),), ()) == read_promises(tmp_path)
