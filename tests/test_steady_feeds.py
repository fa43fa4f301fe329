"""Feeds and calendars change with what they say, and with nothing else.

A program asks whether a file changed, and fetches it when its bytes did: a
feed that differs at each build is fetched by every subscriber every hour, and
shows old entries as edited.
"""

from __future__ import annotations

import hashlib
import json
import os
import re
import subprocess
import sys
from datetime import timedelta
from pathlib import Path

import pytest
from tests.hubs import THEN, VILLAGE, load_village, options, village

from handbill.outputs import calendars, feeds
from handbill.pipeline import build

ROOT = Path(__file__).parents[1]

#: Prints the digest of each feed and calendar of a hub; with "reversed" folders are listed from their end.
SCRIPT = """
import json, os, sys
from pathlib import Path
root, as_of, order = sys.argv[1:]
if order == "reversed":
    plain_listdir, plain_scandir = os.listdir, os.scandir
    class Backwards:
        def __init__(self, *args): self.found = iter(list(plain_scandir(*args))[::-1])
        def __enter__(self): return self
        def __iter__(self): return self
        def __next__(self): return next(self.found)
        def __exit__(self, *_): pass
        def close(self): pass
    os.listdir = lambda *args: plain_listdir(*args)[::-1]
    os.scandir = Backwards
from tests.test_steady_feeds import digests
print(json.dumps(digests(Path(root), as_of)))
"""


def made(root: Path, as_of: str = THEN) -> dict[str, bytes]:
    """Return every feed and calendar of a hub, by path."""
    loaded, settings = load_village(as_of, root)
    found: dict[str, bytes] = {}
    for output in (feeds, calendars):
        planned = list(output.plan(loaded.hub, settings))
        found |= {one.path: bytes(one.content) for one in output.make(planned, settings, Path("nowhere"))}  # type: ignore[arg-type]
    return found


def digests(root: Path, as_of: str = THEN) -> dict[str, str]:
    return {path: hashlib.sha256(raw).hexdigest() for path, raw in made(root, as_of).items()}


def elsewhere(root: Path, order: str = "plain", **environment: str) -> dict[str, str]:
    """Return the digests as a process with another environment makes them."""
    done = subprocess.run(
        [sys.executable, "-c", SCRIPT, str(root), THEN, order], cwd=ROOT, capture_output=True, text=True, check=False,
        env={**os.environ, "PYTHONPATH": os.pathsep.join(("src", ".")), **environment},
    )  # fmt: skip
    assert done.returncode == 0, done.stderr[-2000:]
    found: dict[str, str] = json.loads(done.stdout)
    return found


@pytest.mark.long
@pytest.mark.parametrize(
    ("order", "environment"),
    [
        ("plain", {"TZ": "Pacific/Auckland", "LANG": "tr_TR.UTF-8", "LC_ALL": "tr_TR.UTF-8"}),
        ("plain", {"TZ": "America/St_Johns", "LC_ALL": "C", "PYTHONHASHSEED": "1"}),
        ("reversed", {"PYTHONHASHSEED": "4294967295"}),
    ],
    ids=["another-zone-and-language", "another-seed", "another-order-of-files"],
)
def test_they_are_the_same_on_every_machine(hub, order, environment):
    """A second editor's build must not tell every subscriber that everything changed."""
    assert digests(hub) == elsewhere(hub, order, **environment)


def test_they_stay_while_nothing_is_due(hub):
    """Until the next thing happens every byte stays; afterwards only what closes a week or a month may change."""
    first = made(hub)
    loaded, _ = load_village(THEN, hub)
    last = loaded.hub.stays_until() - timedelta(seconds=1)

    assert first == made(hub, last.strftime("%Y-%m-%d %H:%M:%S"))
    later = made(hub, "2026-03-27 23:59")
    assert {path for path in first if first[path] != later[path]} <= {
        path for path in first if path.rpartition("/")[2].startswith(("weekly.", "monthly."))
    }
    assert len(first) > 60


def git(root: Path, *words: str) -> None:
    identity = ("-c", "user.name=Ada", "-c", "user.email=ada@village.example", "-c", "commit.gpgsign=false")
    subprocess.run(["git", *identity, "-C", str(root), *words], check=True, capture_output=True)


@pytest.mark.long
def test_a_shallow_clone_makes_the_same(hub, tmp_path):
    """That is what a service builds from: the last commit, and the lists that the build keeps in it."""
    git(hub.parent, "init", "-q", str(hub))
    git(hub, "add", ".")
    git(hub, "commit", "-qm", "begin")
    build(options(hub))
    fair = hub / "events/2026/fete.md"
    fair.write_text(fair.read_text(encoding="utf-8").replace("starts: 2026-04-11 14:00", "starts: 2026-04-11 15:00"), encoding="utf-8")
    build(options(hub))
    (hub / ".gitignore").write_text("public\n.handbill\n", encoding="utf-8")
    git(hub, "add", ".")
    git(hub, "commit", "-qm", "move the fair")
    wanted = digests(hub)

    git(tmp_path, "clone", "-q", "--depth", "1", hub.as_uri(), str(tmp_path / "clone"))

    assert b"SEQUENCE:1\r\n" in made(hub)["events/fete/event.ics"]
    assert wanted == digests(tmp_path / "clone")
    build(options(tmp_path / "clone"))
    assert (hub / "calendars.lock").read_bytes() == (tmp_path / "clone" / "calendars.lock").read_bytes()
    assert wanted == digests(tmp_path / "clone")


def changed_by(hub: Path, path: str, old: str, new: str) -> set[str]:
    """Return the feeds and calendars that an edit changes, without the endings of their forms."""
    before = made(hub)
    file = hub / path
    written = file.read_text(encoding="utf-8")
    assert old in written
    file.write_text(written.replace(old, new), encoding="utf-8")
    after = made(hub)
    assert set(before) == set(after)
    return {one.partition(".")[0] + (".ics" if one.endswith(".ics") else "") for one in before if before[one] != after[one]}


def test_an_edited_post_changes_only_the_feeds_that_hold_it(hub):
    """Its tags, its kind, all: nobody else's program has anything to fetch."""
    found = changed_by(hub, "content/posts/2026-03-01-le-puits.md", "tailler", "polir")

    assert {"feeds/all", "feeds/all-languages", "feeds/posts", "feeds/tags/eau", "feeds/tags/pierre"} == found


def test_an_edited_event_changes_only_what_holds_it(hub):
    """Its own file, and the calendars and feeds of its tag and place."""
    found = changed_by(hub, "events/2026/fete.md", "Musique et seaux.", "Musique et cruches.")

    assert {one for one in found if one.startswith("feeds")} <= {
        "feeds/all",
        "feeds/all-languages",
        "feeds/events",
        "feeds/tags/eau",
        "feeds/weekly",
        "feeds/monthly",
    }
    assert {"feeds/all", "feeds/events", "feeds/tags/eau"} <= found
    assert not [
        one
        for one in found
        if one.endswith(".ics")
        and not one.startswith(("calendars/all", "calendars/tags/eau", "calendars/places/place-du-puits", "events/fete/"))
    ]


def test_a_translation_changes_nothing_of_the_other_language(hub):
    """Who reads French has nothing to fetch when the English text is mended."""
    found = changed_by(hub, "content/posts/2026-03-01-le-puits.en.md", "The well is mended.", "The well is whole.")

    assert {"en/feeds/all", "en/feeds/posts", "en/feeds/tags/eau"} <= found
    assert not [one for one in found if not one.startswith("en/")]


def test_what_is_compared_is_what_is_published(hub):
    """The digests above are of the files that members fetch."""
    build(options(village(hub.parent / "other")))
    public = hub.parent / "other" / "village" / "public"

    assert {path: raw for path, raw in made(VILLAGE).items() if path.endswith((".xml", ".json"))} == {
        path: (public / path).read_bytes() for path in made(VILLAGE) if path.endswith((".xml", ".json"))
    }
    enclosed = re.findall(
        rb'<enclosure url="https://village.example/hub/([^"]*)" length="(\d+)"', (public / "feeds/all.rss.xml").read_bytes()
    )
    assert [("media/pictures/puits.png", (public / "media/pictures/puits.png").stat().st_size)] == [
        (path.decode(), int(length)) for path, length in enclosed
    ]
