"""What every page begins with."""

from __future__ import annotations

from tests.hubs import load_village

from handbill.outputs.sheet import head


def test_a_page_knows_its_place_in_both_ways():
    """From the host on for links, with the whole origin for those who copy it."""
    page = head(load_village()[1], "post.html", "fr", "Le puits", "/posts/le-puits/")

    assert ("/hub/posts/le-puits/", "https://village.example/hub/posts/le-puits/") == (page.address, page.canonical)
    assert (True, "post.html", "fr", "Le puits") == (page.is_indexed, page.template, page.lang, page.title)


def test_a_page_without_a_description_has_the_hub_s_in_its_language():
    """Search engines would otherwise show the menu."""
    settings = load_village()[1]

    assert "Une petite communauté entière, pour les tests." == head(settings, "x.html", "fr", "X", "/x/").description
    assert "One small, complete community for tests." == head(settings, "x.html", "en", "X", "/en/x/").description
    assert "Sa propre." == head(settings, "x.html", "fr", "X", "/x/", description="Sa propre.").description
