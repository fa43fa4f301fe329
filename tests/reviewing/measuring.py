"""How long the facts of people, sites elsewhere, pictures and third parties take in a hub of 5,000 items; measured, never a test.

``python -m tests.reviewing.measuring`` prints the processor time of each subject in seconds: the best of five.
"""

from __future__ import annotations

import pickle
from dataclasses import replace
from pathlib import Path
from tempfile import TemporaryDirectory
from time import process_time

from tests.hubs import load_village, options, village

from handbill.hub.hub import Hub
from handbill.reviewing import outside, people, pictures, third_parties

ITEMS = 5000


def many(hub: Hub, number: int) -> Hub:
    """Return a hub of so many posts: half with a credit of their own, each with three links elsewhere, a tenth with a picture."""
    post = next(item for item in hub.items if item.slug == "le-puits")
    words = "<p>" + "atelier machine colle roue main vélo plan samedi outil fil " * 40 + "</p>\n"
    items = []
    for n in range(number):
        links = "".join(f'<p><a href="https://site{(n * 7 + k) % 2000}.example.org/p/{n}?a=1&amp;b={k}">lien</a></p>' for k in range(3))
        shown = post.body.html if n % 10 == 0 else ""
        body = replace(post.body, html=words + links + shown)
        named = (replace(post.credits[0], name=f"Nom {n}", person=None),) if n % 2 else post.credits
        items.append(replace(post, id=f"post:{n}", slug=f"p{n}", source=f"content/posts/p{n:05}.md", body=body, credits=named))
    return replace(hub, items=(*hub.items, *items))


def main() -> None:
    """Print what each subject takes."""
    with TemporaryDirectory() as folder:
        root = village(Path(folder))
        loaded, settings = load_village(root=root)
        hub = many(loaded.hub, ITEMS)
        for subject in (people, outside, pictures, third_parties):
            times = []
            for _ in range(5):
                begun = process_time()
                found = subject.facts(hub, settings, options(root), root)
                made = process_time()
                assert () == subject.changes(found, found)
                times.append((made - begun, process_time() - made))
            name, size = subject.__name__.rpartition(".")[2], len(pickle.dumps(found))
            best, compared = (min(kept) for kept in zip(*times, strict=True))
            print(f"{name:14} facts {best:.3f} s, changes {compared:.3f} s, {size:,} bytes")  # noqa: T201 - what it is for


if __name__ == "__main__":
    main()
