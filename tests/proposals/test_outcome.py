"""What can become of a form."""

import pytest

from handbill.proposals.outcome import Outcome


@pytest.mark.parametrize("state", ["lacking", "private", "closed", "located", "noted", "unknown"])
def test_only_what_is_ready_is_proposed(state):
    """The next step opens a proposal from nothing else."""
    assert not Outcome(state).is_ready
    assert Outcome("ready").is_ready
