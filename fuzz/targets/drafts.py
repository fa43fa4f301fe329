"""Any bytes as the file of any kind, in either dialect: a draft, or problems at their places; nothing active in what members get."""

from __future__ import annotations

from html.parser import HTMLParser

from handbill.errors import Level
from handbill.kinds import KINDS
from handbill.reading.draft import Terms
from handbill.reading.drafting import read_draft

SEEDS = ("tests/sites/village/**/*.md", "content/**/*.md", "events/**/*.md", "newsletters/*.md")
HEADS = (0, 1, 2, 3, 4, 5, 6, 128, 130, 131)
WORDS = (
    "---\n", "\n---\n", "starts: 2026-05-01 18:00\n", "recurrence: {rule: FREQ=WEEKLY}\n", "venue: {name: x}\n", "disclosure: {paid: true}\n", "](", "![", "[^1]",
    "```\n", "<div>", "<script>", "javascript:", "&#", "::: ", "| a |\n| - |\n", "> [!NOTE]\n", "!!! note\n", "    ", "{: #x}", "*[a]: b", "\n===\n",
)  # fmt: skip
MOST_BYTES = 3000

_TERMS = {one: Terms(one, "Europe/Paris", ("fr", "en"), 512 * 1024, followed=2030) for one in ("github", "python-markdown")}


def one(raw: bytes) -> None:
    """Read what follows the first byte, which says of which kind it is and in which dialect."""
    kind, dialect = KINDS[raw[0] % len(KINDS)] if raw else KINDS[0], "python-markdown" if raw and raw[0] & 128 else "github"
    draft, problems = read_draft(f"{kind.folder}/essai.md", raw[1:], kind, _TERMS[dialect])
    has_errors = any(one.level is Level.ERROR for one in problems)
    assert draft is not None or has_errors
    for problem in problems:
        assert problem.found
        assert problem.line >= 0
        assert str(problem)
    if draft is not None:
        assert draft.is_broken <= has_errors
        check_inert(draft.body.html)


#: What a browser would run, fetch or frame, and what changes the page around a text.
_ACTIVE = frozenset({"script", "style", "iframe", "object", "embed", "applet", "base", "link", "meta", "form", "button", "svg", "math", "template", "frame", "frameset", "audio", "video", "source", "track", "portal"})  # fmt: skip
_CARRIERS = frozenset({"href", "src", "action", "formaction", "srcset", "data", "poster", "background", "cite", "xlink:href", "ping"})


def check_inert(html: str) -> None:
    """Make sure that HTML can only be content, as a reader sees it who knows nothing of our cleaner."""
    reader = _Reader(convert_charrefs=True)
    reader.feed(html)
    reader.close()


class _Reader(HTMLParser):
    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        assert tag not in _ACTIVE, tag
        for name, value in attrs:
            assert not name.startswith("on"), name
            assert name != "style"
            if name in _CARRIERS:
                plain = "".join((value or "").split()).lower()
                assert not plain.startswith(("javascript:", "vbscript:", "data:", "blob:", "file:")), plain

    def handle_comment(self, data: str) -> None:  # noqa: ARG002 - as the class wants it
        raise AssertionError("a comment")
