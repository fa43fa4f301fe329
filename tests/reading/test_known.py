"""A reading that knows of another one comes out as if it knew nothing."""

import os
import random
import re
import shutil

import pytest
from tests.hubs import THEN, moment, village

from handbill.reading.history import blob_of
from handbill.reading.load import load
from handbill.settings import read_settings


def told(loaded):
    """Return all that a reading says, with the places in files that items do not compare."""
    hub = loaded.hub
    return (
        [(item, item.places) for item in hub.items],
        [(item, item.places) for item in hub.hidden],
        hub.media,
        hub.frozen,
        hub.promises,
        loaded.problems,
    )


def read(root, known=None):
    return load(read_settings(root), moment(THEN), None, known=known)


def texts_of(root):
    return sorted(file for folder in ("content", "events") for file in (root / folder).rglob("*.md"))


def more_words(file, _draw):
    file.write_text(file.read_text("utf-8") + "\nAnother [word](/nowhere/) of 2026.\n", "utf-8")


def another_title(file, draw):
    file.write_text(re.sub(r"(?m)^title:.*", f"title: Number {draw.randrange(99)}", file.read_text("utf-8"), count=1), "utf-8")


def another_heading(file, _draw):
    file.write_text(re.sub(r"(?m)^## .*", "## Elsewhere", file.read_text("utf-8")), "utf-8")


def another_slug(file, draw):
    file.write_text(file.read_text("utf-8").replace("---\n", f"---\nslug: other-{draw.randrange(99)}\n", 1), "utf-8")


def broken_head(file, _draw):
    file.write_text(file.read_text("utf-8").replace("---\n", "---\nclosses: x\n", 1), "utf-8")


def another_name(file, draw):
    file.rename(file.with_name(f"other-{draw.randrange(99)}.md"))


def gone(file, _draw):
    file.unlink()


def touched(file, _draw):
    os.utime(file)


def same_size(file, _draw):
    found, raw = file.stat(), file.read_bytes()
    file.write_bytes(raw[:-2] + b"x" + raw[-1:])
    os.utime(file, ns=(found.st_atime_ns, found.st_mtime_ns))


def copied(file, draw):
    shutil.copy(file, file.with_name(f"copy-{draw.randrange(99)}.en.md"))


EDITS = (more_words, another_title, another_heading, another_slug, broken_head, another_name, gone, touched, same_size, copied)


@pytest.mark.parametrize("seed", range(6))
def test_a_reading_with_knowledge_equals_one_without(tmp_path, seed):
    """Whatever was edited since, by whatever way, once or several times."""
    root, draw = village(tmp_path), random.Random(seed)
    known = read(root).known
    for _ in range(6):
        for _ in range(draw.choice((1, 1, 2))):
            edit = draw.choice(EDITS)
            edit(draw.choice(texts_of(root)), draw)
        fresh, again = read(root), read(root, known)

        assert told(fresh) == told(again)
        known = draw.choice((known, again.known))


def test_what_did_not_change_is_not_read(tmp_path, monkeypatch):
    """Of five thousand texts one was edited: the others need not even be opened."""
    root = village(tmp_path)
    known = read(root).known
    file = texts_of(root)[3]
    more_words(file, None)
    opened = []
    monkeypatch.setattr("handbill.reading.texts._read", lambda path, *_: opened.append(path) or path.read_bytes())

    read(root, known)

    assert [file] == [one for one in opened if one.suffix == ".md"]


def test_what_others_see_of_a_text_is_where_it_is(tmp_path):
    """An edited text leaves the items of all others as the very same values."""
    root = village(tmp_path)
    before = read(root)
    file = next(one for one in texts_of(root) if one.is_relative_to(root / "content" / "posts"))
    more_words(file, None)

    after = read(root, before.known)
    same = [item.source for item in after.hub.items if any(item is one for one in before.hub.items)]

    assert file.relative_to(root).as_posix() not in same
    assert len(same) > len(after.hub.items) / 2


def test_a_reading_is_near_until_much_was_edited(tmp_path):
    """It is written down again only when that saves more than it costs."""
    root = village(tmp_path)
    before = read(root)
    more_words(texts_of(root)[0], None)
    edited = read(root, before.known)
    gone(texts_of(root)[1], None)
    less = read(root, before.known)

    assert edited.known.is_near(before.known)
    assert not less.known.is_near(before.known)


def test_marks_are_made_when_they_are_asked_for(tmp_path):
    """They are needed for the next build, not for this one: to make them took a first build of 5,000 posts 0.3 s."""
    known = load(read_settings(village(tmp_path)), moment(THEN), None).known
    source, item = next(iter(known.items.items()))

    assert not dict(known.marks)
    assert known.mark_of(item) == known.marks[source] == known.whole().marks[source]
    assert known.items.keys() == known.whole().marks.keys()
    assert len(known.items) == len({mark.whole for mark in known.whole().marks.values()})


def test_another_past_of_the_same_text_is_seen(tmp_path):
    """What version history says of a text is on its page, and changes without it: an older clone is completed, a name is put right."""
    root = village(tmp_path)
    source = texts_of(root)[0].relative_to(root).as_posix()
    blob = blob_of((root / source).read_bytes())
    line = f"{source}\t{blob}\t2026-01-02T10:00:00+01:00\t{{}}\t-\n"
    (root / "history.lock").write_text(line.format("2026-03-09T10:00:00+01:00"), "utf-8")
    known = read(root).known
    (root / "history.lock").write_text(line.format("2026-03-12T10:00:00+01:00"), "utf-8")

    again = read(root, known)

    (item,) = [one for one in again.hub.items if one.source == source]
    assert (2026, 3, 12) == (item.updated.year, item.updated.month, item.updated.day)
    assert told(read(root)) == told(again)
