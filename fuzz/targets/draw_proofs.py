"""Any bytes in the place of one file of a draw's archive: each check says right, wrong or not looked at, and never falls."""

from __future__ import annotations

from functools import cache

from handbill.draw.canonical import NotCanonical, canonical, is_sealed, values_in
from handbill.draw.proof import CHECKS, prove

SEEDS = ()
WORDS = ('"step": "', '"digest": "', '"format": 1', '"luck": {', '"order": [', '"ranking": [', '"winners": [', "null", "true", "-1", "1e999", "NaN", '"a": {', "]", "}", "\\ud800", "#2\n")  # fmt: skip
MOST_BYTES = 20000


@cache
def _archives() -> tuple[dict[str, bytes], ...]:
    from tests.draw.samples import archive

    # Those whose luck is numbers: to prove that of the beacon takes half a second, whatever else was changed.
    return archive(algorithm="rfc3797"), archive(mechanism="quiz+draw", algorithm="rfc3797"), archive(mechanism="jury", algorithm="rfc3797")


def seeds() -> list[bytes]:
    """Return each file of each archive."""
    return [
        bytes([16 * number + place]) + files[name] for number, files in enumerate(_archives()) for place, name in enumerate(sorted(files))
    ]


def one(raw: bytes) -> None:
    """Prove an archive in which a file is what follows the first byte, which says of which archive and in the place of which file."""
    head, content = (raw[0], raw[1:]) if raw else (0, b"")
    files = dict(_archives()[(head >> 4) % len(_archives())])
    names = sorted(files)
    changed = names[(head & 15) % len(names)]
    is_same = files[changed] == content
    files[changed] = content
    proved = prove(files)
    assert list(CHECKS) == [one.name for one in proved]
    assert all(one.found for one in proved)
    # Nothing that was published can be another byte, and every check content.
    assert is_same or any(one.is_right is False for one in proved), changed
    try:
        values = values_in(content)
    except NotCanonical:
        return
    assert canonical(values) == content
    is_sealed(content)
