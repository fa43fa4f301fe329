"""Who looks at proposals, and how long these have waited, as the commands are typed."""

from __future__ import annotations

import json
import subprocess

from tests.hubs import run, write
from tests.proposals.waiting import export, of_gh

SECTIONS = '\n[sections.posts]\nfolders = ["content/posts"]\nowners = ["@essai/redaction"]\n'
HUB = '[hub]\nname = "Essai"\nbase_url = "https://essai.example/"\nlang = "fr"\nlanguages = ["fr", "en"]\n'


def test_owners_are_written_and_then_stand(tmp_path, capsys):
    """Whoever changed hub.toml has one thing to do, and CI can say whether it was done."""
    root = write(tmp_path, {"hub.toml": HUB + SECTIONS})

    assert 1 == run(capsys, "--root", root, "owners", "--check")[0]
    assert not (root / ".github").exists()
    code, out, _ = run(capsys, "--root", root, "owners")
    assert 0 == code
    assert "Written: .github/CODEOWNERS\n" in out
    assert "/content/posts/  @essai/redaction\n" in (root / ".github/CODEOWNERS").read_text(encoding="utf-8")
    assert (0, "Everything stands as hub.toml says.\n") == run(capsys, "--root", root, "owners", "--check")[:2]

    (root / "hub.toml").write_text(HUB + SECTIONS.replace("redaction", "bureau"), encoding="utf-8")
    assert (1, "Not as hub.toml says: .github/CODEOWNERS\n") == run(capsys, "--root", root, "owners", "--check")[:2]


def test_files_that_nobody_is_asked_about_are_told(tmp_path, capsys):
    """A folder that belongs to nobody is where proposals wait for months."""
    root = write(tmp_path, {"hub.toml": HUB + SECTIONS, "content/posts/a.md": "x", "build.py": "x"})
    for words in (("init", "-q"), ("add", ".")):
        subprocess.run(["git", "-C", str(root), *words], check=True)
    code, out, _ = run(capsys, "--root", root, "owners", "--check", "--json")
    told = json.loads(out)

    assert 1 == code
    assert ["build.py", "hub.toml"] == told["unowned"]
    assert ".github/CODEOWNERS" in told["differing"]
    assert "Nobody is asked about hub.toml\n" in run(capsys, "--root", root, "owners", "--check")[1]


def test_each_forge_gets_its_files_where_it_looks(tmp_path, capsys):
    """A file in .github is nothing to Forgejo."""
    root = write(
        tmp_path, {"hub.toml": HUB.replace('lang = "fr"\n', 'lang = "fr"\nrepository = "https://codeberg.org/essai/site"\n', 1) + SECTIONS}
    )

    assert 0 == run(capsys, "--root", root, "owners")[0]
    assert "content/posts/.*  @essai/redaction\n" in (root / ".forgejo/CODEOWNERS").read_text(encoding="utf-8")
    assert not (root / ".github").exists()
    assert 0 == run(capsys, "--root", root, "owners", "--forge", "gitlab")[0]
    assert (root / ".gitlab/merge_request_templates/Default.md").is_file()


def test_a_hub_without_sections_is_told_how_to_begin(tmp_path, capsys):
    """The text of a proposal is of use to everybody, owners or not."""
    root = write(tmp_path, {"hub.toml": HUB})
    code, out, _ = run(capsys, "--root", root, "owners")

    assert 0 == code
    assert "hub.toml names no section, so nobody is asked: see [sections.<name>].\n" in out
    assert not (root / ".github/CODEOWNERS").exists()
    assert (root / ".github/PULL_REQUEST_TEMPLATE.md").is_file()


def test_the_queue_is_a_page_a_text_and_a_record(hub, capsys, tmp_path, monkeypatch):
    """People read the page, CI shows the text, programs take the record; all three say the same."""
    (tmp_path / "export.json").write_bytes(export(of_gh(7, "Bal <b>"), of_gh(8, "Fini", isDraft=True)))
    monkeypatch.setenv("GITHUB_STEP_SUMMARY", str(tmp_path / "summary.md"))
    code, out, err = run(
        capsys, "--root", hub, "queue", tmp_path / "export.json", "--into", tmp_path / "queue", "--as-of", "2026-03-20 12:00"
    )

    assert (0, "") == (code, err)
    assert "1 proposal waits for a reviewer, the longest for 19 days.\n" in out
    assert "Bal &lt;b&gt;" in (tmp_path / "queue/queue.html").read_text(encoding="utf-8")
    assert (tmp_path / "summary.md").read_bytes() == (tmp_path / "queue/queue.md").read_bytes()
    told = run(capsys, "--root", hub, "queue", tmp_path / "export.json", "--as-of", "2026-03-20 12:00", "--json")[1]
    assert json.loads(told) == json.loads((tmp_path / "queue/queue.json").read_text(encoding="utf-8"))
    assert [8] == [one["number"] for one in json.loads(told)["drafts"]]


def test_a_file_that_is_no_export_is_refused_as_wrong_use(hub, capsys, tmp_path):
    """Exit code 2 tells CI that the workflow is wrong, and not the content."""
    (tmp_path / "export.json").write_text("{}", encoding="utf-8")

    assert (2, "", "handbill: the export is no list of proposals\n") == run(capsys, "--root", hub, "queue", tmp_path / "export.json")
    assert 2 == run(capsys, "--root", hub, "queue", tmp_path / "not-there.json")[0]
