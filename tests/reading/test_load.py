"""A repository becomes a hub, with every problem of every file, whatever helps or hinders the reading."""

import pytest
from tests.hubs import load_village, moment, settled_village, text, write

from handbill.reading.cache import Cache
from handbill.reading.load import CREW_FROM, load
from handbill.settings import read_settings


def test_the_cache_changes_nothing_but_the_time(tmp_path):
    """A warm build must give the bytes of a cold one."""
    settings = read_settings(settled_village())
    cold = load(settings, moment("2026-03-20 12:00"), None)
    cache = Cache(tmp_path / "c", "1")
    load(settings, moment("2026-03-20 12:00"), cache)
    cache.save()
    warm = load(settings, moment("2026-03-20 12:00"), Cache(tmp_path / "c", "1"))

    assert (cold.hub, cold.problems) == (warm.hub, warm.problems)
    assert (14, 0) == (cold.read, warm.read)


def test_many_processes_read_what_one_reads(tmp_path):
    """The number of cores must not show."""
    root = write(tmp_path, {f"content/posts/{n:03}.md": text(f"Voir [l'autre]({(n + 1) % CREW_FROM:03}.md).", tags=f"[t{n % 7}]") for n in range(CREW_FROM)})

    alone, together = (load_village(root=root, jobs=jobs)[0] for jobs in (1, 3))
    assert alone.hub == together.hub
    assert CREW_FROM == len(together.hub.items)


def test_drafts_are_shown_only_when_asked_for():
    """`serve` shows them to the writer, the public build to nobody."""
    settings = read_settings(settled_village())

    assert "post:brouillon" not in load(settings, moment("2026-03-20 12:00"), None).hub.by_id
    assert "post:brouillon" in load(settings, moment("2026-03-20 12:00"), None, drafts=True).hub.by_id


def test_a_picture_beyond_the_budget_is_refused(tmp_path):
    """A phone's photo of 20 MB would be mailed to everyone's data plan."""
    root = write(tmp_path, {"hub.toml": '[hub]\nname = "E"\nbase_url = "https://e.example/"\n[budget]\npicture_kb = 1\n', "content/posts/p.png": b"x" * 2000})

    problems = load_village(root=root)[0].problems
    assert ["HB106"] == [one.code for one in problems]
    assert "picture_kb" in problems[0].wanted


def test_both_dialects_read_the_village():
    """Neither may drop a file of the other's."""
    github, python = (load_village(dialect=dialect)[0] for dialect in ("github", "python-markdown"))

    assert [item.id for item in github.hub.items] == [item.id for item in python.hub.items]
    assert () == github.problems == python.problems


@pytest.mark.parametrize("name", ["a.md", "b.md"])
def test_the_order_of_problems_is_by_file_and_place(tmp_path, name):
    """The same faults are told in the same order everywhere."""
    root = write(tmp_path, {"content/posts/b.md": text(draft="x", slug="Y"), "content/posts/a.md": text(titel="x")})

    told = load_village(root=root)[0].problems
    assert list(told) == sorted(told, key=lambda one: one.order)
    assert name in " ".join(one.path for one in told)
