"""Any bytes as a text file: its front matter is read or refused in words, and read alike by the short way and by the engine."""

from __future__ import annotations

from unittest import mock

from handbill.hub.clean import FORBIDDEN
from handbill.hub.nodes import Desk, Table
from handbill.reading import files
from handbill.reading.yaml_simple import simple_table

SEEDS = ("tests/sites/village/**/*.md", "tests/sites_broken/*/content/**/*.md")
WORDS = ("---\n", "\n---\n", "title: ", "date: ", "tags: [", "&a ", "*a", "!!", "<<: ", "? ", "|\n  ", ">\n  ", "\\x", "{a: ", "'", '"', " #")  # fmt: skip


def one(raw: bytes) -> None:
    """Read *raw*."""
    desk = Desk("post.md", "Europe/Paris")
    text = files.decode(raw, desk)
    parsed = files.split(text, desk) if text is not None else None
    assert parsed is not None or desk.has_errors
    for problem in desk.problems:
        assert problem.found
        assert problem.wanted
        assert problem.line >= 1
        assert str(problem)
    if parsed is None or text is None:
        return
    table, body, line = parsed
    assert not FORBIDDEN.search(repr(table) + body)
    assert 1 <= line <= text.count("\n") + 2
    short = simple_table(text)
    assert short is None or short == _by_the_engine(text)
    front = text.partition("\n")[2].partition("\n---")[0]
    short = simple_table(front)
    assert short is None or short == _by_the_engine(front)


def _by_the_engine(text: str) -> Table:
    with mock.patch.object(files, "simple_table", return_value=None):
        return files.read_yaml(text)
