"""What every kind declares."""

import pytest

from handbill.hub.kind import COMMON
from handbill.kinds import KINDS


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.name)
def test_every_field_says_what_it_does_and_shows_how(kind):
    """The handbook and later the forms are made of these words."""
    for field in kind.all_fields:
        assert field.does, field.name
        assert field.type.wanted, field.name
        assert field.example or hasattr(field.type, "fields") or hasattr(field.type, "of"), field.name


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.name)
def test_a_field_is_named_once(kind):
    """A kind that changes a common field replaces it."""
    names = [field.name for field in kind.all_fields]

    assert sorted(set(names)) == sorted(names)
    assert {field.name for field in COMMON} <= set(names)


def test_kinds_do_not_share_names_or_folders():
    """A file must belong to one kind."""
    assert len(KINDS) == len({kind.name for kind in KINDS}) == len({kind.plural for kind in KINDS})
    folders = [kind.folder + "/" for kind in KINDS]
    assert not [(a, b) for a in folders for b in folders if a is not b and a.startswith(b)]
