"""The command that writes a new file, as it is typed."""

from __future__ import annotations

import os
import sys
from pathlib import Path

import pytest
from tests.hubs import files_of, run

from handbill.cli import cli
from handbill.kinds import KINDS

EVENT = ("--as-of", "2026-03-20", "Bal", "--starts", "2026-05-09 20:00", "--venue.name", "Pré", "--organisers", "ada")


def new(capsys: pytest.CaptureFixture[str], hub: Path, *words: str, lang: str = "en") -> tuple[int, str, str]:
    return run(capsys, "--root", hub, "new", *words, lang=lang)


def test_a_file_is_written_and_its_path_told(hub, capsys):
    """And what comes next."""
    code, out, err = new(capsys, hub, "event", *EVENT)

    assert (0, "") == (code, err)
    assert ["Written: events/2026/bal.md", "To look at it: python3 build.py serve"] == out.splitlines()
    assert "venue:\n  name: Pré\n  # room:" in (hub / "events/2026/bal.md").read_text(encoding="utf-8")


def test_the_words_are_in_the_language_of_the_hub(hub, capsys):
    """The file's too."""
    _, out, _ = new(capsys, hub, "event", *EVENT, lang="fr")

    assert out.startswith("Écrit\u00a0: events/2026/bal.md\n")
    assert "# le prix\u00a0; sans cette ligne, c’est gratuit" in (hub / "events/2026/bal.md").read_text(encoding="utf-8")


@pytest.mark.parametrize("how", ["--print", "--dry-run"])
def test_a_trial_writes_nothing(hub, capsys, how):
    """What is printed is the file and nothing else."""
    before = files_of(hub / "events")
    code, out, err = new(capsys, hub, "event", *EVENT, how)

    assert (0, "It would be events/2026/bal.md.") == (code, err.strip())
    assert out.startswith("---\ntitle: Bal\ndate: 2026-03-20\n")
    assert out.endswith(" -->\n")
    assert before == files_of(hub / "events")


@pytest.mark.parametrize(
    "words",
    [
        ("--set", "starts=2026-05-09 20:00", "--set", "venue.name=Pré", "--set", "organisers=ada", "--title", "Bal"),
        ("--starts=2026-05-09 20:00", "--venue=Pré", "Bal", "--organisers", "ada"),
        ("Bal", "--organisers", "ada", "--set=starts=2026-05-09 20:00", "--venue.name=Pré"),
    ],
)
def test_every_way_to_give_a_field_is_the_same(hub, capsys, words):
    """Scripts, shells and tasks of editor programs each have their own."""
    _, expected, _ = new(capsys, hub, "event", *EVENT, "--print")

    assert (0, expected) == new(capsys, hub, "event", "--as-of", "2026-03-20", "--print", *words)[:2]


def test_a_flag_needs_no_word_behind_it(hub, capsys):
    """`--draft` is clear enough; `--draft false` is too."""
    assert "\ndraft: true\n" in new(capsys, hub, "post", "--draft", "A", "--print")[1]
    assert "\ndraft: false\n" in new(capsys, hub, "post", "A", "--draft", "false", "--print")[1]


def test_in_a_script_nothing_is_asked_and_all_that_is_missing_is_told(hub, capsys, monkeypatch):
    """A job that waits for an answer waits for ever."""
    monkeypatch.setattr("click.prompt", lambda *_, **__: pytest.fail("asked"))
    code, out, err = new(capsys, hub, "event", "Bal")

    assert (2, "") == (code, out)
    assert ["starts:", "organisers:"] == [line.split()[0] for line in err.splitlines()[1:]]


@pytest.mark.parametrize(
    ("words", "said"),
    [
        ((), "which kind? one of: post, page, event"),
        (("evnt", "A"), "“evnt” is no kind of file; “event”, perhaps"),
        (("event", "A", "--strats", "2026-01-01"), "“starts”, perhaps"),
        (("event", "A", "--set", "starts"), "FIELD=VALUE"),
        (("event", "A", "--starts"), "requires an argument"),
        (("event", "--starts", "--print"), "requires an argument"),
        (("event", "--like", "fêtes"), "nothing is called"),
        (("post", "A", "--in", "de"), "fr, en"),
    ],
)
def test_a_wrong_call_is_answered_with_what_would_be_right(hub, capsys, words, said):
    """Exit code 2, and nothing written."""
    before = files_of(hub)
    code, _, err = new(capsys, hub, *words)

    assert 2 == code
    assert said in err
    assert before == {path: raw for path, raw in files_of(hub).items() if not path.startswith(".handbill/")}


def test_nothing_is_overwritten(hub, capsys):
    """Exit code 1, the file that is there, and a slug that is free."""
    before = (hub / "events/2026/fete.md").read_bytes()
    code, out, err = new(capsys, hub, "event", "Fête", *EVENT[:2], *EVENT[3:])

    assert (1, "") == (code, out)
    assert "events/2026/fete.md" in err
    assert "--slug fete-2026" in err
    assert before == (hub / "events/2026/fete.md").read_bytes()
    assert 0 == new(capsys, hub, "event", "Fête", *EVENT[:2], *EVENT[3:], "--slug", "fete-2026")[0]


def test_an_address_that_the_hub_itself_needs_is_refused(hub, capsys):
    """A page at /posts/ would hide the list of posts; only a whole check knows."""
    code, _, err = new(capsys, hub, "page", "Posts")

    assert code in (1, 2)
    assert "/posts/" in err
    assert not (hub / "content/pages/posts.md").exists()


def test_a_copy_tells_what_it_changed(hub, capsys):
    """So that it can be reread where it matters."""
    code, out, _ = new(capsys, hub, "event", "--like", "concert", "--as-of", "2026-03-20")

    assert 0 == code
    assert "Written: events/2027/concert-2027.md\n- left out, because it was true of that time only: status, status_note\n" in out


def test_a_person_must_have_agreed(hub, capsys):
    """Their page is public, and so is the history of this repository."""
    _, out, _ = new(capsys, hub, "person", "Zoé")

    assert "only what the person has read and agreed to" in out


def test_help_after_a_kind_explains_its_fields(hub, capsys):
    """In the language of the hub, without a browser."""
    code, out, _ = new(capsys, hub, "event", "--help", lang="fr")

    assert 0 == code
    assert "--venue.access" in out
    assert "comment entrer, pour" in out
    assert "--venue.access" not in new(capsys, hub, "--help")[1]


def test_no_field_is_hidden_by_an_option(hub, capsys):
    """`--lang` is the language of messages everywhere; that of a text is `--in`."""
    own = {name[2:] for one in cli.commands["new"].params for name in one.opts if name.startswith("--")}

    assert {"slug", "lang"} == own & {one.name for kind in KINDS for one in kind.all_fields}


def test_the_schemas_of_a_hub_are_written_into_it(hub, capsys):
    """For editor programs, in the language of those who write there."""
    code, out, _ = new(capsys, hub, "--schemas", lang="fr")

    assert (0, 8) == (code, out.count("Écrit"))
    assert '"description": "Le nom, partout' in (hub / "schemas/post.json").read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("word", "expected"),
    [
        ("billet", "« billet » n’est pas une sorte de fichier ; peut-être « post »"),
        ("Évènement", "« Évènement » n’est pas une sorte de fichier ; peut-être « event »"),
        ("lettre", "« lettre » n’est pas une sorte de fichier ; peut-être « issue »"),
        ("evnt", "« evnt » n’est pas une sorte de fichier ; peut-être « event »"),
        ("zzz", "« zzz » n’est pas une sorte de fichier ; au choix : post, page, event, contest, issue, person, place"),
    ],
)
def test_a_kind_by_the_name_that_people_give_it_is_told_its_own(hub, capsys, word, expected):
    """Nobody who writes “la lettre” every month would think of “issue”."""
    code, _, err = new(capsys, hub, word, lang="fr")

    assert (2, f"handbill: {expected}\n") == (code, err.replace("\u00a0", " "))


@pytest.mark.skipif(sys.platform == "win32", reason="a terminal of our own needs a POSIX system")
def test_on_a_terminal_questions_are_asked(hub):
    """The whole of it, keys and screen."""
    code, screen = on_a_terminal(hub, "Bal\n2026-05-32\n2026-05-09 20:00\nada\n\nPré\n", "new", "event", "--as-of", "2026-03-20")

    assert 0 == code, screen
    assert "title > Bal" in screen
    assert "found “2026-05-32”" in screen.split("starts > ")[1]
    assert "mode [onsite] > " in screen
    assert "members connect from home" in screen
    assert "known here: ada · tom" in screen
    assert "Written: events/2026/bal.md" in screen


@pytest.mark.skipif(sys.platform == "win32", reason="a terminal of our own needs a POSIX system")
def test_ctrl_c_writes_nothing(hub):
    """In the middle of a question."""
    before = files_of(hub / "events")
    code, screen = on_a_terminal(hub, "Bal\n\x03", "new", "event")

    assert (130, True) == (code, "Stopped; nothing was written." in screen), screen
    assert before == files_of(hub / "events")


@pytest.mark.skipif(sys.platform == "win32", reason="a terminal of our own needs a POSIX system")
def test_a_wrong_answer_is_told_before_the_next_question(hub):
    """The same question again, without a word, looks like a program that hangs; and no place is asked for before the mode is known."""
    keys = "billet\nevent\nBal\n2026-05-09 20:00\nada\nPré\nonsite\nPré\n"
    code, screen = on_a_terminal(hub, keys, "new", "--as-of", "2026-03-20")

    assert (0, True) == (code, "“billet” is no kind of file; “post”, perhaps" in screen)
    assert ["mode", "mode", "venue"] == [line.split(" ")[0] for line in screen.splitlines() if line.startswith(("mode ", "venue "))]


def on_a_terminal(hub: Path, keys: str, *words: str) -> tuple[int, str]:
    """Run a command on a terminal of its own, with these keys pressed one prompt after the other."""
    import pty
    import select
    import subprocess

    here, there = pty.openpty()
    command = [sys.executable, "-m", "handbill", "--root", str(hub), *words, "--lang=en"]
    process = subprocess.Popen(command, stdin=there, stdout=there, stderr=there, start_new_session=True, preexec_fn=_own_terminal, cwd=hub)
    os.close(there)
    screen, todo = b"", [part + "\n" if not part.endswith("\x03") else part for part in keys.removesuffix("\n").split("\n")]
    last, patience = "", 30
    while True:
        if todo and screen.endswith(b" > "):
            last = todo.pop(0)
            os.write(here, last.encode())
        ready, _, _ = select.select([here], [], [], 1)
        if not ready:
            patience -= 1
            assert patience, screen.decode()
            if last == "\x03":
                # Pressed in the instant before Python begins to read, it is noticed with the next key only.
                os.write(here, last.encode())
            continue
        try:
            more = os.read(here, 4096)
        except OSError:
            break
        if not more:
            break
        screen += more
    os.close(here)
    return process.wait(30), screen.decode().replace("\r\n", "\n")


def _own_terminal() -> None:
    import fcntl
    import signal
    import termios

    # Whoever runs the tests in the background has it ignored, and it would stay so.
    signal.signal(signal.SIGINT, signal.SIG_DFL)
    fcntl.ioctl(0, termios.TIOCSCTTY, 0)
