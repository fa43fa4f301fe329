"""Any text as the target of a link or of a picture: an address of the hub, or why it leads nowhere; never a path out of it."""

from __future__ import annotations

import posixpath

from handbill.reading.links import Broken, Links, Target

SEEDS = ("tests/broken/links.txt",)
LINES = True
WORDS = ("../", "..%2f", "%2e%2e/", "..\\", "/", "//", "a.md", "#la-fin", "?plain=1", "foire.md", "events/2026/", "https://hub.example/", "mailto:", "%00", "%", "\u2025", "ﬁ", "index.html", "été 1.png", "file:///")  # fmt: skip
MOST_BYTES = 300

_KNOWN = {"/posts/a/", "/events/foire/", "/media/pictures/ete-1.png", "/posts/vieux/"}
_LINKS = Links(
    {"content/posts/a.md": Target("/posts/a/", frozenset({"la-fin"})), "events/2026/foire.md": Target("/events/foire/")},
    {"content/pictures/été 1.png": Target("/media/pictures/ete-1.png")},
    None,
    {"/vieux/": "/posts/vieux/"},
    {"content/posts/a.md": "Un titre"},
)


def one(raw: bytes) -> None:
    """Resolve *raw* as written in a post."""
    written = raw.decode("utf-8", "replace")
    for is_picture in (False, True):
        answer = _LINKS.resolve(written, "content/posts/b.md", is_picture)
        if isinstance(answer, Broken):
            assert answer.found
            assert answer.wanted
            assert answer.code.startswith("HB3")
        else:
            address = answer.partition("#")[0]
            assert address in _KNOWN
            assert posixpath.normpath(address).rstrip("/") == address.rstrip("/")
