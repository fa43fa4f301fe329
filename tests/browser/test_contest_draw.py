"""The check of a draw in the reader's browser: what it says of right files and of wrong ones, how fast, and to whom it speaks."""

from __future__ import annotations

import base64
import json
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from tests.browser import sites
from tests.browser.looking import axe
from tests.browser.sites import Site
from tests.contests.lives import ID, ORDER
from tests.draw.pools import changed, pools
from tests.draw.samples import archive
from tests.outputs.decided import STANDS, decided_hub

from handbill.draw.proof import prove

if TYPE_CHECKING:
    from playwright.sync_api import Page

DRAW = f"contests/{ID}/draw/"


@pytest.fixture(scope="module")
def decided(ready: None, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    """Give the hub whose contest is drawn and confirmed, with its public files."""
    root = decided_hub(tmp_path_factory.mktemp("decided"))
    site = sites.built("a decided contest", root, STANDS["purged"])
    yield site
    site.host.close()


def checked(page: Page) -> dict[str, str]:
    """Return what the page says of each check, once it has said all."""
    page.wait_for_selector(".check-verdict:not([hidden])", timeout=60_000)
    page.wait_for_selector("#check-now:enabled", timeout=60_000)
    return {one.get_attribute("data-check"): one.get_attribute("data-state") or "" for one in page.locator(".checks > li").all()}


def dropped(page: Page, files: dict[str, bytes]) -> dict[str, str]:
    """Let the page check files that a reader kept, as a browser saved them: all in one folder."""
    page.locator("#kept").set_input_files(
        [{"name": name.rsplit("/", 1)[-1], "mimeType": "application/octet-stream", "buffer": raw} for name, raw in files.items()]
    )
    return checked(page)


def test_a_right_draw_is_told_as_right_without_asking_anyone_else(decided: Site, fresh: Callable[..., Page]) -> None:
    """Every check that can be made is made, and nobody but the hub learns of it."""
    page = fresh()
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.goto(decided.page(DRAW).url)
    before = len(asked)
    page.get_by_role("button", name="Vérifier le tirage dans mon navigateur").click()
    found = checked(page)

    assert {"right"} == {state for name, state in found.items() if name not in ("ballots", "answers")}
    assert page.get_by_text("Tout ce qui peut être calculé est juste.").is_visible()
    assert all(url.startswith(decided.host.address) for url in asked)
    # Nothing that checks is fetched before somebody asks for it.
    assert not any("draw-proof" in url or "bls" in url for url in asked[:before])
    assert any("bls" in url for url in asked[before:])


def test_one_changed_ticket_is_told_with_what_differs(decided: Site, fresh: Callable[..., Page]) -> None:
    """A file that was changed on the server after the draw."""
    page = fresh()
    page.goto(decided.page(DRAW).url)
    files = archive()
    found = dropped(page, files | {"pool.txt": files["pool.txt"].replace(b"c446", b"c447")})

    assert "wrong" == found["pool"]
    assert "right" == found["record"]
    assert page.get_by_text("pool.txt a l’empreinte").is_visible()
    assert page.get_by_text("Quelque chose est faux").is_visible()


@pytest.mark.long
@pytest.mark.parametrize("mechanism", ["draw", "jury", "quiz", "quiz+draw", "jury+vote"])
@pytest.mark.parametrize("algorithm", ["hubdraw-1", "rfc3797"])
def test_files_that_somebody_kept_are_checked_as_they_are(decided: Site, tab: Callable[..., Page], mechanism: str, algorithm: str) -> None:
    """Of another contest, of another hub, with ballots that lie in no folder any more."""
    page = tab()
    page.goto(decided.page(DRAW).url)
    files = archive(mechanism, algorithm)
    wanted = {one.name: {True: "right", False: "wrong", None: "unchecked"}[one.is_right] for one in prove(files)}

    assert wanted == dropped(page, files)


def test_files_without_a_record_are_no_contest(decided: Site, tab: Callable[..., Page]) -> None:
    page = tab()
    page.goto(decided.page(DRAW).url)
    dropped(page, {"pool.txt": b"a\n"})

    assert page.get_by_text("Aucun de ces fichiers n’est le registre").is_visible()


PROVE = """async (contests) => {
  const { prove } = await import(new URL("theme/draw-proof.js", document.querySelector("link[rel=icon]").href.replace(/theme.*/, "")));
  const { isSigned } = await import(new URL("theme/bls.js", document.querySelector("link[rel=icon]").href.replace(/theme.*/, "")));
  const known = new Map();
  const signed = async (round, signature) => {
    const key = `${round} ${signature}`;
    if (!known.has(key)) known.set(key, await isSigned(round, signature));
    return known.get(key);
  };
  const told = [];
  for (const one of contests) {
    const files = new Map(Object.entries(one).map(([name, text]) => [name, Uint8Array.from(atob(text), (sign) => sign.charCodeAt(0))]));
    const answers = [];
    for await (const { name, isRight } of prove(files, { isSigned: signed, pause: async () => {} })) answers.push([name, isRight]);
    told.push(answers);
  }
  return told;
}"""


def proved(page: Page, contests: list[dict[str, bytes]]) -> list[list[tuple[str, bool | None]]]:
    """Return what the script in the browser says of each check of each contest."""
    given = [{name: base64.b64encode(raw).decode("ascii") for name, raw in one.items()} for one in contests]
    return [[(name, is_right) for name, is_right in one] for one in page.evaluate(PROVE, given)]


@pytest.mark.long
def test_the_browser_and_the_program_agree_on_a_thousand_pools(decided: Site, tab: Callable[..., Page]) -> None:
    """Pools by chance, with further chances, skips, both ways to draw, juries and quizzes; each of twelve checks has one answer."""
    page = tab()
    page.goto(decided.page(DRAW).url)
    contests = list(pools(1000))

    assert [[(one.name, one.is_right) for one in prove(files)] for files in contests] == proved(page, contests)


@pytest.mark.long
def test_a_changed_byte_in_any_file_is_told_as_wrong(decided: Site, tab: Callable[..., Page]) -> None:
    """Three hundred changes by chance, in every file of every mechanism."""
    page = tab()
    page.goto(decided.page(DRAW).url)
    told = proved(page, list(changed(300)))

    assert 300 == len([one for one in told if any(is_right is False for _, is_right in one)])


@pytest.mark.long
def test_a_hundred_thousand_tickets_are_checked_while_the_page_answers(decided: Site, fresh: Callable[..., Page]) -> None:
    """A page that stands still for seconds looks broken; the longest stop is told by :func:`measure`."""
    page = fresh()
    page.goto(decided.page(DRAW).url)
    found = dropped(page, large())

    assert {"right"} == {state for name, state in found.items() if name not in ("ballots", "answers")}
    assert page.get_by_text("Places recalculées").is_visible()


def large(many: int = 100_000) -> dict[str, bytes]:
    """Return a contest with that many tickets."""
    return archive(lines=tuple(f"t{number:015}" for number in range(many)))


@pytest.mark.parametrize(("ticket", "said"), [(ORDER[0], "Il gagne"), (ORDER[2].upper(), "sur 2 lignes"), ("nobody", "pas dans la liste")])
def test_a_reader_finds_their_ticket(decided: Site, tab: Callable[..., Page], ticket: str, said: str) -> None:
    """The first thing that anybody wants to know, on the page that they come to first."""
    page = tab()
    page.goto(decided.page(f"contests/{ID}/").url)
    page.get_by_label("Retrouver votre ticket").fill(ticket)
    page.get_by_role("button", name="Rechercher", exact=True).last.click()
    page.wait_for_selector(".finder-answer[data-state]")

    assert said in page.locator(".finder-answer").inner_text().replace("\u00a0", " ")


def test_the_page_says_all_of_it_without_script(decided: Site, tab: Callable[..., Page]) -> None:
    """The way is told, the list and the digest stand there, and the lines that need Python alone."""
    page = tab(script=False)
    page.goto(decided.page(DRAW).url)

    assert not page.locator("#check-now").is_visible()
    assert not page.locator(".finder").is_visible()
    assert page.get_by_text("import hashlib, hmac, json").is_visible()
    assert page.get_by_role("link", name="pool.txt").is_visible()


def measure(many: int = 100_000) -> None:
    """Print how long the browser takes for a large pool, and the longest time in which the page did not answer.

    ``python -c "from tests.browser.test_contest_draw import measure; measure()"``
    """
    import tempfile

    from tests.browser.driving import Look, context, started

    with tempfile.TemporaryDirectory() as folder:
        site = sites.built("a decided contest", decided_hub(Path(folder)), STANDS["purged"])
        with started() as browser:
            page = context(browser, Look()).new_page()
            page.goto(site.page(DRAW).url)
            page.evaluate(_WATCH)
            dropped(page, large(many))
            print(json.dumps(page.evaluate("({ tickets: %d, ...window.watched })" % many)))  # noqa: T201, UP031
        site.host.close()


#: Notes when the check began and ended, and the longest time between two turns of the page.
_WATCH = """() => {
  const watched = { seconds: 0, longest_stop_s: 0 };
  window.watched = watched;
  document.getElementById("kept").addEventListener("change", () => {
    const began = performance.now();
    let before = began;
    const turn = () => {
      const now = performance.now();
      watched.longest_stop_s = Math.max(watched.longest_stop_s, (now - before) / 1000);
      before = now;
      if (document.querySelector(".check-verdict").hidden) setTimeout(turn);
      else watched.seconds = (now - began) / 1000;
    };
    setTimeout(turn);
  }, { capture: true });
}"""


@pytest.mark.long
@pytest.mark.parametrize("path", [DRAW, f"contests/{ID}/"])
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_nothing_before_and_after_the_check(decided: Site, tab: Callable[..., Page], scheme: str, path: str) -> None:
    """Answers appear where a screen reader hears them, in colours that can be read."""
    page = tab(scheme=scheme, width=360)
    page.goto(decided.page(path).url)
    before = axe(page)
    if path == DRAW:
        page.locator("#check-now").click()
        checked(page)
        dropped(page, archive() | {"pool.txt": b"a\n"})

    assert ((), ()) == (before, axe(page))
    assert 360 == page.evaluate("document.documentElement.scrollWidth")
