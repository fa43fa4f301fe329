"""A rule that is missing is named before anybody enters."""

from __future__ import annotations

import pytest
from tests.hubs import load_village, text, write
from tests.rules.sample import DRAW, HUB, JURY, LOTTERY, MECHANISMS, QUIZ, a_hub, load

from handbill.rules.clauses import missing


@pytest.mark.parametrize("name", MECHANISMS)
def test_a_whole_text_lacks_nothing(tmp_path, name):
    """Whoever wrote everything is not to be sent back."""
    assert () == missing(*load(a_hub(tmp_path, MECHANISMS[name])))


def test_everything_that_is_missing_is_told_at_once(tmp_path):
    """One clause a run would take a volunteer an evening."""
    least = {
        "mechanism": "draw",
        "opens": "2026-06-01",
        "closes": "2026-06-30",
        "draw": "2026-07-03 18:00",
        "organiser": "Asso",
        "enter": "Venez.",
        "prizes": "\n  - name: Un lot",
    }
    root = write(tmp_path, {"content/contests/ete-photo.md": text(**least)})
    loaded, settings = load_village("2026-05-14 10:00", root)

    assert [
        "organiser.form", "organiser.registration", "organiser.address", "organiser.contact", "privacy.purpose", "privacy.basis",
        "privacy.contact", "freeze", "results", "claim", "eligibility", "enter_url", "prizes[0].unit_value",
    ] == [one.field for one in missing(loaded.hub.items[0], settings)]  # fmt: skip


@pytest.mark.parametrize(
    ("base", "field", "value", "told"),
    [
        (DRAW, "freeze", "", "freeze"),
        (DRAW, "results", "", "results"),
        (DRAW, "claim", "", "claim"),
        (DRAW, "eligibility", "", "eligibility"),
        (DRAW, "enter_url", "", "enter_url"),
        (DRAW, "privacy", "", "privacy.purpose"),
        (DRAW, "entry", "post", "platform"),
        (DRAW, "platform", "Mastodon", "platform_disclaimer"),
        (DRAW, "prizes", "\n  - {name: A, unit_value: 1}\n  - {name: B}", "prizes[1].unit_value"),
        (JURY, "image_rights", "", "image_rights"),
        (JURY, "results", "2026-07-02 12:00", "results"),
        (QUIZ, "quiz", f"\n  {{answers: {'0a' * 32}, tiebreak: Combien ?}}", "quiz.questions"),
        (QUIZ, "quiz", f"\n  {{questions: 3, answers: {'0a' * 32}}}", "quiz.tiebreak"),
        (QUIZ, "quiz", "\n  {questions: 3, tiebreak: Combien ?}", "quiz.answers"),
        (JURY, "judging", "", "judging.jurors"),
        (JURY, "judging", "", "judging.criteria"),
        (LOTTERY, "randomness", "\n  algorithm: rfc3797", "randomness.sources"),
    ],
)
def test_each_clause_is_asked_for(tmp_path, base, field, value, told):
    """Rules with a gap are those that a court reads against the organiser."""
    front = {key: one for key, one in {**base, field: value}.items() if one}
    found = missing(*load(a_hub(tmp_path, front)))

    assert told in [one.field for one in found]
    assert {"HB226"} == {one.code for one in found}


def test_a_repository_is_where_pull_requests_go(tmp_path):
    """The hub's own repository needs no second address."""
    front = {**DRAW, "entry": "pull_request"}
    del front["enter_url"]
    root = a_hub(tmp_path, front)

    assert () == missing(*load(root))

    (root / "hub.toml").write_text(HUB.replace("repository", "# repository").replace("forge =", "# forge ="), encoding="utf-8")

    assert ["enter_url"] == [one.field for one in missing(*load(root))]


def test_a_gap_is_told_where_it_is_mended_with_a_date_in_its_order(tmp_path):
    """“claim is missing” sends an editor to the handbook; a line to copy does not."""
    front = {key: one for key, one in DRAW.items() if key != "claim"}
    (gap,) = missing(*load(a_hub(tmp_path, front)))

    assert ("content/contests/ete-photo.md", "claim", "a line such as claim: 2026-07-25 18:00") == (gap.path, gap.field, gap.wanted)


def test_what_the_community_can_say_once_for_all_is_said_so(tmp_path):
    """[legal] is the better place for an address than ten contests."""
    root = a_hub(tmp_path, DRAW)
    (root / "hub.toml").write_text(HUB.replace('registration = "RNA W000000000"\n', ""), encoding="utf-8")
    (gap,) = missing(*load(root))

    assert gap.wanted.endswith("; or registration under [legal] in hub.toml")
    assert gap.line
