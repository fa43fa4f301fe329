"""A message points at the very signs that are to be mended."""

from __future__ import annotations

from time import process_time

import pytest

from handbill.reading.places import Written


def test_a_place_that_is_not_found_is_where_the_text_begins():
    """The engine may have changed how a link is written; the file at least is right."""
    assert (3, 1, 0) == Written(b"a\nb\nc\n", 3).place_of("z.md")
    assert (4, 2, 4) == Written(b"a\nb\nc\n[z.md", 3).place_of("z.md#la-fin")


def test_lines_are_counted_as_editors_count_them():
    """An old form feed or a line separator pasted from elsewhere is no line of its own in any editor."""
    assert (2, 3, 4) == Written("a\x0cb\u2028c\r\n \u00a0z.md".encode(), 1).place_of("z.md")


@pytest.mark.parametrize(
    "link",
    ["[x](banc.md)", "[x](<banc.md>)", "[x]: banc.md", '<a href="banc.md">', "<a href=banc.md>", "<a  href = 'banc.md'>", "[x](banc.md 'Titre')"],
)
def test_the_link_is_meant_and_not_a_word_like_it(link):
    """“Le fichier banc.md” a paragraph before is no link, and nothing is wrong with it."""
    text = f"Voir banc.md et xbanc.md.\n\n{link}"

    assert (3, link.index("banc.md") + 1, 7) == Written(text).place_of("banc.md")


@pytest.mark.parametrize(
    ("target", "written"),
    [
        ("caf%C3%A9.md", "café.md"),
        ("le%20banc.md", "le banc.md"),
        ("a.md?x=1&y=2", "a.md?x=1&amp;y=2"),
        ("a.md#fin", "a.md#fin"),
        ("tr%C3%A8s.md#fin", "très.md"),
        ("l%27%C3%A9t%C3%A9.md", "l'%c3%a9té.md"),
        ("le_banc.md", r"le\_banc.md"),
        ("%FF.md", "%FF.md"),
    ],
)
def test_a_link_is_found_as_it_was_written(target, written):
    """Engines encode accents and spaces; in the file they stand as typed."""
    text = f"Un.\n[x](<{written}>)"

    assert (2, 6, len(written)) == Written(text).place_of(target)


def test_a_target_that_only_begins_like_another_is_not_taken_for_it():
    """The longer link is sound."""
    assert (2, 5, 1) == Written("[x](a.md) [y](ab)\n[z](a)").place_of("a")


def test_each_picture_without_words_has_its_own_place():
    """Of the same picture shown three times, the second one may be described."""
    text = '![](p.png)\n![Vue](p.png) <img class="x" src="p.png">\n![ ](<p.png> "x")'

    assert [(5, 1, 10), (6, 15, 27), (7, 1, 17)] == [Written(text, 5).place_of_picture("p.png", number) for number in range(3)]


def test_a_picture_shown_by_reference_is_found_at_its_reference():
    """There is no way to tell from the target which of the uses was meant."""
    assert (3, 6, 5) == Written("![][p]\n\n[p]: p.png").place_of_picture("p.png", 0)


def test_a_mark_never_goes_on_into_the_next_line():
    """The caret stands under one line."""
    assert (1, 5, 4) == Written("abc <img\nsrc='p.png'>").place_of_picture("p.png", 0)


def test_a_text_of_nothing_but_wrong_links_is_soon_gone_through():
    """A folder that was renamed breaks them all at once, and a hostile text has as many as fit."""
    written = Written("\n".join(f"[x](../gone/{number}.md) ![](../gone/{number}.png)" for number in range(20_000)))
    start = process_time()
    places = [(written.place_of(f"../gone/{number}.md"), written.place_of_picture(f"../gone/{number}.png", 0)) for number in (0, 9_999, 19_999)]

    assert [(1, 5, 12), (1, 19, 18)] == list(places[0])
    assert [20_000, 20_000] == [place[0] for place in places[2]]
    assert process_time() - start < 2


def test_the_words_of_a_picture_are_found_in_its_brackets():
    """“Image” stands in many a sentence, and is wrong in one place only."""
    assert (3, 3, 5) == Written("Une image.\n\n![image](p.png)").place_of_words("image")
    assert (1, 11, 5) == Written('<img alt="image" src="p.png">').place_of_words("image")
    assert (1, 1, 0) == Written("![ima&#103;e](p.png)").place_of_words("image")
