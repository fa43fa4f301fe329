"""The folder, the moment and the language that every command starts from."""

import pytest
from tests.hubs import moment as local

from handbill.commands.called import moment
from handbill.errors import WrongUse


@pytest.mark.parametrize(
    ("written", "meant"),
    [("2026-05-01", "2026-05-01 00:00"), ("2026-05-01 18:30", "2026-05-01 18:30"), ("2026-05-01T16:30+00:00", "2026-05-01 18:30")],
)
def test_as_of_is_read_in_the_hubs_zone(hub, written, meant):
    """CI runs in UTC, the community does not."""
    assert local(meant) == moment(written, hub)
    assert "Europe/Paris" == str(moment(written, hub).tzinfo)


def test_as_of_that_is_no_moment_is_wrong_use(hub):
    """`03/04/2026` could be two days."""
    with pytest.raises(WrongUse, match="2026-05-01"):
        moment("03/04/2026", hub)
