"""A translation finds its original, or is told which one was probably meant."""

from __future__ import annotations

import pytest
from tests.hubs import load_village, text, write

FILES = {
    "content/posts/2026-01-02-velo.md": text(title="Réparer un vélo"),
    "content/posts/banc.md": text(title="Un banc"),
    "content/pages/velo.md": "---\ntitle: Le vélo\nid: page:le-velo\n---\n\nx\n",
}


def loaded(tmp_path, original, files=FILES):
    return load_village(root=write(tmp_path, {**files, "content/posts/bike.md": text(title="A bike", lang="en", translation_of=original)}))[0]


def test_a_translation_is_joined_by_its_name_or_by_an_id(tmp_path):
    """The link to the other language stands under both."""
    hub = loaded(tmp_path, "post:velo", {**FILES, "content/posts/banc.en.md": text()}).hub

    assert ["post:velo", "post:banc"] == [hub.by_id[name].original for name in ("post:bike.en", "post:banc.en")]


@pytest.mark.parametrize(
    ("written", "wanted"),
    [
        ("post:velos", "post:velo, perhaps"),
        ("velo", "post:velo, perhaps"),
        ("2026-01-02-velo.md", "post:velo, perhaps"),
        ("content/posts/2026-01-02-velo.md", "post:velo, perhaps"),
        ("Réparer un vélo", "post:velo, perhaps"),
        ("banc.md", "post:banc, perhaps"),
        ("page:velo", "page:le-velo, perhaps"),
        ("A bike", "the id of an item, such as post:spring-fair"),
        ("post:tondeuse", "the id of an item, such as post:spring-fair"),
    ],
)
def test_the_original_that_was_meant_is_named(tmp_path, written, wanted):
    """An id is seen nowhere but in front matter; people write what they see: a file, a title."""
    (problem,) = loaded(tmp_path, f'"{written}"').problems

    assert (f"“{written}”, which is the id of no item", wanted, "HB304") == (problem.found, problem.wanted, problem.code)
    assert (5, 17) == (problem.line, problem.column)


def test_an_original_with_other_faults_is_not_called_nothing(tmp_path):
    """One fault, one message."""
    files = {"content/posts/velo.md": text(draft="peut-être")}

    assert ["HB201"] == [one.code for one in loaded(tmp_path, "post:velo", files).problems]
