"""The handbook as members get it: built by MkDocs in its own environment."""

import gzip
import os
import re
import sys
from pathlib import Path

import pytest
from tests.hubs import files_of, load_village, text
from tests.outputs.test_handbook_sources import CONFIG, write

from handbill.errors import ContentProblems, MachineLacks
from handbill.outputs import handbook
from handbill.outputs.handbook_frame import frame

REPOSITORY = Path(__file__).parent.parent.parent


def build(root: Path, scratch: Path) -> dict[str, bytes]:
    """Return the files of the handbook of a hub, by their path below it."""
    loaded, settings = load_village(root=root)
    scratch.mkdir()
    (artifact,) = handbook.make(list(handbook.plan(loaded.hub, settings)), settings, scratch)
    assert "handbook/" == artifact.path
    return files_of(artifact.content)  # type: ignore[arg-type]


def key(root: Path) -> str:
    """Return the key under which the handbook of a hub is planned."""
    loaded, settings = load_village(root=root)
    (planned,) = handbook.plan(loaded.hub, settings)
    return planned.key


@pytest.fixture(scope="module")
def ours(tmp_path_factory):
    """Return the files of this repository's own handbook."""
    return build(REPOSITORY, tmp_path_factory.mktemp("ours") / "scratch")


def pages(files):
    """Return the pages among files, as text."""
    return {name: content.decode() for name, content in files.items() if name.endswith(".html")}


@pytest.mark.long
def test_two_builds_of_a_handbook_are_alike(tmp_path):
    """What was reviewed is what is published, also on another machine at another time."""
    write(tmp_path, guide="---\ntitle: Guide\n---\n\n# Guide\n\n- [ ] a task\n\n```python\nx = 1\n```\n")

    assert build(tmp_path, tmp_path / "one") == build(tmp_path, tmp_path / "another-folder")


def test_a_broken_link_is_told_with_file_and_line(tmp_path):
    """With its option -q MkDocs fails and does not say why."""
    write(tmp_path, index="# Hello\n\nSee [there](nowhere.md).\n")

    with pytest.raises(ContentProblems) as refusal:
        build(tmp_path, tmp_path / "scratch")

    (problem,) = refusal.value.problems
    assert ("handbook/index.md", 3, "HB703") == (problem.path, problem.line, problem.code)
    assert "nowhere.md" in problem.found


def test_a_broken_anchor_is_told(tmp_path):
    """A renamed heading breaks links that nobody clicks while writing."""
    write(tmp_path, index="# Hello\n\nSee [there](guide.md#gone).\n", guide="# Guide\n")

    with pytest.raises(ContentProblems) as refusal:
        build(tmp_path, tmp_path / "scratch")

    assert "#gone" in str(refusal.value.problems[0])


def test_a_page_that_no_list_leads_to_is_told(tmp_path):
    """It would be found by nobody."""
    write(tmp_path, CONFIG + "nav:\n  - index.md\n", lost="# Lost\n")

    with pytest.raises(ContentProblems) as refusal:
        build(tmp_path, tmp_path / "scratch")

    assert "lost.md" in str(refusal.value.problems[0])


def test_a_script_in_a_page_is_refused(tmp_path):
    """MkDocs passes HTML through as it is."""
    write(tmp_path, index="# Hello\n\n<script>alert(1)</script>\n")

    with pytest.raises(ContentProblems) as refusal:
        build(tmp_path, tmp_path / "scratch")

    assert ["HB704"] == [one.code for one in refusal.value.problems]


def test_a_missing_environment_is_told_with_its_remedy(tmp_path, monkeypatch):
    """Somebody who installed Handbill with pip meets it first."""
    write(tmp_path)
    monkeypatch.setattr(sys, "prefix", str(tmp_path / "elsewhere" / ".venv"))

    with pytest.raises(MachineLacks, match=r"environment is missing .*: start with python3 build\.py"):
        build(tmp_path, tmp_path / "scratch")


@pytest.mark.skipif(os.name == "nt", reason="the stand-in is a shell script")
def test_no_secret_of_the_environment_reaches_the_handbook(tmp_path, monkeypatch):
    """A theme file of a proposal could print what it finds there."""
    write(tmp_path)
    real = handbook.handbook_python()
    stand_in = tmp_path / "engine" / ".venv-handbook" / "bin" / "python"
    stand_in.parent.mkdir(parents=True)
    stand_in.write_text(f'#!/bin/sh\nenv >> "{tmp_path}/seen"\nexec "{real}" "$@"\n', encoding="utf-8")
    stand_in.chmod(0o755)
    monkeypatch.setattr(sys, "prefix", str(tmp_path / "engine" / ".venv"))
    monkeypatch.setenv("TOKEN_OF_THE_COMMUNITY", "secret")

    build(tmp_path, tmp_path / "scratch")

    seen = (tmp_path / "seen").read_text(encoding="utf-8")
    assert "PATH=" in seen
    assert "TOKEN_OF_THE_COMMUNITY" not in seen


def test_a_hub_without_a_handbook_plans_none(tmp_path):
    """Most hubs need none, and need no second environment either."""
    write(tmp_path)
    (tmp_path / "mkdocs.yml").unlink()

    loaded, settings = load_village(root=tmp_path)

    assert [] == list(handbook.plan(loaded.hub, settings))


def test_the_key_follows_every_file_and_setting_that_shows(tmp_path):
    """A page that changed and was not built again would be yesterday's."""
    write(tmp_path)
    keys = [key(tmp_path)]
    (tmp_path / "handbook" / "index.md").write_text("# Hello again\n", encoding="utf-8")
    keys.append(key(tmp_path))
    (tmp_path / "mkdocs.yml").write_text(CONFIG + "copyright: us\n", encoding="utf-8")
    keys.append(key(tmp_path))
    own = tmp_path / "theme" / "handbook" / "stylesheets" / "handbook.css"
    own.parent.mkdir(parents=True)
    own.write_text("p { color: red }", encoding="utf-8")
    keys.append(key(tmp_path))
    named = '[hub]\nname = "Town"\nbase_url = "https://village.example/"\n'
    (tmp_path / "hub.toml").write_text(named, encoding="utf-8")
    keys.append(key(tmp_path))

    assert len(keys) == len(set(keys))


def test_the_key_does_not_follow_the_hub_s_other_files(tmp_path):
    """Every new post would otherwise cost the time of a whole handbook."""
    write(tmp_path)
    posts = tmp_path / "content" / "posts"
    posts.mkdir(parents=True)
    (posts / "old.md").write_text(text(), encoding="utf-8")
    before = key(tmp_path)
    (posts / "new.md").write_text(text(), encoding="utf-8")

    assert before == key(tmp_path)


def test_a_new_colour_costs_no_handbook(tmp_path):
    """Colours stand in the hub's style sheet, which its pages load; two seconds for nothing would be felt at each try."""
    hub = (write(tmp_path) / "hub.toml").read_text(encoding="utf-8")
    before = key(tmp_path)
    (tmp_path / "hub.toml").write_text(hub + '[look]\naccent = "#004488"\n', encoding="utf-8")

    assert before == key(tmp_path)


def test_the_key_follows_the_hub_s_menu(tmp_path):
    """The masthead of the handbook is the hub's; a menu of yesterday would give the two engines away."""
    write(tmp_path)
    before = key(tmp_path)
    page = tmp_path / "content" / "pages" / "rules.md"
    page.parent.mkdir(parents=True)
    page.write_text(text(menu="header"), encoding="utf-8")

    assert before != key(tmp_path)


def test_every_page_says_its_language(ours):
    """A reader aloud would read French with an English voice, and the search would not find évènements."""
    french = {name for name, text in pages(ours).items() if '<html lang="fr"' in text}

    assert {name for name in pages(ours) if name.startswith(("editors/", "members/"))} == french
    assert all('<html lang="en"' in text for name, text in pages(ours).items() if name not in french)


def test_every_page_is_found_by_the_hub_s_search(ours):
    """The handbook is a part of the hub, not a site beside it."""
    for name, html in pages(ours).items():
        assert 1 == len(re.findall(r"<article [^>]* data-pagefind-body ", html)), name
        assert 'data-pagefind-filter="section:' in html, name


def test_head_masthead_and_foot_are_the_hub_s_own(ours):
    """Two engines, one site: nobody can tell where the one ends and the other begins."""
    loaded, settings = load_village(root=REPOSITORY)
    parts = frame(loaded.hub, settings).parts()
    assert {f"hub/{part}.{lang}.html" for part in ("head", "masthead", "foot") for lang in ("fr", "en")} == set(parts)

    for name, html in pages(ours).items():
        lang = re.search(r'<html lang="(\w+)"', html)[1]
        for part in ("head", "masthead", "foot"):
            assert parts[f"hub/{part}.{lang}.html"].strip() in html, (name, part)
        assert ["/theme/hub.css"] == re.findall(r'<link rel="stylesheet" href="(/[^"]*)"', html), name


def test_a_page_of_the_handbook_weighs_little(ours):
    """Sixty kilobytes is what the hub grants a page, and the handbook is read on telephones too."""
    shared = sum(len(gzip.compress(content)) for name, content in ours.items() if name.endswith((".css", ".js")))
    heaviest = max(len(gzip.compress(content)) for name, content in ours.items() if name.endswith(".html"))

    assert 0 < shared + heaviest <= 60 * 1024


def test_nothing_is_published_but_pages_styles_and_pictures(ours):
    """A sitemap of its own, a second 404 page and two megabytes of scripts would be."""
    assert set() == {name for name in ours if not name.endswith((".html", ".css", ".png", ".svg", ".webp"))}
    assert "404.html" not in ours


def test_a_page_of_the_handbook_can_be_shared(ours):
    """A link in a chat shows the community's card and what the page is about."""
    page = pages(ours)["editors/index.html"]

    assert '<meta property="og:image" content="https://atelier-garonne.example/card.png">' in page
    assert '<meta property="og:url" content="https://atelier-garonne.example/handbook/editors/">' in page
    assert re.search(r'<meta property="og:title" content="[^"]+">', page)
    assert re.search(r'<meta property="og:description" content="[^"]+">', page)
