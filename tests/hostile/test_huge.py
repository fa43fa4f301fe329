"""Files that are very large, or make very much: refused in words that name the limit, without the time or the memory to hold them."""

import json
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest
from tests.hostile.strewn import HERE, cases, hub_of, problems_of, verdict

CASES = cases("huge")
QUICK = {name for name, said in tomllib.loads((HERE / "huge" / "files.toml").read_text(encoding="utf-8")).items() if said.get("quick")}

#: What a check of one of these may take beyond one of a small hub: far more than it does, far less than without a limit.
MOST_S, MOST_KIB = 3.0, 300 * 1024

_COST = """
import sys, time, json
from pathlib import Path
from tests.hostile.strewn import problems_of
from tests.memory import peak_kib
told = {}
for root in sys.argv[1:]:
    start = time.process_time()
    found = problems_of(Path(root))
    told[Path(root).name] = time.process_time() - start, peak_kib(), len(found)
json.dump(told, sys.stdout)
"""


@pytest.mark.parametrize("case", [one for one in CASES if one.name in QUICK], ids=lambda one: one.name)
def test_a_huge_file_is_refused_with_its_limit(case, tmp_path):
    assert "" == verdict(case, problems_of(hub_of(tmp_path / "hub", [case])))


@pytest.mark.long
@pytest.mark.parametrize("case", [one for one in CASES if one.name not in QUICK], ids=lambda one: one.name)
def test_each_huge_file_is_refused_with_its_limit(case, tmp_path):
    assert "" == verdict(case, problems_of(hub_of(tmp_path / "hub", [case])))


@pytest.mark.long
@pytest.mark.skipif(sys.platform != "linux", reason="asks Linux how much memory a process held")
def test_no_huge_file_takes_seconds_or_memory(tmp_path):
    roots = [str(hub_of(tmp_path / one.name, [one])) for one in CASES]
    done = subprocess.run([sys.executable, "-c", _COST, *roots], capture_output=True, text=True, check=False, cwd=Path(__file__).parents[2])

    assert (0, "") == (done.returncode, done.stderr)
    costs = json.loads(done.stdout)
    assert {} == {name: cost for name, cost in costs.items() if cost[0] > MOST_S or cost[1] > MOST_KIB}
    assert {len(CASES), 1} == {len(costs), *(cost[2] for cost in costs.values())}


def test_a_hub_of_more_files_or_bytes_than_its_budget_is_refused(tmp_path):
    """A thousand files of four megabytes of nothing are a few kilobytes in Git, and were all held in memory."""
    for setting, most in (("files", 3), ("total_mb", 1)):
        posts = {f"content/posts/{n}.md": f"---\ntitle: Texte {n}\ndate: 2026-01-02\n---\n\n" + "Mot.\n" * 60_000 for n in range(5)}
        root = hub_of(tmp_path / setting, [])
        (root / "content" / "posts").mkdir(parents=True)
        for path, text in posts.items():
            (root / path).write_text(text, encoding="utf-8")
        with (root / "hub.toml").open("a", encoding="utf-8") as settings:
            settings.write(f"\n[budget]\n{setting} = {most}\n")

        (problem,) = problems_of(root)["hub.toml"]
        assert ("HB106", f"budget.{setting}") == (problem.code, problem.field)
        assert setting in problem.wanted


def test_there_are_as_many_as_we_promise():
    assert len(CASES) >= 20
