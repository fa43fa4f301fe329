"""A Chromium of the machine → pictures of documents: without a script, a network, or anything that stays behind.

It is driven over its own pipe, so that no port is opened that others could
reach, and no library is needed.
"""

from __future__ import annotations

import json
import os
import select
import shutil
import signal
import tempfile
from base64 import b64decode
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager, suppress
from pathlib import Path
from time import monotonic
from typing import Any

#: Names the browser, where it is to be another than the one that is found.
VARIABLE = "HANDBILL_CHROMIUM"

NAMES = (
    "chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome", "microsoft-edge", "microsoft-edge-stable",
)  # fmt: skip
PLACES = (
    "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
    "/Applications/Chromium.app/Contents/MacOS/Chromium",
    "/Applications/Microsoft Edge.app/Contents/MacOS/Microsoft Edge",
)

#: The same picture on every machine with the same fonts; nobody is asked for anything, nothing is kept.
FLAGS = (
    "--headless", "--remote-debugging-pipe", "--disable-gpu", "--hide-scrollbars", "--mute-audio", "--no-first-run",
    "--no-default-browser-check", "--force-color-profile=srgb", "--font-render-hinting=none", "--disable-lcd-text", "--disable-extensions",
    "--disable-background-networking", "--disable-component-update", "--disable-default-apps", "--disable-sync", "--disable-quic",
    "--disable-crash-reporter", "--disable-breakpad", "--metrics-recording-only", "--use-mock-keychain", "--password-store=basic",
    "--host-resolver-rules=MAP * ~NOTFOUND", "--proxy-server=127.0.0.1:9", "--proxy-bypass-list=<-loopback>",
)  # fmt: skip

#: How long the browser may take to begin, and to answer one question.
START_S, ANSWER_S = 20.0, 10.0

#: What is taller is cut off.
MOST_HIGH = 6_000

_FIRST_HIGH = 800


class NoPicture(Exception):
    """The browser did not start, did not answer, or stopped."""


def is_possible() -> bool:
    """Say whether a program can be given such pipes here; Windows has others."""
    return hasattr(os, "posix_spawn")


def found() -> str:
    """Return the path of a Chromium, "" where there is none; ``HANDBILL_CHROMIUM`` names another, or none at all if it is empty."""
    named = os.environ.get(VARIABLE)
    if named is not None:
        return shutil.which(named) or "" if named else ""
    for name in NAMES:
        if path := shutil.which(name):
            return path
    return next((path for path in PLACES if os.access(path, os.X_OK)), "")


@contextmanager
def started(program: str) -> Iterator[Tab]:
    """Give one empty tab of a browser that ends with it, and whose profile is removed.

    Raises:
        NoPicture: it did not start.
    """
    with tempfile.TemporaryDirectory(prefix="handbill-chromium-", ignore_cleanup_errors=True) as profile:
        to_read, written = os.pipe()
        read, to_write = os.pipe()
        try:
            process = _spawned(program, Path(profile), to_read, to_write)
        except OSError as error:
            for end in (to_read, written, read, to_write):
                os.close(end)
            raise NoPicture from error
        os.close(to_read)
        os.close(to_write)
        try:
            yield Tab(written, read)
        finally:
            os.close(written)
            os.close(read)
            with suppress(ProcessLookupError, PermissionError):
                os.killpg(process, signal.SIGKILL)
            with suppress(ChildProcessError):
                os.waitpid(process, 0)


def _spawned(program: str, profile: Path, to_read: int, to_write: int) -> int:
    """Start the browser with the ends of the pipes at 3 and 4, where it looks for them, and in a group that ends as one."""
    # Root has no sandbox to put it into; nothing of what it shows can run anything there either.
    alone = ["--no-sandbox"] if os.geteuid() == 0 else []
    words = [program, *FLAGS, *alone, f"--user-data-dir={profile}", "about:blank"]
    kept = {name: os.environ[name] for name in ("PATH", "LANG", "TMPDIR") if name in os.environ}
    # What it writes of its own, such as a list of fonts, goes with its profile.
    told = {**kept, "HOME": str(profile), "XDG_CONFIG_HOME": str(profile), "XDG_CACHE_HOME": str(profile)}
    import fcntl  # only where there are such pipes

    # Out of the way of 3 and 4, lest one end be overwritten by the other.
    ends = [fcntl.fcntl(end, fcntl.F_DUPFD_CLOEXEC, 10) for end in (to_read, to_write)]
    actions = [
        (os.POSIX_SPAWN_DUP2, ends[0], 3),
        (os.POSIX_SPAWN_DUP2, ends[1], 4),
        (os.POSIX_SPAWN_OPEN, 1, os.devnull, os.O_WRONLY, 0o600),
        (os.POSIX_SPAWN_OPEN, 2, os.devnull, os.O_WRONLY, 0o600),
    ]
    try:
        return os.posix_spawn(program, words, told, file_actions=actions, setpgroup=0)
    finally:
        for end in ends:
            os.close(end)


class Tab:
    """One tab: shows a document at a width, and takes its picture."""

    def __init__(self, to_browser: int, from_browser: int) -> None:
        self._out, self._in = to_browser, from_browser
        self._last, self._session, self._rest = 0, "", b""
        self._until = START_S
        target = self.ask("Target.createTarget", url="about:blank")["targetId"]
        self._session = self.ask("Target.attachToTarget", targetId=target, flatten=True)["sessionId"]
        self._until = ANSWER_S
        self.ask("Page.enable")
        self.ask("Emulation.setScriptExecutionDisabled", value=True)
        self.ask("Network.enable")
        self.ask("Network.emulateNetworkConditions", offline=True, latency=0, downloadThroughput=0, uploadThroughput=0)
        features = [{"name": "prefers-color-scheme", "value": "light"}, {"name": "prefers-reduced-motion", "value": "reduce"}]
        self.ask("Emulation.setEmulatedMedia", media="screen", features=features)
        self._frame = self.ask("Page.getFrameTree")["frameTree"]["frame"]["id"]

    def picture(self, document: str, width: int) -> bytes:
        """Return the document as a PNG, as wide as that in CSS pixels and as high as it is.

        Raises:
            NoPicture: the browser stopped, or takes too long.
        """
        self.ask("Emulation.setDeviceMetricsOverride", width=width, height=_FIRST_HIGH, deviceScaleFactor=1, mobile=False)
        is_loaded: list[bool] = []
        self.ask(
            "Page.setDocumentContent",
            lambda name: is_loaded.append(True) if name == "Page.loadEventFired" else None,
            frameId=self._frame,
            html=document,
        )
        if not is_loaded:
            self._wait_for("Page.loadEventFired")
        size = self.ask("Page.getLayoutMetrics")["cssContentSize"]
        high = max(1, min(MOST_HIGH, int(size["height"])))
        clip = {"x": 0, "y": 0, "width": width, "height": high, "scale": 1}
        return b64decode(
            self.ask("Page.captureScreenshot", format="png", clip=clip, captureBeyondViewport=True, optimizeForSpeed=True)["data"]
        )

    def ask(self, method: str, hears: Callable[[str], object] = lambda _: None, **given: object) -> Mapping[str, Any]:
        """Put a question and return its answer; *hears* is told the names of what happens meanwhile."""
        self._last += 1
        question: dict[str, object] = {"id": self._last, "method": method, "params": given}
        if self._session:
            question["sessionId"] = self._session
        limit = monotonic() + self._until
        self._write(json.dumps(question).encode() + b"\0", limit)
        while True:
            told = self._read(limit)
            if told.get("id") == self._last:
                if "result" not in told:
                    raise NoPicture(str(told.get("error")))
                answer: Mapping[str, Any] = told["result"]
                return answer
            hears(str(told.get("method", "")))

    def _wait_for(self, name: str) -> None:
        limit = monotonic() + self._until
        while self._read(limit).get("method") != name:
            pass

    def _write(self, raw: bytes, limit: float) -> None:
        left = memoryview(raw)
        while left:
            _, ready, _ = select.select([], [self._out], [], max(0.0, limit - monotonic()))
            if not ready:
                raise NoPicture("too slow")
            try:
                # As much as a pipe takes at once, lest a browser that has stopped reading keep us waiting.
                left = left[os.write(self._out, left[:4096]) :]
            except OSError as error:
                raise NoPicture from error

    def _read(self, limit: float) -> Mapping[str, Any]:
        parts = [self._rest]
        while b"\0" not in parts[-1]:
            ready, _, _ = select.select([self._in], [], [], max(0.0, limit - monotonic()))
            raw = os.read(self._in, 1 << 20) if ready else b""
            if not raw:
                raise NoPicture("no answer")
            parts.append(raw)
        first, _, self._rest = b"".join(parts).partition(b"\0")
        told: Mapping[str, Any] = json.loads(first)
        return told
