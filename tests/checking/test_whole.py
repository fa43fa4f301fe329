"""All checks of the whole hub together: they find nothing where nothing is wrong, and cost little."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from time import process_time

import pytest
from tests.hubs import load_village, moment, text, write

from handbill.checking.whole import check_hub
from handbill.errors import Level, Said
from handbill.hub.facets import Occurrence
from handbill.hub.hub import Media
from handbill.kinds.event import EventFacts

REPOSITORY = Path(__file__).parents[2]


@pytest.mark.parametrize("as_of", ["2026-03-20 12:00", "2024-06-01 12:00", "2031-01-01 12:00"])
def test_the_village_has_nothing_but_what_waits(as_of):
    """A warning that is wrong once is read no more; nor may it come with the years."""
    loaded, settings = load_village(as_of)

    # Built for a moment of long ago, a text of then links to one of later.
    later = {"HB503"} if as_of < "2025" else set()
    # HB510 proposes a post; whether one is written is up to the editor.
    assert {"HB476", "HB501", "HB502", "HB510"} | later >= {one.code for one in check_hub(loaded.hub, settings)}


@pytest.mark.long
@pytest.mark.parametrize("as_of", ["2023-10-01 12:00", "2025-02-01 12:00", "2026-11-20 12:00", "2026-12-31 23:59", "2028-06-01 12:00"])
def test_the_hub_of_this_repository_has_nothing_but_what_waits(as_of):
    """It is the largest set of right files that we have."""
    loaded, settings = load_village(as_of, REPOSITORY)
    found = [one for one in check_hub(loaded.hub, settings) if one.code not in ("HB501", "HB502", "HB510")]

    # Built for a moment of long ago, a text of then links to one of later.
    assert {"HB503"} >= {one.code for one in found}
    assert as_of < "2026" or not found


def test_everything_is_said_in_sentences_that_can_be_translated(tmp_path):
    """Half of our editors read French."""
    files = {
        "content/posts/a.md": text("[x](b.md)", tags="[menusierie]", date="2062-01-01"),
        "content/posts/b.md": text(draft="true", tags="[menuiserie]"),
        "content/posts/c.md": text(tags="[menuiserie]", id="post:a"),
        "content/posts/d.md": text(tags="[menuiserie]"),
        "content/pages/e.md": "---\ntitle: E\n---\n\nx\n",
    }
    loaded, settings = load_village(root=write(tmp_path, files))
    found = list(check_hub(loaded.hub, settings))

    assert {"HB310", "HB313", "HB315", "HB501", "HB502", "HB504", "HB505"} == {one.code for one in found}
    assert all(isinstance(half, Said) or half == "" for one in found for half in (one.found, one.wanted))


def test_while_a_file_cannot_be_read_nothing_is_called_unused(tmp_path):
    """It may be the very file that links there; one fault, one message."""
    loaded, settings = load_village(root=write(tmp_path, {"content/pages/e.md": "---\ntitle: E\n---\n\nx\n"}))

    assert ["HB505"] == [one.code for one in check_hub(loaded.hub, settings)]
    assert [] == list(check_hub(loaded.hub, settings, is_whole=False))


def large(items):
    """Return a hub of so many posts and events over ten years, with links, tags and pictures, and the village's settings."""
    loaded, settings = load_village()
    post, event = loaded.hub.by_id["post:le-puits"], loaded.hub.by_id["event:fete"]
    assert isinstance(event.facts, EventFacts)
    made = []
    for n in range(items):
        pattern = event if n % 10 == 0 else post
        when = moment("2016-01-01 10:00") + timedelta(hours=n * 80_000 // items)
        links = (*(f"/posts/billet-{(n * 7 + k) % items}/" for k in range(3)), f"/media/{n % 500}.png")
        tags = (f"sujet {n % 200}", f"rare {n}" if n % 5 == 0 else "atelier", "réparer")
        times = (Occurrence(when, when + timedelta(hours=2), "Europe/Paris"),) if pattern is event else ()
        made.append(
            replace(
                pattern, id=f"{pattern.kind}:{n}", source=f"{pattern.kind}s/{when.year}/billet-{n}.md", slug=f"billet-{n}", address=f"/posts/billet-{n}/",
                title=f"Billet {n}", published=when, tags=tags, body=replace(pattern.body, links=links), occurrences=times, original="",
                places={name: (number, 8, 10) for number, name in enumerate(("title", "date", "tags", "starts", "ends", "authors"), 2)},
            )
        )  # fmt: skip
    media = tuple(Media(f"content/pictures/{n}.png", f"/media/{n}.png", "", 1, 1) for n in range(500))
    return replace(loaded.hub, items=tuple(made), hidden=(), media=media, as_of=moment("2026-03-20 12:00")), settings


def took(items):
    hub, settings = large(items)
    best = 9.0
    for _ in range(3):
        start = process_time()
        found = list(check_hub(hub, settings))
        best = min(best, process_time() - start)
    assert [] == [one for one in found if one.level > Level.NOTE]
    return best


@pytest.mark.long
def test_a_large_hub_is_soon_checked():
    """It is done at each build, also where one word of one file has changed; the bound is ten times what it takes."""
    assert took(5_000) < 1.0


@pytest.mark.long
def test_twice_the_hub_takes_twice_the_time():
    """A check that compares everything with everything is found by the community that can least bear it."""
    few, many = took(2_000), took(8_000)

    assert many < few * 4 * 2 + 0.02
