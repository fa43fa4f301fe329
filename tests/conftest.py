"""What all tests share: the option to refresh expected results."""

import os
import signal
from pathlib import Path

import pytest
from tests.hubs import village


def pytest_addoption(parser: pytest.Parser) -> None:
    """Add ``--refresh``, which writes expected results anew instead of comparing with the old ones."""
    parser.addoption("--refresh", action="store_true", help="Write expected results anew; review the difference.")


def pytest_configure() -> None:
    """Forget where the tests run; and let programs that they start be interrupted, which a shell's job in the background ignores."""
    # A run of the tests in a workflow must not be taken for a letter's sending there, nor write on the page of that run.
    for name in [one for one in os.environ if one.startswith(("GITHUB_", "RUNNER_"))]:
        del os.environ[name]
    if signal.getsignal(signal.SIGINT) is signal.SIG_IGN:
        signal.signal(signal.SIGINT, signal.default_int_handler)


@pytest.fixture
def refresh(request: pytest.FixtureRequest) -> bool:
    """Say whether expected results are to be written anew."""
    return bool(request.config.getoption("--refresh"))


@pytest.fixture
def hub(tmp_path: Path) -> Path:
    """Return a copy of the village to be changed at will."""
    return village(tmp_path)
