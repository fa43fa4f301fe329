"""What a letter is called on its way, which version a member gets, and what may be printed of a member."""

from __future__ import annotations

from datetime import UTC, datetime

from handbill.sending.contract import Mailing, Member, Version


def version(lang: str, digest: str = "a" * 64) -> Version:
    return Version(f"11.{lang}", lang, digest, "Objet", "https://essai.example/", "<p>", "p", b"")


def test_other_bytes_have_another_name():
    """A service is asked by this name whether it has the letter already; another letter must not be taken for it."""
    assert version("fr").campaign == version("fr").campaign
    assert 3 == len({version("fr").campaign, version("en").campaign, version("fr", "b" * 64).campaign})


def test_a_member_gets_the_version_in_their_language_or_the_hubs_own():
    """A letter that is not translated this month is still a letter."""
    mailing = Mailing("main", 11, datetime(2026, 11, 5, 18, tzinfo=UTC), (version("fr"), version("en")))

    assert ["fr", "en", "fr", "fr"] == [mailing.version(lang).lang for lang in ("fr", "en", "", "de")]


def test_a_member_is_never_printed_with_the_address():
    """What a traceback shows is in a log the next moment."""
    member = Member(7, "ada@essai.example", bytes(16), "t" * 32, "fr")

    assert "ada" not in f"{member} {member!r} {[member]}"
