"""The first comment of every template → the page of the handbook that lists what each shows and which blocks may be overridden."""

from __future__ import annotations

import re
from pathlib import Path

from handbill.outputs.handbook_fields import NOTE

_COMMENT = re.compile(r"\{#\s*(.*?)\s*#\}", re.DOTALL)
_BLOCKS = re.compile(r"\s*(?:Overridable|Blocks to override): (.*?)\.\s*$", re.DOTALL)
_EXTENDS = re.compile(r'\{%-? extends "([^"]+)"')


def templates_page(folder: Path) -> str:
    """Return the page of the templates in *folder*: those that are pages, then the parts that they share."""
    files = sorted(folder.glob("*.html"))
    parts = sorted((folder / "parts").glob("*.html"))
    return "\n".join([
        "---\ndescription: Every template of the theme, what it shows, and the blocks that a community may override\n---\n",
        NOTE,
        "# Templates\n",
        "How to override one is told in [The theme](../developers/theme.md). "
        "A page has its own blocks and those of the frame that it extends.\n",
        "## Pages\n",
        "| template | shows | extends | blocks |",
        "| --- | --- | --- | --- |",
        *(_row(file, f"`{file.name}`") for file in files),
        "",
        "## Parts\n",
        "Overridden as a whole, by a file of the same name.\n",
        "| part | shows | extends | blocks |",
        "| --- | --- | --- | --- |",
        *(_row(file, f"`parts/{file.name}`") for file in parts),
        "",
    ])  # fmt: skip


def shown_and_blocks(text: str) -> tuple[str, tuple[str, ...]]:
    """Return what a template's first comment says that it shows, and the blocks that it names."""
    found = _COMMENT.match(text)
    comment = " ".join(found[1].split()) if found else ""
    blocks = _BLOCKS.search(comment)
    names = re.sub(r"\([^)]*\)", "", blocks[1]).split(",") if blocks else []
    return (comment[: blocks.start()] if blocks else comment).strip(), tuple(name.strip() for name in names)


def _row(file: Path, name: str) -> str:
    text = file.read_text(encoding="utf-8")
    shown, blocks = shown_and_blocks(text)
    extended = _EXTENDS.search(text)
    above = f"`{extended[1]}`" if extended else ""
    return f"| {name} | {shown.replace('|', '&#124;')} | {above} | {', '.join(f'`{one}`' for one in blocks)} |"
