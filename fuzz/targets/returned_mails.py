"""Any bytes as a mail that came back, or as one that was saved: a report on one line each, and findings in words."""

from __future__ import annotations

from handbill.doctor.answers import read_answers
from handbill.doctor.received import judge_received
from handbill.sending.reports import Kind, report_in

SEEDS = ()
WORDS = (
    "Content-Type: multipart/report; boundary=", "--a\r\n", "--a--\r\n", "Content-Type: message/delivery-status\r\n\r\n", "Content-Type: message/feedback-report\r\n\r\n", "Feedback-Type: abuse\r\n",
    "Action: failed\r\n", "Status: 5.1.1\r\n", "Diagnostic-Code: smtp; 550", "Message-ID: <", "List-Unsubscribe: <", "Content-Transfer-Encoding: base64\r\n", "=?utf-8?b?", "DKIM-Signature: v=1; a=rsa-sha256; d=essai.example; s=lettre; b=",
    "Authentication-Results: mx; dkim=pass", "Received: from ", "From: a@essai.example\r\n", "\r\n\r\n", "\r\n ",
)  # fmt: skip

_ANSWERS = read_answers('lettre._domainkey.essai.example. 60 IN TXT "v=DKIM1; p=MIIB"\n', "essai.example")


def seeds() -> list[bytes]:
    """Return reports as servers write them."""
    from tests.doctor.test_received import FROZEN, TRACES
    from tests.sending import returned_mails

    made = [getattr(returned_mails, name) for name in ("returned", "complaint", "delayed") if hasattr(returned_mails, name)]
    mails = [make() for make in made if not make.__code__.co_argcount or make.__defaults__]
    return [TRACES + FROZEN, *(one if isinstance(one, bytes) else one.encode() for one in mails if isinstance(one, (bytes, str)))]


def one(raw: bytes) -> None:
    """Read *raw* in both ways."""
    report = report_in(raw)
    assert isinstance(report.kind, Kind)
    # What is looked for in these is looked for on one line.
    for text in (*report.arrived, *report.recipients, report.message_id, report.leaving, report.status):
        assert "\n" not in text
    for finding in judge_received(raw, {"essai.example"}, _ANSWERS, {"1": b"From: a@essai.example\r\n\r\nx\r\n"}):
        assert finding.what
        assert str(finding.found)
