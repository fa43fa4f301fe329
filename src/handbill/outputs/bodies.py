"""The HTML of a text → as a page places it: pictures in several widths, and what only a page needs to be usable by all.

Letters and feeds take the text as it is; mail programs and readers would keep
little of this.  Most texts have none of it, so each step looks before it reads.
"""

from __future__ import annotations

import html
import re

from handbill.hub.hub import Hub
from handbill.outputs.alerts import with_alert_titles
from handbill.outputs.pictures import srcset
from handbill.outputs.sheet import Say
from handbill.settings import Settings

#: How wide a text stands on the page, in rem (theme/style/42-prose.css), and which hundredths of a small screen it takes.
COLUMN, NARROW = 38, 92

#: What a picture begins with that is the first thing of a text.
_FIRST = re.compile(r"\s*(?:<p>|<figure>)?<img ")
_IMG = re.compile(r'<img((?: [\w-]+="[^"]*")*)>')
_VALUE = re.compile(r' ([\w-]+)="([^"]*)"')

_CHECKBOX = re.compile(r'<input type="checkbox" disabled=""( checked="")?>')

_NOTES = re.compile(r'<(?:section class="footnotes"|div class="footnote")>')
_BACK = re.compile(
    r'<a (?:href="(#fnref[^"]*)" class="footnote-backref"|class="footnote-backref" href="(#fnref[^"]*)")(?: title="[^"]*")?>'
)
_TO_NOTE = re.compile(r'<a (?:class="footnote-ref" )?href="#fn[-:][^"]*"(?: id="fnref[^"]*")?(?=>(\d+)</a>)')

#: Headings and tables, in their order.
_LANDMARK = re.compile(r"<h[1-6][^>]*>(?P<heading>.*?)</h[1-6]>|<(?P<end>/?)table\b", re.DOTALL)
#: The corner above a column of names: no heading of anything.
_CORNER = re.compile(r"<th[^>]*>\s*</th>")
_CAPTION = re.compile(r"<caption[^>]*>(.*?)</caption>", re.DOTALL)
_TAG = re.compile(r"<[^>]*>")
_SPACES = re.compile(r"[ \t\n]+")
#: What has other spaces than single ones.
_SPACED = re.compile(r"[\t\n]|  ").search
_BREAKS = re.compile(r"[ \t\n-]").split
_CELL = re.compile(r"<t[dh](?P<attributes>[^>]*)>(?P<inner>.*?)(?=<t[dh][ >]|</t[dh]>)", re.DOTALL)

#: As many letters as always fit beside each other on the narrowest screen (WCAG 2.2, 1.4.10), with room for an edge.
_NARROW_LETTERS, _EDGE_LETTERS = 26, 2

#: What a link opens that is no page; without a word people expect one.
_FILES = "pdf|ics|zip|docx?|odt|xlsx?|ods|pptx?|odp|csv|epub|gpx|mp3|ogg|mp4|webm"
_TO_FILE = re.compile(rf'<a (?:[\w-]+="[^"]*" )*?href="[^"?#]*\.(?P<kind>{_FILES})"[^>]*>(?P<said>.*?)</a>', re.DOTALL | re.IGNORECASE)
_ENDS = re.compile(rf'\.(?:{_FILES})"', re.IGNORECASE)


def placed(text: str, hub: Hub, settings: Settings, say: Say, *, is_first: bool = True) -> str:
    """Return the HTML of a text, its links completed, as a page places it.

    ``is_first`` says that no picture stands above it, so that one with which
    the text begins is fetched at once.
    """
    text = with_alert_titles(text, say)
    if "<img " in text:
        text = _with_pictures(text, hub, settings, is_first=is_first)
    if '<input type="checkbox"' in text:
        text = _with_marks(text, say)
    if "<table" in text:
        text = with_regions(text, say)
    if "footnote" in text:
        text = _with_named_notes(text, say)
    if _ENDS.search(text):
        text = _TO_FILE.sub(lambda link: _with_kind(link, say), text)
    return text


def _with_pictures(text: str, hub: Hub, settings: Settings, *, is_first: bool) -> str:
    """Return the text with its pictures in several widths; all but one that it begins with are fetched when they come near."""
    eager = _FIRST.match(text) if is_first else None

    def chosen(found: re.Match[str]) -> str:
        whole = found[0]
        if eager and found.start() < eager.end():
            whole = whole.replace(' loading="lazy"', ' fetchpriority="high"')
        values = dict(_VALUE.findall(found[1]))
        media = hub.pictures.get("/" + values.get("src", "").removeprefix(settings.base))
        offered = srcset(media, settings.local) if media else ""
        if not media or not offered:
            return whole
        wide = min(COLUMN, media.width / 16)
        sizes = f"(min-width: {wide * 100 / NARROW:.1f}rem) {wide:.4g}rem, {NARROW}vw"
        return f'<picture><source type="image/webp" srcset="{offered}" sizes="{sizes}">{whole}</picture>'

    return _IMG.sub(chosen, text)


def _with_marks(text: str, say: Say) -> str:
    """Return a list of things to do with a sign and a word for each box, which nobody can tick."""
    words = {False: html.escape(say("To do:")), True: html.escape(say("Done:"))}

    def marked(found: re.Match[str]) -> str:
        done = bool(found[1])
        return f'<span class="task{" task-done" * done}" data-pagefind-ignore><span class="unseen">{words[done]}</span></span>'

    return _CHECKBOX.sub(marked, text)


def with_regions(text: str, say: Say) -> str:
    """Return the text with each table that a telephone cannot show whole in a part that scrolls, which a keyboard can reach.

    It is named by the table's caption, or the heading above it.
    """
    text = _CORNER.sub("<td></td>", text)
    out: list[str] = []
    names: set[str] = set()
    heading, depth, start, position = "", 0, 0, 0
    for found in _LANDMARK.finditer(text):
        if found["heading"] is not None:
            heading = heading if depth else _plain(found["heading"])
        elif not found["end"]:
            start = start if depth else found.start()
            depth += 1
        elif depth:
            depth -= 1
            if not depth:
                end = text.index(">", found.end()) + 1
                table = text[start:end]
                out += [text[position:start], _region(table, heading or say("Table"), names) if _is_wide(table) else table]
                position = end
    return "".join((*out, text[position:]))


def _region(table: str, name: str, names: set[str]) -> str:
    caption = _CAPTION.search(table)
    base = name = (_plain(caption[1]) if caption else "") or name
    number = 1
    while name in names:
        number += 1
        name = f"{base} ({number})"
    names.add(name)
    return f'<div class="wide" role="region" tabindex="0" aria-label="{html.escape(name)}">{table}</div>'


def _is_wide(table: str) -> bool:
    """Say whether a table may be too wide for the narrowest screen, judged by the longest words of its columns."""
    if "<img " in table or "<pre" in table or "<table" in table[1:]:
        return True
    columns: dict[int, int] = {}
    for row in table.split("<tr")[1:]:
        for number, cell in enumerate(_CELL.finditer(row)):
            said = _plain(cell["inner"])
            words = [said] if "align-right" in cell["attributes"] else _BREAKS(said)
            columns[number] = max(columns.get(number, 0), *map(len, words))
        if sum(columns.values()) + _EDGE_LETTERS * len(columns) > _NARROW_LETTERS:
            return True
    return False


def _with_named_notes(text: str, say: Say) -> str:
    """Return the text with names for its notes and for the ways to them and back, which are a number and an arrow."""
    notes, note, back = html.escape(say("Notes")), html.escape(say("Footnote")), html.escape(say("Back to the text"))

    if '<section class="footnotes">' in text:
        # The engine puts its section at the end.  A section wants a heading, and notes need none.
        above, _, below = text.rpartition("</section>")
        text = f"{above}</div>{below}"
    text = _NOTES.sub(f'<div class="footnotes" role="doc-endnotes" aria-label="{notes}">', text)
    # Words in front, not a name instead: what is seen must be part of what is heard (WCAG 2.2, 2.5.3).
    text = _BACK.sub(lambda found: f'<a href="{found[1] or found[2]}" class="footnote-backref"><span class="unseen">{back} </span>', text)
    return _TO_NOTE.sub(lambda found: f'{found[0]} aria-label="{note} {found[1]}"', text)


def _with_kind(link: re.Match[str], say: Say) -> str:
    """Return a link to a file with what it opens, unless its words say so."""
    kind = link["kind"].upper()
    shown = say("calendar file") if kind == "ICS" else kind
    said = _plain(link["said"]).casefold()
    if kind.casefold() in said or shown.casefold() in said:
        return link[0]
    return f'{link[0].removesuffix("</a>")} <span class="kind">({html.escape(shown)})</span></a>'


def _plain(inner: str) -> str:
    # Most cells hold a word, or a number.
    if "<" in inner:
        inner = _TAG.sub(" ", inner)
    if "&" in inner:
        inner = html.unescape(inner)
    # Spaces at which no line is broken stay: they decide how wide a column is.
    return (_SPACES.sub(" ", inner) if _SPACED(inner) else inner).strip(" ")
