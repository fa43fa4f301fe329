"""Every feed of every hub that we have breaks no rule, and says the same to programs that are not ours.

What other programs read is asked of feedparser and of feedsmith; the latter
needs node, and feedsmith in NODE_PATH (``npm install feedsmith``).
"""

from __future__ import annotations

import json
import os
import shutil
import subprocess
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from html import unescape
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import feedparser
import pytest
from tests.feeds.hostile import hostile
from tests.feeds.judging import findings
from tests.hubs import VILLAGE, load_village, moment

from handbill.errors import Level
from handbill.outputs import feeds

ROOT = Path(__file__).parents[2]

#: Each hub with a moment at which it has something of everything.
HUBS = {
    "village": (VILLAGE, "2026-03-20 12:00"),
    "demo": (ROOT, "2026-11-21 12:00"),
    "states": (ROOT / "tests" / "browser" / "states", "2026-05-16 12:00"),
}

#: What stands where RSS would otherwise look like HTML (decision 0030).
JOINER = "\u2060"


def made(root: Path, as_of: str, **changes: object) -> dict[str, bytes]:
    """Return every feed of a hub by its whole address."""
    loaded, settings = load_village(as_of, root, **changes)
    assert not [one for one in loaded.problems if one.level is Level.ERROR]
    return feeds_of(loaded.hub, settings)


def feeds_of(hub: Any, settings: Any, only: frozenset[str] = frozenset()) -> dict[str, bytes]:
    """Return every feed by its whole address, or those of these names."""
    planned = [one for one in feeds.plan(hub, settings) if not only or one.path.partition(".")[0] in only]
    return {settings.base_url + one.path: bytes(one.content) for one in feeds.make(planned, settings, Path("nowhere"))}  # type: ignore[arg-type]


def broken(found: dict[str, bytes], as_of: datetime) -> list[str]:
    """Return every rule that a feed breaks, with its place."""
    return [f"{address}: {one.rule}: {one.what}" for address, raw in found.items() for one in findings(raw, address, as_of)]


@pytest.mark.parametrize("name", HUBS)
def test_no_feed_of_a_hub_of_ours_breaks_a_rule(name):
    """What we show to newcomers is what they will judge us by."""
    root, as_of = HUBS[name]
    found = made(root, as_of)

    assert len(found) > 50
    assert [] == broken(found, moment(as_of))


@pytest.mark.parametrize("dialect", ["github", "python-markdown"])
def test_a_hub_of_hostile_texts_makes_feeds_without_fault_and_loses_nothing(tmp_path, dialect):
    """One such text in one entry cost other communities the whole feed."""
    found = made(hostile(tmp_path), "2026-03-20 12:00", dialect=dialect, feed_entries=100)

    assert [] == broken(found, moment("2026-03-20 12:00"))
    assert 36 == len(json.loads(found["https://bourg.example/sous/feeds/all.json"])["items"])


def stressed(folder: Path, count: int) -> tuple[Any, Any]:
    """Return a hub of so many items, made of the hostile ones and of the states: five on each day, as communities write."""
    hosts, settings = load_village("2026-03-20 12:00", hostile(folder), feed_entries=count, feed_letters=count)
    states, _ = load_village("2026-05-16 12:00", HUBS["states"][0])
    patterns = [one for one in (*hosts.hub.items, *states.hub.items) if one.published and one.kind != "person"]
    hub, items = hosts.hub, []
    for number in range(count):
        one = patterns[number % len(patterns)]
        day = datetime(2026, 3, 19, tzinfo=hub.as_of.tzinfo) - timedelta(days=number // 5)
        later = day + timedelta(days=1) if number % 7 == 0 else None
        name = f"{one.slug}-{number}"
        items.append(
            replace(
                one,
                id=f"{one.kind}:{name}",
                slug=name,
                address=f"{one.address}{number}/",
                published=day,
                updated=later,
                original="",
                source=f"{name}.md",
            )
        )
    return replace(hub, items=tuple(sorted(items, key=lambda one: one.id)), hidden=(), media=states.hub.media + hub.media), settings


@pytest.mark.long
def test_a_hub_of_ten_thousand_items_makes_feeds_without_fault(tmp_path):
    """A community of twenty years has as many; what is rare happens there (two at one moment, an id twice).

    The other feeds of such a hub, some 50,000 entries in each form, take a
    minute and a half: ``python -m tests.feeds.test_hubs``.
    """
    hub, settings = stressed(tmp_path, 10_000)
    names = frozenset({"feeds/all-languages", "feeds/newsletters", "feeds/weekly", "feeds/monthly"})
    found = feeds_of(hub, settings, names)

    count = sum(len(json.loads(found[f"{settings.base_url}feeds/{name}.json"])["items"]) for name in ("all-languages", "newsletters"))
    # What is translated stands once among all; a letter in another language has its feed there.
    elsewhere = sum(1 for one in hub.of_kind("issue") if one.lang != settings.lang)
    assert 10_000 - elsewhere == count
    assert [] == broken(found, hub.as_of)


def fields_of_json(raw: bytes) -> list[tuple[object, ...]]:
    """Return what every form says of an entry, from the one that needs no reading."""
    return [
        (
            one["id"], one["url"], one["title"], one["summary"], one["content_html"].strip(), seconds(one["date_published"]), tuple(one.get("tags", ())),
            tuple(author["name"] for author in one.get("authors", ())),
        )
        for one in json.loads(raw)["items"]
    ]  # fmt: skip


def seconds(moment: str) -> int:
    """Return a moment as programs compare it."""
    return int(datetime.fromisoformat(moment).astimezone(UTC).timestamp())


def fields_by_feedparser(raw: bytes, form: str) -> list[tuple[object, ...]]:
    read = feedparser.parse(raw, sanitize_html=False, resolve_relative_uris=False)
    assert not read.bozo
    return [
        (
            one.id, one.link, worded(one, "title", form), worded(one, "summary", form), text_of(one),
            int(datetime(*one.published_parsed[:6], tzinfo=UTC).timestamp()), tuple(tag.term for tag in one.get("tags", ())),
            tuple(bare(author.name) for author in one.get("authors", ()) if author),
        )
        for one in read.entries
    ]  # fmt: skip


def worded(entry: Any, field: str, form: str) -> str:
    """Return a plain text of an entry; what Atom calls HTML, and what RSS calls a description, is escaped."""
    detail = entry.get(f"{field}_detail")
    # Where there is no summary feedparser takes the text for one.
    if detail is None or (field == "summary" and "content" not in entry and form == "rss"):
        return ""
    is_html = field == "summary" if form == "rss" else detail.type == "text/html"
    return bare(unescape(entry[field]) if is_html else entry[field])


def text_of(entry: Any) -> str:
    return str(entry.content[0].value if "content" in entry else entry.get("summary", "")).strip()


def bare(text: str) -> str:
    """Return a text without what keeps it from being taken for HTML."""
    return text.replace(JOINER, "")


@pytest.fixture(scope="module")
def all_hubs(tmp_path_factory: pytest.TempPathFactory) -> dict[str, bytes]:
    """Return every feed of all hubs, the hostile one too."""
    found = {f"{name} {address}": raw for name, (root, as_of) in HUBS.items() for address, raw in made(root, as_of).items()}
    return found | made(hostile(tmp_path_factory.mktemp("hostile")), "2026-03-20 12:00")


def test_a_common_reader_finds_the_same_in_each_form(all_hubs):
    """Which form a member's program prefers must not decide what the member gets to read."""
    compared = 0
    for address, raw in all_hubs.items():
        if address.endswith(".json"):
            for form in ("rss", "atom"):
                assert fields_of_json(raw) == fields_by_feedparser(all_hubs[f"{address.removesuffix('json')}{form}.xml"], form), address
                compared += len(fields_of_json(raw))
    assert compared > 500


FEEDSMITH = """
const { parseFeed } = require('feedsmith');
const seconds = (text) => Math.floor(new Date(text).getTime() / 1000);
const worded = (text) => text && typeof text === 'object' ? text.value : text || '';
const read = (text) => {
  const { format, feed } = parseFeed(text);
  if (format === 'rss') return (feed.items || []).map((one) => [one.guid.value, one.link, one.title, (one.content ? one.description : '') || '',
    one.content ? one.content.encoded : one.description || '', seconds(one.pubDate), (one.categories || []).map((tag) => tag.name),
    one.dc && one.dc.creators || []]);
  if (format === 'atom') return (feed.entries || []).map((one) => [one.id, one.links.find((link) => link.rel === 'alternate').href,
    worded(one.title), worded(one.summary), worded(one.content), seconds(one.published), (one.categories || []).map((tag) => tag.term),
    (one.authors || []).map((author) => author.name), (one.title || {}).type, (one.summary || {}).type]);
  return (feed.items || []).map((one) => [one.id, one.url, one.title, one.summary || '', one.content_html || '', seconds(one.date_published),
    one.tags || [], (one.authors || []).map((author) => author.name)]);
};
const given = JSON.parse(require('fs').readFileSync(0, 'utf8'));
console.log(JSON.stringify(Object.fromEntries(Object.entries(given).map(([address, text]) => [address, read(text)]))));
"""


def has_feedsmith() -> bool:
    node = shutil.which("node")
    return bool(node) and subprocess.run([node, "-e", "require('feedsmith')"], capture_output=True, check=False).returncode == 0


def fields_by_feedsmith(found: dict[str, bytes]) -> dict[str, list[tuple[object, ...]]]:
    given = json.dumps({address: raw.decode() for address, raw in found.items()})
    done = subprocess.run(["node", "-e", FEEDSMITH], input=given.encode(), capture_output=True, check=True, env={**os.environ, "TZ": "UTC"})
    return {address: [_tidied(row, address) for row in rows] for address, rows in json.loads(done.stdout).items()}


def _tidied(row: list[Any], address: str) -> tuple[object, ...]:
    """Return what was read as every form says it: what is escaped in a form plain, lists as tuples."""
    identity, link, title, summary, content, published, tags, authors, *types = row
    if types:
        title, summary = (unescape(text) if kind == "html" else text for text, kind in zip((title, summary), types, strict=True))
    elif address.endswith("rss.xml"):
        summary = unescape(summary)
    return identity, link, bare(title), bare(summary), content.strip(), published, tuple(tags), tuple(bare(one) for one in authors)


def test_a_reader_in_another_language_finds_the_same_in_each_form(all_hubs):
    """Two readers that share no line of code rarely share an error."""
    if not has_feedsmith():
        pytest.skip("needs node, and feedsmith in NODE_PATH: npm install feedsmith, then NODE_PATH=…/node_modules")
    read = fields_by_feedsmith({address: raw for address, raw in all_hubs.items() if not address.endswith(".opml")})

    for address, raw in all_hubs.items():
        if address.endswith(".json"):
            for ending in ("json", "rss.xml", "atom.xml"):
                assert fields_of_json(raw) == read[address.removesuffix("json") + ending], address


if __name__ == "__main__":
    with TemporaryDirectory() as folder:
        hub, settings = stressed(Path(folder), 10_000)
        everything = feeds_of(hub, settings)
        faults = broken(everything, hub.as_of)
        print(*faults, f"{len(everything)} feeds, {sum(map(len, everything.values())):,} bytes, {len(faults)} faults", sep="\n")  # noqa: T201
