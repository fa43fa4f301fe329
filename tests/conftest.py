"""What all tests share: the option to refresh expected results."""

import signal
from pathlib import Path

import pytest
from tests.hubs import village


def pytest_addoption(parser: pytest.Parser) -> None:
    """Add ``--refresh``, which writes expected results anew instead of comparing with the old ones."""
    parser.addoption("--refresh", action="store_true", help="Write expected results anew; review the difference.")


def pytest_configure() -> None:
    """Let programs that tests start be interrupted: a shell's job in the background ignores that, and hands it down."""
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
