"""Proofs for one address, as people type it."""

import json
import shutil

import pytest
from tests.doctor.repositories import git, needs_git
from tests.hubs import files_of, run
from tests.sending.frozen import approved_hub

from handbill.commands import proving
from handbill.outputs.mail.record import TOKEN
from handbill.reading import bundles
from handbill.sending import carriers, mailing
from handbill.sending.contract import Answer, Outcome
from handbill.sending.needs import PROOF

pytestmark = needs_git

WHO = "essai-canari@ici.example"


@pytest.fixture
def root(tmp_path):
    return approved_hub(tmp_path)


def prove(capsys, root, *words):
    code, out, err = run(capsys, "--root", root, "newsletter", "send", *words)
    assert "essai-canari" not in out + err
    return code, out, err


def proofs(root):
    folder = root.parent / "private/outbox"
    return {name.split("/")[0]: raw for name, raw in files_of(folder).items() if name.endswith(".eml")}


def test_a_proof_is_the_frozen_mail_with_a_word_that_is_nobodys(root, capsys):
    """What somebody looks at must be what members get; and nobody leaves the list by it."""
    code, out, _ = prove(capsys, root, "1", "--test", WHO)

    assert 0 == code
    assert "1: proof 1 has left\n1.en: proof 1 has left\n" in out
    found = proofs(root)
    assert 2 == len(found)
    for folder, raw in found.items():
        name = folder.split("-")[2]
        assert (root / "newsletters/archive" / name / "mail.eml").read_bytes() == raw.replace(PROOF.encode(), TOKEN.encode())


def test_a_proof_touches_nothing_that_is_remembered(root, capsys):
    """It needs no approval either: it is how one looks before that."""
    git(root, "update-ref", "-d", "refs/remotes/origin/main")
    before = files_of(root)

    assert 0 == prove(capsys, root, "1", "--test", WHO, "--test", "b@ici.example")[0]

    assert before == {name: raw for name, raw in files_of(root).items() if not name.startswith(".handbill/")}
    assert {"outbox"} == {one.name for one in (root.parent / "private").iterdir()}


def test_one_language_alone_may_be_looked_at(root, capsys):
    """Who reads it over does not read both."""
    code, out, _ = prove(capsys, root, "1.en", "--test", WHO, "--json")

    assert (0, [{"name": "1.en", "lang": "en", "place": 1, "frozen": True}]) == (code, json.loads(out)["proofs"])
    assert 1 == len(proofs(root))


@pytest.mark.parametrize(
    ("expected", "name"),
    [
        (["1", "1.en"], "01"),
        (["1", "1.en"], "main-1"),
        (["1", "1.en"], "newsletters/archive/1/"),
        (["1"], "1.fr"),
        (["1"], "newsletters/2026-03.md"),
        (["1.en"], "newsletters\\archive\\1.en"),
    ],
)
def test_a_frozen_letter_is_known_by_each_of_its_names(expected, name, root, capsys):
    """Who looks at what would be frozen today does not look at what members will get."""
    with (root / "newsletters/2026-03.md").open("a", encoding="utf-8") as file:
        file.write("\nDepuis, on y a touché.\n")
    code, out, _ = prove(capsys, root, name, "--test", WHO, "--json")

    assert (0, [(one, True) for one in expected]) == (code, [(one["name"], one["frozen"]) for one in json.loads(out)["proofs"]])
    assert not [raw for raw in proofs(root).values() if b"Depuis" in raw]


def test_a_language_that_joined_a_frozen_letter_is_shown_as_it_would_be(root, capsys):
    """The others are frozen; this one is what the translator wants to see."""
    shutil.rmtree(root / "newsletters/archive/1.en")
    chain = root / "newsletters/archive/chain.lock"
    chain.write_text("".join(line for line in chain.read_text("utf-8").splitlines(True) if "1.en" not in line), encoding="utf-8")

    code, out, _ = prove(capsys, root, "1.en", "--test", WHO, "--json")

    assert (0, [("1.en", False)]) == (code, [(one["name"], one["frozen"]) for one in json.loads(out)["proofs"]])


def test_a_damaged_letter_is_not_shown_as_one_that_was_never_frozen(root, capsys):
    """It would look as it should, and hide that the archive does not."""
    (root / "newsletters/archive/1/mail.eml").unlink()

    code, out, _ = prove(capsys, root, "01", "--test", WHO)

    assert 1 == code
    assert "newsletters/archive/1/mail.eml" in out
    assert not (root.parent / "private/outbox").exists()


def test_the_archive_is_read_once_for_a_proof(root, capsys, monkeypatch):
    """Each reading is every byte of every letter that a hub ever sent."""
    read, times = bundles.read_archive, []
    for module in (bundles, mailing):
        monkeypatch.setattr(module, "read_archive", lambda root: times.append(root) or read(root))

    assert 0 == prove(capsys, root, "1", "--test", WHO)[0]
    assert 1 == len(times)


def test_a_letter_that_is_not_frozen_is_shown_as_it_would_be(root, capsys):
    """The last look before it is."""
    code, out, _ = prove(capsys, root, "agenda-1", "--test", WHO)

    assert 0 == code
    assert out.count("It is not frozen yet: this is how it would be.") == 1
    ((folder, raw),) = proofs(root).items()
    assert folder.startswith("handbill-proof-agenda-1-")
    assert PROOF.encode() in raw
    assert not (root / "newsletters/archive/agenda-1").exists()


@pytest.mark.parametrize("word", ["essai-canari", "essai-canari@ici.example\r\nBcc: x@y.example", "essai canari@ici.example", "@", ""])
def test_an_address_that_is_none_is_refused_without_showing_it(root, capsys, word):
    """It may be somebody's with a slip in it."""
    code, _, err = prove(capsys, root, "1", "--test", word)

    assert 2 == code
    assert "--test: address 1: found" in err
    assert {} == proofs(root) if (root.parent / "private/outbox").exists() else True


def test_a_server_that_does_not_take_it_ends_with_four(root, capsys, monkeypatch):
    """The code of RFC 5321 says why; its words may name people."""

    class Server:
        def connect(self):
            return self

        def hand(self, mail, sender, recipient):
            self.sender = sender
            return Answer(Outcome.BOUNCED, 550, "5.7.1")

        def close(self):
            pass

    server = Server()
    monkeypatch.setattr(carriers, "carrier_of", lambda *_: server)
    code, _, err = prove(capsys, root, "1", "--test", WHO)

    assert (4, "lettre@essai.example") == (code, server.sender)
    assert "1: proof 1 was not taken: 550 5.7.1" in err


def test_what_comes_back_from_a_proof_says_that_it_was_one(root):
    """Otherwise a returned proof would count as a member's."""
    from dataclasses import replace

    from handbill.settings import read_settings

    settings = read_settings(root)
    bounces = replace(settings, sending=replace(settings.sending, bounces="retours+{token}@essai.example"))

    assert f"retours+{PROOF}@essai.example" == proving._envelope(bounces, b"From: a@b.example\r\n\r\n")
    assert "a@b.example" == proving._envelope(settings, b"From: a@b.example\r\n\r\n")
