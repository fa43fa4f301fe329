"""Where previews may stand: on another site than the hub's, in every sense that a browser or a reader has of it."""

from __future__ import annotations

import pytest

from handbill.errors import WrongUse
from handbill.forge.origin import check_elsewhere, site_of


@pytest.mark.parametrize(
    ("preview", "hub"),
    [
        ("https://previews.example/", "https://atelier.example/"),
        ("https://atelier-previews.github.io", "https://atelier.github.io/hub/"),
        ("https://previews.asso.fr/", "https://atelier.asso.fr/"),
        ("https://a.pages.dev/", "https://atelier.example/"),
    ],
)
def test_another_site_is_taken(preview, hub):
    """A page there can read nothing that a browser keeps for the hub."""
    assert preview.rstrip("/") + "/" == check_elsewhere(preview, hub)


@pytest.mark.parametrize(
    ("preview", "hub"),
    [
        ("https://atelier.example/", "https://atelier.example/"),
        ("https://previews.atelier.example/", "https://www.atelier.example/"),
        ("https://atelier.example/", "https://hub.atelier.example/"),
        ("https://ATELIER.example./", "https://atelier.example/"),
        ("https://atelier.github.io/", "https://atelier.github.io/hub/"),
        ("https://atelier.github.io:443/", "https://atelier.github.io/hub/"),
        ("https://x.atelier.github.io/", "https://atelier.github.io/"),
        # Two sites, and nobody here can tell: it is refused.
        ("https://a.unknown.suffix/", "https://b.unknown.suffix/"),
    ],
)
def test_the_hubs_own_site_is_refused(preview, hub):
    """Projects of one owner share one origin; names below one domain share its cookies."""
    with pytest.raises(WrongUse, match="own site"):
        check_elsewhere(preview, hub)


@pytest.mark.parametrize(
    "preview",
    [
        "", "previews.example", "http://previews.example/", "https://", "https://previews.example/folder/", "https://previews.example/?x", "https://localhost/",
        "https://ada:x@previews.example/", "https://previews.example:8443/", "https://127.0.0.1/", "https://[::1]/", "https://prévues.example/", "https://x:y/",
    ],
)  # fmt: skip
def test_what_is_no_root_of_a_site_is_refused(preview):
    """Paths begin at the root, so that what stands in a page leads to the same preview."""
    with pytest.raises(WrongUse, match="no address for previews"):
        check_elsewhere(preview, "https://atelier.example/")


@pytest.mark.parametrize(
    ("address", "site"),
    [
        ("https://a.b.atelier.example/x", "atelier.example"),
        ("https://hub.atelier.github.io/", "atelier.github.io"),
        ("https://www.bbc.co.uk/", "bbc.co.uk"),
    ],
)
def test_a_site_is_what_one_owner_has(address, site):
    """By names alone: nobody is asked."""
    assert site == site_of(address)
