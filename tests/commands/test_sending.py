"""Sending and settling, as people type it."""

import json
import shutil

import pytest
from tests.commands.test_freezing import edit
from tests.doctor.repositories import git, needs_git
from tests.hubs import files_of, moment, run
from tests.sending.frozen import CANARIES, LOCAL, SENT, approved_hub, commit

from handbill.commands import sending
from handbill.sending import departing
from handbill.sending.contract import Answer, Outcome
from handbill.sending.readiness import tallies_of

pytestmark = needs_git

LISTMONK = 'way = "listmonk"\n'


@pytest.fixture
def root(tmp_path, monkeypatch):
    """Return a hub whose letter is due now."""
    monkeypatch.setattr(sending, "moment", lambda written, _root: moment(written or SENT))
    return approved_hub(tmp_path)


def send(capsys, root, *words, lang="en"):
    code, out, err = run(capsys, "--root", root, "newsletter", "send", *words, lang=lang)
    assert not [word for word in CANARIES if word in out + err], "a member is named"
    return code, out, err


def mails(root):
    """Return the mails that have left, by their files."""
    folder = root.parent / "private/outbox"
    return {name: raw for name, raw in files_of(folder).items() if name.endswith(".eml")} if folder.exists() else {}


class Server:
    """A carrier that takes no mail to anybody, and answers as it is told to."""

    name = "smtp"

    def __init__(self, *answers):
        self.answers = list(answers)
        self.recipients = []

    def __call__(self, *_):
        return self

    def connect(self):
        return self

    def hand(self, mail, sender, recipient):
        self.recipients.append(recipient)
        return self.answers.pop(0) if self.answers else Answer(Outcome.ACCEPTED, 250)

    def close(self):
        pass


# What would happen.


def test_without_really_everything_is_told_and_nothing_leaves(root, capsys):
    """The editor reads it before the merge, and once more before it counts."""
    before = files_of(root.parent)
    code, out, err = send(capsys, root, "1")

    assert (0, "") == (code, err)
    commit = git(root, "rev-parse", "--short=12", "HEAD").strip()
    first, french, english, *rest = out.splitlines()
    assert "1: “Lettre 1”, dated 2026-03-12 18:00" == first
    assert french.startswith("  1     fr  ")
    assert f"approved by {commit} of " in french
    assert " on origin/main" in french
    assert english.startswith("  1.en  en  ")
    assert [
        "  way: files, 10 mails a second",
        "  3 members on the list: fr 2, en 1",
        "  still to be sent: 3 mails, about 1 second",
    ] == rest[:3]
    assert "Nothing was sent. To send it: python3 build.py newsletter send 1 --really" == rest[-1]
    assert before == files_of(root.parent), "whoever looks leaves nothing behind"


def test_what_is_in_the_way_is_told_at_once_and_is_the_exit_code(root, capsys):
    """An editor mends all of it before the hour comes."""
    (root.parent / "members.csv").write_text("email\nnonsense\n", encoding="utf-8")
    hub = (root / "hub.toml").read_text("utf-8").replace("postal_address", "#")
    (root / "hub.toml").write_text(hub, encoding="utf-8")

    code, out, _ = send(capsys, root, "1", "--as-of", "2026-03-12 17:59")

    assert 1 == code
    assert {"HB452", "HB453"} <= {word for word in ("HB451", "HB452", "HB453") if f"[{word}]" in out}
    assert "members.csv:2:" in out
    assert out.endswith("Nothing was sent, and nothing would be.\n")
    assert 1 == send(capsys, root, "1", "--really")[0]
    assert {} == mails(root)


def test_french_editors_read_it_in_french(root, capsys):
    """They are most of them."""
    code, out, _ = send(capsys, root, "1", lang="")

    assert 0 == code
    assert "1 : « Lettre 1 », datée du 2026-03-12 18:00".replace(" :", "\u00a0:").replace("« ", "«\u00a0").replace(" »", "\u00a0»") in out
    assert "3 membres sur la liste" in out
    assert "Rien n’est parti. Pour l’envoyer\u00a0: python3 build.py newsletter send 1 --really" in out


def test_programs_get_all_of_it(root, capsys):
    """A pipeline compares the digest that was approved with that which it sends."""
    code, out, _ = send(capsys, root, "1", "--json")

    told = json.loads(out)
    assert (0, "1", "files", False) == (code, told["name"], told["way"], told["sent"])
    assert {"fr": 2, "en": 1} == told["members"]["by_lang"]
    assert [git(root, "rev-parse", "HEAD").strip()] * 2 == [one["commit"] for one in told["versions"]]
    assert [] == told["problems"] == told["refusals"] == told["unclear"]

    code, out, _ = send(capsys, root, "1", "--json", "--as-of", "2026-03-12 17:59")
    assert (1, ["HB452"]) == (code, [one["code"] for one in json.loads(out)["problems"]])
    code, out, _ = send(capsys, root, "9", "--json")
    assert 2 == code
    assert "newsletter freeze 9" in json.loads(out)["error"]


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (["--really", "--as-of", "2026-03-12 18:00"], "--as-of is for telling only"),
        (["--draft", "--as-of", "2026-03-12 18:00"], "--as-of is for telling only"),
        (["--really", "--draft"], "--really, --draft mean different things"),
        (["--really", "--test", "a@b.example"], "--really, --test mean different things"),
        (["--draft"], "--draft: files takes single mails"),
        (["--test", "a@b.example\nBcc: x@y.example"], "--test: address 1: found"),
    ],
)
def test_what_contradicts_itself_is_refused(root, capsys, words, told):
    """What is meant is not guessed where mails may leave."""
    code, out, err = send(capsys, root, "1", *words)

    assert 2 == code
    assert told in err
    assert "" == out
    assert {} == mails(root)


# It leaves.


def test_each_member_gets_one_mail_and_a_second_run_sends_nothing(root, capsys):
    """The whole way of a letter, with the carrier that writes files."""
    code, out, err = send(capsys, root, "1", "--really")

    assert (0, "") == (code, err)
    assert "1: 3 accepted\nIn all: 3 accepted\n" in out
    assert "Written: newsletters/archive/1.totals.json. Commit it; it holds counts alone." in out
    assert 3 == len(mails(root))
    assert 3 == len(set(mails(root).values())), "each has a token of its own"

    before = mails(root)
    code, out, _ = send(capsys, root, "1", "--really")
    assert (0, before) == (code, mails(root))
    assert "1: nothing was sent\nIn all: 3 accepted" in out
    code, out, _ = send(capsys, root, "1")
    assert 0 == code
    assert "Nobody waits for it any more; nothing would be sent." in out


def test_the_mail_is_the_frozen_one_with_another_token(root, capsys):
    """Byte for byte; that is what was approved."""
    from handbill.outputs.mail.record import TOKEN

    send(capsys, root, "1", "--really")
    frozen = {(root / "newsletters/archive" / name / "mail.eml").read_bytes() for name in ("1", "1.en")}

    plain = set()
    for raw in mails(root).values():
        (token,) = {line.rsplit(b"/", 1)[1].rstrip(b">") for line in raw.split(b"\r\n") if line.startswith(b"List-Unsubscribe: ")}
        plain.add(raw.replace(token, TOKEN.encode()))
    assert frozen == plain


@pytest.mark.parametrize("lose", ["private", "counts"])
def test_who_has_no_ledger_of_it_sends_nothing(root, capsys, lose):
    """It was lost; or a second person sends from a second clone, where only the counts are."""
    send(capsys, root, "1", "--really")
    before = mails(root)
    for file in (root.parent / "private").glob("ledger*"):
        file.unlink()
    if lose == "counts":
        shutil.rmtree(tallies_of(root))

    code, out, err = send(capsys, root, "1", "--really")

    assert (3 if lose == "private" else 1) == code
    assert ("no ledger is in" in out + err) is (lose == "private")
    assert "HB454" in out + err
    assert before == mails(root)


def test_a_letter_that_was_frozen_anew_is_not_sent_under_its_number(root, capsys):
    """Half of the members would have the one, half the other, and nobody could tell."""
    server = Server(Answer(Outcome.ACCEPTED, 250), Answer(Outcome.DEFERRED, 421, closes=True))
    assert server
    send(capsys, root, "1", "--really")
    for name in ("1", "1.en", "2"):
        shutil.rmtree(root / "newsletters/archive" / name)
    for name in ("chain.lock", "1.totals.json"):
        (root / "newsletters/archive" / name).unlink()
    edit(root, "newsletters/2026-03.md", "Bonjour", "Bonsoir")
    assert 0 == run(capsys, "--root", root, "newsletter", "freeze", "1", "--as-of", "2026-03-20 12:00")[0]
    commit(root)
    git(root, "push", "-q", "origin", "main")
    git(root, "fetch", "-q", "origin")
    before = mails(root)

    code, out, err = send(capsys, root, "1", "--really")

    assert 1 == code
    assert "was begun with other bytes" in out + err
    assert before == mails(root)


def test_what_is_not_approved_does_not_leave(root, capsys):
    """A number of each reason; what each says is tested with approval."""
    git(root, "update-ref", "refs/remotes/origin/main", "refs/remotes/origin/main~0")
    git(root, "update-ref", "-d", "refs/remotes/origin/main")

    code, out, _ = send(capsys, root, "1", "--really")

    assert 1 == code
    assert "HB451" in out
    assert {} == mails(root)
    assert not (root.parent / "private/ledger.sqlite3").exists()


@pytest.mark.parametrize("as_of", ["2026-03-12 17:59", "2026-03-12 20:01", "2020-01-01 00:00", "2090-01-01 00:00"])
def test_too_early_and_too_late_nothing_leaves(root, capsys, monkeypatch, as_of):
    """The clock of the machine may be wrong, too."""
    monkeypatch.setattr(sending, "moment", lambda *_: moment(as_of))

    code, out, _ = send(capsys, root, "1", "--really")

    assert 1 == code
    assert "HB452" in out
    assert {} == mails(root)


def test_a_server_that_takes_some_leaves_the_others_for_the_next_run(root, capsys, monkeypatch):
    """One is put off, one is unclear; a person settles the unclear one, and nobody gets it twice."""
    server = Server(Answer(Outcome.ACCEPTED, 250), Answer(Outcome.AMBIGUOUS, closes=True), Answer(Outcome.BOUNCED, 550, "5.1.1"))
    monkeypatch.setattr(departing, "carrier_of", server)

    code, out, _ = send(capsys, root, "1", "--really")
    assert 4 == code
    assert "1: 1 accepted, 1 refused for good, 1 unclear" in out
    assert "1 mail of which nobody knows whether it arrived:" in out
    key = json.loads(send(capsys, root, "1", "--json")[1])["unclear"][0]["key"]
    assert f"newsletter settle 1 {key} --arrived | --again" in out

    assert 4 == send(capsys, root, "1", "--really")[0]
    assert 3 == len(server.recipients), "nothing unclear is sent again by itself"

    assert 2 == run(capsys, "--root", root, "newsletter", "settle", "1", key)[0]
    assert 2 == run(capsys, "--root", root, "newsletter", "settle", "1", key, "--arrived", "--again")[0]
    code, out, _ = run(capsys, "--root", root, "newsletter", "settle", "1", key, "--again")
    assert 0 == code
    assert "its member gets it twice" in out
    unclear = json.loads(run(capsys, "--root", root, "newsletter", "settle", "1", "--json")[1])
    assert ("1", [key]) == (unclear["name"], [one["key"] for one in unclear["unclear"]])
    code, out, _ = run(capsys, "--root", root, "newsletter", "settle", "01", key, "--again", "--json")
    assert (0, unclear) == (code, json.loads(out)), "who asks without --really has decided nothing"
    code, out, _ = run(capsys, "--root", root, "newsletter", "settle", "1", key, "--again", "--really")
    assert 0 == code
    assert "1: nothing is unclear\nIt is sent with the next run: python3 build.py newsletter send 1 --really\n" == out
    assert 0 == send(capsys, root, "1", "--really")[0]
    assert [server.recipients[1]] == server.recipients[3:]


def test_what_arrived_is_settled_and_not_sent_again(root, capsys, monkeypatch):
    """The server's log said so."""
    server = Server(Answer(Outcome.AMBIGUOUS))
    monkeypatch.setattr(departing, "carrier_of", server)
    send(capsys, root, "1", "--really")
    key = json.loads(run(capsys, "--root", root, "newsletter", "settle", "1", "--json")[1])["unclear"][0]["key"]

    code, _, err = run(capsys, "--root", root, "newsletter", "settle", "1", "0" * 12, "--arrived")
    assert 2 == code
    assert "0" * 12 in err
    code, _, err = run(capsys, "--root", root, "newsletter", "settle", "1", "0" * 12, "--again")
    assert 2 == code
    assert "0" * 12 in err, "a warning about a mail that is not there would be believed"
    code, out, _ = run(capsys, "--root", root, "newsletter", "settle", "99", key, "--again", "--json")
    assert 2 == code
    assert "no letter 99 is frozen" in json.loads(out)["error"]
    assert 0 == run(capsys, "--root", root, "newsletter", "settle", "1", key, "--arrived")[0]

    assert 0 == send(capsys, root, "1", "--really")[0]
    assert 3 == len(server.recipients)


def test_a_machine_that_has_sent_nothing_has_nothing_to_settle(root, capsys):
    """Perhaps the ledger is elsewhere."""
    code, _, err = run(capsys, "--root", root, "newsletter", "settle", "1")

    assert 2 == code
    assert "this machine has sent nothing, or keeps it elsewhere" in err


def test_who_comes_second_leaves_at_once(root, capsys):
    """Two people have both been asked to send it."""
    from handbill.sending.turn import only_run

    with only_run(root.parent / "private", "main", moment(SENT)):
        code, _, err = send(capsys, root, "1", "--really")

    assert 3 == code
    assert "already being sent since" in err
    assert {} == mails(root)


def test_a_number_goes_on_with_those_for_whom_it_was_begun(root, capsys):
    """A segment first and everybody afterwards would be two sendings of one number."""
    (root.parent / "members.csv").write_text(
        f"email;langue;segments\n{CANARIES[0]}@village.example;fr;jardin\n{CANARIES[1]}@village.example;fr;\n", encoding="utf-8"
    )
    assert 0 == send(capsys, root, "1", "--really", "--segment", "jardin")[0]
    assert 1 == len(mails(root))

    code, out, _ = send(capsys, root, "1", "--segment", "jardin")
    assert 2 == code
    assert "goes on with those for whom it was begun" in out
    code, out, _ = send(capsys, root, "1", "--really")
    assert (0, 1) == (code, len(mails(root)))
    assert "it was begun for 1 member; who is not the one gets the next number" in send(capsys, root, "1")[1]


def test_a_draft_at_a_service_says_how_to_go_on(root, capsys):
    """The second step is one's own."""
    from tests.sending.services.fake_listmonk import TOKEN, FakeListmonk

    fake = FakeListmonk()
    hub = (root / "hub.toml").read_text("utf-8").replace('way = "files"\n', LISTMONK)
    hub = hub.replace('name = "La lettre"\n', 'name = "La lettre"\nlist = "3"\n[letters.main.en]\nlist = "4"\n')
    (root / "hub.toml").write_text(hub, encoding="utf-8")
    (root / "hub.local.toml").write_text(
        f'[sending]\nfolder = "../private"\nservice = "{fake.address}"\ntoken = "{TOKEN}"\n', encoding="utf-8"
    )

    code, out, _ = send(capsys, root, "1")
    assert 0 == code
    assert "1 at listmonk: nothing there yet" in out
    assert "  not kept there: " in out
    code, out, _ = send(capsys, root, "1", "--draft")
    assert (0, 0) == (code, sum(fake.departures.values()))
    assert "1.en at listmonk: made; a draft is there, and it is what was approved" in out
    assert out.endswith("Nothing was sent. To send it: python3 build.py newsletter send 1 --really\n")
    code, out, _ = send(capsys, root, "1", "--really", "--json")
    assert (0, True, [True, True]) == (code, json.loads(out)["sent"], [one["was_let_go"] for one in json.loads(out)["service"]])
    fake.close()


def test_a_service_without_its_settings_is_told_all_of_them(root, capsys):
    """Nobody is asked over the network before that."""
    hub = (root / "hub.toml").read_text("utf-8").replace('way = "files"\n', LISTMONK)
    (root / "hub.toml").write_text(hub, encoding="utf-8")
    (root / "hub.local.toml").write_text(LOCAL, encoding="utf-8")

    for words in ([], ["--really"], ["--draft"]):
        code, out, _ = send(capsys, root, "1", *words)
        assert 1 == code
        assert all(f"sending.{name}" in out for name in ("service", "token", "user"))
        assert "letters.main.list" in out
    code, _, err = send(capsys, root, "1", "--segment", "jardin")
    assert 2 == code
    assert "knows the members itself" in err


def test_a_log_hears_of_every_hundredth_mail_and_of_each_rest(root):
    """Ten thousand lines of one mail each would hide the one that matters."""
    from handbill.commands.called import Called
    from handbill.errors import said
    from handbill.sending.means import Progress

    shown = []
    tell = sending._told(shown.append, Called(root, "en"))

    for n in range(1, 251):
        tell(Progress({"accepted": n}))
    tell(Progress({"accepted": 250}, 1.6, said("nothing")))

    assert ["1 mail", "100 mails", "200 mails", "250 mails; waiting for 2 s: nothing"] == shown


def test_who_breaks_a_sending_off_is_told_what_stands(root, capsys, monkeypatch):
    """That the public folder is as it was is no comfort to somebody who thinks of four hundred mails."""

    def broken_off(*_):
        raise KeyboardInterrupt

    monkeypatch.setattr(departing.Departure, "go", broken_off)
    code, _, err = send(capsys, root, "1", "--really")

    assert (130, "Stopped; what was handed over is noted, and the next run goes on from there.\n") == (code, err.lstrip("\n"))


def test_with_other_digests_than_its_own_nothing_leaves(capsys, root):
    """What somebody approved in a workflow is what they saw, and not what has become of it."""
    code, _, err = send(capsys, root, "1", "--really", "--digests", "0" * 64)

    assert (2, {}) == (code, mails(root))
    digest = err.split("wanted ")[1].split(":")[0]

    assert 0 == send(capsys, root, "1", "--really", "--digests", digest)[0]
    assert mails(root)


def test_a_machine_that_is_thrown_away_sends_no_mails_one_by_one(capsys, root, monkeypatch):
    """With it goes the memory of who got the letter."""
    monkeypatch.setenv("GITHUB_ACTIONS", "true")
    monkeypatch.delenv("RUNNER_ENVIRONMENT", raising=False)

    assert 2 == send(capsys, root, "1", "--really")[0]
    assert {} == mails(root)
    assert 0 == send(capsys, root, "1")[0]
