"""DMARC records, good and bad, judged as RFC 9989 and RFC 7489 say."""

import pytest

from handbill.doctor.answers import NOBODY_ASKED, read_answers
from handbill.doctor.dmarc import alignment, first_record, judge_dmarc, mode_of, names_above, organisation

DOMAIN = "essai.example"


def answers(**records: object):
    """Return answers: ``_dmarc`` for the domain itself, other names with _ for a dot; a list is several, "" none."""
    lines = []
    for name, texts in records.items():
        whole = f"_dmarc.{name.replace('_', '.')}"
        for text in texts if isinstance(texts, list) else [texts]:
            lines.append(f'{whole}. 60 IN TXT "{text}"' if text else f";{whole}. IN TXT")
    return read_answers("\n".join(lines), DOMAIN)


def judged(*records: str) -> list[tuple[str, str]]:
    return [(one.state, str(one.found)) for one in judge_dmarc(DOMAIN, answers(essai_example=list(records) or ""))]


@pytest.mark.parametrize(
    "record",
    [
        first_record(DOMAIN),
        "v=DMARC1; p=reject; rua=mailto:a@essai.example,mailto:b@rapports.essai.example!10m; adkim=s; aspf=r; fo=1",
        "v=DMARC1;p=quarantine;sp=none;np=reject;psd=n;rua=mailto:a@essai.example;",
        "v = DMARC1 ; p = none ; rua = mailto:a@essai.example",
    ],
)
def test_a_good_record_is_called_good(record):
    """Who is told of a fault that is none mends what works."""
    assert ["ok"] == [state for state, _ in judged(record)]


BAD = {
    "nothing": ((), "missing", "no record"),
    "another text": (("hello",), "missing", "no record"),
    "small letters": (("v=dmarc1; p=none",), "missing", "does not begin"),
    "two": ((first_record(DOMAIN), "v=DMARC1; p=reject"), "missing", "2 records"),
    "no policy": (("v=DMARC1",), "missing", "no policy"),
    "another policy": (("v=DMARC1; p=nothing",), "missing", "no policy"),
    "another policy, with reports": (("v=DMARC1; p=nothing; rua=mailto:a@essai.example",), "warning", "no policy"),
    "no tag": (("v=DMARC1; none",), "missing", "none"),
    "no reports": (("v=DMARC1; p=none",), "warning", "rua"),
    "an address without mailto": (("v=DMARC1; p=none; rua=a@essai.example",), "warning", "rua"),
    "one of two": (("v=DMARC1; p=none; rua=mailto:a@essai.example,b@essai.example",), "warning", "b@essai.example"),
    "testing": (("v=DMARC1; p=reject; t=y; rua=mailto:a@essai.example",), "warning", "t=y"),
    "taken out": (("v=DMARC1; p=reject; pct=20; rua=mailto:a@essai.example",), "warning", "pct"),
    "another mode": (("v=DMARC1; p=reject; adkim=x; rua=mailto:a@essai.example",), "warning", "adkim=x"),
    "reports elsewhere": (("v=DMARC1; p=none; rua=mailto:a@rapports.example",), "unknown", "rapports.example"),
}


@pytest.mark.parametrize(("records", "state", "found"), BAD.values(), ids=BAD)
def test_a_bad_record_is_told_with_what_is_wrong(records, state, found):
    """Receivers pass over a bad record and tell nobody."""
    assert any(one == state and found in text for one, text in judged(*records)), judged(*records)


@pytest.mark.parametrize(("there", "state"), [("v=DMARC1;", "ok"), ("", "warning")])
def test_reports_to_another_domain_need_its_word(there, state):
    """Without it none are sent, and nobody learns why."""
    name = f"{DOMAIN}._report._dmarc.rapports.example"
    line = f'{name}. IN TXT "{there}"' if there else f";{name}. IN TXT"
    pasted = f'_dmarc.{DOMAIN}. IN TXT "v=DMARC1; p=none; rua=mailto:a@rapports.example"\n{line}\n'

    assert state == [one.state for one in judge_dmarc(DOMAIN, read_answers(pasted, DOMAIN))][-1]


def test_a_record_above_holds_for_the_names_below_with_its_own_word_for_them():
    """A letter from lettre.essai.example is judged by what essai.example says."""
    above = answers(lettre_essai_example="", essai_example="v=DMARC1; p=reject; sp=perhaps; rua=mailto:a@essai.example")

    assert ("_dmarc.lettre.essai.example", "_dmarc.essai.example") == names_above("lettre.essai.example")
    assert "warning" == next(judge_dmarc("lettre.essai.example", above)).state
    assert [] == list(judge_dmarc("lettre.essai.example", answers(lettre_essai_example="")))
    assert ("_dmarc.localhost",) == names_above("localhost")
    # RFC 9989, 4.10: the name itself, then from seven labels on; its eighth step is the last label alone, where no record of ours can stand.
    assert ("_dmarc.a.b.c.d.e.f.g.h.example", "_dmarc.c.d.e.f.g.h.example") == names_above("a.b.c.d.e.f.g.h.example")[:2]
    assert ("_dmarc.h.example", 7) == ((names := names_above("a.b.c.d.e.f.g.h.example"))[-1], len(names))


@pytest.mark.parametrize(
    ("one", "mode", "expected"),
    [
        ("essai.example", "s", True),
        ("ESSAI.example.", "s", True),
        ("retours.essai.example", "s", False),
        ("retours.essai.example", "r", True),
        ("autre.example", "r", False),
        ("relais.test", "r", False),
        ("", "r", False),
        ("", "s", False),
    ],
)
def test_domains_stand_for_each_other_as_the_mode_says(one, mode, expected):
    """DMARC counts SPF and DKIM only for domains of the one who is shown as the sender; nobody guesses where DNS decides."""
    assert expected is alignment(one, DOMAIN, mode, NOBODY_ASKED)


def test_the_records_on_the_way_up_say_who_owns_two_names():
    """Two communities below one town's domain are not each other (RFC 9989, 4.10.2)."""
    town = answers(ville_example="v=DMARC1; p=none", a_ville_example="", b_ville_example="")
    apart = answers(ville_example="v=DMARC1; p=none; psd=y", a_ville_example="v=DMARC1; p=none", b_ville_example="")
    own = answers(ville_example="v=DMARC1; p=none", a_ville_example="v=DMARC1; p=none; psd=n", b_ville_example="")

    assert alignment("b.ville.example", "a.ville.example", "r", town) is True
    assert alignment("b.ville.example", "a.ville.example", "r", apart) is False
    assert alignment("b.ville.example", "a.ville.example", "r", own) is False
    assert alignment("b.ville.example", "a.ville.example", "r", NOBODY_ASKED) is None
    assert ("b.ville.example", "a.ville.example") == (organisation("b.ville.example", apart), organisation("a.ville.example", own))


def test_a_record_says_how_strict_it_is():
    """Strict alignment breaks a letter whose bounces go to another name."""
    assert "s" == mode_of("aspf", DOMAIN, answers(essai_example="v=DMARC1; p=none; aspf=S"))
    assert "r" == mode_of("adkim", DOMAIN, answers(essai_example="v=DMARC1; p=none; aspf=s"))
    assert "r" == mode_of("adkim", DOMAIN, NOBODY_ASKED)
