"""How letters leave, as hub.toml says it."""

from __future__ import annotations

import pytest
from tests.hubs import write

from handbill.settings import settings_or_problems
from handbill.settings_sending import Sending

LEAST = '[hub]\nname = "Essai"\nbase_url = "https://essai.example/"\n'


def read(folder, toml):
    settings, problems = settings_or_problems(write(folder, {"hub.toml": LEAST + toml}))
    return settings.sending, [(one.line, one.field) for one in problems]


def test_a_hub_that_says_nothing_writes_files_and_reaches_nobody(tmp_path):
    """Whoever tries the command on the first day shall not write to four hundred people."""
    assert (Sending(way="files"), []) == read(tmp_path, "")


def test_the_branch_of_approval_is_the_one_that_is_published(tmp_path):
    """A letter is approved by being merged there, also where no forge is named."""
    assert "site" == read(tmp_path, 'branch = "site"\n')[0].branch


@pytest.mark.parametrize("address", ["retours@lettre.example", "{token}", "a@{token}.example", "{token}{token}@lettre.example"])
def test_returned_mails_must_tell_whose_they_are(tmp_path, address):
    """A mail that comes back and names nobody cannot be taken off a list; the token stands where servers keep it."""
    sending, problems = read(tmp_path, f'[sending]\nbounces = "{address}"\n')

    assert ("", [(5, "sending.bounces")]) == (sending.bounces, problems)


def test_an_address_with_a_token_is_taken(tmp_path):
    """The refusals above would also pass if every address were refused."""
    assert ("retours+{token}@lettre.example", []) == (
        read(tmp_path, '[sending]\nbounces = "retours+{token}@lettre.example"\n')[0].bounces,
        read(tmp_path, '[sending]\nbounces = "retours+{token}@lettre.example"\n')[1],
    )
