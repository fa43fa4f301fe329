"""Rules are announced once, amended in the open, and never after entries closed."""

from __future__ import annotations

import hashlib
import json
import re

import pytest
from tests.hubs import options
from tests.rules.sample import DRAW, ENGLISH, JURY, LOTTERY, a_hub

from handbill.contests.announcing import announce
from handbill.contests.steps import NotNow
from handbill.draw.canonical import is_sealed
from handbill.errors import ContentProblems
from handbill.reading.rulebook import rules_file

ARCHIVE = "content/contests/archive/ete-photo"
BEFORE, OPEN, CLOSED = "2026-05-14 10:00", "2026-06-10 10:00", "2026-07-01 00:00"


def record(root):
    raw = (root / ARCHIVE / "record.json").read_bytes()
    assert is_sealed(raw)
    return json.loads(raw)


def test_an_announcement_writes_rules_in_each_language_and_the_step(tmp_path):
    """What members read and what the record says must be one thing."""
    root = a_hub(tmp_path, DRAW, english=True)
    done = announce("ete-photo", options(root, BEFORE))
    (step,) = record(root)["steps"]

    assert (1, True) == (done.version, done.is_new)
    assert {"rules.1.fr.md", "rules.1.en.md", "record.json"} == {one.name for one in (root / ARCHIVE).iterdir()}
    for lang, text in done.rules.items():
        raw = (root / ARCHIVE / rules_file(1, lang)).read_bytes()
        assert text.encode() == raw
        assert hashlib.sha256(raw).hexdigest() == step["rules"][lang]
    assert "2026-05-14T08:00:00Z" == step["at"]
    assert ("fr", {"en"}) == (step["terms"]["lang"], step["clauses"].keys())


def test_the_round_of_the_beacon_is_fixed_with_the_rules(tmp_path):
    """Source: drand quicknet, the first round at or after the draw."""
    root = a_hub(tmp_path, DRAW)
    announce("ete-photo", options(root, BEFORE))
    (step,) = record(root)["steps"]

    # 2026-07-03T16:00:00Z is 93,291,... seconds after genesis; rounds come each 3 s.
    from datetime import UTC, datetime

    seconds = int(datetime(2026, 7, 3, 16, tzinfo=UTC).timestamp()) - 1692803367
    assert -(-seconds // 3) + 1 == step["beacon"]["round"]
    assert f"**{step['beacon']['round']}**" in (root / ARCHIVE / "rules.1.fr.md").read_text(encoding="utf-8")


@pytest.mark.parametrize(("front", "has_round"), [(JURY, True), (LOTTERY, False)])
def test_equal_works_of_a_jury_have_a_round_and_a_lottery_has_none(tmp_path, front, has_round):
    """A round that is named later is a round that somebody chose."""
    root = a_hub(tmp_path, front)
    announce("ete-photo", options(root, BEFORE))

    assert has_round is bool(record(root)["steps"][0]["beacon"])


def test_the_rules_hold_the_digest_of_their_announcement(tmp_path):
    """A term changed in record.json alone would go unseen by whoever compares the rules with their digest."""
    root = a_hub(tmp_path, DRAW, english=True)
    done = announce("ete-photo", options(root, BEFORE))
    (step,) = record(root)["steps"]
    bound = {key: step[key] for key in ("at", "beacon", "clauses", "terms", "version")}
    digest = hashlib.sha256(json.dumps(bound, sort_keys=True, separators=(",", ":"), ensure_ascii=False).encode()).hexdigest()

    assert [[digest], [digest]] == [re.findall("announced-step: ([0-9a-f]{64})", text) for text in done.rules.values()]


def test_announcing_again_changes_nothing(tmp_path):
    """Nobody is to be afraid of running a command twice."""
    root = a_hub(tmp_path, DRAW)
    announce("ete-photo", options(root, BEFORE))
    before = (root / ARCHIVE / "record.json").read_bytes()
    done = announce("ete-photo", options(root, OPEN))

    assert (1, False, ()) == (done.version, done.is_new, done.changes)
    assert before == (root / ARCHIVE / "record.json").read_bytes()


def test_other_terms_make_the_next_version_and_name_what_changed(tmp_path):
    """Members who entered are told what they did not accept."""
    root = a_hub(tmp_path, DRAW)
    first = announce("ete-photo", options(root, BEFORE))
    done = announce("ete-photo", options(a_hub(root, DRAW, claim="2026-08-31"), OPEN))

    assert (2, True) == (done.version, done.is_new)
    assert [("fr", "claim", "2026-08-01 00:00", "2026-09-01 00:00")] == [
        (one.lang, one.field, one.before, one.after) for one in done.changes
    ]
    assert ["who has entered so far accepted version 1: tell them what changed, and let them withdraw"] == list(done.notes)
    assert first.rules["fr"] == (root / ARCHIVE / "rules.1.fr.md").read_text(encoding="utf-8")
    assert [1, 2] == [one["version"] for one in record(root)["steps"]]


def test_a_translation_that_comes_later_makes_a_version_of_its_own(tmp_path):
    """Its readers had no rules before."""
    root = a_hub(tmp_path, DRAW)
    announce("ete-photo", options(root, BEFORE))
    done = announce("ete-photo", options(a_hub(root, DRAW, english=True), BEFORE))

    assert (2, {"fr", "en"}, ()) == (done.version, set(done.rules), done.changes)


def test_nothing_is_amended_once_entries_are_closed(tmp_path):
    """Also not by a text that says a later day by now: those who entered know the announced one."""
    root = a_hub(tmp_path, DRAW)
    announce("ete-photo", options(root, BEFORE))

    with pytest.raises(NotNow, match="nobody's rules change after they entered"):
        announce("ete-photo", options(root, CLOSED))

    later = {"closes": "2026-07-01", "freeze": "2026-07-02 09:00"}
    with pytest.raises(NotNow, match="nobody's rules change after they entered"):
        announce("ete-photo", options(a_hub(root, DRAW, **later), CLOSED))


def test_nothing_is_announced_that_is_over(tmp_path):
    """Rules that nobody could read before entering bind nobody."""
    with pytest.raises(NotNow, match="entries have been closed since 2026-07-01 00:00"):
        announce("ete-photo", options(a_hub(tmp_path, DRAW), CLOSED))


def test_a_first_announcement_while_entries_are_open_is_told_as_late(tmp_path):
    """Better late than never, and better said."""
    done = announce("ete-photo", options(a_hub(tmp_path, DRAW), OPEN))

    assert ["entries have been open since 2026-06-01 09:00: who entered before now did not know these rules"] == list(done.notes)


def test_gaps_in_every_language_are_told_together_and_nothing_is_written(tmp_path):
    """A record with half of its rules would be worse than none."""
    root = a_hub(tmp_path, {key: one for key, one in DRAW.items() if key not in ("claim", "freeze")}, english=True)

    with pytest.raises(ContentProblems) as refused:
        announce("ete-photo", options(root, BEFORE))

    assert ["claim", "freeze"] * 2 == [one.field for one in refused.value.problems]
    assert not (root / ARCHIVE).exists()


def test_languages_that_disagree_are_refused(tmp_path):
    """One of the two would be cheated."""
    root = a_hub(tmp_path, DRAW, english=True)
    text = root / "content/contests/ete-photo.en.md"
    text.write_text(text.read_text(encoding="utf-8").replace("quantity: 3", "quantity: 2"), encoding="utf-8")

    with pytest.raises(ContentProblems) as refused:
        announce("ete-photo", options(root, BEFORE))

    assert ("prizes[1].quantity", "“2”, and in content/contests/ete-photo.md “3”") in [
        (one.field, one.found) for one in refused.value.problems
    ]


def test_a_trial_writes_nothing(tmp_path):
    """Whoever wants to read first is not to be bound by it."""
    root = a_hub(tmp_path, DRAW)

    assert announce("ete-photo", options(root, BEFORE), is_trial=True).rules["fr"].startswith("# Règlement du concours")
    assert not (root / ARCHIVE).exists()


def test_a_language_without_rules_is_told_and_one_alone_is_refused(tmp_path):
    """Rules that nobody of us can write are not to be guessed."""
    root = a_hub(tmp_path, DRAW)
    toml = (root / "hub.toml").read_text(encoding="utf-8")
    (root / "hub.toml").write_text(toml.replace('["fr", "en"]', '["fr", "en", "de"]'), encoding="utf-8")
    french = (root / "content/contests/ete-photo.md").read_text(encoding="utf-8")
    (root / "content/contests/ete-photo.de.md").write_text(french, encoding="utf-8")

    (note,) = announce("ete-photo", options(root, BEFORE), is_trial=True).notes
    assert note.startswith("content/contests/ete-photo.de.md: no rules in its language")

    (root / "content/contests/ete-photo.md").unlink()
    with pytest.raises(NotNow, match="rules can be written in French and in English"):
        announce("ete-photo", options(root, BEFORE))


def test_jurors_of_the_hub_are_named_as_their_pages_name_them(tmp_path):
    """“ines-carrere” is the name of a file; one who is in no list may judge as well."""
    root = a_hub(tmp_path, {**JURY, "judging": JURY["judging"].replace("Inès Carrère", "ines-carrere")})
    file = root / "content/people/ines-carrere.md"
    file.parent.mkdir()
    file.write_text("---\ntitle: Inès Carrère\nlisted: false\n---\n\nMenuisière.\n", encoding="utf-8")
    done = announce("ete-photo", options(root, BEFORE))

    assert "Inès\xa0Carrère, Hugo" in done.rules["fr"].replace("Inès Carrère", "Inès\xa0Carrère")
    assert "ines-carrere" not in done.rules["fr"]
    assert ["ines-carrere", "Hugo Lassalle", "Théo Vidalie"] == record(root)["steps"][0]["terms"]["judging"]["jurors"]


def test_every_language_names_the_one_place_of_the_files(tmp_path):
    """A link to a file beside the English page would lead nowhere."""
    done = announce("ete-photo", options(a_hub(tmp_path, DRAW, english=True), BEFORE), is_trial=True)

    assert all("<https://essai.example/contests/ete-photo/record.json>" in text for text in done.rules.values())
    assert "<https://essai.example/en/contests/ete-photo/rules/>" in done.rules["en"]


def test_the_english_words_are_bound_as_well(tmp_path):
    """The prize that the English text names is the one that its readers win."""
    root = a_hub(tmp_path, DRAW, english=True)
    announce("ete-photo", options(root, BEFORE))

    assert ENGLISH["title"] == record(root)["steps"][0]["clauses"]["en"]["title"]
