"""Where a Markdown text is code or comment, so that nothing in it is taken for a link."""

from __future__ import annotations

from time import process_time

import pytest

from handbill.importing.code import Code


def marked(text: str) -> str:
    """Return the X of a text that stand in code, as C."""
    code = Code(text)
    return "".join("C" if sign == "X" and position in code else sign for position, sign in enumerate(text))


@pytest.mark.parametrize(
    "expected",
    [
        "X `C` X ``C ` C`` X",
        "X ` X\n\nX ` X",
        "X\n```\nC\n```\nX",
        "X\n~~~ py\nC\n```\nC\n~~~\nX",
        "X\n````\nC\n```\nC\n````\nX",
        "X\n```\nC",
        "- X\n  ```\n  C\n  ```\n- X",
        "> X\n> ```\n> C\n> ```\n> X",
        "X\n\n    C\n\n    C\n\nX",
        "X\n    X",
        "- X\n\n    X\n\nX",
        "\tC",
        "X <!-- C `C` --> X",
        "`<!-- C` X <!-- C\n\nC --> X",
        "<!-- X",
        "```\nC <!-- C\n```\nX --> X",
    ],
)
def test_code_and_comments_are_told_from_text(expected):
    assert expected == marked(expected.replace("C", "X"))


@pytest.mark.parametrize("part", ["`", "``a`", "<!--", "<!-- -->", "    a\n", "```\n", "> ", "- ", "1. ", "\\", "~~~", "` "])
def test_time_grows_with_the_length(part):
    def least(count):
        """Return the least of three times: Python may tidy up in any one of them."""
        times = []
        for _ in range(3):
            start = process_time()
            Code(part * count)
            times.append(process_time() - start)
        return min(times)

    assert least(80_000) < max(0.5, least(10_000) * 8 * 4)
