"""A repository becomes a hub, with every problem of every file, whatever helps or hinders the reading."""

import pytest
from tests.hubs import load_village, moment, settled_village, text, write

from handbill.reading.cache import Cache
from handbill.reading.load import load
from handbill.reading.texts import CREW_FROM
from handbill.reading.walk import Found
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
    # One of its texts writes a <script> on purpose.
    assert [("HB118", 33)] == [(one.code, one.line) for one in github.problems] == [(one.code, one.line) for one in python.problems]


@pytest.mark.parametrize("name", ["a.md", "b.md"])
def test_the_order_of_problems_is_by_file_and_place(tmp_path, name):
    """The same faults are told in the same order everywhere."""
    root = write(tmp_path, {"content/posts/b.md": text(draft="x", slug="Y"), "content/posts/a.md": text(titel="x")})

    told = load_village(root=root)[0].problems
    assert list(told) == sorted(told, key=lambda one: one.order)
    assert name in " ".join(one.path for one in told)


def test_a_draft_cannot_hide_behind_the_id_of_another(tmp_path):
    """It would be in no list at all, and nobody would be told."""
    hub = load_village(root=write(tmp_path, {"content/posts/a.md": text(id="post:x"), "content/posts/b.md": text(id="post:x", draft="true")}))[0].hub

    assert (["content/posts/a.md"], ["content/posts/b.md"]) == ([i.source for i in hub.items], [i.source for i in hub.hidden])


def test_an_update_that_is_still_to_come_is_not_told_before(tmp_path):
    """A feed from the future is refused by readers."""
    root = write(tmp_path, {"content/posts/a.md": text(updated="2026-05-01")})

    assert load_village("2026-04-30 23:59", root)[0].hub.items[0].updated is None
    assert moment("2026-05-01 00:00") == load_village("2026-05-01 00:00", root)[0].hub.items[0].updated


def test_a_tag_without_an_address_is_told(tmp_path):
    """Dropping it in silence would lose its page and its feed."""
    problems = load_village(root=write(tmp_path, {"content/posts/a.md": text(tags='["!!!", bois]')}))[0].problems

    assert [("HB209", "tags")] == [(one.code, one.field) for one in problems]


def test_a_file_that_does_not_exist_yet_is_judged_as_if_it_did(tmp_path):
    """What `new` is about to write must pass before it is written."""
    root = write(tmp_path, {"content/people/ada.md": text(title="Ada")})
    found, raw = Found("content/posts/neuf.md", "post"), text("Voir [rien](rien.md).", authors="[adaa]").encode()

    loaded = load(read_settings(root), moment("2026-03-20 12:00"), None, unwritten=(found, raw))

    assert ["HB305", "HB301"] == [one.code for one in loaded.problems if one.path == found.source]
    assert ["/posts/neuf/"] == [item.address for item in loaded.hub.items if item.source == found.source]
    assert not (root / found.source).exists()


def test_no_problem_repeats_what_names_a_person(tmp_path):
    """An import report and a traceback show problems as they are, and stay in logs for years."""
    address = "camille.moreau@courriel-exemple.fr"
    write(tmp_path, {"content/posts/a.md": text(f"Écrivez à {address}.", draft=address)})

    loaded = load(read_settings(tmp_path), moment("2026-03-20 12:00"), None)
    assert {"HB201", "HB601"} <= {one.code for one in loaded.problems}
    assert not [one for one in loaded.problems if address in str(one)]
