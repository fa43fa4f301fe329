"""What the person reads who sends a letter."""

from datetime import UTC, datetime
from types import SimpleNamespace

import pytest
from tests.sending.mailings import mailing, version
from tests.sending.test_plain import LETTER, ready, standing

from handbill.errors import said
from handbill.sending.aftermath import STATES, Unclear
from handbill.sending.contract import Draft
from handbill.sending.departing import Done
from handbill.sending.handing import HandedOver
from handbill.sending.lines import done_lines, ready_lines, service_lines, unclear_lines
from handbill.sending.means import End, Report
from handbill.settings_sending import Sending

UNCLEAR = Unclear("3fa9c2d41b07", 14, datetime(2026, 11, 5, 18, 4, tzinfo=UTC))


def test_before_a_sending_one_reads_what_leaves_to_whom_and_how_long_it_takes():
    """It is compared with what was merged."""
    assert [
        "11: “Objet”, dated 2026-11-05 18:00",
        "  11.fr  fr  aaaaaaaaaaaa  approved by cccccccccccc of 2026-11-05 on origin/main",
        "  11.en  en  bbbbbbbbbbbb  not approved",
        "  way: files, 10 mails a second",
        "  700 members on the list: fr 640, en 60",
        "  3 of them read another language, or say none: fr",
        "  12 of them want nothing any more",
        "  still to be sent: 688 mails, about 69 seconds",
    ] == list(ready_lines(ready(), Sending(), "en"))


def test_where_there_is_one_language_nobody_is_told_of_others():
    """They have nothing to choose from."""
    lines = "\n".join(ready_lines(ready(mailing=mailing(11)), Sending(), "en"))

    assert "another language" not in lines


@pytest.mark.parametrize(
    ("sending", "mails", "told"),
    [
        (Sending(rate=1), 1, "1 mail, about 1 second"),
        (Sending(rate=1), 121, "121 mails, about 2 minutes"),
        (Sending(rate=1), 7201, "7201 mails, about 2 hours"),
        (Sending(rate=10, per_day=300), 688, "688 mails, on 3 days, with one run a day"),
        (Sending(rate=10, per_day=300), 300, "300 mails, about 30 seconds"),
    ],
)
def test_how_long_it_takes_is_said_as_people_say_it(sending, mails, told):
    """Seven thousand seconds mean nothing to anybody."""
    lines = list(ready_lines(ready(standing=standing(queued=mails)), sending, "en"))

    assert f"  still to be sent: {told}" in lines
    assert (
        f"  way: files, {sending.rate} mail"
        + ("s" if sending.rate > 1 else "")
        + " a second"
        + (", 300 mails in 24 hours" if sending.per_day else "")
    ) in lines


def test_what_was_begun_is_told_with_all_that_became_of_it():
    """In the order of a mail's life."""
    counts = dict(zip(STATES, range(1, 9), strict=True))
    lines = list(ready_lines(ready(standing=standing(**counts), unclear=(UNCLEAR,)), Sending(), "en"))

    assert (
        "  begun on 2026-11-05 18:00: 1 waiting, 2 under way, 3 accepted, 4 put off, 5 refused for good, 6 unclear, 7 not wanted any more, 8 no longer on the list"
        in lines
    )
    assert "  it was begun for 36 members; who is not among them gets the next number" in lines
    assert "  3fa9c2d41b07  row 14 of the list, since 2026-11-05 18:04 UTC" in lines


def test_after_a_run_one_reads_what_it_did_what_remains_and_how_to_go_on():
    """In the middle of the evening, by somebody who has never seen it stop."""
    report = Report({"accepted": 2, "ambiguous": 1}, End.SERVER, said("as many mails have left as may in 24 hours"))
    done = Done(ready(), report, standing(accepted=5, ambiguous=1, queued=4), (UNCLEAR,), is_counted=True)

    assert [
        "11: 2 accepted, 1 unclear",
        "In all: 4 waiting, 5 accepted, 1 unclear",
        "It ended before its time: as many mails have left as may in 24 hours",
        "To go on: python3 build.py newsletter send 11 --really",
        "1 mail of which nobody knows whether it arrived:",
        "  3fa9c2d41b07  row 14 of the list, since 2026-11-05 18:04 UTC",
        "When you know: python3 build.py newsletter settle 11 3fa9c2d41b07 --arrived | --again",
        "Written: newsletters/archive/11.totals.json. Commit it; it holds counts alone.",
    ] == list(done_lines(done, "en"))


def test_a_service_is_told_by_its_state_and_by_what_it_loses():
    """Whoever decides to use it knows what members will not get."""
    service = SimpleNamespace(name="listmonk", loses=(said("nothing"),))
    one = version()
    held = Draft("17", one.campaign, "draft", {})

    assert ["11.fr at listmonk: nothing there yet; the draft would be made, compared and let go", "  not kept there: nothing"] == list(
        service_lines(service, (HandedOver(one, None),), "en")
    )
    assert "11.fr at listmonk: made; a draft is there, and it is what was approved" in list(
        service_lines(service, (HandedOver(one, held, was_drafted=True),), "en")
    )


@pytest.mark.parametrize("state", ["draft", "scheduled", "sending", "sent", "stopped"])
def test_every_state_at_a_service_has_its_words(state):
    """A word of the service itself would be one more to learn."""
    held = Draft("17", "x", state, {})
    for lang in ("en", "fr"):
        (line,) = service_lines(SimpleNamespace(name="s", loses=()), (HandedOver(version(), held, was_let_go=True),), lang)
        assert ("let go; " if lang == "en" else "confiée") in line


def test_in_french_numbers_have_their_plural():
    """« 1 acceptés » is read as a fault of everything else."""
    lines = "\n".join(ready_lines(ready(standing=standing(accepted=1, bounced=2)), Sending(), "fr"))

    assert "1 accepté, 2 refusés pour de bon" in lines
    assert "700 membres sur la liste\u00a0: fr 640, en 60" in lines


def test_nothing_unclear_is_said_too():
    """Who asks wants to read it."""
    assert ["11: nothing is unclear"] == list(unclear_lines("11", (), "en"))
    assert LETTER
