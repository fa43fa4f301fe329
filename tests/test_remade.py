"""What an edit makes anew, by name: what shows the change, and nothing else; and the whole equals a clean build."""

import pytest
from tests.hubs import files_of, options, text, write

from handbill.pipeline import build
from handbill.publishing.generation import Generation

_HUB = """[hub]
name = "Essai"
base_url = "https://essai.example/"
lang = "fr"

[look]
search = false
cards = false
"""


@pytest.fixture
def hub(tmp_path):
    """Return a hub of posts in two subjects, built once; one of them waits for its day."""
    posts = {
        f"content/posts/p{n}.md": text(f"Texte du billet {n}.", summary=f"Billet {n} en bref", title=f"Billet {n}", date=f"2026-01-{n:02}", tags="[pain]" if n % 2 else "[bois]")
        for n in range(1, 9)
    }
    waiting = {"content/posts/futur.md": text("Plus tard.", title="Plus tard", date="2026-06-01", tags="[pain]")}
    root = write(tmp_path / "hub", {"hub.toml": _HUB, **posts, **waiting})
    build(options(root, as_of="2026-05-01 12:00"))
    return root


def edit(hub, name, old, new):
    file = hub / name
    before = file.read_text(encoding="utf-8")
    assert old in before
    file.write_text(before.replace(old, new), encoding="utf-8")


def remade(hub, monkeypatch, as_of="2026-05-01 12:00"):
    """Build, and return which pages and feeds were made; all that differs must be among them, and all be as from nothing."""
    made = set()
    add = Generation.add
    before = files_of(hub / "public")
    with monkeypatch.context() as patched:
        patched.setattr(Generation, "add", lambda self, path, *given: made.add(path) or add(self, path, *given))
        report = build(options(hub, as_of=as_of))
    after = files_of(hub / "public")
    build(options(hub, as_of=as_of, output=hub.parent / "clean", no_cache=True))
    assert files_of(hub.parent / "clean") == after
    assert {path for path in after if after[path] != before.get(path)} == set(report.written) <= made
    return {path for path in made if path.endswith((".html", ".atom.xml"))}



#: Where a post is named: the first page, lists, and the search, which lists the latest.
NAMED = {"index.html", "posts/index.html", "archives/2026/index.html", "search/index.html"}
FEEDS = {"feeds/all.atom.xml", "feeds/posts.atom.xml"}
BREAD = {"tags/pain/index.html", "feeds/tags/pain.atom.xml"}
#: The posts about bread: each leads to those that resemble it.
LOAVES = {f"posts/p{n}/index.html" for n in (1, 3, 5, 7)}


def test_a_text_is_on_its_own_page_and_in_the_feeds(hub, monkeypatch):
    """What lists say of a post is not its text."""
    edit(hub, "content/posts/p3.md", "Texte du billet 3.", "Un autre texte.")

    assert {"posts/p3/index.html", "feeds/tags/pain.atom.xml", *FEEDS} == remade(hub, monkeypatch)


def test_a_title_is_also_on_what_names_the_post(hub, monkeypatch):
    """Its neighbours, its like, its subject and all lists; no post of the other subject but the neighbours."""
    edit(hub, "content/posts/p3.md", "title: Billet 3", "title: Billet trois")

    beside = {"posts/p2/index.html", "posts/p4/index.html", "feeds/weekly.atom.xml", "feeds/monthly.atom.xml"}
    assert NAMED | FEEDS | BREAD | LOAVES | beside == remade(hub, monkeypatch)


def test_another_subject_makes_both_of_them_anew(hub, monkeypatch):
    edit(hub, "content/posts/p3.md", "[pain]", "[miel]")

    subjects = {"tags/index.html", "tags/miel/index.html", "feeds/tags/miel.atom.xml", "feeds/index.html"}
    assert NAMED | FEEDS | BREAD | LOAVES | subjects == remade(hub, monkeypatch)


def test_a_subject_with_another_name_is_on_its_posts_and_what_names_them(hub, monkeypatch):
    """The address stays; no post of the other subject is touched."""
    for n in (1, 3, 5, 7):
        edit(hub, f"content/posts/p{n}.md", "[pain]", "[Pain]")

    assert NAMED | FEEDS | BREAD | LOAVES | {"tags/index.html", "feeds/index.html"} == remade(hub, monkeypatch)


def test_a_template_makes_its_own_pages_anew(hub, monkeypatch):
    write(hub, {"theme/templates/tags.html": "{% extends '!theme/tags.html' %}{% block main %}Autrement{% endblock %}"})

    assert {"tags/index.html"} == remade(hub, monkeypatch)


def test_a_setting_of_feeds_makes_feeds_anew(hub, monkeypatch):
    edit(hub, "hub.toml", "[look]", "[feeds]\nentries = 5\n\n[look]")

    assert FEEDS == remade(hub, monkeypatch)


def test_a_colour_makes_no_page_anew(hub, monkeypatch):
    """It is in the stylesheet, which has one address."""
    edit(hub, "hub.toml", "cards = false", 'cards = false\naccent = "#1a5fb4"')

    assert set() == remade(hub, monkeypatch)


def test_what_falls_due_makes_its_own_page_and_what_names_it(hub, monkeypatch):
    """Nothing was edited; of the other subject only its new neighbour changes."""
    lists = {"archives/index.html", "tags/index.html", "events/index.html"}
    own = {"posts/futur/index.html", "posts/p8/index.html"}

    assert NAMED | FEEDS | BREAD | LOAVES | lists | own == remade(hub, monkeypatch, as_of="2026-06-02 12:00")


def test_what_was_taken_back_leaves_those_that_named_it(hub, monkeypatch):
    """Its page says that it is gone."""
    (hub / "content/posts/p8.md").unlink()
    edit(hub, "hub.toml", "[look]", '[addresses]\ngone = ["/posts/p8/"]\n\n[look]')

    made = remade(hub, monkeypatch)
    assert {"posts/p8/index.html", "posts/p7/index.html", "posts/index.html", "tags/bois/index.html"} <= made
    assert not {"posts/p1/index.html", "posts/p3/index.html", "tags/pain/index.html", "feeds/tags/pain.atom.xml"} & made
