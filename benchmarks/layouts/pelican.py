"""A corpus → a site of plain Pelican: the same lists, and the feeds that it knows."""

from __future__ import annotations

import shutil
from pathlib import Path

from benchmarks.corpus import Corpus
from benchmarks.layouts.written import TEMPLATES, copy_theme, folder_of, framed, fresh, text_of, write

_WORDS = {
    "lang": "{{ DEFAULT_LANG }}",
    "title": "{% block title %}{% endblock %}",
    "titled": "{{ self.title() }}",
    "name": "{{ SITENAME }}",
    "address": "{{ SITEURL }}/{{ output_file | replace('index.html', '') }}",
    "feed": "/feed.atom",
    "head": "{% block head %}{% endblock %}",
    "main": "{% block main %}{% endblock %}",
}


def lay(folder: Path, found: Corpus) -> None:
    """Lay a corpus out; what is scheduled is left out."""
    fresh(folder)
    shutil.copyfile(TEMPLATES / "pelican" / "pelicanconf.py", folder / "pelicanconf.py")
    shutil.copytree(TEMPLATES / "pelican" / "templates", folder / "theme" / "templates")
    write(folder / "theme" / "templates" / "base.html", framed(_WORDS))
    copy_theme(folder / "theme" / "static")
    for post in found.posts:
        fields = (
            ("Title", post.title),
            ("Date", post.day.isoformat()),
            ("Tags", ", ".join(post.tags)),
            ("Category", post.category),
            ("Author", found.authors[post.author]),
        )
        meta = "".join(f"{key}: {value}\n" for key, value in fields)
        write(folder / "content" / folder_of(post) / f"{post.name}.md", meta + "\n" + text_of(post, lambda name: f"/{name}/"))
