"""Asking a run to end, by signals, and being rude the second time."""

from __future__ import annotations

import os
import signal
import threading
import time

import pytest

from handbill.sending.stopping import Stop, until_asked


@pytest.mark.skipif(os.name != "posix", reason="other systems send signals by other means")
@pytest.mark.parametrize("number", ["SIGINT", "SIGTERM", "SIGHUP"])
def test_the_first_signal_asks_and_the_second_insists(number):
    """Ctrl-C ends a run cleanly; who has no patience presses it again."""
    number = getattr(signal, number)
    before = signal.getsignal(number)
    with until_asked() as stop:
        assert not stop.is_asked
        signal.raise_signal(number)
        assert stop.is_asked
        with pytest.raises(KeyboardInterrupt):
            signal.raise_signal(number)

    assert before == signal.getsignal(number)


def test_who_sleeps_wakes_up_when_somebody_asks():
    """Nobody waits half an hour for a run to notice that it was to end."""
    stop = Stop()
    threading.Timer(0.05, lambda: setattr(stop, "is_asked", True)).start()
    began = time.monotonic()

    stop.sleep(600)

    assert time.monotonic() - began < 30


def test_a_sleep_lasts_as_long_as_it_says():
    """The pace hangs on it."""
    began = time.monotonic()

    Stop().sleep(0.15)

    assert 0.15 <= time.monotonic() - began
