"""Programs of npm's that tests ask for a second opinion."""

import json
import shutil
import subprocess
from pathlib import Path

import pytest
from tests.browser.driving import node_tool

HERE = Path(__file__).parent


def asked(script: str, given: object, *needed: str) -> str:
    """Return what a script of this folder answers; skip where one of the packages that it needs is not there."""
    for package in needed:
        if not shutil.which("node") or not node_tool(f"{package}/package.json"):
            pytest.skip(f"needs node, and {package} in NODE_PATH: npm install {package}, then NODE_PATH=…/node_modules")
    done = subprocess.run(
        ["node", str(HERE / script)], input=json.dumps(given), capture_output=True, text=True, encoding="utf-8", check=True
    )
    return done.stdout
