"""Signatures: verified by others, broken by every change that matters, and never made with a key that nobody would trust."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import time
from dataclasses import replace
from pathlib import Path
from random import Random

import dkim
import pytest
from dkim.canonicalization import CanonicalizationPolicy
from tests.hubs import write
from tests.sending.dkim_keys import PRIMES, key_file, pem

from handbill.errors import MachineLacks
from handbill.outputs.mail.record import TOKEN
from handbill.sending.private import Private
from handbill.sending.signing import (
    SEALED,
    SIGNED,
    UNSUBSCRIBE,
    Key,
    Unsignable,
    domain_of,
    public_of,
    read_key,
    relaxed,
    signatures_of,
    signer_of,
    signing,
    unsigned,
    verified,
)
from handbill.settings import Settings, read_settings

ARCHIVE = Path(__file__).resolve().parents[2] / "newsletters" / "archive"
LETTERS = sorted(ARCHIVE.glob("*/mail.eml"))
DOMAIN = "atelier-garonne.example"
SELECTOR = "lettre2026"

HUB = """\
[hub]
name = "Essai"
base_url = "https://essai.example/"
lang = "fr"
[mail]
sender = "Essai <lettre@Essai.example>"
unsubscribe = "https://essai.example/adieu/{token}"
postal_address = "1 rue du Puits, 33000 Bordeaux"
"""


@pytest.fixture(scope="module")
def key(tmp_path_factory: pytest.TempPathFactory) -> Key:
    return read_key(key_file(tmp_path_factory.mktemp("key")))


@pytest.fixture(scope="module")
def mail() -> bytes:
    return LETTERS[0].read_bytes().replace(TOKEN.encode(), b"k7" * (len(TOKEN) // 2))


@pytest.fixture(scope="module")
def signed(key: Key, mail: bytes) -> bytes:
    return signing(key, SELECTOR)(mail)


def settings_with(folder: Path, selector: str = "") -> Settings:
    sending = f'[sending]\ndkim_selector = "{selector}"\n' if selector else ""
    return read_settings(write(folder, {"hub.toml": HUB + sending}))


def by_dkimpy(mail: bytes, record: str) -> bool:
    """Verify as dkimpy's own function does, which is not how this program calls it."""
    asked = []

    def answer(name: bytes, timeout: int = 5) -> bytes:
        asked.append(name.decode())
        return record.encode()

    good = bool(dkim.verify(mail, dnsfunc=answer))
    assert asked in ([f"{SELECTOR}._domainkey.{DOMAIN}."], [])
    return good


MAILAUTH = """
const { dkimVerify } = require('mailauth/lib/dkim/verify');
const given = JSON.parse(require('fs').readFileSync(0, 'utf8'));
const resolver = async (name, type) => {
  if (name === given.name && type === 'TXT') return [[given.record]];
  throw Object.assign(new Error('no such name'), { code: 'ENOTFOUND' });
};
(async () => {
  const said = [];
  for (const mail of given.mails) {
    const { results } = await dkimVerify(Buffer.from(mail, 'base64'), { resolver });
    said.push(results.map((one) => one.status.result));
  }
  console.log(JSON.stringify(said));
})();
"""


def has_mailauth() -> bool:
    node = shutil.which("node")
    return (
        bool(node) and subprocess.run([node, "-e", "require('mailauth/lib/dkim/verify')"], capture_output=True, check=False).returncode == 0
    )


def by_mailauth(mails: list[bytes], record: str) -> list[list[str]]:
    import base64

    given = {"name": f"{SELECTOR}._domainkey.{DOMAIN}", "record": record, "mails": [base64.b64encode(one).decode() for one in mails]}
    done = subprocess.run(["node", "-e", MAILAUTH], input=json.dumps(given).encode(), capture_output=True, check=True)
    found: list[list[str]] = json.loads(done.stdout)
    return found


def changed(signed: bytes, old: bytes, new: bytes) -> bytes:
    assert signed.count(old) >= 1, old
    head, _, rest = signed.partition(b"\r\nFrom: ")
    return head + (b"\r\nFrom: " + rest).replace(old, new, 1)


#: What somebody on the way could do to a mail, each of it seen by whoever verifies.
ATTACKS = {
    "a byte of the text": lambda mail: mail[:-60] + bytes([mail[-60] ^ 1]) + mail[-59:],
    "text added at the end": lambda mail: mail + b"Cliquez ici.\r\n",
    "another way to leave": lambda mail: changed(mail, b"List-Unsubscribe: <https://", b"List-Unsubscribe: <https://x"),
    "no way to leave": lambda mail: changed(mail, b"\r\nList-Unsubscribe: ", b"\r\nX-Unsubscribe: "),
    "a second way to leave": lambda mail: b"List-Unsubscribe: <https://elsewhere.example/>\r\n" + mail,
    "another click": lambda mail: changed(mail, b"=One-Click", b"=Two-Clicks"),
    "no click": lambda mail: changed(mail, b"List-Unsubscribe-Post: List-Unsubscribe=One-Click\r\n", b""),
    "a second click": lambda mail: b"List-Unsubscribe-Post: List-Unsubscribe=One-Click\r\n" + mail,
    "another sender": lambda mail: changed(mail, b"\r\nFrom: Atelier", b"\r\nFrom: Banque"),
    "a second sender above": lambda mail: b"From: Banque <info@banque.example>\r\n" + mail,
    "a second sender below": lambda mail: changed(mail, b"\r\nTo: ", b"\r\nFrom: Banque <info@banque.example>\r\nTo: "),
    "a second subject": lambda mail: b"Subject: Gagnez\r\n" + mail,
    "another day": lambda mail: changed(mail, b"\r\nDate: ", b"\r\nDate: Mon, "),
    "a second type": lambda mail: b"Content-Type: text/html\r\n" + mail,
    "answers elsewhere": lambda mail: b"Reply-To: info@banque.example\r\n" + mail,
    "another list": lambda mail: changed(mail, b"\r\nList-Id: ", b"\r\nList-Id: x"),
}


@pytest.mark.parametrize("letter", LETTERS, ids=lambda file: file.parent.name)
def test_every_letter_of_the_demo_verifies_when_signed(key, letter):
    """A receiver that cannot verify a mail files it as spam."""
    frozen = letter.read_bytes()
    signed = signing(key, SELECTOR)(frozen)

    assert by_dkimpy(signed, key.record)
    assert verified(signed, 0, key.record) is None
    assert unsigned(signed, DOMAIN) == ()
    assert signed.endswith(frozen), "what was approved stays as it is, byte for byte"


@pytest.mark.parametrize("attack", ATTACKS.values(), ids=ATTACKS)
def test_a_mail_that_was_changed_on_the_way_does_not_verify(key, signed, attack):
    """Whoever changes where a reader leaves, or who wrote, must not keep our name under it."""
    after = attack(signed)

    assert after != signed
    assert not by_dkimpy(after, key.record)
    assert verified(after, 0, key.record) is not None


def test_another_program_says_the_same_of_good_and_changed_mails(key, signed):
    """The library that signs must not be the only one that believes it."""
    if not has_mailauth():
        pytest.skip("needs node, and mailauth in NODE_PATH: npm install mailauth, then NODE_PATH=…/node_modules")
    letters = [signing(key, SELECTOR)(letter.read_bytes()) for letter in LETTERS]
    attacked = [attack(signed) for attack in ATTACKS.values()]

    said = by_mailauth([*letters, *attacked], key.record)

    assert [["pass"]] * len(letters) == said[: len(letters)]
    assert [] == [name for name, one in zip(ATTACKS, said[len(letters) :], strict=True) if "pass" in one]


@pytest.mark.parametrize("lost", ["list-unsubscribe", "list-unsubscribe-post"])
def test_a_signature_that_leaves_out_a_way_to_leave_is_found(key, mail, lost):
    """Google and Yahoo count such a mail as one without a way to leave; OpenDKIM leaves one of the two out unless told."""
    names = [name for name, _ in dkim.DKIM(mail).headers if name.lower().decode() not in (lost, "precedence")]
    header = dkim.sign(
        mail, SELECTOR.encode(), DOMAIN.encode(), pem().encode(), canonicalize=(b"relaxed", b"relaxed"), include_headers=names
    )

    assert by_dkimpy(header + mail, key.record), "the signature itself is good"
    assert [lost] == [name.lower() for name in unsigned(header + mail, DOMAIN)]


@pytest.mark.parametrize("lost", ["List-Unsubscribe", "List-Unsubscribe-Post"])
def test_nothing_leaves_with_a_signature_that_does_not_cover_the_way_to_leave(key, mail, monkeypatch, lost):
    """Should a change of this program ever forget one of the two, no letter pays for it."""
    monkeypatch.setattr("handbill.sending.signing.SEALED", tuple(name for name in SEALED if name != lost))
    monkeypatch.setattr("handbill.sending.signing._LOWER_SIGNED", frozenset(name.lower() for name in SIGNED if name != lost))

    with pytest.raises(Unsignable, match=f"leaves out {lost}$"):
        signing(key, SELECTOR)(mail)


def test_nothing_leaves_with_a_signature_that_does_not_hold(key, mail, tmp_path):
    """A library that breaks is found by the first mail, not by the first thousand readers."""
    other = replace(key, public=bytes([*key.public[:-20], key.public[-20] ^ 1, *key.public[-19:]]))

    with pytest.raises(Unsignable, match="does not hold"):
        signing(other, SELECTOR)(mail)


def test_a_signature_of_a_stranger_does_not_count_as_ours(key, mail):
    """A relay's own signature covers the way to leave, but DMARC asks for the sender's domain."""
    signed = signing(key, SELECTOR)(mail)

    assert ("List-Unsubscribe", "List-Unsubscribe-Post") == unsigned(signed, "relais.example")
    assert () == unsigned(signed, DOMAIN)


def test_the_same_mail_is_signed_the_same_way_at_any_hour(key, mail, monkeypatch):
    """A test mail that was looked at is then what members get, signature and all."""
    first = signing(key, SELECTOR)(mail)
    monkeypatch.setattr(time, "time", lambda: 4_000_000_000.0)

    assert first == signing(key, SELECTOR)(mail)
    tags = signatures_of(first)[0].tags
    assert not {"t", "x", "l"} & set(tags)
    assert ("1", "rsa-sha256", "relaxed/relaxed", DOMAIN, SELECTOR) == tuple(tags[name] for name in ("v", "a", "c", "d", "s"))


def test_a_header_that_could_come_twice_is_signed_once_more_than_it_stands_there(signed):
    """A second From above the first is what most mail programs show."""
    names = signatures_of(signed)[0].signed

    assert 2 == names.count("from") == names.count("subject") == names.count("list-unsubscribe") == names.count("list-unsubscribe-post")
    assert 1 == names.count("feedback-id"), "relays add one of their own"
    assert not {"received", "return-path", "bcc", "dkim-signature"} & set(names)
    assert all(len(line) <= 78 for line in signed.partition(b"\r\nFrom:")[0].split(b"\r\n"))


def test_a_mail_with_two_senders_is_not_signed(key, mail):
    """Nobody can say which of them the signature stands for."""
    for mails in (b"From: x@essai.example\r\n" + mail, b"Subject: x\r\n\r\nx\r\n", b"From: nobody\r\n\r\nx\r\n"):
        with pytest.raises(Unsignable):
            signing(key, SELECTOR)(mails)


def test_a_text_is_hashed_as_every_other_program_hashes_it():
    """One space that is counted otherwise, and no signature of that letter holds."""
    theirs = CanonicalizationPolicy.from_c_value(b"relaxed/relaxed").canonicalize_body
    chance = Random(6376)
    texts = [
        b"".join(chance.choices((b" ", b"\t", b"\r\n", b"a", b"=20", b"\xc3\xa9", b"\r"), k=chance.randint(0, 30))) for _ in range(20_000)
    ]

    assert [] == [text for text in texts if relaxed(text) != theirs(text)]


def test_a_mail_with_other_ends_of_lines_is_not_signed(key, mail):
    """Whoever carries it would mend them, and break the signature."""
    with pytest.raises(Unsignable, match="lines"):
        signing(key, SELECTOR)(mail.replace(b"\r\n", b"\n"))
    with pytest.raises(Unsignable, match="lines"):
        signing(key, SELECTOR)(mail + b"\n")


def test_both_forms_of_a_key_are_read_and_give_the_record_that_openssl_gives(tmp_path, key):
    """OpenSSL 1 and 3 write private keys differently; a record with another key in it would fail every mail."""
    old = read_key(key_file(tmp_path, pem(form="RSA")))
    windows = read_key(key_file(tmp_path, pem().replace("\n", "\r\n")))

    assert key.public == old.public == windows.public
    assert (2048, key.public) == public_of(key.record.partition("p=")[2])
    assert key.record.startswith("v=DKIM1; k=rsa; p=MIIBIjANBgkqhkiG9w0BAQEFAAOCAQ8A")
    if openssl := shutil.which("openssl"):
        done = subprocess.run([openssl, "pkey", "-pubout", "-outform", "DER"], input=pem().encode(), capture_output=True, check=True)
        assert done.stdout == key.public


@pytest.mark.parametrize(
    ("text", "told"),
    [
        (pem(1024), "1024 bits"),
        (pem(4097), "4097 bits, wanted 4096 at most"),
        (pem(damage=2), "damaged"),
        (pem(damage=-PRIMES[2048][1]), "damaged"),
        ("-----BEGIN ENCRYPTED PRIVATE KEY-----\nAAAA\n-----END ENCRYPTED PRIVATE KEY-----\n", "password"),
        ("-----BEGIN PRIVATE KEY-----\nAAAA\n-----END PRIVATE KEY-----\n", "no RSA key"),
        ("-----BEGIN PRIVATE KEY-----\n%%%\n-----END PRIVATE KEY-----\n", "no RSA key"),
        (
            "-----BEGIN PRIVATE KEY-----\nMC4CAQAwBQYDK2VwBCIEIAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA\n-----END PRIVATE KEY-----\n",
            "no RSA key",
        ),
        ("nothing", "no RSA key"),
        (" ", "no RSA key"),
    ],
    ids=["short", "long", "damaged", "a prime that is zero", "password", "cut", "no base64", "another sort", "text", "empty"],
)
def test_a_key_that_cannot_sign_is_refused_before_anything_is_sent(tmp_path, text, told):
    """A signature that fails at half of the receivers is found out after the letter went to all of them."""
    with pytest.raises(Unsignable, match=told) as refused:
        read_key(key_file(tmp_path, text))

    assert str(tmp_path) not in str(refused.value)


@pytest.mark.skipif(os.name == "nt", reason="Windows has no such modes")
def test_a_key_that_everybody_may_read_is_refused(tmp_path):
    """Whoever has the key writes in the community's name."""
    with pytest.raises(Unsignable, match="chmod 600"):
        read_key(key_file(tmp_path, mode=0o644))


def test_a_key_that_is_not_there_or_is_a_folder_is_told(tmp_path):
    """The first is a wrong setting, the second a machine that refuses."""
    with pytest.raises(Unsignable, match="not there"):
        read_key(tmp_path / "none.pem")
    if os.name != "nt":
        with pytest.raises(MachineLacks):
            read_key(tmp_path)


def test_settings_say_who_signs(tmp_path):
    """One half of it alone would leave mails unsigned without a word."""
    named, plain = settings_with(tmp_path / "named", SELECTOR), settings_with(tmp_path / "plain")
    private = Private(folder=tmp_path, dkim_key=key_file(tmp_path))
    sign = signer_of(named, private)

    assert signer_of(plain, Private(folder=tmp_path)) is None
    assert sign is not None
    assert "essai.example" == signatures_of(sign(b"From: a@essai.example\r\n\r\nx\r\n"))[0].domain
    with pytest.raises(Unsignable, match="selector"):
        signer_of(plain, private)
    with pytest.raises(Unsignable, match="dkim_key"):
        signer_of(named, Private(folder=tmp_path))
    with pytest.raises(Unsignable, match="dkim_selector"):
        signer_of(replace(named, sending=replace(named.sending, dkim_selector="a b; x=1")), private)


def test_the_key_is_in_no_text_that_could_be_printed(key):
    """Whatever ends in a log must not sign in our name."""
    assert str(key._numbers["prime1"]) not in repr(key)


@pytest.mark.parametrize(
    ("sender", "domain"), [("Essai <a@Essai.Example>", "essai.example"), ("a@essai.example", "essai.example"), ("Essai", ""), ("", "")]
)
def test_the_domain_is_that_of_the_sender(sender, domain):
    """DMARC asks that the signature stands for the domain that readers see."""
    assert domain == domain_of(sender)


def test_foreign_bytes_are_told_and_do_not_stop_the_reading():
    """A saved mail can be anything."""
    mail = b"DKIM-Signature: \xff; =;;a; d=X.example; h=From:To\r\nDKIM-Signature: v=1\r\nFrom: a@x.example\r\n\r\nx\r\n"

    assert ["x.example", ""] == [one.domain for one in signatures_of(mail)]
    assert ("from", "to") == signatures_of(mail)[0].signed
    assert all(verified(mail, index, "v=DKIM1; p=AAAA") is not None for index in (0, 1))
    for broken in (b" x\r\n\r\n", b"no header\r\n\r\n", b"", b"\xff: x\r\n\r\n"):
        assert () == signatures_of(broken)
        assert UNSUBSCRIBE == unsigned(broken, "x.example")
    assert public_of("AAAA") is None
    assert public_of("é") is None


def test_a_signature_without_end_is_refused_at_once(signed, key):
    """Whoever sends back a test mail must not stop the machine that reads it."""
    endless = b"DKIM-Signature: v=1; b=AAAA" + b" " * 200_000 + b"!\r\n" + signed

    assert "longer" in str(verified(endless, 1, key.record))


def measure(count: int = 200, size: int = 72_000) -> str:
    """Say how long signing takes; ``PYTHONPATH=.:src .venv/bin/python -c 'from tests.sending.test_signing import measure; print(measure())'``."""
    from tempfile import mkdtemp

    frozen = LETTERS[0].read_bytes()
    mail = frozen + b"<p>Bonjour, voici</p>\r\n" * ((size - len(frozen)) // 23)
    sign = signing(read_key(key_file(Path(mkdtemp()))), SELECTOR)
    began = time.process_time()
    for _ in range(count):
        sign(mail)
    each = (time.process_time() - began) / count
    return f"{len(mail)} bytes: {each * 1000:.1f} ms a mail, {1 / each:.0f} mails/s"
