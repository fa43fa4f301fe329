"""What all tests share: the option to refresh expected results."""

import pytest


def pytest_addoption(parser: pytest.Parser) -> None:
    """Add ``--refresh``, which writes expected results anew instead of comparing with the old ones."""
    parser.addoption("--refresh", action="store_true", help="Write expected results anew; review the difference.")


@pytest.fixture
def refresh(request: pytest.FixtureRequest) -> bool:
    """Say whether expected results are to be written anew."""
    return bool(request.config.getoption("--refresh"))
