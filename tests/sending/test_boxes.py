"""Boxes of returned mails: what is in them, in which form they ever come, and nothing else."""

import mailbox
import os

import pytest
from tests.sending.returned_mails import ADA, BOB, failed

from handbill.errors import MachineLacks, WrongUse
from handbill.sending.boxes import LONGEST, check_outside, mails_in
from handbill.sending.reports import report_in

ONE, TWO = failed(ADA), failed(BOB)


def test_a_file_of_one_mail_is_that_mail(tmp_path):
    """Webmail saves a message so."""
    (tmp_path / "a.eml").write_bytes(ONE)

    assert [ONE] == list(mails_in(tmp_path / "a.eml"))


def test_a_folder_of_files_is_read_in_the_order_of_their_names(tmp_path):
    """The same folder gives the same result everywhere."""
    for name, raw in (("b.eml", TWO), ("a.eml", ONE), (".DS_Store", b"x"), ("empty.eml", b"")):
        (tmp_path / name).write_bytes(raw)
    (tmp_path / "deeper").mkdir()

    assert [ONE, TWO] == list(mails_in(tmp_path))


def test_a_maildir_as_the_standard_library_writes_it_is_read(tmp_path):
    """Servers deliver so."""
    box = mailbox.Maildir(tmp_path / "retours")
    box.add(ONE)
    seen = mailbox.MaildirMessage(TWO)
    seen.set_subdir("cur")
    seen.set_flags("S")
    box.add(seen)
    (tmp_path / "retours" / "tmp" / "half").write_bytes(b"From: half of a mail")

    assert {ADA, BOB} == {address for raw in mails_in(tmp_path / "retours") for address in report_in(raw).recipients}


def test_a_mail_that_a_mail_program_moves_meanwhile_is_still_read(tmp_path):
    """Somebody has the box open while the results are read."""
    box = mailbox.Maildir(tmp_path / "box")
    for raw in (ONE, TWO):
        box.add(raw)
    (tmp_path / "box" / "cur" / "another").write_bytes(b"Merci")
    second = max((tmp_path / "box" / "new").iterdir())
    mails = mails_in(tmp_path / "box")
    found = [next(mails)]

    second.rename(tmp_path / "box" / "cur" / f"{second.name}:2,S")
    found += mails

    # The one that moved is met a second time where it is now, which does no harm.
    assert 4 == len(found)
    assert {ADA, BOB} == {address for raw in found for address in report_in(raw).recipients}


@pytest.mark.parametrize("end", [b"\r\n", b"\n"])
def test_an_mbox_as_the_standard_library_writes_it_is_read(tmp_path, end):
    """Mail programs export so, and put ">" before lines that would begin another mail."""
    box = mailbox.mbox(tmp_path / "retours")
    for raw in (ONE, TWO + b"\r\n\r\nFrom here on it is text\r\n>From there too\r\n"):
        box.add(raw.replace(b"\r\n", end))
    box.close()

    found = [raw.replace(b"\r\n", b"\n").rstrip(b"\n") for raw in mails_in(tmp_path / "retours")]

    assert [ONE.replace(b"\r\n", b"\n").rstrip(b"\n")] == found[:1]
    assert 2 == len(found)
    assert found[1].endswith(b"From here on it is text\n>From there too")
    assert (BOB,) == report_in(found[1]).recipients


def test_a_line_from_within_a_paragraph_begins_no_mail(tmp_path):
    """Not every program puts a ">" there."""
    (tmp_path / "retours").write_bytes(b"From a@b\nSubject: x\n\nHello\nFrom here\n")

    assert [b"Subject: x\n\nHello\nFrom here\n"] == list(mails_in(tmp_path / "retours"))


def test_of_a_mail_without_end_the_beginning_is_taken(tmp_path):
    """A box is open to everybody; its largest mail must not fill the memory."""
    (tmp_path / "one.eml").write_bytes(ONE + b"x" * 3_000_000)
    (tmp_path / "box").write_bytes(b"From a@b\n" + ONE + b"x" * 3_000_000 + b"\n\nFrom a@b\n" + TWO)

    one, many = list(mails_in(tmp_path / "one.eml")), list(mails_in(tmp_path / "box"))

    assert [LONGEST] == [len(raw) for raw in one]
    assert LONGEST + 100_000 > len(many[0])
    assert [(ADA,), (ADA,), (BOB,)] == [report_in(raw).recipients for raw in (*one, *many)]


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="there are no such things on Windows")
def test_pipes_and_links_in_a_box_are_left_alone(tmp_path):
    """A pipe would wait for ever; a link could lead anywhere."""
    os.mkfifo(tmp_path / "a")
    (tmp_path / "b").symlink_to("/etc/hostname")

    assert [] == list(mails_in(tmp_path))


def test_an_empty_box_holds_nothing(tmp_path):
    """Nobody has written: that is the good case."""
    (tmp_path / "box").write_bytes(b"")

    assert [] == list(mails_in(tmp_path / "box"))


@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() == 0, reason="root may read everything")
def test_a_box_that_may_not_be_read_is_told(tmp_path):
    """Half of a box would give wrong counts in silence."""
    (tmp_path / "box").write_bytes(ONE)
    (tmp_path / "box").chmod(0)

    with pytest.raises(MachineLacks, match="cannot be read"):
        list(mails_in(tmp_path / "box"))


def test_a_mail_that_is_gone_before_it_is_read_is_told(tmp_path):
    """The same, where everybody may read everything."""
    for name in ("a", "b"):
        (tmp_path / name).write_bytes(ONE)
    mails = mails_in(tmp_path)
    next(mails)
    (tmp_path / "b").unlink()

    with pytest.raises(MachineLacks, match="b: cannot be read"):
        next(mails)


def test_returned_mails_are_kept_out_of_the_repository(tmp_path):
    """They name members; a commit would publish them."""
    hub = tmp_path / "hub"
    (hub / "retours").mkdir(parents=True)
    (tmp_path / "retours").mkdir()
    (tmp_path / "other").symlink_to(hub / "retours")

    check_outside((tmp_path / "retours",), hub)
    for path in (hub / "retours", tmp_path / "other", hub):
        with pytest.raises(WrongUse, match="outside the repository"):
            check_outside((path,), hub)
    with pytest.raises(WrongUse, match="no such file"):
        check_outside((tmp_path / "nowhere",), hub)
