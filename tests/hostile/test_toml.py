"""A hub.toml that means harm: read with every command, before anything else, so it is refused at once and in words."""

import json
import subprocess
import sys
from pathlib import Path

import pytest
from tests.hostile.strewn import cases, hub_of, verdict

from handbill.commands.called import Called
from handbill.settings import settings_or_problems

CASES = cases("toml")

#: Far above what a settings file takes to be refused, and far below what one of these once took.
MOST_S, MOST_KIB = 2.0, 96 * 1024


@pytest.mark.parametrize("case", CASES, ids=lambda one: one.name)
def test_each_settings_file_is_refused_or_taken_as_its_case_says(case, tmp_path):
    root = hub_of(tmp_path / "hub", [case])
    _, problems = settings_or_problems(root)

    assert "" == verdict(case, {case.path: list(problems)})
    assert all(len(str(one)) < 1_500 for one in problems)
    assert Called(root).lang in ("en", "fr")


_COST = """
import sys, time, json
from pathlib import Path
from handbill.commands.called import Called
from handbill.settings import settings_or_problems
from tests.memory import peak_kib
told = {}
for root in sys.argv[1:]:
    memory, start = peak_kib(), time.process_time()
    Called(Path(root)).lang
    settings_or_problems(Path(root))
    told[Path(root).name] = time.process_time() - start, peak_kib() - memory
json.dump(told, sys.stdout)
"""


@pytest.mark.long
@pytest.mark.skipif(sys.platform != "linux", reason="asks Linux how much memory a process held")
def test_no_settings_file_takes_seconds_or_memory(tmp_path):
    """A name of thirty thousand parts took fifteen seconds and five gigabytes, before a word was told."""
    roots = [str(hub_of(tmp_path / one.name, [one])) for one in CASES]
    done = subprocess.run([sys.executable, "-c", _COST, *roots], capture_output=True, text=True, check=False, cwd=Path(__file__).parents[2])

    assert (0, "") == (done.returncode, done.stderr)
    assert {} == {name: cost for name, cost in json.loads(done.stdout).items() if cost[0] > MOST_S or cost[1] > MOST_KIB}


def test_there_are_as_many_as_we_promise():
    assert len(CASES) >= 60
