"""What two people proposed."""

from dataclasses import replace

import pytest
from tests.hubs import load_village, text, village, write

from handbill.checking import proposed
from handbill.checking.proposed import check_proposed, is_nearly, pages_of


def told(root) -> list[str]:
    """Return what is told of a hub: the file and what was found."""
    return [f"{one.path}: {one.found}" for one in check_proposed(load_village(root=root)[0].hub)]


def two(tmp_path, one: dict, other: dict, folder: str = "content/posts"):
    """Return a hub with two more texts."""
    return write(village(tmp_path), {f"{folder}/{name}.md": text(**front) for name, front in (("un", one), ("deux", other))})


def test_nearly_one_title_on_one_day_is_told_at_the_later_file(tmp_path):
    """Two members sent the same news within an hour."""
    root = two(
        tmp_path,
        {"title": "Un banc pour le quai", "date": "2026-02-02 09:00"},
        {"title": "Un banc sur le quai", "date": "2026-02-02 10:00"},
    )

    assert ["content/posts/deux.md: nearly the title of content/posts/un.md, on the same day"] == told(root)


def test_titles_that_begin_otherwise_are_told_among_many(tmp_path):
    """In the order of letters ten other titles of the day stand between the two."""
    root = two(tmp_path, {"title": "Un banc pour le quai", "date": "2026-02-02"}, {"title": "Le banc pour le quai", "date": "2026-02-02"})
    words = ("mare", "nage", "neige", "orme", "ours", "pain", "quiz", "rame", "sel", "tir")
    write(root, {f"content/posts/{word}.md": text(title=f"{word} et {word}", date="2026-02-02") for word in words})

    assert ["content/posts/un.md: nearly the title of content/posts/deux.md, on the same day"] == told(root)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ({"title": "Un banc pour le quai", "date": "2026-02-02"}, {"title": "Un banc sur le quai", "date": "2026-02-03"}),
        ({"title": "Portrait 1", "date": "2026-02-02"}, {"title": "Portrait 2", "date": "2026-02-02"}),
        ({"title": "Bilan de mars", "date": "2026-02-02"}, {"title": "Bilan de mai", "date": "2026-02-02"}),
        ({"title": "Un banc", "date": "2026-02-02"}, {"title": "Une lampe", "date": "2026-02-02"}),
        ({"title": "Un banc pour tous", "date": "2026-02-02"}, {"title": "Un banc pour tous!", "date": "2026-02-02", "lang": "en"}),
    ],
    ids=["another day", "a series", "months", "another thing", "another language"],
)
def test_what_only_looks_alike_is_not_told(tmp_path, one, other):
    """A check that warns of every series is switched off."""
    assert [] == told(two(tmp_path, one, other))


@pytest.mark.parametrize(
    ("link", "date", "is_told"),
    [
        ("http://www.atlas.example/outils/?utm_source=x", "2026-02-20", True),
        ("https://atlas.example/outils", "2026-06-20", False),
        ("https://atlas.example/", "2026-02-20", False),
    ],
    ids=["the same page", "months later", "only the same site"],
)
def test_a_page_elsewhere_is_told_once(tmp_path, link, date, is_told):
    """The same find comes from the letter of others and from a network, under two addresses."""
    first = text("[l’atlas](https://atlas.example/outils)", title="Un atlas des outils", date="2026-02-02")
    again = text(f"[x]({link})", title="L’atlas des outils", date=date)
    root = write(village(tmp_path), {"content/posts/un.md": first, "content/posts/deux.md": again})

    wanted = ["content/posts/deux.md: a link to https://atlas.example/outils, of which content/posts/un.md told already"]
    assert (wanted if is_told else []) == told(root)


def test_what_many_lead_to_is_no_news(tmp_path):
    """Every second post leads to the page where one signs up."""
    texts = {
        f"content/posts/p{n}.md": text("[x](https://a.example/inscription)", title=f"Atelier {word}", date=f"2026-02-0{n}")
        for n, word in enumerate(("bois", "bocal", "bobine"), 1)
    }

    assert [] == told(write(village(tmp_path), texts))


def test_two_items_can_be_held_against_each_other(tmp_path):
    """Whoever proposes is told at once, before there is a file."""
    root = two(tmp_path, {"title": "Un banc pour le quai", "date": "2026-02-02"}, {"title": "Un banc sur le quai", "date": "2026-02-02"})
    items = {one.slug: one for one in load_village(root=root)[0].hub.items}

    assert is_nearly(items["un"], items["deux"])
    assert not is_nearly(items["un"], items["un"])
    assert frozenset() == pages_of(items["un"])


def test_each_title_is_held_against_a_few_others(monkeypatch):
    """An import gives all texts one date; to compare each with all of 5,000 would take minutes."""
    hub = load_village()[0].hub
    model = next(one for one in hub.items if one.kind == "post" and one.published)
    compared = []
    monkeypatch.setattr(proposed, "is_like", lambda *both: compared.append(both) is not None)
    items = tuple(
        replace(model, id=f"post:{n}", original="", source=f"{n:05}.md", title=f"{chr(97 + n % 26)}{n * 7919:x} bancs") for n in range(500)
    )

    assert [] == list(proposed.check_proposed(replace(hub, items=items)))
    assert 500 <= len(compared) <= 500 * 8


def test_a_title_that_was_told_is_held_against_no_other(monkeypatch):
    """Five thousand announcements nearly alike took half a minute; each is told once, whatever else it is like."""
    hub = load_village()[0].hub
    model = next(one for one in hub.items if one.kind == "post" and one.published)
    compared = []
    alike = proposed._alike
    monkeypatch.setattr(proposed, "_alike", lambda *both: compared.append(both) or alike(*both))
    titles = [f"Assemblée générale des menuisiers de la vallée {chr(97 + n % 26)}{chr(97 + n // 26)}" for n in range(300)]
    items = tuple(replace(model, id=f"post:{n}", original="", source=f"{n:05}.md", title=title) for n, title in enumerate(titles))

    found = [one.path for one in check_proposed(replace(hub, items=items))]
    assert len(found) == len(set(found)) > 250
    assert len(compared) < 8 * 300 - 4 * len(found)
