"""The levels of a text's headings as they were written → levels that fit below the title of its page."""

from __future__ import annotations

from collections.abc import Sequence

#: The title is the first level; below the sixth HTML has none.
HIGHEST, LOWEST = 2, 6


def outline(levels: Sequence[int]) -> tuple[int, ...]:
    """Return the levels so that the highest is a second one and none is left out on the way down.

    Editors choose a level by how large it looks.  Who goes from heading to
    heading takes a missing one for a part of the page that did not come.
    """
    found: list[int] = []
    above: list[int] = []
    for level in levels:
        while above and above[-1] >= level:
            above.pop()
        above.append(level)
        found.append(min(HIGHEST - 1 + len(above), LOWEST))
    return tuple(found)
