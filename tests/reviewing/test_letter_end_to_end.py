"""The life of a letter of the hub in this repository as its reviewers see it: a draft, another word, the freeze, and a change too late."""

from __future__ import annotations

import shutil
import subprocess
from contextlib import nullcontext
from dataclasses import replace
from pathlib import Path

import pytest
from tests.hubs import moment, options
from tests.reviewing.built import edit

from handbill.freezing.freeze import freeze
from handbill.layout import ARCHIVE
from handbill.reviewing.record import Detail, LetterChange, Review
from handbill.reviewing.review import review

ROOT = Path(__file__).resolve().parents[2]

#: The hub of this repository, without the program.
PARTS = ("content", "events", "newsletters", "hub.toml", "addresses.lock", "calendars.lock", "history.lock")

#: A number that waits, the day on which it is reviewed, and where it would be frozen.
LETTER, NAME, AS_OF = "newsletters/agenda-2026-12-14.md", "agenda-6", "2026-12-01 12:00"


def git(root: Path, *words: str) -> str:
    who = ("-c", "user.name=Ada", "-c", "user.email=ada@atelier-garonne.example", "-c", "commit.gpgsign=false")
    return subprocess.run(["git", *who, *words], cwd=root, check=True, capture_output=True, text=True).stdout.strip()


@pytest.fixture(scope="module")
def demo(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a repository with a copy of the hub, in which one number of a letter is still a draft."""
    root = tmp_path_factory.mktemp("demo")
    for part in PARTS:
        if (ROOT / part).is_dir():
            shutil.copytree(ROOT / part, root / part)
        else:
            shutil.copy(ROOT / part, root / part)
    (root / ".gitignore").write_text("/.handbill/\n/public/\n")
    edit(root, LETTER, "---\nletter:", "---\ndraft: true\nletter:")
    git(root, "init", "--quiet", "--initial-branch=main")
    git(root, "add", "--all")
    git(root, "commit", "--quiet", "--message", "hub")
    return root


def reviewed(root: Path) -> Review:
    """Return what the files as they lie there change of the last commit, and commit them."""
    found = review(replace(options(root, AS_OF), records=False), "HEAD", "", "fr")
    git(root, "add", "--all")
    git(root, "commit", "--quiet", "--message", "change")
    return found


def only(found: Review) -> LetterChange:
    (one,) = found.letters
    assert (one.name, one.source, one.how) == (NAME, LETTER, "changed")
    return one


@pytest.mark.long
def test_a_letter_is_seen_at_each_step_as_its_readers_will_get_it(demo):
    """Approve what you have seen, and what you approved is what goes out: this is the whole promise of a review."""
    edit(demo, LETTER, "Rapportez la raclette avant, merci.", "Rapportez la raclette avant, et la perceuse aussi.")
    worded = only(found := reviewed(demo))

    assert found.pages == (), "a draft has no page"
    assert (worded.state, worded.frozen) == ("draft", "")
    assert [run.text for run in worded.words if run.how == "gone"] == ["merci."]
    assert [run.text for run in worded.words if run.how == "new"] == ["et la perceuse aussi."]
    assert {"mail.html", "mail.txt", "mail.eml"} == worded.forms.keys() == worded.former.keys()

    edit(demo, LETTER, "draft: true\n", "")
    finished = only(reviewed(demo))

    assert finished.details == (Detail("state", "draft", "scheduled"),)
    assert finished.words == ()
    assert finished.forms == worded.forms

    freeze(NAME, "", replace(options(demo, AS_OF), as_of=moment(AS_OF)), lambda _: nullcontext())
    frozen = only(reviewed(demo))

    assert frozen.details == (Detail("state", "scheduled", "frozen"),)
    assert (frozen.words, frozen.since_freeze) == ((), ())
    assert frozen.forms == worded.forms, "what was seen in the draft is, byte for byte, what is frozen"
    assert len(frozen.frozen) == 64

    mail = demo / ARCHIVE / NAME / "mail.html"
    mail.write_bytes(mail.read_bytes().replace(b"perceuse", b"ponceuse"))
    late = only(found := reviewed(demo))

    assert not found.is_whole, "nothing of this can be published"
    assert late.state == "damaged"
    assert {run.how for run in late.since_freeze} == {"gone", "new"}
    assert "mail.html" in late.since_freeze[0].text
