"""Lighthouse's four scores of the pages that most readers see, as on a telephone and as on a desk.

Three of them come from audits that say the same each time, and must be full.
That of speed is computed from how long this machine took, times what a
telephone is slower: it may be low by chance, or because the machine is no faster
than a telephone.  So where it is low, it is taken again with what Lighthouse's
own guide gives for such a machine, and the median of three counts.
"""

from __future__ import annotations

import json
import shutil
import subprocess
from pathlib import Path
from statistics import median

import pytest
from tests.browser import driving
from tests.browser.looking import nothing

pytestmark = pytest.mark.long

SCRIPT = Path(__file__).parent / "lighthouse.mjs"

#: The pages of the demo: the front, a post with a picture and code, an event that repeats, a letter.
PAGES = {"home": "", "post": "posts/affuter-un-ciseau/", "event": "events/samedi-reparation/", "letter": "newsletters/2026-11/"}
FORMS = ("mobile", "desktop")

LEAST = 98


#: How much slower a telephone of the middle sort is than a machine of at least this speed, as Lighthouse measures it.
SLOWER = ((1300, 4), (800, 2), (0, 1))


def run(wanted: list[tuple[str, str, int]]) -> list[dict]:
    """Return what Lighthouse says of some addresses, each in its form and with how much slower a telephone is."""
    package, node = driving.node_tool("lighthouse/package.json"), shutil.which("node")
    if not package or not node:
        pytest.skip("needs node, and lighthouse in NODE_PATH: npm install lighthouse@12, then NODE_PATH=…/node_modules")
    words = [node, str(SCRIPT), str(package.parents[1]), driving.chromium(), json.dumps(driving.flags()), json.dumps(wanted)]
    done = subprocess.run(words, capture_output=True, text=True, check=False, timeout=600)
    assert done.returncode == 0, done.stderr[-2000:]
    return [json.loads(line) for line in done.stdout.splitlines() if line.startswith("{")]


@pytest.fixture(scope="module")
def reports(demo) -> list[dict]:
    wanted = [(form, demo.host.address + path, 4) for form in FORMS for path in PAGES.values()]
    found = run(wanted)
    assert [one[:2] for one in wanted] == [(one["form"], one["address"]) for one in found]
    return found


@pytest.mark.parametrize("category", ["accessibility", "best-practices", "seo"])
def test_nothing_is_left_to_improve(reports, category):
    nothing([f"{one['address']} ({one['form']}): {lost[1:]}" for one in reports for lost in one["lost"] if lost[0] == category])
    assert {100} == {one["scores"][category] for one in reports}


def test_every_page_is_fast(reports):
    told = []
    for one in (one for one in reports if one["scores"]["performance"] < LEAST):
        slower = next(times for speed, times in SLOWER if one["speed"] >= speed)
        again = run([(one["form"], one["address"], slower)] * 3)
        scores = [each["scores"]["performance"] for each in again]
        if median(scores) < LEAST:
            told.append(f"{one['address']} ({one['form']}): {scores} at {slower} times slower, {[lost[1:] for lost in again[0]['lost'] if lost[0] == 'performance']}")

    nothing(told)
