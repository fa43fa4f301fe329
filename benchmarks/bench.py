"""The command: lay out, build turn by turn, tell and keep what was measured."""

from __future__ import annotations

import argparse
import os
import shutil
import sys
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path

from benchmarks import rivals
from benchmarks.contestants import CONTESTANTS, Contestant
from benchmarks.corpus import SCHEDULED, THEN, Corpus, Order, corpus
from benchmarks.machine import HOME, machine, program
from benchmarks.measuring import Failed, Measured, measure
from benchmarks.results import Made, Result, Run, as_json, made_of
from benchmarks.scenarios import SCENARIOS, prepare
from benchmarks.table import table
from benchmarks.vocabulary import TONGUES

#: What a scale measures unless told otherwise: fifty thousand posts take their time.
_SCALE_ONLY = ("hugo", "handbill-site")
_PLAIN = Order()
_SCALE_SCENARIOS = ("cold", "nothing", "edited")


@dataclass(frozen=True, slots=True)
class Wish:
    """What is to be measured, and where there is room for it."""

    orders: tuple[Order, ...]
    names: tuple[str, ...]
    scenarios: tuple[str, ...]
    rounds: int
    folder: Path
    install: bool = True
    keep_sites: bool = False


def main(words: Sequence[str]) -> int:
    """Measure what the words ask for, print the table, keep the JSON; return an exit code."""
    given = _parser().parse_args(words)
    sizes = given.scale or [given.posts]
    orders = tuple(Order(posts, given.words, tuple(given.languages), given.events) for posts in sizes)
    names = given.only or (_SCALE_ONLY if given.scale else tuple(one.name for one in CONTESTANTS))
    scenarios = given.scenario or (_SCALE_SCENARIOS if given.scale else tuple(SCENARIOS))
    folder = (given.folder or HOME / ".handbill" / "bench").resolve()
    if not hasattr(os, "wait4"):
        _say("This system does not tell what a process used: run the benchmarks on Linux or macOS.")
        return 3
    wish = Wish(orders, tuple(names), tuple(scenarios), given.rounds, folder, not given.no_install, given.keep_sites)
    try:
        result = run(wish)
    except Failed as failed:
        _say(str(failed))
        return 1
    except KeyboardInterrupt:
        return 130
    sys.stdout.write(table(result))
    file = given.keep or folder / "results" / f"{str(program()['commit'])[:12]}.json"
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(as_json(result), encoding="utf-8", newline="\n")
    _say(f"Kept in {file}")
    return 0


def run(wish: Wish) -> Result:
    """Measure, size after size.

    Raises:
        Failed: a build ended badly.
    """
    homes, left_out = _had(wish)
    takers = [one for one in CONTESTANTS if one.name in wish.names and one.rival not in left_out]
    runs: list[Run] = []
    try:
        for order in wish.orders:
            runs += _measured(wish, order, takers, homes)
    finally:
        # At the very end: where thousands of files were just removed, new ones are slow to make.
        if not wish.keep_sites:
            shutil.rmtree(wish.folder / "sites", ignore_errors=True)
    of = {"words": wish.orders[0].words, "languages": wish.orders[0].languages, "events": wish.orders[0].events, "rounds": wish.rounds}
    return Result(program(), machine(), rivals.versions([name for name in homes if name]), of, tuple(runs), left_out)


def _had(wish: Wish) -> tuple[dict[str, Path], dict[str, str]]:
    """Return the environments of those who take part, and why the others cannot."""
    homes, left_out = {"": HOME}, {}
    for name in dict.fromkeys(one.rival for one in CONTESTANTS if one.rival and one.name in wish.names):
        _say(f"{name} …")
        try:
            homes[name] = rivals.have(name, wish.folder, install=wish.install)
        except rivals.CannotBeHad as reason:
            left_out[name] = str(reason)
    return homes, left_out


def _measured(wish: Wish, order: Order, takers: Sequence[Contestant], homes: dict[str, Path]) -> Iterator[Run]:
    """Yield the runs of one size.  The first turn warms the machine up and looks at memory; its times do not count."""
    found = corpus(order)
    courses = []
    for one in takers:
        _say(f"{order.posts} posts for {one.title} …")
        folder = wish.folder / "sites" / str(order.posts) / one.name
        one.lay(folder, found)
        courses.append(_Course(one, folder, homes[one.rival], found))
    # To edit what stands, it must have been built.
    scenarios = wish.scenarios if "cold" in wish.scenarios else ("cold", *wish.scenarios)
    for turn in range(wish.rounds + 1):
        for scenario in scenarios:
            if turn and scenario not in wish.scenarios:
                continue
            for course in courses:
                if course.knows(scenario):
                    told = course.ran(scenario, turn)
                    what = f"  {turn}/{wish.rounds} {SCENARIOS[scenario]}: {course.one.title}"
                    _say(f"{what}: {told.wall_s:.2f} s, {told.cpu_s:.2f} s of the cores")
    for scenario in wish.scenarios:
        for course in courses:
            if course.knows(scenario):
                yield course.run(scenario, order.posts)


class _Course:
    """One contestant's turns: its folder as it stands now, and what was measured so far."""

    def __init__(self, one: Contestant, folder: Path, home: Path, found: Corpus) -> None:
        self.one = one
        self._folder = folder
        self._home = home
        self._found = found
        self._days = 0
        self._memory: dict[str, int | None] = {}
        self._turns: dict[str, list[Measured]] = {}
        self._made: dict[str, Made] = {}

    def knows(self, scenario: str) -> bool:
        """Tell whether the scenario differs from another for it: a program that keeps nothing builds the whole site each time."""
        return self.one.is_incremental or scenario in ("cold", "nothing")

    def ran(self, scenario: str, turn: int) -> Measured:
        """Change what the scenario changes, build, and remember what that took."""
        prepare(scenario, self.one, self._folder, self._found, turn)
        self._days += scenario == "due"
        # What the last one wrote shall not be written to the disk in the time of this one.
        os.sync()
        command = self.one.start(self._home, THEN + timedelta(days=self._days))
        took = measure(command, self._folder, rivals.environment(self._home), memory=turn == 0)
        if turn:
            self._turns.setdefault(scenario, []).append(took)
        else:
            self._memory[scenario] = took.memory_bytes
            self._made[scenario] = made_of(self._folder / self.one.output)
        return took

    def run(self, scenario: str, posts: int) -> Run:
        """Return all of it."""
        return Run(self.one.name, scenario, posts, tuple(self._turns[scenario]), self._memory[scenario], self._made[scenario])


def _parser() -> argparse.ArgumentParser:
    every, scale = ", ".join(one.name for one in CONTESTANTS), ", ".join
    parser = argparse.ArgumentParser(
        prog="python3 build.py bench",
        description="Measure how long builds take, turn by turn with those of other programs (handbook: developers/benchmarks).",
        epilog="Without options: 5,000 posts, everybody, everything. That takes half an hour, in which nothing else should run.",
    )
    parser.add_argument("--posts", type=_count, default=_PLAIN.posts, metavar="N", help=f"how many posts; without it {_PLAIN.posts}")
    parser.add_argument("--words", type=_count, default=_PLAIN.words, metavar="N", help=f"how many words a post has, about {_PLAIN.words}")
    parser.add_argument(
        "--languages",
        type=_list_of(TONGUES),
        default=["fr"],
        metavar="LANGS",
        help="in which languages, by turns: fr (the default) or fr,en",
    )
    parser.add_argument(
        "--events", type=_share, default=0.0, metavar="SHARE", help="which share of them are events, from 0 (the default) to 1"
    )
    parser.add_argument(
        "--rounds", type=_rounds, default=3, metavar="N", help="how many turns count, after one that does not; without it 3"
    )
    parser.add_argument(
        "--only", type=_list_of(one.name for one in CONTESTANTS), metavar="NAMES", help=f"who takes part, of {every}; without it everybody"
    )
    parser.add_argument(
        "--scenario", type=_list_of(SCENARIOS), metavar="NAMES", help=f"what is measured, of {scale(SCENARIOS)}; without it everything"
    )
    parser.add_argument(
        "--scale",
        type=_sizes,
        metavar="SIZES",
        help="several numbers of posts in place of --posts, 500,5000,50000; "
        f"then without --only {scale(_SCALE_ONLY)}, and without --scenario {scale(_SCALE_SCENARIOS)}",
    )
    parser.add_argument("--keep", type=Path, metavar="FILE", help="the JSON file to write; without it one below .handbill/bench/results/")
    parser.add_argument(
        "--folder",
        type=Path,
        metavar="FOLDER",
        help="where there is room for the sites and the other programs; without it .handbill/bench/",
    )
    parser.add_argument("--no-install", action="store_true", help="leave out whom this machine does not have")
    parser.add_argument("--keep-sites", action="store_true", help="leave the sites where they were built, to look at them")
    return parser


def _count(text: str) -> int:
    number = int(text)
    if number < 1:
        raise argparse.ArgumentTypeError("a number from 1 on")
    return number


def _share(text: str) -> float:
    share = float(text)
    if not 0 <= share <= 1:
        raise argparse.ArgumentTypeError("a number from 0 to 1")
    return share


def _sizes(text: str) -> list[int]:
    return sorted(_count(one) for one in text.split(","))


def _rounds(text: str) -> int:
    number = _count(text)
    if number >= SCHEDULED:
        raise argparse.ArgumentTypeError(f"at most {SCHEDULED - 1}: so many posts are scheduled, and each turn one falls due")
    return number


def _list_of(known: Iterable[str]) -> Callable[[str], list[str]]:
    allowed = list(known)

    def read(text: str) -> list[str]:
        words = text.split(",")
        if strange := [word for word in words if word not in allowed]:
            raise argparse.ArgumentTypeError(f"{strange[0]}: not one of {', '.join(allowed)}")
        return words

    return read


def _say(line: str) -> None:
    sys.stderr.write(line + "\n")
    sys.stderr.flush()


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
