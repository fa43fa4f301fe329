"""The handbook shows reviewers a real change: its patch applies, and its review says what the page says."""

from __future__ import annotations

import json
import re

import pytest
from tests.hubs import run
from tests.real_change import AS_OF, PAGE, REPOSITORY, blocks, proposal


@pytest.mark.long
@pytest.mark.skipif(not (REPOSITORY / ".git").exists(), reason="needs a clone of the repository")
def test_the_review_that_the_handbook_shows_is_the_one_that_the_program_makes(tmp_path, capsys, refresh):
    """A reviewer compares the page with the screen; words that nobody can find there help nobody.

    With ``--refresh`` the page's text is written anew.
    """
    code, out, _ = run(
        capsys, "--root", proposal(tmp_path), "review", "main", "--as-of", AS_OF, "--no-pictures", "--into", tmp_path / "pack"
    )
    comment = (tmp_path / "pack" / "review.md").read_text(encoding="utf-8")
    # How far it is, is told to those who wait, and not on a page.
    printed = "".join(
        f"{line}\n" for line in out.replace(str(tmp_path / "pack"), ".handbill/review/pack").splitlines() if not line.endswith("…")
    )
    told = {"console": printed, "markdown": short(comment)}

    assert 0 == code
    if refresh:
        text = PAGE.read_text(encoding="utf-8")
        for language, words in told.items():
            text = re.sub(
                rf"(?ms)^```{language}\n.*?^```$", lambda _, given=(language, words): f"```{given[0]}\n{given[1]}```", text, count=1
            )
        PAGE.write_text(text, encoding="utf-8")
    for language, words in told.items():
        assert [words] == blocks(language)
    review = json.loads((tmp_path / "pack" / "review.json").read_text(encoding="utf-8"))
    # What the page explains in its own words.
    assert 1 == sum(one["is_own"] for one in review["pages"])
    assert (1, 2) == (len(review["dates"]), len(review["letters"]))


def short(comment: str) -> str:
    """Return a comment as it stands folded: its first words, and the title of each part."""
    folded = re.sub(r"<details>\n<summary>(.*?)</summary>.*?</details>\n", r"▸ \1\n", comment, flags=re.DOTALL)
    # The last line names commits, which are others in each clone.
    return (
        re.sub(r"\n{2,}", "\n\n", "\n".join(line for line in folded.split("\n") if not line.startswith("<!--")))
        .strip()
        .rpartition("\n\n")[0]
        + "\n"
    )


def test_the_pictures_of_the_page_are_there():
    """Their command stands in tests/real_change.py."""
    for name in re.findall(r"!\[[^\]]+\]\(\.\./(pictures/[\w.-]+)\)", PAGE.read_text(encoding="utf-8")):
        assert (REPOSITORY / "handbook" / name).stat().st_size < 250_000
