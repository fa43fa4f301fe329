"""Addresses of pages elsewhere, without what follows readers."""

import re

import pytest

from handbill.hub import trackers
from handbill.hub.trackers import page_of, trackers_in, without_trackers


@pytest.mark.parametrize(
    ("written", "clean"),
    [
        ("https://x.example/a?utm_source=b", "https://x.example/a"),
        ("https://x.example/a?utm_source=b&page=2", "https://x.example/a?page=2"),
        ("https://x.example/a?page=2&UTM_Source=b&sort=%C3%A9#c", "https://x.example/a?page=2&sort=%C3%A9#c"),
        ("https://x.example/a?fbclid=1&gclid=2&mc_eid=3", "https://x.example/a"),
        ("https://x.example/a?ut%6D_source=b", "https://x.example/a"),
        ("https://x.example/a?b=utm_source", "https://x.example/a?b=utm_source"),
        ("https://x.example/a?", "https://x.example/a?"),
        ("https://x.example/?a;b", "https://x.example/?a;b"),
    ],
)
def test_only_what_follows_readers_is_taken_out(written, clean):
    """The rest of an address may decide what one sees there."""
    assert clean == without_trackers(written)
    assert () == trackers_in(without_trackers(written))


@pytest.mark.parametrize(
    "other",
    ["http://x.example/a", "https://www.x.example/a/", "https://X.example:443/a#b", "https://x.example/a?utm_source=c&fbclid=d"],
)
def test_one_page_by_several_addresses_is_one(other):
    """The same page is proposed by two people who found it in two places."""
    assert page_of("https://x.example/a") == page_of(other)


@pytest.mark.parametrize("other", ["https://x.example/A", "https://y.example/a", "https://x.example/a?id=1", "https://x.example:8443/a"])
def test_two_pages_are_two(other):
    """A path with a capital is another page on most servers."""
    assert page_of("https://x.example/a") != page_of(other)


@pytest.mark.parametrize(
    "written",
    [
        "https://x.example", "http://www.x.example/", "https://www.www.example/a", "https://www.fr/a", "https://x.example/a/b-c_d~e.html/",
        "https://x.example//a", "https://x.example/a//", "https://x.example/./a", "https://x-1.example.org/A", "https://1.2.3.4/a",
    ],
)  # fmt: skip
def test_a_simple_address_is_named_as_all_others_are(written, monkeypatch):
    """Most addresses have nothing to look at, and of thousands each was taken apart."""
    quick = page_of(written)
    monkeypatch.setattr(trackers, "_SIMPLE", re.compile("(?!)"))

    assert page_of(written) == quick


@pytest.mark.parametrize("written", ["mailto:a", "javascript:alert(1)", "/a", "https://", "https://[", "https://x.example:99999/"])
def test_what_is_no_page_is_none(written):
    """A stranger's form holds anything; nothing of it may raise."""
    assert "" == page_of(written)
