"""Announced rules are shown as they were announced."""

from __future__ import annotations

import pytest
from tests.hubs import load_village, options
from tests.rules.sample import DRAW, a_hub

from handbill.contests.announcing import announce
from handbill.reading.cache import Cache
from handbill.reading.contests import read_contests
from handbill.reading.rulebook import body_of, rules_file, with_rules


@pytest.fixture
def root(tmp_path):
    """Return a hub whose contest has two versions of its rules in two languages."""
    announce("ete-photo", options(a_hub(tmp_path, DRAW, english=True), "2026-05-14 10:00"))
    announce("ete-photo", options(a_hub(tmp_path, DRAW, english=True, claim="2026-08-31"), "2026-05-15 10:00"))
    return tmp_path


def test_every_version_in_every_language_is_there_for_its_page(root):
    """A member may want to read what held when she entered."""
    loaded, _ = load_village("2026-06-10 10:00", root)
    rules = loaded.hub.items[0].facts.record.rules

    assert {(1, "fr"), (1, "en"), (2, "fr"), (2, "en")} == {(one.version, one.lang) for one in rules}
    assert [1, 1, 2, 2] == [one.version for one in rules]
    assert all("Article 13" in one.body.html for one in rules)


def test_the_title_is_left_to_the_page_and_articles_come_next(root):
    """Two first headings confuse whoever listens to a page."""
    loaded, _ = load_village("2026-06-10 10:00", root)
    body = loaded.hub.items[0].facts.record.rules[0].body

    assert {2, 3} == {one.level for one in body.headings}
    assert 13 == sum(one.level == 2 for one in body.headings)


def test_a_file_that_was_changed_is_shown_nowhere(root):
    """A page must not show rules that nobody announced."""
    file = root / "content/contests/archive/ete-photo" / rules_file(1, "fr")
    file.write_bytes(file.read_bytes() + b"\nEt un vin chaud.\n")
    records, problems = read_contests(root)

    assert problems
    assert (1, "fr") not in {(one.version, one.lang) for record in with_rules(records, root, None).values() for one in record.rules}


def test_rules_are_rendered_once(root, monkeypatch):
    """A hub with fifty contests is built many times a day."""
    cache = Cache(root / "cache", "x")
    records, _ = read_contests(root)
    first = with_rules(records, root, cache)
    monkeypatch.setattr("handbill.reading.rulebook.body_of", lambda text: pytest.fail(text))

    assert first == with_rules(records, root, cache)


def test_what_a_stranger_writes_into_rules_is_cleaned(root):
    """An archive comes by a pull request like any other file."""
    body = body_of("# Titre\n\n<script>alert(1)</script> <a href='javascript:x'>a</a> ![b](https://mauvais.example/b.png)\n")

    assert not {"<script", "javascript:", "<img"} & {one for one in ("<script", "javascript:", "<img") if one in body.html}
    assert "" == body_of("# Titre\n\n" + "> " * 5000 + "a\n").html
