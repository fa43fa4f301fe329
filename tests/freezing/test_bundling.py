"""What a bundle holds."""

import json

from tests.freezing.letters import edit, frozen, hub, issue
from tests.photos import png

from handbill.outputs.mail.record import TOKEN


def manifest(root, name="1"):
    return json.loads((root / "newsletters" / "archive" / name / "manifest.json").read_bytes())


def test_the_manifest_says_what_was_told_and_of_what_it_was_made(tmp_path):
    """Years later it answers what members were told, and why."""
    root = hub(tmp_path)
    frozen(root, "1.fr")

    found = manifest(root)
    assert ("main", 1, "fr", "issue:2026-03", "/newsletters/2026-03/") == tuple(
        found[key] for key in ("letter", "number", "lang", "item", "page")
    )
    assert "2026-03-12T18:00:00+01:00[Europe/Paris]" == found["sent"]
    assert ["events", "linked"] == [one["query"]["show"] for one in found["chosen"]]
    assert ["event:fete", "event:fete"] == [entry["id"] for one in found["chosen"] for entry in one["entries"]]
    assert [("event:fete", "events/fete.md")] == [(one["id"], one["source"]) for one in found["inputs"]["items"]]
    assert {"comrak", "css-inline", "Jinja2", "mjml-python"} == set(found["inputs"]["engines"])


def test_links_into_the_hub_are_promises_and_others_are_not(tmp_path):
    """What leads elsewhere, and the reader's own address of leaving, the hub cannot keep."""
    root = hub(
        tmp_path, **{"newsletters/2026-03.md": issue("[Là](https://autre.example/) [ici](../events/fete.md) [haut](/subscribe/?a=b#c)")}
    )
    frozen(root, "1.fr", despite_warnings=True)

    links = manifest(root)["links"]
    assert {"/events/fete/", "/newsletters/2026-03/"} <= set(links)
    assert not [one for one in links if "autre" in one or "adieu" in one or TOKEN in one or "#" in one or "?" in one]


def test_two_pictures_of_one_name_are_told_apart(tmp_path):
    """Every folder has its logo.png."""
    more = {"content/pictures/b/puits.png": png(width=20, height=10)}
    body = "![Un](../content/pictures/puits.png)\n\n![Deux](../content/pictures/b/puits.png)"
    root = hub(tmp_path, **{"newsletters/2026-03.md": issue(body), **more})
    frozen(root, "1.fr")

    found = {one["file"]: one["address"] for one in manifest(root)["pictures"]}
    assert {"pictures/puits.png": "/media/pictures/b/puits.png", "pictures/puits-2.png": "/media/pictures/puits.png"} == found
    for file, source in (("puits.png", "b/puits.png"), ("puits-2.png", "puits.png")):
        assert (root / "content/pictures" / source).read_bytes() == (root / "newsletters/archive/1/pictures" / file).read_bytes()


def test_without_a_sender_there_is_no_mail_to_keep(tmp_path):
    """A hub may only show its letters."""
    root = hub(tmp_path)
    edit(root, "hub.toml", 'sender = "Essai <lettre@essai.example>"\n', "")
    frozen(root, "1.fr")

    assert {"mail.html", "mail.txt", "pictures/puits.png"} == set(manifest(root)["files"])
