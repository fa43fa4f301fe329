"""Measurements → JSON and tables."""

import json

import pytest
from benchmarks.measuring import Measured
from benchmarks.results import Made, Result, Run, as_json, from_json, growth, made_of, ratio
from benchmarks.table import table

MIB = 1024 * 1024


def run(contestant, scenario="cold", posts=500, wall=(1.0, 2.0, 9.0), cpu=(2.0, 3.0, 4.0), memory=100 * MIB, others=0.0):
    turns = tuple(Measured(a, b, None, others) for a, b in zip(wall, cpu, strict=True))
    return Run(contestant, scenario, posts, turns, memory, Made(10, 5_000_000, 8, 1_000_000))


def result(*runs, **left_out):
    program = {"version": "1.0", "commit": "0123456789abcdef", "committed": "2026-11-22T07:00:00+00:00", "is_changed": False}
    machine = {"cores": 2, "memory_bytes": 24 * 1024 * MIB, "processor": "Example", "system": "Linux", "architecture": "x86_64"}
    return Result(program, machine, {"hugo": "0.1"}, {"words": 370, "languages": ["fr"], "events": 0.0, "rounds": 3}, runs, left_out)


def rows(text, heading):
    """Return the cells of the table under a heading, by their first cell."""
    part = text.split(f"## {heading}\n\n")[1].split("\n\n")[0]
    return {cells[0].strip(): [cell.strip() for cell in cells[1:]] for cells in (line[2:-2].split(" | ") for line in part.splitlines()[2:])}


def test_a_figure_is_the_median_with_its_spread_and_its_ratio_to_hugo():
    """One slow turn in three must not decide, and must not be hidden."""
    told = table(result(run("hugo"), run("handbill-site", wall=(0.4, 0.5, 0.6), cpu=(1.0, 1.5, 2.0), memory=50 * MIB)))

    found = rows(told, "500 posts, from nothing")
    assert ["2.00 (1.00–9.00)", "1.00", "3.00 (2.00–4.00)", "1.00", "100"] == found["Hugo"]
    assert ["0.50 (0.40–0.60)", "0.25", "1.50 (1.00–2.00)", "0.50", "50"] == found["Handbill: site, feeds, calendars"]


def test_a_warm_build_is_compared_with_hugo_s_whole_build():
    """Hugo keeps nothing between two builds, so that is what its users wait for."""
    runs = (run("hugo"), run("handbill", "edited", wall=(0.1, 0.2, 0.3)))

    assert 0.1 == pytest.approx(ratio(runs[1], runs, "wall_s"))
    assert "0.10" == rows(table(result(*runs)), "500 posts, one post edited")["Handbill with everything"][1]


def test_whoever_keeps_nothing_stands_beside_with_the_whole_build():
    """After an edit that is what Hugo's users wait for, and only a row says so."""
    found = rows(table(result(run("hugo"), run("handbill", "edited"))), "500 posts, one post edited")

    assert ["Hugo, from nothing", "Handbill with everything"] == list(found)
    assert ["2.00 (1.00–9.00)", "1.00"] == found["Hugo, from nothing"][:2]


def test_one_turn_has_no_spread():
    """Three times the same number reads badly."""
    assert "2.00" == rows(table(result(run("hugo", wall=(2.0,), cpu=(3.0,)))), "500 posts, from nothing")["Hugo"][0]


def test_without_hugo_there_is_no_ratio_and_the_reason_is_told():
    """A row that is missing must say why."""
    told = table(result(run("handbill"), hugo="it could not be installed"))

    assert "" == rows(told, "500 posts, from nothing")["Handbill with everything"][1]
    assert "Without Hugo: it could not be installed." in told


def test_what_each_made_is_told():
    """Anyone can see whether the others made as much."""
    assert ["500", "10", "5.0", "8", "1.0", "125.0"] == rows(table(result(run("pelican"))), "What they made")["Pelican"]


def test_a_scale_tells_what_a_post_costs_whole_and_each_further_one():
    """The start of the program hides in the first figure and not in the second."""
    runs = (
        run("handbill-site", posts=1000, cpu=(1.0, 1.0, 1.0), memory=100 * MIB),
        run("handbill-site", posts=3000, cpu=(2.0, 2.0, 2.0), memory=140 * MIB),
    )
    first, second = growth(runs)

    assert (0.001, None) == (first.each_s, first.further_s)
    assert (2 / 3000, 0.0005) == (pytest.approx(second.each_s), pytest.approx(second.further_s))
    assert 40 * MIB / 2000 == second.further_bytes
    assert "0.667 |                   0.500" in table(result(*runs))


def test_scenarios_and_contestants_of_a_scale_are_not_mixed():
    """A further post of Hugo's is no further post of ours."""
    found = growth((run("hugo", posts=10), run("handbill", posts=20), run("handbill", "edited", posts=30)))

    assert [None, None, None] == [one.further_s for one in found]


def test_others_at_work_are_told_only_where_it_matters():
    """Whoever reads a table must know that the machine was busy."""
    assert "Others used" not in table(result(run("hugo", others=0.01)))
    assert "Others used 0% to 40% of the cores" in table(result(run("hugo", others=0.4), run("pelican", others=0.0)))


def test_what_is_kept_can_be_read_again():
    """A result of last year is compared with one of today."""
    before = result(run("hugo", others=None, memory=None), hugo="x")

    assert before == from_json(as_json(before))
    assert as_json(before) == as_json(from_json(as_json(before)))


def test_what_is_kept_names_no_host_and_no_day_of_its_own():
    """Results are published."""
    from benchmarks.machine import machine, program

    told = json.dumps([machine(), program()])
    assert {"version", "commit", "committed", "is_changed"} == set(program())
    assert __import__("platform").node() not in told


def test_files_and_pages_are_counted(tmp_path):
    """Bytes of HTML are what makes two sites comparable."""
    (tmp_path / "a").mkdir()
    (tmp_path / "a" / "index.html").write_bytes(b"12345")
    (tmp_path / "feed.xml").write_bytes(b"123")

    assert Made(files=2, bytes=8, html_files=1, html_bytes=5) == made_of(tmp_path)
