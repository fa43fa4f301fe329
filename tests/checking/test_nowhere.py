"""What nothing leads to is told, with the reason; what anything leads to is not."""

from __future__ import annotations

import pytest
from tests.hubs import VILLAGE, load_village, text, write

from handbill.checking.nowhere import check_nowhere

PNG = (VILLAGE / "content/pictures/puits.png").read_bytes()


def found(tmp_path, files, **settings):
    loaded, read = load_village(root=write(tmp_path, files), **settings)
    assert () == tuple(one for one in loaded.problems if one.level > 1)
    return [str(one) for one in check_nowhere(loaded.hub, read)]


def page(body="x", **front):
    lines = "".join(f"{key}: {value}\n" for key, value in {"title": "Page", **front}.items())
    return f"---\n{lines}---\n\n{body}\n"


NOT_REACHED = "content/pages/a.md: found a page in no menu, to which no text links, wanted menu: header or footer, or a link to it [HB505]"


@pytest.mark.parametrize(
    ("files", "told"),
    [
        ({"content/pages/a.md": page()}, [NOT_REACHED]),
        ({"content/pages/a.md": page("[x](a.md)")}, [NOT_REACHED]),
        ({"content/pages/a.md": page(), "content/posts/b.md": text("[x](../pages/a.md)", draft="true")}, [NOT_REACHED]),
        ({"content/pages/a.md": page("[x](a.en.md)"), "content/pages/a.en.md": page("[x](a.md)")}, [NOT_REACHED, NOT_REACHED.replace("a.md", "a.en.md")]),
        ({"content/pages/a.md": page(menu="footer")}, []),
        ({"content/pages/a.md": page(), "content/posts/b.md": text("[x](../pages/a.md#y) ## y".replace("#y", ""))}, []),
        ({"content/pages/a.md": page(aliases="[/vieux/]"), "content/posts/b.md": text("[x](/vieux/)")}, []),
        ({"content/pages/a.md": page(), "content/posts/b.md": text("[x](https://essai.example/a/)")}, []),
        ({"content/pages/a.md": page(), "content/pages/a.en.md": page(menu="header")}, []),
    ],
)
def test_a_page_that_nothing_leads_to_is_told(tmp_path, files, told):
    """“Where is my page?” is asked by whoever wrote it; its translation leads to it, itself does not."""
    assert told == sorted(found(tmp_path, files), reverse=True)


def test_the_page_for_subscribing_is_reached_from_every_letter(tmp_path):
    """hub.toml names it."""
    head = '[hub]\nname = "E"\nbase_url = "https://essai.example/"\n[mail]\nsubscribe_url = "https://essai.example/a/"\n'

    assert [] == found(tmp_path, {"hub.toml": head, "content/pages/a.md": page()})


def test_somebody_in_no_list_and_under_no_text_is_told(tmp_path):
    """A card that no page shows is personal data for nothing."""
    files = {"content/people/ada.md": page(listed="false"), "content/people/tom.md": page(listed="false", title="Tom"), "content/posts/a.md": text(authors="[tom]", draft="true")}

    assert ["content/people/ada.md:3:9: found a person who is in no list and named under no text, wanted the name under a text, or no such file [HB505]"] == [
        one.replace(": listed:", ":") for one in found(tmp_path, files)
    ]


LETTER = {"number": "1", "subject": "Mai", "date": "2026-02-05 18:00"}


@pytest.mark.parametrize(
    ("letter", "files", "reason"),
    [
        (text("", **LETTER), {}, "a letter without a text, whose sections have nothing to show"),
        (text("", **LETTER, sections="[]"), {}, "a letter without a text and without sections"),
        (text("", **LETTER, sections="[events]"), {"content/posts/b.md": text(date="2026-02-01")}, "a letter without a text, whose sections have nothing to show"),
        (text("", **{**LETTER, "date": "2026-06-01"}, sections="[]"), {}, "a letter without a text and without sections"),
        (text("", **LETTER), {"content/posts/b.md": text(date="2026-02-01")}, ""),
        (text("Bonjour.", **LETTER, sections="[]"), {}, ""),
        (text("", **{**LETTER, "date": "2026-06-01"}), {}, ""),
    ],
)
def test_a_letter_with_nothing_in_it_is_told(tmp_path, letter, files, reason):
    """A mail without a word cannot be called back; what a later letter will show is not known yet."""
    told = found(tmp_path, {"newsletters/a.md": letter, **files})

    assert [reason] * bool(reason) == [one.split("found ")[1].partition(", wanted")[0] for one in told]
    assert all(one.endswith("[HB509]") for one in told)


@pytest.mark.parametrize(
    ("files", "is_told"),
    [
        ({}, True),
        ({"content/posts/b.md": text("![Vue](p.png)")}, False),
        ({"content/posts/b.md": text("[Vue](p.png)")}, False),
        ({"content/posts/b.md": text(picture="p.png", picture_alt="Vue")}, False),
        ({"content/posts/b.md": text("![Vue](p.png)", draft="true")}, False),
        ({"content/posts/b.md": text(picture="p.png", picture_alt="Vue", draft="true")}, False),
        ({"events/b.md": text(starts="2026-05-01 14:00", organisers="[X]", venue="{name: S, map: ../content/posts/p.png, map_alt: Plan}")}, False),
    ],
)
def test_a_picture_that_no_text_shows_is_told(tmp_path, files, is_told):
    """It is published all the same, and nobody knows that it can be read."""
    told = found(tmp_path, {"content/posts/p.png": PNG, "content/posts/a.md": text(), **files})

    assert ["content/posts/p.png: found a picture that no text shows, wanted a text that shows it, or no such file [HB506]"] * is_told == told
