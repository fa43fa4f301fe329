"""A sender is killed while it talks to a mail server: nobody gets the letter twice, nobody is forgotten."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
from tests.sending.runs import Answering, members, sent, states
from tests.sending.smtp_servers import ScriptedServer

pytestmark = pytest.mark.skipif(os.name != "posix", reason="kills processes that it forked")
ROOT = Path(__file__).resolve().parents[2]


@pytest.mark.long
def test_kill_9_at_random_instants_loses_nobody_and_doubles_nobody():
    """Power fails, machines restart, people close lids.  The whole figure: ``python -m tests.sending.killing_by_smtp 500 2000 1``."""
    done = subprocess.run(
        [sys.executable, "-m", "tests.sending.killing_by_smtp", "12", "120", "2"], cwd=ROOT, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr[-2000:]
    found = json.loads(done.stdout)

    for one in found.values():
        assert (0, 0) == (one["twice"], one["lost"])
    # At most one for each open connection.
    assert found["killed"]["unclear"] <= 12 * 2


#: Where the sender is killed, what the server has done by then, and how the member stands for the next run.
BOUNDARIES = [
    ("connect", False, "queued"),
    ("ehlo", False, "queued"),
    ("mail", False, "ambiguous"),
    ("rcpt", False, "ambiguous"),
    ("data", False, "ambiguous"),
    ("dot", False, "ambiguous"),
    ("kept", True, "ambiguous"),
]


@pytest.mark.parametrize(("step", "is_kept", "state"), BOUNDARIES, ids=[one[0] for one in BOUNDARIES])
def test_kill_9_at_each_step_of_the_dialogue_leaves_one_in_doubt_at_most(tmp_path, step, is_kept, state):
    """Each step is an instant at which a machine can lose its power; before the mail is announced nobody is in doubt at all."""
    children = []

    def script(reached: str, recipient: str, _nth: int) -> bytes | None:
        if (
            reached == ("dot" if step == "kept" else step)
            and recipient in ("", "m1@essai.example")
            and (recipient or step in ("connect", "ehlo"))
        ):
            os.kill(children[0], signal.SIGKILL)
            time.sleep(0.05)
            return b"250 kept\r\n" if step == "kept" else b"DROP"
        if reached == "mail" and step == "mail" and server.counts():
            os.kill(children[0], signal.SIGKILL)
            return b"DROP"
        return None

    server = ScriptedServer(script)
    with server.running():
        words = [
            "import sys",
            "from pathlib import Path",
            "from tests.sending.killing_by_smtp import send",
            "sys.stdin.readline()",
            "send(Path(sys.argv[1]), sys.argv[2], 4, 1)",
        ]
        child = subprocess.Popen([sys.executable, "-c", "\n".join(words), str(tmp_path), server.server], cwd=ROOT, stdin=subprocess.PIPE)
        children.append(child.pid)
        child.communicate(b"\n")
    assert -signal.SIGKILL == child.returncode

    carrier = Answering()
    sent(tmp_path, carrier, members(4))

    got = server.counts()
    again = {whom for _, whom, _ in carrier.handed}
    assert not again & set(got)
    assert is_kept == ("m1@essai.example" in got)
    assert {"accepted": 4} == states(tmp_path) if state == "queued" else {"accepted": 3, "ambiguous": 1} == states(tmp_path)
