"""Someone who does not want to be listed is on no page, in no list, feed, search or picture of the whole hub.

Under a text of one's own the name stays, as the handbook says (`listed`), and
nothing of the person besides.
"""

from __future__ import annotations

import re
import zlib
from pathlib import Path

import pytest
from tests.hubs import files_of, options, text, village, write

from handbill.pipeline import build

NAME, SLUG = "Zélie Sans-Page", "zelie"
PERSON = """---
title: Zélie Sans-Page
listed: false
roles: [ferronnerie-secrete]
joined: 2024-02-03
picture: ../pictures/portrait-zelie.png
picture_alt: Zélie devant la forge
links:
  - label: Carnet de Zélie
    url: https://zelie.example/
---

Zélie garde la clé de la forge.
"""

#: What only the file of the person says.
WORDS = ("ferronnerie-secrete", "zelie.example", "Carnet de Zélie", "garde la clé", "devant la forge", "portrait-zelie", "people/zelie")


def built(folder: Path, files: dict[str, str | bytes]) -> dict[str, str]:
    """Return everything that members of the village get, unpacked, when these files are in it."""
    root = write(village(folder), files)
    write(root, {"content/pictures/portrait-zelie.png": (root / "content/pictures/puits.png").read_bytes()})
    build(options(root))
    return {name: readable(content) for name, content in files_of(root / "public").items()}


def readable(content: bytes) -> str:
    """Return a file as text; what the search loads is packed."""
    if content[:2] == b"\x1f\x8b":
        content = zlib.decompress(content, 31)
    return content.decode("utf-8", "replace")


@pytest.fixture(scope="module")
def nameless(tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    """Return the village with a person who is not listed and has written nothing."""
    return built(tmp_path_factory.mktemp("nameless"), {f"content/people/{SLUG}.md": PERSON})


@pytest.fixture(scope="module")
def author(tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    """Return the village with a person who is not listed and has written a post, spoken and been written about."""
    files: dict[str, str | bytes] = {
        f"content/people/{SLUG}.md": PERSON,
        "content/posts/forge.md": text("La forge est chaude.", title="La forge", authors=f"[{SLUG}]"),
        "newsletters/9.md": text("Une lettre.", title="N° 9", number="9", subject="Neuf", date="2026-03-10", sections="[posts, people]"),
    }
    return built(tmp_path_factory.mktemp("author"), files)


def holding(files: dict[str, str], words: str) -> list[str]:
    """Return the files in which these words stand, whatever stands for their accents."""
    escaped = words.encode("ascii", "backslashreplace").decode().replace("\\x", "\\u00")
    return [name for name, content in files.items() if words in content or escaped in content or words in name]


def test_what_is_looked_for_can_be_found(nameless, author):
    """If words were packed away, everything below would pass for ever."""
    assert "people/ada/index.html" in nameless
    for known in ("Ada Puits", "Ada tient la fontaine", "ada.example"):
        assert holding(nameless, known)
    assert [name for name in holding(nameless, "fontaine") if name.startswith("pagefind/fragment/")]
    assert "posts/forge/index.html" in author


@pytest.mark.parametrize("word", WORDS)
def test_nothing_of_the_person_is_anywhere(nameless, author, word):
    """Neither page, nor portrait, nor roles: a search engine keeps what it has seen once."""
    assert [] == holding(nameless, word)
    assert [] == holding(author, word)


def test_a_person_who_has_done_nothing_is_not_even_named(nameless):
    """The file alone makes nobody public."""
    assert [] == holding(nameless, "Zélie")


def test_the_name_under_a_text_is_a_name_and_nothing_more(author):
    """No link, no portrait, and no list of people, also in a letter."""
    page = author["posts/forge/index.html"]

    assert NAME in page
    assert not re.search(rf"<a[^>]*>\s*{NAME}", page)
    assert not [name for name in holding(author, NAME) if name.startswith(("people/", "tags/", "archives/", "events/", "contests/"))]
    assert not [name for name in holding(author, NAME) if name.startswith("newsletters/9/")]
