"""Feed what nobody thought of to all that reads what strangers write: ``python -m fuzz.run --seconds 60 front_matter links``.

Atheris changes inputs so that more and more of the program is reached.  A
finding is an exception that is no refusal, a promise of the target that does
not hold, an input that takes more than two seconds of the processor or a
gigabyte; it is kept in ``fuzz/found/<target>/``, where the tests replay it.
"""

# ruff: noqa: T201

from __future__ import annotations

import argparse
import os
import re
import subprocess
import sys
import time
from collections.abc import Sequence
from pathlib import Path
from tempfile import TemporaryDirectory

from fuzz.corpus import FOLDER, ROOT, most_bytes, seeds_of, target, targets

#: What one input may take: seconds of the processor, and megabytes of memory.
MOST_SECONDS = 2.0
MOST_MEGABYTES = 1024
#: What the clock may show for one input before it is taken to hang; the machine may do something else meanwhile.
_PATIENCE = 60


def main(words: Sequence[str]) -> int:
    """Feed the targets that are named, or all; return 1 if there was a finding."""
    parser = argparse.ArgumentParser(prog="python -m fuzz.run", description=(__doc__ or "").split(":")[0])
    parser.add_argument("targets", nargs="*", metavar="target", help=f"one of: {', '.join(targets())} (default: all)")
    parser.add_argument("--seconds", type=int, default=60, help="how long each target is fed (default: 60)")
    parser.add_argument("--share", type=int, metavar="SECONDS", help="share that much time among all targets instead")
    parser.add_argument("--half", type=int, choices=(0, 1), help="feed every second target alone, from this one on")
    parser.add_argument("--seed", type=int, default=0, help="the number by which chance begins (default: another each time)")
    parser.add_argument("--inside", nargs=argparse.REMAINDER, help=argparse.SUPPRESS)
    asked = parser.parse_args(words)
    if asked.inside:
        _feed(asked.inside[0], asked.inside[1:])
    names = tuple(asked.targets) or targets()[asked.half :: 1 if asked.half is None else 2]
    if strange := [name for name in names if name not in targets()]:
        parser.error(f"no such target: {', '.join(strange)}")
    seconds = asked.share // len(names) if asked.share else asked.seconds
    findings = [name for name in names if _is_found(name, max(1, seconds), asked.seed)]
    print(f"{len(names)} targets, findings in {len(findings)}{': ' if findings else ''}{', '.join(findings)}")
    return int(bool(findings))


def _is_found(name: str, seconds: int, seed: int) -> bool:
    """Feed one target in a process of its own; print what came of it and say whether that is a finding."""
    module = target(name)
    kept = FOLDER / "found" / name
    before = {file.name for file in kept.iterdir()} if kept.is_dir() else set()
    kept.mkdir(parents=True, exist_ok=True)
    with TemporaryDirectory(prefix="handbill-fuzz-") as room:
        corpus = Path(room) / "corpus"
        corpus.mkdir()
        for number, raw in enumerate(seeds_of(module)):
            (corpus / f"{number:04}").write_bytes(raw)
        words = Path(room) / "words"
        words.write_text("".join(f'"{_escaped(word)}"\n' for word in module.WORDS), encoding="ascii")
        how = [
            f"-max_total_time={seconds}", f"-max_len={most_bytes(module)}", f"-dict={words}", f"-timeout={_PATIENCE}", f"-rss_limit_mb={MOST_MEGABYTES}",
            f"-artifact_prefix={kept}{os.sep}", "-print_final_stats=1", *([f"-seed={seed}"] if seed else []), str(corpus),
        ]  # fmt: skip
        start = time.monotonic()
        done = subprocess.run(
            [sys.executable, "-m", "fuzz.run", "--inside", name, *how],
            cwd=ROOT, env={**os.environ, "TMPDIR": room}, capture_output=True, text=True, errors="replace", check=False,
        )  # fmt: skip
    told = done.stdout + done.stderr
    runs = re.search(r"number_of_executed_units: (\d+)", told) or re.search(r"Done (\d+) runs", told)
    edges = re.findall(r"\bcov: (\d+)", told)
    fresh = sorted({file.name for file in kept.iterdir()} - before)
    if not any(kept.iterdir()):
        kept.rmdir()
    state = "no finding" if not (fresh or done.returncode) else f"FOUND {', '.join(fresh) or f'an end with {done.returncode}'}"
    print(
        f"{name}: {runs[1] if runs else '?'} inputs, {edges[-1] if edges else '?'} edges, {time.monotonic() - start:.0f} s: {state}",
        flush=True,
    )
    if fresh or done.returncode:
        print(_told(told), flush=True)
    return bool(fresh or done.returncode)


def _told(told: str) -> str:
    """Return what a process told of its finding, without its counts."""
    at = told.find("=== Uncaught Python exception")
    lines = (told[at:] if at >= 0 else told).splitlines()
    return "\n".join(f"  {line}" for line in lines[-60 if at < 0 else 0 :][:60])


def _escaped(word: str) -> str:
    return "".join(f"\\x{byte:02X}" for byte in word.encode("utf-8", "surrogateescape"))


class TooDear(Exception):
    """An input took more of the processor than any reader of a hub may."""


def _feed(name: str, how: Sequence[str]) -> None:
    """Feed a target for as long as is asked; this process ends with it."""
    import atheris

    with atheris.instrument_imports(include=["handbill", "fuzz.targets"]):
        module = target(name)
        # What is imported late is instrumented as well; and made ready, lest the first input pay for it.
        module.one(b"")

    def one(raw: bytes) -> None:
        before = time.process_time()
        module.one(raw)
        if (taken := time.process_time() - before) > MOST_SECONDS:
            raise TooDear(f"{taken:.1f} s")

    atheris.Setup([f"fuzz.{name}", *how], one)
    atheris.Fuzz()


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
