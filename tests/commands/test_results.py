"""What became of a letter, as people ask for it."""

import json

import pytest
from tests.freezing.letters import HUB, frozen, hub
from tests.hubs import options, run
from tests.sending import returned_mails as mails
from tests.sending.mailings import SECRET
from tests.sending.returned_mails import ADA, BOB

from handbill.pipeline import build
from handbill.sending.keys import KEY
from handbill.sending.ledger import Ledger
from handbill.sending.mailing import mailing_of
from handbill.sending.readiness import tallies_of
from handbill.settings import read_settings

SENDING = f'[sending]\nway = "smtp"\nbounces = "{mails.BOUNCES}"\ntotals = true\n'
OTHERS = [f"m{number}@membres.example" for number in range(12)]


@pytest.fixture
def root(tmp_path, monkeypatch):
    """A hub whose first letter was sent from this machine to fourteen members."""
    root = hub(tmp_path / "hub", **{"hub.toml": HUB + SENDING})
    frozen(root, "1")
    state = tmp_path / "state"
    state.mkdir(mode=0o700)
    (state / KEY).write_bytes(SECRET)
    (state / KEY).chmod(0o600)
    monkeypatch.setenv("HANDBILL_FOLDER", str(state))
    with Ledger.open(state, SECRET, tallies_of(root)) as ledger:
        mails.sent(ledger, mailing_of(root, read_settings(root), "1"), ADA, BOB, *OTHERS)
    return root


@pytest.fixture
def box(root):
    """Two mails that came back, and one that a person wrote."""
    folder = root.parent / "retours"
    folder.mkdir()
    for number, address in enumerate((ADA, BOB)):
        raw = mails.report(mails.status_part(mails.group(address)), to=mails.to(mails.token(address)))
        (folder / f"{number}.eml").write_bytes(raw)
    (folder / "merci.eml").write_bytes(b"From: ada@membres.example\r\n\r\nMerci !\r\n")
    return folder


def test_what_became_of_a_letter_is_told_in_numbers_and_in_words(root, box, capsys):
    """Whoever sent it wants to know, and knows nothing of states and codes."""
    code, out, err = run(capsys, "--root", root, "newsletter", "results", "1", box)

    assert (0, "") == (code, err)
    assert (
        "1 – Lettre 1\n"
        "14 members were to get it\n"
        "  12  handed over, and not returned\n"
        "   2  returned or refused for good\n"
        "3 mails read\n"
        "  2  returned, noted now\n"
        "  1  no reports: absence notes, answers, and the like; they are left to you\n"
        "2 members get no further letters\n"
        "Written: newsletters/archive/1.totals.json. Commit it; it holds counts alone.\n"
    ) == out


def test_asking_again_changes_nothing_and_says_so_in_french(root, box, capsys):
    """The box is never emptied."""
    run(capsys, "--root", root, "newsletter", "results", "1", box)
    code, out, _ = run(capsys, "--root", root, "newsletter", "results", "1", box, lang="fr")

    assert 0 == code
    assert "  2  revenus, déjà notés\n" in out
    assert out.endswith("\nnewsletters/archive/1.totals.json le dit déjà.\n")


def test_programs_get_the_same_as_json(root, box, capsys):
    """A machine that sends by itself reads it, and a report is made of it."""
    _, out, _ = run(capsys, "--root", root, "newsletter", "results", "1", box, "--json")
    told = json.loads(out)

    assert ("1", 0, "newsletters/archive/1.totals.json", True, True) == tuple(
        told[one] for one in ("name", "waiting", "file", "is_changed", "is_ours")
    )
    assert {"asked": 14, "accepted": 12, "bounced": 2, "deferred": 0, "ambiguous": 0, "suppressed": 0, "left": 0} == told["totals"][
        "counts"
    ]
    assert {
        "read": 3,
        "returned": 2,
        "known": 0,
        "delayed": 0,
        "complaint": 0,
        "unproven": 0,
        "elsewhere": 0,
        "other": 1,
        "suppressed": 2,
    } == told["mails"]


def test_nobody_is_named_whatever_happens(root, box, capsys):
    """What is printed ends in logs, and in questions that people ask in public."""
    (root / "retours").mkdir()
    told = [
        run(capsys, "--root", root, "newsletter", "results", *words)
        for words in (["1", box], ["1", box, "--json"], ["1", root / "retours"], ["1", box / "nobody"], ["2"], ["1.fr"], ["1", "--json"])
    ]

    assert [0, 0, 2, 2, 2, 2, 0] == [code for code, _, _ in told]
    for _, out, err in told:
        assert not [one for one in (ADA, BOB, "membres.example", mails.token(ADA), mails.token(BOB)) if one in out + err]


def test_another_machine_shows_what_is_committed(root, capsys, monkeypatch):
    """The report of the year is written by somebody who sends nothing."""
    run(capsys, "--root", root, "newsletter", "results", "1")
    monkeypatch.setenv("HANDBILL_FOLDER", str(root.parent / "other"))

    code, out, _ = run(capsys, "--root", root, "newsletter", "results", "1")

    assert 0 == code
    assert "  14  handed over, and not returned\n" in out
    assert out.endswith("So it stands in newsletters/archive/1.totals.json; this machine knows no more of it.\n")


def test_the_page_of_the_letter_says_how_many_it_went_to(root, box, capsys):
    """Where the community wants that; the counts are committed, so every build says the same."""
    run(capsys, "--root", root, "newsletter", "results", "1", box)

    build(options(root))

    for page, words in (("newsletters/2026-03", "Elle a été remise à 12 membres."), ("en/newsletters/2026-03", "It went to 12 members.")):
        assert words in " ".join((root / "public" / page / "index.html").read_text(encoding="utf-8").split())
