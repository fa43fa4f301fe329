"""What a section chose is never a riddle: the rule, what was pinned, and how much did not find room."""

from tests.composing.letters import event, hub_with, letter, read, section

from handbill.composing.choices import choices_of
from handbill.outputs.words import words_for


def chosen(root, body, as_of="2026-04-10 12:00"):
    """Return what the sections of a third letter chose, sent on the ninth of April."""
    hub_with(root, **{
        "newsletters/2026-04.md": letter(3, "2026-04-09 18:00", body),
        **{f"events/atelier-{day:02}.md": event(f"Atelier {day}", f"2026-04-{day} 10:00") for day in range(20, 26)},
    })  # fmt: skip
    hub, _ = read(root, as_of)
    return choices_of(next(one for one in hub.items if one.source == "newsletters/2026-04.md"), hub, words_for("en", ()))


def test_each_section_says_by_which_rule_it_chose(tmp_path):
    """“Why is it not in there?” is what an editor asks first."""
    events, posts, changes = chosen(tmp_path, f"{section('events')}\n\n{section('posts', 'since: 2026-04-01')}")

    assert "what takes place from 9 April 2026 to 24 May 2026" == events.rule
    assert "posts published since 1 April 2026" == posts.rule
    assert () == posts.entries
    assert "what earlier letters announced, and was called off or moved since 12 March 2026" == changes.rule


def test_what_is_pinned_is_told_apart(tmp_path):
    """It stands first because somebody wanted it, not because of its date."""
    events = next(one for one in chosen(tmp_path, section("events", "pin: [../events/bal.md]", "limit: 2")) if one.show == "events")

    assert [("Le bal", True), ("La fête", False)] == [(one.title, one.is_pinned) for one in events.entries]
    assert ["2026-05-02", "2026-04-18"] == [one.when[:10] for one in events.entries]


def test_what_found_no_room_is_counted_unless_it_stands_elsewhere(tmp_path):
    """Seven that follow in the next section are not lost; three that follow nowhere are."""
    found = chosen(tmp_path, f"{section('events', 'limit: 1')}\n\n{section('events', 'layout: list', 'limit: 4')}")
    first, second = (one for one in found if one.show == "events")

    assert (3, 3) == (first.left_out, second.left_out)
    assert 5 == len(first.entries) + len(second.entries)


def test_two_equal_sections_are_two(tmp_path):
    """The second shows what the first had no room for."""
    found = chosen(tmp_path, f"{section('events', 'limit: 2')}\n\n{section('events', 'limit: 2')}")

    assert [["La fête", "Atelier 20"], ["Atelier 21", "Atelier 22"]] == [
        [e.title for e in one.entries] for one in found if one.show == "events"
    ]


def test_exclusions_and_subjects_are_part_of_the_rule(tmp_path):
    """Otherwise nobody would know why so little is there."""
    body = section("events", "tags: [bois]", "except: [../events/fete.md]")
    events = next(one for one in chosen(tmp_path, body) if one.show == "events")

    assert (1, (), 0) == (events.excluded, events.entries, events.left_out)
    assert events.rule.endswith(", with the subject bois")
