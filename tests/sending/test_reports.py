"""What a mail that came back reports, whoever wrote it."""

import base64
import quopri
from time import process_time

import pytest
from tests.sending.returned_mails import (
    ADA,
    MESSAGE_ID,
    complaint,
    enclosed,
    failed,
    group,
    report,
    status_part,
    to,
    token,
)

from handbill.sending.boxes import LONGEST
from handbill.sending.reports import Kind, report_in

OTHER = Kind.OTHER


def test_a_returned_mail_says_why_and_brings_back_the_head_of_what_was_sent():
    """These are the only facts that anything is concluded from."""
    found = report_in(failed())

    assert (Kind.RETURNED, "5.1.1", 550) == (found.kind, found.status, found.code)
    assert (to(token()), to(token())) == found.arrived
    assert (ADA,) == found.recipients
    assert MESSAGE_ID == found.message_id
    assert token() in found.leaving


@pytest.mark.parametrize("end", ["\r\n", "\n"])
@pytest.mark.parametrize("kind", ["message/rfc822", "text/rfc822-headers", "message/global-headers"])
def test_a_report_is_read_with_either_line_end_and_with_the_head_alone(kind, end):
    """Maildirs hold LF; many servers send back only the head."""
    raw = failed(kind=kind).replace(b"\r\n", end.encode())

    assert report_in(failed()) == report_in(raw)


@pytest.mark.parametrize(
    ("expected", "groups"),
    [
        (Kind.RETURNED, [group()]),
        (Kind.RETURNED, [group(status="4.4.7", diagnostic="")]),
        (Kind.RETURNED, [group(status="", diagnostic="")]),
        (Kind.RETURNED, [group(), group("b@membres.example", status="5.2.2")]),
        (Kind.RETURNED, [group(action="FAILED (nobody)")]),
        (Kind.DELAYED, [group(action="delayed", status="4.4.1")]),
        (Kind.DELAYED, [group(), group(action="delayed", status="4.4.1")]),
        (Kind.OTHER, [group(action="delivered", status="2.0.0")]),
        (Kind.OTHER, [group(action="relayed", status="2.0.0")]),
        (Kind.OTHER, [group(status="2.0.0")]),
        (Kind.OTHER, [group(), group(action="delivered", status="2.0.0")]),
        (Kind.OTHER, [group(action="exploded")]),
        (Kind.OTHER, [group() + "Action: delivered\r\n"]),
        (Kind.OTHER, []),
    ],
)
def test_only_what_failed_for_everybody_came_back(expected, groups):
    """An address that stands for three mailboxes is no dead one when one of them is full."""
    assert expected is report_in(report(status_part(*groups), enclosed())).kind


@pytest.mark.parametrize(
    ("expected", "groups"),
    [
        (("5.1.1", 550), [group()]),
        (("5.1.1", 550), [group(status="5.1.1 (bad mailbox)")]),
        (("", 0), [group(), group("b@membres.example", status="5.2.2")]),
        (("5.1.1", 550), [group(), group("b@membres.example")]),
        (("", 0), [group(status="5.1", diagnostic="x")]),
        (("", 0), [group(status="5.1.1.1", diagnostic="smtp; 999 nonsense")]),
        (("", 0), [group(status="5.1.1\r\nStatus: 4.0.0", diagnostic="smtp; 55o")]),
        (("5.2.2", 552), [group(status="5.2.2", diagnostic="X-Postfix; 552 5.2.2 full")]),
        (("5.1.1", 0), [group(diagnostic="dns; 550 is no code of a mail server")]),
    ],
)
def test_a_status_is_taken_only_where_it_is_one(expected, groups):
    """From it follows whether anybody lives there."""
    found = report_in(report(status_part(*groups), enclosed()))

    assert expected == (found.status, found.code)


@pytest.mark.parametrize(
    ("expected", "kind"),
    [(Kind.COMPLAINT, "abuse"), (Kind.COMPLAINT, "Fraud"), (Kind.OTHER, "not-spam"), (Kind.OTHER, "dkim"), (Kind.OTHER, "")],
)
def test_a_complaint_is_told_from_its_contrary(expected, kind):
    """Somebody who took our mail out of the junk folder must not lose it."""
    assert expected is report_in(complaint(kind=kind)).kind


@pytest.mark.parametrize("how", ["base64", "quoted-printable"])
def test_parts_that_were_encoded_on_the_way_are_read(how):
    """Some servers encode every part that they touch."""
    encode = (lambda raw: base64.encodebytes(raw)) if how == "base64" else quopri.encodestring
    head, _, told = status_part(group()).partition("\r\n\r\n")
    part = f"{head}\r\nContent-Transfer-Encoding: {how}\r\n\r\n{encode(told.encode()).decode()}"

    assert (Kind.RETURNED, "5.1.1") == ((found := report_in(report(part, enclosed()))).kind, found.status)


@pytest.mark.parametrize(
    "raw",
    [
        pytest.param(b"", id="nothing"),
        pytest.param(b"\r\n\r\n", id="empty lines"),
        pytest.param(b"Subject: Absence\r\nAuto-Submitted: auto-replied\r\n\r\nDe retour lundi.\r\n", id="an absence note"),
        pytest.param(b"From: ada@membres.example\r\nTo: x\r\n\r\nMerci !\r\n", id="a person"),
        pytest.param(b"Content-Type: multipart/report\r\n\r\n--x\r\n", id="no boundary"),
        pytest.param(report(status_part(group()), content_type='multipart/mixed; boundary="=_b"'), id="another type"),
        pytest.param(report(status_part(group()), content_type='multipart/report; boundary="=_c"'), id="another boundary"),
        pytest.param(report(status_part(group()), content_type='multipart/report; boundary="=_b"; boundary="=_b"'), id="two boundaries"),
        pytest.param(report(status_part(group()), head="Content-Type: text/plain\r\n"), id="two types"),
        pytest.param(report(status_part(group()), status_part(group(action="delayed"))), id="two reports"),
        pytest.param(report(status_part(group()), enclosed(), enclosed()), id="about two mails"),
        pytest.param(report(enclosed()), id="no report in it"),
        pytest.param(b"Hi. This is the qmail-send program at relais.example.\n\n<ada@membres.example>:\nno mailbox", id="qmail"),
    ],
)
def test_what_is_no_report_of_the_standard_is_left_to_people(raw):
    """To guess would take somebody off the list who only wrote “thank you”."""
    assert OTHER is report_in(raw).kind


def bombs():
    yield (
        "a report in a report, a thousand deep",
        report(*[enclosed()], head="") + b"--=_b\r\nContent-Type: multipart/report; boundary=x\r\n\r\n" * 1000,
    )
    yield "a hundred thousand parts", report(*["Content-Type: text/plain\r\n\r\nx\r\n"] * 100_000)
    yield "a hundred thousand recipients", report(status_part(*[group()] * 10_000))
    yield "a million empty lines", report(status_part(*["\r\n"] * 300_000))
    yield "a header of a million signs", report(status_part(group("a" * 1_000_000)))
    yield "a million folds", b"Subject: x" + b"\r\n " * 300_000 + b"\r\n\r\n"
    yield "a million colons", b":" * 1_000_000
    yield "a million fields", b"a:b\r\n" * 200_000 + b"\r\n"
    yield "a million almost-boundaries", report("--=_b-" * 200_000)
    yield "a million spaces", b"Content-Type:" + b" " * 1_000_000 + b"\n \n" * 1000
    yield "a boundary of every sign", report(status_part(group()), boundary="(.*)+$^[\\d]{9}")
    yield "signs of no charset", report(status_part(group("\udcff\udcfe@\udc80")))
    yield "base64 that is none", report(f"Content-Type: message/delivery-status\r\nContent-Transfer-Encoding: base64\r\n\r\n{'=' * 99}A")
    yield "zeros", b"\0" * 1_000_000
    yield "parameters without end", b"Content-Type: multipart/report" + b"; boundary" * 100_000 + b"\r\n\r\n"
    yield "quotes without end", b'Content-Type: multipart/report; boundary="' + b"x" * 1_000_000 + b"\r\n\r\n"


@pytest.mark.parametrize("raw", [pytest.param(raw, id=name) for name, raw in bombs()])
def test_no_mail_makes_the_reading_fail_or_linger(raw):
    """The box is open to everybody: one mail must not keep a community from sending.  Each takes about 0.1 s (``--durations=20``)."""
    assert isinstance(report_in(raw[:LONGEST]).kind, Kind)


def test_many_fields_of_one_recipient_cost_no_more_than_as_many_of_several():
    """Counting names one by one is quadratic; whoever fills the box would know, and send what takes longest."""

    def cost(groups: int, fields: int) -> float:
        raw = report(status_part(*["".join(f"x{one}: 1\r\n" for one in range(fields))] * groups))
        assert len(raw) < LONGEST
        began = process_time()
        report_in(raw)
        return process_time() - began

    trials = [(cost(400, 100), cost(100, 400)) for _ in range(3)]

    # The same number of fields; quadratic in the fields of a group it would be about three times as much.
    assert min(wide for _, wide in trials) < 2 * min(narrow for narrow, _ in trials)


def test_nothing_of_a_report_is_shown_by_accident():
    """A traceback or a log would name a member."""
    assert ADA not in repr(report_in(failed()))
