"""Going back with what a hub's settings say, whatever state the hub is in."""

from __future__ import annotations

import os
from dataclasses import replace
from datetime import timedelta

import pytest
from tests.hubs import files_of, options, text, write

from handbill.errors import ContentProblems
from handbill.pipeline import build, limits_of
from handbill.publishing.store import Limits, Store
from handbill.returning import earlier_sites, forget, go_back
from handbill.settings import Budget, read_settings


def published(root, *homes: bytes) -> None:
    """Publish a site for each page, as builds with the settings of the hub do."""
    for home in homes:
        store = Store(root / "public")
        with store.begin(limits_of(read_settings(root).budget)) as generation:
            generation.add("index.html", home.hex(), home)
            generation.publish()


def home_of(root) -> bytes:
    return (root / "public/index.html").read_bytes()


@pytest.fixture
def hub(tmp_path):
    """Return a hub of which three sites were published."""
    root = write(tmp_path / "hub", {})
    published(root, b"one", b"two", b"three")
    return root


def test_an_earlier_site_is_listed_put_back_and_forgotten(hub):
    assert [2, 1] == [one.number for one in earlier_sites(options(hub))]

    assert 3 == go_back(options(hub), 1).former
    assert b"one" == home_of(hub)
    assert b"three" == (go_back(options(hub), 3), home_of(hub))[1]

    assert 3 == forget(options(hub))
    assert () == earlier_sites(options(hub))


def test_a_hub_keeps_twenty_sites_of_a_thousand_megabytes_unless_it_says_otherwise(hub):
    assert Limits(20, 1000 * 1024**2) == limits_of(read_settings(hub).budget)

    settings = (hub / "hub.toml").read_text()
    (hub / "hub.toml").write_text(settings + "\n[budget]\nearlier = 3\nearlier_mb = 7\n")
    assert Limits(3, 7 * 1024**2) == limits_of(read_settings(hub).budget)
    assert Limits(20, 1000 * 1024**2) == limits_of(Budget(1, 1, 1))


def test_a_hub_that_wants_none_keeps_none(hub):
    settings = (hub / "hub.toml").read_text()
    (hub / "hub.toml").write_text(settings + "\n[budget]\nearlier = 0\n")

    published(hub, b"four")

    assert () == earlier_sites(options(hub))


@pytest.mark.parametrize("settings", ["[hub", "", "[hub]\nname = 3\n"], ids=["torn", "empty", "wrong"])
def test_one_goes_back_because_the_settings_are_wrong(hub, settings):
    """They may be what broke the site; and nothing is lost by what they cannot say."""
    (hub / "hub.toml").write_text(settings)

    assert b"two" == (go_back(options(hub), None), home_of(hub))[1]
    assert [3, 2, 1] == [one.number for one in earlier_sites(options(hub))]


def test_a_folder_elsewhere_has_earlier_sites_of_its_own(hub, tmp_path):
    other = replace(options(hub), output=tmp_path / "www")
    for home in (b"a", b"b"):
        with Store(other.output).begin(Limits(20, 1 << 30)) as generation:
            generation.add("index.html", home.hex(), home)
            generation.publish()

    go_back(other, None)

    assert b"a" == (tmp_path / "www/index.html").read_bytes()
    assert b"three" == home_of(hub)


@pytest.mark.skipif(not hasattr(os, "symlink"), reason="needs links")
@pytest.mark.parametrize("act", [earlier_sites, forget, lambda given: go_back(given, None)], ids=["list", "forget", "back"])
def test_a_link_in_the_place_of_the_folder_is_judged_as_by_a_build(hub, act):
    """It could lead to a folder of somebody else."""
    (hub / "elsewhere").symlink_to(hub / "nowhere")

    with pytest.raises(ContentProblems):
        act(replace(options(hub), output=hub / "elsewhere"))


@pytest.mark.long
def test_the_next_build_publishes_what_the_repository_says_as_if_nobody_had_gone_back(tmp_path):
    """Byte for byte, also where a build before it found that nothing had changed."""
    root = write(tmp_path / "hub", {"content/posts/a.md": text("Un."), "content/posts/b.md": text("Deux.")})
    states = []
    for words in ("Un.", "Un, et autre chose.", "Trois mots."):
        (root / "content/posts/a.md").write_text(text(words))
        build(options(root))
        states.append(files_of(root / "public"))
    assert build(options(root)).is_unchanged

    for number, wanted in ((1, states[0]), (2, states[1])):
        go_back(options(root), number)
        assert wanted == files_of(root / "public")

        report = build(options(root))

        assert not report.is_unchanged
        assert states[2] == files_of(root / "public")
        assert build(options(root)).is_unchanged

    go_back(options(root), 1)
    (root / "content/posts/b.md").write_text(text("Réparé."))
    build(options(root))
    build(options(root, output=tmp_path / "clean", no_cache=True))
    assert files_of(tmp_path / "clean") == files_of(root / "public")
    build(options(root, output=tmp_path / "later", as_of="2026-03-21 12:00"))
    build(replace(options(root), as_of=options(root).as_of + timedelta(days=1)))
    assert files_of(tmp_path / "later") == files_of(root / "public")
