"""Answers of DNS, copied from whatever program somebody has."""

from random import Random

import pytest

from handbill.doctor.answers import NOBODY_ASKED, asking, read_answers

SPF = "v=spf1 include:_spf.relais.example ~all"

#: The same answer, as each program shows it.
FORMS = {
    "dig": f"""
; <<>> DiG 9.18 <<>> TXT essai.example
;; global options: +cmd
;; Got answer:
;; ->>HEADER<<- opcode: QUERY, status: NOERROR, id: 4711
;; QUESTION SECTION:
;essai.example.\t\tIN\tTXT

;; ANSWER SECTION:
essai.example.\t3600\tIN\tTXT\t"{SPF}"

;; Query time: 3 msec
""",
    "dig +short, with the command": f'$ dig +short TXT essai.example\n"{SPF}"\n',
    "nslookup on Linux": f'Server:\t\t127.0.0.53\nAddress:\t127.0.0.53#53\n\nNon-authoritative answer:\nessai.example\ttext = "{SPF}"\n',
    "nslookup on Windows": f'Serveur :   box\nAddress:  192.168.1.1\n\nessai.example\ttext =\n\n\t"{SPF}"\n',
    "host": f'essai.example descriptive text "{SPF}"\n',
    "a zone file": f'@ 10800 IN TXT "{SPF}"\n',
    "a zone file, whole name": 'essai.example. IN TXT ( "v=spf1 include:_spf.relais"\n   ".example ~all" )\n',
    "two strings": 'essai.example. 60 IN TXT "v=spf1 include:_spf.re" "lais.example ~all"\n',
    "escaped": f'Essai.Example. 60 IN TXT "{SPF.replace(":", chr(92) + "058")}"\r\n',
    "another name": f'essai.example. 60 IN CNAME x.relais.example.\nx.relais.example. 60 IN TXT "{SPF}"\n',
    "another name, by host": f'essai.example is an alias for x.relais.example.\nx.relais.example descriptive text "{SPF}"\n',
}


@pytest.mark.parametrize("pasted", FORMS.values(), ids=FORMS)
def test_the_text_of_a_record_is_found_in_every_form(pasted):
    """An editor has the program that is there, and copies all that it shows."""
    assert (SPF,) == read_answers(pasted, "essai.example").at("essai.example")


@pytest.mark.parametrize(
    "pasted",
    [
        ";; QUESTION SECTION:\n;_dmarc.essai.example.\tIN\tTXT\n",
        "** server can't find _dmarc.essai.example: NXDOMAIN\n",
        "*** box can't find _dmarc.essai.example: Non-existent domain\n",
        "*** UnKnown ne parvient pas à trouver _dmarc.essai.example : Non-existent domain\n",
        "*** Can't find _dmarc.essai.example: No answer\n",
        "Host _dmarc.essai.example not found: 3(NXDOMAIN)\n",
        "_dmarc.essai.example has no TXT record\n",
        "$ dig +short TXT _dmarc.essai.example\n",
    ],
)
def test_a_name_without_a_record_is_told_apart_from_one_that_nobody_asked_for(pasted):
    """“Not there” is a fault to mend; “not asked” is a question to ask."""
    answers = read_answers(pasted, "essai.example")

    assert () == answers.at("_dmarc.essai.example.")
    assert answers.at("essai.example") is None
    assert NOBODY_ASKED.at("essai.example") is None


FAILED = {
    "dig, nobody answered": "; <<>> DiG 9.18 <<>> TXT essai.example\n;; global options: +cmd\n;; connection timed out; no servers could be reached\n",
    "dig +short, nobody answered": "$ dig +short essai.example TXT\n;; connection timed out; no servers could be reached\n",
    "dig, the server is broken": ";; Got answer:\n;; ->>HEADER<<- opcode: QUERY, status: SERVFAIL, id: 1\n;; QUESTION SECTION:\n;essai.example.\t\tIN\tTXT\n",
    "dig with its command, not for us": "$ dig TXT essai.example\n;; ->>HEADER<<- opcode: QUERY, status: REFUSED, id: 1\n;essai.example.\tIN\tTXT\n",
    "host": "$ host -t TXT essai.example\nHost essai.example not found: 2(SERVFAIL)\n",
    "host, nobody answered": "$ host -t TXT essai.example\n;; connection timed out; no servers could be reached\n",
    "nslookup on Linux": "$ nslookup -type=TXT essai.example\n** server can't find essai.example: SERVFAIL\n",
    "nslookup on Windows": "C:\\> nslookup -type=TXT essai.example\nDNS request timed out.\n    timeout was 2 seconds.\n",
    "nslookup on Windows, broken": "C:\\> nslookup -type=TXT essai.example\n*** box can't find essai.example: Server failed\n",
}


@pytest.mark.parametrize("pasted", FAILED.values(), ids=FAILED)
def test_a_look_up_that_failed_says_nothing_of_the_record(pasted):
    """“No record” would send an editor to the provider's panel to mend what is there."""
    assert read_answers(pasted, "essai.example").at("essai.example") is None


def test_one_look_up_that_failed_leaves_what_the_others_found():
    """One command asks for all names, and the slowest server must not cost the answers of the rest."""
    good, broken = (f";; ->>HEADER<<- opcode: QUERY, status: {status}, id: 1\n" for status in ("NOERROR", "SERVFAIL"))
    pasted = (
        "$ dig +noall +comments +question +answer a.example TXT b.example TXT c.example TXT d.example TXT\n"
        f"{good};a.example. IN TXT\n{broken};b.example. IN TXT\n;; connection timed out; no servers could be reached\n{good};d.example. IN TXT\n"
    )
    answers = read_answers(pasted, "a.example")

    assert [(), None, None, ()] == [answers.at(f"{name}.example") for name in "abcd"]


@pytest.mark.parametrize("status", ["NOERROR", "NXDOMAIN"])
def test_a_server_that_answers_at_the_second_attempt_has_answered(status):
    """Both programs tell of the first attempt; the answer below it counts."""
    dig = (
        f";; communications error to 192.0.2.1#53: timed out\n;; ->>HEADER<<- opcode: QUERY, status: {status}, id: 1\n;a.example. IN TXT\n"
    )
    nslookup = "DNS request timed out.\n    timeout was 2 seconds.\n*** box can't find a.example: Non-existent domain\n"

    assert () == read_answers(dig, "a.example").at("a.example")
    assert () == read_answers(nslookup, "a.example").at("a.example")


def test_the_same_answer_twice_is_one_record():
    """Whoever looks up again pastes below what stands there; two SPF records would be a fault."""
    assert (SPF,) == read_answers(FORMS["dig"] + FORMS["host"] + FORMS["dig"], "essai.example").at("essai.example")


def test_the_command_asks_so_that_a_failure_can_be_seen(monkeypatch):
    """Without its comments dig shows a server that is broken as a name without records."""
    assert "dig +noall +comments +question +answer a.example TXT b.example TXT" == asking(["a.example", "b.example"])
    monkeypatch.setattr("handbill.doctor.answers.os.name", "nt")
    each = "echo nslookup a.example & nslookup -type=TXT a.example & echo nslookup b.example & nslookup -type=TXT b.example"
    assert f'cmd /c "{each}"' == asking(["a.example", "b.example"])
    assert f'cmd /c "({each}) > dns.txt 2>&1"' == asking(["a.example", "b.example"], "dns.txt")


@pytest.mark.parametrize(
    "name", ["$(reboot).example", "a.example & reboot", "`x`.example", "-f", "a.example;x", "%PATH%", 'a".example', ""]
)
def test_no_command_holds_what_a_shell_would_carry_out(name):
    """It is there to be copied, and names come from records and mails of strangers."""
    assert asking(["b.example"]) == asking([name, "b.example"])


def test_nslookup_on_windows_has_asked_for_a_name_without_texts():
    """It shows who keeps the zone, and not for which name; the command before it says that, or nobody would ever have asked."""
    zone = "\tprimary name server = ns.essai.example\n\tserial  = 1\n"
    pasted = f"nslookup lettre.essai.example \nServeur :   box\nAddress:  192.168.1.1\n\nessai.example\n{zone}"
    answers = read_answers(pasted, "essai.example")

    assert [(), None] == [answers.at("lettre.essai.example"), answers.at("essai.example")]


def test_several_records_of_one_name_stay_several():
    """Two SPF records are a fault that joined ones would hide."""
    pasted = 'a.example\ttext =\n\n\t"v=spf1 -all"\na.example\ttext =\n\n\t"site-check=1"\n'

    assert ("v=spf1 -all", "site-check=1") == read_answers(pasted, "a.example").at("a.example")


def test_names_that_lead_to_each_other_end():
    """A circle in DNS must not become one here."""
    assert () == read_answers("a.example. IN CNAME b.example.\nb.example. IN CNAME a.example.\n", "a.example").at("a.example")


def test_the_name_of_a_key_in_a_zone_file_lies_below_the_domain():
    """Providers show records without the domain behind them."""
    assert ("v=DKIM1; p=",) == read_answers('lettre._domainkey 60 IN TXT "v=DKIM1\\; p="', "essai.example").at(
        "lettre._domainkey.essai.example"
    )


def test_whatever_is_pasted_is_read_and_never_crashes():
    """A terminal copies half of a line, and a mouse the wrong half; the run of mutations is the same each time."""
    chance = Random(1035)
    for pasted in FORMS.values():
        for _ in range(100):
            text = list(pasted)
            for _ in range(chance.randint(1, 8)):
                text[chance.randrange(len(text))] = chance.choice(
                    ["", '"', "\\", "(", ")", ";", "\n", "\t", " ", "é", "\0", "99999 IN TXT "]
                )
            assert isinstance(read_answers("".join(text), "essai.example").asked, frozenset)


def test_a_long_paste_is_read_in_no_time():
    """Whoever pastes the wrong file waits for an answer, not for the end of the day."""
    for text in ('( "a" ' + " " * 20_000, "(" * 20_000, '"' * 20_000, "a.example. IN TXT ( " + '"a" ; x\n' * 3_000, "*** " + "a." * 10_000):
        assert read_answers(text, "a.example") is not None
