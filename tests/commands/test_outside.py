"""The command links, as it is typed."""

import json

import pytest
from tests.hubs import run, text, write
from tests.outside.sites import site


@pytest.fixture
def root(tmp_path):
    with site() as own:
        yield write(tmp_path, {"content/posts/a.md": text(f"[b]({own.url('/status/410')})")})


def test_links_tells_what_is_dead_and_stops_nothing(root, capsys):
    """It is advice: a page of somebody else must not keep a hub from being published."""
    code, out, _ = run(capsys, "--root", root, "links", "--local", "--as-of", "2026-03-20")

    assert 0 == code
    assert "no such page (410)" in out
    assert "content/posts/a.md:6" in out


def test_links_tells_programs(root, capsys):
    """A list that people sort."""
    code, out, _ = run(capsys, "--root", root, "links", "content/posts", "--local", "--json", "--as-of", "2026-03-20")

    assert (0, ["gone"]) == (code, [one["outcome"] for one in json.loads(out)["links"]])


def test_in_a_run_of_a_forge_its_page_tells_it_too(root, capsys, monkeypatch, tmp_path):
    """Nobody opens the log of a job that is green."""
    monkeypatch.setenv("GITHUB_STEP_SUMMARY", str(tmp_path / "summary.md"))

    run(capsys, "--root", root, "links", "--local", "--as-of", "2026-03-20", lang="")

    assert "1 lien ne mène nulle part" in (tmp_path / "summary.md").read_text(encoding="utf-8")


def test_without_being_told_to_the_inside_is_not_asked(root, capsys):
    """A proposal may hold any address."""
    _, out, _ = run(capsys, "--root", root, "links", "--as-of", "2026-03-20")

    assert "an address that is not on the open network" in out
