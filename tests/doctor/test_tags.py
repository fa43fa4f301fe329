"""Lists of tags, as records of DNS write them."""

import pytest

from handbill.doctor.tags import tags_of


def test_tags_keep_their_order_and_lose_their_spaces():
    """The first tag decides whether it is a record at all."""
    assert ({"v": "DKIM1", "p": "AA=="}, None) == tags_of(" v = DKIM1 ;p= AA== ; ")


@pytest.mark.parametrize("record", ["v=DKIM1; p=A; p=B", "v=DKIM1; p", "v=DKIM1; =x", "v=DKIM1; 1=x", "“v=DKIM1”; p"])
def test_what_is_no_such_list_is_told(record):
    """Receivers pass over the whole record for one slip."""
    assert tags_of(record)[1] is not None
