"""The preview's script, and the pages that it is put into on their way out."""

from __future__ import annotations

import html
from pathlib import Path
from typing import NamedTuple

#: Where a browser finds the script.
SCRIPT = "/__handbill/live.js"

_FILES = tuple(Path(__file__).with_name(f"{name}.js") for name in ("place", "patch", "live"))


class Place(NamedTuple):
    """Where the site of a page begins, and whether the page stands for one that is missing."""

    base: str
    is_missing: bool = False


def with_script(page: bytes, version: str, place: Place | None = None) -> bytes:
    """Return *page* with the preview's script at the end of its body; a page without a *place* is none of the site."""
    of_site = f' data-base="{html.escape(place.base)}"{" data-missing=1" * place.is_missing}' if place else ""
    tag = f'<script src="{SCRIPT}" data-version="{version}"{of_site}></script>'.encode()
    end = page.lower().rfind(b"</body")
    return page + tag if end < 0 else page[:end] + tag + page[end:]


def script() -> bytes:
    """Return the script, which leaves nothing of its own among the names of a page."""
    parts = "\n".join(file.read_text(encoding="utf-8") for file in _FILES)
    return f'(() => {{\n"use strict";\n\n{parts}}})();\n'.encode()
