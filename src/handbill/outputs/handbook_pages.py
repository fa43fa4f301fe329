"""The folder that MkDocs wrote → only what the handbook needs, and problems for what no page of ours may hold.

Every page works without script and asks no other site for anything.
"""

from __future__ import annotations

import os
import re
import shutil
from collections.abc import Callable, Iterable
from functools import partial
from html import unescape
from pathlib import Path
from urllib.parse import unquote, urlsplit

from handbill.errors import Problem, said
from handbill.hub.typography_html import typeset_html
from handbill.outputs.bodies import with_regions
from handbill.outputs.handbook_tags import unknown
from handbill.outputs.sheet import Say

#: Written by MkDocs or Material, and used by nothing: the hub has its own 404
#: page, sitemap, style sheet and script.
UNUSED = ("404.html", "sitemap.xml", "sitemap.xml.gz", "assets", "objects.inv")

_TOGGLE = re.compile(r'(<input [^>]*type="checkbox"[^>]*?) autocomplete="off"')
_ARTICLE = re.compile(r'(.*?<html lang="([^"]+)".*?<article[^>]*>)(.*)(</article>.*)', re.DOTALL)
_PICTURE = re.compile(r"<img ([^>]*?)/?>")
_SOURCE = re.compile(r'\bsrc="([^"]*)"')
#: How Python-Markdown sets a column; the policy of a page refuses what is not in a style sheet.
_COLUMN = re.compile(r'(<t[hd]) style="text-align: (left|center|right);"')
_COMMENT = re.compile(r"<!--.*?-->\n?", re.DOTALL)
_IN_FRENCH = '<h2 id="en-francais">'


def tidy(folder: Path, say_in: Callable[[str], Say], typography: bool = True) -> None:
    """Remove what no page shows, uses or may have, set French and columns as in the hub's texts, and let wide tables scroll.

    *say_in* gives the words of a language.
    """
    for name in UNUSED:
        path = folder / name
        if path.is_dir():
            shutil.rmtree(path)
        else:
            path.unlink(missing_ok=True)
    for page in sorted(folder.rglob("*.html")):
        text = _COMMENT.sub("", _TOGGLE.sub(r"\1", page.read_text(encoding="utf-8")))
        text = _ARTICLE.sub(partial(_article, say_in=say_in, typography=typography), text)
        text = _PICTURE.sub(partial(_with_room, page=page, folder=folder), text)
        page.write_text(text, encoding="utf-8", newline="\n")


def _with_room(picture: re.Match[str], page: Path, folder: Path) -> str:
    """Return the element with the picture's width and height, so that no text moves when it comes; and it comes when it is near."""
    source = _SOURCE.search(picture[1])
    file = Path(os.path.normpath(page.parent / unquote(urlsplit(unescape(source[1])).path))) if source else page
    is_ours = file.is_relative_to(folder) and file.suffix != ".html" and file.is_file()
    from handbill.pixels import size_of

    size = size_of(file.read_bytes()) if is_ours and "width=" not in picture[1] else None
    if not size:
        return picture[0]
    width, height = size
    return f'<img {picture[1].strip()} width="{width}" height="{height}" loading="lazy">'


def _article(page: re.Match[str], say_in: Callable[[str], Say], typography: bool) -> str:
    before, lang, text, after = page.groups()
    if "<table" in text:
        text = _COLUMN.sub(r'\1 class="align-\2"', text)
        text = with_regions(text, say_in(lang))
    # A page of another language may end in French, under the heading that says so, as the pages of problem codes do.
    other, heading, french = ("", "", text) if lang == "fr" else text.partition(_IN_FRENCH)
    if typography:
        french = typeset_html(french, "fr")
    return f'{before}{other}<section lang="fr">\n{heading}{french}</section>\n{after}' if heading else before + other + french + after


def check_pages(folder: Path, frame: Iterable[str] = ()) -> list[Problem]:
    """Return a problem for everything in the built pages that would run, or that another site would be asked for.

    *frame* is the HTML that the build itself put around them: the hub's own
    head, masthead and foot, with its script and its search box.
    """
    problems: list[Problem] = []
    for page in sorted(folder.rglob("*.html")):
        text = page.read_text(encoding="utf-8")
        for part in frame:
            text = text.replace(part.strip(), "", 1)
        source = "handbook/" + page.relative_to(folder).as_posix()
        wanted = said("text, pictures of the handbook, and links")
        problems += [Problem(source, 0, 0, "", found, wanted, "HB704") for found in unknown(text)]
    for style in sorted(folder.rglob("*.css")):
        for found in re.findall(r"(?:url\(|@import)\s*[\"']?\s*(?:https?:)?//[^\s\"')]+", style.read_text(encoding="utf-8")):
            name = "theme/handbook/" + style.relative_to(folder).as_posix()
            style_found = said("a style that asks another site ({address})", address=found[:80])
            problems.append(Problem(name, 0, 0, "", style_found, said("files of the handbook"), "HB704"))
    return problems
