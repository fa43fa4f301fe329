"""What the reader's browser says of signatures: the script itself, run without a browser on the examples of the program's own tests."""

from __future__ import annotations

import json
import random
import shutil
import subprocess
from pathlib import Path

import pytest

from handbill.draw.beacon import is_signed
from handbill.draw.bls_hashing import hashed

SCRIPT = Path(__file__).resolve().parents[2] / "theme" / "static" / "bls.js"
VECTORS = json.loads((Path(__file__).parent / "vectors.json").read_text(encoding="utf-8"))
ROUNDS = VECTORS["rounds"]

_PROGRAM = """
import { hashed, isSigned } from SCRIPT;
import { readFileSync } from "node:fs";
const { signatures, texts, tag } = JSON.parse(readFileSync(0, "utf-8"));
const utf8 = (text) => new TextEncoder().encode(text);
const hex = (n) => n.toString(16).padStart(96, "0");
const held = [];
for (const { round, signature } of signatures) held.push(await isSigned(round, signature));
const points = texts.map((text) => hashed(utf8(text), utf8(tag)).map(([a, b]) => (b ? "" : hex(a))));
const strange = [];
for (const [round, signature] of [
  ["1000", GOOD], [1000.5, GOOD], [NaN, GOOD], [null, GOOD], [1000n, GOOD], [2 ** 53, GOOD], [Infinity, GOOD],
  [1000, GOOD.toUpperCase()], [1000, GOOD + " "], [1000, "\\n" + GOOD], [1000, "0x" + GOOD], [1000, undefined], [1000, null], [1000, 7], [1000, []],
]) strange.push(await isSigned(round, signature));
console.log(JSON.stringify({ held, points, strange }));
"""


def said(signatures, texts, tag):
    """Return what the script says: which signatures hold, the points of texts, and its answers to what is no question."""
    node = shutil.which("node")
    if node is None:
        pytest.skip("running the page's script needs node: install Node.js")
    good = next(case["signature"] for case in ROUNDS if case["round"] == 1000)
    program = _PROGRAM.replace("SCRIPT", json.dumps(SCRIPT.as_uri())).replace("GOOD", json.dumps(good))
    given = json.dumps({"signatures": signatures, "texts": texts, "tag": tag})
    done = subprocess.run(
        [node, "--input-type=module", "-e", program], input=given, capture_output=True, encoding="utf-8", check=False, timeout=120
    )
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)


def altered():
    """Return signatures with one digit changed, or under another's number: as somebody might who wants another winner."""
    chance = random.Random(64)
    digits = "0123456789abcdef"
    for case in ROUNDS[:8]:
        place = chance.randrange(96)
        digit = chance.choice(digits.replace(case["signature"][place], ""))
        yield {"round": case["round"], "signature": case["signature"][:place] + digit + case["signature"][place + 1 :]}
        yield {"round": case["round"] + 1 + chance.randrange(9), "signature": case["signature"]}


@pytest.mark.long
def test_the_browser_says_of_every_example_what_the_program_says():
    """A reader who checks at home and a judge who runs the program must come to one result."""
    asked = [*ROUNDS, *VECTORS["refused"], *altered()]
    texts = [case["message"] for case in VECTORS["hashed"]["points"]] + [f"tour {n} — été" for n in range(20)]
    tag = VECTORS["hashed"]["tag"]
    found = said([{"round": case["round"], "signature": case["signature"]} for case in asked], texts, tag)

    assert [is_signed(case["round"], bytes.fromhex(case["signature"])) for case in asked] == found["held"]
    assert [True] * len(ROUNDS) == found["held"][: len(ROUNDS)]
    assert len(ROUNDS) == found["held"].count(True)
    assert [[case["x"], case["y"]] for case in VECTORS["hashed"]["points"]] == found["points"][:5]
    assert [[f"{number:096x}" for number, _ in hashed(text.encode(), tag.encode())] for text in texts] == found["points"]
    assert {False} == set(found["strange"])


def test_the_script_is_small():
    """It is fetched by whoever checks a draw, on a telephone too."""
    assert SCRIPT.stat().st_size <= 12_288
