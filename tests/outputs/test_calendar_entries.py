"""What a member's program is told of an event: in words of its language, with the old date in sight."""

from __future__ import annotations

from dataclasses import replace

import pytest
from tests.hubs import load_village, text, write

from handbill.hub.ledger import Ledger
from handbill.outputs.calendar_entries import Entries, Entry
from handbill.outputs.theme import Theme
from handbill.outputs.words import words_for

HUB = '[hub]\nname = "Essai"\nbase_url = "https://essai.example/hub/"\nlang = "fr"\nlanguages = ["fr", "en"]\n[letters.main]\nname = "La feuille"\n'
EVENT = {"title": "Foire", "starts": "2026-05-01 14:00", "organisers": "[X]", "venue": "{name: Salle}", "summary": "Une foire."}
VISIO = "https://visio.example/a"


def made(folder, files, **changes) -> Entries:
    loaded, settings = load_village(root=write(folder, {"hub.toml": HUB, **files}))
    assert not [one for one in loaded.problems if one.level.name == "ERROR"], loaded.problems
    theme = Theme(settings.root)
    hub = replace(loaded.hub, **changes)
    entries = Entries(hub, settings, lambda lang: words_for(lang, theme.locale(lang)))
    entries.hub = hub  # type: ignore[attr-defined]
    return entries


def entry(folder, name="a.md", **front) -> Entry:
    entries = made(folder, {f"events/{name}": text(**{**EVENT, **front})})
    return entries.taking_place(entries.hub.items[0]).entries[0]  # type: ignore[attr-defined]


NOTE = {"status_note": "La salle est inondée."}


@pytest.mark.parametrize(
    ("status", "told", "title", "text"),
    [
        ({}, "CONFIRMED", "Foire", "Une foire."),
        ({"status": "tentative"}, "TENTATIVE", "Foire", "Une foire."),
        ({"status": "cancelled", **NOTE}, "CANCELLED", "Annulé\u00a0: Foire", "La salle est inondée.\n\nUne foire."),
        (
            {"status": "postponed", **NOTE},
            "CANCELLED",
            "Reporté\u00a0: Foire",
            "La salle est inondée.\n\nLa nouvelle date n’est pas encore fixée.\n\nUne foire.",
        ),
        (
            {"status": "rescheduled", "previous_starts": "[2026-04-24 14:00]", **NOTE},
            "CONFIRMED",
            "Foire",
            "La salle est inondée.\n\nD’abord annoncé pour\u00a0: vendredi 24 avril 2026 à 14\u00a0h\n\nUne foire.",
        ),
        (
            {"status": "moved_online", "join_url": VISIO, **NOTE},
            "CONFIRMED",
            "Foire",
            f"La salle est inondée.\n\nEn ligne désormais, et non plus à cette adresse\u00a0: Salle\n\nUne foire.\n\nEn ligne\u00a0: {VISIO}",
        ),
    ],
    ids=lambda one: one.get("status", "confirmed") if isinstance(one, dict) else "",
)
def test_each_standing_has_its_status_and_its_words(tmp_path, status, told, title, text):
    """Programs show the title in a grid and the text when asked; the old date stays in sight."""
    found = entry(tmp_path, **status)

    assert (told, title, text) == (found.status, found.title, found.text)


def test_an_event_is_told_in_its_own_language(tmp_path):
    """Also in the calendar of all languages."""
    assert "Cancelled: Foire" == entry(tmp_path, "a.en.md", status="cancelled", **NOTE).title


def test_where_to_connect_is_told_unless_it_is_withheld(tmp_path):
    """What only those who signed up may know is in no calendar that everybody reads."""
    online = {"mode": "online", "venue": "", "join_url": VISIO}

    assert VISIO == entry(tmp_path / "a", **online).joining
    hidden = entry(tmp_path / "b", **online, join_after_registration="true", registration="{url: https://r.example/}")
    assert VISIO not in repr(hidden)
    assert hidden.text.endswith("L’adresse de connexion est donnée aux personnes inscrites.")
    asked = entry(tmp_path / "c", **online, join_after_registration="true")
    assert asked.text.endswith("L’adresse de connexion est à demander aux organisateurs et organisatrices.")


def test_one_can_connect_to_what_takes_place_in_a_hall_and_online(tmp_path):
    """Half of the members live elsewhere."""
    both = entry(tmp_path, mode="hybrid", join_url=VISIO)

    assert ("Salle", VISIO) == (both.place, both.joining)


def test_nobody_connects_to_what_is_off(tmp_path):
    """Somebody would wait before an empty screen."""
    assert "" == entry(tmp_path, mode="hybrid", join_url=VISIO, status="cancelled", **NOTE).joining


def test_the_address_to_connect_is_told_on_the_dates_that_moved_there(tmp_path):
    """On the others people come to the hall."""
    recurrence = "{rule: FREQ=WEEKLY;COUNT=3, changes: [{on: 2026-05-08, status: moved_online, note: x}]}"
    entries = made(tmp_path, {"events/a.md": text(**EVENT, join_url=VISIO, recurrence=recurrence)})

    series, moved = entries.taking_place(entries.hub.items[0]).entries  # type: ignore[attr-defined]
    assert [("Salle", ""), ("", VISIO)] == [(one.place, one.joining) for one in (series, moved)]


def test_where_one_date_moved_online_the_others_have_no_address_to_connect_at_all(tmp_path):
    """Also in its words: who stays at home for a date in the hall sees nobody there."""
    changes = "changes: [{on: 2026-05-08, status: moved_online, note: x}]"
    online = {"join_after_registration": "true", "registration": "{url: https://r.example/}"}
    entries = made(tmp_path, {"events/a.md": text(**EVENT, **online, recurrence=f"{{rule: FREQ=WEEKLY;COUNT=3, {changes}}}")})

    series, moved = entries.taking_place(entries.hub.items[0]).entries  # type: ignore[attr-defined]
    assert [False, True] == ["L’adresse de connexion" in one.text for one in (series, moved)]


def test_nobody_is_told_how_to_get_an_address_for_what_is_off(tmp_path):
    """They would sign up for nothing."""
    online = {"mode": "online", "venue": "", "join_after_registration": "true", "registration": "{url: https://r.example/}"}
    told = entry(tmp_path, **online, status="cancelled", **NOTE)

    assert "L’adresse de connexion" not in told.text


def test_an_address_that_nobody_knows_yet_is_promised_to_nobody(tmp_path):
    """Those who sign up would wait for a mail that nobody means to write."""
    told = entry(tmp_path, mode="online", venue="", registration="{url: https://r.example/}")

    assert "L’adresse de connexion" not in told.text


def test_a_picture_and_a_place_come_along(tmp_path):
    """RFC 7986 has a place for the poster, and maps take coordinates."""
    picture = {"picture": "../content/pictures/foire.png", "picture_alt": "Une foire"}
    import struct
    import zlib

    def chunk(name: bytes, body: bytes) -> bytes:
        return struct.pack(">I", len(body)) + name + body + struct.pack(">I", zlib.crc32(name + body))

    png = (
        b"\x89PNG\r\n\x1a\n"
        + chunk(b"IHDR", struct.pack(">IIBBBBB", 1, 1, 8, 0, 0, 0, 0))
        + chunk(b"IDAT", zlib.compress(b"\0\0"))
        + chunk(b"IEND", b"")
    )
    venue = "{name: Salle, street: 1 rue du Port, postcode: '33000', city: Bordeaux, latitude: 44.8, longitude: -0.5}"
    entries = made(tmp_path, {"events/a.md": text(**{**EVENT, "venue": venue}, **picture), "content/pictures/foire.png": png})

    found = entries.taking_place(entries.hub.by_id["event:a"]).entries[0]  # type: ignore[attr-defined]
    assert ("Salle, 1 rue du Port, 33000 Bordeaux", (44.8, -0.5)) == (found.place, found.position)
    assert found.picture.startswith("https://essai.example/hub/")


def test_how_one_gets_in_stands_where_one_looks_before_leaving(tmp_path):
    """In the telephone, on the way; where nobody knows, nothing is said."""
    venue = "{name: Salle, access: Une marche., accessibility: {hearing_loop: yes}}"

    assert "Une foire.\n\nAccessibilité\u00a0: Une marche. Boucle magnétique\u00a0: oui" == entry(tmp_path / "a", venue=venue).text
    assert "marche" not in entry(tmp_path / "b", venue=venue, status="cancelled", **NOTE).text


CONTEST = {
    "title": "Photo",
    "mechanism": "jury",
    "opens": "2026-03-01 09:00",
    "closes": "2026-03-31",
    "enter": "Écrivez.",
    "organiser": "Nous",
    "prizes": "[{name: Un livre}]",
    "tags": "[photo]",
}


def test_a_deadline_is_two_moments_that_block_nobody_s_day(tmp_path):
    """A day to remember is no appointment."""
    entries = made(tmp_path, {"content/contests/c.md": text(**CONTEST)})

    opens, closes = (one.entries[0] for one in entries.deadline(entries.hub.items[0]))  # type: ignore[attr-defined]
    assert ["Ouverture\u00a0: Photo", "Clôture\u00a0: Photo"] == [opens.title, closes.title]
    assert ("2026-03-01 09:00:00+01:00", None, "2026-03-31", "2026-03-31") == (
        str(opens.starts),
        opens.ends,
        str(closes.starts),
        str(closes.ends),
    )
    assert [True, True] == [opens.is_free, closes.is_free]


def test_what_entrants_wait_for_is_in_their_calendars(tmp_path):
    """Who took part wants to watch the draw, and to read who won."""
    entries = made(tmp_path, {"content/contests/c.md": text(**{**CONTEST, "draw": "2026-04-02 18:00", "results": "2026-04-03"})})

    later = [one.entries[0] for one in entries.deadline(entries.hub.items[0])][2:]  # type: ignore[attr-defined]
    assert ["Tirage au sort\u00a0: Photo", "Résultats\u00a0: Photo"] == [one.title for one in later]
    assert ["2026-04-02 18:00:00+02:00", "2026-04-03"] == [str(one.starts) for one in later]
    assert 4 == len({one.uid for one in (*later, *(one.entries[0] for one in entries.deadline(entries.hub.items[0])[:2]))})  # type: ignore[attr-defined]


def test_a_contest_called_off_says_so(tmp_path):
    """Somebody would send an entry to nobody."""
    entries = made(tmp_path, {"content/contests/c.md": text(**CONTEST, cancelled="Trop peu.")})

    found = [one.entries[0] for one in entries.deadline(entries.hub.items[0])]  # type: ignore[attr-defined]
    assert {("CANCELLED", "Annulé\u00a0: ")} == {(one.status, one.title[:9]) for one in found}


def test_a_letter_keeps_its_subject_until_it_is_sent(tmp_path):
    """Whoever looks into the calendar must not read the news before those who wait for the mail."""
    letter = {"number": "7", "subject": "Une surprise", "sections": "[]"}
    files = {
        "newsletters/surprise.md": text(**letter, title="", date="2026-04-05 18:00"),
        "newsletters/avant.md": text(**{**letter, "number": "6", "subject": "Connu"}, title="", date="2026-03-05 18:00"),
    }
    entries = made(tmp_path, files, letters={"main": "La feuille"})
    hub = entries.hub  # type: ignore[attr-defined]

    sent, coming = entries.letter(hub.items[0]).entries[0], entries.letter(hub.hidden[0]).entries[0]
    assert ("La feuille, n°\u00a07", "", "https://essai.example/hub/newsletters/") == (coming.title, coming.text, coming.address)
    assert "surprise" not in repr(coming).lower()
    assert ("La feuille, n°\u00a06", "Connu", "https://essai.example/hub/newsletters/avant/") == (sent.title, sent.text, sent.address)


def test_what_vanished_is_told_with_what_is_still_known(tmp_path):
    """Title and hour are in the ledger; the page is gone, so the agenda is named."""
    told = made(tmp_path / "a", {"events/a.md": text(**EVENT)}).hub.told  # type: ignore[attr-defined]
    entries = made(tmp_path / "b", {}, ledger=Ledger(told.host, told.records))

    found = entries.gone("event:a").entries[0]
    assert ("CANCELLED", "Annulé\u00a0: Foire", 1) == (found.status, found.title, found.sequence)
    assert ("2026-05-01 14:00:00+02:00", "https://essai.example/hub/events/") == (str(found.starts), found.address)


def test_equal_entries_have_equal_keys(tmp_path):
    """By them a file that stands is known to be right."""
    one, same, other = (
        made(tmp_path / name, {"events/a.md": text(**{**EVENT, "title": title})}) for name, title in (("a", "A"), ("b", "A"), ("c", "B"))
    )

    keys = [entries.taking_place(entries.hub.items[0]).key for entries in (one, same, other)]  # type: ignore[attr-defined]
    assert keys[0] == keys[1] != keys[2]
