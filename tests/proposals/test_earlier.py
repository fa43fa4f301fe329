"""What was there before a proposal."""

from tests.hubs import load_village, text, village, write

from handbill.proposals.earlier import MOST, earlier


def test_the_same_title_and_day_come_before_a_page_that_both_lead_to(tmp_path):
    """Who proposes reads the first line."""
    link = "[x](https://atlas.example/outils)"
    files = {f"content/posts/p{n}.md": text(link, title=f"Texte {n}", date=f"2026-02-0{n}") for n in range(1, 8)}
    new = text(link, title="La scie neuve", date="2026-03-01")
    root = write(
        village(tmp_path), files | {"content/posts/a.md": text(title="La scie  NEUVE", date="2026-03-01"), "content/posts/n.md": new}
    )
    hub = load_village(root=root)[0].hub
    item = next(one for one in hub.items if one.slug == "n")
    found = earlier(item, hub)

    assert MOST == len(found)
    assert ["content/posts/a.md", "content/posts/p7.md"] == [one.source for one in found[:2]]
    assert "it leads to https://atlas.example/outils, too" == str(found[1].why)


def test_another_kind_is_another_thing(tmp_path):
    """A post that announces an event leads where the event leads."""
    files = {
        "content/posts/a.md": text("[x](https://atlas.example/a)", title="Un"),
        "content/pages/b.md": "---\ntitle: Deux\n---\n\n[x](https://atlas.example/a)\n",
    }
    hub = load_village(root=write(village(tmp_path), files))[0].hub

    assert () == earlier(next(one for one in hub.items if one.slug == "a"), hub)
