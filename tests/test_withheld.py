"""An address that only those who sign up get is in no page, feed, calendar, letter, search index or picture of the whole hub."""

from __future__ import annotations

import base64
import zlib
from pathlib import Path

import pytest
from tests.hubs import files_of, options, text, village, write

from handbill.pipeline import build

ADDRESS = "https://visio.example/salle-sans-affiche"
ROOM = "salle-sans-affiche"

#: Each way in which an event can be joined from afar, with the address in its file though nobody should write it there.
WAYS = {
    "online": {"mode": "online"},
    "hybrid": {"mode": "hybrid", "venue": "{name: Salle}"},
    "moved": {"status": "moved_online", "status_note": "La neige.", "venue": "{name: Salle}"},
    "cancelled": {"mode": "online", "status": "cancelled", "status_note": "La panne."},
    "series": {"mode": "online", "recurrence": "{rule: FREQ=WEEKLY;COUNT=6}"},
    "over": {"mode": "online", "starts": "2026-03-02 20:00"},
}


def readable(content: bytes) -> str:
    """Return a file as text: what the search loads is packed, the bodies of letters are in base64 or quoted."""
    if content[:2] == b"\x1f\x8b":
        content = zlib.decompress(content, 31)
    lines = [
        line
        for line in content.split(b"\n")
        if len(line) > 40
        and not line.strip(b"\r").translate(None, b"+/=" + bytes(range(48, 58)) + bytes(range(65, 91)) + bytes(range(97, 123)))
    ]
    decoded = b"".join(base64.b64decode(line.strip() + b"===") for line in lines)
    return (content + content.replace(b"=\r\n", b"").replace(b"=\n", b"") + decoded).decode("utf-8", "replace")


def built(folder: Path, **more: str) -> dict[str, str]:
    """Return everything that members of the village get, unpacked, with an event of each way and a letter that tells of them."""
    given = {"starts": "2026-03-27 20:00", "organisers": "[ada]", "join_url": ADDRESS, **more}
    events = {f"events/2026/{name}.md": text("On se voit.", **{**given, "title": f"Visio {name}", **way}) for name, way in WAYS.items()}
    letter = "---\nnumber: 3\nsubject: Ce qui vient\ndate: 2026-03-19 18:00\n---\n\nBonjour.\n"
    root = write(village(folder), {**events, "newsletters/2026-03b.md": letter})
    build(options(root))
    return {name: readable(content) for name, content in files_of(root / "public").items()}


@pytest.fixture(scope="module")
def public(tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    """Return the village with addresses for everyone."""
    return built(tmp_path_factory.mktemp("public"))


@pytest.fixture(scope="module")
def withheld(tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    """Return the village with addresses for those who sign up."""
    return built(tmp_path_factory.mktemp("withheld"), join_after_registration="true")


def test_an_address_for_those_who_sign_up_is_in_no_file(withheld: dict[str, str]) -> None:
    """Strangers find an open room within hours, and bots read calendars too."""
    assert [] == sorted(name for name, content in withheld.items() if ROOM in content)


def test_the_same_address_is_found_by_this_search_where_it_is_public(public: dict[str, str]) -> None:
    """A search that finds nothing anywhere would prove nothing."""
    found = {name for name, content in public.items() if ROOM in content}

    assert "events/online/index.html" in found
    assert any(name.endswith(".ics") for name in found) or any(name.endswith((".json", ".xml")) for name in found)


def test_members_are_told_who_gets_the_address(withheld: dict[str, str]) -> None:
    """Silence would be taken for a missing link."""
    assert "L’adresse de connexion est à demander" in withheld["events/online/index.html"]
    assert "L’adresse de connexion" not in withheld["events/over/index.html"]
