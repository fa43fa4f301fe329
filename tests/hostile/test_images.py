"""Every picture of ``images/`` is refused from its header, or published as nothing but the picture; and costs next to nothing.

``python -m tests.hostile.test_images`` prints what each costs, in a process of its own.
"""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from shutil import which

import pytest
from tests.cases import for_each
from tests.hostile.picture_recipes import Picture, pictures
from tests.hubs import files_of, options, text, write
from tests.memory import peak_kib

from handbill.authoring.mending import Unmendable, mend
from handbill.errors import Problem
from handbill.pipeline import build
from handbill.reading.containers import read_container
from handbill.reading.media import read_media

TABLES = ("bombs", "kinds", "notes")
CASES = {f"{table}: {one.name}": one for table in TABLES for one in pictures(table)}

#: What one picture may cost until it is refused: seconds of the processor, a hundred times what is promised,
#: since other processes disturb; and bytes, on top of the file's own.
SECONDS, GROWTH = 10.0, 64 * 1024**2

#: What of a published picture another program may find: how it is to be drawn, and whom to credit.
DRAWN = re.compile(
    r"(?:ExifTool|System|File|JFIF|PNG|PNG-pHYs|RIFF|GIF|Composite|Meta|QuickTime|Track\d|AV1|ICC.*|Adobe|IFD0)",
)
NOTED = re.compile(
    r"(?i)comment|text|title|descr|software|history|gps|serial|owner|maker|thumb|previewimage|xmp|iptc|caption|headline|keyword|jumbf|c2pa|warning|error"
)


def told(cases: list[Picture]) -> tuple[dict[str, list[Problem]], dict[str, tuple[int, int]]]:
    """Return what is said of each picture, by the path that it gets, and the sizes of those that are taken."""
    raws = {f"content/pictures/{number}/{one.file}": one.raw for number, one in enumerate(cases)}
    problems: list[Problem] = []
    media = read_media(raws, raws, None, problems)
    return (
        {path: [one for one in problems if one.path == path] for path in raws},
        {path: (one.width, one.height) for path, one in media.items()},
    )


@for_each("case", CASES.values(), ids=CASES)
def test_each_picture_is_refused_with_its_reason_or_read_as_what_it_is(case):
    """A proposal that nobody looked into must not fill a member's telephone, nor stall the build."""
    problems, sizes = told([case])
    ((path, found),) = problems.items()

    assert case.code == (found[0].code if found else "")
    assert all(str(one.found).startswith(case.found) for one in found[:1])
    assert case.size == (sizes[path] if case.size else ())


def test_the_tables_hold_what_is_promised():
    """They must not shrink unnoticed."""
    assert 60 <= sum(1 for one in pictures("bombs") if one.code)
    assert 100 <= len(CASES)


def cost_of(case: Picture) -> tuple[float, int]:
    """Return the seconds of the processor and the bytes that one picture takes, as a process of its own measures them."""
    raw = case.raw
    source = f"content/pictures/{case.file}"
    # What the recipe itself took is forgotten.
    Path("/proc/self/clear_refs").write_text("5", encoding="ascii")
    before = peak_kib()
    start = time.process_time()
    read_media([source], {source: raw}, None, [])
    spent = time.process_time() - start
    return spent, 1024 * (peak_kib() - before)


def costs(names: list[str]) -> Iterator[tuple[str, float, int]]:
    """Yield what each costs; a process of its own for each, as the most that one held is never forgotten."""
    done = subprocess.run(
        [sys.executable, "-m", "tests.hostile.test_images", *names],
        capture_output=True, text=True, timeout=300, cwd=Path(__file__).parents[2], check=False,
    )  # fmt: skip
    assert 0 == done.returncode, (done.returncode, done.stderr)
    for line in done.stdout.splitlines():
        yield tuple(json.loads(line))


@pytest.mark.skipif(sys.platform != "linux", reason="asks Linux how much memory a process held")
@pytest.mark.parametrize(
    "names",
    [
        ["bombs: EXIF in PNG: a thousand values, each the whole block", "bombs: AVIF: places that take no byte to write"],
        pytest.param([name for name in CASES if name.startswith("bombs")], marks=pytest.mark.long),
    ],
    ids=["two", "all"],
)
def test_a_bomb_costs_next_to_nothing(names):
    """Twenty kilobytes can unfold to gigabytes and hours, on the build machine and on every telephone."""
    for name, spent, growth in costs(names):
        assert spent < SECONDS, name
        assert growth < GROWTH, name


def taken() -> dict[str, bytes]:
    """Return the pictures of all tables that are taken, by their path in a hub."""
    return {
        f"content/pictures/p{number}/{one.file}": one.raw for number, one in enumerate(CASES.values()) if one.size and one.size[0] < 400
    }


def hub(into: Path, files: dict[str, bytes]) -> Path:
    """Return a hub that shows all these pictures."""
    shown = "".join(f"![Une image](../{path.removeprefix('content/')})\n\n" for path in files)
    return write(into, {**files, "content/posts/p.md": text(shown)})


@pytest.fixture(scope="module")
def published(tmp_path_factory):
    """Return the folder with all that is published of the pictures that are taken."""
    root = hub(tmp_path_factory.mktemp("hub"), {path: raw for path, raw in taken().items() if len(raw) < 1_000_000})
    build(options(root))
    return root / "public"


def test_no_published_file_holds_a_word_that_was_noted(published):
    """A caption, a street, a signature: who saves the picture has it."""
    found = files_of(published)

    assert 20 <= sum(1 for path in found if path.startswith("media/"))
    assert [] == [path for path, raw in found.items() if b"KANARI" in raw or b"<script>alert" in raw or b"<?php" in raw]


@pytest.mark.skipif(not which("exiftool"), reason="exiftool is not installed")
def test_another_program_finds_nothing_but_how_to_draw_them(published):
    """Our own reader might look past what somebody else's knows."""
    done = subprocess.run(["exiftool", "-json", "-a", "-G1", "-r", str(published / "media")], capture_output=True, text=True, check=False)
    found = json.loads(done.stdout)

    assert len(found) >= 20
    for one in found:
        for tag in one:
            group, _, name = tag.rpartition(":")
            assert not group or DRAWN.fullmatch(group), (one["SourceFile"], tag, one[tag])
            if one[tag] != "" and group not in ("ExifTool", "System", "") and not group.startswith("ICC"):
                assert not NOTED.search(name), (one["SourceFile"], tag, one[tag])


MENDED = (
    "kinds: a TIFF that is its own next picture",
    "kinds: a bitmap of two thousand million lines",
    "notes: JPEG: a comment",
    "bombs: PNG: 20 KB that unfold to 13,000 × 13,000",
)


@pytest.mark.parametrize("names", [MENDED, pytest.param(tuple(CASES), marks=pytest.mark.long)], ids=["four", "all"])
def test_no_picture_makes_the_mending_stumble_and_what_is_mended_tells_nothing(names):
    """`fix images` is typed for the picture that the check refused, and unfolds it."""
    for name in names:
        try:
            mended = mend(CASES[name].raw, 2000)
        except Unmendable:
            continue
        assert mended is None or not read_container(mended.raw, mended.form).has_notes, name


def main() -> None:
    """Print what the pictures of these names cost, a line of JSON each; without a name, a table of all."""
    if len(sys.argv) > 1:
        for name in sys.argv[1:]:
            if not (process := os.fork()):
                sys.stdout.write(json.dumps([name, *cost_of(CASES[name])]) + "\n")
                sys.stdout.flush()
                os._exit(0)
            _, status = os.waitpid(process, 0)
            assert 0 == status, f"{name}: ended with {status}"
        return
    found = sorted(costs(list(CASES)), key=lambda one: -one[1])
    for name, spent, growth in found:
        sys.stdout.write(f"{spent:7.3f} s {growth / 1024**2:7.1f} MiB  {name}\n")
    most = max(one[1] for one in found), max(one[2] for one in found) / 1024**2
    sys.stdout.write(f"{len(found)} pictures, at most {most[0]:.3f} s and {most[1]:.1f} MiB\n")


if __name__ == "__main__":
    main()
