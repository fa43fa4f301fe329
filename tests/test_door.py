"""What leaves through the door, what is believed of what comes back, and what is told when it stays shut."""

from __future__ import annotations

import socket
import threading

import pytest
from tests.sending.certificates import certificates
from tests.sending.services.fake import Fake, Fault, Refusal

from handbill.door import LARGEST, TRIES, Door, NotUnderstood, Refused, Unanswered, Unreachable
from handbill.errors import ServiceFailed, WrongUse, said

TOKEN = "Token s3cret-token-of-ours"


class Echo(Fake):
    """Says what it was asked."""

    def work(self, method, path, query, headers, body):
        if path.startswith("/v1/no/"):
            raise Refusal(int(path[7:10]), {"detail": [{"msg": f"ask ada@essai.example\n about {TOKEN}"}]})
        return 200, {"method": method, "path": path, "headers": headers, "body": body}


@pytest.fixture
def ground():
    made = []

    def make(*faults, **more):
        fake = Echo(*faults)
        made.append(fake)
        waits = []
        door = Door("Essai", f"{fake.address}/v1/", {"Authorization": TOKEN}, waits.append, more.pop("timeout_s", 5.0), **more)
        return fake, door, waits

    yield make
    for fake in made:
        fake.close()


def test_a_request_carries_what_the_service_needs_and_no_more(ground):
    """Each header more is one that somebody keeps."""
    _, door, _ = ground()
    said = door.ask("POST", "/emails", {"subject": "Été"}, "key-1")

    assert ("POST", "/v1/emails", {"subject": "Été"}) == (said["method"], said["path"], said["body"])
    assert TOKEN == said["headers"]["authorization"]
    assert "key-1" == said["headers"]["x-idempotency-key"]
    assert {
        "host",
        "accept-encoding",
        "content-length",
        "content-type",
        "accept",
        "user-agent",
        "authorization",
        "x-idempotency-key",
    } == set(said["headers"])


@pytest.mark.parametrize(
    "address",
    [
        "http://essai.example/api",
        "ftp://essai.example",
        "https://ada:geheim@essai.example/",
        "https://essai.example/?token=geheim",
        "essai.example",
        "https://essai.example:port/",
        "https://[essai/",
        "https://essai.example:0/",
        "https://",
    ],
)
def test_an_address_that_gives_the_token_away_is_refused(address):
    """Who listens on the way, or reads a log, would have all members."""
    with pytest.raises(WrongUse) as told:
        Door("Essai", address, {"Authorization": TOKEN})

    assert "geheim" not in str(told.value)


@pytest.mark.parametrize("address", ["http://127.0.0.1:9/", "http://[::1]:9/", "http://localhost:9"])
def test_a_service_on_this_machine_needs_no_encryption(address):
    """Nobody is on the way."""
    assert Door("Essai", address, {})


def test_the_door_is_never_printed_with_its_key(ground):
    """What a traceback shows is in a log the next moment."""
    _, door, _ = ground()

    assert "s3cret" not in repr(door)


def test_nothing_follows_a_redirection(ground):
    """The token would be handed to whoever stands at its end."""
    for method in ("look", "ask"):
        fake, door, _ = ground(Fault(".*", "away"))
        with pytest.raises(ServiceFailed, match="another address"):
            door.look("/emails") if method == "look" else door.ask("POST", "/emails", {})
        assert 1 == len(fake.asked)


@pytest.mark.parametrize("how", ["page", "truncated", "latin", "nan", "twice", "deep", "empty"])
def test_what_is_no_answer_is_not_believed(ground, how):
    """A page of a proxy that says 200 has sent nothing, and nobody must think that it did."""
    _, door, _ = ground(Fault(".*", how, is_after=True))
    with pytest.raises(NotUnderstood, match="nothing was concluded") as told:
        door.look("/emails")
    assert 4 == told.value.exit_code

    _, door, _ = ground(Fault(".*", how, is_after=True))
    with pytest.raises(Unanswered):
        door.ask("POST", "/emails", {})


@pytest.mark.parametrize("how", ["cut", "half", "500", "502", "503", "429"])
def test_a_question_is_asked_again_and_an_order_is_not(ground, how):
    """Asking again what there is does no harm; asking again to send does."""
    fake, door, waits = ground(Fault(".*", how, is_after=how == "half"))
    assert "GET" == door.look("/emails")["method"]
    assert [1.0] == waits
    assert 2 == len(fake.asked)

    fake, door, _ = ground(Fault(".*", how, is_after=how == "half"))
    if how == "429":
        # It says itself that it did nothing.
        assert "POST" == door.ask("POST", "/emails", {})["method"]
    else:
        with pytest.raises(Unanswered):
            door.ask("POST", "/emails", {})
        assert 1 == len(fake.asked)


def test_a_question_is_not_asked_for_ever(ground):
    """Whoever waits has to be told at some time."""
    fake, door, waits = ground(*(Fault(".*", "503", nth=n) for n in range(1, 20)))
    with pytest.raises(ServiceFailed):
        door.look("/emails")

    assert TRIES == len(fake.asked)
    assert [1.0, 2.0, 4.0] == waits


@pytest.mark.parametrize(("asked", "waited"), [("7", [7.0]), ("0", [0.0]), ("Wed, 21 Oct 2026 07:28:00 GMT", [1.0]), ("-5", [1.0])])
def test_a_service_that_says_how_long_is_believed(ground, asked, waited):
    """Asking earlier gets accounts blocked; what is no number of seconds is our own guess."""
    _, door, waits = ground(Fault(".*", "429", wait=asked))
    door.look("/emails")

    assert waited == waits


def test_a_service_that_asks_for_an_hour_gets_it_from_whoever_calls_again(ground):
    """A command that sleeps for an hour is taken for one that hangs."""
    _, door, waits = ground(Fault(".*", "429", wait="3600"))
    with pytest.raises(ServiceFailed, match="3600 s"):
        door.ask("POST", "/emails", {})

    assert [] == waits


def test_silence_ends(ground):
    """A service that keeps the line open and says nothing would keep the command for ever."""
    _, door, _ = ground(Fault(".*", "slow"), timeout_s=0.1)
    with pytest.raises(Unanswered, match="timed out"):
        door.ask("POST", "/emails", {})


def test_an_answer_that_drips_ends():
    """Each byte resets the silence; the whole has an end of its own."""
    listener = socket.create_server(("127.0.0.1", 0))

    def drip() -> None:
        peer, _ = listener.accept()
        peer.recv(9999)
        peer.sendall(b"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\n\r\n")
        try:
            while True:
                peer.sendall(b" ")
        except OSError:
            peer.close()

    threading.Thread(target=drip, daemon=True).start()
    ticks = iter(range(0, 10_000, 10))
    door = Door("Essai", f"http://127.0.0.1:{listener.getsockname()[1]}", {}, lambda _: None, 5.0, lambda: next(ticks))
    with pytest.raises(Unanswered):
        door.ask("POST", "/emails", {})
    listener.close()


def test_an_answer_without_end_is_not_kept(monkeypatch, ground):
    """A broken service must not fill the memory of this machine."""
    monkeypatch.setattr("handbill.door.LARGEST", 10)
    _, door, _ = ground()
    with pytest.raises(Unanswered):
        door.ask("POST", "/emails", {})

    assert LARGEST >= 1 << 24


def test_nobody_there_is_told_with_what_to_do():
    """Nothing was handed over, so calling again is all there is to do."""
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    door = Door("Essai", f"http://127.0.0.1:{port}/v1", {"Authorization": TOKEN}, lambda _: None)
    for act in (lambda: door.look("/emails"), lambda: door.ask("POST", "/emails", {})):
        with pytest.raises(Unreachable, match=f"127.0.0.1:{port} .*call the same command again") as told:
            act()
        assert 4 == told.value.exit_code


@pytest.mark.parametrize("status", [401, 403])
def test_a_shut_door_is_told_without_the_key(ground, status):
    """The message is copied into a chat the next minute."""
    _, silent, _ = ground()
    with pytest.raises(Unreachable, match=rf"does not let us in \({status}\)"):
        silent.look(f"/no/{status}")

    _, door, _ = ground(says_why=True)
    with pytest.raises(Unreachable, match=r"does not let us in \(.{4,}\); look at the token") as told:
        door.look(f"/no/{status}")

    assert "s3cret" not in str(told.value)


@pytest.mark.parametrize("status", [400, 404, 409, 422])
def test_a_refusal_is_told_in_the_services_words_without_key_and_address(ground, status):
    """They say what is wrong, and sometimes repeat what they were given."""
    _, door, _ = ground()
    with pytest.raises(Refused) as told:
        door.ask("POST", f"/no/{status}", {})

    assert f"Essai says {status}: ask … about Token …" == str(told.value)
    assert status == told.value.status


@pytest.mark.parametrize("which", ["stranger", "other", "old", "good"])
def test_only_a_server_that_somebody_vouches_for_gets_the_token(which, tmp_path, monkeypatch):
    """Whoever can answer in its place would get it."""
    own = certificates(tmp_path)
    if which != "stranger":
        monkeypatch.setenv("SSL_CERT_FILE", str(own.authority))
    context = own.good if which == "stranger" else getattr(own, which)
    listener = socket.create_server(("127.0.0.1", 0))
    heard = []

    def answer() -> None:
        peer, _ = listener.accept()
        try:
            with context.wrap_socket(peer, server_side=True) as safe:
                asked = b""
                # Closing before all was heard would break the connection off.
                while not asked.endswith(b"{}") and (more := safe.recv(9999)):
                    asked += more
                heard.append(asked)
                safe.sendall(b"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: 2\r\n\r\n{}")
        except OSError:
            peer.close()

    thread = threading.Thread(target=answer, daemon=True)
    thread.start()
    door = Door("Essai", f"https://localhost:{listener.getsockname()[1]}", {"Authorization": TOKEN}, lambda _: None)
    if which == "good":
        assert {} == door.ask("POST", "/emails", {})
        assert TOKEN.encode() in heard[0]
    else:
        with pytest.raises(Unreachable, match="cannot be reached"):
            door.ask("POST", "/emails", {})
        assert not any(heard)
    thread.join(5)
    listener.close()


class Limited(Fake):
    """Says as GitHub does that it was asked too often, by its own clock; then answers."""

    def __init__(self, **headers):
        super().__init__()
        self.headers, self.left = headers, 1

    def _handle(self, handler):
        self.asked.append(handler.path)
        status, self.left = (403, 0) if self.left else (200, 0)
        body = b'{"message": "API rate limit exceeded"}' if status == 403 else b'{"done": true}'
        # What the machine under test has for a clock must not matter, so no date of now is sent.
        handler.send_response_only(status)
        for name, value in {"Content-Type": "application/json", "Content-Length": str(len(body)), **self.headers}.items():
            handler.send_header(name.replace("_", "-"), value)
        handler.end_headers()
        handler.wfile.write(body)


@pytest.mark.parametrize(
    ("headers", "waited"),
    [
        ({"Retry_After": "60"}, [60.0]),
        ({"X_RateLimit_Remaining": "0", "X_RateLimit_Reset": "1790000030", "Date": "Mon, 21 Sep 2026 14:13:20 GMT"}, [30.0]),
        ({"X_RateLimit_Remaining": "0", "X_RateLimit_Reset": "1790000030"}, [1.0]),
        ({"X_RateLimit_Remaining": "0", "X_RateLimit_Reset": "1790000030", "Date": "soon"}, [1.0]),
    ],
)
def test_a_limit_told_as_a_shut_door_is_waited_for(headers, waited):
    """GitHub answers 403 to a busy community and to a wrong token; the first needs patience, the second a person."""
    fake, waits = Limited(**headers), []
    try:
        assert {"done": True} == Door("Essai", fake.address, {"Authorization": TOKEN}, waits.append).look("/x")
    finally:
        fake.close()

    assert waited == waits


def test_a_limit_of_an_hour_is_told_instead(ground):
    """The budget of an hour comes back after an hour; a job that waits for it is one that hangs."""
    fake = Limited(X_RateLimit_Remaining="0", X_RateLimit_Reset="1790003600", Date="Mon, 21 Sep 2026 14:13:20 GMT")
    try:
        with pytest.raises(ServiceFailed, match="3600 s"):
            Door("Essai", fake.address, {}, lambda _: None).ask("POST", "/x", {})
    finally:
        fake.close()


def test_what_to_look_at_and_to_mend_is_said_by_whoever_asks(ground):
    """A letter and a proposal are looked after in different places."""
    fake, _, _ = ground(Fault(".*", "page"), Fault(".*", "away", nth=2))
    door = Door("Essai", fake.address, {}, look_there=said("look at the proposal"), mend=said("set the address"))

    with pytest.raises(NotUnderstood, match=r"nothing was concluded from it; look at the proposal$"):
        door.look("/x")
    with pytest.raises(NotUnderstood, match=r"not followed; set the address$"):
        door.look("/x")
