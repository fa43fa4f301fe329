"""A word in hub.toml and a secret beside it lead to the service that is meant, or to what is missing."""

from __future__ import annotations

from pathlib import Path

import pytest

from handbill.errors import WrongUse
from handbill.sending.private import Private
from handbill.sending.services.opening import SERVICES, service_of
from handbill.settings_sending import WAYS


def private(**more):
    return Private(Path("away"), **{"service": "https://lettre.example/api", "token": "s3cret", "user": "atelier", **more})


def test_every_way_that_is_no_carrier_is_a_service():
    """A way that hub.toml allows and nobody knows would be found out at the hour of sending."""
    assert set(WAYS) - {"files", "smtp"} == set(SERVICES)
    assert list(SERVICES) == [service_of(way, private()).name for way in SERVICES]


@pytest.mark.parametrize(
    "address", ["https://lettre.example", "https://lettre.example/", "https://lettre.example/api", "https://lettre.example/api/"]
)
def test_the_address_of_listmonk_is_understood_with_and_without_its_ending(address):
    """People copy what stands in their browser."""
    assert "https://lettre.example/api" == service_of("listmonk", private(service=address))._door.base


@pytest.mark.parametrize(("token", "user"), [("s3cret", "atelier"), ("atelier:s3cret", ""), (" atelier:s3cret\n", "")])
def test_listmonk_is_told_user_and_token(token, user):
    """It shows both when the token is made, and people keep them together or apart."""
    assert "token atelier:s3cret" == service_of("listmonk", private(token=token, user=user))._door.headers["Authorization"]


def test_buttondown_needs_only_its_token_and_gets_its_version():
    """Everybody's is at the same address; without a version the answers depend on a setting there."""
    door = service_of("buttondown", private(service="", user=""))._door

    assert "https://api.buttondown.com/v1" == door.base
    assert {"Authorization": "Token s3cret", "X-API-Version": "2026-04-01"} == door.headers


@pytest.mark.parametrize(
    ("way", "more", "name"),
    [
        ("listmonk", {"token": ""}, "token"),
        ("buttondown", {"token": ""}, "token"),
        ("listmonk", {"service": ""}, "service"),
        ("listmonk", {"user": ""}, "user"),
    ],
)
def test_what_is_missing_is_named_with_where_it_belongs(way, more, name):
    """An editor has to tell the person who has it."""
    with pytest.raises(WrongUse, match=rf"{name}: missing.*hub\.local\.toml.*HANDBILL_{name.upper()}") as told:
        service_of(way, private(**more))

    assert 2 == told.value.exit_code


@pytest.mark.parametrize("token", ["a:s3c\r\nX-Evil: 1", "a:é", "a:s3 cret", "a:s3\x00"])
def test_a_token_never_becomes_a_header_of_its_own(token):
    """It is pasted from a page."""
    with pytest.raises(WrongUse) as told:
        service_of("listmonk", private(token=token))

    assert "s3" not in str(told.value)
