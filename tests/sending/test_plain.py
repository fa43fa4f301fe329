"""What programs get of a sending."""

import json
from datetime import UTC, datetime

import pytest
from tests.sending.mailings import NOW, mailing, version

from handbill.errors import Level, Problem, said
from handbill.sending.aftermath import STATES, Standing, Unclear
from handbill.sending.approval import Approval
from handbill.sending.audience import Audience
from handbill.sending.contract import Draft
from handbill.sending.departing import Done
from handbill.sending.handing import HandedOver
from handbill.sending.means import End, Report
from handbill.sending.plain import of_done, of_handed, of_problems, of_readiness, of_standing, seconds, waiting
from handbill.sending.readiness import Readiness
from handbill.settings_sending import Sending

LETTER = mailing(11, version("fr"), version("en", "b" * 64))


def ready(**more):
    """Return what was found of a letter for 700 members, 12 of whom want nothing."""
    given = {
        "mailing": LETTER,
        "approvals": (Approval("11.fr", "c" * 40, NOW, "origin/main"),),
        "audience": Audience({"fr": 640, "en": 60}, 12, 3, (), 0),
        "standing": None,
        "unclear": (),
        "problems": (),
        "refusals": (),
        "exit_code": 0,
    }
    return Readiness(**{**given, **more})


def standing(**counts):
    return Standing("main", 11, {**dict.fromkeys(STATES, 0), **counts}, {}, NOW, None)


def test_a_letter_is_told_with_all_that_was_found():
    """A pipeline reads it; its keys never change."""
    told = of_readiness(ready(), Sending(), "en")

    assert ["name", "letter", "number", "date", "way", "versions", "members", "pace", "ledger", "unclear", "problems", "refusals"] == list(
        told
    )
    assert [("c" * 40, NOW.isoformat()), (None, None)] == [(one["commit"], one["approved"]) for one in told["versions"]]
    assert {"whole": 700, "by_lang": {"fr": 640, "en": 60}, "other_language": 3, "suppressed": 12, "wrong_rows": 0} == told["members"]
    assert {"rate": 10, "per_day": 0, "connections": 1, "seconds": 69} == told["pace"]
    assert json.loads(json.dumps(told)) == told


def test_where_nothing_is_known_nothing_is_said():
    """A service knows its members itself."""
    told = of_readiness(ready(audience=None), Sending(way="listmonk"), "en")

    assert (None, None, 0) == (told["members"], told["ledger"], told["pace"]["seconds"])


@pytest.mark.parametrize(
    ("found", "mails"),
    [
        (ready(), 688),
        (ready(standing=standing(queued=3, deferred=2, accepted=9, ambiguous=4)), 5),
        (ready(audience=None), 0),
    ],
)
def test_who_still_waits_is_what_the_ledger_says_if_there_is_one(found, mails):
    """The list may have grown since; the number has not."""
    assert mails == waiting(found)
    assert -(-mails // 10) == seconds(found, Sending())


def test_what_is_wrong_and_unclear_is_told_in_the_readers_language():
    """The key and the row are enough to find the mail in a log."""
    problem = Problem(
        "members.csv", 3, 0, "email", said("nothing"), said("the members of the letter “{letter}”", letter="main"), "HB615", Level.WARNING
    )
    (told,) = of_problems((problem,), "fr")

    assert ("members.csv", 3, "HB615", "warning") == (told["path"], told["line"], told["code"], told["level"])
    assert "les membres de la lettre" in told["text"]
    unclear = Unclear("3fa9c2d41b07", 14, datetime(2026, 11, 5, tzinfo=UTC))
    assert [{"key": "3fa9c2d41b07", "row": 14, "since": "2026-11-05T00:00:00+00:00"}] == of_readiness(
        ready(unclear=(unclear,)), Sending(), "en"
    )["unclear"]


def test_a_run_is_told_by_its_counts_and_its_end():
    """Whether to call again is what a timer wants to know."""
    done = Done(
        ready(), Report({"accepted": 2}, End.DAY, said("as many mails have left as may in 24 hours")), standing(accepted=2, queued=1)
    )
    told = of_done(done, "en")

    assert 4 == done.exit_code
    assert {"counts": {"accepted": 2}, "end": "day", "why": "as many mails have left as may in 24 hours"} == told["run"]
    assert (2, 1) == (told["ledger"]["counts"]["accepted"], told["ledger"]["counts"]["queued"])
    assert None is of_standing(None)


@pytest.mark.parametrize(
    ("end", "counts", "code"),
    [
        (End.WHOLE, {"accepted": 3}, 0),
        (End.WHOLE, {"accepted": 2, "bounced": 1, "suppressed": 1, "left": 1}, 0),
        (End.WHOLE, {"accepted": 2, "ambiguous": 1}, 4),
        (End.WHOLE, {"accepted": 2, "deferred": 1}, 4),
        (End.SERVER, {"queued": 3}, 4),
        (End.STOPPED, {"accepted": 3}, 4),
    ],
)
def test_the_exit_code_says_whether_anything_remains(end, counts, code):
    """Zero means: nobody has to look."""
    assert code == Done(ready(), Report({}, end, said("nothing was sent")), standing(**counts)).exit_code


def test_nothing_begun_ends_as_it_was_found():
    """The run was refused; or a service has it."""
    assert (3, 0) == (Done(ready(exit_code=3)).exit_code, Done(ready()).exit_code)


def test_a_version_at_a_service_is_told_with_its_state():
    """Also where it is not there yet."""
    one = LETTER.versions[0]
    held = HandedOver(one, Draft("17", one.campaign, "scheduled", {}), was_drafted=True, was_let_go=True)

    assert {
        "name": "11.fr",
        "lang": "fr",
        "campaign": one.campaign,
        "id": "17",
        "state": "scheduled",
        "was_drafted": True,
        "was_let_go": True,
    } == of_handed(held)
    assert (None, "") == (of_handed(HandedOver(one, None))["id"], of_handed(HandedOver(one, None))["state"])
    assert {"service": [of_handed(held)], "sent": True} == of_done(Done(ready(), handed=(held,)), "en")
