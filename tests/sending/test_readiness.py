"""All that stands in the way of a letter, told at once."""

from dataclasses import replace
from datetime import timedelta

import pytest
from tests.doctor.repositories import git, needs_git
from tests.hubs import moment
from tests.sending.frozen import CANARIES, LOCAL, SENT, approved_hub, frozen_hub, mailing
from tests.sending.mailings import ACCEPTED, AMBIGUOUS

from handbill.errors import Level, MachineLacks, said
from handbill.sending import readiness as module
from handbill.sending.audience import source_of
from handbill.sending.handed import Note, Notes
from handbill.sending.keys import secret_of
from handbill.sending.ledger import Ledger
from handbill.sending.private import read_private
from handbill.sending.readiness import named, readiness, tallies_of
from handbill.sending.totals import totals_of, write_totals
from handbill.settings import read_settings

pytestmark = needs_git

NOW = moment(SENT)


def ready(root, now=NOW, way="", **more):
    settings = read_settings(root)
    if way:
        settings = replace(settings, sending=replace(settings.sending, way=way))
    return readiness(root, settings, read_private(root, settings.base_url), mailing(root), now, **more)


def codes(found):
    return sorted({one.code for one in found.problems if one.level is Level.ERROR})


def sent_to(root, answers, now=NOW):
    """Send the letter to the members, as far as there are answers."""
    settings = read_settings(root)
    private = read_private(root, settings.base_url)
    one = mailing(root)
    secret = secret_of(private.folder)
    with Ledger.open(private.folder, secret, tallies_of(root)) as ledger:
        source = source_of(settings, private, secret, one)
        run = ledger.begin(one, ((member.key, member.lang, member.row) for member in source.members(one.letter)), now)
        for member, answer in zip(source.members(one.letter), answers, strict=False):
            assert ledger.take(run, member.key, member.token)
            ledger.settle(run, member.key, answer, now)
        return ledger.standing(one.letter, one.number)


@pytest.fixture
def root(tmp_path):
    return frozen_hub(tmp_path)


def test_a_letter_that_may_leave_has_nothing_in_its_way(tmp_path):
    """Everything below would be worth nothing if this were refused."""
    root = approved_hub(tmp_path)

    found = ready(root)

    assert ([], (), 0) == (codes(found), found.refusals, found.exit_code)
    assert {"fr": 2, "en": 1} == found.audience.by_lang
    assert ["1", "1.en"] == [one.name for one in found.approvals]
    assert found.standing is None
    assert not (tmp_path / "private").exists(), "who only looks leaves nothing behind"


def test_everything_is_told_at_once(tmp_path):
    """Who mends one thing after the other misses the hour of the letter."""
    root = approved_hub(tmp_path)
    (root / "hub.local.toml").write_text(LOCAL + 'dkim_key = "../lost.pem"\n', encoding="utf-8")
    (tmp_path / "members.csv").write_text("email\nnonsense\n", encoding="utf-8")
    hub = (root / "hub.toml").read_text("utf-8")
    (root / "hub.toml").write_text(hub.replace("postal_address", "# ").replace("[letters.main]", "[letters.main]"), encoding="utf-8")
    (root / "newsletters/archive/2/mail.txt").chmod(0o644)

    found = ready(root, now=NOW - timedelta(minutes=1))

    assert ["HB452", "HB453", "HB616"] == codes(found) or ["HB452", "HB453", "HB615"] == codes(found)
    assert 1 == len(found.refusals)
    assert 2 == found.exit_code


@pytest.mark.parametrize(
    ("after", "more", "code"),
    [
        (timedelta(seconds=-1), {}, "HB452"),
        (timedelta(days=-400), {"late": True}, "HB452"),
        (timedelta(0), {}, ""),
        (timedelta(hours=2), {}, ""),
        (timedelta(hours=2, seconds=1), {}, "HB452"),
        (timedelta(days=400), {}, "HB452"),
        (timedelta(days=400), {"late": True}, ""),
    ],
)
def test_a_letter_leaves_at_its_hour(root, after, more, code):
    """A clock that jumps, or a job that hung all night, wakes nobody."""
    assert ([code] if code else []) == codes(ready(root, now=NOW + after, **more))


def test_a_python_that_cannot_be_trusted_with_headers_sends_nothing(root, monkeypatch):
    """It is tried each time, because it may have been updated since."""

    def fail():
        raise MachineLacks(said("nothing"))

    monkeypatch.setattr(module, "probe", fail)

    assert (3, ("nothing",)) == (ready(root).exit_code, ready(root).refusals)


def test_one_that_has_begun_may_be_finished_at_any_time(root):
    """The server was down for a night."""
    sent_to(root, [ACCEPTED, AMBIGUOUS])

    found = ready(root, now=NOW + timedelta(days=3))

    assert ([], 0, 1, 1) == (codes(found), found.exit_code, found.standing.counts["accepted"], len(found.unclear))


def test_other_bytes_under_a_used_number_are_not_sent(root):
    """Half of the members would have one letter, half another."""
    sent_to(root, [ACCEPTED])
    one = mailing(root)
    changed = replace(one, versions=(replace(one.versions[0], digest="f" * 64), *one.versions[1:]))
    settings = read_settings(root)

    found = readiness(root, settings, read_private(root, settings.base_url), changed, NOW)

    assert any("was begun with other bytes" in told for told in found.refusals)
    assert found.exit_code


def test_a_lost_ledger_is_noticed_by_the_tally(root, tmp_path):
    """Everybody would get the letter again."""
    sent_to(root, [ACCEPTED])
    for file in (tmp_path / "private").glob("ledger*"):
        file.unlink()

    found = ready(root)

    assert 3 == found.exit_code
    assert "1 mails of 1 were handed over from this folder, and no ledger is in" in found.refusals[0]


def test_an_older_ledger_is_noticed_too(root, tmp_path):
    """It was put back from a copy."""
    sent_to(root, [])
    kept = {file: file.read_bytes() for file in (tmp_path / "private").iterdir()}
    sent_to(root, [ACCEPTED, ACCEPTED])
    for file in (tmp_path / "private").iterdir():
        file.unlink()
    for file, raw in kept.items():
        file.write_bytes(raw)
        file.chmod(0o600)

    found = ready(root)

    assert 3 == found.exit_code
    assert any("2 were handed over" in told for told in found.refusals)


def test_another_machine_has_sent_it_as_the_counts_say(root, tmp_path):
    """They came with Git; its ledger did not."""
    standing = sent_to(root, [ACCEPTED, ACCEPTED, ACCEPTED])
    counts = {**standing.counts, "asked": 3}
    totals = totals_of(mailing(root), "files", NOW, NOW, counts)
    write_totals(root, totals)
    assert [] == codes(ready(root)), "the ledger here knows of it"

    for file in (tmp_path / "private").iterdir():
        file.unlink()
    for file in tallies_of(root).iterdir():
        file.unlink()
    (problem,) = [one for one in ready(root).problems if one.code == "HB454"]
    assert "that 1 has been sent, of which the ledger here knows nothing" == problem.found
    write_totals(root, replace(totals, way="smtp"))
    (problem,) = [one for one in ready(root).problems if one.code == "HB454"]
    assert "that 1 has been sent by another way (smtp)" == problem.found


def test_a_letter_that_a_service_has_is_not_sent_by_hand_as_well(root, tmp_path):
    """Members would get it from both."""
    one = mailing(root).versions[0]
    Notes(tmp_path / "private").add(Note(one.name, one.campaign, "listmonk", "leaving", "17"))

    (problem,) = [each for each in ready(root).problems if each.code == "HB454"]

    assert "that 1 was handed to listmonk, which sends it to everybody" == problem.found


def test_a_letter_that_was_begun_by_hand_is_not_handed_to_a_service(root):
    """The same the other way round."""
    sent_to(root, [ACCEPTED])
    (root / "hub.local.toml").write_text(LOCAL + 'token = "x"\n', encoding="utf-8")

    found = ready(root, way="buttondown")

    assert {"HB454", "HB453"} == {one.code for one in found.problems}
    assert found.audience is None


def test_a_list_without_members_is_not_sent_to_in_silence(root, tmp_path):
    """A segment that is misspelt has nobody in it."""
    (tmp_path / "members.csv").write_text("email;segments\nquetzal@village.example;garden\n", encoding="utf-8")

    assert [] == codes(ready(root, segment="garden"))
    (problem,) = [one for one in ready(root, segment="gardn").problems if one.level is Level.ERROR]
    assert ("HB453", "members.csv", "nobody who gets this letter") == (problem.code, problem.path, problem.found)


def test_those_who_want_nothing_are_counted_before_and_after(root, tmp_path):
    """From the file, and from what was returned."""
    (tmp_path / "stop.txt").write_text(f"{CANARIES[0]}@village.example\n", encoding="utf-8")
    (root / "hub.local.toml").write_text(LOCAL + 'suppressed = "../stop.txt"\n', encoding="utf-8")

    assert 1 == ready(root).audience.suppressed


def test_a_file_of_passwords_that_git_would_publish_is_told(root):
    """It stops nothing: the letter is no worse for it. But it is told each time."""
    assert [] == [one for one in ready(root).problems if one.path == "hub.local.toml"]

    (root / ".gitignore").write_text(".handbill/\n", encoding="utf-8")
    (problem,) = [one for one in ready(root).problems if one.path == "hub.local.toml"]
    assert ("a file that Git does not ignore", Level.WARNING) == (problem.found, problem.level)
    git(root, "add", "--force", "hub.local.toml")
    (problem,) = [one for one in ready(root).problems if one.path == "hub.local.toml"]
    assert "git rm --cached hub.local.toml" in problem.wanted


def test_nothing_that_is_found_names_a_member(root, tmp_path):
    """It ends on screens and in logs of machines that send by themselves."""
    (tmp_path / "members.csv").write_text(
        f"email\n{CANARIES[0]}@village.example\n{CANARIES[1]} village\n{CANARIES[2]}@village@x\n", encoding="utf-8"
    )

    found = ready(root)

    assert 1 == found.exit_code
    assert [] == [word for word in CANARIES if word in repr(found)]


def test_a_letter_is_called_by_its_number():
    """As people type it."""
    from tests.sending.mailings import mailing as sample

    assert ("11", "agenda-3") == (named(sample(11)), named(sample(3, letter="agenda")))
