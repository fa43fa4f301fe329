"""Whose mail came back, and who gets no more: by proof, and by nothing that a stranger could write."""

import random

import pytest
from tests.sending import returned_mails as mails
from tests.sending.mailings import NOW, SECRET
from tests.sending.returned_mails import ADA, BOB, BOUNCES, EVE, enclosed, failed, group, report, status_part, to, token

from handbill.sending.bounces import take_in
from handbill.sending.keys import member_key
from handbill.sending.ledger import Ledger

MAILING = mails.letter()
OTHER = mails.letter(10, "<main.10.ffffffffffffffffffffffffffffffff@essai.example>")
AGENDA = mails.letter(4, "<agenda.4.eeeeeeeeeeeeeeeeeeeeeeeeeeeeeeee@essai.example>", key="agenda")


@pytest.fixture
def ledger(tmp_path):
    """A ledger that knows of two numbers of a letter, and one of another, sent to Ada and Bob; Eve got the other letter alone."""
    with Ledger.open(tmp_path, SECRET, tmp_path / "tallies") as opened:
        mails.sent(opened, OTHER, ADA, BOB)
        mails.sent(opened, MAILING, ADA, BOB)
        mails.sent(opened, AGENDA, ADA, EVE)
        yield opened


def read(ledger, *raws, bounces=BOUNCES, mailing=MAILING):
    """Take mails in, and return what became of them, without the zeroes."""
    found = take_in(raws, mailing, bounces, ledger, SECRET, NOW)
    assert len(raws) == found.mails
    return {name: count for name, count in found.fates.items() if count}


def bounced(ledger, mailing=MAILING):
    return ledger.standing(mailing.letter, mailing.number).counts["bounced"]


def suppressed(ledger):
    """Return those of the three who get no more."""
    everybody = ledger.suppressed()
    named = {one for one in (ADA, BOB, EVE) if member_key(SECRET, one) in everybody}
    assert [(len(named),)] == list(ledger._file.rows("SELECT count(*) FROM suppressed")), "nobody else either"
    return named


def test_a_mail_that_came_back_is_counted_and_whoever_is_not_there_gets_no_more(ledger):
    """Providers judge a community by how often it writes to nobody."""
    assert {"returned": 1} == read(ledger, failed(ADA))
    assert (1, {ADA}) == (bounced(ledger), suppressed(ledger))
    assert 0 == bounced(ledger, OTHER)
    assert [1, 0] == [take_in([failed(BOB)], MAILING, BOUNCES, ledger, SECRET, NOW).suppressed for _ in range(2)]


def test_reading_the_same_box_twice_changes_nothing(ledger):
    """Nobody empties a box before reading it again."""
    box = (failed(ADA), failed(BOB, status="5.2.2"), failed(BOB, status="4.4.1", action="delayed"), mails.complaint(BOB))
    assert {"returned": 2, "delayed": 1, "complaint": 1} == read(ledger, *box)
    then = ledger.standing("main", 11), suppressed(ledger)

    assert {"known": 2, "delayed": 1, "complaint": 1} == read(ledger, *box)
    assert then == (ledger.standing("main", 11), suppressed(ledger))


@pytest.mark.parametrize(
    "raw",
    [
        pytest.param(failed(ADA, status="5.2.2"), id="a full mailbox"),
        pytest.param(failed(ADA, status="5.7.1"), id="a policy of the receiver"),
        pytest.param(failed(ADA, status="4.4.7"), id="a server that did not answer for days"),
        pytest.param(failed(ADA, status="", diagnostic=""), id="no reason at all"),
        pytest.param(report(status_part(group(ADA), group("second@membres.example", status="5.2.2")), enclosed(token()), to=to(token())), id="two boxes, two reasons"),
    ],
)  # fmt: skip
def test_whoever_may_be_reached_next_month_stays_on_the_list(ledger, raw):
    """A full mailbox is no farewell; the mail still did not arrive."""
    assert {"returned": 1} == read(ledger, raw)
    assert (1, set()) == (bounced(ledger), suppressed(ledger))


def test_a_member_who_is_refused_three_letters_in_a_row_gets_no_more(ledger):
    """A mailbox that has been full for three letters is nobody's any more; what a full server says is not about the member."""
    later = mails.letter(12, "<main.12.dddddddddddddddddddddddddddddddd@essai.example>")
    mails.sent(ledger, later, ADA, BOB)
    ids = {
        10: "<main.10.ffffffffffffffffffffffffffffffff@essai.example>",
        11: mails.MESSAGE_ID,
        12: "<main.12.dddddddddddddddddddddddddddddddd@essai.example>",
    }

    told = []
    for mailing in (OTHER, MAILING, later):
        for address, status in ((ADA, "5.2.2"), (BOB, "4.4.7")):
            read(ledger, failed(address, status=status, diagnostic="", message_id=ids[mailing.number]), mailing=mailing)
        told.append(suppressed(ledger))

    assert [set(), set(), {ADA}] == told


def test_a_mail_that_is_only_late_changes_nothing(ledger):
    """Most of them arrive in the end."""
    assert {"delayed": 1} == read(ledger, failed(ADA, action="delayed", status="4.4.1"))
    assert (0, set()) == (bounced(ledger), suppressed(ledger))


def test_a_complaint_takes_a_member_off_the_list_and_is_no_returned_mail(ledger):
    """The mail did arrive, and the next one would harm everybody's delivery."""
    assert {"complaint": 1} == read(ledger, mails.complaint(ADA))
    assert (0, {ADA}) == (bounced(ledger), suppressed(ledger))


@pytest.mark.parametrize("header", ["Delivered-To", "X-Original-To", "Envelope-To", "To"])
def test_the_address_that_a_report_came_to_says_whose_mail_it_was(ledger, header):
    """Many reports enclose nothing; servers write the address into different headers, and may change its capitals."""
    raw = report(status_part(group("somebody@elsewhere.example")), to="lettre@essai.example", head=f"{header}: <{to(token()).upper()}>\r\n")

    # Two headers To would be two opinions.
    raw = raw.replace(b"\r\nTo: lettre@essai.example", b"")

    assert {"returned": 1} == read(ledger, raw)
    assert {ADA} == suppressed(ledger)


def test_the_head_of_the_mail_that_is_enclosed_says_whose_it_was(ledger):
    """A community whose provider gives it no addresses with a plus still learns who is gone."""
    raw = report(status_part(group("somebody@elsewhere.example")), enclosed(token()))

    assert {"returned": 1} == read(ledger, raw, bounces="")
    assert {ADA} == suppressed(ledger)


def test_an_address_beside_a_message_id_counts_and_takes_nobody_off(ledger):
    """Everybody can read the Message-ID on the site, and may know an address: that is no proof."""
    raw = report(status_part(group(ADA)), enclosed())

    assert {"returned": 1} == read(ledger, raw)
    assert (1, set()) == (bounced(ledger), suppressed(ledger))
    assert 0 == ledger.refused("main", member_key(SECRET, ADA))
    assert {"unproven": 1} == read(ledger, raw)


@pytest.mark.parametrize(
    ("expected", "raw"),
    [
        ("delayed", report(status_part(group(ADA, action="delayed", status="4.4.1")), enclosed())),
        ("unproven", mails.complaint(ADA, word="")),
        ("other", report(status_part(group(ADA, action="delivered", status="2.0.0")), enclosed())),
    ],
)
def test_an_address_beside_a_message_id_says_only_that_a_mail_came_back(ledger, expected, raw):
    """A mail that is late, or called unwanted, did not come back."""
    assert {expected: 1} == read(ledger, raw)
    assert (0, set()) == (bounced(ledger), suppressed(ledger))


def test_a_hub_without_an_address_for_returned_mails_finds_no_token_in_one(ledger):
    """Any word of thirty-two signs would do."""
    raw = report(status_part(group(ADA)), to=f"<{token()}>")

    assert {"other": 1} == read(ledger, raw, bounces="")
    assert set() == suppressed(ledger)


def test_a_report_about_another_number_is_left_for_that_one(ledger):
    """One box gets what comes back from all letters."""
    late = failed(ADA, message_id="<main.10.ffffffffffffffffffffffffffffffff@essai.example>")

    assert {"elsewhere": 1} == read(ledger, late)
    assert (0, 0, set()) == (bounced(ledger), bounced(ledger, OTHER), suppressed(ledger))
    assert {"returned": 1} == read(ledger, late, mailing=OTHER)
    assert (0, 1, {ADA}) == (bounced(ledger), bounced(ledger, OTHER), suppressed(ledger))


def test_a_report_that_says_no_number_is_about_the_newest(ledger):
    """Otherwise one returned mail would count for every number."""
    raw = report(status_part(group(ADA)), to=to(token()))

    assert {"elsewhere": 1} == read(ledger, raw, mailing=OTHER)
    assert {"returned": 1} == read(ledger, raw)
    assert (1, 0) == (bounced(ledger), bounced(ledger, OTHER))


# What a stranger has: the Message-ID and the form of every address from the site, the addresses of members,
# and a token of his own, if he is a member of another letter.
FORGED = {
    "a wrong token": failed(ADA, word="a" * 32),
    "a token with one sign changed": failed(ADA, word=("b" if token()[0] == "a" else "a") + token()[1:]),
    "the token as it stands in the archive": failed(ADA, word="handbill-member-token-0000000000"),
    "no token": failed(ADA, word=""),
    "a token in the wrong place": report(status_part(group(ADA)), enclosed(), to="lettre@essai.example", head=f"Subject: {token()}\r\n"),
    "a token at another domain": report(status_part(group(ADA)), to=f"retours+{token()}@autre.example"),
    "a token at a longer domain": report(status_part(group(ADA)), to=f"retours+{token()}@lettre.example.autre.example"),
    "a token at a longer name": report(status_part(group(ADA)), to=f"x.retours+{token()}@lettre.example"),
    "a token that is too long": report(status_part(group(ADA)), to=to(token() + "a")),
    "half a token": report(status_part(group(ADA)), to=to(token()[:16])),
    "a token of another letter": failed(ADA, word=token(ADA, "agenda")),
    "a token of somebody who was sent nothing": failed(EVE, word=token(EVE)),
    "two tokens": report(status_part(group(ADA)), enclosed(token(ADA)), to=to(token(BOB))),
    "two addresses with tokens": report(status_part(group(ADA)), enclosed(), to=f"{to(token(ADA))}, {to(token(BOB))}"),
    "two tokens in one header": report(status_part(group(ADA)), enclosed().replace("Subject", f"List-Unsubscribe: <https://essai.example/adieu/{token(ADA)}>, <mailto:adieu@essai.example?subject=unsubscribe%20{token(BOB)}>\r\nSubject")),
    "a header for leaving of another hub": report(status_part(group(ADA)), enclosed().replace("Subject", f"List-Unsubscribe: <https://autre.example/adieu/{token()}>\r\nSubject")),
    "a header for leaving that goes on": report(status_part(group(ADA)), enclosed(token()).replace("unsubscribe%20", "unsubscribe%20x")),
    "a header for leaving with a third way": report(status_part(group(ADA)), enclosed(token()).replace("List-Unsubscribe: ", "List-Unsubscribe: <https://autre.example/>, ")),
    "two mails in one report": report(status_part(group(ADA)), enclosed("a" * 32), enclosed(token())),
    "a message-id of nobody": failed(ADA, message_id="<x@autre.example>"),
    "a message-id in the text": report(status_part(group(ADA)), f"Content-Type: text/plain\r\n\r\nMessage-ID: {mails.MESSAGE_ID}\r\n"),
    "a message-id twice": report(status_part(group(ADA)), enclosed().replace("Subject", "Message-ID: <x@y>\r\nSubject")),
    "a message-id beside ours": failed(ADA, message_id=f"{mails.MESSAGE_ID} <x@y>"),
    "nothing enclosed": report(status_part(group(ADA))),
    "a complaint without token": mails.complaint(ADA, word=""),
    "a complaint with a wrong token": mails.complaint(ADA, word="b" * 32),
    "a complaint of another letter": mails.complaint(ADA, word=token(ADA, "agenda")),
    "praise": mails.complaint(ADA, kind="not-spam"),
    "success": failed(ADA, action="delivered", status="2.0.0"),
    "success that failed": failed(ADA, status="2.1.5"),
    "late": failed(ADA, action="delayed", status="5.1.1"),
    "an action of our own": failed(ADA, action="failed-not"),
    "an absence note": f"To: {to(token())}\r\nAuto-Submitted: auto-replied\r\nSubject: 550 5.1.1 user unknown\r\n\r\nAbsent.\r\n".encode(),
    "a reply that quotes a report": b"To: " + to(token()).encode() + b"\r\nContent-Type: text/plain\r\n\r\n" + failed(ADA),
    "a report that was forwarded": f'To: {to(token())}\r\nContent-Type: multipart/mixed; boundary="f"\r\n\r\n--f\r\nContent-Type: message/rfc822\r\n\r\n'.encode() + failed(ADA) + b"\r\n--f--\r\n",
    "a report in a report": report("Content-Type: multipart/report; boundary=in\r\n\r\n--in\r\n" + status_part(group(ADA)) + "\r\n--in--", enclosed(token()), to=to(token())),
    "two reports that contradict each other": report(status_part(group(ADA)), status_part(group(ADA, action="delivered", status="2.0.0")), enclosed(token()), to=to(token())),
    "a recipient who was delivered": report(status_part(group(ADA), group(BOB, action="delivered", status="2.0.0")), enclosed(token()), to=to(token())),
    "an action twice": report(status_part(group(ADA) + "Action: delivered\r\n"), enclosed(token()), to=to(token())),
    "a type twice": report(status_part(group(ADA)), enclosed(token()), to=to(token()), head="Content-Type: text/plain\r\n"),
    "a boundary twice": report(status_part(group(ADA)), enclosed(token()), to=to(token()), content_type='multipart/report; boundary="=_b"; boundary="=_c"'),
    "another boundary": report(status_part(group(ADA)), enclosed(token()), to=to(token()), content_type='multipart/report; boundary="=_c"'),
    "a mixed mail": report(status_part(group(ADA)), enclosed(token()), to=to(token()), content_type='multipart/mixed; boundary="=_b"'),
    "no recipients": report(status_part(), enclosed(token()), to=to(token())),
    "a report of text": report(status_part(group(ADA)).replace("message/delivery-status", "text/plain"), enclosed(token()), to=to(token())),
    "a token in wide letters": report(status_part(group(ADA)), to=to("".join(chr(ord(one) + 0xFEE0) for one in token()))),
    "a token in an encoded word": report(status_part(group(ADA)), to=f"=?utf-8?q?retours=2B{token()}?=@lettre.example"),
    "a token with a soft hyphen": report(status_part(group(ADA)), to=to(token()[:5] + "\u00ad" + token()[5:])),
    "a token after a null": report(status_part(group(ADA)), to=to("\0" + token())),
    "a token split by a comment": report(status_part(group(ADA)), to=to(token()[:9] + "(x)" + token()[9:])),
    "a report of zeroes": b"\0" * 5000,
    "a report of a million fields": report(status_part(*[group(ADA)] * 5000), to="lettre@essai.example"),
    "parts without end": report(*["Content-Type: text/plain\r\n\r\n"] * 20_000, status_part(group(ADA)), enclosed(token()), to=to(token())),
    "utf-16": failed(ADA).decode("latin-1").encode("utf-16"),
    "utf-7": failed(ADA).replace(b"+", b"+-").replace(b"Action: failed", b"+AEEAYwB0AGkAbwBu-: failed"),
    "base64 all over": report("Content-Type: message/delivery-status\r\nContent-Transfer-Encoding: base64\r\n\r\n!!!!", enclosed(token()), to=to(token())),
    "an encoding that nobody knows": report("Content-Type: message/delivery-status\r\nContent-Transfer-Encoding: x-gzip\r\n\r\n\x1f\x8b", enclosed(token()), to=to(token())),
    "a header injected into an address": report(status_part(group(ADA)), to="lettre@essai.example\r\n \r\n" + to(token())),
    "an address of sql": failed("a' OR 1=1 --@membres.example", word=""),
    "a member of everybody": failed("%@membres.example", word=""),
    "an empty address": failed("", word=""),
    "many addresses": report(status_part(*[group(f"{n}@membres.example") for n in range(300)], group(ADA)), enclosed()),
    "a list of everybody": report(status_part(group(ADA), group(BOB)), enclosed()),
}  # fmt: skip


@pytest.mark.parametrize("raw", FORGED.values(), ids=FORGED)
def test_what_a_stranger_can_write_takes_nobody_off_the_list(ledger, raw):
    """A competitor with a list of addresses could silence a community, member by member."""
    read(ledger, raw)

    assert set() == suppressed(ledger)
    assert 0 == bounced(ledger, OTHER)
    assert 0 == bounced(ledger, AGENDA)
    assert bounced(ledger) <= 1


def test_there_are_as_many_forgeries_as_we_say():
    """The figure that we promise: sixty."""
    assert 60 <= len(FORGED)


def test_no_change_of_a_true_report_takes_anybody_else_off_the_list(ledger):
    """Two thousand broken copies: none stops the reading, and the only member whom one can concern is the one whose token it holds."""
    dice = random.Random(7)
    true = failed(ADA)
    box = []
    for _ in range(2000):
        raw = bytearray(true)
        for _ in range(dice.randint(1, 8)):
            place = dice.randrange(len(raw))
            act = dice.randrange(4)
            if act == 0:
                raw[place] = dice.randrange(256)
            elif act == 1:
                del raw[place : place + dice.randint(1, 200)]
            elif act == 2:
                raw[place:place] = raw[place : place + dice.randint(1, 300)]
            else:
                raw[place:place] = dice.choice([b"\r\n", b"\n\n", b"--=_b\r\n", b"--=_b--\r\n", b"\0", b"\xff", b":", b";", b'"'])
        box.append(bytes(raw))

    found = read(ledger, *box)

    assert 100 < found["other"]
    assert suppressed(ledger) <= {ADA}
    assert bounced(ledger) <= 1


def test_a_letter_without_addresses_for_leaving_or_returning_still_counts(ledger):
    """A small community may have neither; then a report proves nothing, and still tells of a mail that did not arrive."""
    plain = mails.letter(12, "<main.12.dddddddddddddddddddddddddddddddd@essai.example>", leaving="")
    mails.sent(ledger, plain, ADA)

    assert {"returned": 1} == read(
        ledger, failed(ADA, message_id="<main.12.dddddddddddddddddddddddddddddddd@essai.example>"), bounces="", mailing=plain
    )
    assert set() == suppressed(ledger)
