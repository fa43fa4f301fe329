"""Cards and feeds know their keys where what they show is as it was, and only there."""

from __future__ import annotations

import random
import re
from contextlib import nullcontext

import pytest
from tests.hubs import options, village, write
from tests.outputs.test_recognised import hub_of_posts

from handbill.examining import examine, note_pages
from handbill.outputs import feeds, social
from handbill.outputs.recalled import Recalled

STILL = nullcontext


@pytest.fixture
def root(tmp_path):
    """Return a village with many posts, of which a build wrote down what it knows."""
    root = village(tmp_path)
    hub_of_posts(root, random.Random(1))
    note_pages(options(root), examine(options(root), STILL))
    return root


def keys_of(found):
    """Return the keys of cards and feeds by path."""
    return {one.path: one.key for output, own in found.plans if output.name in ("social", "feeds") for one in own}


def drawn_after(edit, root, monkeypatch):
    """Return which posts' cards, and which feeds, are drawn after an edit; their keys are those of a build that knows nothing."""
    edit(root)
    clean = keys_of(examine(options(root, no_cache=True), STILL))
    cards, channels = [], []
    bill, channel = social._Bills.bill, feeds._Drawn._channel
    with monkeypatch.context() as watched:
        watched.setattr(social._Bills, "bill", lambda own, item: cards.append((item.kind, item.slug)) or bill(own, item))
        watched.setattr(feeds._Drawn, "_channel", lambda own, ending: channels.append(own.feed.name) or channel(own, ending))
        assert clean == keys_of(examine(options(root), STILL))
    return [slug for kind, slug in cards if kind == "post"], set(channels)


def change(name, pattern, new):
    """Return an edit of one file of the content."""

    def edit(root):
        file = root / name
        text = file.read_text("utf-8")
        changed = re.sub(pattern, new, text, count=1)
        assert text != changed
        file.write_text(changed, "utf-8")

    return edit


def test_words_of_a_text_are_shown_by_its_feeds_alone(root, monkeypatch):
    """A feed of another subject, a digest and every card are as they were."""
    cards, channels = drawn_after(change("content/posts/more-3.md", "Words of", "Other words of"), root, monkeypatch)

    assert [] == cards
    assert {"all", "posts", "tags/wood"} <= channels
    # A feed that holds anything but posts is always drawn.
    assert {"events", "contests", "newsletters"} < channels
    assert not {"weekly", "monthly", "tags/bicycles", "tags/garden", "tags/repair"} & channels


def test_a_title_is_shown_by_its_own_card_and_by_digests(root, monkeypatch):
    cards, channels = drawn_after(change("content/posts/more-3.md", "title: .*", "title: Something quite new"), root, monkeypatch)

    assert ["more-3"] == cards
    assert {"posts", "weekly"} <= channels


@pytest.mark.parametrize(
    "edit",
    [
        change("hub.toml", "(?m)^name = .*", 'name = "Another"'),
        lambda root: write(root, {"theme/locale/fr.po": 'msgid ""\nmsgstr ""\n\nmsgid "Post"\nmsgstr "Nouvelle"\n'}),
        change("content/people/ada.md", "title: .*", "title: Somebody Else"),
    ],
    ids=["setting", "word", "person"],
)
def test_what_all_of_them_may_show_makes_all_anew(root, monkeypatch, edit):
    """A name, a word or a setting may be on any card."""
    cards, _ = drawn_after(edit, root, monkeypatch)

    assert len(cards) > 14


def test_after_midnight_nothing_is_recalled(root):
    """Days are counted anew."""
    tomorrow = options(root, as_of="2026-03-21 01:00")

    assert keys_of(examine(options(root, as_of="2026-03-21 01:00", no_cache=True), STILL)) == keys_of(found := examine(tomorrow, STILL))
    assert not any("key" in vars(one) and "_finished" not in vars(one) for output, own in found.plans if output.name == "social" for one in own)


def test_only_cards_of_posts_are_recalled(root):
    """A card of an event tells its next date, one of a contest the time that is left."""
    cards = [one for output, own in examine(options(root, no_cache=True), STILL).plans if output.name == "social" for one in own]
    shown = {one.path: found for one in cards if (found := social.shown_on(one))}
    known = {path: (f"mark {rest}", "a key that no card has") for path, (_, rest) in shown.items()}

    Recalled(known, lambda _: ("mark", ""), str, "post").recall(cards)

    recalled = {shown[one.path][0].kind for one in cards if one.path in shown and one.key == "a key that no card has"}
    assert {"post"} == recalled < {item.kind for item, _ in shown.values()}
