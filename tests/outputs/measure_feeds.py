"""How long feeds of many entries take: ``python -m tests.outputs.measure_feeds [ENTRIES]`` prints seconds and megabytes.

Nothing here is a test: a test that holds a clock fails on a busy machine.
"""

from __future__ import annotations

import sys
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from time import process_time

from tests.hubs import load_village

from handbill.hub.hub import Hub
from handbill.outputs import feeds
from handbill.settings import Settings


def many(count: int) -> tuple[Hub, Settings]:
    """Return the village with as many posts, and an event after every fourth; each its richest text again under another id."""
    loaded, settings = load_village()
    post, event = loaded.hub.by_id["post:le-puits"], loaded.hub.by_id["event:fete"]
    assert post.published
    newest = post.published
    items = tuple(
        replace(
            event if number % 5 == 4 else post,
            id=f"post:p{number}",
            slug=f"p{number}",
            address=f"/blog/p{number}/",
            title=f"Titre {number}",
            published=newest - timedelta(hours=number),
        )
        for number in range(count)
    )
    return replace(loaded.hub, items=items), settings


def main(count: int) -> None:
    """Print how long planning, drawing and writing take."""
    hub, settings = many(count)
    settings = replace(settings, feed_entries=count)
    begun = process_time()
    planned = list(feeds.plan(hub, settings))
    sys.stdout.write(f"planning {len(planned)} files: {process_time() - begun:.2f} s\n")
    wanted = [one for one in planned if one.path.startswith("feeds/all.")]
    begun = process_time()
    keys = {one.key for one in wanted}
    sys.stdout.write(f"drawing {count} entries: {process_time() - begun:.2f} s ({len(keys)} forms)\n")
    for one in wanted:
        begun = process_time()
        [made] = feeds.make([one], settings, Path("nowhere"))
        assert isinstance(made.content, bytes)
        sys.stdout.write(f"{one.path}: {process_time() - begun:.2f} s, {len(made.content) / 1e6:.1f} MB\n")


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 10_000)
