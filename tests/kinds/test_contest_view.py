"""What pages are given of a contest: each fact from its moment on, and names as far as the rules promise."""

from dataclasses import replace
from datetime import UTC, datetime

import pytest
from tests.contests.lives import ORDER
from tests.draw import samples
from tests.kinds.committed import AT, LATER, contest_in, hub_of

from handbill.hub.record import Step
from handbill.kinds.contest_view import shown_name

VOID = {"step": "void", "at": "2023-08-22T10:00:00Z", "reason": "La liste était fausse.", "again": "ete-photo-2"}
NAMES = f"\n  - name: Gwen Le Bihan\n    prize: Une caisse à outils\n    ticket: {ORDER[0]}"


def seen(tmp_path, as_of=LATER, **more):
    """Return how the contest stands, and the view of it."""
    hub = hub_of(tmp_path, as_of, **more)
    item = contest_in(hub)
    return hub.state(item), hub.kinds["contest"].view(item, hub)


@pytest.mark.parametrize(
    ("as_of", "state", "rules", "frozen", "drawn", "done"),
    [
        ("2023-07-24 10:00", "announced", [1], False, False, []),
        ("2023-08-10 10:00", "open", [1, 2], False, False, ["opens"]),
        ("2023-08-21 09:59", "closed", [1, 2], False, False, ["opens", "closes"]),
        ("2023-08-21 10:00", "frozen", [1, 2], True, False, ["opens", "closes", "freeze"]),
        ("2023-08-23 18:05", "drawn", [1, 2], True, True, ["opens", "closes", "freeze", "draw"]),
        ("2023-09-10 11:00", "verified", [1, 2], True, True, ["opens", "closes", "freeze", "draw", "claim"]),
        ("2023-09-11 11:00", "published", [1, 2], True, True, ["opens", "closes", "freeze", "draw", "results", "claim"]),
    ],
)  # fmt: skip
def test_each_step_is_known_from_its_moment_on(tmp_path, as_of, state, rules, frozen, drawn, done):
    """A page built for yesterday must not know today's draw, though it lies in the folder."""
    found, view = seen(tmp_path, as_of)
    record = view["record"]

    assert state == found
    assert rules == [one["version"] for one in record["rules"]]
    assert frozen == (record["frozen"] is not None)
    assert drawn == (record["drawn"] is not None) == bool(record["won"])
    assert done == [one["name"] for one in view["steps"] if one["is_done"]]
    assert {"chain": samples.CHAIN, "round": 1000, "at": "2023-08-23T17:59:24+02:00"} == record["beacon"]


def test_before_the_announcement_its_dates_alone_are_known(tmp_path):
    """As of any contest whose rules were never announced."""
    state, view = seen(tmp_path, "2023-07-10 10:00")

    assert ("announced", None) == (state, view["record"])


def test_the_digest_of_the_list_is_shown_in_full(tmp_path):
    """Whoever has the mail compares all of it."""
    record = seen(tmp_path)[1]["record"]

    assert {"at": "2023-08-21T10:00:00+02:00", "digest": samples.digest_of(samples.archive()["pool.txt"]), "size": 10} == record["frozen"]


def test_winners_stand_by_their_prizes(tmp_path):
    """The first prize is for the first of the order; a prize for two has two tickets."""
    state, view = seen(tmp_path, prizes="\n  - name: Une caisse à outils\n  - name: Un atelier à deux\n    shared_by: 2", winners=NAMES)
    first, second = view["record"]["won"]

    assert "published" == state
    assert ("Une caisse à outils", [{"ticket": ORDER[0], "name": "Gwen Le Bihan"}]) == (first["prize"], first["winners"])
    assert ("Un atelier à deux", ["", ""]) == (second["prize"], [one["name"] for one in second["winners"]])
    assert 2 == len(view["record"]["substitutes"])
    assert [] == view["winners"]


@pytest.mark.parametrize(("promised", "name"), [("opt_in", "Gwen Le Bihan"), ("first_name_initial", "Gwen B."), ("pseudonym", "")])
def test_a_name_is_shown_as_far_as_the_rules_promise(tmp_path, promised, name):
    """What entrants were promised holds, whatever somebody types into the text later."""
    record = seen(tmp_path, winners=NAMES, publish_winners=promised)[1]["record"]

    assert name == record["won"][0]["winners"][0]["name"]


@pytest.mark.parametrize("as_of", [AT["decided"], "2023-09-11 10:59"])
def test_no_name_is_shown_before_the_results_are_published(tmp_path, as_of):
    """While winners are asked they have agreed to nothing."""
    view = seen(tmp_path, as_of, winners=NAMES)[1]

    assert "Gwen" not in str(view)


def test_a_contest_declared_void_says_why_and_where_it_goes_on(tmp_path):
    """It is no longer drawn, and those on its list must know."""
    state, view = seen(tmp_path, end=VOID)

    assert ("void", "La liste était fausse.") == (state, view["cancelled"])
    assert ("La liste était fausse.", "ete-photo-2") == (view["record"]["reason"], view["record"]["again"])
    assert "frozen" == seen(tmp_path / "before", "2023-08-22 09:00", end=VOID)[0]


def test_words_in_the_text_cancel_nothing_that_is_frozen(tmp_path):
    """Who is on the list has a right to the draw; a contest that is wrong is declared void."""
    assert "published" == seen(tmp_path, cancelled="Plus envie.")[0]
    assert "cancelled" == seen(tmp_path / "open", "2023-08-10 10:00", cancelled="Plus envie.")[0]


def test_what_was_called_off_stays_so_when_its_data_are_destroyed(tmp_path):
    """Otherwise it would stand under the results."""
    hub = hub_of(tmp_path, end=VOID)
    item = contest_in(hub)
    record = item.facts.record
    purged = replace(record, steps=(*record.steps, Step("purged", datetime(2023, 9, 1, tzinfo=UTC), {"key": "destroyed"})))
    item = replace(item, facts=replace(item.facts, record=purged))

    assert "void" == hub.state(item)
    assert "2023-09-01T02:00:00+02:00" == hub.kinds["contest"].view(item, hub)["record"]["purged"]


@pytest.mark.parametrize("mechanism", ["jury", "jury+vote"])
def test_where_a_jury_sat_it_has_judged(tmp_path, mechanism):
    """Lots only part equal works there."""
    state, view = seen(tmp_path, AT["decided"].replace("16:05", "18:06"), mechanism=mechanism, draw="")

    assert "judged" == state
    assert ("jury", "", True) == next(tuple(one.values()) for one in view["steps"] if one["name"] == "jury")


@pytest.mark.parametrize(
    ("name", "promised", "shown"),
    [
        ("Camille Renard", "first_name_initial", "Camille R."),
        ("Camille R.", "first_name_initial", "Camille R."),
        ("Camille", "first_name_initial", "Camille"),
        ("Marie-Anne de La Tour", "first_name_initial", "Marie-Anne T."),
        ("Camille Renard", "opt_in", "Camille Renard"),
        ("Camille", "pseudonym", ""),
    ],
)  # fmt: skip
def test_a_name_is_made_as_short_as_promised(name, promised, shown):
    """A first name and an initial, whoever types more."""
    assert shown == shown_name(name, promised)
