"""Everything that is wrong, in one run, and nothing that only follows from it."""

from contextlib import nullcontext

from tests.hubs import options, text, write

from handbill.errors import Level
from handbill.examining import examine, state_of
from handbill.pipeline import check

POST = text("Un texte.")


def told(root):
    return [(one.path, one.code) for one in examine(options(root), nullcontext).problems]


def test_faults_of_every_sort_are_told_together(tmp_path):
    """An editor who mends one fault and is then told the next loses the afternoon."""
    write(tmp_path, {
        "hub.toml": '[hub]\nname = "Essai"\nbase_url = "https://essai.example/"\nlang = "fr"\nlanguages = ["fr", "en"]\n',
        "content/posts/a.md": text("[perdu](nulle-part.md)"),
        "content/posts/b.md": text(draft="oui"),
        "content/pages/feeds.md": text(),
        "newsletters/1.md": text(number="1", subject="Un sujet"),
        "content/notes.md": POST,
    })  # fmt: skip

    found = told(tmp_path)

    assert ("content/posts/a.md", "HB301") in found
    assert ("content/posts/b.md", "HB201") in found
    assert ("content/pages/feeds.md", "HB403") in found
    assert ("content/notes.md", "HB120") in found


def test_a_faulty_setting_does_not_hide_the_faults_of_texts(tmp_path):
    """hub.toml is one file among others."""
    write(tmp_path, {
        "hub.toml": '[hub]\nname = "Essai"\nbase_url = "https://essai.example/"\nlangue = "fr"\n',
        "content/posts/a.md": text(draft="oui"),
    })  # fmt: skip

    assert [("content/posts/a.md", "HB201"), ("hub.toml", "HB202")] == told(tmp_path)


def test_a_language_in_doubt_is_not_held_against_texts(tmp_path):
    """Where the list of languages cannot be read, no text is in a wrong one."""
    write(tmp_path, {
        "hub.toml": '[hub]\nname = "Essai"\nbase_url = "https://essai.example/"\nlang = "fr"\nlanguages = "fr et en"\n',
        "content/posts/a.md": text(lang="en"),
    })  # fmt: skip

    assert {"hub.toml"} == {path for path, _ in told(tmp_path)}


def test_an_item_that_cannot_be_read_is_not_also_called_lost(tmp_path):
    """Its address will answer again as soon as it is mended."""
    write(tmp_path, {"addresses.lock": "/posts/a/ post:a\n", "content/posts/a.md": text(draft="oui")})

    assert [("content/posts/a.md", "HB201")] == told(tmp_path)


def test_a_second_check_remembers_the_first(tmp_path, monkeypatch):
    """Editors check often, and five thousand files have not changed meanwhile."""
    write(tmp_path, {"content/posts/a.md": text(draft="oui")})
    first = check(options(tmp_path))

    monkeypatch.setattr("handbill.pipeline.examine", None)
    assert first == check(options(tmp_path))


def test_what_is_remembered_ends_with_the_next_thing_due(tmp_path):
    """A note that an item appears on Friday is wrong on Saturday."""
    write(tmp_path, {"content/posts/a.md": text(date="2026-04-01 09:00")})

    assert ["HB502"] == [one.code for one in check(options(tmp_path, "2026-04-01 08:00"))]
    assert [] == [one.code for one in check(options(tmp_path, "2026-04-01 10:00"))]


def test_a_mended_file_is_looked_at_again(tmp_path):
    """What is remembered holds for the very same files only."""
    write(tmp_path, {"content/posts/a.md": text(draft="oui")})
    check(options(tmp_path))

    write(tmp_path, {"content/posts/a.md": text(draft="false")})
    assert () == check(options(tmp_path))


def test_a_check_draws_no_page(hub, monkeypatch):
    """Paths are planned without their records (decision 0017); drawn, they took most of the time of a check."""

    def drawn(*_):
        raise AssertionError("a record was drawn")

    for name in ("handbill.outputs.pages.item_page", "handbill.outputs.feed_entries.Entries._entry", "handbill.outputs.home._home_page"):
        monkeypatch.setattr(name, drawn)

    assert () == tuple(one for one in check(options(hub)) if one.level is Level.ERROR)


def test_an_edit_in_a_linked_theme_is_seen(hub):
    """Two hubs may share one; what did not change is not built."""
    shared = hub.parent / "shared"
    write(shared, {"templates/post.html": "a"})
    (hub / "theme").symlink_to(shared)
    before = state_of(options(hub))

    write(shared, {"templates/post.html": "b"})

    assert before != state_of(options(hub))
