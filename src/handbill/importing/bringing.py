"""One import on its way: read each file, settle what they share, write, and check until a build would succeed.

What the hub's own reader refuses is set aside in ``refused/``, in its words.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from contextlib import suppress
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

from handbill.engine import engine_digest
from handbill.errors import ContentProblems, Level, Problem, Said
from handbill.importing.confirming import MOST, shown_of_people, with_public
from handbill.importing.fields import Text, pairs_of, read_fields, summarised
from handbill.importing.front import front_matter
from handbill.importing.headers import body_of, read_headers
from handbill.importing.lost import lost_links
from handbill.importing.pictures import describe
from handbill.importing.report import Entry, Note, Report
from handbill.importing.sources import ASIDE, File, Refusal, readable
from handbill.importing.targets import Targets
from handbill.importing.together import kind_of, settle, targets_of
from handbill.importing.verdicts import in_order, reasons_of, worded
from handbill.layout import HUB, PRIVATE
from handbill.reading.cache import Cache
from handbill.reading.load import Loaded, load
from handbill.reading.pictures import read_picture
from handbill.settings import Settings

REFUSED = "refused"

#: What is said of mail addresses and the like.
_SHOWN = "what the old site showed of people is listed under public in hub.toml; take out what should not be read by everybody"

#: Everything that would stop a build of the hub in a folder, at a moment; what the reader finds and what comes after it.
Check = Callable[[Path, datetime], Iterable[Problem]]

#: Broken links, as the reader calls them: no such target, out of the hub, no such place in it, an address of the hub
#: that nothing answers, one of nobody.
_LINKS = frozenset({"HB301", "HB302", "HB303", "HB309", "HB318"})

#: Addresses that two items claim, or that hosts reserve.
_ADDRESSES = frozenset({"HB403", "HB404"})

#: A translation of nothing, or of what it cannot translate.
_NO_ORIGINAL = frozenset({"HB304", "HB314"})

#: What cannot be opened.
UNREAD = "HB124"

#: The field of two tags that would share one address.
_TAGS = "tags"


class Bringing:
    """Texts and pictures that are still in, refusals with their reasons, and what is to be said of all."""

    def __init__(self, source: Path, root: Path, found: tuple[File, ...], kind: str, lang: str, zone: str, old_url: str) -> None:
        self._source, self._root, self._found, self._lang = source, root, found, lang
        self._refused: dict[str, tuple[Note, ...]] = {one.path: (Note(one.refusal),) for one in found if one.refusal}
        self._texts: dict[str, Text] = {}
        self._pictures = [one.path for one in found if one.sort == "picture"]
        self._bodies: dict[str, str] = {}
        for one in found:
            if one.sort == "text":
                self._read(one.path, kind, zone)
        targets = targets_of([*self._texts, *self._pictures], kind)
        for path, text in self._texts.items():
            text.target = targets[path]
        self._places = {path: targets[path] for path in self._pictures}
        self.notes = settle(list(self._texts.values()), lang)
        if kind != "page" and any(text.kind == "page" for text in self._texts.values()):
            self.notes.append(Note("what lies in pages/ became pages", ""))
        self._addresses = {alias.rstrip("/"): path for path, text in self._texts.items() for alias in text.aliases}
        self._old_url = old_url if not old_url or old_url.endswith("/") else old_url + "/"

    @property
    def languages(self) -> tuple[str, ...]:
        """Return the hub's languages, its own first."""
        return tuple(dict.fromkeys([self._lang, *sorted({text.lang for text in self._texts.values()})]))

    def _read(self, path: str, kind: str, zone: str) -> None:
        raw = (self._source / path).read_bytes()
        try:
            whole, changes = readable(raw)
            headers = read_headers(whole)
            text = Text(path, raw, headers, body_of(whole, headers.body_line), kind_of(path, kind), changes=changes)
            read_fields(text, self._lang, zone)
        except Refusal as refusal:
            self._refused[path] = (Note(refusal.why, "", refusal.line),)
        else:
            self._texts[path] = text

    def write(self, settings: Settings) -> None:
        """Write texts and pictures into the new hub."""
        for path in self._pictures:
            raw = (self._source / path).read_bytes()
            try:
                if len(raw) > settings.budget.picture_bytes:
                    raise ValueError(f"a picture of {len(raw) // 1024} KB; at most {settings.budget.picture_bytes // 1024} KB are taken")
                read_picture(raw, "." + path.rsplit(".", 1)[1].lower())
            except ValueError as error:
                self._refused[path] = (Note(str(error)),)
                del self._places[path]
            else:
                self._put(self._places[path], raw)
        self._pictures = list(self._places)
        targets = self._targets()
        for path, text in list(self._texts.items()):
            try:
                self._bodies[path] = describe(text, targets.mend(text, summarised(text)))
            except Refusal as refusal:
                self._refuse(path, (Note(refusal.why, "", refusal.line),))
                continue
            self._write_text(path)

    def _targets(self) -> Targets:
        files = {path: text.target for path, text in self._texts.items()} | self._places
        return Targets(files, self._addresses, self._old_url)

    def _write_text(self, path: str) -> None:
        text = self._texts[path]
        front = front_matter(pairs_of(text, self._lang, self.languages))
        body = self._bodies[path]
        self._put(text.target, (front + ("" if body.startswith(("\n", "\r")) else "\n") + body).encode())

    def _put(self, target: str, raw: bytes) -> None:
        file = self._root / target
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(raw)

    def check(self, settings: Settings, check: Check | None) -> None:
        """Read the new hub as a build does, until there is nothing in it that would stop one."""
        self._write_people()
        # Where a build looks for it: what was read here need not be read again there.
        cache_file = self._root / PRIVATE / "cache" / "drafts"
        latest = max((text.date for text in self._texts.values()), default="") or "2000-01-01"
        as_of = datetime.fromisoformat(latest).replace(tzinfo=ZoneInfo(settings.zone))
        while True:
            cache = Cache(cache_file, engine_digest())
            loaded = load(settings, as_of, cache, drafts=True)
            cache.save()
            problems = [one for one in loaded.problems if one.level is Level.ERROR]
            if not problems and check is not None:
                problems = [one for one in check(self._root, as_of) if one.level is Level.ERROR]
            if not problems:
                self._warn(loaded.problems)
                return
            shown = [one for one in shown_of_people(problems, self._root) if one not in settings.public]
            if shown := shown[: MOST - len(settings.public)]:
                settings = replace(settings, public=tuple(sorted((*settings.public, *shown))))
                self._confirm(settings.public)
                continue
            self._mend(problems, loaded, settings)

    def _confirm(self, data: tuple[str, ...]) -> None:
        """List in hub.toml what the texts show of people; the report counts it and does not repeat it."""
        file = self._root / HUB
        file.write_text(with_public(file.read_text(encoding="utf-8"), data), encoding="utf-8", newline="\n")
        self.notes = [note for note in self.notes if note.what != _SHOWN]
        self.notes.append(Note(_SHOWN, str(len(data))))

    def _mend(self, problems: list[Problem], loaded: Loaded, settings: Settings) -> None:
        """Take out of the texts what is broken in them, or the texts out of the hub.

        Each round leaves less to take out; what is refused in one may leave
        links without a target to the next.
        """
        told: dict[str, list[Problem]] = {}
        for problem in problems:
            told.setdefault(problem.path, []).append(problem)
        if unread := tuple(one for one in problems if one.code == UNREAD):
            # Written a moment ago: that is the machine's fault, and not what the text says.
            raise ContentProblems(unread)
        paths = {text.target: path for path, text in self._texts.items()} | {target: path for path, target in self._places.items()}
        if strange := [one for target in told if target not in paths for one in told[target]]:
            raise ContentProblems(tuple(strange))
        with_links = [paths[target] for target, own in told.items() if all(one.code in _LINKS for one in own)]
        texts = {self._texts[path].target: (self._texts[path].kind, self._bodies[path]) for path in with_links if path in self._texts}
        broken = lost_links(texts, self._root, loaded, settings)
        for target, own in sorted(told.items()):
            path = paths[target]
            text = self._texts.get(path)
            if text is None:
                del self._places[path]
                self._refused[path] = reasons_of(own, None)
                (self._root / target).unlink()
            elif all(one.code in _NO_ORIGINAL for one in own):
                self._stand_alone(text)
            elif not self._drop_links(text, broken.get(target)) and not self._drop_tags(text, own) and not self._yield_address(text, own):
                self._refuse(path, reasons_of(own, text))

    def _drop_links(self, text: Text, broken: dict[str, bool] | None) -> bool:
        """Take the broken links out of a text; say whether that changed anything."""
        body = self._targets().drop(text, self._bodies[text.source], broken or {})
        if body == self._bodies[text.source]:
            return False
        self._bodies[text.source] = body
        self._write_text(text.source)
        return True

    def _drop_tags(self, text: Text, problems: list[Problem]) -> bool:
        """Let go of tags that another one stands for; say whether that changed anything."""
        told = {_plain(str(one.found.values.get("tag"))) for one in problems if one.field == _TAGS and isinstance(one.found, Said)}
        lost = {tag for tag in text.tags if _plain(tag) in told}
        if not lost:
            return False
        text.tags = tuple(tag for tag in text.tags if tag not in lost)
        text.notes.append(Note("tags whose address another tag has already were left out", ", ".join(sorted(lost)), text.line_of(_TAGS)))
        self._write_text(text.source)
        return True

    def _yield_address(self, text: Text, problems: list[Problem]) -> bool:
        """Let go of an address that is taken: first of the old ones, then of the last part of its own."""
        if any(one.code not in _ADDRESSES for one in problems) or len(text.slug) > 90:
            return False
        if text.aliases:
            text.notes.append(Note("old addresses that are taken in the new hub were left out", ", ".join(text.aliases)))
            text.aliases = ()
        else:
            text.slug += f"-{text.kind}"
            text.notes.append(Note("the address is another one, because the hub has a page of its own there", text.slug))
        self._write_text(text.source)
        return True

    def _refuse(self, path: str, why: tuple[Note, ...]) -> None:
        text = self._texts.pop(path)
        self._bodies.pop(path, None)
        self._refused[path] = why
        with suppress(FileNotFoundError):
            (self._root / text.target).unlink()
        for other in self._texts.values():
            if other.original == text.id:
                self._stand_alone(other)

    def _stand_alone(self, text: Text) -> None:
        """Let go of an original that is no part of the hub."""
        if text.original:
            text.notes.append(Note("it translates a text that was refused", text.original))
            text.original = ""
            if text.source in self._bodies:
                self._write_text(text.source)

    def _write_people(self) -> None:
        """Write a card for each author whose name looks like the file name of a person; it is in no list."""
        names = sorted({name for text in self._texts.values() for name in text.authors if re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", name)})
        for name in names:
            self._put(f"content/people/{name}.md", front_matter([("title", name), ("listed", "false")]).encode())
        if names:
            self.notes.append(Note("authors got a card in content/people, which is in no list and has no page", ", ".join(names)))

    def _warn(self, problems: tuple[Problem, ...]) -> None:
        by_target = {text.target: text for text in self._texts.values()}
        for problem in problems:
            text = by_target.get(problem.path)
            if text is not None and problem.level is Level.WARNING:
                words, _, line = worded(problem, text)
                text.notes.append(Note("a warning of the reader", words, line))

    def report(self, start: str) -> Report:
        """Return what became of each file, and keep the refused ones aside."""
        entries: list[Entry] = []
        for one in self._found:
            if why := self._refused.get(one.path):
                is_aside = self._set_aside(one)
                entries.append(Entry(one.path, "refused", f"{REFUSED}/{one.path}" if is_aside else "", why))
            elif text := self._texts.get(one.path):
                if not text.changes and not text.raw.endswith(self._bodies[one.path].encode()):
                    raise AssertionError(f"{one.path} was changed, and nothing says how")
                state = "changed" if text.changes else "kept"
                entries.append(Entry(one.path, state, text.target, in_order(text.changes), in_order(text.notes)))
            else:
                entries.append(Entry(one.path, "kept", self._places[one.path]))
        return Report(len(self._found), tuple(entries), tuple(self.notes), start)

    def _set_aside(self, one: File) -> bool:
        """Keep a refused text or picture unchanged outside the content; a file of another sort may be no one's business."""
        file = self._source / one.path
        if one.sort == "other" and file.suffix.lower() not in ASIDE:
            return False
        if file.is_symlink() or file.name.startswith(".") or not file.is_file():
            return False
        self._put(f"{REFUSED}/{one.path}", file.read_bytes())
        return True


def _plain(tag: str) -> str:
    """Return a tag without what typography makes of it when it is shown."""
    return " ".join(tag.replace("’", "'").split())
