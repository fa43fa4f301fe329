"""Programs that answer as a browser does, for tests."""

from __future__ import annotations

import sys
from pathlib import Path


def fake(folder: Path, how: str) -> str:
    """Return the path of a program that answers over the pipes in one of the ways of ``fake_chromium.py``."""
    program = folder / f"chromium-{how}"
    script = Path(__file__).with_name("fake_chromium.py")
    program.write_text(f'#!/bin/sh\nexec "{sys.executable}" "{script}" {how}\n', encoding="utf-8")
    program.chmod(0o755)
    return str(program)
