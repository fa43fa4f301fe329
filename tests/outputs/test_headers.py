"""What hosts are told to send with each file."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from tests.hubs import files_of, load_village, options, village

from handbill.outputs.headers import FILE, POLICY, Rule, make, plan, read_rules, rules, sent, written
from handbill.outputs.policy import letter_policy, site_policy
from handbill.pipeline import build


@pytest.fixture(scope="module")
def settings():
    return load_village()[1]


@pytest.fixture(scope="module")
def published(tmp_path_factory) -> dict[str, bytes]:
    root = village(tmp_path_factory.mktemp("headers"))
    build(options(root))
    return files_of(root / "public")


def address(path: str) -> str:
    return "/hub/" + re.sub(r"(^|/)index\.html$", r"\1", path)


def test_the_file_lies_where_hosts_look_for_it(published, settings):
    """It counts from the root of what is published."""
    assert written(rules(settings)).encode() == published[FILE]
    assert b"" == published[".nojekyll"]


def test_every_file_carries_the_policy_of_the_site_but_letters_as_mailed(published, settings):
    """With the policy of pages a letter would lose its styles, with its own a page could be styled from outside."""
    found = {path: sent(rules(settings), address(path))[POLICY] for path in published}

    letters = {path for path in published if path.endswith("/mail.html")}
    assert letters
    assert {letter_policy(settings)} == {found[path] for path in letters}
    assert {site_policy(settings)} == {policy for path, policy in found.items() if path not in letters}


def test_no_header_of_any_file_is_set_twice(published, settings):
    """Where two rules set one header, some hosts join both, others take the last: a sum of two ages is none."""
    for path in published:
        seen: set[str] = set()
        for rule in rules(settings):
            if sent([rule], address(path)):
                seen -= set(rule.instead)
                assert seen.isdisjoint(rule.headers), (path, rule.path)
                seen |= set(rule.headers)


def test_nothing_is_guessed_framed_or_told_elsewhere(settings):
    """A text that a browser takes for a script, a page in a frame, the address of a page told to a map."""
    found = sent(rules(settings), "/hub/posts/x/")

    assert "nosniff" == found["X-Content-Type-Options"]
    assert "strict-origin-when-cross-origin" == found["Referrer-Policy"]
    assert "same-origin" == found["Cross-Origin-Opener-Policy"]
    assert "camera=()" in found["Permissions-Policy"]


def test_a_promise_about_other_hosts_of_the_domain_is_not_made(settings):
    """Strict-Transport-Security binds a domain for months; whoever runs the domain decides."""
    assert "Strict-Transport-Security" not in written(rules(settings))


@pytest.mark.parametrize(
    ("path", "kind"),
    [
        ("calendars/all.ics", "text/calendar; charset=utf-8"),
        ("events/fete/event.ics", "text/calendar; charset=utf-8"),
        ("feeds/all.rss.xml", "application/rss+xml; charset=utf-8"),
        ("en/feeds/all.atom.xml", "application/atom+xml; charset=utf-8"),
        ("feeds/hub.opml", "text/x-opml; charset=utf-8"),
    ],
)
def test_what_hosts_guess_differently_is_named(published, settings, path, kind):
    """A calendar served as plain text opens as a page of letters and digits."""
    assert path in published
    assert kind == sent(rules(settings), address(path))["Content-Type"]


def test_types_are_those_of_the_preview(published, settings):
    """What an editor saw must be what members get; a mail's source is shown there and kept here."""
    from handbill.preview.found import content_type

    for path in published:
        named = sent(rules(settings), address(path)).get("Content-Type")
        assert named in (None, content_type(path)), path


def test_feeds_and_calendars_are_fresh_within_minutes_and_open_to_programs(settings):
    """A cancelled evening must not be in a calendar until tomorrow."""
    for path in ("/hub/feeds/all.json", "/hub/en/feeds/all.rss.xml", "/hub/calendars/tags/x.ics"):
        found = sent(rules(settings), path)
        assert "public, max-age=600" == found["Cache-Control"]
        assert "*" == found["Access-Control-Allow-Origin"]


def test_only_what_is_named_after_its_content_is_kept_for_ever(published, settings):
    """Anything else could be wrong for a year."""
    kept = {path for path in published if "immutable" in sent(rules(settings), address(path)).get("Cache-Control", "")}

    assert kept
    assert all(re.fullmatch(r"pagefind/(fragment|index|filter)/\w+_[0-9a-f]{7,}\.(pf_\w+|json)", path) for path in kept)


def test_pages_are_asked_for_again_each_time(published, settings):
    """That is what hosts do unless they are told otherwise."""
    assert not [path for path in published if path.endswith(".html") and "Cache-Control" in sent(rules(settings), address(path))]


def test_a_hub_at_the_root_has_rules_from_the_root():
    """A path that begins with two slashes matches nothing."""
    found = written(rules(load_village(base_url="https://village.example/")[1]))

    assert {"/*", "/*/mail.html", "/feeds/*.json", "/en/feeds/*.json", "/theme/*"} <= {line for line in found.splitlines() if line.startswith("/")}
    assert "//*" not in found


def test_hosts_with_limits_take_the_file(settings):
    """Cloudflare reads a hundred rules, of lines up to 2,000 characters, with one star each."""
    text = written(rules(settings))

    assert len(rules(settings)) <= 100
    assert max(map(len, text.splitlines())) <= 2000
    assert all(rule.path.count("*") <= 1 for rule in rules(settings))


def test_a_file_is_read_as_it_was_written(settings):
    """The preview sends what this file says."""
    assert rules(settings) == read_rules(written(rules(settings)))


def test_what_is_no_rule_is_left_out():
    """Communities may put a file of their own into the theme one day."""
    assert (Rule("/x/*", {"A": "b: c"}, ("D",)),) == read_rules("nonsense\nA: lost\n# /no\n/x/*\n  A: b: c\n  ! D\n  nothing\n")


def test_two_values_of_one_header_are_joined_as_hosts_do():
    assert {"A": "1, 2"} == sent([Rule("/*", {"A": "1"}), Rule("/x", {"A": "2"})], "/x")
    assert {"A": "2"} == sent([Rule("/*", {"A": "1"}), Rule("/x", {"A": "2"}, ("A",))], "/x")
    assert {} == sent([Rule("/x.y", {"A": "1"})], "/xzy")


def test_other_settings_are_another_file(settings):
    """The key decides whether the old file is kept."""
    hub, other = load_village(languages=("fr",))
    keys = [{one.path: one.key for one in plan([], {}, hub.hub, which)} for which in (settings, other)]

    assert keys[0][FILE] != keys[1][FILE]
    assert keys[0][".nojekyll"] == keys[1][".nojekyll"]
    assert [FILE, ".nojekyll"] == [one.path for one in make(list(plan([], {}, hub.hub, settings)), settings, Path("none"), Path("none"))]


HANDBOOK = Path(__file__).resolve().parents[2] / "handbook" / "reference" / "headers.md"


def test_servers_that_do_not_read_the_file_are_told_the_same():
    """Whoever copies from the handbook must not run an older policy than the build makes."""
    text = HANDBOOK.read_text(encoding="utf-8")
    _, plain = load_village(base_url="https://hub.example/")
    everywhere = rules(plain)[0].headers

    assert not plain.sign_up.origin
    for policy in (site_policy(plain), letter_policy(plain), everywhere["Permissions-Policy"]):
        assert 3 == text.count(f'"{policy}"'), policy
    for rule in rules(plain):
        for name, value in rule.headers.items():
            assert name == "Content-Type" or name in text
            if name == "Cache-Control":
                assert value.split("=")[1].split(",")[0] in text


def test_every_header_is_explained():
    text = HANDBOOK.read_text(encoding="utf-8")

    for name in {name for rule in rules(load_village()[1]) for name in rule.headers}:
        assert f"| `{name}" in text or f", `{name}" in text, name
