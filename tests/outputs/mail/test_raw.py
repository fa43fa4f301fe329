"""Mails as they travel, read byte by byte: by a reader of our own, by Python's, and by one in another language.

The last one needs node, and postal-mime in NODE_PATH (``npm install postal-mime``).
"""

import email
import json
import re
import shutil
import subprocess
from email import policy
from email.header import decode_header, make_header
from functools import cache
from pathlib import Path

import pytest
from tests.hubs import THEN, load_village, settled_village
from tests.outputs.mail.letters import LETTER, french, letter, templates
from tests.outputs.mail.test_text import addresses, led_to
from tests.outputs.mail.wire import Broken, Mail, read

from handbill.outputs import letters
from handbill.outputs.cards import Cards
from handbill.outputs.mail.compose import html_of
from handbill.outputs.mail.headers import Refused
from handbill.outputs.mail.message import message_of
from handbill.outputs.mail.record import TOKEN
from handbill.outputs.mail.text import text_of
from handbill.outputs.theme import Theme
from handbill.outputs.words import words_for

ROOT = Path(__file__).parents[3]
TEXT, HTML = "Bonjour.\n", "<!doctype html><p>Bonjour.</p>\n"

#: Every header that a built mail has, in the order in which it has them.
HEADERS = [
    "From", "Reply-To", "To", "Subject", "Date", "Message-ID", "List-Id", "List-Unsubscribe", "List-Unsubscribe-Post", "List-Archive",
    "List-Help", "List-Subscribe", "Feedback-ID", "Precedence", "Content-Language", "MIME-Version", "Content-Type",
]  # fmt: skip

#: What people write into fields by accident, and what others write there on purpose.
ODD = {
    "long": "Une très longue ligne " * 8 + "fin",
    "one long word": "x" * 199,
    "accents": "é" * 199,
    "emoji": "👩🏽\u200d🔧🏳️\u200d🌈" * 20,
    "from right to left": "ورشة الإصلاح يوم السبت",
    "turned around": "Samedi \u202egnirpael\u202c \u2066x\u2069",
    "wide": "修理する土曜日" * 20,
    "marks": "Z̸͉̔a̵l̶g̷o̶" * 9,
    "grammar": 'a, "b" <c> (d); e: f\\ [g] @',
    "ends in quotes": 'Il a dit "oui"',
    "percent": "100 % = tout ?",
    "a boundary": "--=_0123456789abcdef01234567--",
    "template": "{{ letter.sender }} {% raw %} @@0@@ ${x} %s",
    "markup": "</title><script>x</script><!-- --> ]]> &amp; <![endif]-->",
    "a token": f"x{TOKEN[:-1]}",
    "a colon": "Bcc: mal@mal.example",
    "dots": ".",
}

#: What would end a header, or be read as another by the next program: refused in every field.
HOSTILE = [
    "x\r\nBcc: mal@mal.example", "x\nBcc: mal@mal.example", "x\rBcc: mal@mal.example", "\r\n\r\n<p>x", "x\x00y", "x\x0bBcc: y", "x\x0cy",
    "x\x1cy", "x\x85Bcc: y", "x\u2028Bcc: y", "x\u2029y", "\x1b[31m", "x\x7f", "\ud800", "\ufffe", "=?utf-8?q?=0D=0ABcc:_x?=", "=?", "?=",
    "x =?UTF-8?Q?=0A?=Bcc: mal@mal.example",
]  # fmt: skip
FIELDS = ("subject", "name", "sender", "reply_to", "unsubscribe", "unsubscribe_mail", "subscribe", "archive", "help", "host")


@cache
def built() -> dict[str, bytes]:
    """Return the mail of every letter of the demonstration and of the village, by its path, also of those that are frozen: made anew."""
    found = {}
    for root, as_of in ((ROOT, "2026-12-31 12:00"), (settled_village(), THEN)):
        loaded, settings = load_village(as_of, root)
        theme = Theme(settings.root)
        for lang in settings.languages:
            cards, words = Cards(loaded.hub, settings, lang, settings.absolute), words_for(lang, theme.locale(lang))
            for item in loaded.hub.of_kind("issue", lang):
                said = letters.letter_of(item, loaded.hub, settings, cards)
                found[f"{root.name}{item.address}"] = message_of(said, text_of(said, words), html_of(said, templates(), words))
    return found


def mail(**changes: str) -> bytes:
    return message_of(letter(**changes), TEXT, HTML)


def lines_of(got: Mail) -> list[str]:
    return [f"{name}: {value}" for name, value in got.lines.items()]


def test_every_letter_of_two_hubs_carries_every_header_in_order():
    """The big services refuse newsletters without them; the reader refuses whatever the standards do."""
    assert 20 <= len(built())
    for path, raw in built().items():
        got = read(raw)

        assert HEADERS == list(got.lines), path
        assert ["text/plain", "text/html"] == [part.kind for part in got.parts], path
        assert 1 == got.physical["List-Unsubscribe"] == got.physical["List-Unsubscribe-Post"], path
        assert not any("=?" in line for line in lines_of(got) if line.startswith(("List-", "Message-", "Feedback-"))), path
        assert got.lines["List-Unsubscribe"].startswith(
            f"<https://lettre.{got.lines['From'].rpartition('@')[2][:-1]}/desinscription/{TOKEN}>"
        )
        assert ("List-Unsubscribe=One-Click", "bulk") == (got.lines["List-Unsubscribe-Post"], got.lines["Precedence"])


def test_every_frozen_mail_can_be_read():
    """What was mailed is kept as bytes, and no later version may change them."""
    frozen = sorted((ROOT / "newsletters" / "archive").glob("*/mail.eml"))

    assert frozen
    for file in frozen:
        assert ["text/plain", "text/html"] == [part.kind for part in read(file.read_bytes()).parts], file.parent.name


def test_no_two_letters_share_a_name():
    """Programs that know a Message-ID throw the second mail away, also that of a translation."""
    mails = [read(raw) for raw in built().values()]

    for name in ("Message-ID", "Feedback-ID"):
        assert len(mails) == len({one.lines[name] for one in mails}), name
    assert len(mails) == len({one.boundary for one in mails})
    lists = {(one.lines["From"], one.lines["List-Id"], one.lines["Content-Language"]) for one in mails}
    assert len(lists) == len({one[1] for one in lists})


def test_the_text_of_every_letter_leads_where_its_html_leads_in_lines_that_fit():
    """A reader of the text must miss nothing, and some programs break longer lines at odd places."""
    for path, raw in built().items():
        text, html = (part.text for part in read(raw).parts)

        assert led_to(html) == addresses(text), path
        assert all(len(line) <= 78 or re.fullmatch(r"\s*<?[a-z]+:\S+", line) for line in text.split("\n")), path
        assert "\n\n\n" not in text, path
        assert TOKEN in text, path


def test_boundaries_follow_from_the_content():
    """The standard library draws them by lot, so that no two builds are equal."""
    assert read(mail()).boundary == read(mail()).boundary
    assert read(mail()).boundary != read(mail(subject="Autre")).boundary


@pytest.mark.parametrize("odd", ODD)
def test_what_people_write_arrives_as_they_wrote_it(odd):
    """Two programs that share no line of code must read the same."""
    said = ODD[odd]
    name = said.replace("<", "").replace(">", "").replace('"', "").strip()
    raw = message_of(letter(subject=said, name=said, sender=f"{name} <a@b.example>", preheader=said), TEXT + said, HTML + said)

    got = read(raw)
    assert said == got.said("Subject")
    assert [TEXT + said, HTML + said] == [part.text for part in got.parts]
    assert got.said("From").endswith("<a@b.example>")
    assert max(map(len, raw.split(b"\r\n\r\n")[0].split(b"\r\n"))) <= 998
    for rules in (policy.SMTP, policy.default):
        theirs = email.message_from_bytes(raw, policy=rules)
        assert said == theirs["Subject"]
        assert "a@b.example" == theirs["From"].addresses[0].addr_spec
        assert [] == theirs.defects
        # Python 3.11 leaves the gap between two encoded words in a name, and no other header; the older policy does not.
        older = str(email.message_from_bytes(raw)["From"])
        assert name == str(make_header(decode_header("".join(older.splitlines()).rpartition(" <")[0]))).strip().strip('"').replace(
            "\\\\", "\\"
        )
        assert [TEXT + said, HTML + said] == [part.get_content().replace("\r\n", "\n").removesuffix("\n") for part in theirs.iter_parts()]


@pytest.mark.parametrize("field", FIELDS)
def test_what_would_be_another_header_makes_no_mail(field):
    """Whichever field it stands in, and before or after whatever else."""
    # The page with help is named where no box takes answers.
    others = {"reply_to": ""} if field == "help" else {}
    for hostile in HOSTILE:
        for said in (hostile, getattr(LETTER, field) + hostile, hostile + getattr(LETTER, field)):
            with pytest.raises(Refused) as refused:
                mail(**others, **{field: said})
            assert field == refused.value.field, ascii(said)


@pytest.mark.parametrize("hostile", HOSTILE)
def test_a_text_may_hold_whatever_texts_may(hostile):
    """A post about mail headers quotes them, and nothing in a text becomes a header, a line of the mail or a form of it."""
    said = hostile.replace("\ud800", "\ufffd")
    got = read(message_of(LETTER, f"{said}\n", f"<p>{said}</p>\n"))

    assert HEADERS == list(got.lines)
    assert [f"{said}\n", f"<p>{said}</p>\n"] == [part.text for part in got.parts]


def test_the_boundary_of_a_mail_cannot_be_written_into_it():
    """Whoever knows the text could foresee it; the sign “=” is a number in every text."""
    boundary = read(mail()).boundary
    said = f"--{boundary}\nContent-Type: text/html\n\n<p>x</p>\n--{boundary}--\n"

    assert said == read(message_of(LETTER, said, HTML)).parts[0].text
    assert b"\r\n--" + boundary.encode() not in message_of(LETTER, said, HTML)


@pytest.mark.parametrize(
    ("old", "new"),
    [
        (b"\r\nTo:", b"\nTo:"), (b"\r\nTo:", b"\r\nTo : x\r\nTo:"), (b"Bonjour", "Été".encode()), (b"\r\nTo:", b"\r\nFrom: x\r\nTo:"),
        (b"\r\nTo:", b"\r\n \r\nTo:"), (b"MIME-Version", b"Mime"), (b"Bonjour.", b"Bonjour. "), (b"Bonjour.", b"x" * 77), (b"Bonjour", b"=zz"),
        (b"\r\nTo:", b"\r\nX: " + b"a" * 1000 + b"\r\nTo:"), (b"alternative", b"mixed"), (b"--\r\n", b"\r\n"), (b"utf-8\r\n", b"latin-1\r\n"),
    ],
)  # fmt: skip
def test_the_reader_of_these_tests_sees_each_fault(old, new):
    """A reader that takes everything proves nothing."""
    raw = mail()

    assert old in raw
    with pytest.raises(Broken):
        read(raw.replace(old, new))


def has_postal_mime() -> bool:
    node = shutil.which("node")
    return bool(node) and subprocess.run([node, "-e", "require('postal-mime')"], capture_output=True, check=False).returncode == 0


POSTAL_MIME = """
const PostalMime = require('postal-mime');
const given = JSON.parse(require('fs').readFileSync(0, 'utf-8'));
Promise.all(given.map(raw => PostalMime.parse(Buffer.from(raw, 'latin1')))).then(all => console.log(JSON.stringify(
  all.map(one => [one.headers.map(h => h.key), one.subject, one.from, one.to, one.text, one.html, one.attachments.length]))));
"""


@pytest.mark.skipif(
    not has_postal_mime(), reason="needs node, and postal-mime in NODE_PATH: npm install postal-mime, then NODE_PATH=…/node_modules"
)
def test_a_reader_in_another_language_finds_the_same():
    """Members' programs are written in many."""
    raws = list(built().values()) + [message_of(letter(subject=said), TEXT + said, HTML + said) for said in ODD.values()]
    given = json.dumps([raw.decode("ascii") for raw in raws])
    done = subprocess.run(["node", "-e", POSTAL_MIME], input=given, capture_output=True, text=True, encoding="utf-8", check=True)

    for raw, (headers, subject, sender, to, text, html, attached) in zip(raws, json.loads(done.stdout), strict=True):
        got = read(raw)
        assert [name.lower() for name in HEADERS] == headers
        assert got.said("Subject") == subject
        assert got.lines["From"].rpartition("<")[2] == f"{sender['address']}>"
        assert [got.lines["From"].rpartition("<")[2]] == [f"{one['address']}>" for one in to]
        assert [part.text.rstrip("\n") for part in got.parts] == [one.replace("\r\n", "\n").rstrip("\n") for one in (text, html)]
        assert 0 == attached


def test_the_text_that_is_mailed_is_the_text_that_was_written():
    """Every line of it, in a letter with all that wrapping knows."""
    said = text_of(letter(body="<p>x</p>", text="- " + "mot " * 60 + "\n\n> " + "été " * 60), french())

    assert said == read(message_of(LETTER, said, HTML)).parts[0].text
