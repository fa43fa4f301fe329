"""Built pages → the search index that browsers load piece by piece; only pages that changed are asked about again."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from html import escape
from pathlib import Path

from handbill.engine import engine_digest
from handbill.hub.hub import Hub
from handbill.outputs.planned import NOTHING, Artifact, Before, Planned, digest, settled
from handbill.outputs.search_ahead import Index, ask
from handbill.outputs.search_index import Language, as_json, named_after
from handbill.outputs.search_notes import Known, noted, write_notes
from handbill.outputs.search_pack import packed
from handbill.outputs.search_pack import version as packer
from handbill.outputs.search_run import ENTRY, FACTS, SIGNATURE, Told, told_of, version
from handbill.outputs.search_texts import MARK
from handbill.settings import Settings

name = "search"

FOLDER = "pagefind/"


def plan(_planned: Sequence[Planned], digests: Mapping[str, str], _hub: Hub, settings: Settings) -> Iterator[Planned]:
    """Yield the index, keyed by every page: while no page changes, it is not made again.  A hub without search has none."""
    pages = {path: key for path, key in digests.items() if path.endswith(".html") and not path.startswith(FOLDER)}
    if pages and settings.search:
        yield settled(FOLDER, digest(terms(), sorted(pages.items())), (), pages)


@contextmanager
def begun(
    planned: Sequence[Planned], settings: Settings, scratch: Path, made: Path, before: Before = NOTHING
) -> Iterator[Iterator[Artifact]]:
    """Begin to make what :func:`make` yields, in the process that got ready for it if there is one."""
    asked = {one.path: ask(before.notes, (one.work, settings.jobs, made, before.standing), scratch) for one in planned}
    yield (
        Artifact(one.path, *found) if (found := asked[one.path]()) else next(make([one], settings, scratch, made, before))
        for one in planned
    )


def make(planned: Sequence[Planned], settings: Settings, scratch: Path, made: Path, before: Before = NOTHING) -> Iterator[Artifact]:
    """Index the pages in the folder *made*; of those that are known from *before*, only what changed.

    Raises:
        MachineLacks: pagefind is missing or cannot run here.
    """
    for one in planned:
        known = noted(before.notes, terms()) or Known()
        index = indexed(known, scratch, one.work, settings.jobs, made, before.standing)
        if index is None:
            known = Known()
            told = _revise(known, one.work, made, scratch / "all", settings.jobs)
            if told is None or not known.languages:
                known, told = _nothing_but_home(settings, scratch / "home")
            index = _written(known, told, before.standing, scratch)
        if known.is_lasting:
            write_notes(before.notes, terms(), known)
        yield Artifact(one.path, *index)


def indexed(known: Known, scratch: Path, pages: Mapping[str, str], jobs: int, made: Path, standing: Mapping[str, str]) -> Index | None:
    """Index pages, given by path and digest, and bring what is *known* up to them.

    ``None`` where all must be asked about, or no page has a word; what was known is spent.
    """
    told = _revise(known, pages, made, scratch / "again", jobs)
    if told is None or not known.languages or not _is_at_hand(known, told, standing):
        return None
    return _written(known, told, standing, scratch)


def terms() -> str:
    """Return what decides the index besides the pages."""
    return repr((engine_digest(), version(), packer()))


def _revise(known: Known, pages: Mapping[str, str], made: Path, scratch: Path, jobs: int) -> Told | None:
    """Bring what is *known* up to the pages, given by path and digest; return what pagefind said.

    ``None`` where all must be asked about: when other facts are told than
    before, each has another number in all that was said.
    """
    is_first = not known.pages
    changed = {path: known.texts.get(path, "") for path, key in pages.items() if known.pages.get(path) != key}
    told = told_of(changed, made, scratch, known.facts, jobs)
    if told.facts - set(known.facts):
        if not is_first:
            return None
        known.facts = _facts(told.facts)
        told = told_of(changed, made, scratch / "facts", known.facts, jobs)
    gone = known.pages.keys() - pages.keys() | changed.keys() - set(told.same)
    for path in gone:
        known.texts.pop(path, None)
    known.texts |= {page.path: page.text for page in told.pages}
    for lang in known.languages.keys() | told.words.keys():
        language = known.languages.setdefault(lang, Language(lang))
        language.revise(gone, {place: page for place, page in enumerate(told.pages) if page.lang == lang}, told.words.get(lang, {}))
    known.languages = {lang: language for lang, language in sorted(known.languages.items()) if language.pages}
    known.pages = dict(pages)
    known.entry |= {key: value for key, value in told.entry.items() if key != "languages"}
    known.programs |= {lang: language.get("wasm") or "unknown" for lang, language in told.entry.get("languages", {}).items()}
    own = {fact for language in known.languages.values() for page in language.pages for fact in page.own_facts}
    return told if is_first or _facts(own) == known.facts else None


def _facts(own: set[str]) -> tuple[str, ...]:
    return *FACTS, *sorted(own - set(FACTS))


def _is_at_hand(known: Known, told: Told, standing: Mapping[str, str]) -> bool:
    """Return whether every file that only pagefind makes stands already or was made now."""
    files = ((path, fragment) for path, fragment in _fragments(known) if fragment not in told.files)
    programs = (name for name in _programs(known) if name not in told.files)
    return all(standing.get(f"{FOLDER}{path}") == fragment for path, fragment in files) and all(
        f"{FOLDER}{name}" in standing for name in programs
    )


def _fragments(known: Known) -> Iterator[tuple[str, str]]:
    for language in known.languages.values():
        for fragment, label in language.fragments().items():
            yield f"fragment/{label}.pf_fragment", fragment


def _programs(known: Known) -> list[str]:
    return [
        "pagefind-worker.js",
        *sorted({f"wasm.{known.programs[lang]}.pagefind" for lang in known.languages} | {"wasm.unknown.pagefind"}),
    ]


def _written(known: Known, told: Told, standing: Mapping[str, str], scratch: Path) -> Index:
    """Write the files of the index that do not stand yet into a folder; return it, and the paths of the others."""
    fresh = scratch / "index"
    kept = []
    files: dict[str, str] = {}

    def take(path: str, raw: bytes) -> None:
        """Put a file that is named after its content: what stands under the name is not packed again."""
        if path in known.files and standing.get(f"{FOLDER}{path}") == known.files[path]:
            files[path] = known.files[path]
            kept.append(path)
        else:
            content = packed(SIGNATURE + raw) if path.endswith((".pf_index", ".pf_meta")) else raw
            files[path] = hashlib.sha256(content).hexdigest()
            (fresh / path).write_bytes(content)

    for folder in ("filter", "fragment", "index"):
        (fresh / folder).mkdir(parents=True)
    for path, source in [*_fragments(known), *((program, program) for program in _programs(known))]:
        if source in told.files:
            told.files[source].rename(fresh / path)
        else:
            kept.append(path)
    entry = {**known.entry, "languages": {}}
    for lang, language in known.languages.items():
        names = language.fragments()
        chunks = []
        for first, last, raw in language.chunks():
            chunks.append((first, last, named_after(raw, lang)))
            take(f"index/{chunks[-1][2]}.pf_index", raw)
        meta = language.meta(known.entry["version"], names, chunks, known.facts)
        told_of_it = {"hash": named_after(meta, lang), "wasm": known.programs[lang], "page_count": len(language.pages)}
        take(f"pagefind.{told_of_it['hash']}.pf_meta", meta)
        # In the folders of which hosts are told that a name never gets other bytes.
        for key, folder, raw in (("facets", "filter", language.facets(names)), ("words", "index", language.most_offered())):
            told_of_it[key] = f"{folder}/{named_after(raw, lang)}.json"
            take(str(told_of_it[key]), raw)
        entry["languages"][lang] = told_of_it
    (fresh / ENTRY).write_bytes(as_json(entry))
    known.files = files
    return fresh, tuple(kept)


def _nothing_but_home(settings: Settings, scratch: Path) -> tuple[Known, Told]:
    """Return what is known of a site of one page with the hub's name: pagefind refuses to make an index of nothing."""
    made = scratch / "made"
    made.mkdir(parents=True)
    page = f'<!doctype html><html lang="{settings.lang}"><body {MARK.decode()}><h1>{escape(settings.name)}</h1></body></html>'
    (made / "index.html").write_text(page, encoding="utf-8")
    known = Known()
    told = _revise(known, {"index.html": ""}, made, scratch / "told", 1)
    assert told is not None
    # Not a page of the hub: the next build begins anew.
    known.is_lasting = False
    return known, told


__all__ = ["FOLDER", "begun", "make", "name", "plan"]
