"""What a page is shown as ahead of the build is what the build makes of it; where that is not certain, nothing is shown ahead."""

from __future__ import annotations

import shutil
from contextlib import nullcontext

import pytest
from tests.hubs import moment, options, text, village, write

from handbill.examining import examine
from handbill.glimpse import Glimpse, States
from handbill.hub.address import output_path
from handbill.outputs.rendering import Rendering
from handbill.outputs.theme import Theme
from handbill.reading.history import Past, blob_of, lock_text

WELL, FAIR = "content/posts/2026-03-01-le-puits.md", "events/2026/fete.md"


@pytest.fixture(scope="module")
def read(tmp_path_factory):
    """Return the village, and what is found in it before anybody edits."""
    root = village(tmp_path_factory.mktemp("hub"))
    return root, examine(options(root), nullcontext)


def rendering(root):
    """Return what makes pages of a hub."""
    return Rendering(Theme(root))


def seen_and_built(read, source, *edits):
    """Return an item's page as a glimpse draws it after each of the edits, and as a build does."""
    root, found = read
    file = root / source
    page = next(output_path(item.address) for item in found.hub.items if item.source == source)
    before, stamp = file.read_bytes(), file.stat()
    glimpse = Glimpse(found, rendering(root), States(root))
    glimpse.prepare([page])
    try:
        for edit in edits:
            file.write_text(edit(before.decode()), encoding="utf-8")
        ahead = glimpse.pages([file])
        after = examine(options(root), nullcontext)
    finally:
        file.write_bytes(before)
        shutil.os.utime(file, ns=(stamp.st_atime_ns, stamp.st_mtime_ns))
    built = next((rendering(root).text(one.work).encode() for one in after.planned if one.path == page), None)
    return (ahead[page] if ahead else ahead), built


def more(words):
    """Return an edit that writes more at the end."""
    return lambda before: f"{before}\n{words}\n"


@pytest.mark.parametrize(
    "source",
    ["content/pages/a-propos.md", "content/people/ada.md", WELL, WELL.replace(".md", ".en.md"), "content/posts/ancien.md", FAIR, "events/2026/corvee.md"],
)
def test_more_words_are_shown_as_the_build_will_make_them(read, source):
    """Each kind of page, whatever else stands on it."""
    seen, built = seen_and_built(read, source, more("Une *phrase* de plus : « enfin » !"))

    assert seen is not None
    assert built == seen


@pytest.mark.parametrize(
    "edit",
    [
        more("## Un titre de plus\n\n- une liste\n- deux"),
        more("Encore [la fête](/events/2026/fete.md)."),
        more("| a | b |\n|---|---|\n| 1 | 2 |\n\n```\ncode\n```"),
        more("<b>du HTML</b>, et ce qui n'en est pas : a < b"),
        lambda before: before.partition("---\n")[0] + "---\n" + before.split("---\n")[1] + "---\n\nTout autre chose.\n",
        lambda before: before.replace("---\n\n", "---\n\n\nAvant tout le reste.\n\n", 1),
    ],
    ids=["headings", "a link", "a table", "HTML", "another text", "before the rest"],
)
def test_whatever_is_written_is_shown_as_the_build_will_make_it_or_not_at_all(read, edit):
    seen, built = seen_and_built(read, WELL, edit)

    assert seen in (built, None)


def test_some_of_it_is_shown(read):
    """Else the test above could not fail."""
    seen, _ = seen_and_built(read, WELL, more("## Un titre de plus"))

    assert seen is not None


@pytest.mark.parametrize(
    "edit",
    [
        lambda before: before.replace("title:", "title: Autre que", 1),
        lambda before: before.replace("tags:", "tags: [autre] #", 1),
        lambda before: before.replace("---\n", "---\ndraft: true\n", 1),
        lambda before: before.replace("date:", "date: 2020-01-01 #", 1),
        lambda before: before.replace("---\n", "---\ntitel: x\n", 1),
        more("[nulle part](nulle-part.md)"),
        more("[une adresse](https://ailleurs.example/)[^1]"),
        more("![une image](/media/pictures/autre.png)"),
        lambda _: "",
        lambda _: "---\ntitle: [\n---\n",
    ],
    ids=["title", "tags", "draft", "date", "a wrong field", "a broken link", "a link elsewhere", "a picture", "nothing", "broken"],
)
def test_more_than_words_takes_a_build(read, edit):
    """Lists, feeds and other pages show it, or it is wrong."""
    seen, built = seen_and_built(read, WELL, edit)

    assert seen in (None, built)


def test_what_is_undone_needs_no_page_ahead(read):
    """The folder shows it already."""
    root, found = read
    glimpse = Glimpse(found, rendering(root), States(root))
    glimpse.prepare([output_path(item.address) for item in found.hub.items])

    assert {} == glimpse.pages([root / WELL])


@pytest.mark.parametrize("name", ["hub.toml", FAIR, "theme/templates/post.html", "content/posts/neuf.md", "/elsewhere.md"])
def test_a_file_that_no_open_page_is_made_of_takes_a_build(read, name):
    """What it changes, nobody knows yet."""
    root, found = read
    glimpse = Glimpse(found, rendering(root), States(root))
    glimpse.prepare([next(output_path(item.address) for item in found.hub.items if item.source == WELL)])

    assert glimpse.pages([root / WELL, root / name]) is None


def test_a_text_that_changed_since_it_was_built_takes_a_build(read, tmp_path):
    """Of two edits the first would be taken for built."""
    root, found = read
    file, before = root / WELL, (root / WELL).read_bytes()
    glimpse = Glimpse(found, rendering(root), States(root))
    file.write_bytes(before + b"\nEntre-temps.\n")
    try:
        glimpse.prepare([next(output_path(item.address) for item in found.hub.items if item.source == WELL)])
        file.write_bytes(before + b"\nEntre-temps, et encore.\n")

        assert glimpse.pages([file]) is None
    finally:
        file.write_bytes(before)


def test_a_part_of_a_series_takes_a_build(tmp_path):
    """Its page tells which part it is."""
    parts = {f"content/posts/{n}.md": text(f"Partie {n}.", title=f"Partie {n}", series="La série", date=f"2026-01-0{n}") for n in (1, 2)}
    root = write(tmp_path, parts)
    found = examine(options(root), nullcontext)
    glimpse = Glimpse(found, rendering(root), States(root))
    glimpse.prepare([output_path(item.address) for item in found.hub.items])

    assert glimpse.pages([root / "content/posts/1.md"]) is None


def test_an_update_known_from_history_goes_with_the_bytes_that_it_belongs_to(tmp_path):
    """The first edit of an old post: nothing is committed of it yet."""
    before = text("Un.", date="2020-01-01")
    past = Past(blob_of(before.encode()), moment("2020-01-01 09:00"), moment("2020-05-01 09:00"), ("Ada",))
    root = write(tmp_path, {"content/posts/a.md": before, "history.lock": lock_text({"content/posts/a.md": past})})
    found = examine(options(root), nullcontext)
    item = found.hub.items[0]
    file = root / item.source
    page = output_path(item.address)
    glimpse = Glimpse(found, rendering(root), States(root))
    glimpse.prepare([page])
    file.write_text(text("Deux.", date="2020-01-01"))
    ahead = glimpse.pages([file])
    built = next(rendering(root).text(one.work).encode() for one in examine(options(root), nullcontext).planned if one.path == page)

    assert moment("2020-05-01 09:00") == item.updated
    assert {page: built} == ahead


def test_who_goes_on_writing_while_a_build_goes_on_is_still_shown_ahead(read):
    """The build found a state that is no longer on the disk."""
    root, found = read
    file, before = root / WELL, (root / WELL).read_text(encoding="utf-8")
    page = next(output_path(item.address) for item in found.hub.items if item.source == WELL)
    states = States(root)
    states.look_at(WELL)
    states.begin()
    try:
        file.write_text(f"{before}\nPendant la construction.\n", encoding="utf-8")
        glimpse = Glimpse(found, rendering(root), states)
        glimpse.prepare([page])

        assert b"Pendant la construction." in glimpse.pages([file])[page]
        states.begin()
        late = Glimpse(found, rendering(root), states)
        late.prepare([page])
        assert late.pages([file]) is None
    finally:
        file.write_text(before, encoding="utf-8")


def test_of_states_that_differ_in_more_than_words_none_is_taken_for_the_one_built(read):
    root, found = read
    file, before = root / WELL, (root / WELL).read_text(encoding="utf-8")
    page = next(output_path(item.address) for item in found.hub.items if item.source == WELL)
    states = States(root)
    states.look_at(WELL)
    try:
        file.write_text(before.replace("tags: [Eau, pierre]", "tags: [pierre]"), encoding="utf-8")
        glimpse = Glimpse(found, rendering(root), states)
        glimpse.prepare([page])

        assert glimpse.pages([file]) is None
    finally:
        file.write_text(before, encoding="utf-8")
