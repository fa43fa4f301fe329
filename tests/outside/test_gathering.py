"""Which links a hub has, and where they stand."""

from tests.hubs import load_village, text, write

from handbill.outside.gathering import links_of
from handbill.outside.record import Link, Place

EVENT = """---
title: Un atelier
organisers: [Ada]
starts: 2026-04-11 14:00
ends: 2026-04-11 16:00
venue: {name: Salle}
registration: {url: "https://inscriptions.fr/atelier?a=1&b=2"}
---

Texte, [ici](https://ailleurs.fr/page#milieu).
"""


def load(root):
    loaded, settings = load_village(root=root)
    return links_of(loaded.hub, settings, root)


def test_links_of_texts_and_fields_are_found_with_their_lines(tmp_path):
    """Whoever mends a link opens that file at that line."""
    write(
        tmp_path,
        {"content/posts/a.md": text("Voir [là](https://ailleurs.fr/page).\n\nEt <https://autre.fr/é>."), "events/atelier.md": EVENT},
    )

    assert (
        Link("https://ailleurs.fr/page", (Place("content/posts/a.md", 6), Place("events/atelier.md", 10))),
        Link("https://inscriptions.fr/atelier?a=1&b=2", (Place("events/atelier.md", 7),)),
    ) == tuple(one for one in load(tmp_path) if "autre" not in one.address)


def test_the_hubs_own_pages_and_other_sorts_of_links_are_not_asked(tmp_path):
    """The build proves the hub's own links, and a mailbox cannot be asked."""
    write(
        tmp_path,
        {"content/posts/a.md": text("[a](https://essai.example/) [b](mailto:a@ailleurs.fr) [c](/evenements/) [d](tel:+33500000000)")},
    )

    assert () == load(tmp_path)


def test_drafts_are_not_asked_and_what_waits_for_its_day_is(tmp_path):
    """A draft is nobody's business yet; tomorrow's post is read tomorrow."""
    write(
        tmp_path,
        {
            "content/posts/a.md": text("[a](https://brouillon.fr/)", draft="true"),
            "content/posts/b.md": text("[b](https://demain.fr/)", date="2026-09-01"),
        },
    )

    assert ["https://demain.fr/"] == [one.address for one in load(tmp_path)]


def test_what_is_filled_in_for_each_member_is_not_asked(tmp_path):
    """The address for leaving the list would be asked with a gap in it, and told as dead each week."""
    hub = '[hub]\nname = "Essai"\nbase_url = "https://essai.example/"\nlang = "fr"\n[mail]\nunsubscribe = "https://lettre.fr/adieu/{token}"\nsubscribe_url = "https://lettre.fr/venir"\n'
    write(tmp_path, {"hub.toml": hub})

    assert (Link("https://lettre.fr/venir", (Place("hub.toml", 7),)),) == load(tmp_path)
