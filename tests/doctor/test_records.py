"""The records of the sender's domain: what must stand there, how it stands, and what is still to be asked."""

from __future__ import annotations

from pathlib import Path

import pytest
from tests.hubs import write
from tests.sending.dkim_keys import key_file

from handbill.doctor.answers import NOBODY_ASKED, read_answers
from handbill.doctor.key_record import strings_of
from handbill.doctor.records import left_to_ask, records, rules
from handbill.sending.signing import read_key
from handbill.settings import Settings, read_settings

DOMAIN = "essai.org"


def settings_with(root: Path, sending: str = "") -> Settings:
    hub = f'[hub]\nname = "Essai"\nbase_url = "https://essai.org/"\nlang = "fr"\n[mail]\nsender = "lettre@{DOMAIN}"\n[sending]\n{sending}'
    return read_settings(write(root, {"hub.toml": hub}))


@pytest.fixture
def key(tmp_path):
    return read_key(key_file(tmp_path))


def states(found) -> dict[str, list[str]]:
    told: dict[str, list[str]] = {}
    for one in found:
        told.setdefault(str(one.what), []).append(one.state)
    return told


def test_what_nobody_looked_up_is_a_question_with_the_record_to_put_there(tmp_path, key):
    """An editor copies the line into the panel of the provider."""
    settings = settings_with(tmp_path, 'dkim_selector = "lettre"\n')
    found = list(records(settings, DOMAIN, key, NOBODY_ASKED))

    assert {"SPF": ["unknown"], "DKIM": ["unknown", "unknown"], "DMARC": ["unknown"]} == states(found)
    panel, dkim = (one.mend for one in found if one.what == "DKIM")
    assert panel == key.record
    assert dkim == f"lettre._domainkey.{DOMAIN}. IN TXT ( {strings_of(key.record)} )"
    assert (key.record,) == read_answers(dkim, DOMAIN).at(f"lettre._domainkey.{DOMAIN}")
    assert f'_dmarc.{DOMAIN}. IN TXT "v=DMARC1; p=none; rua=mailto:dmarc@{DOMAIN}"' in [one.mend for one in found]


def test_good_answers_leave_nothing_to_do(tmp_path, key):
    """Only then is it time for a test mail."""
    settings = settings_with(tmp_path, 'way = "smtp"\ndkim_selector = "lettre"\nbounces = "retours+{token}@retours.essai.org"\n')
    pasted = f"""
retours.{DOMAIN}. IN TXT "v=spf1 mx -all"
lettre._domainkey.{DOMAIN}. IN TXT {strings_of(key.record)}
_dmarc.{DOMAIN}. IN TXT "v=DMARC1; p=none; rua=mailto:dmarc@{DOMAIN}"
"""
    answers = read_answers(pasted, DOMAIN)

    assert {"domains": ["ok"], "SPF": ["ok"], "DKIM": ["ok"], "DMARC": ["ok"]} == states(records(settings, DOMAIN, key, answers))
    assert [] == list(left_to_ask(settings, (DOMAIN,), answers))


@pytest.mark.parametrize(("bounces", "state"), [("retours.essai.org", "ok"), ("relais.test", "warning"), ("autre.org", "warning")])
def test_the_address_for_returned_mails_decides_whether_spf_counts(tmp_path, bounces, state):
    """With the provider's own domain, only DKIM is left to DMARC."""
    settings = settings_with(tmp_path, f'bounces = "retours+{{token}}@{bounces}"\n')

    assert [state] == states(records(settings, DOMAIN, None, NOBODY_ASKED))["domains"]


def test_one_command_asks_for_everything_that_is_left(tmp_path, monkeypatch):
    """One line to copy; nobody knows by heart under which names these records lie."""
    settings = settings_with(tmp_path, 'dkim_selector = "lettre"\n')
    (asked,) = left_to_ask(settings, ("lettre.essai.org",), NOBODY_ASKED)
    names = ("lettre.essai.org", "lettre._domainkey.lettre.essai.org", "_dmarc.lettre.essai.org", "_dmarc.essai.org")

    assert f"dig +noall +comments +question +answer {' '.join(f'{name} TXT' for name in names)} > dns.txt" == asked.mend
    monkeypatch.setattr("handbill.doctor.answers.os.name", "nt")
    (windows,) = left_to_ask(settings, ("essai.org",), NOBODY_ASKED)
    assert windows.mend.startswith('cmd /c "(echo nslookup essai.org & nslookup -type=TXT essai.org & echo nslookup lettre._domainkey.')
    assert windows.mend.endswith(' > dns.txt 2>&1"')


def test_the_rules_of_those_who_receive_are_named_with_where_they_stand():
    """They change; a copy here would be wrong one day."""
    assert all(one.mend.startswith("https://") for one in rules())
    assert {"rules of Google", "rules of laposte.net"} < {str(one.what) for one in rules()}
