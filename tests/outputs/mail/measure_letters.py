"""How long letters take, in seconds of one processor: one of forty entries from Markdown to MIME, and the proofs of forty letters, cold and warm.

Run from the root of the repository: ``.venv/bin/python -m tests.outputs.mail.measure_letters``.
"""

from __future__ import annotations

import sys
import tempfile
from collections.abc import Callable
from pathlib import Path
from statistics import median
from time import process_time

from tests.hubs import moment, options, text, write

ENTRIES, LETTERS = 40, 40
THEN = "2026-06-20 12:00"
HUB = """[hub]
name = "Essai"
base_url = "https://essai.example/"
lang = "fr"
[mail]
sender = "Essai <lettre@essai.example>"
postal_address = "1 place du Puits"
unsubscribe = "https://essai.example/stop/{token}"
"""


def issue(number: int, day: str) -> str:
    """Return a letter with a text of its own, and as many posts and events as there are."""
    body = "Bonjour à toutes et à tous.\n\n" + "Un paragraphe avec *du relief*, un [lien](../content/posts/p1.md) et `du code`.\n\n" * 8
    sections = f"```section\nshow: events\nlimit: {ENTRIES // 2}\nahead: 90\n```\n\n```section\nshow: posts\nlimit: {ENTRIES // 2}\nlayout: list\n```\n"
    return text(
        body + sections,
        number=str(number),
        subject=f"Lettre {number}",
        preheader="Trois ateliers",
        date=f"{day} 18:00",
        sections="[]",
        since="2026-01-01",
    )


def hub(root: Path, letters: int) -> Path:
    """Write a hub with twenty events, twenty posts and so many letters."""
    files: dict[str, str | bytes] = {"hub.toml": HUB, "content/people/ada.md": "---\ntitle: Ada\n---\n\nElle répare.\n"}
    for n in range(1, ENTRIES // 2 + 1):
        files[f"content/posts/p{n}.md"] = text(
            "Une phrase qui dit de quoi il s'agit, et une autre. " * 4, title=f"Billet {n}", date=f"2026-03-{n:02} 10:00"
        )
        starts = f"2026-07-{n:02} 14:00"
        files[f"events/e{n}.md"] = text(
            "On répare ensemble ce qui ne marche plus. " * 3,
            title=f"Atelier {n}",
            date="2026-02-01",
            starts=starts,
            mode="online",
            organisers="[ada]",
        )
    for n in range(1, letters + 1):
        files[f"newsletters/{n}.md"] = issue(n, f"2026-0{5 + n // 29}-{n % 28 + 1:02}" if letters > 1 else "2026-06-18")
    return write(root, files)


def timed(work: Callable[[], object], times: int = 5) -> float:
    """Return the median of some runs, in milliseconds."""
    found = []
    for _ in range(times):
        start = process_time()
        work()
        found.append(process_time() - start)
    return 1000 * median(found)


def from_markdown_to_mime(root: Path) -> bytes:
    """Return the mail of the one letter of a hub, everything read anew."""
    from handbill.outputs import letters
    from handbill.reading.load import load
    from handbill.settings import read_settings

    letters._html.cache_clear()
    settings = read_settings(root)
    loaded = load(settings, moment(THEN), None).hub
    files = {one.path: one.content for one in letters.make(list(letters.plan(loaded, settings)), settings, root)}
    mail = next(content for path, content in files.items() if path.endswith("mail.eml"))
    assert isinstance(mail, bytes)
    return mail


def main() -> None:
    """Write the figures, a line each."""
    from handbill.examining import examine
    from handbill.outputs import letters
    from handbill.reading.load import load
    from handbill.settings import read_settings

    def alone(loaded, settings, root):  # type: ignore[no-untyped-def]
        letters._html.cache_clear()
        return list(letters.make(list(letters.plan(loaded, settings)), settings, root))

    def tell(what: str, n: float, unit: str = "ms") -> None:
        sys.stdout.write(f"{what:64} {n:8.1f} {unit}\n")

    with tempfile.TemporaryDirectory() as folder:
        root = hub(Path(folder) / "one", 1)
        start = process_time()
        mail = from_markdown_to_mime(root)
        tell("a letter of 40 entries, hub read anew, first in its process", 1000 * (process_time() - start))
        assert mail.count(b"/events/e") >= ENTRIES // 2, "entries are missing"
        assert mail.count(b"/posts/p") >= ENTRIES // 2, "entries are missing"
        tell("the same again", timed(lambda: from_markdown_to_mime(root)))
        settings = read_settings(root)
        loaded = load(settings, moment(THEN), None).hub
        tell(
            "its letter alone, from the hub to MIME",
            timed(lambda: list(letters.make(list(letters.plan(loaded, settings)), settings, root))),
        )
        tell("its size", len(mail) / 1000, "KB")

        root = hub(Path(folder) / "many", LETTERS)
        from contextlib import contextmanager

        seconds: dict[str, float] = {}

        @contextmanager
        def step(name: str):  # type: ignore[no-untyped-def]
            begin = process_time()
            yield
            seconds[name] = process_time() - begin

        for told, no_cache in (("without notes", True), ("cold", False), ("warm", False)):
            # As in a process of its own.
            letters._html.cache_clear()
            examine(options(root, THEN, no_cache=no_cache), step)
            tell(f"proofs of {LETTERS} letters of 40 entries, {told}", 1000 * seconds["Proofing letters"])
            tell(f"  the whole examination, {told}", 1000 * sum(seconds.values()))


if __name__ == "__main__":
    main()
