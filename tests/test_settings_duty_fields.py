"""The keys of the tables about who answers for the hub are those of the records made from them."""

from __future__ import annotations

from dataclasses import fields

import pytest

from handbill.settings_duties import Accessibility, Legal
from handbill.settings_duty_fields import ACCESSIBILITY, ACCESSIBILITY_TEXTS, DUTIES, LEGAL, LEGAL_TEXTS
from handbill.settings_fields import TABLES


@pytest.mark.parametrize(("record", "keys", "more"), [(Legal, LEGAL, {"texts"}), (Accessibility, ACCESSIBILITY, {"texts", "is_declared"})])
def test_every_key_is_in_the_record_under_its_name(record, keys, more):
    """A key that the record lacks would be read and forgotten."""
    assert {one.name for one in keys} | more == {one.name for one in fields(record)}


@pytest.mark.parametrize(("own", "texts"), [(LEGAL, LEGAL_TEXTS), (ACCESSIBILITY, ACCESSIBILITY_TEXTS)])
def test_what_can_be_said_in_another_language_can_be_said_in_the_hubs_own(own, texts):
    """Otherwise there would be nothing to fall back on."""
    assert {one.name for one in texts} <= {one.name for one in own}


def test_the_tables_are_among_those_of_hub_toml():
    """The handbook and the editors' help are made from that list."""
    assert set(DUTIES) <= set(TABLES)
