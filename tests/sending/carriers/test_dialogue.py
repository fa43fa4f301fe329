"""The dialogue with a mail server: what goes over the wire, byte for byte."""

from __future__ import annotations

import socket
import threading

import pytest

from handbill.sending.carriers.dialogue import FAULTS, Dialogue, Garbled


@pytest.fixture
def pair():
    """Return a dialogue and the server's end of its connection."""
    ours, theirs = socket.socketpair()
    dialogue = Dialogue("localhost", 25, 5.0)
    dialogue.sock = ours
    yield dialogue, theirs
    dialogue.close()
    theirs.close()


def test_dots_are_doubled_and_the_last_one_goes_out_alone(pair):
    """A line that is one dot ends a mail (RFC 5321, 4.5.2); until the last one is out, nothing may be delivered."""
    dialogue, theirs = pair
    dialogue.text(b".a\r\n.\r\n..b\r\nc.\r\n")
    assert b"..a\r\n..\r\n...b\r\nc.\r\n" == theirs.recv(1000)

    theirs.sendall(b"250 2.0.0 ok\r\n")
    assert (250, b"2.0.0 ok") == dialogue.dot(5.0)
    assert b".\r\n" == theirs.recv(1000)


def test_a_reply_in_pieces_is_one_reply(pair):
    """Networks cut where they like."""
    dialogue, theirs = pair
    for piece in (b"25", b"0-one\r", b"\n250 t", b"wo\r\n"):
        threading.Timer(0.01, theirs.sendall, [piece]).start()
        threading.Event().wait(0.03)

    assert (250, b"one\ntwo") == dialogue.getreply()


@pytest.mark.parametrize(
    "said",
    [
        b"25\r\n",
        b"2500 x\r\n",
        b"150 x\r\n",
        b"600 x\r\n",
        b"\r\n",
        b"250-a\r\n251 b\r\n",
        b"2\xb20 x\r\n",
        b"x" * 9000,
        b"250-x\r\n" * 129,
    ],
)
def test_what_is_no_reply_is_not_taken_for_one(pair, said):
    """A word that nobody understands is no yes."""
    dialogue, theirs = pair
    theirs.sendall(said)

    with pytest.raises(Garbled):
        dialogue.getreply()


def test_a_word_that_nobody_asked_for_ends_the_dialogue(pair):
    """The next reply would be taken for the answer to another question; a lost mail would count as sent."""
    dialogue, theirs = pair
    theirs.sendall(b"250 one\r\n250 two\r\n")
    dialogue.getreply()

    with pytest.raises(Garbled):
        dialogue.docmd("MAIL", "FROM:<a@essai.example>")


@pytest.mark.parametrize("ends", [lambda theirs: theirs.sendall(b"250 early\r\n"), socket.socket.close], ids=["speaks", "goes"])
def test_a_server_that_speaks_or_goes_before_the_dot_does_not_get_it(pair, ends):
    """What it has is half a mail, and it must not deliver that."""
    dialogue, theirs = pair
    ends(theirs)

    with pytest.raises(FAULTS):
        dialogue.text(b"Subject: x\r\n\r\n")


def test_a_line_break_in_a_command_is_not_sent(pair):
    """It would be a second command."""
    dialogue, theirs = pair
    with pytest.raises(ValueError, match="newline"):
        dialogue.docmd("MAIL", "FROM:<a@essai.example>\r\nDATA")

    theirs.setblocking(False)
    with pytest.raises(BlockingIOError):
        theirs.recv(10)


def test_a_server_that_sends_a_byte_now_and_then_is_not_waited_for_for_ever(pair):
    """Each byte would begin the wait anew."""
    dialogue, theirs = pair
    dialogue.timeout = 0.2
    stop = threading.Event()

    def drip() -> None:
        while not stop.wait(0.02):
            theirs.sendall(b"2")

    thread = threading.Thread(target=drip)
    thread.start()
    try:
        with pytest.raises(TimeoutError):
            dialogue.getreply()
    finally:
        stop.set()
        thread.join()
