"""Which carrier hub.toml asks for."""

from pathlib import Path

import pytest
from tests.sending.mailings import mailing

from handbill.sending.carriers import carrier_of
from handbill.sending.contract import Unsupported
from handbill.sending.private import Private


def test_each_way_has_its_carrier(tmp_path):
    """The word in hub.toml is the name that reports tell."""
    private = Private(tmp_path, server="smtp.lettre.example:587")

    assert ["files", "smtp"] == [carrier_of(way, private, mailing()).name for way in ("files", "smtp")]


def test_a_service_is_no_carrier():
    """A service knows the members itself; mails for each of them would be a second letter."""
    with pytest.raises(Unsupported, match="listmonk"):
        carrier_of("listmonk", Private(Path("/nowhere")), mailing())
