"""The preview follows the editor: each save is built and shown, and a fault is shown instead of a hole."""

import re
import threading
import time
import urllib.request
from dataclasses import replace

import pytest
from tests.hubs import files_of, options, text, village, write

from handbill.engine import engine_theme
from handbill.layout import SOURCES
from handbill.pipeline import build
from handbill.preview.panel import NOTHING
from handbill.preview.server import Preview
from handbill.preview.session import LATER, Session
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


TITLED, STYLE, TEMPLATE = "title: Un ancien billet", "theme/style/zz.css", "theme/templates/post.html"


def edits(root):
    """Yield one change after the other, with the files that it touches."""
    post, other = root / "content/posts/ancien.md", root / "content/posts/neuf.md"
    yield "words", lambda: post.write_text(post.read_text("utf-8") + "\nDe plus.\n", "utf-8"), {post}
    yield "a title", lambda: post.write_text(post.read_text("utf-8").replace(TITLED, "title: Rajeuni"), "utf-8"), {post}
    yield "a new text", lambda: write(root, {"content/posts/neuf.md": text("Neuf.", title="Neuf", date="2026-03-10")}), {other}
    yield "a fault", lambda: post.write_text(post.read_text("utf-8").replace("---\n", "---\ndraft: oui\n", 1), "utf-8"), {post}
    yield "mended", lambda: post.write_text(post.read_text("utf-8").replace("draft: oui\n", ""), "utf-8"), {post}
    yield "another name", lambda: other.rename(root / "content/posts/nouveau.md"), {other, root / "content/posts/nouveau.md"}
    yield "a style", lambda: write(root, {STYLE: "main { color: teal; }"}), {root / STYLE}
    theirs = engine_theme() / "templates" / "post.html"
    yield "a template", lambda: write(root, {TEMPLATE: theirs.read_text("utf-8").replace("<h1", "<h1 lang=fr")}), {root / TEMPLATE}
    hub = root / "hub.toml"
    yield "settings", lambda: hub.write_text(hub.read_text("utf-8").replace('"Le village"', '"Le hameau"'), "utf-8"), {hub}
    yield "gone", lambda: (root / "content/posts/nouveau.md").unlink(), {root / "content/posts/nouveau.md"}


@pytest.mark.long
def test_what_is_shown_once_it_is_quiet_is_what_a_build_from_nothing_publishes(session, tmp_path):
    """Whatever was shown ahead, left for later, or kept in memory on the way."""
    live, page, root, _ = session
    live.build()
    with page.channel.listen("/hub/posts/ancien/"), page.channel.listen("/hub/posts/"):
        live.open()
        for name, edit, files in edits(root):
            edit()
            live.note(frozenset(files))
            assert live.build_soon() is (name != "a fault"), name
    live.build_rest(lambda: None)
    clean = options(root, output=tmp_path / "clean", base_url=page.address, records=False, no_cache=True)
    build(clean)

    assert files_of(tmp_path / "clean") == files_of(root / ".handbill/preview/public")


def test_a_page_is_shown_ahead_and_then_as_it_was_published(session):
    """Between the two nothing is seen to change."""
    live, page, root, _ = session
    live.build()
    post, shown = root / "content/posts/ancien.md", page.address + "posts/ancien/"
    with page.channel.listen("/hub/posts/ancien/"):
        live.open()
        post.write_text(post.read_text("utf-8").replace(TITLED, "title: Rajeuni"), "utf-8")
        live.note(frozenset({post}))
        ahead = get(shown)
        assert "Rajeuni" not in (root / ".handbill/preview/public/posts/ancien/index.html").read_text("utf-8")
        assert live.build(LATER)

    assert "Rajeuni" in ahead
    assert unversioned(ahead) == unversioned(get(shown))


def test_what_cannot_be_built_is_not_shown_ahead_any_longer(session):
    """The page under the fault is one that was published, whole."""
    live, page, root, _ = session
    live.build()
    post, shown = root / "content/posts/ancien.md", page.address + "posts/ancien/"
    with page.channel.listen("/hub/posts/ancien/"):
        live.open()
        post.write_text(post.read_text("utf-8") + "\nEn avance.\n", "utf-8")
        live.note(frozenset({post}))
        assert "En avance." in get(shown)
        faulty = root / "events/2026/fete.md"
        faulty.write_text(faulty.read_text("utf-8").replace("---\n", "---\ndraft: oui\n", 1), "utf-8")
        assert not live.build(LATER)

        assert "En avance." not in get(shown)
        faulty.write_text(faulty.read_text("utf-8").replace("draft: oui\n", ""), "utf-8")
        live.note(frozenset({faulty}))
        assert live.build(LATER)
    assert "En avance." in get(shown)


def test_a_fault_of_one_text_is_told_before_the_hub_is_built_and_goes_as_soon_as_it_is_mended(session):
    """Whoever writes looks at the page, not at the clock."""
    live, page, root, _ = session
    live.build()
    post = root / "content/posts/ancien.md"
    good = post.read_text("utf-8")
    with page.channel.listen("/hub/posts/ancien/") as messages:
        live.open()
        post.write_text(good.replace("---\n", "---\ndraft: oui\n", 1), "utf-8")
        live.note(frozenset({post}))
        ahead = page.channel._panel
        assert not live.build(LATER)
        assert "content/posts/ancien.md:2:8" in page.channel._panel
        post.write_text(good + "\nBien.\n", "utf-8")
        live.note(frozenset({post}))
        assert NOTHING == page.channel._panel
        assert "Bien." in get(page.address + "posts/ancien/")
        assert live.build(LATER)
        told = [next(messages) for _ in range(3)]

    assert "content/posts/ancien.md:2:8" in ahead
    assert b"ancien.md:2:8" in told[1]


def test_what_else_is_wrong_stays_told_until_a_build_finds_it_mended(session):
    """An edit of one text says nothing of another."""
    live, page, root, _ = session
    live.build()
    post = root / "content/posts/ancien.md"
    write(root, {"content/posts/faux.md": text(draft="oui")})
    with page.channel.listen("/hub/posts/ancien/"):
        live.open()
        assert not live.build(LATER)
        post.write_text(post.read_text("utf-8") + "\nBien.\n", "utf-8")
        live.note(frozenset({post}))

        assert "faux.md" in page.channel._panel
    (root / "content/posts/faux.md").unlink()


def unversioned(page):
    """Return a page without the name of the state that it shows."""
    return re.sub('data-version="[^"]*"', "", page)


def test_a_preview_that_can_build_no_more_ends(session, monkeypatch):
    """What the machine refuses is told by the command, as it was when one thread did all."""
    live, _, root, _ = session
    live.build()

    def full(*_, **__):
        raise OSError("no room")

    monkeypatch.setattr("handbill.preview.session.build", full)
    written = threading.Timer(0.3, lambda: write(root, {"content/posts/neuf.md": text("Neuf.")}))
    # Without an end of its own the test ends all the same, and fails.
    stop = threading.Event()
    late = threading.Timer(20, stop.set)
    for one in (written, late):
        one.start()
    with pytest.raises(OSError, match="no room"):
        live.follow(stop)
    late.cancel()


def test_a_template_spoilt_while_the_hub_is_built_is_left_to_the_next_build(session):
    """What was built stands; the build that follows says what is wrong."""
    live, page, root, screen = session
    wrong = root / "theme/templates/post.html"

    def spoil(step):
        if step == "Publishing":
            write(root, {"theme/templates/post.html": "{% if %}"})

    with page.channel.listen("/hub/posts/ancien/"):
        assert live.build(check=spoil)
        assert not live.build()
        assert "post.html" in screen.lines[-1]
        wrong.unlink()
        assert live.build()


@pytest.mark.long
@pytest.mark.parametrize("spoilt", [FileNotFoundError("zz.css"), UnicodeDecodeError("utf-8", b"\xe9", 0, 1, "no letter")], ids=["gone", "not UTF-8"])
def test_a_style_that_cannot_be_read_at_this_moment_is_left_to_the_build(session, monkeypatch, spoilt):
    """Editors take a file away before they write it anew."""
    live, page, root, _ = session
    live.build()

    def stylesheet(*_):
        raise spoilt

    monkeypatch.setattr("handbill.glimpse.stylesheet", stylesheet)
    write(root, {"theme/style/zz.css": "main { color: teal; }"})
    with page.channel.listen("/hub/posts/ancien/"):
        live.note(frozenset({root / "theme/style/zz.css"}))
    assert live.build()
