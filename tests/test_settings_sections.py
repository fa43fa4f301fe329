"""Who looks after what: read from hub.toml, and never wider or narrower than written."""

from __future__ import annotations

import pytest
from tests.hubs import write

from handbill.errors import ContentProblems
from handbill.settings import read_settings
from handbill.settings_sections import section_of

HUB = '[hub]\nname = "Essai"\nbase_url = "https://essai.example/"\nlang = "fr"\nlanguages = ["fr", "en"]\n'


def sections(tmp_path, *tables):
    return read_settings(write(tmp_path, {"hub.toml": HUB + "".join(tables)})).sections


def section(name, folders, owners=(), more=""):
    def listed(values):
        return "[" + ", ".join(f'"{one}"' for one in values) + "]"

    return f"[sections.{name}]\nfolders = {listed(folders)}\nowners = {listed(owners)}\n{more}"


def test_a_hub_without_sections_asks_nobody(tmp_path):
    """Two lines of settings make a hub; who looks after what is a question for later."""
    found = sections(tmp_path)

    assert {} == dict(found)
    assert None is section_of("content/posts/a.md", found)


@pytest.mark.parametrize(
    ("path", "key"),
    [
        ("content/posts/a.md", "posts"),
        ("content/posts/deep/er/a.md", "posts"),
        ("content/posts/archive/a.md", "archive"),
        ("content/posts/archive", "archive"),
        # Begins alike, and is another folder.
        ("content/posts-old/a.md", "rest"),
        ("hub.toml", "settings"),
        ("hub.toml.bak", "rest"),
        ("content", "rest"),
    ],
)
def test_a_file_belongs_to_the_nearest_section_around_it(tmp_path, path, key):
    """Whoever looks after one folder has not asked for all that begins with its name."""
    found = sections(
        tmp_path,
        section("posts", ["content/posts/"]),
        section("rest", ["."]),
        section("archive", ["./content/posts/archive"]),
        section("settings", ["hub.toml"]),
    )

    assert key == section_of(path, found).key


def test_what_is_closed_says_why_in_the_readers_language(tmp_path):
    """A stranger who wrote a page of text for nothing is owed a sentence, and in words that they read."""
    found = sections(
        tmp_path,
        section(
            "posts",
            ["content/posts"],
            ["@essai/redaction", "@essai/redaction"],
            'open = false\nclosed_because = "Fermé : l\'été."\nname = "La rédaction"\n',
        ),
        '[sections.posts.en]\nclosed_because = "Closed in summer."\n',
        section("events", ["events"], more="most_waiting = 3\n"),
    )

    assert (False, ("@essai/redaction",)) == (found["posts"].is_open, found["posts"].owners)
    assert "Closed in summer." == found["posts"].says("closed_because", "en")
    assert "Fermé\u00a0: l’été." == found["posts"].says("closed_because", "fr")
    assert ("La rédaction", "La rédaction", "events") == (
        found["posts"].called("fr"),
        found["posts"].called("en"),
        found["events"].called("fr"),
    )
    assert (True, 3) == (found["events"].is_open, found["events"].most_waiting)


OWNERS = {
    "@ines": True,
    "@atelier/redaction": True,
    "@atelier/jeunes/redaction": True,
    "@a_b.c-d": True,
    "ines": False,
    "@": False,
    "@-ines": False,
    "@ines/": False,
    "@ines lou": False,
    "ines@atelier.example": False,
    "@ines@atelier.example": False,
    "@ines\\n* @mallory": False,
}


@pytest.mark.parametrize("owner", OWNERS)
def test_an_owner_is_a_name_or_a_team_of_a_forge(tmp_path, owner):
    """A line that the forge does not understand is passed over by it in silence, and nobody is asked."""
    if OWNERS[owner]:
        assert (owner,) == sections(tmp_path, section("posts", ["."], [owner]))["posts"].owners
        return
    with pytest.raises(ContentProblems) as refusal:
        sections(tmp_path, section("posts", ["."], [owner]))
    assert {"HB228"} & {one.code for one in refusal.value.problems} or {"HB201", "HB206"} & {one.code for one in refusal.value.problems}


def test_a_mail_address_is_not_repeated_by_the_message(tmp_path):
    """What somebody wrote by mistake must not stand in the report of every proposal as well."""
    with pytest.raises(ContentProblems) as refusal:
        sections(tmp_path, section("posts", ["."], ["ines@atelier.example"]))

    assert "ines" not in "".join(one.found for one in refusal.value.problems)


@pytest.mark.parametrize("folder", ["/", "/etc", "../x", "a/../b", "a//b", "a/./b", "con*", "a?", "[ab]", "!a", "#a", "a\\\\b", "a:b"])
def test_a_folder_that_could_mean_others_is_refused(tmp_path, folder):
    """A sign that one forge reads as a pattern would give away more than was written."""
    with pytest.raises(ContentProblems):
        sections(tmp_path, section("posts", [folder]))
