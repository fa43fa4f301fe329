"""A corpus → a site of Eleventy: the same lists and feeds, as collections of its configuration."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

from benchmarks.corpus import Corpus
from benchmarks.layouts.written import NAME, TEMPLATES, copy_theme, folder_of, framed, fresh, front, quoted, text_of, write

_WORDS = {
    "lang": "{{ site.lang }}",
    "title": "{{ title or list.title or list.kind or site.name }}",
    "titled": "{{ title or list.title or list.kind or site.name }}",
    "name": "{{ site.name }}",
    "address": "{{ site.url }}{{ page.url }}",
    "feed": "/feed.atom",
    "head": "{% block head %}{% endblock %}",
    "main": "{% block main %}{% endblock %}",
}


def lay(folder: Path, found: Corpus) -> None:
    """Lay a corpus out; what is scheduled is left out."""
    fresh(folder)
    theirs = TEMPLATES / "eleventy"
    shutil.copyfile(theirs / "eleventy.config.js", folder / "eleventy.config.js")
    write(folder / "package.json", '{"type": "module"}\n')
    shutil.copytree(theirs / "_includes", folder / "content" / "_includes")
    shutil.copytree(theirs / "lists", folder / "content" / "lists")
    write(folder / "content" / "_includes" / "base.njk", framed(_WORDS))
    site = {"name": NAME, "url": "https://bench.example", "lang": found.order.languages[0], "authors": found.authors}
    write(folder / "content" / "_data" / "site.json", json.dumps(site, ensure_ascii=False, indent=1) + "\n")
    copy_theme(folder / "theme")
    for kind in ("posts", "events"):
        rule = f'{{ layout: "post.njk", permalink: (all) => `/{kind}/${{all.page.fileSlug}}/` }}'
        write(folder / "content" / kind / f"{kind}.11tydata.js", f"export default {rule};\n")
    for post in found.posts:
        fields = {
            "title": quoted(post.title),
            "date": post.day.isoformat(),
            "tags": f"[{', '.join(post.tags)}]",
            "category": quoted(post.category),
            "author": post.author,
        }
        write(folder / "content" / folder_of(post) / f"{post.name}.md", front(fields) + text_of(post, lambda name: f"/{name}/"))
