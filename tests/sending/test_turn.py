"""Two people press the same button; one letter leaves."""

from __future__ import annotations

import os
import subprocess
import sys
import threading
import time
from datetime import datetime
from pathlib import Path

import pytest
from tests.sending.mailings import NOW

from handbill.errors import MachineLacks
from handbill.sending.turn import TurnTaken, only_run

HOLD = """
import sys, time
from datetime import datetime
from pathlib import Path
from handbill.sending.turn import only_run
with only_run(Path(sys.argv[1]), "main", datetime.fromisoformat("2026-11-05T19:30:12+01:00")):
    print("held", flush=True)
    time.sleep(60)
"""


@pytest.fixture
def holder(tmp_path):
    """Return another process that sends the letter."""
    with subprocess.Popen([sys.executable, "-c", HOLD, str(tmp_path)], stdout=subprocess.PIPE, text=True) as process:
        assert "held\n" == process.stdout.readline()
        yield process
        process.kill()


@pytest.mark.usefixtures("holder")
def test_the_second_run_leaves_at_once_and_is_told_since_when(tmp_path):
    """It must not wait: what it would find when its turn comes is a letter that was sent."""
    started = time.monotonic()
    told = r"main is already being sent since 2026-11-05 19:30\+01:00; wait until that has ended"
    with pytest.raises(TurnTaken, match=told) as caught, only_run(tmp_path, "main", NOW):
        pytest.fail("both send")

    assert 3 == caught.value.exit_code
    assert 1 > time.monotonic() - started


@pytest.mark.usefixtures("holder")
def test_another_letter_and_another_ledger_have_turns_of_their_own(tmp_path):
    with only_run(tmp_path, "dates", NOW), only_run(tmp_path / "other", "main", NOW):
        pass


def test_a_killed_run_gives_its_turn_back(tmp_path, holder):
    """Nobody should have to remove a file before the letter can go on."""
    holder.kill()
    holder.wait()

    with only_run(tmp_path, "main", NOW):
        pass


def test_a_run_that_is_about_to_begin_is_told_without_a_moment(tmp_path):
    with only_run(tmp_path, "main", NOW):
        (tmp_path / "main.turn").write_text("")
        with pytest.raises(TurnTaken, match="main is already being sent; wait"), only_run(tmp_path, "main", NOW):
            pytest.fail("both send")


def test_a_turn_ends_with_its_run_also_when_that_fails(tmp_path):
    with pytest.raises(ValueError, match="inside"), only_run(tmp_path, "main", NOW):
        raise ValueError("inside")

    with only_run(tmp_path, "main", datetime.fromisoformat("2026-11-06T18:00+00:00")):
        assert "2026-11-06 18:00+00:00" == (tmp_path / "main.turn").read_text()
    assert "" == (tmp_path / "main.turn").read_text()


def test_of_many_that_begin_at_the_same_moment_one_sends(tmp_path):
    """Threads here, because the kernel gives them turns as it does processes."""
    start, sent, refused = threading.Barrier(8), [], []

    def run():
        start.wait()
        try:
            with only_run(tmp_path, "main", NOW):
                sent.append(1)
                while len(refused) < 7:
                    time.sleep(0.001)
        except TurnTaken:
            refused.append(1)

    threads = [threading.Thread(target=run) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert (1, 7) == (len(sent), len(refused))


def test_a_folder_that_cannot_be_made_is_told(tmp_path):
    (tmp_path / "file").write_text("")

    with pytest.raises(MachineLacks, match=r"main\.turn: "), only_run(tmp_path / "file" / "ledger", "main", NOW):
        pytest.fail("nothing could be remembered")


@pytest.mark.skipif(os.name != "posix", reason="rights as on POSIX")
def test_the_folder_is_for_its_owner_alone(tmp_path: Path):
    with only_run(tmp_path / "ledger", "main", NOW):
        assert [0o700, 0o600] == [path.stat().st_mode & 0o777 for path in (tmp_path / "ledger", tmp_path / "ledger" / "main.turn")]
