"""The scripts that check a draw in the reader's browser, run without one: they say what Python says."""

from __future__ import annotations

import hashlib
import hmac
import json
import random
import shutil
import subprocess
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

import pytest
from tests.draw.pools import changed, forged, pools
from tests.draw.samples import NUMBERS, ROUND_1000, ROUND_657413, announced, archive, record, terms

from handbill.draw.proof import CHECKS, prove

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


PROVE = """
const { bytes } = await import(new URL("./digests.js", given.script));
const tell = [];
for (const one of given.contests) {
  const files = new Map(Object.entries(one).map(([name, text]) => [name, bytes(text)]));
  const told = [];
  for await (const { name, isRight } of all.prove(files, { isSigned: async () => true, pause: async () => {} })) told.push([name, isRight]);
  tell.push(told);
}
return tell;
"""


def proved(contests: Iterable[Mapping[str, bytes]]) -> list[list[tuple[str, bool | None]]]:
    """Return what the script says of each check of some contests; the beacon's signature is asked of its own script elsewhere."""
    given = [{name: raw.hex() for name, raw in one.items()} for one in contests]
    return [
        [(name, is_right) for name, is_right in told]
        for told in run("draw-proof.js", PROVE, {"script": (STATIC / "draw-proof.js").as_uri(), "contests": given})
    ]


def test_script_and_program_agree_on_every_check_of_contests_by_chance():
    """Two programs that were written apart and agree are both more likely to be right (in a browser: test_contest_draw.py there)."""
    contests = list(pools(150, seed=1))

    assert [[(one.name, one.is_right) for one in prove(files)] for files in contests] == proved(contests)


@pytest.mark.parametrize(
    ("mechanism", "until"),
    [
        (mechanism, until)
        for mechanism in ("draw", "jury", "quiz", "quiz+draw", "jury+vote")
        for until in ("announced", "sealed", "frozen", "decided", "verified")
        if until != "sealed" or "jury" in mechanism
    ],
)
def test_script_and_program_agree_at_every_step(mechanism, until):
    """What comes later is told as later, and never as wrong."""
    files = archive(mechanism, until=until)

    assert [[(one.name, one.is_right) for one in prove(files)]] == proved([files])


@pytest.mark.parametrize(
    ("luck", "decided", "at"),
    [
        (ROUND_657413, {"missing": 1000}, "2023-09-09T00:00:00Z"),
        (ROUND_657413, {"missing": 1000}, "2023-08-24T00:00:00Z"),
        (ROUND_657413, {}, "2023-09-25T00:00:00Z"),
        (NUMBERS, {"missing": 1000}, "2023-09-09T00:00:00Z"),
        (NUMBERS, {"missing": 1000}, "2023-08-26T00:00:00Z"),
    ],
    ids=["a later round", "too soon", "for no reason", "a lottery", "a lottery too soon"],
)
def test_script_and_program_agree_where_the_beacon_was_silent(luck, decided, at):
    """It is the one place where somebody could choose, so both must let the same things pass."""
    files = archive(luck=luck, decided=decided, decided_at=at)

    assert [[(one.name, one.is_right) for one in prove(files)]] == proved([files])


def test_script_and_program_agree_on_what_a_forger_would_write():
    """Each is a way of choosing who wins, or of looking as if nobody had."""
    amended, files = announced(terms(closes="2023-07-24T00:00:00Z"))
    again, more = announced(terms(), 2, "2023-07-25T09:00:00Z")
    renamed, other = announced(terms(contest="2026-autre-photo"))
    votes = archive("jury+vote")
    steps = json.loads(votes["record.json"])["steps"]
    steps[-5], steps[-4] = steps[-4], steps[-5]
    late = archive(luck=ROUND_657413, decided={"missing": 1000}, decided_at="2023-09-30T00:00:00Z", until="decided")
    told = json.loads(late["record.json"])["steps"]
    told[2]["at"] = "2023-09-01T08:00:00Z"
    contests = [
        archive(algorithm="rfc3797", luck=ROUND_657413, decided={"missing": 1000}, decided_at="2023-09-30T00:00:00Z", until="decided"),
        {**files, **more, "record.json": record([amended, again])},
        {**other, "record.json": record([renamed])},
        {**votes, "record.json": record(steps)},
        {**late, "record.json": record(told)},
        archive(entry={"how": "form", "limit": 1}),
    ]

    found = proved(contests)
    assert [[(one.name, one.is_right) for one in prove(files)] for files in contests] == found
    wanted = ["draw", "broadcast-order", "rules", "ballots", "broadcast-order", "pool"]
    assert [True] * 6 == [(name, False) in one for name, one in zip(wanted, found, strict=True)]


def test_the_script_finds_a_byte_that_changed_in_any_file():
    """Whoever changes a file of the archive afterwards is found out by a reader, too."""
    told = proved(changed(300, seed=2))

    assert [] == [number for number, one in enumerate(told) if not any(is_right is False for _, is_right in one)]
    assert 300 == len(told)


def test_script_and_program_agree_on_files_whose_values_are_strange(monkeypatch):
    """A forger makes digests anew: what one of them takes for a record, a draw, a ballot or a key, the other must take for one, too."""
    monkeypatch.setattr("handbill.draw.fairness.is_signed", lambda *_: True)
    contests = list(forged(400, seed=3))

    assert [[(one.name, one.is_right) for one in prove(files)] for files in contests] == proved(contests)


@pytest.mark.parametrize(
    "files",
    [
        archive() | {"draw.json": archive()["draw.json"].replace(b'"tool_version": "1.0"', b'"tool_version": "\\ud800"')},
        {name: raw for name, raw in archive(until="decided").items() if name not in ("draw.json", "pool.txt")},
        archive(algorithm="rfc3797", luck=ROUND_1000, decided={"missing": 1}),
    ],
    ids=["half a sign", "neither list nor draw", "the beacon in place of a lottery"],
)
def test_script_and_program_agree_on_what_a_forger_might_try(files):
    """Each of these was once judged in two ways, or let pass."""
    assert [[(one.name, one.is_right) for one in prove(files)]] == proved([files])


@pytest.mark.long
def test_more_selections_than_two_bytes_count_are_refused_by_the_script():
    """Whatever came after would be picked by nothing; the last one that there can be is no fault."""
    code = """
      const lines = Array.from({ length: all.MOST_TURNS + 10 }, (_, i) => `t${i}`);
      const wins = (n) => {
        try {
          return all.award(all.rfc3797Order([[1]], lines), [n], 0, []).winners.length;
        } catch (error) {
          return error.found;
        }
      };
      return [wins(all.MOST_TURNS), wins(all.MOST_TURNS + 1)];
    """

    assert [65536, "too-many"] == run("draw-values.js", code)


@pytest.mark.parametrize(
    "files",
    [
        {},
        {"record.json": b""},
        {"record.json": b"\xff\xfe"},
        {"record.json": b"[" * 100_000},
        {"record.json": b"{}\n"},
        {"record.json": b"null\n"},
        archive() | {"draw.json": b"{}\n"},
        archive() | {"draw.json": b"[]\n"},
        archive() | {"draw.json": b"\x00" * 1000},
        archive() | {"pool.txt": b"\n"},
        {name: raw for name, raw in archive().items() if name != "draw.json"},
        {name: raw for name, raw in archive().items() if name != "pool.txt"},
        {name: raw for name, raw in archive("jury").items() if not name.startswith("ballots/")},
        {name: raw for name, raw in archive("quiz").items() if name != "key.json"},
    ],
    ids=range(14),
)
def test_the_script_has_an_answer_whatever_the_files_are(files):
    """An error in place of an answer would look as if nothing were wrong."""
    told = proved([files])[0]

    assert list(CHECKS) == [name for name, _ in told]
    assert any(is_right is False for _, is_right in told)
