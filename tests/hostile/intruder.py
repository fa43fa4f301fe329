"""Try one thing after the other from within, as a program would that got in; print which of them succeeded.

It is started behind the walls in the place of Handbill, with the attempts as
its only argument.
"""

# Within, there is nobody to read it to.
# ruff: noqa: PTH102, PTH104, PTH108, PTH123, PTH208

import ctypes
import json
import os
import socket
import sys

_PTRACE_SEIZE, _MS_REMOUNT_BIND = 0x4206, 32 | 4096
C = ctypes.CDLL(None, use_errno=True)


def read(what):
    with open(what, "rb") as file:
        return bool(file.read(1))


def _list(what):
    return bool(os.listdir(what))


def write(what):
    is_new = not os.path.lexists(what)
    # Opened is as good as written, and harms nothing where it succeeds.
    os.close(os.open(what, os.O_WRONLY | (os.O_CREAT if is_new else 0)))
    if is_new:
        os.unlink(what)
    return True


def make(what):
    os.mkdir(what)
    return True


def remove(what):
    os.unlink(what)
    return True


def rename(what):
    os.rename(what, what + ".gone")
    return True


def connect(what):
    if what.startswith(("/", "@")):
        with socket.socket(socket.AF_UNIX) as one:
            one.connect("\0" + what[1:] if what.startswith("@") else what)
        return True
    host, _, port = what.rpartition(":")
    with socket.create_connection((host.strip("[]"), int(port)), timeout=2):
        return True


def signal(what):
    os.kill(int(what), 0)
    return True


def trace(what):
    return C.ptrace(_PTRACE_SEIZE, int(what), 0, 0) == 0


def variable(what):
    return what in os.environ or what.encode() + b"=" in open("/proc/self/environ", "rb").read()


def mount(what):
    return C.mount(None, what.encode(), None, _MS_REMOUNT_BIND, None) == 0


def succeeds(attempt):
    try:
        return {**globals(), "list": _list}[attempt["try"]](attempt["what"])
    except OSError:
        return False


os.write(int(os.environ["HANDBILL_WALLS"].split("\x1f")[0]), b"+")
attempts = json.loads(sys.argv[1])
with open(sys.argv[2], "w") as answers:
    json.dump([f"{one['try']} {one['what']}" for one in attempts if succeeds(one)], answers)
