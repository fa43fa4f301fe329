"""The preview follows the editor: each save is built and shown, and a fault is shown instead of a hole."""

import threading
import time
import urllib.request
from dataclasses import replace

import pytest
from tests.hubs import options, text, village, write

from handbill.layout import SOURCES
from handbill.preview.server import Preview
from handbill.preview.session import Session
from handbill.preview.watch import watch


class Recorder:
    """A screen that keeps what it was told."""

    def __init__(self):
        self.lang = "en"
        self.lines = []
        self.faults = []

    def say(self, line):
        self.lines.append(line)

    def number(self, text):
        return text

    def problems(self, problems, stopped):
        self.faults.append((problems, stopped))


@pytest.fixture
def session(tmp_path):
    """Return a preview of the village, its page, its folder and what it said."""
    root = village(tmp_path)
    folder = root / ".handbill" / "preview" / "public"
    screen = Recorder()
    with Preview(folder, base="/hub/", port=0) as page:
        yield Session(replace(options(root), output=folder), page, screen, None), page, root, screen


def get(address):
    with urllib.request.urlopen(address, timeout=10) as answer:
        return answer.read().decode()


def test_a_preview_shows_the_hub_at_its_own_address(session):
    """Feeds and letters must lead to the preview, not to the published site."""
    live, page, root, _ = session

    assert live.build()
    assert "Fête du puits" in get(page.address + "events/fete/")
    assert page.address + "posts/le-puits/" in get(page.address + "feeds/all.atom.xml")
    assert not (root / "public").exists()
    assert not (root / "addresses.lock").exists()


def test_a_fault_is_told_and_the_last_good_page_stays(session):
    """An editor in the middle of a sentence must not lose the page."""
    live, page, root, screen = session
    live.build()
    write(root, {"content/posts/faux.md": text(draft="oui")})

    assert not live.build()
    problems, stopped = screen.faults[0]
    assert (["content/posts/faux.md"], True) == ([one.path for one in problems if one.level == 2], stopped)
    assert "Fête du puits" in get(page.address + "events/fete/")
    (root / "content/posts/faux.md").unlink()
    assert live.build()


def test_a_saved_file_reaches_the_page_by_itself(session):
    """The point of a preview."""
    live, page, root, _ = session
    live.build()
    stop, ready = threading.Event(), threading.Event()
    watcher = threading.Thread(
        target=watch,
        args=([root / name for name in SOURCES], [root / ".handbill"], lambda _: live.build()),
        kwargs={"stop": stop, "on_ready": ready.set},
    )
    watcher.start()
    try:
        assert ready.wait(10)
        post = root / "content/posts/ancien.md"
        post.write_text(post.read_text(encoding="utf-8").replace("Un ancien billet", "Un billet rajeuni"), encoding="utf-8")
        for _ in range(100):
            if "Un billet rajeuni" in get(page.address + "posts/ancien/"):
                break
            time.sleep(0.1)
        assert "Un billet rajeuni" in get(page.address + "posts/ancien/")
    finally:
        stop.set()
        watcher.join()


def test_letters_to_come_are_proofed_in_the_preview(session):
    """As of their own day, while the hub around them is that of today."""
    live, page, root, _ = session
    write(root, {"newsletters/3.md": text("Bonjour d'avril.", number="3", subject="Avril", date="2026-04-09 18:00", draft="true")})
    live.build()

    assert "Bonjour d’avril." in get(f"{page.letters}3/light.html")
    assert "3/" in get(page.letters)


def test_a_letter_is_judged_as_of_today_where_the_hub_is_built_for_its_day(tmp_path):
    """“To be frozen” would be said of a letter that is not sent yet."""
    root = village(tmp_path)
    write(root, {"newsletters/3.md": text(number="3", subject="Avril", date="2026-04-09 18:00")})
    then = options(root, "2026-04-09 18:00")
    with Preview(tmp_path / "out", port=0) as page:
        Session(replace(then, output=tmp_path / "out"), page, Recorder(), None, options(root).as_of)

        assert "stamp scheduled" in get(f"{page.letters}3/")
