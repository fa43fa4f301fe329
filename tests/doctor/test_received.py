"""A test mail that came back: what is told of it, whoever signed it and whatever was done to it."""

from __future__ import annotations

from pathlib import Path
from random import Random

import pytest
from tests.sending.dkim_keys import key_file

from handbill.doctor.answers import NOBODY_ASKED, read_answers
from handbill.doctor.key_record import strings_of
from handbill.doctor.received import judge_received
from handbill.outputs.mail.record import TOKEN
from handbill.sending.signing import read_key, signing

DOMAIN = "essai.example"
NAME = f"lettre._domainkey.{DOMAIN}"

FROZEN = f"""\
From: Essai <lettre@{DOMAIN}>
To: La lettre <lettre@{DOMAIN}>
Subject: Mars
Date: Thu, 12 Mar 2026 18:00:00 +0100
Message-ID: <main.1.0123456789abcdef@{DOMAIN}>
List-Unsubscribe: <https://{DOMAIN}/adieu/{TOKEN}>
List-Unsubscribe-Post: List-Unsubscribe=One-Click
MIME-Version: 1.0
Content-Type: text/plain; charset=utf-8
Content-Transfer-Encoding: quoted-printable

Bonjour, voici mars.
Adieu : https://{DOMAIN}/adieu/{TOKEN}
""".replace("\n", "\r\n").encode()

#: What stands above a mail in a mailbox, the last machine first.
TRACES = (
    f"Authentication-Results: mx.boite.test;\r\n dkim=pass (2048-bit key) header.d={DOMAIN};\r\n spf=pass smtp.mailfrom={DOMAIN}; dmarc=pass (p=NONE) header.from={DOMAIN}\r\n"
    "Received: by 2002:a05:6a20::1 with SMTP id x; Thu, 12 Mar 2026 17:00:02 -0800 (PST)\r\n"
    "Received: from relais.test (relais.test. [192.0.2.7])\r\n by mx.boite.test with ESMTPS id y\r\n (version=TLS1_3 cipher=TLS_AES_128_GCM_SHA256 bits=128/128); Thu, 12 Mar 2026\r\n"
    "Received: from [127.0.0.1] (localhost [127.0.0.1]) by relais.test (Postfix) with ESMTP id z\r\n"
    "Received: from bureau.test (unknown [192.0.2.9]) (using TLSv1.3 with cipher X) by relais.test (Postfix) with ESMTPSA id w\r\n"
).encode()


@pytest.fixture(scope="module")
def key(tmp_path_factory):
    return read_key(key_file(tmp_path_factory.mktemp("key")))


@pytest.fixture(scope="module")
def mail(key):
    return signing(key, "lettre")(FROZEN.replace(TOKEN.encode(), b"k7" * 16))


@pytest.fixture(scope="module")
def asked(key):
    return read_answers(f'{NAME}. IN TXT {strings_of(key.record)}\n_dmarc.{DOMAIN}. IN TXT "v=DMARC1; p=none"\n', DOMAIN)


def judged(mail: bytes, answers=NOBODY_ASKED, frozen: bytes = FROZEN, domain: str = DOMAIN) -> dict[str, list[tuple[str, str]]]:
    """Return state and finding by what they are about."""
    found: dict[str, list[tuple[str, str]]] = {}
    for one in judge_received(mail, (domain,), answers, {"12": frozen}):
        found.setdefault(str(one.what), []).append((one.state, str(one.found)))
    return found


def test_a_good_mail_is_good_in_every_respect(mail, asked):
    """Who sees all of it well can send to everybody."""
    found = judged(TRACES + mail, asked)

    assert {"DKIM", "unsubscribe", "Authentication-Results", "TLS", "bytes"} == set(found)
    assert {"ok"} == {state for told in found.values() for state, _ in told}
    assert "letter 12, byte for byte but for the token" == found["bytes"][0][1]
    assert found["Authentication-Results"][0][1].startswith("mx.boite.test says: spf=pass, dkim=pass, dmarc=pass")


@pytest.mark.parametrize(
    "saved",
    [
        lambda mail: mail.replace(b"\r\n", b"\n"),
        lambda mail: b"\xef\xbb\xbf" + mail,
        lambda mail: b"From x@y Thu Mar 12\r\n" + mail + b"\r\n\r\n",
    ],
    ids=["line feeds", "a mark", "a mailbox"],
)
def test_a_mail_is_the_same_however_it_was_saved(mail, asked, saved):
    """Webmails save with other ends of lines, mailboxes put a line before it."""
    assert {"ok"} == {state for told in judged(saved(TRACES + mail), asked).values() for state, _ in told}


def test_without_its_key_a_signature_is_a_question(mail):
    """To call it good without looking would be worth nothing."""
    assert [("unknown", f"signed by {DOMAIN}, selector lettre; whether it holds, its key tells")] == judged(mail)["DKIM"]


@pytest.mark.parametrize("selector", ["$(reboot)", "x & reboot", "`reboot`", "x|y", 'x"y'])
def test_no_command_is_made_of_what_a_stranger_wrote(selector):
    """Anybody can send a mail with such a selector to whoever copies what stands here into a terminal."""
    mail = f"DKIM-Signature: v=1; a=rsa-sha256; d={DOMAIN}; s={selector}; h=from; bh=AA; b=AA\r\n".encode() + FROZEN
    found = [one for one in judge_received(mail, (DOMAIN,), NOBODY_ASKED, {}) if one.what == "DKIM"]

    assert ["missing", "missing"] == [one.state for one in found]
    assert not [one for one in found if selector in str(one.mend)]


CHANGES = {
    "the text": (lambda mail: mail.replace(b"voici", b"voila"), "DKIM", "missing", "text was changed"),
    "a header": (lambda mail: mail.replace(b"Subject: Mars", b"Subject: [liste] Mars"), "DKIM", "missing", "header was changed"),
    "the text, as bytes": (lambda mail: mail.replace(b"voici", b"voila"), "bytes", "missing", "another text"),
    "a header, as bytes": (lambda mail: mail.replace(b"Subject: Mars", b"Subject: [liste] Mars"), "bytes", "warning", "Subject"),
    "a footer": (lambda mail: mail + b"Envoye par Relais\r\n", "bytes", "missing", "another text"),
    "one token of two": (lambda mail: mail.replace(b"k7" * 16, b"k8" * 16, 1), "bytes", "warning", "List-Unsubscribe"),
    "no token": (lambda mail: mail.replace(b"k7" * 16, TOKEN.encode()), "bytes", "warning", "without a member's token"),
    "another letter": (lambda mail: mail.replace(b"main.1.", b"main.2."), "bytes", "warning", "no frozen letter"),
    "no signature": (lambda mail: mail[mail.index(b"From: Essai") :], "DKIM", "missing", "no signature"),
    "no signature, no way to leave": (
        lambda mail: mail[mail.index(b"From: Essai") :],
        "unsubscribe",
        "missing",
        "List-Unsubscribe, List-Unsubscribe-Post",
    ),
    "a part of the text": (lambda mail: mail.replace(b"; s=lettre;", b"; s=lettre; l=5;"), "DKIM", "warning", "l="),
    "an old digest": (lambda mail: mail.replace(b"rsa-sha256", b"rsa-sha1"), "DKIM", "missing", "SHA-1"),
}


@pytest.mark.parametrize(("change", "what", "state", "told"), CHANGES.values(), ids=CHANGES)
def test_what_was_done_to_a_mail_is_told(mail, asked, change, what, state, told):
    """Relays that track, lists that mark subjects and gateways that add footers break what was approved."""
    changed = change(mail)

    assert changed != mail
    assert any(one == state and told in text for one, text in judged(changed, asked)[what]), judged(changed, asked)


def test_a_signature_of_the_relay_alone_does_not_stand_for_the_sender(key, asked):
    """DMARC fails although the mail is signed."""
    mail = signing(key, "lettre")(FROZEN.replace(b"From: Essai <lettre@essai.example>", b"From: x@relais.test")).replace(
        b"From: x@relais.test", b"From: Essai <lettre@essai.example>"
    )
    found = judged(mail, asked)

    assert ("missing", "no signature that stands for essai.example") in found["DKIM"]
    assert "missing" == found["unsubscribe"][0][0]


@pytest.mark.parametrize(("mode", "state"), [("r", "ok"), ("s", "missing")])
def test_a_signature_of_the_domain_above_counts_unless_the_record_is_strict(key, mode, state):
    """A letter from lettre.essai.example is often signed for essai.example."""
    author = f"lettre.{DOMAIN}"
    mail = signing(key, "lettre")(FROZEN).replace(b"From: Essai <lettre@", b"From: Essai <lettre@lettre.")
    answers = read_answers(f'_dmarc.{author}. IN TXT "v=DMARC1; p=none; adkim={mode}"\n;_dmarc.{DOMAIN}. IN TXT\n', DOMAIN)
    told = judged(mail, answers, domain=author)["DKIM"]

    assert ("no signature that stands for lettre.essai.example" in [text for _, text in told]) is (state == "missing")


def test_a_broken_signature_beside_a_good_one_does_no_harm(mail, asked):
    """Many relays sign for themselves, and some of these signatures break."""
    relay = b"DKIM-Signature: v=1; a=rsa-sha256; d=relais.test; s=x; h=from; bh=AAAA; b=AAAA\r\n"
    answers = read_answers('x._domainkey.relais.test. IN TXT "v=DKIM1; p="\n', DOMAIN)

    assert ["warning", "unknown"] == [state for state, _ in judged(relay + mail, answers)["DKIM"]]


@pytest.mark.parametrize(
    ("line", "state"),
    [
        (b"Authentication-Results: mx.boite.test; dkim=fail; spf=pass; dmarc=fail\r\n", "missing"),
        (b"Authentication-Results: mx.boite.test; dkim=pass; spf=softfail; dmarc=pass\r\n", "warning"),
        (
            b"Authentication-Results: mx.boite.test; dkim=fail header.d=relais.test; dkim=pass header.d=essai.example; spf=pass; dmarc=pass\r\n",
            "ok",
        ),
        (
            b"Authentication-Results: mx.boite.test; dkim=pass header.d=essai.example; dkim=fail header.d=relais.test; spf=pass; dmarc=pass\r\n",
            "ok",
        ),
        (b"Authentication-Results: mx.boite.test 1; none\r\n", "missing"),
        (b"", "unknown"),
        (b"Authentication-Results: mx.boite.test; (dkim=pass spf=pass dmarc=pass) dkim=fail\r\n", "missing"),
        (
            b"Authentication-Results: mx.boite.test; dkim=fail; dmarc=fail\r\nAuthentication-Results: evil.test; dkim=pass; spf=pass; dmarc=pass\r\n",
            "missing",
        ),
    ],
)
def test_what_the_receiver_found_is_that_of_the_topmost_line(mail, line, state):
    """Whoever sent the mail can have written the lines below."""
    assert state == judged(line + mail)["Authentication-Results"][0][0]


def test_a_way_without_encryption_is_named(mail):
    """Between two machines everybody can read a letter that members trust to be theirs."""
    bare = b"Received: from relais.test (relais.test [192.0.2.7]) by mx.boite.test (Postfix) with ESMTP id y\r\n"

    assert [("warning", "no word of encryption on the way relais.test → mx.boite.test")] == judged(bare + TRACES + mail)["TLS"]
    assert "unknown" == judged(mail)["TLS"][0][0]


@pytest.mark.parametrize("saved", [b"", b"hello", b"Subject: x\r\n\r\nx", b"\x00\xff" * 50])
def test_what_is_no_mail_is_told(saved):
    """A screenshot saved under the wrong name is no reason to crash."""
    assert [("missing", "no sender: this is no mail")] == judged(saved)["received mail"]


def test_a_mail_of_another_sender_is_told(mail):
    """The wrong file from the mailbox says nothing about the letter."""
    assert "warning" == judged(mail, domain="autre.example")["received mail"][0][0]


def test_a_letter_of_the_demo_is_known_again(key):
    """Folded headers and quoted-printable text are compared as they are."""
    folder = Path(__file__).resolve().parents[2] / "newsletters" / "archive" / "11"
    raw = (folder / "mail.eml").read_bytes()
    sent = signing(key, "lettre")(raw.replace(TOKEN.encode(), b"q3" * 16)).replace(b"\r\n", b"\n")

    assert "ok" == judged(sent, frozen=raw, domain="atelier-garonne.example")["bytes"][0][0]


def test_whatever_is_saved_is_judged_and_never_crashes(mail, asked):
    """Webmails, gateways and hands that scroll save anything; the run of mutations is the same each time."""
    chance = Random(8058)
    whole = TRACES + mail
    for _ in range(400):
        raw = bytearray(whole)
        for _ in range(chance.randint(1, 12)):
            place = chance.randrange(len(raw))
            if chance.random() < 0.5:
                raw[place] = chance.choice(b"\0\xff :;=\r\n\t<>@,a")
            else:
                del raw[place : place + chance.randint(1, 40)]
        for one in judge_received(bytes(raw), (DOMAIN,), asked, {"12": FROZEN}):
            assert one.state in ("ok", "unknown", "warning", "missing")
