"""The links that lead nowhere are found as they are written, so that they can be taken out."""

from __future__ import annotations

from tests.hubs import load_village, text, write

from handbill.importing.lost import lost_links

BODY = (
    "## Un\n\n[a](#un) [b](#deux) [c](nulle-part.md) [d](b.md#nulle-part) [e](mailto:) [f](hhttps://x.example/) [g](https://x.example/)\n"
    "[h](https://essai.example/rien/) [i](mailto:bonjour@essai.example) ![j](data:image/png;base64,AA) [k](matrix:r/x) [l](b.md)\n"
)


def test_every_way_of_leading_nowhere_is_found(tmp_path):
    """What is missed keeps the whole text out of the hub."""
    root = write(tmp_path, {"content/posts/a.md": text(BODY), "content/posts/b.md": text(title="B")})
    loaded, settings = load_village(root=root)

    found = lost_links({"content/posts/a.md": ("post", BODY)}, root, loaded, settings)

    whole = {"nulle-part.md", "hhttps://x.example/", "https://essai.example/rien/", "data:image/png;base64,AA"}
    assert {"content/posts/a.md": {**dict.fromkeys(whole, True), "b.md#nulle-part": False, "#deux": False, "mailto:": False}} == found
