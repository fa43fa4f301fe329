"""What is nested deeper than anybody could follow is refused at once, however its depth is hidden, and no process ends by it."""

from __future__ import annotations

import pytest
from tests.hostile.recipes import recipes
from tests.hostile.stopwatch import apart, reading

ELEMENTS = recipes("depth/elements.toml")
MEGABYTE = 1024 * 1024

#: How long a refusal may take, of the largest text that a hub takes unless it is told otherwise.
MOST_S = 0.2


def test_what_is_nested_too_deeply_is_refused():
    """Sixteen kilobytes of each, read in one process that no depth may end."""
    done = apart(reading(one.name, kind, one.of_size(16 * 1024)) for one in ELEMENTS for kind in ("post", "issue"))

    assert 2 * len(ELEMENTS) == len(done)
    assert [] == [one for one in done if one.is_read or "HB111" not in one.codes]


@pytest.mark.long
@pytest.mark.parametrize("element", ELEMENTS, ids=lambda one: one.name)
def test_a_megabyte_of_it_is_refused_at_once(element):
    """A hundred thousand elements kept a cleaner busy for half a minute."""
    done = apart(reading(element.name, kind, element.of_size(MEGABYTE), 3) for kind in ("post", "issue"))

    assert [] == [one for one in done if one.is_read or not {"HB106", "HB111"} & set(one.codes)]
    # What is measured by the command below is five times less; a machine that does much else is slower, and a cleaner a hundred times.
    assert [] == [one for one in done if one.seconds > 5 * MOST_S]


def test_what_is_nested_as_people_nest_is_read():
    """The limit is where it is said to be, and refuses nothing that somebody would follow."""
    done = apart(reading(one.name, "post", one.text(9)) for one in ELEMENTS if not one.name.startswith("markdown-"))

    assert [] == [one for one in done if not one.is_read]


if __name__ == "__main__":
    for one in ELEMENTS:
        for done in apart(reading(one.name, kind, one.of_size(MEGABYTE), 3) for kind in ("post", "issue")):
            print(f"{done.seconds:8.3f} s  {done.kind:6} {done.name}  {' '.join(done.codes)}  {'read' if done.is_read else ''}")  # noqa: T201
