"""The book of addresses is read whole or complained about."""

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
    """A merge conflict left in the file must not drop a promise in silence."""
    (tmp_path / LOCK).write_text("/a/ post:a\n>>>>>>> main\n/b/\n", encoding="utf-8")

    found, problems = read_promises(tmp_path)
    assert ["/a/"] == [one.address for one in found]
    assert [2, 3] == [one.line for one in problems]
