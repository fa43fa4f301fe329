"""What browsers may do for a page: nothing that the page does not need."""

from __future__ import annotations

import pytest
from tests.hubs import load_village, write

from handbill.outputs.policy import letter_policy, page_policy, site_policy
from handbill.settings import read_settings
from handbill.settings_duties import SignUp


def settings(**changes):
    return load_village(**changes)[1]


def directives(policy: str) -> dict[str, list[str]]:
    return {name: sources for name, *sources in (one.split() for one in policy.split(";"))}


POLICIES = {
    "page": page_policy(settings()),
    "subscribing": page_policy(settings(), sends_form=True),
    "item": page_policy(settings(), shows_talk=True),
    "site": site_policy(settings()),
    "letter": letter_policy(settings()),
}


@pytest.mark.parametrize("name", POLICIES)
def test_what_is_not_named_is_forbidden(name):
    """A directive forgotten must close a door, never leave one open."""
    found = directives(POLICIES[name])

    assert ["'none'"] == found["default-src"] == found["base-uri"]
    assert "form-action" in found


@pytest.mark.parametrize("name", ["page", "subscribing", "item", "site"])
def test_no_page_runs_or_styles_what_stands_in_its_text(name):
    """A line of script that slips into a text must stay a line of text."""
    assert "unsafe-inline" not in POLICIES[name]
    assert "'unsafe-eval'" not in POLICIES[name]
    assert "*" not in POLICIES[name]
    assert "data:" not in POLICIES[name]
    assert "http" not in POLICIES[name]


def test_no_page_runs_web_assembly_and_the_worker_of_the_search_may():
    """A worker is held to the header of its own file alone."""
    assert ["'self'"] == directives(POLICIES["page"])["script-src"]
    assert ["'self'", "'wasm-unsafe-eval'"] == directives(POLICIES["site"])["script-src"]


def test_the_site_allows_what_any_page_needs():
    """Browsers allow what the header and the page both allow: a header stricter than a page would break it."""
    site = directives(POLICIES["site"])

    for name in ("page", "subscribing", "item"):
        for directive, sources in directives(POLICIES[name]).items():
            assert set(sources) <= set(site[directive]), directive


def test_nobody_shows_the_hub_inside_another_page():
    """A button under a transparent frame is pressed for someone else; only a header can forbid that."""
    assert ["'none'"] == directives(POLICIES["site"])["frame-ancestors"] == directives(POLICIES["letter"])["frame-ancestors"]
    assert "frame-ancestors" not in POLICIES["page"]


def test_a_discussion_is_framed_by_pages_that_have_one_and_by_no_other(tmp_path):
    """Only where hub.toml names it, and only there may another site be shown; its scripts never run in ours."""
    talk = '[discussion]\nrepo = "a/b"\nrepo_id = "R_1"\ncategory = "C"\ncategory_id = "D_1"\n'
    hub = '[hub]\nname = "X"\nbase_url = "https://x.example/"\n'
    plain, framing = (read_settings(write(tmp_path / name, {"hub.toml": text})) for name, text in (("a", hub), ("b", hub + talk)))

    assert ["https://giscus.app"] == directives(page_policy(framing, shows_talk=True))["frame-src"] == directives(site_policy(framing))["frame-src"]
    assert ["'self'"] == directives(page_policy(framing, shows_talk=True))["script-src"]
    assert "frame-src" not in page_policy(framing) + page_policy(plain, shows_talk=True) + site_policy(plain)


def test_the_form_to_subscribe_may_be_sent_to_the_sender_of_letters_alone(tmp_path):
    """A form that a text brings along must not carry an address elsewhere."""
    form = '[subscribe]\naction = "https://lettre.example/inscription"\n'
    settings = read_settings(write(tmp_path, {"hub.toml": '[hub]\nname = "X"\nbase_url = "https://x.example/"\n' + form}))

    assert ["'self'", "https://lettre.example"] == directives(page_policy(settings, sends_form=True))["form-action"]
    assert ["'self'", "https://lettre.example"] == directives(site_policy(settings))["form-action"]
    assert ["'self'"] == directives(page_policy(settings))["form-action"]


def test_a_letter_may_be_styled_inline_and_do_nothing():
    """Its bytes are those that were mailed: styles in each element, pictures with whole addresses."""
    found = directives(POLICIES["letter"])

    assert ["'unsafe-inline'"] == found["style-src"]
    assert ["'self'", "https://village.example"] == found["img-src"]
    assert ["'none'"] == found["form-action"]
    assert "script-src" not in found


def test_a_form_may_send_to_the_sender_of_letters_and_to_nobody_else():
    """Without the line the button would do nothing, and nobody would see why; on other pages no form leads away."""
    one = settings(sign_up=SignUp("https://lettre.example/subscription/form"))

    assert ["'self'", "https://lettre.example"] == directives(page_policy(one, sends_form=True))["form-action"]
    assert ["'self'", "https://lettre.example"] == directives(site_policy(one))["form-action"]
    assert ["'self'"] == directives(page_policy(one))["form-action"]
    assert ["'self'"] == directives(page_policy(settings(), sends_form=True))["form-action"]
