"""Whatever breaks off on the way to a service, doing the same again leads to one draft that is let go once."""

from __future__ import annotations

import json
import os
import random
import threading
from collections import Counter
from contextlib import suppress

import pytest
from tests.sending.services.fake import Fault
from tests.sending.services.killing import kill
from tests.sending.services.ways import AT, WAYS, Killed, MortalDoor, Way, mailing, version

from handbill.errors import HandbillError, ServiceFailed, WrongUse
from handbill.sending.comparing import Edited, OtherLetter, Several
from handbill.sending.contract import Unsupported
from handbill.sending.handed import Notes
from handbill.sending.handing import HandedOver, Stopped, Until, Vanished, counts_of, hand_over, prove

#: What a request can meet, and whether before or after the service did it.
TROUBLES = [
    ("cut", False), ("cut", True), ("slow", False), ("slow", True), ("500", False), ("500", True), ("429", False), ("404", False), ("half", True),
]  # fmt: skip
#: Answers that nobody understands, after the service did it.
STRANGE = [(how, True) for how in ("truncated", "page", "empty", "list", "types", "state", "latin", "nan", "twice", "deep")] + [
    ("away", False)
]

#: Each request of a run, from the first look to the last; and which of those that are alike.
REQUESTS = [
    ("listmonk", "POST /api/campaigns", 1),
    ("listmonk", r"GET /api/campaigns/\d+", 1),
    ("listmonk", r"PUT /api/campaigns/\d+", 1),
    ("listmonk", r"PUT /api/campaigns/\d+/status", 1),
    ("buttondown", "POST /v1/emails", 1),
    ("buttondown", "PATCH /v1/emails/em_0001", 1),
    ("buttondown", "GET /v1/emails/em_0001", 1),
    ("buttondown", "GET /v1/emails", 1),
    ("buttondown", "PATCH /v1/emails/em_0001", 2),
]
SCRIPTS = [(word, Fault(which, how, is_after, nth)) for word, which, nth in REQUESTS for how, is_after in TROUBLES] + [
    (word, Fault(which, how, is_after, nth))
    for word, which, nth in REQUESTS
    if "GET" not in which and nth == 1
    for how, is_after in STRANGE[::2]
]


def go(way: Way, folder, at=AT, until: Until = Until.SENT, letters=None, **door) -> tuple[HandedOver, ...]:
    """Run the command once, as a new process would."""
    letters = letters or mailing()
    targets = {one.lang: way.target if one.lang == "fr" else "4" for one in letters.versions}
    return hand_over(letters, way.service(**door), targets, Notes(folder), at, until, lambda _: None)


def persist(way: Way, folder, at=AT) -> int:
    """Call the same command until it says that all is done; return how often it did not."""
    for failed in range(4):
        with suppress(ServiceFailed):
            go(way, folder, at)
            return failed
    pytest.fail("it never ends")


def forget(way: Way) -> None:
    """Delete all that the service has, as somebody who tidies up does."""
    (way.fake.campaigns if hasattr(way.fake, "campaigns") else way.fake.emails).clear()


@pytest.fixture(params=WAYS)
def way(request):
    one = WAYS[request.param]()
    yield one
    one.fake.close()


@pytest.mark.parametrize(
    ("word", "fault"), SCRIPTS, ids=lambda one: one if isinstance(one, str) else f"{one.which}-{one.how}-{one.is_after}-{one.nth}"
)
def test_whatever_goes_wrong_there_is_one_draft_that_is_let_go_once(word, fault, tmp_path):
    """Members get one letter, or none until somebody calls again; never two."""
    way = WAYS[word](fault)
    failed = persist(way, tmp_path)
    way.fake.close()

    assert fault in way.fake.met
    assert 1 == len(way.drafts(version()))
    assert {version().campaign: 1} == way.fake.departures
    assert failed <= 2


@pytest.mark.parametrize("at", [AT, None], ids=["later", "now"])
@pytest.mark.parametrize("end", ["before", "after"])
@pytest.mark.parametrize("word", WAYS)
def test_a_run_that_is_killed_at_any_request_is_taken_up_again(word, end, at, tmp_path):
    """Power is lost at the worst moment; calling again must be all that it takes."""
    killed = 0
    for request in range(100):
        way = WAYS[word]()
        try:
            go(way, tmp_path / str(request), at, kind=MortalDoor, lives=[""] * request + [end])
            is_whole = True
        except Killed:
            killed, is_whole = killed + 1, False
        assert 0 == persist(way, tmp_path / str(request), at)
        way.fake.close()
        assert 1 == len(way.drafts(version()))
        assert {version().campaign: 1} == way.fake.departures
        if is_whole:
            break

    assert killed >= 8


@pytest.mark.skipif(not hasattr(os, "fork"), reason="kills processes as only POSIX systems can")
@pytest.mark.filterwarnings("ignore:.*fork:DeprecationWarning")
@pytest.mark.parametrize("word", WAYS)
def test_a_process_that_is_killed_while_the_service_works_is_taken_up_again(word, tmp_path):
    """No tidying up runs then; ``python -m tests.sending.services.killing 500`` does the same to a thousand letters."""
    chance = random.Random(45)
    counts = sum((kill(word, chance, tmp_path / str(n)) for n in range(8)), Counter())

    assert (8, 0, 0, 0, 0) == tuple(counts[name] for name in ("letters", "failures", "lost", "twice", "doubled"))
    assert counts["kills"] >= 4


@pytest.mark.parametrize("at", [AT, None], ids=["later", "now"])
@pytest.mark.parametrize("word", WAYS)
def test_two_runs_at_once_lead_to_one_letter(word, at, tmp_path):
    """Two organisers press the key on two machines, each with a memory of its own."""
    for turn in range(5):
        way = WAYS[word]()
        start = threading.Barrier(4)

        def run(number, way=way, start=start, turn=turn):
            start.wait()
            with suppress(ServiceFailed):
                go(way, tmp_path / f"{turn}-{number}", at)

        runs = [threading.Thread(target=run, args=(number,)) for number in range(4)]
        for one in runs:
            one.start()
        for one in runs:
            one.join()
        way.fake.close()

        assert 1 == len(way.drafts(version()))
        assert {version().campaign: 1} == way.fake.departures


def test_a_service_that_makes_two_is_noticed_before_anything_leaves(tmp_path):
    """Should listmonk ever give up that short addresses are unique, nothing is sent twice all the same."""
    way = WAYS["listmonk"](unique=False)
    way.service().create(version(), "3")
    way.service().create(version(), "3")
    with pytest.raises(Several) as told:
        go(way, tmp_path)
    way.fake.close()

    assert "(1)" in str(told.value)
    assert "(2)" in str(told.value)
    assert {} == way.fake.departures


def test_a_service_that_falls_silent_after_the_word_is_not_said_to_have_done_nothing(tmp_path):
    """Whoever believes that nothing left writes to everybody that there is no letter this month."""
    silent = [Fault(r"GET /api/campaigns/\d+", "cut", nth=n) for n in range(3, 20)]
    way = WAYS["listmonk"](*silent)
    with pytest.raises(ServiceFailed, match="is not known yet"):
        go(way, tmp_path)
    way.fake.faults.clear()
    (told,) = go(way, tmp_path)
    way.fake.close()

    assert "scheduled" == told.state
    assert 1 == way.departures()


def test_looking_changes_nothing(way, tmp_path):
    """Without --really nobody is handed anything."""
    (told,) = go(way, tmp_path / "notes", until=Until.LOOK)

    assert "" == told.state
    assert not [one for one in way.fake.asked if not one.startswith("GET")]
    assert not (tmp_path / "notes").exists()


def test_a_draft_is_not_let_go_until_it_is_asked_for(way, tmp_path):
    """Making and letting go are two steps, so that somebody can look in between."""
    (first,) = go(way, tmp_path, until=Until.DRAFT)
    (second,) = go(way, tmp_path)

    assert ("draft", True, False) == (first.state, first.was_drafted, first.was_let_go)
    assert ("scheduled", False, True) == (second.state, second.was_drafted, second.was_let_go)
    assert 1 == way.departures()


def test_a_letter_that_is_on_its_way_is_left_alone(way, tmp_path):
    """Calling again after success is what people do when they are not sure."""
    go(way, tmp_path)
    before = list(way.fake.asked)
    (told,) = go(way, tmp_path)
    way.fake.finish()
    (later,) = go(way, tmp_path)

    assert ("scheduled", False) == (told.state, told.was_let_go)
    assert "sent" == later.state
    assert not [one for one in way.fake.asked[len(before) :] if not one.startswith("GET")]


def test_an_edited_draft_is_refused_and_what_differs_is_named(way, tmp_path):
    """What was approved is what leaves."""
    go(way, tmp_path, until=Until.DRAFT)
    way.drafts(version())[0].update(subject="En mai, on dort")
    way.drafts(version())[0]["body"] += "<img src='https://compte.example/'>"
    with pytest.raises(Edited) as told:
        go(way, tmp_path)

    assert "the subject is “En mai, on dort” instead of “" in str(told.value)
    assert "the HTML differs from sign" in str(told.value)
    assert {} == way.fake.departures


def test_a_change_in_the_last_moment_is_told(way, tmp_path):
    """Between the word and the look at what came of it somebody saved an editor that was open all the time."""

    def watch(_number, stage):
        if stage == "done" and way.departures():
            way.drafts(version())[0].update(subject="En mai, on dort")
        return False

    way.fake.watch = watch
    with pytest.raises(Edited, match="stop it there"):
        go(way, tmp_path)


def test_a_letter_that_leaves_otherwise_is_told(way, tmp_path):
    """Somebody edited it after it was scheduled; there is still time to stop it."""
    go(way, tmp_path)
    way.drafts(version())[0].update(subject="En mai, on dort")
    with pytest.raises(Edited, match="stop it there"):
        go(way, tmp_path)


@pytest.mark.parametrize("until", Until)
@pytest.mark.parametrize("has_left", [True, False])
def test_other_bytes_under_a_used_number_are_refused(way, tmp_path, until, has_left):
    """Members would get two letters with one number."""
    go(way, tmp_path / "a", until=Until.SENT if has_left else Until.DRAFT, letters=mailing(version(digest="b" * 64)))
    departures = way.departures()
    # Neither this machine nor another, that knows nothing of it.
    for folder in ("a", "b"):
        with pytest.raises(OtherLetter) as told:
            go(way, tmp_path / folder, until=until)
        assert 1 == told.value.exit_code
    assert departures == way.departures()
    assert [] == way.drafts(version())


def test_a_letter_that_was_deleted_there_is_not_handed_over_again(way, tmp_path):
    """It may have reached everybody before somebody tidied up."""
    go(way, tmp_path)
    way.fake.finish()
    forget(way)
    with pytest.raises(Vanished, match=r"handed\.jsonl"):
        go(way, tmp_path)

    assert 1 == way.departures()


def test_a_letter_that_was_let_go_in_the_last_breath_is_remembered(way, tmp_path):
    """The process ended before it heard that the letter leaves; what was written before the word says enough."""

    def breathe(_seconds):
        if way.departures():
            raise Killed

    with pytest.raises(Killed):
        hand_over(mailing(), way.service(), {"fr": way.target}, Notes(tmp_path), AT, Until.SENT, breathe)
    forget(way)
    with pytest.raises(Vanished):
        go(way, tmp_path)

    assert 1 == way.departures()


def test_the_same_letter_is_not_handed_to_another_service(tmp_path):
    """Whoever changes the way in the middle would send everything twice."""
    first, second = WAYS["listmonk"](), WAYS["buttondown"]()
    go(first, tmp_path)
    with pytest.raises(OtherLetter):
        go(second, tmp_path)
    first.fake.close()
    second.fake.close()

    assert {} == second.fake.departures
    assert [] == second.drafts(version())


def test_a_stopped_letter_is_left_to_whoever_stopped_it(way, tmp_path):
    """Going on by itself would undo what somebody did in a hurry."""
    go(way, tmp_path)
    way.drafts(version())[0]["status"] = "paused"
    with pytest.raises(Stopped):
        go(way, tmp_path)


def test_no_language_leaves_before_all_are_there_and_equal(way, tmp_path):
    """Half a community would have the letter, and the other half a refusal."""
    both = mailing(version(), version("en"))
    go(way, tmp_path, until=Until.DRAFT, letters=both)
    way.drafts(version("en"))[0].update(subject="Something else")
    with pytest.raises(Edited):
        go(way, tmp_path, letters=both)
    assert {} == way.fake.departures

    way.drafts(version("en"))[0].update(subject=way.drafts(version())[0]["subject"])
    assert ["scheduled", "scheduled"] == [one.state for one in go(way, tmp_path, letters=both)]
    assert 2 == way.departures()


def test_two_languages_never_go_to_one_list(way, tmp_path):
    """Everybody on it would get both."""
    with pytest.raises(WrongUse):
        hand_over(mailing(version(), version("en")), way.service(), {"fr": "3", "en": "3"}, Notes(tmp_path), AT, Until.SENT, lambda _: None)

    assert [] == way.fake.asked


def test_a_proof_makes_the_draft_and_lets_nothing_go(way, tmp_path):
    """A proof is part of deciding, not of sending."""
    prove(version(), way.service(), way.target, Notes(tmp_path), "preuve@essai.example", lambda _: None)

    assert [(version().campaign, "preuve@essai.example")] == way.fake.proofs
    assert {} == way.fake.departures
    go(way, tmp_path)
    with pytest.raises(Unsupported):
        prove(version(), way.service(), way.target, Notes(tmp_path), "preuve@essai.example", lambda _: None)


def test_counts_are_of_all_languages(way, tmp_path):
    """What is published of a letter is one number."""
    both = mailing(version(), version("en"))
    assert {} == counts_of(both, way.service())
    go(way, tmp_path, letters=both)
    assert {} == counts_of(both, way.service()), "it is only scheduled"
    way.fake.finish()

    assert {"asked": 24, "accepted": 20, "bounced": 4} == counts_of(both, way.service())


def test_a_busy_service_is_waited_for_as_it_asks(tmp_path):
    """Asking on would make it worse, and get the account blocked."""
    waited = []
    way = WAYS["buttondown"](Fault("POST /v1/emails", "429", wait="45"), Fault("GET /v1/emails", "503", wait="7"))
    go(way, tmp_path, sleep=waited.append)
    way.fake.close()

    assert [7.0, 45.0] == waited
    assert 1 == way.departures()


def test_nothing_of_the_service_or_the_members_stands_in_what_is_told_or_kept(tmp_path):
    """Messages end in logs; the token opens the list of all members."""
    told = ""
    for word, fault in SCRIPTS[::7]:
        way = WAYS[word](fault)
        try:
            go(way, tmp_path / word)
        except HandbillError as error:
            told += f"{error} {error!r} {error.__cause__!r}"
        way.fake.close()
    kept = "".join(one.read_text(encoding="utf-8") for one in tmp_path.rglob("*") if one.is_file())

    assert "s3cret" not in told + kept
    assert "5c1e7" not in told + kept
    assert "ada@" not in told + kept
    assert {"name", "campaign", "service", "step", "id", "at"} == set(json.loads(kept.splitlines()[0]))
