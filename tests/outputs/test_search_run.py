"""What pagefind says of pages: of each the same, whichever others it was asked about, and in how many parts."""

import hashlib
import json
import re
import subprocess

import pytest

from handbill.errors import MachineLacks
from handbill.outputs import search_run
from handbill.outputs.search_run import FACTS, told_of, version

_PAGE = '<html lang="{lang}"><body><article data-pagefind-body data-pagefind-filter="kind:post">{main}</article></body></html>'


@pytest.fixture
def made(tmp_path):
    """Return a folder of built pages."""
    texts = {
        "a/index.html": ("fr", '<h1>Été</h1><p>Une lampe.</p><i data-pagefind-meta="place:Bègles"></i>'),
        "b/index.html": ("fr", "<h1>Une lampe</h1><p>L’été, été comme hiver.</p>"),
        "c.html": ("en", "<h1>A lamp</h1><p>Lamps.</p>"),
    }
    for path, (lang, main) in texts.items():
        (tmp_path / "made" / path).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / "made" / path).write_text(_PAGE.format(lang=lang, main=main), encoding="utf-8")
    (tmp_path / "made" / "index.html").write_text("<html lang=fr><body>rien</body></html>", encoding="utf-8")
    return tmp_path / "made"


def ask(made, *paths, known=None, facts=FACTS, jobs=1):
    """Return what is said of pages."""
    scratch = made.with_name(f"scratch{len(list(made.parent.iterdir()))}")
    return told_of({path: (known or {}).get(path, "") for path in paths}, made, scratch, facts, jobs)


def said(told):
    """Return by page all that is said of it, its words among it."""
    found = {page.path: (page, {}) for page in told.pages}
    for words in told.words.values():
        for word, (places, tails) in words.items():
            for place, tail in zip(places, tails, strict=True):
                found[told.pages[place].path][1][word] = tail
    return found


ALL = ("a/index.html", "b/index.html", "c.html", "index.html")


def test_of_each_page_the_same_is_said_whichever_others_are_asked_about(made):
    """Only so may what was said yesterday stand beside what is said today."""
    alone = [said(ask(made, path)) for path in ALL]

    assert said(ask(made, *ALL)) == alone[0] | alone[1] | alone[2] | alone[3]


def test_parts_asked_about_at_once_are_one_answer(made, monkeypatch):
    """How many cores a machine has must not show."""
    monkeypatch.setattr(search_run, "_PARTS_FROM", 2)
    one, three = ask(made, *ALL), ask(made, *ALL, jobs=3)

    assert said(one) == said(three)
    assert one.entry["version"] == three.entry["version"]
    assert {"en", "fr"} == set(one.entry["languages"]) == set(three.entry["languages"])
    assert one.files.keys() == three.files.keys()


def test_pages_asked_about_in_turn_are_one_answer(made, monkeypatch):
    """Pagefind holds all that it is given in memory; how many that are must not show."""
    together = ask(made, *ALL)
    monkeypatch.setattr(search_run, "_AT_ONCE", 1)
    in_turn = ask(made, *ALL)

    assert said(together) == said(in_turn)
    assert together.files.keys() == in_turn.files.keys()
    assert together.entry["languages"].keys() == in_turn.entry["languages"].keys()


def test_words_of_a_page_are_named_with_it(made):
    """When it goes, only these are looked at."""
    for page, words in said(ask(made, *ALL)).values():
        assert sorted(words) == sorted(page.words.split("\n"))
    assert {"lamp\t", "ete\tété", "comm\t"} <= {*said(ask(made, *ALL))["b/index.html"][1]}


def test_a_page_is_told_with_what_filters_and_search_page_need(made):
    told = ask(made, *ALL)
    page = next(one for one in told.pages if one.path == "a/index.html")

    assert ("fr", "", (("kind", "post"),), ()) == (page.lang, page.day, page.filters, page.own_facts)
    assert re.fullmatch("[0-9a-f]{7}", page.label)
    assert told.files[page.fragment].name.startswith(f"fr_{page.label}")
    assert page.fragment == hashlib.sha256(told.files[page.fragment].read_bytes()).hexdigest()
    assert ["lampe"] == page.offered.split("\n")


def test_pages_without_a_mark_are_not_asked_about(made):
    assert ["a/index.html", "b/index.html", "c.html"] == sorted(said(ask(made, *ALL)))


def test_a_page_without_a_single_word_is_in_no_index(made):
    """Pagefind fails where it gets no others, as when one that showed a picture alone was edited."""
    (made / "c.html").write_text(_PAGE.format(lang="en", main='<img src="/a.jpg" alt="">'), encoding="utf-8")

    assert [] == ask(made, "c.html").pages
    assert ["a/index.html"] == [page.path for page in ask(made, "a/index.html", "c.html").pages]
    assert {"fr"} == set(ask(made, "a/index.html", "c.html").entry["languages"])


def test_a_page_whose_text_is_known_is_not_asked_about_again(made):
    """A menu that changed changes every page, and no text."""
    known = {page.path: page.text for page in ask(made, *ALL).pages}
    told = ask(made, *ALL, known=known)

    assert ["a/index.html", "b/index.html", "c.html"] == told.same
    assert [] == told.pages
    assert {} == told.entry == told.files


def test_a_fact_without_a_number_is_named_and_nothing_else_is_told(made):
    """With its number all is asked about again; half an answer would be taken for a whole one."""
    (made / "c.html").write_text(_PAGE.format(lang="en", main='<i data-pagefind-meta="zone:x"></i>Lamps'), encoding="utf-8")

    assert {"zone"} == ask(made, "c.html").facts
    assert [] == ask(made, "c.html").pages
    assert [("zone",)] == [page.own_facts for page in ask(made, "c.html", facts=(*FACTS, "zone")).pages]


def test_an_address_with_marks_in_it_is_read_whole(made):
    """Pagefind writes addresses as JSON does; a page at a long one would be taken for another."""
    for path in ("é'\"x/index.html", f"{'long' * 40}/{'path' * 40}/{'name' * 60}.html"):
        (made / path).parent.mkdir(parents=True, exist_ok=True)
        (made / path).write_bytes((made / "c.html").read_bytes())

        assert [path] == [page.path for page in ask(made, path).pages]


def test_the_version_of_pagefind_is_told_without_asking_it():
    """It is in every key: another pagefind, another index."""
    assert version().startswith("pagefind_bin-")


def test_a_pagefind_that_fails_or_hangs_is_quoted(made, monkeypatch):
    """Whoever runs the build sees its words, and no traceback."""
    failed = subprocess.CompletedProcess([], 1, b"", b"no room\nmore")
    monkeypatch.setattr(search_run.subprocess, "run", lambda *_, **__: failed)
    with pytest.raises(MachineLacks, match="pagefind says: no room"):
        ask(made, *ALL)

    def hang(*_, **__):
        raise subprocess.TimeoutExpired("pagefind", 600)

    monkeypatch.setattr(search_run.subprocess, "run", hang)
    with pytest.raises(MachineLacks, match="cannot be made"):
        ask(made, *ALL)


def test_a_pagefind_that_writes_otherwise_is_not_believed(tmp_path):
    """Another version may name its pages in another way."""
    import gzip

    with pytest.raises(ValueError, match="not written as it used to be"):
        search_run._path_of(gzip.compress(b"pagefind_dcd" + json.dumps({"address": "/"}).encode()))
