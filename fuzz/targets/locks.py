"""Any bytes as a book that the build keeps, or as the manifest of a letter: read, and written again as what was read; or told."""

from __future__ import annotations

from dataclasses import replace

from fuzz.room import as_file

from handbill.reading.history import read_lock
from handbill.reading.ledger import ledger_text, read_ledger
from handbill.reading.manifest import NoManifest, manifest_of, read_manifest
from handbill.reading.promises import lock_text, read_promises

SEEDS = ("calendars.lock", "addresses.lock", "history.lock", "tests/sites/*/*.lock", "newsletters/archive/**/manifest.json", "tests/sites/kept/newsletters/archive/**/*.json")  # fmt: skip
WORDS = ("host ", "\t", "-\t", "told\t", "gone\t", "<<<<<<< a\n", "=======\n", ">>>>>>> b\n", "2026-05-01T10:00:00Z", "Europe/Paris", "2026-05-01T10:00:00+02:00", '"format": 1', '"dates": [', "/media/a.png", '"sha256": "', "../", "\x85", "\u2028")  # fmt: skip


def one(raw: bytes) -> None:
    """Read *raw* as each of them."""
    root = as_file("calendars.lock", raw).parent
    as_file("addresses.lock", raw)
    as_file("history.lock", raw)
    ledger, problems = read_ledger(root)
    assert all(one.found and one.wanted for one in problems)
    # Whoever writes a ledger has a host.
    ledger = replace(ledger, host=ledger.host or "essai.example")
    as_file("calendars.lock", ledger_text(ledger).encode("utf-8"))
    again, none = read_ledger(root)
    assert not none, [str(one) for one in none]
    assert set(again.records) == set(ledger.records)
    assert ledger_text(again) == ledger_text(ledger)
    promises, problems = read_promises(root)
    assert all(one.found and one.wanted for one in problems)
    as_file("addresses.lock", lock_text(promises).encode("utf-8"))
    kept, none = read_promises(root)
    assert not none, [str(one) for one in none]
    assert set(kept) == set(promises)
    read_lock(root)
    try:
        frozen = read_manifest(raw, "1-fr", "0" * 64)
    except NoManifest as refusal:
        assert str(refusal)
    else:
        written = manifest_of(frozen)
        assert manifest_of(read_manifest(written, "1-fr", "0" * 64)) == written
