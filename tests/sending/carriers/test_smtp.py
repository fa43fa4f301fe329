"""Mails by SMTP: the carrier's contract against a well-behaved server, and what is concluded from those that misbehave."""

from __future__ import annotations

import socket

import pytest
from tests.cases import for_each
from tests.sending.carriers.contract import SENDER, CarrierContract, Way
from tests.sending.certificates import certificates
from tests.sending.smtp_servers import CUT, DRIP, DROP, KEEP_AND_DROP, SILENCE, ScriptedServer, at, well_behaved

from handbill.door import Unreachable
from handbill.sending.carriers.smtp import MAILS_PER_CONNECTION, Smtp
from handbill.sending.contract import Outcome, Unsupported
from handbill.sending.refusals import Refused

MAIL = b"Subject: x\r\n\r\nbonjour\r\n"
WHOM = "ada@essai.example"


@pytest.fixture(scope="session")
def papers(tmp_path_factory):
    return certificates(tmp_path_factory.mktemp("certificates"))


@pytest.fixture
def trusted(papers, monkeypatch):
    """Let this machine trust the authority that tests made."""
    monkeypatch.setenv("SSL_CERT_FILE", str(papers.authority))
    return papers


class TestSmtp(CarrierContract):
    """SMTP keeps what every carrier promises, against aiosmtpd and with encryption."""

    @pytest.fixture
    def way(self, trusted):
        got = []
        with well_behaved(lambda sender, recipient, mail: got.append((sender, recipient, mail)), trusted.good) as server:
            yield Way(Smtp(server), lambda: got)


def patience(said: bytes) -> float:
    """Return how long to wait for an answer: long where one comes, so that a busy machine changes nothing."""
    return 0.1 if said in (SILENCE, DRIP, b"250") else 10.0


def carrier(server: ScriptedServer, wait_s: float = 10.0, **more) -> Smtp:
    return Smtp(server.server, server.security, connect_s=10, answer_s=wait_s, dot_s=wait_s, **more)


def answer(script, wait_s: float = 10.0):
    """Return what is concluded when one mail goes to a server that follows *script*, and how many it kept."""
    with ScriptedServer(script).running() as server:
        connection = carrier(server, wait_s).connect()
        said = connection.hand(MAIL, SENDER, WHOM)
        connection.close()
    return said, len(server.delivered)


# Codes at each step, and each way to be silent: outcome, whether the connection is closed, mails that the server kept.
FAULTS = [
    *[
        (step, b"%d 4.0.0 not now\r\n" % code, "deferred", code == 421, 0)
        for step in ("mail", "rcpt", "data", "dot")
        for code in (421, 450, 451, 452)
    ],
    *[
        (step, b"%d 5.0.0 no\r\n" % code, "bounced", False, 0)
        for step in ("mail", "rcpt", "data", "dot")
        for code in (550, 551, 552, 553, 554)
    ],
    *[
        (step, said, "deferred", True, 0)
        for step in ("mail", "rcpt", "data")
        for said in (DROP, SILENCE, DRIP, b"hello?\r\n", b"\xff\xfe\x00\r\n", b"999 what\r\n", b"250")
    ],
    ("dot", KEEP_AND_DROP, "ambiguous", True, 1),
    ("dot", DROP, "ambiguous", True, 0),
    ("dot", SILENCE, "ambiguous", True, 0),
    ("dot", DRIP, "ambiguous", True, 1),
    ("dot", b"hello?\r\n", "ambiguous", True, 0),
    ("dot", b"354 go on\r\n", "ambiguous", True, 0),
    ("dot", b"250-ok\r\n550 no\r\n", "ambiguous", True, 1),
    ("dot", b"250-" + b"x" * 9000, "ambiguous", True, 1),
    ("dot", b"250-x\r\n" * 200, "ambiguous", True, 1),
    ("dot", b"250-2.0.0 one\r\n250 2.0.0 two\r\n", "accepted", False, 1),
    ("rcpt", b"550-5.1.1 one\r\n550-5.1.1 two\r\n550 5.1.1 three\r\n", "bounced", False, 0),
    ("rcpt", b"251 elsewhere\r\n", "accepted", False, 1),
    ("data", b"250 ok\r\n", "deferred", True, 0),
    ("rcpt", b"250 ok\r\n250 ok\r\n", "deferred", True, 0),
    ("data", b"354 go\r\n250 2.0.0 done\r\n", "deferred", True, 0),
]


@for_each(
    ("step", "said", "outcome", "closes", "kept"), FAULTS, ids=[f"{one[0]} {one[1][:12].decode('latin-1').strip()!r}" for one in FAULTS]
)
def test_from_a_fault_nothing_is_concluded_that_is_not_known(step, said, outcome, closes, kept):
    """Only after the dot may a mail have arrived; what was refused for good is told from what may be tried again."""
    found, delivered = answer(at(step, said), patience(said))

    assert (outcome, closes, kept) == (found.outcome.value, found.closes, delivered)


@pytest.mark.parametrize("said", [DROP, b"250 2.0.0 early\r\n", b"552 5.3.4 too long\r\n"], ids=["drop", "yes", "no"])
def test_what_comes_before_the_dot_is_no_answer_to_it(said, monkeypatch):
    """A server that says “taken” in the middle of a mail has half of it; one that went away has delivered nothing."""
    large = b"Subject: x\r\n\r\n" + (b"y" * 76 + b"\r\n") * 100_000
    with ScriptedServer(at("text", said), size=10**8).running() as server:
        connection = carrier(server).connect()
        found = connection.hand(large, SENDER, WHOM)
        connection.close()

    assert (Outcome.DEFERRED, True) == (found.outcome, found.closes)
    assert [] == server.delivered


# Who is let in: the step, what is said there, and whether to ask again would help.
DOORS = [
    *[(step, b"%d no\r\n" % code, Refused) for step in ("connect", "ehlo", "starttls", "auth") for code in (550, 554)],
    *[(step, b"%d not now\r\n" % code, Unreachable) for step in ("connect", "ehlo", "starttls", "auth") for code in (421, 450, 454)],
    *[(step, said, Unreachable) for step in ("connect", "ehlo", "starttls", "auth") for said in (DROP, SILENCE, b"hello\r\n")],
    ("connect", b"220-one\r\n554 two\r\n", Unreachable),
    ("ehlo", b"250-localhost\r\n" * 200, Unreachable),
    ("auth", b"535 5.7.8 no\r\n", Refused),
    ("auth", CUT, Unreachable),
    # What comes with the leave to encrypt was written by nobody knows whom.
    ("starttls", b"220 go\r\n250-localhost\r\n250 AUTH PLAIN\r\n", Unreachable),
]


@pytest.mark.parametrize(("told", "said"), [("535 5.7.8", b"5.7.8 no"), ("535", b"2.7.8 no"), ("535", b"5.7.8.1 no"), ("535", b"no, ada")])
def test_of_a_reply_at_the_door_its_numbers_are_told_and_nothing_else(trusted, told, said):
    """Its words may name people; a status that contradicts its code sends whoever looks it up astray."""
    with ScriptedServer(at("auth", b"535 %s\r\n" % said), "starttls", trusted.good).running() as server, pytest.raises(Refused) as caught:
        carrier(server, user="ada", password="secret-word").connect()

    assert str(caught.value).endswith(f"does not accept the user and the password, and says {told}")


@pytest.mark.parametrize(("step", "said", "error"), DOORS, ids=[f"{one[0]} {one[1][:8].decode('latin-1').strip()!r}" for one in DOORS])
def test_who_is_not_let_in_hands_nothing_over(trusted, step, said, error):
    """A refused password is for a person to mend; a server that is restarted is there again in a minute."""
    with ScriptedServer(at(step, said), "starttls", trusted.good).running() as server, pytest.raises(Unreachable) as told:
        carrier(server, patience(said), user="ada", password="secret-word").connect()

    assert error is type(told.value)
    assert "secret" not in str(told.value)
    assert not [line for line in server.said if line.startswith(b"MAIL")]


@pytest.mark.parametrize("security", ["starttls", "tls"])
@pytest.mark.parametrize("which", ["other", "old", "unknown"])
def test_a_certificate_that_is_not_the_servers_ends_it_before_the_password(papers, monkeypatch, security, which):
    """Who sits on the way would read the password and all addresses."""
    if which != "unknown":
        monkeypatch.setenv("SSL_CERT_FILE", str(papers.authority))
    context = papers.good if which == "unknown" else getattr(papers, which)
    with ScriptedServer(at("", b""), security, context).running() as server, pytest.raises(Refused, match="certificate"):
        carrier(server, user="ada", password="secret-word").connect()

    assert not [line for line in server.said if line.startswith(b"AUTH")]


def test_encryption_that_is_not_offered_is_not_done_without(trusted):
    """Taking the word STARTTLS out of an answer is the oldest trick there is."""
    with (
        ScriptedServer(at("ehlo", b"250-localhost\r\n250 AUTH PLAIN\r\n"), "starttls", trusted.good).running() as server,
        pytest.raises(Refused),
    ):
        carrier(server, user="ada", password="secret-word").connect()

    assert [b"ehlo [127.0.0.1]"] == server.said


@pytest.mark.parametrize("security", ["starttls", "tls"])
@pytest.mark.parametrize(("offered", "asked"), [(b"PLAIN LOGIN", b"AUTH PLAIN AMOpbW1hAGNsw6k="), (b"LOGIN", b"AUTH LOGIN w6ltbWE=")])
def test_signing_in_comes_after_the_encryption(trusted, security, offered, asked):
    """The password is as long as it likes, in any alphabet, and never in clear."""
    replies = iter([b"334 UGFzc3dvcmQ6\r\n", None])
    script = {
        "PLAIN LOGIN": at("", b""),
        "LOGIN": lambda step, *_: (
            b"250-localhost\r\n250-STARTTLS\r\n250 AUTH LOGIN\r\n" if step == "ehlo" else next(replies) if step == "auth" else None
        ),
    }[offered.decode()]
    with ScriptedServer(script, security, trusted.good).running() as server:
        connection = carrier(server, user="émma", password="clé").connect()
        said = connection.hand(MAIL, SENDER, WHOM)
        connection.close()

    assert Outcome.ACCEPTED is said.outcome
    assert asked in server.said
    assert server.encrypted_at <= server.said.index(asked)


@pytest.mark.parametrize(
    ("server", "more"), [("lettre.example:25", {}), ("10.0.0.1", {}), ("[2001:db8::1]:25", {}), ("localhost:25", {"user": "ada"})]
)
def test_nothing_crosses_a_network_in_clear(server, more):
    """Without encryption every router on the way has the list of members, or the password."""
    with pytest.raises(Unsupported, match="wanted starttls or tls"):
        Smtp(server, "none", **more)


@pytest.mark.parametrize(
    "server", ["", "lettre.example:0", "lettre.example:99999", "lettre.example:smtp", "http://lettre.example", "a b", "x\ny", "[::1"]
)
def test_a_server_that_is_none_is_told_at_once(server):
    """Half an hour before the letter leaves is the time to know."""
    with pytest.raises(Unsupported, match="a name and a port"):
        Smtp(server)


@pytest.mark.parametrize(
    ("server", "told"),
    [("127.0.0.1:1", "nobody listens"), ("nulle-part.example:25", "no server of this name"), ("a..b:25", "no name of a server")],
)
def test_a_server_that_is_not_there_is_told_with_its_reason(server, told, monkeypatch):
    """“Connection failed” sends people to look at the wrong end."""
    if "nulle-part" in server:
        # Asking for a name would leave this machine.
        monkeypatch.setattr(socket, "getaddrinfo", lambda *_, **__: (_ for _ in ()).throw(socket.gaierror("unknown")))
    with pytest.raises(Unreachable, match=told):
        Smtp(server, connect_s=2).connect()


def test_a_connection_is_used_a_hundred_times_and_made_anew():
    """Servers count too, and close without saying why."""
    with ScriptedServer(at("", b"")).running() as server:
        connection = carrier(server).connect()
        closes = [connection.hand(MAIL, SENDER, f"m{n}@essai.example").closes for n in range(MAILS_PER_CONNECTION)]

    assert [False] * (MAILS_PER_CONNECTION - 1) + [True] == closes
    assert MAILS_PER_CONNECTION == len(server.delivered)


def test_a_refused_mail_leaves_the_connection_clean():
    """What was begun for one member must not become part of the mail of the next."""
    with ScriptedServer(at("rcpt", b"550 5.1.1 no\r\n", whom="eve@essai.example")).running() as server:
        connection = carrier(server).connect()
        outcomes = [connection.hand(MAIL, SENDER, whom).outcome.value for whom in ("eve@essai.example", WHOM)]
        connection.close()

    assert ["bounced", "accepted"] == outcomes
    assert [(WHOM, MAIL)] == server.delivered
    assert 1 == server.connections
    assert 1 == server.said.count(b"RSET")


def test_a_mail_that_is_too_large_for_the_server_concerns_everybody():
    """All members get the same letter; none of them has done anything."""
    with ScriptedServer(at("", b""), size=20).running() as server:
        connection = carrier(server).connect()
        found = connection.hand(MAIL, SENDER, WHOM)
        connection.close()

    assert (Outcome.BOUNCED, "sender", "5.3.4") == (found.outcome, found.blames, found.status)
    assert not [line for line in server.said if line.startswith(b"MAIL")]


@pytest.mark.parametrize(
    "mail",
    [
        b"Subject: \xe9\r\n\r\n",
        b"Subject: x\n\nbonjour\n",
        b"Subject: x\r\n\r\na\rb\r\n",
        b"Subject: x\r\n\r\n\0\r\n",
        b"Subject: x\r\n\r\n\n.\r\n",
    ],
)
def test_bytes_that_servers_read_in_two_ways_are_not_sent(mail):
    """A line end that one server sees and the next does not smuggles a second mail (CVE-2023-51764)."""
    with ScriptedServer(at("", b"")).running() as server:
        connection = carrier(server).connect()
        with pytest.raises(Unsupported):
            connection.hand(mail, SENDER, WHOM)
        connection.close()

    assert not [line for line in server.said if line.startswith(b"MAIL")]


@pytest.mark.parametrize(
    "whom", ["é@essai.example", "a b@essai.example", "a@é.example", "<a@essai.example>", 'a"b@essai.example', "essai.example"]
)
def test_an_address_that_needs_smtputf8_or_quotes_is_not_sent_in_secret(whom):
    """Nobody knows what a server on the way makes of it."""
    with ScriptedServer(at("", b"")).running() as server:
        connection = carrier(server).connect()
        with pytest.raises(Unsupported):
            connection.hand(MAIL, SENDER, whom)
        connection.close()
