"""Names under texts find their people, and a name that is almost somebody's is not lost in silence."""

from __future__ import annotations

import pytest
from tests.hubs import load_village, text, write

PEOPLE = {
    "content/people/ines-carrere.md": "---\ntitle: Inès Carrère\n---\n\nx\n",
    "content/people/theo-vidalie.md": "---\ntitle: Théo Vidalie\n---\n\nx\n",
    "content/people/theo-marsan.md": "---\ntitle: Théo Marsan\n---\n\nx\n",
    "content/people/lee.md": "---\ntitle: 이영희\n---\n\nx\n",
}


def told(tmp_path, authors, **front):
    root = write(tmp_path, {**PEOPLE, "content/posts/a.md": text(authors=f"[{authors}]", **front)})
    return [str(one).removeprefix("content/posts/a.md:4:10: authors: found ") for one in load_village(root=root)[0].problems]


@pytest.mark.parametrize(
    ("name", "wanted"),
    [
        ("ines", "“ines-carrere”, perhaps"),
        ("carrere", "“ines-carrere”, perhaps"),
        ("ines-carere", "“ines-carrere”, perhaps"),
        ("theo", "the file name of a person, or a name with capital letters"),
        ("somebody-else", "the file name of a person, or a name with capital letters"),
    ],
)
def test_a_file_name_of_nobody_is_answered_with_the_nearest(tmp_path, name, wanted):
    """A first name is what most people write; of two of that name, none is guessed."""
    assert [f"“{name}”, which is no person of content/people, wanted {wanted} [HB305]"] == told(tmp_path, name)


@pytest.mark.parametrize("name", ["Ines Carrere", "Inès CARRÈRE", "Ines-Carrère"])
def test_a_name_that_differs_by_accents_only_is_told(tmp_path, name):
    """The text would be missing from that person's page, and nobody would know why."""
    assert [f"“{name}”, who is not taken for Inès Carrère, wanted “ines-carrere”, if it is the same person [HB319]"] == told(tmp_path, name)


@pytest.mark.parametrize("name", ["Inès Carrère", "ines-carrere", "Un passant", "Inès", "박지성", "이영희", "Théo"])
def test_other_names_are_taken_as_they_are(tmp_path, name):
    """A guest has no file, and a first name may be anybody's."""
    assert [] == told(tmp_path, name)


def test_a_person_is_found_however_the_apostrophe_was_typed(tmp_path):
    """The name of the page is set as printers do; the one under a text may not be yet."""
    person = {"content/people/lou.md": "---\ntitle: Lou d'Artagnan\n---\n\nx\n"}
    names = {f"content/posts/{name}.md": text(authors=f"[{written}]") for name, written in (("a", "Lou d'Artagnan"), ("b", "Lou d’Artagnan"))}
    names["content/posts/c.en.md"] = text(authors="[Lou d'Artagnan]")
    loaded, _ = load_village(root=write(tmp_path, {**person, **names}))

    assert () == loaded.problems
    assert [("lou",)] * 3 == [tuple(one.person for one in item.credits) for item in loaded.hub.items if item.kind == "post"]
