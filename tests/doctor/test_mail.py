"""What is known of the way of letters without asking anybody."""

from __future__ import annotations

import os
from dataclasses import replace
from pathlib import Path

import pytest
from tests.hubs import write
from tests.sending.dkim_keys import key_file, pem

from handbill.doctor.answers import NOBODY_ASKED
from handbill.doctor.finding import as_json, as_text
from handbill.doctor.mail import domains_of, mail_findings, own_key
from handbill.sending.private import Private
from handbill.settings import Settings, read_settings

GOOD = {
    "sender": '"Essai <lettre@essai.org>"',
    "reply_to": '"bonjour@essai.org"',
    "unsubscribe": '"https://essai.org/adieu/{token}"',
    "postal_address": '"1 rue du Puits, 33000 Bordeaux"',
}


def settings_with(root: Path, sending: str = "", more: str = "", **mail: str) -> Settings:
    hub = '[hub]\nname = "Essai"\nbase_url = "https://essai.org/"\nlang = "fr"\nlanguages = ["fr", "en"]\n'
    lines = "".join(f"{name} = {value}\n" for name, value in {**GOOD, **mail}.items() if value)
    return read_settings(write(root, {"hub.toml": f"{hub}[mail]\n{lines}[sending]\n{sending}{more}"}))


def states(settings: Settings, private: Private) -> dict[str, list[str]]:
    told: dict[str, list[str]] = {}
    for one in mail_findings(settings, private, NOBODY_ASKED):
        told.setdefault(str(one.what), []).append(one.state)
    return told


@pytest.fixture
def private(tmp_path):
    return Private(folder=tmp_path / "kept", server="smtp.relais.test:587", user="atelier", password="geheim-9431")


def test_what_is_well_is_called_well(tmp_path, private):
    """An editor who did everything must not be sent looking for faults."""
    settings = settings_with(tmp_path, 'way = "smtp"\nbounces = "retours+{token}@essai.org"\ndkim_selector = "lettre"\n')
    found = states(settings, replace(private, dkim_key=key_file(tmp_path)))

    assert {"ok"} == {state for what in ("sender", "answers", "postal address", "mail server", "returned mails") for state in found[what]}
    assert ["ok", "unknown", "unknown"] == found["DKIM"], "the key is good; whether DNS has it, only DNS knows"
    assert ["unknown"] == found["unsubscribe"] == found["SPF"] == found["DMARC"] == found["DNS"]


@pytest.mark.parametrize(
    ("mail", "what", "state"),
    [
        ({"sender": ""}, "sender", "missing"),
        ({"sender": '"asso.essai@orange.fr"'}, "sender", "missing"),
        ({"sender": '"Essai <essai@gmail.com>"'}, "sender", "missing"),
        ({"sender": '"lettre@essai.example"'}, "sender", "warning"),
        ({"reply_to": ""}, "answers", "unknown"),
        ({"unsubscribe": ""}, "unsubscribe", "missing"),
        ({"unsubscribe": '"http://essai.org/{token}"'}, "unsubscribe", "missing"),
        ({"postal_address": ""}, "postal address", "warning"),
    ],
)
def test_what_keeps_letters_from_arriving_is_told(tmp_path, private, mail, what, state):
    """Each of these ends in the spam folder, or before a judge."""
    assert state in states(settings_with(tmp_path, **mail), private)[what]


@pytest.mark.parametrize(
    ("sending", "changes", "what", "state"),
    [
        ('way = "smtp"', {"server": ""}, "mail server", "missing"),
        ('way = "smtp"', {"security": "none"}, "mail server", "missing"),
        ('way = "smtp"', {"security": "none", "server": "127.0.0.1:25"}, "mail server", "missing"),
        ('way = "smtp"', {"security": "none", "server": "127.0.0.1:25", "user": "", "password": ""}, "mail server", "ok"),
        ('way = "smtp"', {"security": "none", "server": "127.0.0.2", "user": "", "password": ""}, "mail server", "ok"),
        ('way = "smtp"', {"security": "none", "server": "[::1]:25", "user": "", "password": ""}, "mail server", "ok"),
        ('way = "smtp"', {"server": "smtp relais:587"}, "mail server", "missing"),
        ('way = "smtp"', {"server": "smtp.relais.test:99999"}, "mail server", "missing"),
        ('way = "smtp"', {"security": "tls"}, "mail server", "ok"),
        ('way = "smtp"', {"password": ""}, "mail server", "warning"),
        ('way = "smtp"', {}, "returned mails", "warning"),
        ('way = "listmonk"', {}, "way of sending", "missing"),
        ('way = "listmonk"', {"service": "https://lettre.essai.org", "token": "a:b"}, "way of sending", "ok"),
        ('way = "listmonk"', {"service": "https://lettre.essai.org", "token": "b"}, "way of sending", "ok"),
        ('way = "listmonk"', {"service": "https://lettre.essai.org", "token": "b", "user": ""}, "way of sending", "missing"),
        ('way = "buttondown"', {"token": "b"}, "way of sending", "ok"),
        ('way = "files"', {}, "way of sending", "ok"),
    ],
)
def test_each_way_of_sending_is_told_with_what_it_lacks(tmp_path, private, sending, changes, what, state):
    """Better now than at six on the evening of the letter."""
    assert [state] == states(settings_with(tmp_path, sending + "\n"), replace(private, **changes))[what]


@pytest.mark.parametrize("text", [pem(1024), "nothing", ""], ids=["short", "no key", "not there"])
def test_a_key_that_cannot_sign_is_told(tmp_path, private, text):
    """A letter that should be signed is not sent without."""
    file = key_file(tmp_path, text) if text else tmp_path / "none.pem"
    settings = settings_with(tmp_path, 'dkim_selector = "lettre"\n')

    assert "missing" in states(settings, replace(private, dkim_key=file))["DKIM"]
    assert own_key(settings, replace(private, dkim_key=file)) is None
    assert own_key(settings, private) is None


@pytest.mark.skipif(os.name == "nt", reason="Windows has no such modes")
def test_a_key_that_the_group_may_read_is_told(tmp_path, private):
    """It may be meant so, where a mail server shares it."""
    settings = settings_with(tmp_path, 'dkim_selector = "lettre"\n')

    assert "warning" in states(settings, replace(private, dkim_key=key_file(tmp_path, mode=0o640)))["DKIM"]


def test_every_letter_with_a_sender_of_its_own_is_looked_at(tmp_path, private):
    """DNS of the second domain is easily forgotten."""
    settings = settings_with(
        tmp_path, more='[letters.main]\nname = "La lettre"\n[letters.agenda]\nname = "L’agenda"\nsender = "agenda@agenda.test"\n'
    )

    assert ("essai.org", "agenda.test") == domains_of(settings)
    assert ["unknown", "unknown"] == states(settings, private)["SPF"]


@pytest.mark.parametrize("changes", [{}, {"server": "smtp relais.test:587"}, {"security": "none"}], ids=["well", "no server", "open"])
@pytest.mark.parametrize("lang", ["en", "fr"])
def test_nothing_of_hub_local_toml_is_told(tmp_path, private, lang, changes):
    """A screen is photographed, and a log is kept."""
    settings = settings_with(tmp_path, 'way = "smtp"\ndkim_selector = "lettre"\n')
    told = replace(private, dkim_key=key_file(tmp_path), token="t0ken-9431", service="https://interne.relais.test", **changes)
    found = list(mail_findings(settings, told, NOBODY_ASKED))

    for text in (as_text(found, lang), as_json(found, lang)):
        assert not [word for word in ("9431", "relais.test", "atelier", str(tmp_path)) if word in text]
