"""What happened since the last build: what a scenario changes in the files of a contestant before its next one."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Mapping
from pathlib import Path
from types import MappingProxyType

from benchmarks.contestants import Contestant
from benchmarks.corpus import Corpus

#: The line of front matter in which the tags of a post stand.
_TAGS = re.compile(r"^(tags: .*)$", re.MULTILINE | re.IGNORECASE)


def prepare(scenario: str, one: Contestant, folder: Path, found: Corpus, turn: int) -> None:
    """Change the files of a contestant as the scenario wants it, each turn in another way."""
    _CHANGES[scenario](one, folder, found, turn)


def _cold(one: Contestant, folder: Path, _found: Corpus, turn: int) -> None:
    # Away, not removed: for a minute after thousands of files were removed, ext4
    # is several times slower to make new ones, and would be so for the next one.
    gone = folder.parent / "gone" / f"{one.name}-{turn}"
    for name in (one.output, *one.leftovers):
        if (folder / name).exists():
            gone.mkdir(parents=True, exist_ok=True)
            (folder / name).rename(gone / name)


def _nothing(_one: Contestant, _folder: Path, _found: Corpus, _turn: int) -> None:
    """Leave all as it is."""


def _edited(one: Contestant, folder: Path, found: Corpus, turn: int) -> None:
    texts = [post for post in found.posts if not post.starts]
    # From the middle: neither on the front page nor first of anything.
    file = folder / one.posts / f"{texts[(len(texts) // 2 + turn) % len(texts)].name}.md"
    file.write_text(file.read_text(encoding="utf-8") + "\nUne phrase de plus.\n", encoding="utf-8")


def _tag(one: Contestant, folder: Path, found: Corpus, turn: int) -> None:
    counted = Counter(tag for post in found.posts for tag in post.tags)
    # The tag in the middle, counted by posts; each turn it has another name.
    tag = sorted(counted, key=lambda name: (counted[name], name))[len(counted) // 2]
    before = tag if turn == 0 else f"{tag}-{turn}"
    after = f"{tag}-{turn + 1}"
    whole = re.compile(rf"(?<![\w-]){re.escape(before)}(?![\w-])")
    for post in (*found.posts, *found.scheduled):
        file = folder / (one.events if post.starts else one.posts) / f"{post.name}.md"
        if tag in post.tags and file.is_file():
            text = _TAGS.sub(lambda line: whole.sub(after, line.group()), file.read_text(encoding="utf-8"), count=1)
            file.write_text(text, encoding="utf-8")


def _template(one: Contestant, folder: Path, _found: Corpus, turn: int) -> None:
    _numbered(folder / one.template, "Note", turn)


def _setting(one: Contestant, folder: Path, _found: Corpus, turn: int) -> None:
    _numbered(folder / one.settings, "Atelier", turn)


def _numbered(file: Path, word: str, turn: int) -> None:
    text = file.read_text(encoding="utf-8")
    if f"{word} {turn}" not in text:
        raise ValueError(f"{file.name} does not say {word} {turn}")
    file.write_text(text.replace(f"{word} {turn}", f"{word} {turn + 1}"), encoding="utf-8")


_CHANGES: Mapping[str, Callable[[Contestant, Path, Corpus, int], None]] = MappingProxyType(
    {
        "cold": _cold,
        "nothing": _nothing,
        "edited": _edited,
        "tag": _tag,
        "template": _template,
        "setting": _setting,
        # The moment alone moves on.
        "due": _nothing,
    }
)

#: Each scenario in the order of a turn, and what it is called.
SCENARIOS: Mapping[str, str] = MappingProxyType(
    {
        "cold": "from nothing",
        "nothing": "nothing changed",
        "edited": "one post edited",
        "tag": "a tag renamed",
        "template": "the template of a post changed",
        "setting": "the name of the site changed",
        "due": "a scheduled post fell due",
    }
)
