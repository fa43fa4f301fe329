"""Every text of a record."""

from dataclasses import dataclass, field
from types import MappingProxyType

from handbill.reviewing.walking import texts_in


@dataclass(frozen=True, slots=True)
class Inner:
    name: str
    number: int = 1


@dataclass(frozen=True)
class Outer:
    title: str
    inner: Inner
    many: tuple[Inner, ...] = ()
    table: object = field(default_factory=lambda: MappingProxyType({"k": ["v", None, b"raw", 2.5]}))


def test_texts_come_in_the_order_in_which_they_stand():
    """A link in the third field of a record within a record is a link all the same."""
    assert ["a", "b", "c", "d", "v"] == list(texts_in(Outer("a", Inner("b"), (Inner("c"), Inner("d")))))


def test_what_is_no_record_has_no_texts():
    """Numbers, moments and nothing at all are walked over."""
    assert [] == list(texts_in((None, 1, b"x", object())))
    assert ["alone"] == list(texts_in("alone"))


def test_a_deep_nest_is_walked():
    """A list in a list, ten thousand times, is no reason to stop a review."""
    nest: object = "deep"
    for _ in range(10_000):
        nest = (nest,)

    assert ["deep"] == list(texts_in(nest))
