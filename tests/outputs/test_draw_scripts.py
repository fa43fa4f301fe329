"""The scripts that check a draw in the reader's browser, run without one: they say what Python says."""

from __future__ import annotations

import hashlib
import hmac
import json
import random
import shutil
import subprocess
from pathlib import Path
from typing import Any

import pytest

STATIC = Path(__file__).resolve().parents[2] / "theme" / "static"


def run(script: str, code: str, given: Any = None) -> Any:
    """Return what some code of JavaScript returns, which sees the exports of a script as ``all`` and a value as ``given``."""
    node = shutil.which("node")
    if node is None:
        pytest.skip("running the page's scripts needs node")
    program = (
        'import { readFileSync } from "node:fs"; const given = JSON.parse(readFileSync(0, "utf-8"));'
        f"const all = await import({json.dumps((STATIC / script).as_uri())});"
        f"const found = await (async () => {{ {code} }})(); console.log(JSON.stringify(found));"
    )
    done = subprocess.run(
        [node, "--input-type=module", "-e", program],
        input=json.dumps(given),
        capture_output=True,
        encoding="utf-8",
        check=False,
        timeout=120,
    )
    assert done.returncode == 0, done.stderr[-2000:]
    return json.loads(done.stdout)


def test_digests_are_those_of_everybody_else():
    """They are ours, because a browser has none on a page without a secure address: each length around a block must come out right."""
    chance = random.Random(8)
    texts = [chance.randbytes(length) for length in (*range(200), 1000, 4096, 70_000)]
    wanted = [
        [hashlib.sha256(one).hexdigest(), hashlib.md5(one, usedforsecurity=False).hexdigest(), hmac.digest(one[:90], one, "sha256").hex()]
        for one in texts
    ]
    code = (
        "const { sha256, md5, hmac, hex, bytes } = all; return given.map(bytes).map((one) => "
        "[hex(sha256(one)), hex(md5(one)), hex(hmac(one.subarray(0, 90), one))]);"
    )

    assert wanted == run("digests.js", code, [one.hex() for one in texts])
