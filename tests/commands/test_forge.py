"""The commands that workflows run, as their lines are written there: what they print, what they leave, how they end."""

from __future__ import annotations

import json
from dataclasses import replace

import pytest
from tests.forge.github import REPOSITORY, TOKEN, FakeGitHub, zip_of
from tests.forge.poison import review
from tests.hubs import run, write
from tests.reviewing.hostile import references, seen
from tests.reviewing.test_as_markdown import EVERYTHING, poisoned

from handbill.reviewing.as_json import text as as_text
from handbill.reviewing.record import State


@pytest.fixture
def step(tmp_path, monkeypatch):
    """Return GitHub on this machine, and what a step of a workflow has in its environment."""
    fake = FakeGitHub()
    root = write(tmp_path / "hub", {})
    for name, value in {
        "GITHUB_REPOSITORY": REPOSITORY, "GITHUB_TOKEN": TOKEN, "GITHUB_API_URL": fake.address, "GITHUB_EVENT_PATH": str(tmp_path / "event.json"),
        "GITHUB_OUTPUT": str(tmp_path / "output"), "GITHUB_REF_NAME": "main",
    }.items():  # fmt: skip
        monkeypatch.setenv(name, value)
    for name in ("GITHUB_EVENT_NAME", "GITHUB_SHA", "GITHUB_STEP_SUMMARY", "HANDBILL_BOT"):
        monkeypatch.delenv(name, raising=False)
    (tmp_path / "event.json").write_text("{}", encoding="utf-8")
    yield fake, root, tmp_path
    fake.close()


def test_the_comment_is_written_in_the_words_of_the_program(step, capsys):
    """What a record says is told as every review is, and nothing of the artifact's own words."""
    fake, root, folder = step
    head = fake.repository.commit("fair", {"content/a.md": b"x"})
    fake.pull(7, head)
    fake.artifact(5, "review", zip_of({"review.json": json.dumps(review()), "review.md": "@everyone"}))
    (folder / "event.json").write_text(json.dumps({"workflow_run": fake.run(5, head)}), encoding="utf-8")

    assert (0, "the comment under proposal 7: written\n", "") == run(capsys, "--root", root, "forge", "comment")
    body = fake.repository.comments[0]["body"].splitlines()
    assert ["<!-- handbill:review -->", f"<!-- handbill:head {head} since 2026-11-22T00:01:00Z -->"] == body[:2]
    assert "@everyone" not in "\n".join(body)
    code, out, _ = run(capsys, "--root", root, "forge", "comment", "--json")
    assert (0, {"done": True, "proposal": 7, "comment": "same"}) == (
        code,
        {key: json.loads(out)[key] for key in ("done", "proposal", "comment")},
    )


def hostile(text):
    """Return a review with this text in each place where the record takes any, which is not every one."""
    pages = tuple(replace(poisoned(one, text), marks=one.marks) for one in EVERYTHING.pages)
    return replace(poisoned(EVERYTHING, text), hidden=(), pages=pages, base=State("main"), head=EVERYTHING.head)


def test_a_record_of_hostile_words_becomes_words_under_the_proposal(step, capsys):
    """The whole way, from the zip file of a stranger to what is posted: script, pictures, mentions and links in every text of it."""
    fake, root, folder = step
    head = fake.repository.commit("fair", {"content/a.md": b"x"})
    fake.pull(7, head)
    (folder / "event.json").write_text(json.dumps({"workflow_run": fake.run(5, head)}), encoding="utf-8")
    for text in (
        "<script>alert(1)</script>@admin",
        "![](https://evil.example/x.gif) fixes #1",
        "</details><h1>ok</h1>",
        "<!-- handbill:review -->",
    ):
        fake.repository.artifacts.clear()
        fake.artifact(5, "review", zip_of({"review.json": as_text(hostile(text))}))
        code, out, err = run(capsys, "--root", root, "forge", "comment")
        assert (0, "") == (code, err), out
        found = seen(fake.repository.comments[0]["body"].replace("\r\n", "\n"))

        own = f"https://github.com/{REPOSITORY}/actions/runs/5/artifacts/{fake.repository.artifacts[0]['id']}"
        assert [] == [link for link in found.links if link != own and not link.startswith(f"https://github.com/{REPOSITORY}/blob/{head}/")]
        assert [] == references(found)
        assert not {"script", "img", "h1"} & set(found.elements)
    assert 1 == len(fake.repository.comments)


def test_nothing_to_do_is_no_failure_and_poison_is_one(step, capsys):
    """A red cross on each push of a busy day would be looked at by nobody; on a forged file it must be."""
    fake, root, folder = step
    head = fake.repository.commit("fair", {"content/a.md": b"x"})
    fake.artifact(5, "review", b"<html>")
    (folder / "event.json").write_text(json.dumps({"workflow_run": fake.run(5, head)}), encoding="utf-8")
    assert (0, f"nothing to do: no open proposal stands at {head[:12]} any more\n", "") == run(capsys, "--root", root, "forge", "comment")

    fake.pull(7, head)
    code, out, err = run(capsys, "--root", root, "forge", "comment")
    assert (1, "") == (code, out)
    assert "no zip file" in err


def test_due_leaves_its_answer_for_the_next_job(step, capsys, monkeypatch):
    """The workflow builds or does not build by this word."""
    fake, root, folder = step
    head = fake.repository.commit("main", {"hub.toml": b""})
    monkeypatch.setenv("GITHUB_SHA", head)
    assert (0, "due: nothing was published yet, as far as GitHub knows\n", "") == run(capsys, "--root", root, "forge", "due")
    fake.run(5, head, event="schedule")
    fake.deployment(head, "success", run=5)
    code, out, _ = run(capsys, "--root", root, "forge", "due", "--as-of", "2026-11-22 03:00")
    assert (0, "not due: what is published stays right until 2026-11-23 00:00\n") == (code, out)
    assert "due=true\ndue=false\n" == (folder / "output").read_text(encoding="utf-8")
    assert "due: something came due" in run(capsys, "--root", root, "forge", "due", "--as-of", "2026-11-23 00:00")[1]


def test_the_books_are_kept(step, capsys, monkeypatch):
    """What was published is a promise from then on."""
    fake, root, _ = step
    head = fake.repository.commit("main", {"addresses.lock": b"# x\n/ list:home\n"})
    monkeypatch.setenv("GITHUB_SHA", head)
    (root / "addresses.lock").write_bytes(b"# x\n/ list:home\n/a/ post:a\n")

    assert (0, "addresses.lock: would be written down\n", "") == run(capsys, "--root", root, "forge", "keep", "--dry-run")
    assert (0, "addresses.lock: written down\n", "") == run(capsys, "--root", root, "forge", "keep")
    assert {"addresses.lock": b"# x\n/ list:home\n/a/ post:a\n"} == fake.repository.files_of(fake.repository.branches["main"])
    assert (0, "nothing to write down\n", "") == run(capsys, "--root", root, "forge", "keep")


def test_a_form_becomes_a_pull_request(step, capsys):
    """By what another step left, and the event."""
    fake, root, folder = step
    fake.repository.commit("main", {"hub.toml": b""})
    fake.repository.issues[12] = {}
    event = {"issue": {"number": 12, "state": "open", "user": {"login": "ada", "id": 9, "type": "User"}}}
    (folder / "event.json").write_text(json.dumps(event), encoding="utf-8")
    record = {"ready": True, "branch": "issue-12", "title": "A fair", "body": "From a form.", "comment": "Thank you!"}
    write(folder / "left", {"proposal.json": json.dumps(record), "files/events/2026/fair.md": "---\ntitle: A fair\n---\n"})

    assert (0, "proposed as 13\n", "") == run(capsys, "--root", root, "forge", "propose", folder / "left")
    assert "A fair" == fake.repository.pulls[13]["title"]


def test_without_a_place_for_previews_there_are_none(step, capsys, monkeypatch):
    """Most hubs set none up, and their workflow stays green."""
    _, root, _ = step
    for name in ("HANDBILL_PREVIEW_REPOSITORY", "HANDBILL_PREVIEW_URL"):
        monkeypatch.setenv(name, "")

    assert (0, "nothing to do: no place for previews is set up\n", "") == run(capsys, "--root", root, "forge", "preview")


def test_previews_on_the_hubs_own_site_are_refused(step, capsys, monkeypatch):
    """Before anybody is asked anything."""
    fake, root, _ = step
    monkeypatch.setenv("HANDBILL_PREVIEW_URL", "https://previews.essai.example/")
    code, _, err = run(capsys, "--root", root, "forge", "preview", "--to", "atelier/previews")

    assert (2, []) == (code, fake.asked)
    assert "essai.example is the hub's own site" in err


def test_at_home_the_commands_say_what_they_are_for(step, capsys, monkeypatch):
    """Somebody types what stands in a workflow."""
    _, root, _ = step
    monkeypatch.delenv("GITHUB_REPOSITORY")
    code, _, err = run(capsys, "--root", root, "forge", "due")

    assert 2 == code
    assert "this command is one for workflows" in err


def test_a_service_that_fails_is_told_as_one_and_never_with_the_token(step, capsys):
    """A log of a public repository is public."""
    fake, root, folder = step
    head = fake.repository.commit("fair", {"content/a.md": b"x"})
    fake.tokens.clear()
    fake.pull(7, head)
    (folder / "event.json").write_text(json.dumps({"workflow_run": fake.run(5, head)}), encoding="utf-8")
    code, out, err = run(capsys, "--root", root, "forge", "comment")

    assert 4 == code
    assert "GitHub does not let us in" in err
    assert TOKEN not in out + err
