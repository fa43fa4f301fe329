"""What the command line hands down."""

from tests.hubs import options


def test_our_own_things_lie_in_the_hub(tmp_path):
    """Two hubs on one machine never share a cache."""
    assert tmp_path / ".handbill" == options(tmp_path).private
