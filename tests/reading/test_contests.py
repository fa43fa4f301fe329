"""The archive of contests: read as strictly as it is written, proved once, and told of step by step."""

from __future__ import annotations

import json
import os
from dataclasses import replace
from datetime import UTC, datetime

import pytest
from tests.draw import samples
from tests.hubs import write

from handbill.draw.canonical import sealed
from handbill.errors import Level
from handbill.layout import CONTESTS
from handbill.reading.cache import Cache
from handbill.reading.contests import NoRecord, alone, read_contests, record_in, record_text

ID = samples.CONTEST
FOLDER = f"{CONTESTS}/{ID}"


def laid(root, files, name=ID):
    """Return a hub with an archive of these files."""
    for file, raw in files.items():
        place = root / CONTESTS / name / file
        place.parent.mkdir(parents=True, exist_ok=True)
        place.write_bytes(raw)
    return root


def told(root, cache=None):
    """Return what is wrong with an archive: where, and by which code."""
    return [(one.path.removeprefix(f"{CONTESTS}/"), one.code) for one in read_contests(root, cache)[1]]


def steps(raw):
    """Return the steps of a record, to be changed."""
    return json.loads(raw)["steps"]


@pytest.mark.parametrize(
    ("mechanism", "algorithm"),
    [
        ("draw", "hubdraw-1"),
        ("draw", "rfc3797"),
        ("jury", "hubdraw-1"),
        ("jury+vote", "hubdraw-1"),
        ("quiz", "hubdraw-1"),
        ("quiz+draw", "hubdraw-1"),
    ],
)
def test_a_whole_contest_is_read_without_a_word(tmp_path, mechanism, algorithm):
    """All that its commands wrote, of every mechanism, is as it was committed."""
    files = samples.archive(mechanism, algorithm)
    records, problems = read_contests(laid(tmp_path, files))

    assert [] == problems
    record = records[ID]
    assert set(files) == set(record.files)
    assert files["record.json"] == record_text(record)
    assert record.draw is not None
    assert 3 == len(record.draw["winners"])
    assert 12 >= len(record.draw["order"])
    assert (None if algorithm == "rfc3797" else datetime(2023, 8, 23, 15, 59, 24, tzinfo=UTC)) == record.round_at


@pytest.mark.parametrize("until", ["announced", "frozen", "decided", "verified"])
def test_a_contest_is_read_at_each_step_of_its_life(tmp_path, until):
    """A hub is built every day between the announcement and the prizes."""
    names = {"announced": ("record", "rules"), "frozen": ("record", "rules", "pool")}.get(until, ("record", "rules", "pool", "draw"))
    files = {name: raw for name, raw in samples.archive(until=until).items() if name.startswith(names)}

    records, problems = read_contests(laid(tmp_path, files))

    assert ([], until) == (problems, records[ID].steps[-1].name)


def test_skips_since_the_draw_are_no_fault(tmp_path):
    """Whoever cannot be reached is skipped while winners are asked, and the draw of the record stays the first one."""
    line = samples.order_in(samples.archive())[0]
    records, problems = read_contests(laid(tmp_path, samples.archive(skips={line: "declined"}, until="decided")))

    assert [] == problems
    assert records[ID].draw is not None
    assert "declined" in [one["reason"] for one in records[ID].draw["skips"]]


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("record.json", ("record.json", "HB471")),
        ("rules.1.fr.md", ("record.json", "HB472")),
        ("rules.2.en.md", ("record.json", "HB472")),
        ("pool.txt", ("pool.txt", "HB472")),
        ("draw.json", ("draw.json", "HB478")),
    ],
)
@pytest.mark.parametrize("change", ["a byte", "gone"])
def test_a_file_that_is_not_as_it_was_committed_stops_the_build(tmp_path, name, expected, change):
    """Published as they are, such files would prove the opposite of what their page says."""
    files = samples.archive()
    if change == "gone":
        del files[name]
    else:
        files[name] = bytes([files[name][0] ^ 1]) + files[name][1:]

    found = read_contests(laid(tmp_path, files))[1]

    assert expected in [(one.path.rpartition("/")[2], one.code) for one in found]
    assert {Level.ERROR} == {one.level for one in found}


@pytest.mark.parametrize(
    "raw", [b"", b"{}", b"[]", b"\xff\xfe", b"[" * 100_000, b'{"format": 1}', b'{"format": 1, "contest": "A", "steps": []}']
)
def test_what_is_no_record_is_refused_and_never_a_traceback(tmp_path, raw):
    """A stranger's pull request can hold anything."""
    with pytest.raises(NoRecord):
        record_in(raw)
    assert [(f"{ID}/record.json", "HB471")] == told(laid(tmp_path, {"record.json": raw}))


def test_a_record_is_that_of_its_folder(tmp_path):
    """A folder that was renamed would give a contest the draw of another."""
    assert [("autre/record.json", "HB471")] == told(laid(tmp_path, samples.archive(), "autre"))


@pytest.mark.parametrize(
    ("step", "change", "found"),
    [
        ("frozen", {"at": "2023-08-15T08:00:00Z"}, "the freezing of the list at 2023-08-15 08:00:00 UTC, though entries are open: a pool is frozen once they are closed"),
        ("announced", {"at": "2023-08-21T07:00:00Z"}, "the announcement at 2023-08-21 07:00:00 UTC, though entries are closed: nobody's rules change after they entered"),
        ("verified", {"step": "published"}, "the publishing of the results at 2023-09-10 09:00:00 UTC, which cannot come there"),
        ("decided", {"step": "frozen"}, "the freezing of the list at 2023-08-23 16:05:00 UTC, which cannot come there"),
    ],
)  # fmt: skip
def test_a_step_that_the_contest_could_not_take_then_is_refused_with_the_reason(tmp_path, step, change, found):
    """Whoever writes a step by hand, or dates one back, is told by which date it cannot be."""
    files = samples.archive()
    taken = steps(files["record.json"])
    last = max(number for number, one in enumerate(taken) if one["step"] == step)
    taken[last] |= change
    files["record.json"] = sealed({"format": 1, "contest": ID, "steps": taken})

    problems = read_contests(laid(tmp_path, files))[1]

    assert [("HB473", found)] == [(one.code, one.found) for one in problems]


def test_steps_that_go_back_in_time_are_no_record(tmp_path):
    """Each step is later than the one before, whatever a clock said."""
    files = samples.archive()
    taken = steps(files["record.json"])
    taken[-1]["at"] = "2023-09-01T00:00:00Z"

    assert [(f"{ID}/record.json", "HB471")] == told(
        laid(tmp_path, {**files, "record.json": sealed({"format": 1, "contest": ID, "steps": taken})})
    )


def test_what_no_command_wrote_is_told(tmp_path):
    """The folder is public: a table of entrants that fell in there must not lie there for years."""
    root = laid(
        tmp_path,
        {
            **samples.archive(),
            "participants.csv": b"a",
            "ballots/x.json.bak": b"a",
            ".DS_Store": b"a",
            "Thumbs.db": b"a",
            "entries/ana.yml": b"a",
        },
    )

    assert [(f"{ID}/participants.csv", "HB472"), (f"{ID}/ballots/x.json.bak", "HB472")] == told(root)
    assert {Level.WARNING} == {one.level for one in read_contests(root)[1]}


@pytest.mark.skipif(os.name == "nt", reason="links need rights there")
@pytest.mark.parametrize("linked", ["", "/x", f"/{ID}", f"/{ID}/pool.txt", f"/{ID}/ballots"])
def test_a_link_is_never_followed(tmp_path, linked):
    """What is read is published: a link to a file outside would publish that."""
    outside = laid(tmp_path / "outside", samples.archive())
    root = tmp_path / "hub"
    place = root / f"{CONTESTS}{linked}"
    if linked.count("/") == 2:
        laid(root, samples.archive())
        place.unlink(missing_ok=True)
    place.parent.mkdir(parents=True, exist_ok=True)
    place.symlink_to(outside / f"{CONTESTS}{linked if place.name in (ID, 'pool.txt') else ''}", target_is_directory=place.suffix == "")

    records, problems = read_contests(root)

    assert {} == {name: one for name, one in records.items() if linked.count("/") < 2}
    assert {"HB471", "HB472"} & {one.code for one in problems}


def test_an_empty_folder_is_nothing(tmp_path):
    """A disk that was full left it, no repository keeps it, and the whole hub could not be built."""
    (tmp_path / CONTESTS / "velo").mkdir(parents=True)

    assert ({}, []) == read_contests(tmp_path)


def test_a_hub_without_contests_has_nothing_to_say(tmp_path):
    """Nine hubs of ten."""
    assert ({}, []) == read_contests(tmp_path)
    write(tmp_path, {f"{CONTESTS}/.gitkeep": ""})
    assert ({}, []) == read_contests(tmp_path)


def test_a_contest_is_proved_once_while_no_file_of_it_changes(tmp_path, monkeypatch):
    """A pool of 100,000 takes seconds to draw again, and a build of a few posts must not."""
    root, cache = laid(tmp_path / "hub", samples.archive()), Cache(tmp_path / "kept", "a")
    first = read_contests(root, cache)
    cache.save()

    def again(_files):
        raise AssertionError("proved again")

    monkeypatch.setattr("handbill.draw.proof.prove", again)

    assert first == read_contests(root, Cache(tmp_path / "kept", "a"))


def test_little_is_remembered_of_a_large_contest(tmp_path):
    """A list of 100,000 is unpacked by every build, or it is not remembered: its digests are enough."""
    lines = tuple(samples.ticket_of(bytes(32), ID, f"{n}@example.org") for n in range(3_000))
    files, cache = samples.archive(lines=lines), Cache(tmp_path / "kept", "a")
    read_contests(laid(tmp_path / "hub", files), cache)
    cache.save()

    assert sum(map(len, files.values())) > 100_000
    assert (tmp_path / "kept").stat().st_size < 8_000


def test_what_was_remembered_does_not_hide_a_change(tmp_path):
    """Not even one that leaves size and time as they were."""
    root, cache = laid(tmp_path / "hub", samples.archive()), Cache(tmp_path / "kept", "a")
    assert [] == told(root, cache)
    pool = root / FOLDER / "pool.txt"
    stat, raw = pool.stat(), pool.read_bytes()
    pool.write_bytes(raw[:-2] + b"z\n")
    os.utime(pool, ns=(stat.st_atime_ns, stat.st_mtime_ns))

    assert (f"{ID}/pool.txt", "HB472") in told(root, cache)


def test_a_record_whose_contest_is_gone_is_told(tmp_path):
    """Rules that were announced cannot be taken back by deleting a file."""
    records = read_contests(laid(tmp_path, samples.archive()))[0]

    assert [(f"{FOLDER}/record.json", "HB475")] == [(one.path, one.code) for one in alone([], records)]


def test_the_same_steps_are_the_same_bytes(tmp_path):
    """The digest of a record as it stood stands in the draw."""
    record = read_contests(laid(tmp_path, samples.archive()))[0][ID]

    assert record.steps == record_in(record_text(record)).steps
    assert record_text(record) == record_text(replace(record, files={}, draw=None))
