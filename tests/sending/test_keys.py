"""What stands for a member: the same for one person, another for everybody else, and nothing without the key file."""

from __future__ import annotations

import hashlib
import multiprocessing
import os
import re
import sys

import pytest

from handbill.errors import MachineLacks
from handbill.outputs.mail.record import TOKEN
from handbill.sending.keys import KEY, is_token, member_key, secret_of, token_of

SECRET = bytes(range(32))
OTHER = bytes(range(1, 33))


@pytest.mark.parametrize("written", ["Ada@Lettre.example", "ADA@LETTRE.EXAMPLE", " ada@lettre.example\u00a0"])
def test_every_spelling_of_an_address_is_one_member(written):
    """Whoever left as `Ada@` must not get the next letter as `ada@`."""
    assert member_key(SECRET, "ada@lettre.example") == member_key(SECRET, written)


def test_a_domain_is_the_same_in_its_own_letters_and_in_ascii():
    """Servers send the ASCII form back; the list may hold the other."""
    assert member_key(SECRET, "ada@xn--t-9fab.example") == member_key(SECRET, "ada@ÉTÉ.example")


@pytest.mark.parametrize("strange", ["", "@", "no address", "a@b@c", "\ud800@x.example", "ada@-.example", "аda@été.example"])
def test_what_is_no_address_has_a_key_that_is_nobodys(strange):
    """Returned mails name the strangest things; looking them up must find nobody, and stop nothing."""
    assert 16 == len(member_key(SECRET, strange))
    assert member_key(SECRET, strange) != member_key(SECRET, "ada@lettre.example")


def test_without_the_key_file_an_address_cannot_be_looked_up():
    """A ledger that is stolen alone tells nobody's name, even to whoever guesses."""
    key = member_key(SECRET, "ada@lettre.example")

    assert key != member_key(OTHER, "ada@lettre.example")
    assert key not in {hashlib.new(how, b"ada@lettre.example").digest()[:16] for how in ("md5", "sha1", "sha256", "blake2b")}


def test_a_token_is_of_one_letter_and_one_member():
    """Leaving one letter must not leave another, nor tell two letters' readers to be one person."""
    tokens = {
        token_of(secret, letter, member_key(secret, address))
        for secret in (SECRET, OTHER)
        for letter in ("main", "agenda")
        for address in ("ada@lettre.example", "eve@lettre.example")
    }

    assert 8 == len(tokens)
    assert all(is_token(token) for token in tokens)


def test_a_token_fits_where_the_letter_keeps_room_for_it():
    """Sending replaces it in built bytes; one sign more would move all that follows."""
    token = token_of(SECRET, "main", member_key(SECRET, "ada@lettre.example"))

    assert len(TOKEN) == len(token)
    assert re.fullmatch("[a-z0-9]+", token)
    assert not is_token(TOKEN)
    assert not is_token(token.upper())


def test_no_two_of_many_members_share_a_key_or_a_token():
    """A shared token would let one member unsubscribe another.

    20,000 here; `python -m tests.sending.many_members tokens` tries a million.
    """
    keys = [member_key(SECRET, f"m{n}@lettre.example") for n in range(20_000)]

    assert 20_000 == len(set(keys)) == len({token_of(SECRET, "main", key) for key in keys})


def test_the_key_is_made_once_and_read_ever_after(tmp_path):
    """Another key would make strangers of all members: each would get the letter again."""
    folder = tmp_path / "lettre"
    secret = secret_of(folder)

    assert secret == secret_of(folder)
    assert 32 == len(secret)
    assert [KEY] == [file.name for file in folder.iterdir()]
    assert secret != secret_of(tmp_path / "autre")


@pytest.mark.skipif(os.name != "posix", reason="Windows tells owners and rights otherwise")
def test_nobody_else_may_read_the_key(tmp_path):
    """Who has it can find out from a stolen ledger who reads what."""
    secret_of(tmp_path / "lettre")
    file = tmp_path / "lettre" / KEY

    assert 0o600 == file.stat().st_mode & 0o777
    assert 0o700 == file.parent.stat().st_mode & 0o777
    file.chmod(0o640)
    with pytest.raises(MachineLacks, match="chmod 600"):
        secret_of(tmp_path / "lettre")


@pytest.mark.skipif(os.name != "posix", reason="Windows tells owners and rights otherwise")
def test_the_key_of_another_account_is_refused(tmp_path, monkeypatch):
    """Whoever planted it knows every token."""
    secret_of(tmp_path)
    monkeypatch.setattr(os, "geteuid", lambda: (tmp_path / KEY).stat().st_uid + 1)

    with pytest.raises(MachineLacks, match="another account"):
        secret_of(tmp_path)


@pytest.mark.parametrize("damaged", [b"", b"x" * 31, b"x" * 33])
def test_a_damaged_key_is_refused_and_stays(tmp_path, damaged):
    """To make a new one in its place would send every letter again."""
    (tmp_path / KEY).write_bytes(damaged)
    (tmp_path / KEY).chmod(0o600)

    with pytest.raises(MachineLacks, match="damaged"):
        secret_of(tmp_path)
    assert damaged == (tmp_path / KEY).read_bytes()


def test_a_disk_without_links_holds_a_key_as_well(tmp_path, monkeypatch):
    """A stick in a drawer is a good place for a small community."""

    def refuse(*_):
        raise PermissionError(1, "Operation not permitted")

    monkeypatch.setattr(os, "link", refuse)
    secret = secret_of(tmp_path / "cle")

    assert secret == secret_of(tmp_path / "cle")
    assert [KEY] == [file.name for file in (tmp_path / "cle").iterdir()]


def test_a_key_that_cannot_be_made_is_told(tmp_path):
    """The folder named may be a file, a disk that is full, or another's."""
    (tmp_path / "lettre").write_text("x")

    with pytest.raises(MachineLacks, match="neither be read nor made"):
        secret_of(tmp_path / "lettre")


def _make(folder, told):
    told.put(secret_of(folder))


@pytest.mark.skipif(sys.platform != "linux", reason="forks, to be quick")
def test_of_many_that_make_the_key_at_once_one_makes_it(tmp_path):
    """Two runs started in the same second would otherwise each know the members by other names."""
    context = multiprocessing.get_context("fork")
    told = context.Queue()
    runs = [context.Process(target=_make, args=(tmp_path, told)) for _ in range(8)]
    for run in runs:
        run.start()
    found = {told.get(timeout=30) for _ in runs}
    for run in runs:
        run.join()

    assert {(tmp_path / KEY).read_bytes()} == found
    assert [KEY] == [file.name for file in tmp_path.iterdir()]
