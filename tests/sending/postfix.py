"""Debian's Postfix as a real relay for the tests: a folder of its own, a port on loopback, and nothing that could leave this machine.

Nothing of the machine's own mail service is read, changed or started.  Needs
root, because Postfix gives up rights that only root has, and the package.
"""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from time import monotonic, sleep

import pytest

from handbill.sending.boxes import mails_in

#: Where Debian and most others put what the package's commands start.
_DAEMONS = ("/usr/lib/postfix/sbin", "/usr/libexec/postfix", "/usr/lib/postfix")

#: Members live in the first; of the others each mail comes back, with the status that the name says, or waits.
MEMBERS = "membres.example"
GONE, FULL, LATE = "parti.example", "plein.example", "tard.example"
#: Where what comes back arrives; and what is thrown away once it was taken on.
RETURNS, THROWN = "lettre.example", "jete.example"

_MAIN = """\
compatibility_level = 3.6
queue_directory = {folder}/queue
data_directory = {folder}/data
daemon_directory = {daemons}
maillog_file = {folder}/log
maillog_file_prefixes = {folder}
multi_instance_directories =
mail_owner = postfix
setgid_group = postdrop
myhostname = relais.example
myorigin = relais.example
mydestination =
alias_maps =
alias_database =
local_transport = error:5.1.1 nobody is here
inet_interfaces = 127.0.0.1
inet_protocols = ipv4
smtp_bind_address = 127.0.0.1
smtp_host_lookup = native
smtp_dns_support_level = disabled
mynetworks = 127.0.0.0/8
relay_domains = {gone} {full} {late} {thrown}
smtpd_relay_restrictions = permit_auth_destination, reject
smtpd_recipient_restrictions =
smtpd_peername_lookup = no
smtpd_tls_security_level = encrypt
smtpd_tls_cert_file = {certificate}
smtpd_tls_key_file = {key}
smtp_tls_security_level = none
virtual_mailbox_domains = {members} {returns}
virtual_mailbox_base = {folder}/boxes
virtual_mailbox_maps = regexp:{folder}/boxes.map
virtual_uid_maps = static:{uid}
virtual_gid_maps = static:{gid}
virtual_minimum_uid = 1
transport_maps = regexp:{folder}/transport.map
# What no line above knows goes nowhere.
default_transport = error:5.4.4 nothing leaves this machine
relay_transport = error:5.4.4 nothing leaves this machine
delay_warning_time = 1s
queue_run_delay = 2s
minimal_backoff_time = 2s
maximal_backoff_time = 2s
in_flow_delay = 0
biff = no
"""

# The second is the receivers' server: what it refuses, the first has to send back.
_MASTER = """\
127.0.0.1:{port} inet n - n - - smtpd
127.0.0.1:{far} inet n - n - - smtpd
  -o smtpd_tls_security_level=none -o smtpd_relay_restrictions=
  -o smtpd_recipient_restrictions=check_recipient_access,regexp:{folder}/refusals.map,reject
smtp      unix  -  -  n  -     -  smtp
relay     unix  -  -  n  -     -  smtp
cleanup   unix  n  -  n  -     0  cleanup
qmgr      unix  n  -  n  300   1  qmgr
tlsmgr    unix  -  -  n  1000? 1  tlsmgr
rewrite   unix  -  -  n  -     -  trivial-rewrite
bounce    unix  -  -  n  -     0  bounce
defer     unix  -  -  n  -     0  bounce
trace     unix  -  -  n  -     0  bounce
verify    unix  -  -  n  -     1  verify
flush     unix  n  -  n  1000? 0  flush
proxymap  unix  -  -  n  -     -  proxymap
showq     unix  n  -  n  -     -  showq
error     unix  -  -  n  -     -  error
retry     unix  -  -  n  -     -  error
discard   unix  -  -  n  -     -  discard
virtual   unix  -  n  n  -     -  virtual
anvil     unix  -  -  n  -     1  anvil
scache    unix  -  -  n  -     1  scache
postlog   unix-dgram n - n - 1 postlogd
"""

#: Members' mails lie in one box; whose each was, its header Delivered-To says.
_BOXES = """\
/^m[0-9]+@{members}$/ members/
/^retours\\+[a-z0-9]+@{returns}$/ returns/
"""

_TRANSPORT = """\
/@({gone}|{full}|{late})$/ smtp:[127.0.0.1]:{far}
/@{thrown}$/ discard:
/@{members}$/ virtual:
/@{returns}$/ virtual:
"""


_REFUSALS = """\
/@{gone}$/ 550 5.1.1 nobody of this name
/@{full}$/ 552 5.2.2 this box is full
/@{late}$/ 451 4.7.1 later
"""


@dataclass(frozen=True, slots=True)
class Postfix:
    """A running relay; it wants STARTTLS at ``server``."""

    folder: Path
    port: int

    @property
    def server(self) -> str:
        """Return what hub.local.toml says of it."""
        return f"localhost:{self.port}"

    @property
    def returns(self) -> Path:
        """Return the Maildir of what came back."""
        return self.folder / "boxes" / "returns"

    def delivered(self) -> list[bytes]:
        """Return the mails that members got, as they lie in their box."""
        return _in(self.folder / "boxes" / "members")

    def returned(self) -> list[bytes]:
        """Return the mails that came back."""
        return _in(self.returns)

    def log(self) -> str:
        """Return what it wrote down."""
        file = self.folder / "log"
        return file.read_text(encoding="utf-8", errors="replace") if file.exists() else ""

    def wait(self, until: Callable[[], bool], limit_s: float = 60.0) -> None:
        """Wait until something is so; the log is told if it never is."""
        end = monotonic() + limit_s
        while not until():
            if monotonic() > end:
                raise AssertionError(f"not within {limit_s} s:\n{self.log()[-3000:]}")
            sleep(0.05)


def _in(box: Path) -> list[bytes]:
    """Return the mails of a box; Postfix makes it with the first mail."""
    return list(mails_in(box)) if box.exists() else []


def _daemons() -> str:
    return next((one for one in _DAEMONS if Path(one, "master").exists()), "")


def why_not() -> str:
    """Return why there can be no Postfix here; "" where there can."""
    if not hasattr(os, "geteuid") or os.geteuid() != 0:
        return "Postfix wants to be started by root"
    if not shutil.which("postfix") or not _daemons():
        return "Postfix is not installed (package postfix)"
    return ""


needs_postfix = pytest.mark.skipif(bool(why_not()), reason=why_not() or "-")


@contextmanager
def postfix(certificate: Path, key: Path) -> Iterator[Postfix]:
    """Run a relay with this certificate; when the block ends it is stopped, and nothing of it is left."""
    folder = Path(tempfile.mkdtemp(prefix="handbill-postfix-"))
    relay = Postfix(folder, _free_port())
    try:
        _furnish(relay, certificate, key)
        command = ["postfix", "-c", str(folder / "conf"), "start-fg"]
        with (folder / "said").open("wb") as told:
            running = subprocess.Popen(command, stdin=subprocess.DEVNULL, stdout=told, stderr=told, start_new_session=True)
        try:
            relay.wait(lambda: _answers(relay.port) or running.poll() is not None, 30)
            assert running.poll() is None, (folder / "said").read_text(encoding="utf-8") + relay.log()
            yield relay
        finally:
            # What runs is a script that waits for the true process, which would outlive it.
            subprocess.run([*command[:3], "stop"], stdin=subprocess.DEVNULL, capture_output=True, check=False)
            running.wait(30)
    finally:
        shutil.rmtree(folder)


def _furnish(relay: Postfix, certificate: Path, key: Path) -> None:
    # Windows has no such module, and no such tests.
    import pwd

    folder = relay.folder
    # Postfix's processes run as its own user, and have to reach what is theirs.
    folder.chmod(0o755)
    owner = pwd.getpwnam("postfix")
    nobody = pwd.getpwnam("nobody")
    for name in ("conf", "queue", "data", "boxes", "tls"):
        (folder / name).mkdir(mode=0o755)
    os.chown(folder / "data", owner.pw_uid, owner.pw_gid)
    os.chown(folder / "boxes", nobody.pw_uid, nobody.pw_gid)
    (folder / "tls").chmod(0o700)
    for file in (certificate, key):
        shutil.copyfile(file, folder / "tls" / file.name)
    values = {
        "folder": folder, "daemons": _daemons(), "port": relay.port, "far": _free_port(), "uid": nobody.pw_uid, "gid": nobody.pw_gid,
        "certificate": folder / "tls" / certificate.name, "key": folder / "tls" / key.name,
        "members": MEMBERS, "returns": RETURNS, "gone": GONE, "full": FULL, "late": LATE, "thrown": THROWN,
    }  # fmt: skip
    texts = {"conf/main.cf": _MAIN, "conf/master.cf": _MASTER, "boxes.map": _BOXES, "transport.map": _TRANSPORT, "refusals.map": _REFUSALS}
    for name, text in texts.items():
        (folder / name).write_text(text.format(**values), encoding="ascii")


def _free_port() -> int:
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        port: int = one.getsockname()[1]
        return port


def _answers(port: int) -> bool:
    try:
        with socket.create_connection(("127.0.0.1", port), 1) as one:
            return one.recv(3) == b"220"
    except OSError:
        return False


def main(mails: int = 3000) -> None:
    """Print how many mails a second go to the relay over one connection and over four, with ledger, tally, tokens and TLS.

    ``python -m tests.sending.postfix [mails]``; the mail is 72 KB, the relay
    writes each to its disk as any does, and throws it away then.
    """
    from tests.sending.certificates import certificates
    from tests.sending.mailings import NOW, SECRET, mailing

    from handbill.outputs.mail.record import TOKEN
    from handbill.sending.carriers.smtp import Smtp
    from handbill.sending.contract import Member, Version
    from handbill.sending.delivering import Means, deliver
    from handbill.sending.keys import member_key, token_of
    from handbill.sending.ledger import Ledger
    from handbill.sending.pace import DayCap, Pace

    line = f"Bonjour, voici ce qui vient. https://essai.example/adieu/{TOKEN}\r\n"
    body = line + "x" * 70 + "\r\n" + ("y" * 70 + "\r\n") * 1000
    head = f"From: lettre@{RETURNS}\r\nTo: La lettre <lettre@{RETURNS}>\r\nSubject: Objet\r\nMessage-ID: <1@{RETURNS}>\r\n\r\n"
    version = Version("11", "fr", "a" * 64, "Objet", "https://essai.example/", "", body, (head + body).encode("ascii"))
    with tempfile.TemporaryDirectory() as scratch:
        tls = certificates(Path(scratch))
        os.environ["SSL_CERT_FILE"] = str(tls.authority)
        with postfix(*tls.good_files) as relay:
            for number, connections in enumerate((1, 4), 1):
                addresses = [f"m{one}@{THROWN}" for one in range(mails)]
                people = [
                    Member(row, one, key, token_of(SECRET, "main", key), "fr")
                    for row, one in enumerate(addresses)
                    for key in (member_key(SECRET, one),)
                ]
                letter = mailing(number, version)
                with Ledger.open(Path(scratch), SECRET, Path(scratch) / "tallies") as ledger:
                    run = ledger.begin(letter, ((one.key, "fr", one.row) for one in people), NOW)
                    means = Means(
                        Pace(1000, monotonic, sleep),
                        DayCap(0, ledger.sent_since, lambda: NOW),
                        lambda: NOW,
                        sleep,
                        lambda: 0.5,
                        connections=connections,
                        bounces=f"retours+{{token}}@{RETURNS}",
                    )
                    began = monotonic()
                    report = deliver(letter, lambda known=people: known, Smtp(relay.server), ledger, run, means)
                    took = monotonic() - began
                assert report.counts["accepted"] == mails, report
                size, rate = len(version.mail) // 1000, mails / took
                sys.stdout.write(f"{connections} connection(s): {mails} mails of {size} KB in {took:.1f} s, {rate:.0f} a second\n")


if __name__ == "__main__":
    main(*map(int, sys.argv[1:2]))
