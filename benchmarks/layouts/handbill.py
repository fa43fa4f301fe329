"""A corpus → a hub of Handbill, in a repository of its own, with its own theme."""

from __future__ import annotations

import subprocess
from dataclasses import replace
from pathlib import Path

from benchmarks.corpus import Corpus, Post
from benchmarks.layouts.written import NAME, NOTE, folder_of, fresh, front, quoted, text_of, write

_OVERRIDE = '{% extends "!theme/post.html" %}\n{% block onward %}{{ super() }}<p class="note">' + NOTE + "</p>{% endblock %}\n"


def lay(folder: Path, found: Corpus, *, dialect: str = "github", is_whole: bool = True) -> None:
    """Lay a corpus out; not *is_whole*: without cards and search, as the rivals are."""
    fresh(folder)
    languages = ", ".join(f'"{lang}"' for lang in found.order.languages)
    look = "" if is_whole else "\n[look]\ncards = false\nsearch = false\n"
    hub = f'base_url = "https://bench.example/"\nlang = "{found.order.languages[0]}"\nlanguages = [{languages}]\ndialect = "{dialect}"\n'
    write(folder / "hub.toml", f'[hub]\nname = "{NAME}"\n{hub}{look}')
    write(folder / ".gitignore", "/.handbill/\n/public/\n")
    write(folder / "theme" / "templates" / "post.html", _OVERRIDE)
    for slug, name in found.authors.items():
        write(folder / "content" / "people" / f"{slug}.md", front({"title": quoted(name), "roles": "[atelier]"}) + name + ".\n")
    for post in (*found.posts, *found.scheduled):
        write(_file(folder, post), _front(post) + _text(post))
    _committed(folder)


def _file(folder: Path, post: Post) -> Path:
    return folder / ("events" if post.starts else "content/posts") / f"{post.name}.md"


def _front(post: Post) -> str:
    fields = {
        "title": quoted(post.title),
        "date": post.day.isoformat(),
        "lang": post.lang,
        # Handbill has no categories: they are subjects among others, each with its list and its feeds.
        "tags": f"[{', '.join((*post.tags, post.category))}]",
        "authors": f"[{post.author}]",
    }
    if post.starts:
        fields |= {"starts": f"{post.starts:%Y-%m-%d %H:%M}", "venue": "{name: Atelier, city: Bordeaux}"}
    return front(fields)


def _text(post: Post) -> str:
    """Return a text whose links lead to files, as Handbill's editors write them."""
    here = folder_of(post)
    way = {"posts": {"posts": "", "events": "../../events/"}, "events": {"posts": "../content/posts/", "events": ""}}[here]
    return text_of(replace(post, starts=None), lambda name: way[name.partition("/")[0]] + name.rpartition("/")[2] + ".md")


def _committed(folder: Path) -> None:
    """Commit all of it, because Handbill reads the history of what it builds."""
    who = ("-c", "user.name=Bench", "-c", "user.email=bench@bench.example", "-c", "commit.gpgsign=false", "-c", "gc.auto=0")
    for words in (("init", "--quiet", "--initial-branch=main"), ("add", "--all"), (*who, "commit", "--quiet", "--message=bench")):
        subprocess.run(["git", "-C", str(folder), *words], check=True, stdout=subprocess.DEVNULL)
