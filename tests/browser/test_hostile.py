"""Nothing that anybody writes runs in a browser, though no policy protects the page: the payloads of tests/hostile, poured and shown."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from tests.browser import driving
from tests.browser.driving import Look
from tests.browser.serving import Host
from tests.hostile.payloads import payloads
from tests.hostile.test_active import DIALECTS, MOST, read
from tests.outputs.test_handbook_tags import PAGE, told

from handbill.hub.allowed import NOTHING_BEYOND

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

ROOT = Path(__file__).resolve().parents[2]
HOSTILE = (Path(__file__).parent / "hostile.js").read_text(encoding="utf-8")

#: Runs before any page: what payloads call, and what would stop the browser.
MARK = """
globalThis.hits ??= [];
globalThis.hit = (...words) => void globalThis.top.hits.push([location.href, ...words, new Error().stack.slice(0, 300)].join(" "));
globalThis.alert = globalThis.confirm = globalThis.prompt = globalThis.print = globalThis.open = () => null;
"""

@pytest.fixture
def marked(browser: Browser) -> Iterator[Callable[[], tuple[Page, list[str]]]]:
    """Give tabs in which it is known what ran, with the list of who else was asked."""
    opened: list[Page] = []

    def one() -> tuple[Page, list[str]]:
        room = driving.context(browser, Look())
        room.add_init_script(MARK)
        asked: list[str] = []

        def judge(route: Any) -> None:
            if "127.0.0.1" in route.request.url:
                route.continue_()
            else:
                asked.append(route.request.url)
                route.abort()

        room.route("**/*", judge)
        opened.append(room.new_page())
        return opened[-1], asked

    yield one
    for page in opened:
        page.context.close()


@pytest.fixture
def stage(ready: None, tmp_path: Path) -> Iterator[Host]:
    """Give a host with one empty page, for what is poured into it."""
    (tmp_path / "index.html").write_text("<!doctype html><title>x</title><body></body>", encoding="utf-8")
    host = Host(tmp_path)
    yield host
    host.close()


def poured(page: Page, texts: list[str]) -> list[Any]:
    return page.evaluate(f"(texts) => {{ {HOSTILE} return hostile.pour(texts); }}", texts)


def bodies(step: int = 1) -> list[str]:
    """Return what texts of payloads become, in both dialects, and in a folder that may hold most."""
    found: dict[str, None] = {}
    for dialect in DIALECTS:
        for beyond in (NOTHING_BEYOND, MOST):
            for one in payloads()[::step]:
                draft, _ = read(one.text, dialect, beyond)
                if draft is not None:
                    found[draft.body.with_links(lambda link: link)] = None
    return list(found)


def test_a_payload_that_nobody_cleaned_is_noticed(marked, stage):
    """A watchman who is asleep is quiet, too."""
    page, asked = marked()
    page.goto(stage.address)

    found = poured(
        page, ['<p onclick="hit()">a</p><img src="https://elsewhere.example/x" onerror="hit()"><a href="javascript:hit()">b</a>']
    )

    assert 3 <= len(page.evaluate("hits"))
    assert {"p", "img", "a"} == {told.split(">")[0][1:] for _, _, told in found}
    assert [] != asked


@pytest.mark.parametrize("step", [16, pytest.param(1, marks=pytest.mark.long)])
def test_no_text_runs_asks_or_changes_its_nature(marked, stage, step):
    """As it is, and after a program has taken it apart and put it together again, as mail programs and editors do."""
    page, asked = marked()
    page.goto(stage.address)
    texts = bodies(step)

    found = poured(page, texts)

    assert [] == [(texts[at][:200], turn, told) for at, turn, told in found]
    assert [] == page.evaluate("hits")
    assert [] == asked


@pytest.mark.parametrize("step", [30, pytest.param(1, marks=pytest.mark.long)])
def test_no_page_of_a_handbook_in_which_all_is_known_runs_or_asks(marked, stage, step):
    """Each of these is let through with every sign of it: the check and the browser must read it alike."""
    page, asked = marked()
    pages = [PAGE.format(one.text) for one in payloads()[::step] if not told(one.text)]
    page.goto(stage.address)

    for at in range(0, len(pages), 60):
        page.evaluate(
            "(pages) => Promise.all(pages.map((text) => new Promise((done) => document.body.append(Object.assign("
            "document.createElement('iframe'), { srcdoc: text, onload: done })))))",
            pages[at : at + 60],
        )
        for frame in page.frames[1:]:
            frame.evaluate(f"() => {{ {HOSTILE} hostile.act(document); }}")
        page.evaluate("() => document.body.replaceChildren()")

    assert [] == page.evaluate("hits")
    assert [] == asked


@pytest.mark.long
@pytest.mark.parametrize(("dialect", "step"), [("github", 90), ("python-markdown", 120)])
def test_no_page_mail_or_search_runs_what_somebody_wrote(marked, ready, tmp_path, dialect, step):
    """A whole hub of payloads, served without its policy: every event on every element of every page."""
    command = [sys.executable, "-m", "tests.hostile.sinks", str(tmp_path), dialect, "0", str(step)]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, encoding="utf-8", check=False)
    assert 0 == done.returncode, done.stderr[-2000:]
    host = Host(tmp_path / "public")
    page, asked = marked()
    try:
        found: list[str] = []
        files = sorted((tmp_path / "public").rglob("*.html"))
        for file in files:
            path = file.relative_to(tmp_path / "public").as_posix().removesuffix("index.html")
            page.goto(host.address + path, wait_until="load")
            is_mail = file.name == "mail.html"
            may = "style" if is_mail else "use, .icon, .drawing, .seek, form.finder"
            told_here = page.evaluate(
                f"(may) => {{ {HOSTILE} const told = hostile.walk(document, may); hostile.act(document); return told; }}", may
            )
            found += [f"{path}: {one}" for one in told_here]
            found += [f"{path} ran {one}" for one in page.evaluate("hits")]
        page.goto(f"{host.address}search/?q=hit")
        page.wait_for_selector("#search-results li, #search-nothing:not([hidden])", timeout=20_000)
        page.evaluate(f"() => {{ {HOSTILE} hostile.act(document); }}")
        found += [f"search ran {one}" for one in page.evaluate("hits")]
    finally:
        host.close()

    assert [] == found
    assert [] == [one for one in asked if "essai.example" not in one]
