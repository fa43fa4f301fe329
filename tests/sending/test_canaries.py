"""The search for members finds what it looks for; otherwise its silence would prove nothing."""

import base64
import gzip
import hashlib
import html
import io
import json
import quopri
import sqlite3
import zipfile
from email.header import Header
from urllib.parse import quote

import pytest
from tests.doctor.repositories import git, needs_git
from tests.sending.canaries import MEMBERS, files_below, found_in, history, traces, words

FORMS = {
    "plain": lambda one: f"a <{one}> b".encode(),
    "upper case": lambda one: one.upper().encode(),
    "half of it": lambda one: one.partition("@")[0].encode(),
    "the other half": lambda one: one.partition("@")[2].encode("idna"),
    "quoted-printable": lambda one: quopri.encodestring(f"é {one}".encode()),
    "quoted-printable, every sign": lambda one: "".join(f"={byte:02X}" for byte in one.encode()).encode(),
    "quoted-printable, cut": lambda one: one[:7].encode() + b"=\r\n" + one[7:].encode(),
    "base64": lambda one: base64.b64encode(one.encode()),
    "base64, moved by one": lambda one: base64.b64encode(f"<{one}>".encode()),
    "base64, moved by two": lambda one: base64.b64encode(f"a <{one}> ".encode()),
    "base64, in lines": lambda one: base64.encodebytes(f"{'x' * 53}{one}{'y' * 80}".encode()),
    "base64, for addresses": lambda one: base64.urlsafe_b64encode(f"?{one}".encode()),
    "header in another charset": lambda one: Header(f"é {one}", "utf-8").encode().encode(),
    "header in Latin-1": lambda one: Header(f"é {one}", "iso-8859-1").encode().encode(),
    "percent signs": lambda one: f"https://essai.example/?{quote(one, safe='')}".encode(),
    "percent signs, every sign": lambda one: "".join(f"%{byte:02x}" for byte in one.encode()).encode(),
    "hexadecimal": lambda one: one.lower().encode().hex().encode(),
    "hexadecimal, upper case": lambda one: one.lower().encode().hex().upper().encode(),
    "UTF-16": lambda one: one.encode("utf-16"),
    "UTF-16, the other way round": lambda one: one.encode("utf-16-be"),
    "HTML": lambda one: "".join(f"&#{ord(sign)};" for sign in one).encode(),
    "HTML, hexadecimal": lambda one: html.escape(one).replace("@", "&#x40;").replace("-", "&#x2d;").encode(),
    "JSON": lambda one: json.dumps({"x": one}).replace("@", "\\u0040").encode(),
    "backslashes": lambda one: "".join(f"\\x{byte:02x}" for byte in one.encode()).encode(),
    "a digest": lambda one: hashlib.sha256(one.lower().encode()).hexdigest().encode(),
    "half of a digest": lambda one: hashlib.sha1(one.encode(), usedforsecurity=False).hexdigest()[:20].encode(),
    "a digest as bytes": lambda one: b"\x00" + hashlib.md5(one.lower().encode(), usedforsecurity=False).digest(),
    "gzip": lambda one: gzip.compress(f"x {one}".encode()),
}


def zipped(one: str) -> bytes:
    """Return a zip file that holds an address."""
    whole = io.BytesIO()
    with zipfile.ZipFile(whole, "w", zipfile.ZIP_DEFLATED) as packed:
        packed.writestr("a/b.txt", f"x {one}")
    return whole.getvalue()


@pytest.mark.parametrize("form", [*FORMS, "zip"])
def test_a_member_is_found_in_every_form(form, tmp_path):
    """A search that knows plain text alone would miss a mail in base64, and say that all is well."""
    for place, address in enumerate(MEMBERS):
        (tmp_path / f"{place}.bin").write_bytes(zipped(address) if form == "zip" else FORMS[form](address))

    found = {one.split(".bin")[0] for one in traces(files_below(tmp_path))}

    assert {str(place) for place in range(len(MEMBERS))} == found


def test_a_member_is_found_in_the_name_of_a_file(tmp_path):
    """A folder of outgoing mails is tempted to call them after those who get them."""
    (tmp_path / f"{next(iter(words()))}.eml").write_bytes(b"")

    assert len(traces(files_below(tmp_path))) == 1


def test_a_member_is_found_in_a_database_from_which_it_was_deleted(tmp_path):
    """SQLite leaves what was deleted in its pages until they are used again."""
    with sqlite3.connect(tmp_path / "x.sqlite3") as ledger:
        ledger.execute("PRAGMA secure_delete = OFF")
        ledger.execute("CREATE TABLE member (address TEXT)")
        ledger.executemany("INSERT INTO member VALUES (?)", [(one,) for one in MEMBERS])
        ledger.commit()
        ledger.execute("DELETE FROM member")
    ledger.close()

    assert traces(files_below(tmp_path))


@needs_git
@pytest.mark.parametrize("left", ["in a commit", "deleted since", "in no commit", "in a message"])
def test_a_member_is_found_anywhere_in_version_history(left, tmp_path):
    """What was once in a public history is there for ever, whatever the newest commit looks like."""
    address = next(iter(MEMBERS))
    git(tmp_path, "init", "-q")
    (tmp_path / "a.txt").write_text("a\n" if left == "in a message" else f"a {address}\n", encoding="utf-8")
    if left == "in no commit":
        git(tmp_path, "hash-object", "-w", "a.txt")
    else:
        git(tmp_path, "add", "a.txt")
        git(tmp_path, "commit", "-q", "-m", f"for {address}" if left == "in a message" else "one")
    if left == "deleted since":
        (tmp_path / "a.txt").write_text("b\n", encoding="utf-8")
        git(tmp_path, "commit", "-q", "-a", "-m", "two")
        git(tmp_path, "gc", "-q")

    assert traces(history(tmp_path))


def test_nobody_is_found_where_nobody_is():
    """A search that finds something everywhere would be switched off."""
    from tests.hubs import VILLAGE

    assert [] == traces(files_below(VILLAGE))
    assert set() == found_in(b"Quetzal, Ambre, yttrium, falaise: words that a letter may hold.")
