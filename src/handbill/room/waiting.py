"""A program behind walls, from outside: it is started, waited for and interrupted.  Knows bubblewrap; does not know what runs."""

from __future__ import annotations

import os

from handbill.room.walls import MASK

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Sequence

#: The variable by which the one inside is told what it was promised; it is the first thing that is taken away there.
WALLS = "HANDBILL_WALLS"
APART = "\x1f"

#: What is another inside than outside, as the system names it.
SPACES = ("net", "pid", "ipc")

#: What the one inside says by its first byte: all is shut, or something stands open.
SHUT, HOLE = b"+", b"-"

_INTERRUPT, _STOPPED = 2, 130
_MOST_WORDS = 4000


class Walled:
    """How to start: bubblewrap with its ``options``, the ``command`` inside, its environment, and what it is promised."""

    def __init__(
        self, bwrap: str, options: Sequence[str], masks: int, command: Sequence[str], environ: dict[str, str], promise: str
    ) -> None:
        self.bwrap, self.options, self.masks = bwrap, options, masks
        self.command, self.environ, self.promise = command, environ, promise

    def run(self, *, is_quiet: bool = False) -> tuple[int | None, str]:
        """Run it to its end and return its exit code; or ``None``, and why no walls stood.

        What bubblewrap says goes here, what the program says to our own
        terminal: to tell of walls that cannot be is up to the caller.
        """
        ready, readies = os.pipe()
        told, telling = os.pipe()
        about, abouts = os.pipe()
        nothing = os.open(os.devnull, os.O_RDONLY)
        masks = [os.dup(nothing) for _ in range(self.masks)]
        out = nothing if is_quiet else 1
        terminal = os.dup(2) if not is_quiet else os.open(os.devnull, os.O_WRONLY)
        for one in (readies, abouts, terminal, *masks):
            os.set_inheritable(one, True)
        options = [str(masks[int(one.removeprefix(MASK))]) if one.startswith(MASK) else one for one in self.options]
        words = [self.bwrap, *options, "--info-fd", str(abouts), "--", *self.command]
        environ = {**self.environ, WALLS: f"{readies}{APART}{terminal}{APART}{self.promise}"}
        # In a group of its own: Ctrl-C is for the program, by way of us, and would else end bubblewrap and it with it.
        actions = [(os.POSIX_SPAWN_DUP2, telling, 2), *([(os.POSIX_SPAWN_DUP2, terminal, 1)] if out != 1 else [])]
        child = os.posix_spawn(self.bwrap, words, environ, file_actions=actions, setpgroup=0)
        for one in (readies, telling, abouts, terminal, nothing, *masks):
            os.close(one)
        code, is_stopped = _end_of(child, about)
        has_started = os.read(ready, 1)
        words_of_bwrap = b"" if has_started else os.read(told, _MOST_WORDS)
        for one in (ready, told, about):
            os.close(one)
        if has_started or is_stopped:
            return code if has_started else _STOPPED, ""
        return None, words_of_bwrap.decode("utf-8", "replace").strip().partition("\n")[0] or f"bubblewrap ended with {code}"


def _end_of(child: int, about: int) -> tuple[int, bool]:
    """Return the exit code of a process, once it has ended, and whether somebody broke it off."""
    is_stopped = False
    while True:
        try:
            _, status = os.waitpid(child, 0)
        except KeyboardInterrupt:
            is_stopped = True
            # The first process inside leads all others there; it has its number before it runs anything.
            told = os.read(about, _MOST_WORDS)
            number = int(told.partition(b'"child-pid":')[2].lstrip().split(b"\n")[0].rstrip(b",} ") or 0)
            os.killpg(number or child, _INTERRUPT)
            continue
        code = os.waitstatus_to_exitcode(status)
        # As shells count who was ended by a signal.
        return code if code >= 0 else 128 - code, is_stopped
