"""What is opened of a zip file that a stranger's job left, and the shapes that are refused."""

from __future__ import annotations

import io
import random
import zipfile
from time import process_time

import pytest
from tests.cases import for_each
from tests.forge.github import zip_of
from tests.forge.poison import GOOD, MORE, SHAPES, File, named, zipped

from handbill.forge.artifact import Limits, Poisoned, opened

LIMITS = Limits(files=5_000, file=16 << 20, whole=16 << 20)


def every(name: str) -> bool:
    """Want all files but those of a sort that has no business there."""
    if name.endswith(".zip"):
        raise Poisoned("is not wanted")
    return True


@for_each("shape", SHAPES)
def test_a_poisoned_artifact_is_refused_with_its_reason(shape):
    """The job that opens it may write comments and sites; the one that left it ran what anybody proposed."""
    make, reason = SHAPES[shape]
    raw = make()
    before = process_time()
    with pytest.raises(Poisoned, match=reason) as told:
        opened(raw, every, LIMITS)

    assert 1 == told.value.exit_code
    assert process_time() - before < 2, "refusing must cost less than sending"
    assert str(told.value).isprintable(), "a name must not begin a line of its own in a log"


def test_there_are_more_than_forty_shapes():
    """The figure that the security policy names."""
    assert 40 <= len(SHAPES)


@pytest.mark.parametrize("method", [zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED])
def test_what_a_plain_packer_writes_is_opened(method):
    """Every honest proposal comes this way."""
    files = {"review.json": b"{}" * 100, "letters/12/mail.html": "é".encode() * 50, "été/page.html": b"", "style.css": b"a{}"}
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", method) as archive:
        for name, content in files.items():
            archive.writestr(name, content)

    assert files == opened(target.getvalue(), every)


@pytest.mark.parametrize("signature", [b"PK\x07\x08", b""])
def test_sizes_behind_the_data_are_read_as_the_upload_of_an_artifact_writes_them(signature):
    """It streams: when a file begins, nobody knows yet how long it will be."""
    import struct
    import zlib

    content = b"{}" * 300
    pressed = zlib.compressobj(9, zlib.DEFLATED, -15)
    packed = pressed.compress(content) + pressed.flush()
    after = signature + struct.pack("<III", zlib.crc32(content), len(packed), len(content))

    assert {"review.json": content, "review.md": b"# ok"} == opened(
        zipped(File(b"review.json", content, flags=8, descriptor=after), MORE), every
    )


def test_a_folder_of_its_own_is_passed_over():
    """Some packers list them."""
    assert {"a/b.txt": b"x"} == opened(zipped(File(b"a/", b"", method=0, mode=0o040755), File(b"a/b.txt", b"x")), every)


def test_an_empty_artifact_is_one():
    """A job that found nothing leaves it."""
    assert {} == opened(zip_of({}), every)


def test_what_nobody_wants_is_not_unpacked():
    """A page of the pack may be as large as it likes: only the record is read."""
    assert {"review.json": b"{}"} == opened(
        zipped(GOOD, File(b"review.html", b" " * (64 << 20))), lambda name: name == "review.json", LIMITS
    )


def test_all_together_may_not_be_more_than_allowed():
    """A thousand files that are each small enough are not."""
    many = [File(b"%d.txt" % n, bytes([n]) * 1000) for n in range(20)]
    with pytest.raises(Poisoned, match="at most"):
        opened(zipped(*many), every, Limits(whole=10_000))


def test_a_name_of_a_stranger_is_shown_without_what_it_hides():
    """A log reads lines that begin with two colons as orders."""
    with pytest.raises(Poisoned) as told:
        opened(named(b"x\n::add-mask::" + b"y" * 300)(), every)
    assert "\n" not in str(told.value)

    with pytest.raises(Poisoned, match=r"“x<U\+202E>gnp\.js”"):
        opened(named("x\u202egnp.js".encode())(), every)


def test_whatever_is_changed_in_a_good_one_leaves_it_right_or_refused():
    """Nobody thinks of every shape: 3,000 random ones must end in the same two ways."""
    files = {"review.json": b'{"pages": []}' * 30, "letters/12/mail.txt": b"Bonjour\n" * 20}
    raw = zip_of(files)
    chance = random.Random(9)
    for _ in range(3_000):
        wrong = bytearray(raw)
        for _ in range(chance.choice((1, 1, 2, 8))):
            wrong[chance.randrange(len(wrong))] = chance.choice((0, 1, 0xFF, 0x2E, 0x2F, chance.randrange(256)))
        if chance.random() < 0.2:
            del wrong[chance.randrange(len(wrong)) :]
        try:
            found = opened(bytes(wrong), every, LIMITS)
        except Poisoned:
            continue
        # What is named may be another; what it holds was summed.
        assert sorted(found.values()) == sorted(files.values())
