"""What all tests share: the option to refresh expected results."""

from pathlib import Path

import pytest
from tests.hubs import village


def pytest_addoption(parser: pytest.Parser) -> None:
    """Add ``--refresh``, which writes expected results anew instead of comparing with the old ones."""
    parser.addoption("--refresh", action="store_true", help="Write expected results anew; review the difference.")


@pytest.fixture
def refresh(request: pytest.FixtureRequest) -> bool:
    """Say whether expected results are to be written anew."""
    return bool(request.config.getoption("--refresh"))


@pytest.fixture
def hub(tmp_path: Path) -> Path:
    """Return a copy of the village to be changed at will."""
    return village(tmp_path)
