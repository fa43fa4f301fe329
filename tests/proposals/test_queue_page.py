"""The page of the queue: complete, calm when it is empty, and safe whoever wrote the titles."""

from __future__ import annotations

from html.parser import HTMLParser

import pytest
from tests.hubs import load_village
from tests.proposals.waiting import HOSTILE, proposal

from handbill.outputs.words import words_for
from handbill.proposals.queue import queue_of
from handbill.proposals.queue_page import POLICY, queue_page


@pytest.fixture(scope="module")
def read():
    loaded, settings = load_village()
    return loaded.hub, settings


def page(read, *proposals, lang="en"):
    return queue_page(queue_of(proposals, *read, lang), words_for(lang, []), "Village", lang)


class Seen(HTMLParser):
    """Which elements a page has, and where its links lead."""

    def __init__(self, text):
        super().__init__()
        self.names, self.links, self.text = [], [], ""
        self.feed(text)

    def handle_starttag(self, tag, attrs):
        self.names.append(tag)
        self.links += [value for name, value in attrs if name in ("href", "src", "action", "style", "srcset")]
        assert not [name for name, _ in attrs if name.startswith("on")]

    def handle_data(self, data):
        self.text += data


def test_an_empty_queue_says_so_and_what_will_be_here(read):
    """An empty page looks like a broken one."""
    text = page(read)

    assert "<h1>Nothing waits for a reviewer.</h1>" in text
    assert "Nobody waits for an answer." in text
    assert "Personne n’attend de réponse." in page(read, lang="fr")


def test_the_page_asks_for_nothing_and_runs_nothing(read):
    """It is opened from a mail, on a telephone, by those who may merge."""
    seen = Seen(page(read, proposal(1, title="Bal")))

    assert {
        "html",
        "head",
        "meta",
        "title",
        "style",
        "body",
        "header",
        "p",
        "h1",
        "ul",
        "main",
        "section",
        "h2",
        "ol",
        "li",
        "b",
        "span",
        "div",
        "h3",
        "a",
    } >= set(seen.names)
    assert ["https://github.com/essai/site/pull/1"] == seen.links
    assert "default-src 'none'" in POLICY


def test_words_of_strangers_are_words_on_the_page_too(read):
    """One title that becomes an element is enough."""
    seen = Seen(page(read, *(proposal(n, title=title, author=title, asked=(title,), files=(title,)) for n, title in enumerate(HOSTILE, 1))))

    assert {f"https://github.com/essai/site/pull/{n}" for n in range(1, len(HOSTILE) + 1)} == set(seen.links)
    assert len(HOSTILE) == seen.names.count("h3") == seen.names.count("div")
    assert {"script", "img", "svg", "iframe", "details", "summary"}.isdisjoint(seen.names)
    assert (1, 1, 1) == (seen.names.count("h1"), seen.names.count("title"), seen.names.count("style"))
    assert not set("\u202e\u2066\u200b\x00\x1b") & set(seen.text)
    assert "A" * 201 not in seen.text


def test_a_date_within_a_week_is_told_by_more_than_a_colour(read):
    """Printed, or seen by eyes that know no red, it must stand out as well."""
    text = page(read, proposal(1, files=("events/2026-03-22-x.md",)), proposal(2, files=("events/2026-05-22-x.md",)))

    assert '<div class="due soon"><b>Sunday 22 March 2026</b><span class="left">in 2 days</span></div>' in text
    assert '<div class="due"><b>Friday 22 May 2026</b><span class="left">in 63 days</span></div>' in text
