"""One file for each mail: the carrier's contract, and what another program finds."""

from __future__ import annotations

import mailbox
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from tests.sending.carriers.contract import SENDER, CarrierContract, Way

from handbill.errors import MachineLacks
from handbill.sending.carriers import files
from handbill.sending.carriers.files import Files
from handbill.sending.contract import Outcome


def arrived(folder: Path) -> list[tuple[str, str, bytes]]:
    """Return what a program that reads the folder finds."""
    found = []
    for mail in sorted((folder / "new").glob("*.eml")):
        sender, recipient, end = (folder / "envelopes" / mail.stem).read_bytes().decode().split("\n")
        assert not end
        found.append((sender, recipient, mail.read_bytes()))
    return found


class TestFiles(CarrierContract):
    """Files keep what every carrier promises."""

    @pytest.fixture
    def way(self, tmp_path):
        return Way(Files(tmp_path / "outbox"), lambda: arrived(tmp_path / "outbox"))


def hand(folder: Path, mail: bytes = b"Subject: x\r\n\r\n", whom: str = "ada@essai.example"):
    connection = Files(folder).connect()
    return connection.hand(mail, SENDER, whom)


def test_a_second_run_overwrites_nothing_and_doubles_nothing(tmp_path):
    """A signature made anew changes the bytes; the member has the mail already, perhaps another program is reading it."""
    hand(tmp_path, b"Subject: first\r\n\r\n")
    again = hand(tmp_path, b"Subject: second\r\n\r\n")

    assert Outcome.ACCEPTED is again.outcome
    assert [(SENDER, "ada@essai.example", b"Subject: first\r\n\r\n")] == arrived(tmp_path)


def test_a_mail_that_a_program_has_marked_as_read_is_there(tmp_path):
    """A mail program moves what somebody looked at, and adds marks to its name."""
    hand(tmp_path)
    (mail,) = (tmp_path / "new").iterdir()
    mail.rename(tmp_path / "cur" / f"{mail.name};2,S")

    hand(tmp_path)

    assert [] == arrived(tmp_path)


def test_the_folder_is_a_maildir(tmp_path):
    """So an editor opens it in a mail program and reads what members will get."""
    hand(tmp_path, b"Subject: bonjour\r\n\r\ntexte\r\n")

    assert ["bonjour"] == [mail["Subject"] for mail in mailbox.Maildir(tmp_path, create=False)]


def test_no_name_shows_an_address(tmp_path):
    """Names of files end up in logs, in listings and in backups of other people."""
    hand(tmp_path)

    assert not [path for path in tmp_path.rglob("*") if "ada" in path.name or "essai" in path.name]


@pytest.mark.skipif(os.name != "posix", reason="other systems have no such modes")
def test_only_its_owner_can_read_it(tmp_path):
    """The folder holds the addresses of all members."""
    hand(tmp_path / "outbox")

    assert {0o700, 0o600} == {path.stat().st_mode & 0o777 for path in [tmp_path / "outbox", *(tmp_path / "outbox").rglob("*")]}


@pytest.mark.skipif(os.name != "posix", reason="needs a limit on the size of files")
def test_a_full_disk_leaves_no_half_of_a_mail(tmp_path):
    """Another program would send the half."""
    script = (
        "import resource, signal, sys\nfrom pathlib import Path\n"
        "from handbill.errors import MachineLacks\nfrom handbill.sending.carriers.files import Files\n"
        "connection = Files(Path(sys.argv[1])).connect()\n"
        "signal.signal(signal.SIGXFSZ, signal.SIG_IGN)\nresource.setrlimit(resource.RLIMIT_FSIZE, (5000, 5000))\n"
        "try:\n    connection.hand(b'Subject: x\\r\\n\\r\\n' + b'y' * 9000, 'a@b.example', 'ada@essai.example')\n"
        "except MachineLacks as told:\n    print(told)\n"
    )
    done = subprocess.run([sys.executable, "-c", script, str(tmp_path)], capture_output=True, text=True, check=True)

    assert "cannot be written" in done.stdout
    assert [] == [*(tmp_path / "new").iterdir(), *(tmp_path / "tmp").iterdir()]


def test_the_envelope_is_there_before_the_mail(tmp_path, monkeypatch):
    """A program that waits for mails takes one the moment it has its name."""
    order = []
    replace = Path.replace
    monkeypatch.setattr(Path, "replace", lambda self, to: order.append(to.parent.name) or replace(self, to))

    hand(tmp_path)

    assert ["envelopes", "new"] == order


def test_mail_and_envelope_are_on_the_disk_before_anybody_goes_on(tmp_path, monkeypatch):
    """The ledger notes a mail as taken that a power cut would take away; nobody would ever send it."""
    steps = []
    connection = files.Files(tmp_path).connect()
    monkeypatch.setattr(files.os, "fsync", lambda _: steps.append("file"))
    monkeypatch.setattr(files, "flush_folder", lambda folder: steps.append(folder.name))

    connection.hand(b"Subject: x\r\n\r\n", SENDER, "ada@essai.example")

    assert ["file", "envelopes", "file", "new"] == steps


def test_a_folder_that_cannot_be_made_is_told(tmp_path):
    """The disk of the community's computer is the first thing to look at."""
    (tmp_path / "outbox").write_text("a file", encoding="utf-8")

    with pytest.raises(MachineLacks, match="outgoing mails"):
        Files(tmp_path / "outbox").connect()


@pytest.mark.skipif(not shutil.which("sh"), reason="needs a shell")
def test_another_program_takes_them_as_the_handbook_says(tmp_path):
    """Whoever copies these lines sends to a whole community with them."""
    handbook = Path(__file__).resolve().parents[3] / "handbook/reference/outbox.md"
    (script,) = re.findall(r"```sh\n(.*?)```", handbook.read_text(encoding="utf-8"), re.DOTALL)
    program = tmp_path / "bin/sendmail"
    program.parent.mkdir()
    program.write_text('#!/bin/sh\nprintf "%s|" "$@" >> "$LOG"\nwc -c >> "$LOG"\n', encoding="ascii")
    program.chmod(0o755)
    for whom in ("ada@essai.example", "o'neil&co@essai.example", "-v@essai.example"):
        hand(tmp_path / "outbox", b"Subject: x\r\n\r\n.\r\n", whom)
    room = {"PATH": f"{program.parent}:{os.environ['PATH']}", "LOG": str(tmp_path / "log")}

    for _ in range(2):
        subprocess.run(["sh", "-eu", "-c", script], cwd=tmp_path / "outbox", env=room, check=True)

    told = (tmp_path / "log").read_text(encoding="ascii").replace(" ", "").splitlines()
    assert sorted(
        f"-i|-f|{SENDER}|--|{whom}|17" for whom in ("ada@essai.example", "o'neil&co@essai.example", "-v@essai.example")
    ) == sorted(told)
    assert 3 == len([*(tmp_path / "outbox/sent").iterdir()])
