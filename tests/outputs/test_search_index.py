"""The index of a language: its pieces follow from its pages alone, and every word is in the piece where it is looked for."""

import json
import random

import pytest

from handbill.outputs import search_index
from handbill.outputs.search_cbor import decoded
from handbill.outputs.search_index import Language, as_json, named_after
from handbill.outputs.search_run import Page

_TAIL = bytes.fromhex("820118ff80")


def page(path, day="", words=("lampe",), filters=(), label=""):
    """Return what is known of a page."""
    keys = "\n".join(f"{word}\t" for word in words)
    return Page(path, "", "fr", day, path * 8, label or path * 2, len(words), tuple(filters), (), keys, "\n".join(words), "")


def words_of(pages):
    """Return the words of pages as they are told: with places in the list of pages."""
    words = {}
    for place, one in enumerate(pages):
        for word in one.words.split("\n"):
            places, tails = words.setdefault(word, ([], []))
            places.append(place)
            tails.append(_TAIL)
    return words


def language(*pages):
    """Return the index of pages that came at once."""
    made = Language("fr")
    made.revise((), dict(enumerate(pages)), words_of(pages))
    return made


def revise(made, gone=(), came=()):
    """Let pages go and come."""
    made.revise({*gone}, dict(enumerate(came)), words_of(came))


def all_of(made):
    """Return everything that is published of a language."""
    names = made.fragments()
    return made.pages, list(made.chunks()), made.meta("1", names, (), ()), made.facets(names), made.most_offered(), list(made.words)


def vocabulary(seed, count=3000):
    """Return words as languages have them: many share their beginning."""
    draw = random.Random(seed)
    return sorted({"".join(draw.choices("aeilnrst", k=draw.choice((2, 4, 5, 7)))) for _ in range(count)})


@pytest.mark.parametrize("seed", range(12))
def test_after_any_edits_it_is_as_from_nothing(seed, monkeypatch):
    """The order in which pages came must not show."""
    monkeypatch.setattr(search_index, "CHUNK_BYTES", 500)
    draw = random.Random(seed)
    known = vocabulary(1, 300)

    def some(path):
        filters = [("kind", draw.choice("ab")), ("tag", draw.choice("cd"))]
        return page(path, draw.choice(("", "2026-05-01", "2025-01-01")), sorted(draw.sample(known, 20)), filters)

    pages = {f"p{n}": some(f"p{n}") for n in range(30)}
    made = language(*pages.values())
    for _ in range(5):
        gone = draw.sample(sorted(pages), 2)
        came = [some(path) for path in (gone[0], f"n{draw.randrange(9)}")]
        gone += [came[1].path]
        pages = {path: one for path, one in pages.items() if path not in gone} | {one.path: one for one in came}
        revise(made, gone, came)

        assert all_of(language(*pages.values())) == all_of(made)


def test_a_new_post_moves_no_other_page():
    """Every word of every page behind it would have to be written anew."""
    made = language(page("a", "2026-01-01"), page("b", "2025-01-01"), page("c"))
    revise(made, came=[page("0", "2026-05-01")])

    assert ["c", "b", "a", "0"] == [one.path for one in made.pages]


def test_each_word_is_in_one_piece_and_pieces_are_in_order():
    """A browser finds the piece of a word by the first and the last word of each."""
    words = vocabulary(2)
    chunks = list(language(page("a", words=words)).chunks())
    inside = [[word for word, _, _ in decoded(raw)[0]] for _, _, raw in chunks]

    assert words == [word for one in inside for word in one]
    assert [(first, last) for first, last, _ in chunks] == [(one[0], one[-1]) for one in inside]


def test_longer_words_stay_with_the_one_they_begin_with(monkeypatch):
    """Whoever has typed “lamp” is shown lamps too, without another piece being loaded."""
    monkeypatch.setattr(search_index, "CHUNK_BYTES", 60)
    chunks = list(language(page("a", words=sorted(["lamp", "lampadaire", "lampe", "lampion", "zinc", "lac", "le"]))).chunks())

    assert [("lac", "lampion"), ("le", "zinc")] == [(first, last) for first, last, _ in chunks]


def test_pieces_are_of_the_size_that_they_are_meant_to_have(monkeypatch):
    """A search loads one for each word; too small ones would be many requests for whoever types letter by letter."""
    monkeypatch.setattr(search_index, "CHUNK_BYTES", 2000)
    sizes = [len(raw) for _, _, raw in language(page("a", words=vocabulary(3))).chunks()]

    assert all(2000 <= size < 4000 for size in sizes[:-1])


def test_accents_are_variants_of_a_word():
    """A search for “ete” finds été too, and the one that is written so counts more."""
    one = page("a")._replace(words="ete\t\nete\tété")
    made = Language("fr")
    made.revise((), {0: one}, {"ete\t": ([0], [_TAIL]), "ete\tété": ([0], [_TAIL])})
    ((_, _, raw),) = made.chunks()

    assert [[["ete", [[0, [1, 255], []]], [["été", [[0, [1, 255], []]]]]]]] == decoded(raw)


def test_fragments_have_the_names_that_pagefind_gives_them():
    """Whoever looks at both finds the same page under the same name."""
    made = language(page("a", label="1234567"), page("b", label="7654321"))

    assert {"a" * 8: "fr_1234567", "b" * 8: "fr_7654321"} == made.fragments()


def test_two_fragments_with_the_same_short_name_have_long_ones():
    """One of the two pages would show the other's text."""
    made = language(page("a", label="1234567"), page("b", label="1234567"), page("c", label="7654321"))

    assert {"a" * 8: "fr_1234567aaaaaaaa", "b" * 8: "fr_1234567bbbbbbbb", "c" * 8: "fr_7654321"} == made.fragments()


def test_what_is_loaded_first_names_pages_pieces_and_facts():
    """Pagefind's program reads it by the place of each."""
    made = language(page("a", label="1234567", words=("le", "zinc")))
    meta = made.meta("1.5.2", made.fragments(), [("le", "zinc", "fr_x")], ("title", "what"))

    assert ["1.5.2", [["fr_1234567", 2]], [["le", "zinc", "fr_x"]], [], [], ["title", "what"]] == decoded(meta)


def test_filters_hold_their_pages_as_distances():
    """The search page counts by them; plain numbers of five thousand pages would be three times as many bytes."""
    made = language(*(page(f"p{n}", filters=[("kind", "ab"[n % 2])]) for n in range(6)))

    assert {"pages": [f"p{n}" * 2 for n in range(6)], "kind": {"a": [0, 2, 2], "b": [1, 2, 2]}} == json.loads(made.facets(made.fragments()))


def test_words_offered_for_misspelt_ones_go_with_their_pages():
    """What is offered must be found."""
    made = language(page("a", words=("lampe", "zinc")), page("b", words=("lampe",)))
    revise(made, gone=["a"])

    assert ["lampe"] == json.loads(made.most_offered())


def test_names_follow_from_the_bytes():
    """Browsers keep these files for ever."""
    assert named_after(b"a", "fr") != named_after(b"b", "fr")
    assert named_after(b"a", "fr") == named_after(b"a", "fr")
    assert named_after(b"a", "fr").startswith("fr_")
    assert b'{"a":["\xc3\xa9"],"b":1}' == as_json({"b": 1, "a": ["é"]})
