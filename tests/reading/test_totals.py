"""The counts beside a bundle: one value, one text, and no room for anything about a member."""

import json
from dataclasses import replace
from datetime import timedelta

import pytest
from tests.cases import for_each
from tests.frozen import archive, letter, totals

from handbill.reading.bundles import compared, read_archive
from handbill.reading.totals import NoTotals, totals_in, totals_path, totals_text

SENT = totals(letter(1, digest="ab" * 32))
RAW = totals_text(SENT)


def changed(**changes):
    """Return the text with some keys set, written in the same way."""
    return (json.dumps({**json.loads(RAW), **changes}, indent=1, sort_keys=True) + "\n").encode()


def counted(**changes):
    return changed(counts={**json.loads(RAW)["counts"], **changes})


def test_counts_are_read_as_they_are_written():
    """The file is committed: the same ledger must give the same bytes."""
    assert SENT == totals_in(RAW)
    assert RAW == totals_text(totals_in(RAW))
    assert replace(SENT, ended=None) == totals_in(totals_text(replace(SENT, ended=None)))


def test_the_file_says_what_it_counts_in_words():
    """Somebody without the program has to understand it, in ten years."""
    assert {
        "format": 1,
        "letter": "main",
        "number": 1,
        "digests": {"fr": "ab" * 32},
        "way": "smtp",
        "began": "2026-03-12T17:00Z",
        "ended": "2026-03-12T17:09Z",
        "counts": {"asked": 412, "accepted": 402, "deferred": 0, "bounced": 6, "ambiguous": 1, "suppressed": 3, "left": 0},
    } == json.loads(RAW)


@for_each(
    "raw",
    [
        pytest.param(changed(note="ada@lettre.example"), id="a foreign key"),
        pytest.param(counted(Ada=1), id="a foreign count"),
        pytest.param(changed(way="ada@lettre.example"), id="an address where a word belongs"),
        pytest.param(changed(digests={"ada@lettre.example": "ab" * 32}), id="an address where a language belongs"),
        pytest.param(changed(digests={"fr": "ada@lettre.example"}), id="an address where a digest belongs"),
        pytest.param(changed(letter="ada@lettre.example"), id="an address where a letter belongs"),
        pytest.param(changed(digests={}), id="no digest"),
        pytest.param(changed(format=2), id="another format"),
        pytest.param(changed(began="2026-03-12T17:00:31Z"), id="seconds, which could tell one mail from another"),
        pytest.param(changed(began="2026-03-12T18:00+01:00"), id="another zone"),
        pytest.param(changed(ended="2026-03-12T16:59Z"), id="an end before the beginning"),
        pytest.param(counted(accepted=403), id="more than were asked"),
        pytest.param(counted(accepted=-1), id="fewer than none"),
        pytest.param(counted(accepted=402.0), id="a fraction"),
        pytest.param(counted(accepted=True), id="a yes"),
        pytest.param(counted(accepted="402"), id="a text"),
        pytest.param(RAW.replace(b'"number": 1', b'"number": 1,\n "number": 1'), id="a key twice"),
        pytest.param(RAW.replace(b"\n", b"\r\n"), id="other ends of lines"),
        pytest.param(RAW + b"\n", id="a line too many"),
        pytest.param(RAW[:-3], id="half of it"),
        pytest.param(b"<<<<<<< ours\n" + RAW, id="a conflict"),
        pytest.param(b"", id="nothing"),
        pytest.param(b"[]\n", id="a list"),
        pytest.param(b"[" * 9000, id="depth"),
        pytest.param(RAW.replace(b"smtp", "é".encode()), id="a sign that is no ASCII"),
        pytest.param(RAW + b" " * 20_000, id="length"),
    ],
)
def test_whatever_is_not_the_one_text_of_counts_is_refused(raw):
    """The file lies in a public repository; what a member is called must find no place in it."""
    with pytest.raises(NoTotals) as refusal:
        totals_in(raw)

    assert "ada" not in str(refusal.value)


def test_the_counts_lie_beside_the_bundle_and_belong_to_all_its_languages():
    """A member gets one of them, and nobody adds up two files."""
    assert "newsletters/archive/12.totals.json" == totals_path("main", 12)
    assert "newsletters/archive/agenda-3.totals.json" == totals_path("agenda", 3)


@pytest.fixture
def hub(tmp_path):
    """A hub whose first letter, in two languages, was sent."""
    english = letter(1, lang="en", name="1.en", item="issue:1.en", address="/en/newsletters/1/")
    one, other, _ = archive(tmp_path, letter(1), english, letter(2))
    (tmp_path / totals_path("main", 1)).write_bytes(totals_text(totals(one, digests={"fr": one.digest, "en": other.digest})))
    return tmp_path


def test_the_archive_knows_what_became_of_a_letter_in_each_of_its_languages(hub):
    """The pages and the status show it."""
    found = read_archive(hub)

    assert () == found.problems
    assert ["1"] == list(found.totals)
    assert {"issue:1": 402, "issue:1.en": 402, "issue:2": 0} == {
        name: one.totals.counts["accepted"] if one.totals else 0 for name, one in compared(found, (), {}).items()
    }


@pytest.mark.parametrize(
    ("expected", "name", "change"),
    [
        ([("", "HB456")], "1", lambda _: b"{}"),
        ([("", "HB457")], "2", lambda raw: raw),
        ([("digests.en", "HB457")], "1", lambda raw: totals_text(replace(totals_in(raw), digests={**totals_in(raw).digests, "en": "00" * 32}))),
        ([("digests.de", "HB457")], "1", lambda raw: totals_text(replace(totals_in(raw), digests={**totals_in(raw).digests, "de": "00" * 32}))),
    ],
)  # fmt: skip
def test_counts_that_belong_to_other_bytes_are_told_and_not_used(hub, expected, name, change):
    """Counts beside the wrong letter would say that it was sent, and nobody would send it."""
    file = hub / totals_path("main", 1)
    raw = file.read_bytes()
    file.unlink()
    (hub / totals_path("main", int(name))).write_bytes(change(raw))

    found = read_archive(hub)

    assert expected == [(one.field, one.code) for one in found.problems]
    assert {} == found.totals


def test_counts_beside_a_damaged_letter_are_not_blamed(hub):
    """One fault is told once: the one that has to be mended."""
    (hub / "newsletters/archive/1.en/manifest.json").write_bytes(b"{}")

    assert ["HB441"] == [one.code for one in read_archive(hub).problems]


def test_a_folder_or_a_link_under_the_name_of_counts_is_foreign(hub):
    """A link could show any file of the machine to the world."""
    (hub / totals_path("main", 2)).symlink_to("/etc/hostname")

    assert ["HB442"] == [one.code for one in read_archive(hub).problems]


def test_a_minute_is_the_finest_that_is_told():
    """Seconds beside a small count could be matched with a mailbox."""
    later = replace(SENT, ended=SENT.began + timedelta(seconds=59))

    assert totals_text(replace(SENT, ended=SENT.began)) == totals_text(later)
