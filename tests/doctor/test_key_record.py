"""Keys in DNS, good and bad, judged as RFC 6376 and RFC 8301 say."""

import base64

import pytest
from tests.sending.dkim_keys import PRIMES, key_file

from handbill.doctor.answers import NOBODY_ASKED, read_answers
from handbill.doctor.key_record import judge_key, name_of, strings_of
from handbill.sending.signing import _public, read_key

NAME = "lettre2026._domainkey.essai.example"


def public(bits: int) -> str:
    p, q = PRIMES[bits]
    return base64.b64encode(_public({"modulus": p * q, "publicExponent": 65537})).decode()


RSA = public(2048)
SMALL = base64.b64encode(_public({"modulus": (1 << 511) + 1, "publicExponent": 65537})).decode()
#: The key alone, as the standard has it; most put more around it.
BARE = base64.b64encode(base64.b64decode(RSA)[24:]).decode()


def judged(*records: str, key=None):
    lines = [f"{NAME}. 60 IN TXT {strings_of(record)}" for record in records] or [f";{NAME}. IN TXT"]
    return [(one.state, str(one.found)) for one in judge_key(NAME, read_answers("\n".join(lines), "essai.example"), key)]


@pytest.mark.parametrize(
    "record",
    [
        f"v=DKIM1; k=rsa; p={RSA}",
        f"p={RSA}",
        f"v=DKIM1; h=sha1:sha256; s=email; t=s; n=note; p={RSA};",
        f"v=DKIM1; p={RSA[:80]} {RSA[80:]}",
        f"p={BARE}",
    ],
    ids=["as we print it", "the key alone", "all tags", "with a space", "the bare form"],
)
def test_a_good_key_is_called_good_and_known_as_ours(record, tmp_path):
    """A record that was copied well must not send anybody back to the provider."""
    assert ["ok"] == [state for state, _ in judged(record)]
    assert "our own key" in judged(record, key=read_key(key_file(tmp_path)))[0][1]


BAD = {
    "nothing": ((), "missing", "no key"),
    "two": ((f"p={RSA}", f"v=DKIM1; p={RSA}"), "missing", "2 texts"),
    "withdrawn": (("v=DKIM1; p=",), "missing", "withdrawn"),
    "cut": ((f"v=DKIM1; p={RSA[:200]}",), "missing", "cannot be read"),
    "no base64": (("v=DKIM1; p=§§",), "missing", "cannot be read"),
    "short": ((f"v=DKIM1; p={SMALL}",), "missing", "512 bits"),
    "another version": ((f"v=DKIM2; p={RSA}",), "missing", "v=DKIM1"),
    "version not first": ((f"k=rsa; v=DKIM1; p={RSA}",), "missing", "v=DKIM1"),
    "another sort": ((f"v=DKIM1; k=dsa; p={RSA}",), "missing", "dsa"),
    "another digest": ((f"v=DKIM1; h=sha1; p={RSA}",), "missing", "SHA-256"),
    "another use": ((f"v=DKIM1; s=tlsrpt; p={RSA}",), "missing", "not for mail"),
    "twice": ((f"v=DKIM1; p={RSA}; p=",), "missing", "twice"),
    "small": ((f"v=DKIM1; p={public(1024)}",), "warning", "1024 bits"),
    "testing": ((f"v=DKIM1; t=y:s; p={RSA}",), "warning", "t=y"),
    "another curve": (("v=DKIM1; k=ed25519; p=11qYAYKxCrfVS/7TyWQHOg7hcvPapiMlrwIaaPcHURo=",), "warning", "Ed25519"),
}


@pytest.mark.parametrize(("records", "state", "found"), BAD.values(), ids=BAD)
def test_a_bad_key_is_told_with_what_is_wrong(records, state, found):
    """Receivers say no more than “fail”."""
    assert any(one == state and found in text for one, text in judged(*records)), judged(*records)


def test_another_key_than_ours_is_a_fault(tmp_path):
    """An old key left in DNS makes every mail fail."""
    ours = read_key(key_file(tmp_path))

    assert ["missing"] == [state for state, _ in judged(f"v=DKIM1; p={public(1024)}", key=ours)]


def test_no_string_is_longer_than_dns_allows(tmp_path):
    """A key of 2048 bits does not fit into one string, and panels cut what is too long."""
    record = read_key(key_file(tmp_path)).record
    written = strings_of(record)

    assert 2 == written.count('" "') + 1
    assert max(map(len, written.strip('"').split('" "'))) <= 255
    assert (record,) == read_answers(f"{NAME}. IN TXT {written}", "").at(NAME)


def test_nothing_is_said_where_nobody_asked():
    """A record that was not looked up is neither good nor bad."""
    assert [] == list(judge_key(name_of("lettre2026", "essai.example"), NOBODY_ASKED, None))
