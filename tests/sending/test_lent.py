"""What must hold where a machine of a forge sends a letter."""

from types import SimpleNamespace

import pytest

from handbill.errors import WrongUse
from handbill.sending.lent import check_digests, check_memory

FR, EN = "a" * 64, "b" * 64
LETTER = SimpleNamespace(digests={"fr": FR, "en": EN})

GITHUB = {"GITHUB_ACTIONS": "true", "RUNNER_ENVIRONMENT": "github-hosted"}


@pytest.mark.parametrize("written", [f"{FR} {EN}", f"{EN},{FR}", f" {EN.upper()}\n{FR} "])
def test_the_digests_of_every_version_let_a_letter_leave(written):
    """Whoever approves copies them from where they are shown, in whatever order."""
    check_digests(LETTER, written)


@pytest.mark.parametrize("written", ["", FR, f"{FR} {'c' * 64}", f"{FR} {FR}", f"{FR} {EN} {EN}", f"{FR[:12]} {EN[:12]}", "--really"])
def test_any_other_bytes_stay(written):
    """A translation that was added after somebody looked is a letter that nobody approved."""
    with pytest.raises(WrongUse, match="--digests"):
        check_digests(LETTER, written)


@pytest.mark.parametrize("way", ["smtp", "files"])
@pytest.mark.parametrize("environ", [GITHUB, {"GITHUB_ACTIONS": "true"}])
def test_a_machine_that_forgets_sends_no_mails_one_by_one(way, environ):
    """It was cut off after two hundred mails; the next one would have begun at the first."""
    with pytest.raises(WrongUse, match="thrown away"):
        check_memory(way, environ)


@pytest.mark.parametrize(
    ("way", "environ"),
    [("listmonk", GITHUB), ("buttondown", GITHUB), ("smtp", {}), ("smtp", {**GITHUB, "RUNNER_ENVIRONMENT": "self-hosted"})],
)
def test_who_remembers_may_send(way, environ):
    """A service knows what it has; a machine of one's own keeps its ledger."""
    check_memory(way, environ)
