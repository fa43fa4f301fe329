"""Any text as an answer of DNS that somebody copied: findings in words, whatever stands in it."""

from __future__ import annotations

from handbill.doctor.answers import read_answers
from handbill.doctor.dmarc import alignment, judge_dmarc, organisation
from handbill.doctor.key_record import judge_key
from handbill.doctor.spf import judge_spf

SEEDS = ("tests/doctor/test_answers.py",)
WORDS = (
    "essai.example. 60 IN TXT ", '"v=spf1 ', " -all\"\n", "include:", "redirect=", "ip4:", "ip6:", "/24//64", "%{i}", "exists:", "_dmarc.essai.example. IN TXT ", '"v=DMARC1; p=', "rua=mailto:",
    "lettre._domainkey.essai.example. IN TXT ", '"v=DKIM1; k=rsa; p=', " IN CNAME ", "\ttext = ", " descriptive text ", " is an alias for ", "NXDOMAIN", "( ", " )", "\\058", "psd=y",
)  # fmt: skip

_DOMAIN = "essai.example"


def seeds() -> list[bytes]:
    """Return records as they should be."""
    key = "MIIBIjANBgkqhkiG9w0BAQEFAAOCAQ8AMIIBCgKCAQEAqBQ"
    return [
        f'{_DOMAIN}. 60 IN TXT "v=spf1 a mx ip4:192.0.2.0/24 ip6:2001:db8::/32 include:a.example exists:%{{i}}.b.example -all"\na.example. IN TXT "v=spf1 redirect={_DOMAIN}"\n'.encode(),
        f'_dmarc.{_DOMAIN}. 60 IN TXT "v=DMARC1; p=reject; sp=none; rua=mailto:a@b.example; adkim=s; pct=50"\n;_dmarc.example. IN TXT\n'.encode(),
        f'lettre._domainkey.{_DOMAIN}. 60 IN TXT ( "v=DKIM1; k=rsa; t=s; p={key}"\n "{key}" )\n'.encode(),
    ]


def one(raw: bytes) -> None:
    """Judge *raw*."""
    answers = read_answers(raw.decode("utf-8", "replace"), _DOMAIN)
    findings = [*judge_spf(_DOMAIN, answers), *judge_dmarc(_DOMAIN, answers), *judge_key(f"lettre._domainkey.{_DOMAIN}", answers, None)]
    assert all(one.what and one.state and str(one.found) for one in findings)
    assert isinstance(organisation(_DOMAIN, answers), str)
    assert alignment("a.essai.example", _DOMAIN, "r", answers) in (True, False, None)
