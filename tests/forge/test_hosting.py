"""A built site as a preview: right addresses, no way out, a banner on every page, and no search engine."""

from __future__ import annotations

import re

import pytest
from tests.hubs import files_of, options, village

from handbill.forge.artifact import Poisoned
from handbill.forge.hosting import PLACEHOLDER, hosted, is_published, roots
from handbill.pipeline import build

HOST = "https://previews.example/"
ABOUT = "https://github.com/atelier/hub/pull/7"


def moved(files, number=7):
    front = {"index.html": f'<!doctype html>\n<html lang="fr"><head><a href="{PLACEHOLDER}pr-{number}/">'.encode()}
    return hosted({**front, **files}, number, "a" * 40, HOST, ABOUT, "en")


@pytest.fixture(scope="module")
def site(tmp_path_factory):
    """Return the village as a proposal's check builds it, and as a preview."""
    root = village(tmp_path_factory.mktemp("hosting"))
    made = options(root, base_url=f"{PLACEHOLDER}pr-7/", records=False)
    build(made)
    files = {name: content for name, content in files_of(made.output).items() if is_published(name)}
    return files, hosted(files, 7, "a" * 40, HOST, ABOUT, "fr")


def test_no_link_of_a_whole_hub_leads_out_of_its_preview(site):
    """Another project's previews had links that left for the real site; reviewers approved what was there already."""
    files, shown = site

    assert {f"pr-7/{name}" for name in files} == set(shown)
    left = {name for name, content in shown.items() if b"preview.invalid/" in content.replace(b"\r\n ", b"")}
    assert all(name.endswith(".eml") for name in left), left
    pages = [content.decode() for name, content in shown.items() if name.endswith(".html")]
    assert len(pages) > 30
    for page in pages:
        own = re.findall(r'(?:href|src|action)="(/[^"]*)"', page)
        assert all(one.startswith("/pr-7/") or one == "/preview.css" for one in own)
        assert f'rel="canonical" href="{HOST}pr-7/' in page or "canonical" not in page


def test_every_page_of_it_says_that_it_is_a_preview_and_is_not_to_be_found(site):
    """Somebody gets the address by mail, and takes it for the announcement."""
    _, shown = site
    for name, content in shown.items():
        if name.endswith(".html"):
            page = content.decode()
            assert page.lower().startswith(("<!doctype html>\n<html", "<!doctype html><html"))
            assert 1 == page.count('role="note"') == page.count("noindex, nofollow")
            assert page.index("noindex") < page.index("charset")
            assert "7" in page.split('role="note"')[1][:300]


def test_calendars_keep_lines_that_programs_can_read(site):
    """Another length of an address moves where lines are broken."""
    _, shown = site
    calendars = [content for name, content in shown.items() if name.endswith(".ics")]

    assert calendars
    for content in calendars:
        assert content.endswith(b"\r\n")
        assert all(len(line) <= 75 for line in content.split(b"\r\n"))
        assert f"{HOST}pr-7/".encode() in content.replace(b"\r\n ", b"")
        content.decode("utf-8")


@pytest.mark.parametrize(
    ("page", "begins"),
    [
        (b"<p>no page", b"<!doctype html><meta"),
        (b"<!DOCTYPE html><!-- <head> --><html><head><title>x", b"<!DOCTYPE html><meta"),
        (b"<script>document.write('<head>')</script>", b"<!doctype html><meta"),
        (b"<!doctype html>\n<html lang=fr>\n<head>\n<title>", b"<!doctype html>\n<html lang=fr>\n<head><meta"),
        (b"", b"<!doctype html><meta"),
        (b"\xff\xfe<html>", b"<!doctype html><meta"),
    ],
)
def test_a_page_that_is_none_of_ours_gets_both_all_the_same(page, begins):
    """Whatever comes first in a page decides what may be loaded."""
    found = moved({"x.html": page})["pr-7/x.html"]

    assert found.startswith(begins + b' name="robots" content="noindex, nofollow"><meta http-equiv="Content-Security-Policy"')
    assert 1 == found.count(b'role="note"')


def test_addresses_within_texts_are_put_in_however_they_are_written():
    """In JSON with escaped slashes, and in addresses that carry another."""
    files = {
        "a.json": b'{"u": "https:\\/\\/preview.invalid\\/pr-7\\/x"}',
        "b.html": b"mailto:?body=https%3A%2F%2Fpreview.invalid%2Fpr-7%2Fx",
        "c.png": b"https://preview.invalid/",
    }
    found = moved(files)

    assert b'{"u": "https:\\/\\/previews.example\\/pr-7\\/x"}' == found["pr-7/a.json"]
    assert b"mailto:?body=https%3A%2F%2Fpreviews.example%2Fpr-7%2Fx" in found["pr-7/b.html"]
    assert b"https://preview.invalid/" == found["pr-7/c.png"], "pictures stay as they are"


@pytest.mark.parametrize("front", [b"", f"{PLACEHOLDER}pr-70/".encode(), b"https://atelier.example/", f"{PLACEHOLDER}".encode()])
def test_a_site_that_was_built_for_another_address_is_refused(front):
    """Its links would lead to the hub, or into another proposal's preview."""
    with pytest.raises(Poisoned, match="not built for"):
        hosted({"index.html": front}, 7, "a" * 40, HOST, ABOUT, "en")


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("index.html", True), ("feeds/all.json", True), ("pagefind/fragment/fr_1.pf_fragment", True), ("media/a.webp", True), ("calendars/all.ics", True),
        ("_headers", False), ("_redirects", False), ("_worker.js", False), ("CNAME", False), ("robots.txt", False), (".nojekyll", False), (".well-known/x.txt", False),
        ("a/.git/config", False), ("a.php", False), ("a.exe", False), ("a", False), ("_layouts/a.html", False), ("a.zip", False), ("a.shtml", False),
    ],
)  # fmt: skip
def test_only_files_of_a_hub_are_put_up(name, expected):
    """Others tell the host what to do, or are things to be downloaded and run."""
    assert expected is is_published(name)


def test_the_root_of_all_previews_says_so():
    """And keeps everybody away who looks for pages."""
    found = roots("fr")

    assert {".nojekyll", "_headers", "index.html", "preview.css", "robots.txt"} == set(found)
    assert b"Disallow: /\n" in found["robots.txt"]
    assert b"X-Robots-Tag: noindex, nofollow" in found["_headers"]
    assert b"noindex" in found["index.html"]
