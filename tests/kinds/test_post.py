"""Posts: dated writing, nothing more."""

from tests.hubs import load_village, moment


def test_a_post_without_a_summary_is_introduced_by_how_it_begins(tmp_path):
    """Lists and feeds need a sentence even from a lazy editor."""
    hub = load_village()[0].hub

    assert "Écrit la veille de l’an." == hub.by_id["post:le-premier"].summary


def test_a_post_carries_its_moment_in_the_hubs_zone():
    """Half past eleven on New Year's Eve belongs to the old year."""
    post = load_village()[0].hub.by_id["post:le-premier"]

    assert moment("2024-12-31 23:30") == post.published
    assert 2024 == post.published.year
