"""Whole small hubs by chance, each by its number: every kind, several languages, unkind titles, and what is not to be seen yet.

A hub says of itself what must not come out: the words of what hides.
"""

from __future__ import annotations

import random
import struct
import zlib
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

from tests.hubs import write

from handbill.hub.written import scalar

#: Titles and texts that are true of somebody's community and unkind to programs.
UNKIND = (
    "A", "Le puits & la « margelle » <neuve>", "L’été, à vélo !", "100 % laine : mode d’emploi", "`code` et *étoiles*", "{{ 7*7 }} {% raw %}", "]]> <!-- --> ?>", "C:\\Windows\\x", "../../ailleurs",
    "index", "CON", "Ærø œuvre ſtraße İzmir", "ألعاب في القرية", "שלום לכולם", "漢字かな交じり文", "👩🏽\u200d🚒 aux pompiers", "a" * 120, "un  deux\u00a0trois\u202fquatre", "null", "2026-05-01", "=1+1", "-",
    "Qui ? Quoi ! Où ; quand :", "\"guillemets\" 'anglais'", "&amp;lt;b&gt;", "javascript:alert(1)", "%2e%2e%2f", "e\u0301te\u0301", "n°&nbsp;5", "1er mai — 2e édition",
)  # fmt: skip
TAGS = ("Eau", "pierre", "l’été", "C++", "neige & glace", "漢字 kanji", "a-b", "CON", "100 %", "Été 2026")
WORDS = ("le", "puits", "du", "village", "attend", "sa", "margelle", "de", "pierre", "et", "les", "enfants", "jouent", "sous", "la", "halle", "quand", "il", "pleut")  # fmt: skip


@dataclass
class Invented:
    """A hub that was made up: when it is built, and words that no output may hold then."""

    number: int
    as_of: str
    hidden: list[str] = field(default_factory=list)
    files: dict[str, str | bytes] = field(default_factory=dict)


def invented(number: int) -> Invented:
    """Return the hub of that number; the same each time."""
    return _Inventing(number).hub


def lay(hub: Invented, root: Path) -> Path:
    """Write a hub into a folder and return it."""
    root.mkdir(parents=True, exist_ok=True)
    return write(root, hub.files)


class _Inventing:
    def __init__(self, number: int) -> None:
        self.hub = Invented(number, "2026-04-10 12:00")
        self.chance = random.Random(number)
        self.files = self.hub.files
        self.languages = ["fr", *self.chance.sample(["en", "de", "ar"], self.chance.randint(0, 2))]
        self.base = self.chance.choice(["https://essai.example/", "https://essai.example/notre/hub/", "https://xn--t-xfa.example/"])
        self.texts: list[str] = []
        self.names: set[str] = set()
        self.people = [self.text("content/people", "person", hides=False, dated=False) for _ in range(self.some(2))]
        self.places = [self.text("content/places", "place", hides=False, dated=False) for _ in range(self.some(2))]
        for folder, kind, most in (
            ("content/posts", "post", 4),
            ("content/pages", "page", 1),
            ("events/2026", "event", 3),
            ("content/contests", "contest", 1),
        ):
            for _ in range(self.some(most)):
                self.text(folder, kind)
        for one in range(self.some(2)):
            self.letter(one + 1)
        self.settings()
        if self.chance.random() < 0.3:
            self.files["theme/static/notre.css"] = "p { margin: 0 }\n"

    def some(self, most: int) -> int:
        return self.chance.randint(0, most)

    def is_so(self, share: float) -> bool:
        return self.chance.random() < share

    def settings(self) -> None:
        rows = [
            "[hub]",
            'name = "Notre hub & <vous>"',
            f'base_url = "{self.base}"',
            'lang = "fr"',
            f"languages = {self.languages}".replace("'", '"'),
            'timezone = "Europe/Paris"',
        ]
        rows += [f'dialect = "{self.chance.choice(["github", "python-markdown"])}"', 'description = "Un essai."']
        # Cards and the search index are made by programs of their own; other tests look at them.
        rows += ["[look]", "cards = false", "search = false"]
        if self.is_so(0.3):
            rows += ["[addresses]", 'posts = "billets"', 'tags = "sujets"']
        if self.is_so(0.3):
            rows += ["[feeds]", f"entries = {self.chance.choice([1, 3, 30])}"]
        rows += [
            "[mail]",
            'sender = "Nous <lettre@essai.example>"',
            'postal_address = "1 place du Puits, 00000 Village"',
            'unsubscribe = "https://lettre.essai.example/{token}"',
        ]
        rows += ["[letters.main]", 'name = "La lettre"', 'description = "Une fois par mois."']
        self.files["hub.toml"] = "\n".join(rows) + "\n"

    def name(self, is_plain: bool) -> str:
        """Return a name of a file that no other has, whatever the case."""
        while True:
            name = "".join(self.chance.choice("abcdefg") for _ in range(3))
            if not is_plain:
                name = self.chance.choice(["", "2026-03-01-"]) + name + self.chance.choice(["", "-été", "_b", ".c"])
            if name.lower() not in self.names:
                self.names.add(name.lower())
                return name

    def text(self, folder: str, kind: str, hides: bool = True, dated: bool = True) -> str:
        """Write a text, perhaps with its translations, and return the name by which others call it."""
        name = self.name(is_plain=kind in ("person", "place"))
        secret = f"secret{self.hub.number}x{len(self.files)}"
        is_hidden = hides and self.is_so(0.2)
        front = {"title": self.chance.choice(UNKIND) if self.is_so(0.7) else f"Titre {name}"}
        if dated and kind != "page":
            front["date"] = self.chance.choice(["2026-01-15", "2026-03-20 12:00", "2025-12-31 23:30", "2024-02-29"])
        if is_hidden and self.is_so(0.5) and kind != "page":
            front["date"] = self.chance.choice(["2026-04-10 12:01", "2026-05-01", "2030-01-01"])
        elif is_hidden:
            front["draft"] = "true"
        if is_hidden:
            self.hub.hidden.append(secret)
        front |= getattr(self, kind)()
        if kind in ("post", "event", "contest"):
            front["tags"] = _listed(self.chance.sample(TAGS, self.some(3)))
        if self.is_so(0.3):
            front |= {
                "picture": f"{'../' if kind != 'event' else '../../content/'}pictures/{self.picture()}",
                "picture_alt": "Ce qu’on y voit",
            }
        if self.is_so(0.2) and kind in ("post", "event"):
            front["aliases"] = _listed(
                [f"/vieux/{name.encode('ascii', 'ignore').decode()}/", f"/{name.encode('ascii', 'ignore').decode()}.html"]
            )
        body = self.body(folder) + (f"\n\n{secret}\n" if is_hidden else "")
        self.files[f"{folder}/{name}.md"] = _file(front, body)
        if not is_hidden:
            self.texts.append(f"{folder}/{name}.md")
        for lang in self.languages[1:]:
            if dated and kind != "contest" and self.is_so(0.3):
                other = {**front, "title": self.chance.choice(UNKIND), "slug": f"{lang}-{abs(hash_of(name))}"}
                other.pop("aliases", None)
                self.files[f"{folder}/{name}.{lang}.md"] = _file(other, self.body(folder) + (f"\n\n{secret}\n" if is_hidden else ""))
        return name

    def post(self) -> dict[str, str]:
        front = {}
        if self.is_so(0.3):
            front["series"] = "Portraits"
        if self.is_so(0.5):
            front["authors"] = _listed([*self.people[:1], "Un passant"])
        if self.is_so(0.3):
            front["updated"] = "2026-04-01"
        return front

    def page(self) -> dict[str, str]:
        return {"menu": self.chance.choice(["header", "footer"])} if self.is_so(0.5) else {}

    def person(self) -> dict[str, str]:
        return {"joined": "2024-01-15"} if self.is_so(0.5) else {}

    def place(self) -> dict[str, str]:
        return {"city": "Village"} if self.is_so(0.5) else {}

    def event(self) -> dict[str, str]:
        starts = self.chance.choice(["2026-04-11 14:00", "2026-04-10 11:00", "2026-03-28", "2026-10-25 01:30", "2026-05-09 20:00"])
        venue = self.chance.choice(self.places) if self.places and self.is_so(0.5) else "{name: Grange, city: Village}"
        front = {"starts": starts, "venue": venue, "organisers": "[Comité]"}
        if " " in starts and self.is_so(0.5):
            front["recurrence"] = self.chance.choice(["{rule: FREQ=WEEKLY;COUNT=4}", "{rule: FREQ=DAILY;COUNT=3}", "{extra: [2026-12-20]}"])
        if self.is_so(0.2):
            front |= {"status": self.chance.choice(["cancelled", "postponed"]), "status_note": "Il pleut."}
        return front

    def contest(self) -> dict[str, str]:
        opens, closes, draw = self.chance.choice(
            [
                ("2026-03-10", "2026-03-31", "2026-04-02 18:00"),
                ("2026-04-01", "2026-04-30", "2026-05-02 18:00"),
                ("2026-05-10", "2026-05-31", "2026-06-02 18:00"),
            ]
        )
        return {
            "mechanism": "draw", "opens": opens, "closes": closes, "draw": draw, "results": f"{draw[:8]}09", "prizes": "[{name: Un seau, quantity: 2, value: 12 €}]", "enter": "Envoyez une photo.",
            "enter_url": "https://formulaire.example/photo", "organiser": "Mairie",
        }  # fmt: skip

    def letter(self, number: int) -> None:
        front = {"number": str(number), "subject": f"Lettre {number}", "date": f"2026-0{number + 1}-05 18:00"}
        if self.is_so(0.5):
            front["sections"] = "[posts, events]"
        self.files[f"newsletters/2026-0{number + 1}.md"] = _file(front, "Bonjour.\n\n" + self.words(9))

    def picture(self) -> str:
        name = self.chance.choice(["puits.png", "été 1.png", "A.png"])
        self.files[f"content/pictures/{name}"] = _png(1 + UNKIND.index("A") + len(name), 5)
        return name

    def words(self, number: int) -> str:
        return " ".join(self.chance.choice(WORDS) for _ in range(number))

    def body(self, folder: str) -> str:
        parts = []
        for _ in range(self.some(5)):
            parts.append(
                self.chance.choice(
                    (self._words, self._heading, self._link, self._picture, self._table, self._code, self._list, self._note, self._html)
                )(folder)
            )
        return "\n\n".join(parts) or "Rien."

    def _words(self, _: str) -> str:
        return f"{self.words(12)}, **{self.words(2)}** et *{self.words(1)}*."

    def _heading(self, _: str) -> str:
        return f"## {self.words(2)}\n\n{self.words(5)}\n\n## {self.words(2)}"

    def _link(self, folder: str) -> str:
        if not self.texts:
            return "[ailleurs](https://ailleurs.example/?a=b&c=d#e)"
        ups = "../" * (folder.count("/") + 1)
        return f"Voir [{self.words(2)}](<{ups}{self.chance.choice(self.texts)}>)."

    def _picture(self, folder: str) -> str:
        return f"![{self.words(3)}](<{'../' * (folder.count('/') + 1)}content/pictures/{self.picture()}>)"

    def _table(self, _: str) -> str:
        return "| a | b |\n| --- | ---: |\n| `c` | *d* |"

    def _code(self, _: str) -> str:
        return "```html\n<script>alert(1)</script> {{ x }}\n```"

    def _list(self, _: str) -> str:
        return f"- {self.words(2)}\n- [ ] {self.words(1)}\n  1. {self.words(2)}"

    def _note(self, _: str) -> str:
        number = self.some(10**6)
        return f"{self.words(3)}[^{number}].\n\n[^{number}]: {self.words(4)}"

    def _html(self, _: str) -> str:
        return '<details><summary>Plus</summary>\n\nEncore.\n\n</details> <b onclick="x()">gras</b> <iframe src="https://ailleurs.example/"></iframe>'


def hash_of(name: str) -> int:
    """Return a number for a name, the same on each day."""
    return zlib.crc32(name.encode("utf-8"))


def _listed(values: Sequence[str]) -> str:
    return "[" + ", ".join(scalar(value, in_list=True, is_text=True) for value in values) + "]"


def _file(front: dict[str, str], body: str) -> str:
    rows = [f"{key}: {scalar(value, is_text=True) if key in ('title', 'subject') else value}" for key, value in front.items()]
    return "---\n" + "\n".join(rows) + f"\n---\n\n{body}\n"


def _png(width: int, height: int) -> bytes:
    rows = b"".join(b"\0" + bytes([row * 40 % 256]) * width for row in range(height))
    parts = ((b"IHDR", struct.pack(">IIBBBBB", width, height, 8, 0, 0, 0, 0)), (b"IDAT", zlib.compress(rows)), (b"IEND", b""))
    return b"\x89PNG\r\n\x1a\n" + b"".join(
        struct.pack(">I", len(content)) + name + content + struct.pack(">I", zlib.crc32(name + content)) for name, content in parts
    )
