"""A letter on its way out, with all parts of sending in their places."""

import email
import random
import shutil
import subprocess
import sys
from contextlib import suppress
from dataclasses import replace
from email import policy

import pytest
from tests.doctor.repositories import git, needs_git
from tests.freezing.letters import frozen
from tests.hubs import files_of, moment, text
from tests.outputs.mail.letters import letter
from tests.sending.frozen import CANARIES, LOCAL, SENT, approved_hub, commit, frozen_hub, mailing
from tests.sending.smtp_servers import well_behaved

from handbill.door import Unreachable
from handbill.errors import ContentProblems, HandbillError, MachineLacks, WrongUse, said
from handbill.outputs.mail.message import message_of
from handbill.outputs.mail.record import TOKEN
from handbill.sending import departing
from handbill.sending.contract import Answer, Outcome, Version
from handbill.sending.departing import Departure
from handbill.sending.keys import token_of
from handbill.sending.posting import post
from handbill.sending.probing import KNOWN, faults_of
from handbill.sending.stopping import Stop

pytestmark = needs_git

NOW = moment(SENT)


def go(root, now=NOW, name="1", tell=lambda _: None, stop=None):
    return Departure.of(root, name).go(lambda: now, stop or Stop(), tell)


def mails(root):
    folder = root.parent / "private"
    return [raw for name, raw in files_of(folder).items() if name.endswith(".eml")] if folder.exists() else []


@pytest.fixture
def root(tmp_path):
    return frozen_hub(tmp_path)


def test_a_letter_leaves_once_for_each_member_and_the_counts_are_written(root):
    """The whole way, with real files at both ends."""
    told = []

    done = go(root, tell=told.append)

    assert (0, 3, {"accepted": 3}) == (done.exit_code, done.standing.counts["accepted"], dict(done.report.counts))
    assert done.is_counted
    assert 3 == len(mails(root)) == len(told)
    again = go(root)
    assert (0, {}, False, 3) == (again.exit_code, dict(again.report.counts), again.is_counted, len(mails(root)))


def test_nothing_of_a_member_is_in_the_repository_or_in_the_ledger(root):
    """Also not in what Git keeps, and in no spelling that mails use."""
    go(root)
    commit(root, "counts")

    whole = b"".join(raw for raw in files_of(root).values())
    history = git(root, "log", "-p", "--all", "--no-textconv").encode()
    kept = b"".join(raw for name, raw in files_of(root.parent / "private").items() if not name.startswith("outbox/"))
    for word in CANARIES:
        assert word.encode() in b"".join(raw for name, raw in files_of(root.parent).items() if name == "members.csv"), (
            "the scan would find nothing"
        )
        assert word.encode() not in whole + history + kept
        assert word.encode().hex().encode() not in whole + history + kept


def test_changed_bytes_send_nothing(root):
    """60 of the thousand changes that are tried with approval, through the whole way: 0 mails."""
    source = random.Random(7)
    files = [f"{folder}/{name}" for folder in ("1", "1.en") for name in files_of(root / "newsletters/archive" / folder)] + ["chain.lock"]
    for turn in range(60):
        file = root / "newsletters/archive" / files[turn % len(files)]
        raw = file.read_bytes()
        changed = bytearray(raw)
        changed[source.randrange(len(raw))] ^= 1 << source.randrange(8)
        file.write_bytes(changed)
        with suppress(ContentProblems):
            assert 1 == go(root).exit_code
        file.write_bytes(raw)

    assert [] == mails(root)
    assert 0 == go(root).exit_code


@pytest.mark.parametrize(
    "late", [moment("2026-03-12 17:59"), moment("2026-03-12 20:01"), moment("1990-01-01 00:00"), moment("2190-01-01 00:00")]
)
def test_at_the_wrong_hour_nothing_leaves(root, late):
    """Whoever's clock is wrong."""
    assert (1, []) == (go(root, late).exit_code, mails(root))


def test_a_jump_of_the_clock_within_a_run_changes_nothing(root):
    """An hour back in autumn, a year forward by a wrong battery: everybody gets one."""
    moments = [NOW, NOW, moment("2026-03-12 17:00"), moment("2027-03-12 18:00"), moment("1990-01-01 00:00")]
    done = Departure.of(root, "1").go(lambda: moments.pop(0) if len(moments) > 1 else moments[0], Stop(), lambda _: None)

    assert (0, 3) == (done.exit_code, len(mails(root)))
    assert 0 == go(root, moment("1990-01-01 00:00").replace(year=2026, month=3, day=12, hour=18)).exit_code
    assert 3 == len(mails(root))


def test_a_list_that_goes_wrong_while_it_is_read_begins_nothing(root, monkeypatch):
    """Somebody saves it between the look and the sending."""
    look = departing.readiness

    def and_spoil(*words, **more):
        found = look(*words, **more)
        (root.parent / "members.csv").write_text("email\nquetzal-ambre@village.example\nnonsense\n", encoding="utf-8")
        return found

    monkeypatch.setattr(departing, "readiness", and_spoil)
    with pytest.raises(ContentProblems) as refusal:
        go(root)
    assert [3] == [one.line for one in refusal.value.problems]
    assert [] == mails(root)
    assert Departure.of(root, "1").looked(NOW).standing is None


def test_who_asked_for_nothing_gets_nothing(root):
    """From the file that the community's own page writes."""
    (root.parent / "stop.txt").write_text(f"{CANARIES[0]}@village.example\n", encoding="utf-8")
    (root / "hub.local.toml").write_text(LOCAL + 'suppressed = "../stop.txt"\n', encoding="utf-8")

    done = go(root)

    assert (0, 2, 1) == (done.exit_code, len(mails(root)), done.standing.counts["suppressed"])


def test_a_run_that_breaks_leaves_its_counts(root, monkeypatch):
    """Another machine learns from them that the letter is on its way."""

    class Broken:
        name = "smtp"
        handed = 0

        def __call__(self, *_):
            return self

        def connect(self):
            return self

        def hand(self, *_):
            Broken.handed += 1
            if Broken.handed > 1:
                raise MachineLacks("the disk is full")
            return Answer(Outcome.ACCEPTED, 250)

        def close(self):
            pass

    monkeypatch.setattr(departing, "carrier_of", Broken())
    with pytest.raises(MachineLacks):
        go(root)

    assert b'"accepted": 1' in (root / "newsletters/archive/1.totals.json").read_bytes()
    monkeypatch.undo()
    assert 0 == go(root).exit_code
    assert 2 == len(mails(root)), "who had it does not get it again"


def test_a_run_that_is_asked_to_stop_says_how_to_go_on(root):
    """Ctrl-C between two mails."""
    stop = Stop()

    def ask(_):
        stop.is_asked = True

    done = go(root, tell=ask, stop=stop)

    assert (4, 1, 2) == (done.exit_code, len(mails(root)), done.standing.waiting)
    assert (0, 3) == (go(root).exit_code, len(mails(root)))


def test_a_server_that_is_not_there_leaves_everybody_waiting(root, monkeypatch):
    """And no counts: another machine may still send it."""

    class Away:
        name = "smtp"

        def connect(self):
            raise Unreachable(said("nothing"))

    monkeypatch.setattr(departing, "carrier_of", lambda *_: Away())
    stop = Stop()
    monkeypatch.setattr(stop, "sleep", lambda _: None)

    done = go(root, stop=stop)

    assert (4, 3, False) == (done.exit_code, done.standing.waiting, done.is_counted)
    assert not (root / "newsletters/archive/1.totals.json").exists()


def test_two_people_who_send_at_once_send_it_once(root, tmp_path):
    """Both have typed it, in two programs, to a true server."""
    (tmp_path / "members.csv").write_text("email\n" + "".join(f"m{n}@village.example\n" for n in range(40)), encoding="utf-8")
    hub = (root / "hub.toml").read_text("utf-8").replace('way = "files"', 'way = "smtp"\nrate = 1000')
    (root / "hub.toml").write_text(hub, encoding="utf-8")
    got = []
    with well_behaved(lambda sender, recipient, mail: got.append((sender, recipient, mail))) as server:
        (root / "hub.local.toml").write_text(LOCAL + f'server = "{server}"\nsecurity = "none"\n', encoding="utf-8")
        command = [sys.executable, "-m", "handbill", "--root", str(root), "newsletter", "send", "1", "--really", "--late", "--json"]
        both = [subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE) for _ in range(2)]
        told = [one.communicate(timeout=60) for one in both]

    assert sorted(f"m{n}@village.example" for n in range(40)) == sorted(recipient for _, recipient, _ in got)
    assert {"lettre@essai.example"} == {sender for sender, _, _ in got}
    # The second came while the first was sending, or when it had ended.
    assert sorted(one.returncode for one in both) in ([0, 3], [0, 0])
    assert not any(b"@village" in out + err for out, err in told)


def test_single_mails_have_no_draft(root):
    """It would be somewhere, and nobody would know where."""
    with pytest.raises(WrongUse):
        Departure.of(root, "1").draft(NOW)


# Headers, from what was written to what leaves.


ENDS = (
    "\r\n",
    "\n",
    "\r",
    "\n\n",
    "\r\n\r\n",
    "\x0b",
    "\x0c",
    "\x1c",
    "\x1e",
    "\x85",
    "\u2028",
    "\u2029",
    "\x00\n",
    "\\r\\n",
    "=?utf-8?q?=0A?=",
    "=?utf-8?b?DQo=?=",
    "=0D=0A",
    "%0D%0A",
    "é\n",
    "\n ",
)
BEGUN = ("Bcc: trap@trap.example", "X-Trap: 1", "\tX-Trap: 1", "Content-Type: text/html\n\n<p>trap")
PAYLOADS = tuple(end + begun for end in ENDS for begun in BEGUN)
FIELDS = ("subject", "name", "sender", "reply_to", "unsubscribe", "unsubscribe_mail", "subscribe", "archive", "help", "host")


@pytest.mark.parametrize("field", FIELDS)
def test_no_value_becomes_a_header_on_its_way(field):
    """80 payloads in each of 10 headers, through making, looking, token and parsing by a receiver: 0 extra headers, on this Python."""
    assert 80 == len(PAYLOADS)
    plain = letter()
    wanted = email.message_from_bytes(message_of(plain, TOKEN, TOKEN), policy=policy.default).keys()
    token = token_of(b"s" * 32, "main", b"k" * 16)
    left = 0
    for payload in PAYLOADS:
        for value in (getattr(plain, field) + payload, payload + getattr(plain, field)):
            one = letter(**{field: value})
            try:
                raw = message_of(one, TOKEN, TOKEN)
            except (ValueError, email.errors.MessageError):
                continue
            version = Version("1", "fr", "a" * 64, one.subject, "", TOKEN, TOKEN, raw)
            assert [] == list(faults_of(raw, one.subject))
            mail = post(version, token)
            left += 1
            for reader in (policy.default, policy.compat32):
                read = email.message_from_bytes(mail, policy=reader)
                assert set(read.keys()) <= set(KNOWN)
                assert read["Bcc"] is None is read["X-Trap"]
                assert len(read.keys()) == len(set(read.keys())) == len(wanted) - ("List-Unsubscribe-Post" not in read)
            assert str(email.message_from_bytes(mail, policy=policy.default)["Subject"]).isprintable()
    assert field not in ("subject", "name") or left, "a payload that is only text must come through as text"


@pytest.mark.parametrize(
    "payload", ["x\\nBcc: trap@trap.example", "x\\r\\n\\r\\ntrap", "x =?utf-8?q?=0AX-Trap:_1?=", "x\\u2028X-Trap: 1", "x %0D%0AX-Trap: 1"]
)
def test_a_subject_that_an_editor_wrote_leaves_as_a_subject_or_not_at_all(tmp_path, payload):
    """From the file through freezing, approval and sending to the mail that lies there."""
    root = frozen_hub(tmp_path)
    file = root / "newsletters/2026-04.md"
    for name in ("1", "1.en", "2"):
        shutil.rmtree(root / "newsletters/archive" / name)
    (root / "newsletters/archive/chain.lock").unlink()
    (root / "newsletters/2026-03.md").unlink()
    (root / "newsletters/2026-03.en.md").unlink()
    file.write_text(
        text("Avril.", title="Avril", number="2", subject=f'"{payload}"', preheader="Ici", date="2026-04-02 18:00"), encoding="utf-8"
    )
    try:
        frozen(root, "2", as_of="2026-04-02 19:00", despite_warnings=True)
    except HandbillError:
        return
    commit(root)

    assert 0 == go(root, moment("2026-04-02 18:30"), "2").exit_code

    for raw in mails(root):
        read = email.message_from_bytes(raw, policy=policy.default)
        assert set(read.keys()) <= set(KNOWN)
        assert read["X-Trap"] is None is read["Bcc"]


# With a service.


@pytest.fixture
def service(tmp_path):
    from tests.sending.services.fake_listmonk import TOKEN as OPENS
    from tests.sending.services.fake_listmonk import FakeListmonk

    fake = FakeListmonk()
    root = approved_hub(tmp_path)
    hub = (root / "hub.toml").read_text("utf-8").replace('way = "files"', 'way = "listmonk"')
    hub = hub.replace('name = "La lettre"\n', 'name = "La lettre"\nlist = "3"\n[letters.main.en]\nlist = "4"\n')
    (root / "hub.toml").write_text(hub, encoding="utf-8")
    (root / "hub.local.toml").write_text(
        f'[sending]\nfolder = "../private"\nservice = "{fake.address}/api"\ntoken = "{OPENS}"\n', encoding="utf-8"
    )
    yield root, fake
    fake.close()


def test_a_service_gets_a_draft_and_then_the_word_to_send_it(service):
    """Two steps: the first can be looked at there, the second cannot be taken back."""
    root, fake = service
    departure = Departure.of(root, "1")

    assert ["", ""] == [one.state for one in departure.at_service()]
    assert {} == fake.campaigns
    drafted = departure.draft(moment("2026-03-10 12:00"))
    assert (0, ["draft", "draft"], 0) == (drafted.exit_code, [one.state for one in drafted.handed], sum(fake.departures.values()))
    assert 1 == go(root, moment("2026-03-10 12:00")).exit_code, "its hour has not come"
    assert 0 == sum(fake.departures.values())

    done = go(root)
    assert (0, [True, True], 2) == (done.exit_code, [one.was_let_go for one in done.handed], sum(fake.departures.values()))
    again = go(root)
    assert (0, [False, False], 2) == (again.exit_code, [one.was_let_go for one in again.handed], sum(fake.departures.values()))


def test_a_service_that_does_not_answer_is_told_with_all_else(service, monkeypatch):
    """Whoever only asks gets an answer, too."""
    root, fake = service
    departure = Departure.of(root, "1")
    assert (0, ["", ""]) == (departure.asked(NOW)[0].exit_code, [one.state for one in departure.asked(NOW)[1]])
    fake.close()
    monkeypatch.setattr("time.sleep", lambda _: None)

    found, handed = departure.asked(NOW)

    assert (4, (), 1, 2) == (found.exit_code, handed, len(found.refusals), len(found.approvals))


def test_what_a_service_has_is_not_sent_by_hand_afterwards(service):
    """Members would get both."""
    root, _ = service
    go(root)
    hub = (root / "hub.toml").read_text("utf-8").replace('way = "listmonk"', 'way = "files"')
    (root / "hub.toml").write_text(hub, encoding="utf-8")
    (root / "hub.local.toml").write_text(LOCAL, encoding="utf-8")

    done = go(root)

    assert (1, []) == (done.exit_code, mails(root))
    assert {"HB454"} == {one.code for one in done.found.problems}


def test_a_service_gets_nothing_that_is_not_approved(service):
    """Not even a draft."""
    root, fake = service
    git(root, "update-ref", "-d", "refs/remotes/origin/main")

    assert (1, 1) == (go(root).exit_code, Departure.of(root, "1").draft(NOW).exit_code)
    assert {} == fake.campaigns


def test_the_way_to_a_segment_is_a_list_of_the_service(service):
    """It knows the members, we do not."""
    with pytest.raises(WrongUse, match="make a list there"):
        Departure.of(service[0], "1", "jardin")


def test_the_departure_of_a_letter_says_where_its_mails_lie(root):
    """Somebody has to take them from there."""
    departure = Departure.of(root, "1")

    assert root.parent / "private/outbox" / mailing(root).versions[0].campaign == departure.outbox
    assert replace(departure, settings=replace(departure.settings, sending=replace(departure.settings.sending, way="smtp"))).outbox is None
