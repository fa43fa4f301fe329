"""A program that answers over the pipes as a Chromium does, well or badly, for tests on machines without one.

Called by ``python fake_chromium.py HOW``: ``well`` gives a picture of the width asked for, ``mute`` never answers,
``stops`` ends after the first picture, ``odd`` says no to everything.
"""

from __future__ import annotations

import base64
import io
import json
import os
import sys
import time

from PIL import Image


def main(how: str) -> None:
    """Answer until nobody asks any more."""
    rest, width, taken = b"", 0, 0
    if how == "mute":
        time.sleep(600)
    while raw := os.read(3, 1 << 16):
        *questions, rest = (rest + raw).split(b"\0")
        for each in questions:
            question = json.loads(each)
            method = question["method"]
            result: dict[str, object] = {}
            if how == "odd":
                say({"id": question["id"], "error": {"message": "no"}})
                continue
            if method == "Target.createTarget":
                result = {"targetId": "t"}
            elif method == "Target.attachToTarget":
                result = {"sessionId": "s"}
            elif method == "Page.getFrameTree":
                result = {"frameTree": {"frame": {"id": "f"}}}
            elif method == "Emulation.setDeviceMetricsOverride":
                width = question["params"]["width"]
            elif method == "Page.setDocumentContent":
                taken += 1
                say({"method": "Page.loadEventFired", "params": {}})
            elif method == "Page.getLayoutMetrics":
                result = {"cssContentSize": {"width": width, "height": 40}}
            elif method == "Page.captureScreenshot":
                if how == "stops" and taken > 4:
                    return
                buffer = io.BytesIO()
                Image.new("RGB", (width, 40), ((taken * 60) % 256, 0, 0)).save(buffer, "PNG")
                result = {"data": base64.b64encode(buffer.getvalue()).decode()}
            say({"id": question["id"], "result": result})


def say(message: dict[str, object]) -> None:
    """Send one message."""
    os.write(4, json.dumps(message).encode() + b"\0")


if __name__ == "__main__":
    main(sys.argv[1])
