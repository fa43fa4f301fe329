"""States of a repository: no date is invented, what git leaves in a file is refused, and nothing that its settings name is run.

The corpus is ``git/states.toml``.  A short run tries every sixth; ``--long`` all.
"""

import os
import shutil
import subprocess
import sys
import tomllib
from functools import cache
from pathlib import Path
from tempfile import mkdtemp

import pytest
from tests.hubs import moment, options, run

from handbill.errors import Level
from handbill.pipeline import check
from handbill.reading.load import load
from handbill.settings import settings_or_problems

STATES = tomllib.loads((Path(__file__).parent / "git" / "states.toml").read_text(encoding="utf-8"))["state"]
RIGHT = {"un": "2020-01-02", "un_updated": "2022-05-06", "deux": "2021-03-04"}
AS_OF = "2026-11-01 12:00"

#: Nothing that answers takes a hundredth of it.
HANGS_S = 120

#: A short run tries every so many states.
EVERY = 6

_HUB = '[hub]\nname = "Essai"\nbase_url = "https://essai.example/"\nlang = "fr"\n'
_COMMITS = """
mkdir -p content/posts
printf '%s\\n' '---' 'title: Un' '---' '' 'Le premier.' > content/posts/un.md
git add -A; GIT_AUTHOR_DATE='2020-01-02 12:00 +0000' git commit -q -m un
printf '%s\\n' '---' 'title: Deux' '---' '' 'Le second billet, qui parle d’autre chose.' > content/posts/avant.md
git add -A; GIT_AUTHOR_DATE='2021-03-04 12:00 +0000' git commit -q -m deux
git mv content/posts/avant.md content/posts/deux.md
GIT_AUTHOR_DATE='2021-06-01 12:00 +0000' git commit -q -m nom
echo 'Une suite.' >> content/posts/un.md
GIT_AUTHOR_DATE='2022-05-06 12:00 +0000' git commit -q -a -m suite
"""


def room(around):
    """Return an environment in which git knows one author and no settings of this machine."""
    names = {f"GIT_{who}_{what}": value for who in ("AUTHOR", "COMMITTER") for what, value in (("NAME", "A"), ("EMAIL", "a@example.org"))}
    own = {name: value for name, value in os.environ.items() if not name.startswith("GIT_")}
    return own | names | {"HOME": str(around), "GIT_CONFIG_NOSYSTEM": "1", "GIT_CONFIG_GLOBAL": os.devnull}


def shell(script, folder, **more):
    """Run lines of sh in a folder."""
    done = subprocess.run(
        ["sh", "-c", script], cwd=folder, env=room(folder.parent) | more, capture_output=True, text=True, check=False, timeout=60
    )
    return done.stdout + done.stderr


@cache
def upstream():
    """Return a repository of four commits."""
    folder = Path(mkdtemp(prefix="handbill-test-")) / "hub"
    folder.mkdir()
    (folder / "hub.toml").write_text(_HUB, encoding="utf-8")
    (folder / ".gitignore").write_text(".handbill/\npublic/\n.public.handbill/\n*.lock\n", encoding="utf-8")
    told = shell(f"git init -q -b main\n{_COMMITS}git config uploadpack.allowFilter true", folder)
    assert "fatal" not in told, told
    return folder


def made(state, around):
    """Return a hub in a state."""
    hub = around / "hub"
    shutil.copytree(upstream(), hub)
    handbill = f"{sys.executable} -m handbill --root ."
    shell(state["script"], hub, MARK=str(around / "mark"), UPSTREAM=str(upstream()), HANDBILL=handbill)
    return hub


def dates(hub):
    """Return the dates of the two posts as a build would show them, and what is refused."""
    settings, problems = settings_or_problems(hub)
    if settings is None:
        return {}, problems
    loaded = load(settings, moment(AS_OF), None)
    found = {}
    for item in (*loaded.hub.items, *loaded.hub.hidden):
        if item.slug in ("un", "deux") and item.published:
            found[item.slug] = item.published.date().isoformat()
            if item.updated:
                found[f"{item.slug}_updated"] = item.updated.date().isoformat()
    return found, (*problems, *loaded.problems)


def assert_nothing_invented(state, tmp_path, monkeypatch, capsys):
    """Dates are those of the commits or none, nothing is run, and every command ends without a traceback."""
    hub = made(state, tmp_path)
    mark = tmp_path / "mark"
    places = {"MARK": str(mark), "HUB": str(hub), "ELSEWHERE": str(tmp_path)}
    for name, value in {**room(tmp_path), **state.get("given", {})}.items():
        if name.startswith("GIT_CONFIG") or name in state.get("given", {}):
            for word, place in places.items():
                value = value.replace(word, place)
            monkeypatch.setenv(name, value)
    mark.unlink(missing_ok=True)

    found, problems = dates(hub)
    wanted = state["dates"]
    if wanted == "right":
        assert found == RIGHT
    elif wanted == "none":
        assert found == {}
        assert {"content/posts/un.md", "content/posts/deux.md"} <= {one.path for one in problems if one.level is Level.ERROR} or not (
            hub / "hub.toml"
        ).exists()
    elif wanted == "either":
        known = {key: value for key, value in found.items() if not (key == "un_updated" and value != RIGHT[key])}
        assert known.items() <= RIGHT.items()
        assert "deux_updated" not in found
    else:
        assert found == {key: value for key, value in wanted.items() if value}
    if "refused" in state:
        assert state["refused"] in {one.path for one in check(options(hub, AS_OF)) if one.level is Level.ERROR}
    for words in (("check",), ("site", "--jobs", "1"), ("history",)):
        asked = [*words, "--as-of", AS_OF] if words[0] in ("check", "site") else words
        code, out, err = run(capsys, "--root", hub, *asked)
        assert code in (0, 1, 2, 3), (words, out, err)
        assert "Traceback" not in out + err
        assert not mark.exists(), words
    if "refused" in state:
        assert not (hub / "public").exists()


def test_the_corpus_is_as_large_as_promised():
    """The figure: 30 states."""
    assert len(STATES) >= 30
    assert len({one["name"] for one in STATES}) == len(STATES)


@pytest.mark.skipif(not shutil.which("git"), reason="git is not installed")
@pytest.mark.parametrize("state", STATES[::EVERY], ids=lambda one: one["name"].replace(" ", "-"))
def test_no_date_is_invented_and_nothing_is_run(state, tmp_path, monkeypatch, capsys):
    """A folder handed over as an archive may bring settings of git that run whatever they name."""
    assert_nothing_invented(state, tmp_path, monkeypatch, capsys)


@pytest.mark.long
@pytest.mark.skipif(not shutil.which("git"), reason="git is not installed")
@pytest.mark.parametrize("state", STATES, ids=lambda one: one["name"].replace(" ", "-"))
def test_of_no_state_a_date_is_invented_and_in_none_is_anything_run(state, tmp_path, monkeypatch, capsys):
    """The same with all states."""
    assert_nothing_invented(state, tmp_path, monkeypatch, capsys)
