"""The headers of a mail, and what must not get into them."""

from email.header import decode_header, make_header

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.cases import for_each
from tests.outputs.mail.letters import LETTER, letter

from handbill.outputs.mail.headers import Mailbox, Refused, checked, headers_of, host, mailbox, uri
from handbill.outputs.mail.record import TOKEN

DIGEST = "a1" * 32


def headers(**changes):
    return dict(headers_of(letter(**changes), DIGEST))


def test_a_letter_carries_what_big_mail_services_ask_of_newsletters():
    """Without one-click unsubscription they refuse the mail (RFC 8058; required since 2024)."""
    assert {
        "From": "Le village <lettre@essai.example>",
        "Reply-To": "bonjour@essai.example",
        "To": "La lettre du village <lettre@essai.example>",
        "Subject": "=?utf-8?q?En_mai=2C_on_r=C3=A9pare_dehors?=",
        "Date": "Thu, 07 May 2026 18:00:00 +0200",
        "Message-ID": f"<main.12.{DIGEST[:32]}@essai.example>",
        "List-Id": "La lettre du village <main.essai.example>",
        "List-Unsubscribe": f"<https://lettre.essai.example/adieu/{TOKEN}>",
        "List-Unsubscribe-Post": "List-Unsubscribe=One-Click",
        "List-Archive": "<https://essai.example/newsletters/>",
        "List-Help": "<mailto:bonjour@essai.example>",
        "List-Subscribe": "<https://lettre.essai.example/inscription>",
        "Feedback-ID": "main.12:main:4fe96386a14b",
        "Precedence": "bulk",
        "Content-Language": "fr",
    } == headers()


def test_the_message_s_name_holds_no_token():
    """It returns in answers, also in those to a public list, where anyone could unsubscribe the member with it."""
    assert TOKEN not in headers()["Message-ID"]


@pytest.mark.parametrize("length", [20, 77, 78, 79, 200, 500, 900])
def test_an_unsubscribe_address_of_any_length_stays_plain_and_on_one_line(length):
    """The standard library encodes it from 78 signs on, and Gmail then ignores it (cpython#85725)."""
    address = f"https://essai.example/{TOKEN}/".ljust(length, "a")

    assert f"<{address}>" == headers(unsubscribe=address)["List-Unsubscribe"]


def test_only_a_safe_web_address_can_be_called_with_one_click():
    """The header would promise something that no other address can keep (RFC 8058, 3.1)."""
    assert "List-Unsubscribe-Post" not in headers(unsubscribe="mailto:adieu@essai.example")
    assert "List-Unsubscribe-Post" not in headers(unsubscribe="http://essai.example/adieu")
    assert "List-Unsubscribe" not in headers(unsubscribe="")


def test_a_member_whose_mail_program_opens_no_page_can_leave_by_mail():
    """The page comes first, because programs try the first way and one click needs it (RFC 2369, RFC 8058)."""
    page = f"<https://lettre.essai.example/adieu/{TOKEN}>"

    found = headers(unsubscribe_mail="adieu@essai.example")
    assert f"{page}, <mailto:adieu@essai.example?subject=unsubscribe%20{TOKEN}>" == found["List-Unsubscribe"]
    assert "List-Unsubscribe=One-Click" == found["List-Unsubscribe-Post"]
    found = headers(unsubscribe_mail=f"adieu+{TOKEN}@essai.example")
    assert f"{page}, <mailto:adieu+{TOKEN}@essai.example?subject=unsubscribe>" == found["List-Unsubscribe"]
    found = headers(unsubscribe="", unsubscribe_mail="adieu@essai.example")
    assert f"<mailto:adieu@essai.example?subject=unsubscribe%20{TOKEN}>" == found["List-Unsubscribe"]
    assert "List-Unsubscribe-Post" not in found


def test_both_ways_out_fit_on_one_line():
    """What stands on a second line is never read, and a longer line is broken by servers."""
    long = f"https://essai.example/{TOKEN}/".ljust(900, "a")

    with pytest.raises(Refused) as refused:
        headers(unsubscribe=long, unsubscribe_mail="adieu@essai.example")
    assert "unsubscribe_mail" == refused.value.field
    exact = 998 - len("List-Unsubscribe: <>, <>") - len(long) - len(f"mailto:@a.example?subject=unsubscribe%20{TOKEN}")
    assert 998 == len("List-Unsubscribe: " + headers(unsubscribe=long, unsubscribe_mail="a" * exact + "@a.example")["List-Unsubscribe"])
    with pytest.raises(Refused):
        headers(unsubscribe=long, unsubscribe_mail="a" * (exact + 1) + "@a.example")


@pytest.mark.parametrize("box", ["Adieu <adieu@essai.example>", "adieu", "mailto:adieu@essai.example", "a@b.example, c@d.example"])
def test_leaving_by_mail_needs_one_address_alone(box):
    """Programs write to exactly what stands there."""
    with pytest.raises(Refused) as refused:
        headers(unsubscribe_mail=box)
    assert "unsubscribe_mail" == refused.value.field


def test_signs_that_separate_the_parts_of_an_address_are_numbers_in_it():
    """``a?b@c.example`` is a legal box, and ``mailto:a?b@c.example`` writes to “a”."""
    assert "<mailto:a%3Fb%26c@essai.example>" == headers(reply_to="a?b&c@essai.example")["List-Help"]


def test_the_letter_of_a_language_is_a_list_of_its_own():
    """Members sort mail by List-Id, and complaints about one language say nothing of the other."""
    french, english = headers(), headers(lang="en", home=f"{LETTER.base}en/")

    assert "La lettre du village <main.en.essai.example>" == english["List-Id"]
    assert "main.en.12:main.en:4fe96386a14b" == english["Feedback-ID"]
    assert "en" == english["Content-Language"]
    for name in ("List-Id", "Message-ID", "Feedback-ID", "Content-Language"):
        assert french[name] != english[name]


def test_the_numbers_of_two_letters_are_never_one_in_reports():
    """Google adds up whatever has the same name, in whichever place, and wants 5 to 15 signs for who sends."""
    one, other = headers()["Feedback-ID"].split(":"), headers(key="agenda")["Feedback-ID"].split(":")

    assert 4 >= len(one)
    assert len(set(one)) == len(one)
    assert {one[-1]} == set(one) & set(other)
    assert 5 <= len(one[-1]) <= 15


def test_a_letter_from_before_whole_hours_has_a_legal_date():
    """Until 1911 Paris was nine minutes and 21 seconds ahead; an association puts its first letters into the archive."""
    assert "Thu, 01 Mar 1900 17:50:39 +0000" == headers(published="1900-03-01T18:00:00+00:09:21")["Date"]
    assert "Thu, 07 May 2026 18:00:00 +0545" == headers(published="2026-05-07T18:00:00+05:45")["Date"]


def test_no_list_header_is_ever_encoded():
    """Programs read them, and few decode them: a list with accents keeps its name for To."""
    found = headers(name="L'été du village")

    assert "<main.essai.example>" == found["List-Id"]
    assert "=?utf-8?b?TCfDqXTDqSBkdSB2aWxsYWdl?= <lettre@essai.example>" == found["To"]
    assert all("=?" not in value for name, value in found.items() if name.startswith("List-"))


def test_a_name_set_as_printers_do_is_plain_in_headers():
    """A curved apostrophe would have to be encoded, and programs that sort by List-Id read no encoded words."""
    found = headers(name="La lettre de l’atelier\u202f!")

    assert "La lettre de l'atelier ! <main.essai.example>" == found["List-Id"].replace('"', "")
    assert found["To"].replace('"', "").startswith("La lettre de l'atelier ! <")


@pytest.mark.parametrize(
    "subject",
    [
        "a" * 150,
        " avant et après ",
        " plain ",
        "mot " + "b" * 90,
        "deux  espaces " * 9 + "fin",
        "un mot " * 30 + "fin",
        "é" * 150,
        "字" * 90,
    ],
)
def test_a_subject_of_long_words_comes_back_whole(subject):
    """Folded as it is, a long word would get a space before it."""
    value = headers(subject=subject)["Subject"]

    assert subject == str(make_header(decode_header("".join(value.split("\r\n")))))
    assert max(map(len, f"Subject: {value}".split("\r\n"))) <= 78


def test_a_name_with_signs_of_the_grammar_is_quoted():
    """Otherwise a comma makes two senders."""
    assert '"Village, le \\"vrai\\"" <lettre@essai.example>' == headers(sender='Village, le "vrai" <lettre@essai.example>')["From"]


FIELDS = ("subject", "name", "sender", "reply_to", "unsubscribe", "unsubscribe_mail", "subscribe", "archive", "host")
ATTACKS = (
    "x\r\nBcc: mal@mal.example", "x\nBcc: mal@mal.example", "x\rBcc: mal@mal.example", "x\x00", "x\x0b\x0cBcc: y", "x\x85Bcc: y",
    "x\u2028Bcc: y", "x\u2029Bcc: y", "x\x1b[0m", "x\udcff", "plain =?UTF-8?Q?=0A?=Bcc: mal@mal.example", "=?utf-8?b?DQpCY2M6?=",
    "=?utf-8?q?=0D=0ABcc=3A_x?=", "a?=", "x\n ",
)  # fmt: skip


@for_each("field", FIELDS)
@for_each("attack", ATTACKS)
def test_no_field_can_begin_a_header_of_its_own(field, attack):
    """On Python 3.11.7 the eleventh of these, in a title, made a real Bcc (CVE-2024-6923)."""
    before = getattr(LETTER, field)
    for value in (attack, before + attack, attack + before):
        with pytest.raises(Refused) as refused:
            headers(**{field: value})
        assert field == refused.value.field


@pytest.mark.parametrize(
    "sender",
    ["", "Le village", "Le village <>", "a@b@c.example", "<a@b.example> <c@d.example>", "a@b.example, c@d.example", "é@b.example",
     "Le village <a b@c.example>", "a@b.example>", "x" * 300 + "@b.example"],
)  # fmt: skip
def test_what_is_not_one_plain_address_is_refused(sender):
    """Two senders, or none, would be worse than no letter."""
    with pytest.raises(Refused):
        mailbox(sender)


def test_a_mailbox_has_a_name_or_not():
    """Both ways of writing are common."""
    assert Mailbox("Le village", "a@b.example") == mailbox(" Le village  <a@b.example>")
    assert Mailbox("Le, village", "a@b.example") == mailbox('"Le, village" <a@b.example>')
    assert Mailbox("", "a@b.example") == mailbox("a@b.example")


@pytest.mark.parametrize(
    "address",
    ["", "javascript:alert(1)", "https://a.example/ b", "https://a.example/<b>", "https://é.example/", "https://a.example/" + "a" * 1000],
)
def test_what_is_no_address_of_the_web_is_refused(address):
    """Signs that addresses may not have would end the header's value early."""
    with pytest.raises(Refused):
        uri(address)


def test_a_host_with_accents_gets_its_plain_name():
    """Names of messages and lists are ASCII."""
    assert "xn--t-bga.example" == host("té.example")


@given(st.text(st.characters(codec="utf-8", exclude_categories=("Cc", "Cs", "Zl", "Zp")), min_size=1, max_size=300))
def test_any_subject_comes_back_as_it_was_written_in_lines_that_fit(subject):
    """Yahoo returns mails in which two encoded words touch; longer lines are broken by servers."""
    subject = " ".join(subject.split())
    try:
        checked(subject)
    except Refused:
        return

    value = headers(subject=subject)["Subject"]
    assert subject == str(make_header(decode_header("".join(value.split("\r\n")))))
    assert value.isascii()
    assert "?==?" not in value
    lines = f"Subject: {value}".split("\r\n")
    assert max(map(len, lines)) <= 78
    assert all(line[0] == " " for line in lines[1:])
