"""A signed letter through a real relay and back into ``doctor mail``: the signature holds, and no byte of the letter is another.

Everything here runs on loopback (``tests/sending/postfix.py``); without root or
the package Postfix this test is skipped, and says so.
"""

from __future__ import annotations

from pathlib import Path

import dkim
from tests.sending.certificates import certificates
from tests.sending.dkim_keys import key_file
from tests.sending.postfix import MEMBERS, needs_postfix, postfix

from handbill.doctor.answers import read_answers
from handbill.doctor.key_record import zone_line
from handbill.doctor.received import judge_received
from handbill.outputs.mail.record import TOKEN
from handbill.sending.carriers.smtp import Smtp
from handbill.sending.contract import Outcome
from handbill.sending.signing import read_key, signing

pytestmark = needs_postfix

DOMAIN = "atelier-garonne.example"
LETTERS = {
    file.parent.name: file.read_bytes()
    for file in sorted((Path(__file__).resolve().parents[2] / "newsletters" / "archive").glob("*/mail.eml"))
}


def test_letters_that_went_through_a_relay_are_proved_from_the_mailbox(tmp_path, monkeypatch):
    """It is what an editor does with a test mail; every letter of the demo, through a server that nobody wrote for this test."""
    key = read_key(key_file(tmp_path))
    answers = read_answers(zone_line(f"lettre._domainkey.{DOMAIN}", key.record), DOMAIN)
    sign = signing(key, "lettre")
    tls = certificates(tmp_path)
    monkeypatch.setenv("SSL_CERT_FILE", str(tls.authority))

    with postfix(*tls.good_files) as relay:
        connection = Smtp(relay.server).connect()
        try:
            for raw in LETTERS.values():
                mail = sign(raw.replace(TOKEN.encode(), b"k7" * (len(TOKEN) // 2)))
                assert Outcome.ACCEPTED is connection.hand(mail, f"retours@{DOMAIN}", f"m1@{MEMBERS}").outcome
        finally:
            connection.close()
        relay.wait(lambda: len(relay.delivered()) == len(LETTERS))
        found = relay.delivered()

    def answer(name: bytes, timeout: int = 5) -> bytes:
        return key.record.encode()

    proved = set()
    for raw in found:
        assert dkim.verify(raw, dnsfunc=answer)
        told = {str(one.what): one for one in judge_received(raw, (DOMAIN,), answers, LETTERS)}
        assert {"DKIM": "ok", "unsubscribe": "ok", "Authentication-Results": "unknown", "TLS": "ok", "bytes": "ok"} == {
            what: one.state for what, one in told.items()
        }
        proved.add(str(told["bytes"].found))
    assert {f"letter {name}, byte for byte but for the token" for name in LETTERS} == proved
