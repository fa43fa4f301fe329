from __future__ import annotations

import pytest
from tests.hubs import load_village

from handbill.outputs.headers import FILE, rules, written
from handbill.preview.headers import headers_for


@pytest.fixture
def folder(tmp_path):
    (tmp_path / FILE).write_text(written(rules(load_village(base_url="http://127.0.0.1:8000/")[1])), encoding="utf-8")
    return tmp_path


def test_a_page_is_shown_under_the_policy_that_it_will_have(folder):
    """A script that works in the preview and nowhere else is found out by members."""
    found = headers_for(folder, "/posts/x/")

    assert "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; style-src 'self'" in found["Content-Security-Policy"]
    assert "strict-origin-when-cross-origin" == found["Referrer-Policy"]


def test_a_letter_as_mailed_still_loads_itself_again(folder):
    """It may run nothing when published; here the preview's own script must."""
    policy = headers_for(folder, "/newsletters/x/mail.html")["Content-Security-Policy"]

    assert policy.startswith("default-src 'none'; style-src 'unsafe-inline'")
    assert policy.endswith("; script-src 'self'; connect-src 'self'")


def test_what_the_preview_shows_is_fresh_and_for_nobody_else(folder):
    """Feeds are open to any page once published; drafts on this machine are not."""
    assert {"Content-Security-Policy", "Referrer-Policy", "Permissions-Policy", "Cross-Origin-Opener-Policy"} == set(
        headers_for(folder, "/feeds/all.rss.xml")
    )


def test_before_the_first_build_there_is_nothing_to_send(tmp_path):
    assert {} == headers_for(tmp_path, "/")
