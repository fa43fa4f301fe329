"""The same letter, made by other versions of Python: what was approved on one machine is built anew on another.

``HANDBILL_PYTHONS`` names them, as ``PATH`` does folders: programs such as
``…/bin/python``, each with what ``requirements.lock`` names installed.
"""

import hashlib
import os
import subprocess
import sys
from pathlib import Path

import pytest
from tests.outputs.mail.letters import french, letter, templates
from tests.outputs.mail.test_raw import ODD, built

from handbill.outputs.mail.compose import html_of
from handbill.outputs.mail.message import message_of
from handbill.outputs.mail.text import text_of

ROOT = Path(__file__).parents[3]
PYTHONS = [one for one in os.environ.get("HANDBILL_PYTHONS", "").split(os.pathsep) if one]

#: Signs that only later tables of Unicode know, and hosts and dates with rules of their own.
LATER = "\U0001fae8\U0001fadf\U00031350 \U00010d40\u0897x " * 30


def digests() -> list[str]:
    """Return the digest of every form of the letters of two hubs, and of letters with odd texts everywhere."""
    made = [raw for _, raw in sorted(built().items())]
    for said in (*ODD.values(), LATER):
        one = letter(
            subject=" ".join(said.split())[:190], preheader=said, title=said, postal_address=said, name=said, host="lettre-é.example",
            body=f"<p>{said.replace('<', '&lt;')}</p>", text=said, published="1905-03-01T18:00:00+00:09:21",
        )  # fmt: skip
        text, html = text_of(one, french()), html_of(one, templates(), french())
        made += [text.encode(), html.encode(), message_of(one, text, html)]
    return [hashlib.sha256(one).hexdigest() for one in made]


@pytest.mark.skipif(not PYTHONS, reason="HANDBILL_PYTHONS names no other Python")
@pytest.mark.parametrize("python", PYTHONS)
def test_another_python_makes_the_same_bytes(python):
    """Tables of Unicode, encoded words and the folding of headers changed between versions; letters may not."""
    environment = os.environ | {
        "PYTHONPATH": os.pathsep.join((str(ROOT / "src"), str(ROOT))),
        "TZ": "Asia/Kathmandu",
        "PYTHONHASHSEED": "7",
    }
    script = "import sys; from tests.outputs.mail.test_pythons import digests; print(sys.version.split()[0], *digests())"
    done = subprocess.run([python, "-c", script], env=environment, cwd=ROOT, capture_output=True, text=True, check=False)

    assert 0 == done.returncode, done.stderr
    version, *theirs = done.stdout.split()
    assert digests() == theirs, f"{version} and {sys.version.split()[0]}"


def test_a_run_makes_the_same_bytes_twice():
    """What the comparison above stands on."""
    assert digests()[-3:] == digests()[-3:]
