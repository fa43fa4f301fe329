"""After the draw each step is said by a person, in its time, and what is destroyed is destroyed."""

import json

import pytest
from tests.contests.drawn import KNOWN, OVER, RESULTS, hub_at
from tests.contests.lives import BEFORE, CLAIMED, CLOSED, DRAWN, FROZEN, ID, OPEN, announced, contest, frozen, hub_with
from tests.hubs import write

from handbill.contests.closing import cancel, confirm, declare_void, publish, purge, purge_due, settle
from handbill.contests.keyring import key_file, made_key
from handbill.contests.steps import NotNow
from handbill.draw.pool import digest_of
from handbill.errors import ContentProblems, WrongUse

ARCHIVE = f"content/contests/archive/{ID}"


def last_step(root):
    return json.loads((root / ARCHIVE / "record.json").read_bytes())["steps"][-1]


def test_winners_are_confirmed_with_the_draw_as_it_is_then(tmp_path):
    """Whoever was skipped until then stays skipped, and nobody is after it."""
    root = hub_at(tmp_path / "hub", "drawn")

    done = confirm(contest(root, KNOWN), is_claimed=True)

    assert (3, 0) == (done.winners, done.left)
    assert {"verified", digest_of((root / ARCHIVE / "draw.json").read_bytes())} == {last_step(root)["step"], last_step(root)["draw"]}


def test_while_winners_can_claim_somebody_says_that_all_have(tmp_path):
    """A prize that was given on before its winner read the mail cannot be given back."""
    root = hub_at(tmp_path / "hub", "drawn")

    with pytest.raises(NotNow, match="until 2023-09-02 00:00; if all have answered, say so with --claimed"):
        confirm(contest(root, KNOWN), is_claimed=False)
    assert "decided" == last_step(root)["step"]

    confirm(contest(root, CLAIMED), is_claimed=False)
    assert "verified" == last_step(root)["step"]


@pytest.mark.parametrize("name", ["draw.json", "pool.txt", "rules.1.fr.md"])
def test_a_draw_that_does_not_hold_is_not_confirmed(tmp_path, name):
    """A stranger would find it, after the prizes are gone."""
    root = hub_at(tmp_path / "hub", "drawn")
    file = root / ARCHIVE / name
    file.write_bytes(file.read_bytes().replace(b"e", b"a", 1))

    with pytest.raises((NotNow, ContentProblems)):
        confirm(contest(root, KNOWN), is_claimed=True)

    assert "decided" == last_step(root)["step"]


def test_what_changes_while_it_is_confirmed_is_noticed(tmp_path):
    """Between reading and writing lies a second, and editors save by themselves."""
    found = contest(hub_at(tmp_path / "hub", "drawn"), KNOWN)
    file = found.settings.root / ARCHIVE / "pool.txt"
    file.write_bytes(file.read_bytes()[:-17])

    with pytest.raises(NotNow, match=r"pool\.txt"):
        confirm(found, is_claimed=True)


def test_results_are_published_on_the_day_that_the_rules_give(tmp_path):
    """Members wait for it together."""
    root = hub_at(tmp_path / "hub", "verified")

    with pytest.raises(NotNow, match="2023-08-24 18:00"):
        publish(contest(root, KNOWN))
    publish(contest(root, RESULTS))

    assert "published" == last_step(root)["step"]


def test_a_settled_contest_is_purged_when_the_rules_say(tmp_path):
    """Until then somebody may object, and is answered from the list."""
    root = hub_at(tmp_path / "hub", "settled")
    made_key(tmp_path / "private", ID)

    with pytest.raises(NotNow, match="until 2023-11-22 18:00"):
        purge(contest(root, "2023-11-22 17:59:59"), tmp_path / "private")
    assert key_file(tmp_path / "private", ID).exists()

    assert purge(contest(root, OVER), tmp_path / "private").is_key_destroyed
    assert not key_file(tmp_path / "private", ID).exists()
    assert {"step": "purged", "key": "destroyed"} == {key: last_step(root)[key] for key in ("step", "key")}
    assert "purged" == contest(root, OVER).state


def test_who_wants_to_destroy_earlier_says_so(tmp_path):
    """Keeping less is no fault; doing it by a slip is."""
    root = hub_at(tmp_path / "hub", "settled")
    made_key(tmp_path / "private", ID)

    assert purge(contest(root, "2023-09-06 10:00"), tmp_path / "private", is_early=True).is_key_destroyed


def test_a_key_that_lies_elsewhere_is_not_told_as_destroyed(tmp_path):
    """On the colleague's laptop it would go on opening every ticket."""
    root = hub_at(tmp_path / "hub", "settled")

    with pytest.raises(NotNow, match="--no-key"):
        purge(contest(root, OVER), tmp_path / "private")
    assert "settled" == contest(root, OVER).state

    assert not purge(contest(root, OVER), tmp_path / "private", is_without_key=True).is_key_destroyed
    assert "none" == last_step(root)["key"]


def test_a_purge_that_was_broken_off_goes_on(tmp_path, monkeypatch):
    """The key is gone, and the record does not say so yet."""
    root = hub_at(tmp_path / "hub", "settled")
    made_key(tmp_path / "private", ID)

    def broken_off(*_):
        raise KeyboardInterrupt

    with monkeypatch.context() as patched:
        patched.setattr("handbill.contests.closing.take", broken_off)
        with pytest.raises(KeyboardInterrupt):
            purge(contest(root, OVER), tmp_path / "private")
    assert "settled" == contest(root, OVER).state

    assert purge(contest(root, OVER), tmp_path / "private").is_key_destroyed
    assert "destroyed" == last_step(root)["key"]


def test_entries_by_pull_request_are_deleted_with_the_key(tmp_path):
    """People agreed to be read for the contest, not for ever."""
    root = hub_with(tmp_path / "hub", entry="pull_request")
    announced(root)
    write(root, {f"{ARCHIVE}/entries/{name}.yml": "entered: 2023-08-10 10:00\nconsent: true\nrules: 1\n" for name in ("ada", "zoe")})
    cancel(contest(root, CLOSED), "Trop peu de participations.")

    assert 2 == purge(contest(root, CLOSED), tmp_path / "private", is_without_key=True).entries
    assert not (root / ARCHIVE / "entries").exists()


def test_what_came_to_nothing_is_purged_at_once(tmp_path):
    """Nobody needs the addresses of a contest that did not take place."""
    root = hub_with(tmp_path / "hub")
    announced(root)
    cancel(contest(root, OPEN), "Trop peu de participations.")
    made_key(tmp_path / "private", ID)

    assert purge_due(contest(root, OPEN)) is None
    assert purge(contest(root, OPEN), tmp_path / "private").is_key_destroyed


@pytest.mark.parametrize("at", [BEFORE, OPEN, CLOSED])
def test_a_contest_is_cancelled_until_its_pool_is_frozen(tmp_path, at):
    """Whoever entered reads why."""
    root = hub_with(tmp_path / "hub")
    announced(root)

    cancel(contest(root, at), "  Trop peu\n de participations. ")

    assert ("cancelled", "Trop peu de participations.") == (last_step(root)["step"], last_step(root)["reason"])
    assert "cancelled" == contest(root, at).state


def test_a_frozen_contest_is_declared_void_and_announced_anew(tmp_path):
    """A wrong pool is never mended: its digest is in thousands of mails."""
    root = hub_with(tmp_path / "hub")
    frozen(root)

    with pytest.raises(NotNow, match="declared void"):
        cancel(contest(root, FROZEN), "Une erreur.")
    declare_void(contest(root, "2023-08-22 10:00"), "Douze tickets manquaient.", "2026-ete-photo-2")

    assert ("void", "2026-ete-photo-2") == (last_step(root)["step"], last_step(root)["again"])
    assert "void" == contest(root, DRAWN).state


@pytest.mark.parametrize("again", [ID, "Été photo", "../x", "-x"])
def test_anew_means_another_id(tmp_path, again):
    """The id is in each ticket, so that no ticket of the void contest counts in the new one."""
    root = hub_with(tmp_path / "hub")
    frozen(root)

    with pytest.raises(WrongUse, match="--again"):
        declare_void(contest(root, "2023-08-22 10:00"), "Une erreur.", again)


@pytest.mark.parametrize("reason", ["", " \n ", "x" * 301, "Plainte de camille.roux@gmail.com", "Appelez le 06 12 34 56 78", "a\x1bb"])
def test_a_reason_names_nobody(tmp_path, reason):
    """It stands on a page, in calendars, and in version history for ever."""
    root = hub_with(tmp_path / "hub")
    announced(root)

    with pytest.raises(WrongUse, match="--reason") as refused:
        cancel(contest(root, OPEN), reason)

    assert "camille" not in str(refused.value)
    assert "open" == contest(root, OPEN).state


STEPS = {
    "verified": lambda found, _: confirm(found, is_claimed=True),
    "published": lambda found, _: publish(found),
    "settled": lambda found, _: settle(found),
    "purged": lambda found, folder: purge(found, folder, is_early=True, is_without_key=True),
    "cancelled": lambda found, _: cancel(found, "Une raison."),
    "void": lambda found, _: declare_void(found, "Une raison.", ""),
}
NEXT = {
    "draft": {"cancelled"}, "announced": {"cancelled"}, "open": {"cancelled"}, "closed": {"cancelled"}, "frozen": {"void"},
    "drawn": {"verified"}, "verified": {"published"}, "published": {"settled"}, "settled": {"purged"},
}  # fmt: skip
MOMENTS = {"draft": BEFORE, "announced": BEFORE, "open": OPEN, "closed": CLOSED, "frozen": "2023-08-22 10:00"}


@pytest.mark.parametrize("state", NEXT)
def test_every_step_out_of_its_order_is_refused_with_the_reason(tmp_path, state):
    """Nine states, six steps: what is not next is not done, whoever asks."""
    if state not in MOMENTS:
        hub_at(tmp_path / "made", state)
    elif state == "frozen":
        frozen(hub_with(tmp_path / "made"))
    elif state == "draft":
        hub_with(tmp_path / "made")
    else:
        announced(hub_with(tmp_path / "made"))
    found = contest(tmp_path / "made", MOMENTS.get(state, OVER))
    assert state == found.state

    for step in STEPS.keys() - NEXT[state]:
        with pytest.raises(NotNow, match=rf"^{ID}: .{{10,}}"):
            STEPS[step](found, tmp_path / "private")

    assert state == contest(tmp_path / "made", MOMENTS.get(state, OVER)).state


@pytest.mark.parametrize("ending", ["cancelled", "void", "purged"])
def test_what_is_over_stays_over(tmp_path, ending):
    """A contest that was cancelled cannot be drawn after all for somebody who asks nicely."""
    root = hub_with(tmp_path / "hub")
    if ending == "void":
        frozen(root)
        declare_void(contest(root, "2023-08-22 10:00"), "Une raison.", "")
    else:
        announced(root)
        cancel(contest(root, OPEN), "Une raison.")
    if ending == "purged":
        purge(contest(root, OPEN), tmp_path / "private", is_without_key=True)
    found = contest(root, OVER)
    assert ending == found.state

    for step in STEPS.keys() - ({"purged"} if ending != "purged" else set()):
        with pytest.raises(NotNow, match=rf"^{ID}: .{{10,}}"):
            STEPS[step](found, tmp_path / "private")
