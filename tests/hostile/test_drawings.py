"""A drawing as SVG is a program with a picture's name: none is published, whatever its file is called and wherever it lies."""

from __future__ import annotations

from tests.cases import for_each
from tests.hostile.payloads import FOLDER, in_file
from tests.hubs import options, text, write

from handbill.errors import Level
from handbill.outputs.handbook_sources import BESIDE, PAGES
from handbill.pipeline import build, check
from handbill.reading.forms import FOREIGN, FORMATS
from handbill.reading.media import read_media

DRAWINGS = [
    one.text.encode("utf-8") if one.text[:1] not in "\x89RB" else one.text.encode("latin-1")
    for one in in_file(FOLDER.parent / "drawings.txt")
]


@for_each("ending", [*FORMATS, *FOREIGN, ".SVG", ".Png"])
def test_no_drawing_is_published_under_any_ending(ending):
    """What a server says of a file is its ending, and what a browser runs is its bytes."""
    raws = {f"content/posts/{number}{ending}": raw for number, raw in enumerate(DRAWINGS)}
    problems = []

    assert {} == read_media(raws, raws, None, problems)
    assert {*raws} == {one.path for one in problems if one.level is Level.ERROR}
    assert 30 <= len(DRAWINGS)


def test_a_hub_with_drawings_says_each_by_name_and_publishes_none(tmp_path):
    """Under endings of pictures they stop the build; under others they are left where they lie."""
    endings = [".svg", ".png", ".html", ".xml", ".svg.md.txt", ".xhtml", ".js"]
    files = {
        f"{folder}/d{number}{ending}": raw
        for number, raw in enumerate(DRAWINGS)
        for folder, ending in zip(("content/posts", "events", "newsletters", "content/pages") * 2, endings, strict=False)
    }
    root = write(tmp_path, {"content/posts/a.md": text(), **files})

    told = {one.path: one.level for one in check(options(root))}
    assert {*files} <= {*told}
    for path, level in told.items():
        if level is Level.ERROR:
            (root / path).unlink()
    build(options(root))

    assert [] == [file for file in (root / "public").rglob("*") if file.is_file() and file.read_bytes() in DRAWINGS]


def test_no_drawing_lies_beside_the_pages_of_a_handbook():
    """Nor anything else that a browser runs when its address is opened."""
    assert "handbook" == PAGES
    assert set() == {*BESIDE} & {
        ".svg",
        ".svgz",
        ".html",
        ".htm",
        ".xhtml",
        ".xml",
        ".xsl",
        ".js",
        ".mjs",
        ".mhtml",
        ".shtml",
        ".wasm",
        ".swf",
        ".hta",
    }
