"""Changed pages → entries for a reviewer: own pages first, and pages that differ in the same way as one."""

from tests.reviewing.pages import change

from handbill.reviewing.page_groups import groups
from handbill.reviewing.record import Run


def addresses(*pages) -> list[list[str]]:
    return [[page.address for page in group.pages] for group in groups(pages)]


def test_pages_that_differ_in_the_same_way_are_one_entry():
    """A word in the foot is on sixty pages, and nobody reads it sixty times."""
    assert [["/a/", "/b/", "/c/"]] == addresses(*(change(f"/{name}/", is_own=False) for name in "cab"))


def test_words_around_a_change_make_no_difference():
    """The same new name stands between other names on every list."""
    words = [(Run("same", before), Run("new", "Ada")) for before in ("Bea", "Cleo")]

    assert [["/a/", "/b/"]] == addresses(*(change(f"/{name}/", is_own=False, words=told) for name, told in zip("ab", words, strict=True)))


def test_another_picture_is_another_difference():
    """Equal words do not make equal pages."""
    assert 2 == len(addresses(change("/a/", is_own=False), change("/b/", is_own=False, marks=("picture",))))


def test_new_pages_are_never_put_together():
    """Each has to be read."""
    assert 2 == len(addresses(change("/a/", how="added"), change("/b/", how="added")))


def test_what_comes_later_is_an_entry_of_its_own():
    """Members see one today and the other next week."""
    assert 2 == len(addresses(change("/a/"), change("/b/", since="2026-05-01")))


def test_own_pages_come_first_and_many_before_few():
    """What the proposal says stands before the lists that repeat it."""
    own = change("/z/", how="removed"), change("/y/", how="added", words=(Run("new", "y"),))
    one = change("/a/", is_own=False, words=(Run("new", "a"),))
    two = [change(address, is_own=False) for address in ("/b/", "/c/")]

    assert [["/y/"], ["/z/"], ["/b/", "/c/"], ["/a/"]] == addresses(one, *two, *own)


def test_the_front_page_stands_for_those_that_differ_as_it_does():
    """It is what most members see."""
    assert [["/", "/a/"]] == addresses(change("/a/", is_own=False), change("/", is_own=False))
