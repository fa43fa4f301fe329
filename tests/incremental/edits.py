"""What people do to a hub between two builds: each edit has a name and two numbers, which choose the file and the value.

An edit that finds nothing to change does nothing; a hub may become faulty, and
is then mended or not by later edits.
"""

from __future__ import annotations

import os
import re
import shutil
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

from tests.hubs import VILLAGE, text

TAGS = ("[Eau]", "[pierre, Eau]", "[neige]", "[]", "[bois, chant, pierre]", "[Nouveau sujet]")
DATES = ("2026-01-15", "2026-03-20 12:00", "2026-03-25 08:00", "2024-02-29", "2026-04-02 18:00", "2030-01-01")
TITLES = ("Un autre titre", "Le puits", '"L’eau : <deux> & « trois »"', "A", "Fête du puits")
PUBLIC_FRONT = re.compile(r"\A---\n(.*?)\n---\n", re.DOTALL)
LOCKS = ("addresses.lock", "calendars.lock", "history.lock")

#: Folders of an editor's texts, and those of all that a build reads.
TEXTS = ("content/posts", "content/pages", "content/people", "content/places", "content/contests", "events", "newsletters")


@dataclass
class Ground:
    """A hub that is being edited: its folder, its moment, its terms, and the states to which it can go back."""

    root: Path
    as_of: str
    moments: tuple[str, ...]
    more: dict[str, object] = field(default_factory=dict)
    states: list[dict[str, bytes]] = field(default_factory=list)

    def texts(self, *below: str) -> list[Path]:
        """Return the texts below some folders, or all, in order of their names."""
        found = (file for folder in below or TEXTS for file in (self.root / folder).rglob("*.md") if "archive" not in file.parts)
        return sorted(file for file in found if file.is_file())

    def text(self, number: int, *below: str) -> Path | None:
        """Return one of the texts."""
        found = self.texts(*below)
        return found[number % len(found)] if found else None

    def sources(self) -> list[Path]:
        """Return every file of the hub but those of Git, of the program and of the site."""
        own = {".git", ".handbill", "public", "other", ".public.handbill", ".other.handbill"}
        return sorted(
            Path(folder, name) for folder, folders, names in os.walk(self.root)
            for name in names if not own & {*Path(folder).relative_to(self.root).parts}
        )  # fmt: skip

    def state(self) -> dict[str, bytes]:
        """Return every source with its bytes."""
        return {file.relative_to(self.root).as_posix(): file.read_bytes() for file in self.sources() if file.is_file()}

    def go_back(self, state: dict[str, bytes]) -> None:
        """Bring back an earlier state, as a checkout does: what is the same is not touched."""
        for file in self.sources():
            if file.is_symlink() or file.relative_to(self.root).as_posix() not in state:
                file.unlink()
        for name, raw in state.items():
            file = self.root / name
            if not file.is_file() or file.read_bytes() != raw:
                if file.is_dir():
                    shutil.rmtree(file)
                put(file, raw)


def put(file: Path, raw: bytes | str) -> None:
    """Write a file as most editors do, in its place."""
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_bytes(raw if isinstance(raw, bytes) else raw.encode("utf-8"))


def with_field(whole: str, key: str, value: str | None) -> str:
    """Return a text with this value of a field of one line, or without the field."""
    front = PUBLIC_FRONT.match(whole)
    if front is None:
        return whole
    lines = [line for line in front[1].split("\n") if not line.startswith(f"{key}:")]
    if value is not None:
        lines.append(f"{key}: {value}")
    return "---\n" + "\n".join(lines) + "\n---\n" + whole[front.end() :]


def _set(file: Path | None, key: str, value: str | None) -> None:
    if file is not None:
        put(file, with_field(file.read_text(encoding="utf-8", errors="replace"), key, value))


# Texts


def write_post(ground: Ground, a: int, b: int) -> None:
    front = {"title": TITLES[b % len(TITLES)], "date": DATES[a % len(DATES)], "tags": TAGS[b % len(TAGS)]}
    if b % 3 == 0:
        front |= {"picture": "../pictures/puits.png", "picture_alt": "Le puits"}
    if b % 4 == 0:
        front["series"] = "Portraits"
    others = ground.texts("content/posts")
    link = f"Voir [un autre]({others[a % len(others)].name})." if others and b % 2 else "Rien."
    put(ground.root / f"content/posts/neuf-{a % 4}{'.en' if b % 7 == 6 else ''}.md", text(f"{link}\n\n## Suite {b}\n", **front))


def write_event(ground: Ground, a: int, b: int) -> None:
    front = {"title": TITLES[b % len(TITLES)], "date": "2026-01-04", "starts": f"2026-04-{1 + a % 28:02} 19:00", "organisers": "[ada]", "venue": ("{name: Lisière}", "grange")[a % 2]}
    if b % 2:
        front["recurrence"] = ("{rule: FREQ=WEEKLY;COUNT=5}", "{rule: FREQ=MONTHLY}", "{extra: [2026-05-20]}")[b % 3]
    put(ground.root / f"events/2026/neuf-{a % 3}.md", text("On vient.", tags=TAGS[b % len(TAGS)], **front))


def append(ground: Ground, a: int, b: int) -> None:
    if file := ground.text(a):
        words = ("Encore une phrase.", "[Ada](../people/ada.md) le dit.", "## Un titre de plus", "![x](../pictures/puits.png)", f"Numéro {b}.", "| a | b |\n| - | - |\n| 1 | 2 |")
        put(file, file.read_text(encoding="utf-8", errors="replace") + f"\n{words[b % len(words)]}\n")


def retitle(ground: Ground, a: int, b: int) -> None:
    file = ground.text(a)
    _set(file, "subject" if file and "newsletters" in file.parts else "title", TITLES[b % len(TITLES)])


def retag(ground: Ground, a: int, b: int) -> None:
    _set(ground.text(a, "content/posts", "events", "content/contests"), "tags", TAGS[b % len(TAGS)])


def rename_tag(ground: Ground, a: int, b: int) -> None:
    for file in ground.texts("content/posts", "events", "content/contests"):
        put(file, re.sub(r"\b(Eau|Onde)\b", ("Onde", "Eau")[a % 2], file.read_text(encoding="utf-8", errors="replace")))


def redate(ground: Ground, a: int, b: int) -> None:
    _set(ground.text(a, "content/posts", "events", "content/contests", "newsletters"), "date", DATES[b % len(DATES)])


def move_event(ground: Ground, a: int, b: int) -> None:
    if (file := ground.text(a, "events")) and "recurrence" not in file.read_text(encoding="utf-8"):
        put(file, with_field(with_field(file.read_text(encoding="utf-8"), "ends", None), "starts", f"2026-04-{10 + b % 9} 1{b % 10}:00"))


def call_off(ground: Ground, a: int, b: int) -> None:
    _set(ground.text(a, "events"), "status", ("cancelled", "postponed", None)[b % 3])


def draft(ground: Ground, a: int, b: int) -> None:
    _set(ground.text(a), "draft", ("true", "false", None)[b % 3])


def alias(ground: Ground, a: int, b: int) -> None:
    _set(ground.text(a, "content/posts", "content/pages"), "aliases", (f"[/vieux-{a % 3}/]", None)[b % 2])


def updated(ground: Ground, a: int, b: int) -> None:
    _set(ground.text(a, "content/posts", "content/pages"), "updated", ("2026-03-19", "2026-03-21 08:00", None)[b % 3])


def delete(ground: Ground, a: int, b: int) -> None:
    if file := ground.text(a):
        file.unlink()
        if b % 3:
            forget(ground, a, b)


def rename(ground: Ground, a: int, b: int) -> None:
    if file := ground.text(a, "content/posts", "content/pages", "events"):
        if b % 2:
            kind = {"posts": "post", "pages": "page"}.get(file.parent.name, "event")
            _set(file, "id", f"{kind}:{re.sub(r'^[0-9-]+|[.].*', '', file.name)}")
        file.rename(file.with_name(f"autre-{a % 5}{'.en' if '.en.' in file.name else ''}.md"))


def rename_case(ground: Ground, a: int, b: int) -> None:
    if file := ground.text(a, "content/posts", "events"):
        file.rename(file.with_name(file.name.swapcase().replace(".MD", ".md").replace(".EN.", ".en.")))


def move_folder(ground: Ground, a: int, b: int) -> None:
    old, new = (ground.root / f"events/{name}" for name in (("2026", "2027"), ("2027", "2026"))[a % 2])
    if old.is_dir() and not new.exists():
        old.rename(new)


def translate(ground: Ground, a: int, b: int) -> None:
    if (file := ground.text(a, "content/posts", "content/pages")) and ".en." not in file.name:
        other = file.with_name(file.name.replace(".md", ".en.md"))
        if other.exists():
            other.unlink()
        else:
            put(other, text("In English.", title="In English", date="2026-01-05", slug=f"in-english-{a}"))


def break_text(ground: Ground, a: int, b: int) -> None:
    if file := ground.text(a):
        faults = ("---\ntitle: [\n---\n", "", "---\ntitle: Sans fin\n", "\xff")
        if b % 5 < 4:
            put(file, faults[b % 5].encode("latin-1"))
        else:
            _set(file, "draft", "oui")


def warn_text(ground: Ground, a: int, b: int) -> None:
    if file := ground.text(a, "content/posts", "content/pages"):
        put(file, file.read_text(encoding="utf-8", errors="replace") + ("\n<b>gras</b>\n", "\n![x](https://ailleurs.example/x.png)\n", "\n[perdu](nulle-part.md)\n")[b % 3])


# Pictures and other files


def repaint(ground: Ground, a: int, b: int) -> None:
    from io import BytesIO

    from PIL import Image

    found = sorted((ground.root / "content/pictures").glob("*.png"))
    if found:
        raw = BytesIO()
        Image.new("RGB", (40 + b % 3 * 100, 30), (a * 40 % 256, 90, 120)).save(raw, "PNG")
        put(found[a % len(found)], raw.getvalue())


def move_picture(ground: Ground, a: int, b: int) -> None:
    found = sorted((ground.root / "content/pictures").rglob("*.png"))
    if found:
        old = found[a % len(found)]
        new = old.with_name(f"image-{b % 3}.png")
        if new.exists():
            return
        old.rename(new)
        if b % 2:
            for file in ground.texts():
                put(file, file.read_bytes().replace(old.name.encode(), new.name.encode()))
            forget(ground, a, b)


def swap_pictures(ground: Ground, a: int, b: int) -> None:
    found = sorted((ground.root / "content/pictures").rglob("*.png"))
    if len(found) > 1:
        one, other, aside = found[0], found[-1], found[0].with_suffix(".aside")
        one.rename(aside)
        other.rename(one)
        aside.rename(other)


def add_picture(ground: Ground, a: int, b: int) -> None:
    file = ground.root / f"content/pictures/de-plus-{a % 2}.png"
    if file.exists():
        file.unlink()
    else:
        put(file, (VILLAGE / "content/pictures/puits.png").read_bytes())


def theme_file(ground: Ground, a: int, b: int) -> None:
    names = {
        "theme/static/notre.css": ("p { margin: 0 }\n", f"p {{ margin: {b}px }}\n"),
        "theme/static/autre.svg": ("<svg xmlns='http://www.w3.org/2000/svg'/>\n", f"<svg xmlns='http://www.w3.org/2000/svg' width='{b}'/>\n"),
        "theme/style/notre.css": (":root { --x: 0 }\n", f":root {{ --x: {b} }}\n"),
        "theme/tokens.toml": (None, f'[light]\naccent = "#1f6f5{b % 10}"\n'),
    }
    name = sorted(names)[a % len(names)]
    content = names[name][b % 2]
    if content is None:
        (ground.root / name).unlink(missing_ok=True)
    else:
        put(ground.root / name, content)


def template(ground: Ground, a: int, b: int) -> None:
    name = ("page", "post", "list", "event", "base", "parts/item")[a % 6]
    file = ground.root / f"theme/templates/{name}.html"
    engine = Path(__file__).parents[2] / f"theme/templates/{name}.html"
    way = b % 4
    if way == 0:
        file.unlink(missing_ok=True)
    elif way == 1:
        put(file, engine.read_text(encoding="utf-8") + f"{{# note {b} #}}\n")
    elif way == 2:
        put(file, engine.read_text(encoding="utf-8") + f"\n<!-- {b} -->\n")
    elif name not in ("base", "parts/item"):
        put(file, f'{{% extends "!theme/{name}.html" %}}\n{{# {b} #}}\n')


def break_template(ground: Ground, a: int, b: int) -> None:
    put(ground.root / f"theme/templates/{('page', 'post', 'parts/item')[a % 3]}.html", ("{% if %}", "{{ nothing.at.all }}", "{% include 'no-such.html' %}")[b % 3])


def words(ground: Ground, a: int, b: int) -> None:
    file = ground.root / f"theme/locale/{('fr', 'en')[a % 2]}.po"
    head = 'msgid ""\nmsgstr ""\n"Content-Type: text/plain; charset=UTF-8\\n"\n\n'
    put(file, head + f'msgid "{("Events", "Posts", "Home")[b % 3]}"\nmsgstr "Mot {b}"\n')


def setting(ground: Ground, a: int, b: int) -> None:
    file = ground.root / "hub.toml"
    whole = file.read_text(encoding="utf-8")
    changes: tuple[tuple[str, str], ...] = (
        (r'(?m)^name = ".*"', f'name = "Le lieu {b % 3}"'),
        (r'(?m)^tagline = ".*"', f'tagline = "Devise {b % 3}"'),
        (r'languages = \["fr", "en"\]', 'languages = ["fr", "en", "de"]'),
        (r'languages = \["fr", "en", "de"\]', 'languages = ["fr", "en"]'),
        (r'timezone = ".*"', f'timezone = "{("Europe/Paris", "America/Montreal")[b % 2]}"'),
        (r'base_url = "https://([a-z]+)\.example/.*"', rf'base_url = "https://\1.example/{("hub/", "", "autre/")[b % 3]}"'),
        (r"cards = (true|false)", f"cards = {('true', 'false')[b % 2]}"),
        (r'accent = ".*"', f'accent = "#1f6f5{b % 10}"'),
        (r"(?s)\Z", f'\n[addresses]\ngone = ["/parti-{b % 3}/"]\n' if "[addresses]" not in whole else ""),
        (r"(?s)\Z", f"\n# {b}\n"),
        (r"\A", f'faute = {b}\n' if b % 2 else ""),
        (r"\Afaute = .*\n", ""),
    )
    old, new = changes[a % len(changes)]
    put(file, re.sub(old, new, whole, count=1))


def handbook(ground: Ground, a: int, b: int) -> None:
    if (ground.root / "mkdocs.yml").exists():
        put(ground.root / f"handbook/{('suite', 'index')[a % 2]}.md", f"# Titre {b % 3}\n\nVoir [l’accueil](index.md).\n")


def archived(ground: Ground, a: int, b: int) -> None:
    """Alter a frozen letter or what was committed of a contest: what nobody should do, and is told."""
    found = sorted(file for part in ("newsletters/archive", "content/contests/archive") for file in (ground.root / part).rglob("*") if file.is_file())
    if found:
        file = found[a % len(found)]
        put(file, file.read_bytes() + b"\n") if b % 2 else file.unlink()


# Locks, history, and the machine


def forget(ground: Ground, a: int, b: int) -> None:
    """Take back what was promised, so that what is gone need not answer."""
    (ground.root / LOCKS[0 if b % 4 else 1]).unlink(missing_ok=True)


def break_lock(ground: Ground, a: int, b: int) -> None:
    file = ground.root / LOCKS[a % 2]
    put(file, (b"", b"?\n", b"/posts/nulle-part/ post:nulle-part\n", file.read_bytes()[: 100 + b] if file.is_file() else b"")[b % 4])


def commit(ground: Ground, a: int, b: int) -> None:
    import subprocess

    who = {"GIT_AUTHOR_NAME": ("Ada Puits", "Un passant")[a % 2], "GIT_AUTHOR_EMAIL": "a@puits.example", "GIT_COMMITTER_NAME": "x", "GIT_COMMITTER_EMAIL": "x@puits.example"}
    date = f"2026-0{1 + b % 3}-1{a % 10}T10:00:00+01:00"
    env = {"PATH": os.environ["PATH"], "HOME": str(ground.root), "GIT_CONFIG_NOSYSTEM": "1", **who, "GIT_AUTHOR_DATE": date, "GIT_COMMITTER_DATE": date}
    if not (ground.root / ".git").exists():
        subprocess.run(["git", "init", "--quiet", "--template=", "--initial-branch=main"], cwd=ground.root, env=env, check=True)
        (ground.root / ".git/info").mkdir(exist_ok=True)
        (ground.root / ".git/info/exclude").write_text("/public\n/other\n.handbill/\n.*.handbill/\n*.lock\n")
    subprocess.run(["git", "add", "--all"], cwd=ground.root, env=env, check=True)
    subprocess.run(["git", "commit", "--quiet", "--allow-empty", "-m", "x"], cwd=ground.root, env=env, check=True)


def touch(ground: Ground, a: int, b: int) -> None:
    found = ground.sources()
    file = found[a % len(found)]
    if not file.is_symlink():
        os.utime(file, None if b % 3 else (2_000_000_000, 2_000_000_000) if b % 2 else (1, 1))


def same_size(ground: Ground, a: int, b: int) -> None:
    """Change one letter in place and put the time back: neither size nor time tells."""
    if file := ground.text(a):
        times, raw = file.stat(), file.read_bytes()
        changed = re.sub(rb"(?s)\A(.*)([a-df-z])(?=[^a-z]*\Z)", lambda found: found[1] + (b"a", b"b")[found[2] == b"a"], raw)
        with file.open("r+b") as opened:
            opened.write(changed)
        if b % 2:
            os.utime(file, ns=(times.st_atime_ns, times.st_mtime_ns))


def replace(ground: Ground, a: int, b: int) -> None:
    """Save as careful editors do, by a new file that takes the place of the old; with other bytes or the same, and with an old time or not."""
    if file := ground.text(a):
        times, new = file.stat(), file.with_name("scratch~")
        put(new, file.read_bytes() + (b"\nRemplac\xc3\xa9.\n" if b % 2 else b""))
        if b % 3:
            os.utime(new, ns=(times.st_atime_ns, times.st_mtime_ns))
        new.replace(file)


def exchange(ground: Ground, a: int, b: int) -> None:
    """Let two texts change places, each with its own time and size."""
    one, other = ground.text(a, "content/posts"), ground.text(b, "content/posts")
    if one and other and one != other:
        aside = one.with_name("aside~")
        one.rename(aside)
        other.rename(one)
        aside.rename(other)


def link(ground: Ground, a: int, b: int) -> None:
    """Put a link in the place of a text, to a copy of it or to nowhere."""
    if file := ground.text(a, "content/posts", "content/pages"):
        raw = file.read_bytes()
        file.unlink()
        if b % 3:
            put(ground.root / "copie.txt", raw)
        file.symlink_to(ground.root / ("copie.txt" if b % 3 else "nulle-part.txt"))


def go_back(ground: Ground, a: int, b: int) -> None:
    if ground.states:
        ground.go_back(ground.states[a % len(ground.states)])


def advance(ground: Ground, a: int, b: int) -> None:
    ground.as_of = ground.moments[a % len(ground.moments)]


def terms(ground: Ground, a: int, b: int) -> None:
    """Ask for drafts, for another address, or for neither."""
    ground.more = ({}, {"drafts": True}, {"base_url": "https://essai-12.example/"}, {"strict": True})[a % 4]


def damage_public(ground: Ground, a: int, b: int) -> None:
    """Delete or alter a published file, which nobody should do."""
    found = sorted(file for file in (ground.root / "public").rglob("*") if file.is_file())
    if found:
        file = found[a * 37 % len(found)]
        raw = file.read_bytes()
        file.unlink()
        if b % 2:
            file.write_bytes(raw + b" ")


Edit = Callable[[Ground, int, int], None]

#: Every edit by its name; those that are made most stand several times.
EDITS: dict[str, Edit] = {
    edit.__name__: edit
    for edit in (
        write_post, write_event, append, retitle, retag, rename_tag, redate, move_event, call_off, draft, alias, updated, delete, rename, rename_case,
        move_folder, translate, break_text, warn_text, repaint, move_picture, swap_pictures, add_picture, theme_file, template, break_template, words,
        setting, handbook, archived, forget, break_lock, commit, touch, same_size, replace, exchange, link, go_back, advance, terms, damage_public,
    )
}  # fmt: skip
