"""The report of a build, for anyone who wants to compare two of them."""

from __future__ import annotations

import hashlib
import json
from dataclasses import replace
from pathlib import Path

from tests.hubs import load_village

from handbill import __version__
from handbill.outputs import report


def made(digests, **changes):
    loaded, settings = load_village()
    planned = list(report.plan([], digests, loaded.hub, replace(settings, **changes)))
    return planned, [(one.path, one.content) for one in report.make(planned, settings, Path("none"), Path("none"))]


def test_every_path_is_listed_with_its_digest():
    """Two machines that built the same can be compared without copying a site."""
    digests = {"b.html": hashlib.sha256(b"b").hexdigest(), "a.html": hashlib.sha256(b"a").hexdigest()}
    _, [(path, content)] = made(digests)

    told = json.loads(content)
    assert "build.json" == path
    assert digests == told["files"]
    assert ["a.html", "b.html"] == list(told["files"])
    assert {"contest": 1, "event": 3, "issue": 2, "page": 1, "person": 2, "place": 0, "post": 3} == told["items"]
    assert (__version__, "https://village.example/hub/") == (told["handbill"], told["hub"])
    assert {"handbill", "hub", "items", "files"} == set(told)


def test_the_order_of_making_does_not_show():
    """With two processes it is another one each time."""
    pairs = [("a.html", "1"), ("b.html", "2"), ("c.html", "3")]

    (one, made_of_one), (other, made_of_other) = (made(dict(order)) for order in (pairs, reversed(pairs)))
    assert one[0].key == other[0].key
    assert made_of_one == made_of_other


def test_another_file_is_another_report():
    """The key decides whether the old report is kept."""
    before, after = (made({"a.html": digest})[0][0].key for digest in ("1", "2"))

    assert before != after
