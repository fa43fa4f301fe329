"""What every carrier promises, whatever is behind it: inherit :class:`CarrierContract` in the test of a new one."""

from __future__ import annotations

import threading
from collections.abc import Callable
from dataclasses import dataclass

import pytest

from handbill.sending.contract import Carrier, Outcome, Unsupported

#: Sender, recipient and bytes of a mail that arrived.
Arrived = tuple[str, str, bytes]

SENDER = "retours+abc234@lettre.example"

#: What trips a way that takes text for lines, or lines for text.
HARD = (
    b"Subject: points\r\n\r\n.\r\n..\r\n.bonjour\r\n",
    b".Subject: a dot first\r\n\r\nbonjour\r\n",
    b"Subject: long\r\n\r\n" + (b"x" * 998 + b"\r\n") * 2000,
    b"Subject: none\r\n\r\n",
    b"Subject: white\r\n\r\n  \t\r\n\r\n\r\nFrom here\r\n \r\n",
    b"Subject: commands\r\n\r\nQUIT\r\nRSET\r\nMAIL FROM:<a@b.example>\r\n",
)


@dataclass(frozen=True, slots=True)
class Way:
    """A carrier, and what came out at its other end."""

    carrier: Carrier
    arrived: Callable[[], list[Arrived]]


class CarrierContract:
    """The promises; the class that inherits them has a fixture ``way``."""

    @pytest.mark.parametrize("mail", HARD, ids=["dots", "first", "long", "empty", "white", "commands"])
    def test_what_arrives_is_what_was_handed_over(self, way: Way, mail):
        """What was approved is what members read, byte for byte."""
        connection = way.carrier.connect()
        answer = connection.hand(mail, SENDER, "ada@essai.example")
        connection.close()

        assert Outcome.ACCEPTED is answer.outcome
        assert [(SENDER, "ada@essai.example", mail)] == way.arrived()

    def test_one_connection_takes_many_mails(self, way: Way):
        """A connection for each mail is slow, and servers take it for an attack."""
        connection = way.carrier.connect()
        for n in range(20):
            connection.hand(b"Subject: %d\r\n\r\n" % n, SENDER, f"m{n}@essai.example")
        connection.close()

        assert {(f"m{n}@essai.example", b"Subject: %d\r\n\r\n" % n) for n in range(20)} == {(whom, mail) for _, whom, mail in way.arrived()}
        assert 20 == len(way.arrived())

    def test_connections_do_not_meet(self, way: Way):
        """Four threads have one each, and no mail may get another's recipient."""

        def hand(name: str) -> None:
            connection = way.carrier.connect()
            for n in range(10):
                connection.hand(f"Subject: {name}{n}\r\n\r\n".encode(), SENDER, f"{name}{n}@essai.example")
            connection.close()

        threads = [threading.Thread(target=hand, args=(name,)) for name in "abcd"]
        for one in threads:
            one.start()
        for one in threads:
            one.join()

        assert 40 == len(way.arrived())
        assert all(mail == f"Subject: {whom.partition('@')[0]}\r\n\r\n".encode() for _, whom, mail in way.arrived())

    @pytest.mark.parametrize(
        ("sender", "recipient"),
        [
            (SENDER, "ada@essai.example>\r\nRCPT TO:<eve@essai.example"),
            (SENDER, "ada@essai.example\neve@essai.example"),
            (SENDER, "ada@essai.example\r"),
            (SENDER, "ada\0@essai.example"),
            (SENDER, ""),
            ("a@b.example\nc@d.example", "ada@essai.example"),
            ("a@b.example>\r\nDATA", "ada@essai.example"),
        ],
        ids=["command", "line", "return", "nul", "nobody", "two senders", "sender's command"],
    )
    def test_an_envelope_that_would_be_more_than_one_line_is_refused(self, way: Way, sender, recipient):
        """An address must never become a command, a second recipient, or a line of a file."""
        connection = way.carrier.connect()
        with pytest.raises(Unsupported):
            connection.hand(b"Subject: x\r\n\r\n", sender, recipient)
        connection.hand(b"Subject: y\r\n\r\n", SENDER, "ada@essai.example")
        connection.close()

        assert [(SENDER, "ada@essai.example", b"Subject: y\r\n\r\n")] == way.arrived()

    def test_saying_goodbye_twice_does_no_harm(self, way: Way):
        """A run that ends closes what a server may have closed before."""
        connection = way.carrier.connect()
        connection.close()
        connection.close()

        assert [] == way.arrived()

    def test_it_has_the_name_by_which_it_is_chosen(self, way: Way):
        """What hub.toml says is what reports say."""
        assert way.carrier.name in ("files", "smtp")
