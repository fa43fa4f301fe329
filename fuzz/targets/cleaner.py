"""Any Markdown without a tag of its writer's: what is known letter for letter reads as the cleaner would have written it."""

from __future__ import annotations

import re

from fuzz.targets.drafts import check_inert

from handbill.reading.body import clean, read_body
from handbill.reading.depth import TooDeep
from handbill.reading.markdown import Unreadable, engine

SEEDS = ("content/**/*.md", "tests/sites/village/**/*.md")
HEADS = (0, 1, 2, 128, 129, 130)
WORDS = ("](", "![", "[^1]", "[^1]: ", "```", "| a |\n| - |\n", "> [!NOTE]\n", "!!! note\n", "- [ ] ", "\n---\n", "https://", "www.", "@a.example", "&amp;", "&nbsp;", "<", ">", "{#a}", '"')  # fmt: skip
MOST_BYTES = 2000

_TAG = re.compile("<[A-Za-z/!?]")


def one(raw: bytes) -> None:
    """Render what follows the first byte, which says in which dialect and language, and clean it in both ways."""
    head, text = raw[:1], raw[1:].decode("utf-8", "ignore").replace("\r", "\n")
    text = re.sub("[\x00-\x08\x0b-\x1f\x7f-\x9f\ufeff\ufffe\uffff]", "", text)
    dialect = "python-markdown" if head and head[0] & 128 else "github"
    lang = ("", "fr", "en")[head[0] % 3] if head else ""
    try:
        rendered = engine(dialect)(text)
        slow = read_body(rendered, lang)
    except (TooDeep, RecursionError, Unreadable):
        # All of these are refusals of a text, with its place.
        return
    check_inert(slow.body.html)
    written = clean(rendered)
    assert clean(written) == written
    if not _TAG.search(text) and "&#" not in text:
        quick = read_body(rendered, lang, is_tame=True)
        assert (quick.body, quick.pictures, quick.remote, quick.anchors, quick.bare, quick.inner) == (
            slow.body, slow.pictures, slow.remote, slow.anchors, slow.bare, slow.inner,
        )  # fmt: skip
