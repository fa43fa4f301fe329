"""A key that is known of another time is the one that drawing the page gives."""

import random
import re
from contextlib import nullcontext

import pytest
from tests.hubs import options, village, write

from handbill.examining import examine, note_pages
from handbill.outputs.recognised import Recognised, listing_of
from handbill.reading.walk import TEXTS

STILL = nullcontext


def hub_of_posts(root, draw):
    """Add posts that have tags, series and words of titles in common."""
    for number in range(14):
        day = f"2026-0{draw.randrange(1, 4)}-{draw.randrange(10, 20)}"
        tags = draw.sample(["wood", "Wood", "bicycles", "repair", "garden"], draw.randrange(3))
        series = "series: Portraits\n" if draw.random() < 0.3 else ""
        title = draw.choice(("Workbench", "Bicycles", "Portraits")) + f" number {number}"
        # A summary of its own, as a text without one has another when it grows.
        head = f"title: {title}\ndate: {day}\ntags: {tags}\nsummary: In short.\n{series}"
        write(root, {f"content/posts/more-{number}.md": f"---\n{head}---\nWords of {number}.\n"})


def posts_of(root):
    return sorted(file for file in (root / "content" / "posts").rglob("*") if file.suffix in TEXTS)


def edit(root, draw):
    """Change something of which pages of posts tell."""
    file = draw.choice(posts_of(root))
    text = file.read_text("utf-8")
    chosen = draw.randrange(9)
    if chosen == 0:
        file.write_text(text + "\nMore words.\n", "utf-8")
    elif chosen == 1:
        file.write_text(re.sub(r"(?m)^title:.*", f"title: Bicycles again {draw.randrange(9)}", text, count=1), "utf-8")
    elif chosen == 2:
        file.write_text(re.sub(r"(?m)^tags:.*", f"tags: [{draw.choice(('wood', 'repair', 'new'))}]", text, count=1), "utf-8")
    elif chosen == 3:
        file.write_text(re.sub(r"(?m)^date:.*", f"date: 2026-02-{draw.randrange(10, 28)}", text, count=1), "utf-8")
    elif chosen == 4:
        file.unlink()
    elif chosen == 5:
        person = draw.choice(sorted((root / "content" / "people").rglob("*.md")))
        person.write_text(re.sub(r"(?m)^title:.*", f"title: Somebody Else {draw.randrange(9)}", person.read_text("utf-8"), count=1), "utf-8")
    elif chosen == 6:
        file.write_text(text.replace("---\n", "---\ndraft: true\n", 1), "utf-8")
    elif chosen == 7:
        write(root, {"theme/templates/post.html": f'{{% extends "!theme/post.html" %}}{{# {draw.randrange(9)} #}}\n'})
    else:
        toml = (root / "hub.toml").read_text("utf-8")
        (root / "hub.toml").write_text(re.sub(r"(?m)^name = .*", f'name = "Another {draw.randrange(9)}"', toml, count=1), "utf-8")


@pytest.mark.parametrize("seed", [0, *(pytest.param(seed, marks=pytest.mark.long) for seed in (1, 2, 3))])
def test_a_known_key_is_the_key_of_the_page_as_drawn(tmp_path, seed):
    """Whatever was edited between two builds, by a process that lives and by one that starts."""
    root, draw = village(tmp_path), random.Random(seed)
    hub_of_posts(root, draw)
    living = examine(options(root), STILL)
    note_pages(options(root), living)
    recognised = 0
    for turn in range(5):
        edit(root, draw)
        for before in (living, None):
            found = examine(options(root, as_of=f"2026-03-20 1{2 + turn}:00"), STILL, before)
            clean = examine(options(root, as_of=f"2026-03-20 1{2 + turn}:00", no_cache=True), STILL)

            assert found.problems == clean.problems
            assert [(one.path, one.key) for one in clean.planned] == [(one.path, one.key) for one in found.planned]
            drawn = {one.path: one for one in clean.planned}
            known = [one for one in found.planned if isinstance(one, Recognised)]
            assert [listing_of(drawn[one.path].work) for one in known] == [one.listing for one in known]
            recognised += sum(1 for one in known if one.known)
        living = found
        if draw.random() < 0.5:
            note_pages(options(root), found)

    assert recognised > 20


def test_after_midnight_nothing_is_believed(tmp_path):
    """Days are counted anew."""
    root = village(tmp_path)
    note_pages(options(root), examine(options(root), STILL))

    today = examine(options(root, as_of="2026-03-20 23:00"), STILL).planned
    tomorrow = examine(options(root, as_of="2026-03-21 01:00"), STILL).planned

    assert any(one.known for one in today if isinstance(one, Recognised))
    assert not any(one.known for one in tomorrow if isinstance(one, Recognised))


def test_what_is_found_out_ahead_is_what_is_noted(tmp_path):
    """Signs are made while other processes render the pages; no note may tell that from one made at the end."""
    root = village(tmp_path)
    hub_of_posts(root, random.Random(1))
    early, late = (examine(options(root, no_cache=True), STILL) for _ in range(2))

    early.recognition.prepare(early.planned)

    assert early.recognition.notes(early.planned) == late.recognition.notes(late.planned)
    assert any(note.sign for note in late.recognition.notes(late.planned).pages.values())


def test_a_key_that_another_process_found_is_not_drawn_again(tmp_path):
    """Of 7,000 pages drawn elsewhere this process need draw none."""
    [one] = [one for one in examine(options(village(tmp_path)), STILL).planned if one.path == "index.html"]
    asked = []
    other = Recognised(one.path, one.sources, one.promise, lambda: asked.append(1) or one.finish(), str)

    other.finished_elsewhere(one.key)
    other.listed_elsewhere(one.listing)

    assert (one.key, one.listing) == (other.key, other.listing)
    assert not asked
    assert one.work.path == other.work.path
    other.forget()
    assert one.work.path == other.work.path
    assert [1, 1] == asked


def test_a_text_that_takes_longer_to_read_changes_the_pages_that_say_so(tmp_path):
    """Of a text, lists show nothing but how many minutes it takes."""
    root = village(tmp_path)
    hub_of_posts(root, random.Random(1))
    first = examine(options(root), STILL)
    note_pages(options(root), first)
    keys = {one.path: one.key for one in first.planned}
    longer = root / "content" / "posts" / "more-1.md"
    longer.write_text(longer.read_text("utf-8") + "\nMany more words of the same." * 400 + "\n", "utf-8")

    clean = {one.path: one.key for one in examine(options(root, no_cache=True), STILL).planned}

    assert clean["posts/index.html"] != keys["posts/index.html"]
    for before in (first, None):
        assert clean == {one.path: one.key for one in examine(options(root), STILL, before).planned}
