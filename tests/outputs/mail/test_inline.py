"""Rules onto elements."""

from handbill.outputs.mail.inline import inlined

HEAD = "<!doctype html><html><head><style>@media (max-width:1px) { .a { color: blue !important; } }</style></head><body>"


def test_rules_stand_on_the_elements_and_the_head_stays_as_it_is():
    """css-inline 0.23 inlines nothing at all when it is told to keep rules with @, so we never tell it."""
    html = inlined(HEAD + '<p class="a" style="margin:0">é</p></body></html>', ".a { color: red; } .b { color: green; }")

    assert '<p class="a" style="color:red;margin:0">é</p>' in html
    assert "@media (max-width:1px) { .a { color: blue !important; } }" in html
    assert "green" not in html


def test_what_only_one_program_reads_survives():
    """Comments with conditions are how widths reach Outlook."""
    assert "<!--[if mso]><table><tr><td><![endif]-->" in inlined(
        HEAD + "<!--[if mso]><table><tr><td><![endif]--><p>x</p></body></html>", "p { color: red; }"
    )


def test_no_style_sheet_is_fetched():
    """A build uses no network, and a missing file must not stop it either."""
    html = HEAD.replace("<style>", '<link rel="stylesheet" href="https://127.0.0.1:9/a.css"><style>') + "<p>x</p></body></html>"

    assert '<p style="color:red">' in inlined(html, "p { color: red; }")
