"""SPF records, good and bad, judged as RFC 7208 says."""

import pytest

from handbill.doctor.answers import NOBODY_ASKED, read_answers
from handbill.doctor.spf import is_spf, judge_spf

DOMAIN = "essai.example"


def states(*records: str, **others: str) -> set[tuple[str, str]]:
    """Return state and finding for a domain with these records; *others* are records of other names, with _ for a dot."""
    lines = [f'{DOMAIN}. 60 IN TXT "{record}"' for record in records] or [f";{DOMAIN}. IN TXT"]
    lines += [
        f'{name.replace("_", ".")}. 60 IN TXT "{record}"' if record else f";{name.replace('_', '.')}. IN TXT"
        for name, record in others.items()
    ]
    return {(one.state, str(one.found)) for one in judge_spf(DOMAIN, read_answers("\n".join(lines), DOMAIN))}


GOOD = [
    "v=spf1 -all",
    "V=SPF1 mx ~all",
    "v=spf1 a mx ip4:192.0.2.1 ip4:192.0.2.0/24 ip6:2001:db8::/32 -all",
    "v=spf1 a:mail.essai.example/24//64 mx//64 ~all",
    "v=spf1 exists:%{i}._spf.%{d} -all",
    "v=spf1 redirect=_spf.essai.example",
    "v=spf1 include:%{d}._spf.relais.example -all",
    "v=spf1 mx redirect=elsewhere.example ~all",
    "v=spf1 ip4:192.0.2.1 exp=why.essai.example -all",
    "v=spf1  mx   ~all ",
    "v=spf1 mx unknown-modifier=anything ~all",
]


@pytest.mark.parametrize("record", GOOD)
def test_a_good_record_is_called_good(record):
    """Who is told of a fault that is none mends what works."""
    pasted = f'{DOMAIN}. IN TXT "{record}"\n_spf.{DOMAIN}. IN TXT "v=spf1 -all"\n'
    assert ["ok"] == [one.state for one in judge_spf(DOMAIN, read_answers(pasted, DOMAIN))]


BAD = {
    "no record": ((), "missing", "no record"),
    "another text": (("site-verification=1",), "missing", "no record"),
    "glued": (("v=spf1include:relais.example ~all",), "missing", "does not begin"),
    "two records": (("v=spf1 mx ~all", "v=spf1 include:relais.example ~all"), "missing", "2 records"),
    "everybody": (("v=spf1 +all",), "missing", "lets everybody"),
    "everybody, without a sign": (("v=spf1 mx all",), "missing", "lets everybody"),
    "everybody, as a network": (("v=spf1 ip4:0.0.0.0/0 -all",), "missing", "lets everybody"),
    "a slip": (("v=spf1 inculde:relais.example ~all",), "missing", "inculde"),
    "no address": (("v=spf1 ip4:192.0.2.300 ~all",), "missing", "ip4:192.0.2.300"),
    "a mask": (("v=spf1 ip4:192.0.2.0/255.255.255.0 ~all",), "missing", "no term"),
    "one host for many": (("v=spf1 ptr/24 ~all",), "missing", "ptr/24"),
    "too wide": (("v=spf1 a/33 ~all",), "missing", "a/33"),
    "an empty include": (("v=spf1 include: ~all",), "missing", "include:"),
    "two redirects": (("v=spf1 redirect=a.example redirect=b.example",), "missing", "redirect=b.example"),
    "eleven look-ups": (("v=spf1 " + " ".join(f"a:h{n}.essai.example" for n in range(11)) + " ~all",), "missing", "11 names"),
    "ptr": (("v=spf1 ptr ~all",), "warning", "ptr"),
    "no end": (("v=spf1 mx",), "warning", "no “all”"),
    "an open end": (("v=spf1 mx ?all",), "warning", "?all"),
    "behind the end": (("v=spf1 ~all include:relais.example",), "warning", "after “all”"),
}


@pytest.mark.parametrize(("records", "state", "found"), BAD.values(), ids=BAD)
def test_a_bad_record_is_told_with_what_is_wrong(records, state, found):
    """Receivers say no more than “permerror”, and file the letter as spam."""
    told = states(*records)

    assert any(one == state and found in text for one, text in told), told


def test_ten_look_ups_are_allowed_and_what_others_name_counts():
    """A provider that names five more breaks a record that looked fine."""
    ten = "v=spf1 " + " ".join(f"a:h{n}.essai.example" for n in range(9)) + " include:relais.example ~all"

    assert {"ok"} == {state for state, _ in states(ten, relais_example="v=spf1 ip4:192.0.2.0/24 -all")}
    assert {("missing", "11 names to look up, directly or through others")} == states(ten, relais_example="v=spf1 mx -all")


def test_a_name_that_each_mail_makes_anew_counts_and_is_asked_of_nobody():
    """Receivers put the sender into it; there is nothing to look up before."""
    assert {("ok", "“v=spf1 include:%{d}._spf.relais.example -all”, 1 of 10 look-ups")} == states(
        "v=spf1 include:%{d}._spf.relais.example -all"
    )


def test_a_redirect_beside_all_is_passed_over():
    """Receivers never follow it (RFC 7208, 6.1), so that a domain that is gone breaks nothing."""
    assert {("ok", "“v=spf1 mx redirect=gone.example ~all”, 1 of 10 look-ups")} == states(
        "v=spf1 mx redirect=gone.example ~all", gone_example=""
    )


def test_what_was_not_looked_up_is_asked_for_and_not_guessed():
    """Only half of the count would look like a good one."""
    (asked,) = judge_spf(DOMAIN, read_answers(f'{DOMAIN}. IN TXT "v=spf1 include:relais.example ~all"', DOMAIN))

    assert ("unknown", "dig +noall +comments +question +answer relais.example TXT") == (asked.state, asked.mend)


@pytest.mark.parametrize("there", ["", "v=spf1 inculde:x.example", "v=spf1 include:essai.example -all"])
def test_naming_a_domain_without_a_good_record_breaks_the_whole(there):
    """A provider that closed takes the record of all its customers with it (RFC 7208, 5.2)."""
    assert {"missing"} == {state for state, _ in states("v=spf1 include:relais.example ~all", relais_example=there)}


def test_nothing_is_said_where_nobody_asked():
    """A record that was not looked up is neither good nor bad."""
    assert [] == list(judge_spf(DOMAIN, NOBODY_ASKED))
    assert is_spf("v=spf1")
    assert not is_spf("v=spf10 -all")
