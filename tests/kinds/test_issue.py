"""Letters: which sections they have, and what was put right in them."""

from datetime import date

import pytest
from tests.hubs import load_village, text, write

from handbill.kinds.issue import Correction


def facts(folder, body="Bonjour.", **front):
    """Return the facts of a letter with this text and front matter."""
    front = {"number": "1", "subject": "Mars", "date": "2026-03-15 18:00", **front}
    return load_village("2026-06-01 12:00", write(folder, {"newsletters/1.md": text(body, **front)}))[0].hub.of_kind("issue")[0].facts


@pytest.mark.parametrize(
    ("body", "sections", "expected"),
    [
        ("Bonjour.", None, ["changes", "events", "contests", "posts"]),
        ("Bonjour.", "[]", []),
        ("Bonjour.", "[posts, events]", ["changes", "posts", "events"]),
        ("Bonjour.", "[posts, changes]", ["posts", "changes"]),
        ("```section\nshow: events\n```", None, ["events", "changes"]),
        ("```section\nshow: events\n```\n\n```section\nshow: changes\n```", None, ["events", "changes"]),
        ("```section\nshow: events\n```", "[posts]", ["events", "changes", "posts"]),
    ],
)
def test_whoever_has_sections_tells_of_changes_unless_they_have_another_place(tmp_path, body, sections, expected):
    """An editor who names sections for their order does not mean to hide what fell through."""
    front = {} if sections is None else {"sections": sections}

    assert expected == [one.show for one in facts(tmp_path, body, **front).queries]


def test_a_correction_is_a_day_and_a_sentence(tmp_path):
    """What was sent stays; what was wrong in it is said beside it."""
    expected = (Correction(date(2026, 3, 17), "Le 24, pas le 25."),)

    assert expected == facts(tmp_path, corrections='[{date: 2026-03-17, text: "Le 24, pas le 25."}]').corrections


def test_a_letter_may_name_the_zone_of_its_moment(hub):
    """A community of two continents sends at six where most of its members are."""
    write(hub, {"newsletters/3.md": text(number="3", subject="Avril", date="2026-03-19 18:00", timezone="America/New_York", since="last")})
    loaded, _ = load_village(root=hub)
    letter = next(one for one in loaded.hub.items if one.source == "newsletters/3.md")

    assert "2026-03-19T18:00:00-04:00" == letter.published.isoformat()
    assert letter.facts.since is None
