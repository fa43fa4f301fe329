"""Two hundred edits at random change no id: not that of a feed's entry, nor that of a calendar's event.

A changed id shows every subscriber old entries as new, and puts a second event
beside the first in every telephone.  Each item carries a word that no edit
touches, so that a test sees not only that an id is still there, but that it
still is that of the same item.  The edits follow from a seed: a failure says
at which step, and the same steps can be walked again.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from random import Random

import pytest
from tests.hubs import load_village, options, write

from handbill.outputs import calendars, feeds
from handbill.pipeline import build

AS_OF = "2026-03-20 12:00"
HUB = """[hub]
name = "Le bourg"
base_url = "https://bourg.example/hub/"
lang = "fr"
languages = ["fr", "en"]

[feeds]
entries = 100
letters = 100

[calendars]
letters = true

[letters.main]
name = "La lettre"
description = "Une fois par mois."
"""
EVENT = {"starts": "2026-05-DAY 14:00", "organisers": "[Ada]", "venue": "{name: Salle}"}
CONTEST = {
    "mechanism": "jury",
    "opens": "2026-02-01",
    "closes": "2026-05-DAY",
    "enter": "Écrivez.",
    "organiser": "Ada",
    "prizes": "[{name: un seau}]",
}
SERIES = {**EVENT, "recurrence": "{rule: FREQ=WEEKLY;COUNT=4}"}

#: What edits are made of.
WORDS = ("puits", "fête", "lavoir", "Été", "pré", "bal", "seau", "Œuvre", "grange", "chemin")
TAGS = ("eau", "pierre", "Bois", "fête", "R&D")


@dataclass
class Leaf:
    """A file of the hub as an editor keeps it: where it lies, its front matter, and the word that stays."""

    word: str
    kind: str
    folder: str
    stem: str
    front: dict[str, str]
    suffix: str = ".md"

    @property
    def path(self) -> str:
        return f"{self.folder}/{self.stem}{self.suffix}"

    @property
    def identity(self) -> str:
        return self.front.get("id", f"{self.kind}:{self.stem}{self.suffix.removesuffix('.md')}")

    @property
    def text(self) -> str:
        lines = "".join(f"{key}: {value}\n" for key, value in self.front.items())
        return f"---\n{lines}---\n\nUn texte avec {self.word}.\n"


@dataclass
class Walk:
    """A hub and its edits."""

    root: Path
    random: Random
    leaves: list[Leaf] = field(default_factory=list)
    told: list[str] = field(default_factory=list)

    def begin(self) -> None:
        write(self.root, {"hub.toml": HUB})
        for number in range(1, 6):
            self._plant("post", "content/posts", number, {})
            self._plant(
                "event",
                "events/2026",
                number,
                {key: value.replace("DAY", f"{number:02}") for key, value in (SERIES if number < 3 else EVENT).items()},
            )
            self._plant(
                "contest", "content/contests", number, {key: value.replace("DAY", f"{number:02}") for key, value in CONTEST.items()}
            )
            self._plant("issue", "newsletters", number, {"number": str(number), "subject": f"Lettre {number}"})
        self._plant("post", "content/posts", 6, {}, ".en.md")
        self._plant("event", "events/2026", 7, {key: value.replace("DAY", "07") for key, value in EVENT.items()}, ".en.md")

    def _plant(self, kind: str, folder: str, number: int, front: dict[str, str], suffix: str = ".md") -> None:
        word = f"jeton-{kind}-{number}"
        title = {} if kind == "issue" else {"title": f"Titre {kind} {number}"}
        known = {**title, "summary": f"Résumé {word}", "date": f"2026-01-{number:02}", **front}
        if kind == "issue":
            del known["summary"]
        leaf = Leaf(word, kind, folder, f"{kind}-{number}", known, suffix)
        self.leaves.append(leaf)
        self._save(leaf)

    def _save(self, leaf: Leaf, former: str = "") -> None:
        if former and former != leaf.path:
            (self.root / former).unlink()
        write(self.root, {leaf.path: leaf.text})

    def step(self, number: int) -> None:
        """Make one edit of one file."""
        leaf = self.random.choice(self.leaves)
        edit = self.random.choice((self.retitle, self.reslug, self.redate, self.retag, self.rename, self.move))
        former = leaf.path
        edit(leaf, number)
        self._save(leaf, former)
        self.told.append(f"{number}: {edit.__name__} {leaf.word} → {leaf.path}")

    def _words(self) -> str:
        return " ".join(self.random.sample(WORDS, 3))

    def retitle(self, leaf: Leaf, _number: int) -> None:
        leaf.front["subject" if leaf.kind == "issue" else "title"] = f"{self._words()} !"

    def reslug(self, leaf: Leaf, number: int) -> None:
        leaf.front["slug"] = f"adresse-{number}"

    def redate(self, leaf: Leaf, _number: int) -> None:
        leaf.front["date"] = (
            f"2026-0{self.random.randint(1, 2)}-{self.random.randint(1, 28):02} {self.random.randint(0, 23):02}:{self.random.randint(0, 59):02}"
        )

    def retag(self, leaf: Leaf, _number: int) -> None:
        if leaf.kind == "issue":
            leaf.front["preheader"] = self._words()
        else:
            leaf.front["tags"] = f"[{', '.join(self.random.sample(TAGS, self.random.randint(0, 3)))}]"

    def rename(self, leaf: Leaf, number: int) -> None:
        """Give the file another name; the message about the lost address asks for this id."""
        leaf.front["id"] = leaf.identity
        leaf.stem = f"{self.random.choice(('nouveau', '2026-02-03-autre', 'nom'))}-{number}"

    def move(self, leaf: Leaf, number: int) -> None:
        base = leaf.folder.split("/")[0] if leaf.kind in ("event", "issue") else "/".join(leaf.folder.split("/")[:2])
        leaf.folder = f"{base}/{self.random.choice(('2025', '2026', 'dossier/sous-dossier'))}" if self.random.random() < 0.8 else base


@dataclass(frozen=True)
class Ids:
    """The ids of a hub by the word of the item that they are of: of feeds, of calendars, and each event's number of changes."""

    entries: dict[str, set[str]]
    events: dict[str, set[str]]
    sequences: dict[str, str]


def ids_of(root: Path) -> Ids:
    """Return what the feeds and calendars of a hub say, read out of their bytes.

    No edit here touches when or where something takes place, so no event may be announced as changed either (SEQUENCE).
    """
    loaded, settings = load_village(AS_OF, root)
    entries: dict[str, set[str]] = {}
    for one in made(feeds, loaded.hub, settings, lambda path: path.endswith(".json") and not re.search(r"/(weekly|monthly)\.", path)):
        for item in json.loads(one)["items"]:
            entries.setdefault(word_of(item["content_html"]), set()).add(item["id"])
    events: dict[str, set[str]] = {}
    sequences: dict[str, str] = {}
    for one in made(calendars, loaded.hub, settings, lambda path: path.endswith(".ics")):
        for event in re.findall(r"BEGIN:VEVENT\r\n(.*?)END:VEVENT", one.decode().replace("\r\n ", ""), re.S):
            uid, sequence = (re.search(rf"^{name}:(.*?)\r$", event, re.M)[1] for name in ("UID", "SEQUENCE"))  # type: ignore[index]
            if "jeton-" in event:
                # The date of a letter is when it goes out, and so what its event is about.
                sequences[uid] = sequence
            events.setdefault(word_of(event), set()).add(uid)
    return Ids(entries, events, sequences)


def made(output: object, hub: object, settings: object, is_wanted: Callable[[str], bool]) -> list[bytes]:
    planned = [one for one in output.plan(hub, settings) if is_wanted(one.path)]  # type: ignore[attr-defined]
    return [bytes(one.content) for one in output.make(planned, settings, Path("nowhere"))]  # type: ignore[attr-defined]


def word_of(text: str) -> str:
    """Return the word of the item that a text is of; letters have none in calendars, only their number."""
    found = re.search(r"jeton-\w+-\d+", text)
    if found:
        return found[0]
    number = re.search(r"SUMMARY:.*?(\d+)", text)
    assert number, text
    return f"jeton-issue-{number[1]}"


@pytest.mark.long
def test_two_hundred_edits_change_no_id(tmp_path):
    """Titles, slugs, dates, tags, names of files and folders: none of them is what an item is."""
    walk = Walk(tmp_path, Random(2026))
    walk.begin()
    build(options(tmp_path, AS_OF))
    first = ids_of(tmp_path)
    assert 22 == len(first.entries)
    assert 22 == len({*first.events, *(leaf.word for leaf in walk.leaves if leaf.kind == "post")})
    assert {"0"} == set(first.sequences.values())

    for number in range(200):
        walk.step(number)
        if number % 10 == 9:
            assert first == ids_of(tmp_path), "\n".join(walk.told)
        if number % 50 == 49:
            build(options(tmp_path, AS_OF))
            assert first == ids_of(tmp_path), "\n".join(walk.told)

    edits = {told.split()[1] for told in walk.told}
    assert {"retitle", "reslug", "redate", "retag", "rename", "move"} == edits
    assert 22 == len({told.split()[2] for told in walk.told})


def test_a_move_to_another_domain_changes_no_id(tmp_path):
    """The community's name goes to another registrar; its members' telephones must not notice."""
    walk = Walk(tmp_path, Random(7))
    walk.begin()
    build(options(tmp_path, AS_OF))
    first = ids_of(tmp_path)

    write(tmp_path, {"hub.toml": HUB.replace("https://bourg.example/hub/", "https://www.autre-bourg.example/")})

    assert first == ids_of(tmp_path)
    build(options(tmp_path, AS_OF))
    assert first == ids_of(tmp_path)
    assert first == ids_of_preview(tmp_path)
    assert b"https://www.autre-bourg.example/posts/post-1/" in (tmp_path / "public/feeds/all.rss.xml").read_bytes()


def ids_of_preview(root: Path) -> Ids:
    """Return the ids of a build for another address, as a preview of a pull request is."""
    out = root / "preview"
    build(options(root, AS_OF, output=out, base_url="https://essai-12.example/", records=False))
    entries: dict[str, set[str]] = {}
    for name in ("all-languages", "newsletters"):
        for item in json.loads((out / f"feeds/{name}.json").read_bytes())["items"]:
            entries.setdefault(word_of(item["content_html"]), set()).add(item["id"])
    seen = ids_of(root)
    assert entries == seen.entries
    uids = {
        uid for file in out.rglob("*.ics") for uid in re.findall(r"^UID:(.*?)\r$", file.read_bytes().decode().replace("\r\n ", ""), re.M)
    }
    assert uids == set().union(*seen.events.values())
    return seen


def test_the_walk_sees_a_changed_id(tmp_path):
    """A file renamed without its id is another item: what would be a second event in every telephone is seen here."""
    walk = Walk(tmp_path, Random(7))
    walk.begin()
    first = ids_of(tmp_path)
    event = next(leaf for leaf in walk.leaves if leaf.kind == "event")
    (tmp_path / event.path).rename((tmp_path / event.path).with_name("autre.md"))

    after = ids_of(tmp_path)

    assert first.entries[event.word] != after.entries[event.word]
    assert first.events[event.word] != after.events[event.word]
