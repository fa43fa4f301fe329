"""From the archive to what is mailed."""

import hashlib
import shutil
from dataclasses import replace

import pytest
from tests.hubs import moment
from tests.sending.frozen import frozen_hub, mailing

from handbill.errors import ContentProblems, WrongUse
from handbill.sending import mailing as module
from handbill.sending.mailing import mailing_of
from handbill.settings import read_settings


@pytest.fixture
def root(tmp_path):
    return frozen_hub(tmp_path)


def test_a_number_stands_for_all_its_languages_the_hubs_own_first(root):
    """A member gets one of them, and nobody may get two."""
    found = mailing(root)

    assert ("main", 1, ["1", "1.en"], ["fr", "en"]) == (
        found.letter,
        found.number,
        [one.name for one in found.versions],
        [one.lang for one in found.versions],
    )
    assert moment("2026-03-12 18:00") == found.sent
    assert ("Lettre 1", "https://essai.example/sous/") == (found.versions[0].subject, found.versions[0].page[:27])
    assert found.versions[0].page.startswith("https://essai.example/sous/newsletters/")


def test_the_mail_is_the_one_of_the_archive_to_the_byte(root):
    """Nothing between the approval and the server may make another of it."""
    for one in mailing(root).versions:
        folder = root / "newsletters/archive" / one.name
        assert (
            (folder / "mail.eml").read_bytes(),
            (folder / "mail.html").read_text("utf-8"),
            (folder / "mail.txt").read_text("utf-8"),
        ) == (one.mail, one.html, one.text)
        assert hashlib.sha256((folder / "manifest.json").read_bytes()).hexdigest() == one.digest


def test_the_sources_have_no_say_in_what_is_sent(root):
    """They have been edited since, or are not here at all."""
    before = mailing(root)
    shutil.rmtree(root / "events")
    for file in (root / "newsletters").glob("*.md"):
        file.unlink()

    assert before == mailing(root)


@pytest.mark.parametrize(
    ("word", "told"),
    [
        ("1.en", "in all of them at once: python3 build.py newsletter send 1"),
        ("1.fr", "in all of them at once"),
        ("9", "frozen are: 1, 2. To freeze it: python3 build.py newsletter freeze 9"),
        ("agenda-1", "no letter agenda-1 is frozen"),
        ("main-01.en", "newsletter send 1"),
        ("newsletters/2026-03.md", "no name of a frozen letter"),
        ("one", "no name of a frozen letter"),
        ("", "no name"),
        ("../1", ""),
    ],
)
def test_what_is_no_letter_is_refused_with_what_to_say_instead(root, word, told):
    """Whoever sends one language alone has forgotten the others, and cannot call it back."""
    if not told:
        assert "1" == mailing(root, word).versions[0].name
        return
    with pytest.raises(WrongUse) as refusal:
        mailing(root, word)
    assert told in str(refusal.value)


def test_a_letter_frozen_in_one_language_goes_to_all_in_that_one(root):
    """Nobody is left out because nobody has translated it."""
    found = mailing(root, "2")

    assert (["2"], "fr") == ([one.name for one in found.versions], found.version("en").lang)


@pytest.mark.parametrize("name", ["mail.eml", "mail.html", "mail.txt", "manifest.json", "../chain.lock", "../2/mail.eml"])
def test_an_archive_with_one_changed_byte_sends_nothing(root, name):
    """Also where another letter is damaged: somebody has been in the archive."""
    file = root / "newsletters/archive/1" / name
    raw = bytearray(file.read_bytes())
    raw[-2] ^= 1
    file.write_bytes(raw)

    with pytest.raises(ContentProblems):
        mailing(root)


def test_a_file_that_changes_while_it_is_read_is_noticed(root, monkeypatch):
    """The archive is proved first and read afterwards; a pull may come between."""
    read = module.read_archive

    def read_and_change(folder):
        archive = read(folder)
        (folder / "newsletters/archive/1/mail.eml").write_bytes(b"Subject: other\r\n\r\n")
        return archive

    monkeypatch.setattr(module, "read_archive", read_and_change)
    with pytest.raises(ContentProblems) as refusal:
        mailing(root)
    assert ["HB441"] == [one.code for one in refusal.value.problems]


def test_a_letter_is_due_when_the_last_of_its_languages_is(root, monkeypatch):
    """They leave together, and none before its hour."""
    archive = module.read_archive(root)
    later = moment("2026-03-12 19:30")
    bundles = tuple(replace(one, sent=later) if one.name == "1.en" else one for one in archive.bundles)
    monkeypatch.setattr(module, "read_archive", lambda _: replace(archive, bundles=bundles))

    assert later == mailing(root).sent


def test_without_any_archive_it_is_said_how_to_freeze(tmp_path):
    """The first letter of a hub is sent by somebody who has never frozen one."""
    (tmp_path / "hub.toml").write_text('[hub]\nname = "Essai"\nbase_url = "https://essai.example/"\n', encoding="utf-8")

    with pytest.raises(WrongUse, match="no letter is frozen yet"):
        mailing_of(tmp_path, read_settings(tmp_path), "3")
