"""Every change that members would see is in the review, and nothing else is.

Random edits of a small hub, and two complete builds that know nothing of
reviews, compared byte for byte.  Here 200 edits in groups; one by one, with
other edits for each seed, they take minutes::

    python -m tests.reviewing.test_every_change 200 7
"""

from __future__ import annotations

import shutil
import sys
from dataclasses import dataclass, field
from pathlib import Path
from random import Random

import pytest
from tests.hubs import files_of, options, village
from tests.reviewing.edits import EDITS
from tests.reviewing.repository import committed, git

from handbill.errors import ContentProblems
from handbill.hub.address import output_path
from handbill.pipeline import build
from handbill.reviewing.record import Review
from handbill.reviewing.review import review

#: What is made of the other files: it follows from them, and no member reads it.
FOLLOWS = ("sitemap.xml", "robots.txt", "_headers", "build.json", "pagefind/")


def published(root: Path, into: Path) -> dict[str, bytes]:
    """Build everything from nothing, as it is published, and return what members get."""
    build(options(root, output=into, no_cache=True, records=True, jobs=1))
    files = {path: raw for path, raw in files_of(into).items() if not path.startswith(FOLLOWS)}
    shutil.rmtree(into)
    return files


def told(found: Review) -> set[str]:
    """Return the paths of all files that a review says will be others as soon as it is published."""
    now = [one for one in found.pages if not one.since]
    pages = {output_path(address) for one in now for address in (one.address, one.former) if address}
    return pages | {one.path for one in found.files if not one.since}


@dataclass
class Trial:
    """A hub that is edited again and again, and what became of it."""

    root: Path
    chance: Random
    edits: int = 0
    refused: int = 0
    changed: int = 0
    silent: int = 0
    failures: list[str] = field(default_factory=list)
    standing: dict[str, bytes] = field(default_factory=dict)

    def begin(self) -> None:
        """Publish the hub as it is, and commit it."""
        (self.root / ".gitignore").write_text("/.handbill/\n/public/\n")
        self.standing = published(self.root, self.root.parent / "out")
        committed(self.root)

    def step(self, many: int) -> None:
        """Edit, review, build, and compare what the review told with what the build made."""
        done = [said for edit in self.chance.choices(EDITS, k=many) if (said := edit(self.chance, self.root))]
        found = review(options(self.root, jobs=1), "HEAD", "", "en")
        try:
            made = published(self.root, self.root.parent / "out")
        except ContentProblems as refusal:
            self.refused += len(done)
            if found.is_whole:
                self.failures.append(f"{done}: the review saw none of {[str(one) for one in refusal.problems if one.level == 2]}")
            git(self.root, "checkout", "--quiet", "--", ".")
            git(self.root, "clean", "--quiet", "--force", "-d")
            return
        differs = {path for path in {*made, *self.standing} if made.get(path) != self.standing.get(path)}
        self.edits += len(done)
        self.changed += len(differs)
        self.silent += not differs
        wrong = [
            *(f"not told: {path}" for path in sorted(differs - told(found))),
            *(f"told, and is as it was: {path}" for path in sorted(told(found) - differs)),
            *(["cannot be published, it says"] if not found.is_whole else []),
        ]
        if wrong:
            self.failures.append(f"{done}: {wrong[:6]}")
        self.standing = made
        committed(self.root)


@pytest.mark.long
@pytest.mark.parametrize("seed", [1, 2])
def test_a_review_tells_every_change_that_members_would_see_and_no_other(tmp_path, seed):
    """What a reviewer is not shown is published all the same, and what is shown without need hides the rest."""
    trial = Trial(village(tmp_path), Random(seed))
    trial.begin()
    while trial.edits < 100:
        trial.step(10)

    assert [] == trial.failures
    assert trial.changed > 500


def main(many: int, seed: int) -> None:
    """Edit one by one, and tell what was found as it is found."""
    from tempfile import TemporaryDirectory

    with TemporaryDirectory() as folder:
        trial = Trial(village(Path(folder)), Random(seed))
        trial.begin()
        while trial.edits < many:
            trial.step(1)
            told_now = f"{trial.edits} edits, {trial.changed} files other, {trial.silent} without a change, {trial.refused} refused"
            sys.stdout.write(f"{told_now}; {len(trial.failures)} failures {trial.failures[-1:]}\n")
            sys.stdout.flush()


if __name__ == "__main__":
    main(int(sys.argv[1]), int(sys.argv[2]))
