"""Only what is in version history can be proposed to be changed."""

from __future__ import annotations

import subprocess

from tests.hubs import write

from handbill.proposals.tracked import tracked


def test_files_that_git_knows_are_told_whatever_they_are_called(tmp_path):
    """A name with an accent that came back as numbers would belong to nobody."""
    write(tmp_path, {"content/posts/été.md": "x", "a b.txt": "x", "left.txt": "x"})
    assert () == tracked(tmp_path)

    for words in (("init", "-q"), ("add", "hub.toml", "content", "a b.txt")):
        subprocess.run(["git", "-C", str(tmp_path), *words], check=True)
    assert ("a b.txt", "content/posts/été.md", "hub.toml") == tracked(tmp_path)
