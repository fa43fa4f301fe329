"""What a service says is taken at its word only where it says it as documented."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from handbill.errors import ServiceFailed
from handbill.sending.services.reading import Found


def found(**fields):
    return Found.of(fields, ServiceFailed)


def test_what_is_as_documented_is_read():
    """Null and missing are one and the same to both services."""
    one = found(name="Été", none=None, n=3, inside={"a": "b"}, several=[{"a": "b"}], words=["x"], at="2026-11-05T18:00:00.12345+01:00")

    assert ("Été", "", "") == (one.text("name"), one.text("none"), one.text("missing"))
    assert (3, "3", "") == (one.whole("n"), one.number("n"), one.number("missing"))
    assert ("b", "") == (one.inside("inside").text("a"), one.inside("missing").text("a"))
    assert ["b"] == [each.text("a") for each in one.several("several")]
    assert (("x",), ()) == (one.words("words"), one.words("missing"))
    assert datetime(2026, 11, 5, 17, 0, 0, 123450, UTC) == one.moment("at")
    assert one.moment("missing") is None


@pytest.mark.parametrize("value", [[], {}, 3, True, None])
def test_a_text_is_a_text(value):
    """A list in the place of a state means that the service has changed."""
    if value is not None:
        with pytest.raises(ServiceFailed):
            found(x=value).text("x")
    with pytest.raises(ServiceFailed):
        Found.of(value if value != {} else "x", ServiceFailed)


@pytest.mark.parametrize("value", [None, "3", 3.5, -1, True, [], {}])
def test_a_count_is_a_whole_number(value):
    """Counts are published."""
    with pytest.raises(ServiceFailed):
        found(x=value).whole("x")


@pytest.mark.parametrize("value", ["", "gestern", "2026-11-05T18:00:00", 3, "2026-13-05T18:00:00Z"])
def test_a_moment_has_a_zone(value):
    """Two hours too early is before it was approved."""
    if value == "":
        assert found(x=value).moment("x") is None
        return
    with pytest.raises(ServiceFailed):
        found(x=value).moment("x")


@pytest.mark.parametrize("value", [None, {}, "x", [1], [None]])
def test_a_list_is_a_list_of_objects(value):
    """An empty answer is not the same as none."""
    with pytest.raises(ServiceFailed):
        found(x=value).several("x")
    if value is not None:
        with pytest.raises(ServiceFailed):
            found(x=value).words("x")
