"""What all layouts write alike: front matter, the links of a text, and the frame around each page of the rivals."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Mapping
from pathlib import Path

from benchmarks.corpus import Post
from benchmarks.prose import LINK

TEMPLATES = Path(__file__).resolve().parent.parent / "templates"

#: What stands in the settings and in the template of every layout, to be changed by a scenario.
NAME = "Atelier 0"
NOTE = "Note 0."


def fresh(folder: Path) -> Path:
    """Return the folder, empty."""
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    return folder


def write(file: Path, text: str) -> None:
    """Write a file of UTF-8, with its folders."""
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(text, encoding="utf-8", newline="\n")


def folder_of(post: Post) -> str:
    """Return the folder in which every layout keeps a post."""
    return "events" if post.starts else "posts"


def front(fields: Mapping[str, str]) -> str:
    """Return front matter, each value as it stands."""
    return "---\n" + "".join(f"{key}: {value}\n" for key, value in fields.items()) + "---\n\n"


def quoted(text: str) -> str:
    """Return a text that YAML and JSON read as one."""
    return '"' + text.replace("\\", "\\\\").replace('"', '\\"') + '"'


def text_of(post: Post, link: Callable[[str], str]) -> str:
    """Return a post's Markdown; *link* makes a target of ``posts/p000012``.  A program without events is told the moment in the text."""
    first, *rest = post.body.split(f"]({LINK}")
    body = first + "".join("](" + link(name) + ")" + after for name, _, after in (part.partition(")") for part in rest))
    return f"**{post.starts:%Y-%m-%d %H:%M}**\n\n{body}" if post.starts else body


def framed(words: Mapping[str, str]) -> str:
    """Return the frame of a page with the expressions of one program in the places of ``@title@`` and its like."""
    page = (TEMPLATES / "frame" / "base.html").read_text(encoding="utf-8")
    for name, expression in words.items():
        page = page.replace(f"@{name}@", expression)
    return page


def copy_theme(into: Path) -> None:
    """Copy the files that every page names: the style and the icon."""
    into.mkdir(parents=True, exist_ok=True)
    for name in ("site.css", "favicon.svg"):
        shutil.copyfile(TEMPLATES / "frame" / name, into / name)
