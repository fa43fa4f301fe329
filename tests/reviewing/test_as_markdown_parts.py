"""The parts of a comment below its first sentence."""

from dataclasses import replace

import pytest
from tests.reviewing.proposals import FULL, SMALL

from handbill.reviewing.as_markdown_parts import sections
from handbill.reviewing.record import DateChange, Detail, FeedChange, Hidden, LetterChange, PageChange, PersonChange, Review, Run


def part(review: Review, title: str, lang: str = "en") -> tuple[str, ...]:
    """Return the entries of a part; none where there is no such part."""
    return next((one.entries for one in sections(review, (), lang) if f"<summary>{title} (" in "\n".join(one.opening)), ())


def test_a_part_of_nothing_is_not_there():
    """Ten empty headings hide the one that is full."""
    assert ["Pages (1)", "Entries in feeds (1)", "Files of the proposal (1)"] == [
        one.opening[2].removeprefix("<summary>").removesuffix("</summary>") for one in sections(SMALL, (), "en")
    ]


def test_what_cannot_be_taken_back_comes_first():
    """A letter that was mailed stays mailed."""
    titles = [one.opening[2] for one in sections(FULL, (), "en")]

    assert ["Letters", "Dates in calendars", "Pages"] == [title.removeprefix("<summary>").split(" (")[0] for title in titles[:3]]


def test_much_is_folded_and_little_is_open():
    """A click for one line is a click too many, and four hundred lines bury the conversation."""
    assert {"<details open>"} == {one.opening[1] for one in sections(SMALL, (), "en")}
    assert {"<details>"} == {one.opening[1] for one in sections(FULL, (), "en")}


def test_a_part_names_forty_things_and_counts_the_others():
    """The pack has them all."""
    pages = tuple(PageChange(f"/posts/{n:03}/", "added", f"Billet {n}", "fr") for n in range(100))
    (block,) = (one for one in sections(replace(SMALL, pages=pages), (), "en") if "Pages (100)" in one.opening[2])

    assert (40, 60) == (len(block.entries), block.left)


@pytest.mark.parametrize(
    ("change", "told"),
    [
        (FeedChange("a", "added", "T", "/t/", ("/feeds/all.json",)), "**T** — new in the feeds, in 1 feed"),
        (FeedChange("a", "changed", "T", "/t/", ("/a", "/b")), "**T** — shown again as updated, in 2 feeds"),
        (FeedChange("a", "changed", "T", "/t/", ("/a",), is_told=False), "**T** — changes in silence, in 1 feed"),
        (FeedChange("a", "changed", "T", "/t/", ("/a",), left=("/b", "/c")), "**T** — shown again as updated, in 1 feed, leaves 2 feeds"),
        (FeedChange("a", "removed", "T", "/t/", ("/a",)), "**T** — leaves the feeds; who has it keeps it, in 1 feed"),
    ],
)
def test_an_entry_of_a_feed_says_what_readers_notice(change, told):
    """Whether somebody is told is what an editor asks."""
    assert (f"- {told}",) == part(replace(SMALL, feeds=(change,)), "Entries in feeds")


def test_a_date_is_told_as_one_says_it():
    """Nobody in a community says 2026-06-13T15:00:00+02:00."""
    date = DateChange("a", "changed", "Fête", "2026-06-13T15:00:00+02:00", (), (Detail("place", "La cour", "Le hangar"),))
    (told,) = part(replace(SMALL, dates=(date,)), "Dates dans les agendas", "fr")

    assert told.startswith("- **Fête** (samedi 13 juin 2026 à 15\u00a0h) — modifiée\u00a0; les agendas préviennent les membres<br>lieu\u00a0: ")


def test_a_date_that_is_called_off_and_one_that_vanishes_are_two_things():
    """The first is told to everybody, the second to nobody."""
    dates = tuple(DateChange(name, how, name, "2026-06-13", (), is_cancelled=off) for name, how, off in (("a", "changed", True), ("b", "removed", False)))
    told = part(replace(SMALL, dates=dates), "Dates in calendars")

    assert ["called off, and calendars say so", "vanishes from calendars without a word"] == [one.split(" — ")[1] for one in told]


def test_a_letter_says_when_it_leaves_what_stands_beside_its_subject_and_what_it_weighs():
    """What members see before they open it."""
    letter = LetterChange("2026-06", "added", "Juin", "Trois dates.", "fr", "draft", "2026-06-04", "newsletters/2026-06.md", 9, 23_400)

    assert ("- **Juin** — new letter for Thursday 4 June 2026 (`newsletters/2026-06.md`)<br><em>Trois dates.</em><br>24 kB as it is sent",) == part(
        replace(SMALL, letters=(letter,)), "Letters"
    )


def test_pages_that_differ_alike_are_one_entry():
    """A word in the foot changes a hundred and twenty pages."""
    pages = tuple(PageChange(f"/p{n}/", "changed", f"P{n}", "fr", is_own=False, words=(Run("gone", "Contact"),)) for n in range(120))
    (told,) = part(replace(SMALL, pages=pages), "Pages that follow")

    assert any("<summary>Pages that follow (120)" in one.opening[2] for one in sections(replace(SMALL, pages=pages), (), "en"))
    assert told.endswith("<br>and 119 pages in the same way: `/p1/`, `/p10/`, `/p100/`, `/p101/`, `/p102/`, …")


def test_a_page_without_another_word_says_what_is_other():
    """"Changed", and nothing to be seen, makes a reviewer look for an hour."""
    page = PageChange("/a/", "changed", "A", "fr", marks=("link", "picture"))

    assert part(replace(SMALL, pages=(page,)), "Pages")[0].endswith("<br>not a word is other; what differs: where a link leads, a picture")


def test_what_appears_later_says_from_when_on():
    """A page that is approved today and seen in June."""
    page = PageChange("/a/", "added", "A", "fr", since="2026-06-01T08:00:00+02:00")

    assert part(replace(SMALL, pages=(page,)), "Pages")[0].endswith("— new page, from Monday 1 June 2026 at 08:00 on")


@pytest.mark.parametrize("why", ["draft", "unlisted", "broken", "later"])
def test_what_nobody_will_see_says_why(why):
    """An item that was changed and cannot be found below must not look forgotten."""
    (told,) = part(replace(SMALL, hidden=(Hidden("content/posts/a.md", "A", why),)), "Changed, and not seen by members")

    assert "**A**" in told
    assert "(`content/posts/a.md`)" in told
    assert f" {why} (" not in told


def test_what_is_told_of_a_person_is_in_words():
    """A path with a digest in it is no description of a portrait."""
    details = (Detail("role", "author", "author, winner"), Detail("photo", "/a.png (0a0a0a0a)", "/a.png (0b0b0b0b)"), Detail("lists", "", "in none"))
    (told,) = part(replace(SMALL, people=(PersonChange("Ada", "changed", (), details),)), "Personnes, images, liens", "fr")

    assert "rôle\u00a0: <del>auteur</del> → <ins>auteur, lauréat ou lauréate</ins>" in told
    assert "photo\u00a0: <ins>une autre, sous le même nom</ins>" in told
    assert "listes\u00a0: <ins>dans aucune</ins>" in told


def test_files_that_entries_tell_of_are_not_told_again():
    """Six feeds differ because one entry does; a style sheet differs by itself."""
    assert ("- `theme/hub.css` — file changed, 55000 → 55100 bytes",) == part(
        replace(FULL, files=tuple(one for one in FULL.files if not one.path.startswith("feeds/"))), "Other files of the site"
    )
