"""One state of the hub, asked what it would publish."""

from tests.hubs import THEN, moment, options, text, village, write

from handbill.reviewing.side import Side

NOW = moment(THEN)


def side(root, scratch):
    return Side(options(root, jobs=1), scratch, "en")


def test_a_state_says_what_it_would_publish_and_who_is_in_it(tmp_path):
    """Keys decide what is made; items say what is hidden, and why."""
    found = side(village(tmp_path), tmp_path / "scratch").snapshot(NOW, 1)

    assert "Le village" == found.name
    assert {"index.html", "posts/le-puits/index.html", "feeds/all.json", "theme/hub.css"} <= set(found.keys)
    assert ("content/posts/2026-03-01-le-puits.md",) == tuple(found.keys["posts/le-puits/index.html"].sources)
    why = {one.source.split("/")[-1]: one.why_hidden for one in found.items.values()}
    assert ["waiting", "draft", "unlisted", ""] == [why[name] for name in ("bientot.md", "brouillon.md", "tom.md", "ancien.md")]


def test_files_are_made_as_they_would_be_published(tmp_path):
    """What is approved must be what goes out, byte for byte."""
    made, wrong = side(village(tmp_path), tmp_path / "scratch").make(NOW, ("posts/ancien/index.html", "theme/hub.css", "nothing.html"))

    assert ["posts/ancien/index.html", "theme/hub.css"] == sorted(one.path for one in made)
    page = next(one for one in made if one.template)
    assert ("Un ancien billet", "fr", "post.html") == (page.title, page.lang, page.template)
    assert [] == wrong
    assert [] == list((tmp_path / "scratch").iterdir()), "what was needed on the way is gone"


def test_a_template_that_fails_is_a_problem_and_no_end_of_the_review(tmp_path):
    """The other files can be looked at all the same."""
    root = village(tmp_path)
    write(root, {"theme/templates/post.html": "{% if %}"})

    made, wrong = side(root, tmp_path / "scratch").make(NOW, ("posts/ancien/index.html", "feeds/all.json"))

    assert ["feeds/all.json"] == [one.path for one in made]
    assert ["HB901"] == [one.code for one in wrong]


def test_settings_that_cannot_be_read_are_told_as_a_state_of_which_nothing_is_known(tmp_path):
    """A proposal may break them, and its review says so."""
    root = write(tmp_path / "hub", {"hub.toml": "[hub", "content/posts/a.md": text()})

    found = side(root, tmp_path / "scratch").snapshot(NOW, 1)

    assert (False, {}) == (found.is_readable, found.keys)
    assert "hub.toml" == found.problems[0].path
