"""Doctor and test, as people type them."""

import json
import os
import re
import subprocess
import sys
from pathlib import Path

from tests.hubs import run

SOURCE = Path(__file__).parents[2] / "src"


def test_doctor_tells_what_it_looked_at_and_why_it_matters(hub, capsys):
    """It is what people are asked to run first when they ask for help."""
    code, out, _ = run(capsys, "--root", hub, "doctor", "--lang", "en", lang="")

    assert code in (0, 3)
    assert "Python: 3." in out
    assert "— Handbill runs on Python 3.11.2 to 3.14\n" in out


def test_doctor_speaks_the_language_of_the_hub(hub, capsys):
    """The village is French."""
    _, out, _ = run(capsys, "--root", hub, "doctor", lang="")

    assert "fuseaux horaires\u00a0: " in out
    assert "time zones" not in out


def test_doctor_ends_with_3_where_a_build_cannot_work(tmp_path, capsys):
    """A script that prepares a machine acts on it."""
    code, out, _ = run(capsys, "--root", tmp_path, "doctor", "--lang", "en", lang="")

    assert code == 3
    assert f"missing  hub.toml: not in {tmp_path}" in out


def test_doctor_gives_programs_the_same(hub, capsys):
    """A support form attaches it."""
    _, out, _ = run(capsys, "--root", hub, "doctor", "--json", lang="")
    found = json.loads(out)

    assert {("what", "state", "found", "why", "mend", "lang")} == {tuple(one) for one in found}
    assert {"fr"} == {one["lang"] for one in found}
    assert {"Python", "git", "hub.toml", "disk space", "time zones"} <= {one["what"] for one in found}


def test_doctor_speaks_where_a_library_is_missing_that_the_program_needs(hub):
    """Just then it is asked."""
    script = "import sys; sys.modules['babel'] = None; from handbill.cli import main; sys.exit(main(sys.argv[1:]))"
    room = {**os.environ, "PYTHONPATH": str(SOURCE), "PYTHONIOENCODING": "utf-8"}
    done = subprocess.run(
        [sys.executable, "-c", script, "--root", str(hub), "doctor", "--json"], env=room, capture_output=True, encoding="utf-8", check=False
    )

    assert done.returncode == 3
    assert ("library babel", "missing") in [(one["what"], one["state"]) for one in json.loads(done.stdout)]


# Whether letters arrive.


def test_doctor_mail_tells_what_decides_whether_letters_arrive(hub, capsys):
    """It is what people are asked to run first when letters end as spam."""
    code, out, _ = run(capsys, "--root", hub, "doctor", "mail")

    assert code in (0, 3)
    assert "\nask      DNS: 2 names to look up" in out
    assert "Python: 3." not in out


def test_doctor_mail_judges_answers_that_were_saved_on_any_system(hub, capsys, tmp_path):
    """PowerShell saves UTF-16, and gives programs the same records."""
    pasted = '_dmarc.puits.example. 60 IN TXT "v=DMARC1; p=none"\n_dmarc.village.example. 60 IN TXT "v=DMARC1"\n'
    told = []
    for encoding in ("utf-8", "utf-8-sig", "utf-16"):
        file = tmp_path / "dns.txt"
        file.write_bytes(pasted.encode(encoding))
        _, out, _ = run(capsys, "--root", hub, "doctor", "mail", "--records", file, "--json")
        told.append([(one["what"], one["state"]) for one in json.loads(out)])

    assert told[0] == told[1] == told[2]
    assert ("DMARC", "missing") in told[0]
    assert {"what", "state", "found", "why", "mend", "lang"} == set(json.loads(out)[0])


def test_doctor_mail_ends_with_3_where_a_test_mail_came_back_broken(hub, capsys, tmp_path):
    """A script that sends a test mail each night acts on it; in French too."""
    (tmp_path / "essai.eml").write_bytes(b"From: x@essai.example\r\nSubject: x\r\n\r\nx\r\n")

    code, out, _ = run(capsys, "--root", hub, "doctor", "mail", "--received", tmp_path / "essai.eml", lang="fr")

    assert code == 3
    assert "DKIM\u00a0: aucune signature" in out
    assert 2 == run(capsys, "--root", hub, "doctor", "mail", "--received", tmp_path / "none.eml")[0]


def test_doctor_mail_knows_its_own_signature_without_asking(hub, capsys, tmp_path, monkeypatch):
    """The key lies here, so nobody has to look it up to see whether the relay changed the mail."""
    from tests.sending.dkim_keys import key_file

    from handbill.sending.signing import read_key, signing

    settings = hub / "hub.toml"
    settings.write_text(settings.read_text(encoding="utf-8") + '\n[sending]\ndkim_selector = "lettre"\n', encoding="utf-8")
    monkeypatch.setenv("HANDBILL_DKIM_KEY", str(key_file(tmp_path)))
    sender = re.search(r'^sender = ".*?@([a-z.-]+)', settings.read_text(encoding="utf-8"), re.MULTILINE)[1]
    mail = f"From: a@{sender}\r\nList-Unsubscribe: <https://x.example/>\r\nList-Unsubscribe-Post: List-Unsubscribe=One-Click\r\n\r\nx\r\n"
    (tmp_path / "essai.eml").write_bytes(signing(read_key(tmp_path / "dkim.pem"), "lettre")(mail.encode()))

    code, out, _ = run(capsys, "--root", hub, "doctor", "mail", "--received", tmp_path / "essai.eml")

    assert code == 0
    assert "and it holds" in " ".join(out.split())


def test_the_tests_run_on_every_core_unless_one_is_wanted():
    """Half an hour instead of a quarter is waited for at every proposal; a debugger can look into one process only."""
    from handbill.commands.machine import _spread

    assert ("-n", "4", "--dist", "loadfile", "--no-loadscope-reorder") == _spread(("-k", "letters"), 2)
    assert "12" == _spread((), 8)[1]
    assert () == _spread((), 1)
    for word in ("-n0", "--numprocesses=3", "--refresh", "--pdb", "--collect-only", "-s"):
        assert () == _spread(("tests/hub", word), 4), word


def test_the_tests_find_the_program_compiled(monkeypatch):
    """They start hundreds of processes; where Python was told to keep nothing, each took a second to compile what it imports."""
    monkeypatch.setenv("PYTHONDONTWRITEBYTECODE", "1")
    monkeypatch.setattr(sys, "dont_write_bytecode", True)
    monkeypatch.chdir(SOURCE)
    seen = []
    monkeypatch.setattr("pytest.main", lambda words: seen.append((words, os.environ.get("PYTHONDONTWRITEBYTECODE"), sys.dont_write_bytecode)) or 0)

    from handbill.commands.machine import test as handed_over

    assert 0 == handed_over.callback(("-k", "letters"))
    assert [(None, False)] == [one[1:] for one in seen]
