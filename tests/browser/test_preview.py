"""The preview in a browser: what is written is seen, where the reader was, and what did not change is left alone."""

from __future__ import annotations

import os
import threading
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from time import sleep

import pytest
from tests.hubs import options, text, village, write
from tests.preview.test_session import Recorder, get

from handbill.preview.server import Preview
from handbill.preview.session import Session

WELL, OLD, PHOTO = "content/posts/2026-03-01-le-puits.md", "content/posts/ancien.md", "content/contests/photo.md"


@dataclass(frozen=True)
class Live:
    """A hub that is served while it is edited."""

    root: Path
    address: str
    screen: Recorder

    def write(self, name: str, *, old: str = "", new: str = "", whole: str | None = None) -> None:
        """Write a file as an editor does, with *new* in place of *old*, or at the end, or as the *whole*."""
        file = self.root / name
        file.parent.mkdir(parents=True, exist_ok=True)
        if whole is None:
            whole = file.read_text(encoding="utf-8")
            assert old in whole
            whole = whole.replace(old, new, 1) if old else f"{whole}\n{new}\n"
        file.write_text(whole, encoding="utf-8")


@pytest.fixture(scope="module")
def live(ready: None, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Live]:
    """Give the village, served below a path; each test leaves it sound."""
    root = village(tmp_path_factory.mktemp("preview"))
    folder, screen = root / ".handbill" / "preview" / "public", Recorder()
    stop, is_ready = threading.Event(), threading.Event()
    with Preview(folder, base="/hub/", port=0, root=root) as page:
        session = Session(replace(options(root), output=folder), page, screen, None)
        assert session.build()
        following = threading.Thread(target=session.follow, args=(stop, is_ready.set, 0.3))
        following.start()
        assert is_ready.wait(20)
        yield Live(root, page.address, screen)
        stop.set()
        following.join()


@pytest.fixture
def page(live, browser):
    """Give a tab of its own."""
    context = browser.new_context(viewport={"width": 900, "height": 500}, reduced_motion="reduce")
    context.set_default_timeout(10_000)
    yield context.new_page()
    context.close()


def until(page, question):
    """Wait until the answer to a question is yes; a page may be loaded again in between."""
    for _ in range(400):
        try:
            if page.evaluate(question):
                return
        except Exception as trouble:
            if not any(word in str(trouble) for word in ("navigation", "context", "of null")):
                raise
        page.wait_for_timeout(50)
    raise AssertionError(question)


def opened(page, live, path):
    """Open a page of the hub and mark it, so that it is known whether it was loaded again."""
    page.goto(live.address + path)
    page.wait_for_load_state()
    # Its connection stands as soon as it heard of the version.
    page.wait_for_timeout(300)
    page.evaluate("window.isSame = true")


def shows(words):
    return f"document.body.textContent.includes({words!r})"


def test_new_words_come_into_the_open_page_and_nothing_is_loaded_again(live, page):
    """Where one reads, and what one was about to do, stays."""
    opened(page, live, "posts/le-puits/")
    page.evaluate("scrollTo(0, 300)")
    page.locator("main a[href$='/events/fete/']").first.focus()
    where = page.evaluate("scrollY")

    live.write(WELL, new="Une phrase *neuve*.")
    until(page, shows("Une phrase neuve."))

    assert page.evaluate("window.isSame")
    assert where == page.evaluate("scrollY")
    assert "/hub/events/fete/" == page.evaluate("document.activeElement.getAttribute('href')")
    live.write(WELL, old="Une phrase *neuve*.", new="Une autre.")
    until(page, f"{shows('Une autre.')} && !{shows('Une phrase neuve.')}")
    assert page.evaluate("window.isSame")


@pytest.mark.long
def test_words_are_seen_before_the_folder_is_built(live, page):
    """The build comes after; what it makes is the same, and nothing moves."""
    opened(page, live, "posts/ancien/")
    file = live.root / ".handbill" / "preview" / "public" / "posts" / "ancien" / "index.html"
    live.write(OLD, new="Avant tout le reste.")
    until(page, shows("Avant tout le reste."))
    for _ in range(200):
        if b"Avant tout le reste." in file.read_bytes():
            break
        sleep(0.05)
    page.wait_for_timeout(500)

    assert page.evaluate("window.isSame")
    assert b"Avant tout le reste." in file.read_bytes()


def test_a_fault_is_shown_over_the_page_and_goes_when_it_is_mended(live, page):
    """It names the file, the line, and what is wanted."""
    opened(page, live, "posts/ancien/")
    panel = "document.querySelector('#handbill-problems')?.shadowRoot.textContent ?? ''"
    live.write(OLD, old="---\n", new="---\ndraft: peut-être\n")
    until(page, panel)

    told = page.evaluate(panel)
    assert f"{OLD}:2:" in told
    assert "draft" in told
    assert "peut-être" in told
    live.write(OLD, old="draft: peut-être\n")
    until(page, f"!({panel})")
    assert page.evaluate("window.isSame")


@pytest.mark.long
def test_a_page_stays_when_something_else_changed(live, page):
    opened(page, live, "posts/ancien/")
    version = "document.querySelector('script[data-version]').dataset.version"
    before = page.evaluate(version)
    live.write("content/pages/a-propos.md", new="Autre chose encore.")
    for _ in range(200):
        if "Autre chose encore." in get(f"{live.address}a-propos/"):
            break
        sleep(0.05)
    page.wait_for_timeout(800)

    assert page.evaluate("window.isSame")
    assert before == page.evaluate(version)


@pytest.mark.long
def test_a_page_in_the_background_stays_when_something_else_changed(live, page):
    """It keeps no connection, and looks again when it is seen."""
    opened(page, live, "posts/ancien/")
    hide = "(hidden) => { Object.defineProperty(document, 'hidden', { value: hidden, configurable: true });"
    hide += "document.dispatchEvent(new Event('visibilitychange')); }"
    page.evaluate(hide, True)
    live.write("content/pages/a-propos.md", new="Pendant ce temps.")
    live.write(OLD, new="Ici aussi.")
    for _ in range(200):
        if "Pendant ce temps." in get(f"{live.address}a-propos/") and "Ici aussi." in get(f"{live.address}posts/ancien/"):
            break
        sleep(0.05)
    assert not page.evaluate(shows("Ici aussi."))
    page.evaluate(hide, False)
    until(page, shows("Ici aussi."))

    assert page.evaluate("window.isSame")


@pytest.mark.long
def test_a_new_title_is_seen_on_its_page_and_in_lists(live, page, browser):
    """Two windows: the text in one, the list in the other."""
    other = browser.new_page()
    opened(page, live, "posts/ancien/")
    opened(other, live, "posts/")
    live.write(OLD, old="title: Un ancien billet", new="title: Un billet tout autre")
    until(page, f"document.title.includes('Un billet tout autre') && {shows('Un billet tout autre')}")
    until(other, shows("Un billet tout autre"))

    live.write(OLD, old="title: Un billet tout autre", new="title: Un ancien billet")
    until(other, shows("Un ancien billet"))
    other.close()


def test_a_style_is_exchanged_and_the_page_stays(live, page):
    opened(page, live, "posts/ancien/")
    live.write("theme/style/zz-essai.css", whole="main { outline: 7px solid rgb(1, 2, 3); }\n")
    until(page, "getComputedStyle(document.querySelector('main')).outlineWidth === '7px'")

    assert page.evaluate("window.isSame")
    assert 1 == page.evaluate("document.querySelectorAll('link[rel=stylesheet]').length")
    (live.root / "theme/style/zz-essai.css").unlink()
    until(page, "getComputedStyle(document.querySelector('main')).outlineWidth !== '7px'")


@pytest.mark.long
def test_what_is_typed_open_and_read_is_kept_when_a_page_is_loaded_anew(live, page):
    """What scripts may have taken hold of is never exchanged under them."""
    opened(page, live, "search/?q=puits")
    field = page.locator("main input[type=search]")
    field.fill("une demi-phrase")
    page.evaluate("document.querySelector('main input[type=search]').setSelectionRange(3, 5)")
    page.evaluate("for (const one of document.querySelectorAll('main details')) one.open = true")
    where = page.evaluate("scrollTo(0, 40), scrollY")
    assert where > 0
    ours = Path(__file__).parents[2] / "theme" / "templates" / "search.html"
    live.write("theme/templates/search.html", whole=ours.read_text(encoding="utf-8").replace("<h1", "<p data-essai>Un gabarit à soi</p><h1", 1))
    until(page, shows("Un gabarit à soi"))
    page.wait_for_timeout(500)

    assert page.evaluate("window.isSame === undefined")
    assert where == page.evaluate("scrollY")
    assert "une demi-phrase" == field.input_value()
    assert page.evaluate("document.activeElement.matches('main input[type=search]')")
    assert [3, 5] == page.evaluate("[document.activeElement.selectionStart, document.activeElement.selectionEnd]")
    assert page.evaluate("[...document.querySelectorAll('main details')].every((one) => one.open)")
    (live.root / "theme/templates/search.html").unlink()
    until(page, f"!{shows('Un gabarit à soi')}")


@pytest.mark.long
def test_a_template_that_changes_the_root_of_a_page_is_seen(live, page):
    """What stands there decides how all of it is read and drawn."""
    opened(page, live, "posts/")
    ours = Path(__file__).parents[2] / "theme" / "templates" / "base.html"
    live.write("theme/templates/base.html", whole=ours.read_text(encoding="utf-8").replace("<html ", '<html class="essai" ', 1))
    until(page, "document.documentElement.classList.contains('essai')")
    (live.root / "theme/templates/base.html").unlink()
    until(page, "!document.documentElement.classList.contains('essai')")


@pytest.mark.long
def test_a_text_that_comes_moves_and_goes_is_followed(live, page):
    opened(page, live, "posts/")
    live.write("content/posts/neuf.md", whole=text("Tout neuf.", title="Un billet neuf", date="2026-03-10"))
    until(page, shows("Un billet neuf"))
    (live.root / "content/posts/neuf.md").rename(live.root / "content/posts/encore-neuf.md")
    until(page, "document.querySelector(\"a[href='/hub/posts/encore-neuf/']\")")
    page.goto(live.address + "posts/encore-neuf/")
    until(page, shows("Tout neuf."))
    (live.root / "content/posts/encore-neuf.md").unlink()
    until(page, f"!{shows('Tout neuf.')}")


@pytest.mark.long
def test_a_page_that_is_not_there_yet_appears(live, page):
    """An editor follows a link to a text that is still to be written."""
    page.goto(live.address + "posts/attendu/")
    page.wait_for_timeout(300)
    live.write("content/posts/attendu.md", whole=text("Le voilà.", title="Attendu", date="2026-03-10"))
    until(page, shows("Le voilà."))
    (live.root / "content/posts/attendu.md").unlink()
    until(page, f"!{shows('Le voilà.')}")


@pytest.mark.long
def test_settings_are_followed(live, page):
    opened(page, live, "posts/ancien/")
    before = (live.root / "hub.toml").read_text(encoding="utf-8")
    live.write("hub.toml", whole=before.replace('name = "Le village"', 'name = "Le hameau"', 1))
    until(page, shows("Le hameau"))
    live.write("hub.toml", whole=before)
    until(page, f"!{shows('Le hameau')}")


@pytest.mark.long
def test_an_editor_that_writes_by_renaming_is_followed(live, page):
    """Vim, and most others."""
    opened(page, live, "posts/ancien/")
    file = live.root / OLD
    fresh = file.with_name("ancien.md.tmp")
    fresh.write_text(file.read_text(encoding="utf-8") + "\nÉcrit à côté.\n", encoding="utf-8")
    os.replace(fresh, file)
    until(page, shows("Écrit à côté."))


@pytest.mark.long
def test_two_hundred_files_at_once_are_a_few_builds(live, page):
    """As another branch is checked out."""
    opened(page, live, "posts/")
    built = len(live.screen.lines)
    texts = {f"content/posts/b{n:03}.md": text(f"Le {n}.", title=f"Billet {n:03}", date="2026-03-12") for n in range(200)}
    write(live.root, texts)
    until(page, "fetch('/hub/posts/b199/').then((answer) => answer.ok)")
    for name in texts:
        (live.root / name).unlink()
    until(page, "fetch('/hub/posts/b199/').then((answer) => !answer.ok)")

    assert len(live.screen.lines) - built <= 12


@pytest.mark.long
def test_two_browsers_see_the_same(live, browser):
    """The editor's, and that of whoever looks over the shoulder."""
    contexts = [browser.new_context() for _ in range(2)]
    pages = [context.new_page() for context in contexts]
    for one in pages:
        opened(one, live, "posts/ancien/")
    live.write(OLD, new="Pour les deux.")
    for one in pages:
        until(one, shows("Pour les deux."))
    for context in contexts:
        context.close()


@pytest.mark.long
def test_a_page_s_scripts_work_on_after_its_words_were_exchanged(live, browser):
    """The reader's own clock, the choice of a scheme, the field of the search, and a button that copies."""
    context = browser.new_context(timezone_id="America/New_York", permissions=["clipboard-read", "clipboard-write"])
    page = context.new_page()
    opened(page, live, "contests/photo/")
    clock = page.locator("[data-starts][data-here]").first
    told = clock.text_content()
    assert "À votre horloge" in told
    page.locator(".seek input:visible").first.fill("une demi-question")
    live.write(PHOTO, new="Une phrase neuve.")
    until(page, shows("Une phrase neuve."))

    assert page.evaluate("window.isSame")
    assert told == clock.text_content()
    assert "une demi-question" == page.locator(".seek input:visible").first.input_value()
    before = page.evaluate("document.documentElement.dataset.scheme ?? 'auto'")
    page.locator("button.scheme:visible").first.click()
    assert before != page.evaluate("document.documentElement.dataset.scheme ?? 'auto'")
    opened(page, live, "subscribe/")
    live.write("hub.toml", old='description = "Une petite communauté', new='description = "Une communauté')
    until(page, shows("Une communauté entière"))
    button = page.locator("button[data-copy]:visible").first
    button.click()
    until(page, "document.querySelector('main [role=status]').textContent")
    assert button.get_attribute("data-copy") == page.evaluate("navigator.clipboard.readText()")
    live.write("hub.toml", old='description = "Une communauté', new='description = "Une petite communauté')
    until(page, shows("Une petite communauté entière"))
    context.close()


@pytest.mark.long
def test_what_a_script_took_hold_of_is_loaded_anew(live, browser):
    """A moment that the reader's clock was read for is another one now."""
    context = browser.new_context(timezone_id="America/New_York")
    page = context.new_page()
    opened(page, live, "contests/photo/")
    clock = "document.querySelector('[data-starts][data-here]')?.textContent"
    told = page.evaluate(clock)
    live.write(PHOTO, old="closes: 2026-03-31", new="closes: 2026-03-31 20:00")
    until(page, f"{clock}.includes('14')")

    assert page.evaluate("window.isSame === undefined")
    live.write(PHOTO, old="closes: 2026-03-31 20:00", new="closes: 2026-03-31")
    until(page, f"{clock} === {told!r}")
    context.close()
