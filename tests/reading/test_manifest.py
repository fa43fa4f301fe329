"""A frozen letter and its one text."""

import json
from dataclasses import replace

import pytest
from tests.frozen import letter, occurrence

from handbill.hub.frozen import Chosen, Told
from handbill.reading.manifest import NoManifest, manifest_of, read_manifest


def test_a_manifest_reads_back_as_the_letter_that_was_written():
    """What was told is compared years later; a field lost on the way would be forgotten for ever."""
    whole = letter(before=("0", "ab" * 32), digest="d")

    assert whole == read_manifest(manifest_of(whole), "1", "d")


@pytest.mark.parametrize(
    "made",
    [
        lambda: occurrence("2026-10-25 02:30", "2026-10-25 04:00"),
        lambda: replace(occurrence(), starts=occurrence("2026-10-25 02:30").starts.replace(fold=1)),
        lambda: occurrence(status="cancelled", note="Le pianiste est grippé.", original=occurrence("2026-04-04 14:00").starts),
        lambda: replace(occurrence(), starts=occurrence().starts.date(), ends=occurrence().ends.date()),
    ],
    ids=["the hour that comes twice", "its second time", "moved", "a whole day"],
)
def test_every_sort_of_date_comes_back_as_it_was(made):
    """The hour that comes twice, a whole day, a date that was moved: each is something that members were told."""
    # Made here and not when tests are collected: of an hour that comes twice, two moments are equal in one and the
    # same zone only, and another test may have read all zones anew meanwhile.
    when = made()
    whole = letter(chosen=(Chosen(2, {"show": "events"}, (Told("event:a", "A", "/a/", (when, occurrence())),)),), digest="d")

    found = read_manifest(manifest_of(whole), "1", "d").chosen[0].entries[0].dates[0]
    assert (when, when.begins.utcoffset()) == (found, found.begins.utcoffset())


def test_a_manifest_is_the_same_bytes_whatever_the_order_in_which_it_is_made():
    """A reviewer sees a difference only where something differs."""
    one = letter()
    other = replace(one, inputs=replace(one.inputs, program=dict(reversed(one.inputs.program.items()))))

    assert manifest_of(one) == manifest_of(other)
    assert manifest_of(one).endswith(b"\n}\n")
    assert b"\r" not in manifest_of(one)
    assert "Numéro 1 : l’été".encode() in manifest_of(one)


@pytest.mark.parametrize(
    ("old", "new"),
    [
        (b'"number": 1', b'"number": 2, "number": 1'),
        (b'"number": 1', b'"number": true'),
        (b'"number": 1', b'"number": "1"'),
        (b'"format": 1', b'"format": 2'),
        (b"Europe/Paris]", b"Europe/Nowhere]"),
        ("é".encode(), b"\xff"),
        (b'"lang": "fr",', b""),
        (b'"sent": "2026', b'"sent": "x'),
    ],
)
def test_a_text_with_two_meanings_or_none_is_no_manifest(old, new):
    """Of two equal keys a reviewer reads the one and a program the other."""
    raw = manifest_of(letter())
    assert old in raw

    with pytest.raises(NoManifest):
        read_manifest(raw.replace(old, new), "1", "d")


@pytest.mark.parametrize("raw", [b"", b"[]\n", b"null\n", b"{}\n", b"[" * 100_000, b'"x"\n', b"NaN\n"])
def test_whatever_is_no_manifest_is_refused_and_never_crashes(raw):
    """The archive comes with pull requests of strangers."""
    with pytest.raises(NoManifest):
        read_manifest(raw, "1", "d")


def leaves(value, path=()):
    """Yield the path of every value of a manifest."""
    yield path
    pairs = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for key, one in pairs:
        yield from leaves(one, (*path, key))


def with_value(whole, path, value):
    made = json.loads(json.dumps(whole))
    place = made
    for key in path[:-1]:
        place = place[key]
    place[path[-1]] = value
    return made


#: What nobody would write who means well.
ODD = (
    "",
    "../../etc",
    "/index.html",
    "/x/../a.png",
    "0" * 64,
    "2026-13-01",
    "9" * 30,
    -1,
    10**30,
    1.5,
    True,
    None,
    [],
    [[]],
    {},
    {"a": 1},
    ["x"],
    "\ud800",
    "\0",
)


def test_a_manifest_of_a_stranger_is_read_or_refused_and_never_crashes():
    """It comes with a pull request, and its digest with it: whoever forges one can forge the other."""
    whole = json.loads(manifest_of(letter()))
    read = refused = 0
    for path in list(leaves(whole))[1:]:
        for odd in ODD:
            raw = json.dumps(with_value(whole, path, odd)).encode("utf-8")
            try:
                found = read_manifest(raw, "1", "d")
            except NoManifest:
                refused += 1
                continue
            read += 1
            for one in found.pictures:
                assert one.address.endswith(".png")
                assert ".." not in one.address
                assert one.file in found.files
            for section in found.chosen:
                assert isinstance(section.show, str)
                assert all(when.begins.tzinfo and when.finishes.tzinfo for entry in section.entries for when in entry.dates)
            assert found.sent.tzinfo is not None

    assert 200 < read < refused


def test_a_manifest_holds_no_clock_and_no_machine():
    """Two people who freeze the same letter must get the same bytes."""
    told = json.loads(manifest_of(letter()))

    expected = {
        "format",
        "letter",
        "number",
        "lang",
        "item",
        "page",
        "base_url",
        "subject",
        "sent",
        "chosen",
        "links",
        "pictures",
        "files",
        "inputs",
        "previous",
    }
    assert expected == set(told)
    assert {"issue", "items", "record", "settings", "theme", "program", "engines", "requirements"} == set(told["inputs"])
