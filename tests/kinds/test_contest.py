"""Contests: standing by dates and facts, winners only when they are due."""

import pytest
from tests.hubs import load_village, moment, text, write

from handbill.errors import Level
from handbill.kinds import KINDS, elsewhere

BASE = {
    "mechanism": "draw", "opens": "2026-05-01 09:00", "closes": "2026-05-10", "draw": "2026-05-12 18:00", "results": "2026-05-13",
    "enter": "Écrivez.", "organiser": "Asso", "prizes": "[{name: Un seau, quantity: 2}]",
}  # fmt: skip


def contest(tmp_path, as_of, **front):
    """Return the view of one contest and its state at a moment."""
    loaded, _ = load_village(as_of, write(tmp_path, {"content/contests/a.md": text(**{**BASE, **front})}))
    assert not loaded.problems, loaded.problems
    item, hub = loaded.hub.items[0], loaded.hub
    return hub.kinds["contest"].view(item, hub), hub.state(item)


@pytest.mark.parametrize(
    ("as_of", "state"),
    [
        ("2026-05-01 08:59", "announced"), ("2026-05-01 09:00", "open"), ("2026-05-10 23:59", "open"),
        ("2026-05-11 00:00", "closed"), ("2026-05-20 00:00", "closed"),
    ],
)  # fmt: skip
def test_a_contest_stands_as_its_dates_say(tmp_path, as_of, state):
    """Two entrants were once turned away at noon of the closing day."""
    assert state == contest(tmp_path, as_of)[1]


def test_winners_written_ahead_are_not_shown_before_their_day(tmp_path):
    """An editor may prepare the results the evening before."""
    winners = {"winners": "[{name: Camille R., prize: Un seau}]"}

    view, state = contest(tmp_path, "2026-05-12 23:59", **winners)
    assert ([], "closed") == (view["winners"], state)
    view, state = contest(tmp_path, "2026-05-13 00:00", **winners)
    assert ([{"name": "Camille R.", "prize": "Un seau"}], "published") == (view["winners"], state)


def test_a_cancelled_contest_is_never_open(tmp_path):
    """And it says why."""
    view, state = contest(tmp_path, "2026-05-05 12:00", cancelled="Trop peu de participations.")

    assert ("cancelled", "Trop peu de participations.") == (state, view["cancelled"])


@pytest.mark.parametrize(
    ("as_of", "done"),
    [
        ("2026-05-01 08:59", []), ("2026-05-10 23:59", ["opens"]), ("2026-05-11 00:00", ["opens", "closes"]),
        ("2026-05-12 18:00", ["opens", "closes", "draw"]), ("2026-05-13 00:00", ["opens", "closes", "draw", "results"]),
    ],
)  # fmt: skip
def test_the_steps_of_a_contest_are_over_one_by_one(tmp_path, as_of, done):
    """Who entered wants to see what comes next, and when."""
    view, _ = contest(tmp_path, as_of, winners="[{name: Camille R.}]")

    assert ["opens", "closes", "draw", "results"] == [one["name"] for one in view["steps"]]
    assert done == [one["name"] for one in view["steps"] if one["is_done"]]


def test_a_jury_sits_on_no_known_day(tmp_path):
    """It is a step all the same, over once there are winners."""
    jury = {"mechanism": "jury", "draw": "null", "results": "null"}
    view, _ = contest(tmp_path, "2026-05-20 12:00", **jury)
    won, _ = contest(tmp_path / "won", "2026-05-20 12:00", **jury, winners="[{name: Camille R.}]")

    assert ("jury", "", False) == tuple(view["steps"][-1].values())
    assert [("jury", "", True), ("results", "", True)] == [tuple(one.values()) for one in won["steps"][-2:]]


def test_the_closing_is_told_as_people_say_it(tmp_path):
    """The 10th at 23:59 is what "until the 10th" means."""
    view, _ = contest(tmp_path, "2026-05-05 12:00")

    assert moment("2026-05-10 23:59").isoformat() == view["closes"]


@pytest.mark.parametrize(
    ("front", "field", "found", "wanted"),
    [
        ({"closes": "2026-04-30"}, "closes", "2026-04-30, which is not after opens (2026-05-01 09:00)", "a moment after 2026-05-01 09:00"),
        ({"draw": ""}, "draw", "nothing", "the moment of the draw, such as draw: 2026-05-11 18:00"),
        ({"draw": "2026-05-10 18:00"}, "draw", "2026-05-10 18:00, which is not after closes (2026-05-10)", "a moment after 2026-05-11 00:00"),
        ({"results": "2026-05-11"}, "results", "2026-05-11, which is not after draw (2026-05-12 18:00)", "a moment after 2026-05-12 18:00"),
    ],
)  # fmt: skip
def test_dates_that_do_not_follow_each_other_are_refused_with_the_first_that_would(tmp_path, front, field, found, wanted):
    """Entrants have a right to a draw after the closing, and the editor need not reckon."""
    loaded, _ = load_village(root=write(tmp_path, {"content/contests/a.md": text(**{**BASE, **front})}))

    assert (field, found, wanted) == next((one.field, one.found, one.wanted) for one in loaded.problems if one.level is Level.ERROR)


def test_a_field_of_one_other_kind_leads_to_its_folder():
    """`starts` belongs to events alone; `title` and `opens` belong to several or to all."""
    post = next(kind for kind in KINDS if kind.name == "post")

    assert ("events/", "content/contests/") == (elsewhere(post)["starts"], elsewhere(post)["mechanism"])
    assert {"title", "date"} & set(elsewhere(post)) == set()
    assert all(name not in elsewhere(kind) for kind in KINDS for name in [one.name for one in kind.all_fields])
