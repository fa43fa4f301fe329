"""What comes out of a pickle fast must be what went in."""

import pickle
from copy import copy
from dataclasses import FrozenInstanceError, dataclass, replace

import pytest

from handbill.hub.swift import swift


@swift
@dataclass(frozen=True, slots=True)
class Stall:
    name: str
    metres: int = 3
    helpers: tuple[str, ...] = ()


@swift
@dataclass(frozen=True, slots=True)
class Grill(Stall):
    coal: bool = True


@swift
@dataclass(frozen=True, slots=True)
class Sign:
    words: str | None


@pytest.mark.parametrize("stall", [Sign("open"), Sign(""), Sign(None), Stall("soup"), Stall("pie", 4, ("Ada",)), Grill("corn", coal=False)])
def test_a_value_comes_back_from_a_pickle_and_from_a_copy_as_it_was(stall):
    """Drafts go through a pipe and a cache before anything is made of them."""
    for back in (pickle.loads(pickle.dumps(stall)), copy(stall), replace(stall)):  # noqa: S301 - made on this line
        assert back == stall
        assert type(back) is type(stall)


def test_a_value_that_came_back_cannot_be_changed():
    """The hub is frozen, from wherever its parts come."""
    back = pickle.loads(pickle.dumps(Stall("soup")))  # noqa: S301 - made on this line

    with pytest.raises(FrozenInstanceError):
        back.name = "stew"


def test_a_pickle_with_another_number_of_fields_is_refused():
    """One field too few would be found only when somebody asks for it, far from its cause."""
    with pytest.raises(ValueError, match="not enough values"):
        Stall("soup").__setstate__(("soup", 3))
