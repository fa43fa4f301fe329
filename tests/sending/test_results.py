"""What is known of a letter once it was sent, and what the repository gets to know of it."""

import json
import shutil
from pathlib import Path

import pytest
from tests.freezing.letters import HUB, frozen, hub
from tests.hubs import files_of
from tests.sending import returned_mails as mails
from tests.sending.mailings import NOW, SECRET
from tests.sending.returned_mails import ADA, BOB, EVE

from handbill.errors import MachineLacks, ServiceFailed, WrongUse
from handbill.reading.bundles import read_archive
from handbill.sending import results as module
from handbill.sending.beginning import Behind, Changed
from handbill.sending.contract import Draft, Unsupported
from handbill.sending.keys import KEY
from handbill.sending.ledger import NAME, Ledger
from handbill.sending.mailing import mailing_of
from handbill.sending.private import Private
from handbill.sending.readiness import tallies_of
from handbill.sending.results import results_of
from handbill.settings import read_settings

SENDING = f'[sending]\nway = "smtp"\nbounces = "{mails.BOUNCES}"\n'


@pytest.fixture(scope="module")
def frozen_hub(tmp_path_factory):
    """A hub whose first letter is frozen in two languages; nobody changes it."""
    root = hub(tmp_path_factory.mktemp("results") / "hub", **{"hub.toml": HUB + SENDING})
    frozen(root, "1")
    return root


@pytest.fixture
def root(frozen_hub, tmp_path):
    """A copy of that hub."""
    shutil.copytree(frozen_hub, tmp_path / "hub")
    return tmp_path / "hub"


@pytest.fixture
def private(tmp_path):
    """The place of a ledger outside it, with the key that the samples are made with."""
    folder = tmp_path / "state"
    folder.mkdir(mode=0o700)
    (folder / KEY).write_bytes(SECRET)
    (folder / KEY).chmod(0o600)
    return Private(folder)


def mailing(root):
    return mailing_of(root, read_settings(root), "1")


def sent(root, private, *addresses):
    with Ledger.open(private.folder, SECRET, tallies_of(root)) as ledger:
        mails.sent(ledger, mailing(root), *addresses)


def ask(root, private, *paths):
    return results_of(root, read_settings(root), private, mailing(root), paths, lambda: NOW)


def box(root: Path, *raws: bytes) -> Path:
    """Write mails into a folder beside the hub."""
    folder = root.parent / "retours"
    folder.mkdir(exist_ok=True)
    for number, raw in enumerate(raws):
        (folder / f"{number:04}.eml").write_bytes(raw)
    return folder


def message_id(root):
    head = mailing(root).versions[0].mail.partition(b"\r\n\r\n")[0].decode()
    return next(line.partition(": ")[2] for line in head.split("\r\n") if line.lower().startswith("message-id:"))


def failed(root, address, **more):
    """Return the report that the first version of the letter came back from an address."""
    return mails.report(
        mails.status_part(mails.group(address, **more)),
        mails.enclosed(message_id=message_id(root)),
        to=mails.to(mails.token(address)),
    )


def test_the_counts_of_the_ledger_stand_beside_the_letter(root, private):
    """The community's report of the year is made of them, on any machine."""
    sent(root, private, ADA, BOB, EVE)

    found = ask(root, private)

    assert (3, 3, 0, True, True) == (
        found.totals.asked,
        found.totals.counts["accepted"],
        found.totals.waiting,
        found.is_changed,
        found.is_ours,
    )
    assert {"1": found.totals} == read_archive(root).totals
    assert mailing(root).digests == found.totals.digests
    assert not ask(root, private).is_changed


def test_what_came_back_is_taken_off_the_counts_once(root, private):
    """The same box is read after every letter."""
    sent(root, private, ADA, BOB, EVE)
    returned = box(
        root, failed(root, ADA), failed(root, BOB, status="5.2.2"), failed(root, EVE, action="delayed", status="4.4.1"), b"Merci"
    )

    first, again = ask(root, private, returned), ask(root, private, returned)

    assert (1, 2) == (first.totals.counts["accepted"], first.totals.counts["bounced"])
    assert {"returned": 2, "delayed": 1, "other": 1} == {name: n for name, n in first.taken.fates.items() if n}
    assert {"known": 2, "delayed": 1, "other": 1} == {name: n for name, n in again.taken.fates.items() if n}
    assert (1, 0) == (first.taken.suppressed, again.taken.suppressed)
    assert (True, False) == (first.is_changed, again.is_changed)
    assert first.totals == again.totals


def test_the_repository_gets_counts_and_no_member(root, private):
    """It is public, and stays so."""
    sent(root, private, ADA, BOB)
    before = files_of(root)

    ask(root, private, box(root, failed(root, ADA)))

    new = {name: raw for name, raw in files_of(root).items() if before.get(name) != raw}
    assert {"newsletters/archive/1.totals.json"} == set(new)
    told = json.loads(new["newsletters/archive/1.totals.json"])
    assert {"asked": 2, "accepted": 1, "bounced": 1, "deferred": 0, "ambiguous": 0, "suppressed": 0, "left": 0} == told["counts"]
    for raw in files_of(root).values():
        assert not [one for one in (ADA, BOB, mails.token(ADA), mails.token(BOB)) if one.encode() in raw]


def test_another_machine_tells_what_the_archive_says_and_judges_no_mail(root, private, tmp_path):
    """Only the ledger of the machine that sent knows whose token that was."""
    sent(root, private, ADA, BOB)
    ask(root, private)
    elsewhere = Private(tmp_path / "other")

    found = ask(root, elsewhere)

    assert (2, False, False) == (found.totals.asked, found.is_changed, found.is_ours)
    with pytest.raises(MachineLacks, match="another machine"):
        ask(root, elsewhere, box(root, failed(root, ADA)))
    assert not (tmp_path / "other").exists()


def test_of_a_letter_that_was_never_sent_there_is_nothing_to_tell(root, private):
    """Counts of nobody would look like a letter that reached nobody."""
    with pytest.raises(WrongUse, match="1: has not been sent"):
        ask(root, private)
    sent(root, private)
    (private.folder / NAME).unlink()

    assert not (root / "newsletters/archive/1.totals.json").exists()


def test_a_ledger_that_knows_less_than_the_tally_writes_no_counts(root, private):
    """One from a backup has forgotten who was served; its counts would go down."""
    sent(root, private, ADA)
    (tally,) = tallies_of(root).glob("*.tally")
    tally.write_bytes(tally.read_bytes() + b".")

    with pytest.raises(Behind):
        ask(root, private)

    assert not (root / "newsletters/archive/1.totals.json").exists()


def test_counts_of_other_bytes_than_the_archive_holds_are_not_written(root, private):
    """They would say of a letter what is true of another one."""
    with Ledger.open(private.folder, SECRET, tallies_of(root)) as ledger:
        mails.sent(ledger, mails.letter(1), ADA)

    with pytest.raises(Changed):
        ask(root, private)


def test_mails_in_the_repository_are_refused_before_anything_is_noted(root, private):
    """They name members, and the next commit would publish them."""
    sent(root, private, ADA)
    (root / "retours").mkdir()
    (root / "retours" / "a.eml").write_bytes(failed(root, ADA))

    with pytest.raises(WrongUse, match="outside the repository"):
        ask(root, private, root / "retours")

    assert 1 == ask(root, private).totals.counts["accepted"]


def test_a_letter_that_a_service_sent_keeps_its_counts_when_hub_toml_names_another_way(root, private, monkeypatch):
    """The ledger notes such a number without members; counts of nobody would take the place of the true ones."""
    with Ledger.open(private.folder, SECRET, tallies_of(root)) as ledger:
        ledger.begin(mailing(root), (), NOW)
    with monkeypatch.context() as then:
        by_service(root, then, "sent")
        counts = ask(root, private).totals
    toml = root / "hub.toml"
    toml.write_text(toml.read_text(encoding="utf-8").replace('way = "listmonk"', 'way = "smtp"'), encoding="utf-8")

    found = ask(root, private)

    assert (counts, False, False) == (found.totals, found.is_changed, found.is_ours)
    assert {"1": counts} == read_archive(root).totals


def test_the_way_by_which_a_letter_left_stays_what_it_was(root, private):
    """The community may have moved to another provider since."""
    sent(root, private, ADA)
    ask(root, private)
    toml = root / "hub.toml"
    toml.write_text(toml.read_text(encoding="utf-8").replace('way = "smtp"', 'way = "files"'), encoding="utf-8")

    assert ("smtp", False) == ((found := ask(root, private)).totals.way, found.is_changed)


class Service:
    """A service that has sent each version to four members, of whom one did not get it."""

    name = label = "listmonk"

    def __init__(self, state: str = "sent") -> None:
        self.state = state

    def find(self, version):
        return (Draft("7", version.campaign, self.state, {}),)

    def totals(self, _held):
        if self.state == "broken":
            raise ServiceFailed("listmonk: no answer")
        return {"asked": 4, "accepted": 3, "bounced": 1}


def by_service(root, monkeypatch, state):
    toml = root / "hub.toml"
    toml.write_text(toml.read_text(encoding="utf-8").replace('way = "smtp"', 'way = "listmonk"'), encoding="utf-8")
    monkeypatch.setattr(module, "service_of", lambda *_: Service(state))


def test_a_service_tells_its_own_counts_of_all_languages_together(root, private, monkeypatch):
    """It knows the members, so it knows what came back."""
    by_service(root, monkeypatch, "sent")

    found = ask(root, private)

    assert (8, 6, 2) == (found.totals.asked, found.totals.counts["accepted"], found.totals.counts["bounced"])
    assert ("listmonk", None, mailing(root).sent) == (found.totals.way, found.totals.ended, found.totals.began)
    assert {"1": found.totals} == read_archive(root).totals
    assert not ask(root, private).is_changed


def test_a_draft_at_a_service_is_no_letter_that_was_sent(root, private, monkeypatch):
    """Its counts would all be nought."""
    by_service(root, monkeypatch, "draft")

    with pytest.raises(WrongUse, match="has not been sent"):
        ask(root, private)


def test_a_service_needs_no_mails_and_its_silence_is_told(root, private, monkeypatch):
    """Whoever gives it mails would believe that they were read."""
    by_service(root, monkeypatch, "broken")

    with pytest.raises(Unsupported, match="without files"):
        ask(root, private, box(root, b"x"))
    with pytest.raises(ServiceFailed):
        ask(root, private)
