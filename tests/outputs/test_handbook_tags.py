"""What a page of the handbook may not hold, however it is written."""

from __future__ import annotations

import pytest
from tests.hostile.inert import active_nodes
from tests.hostile.payloads import payloads

from handbill.outputs.handbook_tags import unknown

PAGE = "<!doctype html>\n<html lang=en><head><title>A page</title></head><body><main id=main>{}</main></body></html>"


def told(inside: str) -> list[str]:
    return [str(one) for one in unknown(PAGE.format(inside))]


@pytest.mark.parametrize(
    "html",
    [
        '<p class="x" id="y" lang="fr" dir="rtl" title="a > b" tabindex="0" role="region" aria-label="z">a < b & 3 <4</p>',
        '<a class="headerlink" href="#y" title="Permanent link">&para;</a><a href="https://elsewhere.example/" hreflang=fr>x</a>',
        '<div class="tabbed-set" data-tabs="1:2"><input checked="checked" id="__t" name="__t" type="radio" /><label for="__t">A</label></div>',
        "<label class=\"task-list-control\"><input type='checkbox' disabled checked/><span class=\"task-list-indicator\"></span></label>",
        '<details class="tip" open><summary>Y</summary></details><kbd class="key-a">A</kbd><mark>m</mark><abbr title="y">HTML</abbr>',
        '<div class="highlight"><table class="highlighttable"><tr><td class="linenos"><pre><span></span></pre></td></tr></table></div>',
        '<video src="a.mp4" poster="b.png" controls></video><img srcset="a.png 1x, b.png 2x" src="a.png" alt="x"/>',
        '<svg class="icon" viewBox="0 0 24 24" aria-hidden="true" focusable="false"><path d="M0 0"/><circle cx=1 cy=1 r=1 /></svg>',
        '<link rel="canonical" href="https://hub.example/">',
        "<code>&lt;script src=x&gt; onclick=</code>",
    ],
)
def test_what_extensions_of_markdown_and_the_theme_make_is_known(html):
    """A check that cries wolf would be switched off."""
    assert [] == told(html)


@pytest.mark.parametrize(
    ("html", "found"),
    [
        ('<svg><style><img src=x onerror="x()"></style></svg>', "the element <style>"),
        ('<noscript><p title="</noscript><img src=x onerror=x()>"></noscript>', "the element <noscript>"),
        ("<textarea><b></textarea>", "the element <textarea>"),
        ("<svg><a><animate attributeName=href values=javascript:x() /></a></svg>", "the element <animate>"),
        ("<math><mtext></math>", "the element <math>"),
        ("<p style=x>", "the attribute style of <p>"),
        ("<meta name=referrer content=unsafe-url>", "the element <meta>"),
        ('<button formaction="javascript:x()">', "the attribute formaction of <button>"),
        ('<a ping="https://elsewhere.example/">', "the attribute ping of <a>"),
        ("<img name=currentScript>", "the attribute name of <img>"),
        ('<img src="/\\elsewhere.example/x">', "a request to another site"),
        ('<video src="https:elsewhere.example/x">', "a request to another site"),
        ('<img srcset="a.png 1x, \t//elsewhere.example/b 2x">', "a request to another site"),
        ('<a href="java&#10;script:x()">', "an address that runs something"),
        ('<a href="&#1;javascript:x()">', "an address that runs something"),
        ("<!-- --!><script>x()</script>", "a tag that is not whole"),
        ("<![CDATA[x]]>", "a tag that is not whole"),
        ("<p title=\"x' onclick=x()>", "a tag that is not whole"),
        ("<p/onclick=x()>", "a tag that is not whole"),
        ("</p/x>", "a tag that is not whole"),
        ("<title>x<p></title>", "the element <title>"),
    ],
)
def test_what_is_not_known_is_told(html, found):
    """Programs that read HTML differ on each of these, so nobody has to know how."""
    assert told(html)[0].startswith(found)


def test_a_page_in_which_all_is_known_holds_nothing_that_acts():
    """The texts that the hub's own pages are tried with, as if Markdown had let through every sign; another reader looks at what is left."""
    silent = [one.text for one in payloads() if not told(one.text)]

    assert [] == [(text, found) for text in silent if (found := active_nodes(PAGE.format(text), "https://hub.example"))]
    assert len(silent) < len(payloads()) / 2


def test_a_page_of_very_many_tags_is_read_in_one_go():
    """A page may be as long as a book."""
    assert [] == told("<p>a < b</p>" * 20_000)
    assert ["a tag that is not whole (<a <a <a <a <a <a <a <a <a <a <a <a <a <a <a <a <a <a <a <a )"] == told("<a " * 5_000)[:1]
