"""How long one round takes to verify, in Python and in node; and, where py-ecc is installed, whether it says the same of random cases.

Run: ``python -m tests.draw.measure_bls [CASES]`` (py-ecc is no part of the
locks: ``pip install --target FOLDER py-ecc``, then ``PYTHONPATH=FOLDER``).
"""

from __future__ import annotations

import hashlib
import json
import random
import shutil
import subprocess
import sys
import time
from pathlib import Path

from handbill.draw.beacon import QUICKNET
from handbill.draw.bls import TAG, is_signature
from handbill.draw.bls_hashing import hashed

HERE = Path(__file__).parent
SCRIPT = HERE.parents[1] / "theme" / "static" / "bls.js"
ROUNDS = json.loads((HERE / "vectors.json").read_text(encoding="utf-8"))["rounds"]

_NODE = """
const { isSigned } = await import(process.argv[1]);
const taken = [];
for (const { round, signature } of JSON.parse(process.argv[2])) {
  const begun = performance.now();
  if (!(await isSigned(round, signature))) throw new Error(round);
  taken.push(performance.now() - begun);
}
console.log(JSON.stringify(taken));
"""


def in_python() -> list[float]:
    """Return the milliseconds of each round, without what is remembered."""
    taken = []
    for case in ROUNDS:
        begun = time.perf_counter()
        message = hashlib.sha256(case["round"].to_bytes(8, "big")).digest()
        assert is_signature.__wrapped__(QUICKNET.public_key, message, bytes.fromhex(case["signature"]))
        taken.append(1000 * (time.perf_counter() - begun))
    return taken


def in_node() -> list[float]:
    """Return the milliseconds of each round in V8, the first with all that is compiled on the way."""
    node = shutil.which("node")
    if node is None:
        return []
    done = subprocess.run([node, "--input-type=module", "-e", _NODE, SCRIPT.as_uri(), json.dumps(ROUNDS)], capture_output=True, check=True)
    return json.loads(done.stdout)


def compared(cases: int) -> str:
    """Compare points of random texts, and signatures of random keys, right and wrong, with py-ecc."""
    try:
        from py_ecc.bls.hash_to_curve import hash_to_G1
        from py_ecc.bls.point_compression import compress_G1, compress_G2
        from py_ecc.optimized_bls12_381 import G2, curve_order, multiply, normalize
    except ImportError:
        return "py-ecc is not installed: nothing compared"
    chance = random.Random(9380)
    for _ in range(cases):
        text, tag = chance.randbytes(chance.randrange(200)), chance.randbytes(chance.randrange(1, 256))
        x, y = (int(one.n) for one in normalize(hash_to_G1(text, tag, hashlib.sha256)))
        assert ((x, 0), (y, 0)) == hashed(text, tag)
        secret, message = chance.randrange(1, curve_order), chance.randbytes(32)
        key = b"".join(one.to_bytes(48, "big") for one in compress_G2(multiply(G2, secret)))
        point = hash_to_G1(message, TAG, hashlib.sha256)
        right, wrong = (compress_G1(multiply(point, one)).to_bytes(48, "big") for one in (secret, secret + 1))
        assert is_signature(key, message, right)
        assert not is_signature(key, message, wrong)
    return f"{cases} points, {cases} right and {cases} wrong signatures: the same as py-ecc"


if __name__ == "__main__":
    for name, taken in (("Python", in_python()), ("node", in_node())):
        if taken:
            sys.stdout.write(f"{name}: first {taken[0]:.0f} ms, then {min(taken[1:]):.0f} to {max(taken[1:]):.0f} ms a round" + "\n")
    sys.stdout.write(compared(int(sys.argv[1]) if len(sys.argv) > 1 else 20) + "\n")
