"""The whole of it, with few posts."""

import re
import sys

import pytest
from benchmarks.contestants import CONTESTANTS
from benchmarks.corpus import Order
from benchmarks.machine import HOME
from benchmarks.measuring import Measured
from benchmarks.results import from_json

from benchmarks import bench, rivals

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="Windows does not tell what a process used")

#: Where `python3 build.py bench` installs the others.
THERE = HOME / ".handbill" / "bench"


def installed(name):
    try:
        rivals.have(name, THERE, install=False)
    except rivals.CannotBeHad:
        return False
    return True


@pytest.mark.long
def test_handbill_alone_is_measured_and_its_result_kept(tmp_path, capsys):
    """Nothing has to be installed to see whether a change made something slower."""
    file = tmp_path / "result.json"
    words = ["--posts", "20", "--only", "handbill-site", "--scenario", "nothing", "--rounds", "1", "--folder", str(tmp_path), "--keep", str(file)]

    assert 0 == bench.main(words)
    told = capsys.readouterr()
    (run,) = from_json(file.read_text(encoding="utf-8")).runs
    assert ("handbill-site", "nothing", 20, 1) == (run.contestant, run.scenario, run.posts, len(run.turns))
    assert 0 < run.made.html_files < run.made.files
    assert "## 20 posts, nothing changed" in told.out
    assert not (tmp_path / "sites").exists()


@pytest.mark.parametrize("name", ["hugo", "eleventy", "pelican"])
def test_a_rival_makes_the_same_pages(name, tmp_path):
    """A faster program that makes less has not won."""
    if not installed(name):
        pytest.skip(f"{name} is not installed: python3 build.py bench installs it")
    wish = bench.Wish((Order(posts=26),), (name,), ("cold",), 1, tmp_path, keep_sites=True)
    (tmp_path / name).symlink_to(THERE / name)

    bench.run(wish)
    public = tmp_path / "sites" / "26" / name / "public"
    assert 26 == len(list(public.glob("posts/p*/index.html")))
    assert 3 == 1 + len(list(public.glob("posts/page/*/index.html")))
    assert {"index.html", "posts/index.html", "tags/index.html", "categories/index.html", "authors/index.html", "years/2026/index.html"} <= {
        file.relative_to(public).as_posix() for file in public.rglob("*.html")
    }
    feeds = [file.name for file in (public / "tags").glob("*/*") if file.suffix in (".xml", ".atom", ".json")]
    assert {"index.xml", "feed.atom", "feed.json"} - ({"feed.json"} if name == "pelican" else set()) == set(feeds)
    assert "Note 0." in (public / "posts/p000003/index.html").read_text(encoding="utf-8")
    posts = [file.stat().st_size for file in public.glob("posts/p*/index.html")]
    assert 9_000 < sum(posts) / len(posts) < 16_000
    # Some make a page for authors without a post as well.
    assert 20 <= len(list(public.glob("authors/*/index.html"))) <= 40


def test_all_take_turns(tmp_path, monkeypatch):
    """A B C A B C: a slow minute of the machine meets all of them."""
    order = []

    def measured(command, folder, env, memory):
        order.append(folder.name)
        (folder / "public").mkdir(exist_ok=True)
        return Measured(1.0, 1.0, 1 if memory else None, 0.0)

    monkeypatch.setattr(bench, "measure", measured)
    monkeypatch.setattr(rivals, "have", lambda *_, **__: tmp_path)
    monkeypatch.setattr(rivals, "versions", lambda _: {})
    monkeypatch.setattr(rivals, "hugo", lambda home: home)
    wish = bench.Wish((Order(posts=3),), ("hugo", "handbill-site", "pelican"), ("cold", "nothing", "edited"), 2, tmp_path)

    found = bench.run(wish)
    one_turn = ["hugo", "handbill-site", "pelican"] * 2 + ["handbill-site"]
    assert one_turn * 3 == order
    assert [2] * 7 == [len(run.turns) for run in found.runs]
    assert [1] * 7 == [run.memory_bytes for run in found.runs]


def test_who_cannot_be_had_is_left_out_with_the_reason(tmp_path, monkeypatch):
    """The others are measured all the same."""
    found = bench.run(bench.Wish((Order(posts=2),), ("hugo",), ("cold",), 1, tmp_path, install=False))

    assert () == found.runs
    assert {"hugo": "hugo is not installed; python3 build.py bench installs it"} == found.left_out


def test_the_help_says_what_is_done_without_an_option(capsys):
    """“default: None” tells nobody anything."""
    with pytest.raises(SystemExit) as ended:
        bench.main(["--help"])

    told = capsys.readouterr().out
    assert 0 == ended.value.code
    assert "None" not in told
    assert {one.name for one in CONTESTANTS} <= set(re.split(r"[\s,;]+", told))


@pytest.mark.parametrize("words", [["--posts", "0"], ["--events", "2"], ["--only", "jekyll"], ["--scenario", "warm"], ["--rounds", "99"], ["--scale", "many"]])
def test_wrong_words_are_refused(words, capsys):
    """A typing error must not cost half an hour."""
    with pytest.raises(SystemExit) as ended:
        bench.main(words)

    assert 2 == ended.value.code
    assert f"argument {words[0]}: " in capsys.readouterr().err


def test_every_contestant_has_a_name_of_its_own():
    """Results are kept under it."""
    names = [one.name for one in CONTESTANTS]

    assert len(names) == len(set(names))
