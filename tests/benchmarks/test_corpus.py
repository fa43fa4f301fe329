"""The posts of the benchmarks: the same for everybody, and like what people write."""

import re
from collections import Counter
from hashlib import sha256

import pytest
from benchmarks.corpus import AUTHORS, SCHEDULED, THEN, Order, corpus


def test_a_corpus_is_the_same_on_every_machine():
    """Figures of two days can be compared as long as this holds; who changes the corpus changes this line, and measures anew."""
    found = corpus(Order(posts=60, languages=("fr", "en"), events=0.2))

    assert "060a3fdee8ae948f" == sha256(repr(found).encode()).hexdigest()[:16]


def test_a_post_does_not_depend_on_how_many_there_are():
    """What a post costs in a small hub and in a large one is compared, so it must be the same post."""
    few, many = (corpus(Order(posts=number)).posts[:20] for number in (20, 200))

    assert [(one.title, one.tags, one.category, one.author, one.body) for one in few] == [
        (one.title, one.tags, one.category, one.author, one.body) for one in many
    ]


@pytest.mark.parametrize("words", [250, 370, 900])
def test_texts_are_as_long_as_was_asked_for(words):
    """On the average: parts are whole."""
    found = corpus(Order(posts=200, words=words)).posts

    assert 0.95 * words <= sum(len(one.body.split()) for one in found) / len(found) <= 1.05 * words


def test_texts_hold_what_people_write():
    """One long paragraph would flatter every reader of Markdown, and some more than others."""
    bodies = [one.body for one in corpus(Order(posts=60)).posts]

    marks = {"## ", "- **", "> ", "1. ", "```", "| ", "](https://", "](post:", "*", "`"}
    assert marks == {mark for mark in marks if sum(mark in body for body in bodies) > 10}
    assert not [body for body in bodies if body.rstrip().splitlines()[-1].startswith("#")]


def test_links_lead_to_what_was_written_before_in_the_same_language():
    """A link to nowhere would stop Handbill's build, and no other."""
    found = corpus(Order(posts=80, languages=("fr", "en"), events=0.3))
    place = {f"{'events' if one.starts else 'posts'}/{one.name}": (n, one.lang) for n, one in enumerate((*found.posts, *found.scheduled))}

    for n, one in enumerate((*found.posts, *found.scheduled)):
        for target in re.findall(r"\]\(post:([^)]*)\)", one.body):
            assert place[target][0] < n
            assert one.lang == place[target][1]


def test_languages_take_turns_and_events_have_their_share():
    """Whoever measures a bilingual agenda gets one."""
    found = corpus(Order(posts=1000, languages=("fr", "en"), events=0.25)).posts

    assert {"fr": 500, "en": 500} == Counter(one.lang for one in found)
    assert 200 <= sum(one.starts is not None for one in found) <= 300
    assert not [one for one in corpus(Order(posts=100)).posts if one.starts]


def test_what_is_scheduled_falls_due_one_a_day():
    """Each turn of a scenario has one."""
    found = corpus(Order(posts=30))

    assert SCHEDULED == len(found.scheduled)
    assert list(range(1, SCHEDULED + 1)) == [(one.day - THEN.date()).days for one in found.scheduled]
    assert max(one.day for one in found.posts) < THEN.date()


def test_posts_have_tags_a_category_and_an_author_who_exists():
    """Lists and feeds of them are most of what a build makes."""
    found = corpus(Order(posts=500))

    assert {2, 3, 4} >= {len(set(one.tags)) for one in found.posts} - {1}
    assert AUTHORS == len(found.authors)
    assert {one.author for one in found.posts} == set(found.authors)
    assert 8 == len({one.category for one in found.posts})
