"""Random edits of a small hub: what editors, designers and strangers do to it, one file at a time."""

from __future__ import annotations

import io
import re
from collections.abc import Callable
from pathlib import Path
from random import Random

from PIL import Image

#: Does one edit and says in words which; "" where nothing of the sort is there to be edited.
Edit = Callable[[Random, Path], str]

_WORDS = ("le", "puits", "rouvre", "samedi", "avec", "les", "voisins", "autour", "de", "la", "fontaine", "et", "une", "soupe", "chaude", "pour", "qui", "aide", "à", "porter", "les", "pierres")  # fmt: skip


def _words(chance: Random, least: int = 2, most: int = 9) -> str:
    return " ".join(chance.choice(_WORDS) for _ in range(chance.randint(least, most)))


def _texts(root: Path, *folders: str) -> list[Path]:
    names = folders or ("content/posts", "content/pages", "content/people", "content/contests", "events", "newsletters")
    return sorted(file for name in names for file in (root / name).rglob("*.md") if "archive" not in file.parts)


def _one(chance: Random, files: list[Path]) -> Path | None:
    return chance.choice(files) if files else None


def _field(file: Path, name: str, value: str | None) -> None:
    """Write a field of front matter, or take it out."""
    text = re.sub(rf"(?m)^{name}:.*\n", "", file.read_text(encoding="utf-8"), count=1)
    if value is not None:
        text = text.replace("---\n", f"---\n{name}: {value}\n", 1)
    file.write_text(text, encoding="utf-8")


def body(chance: Random, root: Path) -> str:
    """Write a paragraph more."""
    file = _one(chance, _texts(root))
    assert file
    with file.open("a", encoding="utf-8") as opened:
        opened.write(f"\n{_words(chance).capitalize()}.\n")
    return f"{file.name}: a paragraph more"


def blank(chance: Random, root: Path) -> str:
    """Write what nobody can see: an empty line at the end."""
    file = _one(chance, _texts(root))
    assert file
    with file.open("a", encoding="utf-8") as opened:
        opened.write("\n\n")
    return f"{file.name}: an empty line more"


def title(chance: Random, root: Path) -> str:
    """Call something by another name."""
    file = _one(chance, _texts(root, "content/posts", "content/pages", "content/contests", "content/people", "events"))
    assert file
    _field(file, "title", _words(chance, 2, 4).capitalize())
    return f"{file.name}: another title"


def summary(chance: Random, root: Path) -> str:
    """Sum something up in other words."""
    file = _one(chance, _texts(root, "content/posts", "events"))
    assert file
    _field(file, "summary", _words(chance))
    return f"{file.name}: another summary"


def tags(chance: Random, root: Path) -> str:
    """Hang something among other subjects; a tag may come or go with it."""
    file = _one(chance, _texts(root, "content/posts", "events", "content/contests"))
    assert file
    _field(file, "tags", "[" + ", ".join(chance.sample(["Eau", "pierre", "Fête", "bois", "soupe"], chance.randint(1, 3))) + "]")
    return f"{file.name}: other tags"


def date(chance: Random, root: Path) -> str:
    """Publish something on another day, which may be to come."""
    file = _one(chance, _texts(root, "content/posts"))
    assert file
    day = f"202{chance.choice('566')}-0{chance.randint(1, 5)}-1{chance.randint(0, 9)}"
    _field(file, "date", day)
    return f"{file.name}: on {day}"


def draft(chance: Random, root: Path) -> str:
    """Finish a draft, or take something back."""
    file = _one(chance, _texts(root, "content/posts", "events"))
    assert file
    is_draft = "\ndraft: true" in file.read_text(encoding="utf-8")
    _field(file, "draft", None if is_draft else "true")
    return f"{file.name}: {'finished' if is_draft else 'a draft'}"


def unlisted(chance: Random, root: Path) -> str:
    """Take something out of lists, or put it back."""
    file = _one(chance, _texts(root, "content/posts", "content/people"))
    assert file
    is_unlisted = "\nlisted: false" in file.read_text(encoding="utf-8")
    _field(file, "listed", None if is_unlisted else "false")
    return f"{file.name}: {'listed' if is_unlisted else 'unlisted'}"


def starts(chance: Random, root: Path) -> str:
    """Let an event begin at another time."""
    file = root / "events" / "2026" / "concert.md"
    if not file.exists():
        return ""
    day = f"2026-0{chance.randint(3, 6)}-2{chance.randint(0, 8)} {chance.randint(10, 20)}:00"
    _field(file, "starts", day)
    return f"concert.md: begins {day}"


def place(chance: Random, root: Path) -> str:
    """Let an event take place elsewhere."""
    file = _one(chance, [one for one in _texts(root, "events") if "\nvenue: {" in one.read_text(encoding="utf-8")])
    if file is None:
        return ""
    _field(file, "venue", f"{{name: {_words(chance, 1, 2).capitalize()}}}")
    return f"{file.name}: elsewhere"


def picture(chance: Random, root: Path) -> str:
    """Put another picture into the place of one."""
    colour = tuple(chance.randrange(256) for _ in range(3))
    drawn = io.BytesIO()
    Image.new("RGB", (640 + chance.randrange(40), 400), colour).save(drawn, "PNG")
    (root / "content" / "pictures" / "puits.png").write_bytes(drawn.getvalue())
    return "puits.png: another picture"


def new(chance: Random, root: Path) -> str:
    """Write a post that was not there."""
    name = f"neuf-{chance.randrange(10**6)}"
    text = f"---\ntitle: {_words(chance, 2, 4).capitalize()}\ndate: 2026-0{chance.randint(1, 4)}-05\n---\n\n{_words(chance)}.\n"
    (root / "content" / "posts" / f"{name}.md").write_text(text, encoding="utf-8")
    return f"{name}.md: new"


def event(chance: Random, root: Path) -> str:
    """Announce an event that was not there."""
    name = f"veillee-{chance.randrange(10**6)}"
    text = f"---\ntitle: {_words(chance, 2, 3).capitalize()}\ndate: 2026-03-01\nstarts: 2026-0{chance.randint(3, 7)}-1{chance.randint(0, 9)} 18:00\nvenue: {{name: Grange}}\n---\n\n{_words(chance)}.\n"
    (root / "events" / "2026" / f"{name}.md").write_text(text, encoding="utf-8")
    return f"{name}.md: announced"


def _gone(root: Path, address: str) -> None:
    hub = root / "hub.toml"
    text = hub.read_text(encoding="utf-8")
    hub.write_text(re.sub(r"(?m)^gone = \[", f'gone = ["{address}", ', text, count=1), encoding="utf-8")


def delete(chance: Random, root: Path) -> str:
    """Take a post away for good; its address is gone, and hub.toml says so."""
    file = _one(chance, [one for one in _texts(root, "content/posts") if one.stem.startswith("neuf-")])
    if file is None:
        return ""
    file.unlink()
    _gone(root, f"/posts/{file.stem}/")
    return f"{file.name}: deleted"


def rename(chance: Random, root: Path) -> str:
    """Give a file another name: its page moves, and the old address leads there, or is gone."""
    file = _one(chance, [one for one in _texts(root, "content/posts") if one.stem.startswith("neuf-")])
    if file is None:
        return ""
    text = file.read_text(encoding="utf-8")
    stem = f"neuf-{chance.randrange(10**6)}"
    own = re.search(r"(?m)^id: (.*)$", text)
    if not own:
        text = text.replace("---\n", f"---\nid: post:{file.stem}\n", 1)
    file.unlink()
    moved = file.with_name(f"{stem}.md")
    moved.write_text(text, encoding="utf-8")
    if chance.random() < 0.6 and "\naliases:" not in text:
        _field(moved, "aliases", f"[/posts/{file.stem}/]")
        return f"{file.name}: now {stem}.md, and leads there"
    _gone(root, f"/posts/{file.stem}/")
    return f"{file.name}: now {stem}.md, and gone from its old address"


def settings(chance: Random, root: Path) -> str:
    """Change what stands on every page."""
    hub = root / "hub.toml"
    text = hub.read_text(encoding="utf-8")
    if chance.random() < 0.5:
        text = re.sub(r'(?m)^tagline = "[^"]*"', f'tagline = "{_words(chance)}"', text, count=1)
    else:
        text = re.sub(r'(?m)^accent = "#[^"]*"', f'accent = "#{chance.choice(["1f6f54", "6f1f54", "1f546f", "7a3b00"])}"', text, count=1)
    hub.write_text(text, encoding="utf-8")
    return "hub.toml: other words or colours"


def template(chance: Random, root: Path) -> str:
    """Say something else at the end of every post."""
    file = root / "theme" / "templates" / "post.html"
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text('{% extends "!theme/post.html" %}\n{% block after_body %}{{ super() }}<p>' + _words(chance) + "</p>{% endblock %}\n", encoding="utf-8")
    return "post.html: another end"


def static(chance: Random, root: Path) -> str:
    """Publish a file as it is."""
    file = root / "theme" / "static" / "note.txt"
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(_words(chance), encoding="utf-8")
    return "note.txt: other words"


def catalogue(chance: Random, root: Path) -> str:
    """Call a part of every page something else."""
    file = root / "theme" / "locale" / "fr.po"
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(f'msgid "Search"\nmsgstr "{_words(chance, 1, 2).capitalize()}"\n', encoding="utf-8")
    return "fr.po: another word"


def letter(chance: Random, root: Path) -> str:
    """Send a letter under another subject, or write a further one."""
    if chance.random() < 0.7:
        _field(root / "newsletters" / "2026-03.md", "subject", _words(chance, 2, 4).capitalize())
        return "2026-03.md: another subject"
    file = root / "newsletters" / "2026-04.md"
    file.write_text(f"---\nnumber: 3\nsubject: {_words(chance, 2, 4)}\npreheader: {_words(chance)}\ndate: 2026-04-1{chance.randint(0, 9)} 18:00\n---\n\n{_words(chance)}.\n", encoding="utf-8")
    return "2026-04.md: a letter to come"


def contest(chance: Random, root: Path) -> str:
    """Let a contest close at another time, or offer something else."""
    file = root / "content" / "contests" / "photo.md"
    _field(file, "closes", f"2026-03-{chance.randint(25, 31)}")
    _field(file, "enter", _words(chance).capitalize())
    return "photo.md: other terms"


def person(chance: Random, root: Path) -> str:
    """Give somebody another part."""
    _field(root / "content" / "people" / "ada.md", "roles", f"[{_words(chance, 1, 1)}, {_words(chance, 1, 1)}x]")
    return "ada.md: other roles"


def hidden(chance: Random, root: Path) -> str:
    """Change what is no part of what members get."""
    (root / "LISEZMOI.md").write_text(_words(chance), encoding="utf-8")
    file = root / "content" / "posts" / "brouillon.md"
    if file.exists() and "draft: true" in file.read_text(encoding="utf-8"):
        body_of = file.read_text(encoding="utf-8") + f"\n{_words(chance)}\n"
        file.write_text(body_of, encoding="utf-8")
    return "LISEZMOI.md and a draft: other words"


#: Every sort of edit; the first ones are the daily bread.
EDITS: tuple[Edit, ...] = (
    body, body, body, title, title, summary, tags, tags, date, draft, unlisted, starts, place, picture, new, new, event, delete, rename,
    rename, settings, template, static, catalogue, letter, letter, contest, person, hidden, blank,
)  # fmt: skip
