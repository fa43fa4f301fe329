"""Build, check and serve, as people and programs type them."""

import json
import os
import signal
import subprocess
import sys
import urllib.request
from pathlib import Path

import pytest
from tests.hubs import files_of, run, text, write


def test_a_second_build_says_that_nothing_changed(hub, capsys):
    """And names how many files it left alone."""
    run(capsys, "--root", hub, "--as-of", "2026-03-20")

    code, out, _ = run(capsys, "--root", hub, "--as-of", "2026-03-20")
    assert (0, True) == (code, out.startswith("Nothing changed"))


def test_problems_give_exit_code_1_and_a_line_each(hub, capsys):
    """The line is all that an editor may see in CI."""
    write(hub, {"content/posts/a.md": text(draft="oui")})

    code, out, _ = run(capsys, "--root", hub, "site", "--as-of", "2026-03-20")
    assert 1 == code
    assert "\nerror: content/posts/a.md:4:8: draft: found “oui”, wanted " in out
    assert "\n    4 │ draft: oui\n      │        ^^^\n" in out
    assert "Nothing was published" in out


def test_json_is_json_whether_it_went_well_or_not(hub, capsys):
    """Programs read it."""
    code, out, _ = run(capsys, "--root", hub, "site", "--json", "--as-of", "2026-03-20")
    report = json.loads(out)
    assert (0, True, 3) == (code, report["published"], report["items"]["post"])
    assert "index.html" in report["written"]

    write(hub, {"content/posts/a.md": text(draft="oui")})
    code, out, _ = run(capsys, "--root", hub, "site", "--json", "--as-of", "2026-03-20")
    refusal = json.loads(out)
    assert (1, False) == (code, refusal["published"])
    (fault,) = (one for one in refusal["problems"] if one["stops"])
    assert ("content/posts/a.md", 4, 8, "draft", "error") == tuple(fault[key] for key in ("path", "line", "column", "field", "level"))


def test_check_can_be_narrowed_to_some_files(hub, capsys):
    """An editor looks at his own file first."""
    write(hub, {"content/posts/a.md": text(draft="oui"), "events/b.md": text(starts="hier")})

    code, out, _ = run(capsys, "--root", hub, "check", hub / "events", "--as-of", "2026-03-20")
    assert 1 == code
    assert "events/b.md" in out
    assert "content/posts/a.md" not in out


def test_check_writes_annotations_for_the_forge(hub, capsys):
    """A reviewer sees the problem on its line."""
    write(hub, {"content/posts/a.md": text(draft="oui")})

    code, out, _ = run(capsys, "--root", hub, "check", "--format", "github", "--as-of", "2026-03-20")
    assert 1 == code
    assert "::error file=content/posts/a.md,line=4,col=8,endColumn=11,title=HB201%3A " in out
    assert "::draft: found “oui”, wanted " in out


def test_check_of_a_sound_hub_is_content(hub, capsys):
    """Notes are no problems."""
    code, out, _ = run(capsys, "--root", hub, "check", "--as-of", "2026-03-20")

    assert 0 == code
    assert "5 notes." in out
    assert not (hub / "public").exists()


def test_a_foreign_output_folder_is_left_alone(hub, tmp_path, capsys):
    """`--output ~` must not cost anyone a home."""
    write(tmp_path / "home", {"letter.txt": "dear"})
    before = files_of(tmp_path / "home")

    code, _, err = run(capsys, "--root", hub, "site", "--output", tmp_path / "home", "--as-of", "2026-03-20")
    assert 2 == code
    assert "--output" in err
    assert before == files_of(tmp_path / "home")


@pytest.mark.long
def test_serve_answers_until_it_is_interrupted(hub):
    """Started as an editor starts it, looked at as a browser does, ended by Ctrl-C."""
    env = {"PATH": os.environ["PATH"], "PYTHONPATH": os.pathsep.join(sys.path), "PYTHONUNBUFFERED": "1"}
    command = [sys.executable, "-m", "handbill", "--root", str(hub), "serve", "--port", "0", "--as-of", "2026-03-20", "--lang", "en"]
    process = subprocess.Popen(command, env=env, cwd=Path(__file__).parents[2], stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)
    assert process.stdout is not None
    address = ""
    for line in process.stdout:
        if "Look at it:" in line:
            address = line.split()[3]
            break
    with urllib.request.urlopen(address, timeout=10) as answer:
        assert "Le village" in answer.read().decode()
    process.send_signal(signal.SIGINT)
    rest = process.stdout.read()
    process.stdout.close()

    assert 0 == process.wait(10)
    assert "Preview ended" in rest


def test_a_path_is_looked_for_from_where_one_is_and_then_in_the_hub(hub, capsys, monkeypatch):
    """`--root` names the hub; the path behind it is meant within it."""
    write(hub, {"events/b.md": text(starts="hier")})

    assert "events/b.md" in run(capsys, "--root", hub, "check", "events/b.md", "--as-of", "2026-03-20")[1]
    monkeypatch.chdir(hub / "events")
    assert "events/b.md" in run(capsys, "--root", hub, "check", "b.md", "--as-of", "2026-03-20")[1]
    assert "events/b.md" in run(capsys, "--root", hub, "check", "..", "--as-of", "2026-03-20")[1]


def test_a_path_that_is_not_there_is_no_sound_file(hub, capsys):
    """“No problem found” would be said of every typing error."""
    code, out, err = run(capsys, "--root", hub, "check", "events/tpyo.md", "--as-of", "2026-03-20", lang="fr")
    assert (2, "", "handbill: ni fichier ni dossier events/tpyo.md dans le site\n") == (code, out, err)
    assert 2 == run(capsys, "--root", hub, "check", hub.parent, "--as-of", "2026-03-20")[0]


def test_strict_shows_what_it_refuses(hub, capsys):
    """In a build as in a check."""
    write(hub, {"content/plan.odt": "x"})
    for words in (["check"], ["site"]):
        code, out, _ = run(capsys, "--root", hub, *words, "--strict", "--as-of", "2026-03-20")
        assert 1 == code
        assert "\nwarning, refused by --strict: content/plan.odt: found " in out
        assert " refused by --strict, 5 notes." in out
