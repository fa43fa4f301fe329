"""contest announce, as it is typed."""

from __future__ import annotations

import json

import pytest
from tests.hubs import run
from tests.rules.sample import DRAW, a_hub

BEFORE = ("--as-of", "2026-05-14 10:00")


@pytest.fixture
def root(tmp_path, monkeypatch):
    """Return the folder of a hub with one contest, in which commands are typed."""
    a_hub(tmp_path, DRAW, english=True)
    monkeypatch.chdir(tmp_path)
    return tmp_path


def test_it_says_what_was_written_and_what_comes_next(root, capsys):
    """An organiser does this twice a year."""
    code, out, _ = run(capsys, "contest", "announce", "ete-photo", *BEFORE)

    assert 0 == code
    assert out.startswith("ete-photo: version 1 of the rules is written\n  content/contests/archive/ete-photo/rules.1.fr.md\n")
    assert "commit content/contests/archive/ete-photo/ with your change" in out
    assert out.endswith("Next, once entries are closed, and by 2026-07-01 18:00:\n  python3 build.py contest freeze ete-photo\n")

    code, out, _ = run(capsys, "contest", "announce", "ete-photo", *BEFORE)

    assert (0, "ete-photo: announced already, version 1, with the same rules\n") == (code, out)


def test_the_rules_can_be_read_first(root, capsys):
    """They go to somebody who knows the law before they go to everybody."""
    code, out, _ = run(capsys, "contest", "announce", "ete-photo", "--print", *BEFORE)

    assert 0 == code
    assert ["# Règlement du concours « Été photo : l’objet réparé »", "# Rules of the contest “Summer photo”"] == [
        one.replace("\xa0", " ") for one in out.splitlines() if one.startswith("# ")
    ]
    assert not (root / "content/contests/archive").exists()


def test_what_is_missing_is_counted_and_told_in_french(root, capsys):
    """Those who run contests are no developers, and write French."""
    for file in (root / "content/contests").glob("*.md"):
        file.write_text(file.read_text(encoding="utf-8").replace("claim: 2026-07-31\n", ""), encoding="utf-8")
    code, out, err = run(capsys, "contest", "announce", "ete-photo", *BEFORE, lang="fr")

    assert 1 == code
    assert "Le règlement ne peut pas encore être établi" in err
    assert 2 == (out + err).count("[HB226]")


def test_the_next_steps_are_told_in_french(root, capsys):
    """The sentence that says what to do with the files is the one that must be whole."""
    code, out, _ = run(capsys, "contest", "announce", "ete-photo", *BEFORE, lang="fr")

    assert 0 == code
    assert "enregistrez content/contests/archive/ete-photo/ dans Git avec votre modification." in out
    assert "et avant le 2026-07-01 18:00 :\n  python3 build.py contest freeze ete-photo\n" in out.replace("\xa0", " ")


def test_programs_read_it_too(root, capsys):
    """A form of the community's own may want to show what changed."""
    run(capsys, "contest", "announce", "ete-photo", *BEFORE)
    a_hub(root, DRAW, english=True, claim="2026-08-31")
    code, out, _ = run(capsys, "contest", "announce", "ete-photo", "--json", *BEFORE)
    told = json.loads(out)

    assert (0, 2, True) == (code, told["version"], told["is_new"])
    assert {"lang": "en", "field": "claim", "before": "2026-08-01 00:00", "after": "2026-09-01 00:00"} in told["changes"]


def test_what_cannot_be_announced_any_more_is_refused_with_the_reason(root, capsys):
    """“No” without a reason is asked again."""
    run(capsys, "contest", "announce", "ete-photo", *BEFORE)
    code, _, err = run(capsys, "contest", "announce", "ete-photo", "--as-of", "2026-07-02 10:00")

    assert (1, "ete-photo: entries are closed: nobody's rules change after they entered") == (code, err.strip().removeprefix("handbill: "))
