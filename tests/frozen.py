"""A frozen letter made by hand, and archives of such letters, for tests."""

from __future__ import annotations

import hashlib
import shutil
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

from tests.hubs import moment

from handbill.hub.facets import Occurrence
from handbill.hub.frozen import Chosen, Frozen, Inputs, Proof, Shown, Told, name_of
from handbill.hub.totals import Totals
from handbill.reading.bundles import ATTRIBUTES, CHAIN, KEPT_AS_IS, chain_text
from handbill.reading.mailed import mailed_parts
from handbill.reading.manifest import manifest_of
from handbill.reading.totals import totals_text

PICTURE = b"\x89PNG\r\n\x1a\n and so on"


def occurrence(starts: str = "2026-04-11 14:00", ends: str = "2026-04-11 18:00", **more: object) -> Occurrence:
    """Return a date of an event, in the hub's zone."""
    return Occurrence(moment(starts), moment(ends), "Europe/Paris", **more)  # type: ignore[arg-type]


def letter(number: int = 1, **changes: object) -> Frozen:
    """Return a frozen letter of which every field says something."""
    told = Told("event:fete", "La fête", "/events/fete/", (occurrence(),))
    plain = Frozen(
        name=name_of("main", number, "fr", "fr"),
        letter="main",
        number=number,
        lang="fr",
        item=f"issue:{number}",
        address=f"/newsletters/{number}/",
        base="https://essai.example/",
        subject=f"Numéro {number} : l’été",
        sent=moment("2026-03-12 18:00"),
        chosen=(Chosen(0, {"show": "events", "title": "", "layout": "cards"}, (told,)),),
        links=("/events/fete/",),
        pictures=(Shown("/media/pictures/puits.png", "pictures/puits.png", (("content/pictures/puits.png", "ab" * 32),)),),
        files={name: Proof("ab" * 32, 1) for name in ("mail.html", "mail.txt", "pictures/puits.png")},
        inputs=Inputs(
            source=f"newsletters/{number}.md",
            sha256="cd" * 32,
            written={"subject": "ef" * 32},
            items=(("event:fete", "events/fete.md", "01" * 32),),
            record="r",
            settings="s",
            theme="t",
            program={"version": "1", "modules": "m"},
            engines={"comrak": "0.0.12"},
            requirements="q",
        ),
        before=None,
    )
    return replace(plain, **changes)  # type: ignore[arg-type]


def archive(root: Path, *letters: Frozen) -> list[Frozen]:
    """Write an archive that holds these letters, each after the one before it in its chain."""
    before: dict[tuple[str, str], tuple[str, str]] = {}
    written: list[Frozen] = []
    for one in letters:
        files = {
            "mail.html": f"<p>{one.subject}</p>\n".encode(),
            "mail.txt": f"{one.subject}\n".encode(),
            "mail.eml": f"Subject: {one.number}\r\n\r\n{one.number}\r\n".encode(),
            "pictures/puits.png": PICTURE,
        }
        proofs = {name: Proof(hashlib.sha256(raw).hexdigest(), len(raw)) for name, raw in files.items()}
        whole = replace(one, files=proofs, before=before.get(one.chain))
        raw = manifest_of(whole)
        for name, content in {**files, "manifest.json": raw}.items():
            file = root / "newsletters" / "archive" / one.name / name
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_bytes(content)
        whole = replace(whole, digest=hashlib.sha256(raw).hexdigest())
        before[one.chain] = whole.name, whole.digest
        written.append(whole)
    (root / CHAIN).write_text(chain_text({one.name: one.digest for one in written}), encoding="utf-8", newline="\n")
    (root / ATTRIBUTES).write_text(f"{KEPT_AS_IS}\n", encoding="utf-8", newline="\n")
    return written


def _of_texts(folder: Path, links: tuple[str, ...] = ()) -> Path:
    """Freeze, by hand, the texts that lie beside an archive: a.md as number 1, b.md as number 2; return the root of the hub."""
    root = folder.parents[1]
    made = []
    for number, name in enumerate(("a", "b"), 1):
        file = folder.parent / f"{name}.md"
        raw = file.read_bytes() if file.is_file() else b""
        source = f"newsletters/{name}.md"
        inputs = replace(letter().inputs, source=source, sha256=hashlib.sha256(raw).hexdigest(), written=mailed_parts(raw))
        made.append(letter(number, item=f"issue:{name}", address=f"/newsletters/{name}/", inputs=inputs, links=links, pictures=()))
    archive(root, *made)
    return root


def _then(change: Callable[[Path], object]) -> Callable[[Path], None]:
    def make(folder: Path) -> None:
        _of_texts(folder)
        change(folder)

    return make


def totals(one: Frozen, **changes: object) -> Totals:
    """Return the counts of a letter that reached nearly everybody."""
    counts = {"accepted": 402, "deferred": 0, "bounced": 6, "ambiguous": 1, "suppressed": 3, "left": 0}
    began, ended = datetime(2026, 3, 12, 17, 0, tzinfo=UTC), datetime(2026, 3, 12, 17, 9, tzinfo=UTC)
    return replace(
        Totals(one.letter, one.number, {one.lang: one.digest}, "smtp", began, ended, 412, counts),
        **changes,  # type: ignore[arg-type]
    )


def _counted(folder: Path, old: bytes | None, new: bytes) -> None:
    """Put counts beside the first letter in which one thing is another; ``None`` stands for its digest."""
    digest = hashlib.sha256((folder / "1" / "manifest.json").read_bytes()).hexdigest()
    raw = totals_text(totals(letter(1, digest=digest)))
    old = digest.encode("ascii") if old is None else old
    assert old in raw
    (folder / "1.totals.json").write_bytes(raw.replace(old, new))


def _edited(text: Path) -> None:
    text.write_bytes(text.read_bytes().replace(b"En mai", b"En juin").replace(b"Bonjour", b"Bonsoir"))


#: Archives for tables of faulty hubs: two letters as they should be, then changed.
RECIPES: dict[str, Callable[[Path], None]] = {
    "frozen": _then(lambda _: None),
    "frozen-damaged": _then(lambda folder: (folder / "1" / "mail.html").write_bytes(b"<p>x</p>\n")),
    "frozen-with-other-ends": _then(
        lambda folder: (folder / "1" / "mail.html").write_bytes((folder / "1" / "mail.html").read_bytes().replace(b"\n", b"\r\n"))
    ),
    "frozen-without-a-file": _then(lambda folder: (folder / "1" / "mail.txt").unlink()),
    "frozen-with-a-note": _then(lambda folder: (folder / "1" / "notes.md").write_bytes(b"x\n")),
    "frozen-without-the-first": _then(lambda folder: shutil.rmtree(folder / "1")),
    "frozen-without-the-book": _then(lambda folder: (folder / "chain.lock").unlink()),
    "frozen-under-another-name": _then(
        lambda folder: (
            shutil.copytree(folder / "2", folder / "3"),
            (folder / "chain.lock").write_bytes(
                (folder / "chain.lock").read_bytes().replace(b"\n2 ", b"\n3 ")
                + (folder / "chain.lock").read_bytes().split(b"\n")[-2]
                + b"\n"
            ),
        )
    ),
    "frozen-then-edited": _then(lambda folder: _edited(folder.parent / "a.md")),
    "frozen-without-attributes": _then(lambda folder: (folder / ".gitattributes").unlink()),
    "frozen-with-a-member-in-its-counts": _then(lambda folder: _counted(folder, b'"way": "smtp"', b'"way": "ada@lettre.example"')),
    "frozen-with-counts-of-another": _then(lambda folder: _counted(folder, b'"number": 1', b'"number": 2')),
    "frozen-with-counts-of-other-bytes": _then(lambda folder: _counted(folder, None, b"0" * 64)),
    "frozen-with-a-link": lambda folder: _of_texts(folder, links=("/events/perdu/",)) and None,
}
