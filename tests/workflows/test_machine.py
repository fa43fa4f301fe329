"""Each line of each workflow is run here, as it is written, from a clean clone: by a shell, with the rights of its job and no others."""

import importlib.util
import io
import json
import os
import shutil
import sys
import zipfile
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from tests.forge.github import REPOSITORY, FakeGitHub
from tests.freezing.letters import HUB, frozen, hub, issue
from tests.hubs import text, write
from tests.proposals.filled import sound
from tests.sending.services.fake_listmonk import TOKEN as LISTMONK
from tests.sending.services.fake_listmonk import FakeListmonk
from tests.workflows.graph import REPOSITORY as ENGINE
from tests.workflows.graph import read, texts
from tests.workflows.machine import Machine, git

MAIN, PROPOSED = "refs/heads/main", "refs/pull/7/merge"

LETTER = """---
number: 1
subject: Mars
date: 2026-03-06
---

Bonjour.
"""


def is_ready():
    """Say whether the environment stands that build.py would else make first, which takes a minute and a network."""
    spec = importlib.util.spec_from_file_location("launcher", ENGINE / "build.py")
    launcher = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(launcher)
    return launcher.is_ready(str(ENGINE), ".venv")


pytestmark = [
    pytest.mark.long,
    pytest.mark.skipif(
        not (os.name == "posix" and shutil.which("bash") and shutil.which("git") and is_ready()),
        reason="needs bash, Git and the environment that build.py makes",
    ),
]


@pytest.fixture(scope="module")
def origin(tmp_path_factory):
    """Return a hub as its forge has it: a main branch, and a proposal that was not merged."""
    root = tmp_path_factory.mktemp("origin") / "hub"
    write(
        root,
        {
            "content/posts/un.md": text("Texte."),
            "newsletters/2026-03.md": LETTER,
            ".gitignore": "/.handbill/\n/public/\n",
            "build.py": (ENGINE / "build.py").read_bytes(),
        },
    )
    git(root, "init", "-q", "-b", "main")
    git(root, "add", "--all")
    git(root, "commit", "-q", "-m", "the hub")
    git(root, "checkout", "-q", "-b", "fair")
    write(root, {"content/posts/foire.md": text("La foire.", title="La foire de printemps")})
    git(root, "add", "--all")
    git(root, "commit", "-q", "-m", "a fair")
    head = git(root, "rev-parse", "HEAD")
    git(root, "checkout", "-q", "--detach", "main")
    git(root, "merge", "-q", "--no-ff", "-m", "merge", "fair")
    git(root, "update-ref", PROPOSED, "HEAD")
    git(root, "checkout", "-q", "main")
    return root, head


@pytest.fixture
def machine(tmp_path, origin):
    """Return what makes a machine with an event, and with GitHub behind it."""
    made = []

    def make(ref=MAIN, event=None, **values):
        (tmp_path / "event.json").write_text(json.dumps(event or {}), encoding="utf-8")
        made.append(FakeGitHub())
        return Machine(
            tmp_path, origin[0], ref, values.pop("values", {}), values.pop("variables", {}), made[-1], truths=values.pop("truths", {})
        )

    yield make
    for fake in made:
        fake.close()


@pytest.fixture(scope="module")
def checked(tmp_path_factory, origin):
    """Return the machine that has checked the proposal; what it left is what others go on with."""
    folder = tmp_path_factory.mktemp("checked")
    (folder / "event.json").write_text(json.dumps({"number": 7, "pull_request": {"number": 7}}), encoding="utf-8")
    base = "github.event_name == 'pull_request' && 'HEAD^1' || github.event.merge_group.base_sha"
    values = {base: "HEAD^1", "github.event.pull_request.number": "7"}
    done = Machine(folder, origin[0], PROPOSED, values, truths={"!cancelled() && github.event_name == 'pull_request'": True})
    done.run("check.yml")
    return done


def fine(machine):
    """Return the lines that were run; each must have ended well."""
    assert [] == [f"{one.line} → {one.code}\n{one.told}" for one in machine.ran if one.code]
    return [one.line for one in machine.ran]


def test_a_proposal_is_checked_and_leaves_its_pack_and_its_site(checked):
    """This is what a reviewer looks at; it is made without any token in the room."""
    assert 3 == len(fine(checked))
    assert {"review", "site"} == set(checked.artifacts)
    assert "foire" in (checked.folder / "summary.md").read_text(encoding="utf-8")


def test_the_comment_and_the_preview_are_made_from_what_the_check_left(checked, machine, origin):
    """They come from the artifacts alone: these jobs have never seen the proposal's files."""
    run = {
        "id": 5,
        "event": "pull_request",
        "head_sha": origin[1],
        "head_branch": "fair",
        "repository": {"full_name": REPOSITORY},
        "head_repository": {"full_name": REPOSITORY},
    }
    second = machine(event={"action": "completed", "workflow_run": run}, truths={"github.event.workflow_run.event == 'pull_request'": True})
    base = git(origin[0], "rev-parse", "main")
    second.fake.repository.branches["main"] = base
    second.fake.repository.commits[base] = {"author": "editor", "message": "the hub", "parents": []}
    second.fake.pull(7, origin[1])
    second.fake.run(5, origin[1])
    second.fake.artifact(5, "review", checked.artifacts["review"])

    second.run("comment.yml")

    assert ["python3 build.py forge comment"] == fine(second)
    assert 1 == len(second.fake.repository.comments)
    assert "foire" in second.fake.repository.comments[0]["body"]

    # Then somebody who may puts the label on; what was built from that commit is shown on another site, and nowhere else.
    previews = second.fake.add("atelier/previews")
    previews.commit("main", {"README.md": b"Previews.\n"})
    second.fake.token("ghp_previews", "ada", "atelier/previews", contents="write")
    second.fake.repository.permissions["ada"] = "write"
    second.fake.label(7, "preview", "ada")
    second.fake.artifact(5, "site", checked.artifacts["site"])
    names = {"REPOSITORY": "atelier/previews", "URL": "https://apercus.net/", "TOKEN": "ghp_previews"}
    second.values = {f"secrets.HANDBILL_PREVIEW_{name}": value for name, value in names.items()}
    second.truths = {"github.event_name == 'schedule' || github.event.workflow_run.conclusion == 'success'": True}

    second.run("preview.yml")

    assert ["python3 build.py forge comment", "python3 build.py forge preview"] == fine(second)
    shown = previews.files_of(previews.branches["main"])
    assert b"noindex" in shown["pr-7/posts/foire/index.html"]
    assert not second.fake.repository.pulls[7]["labels"]


def test_what_is_asked_for_by_a_label_is_built_once_more(machine):
    """From exactly the commit on which the label was put."""
    one = machine(PROPOSED, values={"github.event.pull_request.number": "7"}, truths={"github.event.label.name == 'preview'": True})

    one.run("asked.yml")

    assert 1 == len(fine(one))
    with zipfile.ZipFile(io.BytesIO(one.artifacts["site"])) as built:
        assert b"https://preview.invalid/pr-7/posts/foire/" in built.read("posts/foire/index.html")


def test_the_hub_is_published_once_and_then_only_when_something_is_due(machine):
    """Each hour it is asked; twenty-three times a day the answer is no."""
    one = machine(truths={"github.ref == 'refs/heads/main'": True}, values={"steps.deploy.outputs.page_url": ""})
    files = {"addresses.lock": b"", "calendars.lock": b""}
    one.variables = {"GITHUB_SHA": one.fake.repository.commit("main", files), "GITHUB_REF_NAME": "main"}

    one.run("publish.yml")

    assert ["python3 build.py forge due", "python3 build.py site", "python3 build.py forge keep"] == fine(one)
    assert "true" == one.values["needs.due.outputs.due"]
    kept = one.fake.repository.files_of(one.fake.repository.branches["main"])
    assert b"/posts/" in kept["addresses.lock"]

    # An hour later, what is checked out is the commit that “keep” made.
    after = {"GITHUB_SHA": one.fake.repository.branches["main"]}
    assert after["GITHUB_SHA"] != one.variables["GITHUB_SHA"]
    again = Machine(one.folder / "again", one.origin, MAIN, {}, after, one.fake, truths=one.truths)
    again.folder.mkdir()
    (again.folder / "event.json").write_text("{}", encoding="utf-8")
    one.fake.now = one.fake.now.replace(year=2036)
    one.fake.deployment(one.variables["GITHUB_SHA"], "success")
    again.run("publish.yml")

    assert ["python3 build.py forge due"] == fine(again)


def test_the_next_number_of_a_letter_becomes_a_proposal(machine):
    """Nobody who writes for the letter needs to know Git."""
    one = machine(
        event={"inputs": {"what": "draft", "letter": "main"}},
        values={"inputs.letter": "main", "inputs.digests": ""},
        truths={
            "inputs.what == 'draft' && github.ref == 'refs/heads/main'": True,
            "inputs.what == 'send' && github.ref == 'refs/heads/main'": False,
        },
    )
    one.variables = {
        "GITHUB_SHA": one.fake.repository.commit("main", {"newsletters/2026-03.md": LETTER.encode()}),
        "GITHUB_REF_NAME": "main",
        "GITHUB_EVENT_NAME": "workflow_dispatch",
    }

    one.run("letter.yml")

    assert 2 == len(fine(one))
    (proposal,) = one.fake.repository.pulls.values()
    files = one.fake.repository.files_of(proposal["head"]["sha"])
    assert ["newsletters/2026-03.md"] == [path for path in files if files[path] == LETTER.encode()]
    assert any(b"number: 2" in raw for path, raw in files.items() if path.startswith("newsletters/"))


def test_a_letter_is_sent_by_the_digests_that_somebody_approved(machine, tmp_path_factory):
    """The one line that cannot be taken back."""
    now = datetime.now(ZoneInfo("Europe/Paris")) - timedelta(minutes=5)
    day = f"{now:%Y-%m-%d %H:%M}"
    way = '\n[sending]\nway = "listmonk"\n'
    french, english = issue("Bonjour.", date=day), issue("Hello.", date=day)
    lists = HUB.replace('name = "La lettre"\n', 'name = "La lettre"\nlist = "3"\n[letters.main.en]\nlist = "4"\n')
    root = hub(
        tmp_path_factory.mktemp("letters") / "hub",
        **{
            "hub.toml": lists + way,
            "newsletters/2026-03.md": french,
            "newsletters/2026-03.en.md": english,
            ".gitignore": "/.handbill/\n",
            "build.py": (ENGINE / "build.py").read_bytes(),
        },
    )
    (root / "newsletters/2026-04.md").unlink()  # the second, which would be older than this one
    frozen(root, "1", as_of=day)
    git(root, "init", "-q", "-b", "main")
    git(root, "add", "--all")
    git(root, "commit", "-q", "-m", "a letter")
    digests = " ".join(
        line.split()[1]
        for line in (root / "newsletters/archive/chain.lock").read_text(encoding="utf-8").splitlines()
        if not line.startswith("#")
    )
    service = FakeListmonk()

    def sent(digests):
        one = machine(
            values={
                "inputs.letter": "1",
                "inputs.digests": digests,
                "secrets.HANDBILL_SERVICE": service.address,
                "secrets.HANDBILL_TOKEN": LISTMONK,
            },
            truths={
                "inputs.what == 'draft' && github.ref == 'refs/heads/main'": False,
                "inputs.what == 'send' && github.ref == 'refs/heads/main'": True,
            },
        )
        one.folder, one.origin = tmp_path_factory.mktemp("sent"), root
        one.run("letter.yml")
        return one.ran[-1].code, sum(service.departures.values()), one.ran[-1].told

    try:
        assert (2, 0) == sent("0" * 64)[:2]
        assert (0, 2) == sent(digests)[:2], sent(digests)[2]
        assert 2 == sent(digests)[1]
    finally:
        service.close()


def test_outside_links_are_asked_and_told_on_the_page_of_the_run(machine):
    """Nobody opens the log of a job that is green."""
    one = machine()

    one.run("links.yml")

    assert ["python3 build.py links --minutes 30"] == fine(one)
    assert (one.folder / "summary.md").exists()


def test_what_waits_is_shown_on_the_page_of_the_run(machine):
    """Somebody proposed a date three weeks ago; on Monday the one who can answer reads so."""
    one = machine()
    one.fake.pull(7, "a" * 40)

    one.run("queue.yml")

    assert ["python3 build.py queue"] == fine(one)
    assert "№ 7" in (one.folder / "summary.md").read_text(encoding="utf-8")


def test_a_form_becomes_a_proposal_of_whoever_filled_it_in(machine):
    """Most members have never heard of Git, and know best what happens on Saturday."""
    issue = {
        "number": 12,
        "title": "Proposer",
        "body": sound("post"),
        "state": "open",
        "user": {"login": "jeanne", "id": 99, "type": "User"},
        "labels": [],
    }
    one = machine(event={"action": "opened", "issue": issue}, truths={"github.event.issue.state == 'open'": True})
    one.fake.repository.issues[12] = issue
    one.variables = {
        "GITHUB_SHA": one.fake.repository.commit("main", {"content/posts/un.md": b"x"}),
        "GITHUB_REF_NAME": "main",
        "GITHUB_EVENT_NAME": "issues",
    }

    one.run("intake.yml")

    assert 2 == len(fine(one))
    (proposal,) = one.fake.repository.pulls.values()
    commit = one.fake.repository.commits[proposal["head"]["sha"]]
    assert "Co-authored-by: jeanne <99+jeanne@users.noreply.github.com>" in commit["message"]
    assert any("Elle coupe droit." in raw.decode() for raw in one.fake.repository.files_of(proposal["head"]["sha"]).values())


@pytest.mark.long
@pytest.mark.parametrize("what", ["properties", "sites", "fuzz-0", "fuzz-1", "mutants"])
def test_what_is_tried_each_night_can_be_tried(what, tmp_path):
    """Of all workflows it is the one at which nobody looks; here a little of each is tried, from a clean clone of this repository."""
    tools = os.environ.get("HANDBILL_FUZZ_TOOLS", "")
    if what.startswith("fuzz") and not tools:
        pytest.skip("needs atheris in a folder that HANDBILL_FUZZ_TOOLS names (handbook: developers/fuzzing)")
    origin = tmp_path / "origin"
    git(tmp_path, "clone", "-q", "--no-local", "--depth", "1", ENGINE.as_uri(), str(origin))
    git(origin, "checkout", "-q", "-B", "main")
    few = {"HANDBILL_PYTHON": sys.executable, "HANDBILL_EXAMPLES": "1", "HANDBILL_SITES": "1", "HANDBILL_SECONDS": "2", "HANDBILL_TARGETS": "links", "HANDBILL_MUTANTS": "hub/lean.py tests/hub/test_lean.py"}
    one = Machine(tmp_path / "machine", origin, MAIN, {"matrix.what": what}, {**few, "HANDBILL_FUZZ_TOOLS": tools})
    one.folder.mkdir()

    one.run("nightly.yml")

    assert ['.ci/nightly "$WHAT"'] == fine(one)
    assert {"properties": "0 do not hold", "sites": "0 faults", "fuzz-0": "findings in 0", "fuzz-1": "findings in 0", "mutants": "changes noticed"}[what] in one.ran[0].told


def test_what_is_tried_each_night_is_tried_above():
    """The names of the parts stand in three places."""
    (workflow,) = (one for one in read(texts()).workflows if one.file == "nightly.yml")
    (tried,) = (
        mark.args[1] for mark in test_what_is_tried_each_night_can_be_tried.pytestmark if mark.name == "parametrize"
    )

    assert tried == workflow.jobs["try"].raw["strategy"]["matrix"]["what"]


def test_every_line_of_every_workflow_is_run_in_a_test_above():
    """A line that was never run is one that fails on the evening of the letter."""
    lines = {step["run"] for job in read(texts()).jobs for step in job.steps if "run" in step}
    source = (ENGINE / "tests" / "workflows" / "test_machine.py").read_text(encoding="utf-8")

    # The first is the whole suite, which runs these tests.
    assert ".ci/run" in lines
    assert [] == sorted(
        job.workflow.file for job in read(texts()).jobs if job.workflow.file != "ci.yml" and f'run("{job.workflow.file}"' not in source
    )
