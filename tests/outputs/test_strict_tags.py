"""Tags as every program reads them, and what is told instead of being guessed."""

from __future__ import annotations

import re

import pytest

from handbill.errors import Said
from handbill.outputs.strict_tags import Tag, leads_away, runs, tags


def read(html: str) -> list[Tag]:
    found = list(tags(html))
    assert all(isinstance(one, Tag) for one in found), found
    return [one for one in found if isinstance(one, Tag)]


@pytest.mark.parametrize(
    ("html", "tag"),
    [
        ("<p>", Tag("p", is_end=False, values=())),
        ("</P >", Tag("p", is_end=True, values=())),
        ("<Br/>", Tag("br", is_end=False, values=())),
        ("<input disabled CHECKED>", Tag("input", is_end=False, values=(("disabled", ""), ("checked", "")))),
        ("<a href=x title='a > b' rel = \"c d\">", Tag("a", is_end=False, values=(("href", "x"), ("title", "a > b"), ("rel", "c d")))),
        ('<a title="&lt;i&gt; &#106;s">', Tag("a", is_end=False, values=(("title", "<i> js"),))),
        ("<img\n  src='a\nb'\t/>", Tag("img", is_end=False, values=(("src", "a\nb"),))),
    ],
)
def test_a_tag_that_is_written_as_it_should_be_is_read(html, tag):
    """Names in small letters, signs resolved: what a browser makes of it."""
    assert [tag] == read(html)


@pytest.mark.parametrize("text", ["a < b", "a <3", "1<2>1", "<", "x <= y", "&lt;p&gt;"])
def test_a_sign_of_the_text_is_no_tag(text):
    """A browser shows it."""
    assert [] == read(text)


@pytest.mark.parametrize(
    "html",
    ["<p", "<p x='>", "<p/onclick=x>", "<p a=b'c>", "<p a=`b`>", "<!-- x -->", "<!>", "<?x?>", "</>x<p", "<p a b=<>", "<p\0>", "<pé>"],
)
def test_what_programs_read_in_two_ways_is_told(html):
    """Nobody has to know how each of them reads it."""
    assert any(isinstance(one, Said) for one in tags(html))


def test_what_follows_a_tag_that_is_not_whole_is_looked_at_too():
    """One that hides behind another must not be missed."""
    first, second = tags("<p x='\n<script>")

    assert ("a tag that is not whole (<p x=')", "script") == (str(first), second.name)


def test_only_the_first_title_and_the_first_doctype_are_passed_over():
    """A second one is a tag as any other, and who knows what stands where decides."""
    assert ["html", "p"] == [tag.name for tag in read(" <!DOCTYPE html><html><title>a &lt; b</title><p>")]
    assert ["title", "title"] == [tag.name for tag in read("<title>a</title><title>b</title>")]
    assert isinstance(list(tags("<p><!doctype html>"))[1], Said)


def test_what_is_passed_over_is_passed_whole():
    """A note for some mail programs, for instance."""
    assert ["p"] == [tag.name for tag in tags("<!-- <b> --><p>", re.compile("<!--.*?-->")) if isinstance(tag, Tag)]


@pytest.mark.parametrize(
    "address", ["javascript:x()", " \x01JavaScript:x()", "java\nscript:x()", "data:text/html,x", "vbscript:x", "file:///x"]
)
def test_an_address_that_leads_nowhere_runs(address):
    """Whatever blanks a browser passes over."""
    assert runs(address)


@pytest.mark.parametrize(
    "address", ["https://hub.example/", "HTTP://hub.example", "mailto:x@example.org", "/a:b", "#x:y", "a/b", "", "é:x"]
)
def test_an_address_that_leads_somewhere_does_not_run(address):
    """A path may hold a colon."""
    assert not runs(address)


@pytest.mark.parametrize(
    "address", ["//x.example", "\\\\x.example", "/\\x.example", "https:x", "\t//x.example", "h\nttps://x.example", "data:x"]
)
def test_whatever_names_another_host_leads_away(address):
    """Two slashes of either sort are enough."""
    assert leads_away(address)


@pytest.mark.parametrize("address", ["/x//y", "x", "./a:b", "", "?a=b:c", "#c:d"])
def test_a_path_of_the_hub_stays(address):
    """Pictures lie there."""
    assert not leads_away(address)
