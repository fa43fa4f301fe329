"""The preview shows letters before they are sent, and looks at each again only when something changed."""

import pytest
from tests.composing.letters import hub_with, letter, post, section
from tests.hubs import options

from handbill.preview.desk import Desk
from handbill.preview.sheets import LETTERS

FILES = {
    "newsletters/2026-04.md": letter(
        3, "2026-04-09 18:00", f"Bonsoir,\n\n![Un puits](../content/pictures/puits.png)\n\n{section('posts')}"
    ),
    "content/posts/a-venir.md": post("À venir", "2026-04-01"),
}


@pytest.fixture
def desk(tmp_path):
    from tests.hubs import VILLAGE

    root = hub_with(tmp_path, **FILES)
    (root / "content" / "pictures").mkdir(parents=True)
    (root / "content" / "pictures" / "puits.png").write_bytes((VILLAGE / "content" / "pictures" / "puits.png").read_bytes())
    version = ["1"]
    made = Desk(lambda: options(root), lambda: version[0], "en", "/hub/")
    return made, root, version


def html(desk, path):
    answer = desk.answer(LETTERS + path)
    assert answer is not None
    return answer.content.decode()


def test_the_list_and_each_page_answer(desk):
    """A letter to come is shown as of its own day."""
    made, _, _ = desk

    assert 'href="3/"' in html(made, "")
    assert "À venir" in html(made, "3/")
    assert made.answer(LETTERS + "3/").is_page


def test_the_panes_are_the_letter_with_addresses_of_the_preview(desk):
    """Whatever this machine is called, its pictures load and its links lead here."""
    made, _, _ = desk
    light = made.answer(LETTERS + "3/light.html")

    assert "https://essai.example" not in light.content.decode()
    assert 'href="/hub/posts/a-venir/"' in light.content.decode()
    assert not light.is_page
    assert "default-src 'none'" in light.policy
    assert "script" not in light.policy
    assert "invert(1)" in html(made, "3/inverted.html")
    assert "src=" not in html(made, "3/light-bare.html").partition("<body")[2]


def test_a_picture_that_is_not_published_yet_is_shown_all_the_same(desk):
    """The letter of next month is proofed this month."""
    made, root, _ = desk
    page = html(made, "3/light.html")
    address = page.partition('src="')[2].partition('"')[0]

    assert (root / "content" / "pictures" / "puits.png").read_bytes() == made.picture(address).content
    assert made.picture("/hub/media/other.png") is None


def test_the_source_of_each_form_is_text_to_be_read(desk):
    """A mail that a browser renders is no source."""
    made, _, _ = desk

    assert "text/plain; charset=utf-8" == made.answer(LETTERS + "3/mail.html").content_type
    assert made.answer(LETTERS + "3/mail.txt").content.decode().startswith("Essai\n")
    assert "https://essai.example/posts/a-venir/" in html(made, "3/mail.txt")


@pytest.mark.parametrize("path", ["99/", "3", "3/other.html", "3/../../hub.toml", "panes.py", "%2e%2e/"])
def test_nothing_else_answers(desk, path):
    """The preview shows letters, and no files of the machine."""
    assert desk[0].answer(LETTERS + path) is None


def test_a_letter_is_looked_at_again_only_when_something_changed(desk):
    """Four panes and a page ask for the same letter."""
    made, root, version = desk
    before = html(made, "3/")
    (root / "newsletters" / "2026-04.md").write_text(letter(3, "2026-04-09 18:00", "Rien."), encoding="utf-8")

    assert before == html(made, "3/")
    assert "Rien." not in before
    version[0] = "2"
    assert "Rien." in html(made, "3/")


def test_a_hub_that_cannot_be_read_says_why(desk):
    """A page that spins says nothing."""
    made, root, _ = desk
    (root / "hub.toml").write_bytes(b"\xff\xfe")

    assert "hub.toml" in html(made, "")


def test_styles_and_script_come_from_the_preview_itself(desk):
    """Nothing is asked of anybody else."""
    assert "text/css; charset=utf-8" == desk[0].answer(LETTERS + "panes.css").content_type
    assert b'"use strict"' in desk[0].answer(LETTERS + "panes.js").content
