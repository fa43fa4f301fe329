"""A mail that is published as it was frozen holds nothing that a browser runs, asks or sends."""

from __future__ import annotations

from pathlib import Path

import pytest
from tests.cases import for_each
from tests.hostile.inert import active_nodes
from tests.hostile.payloads import payloads

from handbill.outputs.mail.acting import acting

ARCHIVE = Path(__file__).resolve().parents[3] / "newsletters" / "archive"
PAGE = "<!DOCTYPE html><html><head><title>A letter</title><style>p { margin: 0 }</style></head><body>{}</body></html>"


@pytest.mark.parametrize("mail", sorted(ARCHIVE.glob("*/mail.html")), ids=lambda file: file.parent.name)
def test_what_this_program_mailed_is_published(mail):
    """With its notes for one mail program, its style sheet and its tables."""
    assert [] == list(acting(mail.read_text(encoding="utf-8")))


@pytest.mark.parametrize(
    ("html", "found"),
    [
        ("<script>x()</script>", "the element <script>"),
        ("<p onclick=x()>", "the attribute onclick of <p>"),
        ('<a href="javascript:x()">', "an address that runs something"),
        ('<iframe srcdoc="x">', "the element <iframe>"),
        ("<svg onload=x()>", "the element <svg>"),
        ('<meta http-equiv="refresh" content="0;url=x">', "a page that leads elsewhere by itself"),
        ("<!-- --!><script>x()</script> -->", "a tag that is not whole"),
        ("<!--><script>x()</script>-->", "a tag that is not whole"),
        ('<p title="<!--" onclick=x() lang="-->">', "the attribute onclick of <p>"),
        ('<p title="<style>" onclick=x() lang="</style>">', "the attribute onclick of <p>"),
        ('<style><p title="</style><img src=x onerror=x()>"></style>', "the element <style>"),
        ("<title>x</title>", "the element <title>"),
        ("<textarea><p>", "the element <textarea>"),
    ],
)
def test_what_acts_is_told(html, found):
    """Whoever brings a letter into the archive brings bytes, and they are published."""
    assert next(acting(PAGE.replace("{}", html))).startswith(found)


#: What acts in any browser, old ones too, written down a second time: whoever takes a name from the module takes a defence from the archive.
ELEMENTS = (
    "applet area base bgsound button canvas dialog embed fencedframe form frame frameset iframe image isindex keygen link listing map marquee "
    "math noembed noframes noscript object plaintext portal script select slot style svg template textarea title xmp"
)
ADDRESSES = "background cite code data dynsrc href longdesc lowsrc poster src srcset usemap xlink:href"
NEVER = "action attributionsrc formaction manifest nonce onclick onx ping srcdoc"


@for_each("name", ELEMENTS.split())
def test_no_element_that_acts_is_published(name):
    """Nor one within which a browser reads by other rules; its end alone does nothing."""
    assert [f"the element <{name}>"] == list(acting(PAGE.replace("{}", f"<{name}>")))
    assert [] == list(acting(PAGE.replace("{}", f"</{name}>")))


@pytest.mark.parametrize("name", NEVER.split())
def test_no_attribute_that_acts_is_published(name):
    """Whatever it says."""
    assert [f"the attribute {name} of <p>"] == list(acting(PAGE.replace("{}", f'<p {name}="x">')))


@pytest.mark.parametrize("name", ADDRESSES.split())
def test_no_address_may_run_whatever_it_is_an_address_of(name):
    """It is told, but not all of it: some are as long as a program."""
    long = "javascript:" + "x" * 100

    assert [f"an address that runs something ({long[:60]})"] == list(acting(PAGE.replace("{}", f'<p {name}="{long}">')))
    assert [] == list(acting(PAGE.replace("{}", f'<p {name}="https://hub.example/x">')))


@pytest.mark.parametrize("name", ["content-type", "X-UA-Compatible", "content-language", " Content-Type "])
def test_what_a_mail_says_of_itself_may_stay(name):
    """Most programs that make mails write one of these."""
    assert [] == list(acting(PAGE.replace("{}", f'<meta http-equiv="{name}" content="x">')))


@pytest.mark.parametrize(
    "html", ["<!--[if mso]><v:rect onclick='x'></v:rect><![endif]-->", "<!--[if !mso]><!--><p>x</p><!--<![endif]-->", "<p>a < b</p>"]
)
def test_what_a_browser_passes_over_is_passed_over(html):
    """Outlook reads notes that nobody else does."""
    assert [] == list(acting(PAGE.replace("{}", html)))


def test_a_mail_of_which_nothing_is_told_holds_nothing_that_acts():
    """Another reader looks at what is left of all payloads."""
    silent = [one.text for one in payloads() if not [*acting(PAGE.replace("{}", one.text))]]

    found = [
        (text, told)
        for text in silent
        if (
            told := [one for one in active_nodes(PAGE.replace("{}", text), "https://essai.example", is_mail=True) if "elsewhere" not in one]
        )
    ]
    assert [] == found
