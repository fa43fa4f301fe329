"""What a letter that waits will find is known before it is sent."""

from tests.hubs import load_village, text, write

from handbill.outputs.unsent import as_sent, empty_queries


def waiting(hub, body, **front):
    """Return a letter of the village that waits, and the village."""
    write(hub, {"newsletters/3.md": text(body, **{"number": "3", "subject": "Avril", "date": "2026-05-02 18:00", **front})})
    loaded, _ = load_village(root=hub)
    return next(one for one in loaded.hub.hidden if one.source == "newsletters/3.md"), loaded.hub


def test_a_letter_finds_what_is_published_until_it_is_sent(hub):
    """The village has a post that waits for the first of May; drafts wait for nobody."""
    letter, before = waiting(hub, "Bonjour.")
    then = as_sent(letter, before)

    assert {"newsletters/3.md", "content/posts/bientot.md"} == {one.source for one in then.items} - {one.source for one in before.items}
    assert ["content/posts/brouillon.md"] == [one.source for one in then.hidden]
    assert letter.published == then.as_of


def test_a_letter_that_is_out_already_finds_the_hub_as_it_is(hub):
    """What it says is what it said."""
    loaded, _ = load_village(root=hub)
    letter = next(one for one in loaded.hub.items if one.kind == "issue")

    assert loaded.hub is as_sent(letter, loaded.hub)


def test_queries_that_find_nothing_are_those_in_the_text_alone(hub):
    """What the front matter names was not placed by hand, and may come and go."""
    letter, before = waiting(hub, "Bonjour.\n\n```section\nshow: corrections\n```\n\n```section\nshow: posts\n```", sections="[contests]")

    assert ["corrections"] == [one.show for one in empty_queries(letter, as_sent(letter, before))]
