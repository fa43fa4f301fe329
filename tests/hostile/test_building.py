"""Hubs that nobody wrote: what was planned is what comes out, and every link in it leads somewhere."""

import shutil

import pytest
from tests.hostile.building import look
from tests.hostile.invented import invented, lay
from tests.hostile.leading import dead_ends, odd_names, unlike_plan, unreadable
from tests.hubs import files_of, options

from handbill.pipeline import build


@pytest.mark.parametrize("number", range(5))
def test_a_hub_that_was_made_up_is_built_as_planned(number, tmp_path):
    """A page that is missing, or one too many, is how a fault in a plan shows; readers find it first."""
    assert [] == look(number, tmp_path)


@pytest.mark.long
@pytest.mark.parametrize("first", range(100, 160, 10))
def test_many_hubs_that_were_made_up_are_built_as_planned(first, tmp_path):
    """Most faults need two rare things at once; ``python -m tests.hostile.building`` builds a thousand."""
    assert [] == [one for number in range(first, first + 10) for one in look(number, tmp_path)]


def test_what_is_wrong_with_a_site_is_seen(tmp_path):
    """Whoever looks and sees nothing proves nothing."""
    hub = invented(2)
    root = lay(hub, tmp_path / "hub")
    build(options(root, hub.as_of))
    files = files_of(root / "public")
    shutil.rmtree(root)
    base = next(line.split('"')[1] for line in str(hub.files["hub.toml"]).splitlines() if line.startswith("base_url"))
    page = next(path for path in files if path.startswith(("posts/", "events/")))
    feed = next(path for path in files if path.endswith("rss.xml"))
    calendar = next(path for path in files if path.endswith(".ics"))

    assert [] == [*dead_ends(files, base), *unreadable(files), *odd_names(files), *unlike_plan(files, files)]
    without = {path: raw for path, raw in files.items() if path != page}
    assert [f"missing: {page}"] == list(unlike_plan(files, without))
    assert [f"not planned: {page}"] == list(unlike_plan(without, files))
    assert any("no such page" in one for one in dead_ends(without, base))
    assert any(
        "no such place" in one
        for one in dead_ends({**files, page: files[page].replace(b' id="', b' data-id="') + b'<a href="#main">x</a>'}, base)
    )
    assert any(
        "leads out of the hub" in one
        for one in dead_ends({**files, page: b'<a href="https://essai.example/../x">x</a>'}, "https://essai.example/hub/")
    )
    assert [feed] == [one.partition(":")[0] for one in unreadable({**files, feed: files[feed][:-9]})]
    assert [calendar] == [one.partition(":")[0] for one in unreadable({**files, calendar: files[calendar][:-9]})]
    assert ["alike: b and B", "odd: a b"] == sorted(odd_names(["a b", "b", "B"]))


def test_hubs_that_were_made_up_have_something_of_everything():
    """A generator that runs dry builds a thousand empty sites."""
    hubs = [invented(number) for number in range(60)]
    paths = [path for hub in hubs for path in hub.files]
    texts = "\n".join(str(raw) for hub in hubs for raw in hub.files.values())

    for folder in (
        "content/posts/",
        "content/pages/",
        "content/people/",
        "content/places/",
        "content/contests/",
        "events/2026/",
        "newsletters/",
        "content/pictures/",
        "theme/",
    ):
        assert any(path.startswith(folder) for path in paths), folder
    assert any(path.endswith(".en.md") for path in paths)
    for sign in (
        "aliases:",
        "series:",
        "draft: true",
        "2030-01-01",
        "recurrence:",
        "picture_alt:",
        "| ---",
        "[^",
        "python-markdown",
        'posts = "billets"',
        "notre/hub/",
    ):
        assert sign in texts, sign
    assert any(hub.hidden for hub in hubs)
    assert invented(7).files == invented(7).files
