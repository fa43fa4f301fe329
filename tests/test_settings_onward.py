"""Where files can be corrected and texts talked about: addresses as the forges and giscus have them."""

from __future__ import annotations

from urllib.parse import parse_qs, urlsplit

import pytest
from tests.hubs import write

from handbill.settings import settings_or_problems
from handbill.settings_onward import Discussion, Repository

LEAST = '[hub]\nname = "Essai"\nbase_url = "https://essai.example/"\n'
GISCUS = '[discussion]\nrepo = "a/b"\nrepo_id = "R_1"\ncategory = "Articles"\ncategory_id = "DIC_1"\n'


def read(folder, toml):
    return settings_or_problems(write(folder, {"hub.toml": LEAST + toml}))


@pytest.mark.parametrize(
    ("toml", "edit", "history"),
    [
        (
            'repository = "https://github.com/a/b"\n',
            "https://github.com/a/b/edit/main/content/posts/x.md",
            "https://github.com/a/b/commits/main/content/posts/x.md",
        ),
        (
            'repository = "https://gitlab.com/g/s/b.git"\nbranch = "site"\n',
            "https://gitlab.com/g/s/b/-/edit/site/content/posts/x.md",
            "https://gitlab.com/g/s/b/-/commits/site/content/posts/x.md",
        ),
        (
            'repository = "https://codeberg.org/a/b/"\n',
            "https://codeberg.org/a/b/_edit/main/content/posts/x.md",
            "https://codeberg.org/a/b/commits/branch/main/content/posts/x.md",
        ),
        (
            'repository = "https://git.asso.example/a/b"\nforge = "gitlab"\n',
            "https://git.asso.example/a/b/-/edit/main/content/posts/x.md",
            "https://git.asso.example/a/b/-/commits/main/content/posts/x.md",
        ),
    ],
)
def test_a_file_is_corrected_where_its_forge_has_the_form(tmp_path, toml, edit, history):
    """A link that answers “not found” ends the wish to help."""
    settings, problems = read(tmp_path, toml)

    assert () == problems
    assert (edit, history) == (settings.repository.edit("content/posts/x.md"), settings.repository.history("content/posts/x.md"))


def test_a_name_that_addresses_cannot_hold_is_escaped():
    """Files have accents and spaces, and some communities publish a branch with a slash."""
    one = Repository("https://github.com/a/b", "site/main", "github")

    assert "https://github.com/a/b/edit/site/main/content/pages/%C3%A0%20propos.md" == one.edit("content/pages/à propos.md")


def test_without_a_repository_nothing_leads_there():
    assert ("", "") == (Repository().edit("x.md"), Repository().history("x.md"))


def test_a_host_that_tells_nothing_asks_for_the_forge(tmp_path):
    """Guessing would give every page two dead links."""
    settings, problems = read(tmp_path, 'repository = "https://git.asso.example/a/b"\n')

    assert [("HB203", "hub.forge", 4)] == [(one.code, one.field, one.line) for one in problems]
    assert "git.asso.example" in problems[0].found
    assert "" == settings.repository.edit("x.md")


def test_a_page_is_discussed_under_its_title_and_address():
    """A forum opens a new subject with both filled in."""
    talk = Discussion("https://forum.example/new?t={title}&b={address}")

    assert "https://forum.example/new?t=L%27%C3%A9t%C3%A9%20%26%20nous&b=https%3A%2F%2Fx.example%2Fa%2F" == talk.address(
        "L'été & nous", "https://x.example/a/"
    )


def test_discussions_at_github_can_be_reached_without_script(tmp_path):
    """The plain link is all there is until a reader asks for more."""
    settings, problems = read(tmp_path, GISCUS)

    assert () == problems
    assert "https://github.com/a/b/discussions" == settings.discussion.address("T", "https://x.example/")
    assert "https://giscus.app" == settings.discussion.frame
    assert ("", "", "") == (Discussion().frame, Discussion().address("T", "A"), Discussion().widget("x", "fr", "", ""))


def test_the_frame_is_asked_for_as_giscus_documents_it(tmp_path):
    """Strict, by an id that never changes: a text that gets a new title keeps its discussion."""
    talk = read(tmp_path, GISCUS)[0].discussion
    parts = urlsplit(talk.widget("post:puits", "fr", "Le puits & la margelle", "https://x.example/a/"))

    assert ("https", "giscus.app", "/fr/widget") == (parts.scheme, parts.netloc, parts.path)
    assert {
        "repo": ["a/b"],
        "repoId": ["R_1"],
        "category": ["Articles"],
        "categoryId": ["DIC_1"],
        "term": ["post:puits"],
        "strict": ["1"],
        "reactionsEnabled": ["1"],
        "emitMetadata": ["0"],
        "inputPosition": ["bottom"],
        "description": ["Le puits & la margelle"],
        "backLink": ["https://x.example/a/"],
    } == parse_qs(parts.query)


@pytest.mark.parametrize(("lang", "path"), [("fr", "/fr/widget"), ("pt-BR", "/pt/widget"), ("oc", "/en/widget")])
def test_giscus_speaks_the_language_of_the_page_where_it_can(lang, path):
    assert path == urlsplit(Discussion("", "a/b", "R", "C", "D").widget("x", lang, "", "")).path


def test_half_of_what_giscus_needs_is_asked_for(tmp_path):
    """It would show an error in the place of the discussion."""
    settings, problems = read(tmp_path, '[discussion]\nurl = "https://forum.example/"\nrepo = "a/b"\ncategory = "Articles"\n')

    assert [("HB203", "discussion.repo_id", 6), ("HB203", "discussion.category_id", 6)] == [
        (one.code, one.field, one.line) for one in problems
    ]
    assert ("https://forum.example/", "") == (settings.discussion.url, settings.discussion.repo)


def test_a_repository_of_discussions_is_owner_and_name(tmp_path):
    """The whole address is what one copies first."""
    settings, problems = read(tmp_path, GISCUS.replace('"a/b"', '"https://github.com/a/b"'))

    assert [("HB201", "discussion.repo")] == [(one.code, one.field) for one in problems]
    assert "" == settings.discussion.frame
