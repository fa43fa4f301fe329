"""Words with their pages: what is changed page by page is what would be put together from nothing."""

import random

import pytest

from handbill.outputs import search_postings
from handbill.outputs.search_cbor import as_array, as_head, as_number, as_text, decoded
from handbill.outputs.search_postings import APART, EMPTY, Added, Renumbering, fields_renamed, posting, read_chunk, revised, written


def tail(places, fields=()):
    """Return what is said of a page: the places of a word in its text and in its fields."""
    return as_array(map(number, places)) + as_array(map(number, fields))


def number(value):
    """Return a number of either sign, encoded."""
    return as_number(value) if value >= 0 else as_head(1, -1 - value)


def chunk(*words):
    """Return a chunk as pagefind writes it: words, each with its pages and its variants."""
    return as_array(
        [as_array(written(word, posting(*plain), [(name, posting(*pages)) for name, pages in variants]) for word, plain, variants in words)]
    )


def same(raw):
    return raw


FAR = ([0, 23, 24, 300, 70_000], [tail([n, 400, 90_000]) for n in range(5)])


def test_what_is_read_of_a_chunk_is_what_was_written():
    """Steps between pages and places in texts have one to five bytes."""
    raw = chunk(("ete", ([3], [tail([7])]), [("été", FAR)]), ("lampe", FAR, []))

    assert [("ete" + APART, [3], [tail([7])]), ("ete" + APART + "été", *FAR), ("lampe" + APART, *FAR)] == list(read_chunk(raw, same))


def test_pages_stand_in_a_chunk_as_the_distance_from_the_one_before():
    """So pagefind's program reads them."""
    assert [[["lampe", [[0, [0, 400, 90_000], []], [23, [1, 400, 90_000], []], [1, [2, 400, 90_000], []], [276, [3, 400, 90_000], []],
             [69_700, [4, 400, 90_000], []]], []]]] == decoded(chunk(("lampe", FAR, [])))  # fmt: skip


def test_a_word_that_is_only_written_with_accents_has_no_pages_of_its_own():
    """An entry without pages would be a word that nobody wrote."""
    raw = chunk(("ete", ([], []), [("été", FAR)]))

    assert [("ete" + APART + "été", *FAR)] == list(read_chunk(raw, same))


def test_something_else_than_pages_and_places_is_refused():
    """Another version of pagefind must stop the build, not publish an index that finds the wrong pages."""
    raw = as_array([as_array([as_array([as_text("lampe"), as_array([as_text("une")]), as_array([])])])])

    with pytest.raises(ValueError, match="something else"):
        list(read_chunk(raw, same))


def test_a_field_gets_the_number_that_it_has_in_the_whole_index():
    """Pagefind numbers the facts of the pages that it was asked about; two runs number them differently."""
    raw = chunk(("lampe", ([1], [tail([5], [-1, 0, 4, -2, 300])]), []))
    renamed = fields_renamed(["place", "title"], {"title": 0, "what": 1, "place": 30})

    assert [("lampe" + APART, [1], [tail([5], [-31, 0, 4, -1, 300])])] == list(read_chunk(raw, renamed))


def revision(old, new):
    """Return how pages moved from one list to another, and the new numbers."""
    rank = {page: n for n, page in enumerate(new)}
    moved, breaks, shift = [], [], 0
    for n, page in enumerate(old):
        moved.append(rank.get(page, 0))
        if page in rank and rank[page] - n != shift:
            shift = rank[page] - n
            breaks.append(n)
    return rank, Renumbering(moved, breaks)


@pytest.mark.parametrize("most_cuts", [0, 24], ids=["put together", "spliced"])
@pytest.mark.parametrize("seed", range(40))
def test_whatever_pages_come_and_go_a_word_is_as_from_nothing(seed, most_cuts, monkeypatch):
    """Nobody may be able to tell from an index what was there before."""
    monkeypatch.setattr(search_postings, "_MOST_CUTS", most_cuts)
    draw = random.Random(seed)
    pages = sorted(draw.sample(range(2000), draw.choice((3, 40, 700))))
    gone = set(draw.sample(pages, draw.randrange(min(4, len(pages)))))
    came = set(draw.sample(sorted(set(range(2000)) - set(pages)), draw.randrange(4)))
    changed = set(draw.sample(sorted(set(pages) - gone), draw.randrange(min(4, len(pages) - len(gone) + 1))))
    new = sorted(set(pages) - gone | came)
    had = {page: tail([page]) for page in pages if draw.random() < 0.6}
    has = {page: raw for page, raw in had.items() if page not in gone | changed}
    has |= {page: tail([page, 1]) for page in sorted(came | changed) if draw.random() < 0.8}
    rank, renumbering = revision(pages, new)
    old = posting([n for n, page in enumerate(pages) if page in had], [had[page] for page in pages if page in had])
    dropped = [n for n, page in enumerate(pages) if page in had and page in gone | changed]
    added = [Added(rank[page], sum(1 for one in pages if one < page), has[page]) for page in sorted(came | changed) if page in has]

    wanted = posting([rank[page] for page in new if page in has], [has[page] for page in new if page in has])
    if old != EMPTY or added:
        assert wanted == revised(old, dropped, added, renumbering)


def test_a_word_that_no_change_touches_is_not_copied():
    """Of twenty thousand words an edit touches a hundred."""
    old = posting([1, 5], [tail([1]), tail([2])])

    assert old is revised(old, (), (), Renumbering(range(10), ()))
    assert old is revised(old, (), (), Renumbering([*range(6), 7, 8], (6,)))
