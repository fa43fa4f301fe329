"""What is due next, when and by whom: the question of whoever runs a contest beside everything else."""

from tests.contests.drawn import KNOWN, OVER, RESULTS, hub_at
from tests.contests.juries import frozen_quiz
from tests.contests.lives import BEFORE, CLOSED, DRAWN, ID, OPEN, announced, contest, contest_text, frozen, hub_with
from tests.hubs import options, write

from handbill.contests.closing import cancel, declare_void
from handbill.contests.standing import dues_of, standings
from handbill.contests.steps import every_contest, take

#: A day on which prizes are handed over and data are still kept.
AFTER = "2023-09-06 10:00"

JURY = {
    "mechanism": "jury",
    "judging": "{jurors: [Inès Carrère, hugo, zoé], criteria: [{name: L’histoire, weight: 1}]}",
}


def due(root, at):
    """Return what is due, in order: the first words, by whom, and the command."""
    (found,) = standings([contest(root, at)], is_whole=True)
    return [
        (one.what.partition(",")[0].partition(":")[0], str(one.who), one.command.removeprefix("python3 build.py ")) for one in found.dues
    ]


def late(root, at):
    (found,) = standings([contest(root, at)], is_whole=True)
    return [one.what.partition(",")[0].partition(":")[0] for one in found.dues if one.is_late(found.contest.at)]


def test_a_contest_to_come_is_announced_first(tmp_path):
    """Its rules must be there before anybody enters."""
    root = hub_with(tmp_path / "hub")

    assert [("announce it", "the organiser", f"contest announce {ID}")] == due(root, BEFORE)
    assert [] == late(root, BEFORE)
    assert ["announce it"] == late(root, OPEN)


def test_while_entries_are_open_people_enter_and_get_their_tickets(tmp_path):
    """A ticket that nobody was sent cannot be looked for in the pool."""
    announced(root := hub_with(tmp_path / "hub"))

    assert [("enter the contest", "the entrants", "")] == due(root, BEFORE)
    assert [
        ("enter the contest", "the entrants", ""),
        ("send whoever entered their ticket", "the organiser", f"contest ticket {ID} ENTRIES.csv --output TICKETS.csv"),
    ] == due(root, OPEN)


def test_entries_by_pull_request_are_reviewed(tmp_path):
    """Somebody has to look at the consent before the name is public."""
    announced(root := hub_with(tmp_path / "hub", entry="pull_request"))

    assert ["the entrants", "a reviewer"] == [who for _, who, _ in due(root, OPEN)]


def test_the_pool_is_frozen_while_there_is_time_to_object(tmp_path):
    """The rules give a day; a freezing on the last evening breaks them."""
    announced(root := hub_with(tmp_path / "hub"))

    assert [("freeze the pool", "the organiser", f"contest freeze {ID} --tickets TICKETS.csv")] == due(root, CLOSED)
    assert [] == late(root, "2023-08-21 18:00")
    assert ["freeze the pool"] == late(root, "2023-08-21 18:00:01")


def test_the_digest_reaches_people_before_the_draw(tmp_path):
    """It proves nothing in a repository, which its owner can write anew."""
    frozen(root := hub_with(tmp_path / "hub"))

    assert [
        ("tell the digest in a letter", "the organiser", "newsletter draft"),
        ("look for their ticket in the pool", "the entrants", ""),
        ("draw lots", "the organiser", f"contest draw {ID}"),
    ] == due(root, "2023-08-22 10:00")
    assert ["draw lots"] == [what for what, _, _ in due(root, DRAWN)]


def test_missing_ballots_are_told_by_juror(tmp_path):
    """One of three forgets, always."""
    frozen(root := hub_with(tmp_path / "hub", **JURY), at="2023-08-21 12:00")
    missing = next(one for one in dues_of(contest(root, "2023-08-21 13:00")) if str(one.who) == "the jurors")
    for juror in ("ines-carrere", "hugo"):
        take(contest(root, "2023-08-21 14:00"), "sealed", {"juror": juror, "digest": "0" * 64}, {})
    later = next(one for one in dues_of(contest(root, "2023-08-21 15:00")) if str(one.who) == "the jurors")
    take(contest(root, "2023-08-21 16:00"), "sealed", {"juror": "zoe", "digest": "0" * 64}, {})
    last = next(one for one in dues_of(contest(root, "2023-08-21 17:00")) if str(one.who) == "the jurors")

    assert "missing: ines-carrere, hugo, zoe" in missing.what
    assert "seal the ballot; missing: zoe" in later.what
    assert "reveal the ballot; missing: ines-carrere, hugo, zoe" in last.what


def test_votes_are_counted_by_the_organiser_once_all_jurors_have_sealed(tmp_path):
    """No juror can hand them in, and “ballot seal” refuses them."""
    frozen(root := hub_with(tmp_path / "hub", **{**JURY, "mechanism": "jury+vote"}), at="2023-08-21 12:00")
    for juror in ("ines-carrere", "hugo", "zoe"):
        take(contest(root, "2023-08-21 14:00"), "sealed", {"juror": juror, "digest": "0" * 64}, {})

    assert ("hand in how many members voted for each work", "the organiser", f"contest ballot votes {ID} VOTES.csv") in due(
        root, "2023-08-21 15:00"
    )


def test_right_answers_are_revealed_as_soon_as_the_pool_is_frozen(tmp_path):
    """The handbook says so: nobody can come into it any more."""
    frozen_quiz(root := tmp_path / "hub", "0" * 64, b"")
    (found,) = [one for one in dues_of(contest(root, "2023-08-22 10:00")) if one.what.startswith("reveal the right")]

    assert None is found.since


def test_accounts_that_win_are_not_looked_for_in_a_list(tmp_path):
    """Who entered by pull request has no list, and the command would ask for one."""
    announced(root := hub_with(tmp_path / "hub", entry="pull_request"))

    assert [("freeze the pool", "the organiser", f"contest freeze {ID}")] == due(root, CLOSED)


def test_a_contest_that_was_announced_anew_is_not_asked_for_again(tmp_path):
    """What is done already hides what is not."""
    frozen(root := hub_with(tmp_path / "hub"))
    declare_void(contest(root, "2023-08-22 10:00"), "Une erreur.", "encore")
    later = {"opens": "2023-09-01", "closes": "2023-09-20", "freeze": "2023-09-21 18:00", "draw": "2023-09-23 18:00"}
    text = contest_text(id="encore", **later, results="2023-09-24 18:00", claim="2023-10-01")
    write(root, {"content/contests/encore.md": text})
    before = due(root, DRAWN)
    announced(root, DRAWN, "encore")

    assert f"contest purge {ID}" in [command for _, _, command in before]
    assert "contest announce encore" in [command for _, _, command in before]
    assert [f"contest purge {ID}"] == [command for _, _, command in due(root, DRAWN)]


def test_after_the_draw_each_step_follows_the_other(tmp_path):
    """From the mail to the winners to the day on which the key is destroyed."""
    drawn, verified = hub_at(tmp_path / "drawn", "drawn"), hub_at(tmp_path / "verified", "verified")
    published, settled = hub_at(tmp_path / "published", "published"), hub_at(tmp_path / "settled", "settled")

    assert {"contest verify", "contest winners", "contest confirm"} == {" ".join(one.split()[:2]) for _, _, one in due(drawn, DRAWN)}
    assert ["confirm the winners"] == late(drawn, "2023-08-25 10:00")
    assert [("publish the results", "the organiser", f"contest publish {ID}")] == due(verified, KNOWN)
    assert ["publish the results"] == late(verified, "2023-08-25 10:00")
    assert [("hand over the prizes", "the organiser", f"contest settle {ID}")] == due(published, RESULTS)
    assert [("destroy the key", "the organiser", f"contest purge {ID}")] == due(settled, AFTER)
    assert ([], ["destroy the key"]) == (late(settled, AFTER), late(settled, OVER))


def test_a_contest_that_came_to_nothing_still_has_a_key(tmp_path):
    """It is the first thing to be forgotten."""
    announced(cancelled := hub_with(tmp_path / "cancelled"))
    cancel(contest(cancelled, OPEN), "Trop peu.")
    frozen(void := hub_with(tmp_path / "void"))
    declare_void(contest(void, "2023-08-22 10:00"), "Une erreur.", "2026-ete-photo-2")

    assert [f"contest purge {ID}"] == [command for _, _, command in due(cancelled, OPEN)]
    assert [f"contest purge {ID}", "contest announce 2026-ete-photo-2"] == [command for _, _, command in due(void, DRAWN)]


def test_what_is_late_comes_first_and_what_is_over_not_at_all(tmp_path):
    """A list that begins with what is fine is not read to its end."""
    root = hub_with(tmp_path / "hub")
    announced(root)
    later = {"opens": "2023-09-01", "closes": "2023-09-20", "freeze": "2023-09-21 18:00", "draw": "2023-09-23 18:00"}
    more = {"results": "2023-09-24 18:00", "claim": "2023-10-01"}
    write(root, {
        "content/contests/a-venir.md": contest_text(id="a-venir", **later, **more),
        "content/contests/ancien.md": contest_text(id="ancien", **{key: f"'{value}'".replace("2023", "2022") for key, value in {**later, **more}.items()}),
        "content/contests/faute.md": "---\ntitle: [\n---\n",
    })  # fmt: skip

    found = standings(every_contest(options(root, "2023-08-22 10:00", no_cache=True)))
    whole = standings(every_contest(options(root, "2023-08-22 10:00", no_cache=True)), is_whole=True)

    assert [(ID, True), ("a-venir", False)] == [(one.contest.id, one.is_late) for one in found]
    assert {ID, "a-venir", "ancien"} == {one.contest.id for one in whole}


def test_a_text_that_cancels_is_followed_by_the_record(tmp_path):
    """Pages say it already; the record is what a stranger reads in ten years."""
    announced(root := hub_with(tmp_path / "hub"))
    text = root / f"content/contests/{ID}.md"
    text.write_text(text.read_text(encoding="utf-8").replace("opens:", "cancelled: Trop peu.\nopens:"), encoding="utf-8")

    assert [("commit that it is cancelled", "the organiser", f"contest cancel {ID} --reason WHY")] == due(root, OPEN)
