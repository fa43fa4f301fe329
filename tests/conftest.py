"""What all tests share: the options to refresh expected results, and to run what takes long."""

import gc
import os
import signal
from collections import Counter
from collections.abc import Generator
from pathlib import Path
from typing import Any

import pytest
from _pytest.runner import runtestprotocol
from tests.compiled import compile_share
from tests.hubs import village

#: Few tests that take long.  They come first, lest one core has them left at the end while the others have nothing to do.
LONG = (
    "tests/browser/",
    "tests/reviewing/test_every_change.py",
    "tests/reviewing/test_review.py",
    "tests/incremental/",
    "tests/publishing/test_killed.py",
    "tests/sending/test_nothing_of_members.py",
    "tests/test_style.py",
    "tests/test_shape.py",
    "tests/test_messages.py",
    "tests/test_one_change.py",
    "tests/test_key.py",
    "tests/hostile/test_kinds.py",
    "tests/hostile/test_markdown.py",
    "tests/hostile/test_places.py",
    "tests/outputs/mail/test_hostile.py",
    "tests/outputs/test_handbook.py",
    "tests/outputs/test_zones.py",
    "tests/reading/test_crew.py",
    "tests/test_build.py",
)

#: Those that look at the hub of this repository in a browser.
AT_THE_DEMO = frozenset(
    f"tests/browser/test_{name}.py" for name in ("every_look", "every_page", "keyboard", "markup", "search", "slow_line", "without_script")
)


def pytest_addoption(parser: pytest.Parser) -> None:
    """Add ``--refresh``, which writes expected results anew instead of comparing with the old ones, and ``--long``."""
    parser.addoption("--refresh", action="store_true", help="Write expected results anew; review the difference.")
    parser.addoption("--long", action="store_true", help="Run the tests that take long, in place of the others.")


def pytest_configure() -> None:
    """Forget where the tests run; and let programs that they start be interrupted, which a shell's job in the background ignores."""
    # A run of the tests in a workflow must not be taken for a letter's sending there, nor write on the page of that run.
    for name in [one for one in os.environ if one.startswith(("GITHUB_", "RUNNER_"))]:
        del os.environ[name]
    if signal.getsignal(signal.SIGINT) is signal.SIG_IGN:
        signal.signal(signal.SIGINT, signal.default_int_handler)


@pytest.hookimpl(wrapper=True)
def pytest_collection(session: pytest.Session) -> Generator[None, object, object]:
    """Find the tests, where several processes do, once their files are compiled by all of them together.

    What is found stays to the end: to look through it for rubbish again and
    again took a second of each process at a time.
    """
    ours = getattr(session.config, "workerinput", None)
    if ours:
        compile_share(session.config, int(ours["workerid"].removeprefix("gw")), ours["workercount"])
    gc.disable()
    try:
        return (yield)
    finally:
        gc.freeze()
        gc.enable()


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Leave the tests marked ``long`` to ``--long``, and all others but those marked ``more`` without it.

    Where several cores share the files: the long ones first, then those with most tests, which leaves the shortest for the end.
    """
    is_long = config.getoption("--long")
    is_left = {one: not one.get_closest_marker("more") and bool(one.get_closest_marker("long")) != is_long for one in items}
    config.hook.pytest_deselected(items=[one for one in items if is_left[one]])
    items[:] = [one for one in items if not is_left[one]]
    if hasattr(config, "workerinput"):
        file = {one: one.nodeid.partition("::")[0] for one in items}
        tests = Counter(file.values())
        items.sort(key=lambda one: (not file[one].startswith(LONG), -tests[file[one]]))


@pytest.hookimpl(tryfirst=True)
def pytest_runtest_protocol(item: pytest.Item, nextitem: pytest.Item | None) -> bool | None:
    """Tell nobody but what came of a test: to gather that each was begun, made ready, tidied up and ended took half a minute of a core.

    Who asks for durations, or watches one process, is told all.
    """
    if not hasattr(item.config, "workerinput") or item.config.getoption("durations"):
        return None
    for report in runtestprotocol(item, log=False, nextitem=nextitem):
        if report.when == "call" or not report.passed:
            item.ihook.pytest_runtest_logreport(report=report)
    return True


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_make_scheduler(config: pytest.Config, log: Any) -> Any:
    """Keep the files that look at the same built hub in one process, unless nobody waits: to build it took each of four longer than to look."""
    if config.getoption("dist") != "loadfile" or config.getoption("--long"):
        return None
    from xdist.scheduler import LoadFileScheduling

    class Together(LoadFileScheduling):
        def _split_scope(self, nodeid: str) -> str:
            file = super()._split_scope(nodeid)
            return "the demo" if file in AT_THE_DEMO else file

    return Together(config, log)


@pytest.fixture
def refresh(request: pytest.FixtureRequest) -> bool:
    """Say whether expected results are to be written anew."""
    return bool(request.config.getoption("--refresh"))


@pytest.fixture(scope="session")
def is_long(request: pytest.FixtureRequest) -> bool:
    """Say whether a test marked ``more`` takes all that it can, as nobody waits for it."""
    return bool(request.config.getoption("--long"))


@pytest.fixture
def hub(tmp_path: Path) -> Path:
    """Return a copy of the village to be changed at will."""
    return village(tmp_path)
