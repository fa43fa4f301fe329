"""A corpus → a site of Hugo: the same lists and feeds, by its own taxonomies."""

from __future__ import annotations

import shutil
from pathlib import Path

from benchmarks.corpus import Corpus
from benchmarks.layouts.written import TEMPLATES, copy_theme, folder_of, framed, fresh, front, quoted, text_of, write

_WORDS = {
    "lang": "{{ site.Language.Lang }}",
    "title": "{{ .Title }}",
    "titled": "{{ .Title }}",
    "name": "{{ site.Title }}",
    "address": "{{ .Permalink }}",
    "feed": "/feed.atom",
    "head": '{{ block "head" . }}{{ end }}',
    "main": '{{ block "main" . }}{{ end }}',
}


def lay(folder: Path, found: Corpus) -> None:
    """Lay a corpus out; what is scheduled is left out."""
    fresh(folder)
    shutil.copytree(TEMPLATES / "hugo", folder / "layouts", ignore=shutil.ignore_patterns("hugo.toml"))
    shutil.copyfile(TEMPLATES / "hugo" / "hugo.toml", folder / "hugo.toml")
    write(folder / "layouts" / "baseof.html", framed(_WORDS))
    copy_theme(folder / "static" / "theme")
    # Authors and years have their lists in one page, as Handbill shows them, and no feeds.
    for kind in ("authors", "years"):
        write(folder / "content" / kind / "_index.md", '---\ntitle: "' + kind + '"\noutputs: [html]\ncascade:\n  outputs: [html]\n---\n')
    for slug, name in found.authors.items():
        write(folder / "content" / "authors" / slug / "_index.md", front({"title": quoted(name)}))
    write(folder / "content" / "posts" / "_index.md", front({"title": "Articles"}))
    for post in found.posts:
        fields = {
            "title": quoted(post.title),
            "date": post.day.isoformat(),
            "tags": f"[{', '.join(post.tags)}]",
            "categories": f"[{quoted(post.category)}]",
            "authors": f"[{post.author}]",
            "years": f'["{post.day.year}"]',
        }
        write(folder / "content" / folder_of(post) / f"{post.name}.md", front(fields) + text_of(post, lambda name: f"/{name}/"))
