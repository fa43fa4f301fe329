"""What 28 mail programs make of our letters, by the tables of caniemail.com."""

from collections import Counter

import pytest
from tests.outputs.mail.caniemail import CORE, as_read_by, in_the_dark, support, table, used
from tests.outputs.mail.mailed import excepted, mails

#: Of all pairs of what a letter relies on and a program, in hundredths.
MOST = 2


@pytest.fixture(scope="module")
def features():
    """Return what all mails are made of, and what only their style sheets use."""
    own, sheets = set(), set()
    for html in mails().values():
        one, other = used(html)
        own, sheets = own | one, sheets | other
    return own, sheets - own


def test_a_letter_relies_on_what_mail_programs_know(features):
    """At most two in a hundred plain noes; what they cost is a matter of looks."""
    relied = features[0] - set(excepted("What mail programs know"))
    cells = Counter(support(feature, *program) for feature in relied for program in CORE)
    noes = Counter({feature: sum(support(feature, *program) == "n" for program in CORE) for feature in relied})

    assert 28 == len(set(CORE))
    assert 40 <= len(relied)
    assert cells["n"] * 100 <= cells.total() * MOST, noes.most_common(12)


def test_no_feature_is_excepted_that_every_program_knows_or_no_mail_uses(features):
    """A list of exceptions grows by itself, and never shrinks."""
    for feature in excepted("What mail programs know"):
        assert feature in features[0], feature
        assert any(support(feature, *program) == "n" for program in CORE), feature


def test_rules_that_a_program_does_not_know_are_left_out():
    """The measure of dark colours in such programs (tests/browser/test_mails.py) rests on it."""
    html = "<style>/* a */ .a { b: c } .a > .b, .d { e: f !important; g: h } @media (prefers-color-scheme: dark) { .a { i: j !important; k: l } p:not(.x) { m: n } }</style>x"

    def left(*unknown):
        return "".join(as_read_by(frozenset(unknown), html).split())

    assert (
        "<style>.a{b:c}.a>.b,.d{e:f!important;g:h}@media(prefers-color-scheme:dark){.a{i:j!important;k:l}p:not(.x){m:n}}</style>x" == left()
    )
    assert "<style>.a{b:c}@media(prefers-color-scheme:dark){.a{i:j!important;k:l}p:not(.x){m:n}}</style>x" == left("css-selector-child")
    assert "<style>.a{b:c}.a>.b,.d{g:h}@media(prefers-color-scheme:dark){.a{k:l}}</style>x" == left("css-important", "css-pseudo-class-not")
    # Outlook knows dark colours, and not all selectors.
    assert any("css-pseudo-class-nth-child" in one and program[0] == "outlook" for one, program in in_the_dark().items())


def test_the_reading_of_a_mail_finds_what_is_in_it():
    """A reader that finds nothing would praise every letter."""
    html = """<!doctype html><body><style>@media (prefers-color-scheme: dark) { .a > td:hover { color: rgba(0,0,0,.5) !important } }</style>
    <!--[if mso]><style>p { float: left }</style><![endif]--><div style="padding-top:1em;display:flex;width:calc(1px + 2%)" role="x"><a href="#b">b</a>
    <svg></svg><img src="x.webp" srcset="y"></div>"""
    own, sheets = used(html)

    assert {
        "css-padding",
        "css-unit-em",
        "css-display",
        "css-display-flex",
        "css-width",
        "css-unit-percent",
        "html-role",
        "html-anchor-links",
        "html-svg",
        "image-webp",
        "html-srcset",
        "html-style",
    } <= own
    assert {
        "css-at-media",
        "css-at-media-prefers-color-scheme",
        "css-selector-child",
        "css-selector-class",
        "css-pseudo-class-hover",
        "css-rgba",
        "css-important",
    } <= sheets
    assert "css-float" not in own | sheets
    assert "n" == support("image-webp", "outlook", "windows")
    assert set(table()) >= own | sheets
