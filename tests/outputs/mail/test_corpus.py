"""Years of a real newsletter, imported and made into letters.

``HANDBILL_NEWSLETTERS`` names the content folder of a Pelican site whose texts
are issues; without it the test is skipped.  ``python -m
tests.outputs.mail.test_corpus FOLDER`` prints the table of sizes, from such a
folder or from a hub that it became.
"""

import os
import re
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from statistics import median
from typing import NamedTuple

import pytest
from tests.hubs import moment
from tests.outputs.mail.letters import templates
from tests.outputs.mail.test_text import addresses, led_to
from tests.outputs.mail.wire import read

from handbill.errors import Level
from handbill.outputs.cards import Cards
from handbill.outputs.letters import letter_of
from handbill.outputs.mail.compose import html_of
from handbill.outputs.mail.message import message_of
from handbill.outputs.mail.text import text_of
from handbill.outputs.theme import Theme
from handbill.outputs.words import words_for
from handbill.reading.load import load
from handbill.settings import read_settings

CORPUS = os.environ.get("HANDBILL_NEWSLETTERS", "")

#: What a mail may weigh before Gmail shows only its beginning.
MOST, MOST_ON_THE_WIRE = 100_000, 102_400


class Made(NamedTuple):
    """One issue: its sizes in bytes, how long it took from record to mail, and what is wrong with it."""

    source: str
    html: int
    wire: int
    text: int
    seconds: float
    faults: tuple[str, ...]


def made(root: Path) -> tuple[list[Made], list[str]]:
    """Return every letter of a hub, and the problems by which texts were refused."""
    settings = read_settings(root)
    loaded = load(settings, moment("2030-01-01 12:00"), None)
    refused = [f"{one.path}:{one.line}: {one.code} {one.found}" for one in loaded.problems if one.level is Level.ERROR]
    words, frames = words_for(settings.lang, Theme(root).locale(settings.lang)), templates()
    cards = Cards(loaded.hub, settings, settings.lang, settings.absolute)
    found = []
    for item in loaded.hub.of_kind("issue", settings.lang):
        letter = letter_of(item, loaded.hub, settings, cards)
        begun = time.process_time()
        html, text = html_of(letter, frames, words), text_of(letter, words)
        raw = message_of(letter, text, html)
        spent = time.process_time() - begun
        mail = read(raw)
        # The HTML as it travels, without the headers of its form.
        wire = len(raw.split(f"\r\n--{mail.boundary}".encode())[2].split(b"\r\n\r\n", 1)[1])
        assert [text, html] == [part.text for part in mail.parts]
        found.append(Made(item.source, len(html.encode()), wire, len(text.encode()), spent, tuple(_faults(html, text))))
    return found, refused


def _faults(html: str, text: str) -> Iterator[str]:
    missing, more = led_to(html) - addresses(text), addresses(text) - led_to(html)
    if missing := {one for one in missing if one not in text.replace("\n", "")}:
        yield f"the text lacks {sorted(missing)[:3]}"
    # Addresses in the words of the writer are words.
    if more := {one for one in more if one.removeprefix("mailto:") not in re.sub(r"<[^>]*>", "", html).replace("&amp;", "&")}:
        yield f"the text alone leads to {sorted(more)[:3]}"
    if long := [line for line in text.split("\n") if len(line) > 78 and not re.search(r"://|mailto:|@", line)]:
        yield f"a line of {len(long[0])} signs: {long[0][:40]}"
    if "\n\n\n" in text:
        yield "a gap"


def sized(root: Path) -> Path:
    """Return a hub with a sender, so that mails are made."""
    file = root / "hub.toml"
    settings = file.read_text(encoding="utf-8")
    if "[mail]" not in settings:
        file.write_text(
            settings + '\n[mail]\nsender = "Essai <a@essai.example>"\nunsubscribe = "https://x.example/{token}"\n', encoding="utf-8"
        )
    return root


@pytest.mark.skipif(not CORPUS, reason="HANDBILL_NEWSLETTERS names no folder of issues")
def test_years_of_a_real_newsletter_become_letters_without_a_fault(tmp_path):
    """Nobody writes for a test: what is in them has been written, with all the slips of hundreds of contributors."""
    found, refused = made(imported(Path(CORPUS), tmp_path / "hub"))

    assert len([one for one in Path(CORPUS).iterdir() if one.suffix in (".md", ".markdown")]) == len(found) + len(refused)
    assert [] == [(one.source, one.faults) for one in found if one.faults]
    assert [] == refused


def imported(source: Path, into: Path) -> Path:
    """Return the hub that a Pelican site became; the folder itself, if it is a hub already."""
    if (source / "hub.toml").is_file():
        return sized(source)
    from handbill.cli import main

    words = (
        "import",
        "pelican",
        source,
        "--into",
        into,
        "--kind",
        "issue",
        "--name",
        "Essai",
        "--base-url",
        "https://essai.example/",
        "--lang",
        "en",
    )
    assert main([*map(str, words), "--timezone", "UTC", "--dialect", "python-markdown"]) == 0
    return sized(into)


def table(found: list[Made]) -> Iterator[str]:
    """Yield the sizes, by the quantity: median, nine in ten, largest, and how many are too large."""
    for name, most in (("html", MOST), ("wire", MOST_ON_THE_WIRE), ("text", 0)):
        sizes = sorted(getattr(one, name) for one in found)
        largest = max(found, key=lambda one: getattr(one, name))
        over = f", {sum(size > most for size in sizes)} over {most:,}" if most else ""
        yield f"{name:5} median {median(sizes):>9,.0f}  p90 {sizes[len(sizes) * 9 // 10]:>9,}  largest {sizes[-1]:>9,} ({largest.source}){over}"
    slowest = max(found, key=lambda one: one.seconds)
    yield f"{len(found)} letters, {sum(one.seconds for one in found):.1f} s of work, slowest {slowest.seconds * 1000:.0f} ms ({slowest.source})"
    years: dict[str, list[Made]] = {}
    for one in found:
        years.setdefault(re.search(r"20\d\d", one.source)[0] if re.search(r"20\d\d", one.source) else "?", []).append(one)
    for year, some in sorted(years.items()):
        yield f"{year}: {len(some):3}  html {median(one.html for one in some):>9,.0f}  text {median(one.text for one in some):>8,.0f}  over {sum(one.html > MOST or one.wire > MOST_ON_THE_WIRE for one in some)}"


if __name__ == "__main__":
    letters, problems = made(sized(Path(sys.argv[1])))
    print(*table(letters), *problems[:20], *((one.source, one.faults) for one in letters if one.faults), sep="\n")  # noqa: T201
