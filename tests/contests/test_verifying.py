"""Contests proved from a folder, and from a hub."""

import json
from pathlib import Path

import pytest
from tests.contests.lives import ID, ORDER, beacon, contest_text, frozen, hub_with
from tests.draw.samples import archive
from tests.hubs import options, run, write

from handbill.contests.verifying import of_folder, verify
from handbill.draw.canonical import LONGEST
from handbill.draw.proof import CHECKS
from handbill.errors import WrongUse

DRAWN = "2023-08-23 18:00"


def folder(root: Path, **how: object) -> Path:
    """Return a folder as somebody downloads it, with no hub around it."""
    for name, raw in archive(**how).items():
        file = root / "downloads" / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(raw)
    return root / "downloads"


def found(one, name):
    """Return what one check says."""
    return next(check for check in one.checks if check.name == name)


@pytest.mark.parametrize("mechanism", ["draw", "jury+vote", "quiz"])
def test_a_downloaded_folder_is_proved_without_a_hub(tmp_path, mechanism):
    """A stranger has the files and this program, and nothing else."""
    (one,) = verify(str(folder(tmp_path, mechanism=mechanism)), options(tmp_path))

    assert list(CHECKS) == [check.name for check in one.checks]
    assert () == one.wrong
    assert sorted(archive(mechanism=mechanism)) == sorted(one.files)


def test_in_the_folder_itself_no_word_is_needed(tmp_path, monkeypatch):
    """Somebody unpacks, goes there and asks."""
    monkeypatch.chdir(folder(tmp_path))

    assert ["downloads"] == [one.contest for one in verify("", options(tmp_path))]


def test_what_is_no_file_of_a_contest_is_not_looked_at(tmp_path):
    """Browsers save pages and pictures beside what one wanted."""
    downloads = write(
        folder(tmp_path), {"index.html": "<p>", "page_files/pool.txt": "x", "entries/ana.json": "{}", "ballots/notes.txt": "x"}
    )
    (downloads / "hub.toml").unlink()

    one = of_folder(downloads)

    assert sorted(archive()) == sorted(one.files)
    assert () == one.wrong


def test_a_file_that_is_far_too_large_is_wrong_and_does_not_fill_the_memory(tmp_path):
    """Whoever checks runs what a stranger sent."""
    downloads = folder(tmp_path)
    with (downloads / "draw.json").open("ab") as file:
        file.truncate(8 * LONGEST)

    assert "draw" in [one.name for one in of_folder(downloads).wrong]


@pytest.mark.parametrize("word", ["", "nowhere", "ete"])
def test_where_there_is_nothing_to_prove_it_says_so(tmp_path, monkeypatch, word):
    """An empty answer would look like a proof."""
    monkeypatch.chdir(tmp_path)

    with pytest.raises(WrongUse):
        verify(word, options(tmp_path))


def test_a_folder_without_a_record_is_told_to_be_none(tmp_path):
    """Inside a hub a slip of the hand can name any folder."""
    root = hub_with(tmp_path)

    with pytest.raises(WrongUse, match=r"holds no record\.json"):
        verify(str(root / "content"), options(root))


@pytest.fixture
def drawn(tmp_path, capsys):
    """Return a hub in which the contest was drawn."""
    root = hub_with(tmp_path)
    frozen(root)
    with beacon(1000) as address:
        code, out, err = run(capsys, "--root", root, "contest", "draw", ID, "--as-of", DRAWN, "--beacon", address)
    assert 0 == code, out + err
    return root


@pytest.mark.parametrize("word", ["", ID, f"content/contests/{ID}.md"])
def test_a_contest_of_a_hub_is_proved_with_what_its_text_says(drawn, word, monkeypatch):
    """Its organiser sees before all others whether text and record belong together."""
    monkeypatch.chdir(drawn)

    (one,) = verify(word, options(drawn, DRAWN, no_cache=True))

    assert (ID, ()) == (one.contest, one.wrong)
    assert found(one, "terms").is_right is True


def test_a_text_that_promises_something_else_than_was_announced_is_found(drawn):
    """The page would show another prize than the rules under which people entered."""
    write(drawn, {f"content/contests/{ID}.md": contest_text(substitutes="5")})

    (one,) = verify(ID, options(drawn, DRAWN, no_cache=True))

    assert ["terms"] == [check.name for check in one.wrong]
    assert f"content/contests/{ID}.md: substitutes is “5”, and “2” was announced" == found(one, "terms").found


def test_a_record_without_its_text_is_proved_all_the_same(drawn):
    """What was drawn stays provable when somebody takes the page away."""
    (drawn / f"content/contests/{ID}.md").unlink()

    (one,) = verify(ID, options(drawn, DRAWN, no_cache=True))

    assert () == one.wrong
    assert found(one, "terms").is_right is None


def test_a_damaged_archive_is_told_in_full_and_not_refused(drawn):
    """Other commands stop at the first damage; this one is there to say what is damaged."""
    pool = drawn / f"content/contests/archive/{ID}/pool.txt"
    pool.write_bytes(pool.read_bytes().replace(ORDER[0].encode(), b"aaaaaaaaaaaaaaaa"))

    (one,) = verify(ID, options(drawn, DRAWN, no_cache=True))

    assert {"pool", "order"} <= {check.name for check in one.wrong}
    assert found(one, "terms").is_right is True


def test_a_record_that_cannot_be_read_leaves_nothing_to_compare_a_text_with(drawn):
    """It says so, and what stands in the other files is told all the same."""
    (drawn / f"content/contests/archive/{ID}/record.json").write_bytes(b"{}")

    (one,) = verify(ID, options(drawn, DRAWN, no_cache=True))

    assert ["record"] == [check.name for check in one.wrong]
    assert found(one, "terms").is_right is None


def test_the_draw_that_a_hub_makes_is_that_of_the_published_example(drawn):
    """The order of eight tickets under round 1000 is known, and stands in the handbook."""
    told = json.loads((drawn / f"content/contests/archive/{ID}/draw.json").read_text("utf-8"))

    assert list(ORDER) == told["order"]
