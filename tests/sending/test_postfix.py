"""A whole letter through a real relay: every mail arrives as it was frozen, and what comes back is understood.

Everything here runs on loopback (``tests/sending/postfix.py``); without root or
the package Postfix these tests are skipped, and say so.  How many mails a
second: ``python -m tests.sending.postfix``.
"""

from __future__ import annotations

import json
import re
from itertools import chain

import pytest
from tests.hubs import files_of, moment, run
from tests.sending.certificates import certificates
from tests.sending.frozen import SENT, approved_hub, mailing
from tests.sending.postfix import FULL, GONE, LATE, MEMBERS, RETURNS, needs_postfix, postfix

from handbill.commands import sending
from handbill.sending.keys import member_key, secret_of, token_of
from handbill.sending.ledger import Ledger
from handbill.sending.members import members_of
from handbill.sending.posting import post
from handbill.sending.readiness import tallies_of

pytestmark = needs_postfix

SENDING = f'way = "smtp"\nrate = 1000\nconnections = 4\nbounces = "retours+{{token}}@{RETURNS}"\n'

#: Of 200 members, these are reached; nobody lives where these are; the boxes of these are full; these are late; and this one is refused at the door.
REACHED = [f"m{number}@{MEMBERS}" for number in range(178)]
LOST = [f"p{number}@{GONE}" for number in range(12)]
CROWDED = [f"f{number}@{FULL}" for number in range(6)]
WAITING = [f"r{number}@{LATE}" for number in range(3)]
REFUSED = [f"inconnu@{MEMBERS}"]
EVERYBODY = [*REACHED, *LOST, *CROWDED, *WAITING, *REFUSED]


@pytest.fixture(scope="module")
def tls(tmp_path_factory):
    """Certificates of an authority of our own."""
    return certificates(tmp_path_factory.mktemp("tls"))


@pytest.fixture
def relay(tls, monkeypatch):
    """A relay that wants STARTTLS, with a certificate that this process trusts."""
    monkeypatch.setenv("SSL_CERT_FILE", str(tls.authority))
    with postfix(*tls.good_files) as running:
        yield running


@pytest.fixture
def root(tmp_path, relay, monkeypatch):
    """A hub whose first letter is approved and due, and beside it the list of its members; every third reads English."""
    monkeypatch.setattr(sending, "moment", lambda written, _root: moment(written or SENT))
    root = approved_hub(tmp_path)
    toml = root / "hub.toml"
    toml.write_text(toml.read_text(encoding="utf-8").replace('way = "files"\n', SENDING), encoding="utf-8")
    private = f'[sending]\nfolder = "../private"\nmembers = "../members.csv"\nserver = "{relay.server}"\n'
    (root / "hub.local.toml").write_text(private, encoding="utf-8")
    rows = (f"{address};{'en' if number % 3 == 0 else 'fr'}\n" for number, address in enumerate(EVERYBODY))
    (tmp_path / "members.csv").write_text("".join(chain(["email;langue\n"], rows)), encoding="utf-8")
    return root


def header(raw, name):
    return re.search(rf"(?mi)^{name}: <?([^>\s]*)>?$", raw.partition(b"\n\n")[0].decode("ascii"))[1]


def counted(words):
    """Return the counts that are not nought."""
    return {name: count for name, count in words.items() if count}


def test_two_hundred_members_get_what_was_frozen_and_what_comes_back_is_counted(root, relay, capsys):
    """The whole way with nothing of it played: a relay that encrypts, receivers that refuse, reports that come back."""
    code, out, err = run(capsys, "--root", root, "newsletter", "send", "1", "--really", "--json")
    returns = len(LOST) + len(CROWDED) + len(WAITING)
    relay.wait(lambda: len(relay.delivered()) >= len(REACHED) and len(relay.returned()) >= returns)

    assert (0, "") == (code, err), out
    delivered = {header(raw, "Delivered-To"): raw for raw in relay.delivered()}
    assert sorted(REACHED) == sorted(delivered)
    assert len(REACHED) == len(relay.delivered())
    secret = secret_of(root.parent / "private")
    reads = {one.key: one.lang for one in members_of(root.parent / "members.csv", secret, "main", ("fr", "en"))}
    for address, raw in delivered.items():
        token = token_of(secret, "main", member_key(secret, address))
        assert f"retours+{token}@{RETURNS}" == header(raw, "Return-Path")
        # The relay puts four headers before the mail, and ends lines as its disk does; else not one byte may be another.
        added, _, kept = raw.partition(b"From: ")
        assert [b"Return-Path", b"X-Original-To", b"Delivered-To", b"Received"] == re.findall(rb"(?m)^([\w-]+):", added)
        assert b" with ESMTPS " in added
        version = mailing(root).version(reads[member_key(secret, address)])
        assert post(version, token).replace(b"\r\n", b"\n") == b"From: " + kept

    told = [run(capsys, "--root", root, "newsletter", "results", "1", relay.returns, "--json") for _ in range(2)]
    first, again = (json.loads(text) for _, text, _ in told)

    assert {"read": 21, "returned": 18, "delayed": 3, "suppressed": 12} == counted(first["mails"])
    assert {"read": 21, "known": 18, "delayed": 3} == counted(again["mails"])
    assert {"asked": 200, "accepted": 181, "bounced": 19} == counted(first["totals"]["counts"])
    assert (True, False, first["totals"]) == (first["is_changed"], again["is_changed"], again["totals"])
    with Ledger.open(root.parent / "private", secret, tallies_of(root)) as ledger:
        gone = ledger.suppressed()
        assert {*LOST, *REFUSED} == {one for one in EVERYBODY if member_key(secret, one) in gone}
    _scan(root, secret, out + "".join(text + trouble for _, text, trouble in told))


def test_a_letter_that_a_relay_has_is_not_sent_again(root, relay, capsys):
    """Whoever is not sure types it once more."""
    for _ in range(2):
        code, _, _ = run(capsys, "--root", root, "newsletter", "send", "1", "--really")
        assert 0 == code
    relay.wait(lambda: len(relay.delivered()) >= len(REACHED))

    assert sorted(REACHED) == sorted(header(raw, "Delivered-To") for raw in relay.delivered())


def _scan(root, secret, printed):
    """Look for every member in what was printed, in every file of the repository and in the ledger."""
    named = [one.encode() for address in EVERYBODY for one in (address, token_of(secret, "main", member_key(secret, address)))]
    places = {"printed": printed.encode(), **files_of(root)}
    places |= {f"private/{name}": raw for name, raw in files_of(root.parent / "private").items()}
    assert {"newsletters/archive/1.totals.json", "private/ledger.sqlite3"} <= set(places)
    assert [] == [name for name, raw in places.items() if any(one in raw for one in named)]
    assert any(one in (root.parent / "members.csv").read_bytes() for one in named), "the scan would find nothing at all"
