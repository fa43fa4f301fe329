"""Nothing about a member leaves the places that are for members: the list, the outgoing mails, the mailbox of what came back.

Members with names that occur nowhere else live through everything that sends,
with servers that repeat their addresses in each answer, lists that are broken
and a program that fails in the middle.  Then all that was written or said is
searched, in every form a name can take (:mod:`tests.sending.canaries`).
"""

from __future__ import annotations

import io
import json
import sys
import tempfile
import traceback
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from types import SimpleNamespace

import pytest
from tests.doctor.repositories import needs_git
from tests.sending.canaries import MEMBERS, files_below, found_in, history, traces
from tests.sending.frozen import approved_hub, commit
from tests.sending.returned_mails import BOUNCES, failed, report
from tests.sending.services.fake_listmonk import TOKEN as LISTMONK_TOKEN
from tests.sending.services.fake_listmonk import FakeListmonk
from tests.sending.smtp_servers import KEEP_AND_DROP, ScriptedServer

from handbill.cli import main
from handbill.outputs.mail.record import TOKEN
from handbill.sending.contract import Member
from handbill.sending.course import Course
from handbill.sending.keys import member_key, secret_of, token_of
from handbill.sending.stopping import Stop

pytestmark = needs_git

QUETZAL, YTTRIUM, ZEPHYR, KUMQUAT, REFUSED, RETURNED = MEMBERS

#: A moment at which the first letter may leave.
THEN = "2026-03-12T18:30"

#: Lists that nobody can read, each wrong in a way that tempts a program to show what it found.
BROKEN = {
    "no first row": "\n".join(MEMBERS),
    "two columns of addresses": f"email;courriel\n{QUETZAL};{YTTRIUM}\n",
    "words that nobody knows": f"email;langue;lettres;statut\n{QUETZAL};{ZEPHYR};{YTTRIUM};{KUMQUAT}\n",
    "rows that are no addresses": "email\n"
    + "\n".join(
        (
            f"{QUETZAL} (Quetzal)",
            f"<{YTTRIUM}>",
            f'"{ZEPHYR}',
            f'"=HYPERLINK(""mailto:{KUMQUAT}"")"',
            f"{REFUSED}\r\nBcc: {RETURNED}",
            f"{QUETZAL}@{ZEPHYR}",
            QUETZAL.replace("e", "\u0435"),
            f"{RETURNED}\x00",
            f"{YTTRIUM},{ZEPHYR}",
            f"mailto:{KUMQUAT}?subject={RETURNED}",
        )
    ),
    "another encoding": f"email\n{QUETZAL}\n{KUMQUAT} é\n".encode("latin-1"),
    "UTF-16": f"email\n{QUETZAL}\n".encode("utf-16"),
}

LOCAL = """\
[sending]
folder = "../private"
members = "../members.csv"
suppressed = "../stop.txt"
server = "localhost:{port}"
security = "none"
"""


@dataclass
class World:
    """A hub, what lies beside it, and all that was said while it was worked with."""

    folder: Path
    said: list[tuple[str, str]] = field(default_factory=list)

    @property
    def hub(self) -> Path:
        return self.folder / "hub"

    @property
    def private(self) -> Path:
        return self.folder / "private"

    def run(self, expected: int | None, *words: object, lang: str = "fr") -> str:
        """Run a command as it is typed, keep what it says, and return what it printed; a crash is told as Python tells it."""
        out, err = (io.TextIOWrapper(io.BytesIO(), encoding="utf-8") for _ in range(2))
        before = sys.stdout, sys.stderr
        sys.stdout, sys.stderr = out, err
        try:
            code = main(["--root", str(self.hub), "--lang", lang, *(str(word) for word in words)])
        except Exception:
            err.write(traceback.format_exc())
            code = None
        finally:
            sys.stdout, sys.stderr = before
        texts = []
        for stream in (out, err):
            stream.flush()
            texts.append(stream.buffer.getvalue().decode("utf-8"))
        # The words are not said by the program: an address that is typed after --test is seen by who types it.
        title = f"run {len(self.said) + 1}: {' '.join(str(word).split('@')[0][:12] for word in words)}"
        self.said.append((title, "\n".join(texts)))
        assert code == expected, f"{title}\n{texts[0]}\n{texts[1]}"
        return texts[0]

    def write(self, name: str, content: str | bytes) -> Path:
        """Write a file beside the hub."""
        file = self.folder / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(content if isinstance(content, bytes) else content.encode())
        return file

    def goes_by(self, way: str, port: int = 25) -> None:
        """Let letters leave another way from now on."""
        text = (self.hub / "hub.toml").read_text(encoding="utf-8").partition("[sending]")[0]
        bounces = f'bounces = "{BOUNCES}"\n'
        (self.hub / "hub.toml").write_text(f'{text}[sending]\nway = "{way}"\nrate = 1000\n{bounces}', encoding="utf-8")
        (self.hub / "hub.local.toml").write_text(LOCAL.format(port=port), encoding="utf-8")

    def token(self, address: str, letter: str = "main") -> str:
        """Return the token of a member."""
        secret = secret_of(self.private)
        return token_of(secret, letter, member_key(secret, address))

    def spoken(self) -> Iterator[tuple[str, bytes]]:
        """Yield all that was said."""
        yield from ((title, text.encode()) for title, text in self.said)


def answers(step: str, recipient: str, nth: int) -> bytes | None:
    """Answer as a server does that repeats in each line whom it is about."""
    name = recipient.encode()
    if step == "rcpt" and recipient.lower() == REFUSED:
        return b"550-5.1.1 <%s>:\r\n550 5.1.1 %s is not known here\r\n" % (name, name)
    if step == "rcpt" and recipient == YTTRIUM and nth == 1:
        return b"451 4.7.1 <%s> come back later\r\n" % name
    if step == "dot" and recipient.startswith("kumquat"):
        return KEEP_AND_DROP
    if step in {"rcpt", "dot"}:
        return b"250-2.0.0 %s\r\n250 2.0.0 <%s> taken\r\n" % (name, name)
    return None


def fails_for_the_second(course: Course, member: object, *_: object) -> None:
    """Fail in the middle of a run, with the member in hand."""
    course.served = getattr(course, "served", 0) + 1  # type: ignore[attr-defined]
    if course.served == 2:  # type: ignore[attr-defined]
        raise RuntimeError("no idea what to do with", member)


@pytest.fixture(scope="module")
def world(tmp_path_factory: pytest.TempPathFactory) -> Iterator[World]:
    """Return the hub after a long day; everything below only looks at it."""
    folder = tmp_path_factory.mktemp("members")
    # As a folder of temporary files may be called after a test, and be looked through with the rest.
    scratch = folder / "scratch"
    scratch.mkdir()
    approved_hub(folder)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(tempfile, "tempdir", str(scratch))
        patch.setattr(Stop, "sleep", lambda *_: None)
        yield a_long_day(World(folder), patch)


def a_long_day(world: World, patch: pytest.MonkeyPatch) -> World:
    """Do everything that sends, and everything that looks at it, in the good and in the bad way."""
    world.write("members.csv", "email;langue\n" + "".join(f"{one};{lang}\n" for one, lang in MEMBERS.items()))
    world.write("stop.txt", f"# has left\nnobody-else@village.example\n{RETURNED.upper()}\n")
    world.goes_by("files")
    looked_at(world)
    world.write("stop.txt", "# nobody\n")
    with_broken_lists(world)
    proofed_by_a_service(world)
    sent_as_files(world, patch)
    sent_by_smtp(world)
    came_back(world)
    afterwards(world)
    return world


def looked_at(world: World) -> None:
    """Look at the list and at what would happen."""
    world.run(0, "newsletter", "members")
    world.run(0, "newsletter", "members", "--json", lang="en")
    world.run(0, "newsletter", "members", "--tokens", world.folder / "tokens.csv")
    world.run(0, "newsletter", "send", "1", "--as-of", THEN)
    world.run(0, "newsletter", "send", "1", "--as-of", THEN, "--json", lang="en")
    world.run(1, "newsletter", "send", "1")
    world.run(1, "newsletter", "send", "1", "--as-of", THEN, "--segment", "nobody")
    good = (world.folder / "members.csv").read_bytes()
    world.write("members.csv", f"email;{QUETZAL};{ZEPHYR}\n{YTTRIUM};;\n")
    world.run(0, "newsletter", "members")
    # A copy of the list that somebody forgot in the hub must not lend its lines to a message.
    for name, content in (("members.csv", BROKEN["rows that are no addresses"]), ("hub/members.csv", BROKEN["rows that are no addresses"])):
        world.write(name, content)
    world.run(1, "newsletter", "send", "1", "--as-of", THEN)
    (world.hub / "members.csv").unlink()
    world.write("members.csv", good)


def with_broken_lists(world: World) -> None:
    """Do the same with lists that cannot be read."""
    good = (world.folder / "members.csv").read_bytes()
    for content in BROKEN.values():
        world.write("members.csv", content)
        world.run(1, "newsletter", "members", lang="en")
        world.run(1, "newsletter", "send", "1", "--as-of", THEN, "--json")
        world.run(1, "newsletter", "send", "1", "--really", "--late")
    world.write("members.csv", good)
    world.write("stop.txt", f"{QUETZAL} left\n<{ZEPHYR}>\n")
    world.run(1, "newsletter", "send", "1", "--as-of", THEN)
    world.write("stop.txt", "")
    (world.hub / "hub.local.toml").write_text(f'[sending]\nmembers = ["{QUETZAL}"]\nsuppressed = "{ZEPHYR}"\nuser = 1\n', encoding="utf-8")
    world.run(1, "newsletter", "send", "1", "--as-of", THEN)
    world.goes_by("files")


def proofed_by_a_service(world: World) -> None:
    """Ask listmonk for proofs; it repeats the addresses of those whom it does not know."""
    fake = FakeListmonk()
    settings = world.hub / "hub.toml"
    before = settings.read_text(encoding="utf-8")
    try:
        listed = before.replace('name = "La lettre"', 'name = "La lettre"\nlist = "3"')
        settings.write_text(listed.replace('way = "files"', 'way = "listmonk"'), encoding="utf-8")
        local = f'[sending]\nfolder = "../listmonk"\nservice = "{fake.address}"\ntoken = "{LISTMONK_TOKEN}"\n'
        (world.hub / "hub.local.toml").write_text(local, encoding="utf-8")
        world.run(0, "newsletter", "send", "2", "--draft", "--late")
        for more in ((), ("--json",)):
            world.run(2, "newsletter", "send", "2", "--test", KUMQUAT, *more, lang="en")
        fake.subscribers.add(ZEPHYR)
        world.run(0, "newsletter", "send", "2", "--test", ZEPHYR)
        assert [ZEPHYR] == [whom for _, whom in fake.proofs]
    finally:
        fake.close()
    world.run(4, "newsletter", "send", "2", "--test", ZEPHYR)
    settings.write_text(before, encoding="utf-8")
    world.goes_by("files")


def sent_as_files(world: World, patch: pytest.MonkeyPatch) -> None:
    """Send the first letter: a program that fails in the middle, then the rest."""
    with patch.context() as broken:
        broken.setattr(Course, "note", fails_for_the_second)
        world.run(None, "newsletter", "send", "1", "--really", "--late")
    world.run(4, "newsletter", "send", "1", "--really", "--late")
    world.run(4, "newsletter", "send", "1", "--really", "--late", "--json", lang="en")
    world.run(0, "newsletter", "send", "1", "--test", QUETZAL, "--test", KUMQUAT)


def sent_by_smtp(world: World) -> None:
    """Send the second letter through a server that talks too much; then look into what it left unclear."""
    with ScriptedServer(answers).running() as server:
        world.goes_by("smtp", server.port)
        world.run(0, "newsletter", "send", "2", "--test", ZEPHYR, "--json")
        world.run(4, "newsletter", "send", "2", "--test", REFUSED)
        world.run(4, "newsletter", "send", "2", "--test", REFUSED, "--json", lang="en")
        for typed in (f"<{QUETZAL}>", f"{ZEPHYR}@", f"{YTTRIUM}\r\nBcc: {KUMQUAT}"):
            world.run(2, "newsletter", "send", "2", "--test", typed)
        for words in (("send", "2", KUMQUAT), ("send", KUMQUAT), ("send", "2", f"--tset={KUMQUAT}"), ("members", "--letter", KUMQUAT)):
            world.run(2, "newsletter", *words)
        world.run(4, "newsletter", "send", "2", "--really", "--late")
        world.run(4, "newsletter", "send", "2", "--really", "--late", "--json", lang="en")
        # Nobody was left out by mistake: what follows would prove little of mails that never left.
        served = {one.partition("@")[0].lower() for one, _ in server.delivered}
        assert {one.partition("@")[0].lower() for one in MEMBERS} - {REFUSED.partition("@")[0]} == served
    world.run(4, "newsletter", "send", "1", "--test", QUETZAL)
    world.run(0, "newsletter", "settle", "2")
    (unclear,) = json.loads(world.run(0, "newsletter", "settle", "2", "--json"))["unclear"]
    world.run(2, "newsletter", "settle", "2", KUMQUAT, "--arrived")
    world.run(0, "newsletter", "settle", "2", unclear["key"], "--arrived")


def came_back(world: World) -> None:
    """Read what came back: true returns, forged ones, a complaint, and an answer of a member."""
    head = (world.hub / "newsletters/archive/2/mail.eml").read_text("ascii").partition("\n\n")[0]
    name = next(line for line in head.splitlines() if line.startswith("Message-ID: ")).removeprefix("Message-ID: ")
    about = f"Content-Type: message/feedback-report\r\n\r\nFeedback-Type: abuse\r\nVersion: 1\r\nOriginal-Rcpt-To: <{ZEPHYR}>\r\n"
    enclosed = f"Content-Type: message/rfc822\r\n\r\nTo: {ZEPHYR}\r\n{head.replace(TOKEN, world.token(ZEPHYR))}\r\n\r\nBonjour\r\n"
    mails = {
        "true": failed(RETURNED, word=world.token(RETURNED), message_id=name),
        "forged": failed(QUETZAL, word="", message_id=name),
        "unwanted": report(about, enclosed, kind="feedback-report"),
        "answer": f"From: {YTTRIUM}\r\nTo: lettre@essai.example\r\nSubject: Merci, {YTTRIUM}\r\n\r\nBonne lettre.\r\n".encode(),
        "broken": f"From: {KUMQUAT}\r\nContent-Type: multipart/report; boundary=\r\n\r\n{KUMQUAT}".encode(),
    }
    for name, mail in mails.items():
        world.write(f"returned/{name}.eml", mail)
    told = json.loads(world.run(0, "newsletter", "results", "2", world.folder / "returned", "--json"))
    # By its token the one, by an address alone the other, which is counted and no more.
    assert (2, 1, 2) == tuple(told["mails"][one] for one in ("returned", "complaint", "suppressed"))
    world.run(0, "newsletter", "results", "2", world.folder / "returned")
    world.run(0, "newsletter", "results", "1")
    world.run(2, "newsletter", "results", "1", world.folder / "nowhere")
    stops = world.write("tokens.txt", f"{world.token(QUETZAL)}\n{'x' * 32}\n{YTTRIUM}\n")
    world.run(1, "newsletter", "members", "--stop-file", stops)
    world.run(0, "newsletter", "members", "--stop", world.token(QUETZAL), "--json")
    world.run(0, "newsletter", "members", "--forget", world.token(REFUSED))


def afterwards(world: World) -> None:
    """Commit what was written, and build the site; look at it all once more."""
    received = f"Delivered-To: {QUETZAL}\r\nReceived: from a by b for <{QUETZAL}>; Thu, 12 Mar 2026 18:00:00 +0100\r\n".encode()
    (mail, *_) = sorted((world.private / "outbox").glob("*/new/*.eml"))
    saved = world.write("saved.eml", received + mail.read_bytes())
    world.run(0, "newsletter", "status")
    world.run(0, "newsletter", "status", "--json", lang="en")
    world.run(0, "newsletter", "verify")
    for words in (("doctor", "mail"), ("doctor", "mail", "--json"), ("doctor", "mail", "--received", saved)):
        code = 3 if "--received" in words else 0
        world.run(code, *words)
    commit(world.hub, "letters were sent")
    world.run(0, "check")
    world.run(0, "site")


def test_nobody_is_named_by_anything_that_is_said(world):
    """What a command prints ends in logs of machines that build for a public repository."""
    assert 60 <= len(world.said)
    assert [] == traces(world.spoken())


def test_nobody_is_named_in_the_hub(world):
    """Working tree, what was built, caches, the archive with its counts, and beside the objects all that Git keeps."""
    found = dict(files_below(world.hub))

    assert {"newsletters/archive/1.totals.json", "newsletters/archive/2.totals.json", "public/index.html"} <= set(found)
    assert {".git/handbill/main.1.tally", ".git/handbill/main.2.tally"} <= set(found)
    assert [] == traces(found.items())


def test_nobody_is_named_in_version_history(world):
    """All objects, of all branches and of none: what was committed once is there for ever."""
    objects = dict(history(world.hub))

    assert any(name.startswith("commit") and b"letters were sent" in content for name, content in objects.items())
    assert any(b'"accepted"' in content for content in objects.values())
    assert [] == traces(objects.items())


def test_nobody_is_named_by_the_ledger(world):
    """It is backed up, and moves with whoever sends; without the key beside it, it names nobody."""
    outgoing = world.private / "outbox"
    found = {**dict(files_below(world.private, [outgoing])), **dict(files_below(world.folder / "listmonk"))}

    assert {"ledger.sqlite3", "key", "main.turn"} <= set(found)
    assert [] == traces(found.items())
    # The mails that wait for another program do name them, which shows that looking here is no idle thing.
    assert traces(files_below(outgoing))


def test_nothing_of_members_is_left_in_temporary_files(world):
    """They stay when a program dies, and other accounts may look at them."""
    assert [] == traces(files_below(world.folder / "scratch"))


def test_no_token_and_no_key_of_a_member_is_anywhere_but_where_it_belongs(world):
    """Who has a token can take its member off the list; the site could publish six of them and name nobody."""
    secret = secret_of(world.private)
    keys = [member_key(secret, one) for one in MEMBERS]
    marks = [world.token(one, letter).encode() for one in MEMBERS for letter in ("main", "agenda")]
    marks += [form for key in keys for form in (key, key.hex().encode())]
    ledger = world.private / "ledger.sqlite3"
    places = [*files_below(world.hub), *history(world.hub), *files_below(world.folder / "scratch"), *world.spoken()]

    assert any(key in ledger.read_bytes() for key in keys)
    assert [] == [name for name, content in places for one in marks if one in content]
    # The ledger knows members by their keys; of tokens it has digests.
    assert [] == [one for one in marks[: 2 * len(MEMBERS)] if one in ledger.read_bytes()]


def test_a_name_that_slipped_in_would_be_found(world):
    """The tests above would be as silent if they looked past the place."""
    places = (
        "public/feeds/x.xml",
        ".handbill/cache/x",
        "newsletters/archive/1.totals.json",
        ".git/handbill/main.1.tally",
        ".git/logs/HEAD",
    )
    found = dict(files_below(world.hub))

    planted = {place: found.get(place, b"") + f"To: {address}\n".encode() for place, address in zip(places, MEMBERS, strict=False)}

    assert set(places) == {one.partition(": ")[0] for one in traces({**found, **planted}.items())}


def test_a_member_who_shows_in_a_crash_would_be_found():
    """One line keeps addresses out of tracebacks, the text of a member; without it, the search speaks."""
    member = Member(2, QUETZAL, b"k" * 16, "t" * 32)

    def crash() -> bytes:
        try:
            fails_for_the_second(SimpleNamespace(served=1), member)  # type: ignore[arg-type]
        except RuntimeError:
            return traceback.format_exc().encode()
        return b""

    assert b"Member(row=2" in crash()
    assert set() == found_in(crash())
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(Member, "__repr__", lambda self: f"Member({self.address})")
        assert found_in(crash())
