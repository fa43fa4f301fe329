"""A letter in a reading program says what the mail said, and first what was wrong in it."""

from __future__ import annotations

from datetime import UTC, datetime

from tests.hubs import load_village, text, write

from handbill.outputs.feed_entries import Entries
from handbill.outputs.feed_letters import shown_corrections
from handbill.reading.history import Past, blob_of, lock_text

HUB = '[hub]\nname = "Essai"\nbase_url = "https://essai.example/sous/"\nlang = "fr"\nlanguages = ["fr", "en"]\n'
EVENT = {"organisers": "[X]", "venue": "{name: Salle <rouge>}"}
CORRECTIONS = '[{date: 2026-03-07, text: "Le 9 & non le 8."}, {date: 2026-03-09, text: "La <salle> est bleue."}]'


def letter(body="Bonjour.", **more):
    return text(body, title="N° 3", number="3", subject="Sujet", date="2026-03-05 18:00", **more)


def section(show, **more):
    return "```section\nshow: " + show + "\n" + "".join(f"{key}: {value}\n" for key, value in more.items()) + "```"


def entry(tmp_path, files, as_of="2026-03-20 12:00", name="issue:3"):
    loaded, settings = load_village(as_of, write(tmp_path, {"hub.toml": HUB, **files}))
    return Entries(loaded.hub, settings).entry(loaded.hub.by_id[name])[1]


def test_sections_stand_as_lists_between_the_paragraphs(tmp_path):
    """A program that showed the prose alone would leave out every date of the agenda."""
    files = {
        "newsletters/3.md": letter(f"Avant.\n\n{section('events', title='Ce <mois>')}\n\nAprès."),
        "events/fete.md": text(title="Fête & bal", date="2026-03-01", starts="2026-03-14 14:00", ends="2026-03-14 18:00", **EVENT),
    }

    assert (
        "<p>Avant.</p>\n<h2>Ce &lt;mois&gt;</h2>\n<ul>\n"
        '<li><strong><a href="https://essai.example/sous/events/fete/">Fête &amp; bal</a></strong><br>'
        "samedi 14 mars 2026, de 14 h à 18 h · Salle &lt;rouge&gt;<br>Texte.</li>\n</ul>\n<p>Après.</p>"
    ) == entry(tmp_path, files).content.strip().replace("\u202f", " ").replace("\u00a0", " ")


def test_what_is_off_says_so_before_its_date(tmp_path):
    """Most people read the first words of a line."""
    off = {"starts": "2026-03-14 14:00", "status": "cancelled", "status_note": "La pluie."}
    files = {
        "newsletters/3.md": letter(section("events")),
        "events/fete.md": text(title="Fête", date="2026-03-01", ends="2026-03-14 18:00", **off, **EVENT),
    }
    found = entry(tmp_path, files).content

    assert "<br>Annulé · <s>samedi 14 mars 2026" in found
    assert " · La pluie.<br>" in found
    assert "Salle" not in found


def test_a_sponsor_is_named_as_one(tmp_path):
    """A feed without the label would pass off as the community's what somebody paid for."""
    files = {
        "newsletters/3.md": letter(section("sponsor", name="Boulon & Fille", link="https://boulon.example/", text="Des vis.", title="Vis"))
    }

    assert '<h2>Avec le soutien de · Vis</h2>\n<ul>\n<li><strong><a href="https://boulon.example/">Boulon &amp; Fille</a></strong>' in (
        entry(tmp_path, files).content
    )


def test_corrections_come_first_and_make_the_entry_new(tmp_path):
    """Who read the wrong day in a program must be shown the right one there."""
    right = entry(tmp_path / "right", {"newsletters/3.md": letter(corrections=CORRECTIONS)})
    before = entry(tmp_path / "before", {"newsletters/3.md": letter()})

    assert right.content.startswith("<p><strong>Corrigé le 9 mars 2026")
    assert (
        right.content.index("La &lt;salle&gt; est bleue.") < right.content.index("Le 9 &amp; non le 8.") < right.content.index("Bonjour.")
    )
    assert ("2026-03-09T00:00:00+01:00", "2026-03-05T18:00:00+01:00") == (right.updated.isoformat(), before.updated.isoformat())
    # The same entry, or it would be read twice.
    assert (before.id, before.published, before.title) == (right.id, right.published, right.title)


def test_a_correction_of_the_same_evening_is_later_than_the_letter(tmp_path):
    """A day says no hour, and a program shows nothing anew that is as old as before."""
    found = entry(tmp_path, {"newsletters/3.md": letter(corrections='[{date: 2026-03-05, text: "Oups."}]')})

    assert found.updated > found.published


def test_a_correction_waits_for_its_day(tmp_path):
    """What lies ahead is in no output at all."""
    root = write(tmp_path, {"hub.toml": HUB, "newsletters/3.md": letter(corrections=CORRECTIONS)})
    told = {}
    for day in ("2026-03-06", "2026-03-07", "2026-03-09"):
        hub = load_village(f"{day} 12:00", root)[0].hub
        told[day] = [one["date"] for one in shown_corrections(hub.by_id["issue:3"], hub)]

    assert {"2026-03-06": [], "2026-03-07": ["2026-03-07"], "2026-03-09": ["2026-03-09", "2026-03-07"]} == told


def test_an_entry_in_another_language_is_marked(tmp_path):
    """A program reads French aloud as French."""
    files = {
        "newsletters/3.en.md": letter(section("events")),
        "events/fete.md": text(title="Fête", date="2026-03-01", starts="2026-03-14 14:00", ends="2026-03-14 18:00", **EVENT),
    }
    found = entry(tmp_path, files, name="issue:3.en").content

    assert '<a href="https://essai.example/sous/events/fete/" lang="fr">Fête</a>' in found
    assert '<span lang="fr">Texte.</span>' in found


def test_what_changes_in_the_file_of_a_sent_letter_is_no_news(tmp_path):
    """The mail is what it was; tidying its file must not ring in every reading program."""
    files = {"newsletters/3.md": letter(), "content/posts/a.md": text(date="2026-03-01")}
    born, later = (datetime(2026, 3, day, tzinfo=UTC) for day in (1, 18))
    past = {name: Past(blob_of(raw.encode("utf-8")), born, later, ()) for name, raw in files.items()}
    root = write(tmp_path, {"hub.toml": HUB, "history.lock": lock_text(past), **files})
    hub = load_village("2026-03-20 12:00", root)[0].hub

    assert (later, None) == (hub.by_id["post:a"].updated, hub.by_id["issue:3"].updated)
