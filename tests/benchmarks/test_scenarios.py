"""What happens between two builds."""

import pytest
from benchmarks.contestants import CONTESTANTS
from benchmarks.corpus import Order, corpus
from benchmarks.scenarios import SCENARIOS, prepare

OURS = next(one for one in CONTESTANTS if one.name == "handbill-site")


@pytest.fixture
def laid(tmp_path):
    """Return a small hub and its posts."""
    found = corpus(Order(posts=60, events=0.2))
    OURS.lay(tmp_path / "hub", found)
    return tmp_path / "hub", found


def files(folder):
    return {file: file.read_bytes() for file in folder.rglob("*") if file.is_file() and ".git" not in file.parts}


def changed(folder, scenario, found, turn=0):
    """Return which files a scenario changes."""
    before = files(folder)
    prepare(scenario, OURS, folder, found, turn)
    after = files(folder)
    assert before.keys() == after.keys()
    return {file.relative_to(folder).as_posix() for file in after if after[file] != before[file]}


def test_each_scenario_changes_what_it_says_and_nothing_else(laid):
    """A scenario that changes too much flatters nobody, one that changes nothing flatters us."""
    folder, found = laid

    assert set() == changed(folder, "nothing", found) | changed(folder, "due", found)
    assert {OURS.template} == changed(folder, "template", found)
    assert {OURS.settings} == changed(folder, "setting", found)
    edited = changed(folder, "edited", found)
    assert 1 == len(edited)
    assert edited != changed(folder, "edited", found, 1)


def test_a_tag_is_renamed_in_every_item_that_has_it(laid):
    """And in no other: a word of a text, or a longer tag, is none of its business."""
    folder, found = laid
    first = changed(folder, "tag", found)
    tag = next(tag for tag in {tag for one in found.posts for tag in one.tags} if any(f"{tag}-1" in (folder / one).read_text(encoding="utf-8") for one in first))
    wanted = {("events" if one.starts else "content/posts") + f"/{one.name}.md" for one in (*found.posts, *found.scheduled) if tag in one.tags}

    assert wanted == first
    assert wanted == changed(folder, "tag", found, 1)
    assert all(f"{tag}-2" in (folder / one).read_text(encoding="utf-8") for one in wanted)


def test_from_nothing_means_without_output_and_cache(laid):
    """They go away without being removed, which would slow the next build down."""
    folder, found = laid
    for name in ("public/a.html", ".handbill/cache/x"):
        (folder / name).parent.mkdir(parents=True)
        (folder / name).write_text("x", encoding="utf-8")

    prepare("cold", OURS, folder, found, 0)
    assert not (folder / "public").exists()
    assert not (folder / ".handbill").exists()
    assert (folder / "hub.toml").is_file()


def test_every_scenario_is_known():
    """What can be asked for can be done."""
    assert ["cold", "nothing", "edited", "tag", "template", "setting", "due"] == list(SCENARIOS)
