"""A hub and its last letters → the file of the next one: what happened since, in sections that fill themselves, ready to be written.

What a section would show stands in it on comment lines, with its day: nobody
has to start a program to see it, and nothing that an editor wrote is ever
written again.
"""

from __future__ import annotations

import posixpath
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta

from handbill.authoring.copying import Model
from handbill.authoring.new import Taken, Unfit
from handbill.authoring.shifting import day_of, on_day
from handbill.composing.choices import Choice, choices_of
from handbill.composing.laying import Frame, laid, with_news, without
from handbill.composing.naming import file_name, find, issues
from handbill.composing.proposals import proposed
from handbill.composing.rhythm import Rhythm, rhythm_of
from handbill.composing.rhythm_words import said_rhythm
from handbill.composing.voice import Piece, Voice, markdown_of, voice_of
from handbill.errors import Level, Said, WrongUse, said
from handbill.hub.fields import Listing, Scalar, place_of
from handbill.hub.frozen import name_of
from handbill.hub.hub import Hub
from handbill.hub.item import Item
from handbill.kinds.issue import ISSUE
from handbill.kinds.query import Query
from handbill.outputs.letter_lines import greeting
from handbill.outputs.theme import Theme
from handbill.outputs.words import Words, words_for
from handbill.reading.cache import Cache
from handbill.reading.load import Loaded, load
from handbill.reading.walk import Found
from handbill.settings import Settings

#: What a letter tells only where there is some of it: nobody announces that nothing was moved.
_IF_ANY = ("changes", "recaps", "corrections")

#: When a letter goes out of which there is none yet.
_AT_FIRST = "18:00"


@dataclass(frozen=True, slots=True)
class Wish:
    """Which letter is to be drafted: its name, the language of its text, a number to copy the order of, its day as it was typed."""

    letter: str = "main"
    lang: str = ""
    like: str = ""
    date: str = ""


@dataclass(frozen=True, slots=True)
class Drafted:
    """The file of the next letter: where it goes, its text, its number, what each section chose, what its editor should know."""

    path: str
    text: str
    number: int
    name: str
    choices: tuple[Choice, ...]
    notices: tuple[Said, ...]


class Drafter:
    """Drafts the letters of one hub; explanations are in the language of *lang*."""

    def __init__(self, settings: Settings, as_of: datetime, lang: str, cache: Cache | None = None) -> None:
        self._settings, self._as_of, self._lang, self._cache = settings, as_of, lang, cache
        self._hub = load(settings, as_of, cache).hub

    def draft(self, wish: Wish) -> Drafted:
        """Return the next number of a letter; in another language, that of a number which waits without a translation.

        Raises:
            WrongUse: the letter, the language, the day or the model cannot be.
            Taken: a draft of the letter waits already, or its file is there.
            Unfit: what would be written is not sound.
        """
        settings = self._settings
        lang = wish.lang or settings.lang
        if lang not in settings.languages:
            raise WrongUse(said("“{lang}” is none of the hub's languages: {languages}", lang=lang, languages=", ".join(settings.languages)))
        known = sorted(settings.letters) or ["main"]
        if wish.letter not in known:
            raise WrongUse(
                said("“{letter}” is no letter of this hub; its letters are: {letters}", letter=wish.letter, letters=", ".join(known))
            )
        every = [one for one in issues(self._hub) if one.facts.letter == wish.letter]
        original = None if wish.like or wish.date else self._untranslated(every, lang)
        if original is not None:
            frame, notices = self._translation(original, every, lang), [said("a translation of {source}", source=original.source)]
        else:
            frame, notices = self._next(wish, every, lang)
        if (self._settings.root / frame.path).exists():
            raise Taken(said("{owner} is there already", owner=frame.path))
        return self._written(frame, notices)

    def _untranslated(self, every: Sequence[Item], lang: str) -> Item | None:
        """Return the first number that waits in another language and not in this one."""
        have = {one.facts.number for one in every if one.lang == lang}
        waiting = [one for one in every if one.lang != lang and one.facts.number not in have and self._waits(one)]
        return waiting[0] if waiting else None

    def _waits(self, one: Item) -> bool:
        return one.is_draft or (one.published is not None and one.published > self._as_of)

    def _translation(self, original: Item, every: Sequence[Item], lang: str) -> Frame:
        """Return the frame of a translation: sections, pins and date as in the original, voice and headings of its own language."""
        model = self._model(original)
        own = [one for one in every if one.lang == lang and not one.is_draft]
        voice = self._voice(own, lang)
        ends = {one.sort: one for one in voice.pieces if one.sort in ("greeting", "signature")}
        asked = [one for one in original.facts.queries if one.show != "sponsor"]
        stem, folder = posixpath.basename(original.source).split(".")[0], posixpath.dirname(original.source)
        sections = tuple(
            Piece(
                "section",
                query=replace(one, title="", pins=(), excluded=(), sponsor=None),
                pins=tuple(self._translated_pins(one, original, lang, folder)),
            )
            for one in asked
        )
        pieces = (*([ends["greeting"]] if "greeting" in ends else []), *sections, *([ends["signature"]] if "signature" in ends else []))
        return Frame(
            path=f"{folder}/{stem}.{lang}.md" if lang != self._settings.lang else f"{folder}/{stem}.md",
            number=original.facts.number,
            date=model.word("date"),
            letter=original.facts.letter,
            lang=lang,
            zone=model.word("timezone"),
            authors=_listed(model),
            voice=Voice(pieces),
        )

    def _translated_pins(self, query: Query, original: Item, lang: str, folder: str) -> Iterator[str]:
        for number in query.pins:
            item = self._hub.by_address.get(original.body.links[number].partition("#")[0])
            if item is not None:
                yield from (posixpath.relpath(one.source, folder) for one in self._hub.translations(item) if one.lang == lang)

    def _next(self, wish: Wish, every: Sequence[Item], lang: str) -> tuple[Frame, list[Said]]:
        """Return the frame of the next number, and what was decided of it."""
        own = [one for one in every if one.lang == lang] or list(every)
        if own and own[-1].is_draft and not wish.date:
            raise Taken(
                said(
                    "number {number} is still a draft ({source}): finish it first, or give the day of the one after with --date",
                    number=own[-1].facts.number, source=own[-1].source,
                )
            )  # fmt: skip
        like = find(wish.like, self._hub, self._settings) if wish.like else own[-1] if own else None
        number = max((one.facts.number for one in every), default=0) + 1
        model = self._model(own[-1]) if own else None
        day, why = self._day(wish, own)
        at = on_day(model.word("date"), day) if model else f"{day.isoformat()} {_AT_FIRST}"
        at = wish.date.strip() if len(wish.date.strip()) > 10 else at
        before = [one for one in own if like and one.source != like.source and one.published and one.published <= _sent(like)]
        voice = self._voice([*before[-2:], *([like] if like else [])], lang)
        name = file_name([one for one in own if not one.is_draft], day, number, wish.letter)
        suffix = "" if lang == self._settings.lang else f".{lang}"
        folder = posixpath.dirname(own[-1].source) if own else ISSUE.folder
        authors = _listed(self._model(like)) if like else ()
        zone = model.word("timezone") if model else ""
        frame = Frame(f"{folder}/{name}{suffix}.md", number, at, wish.letter, lang, zone, authors, voice)
        return frame, [said("number {number}, on {moment}: {why}", number=number, moment=at, why=why)]

    def _day(self, wish: Wish, own: Sequence[Item]) -> tuple[date, Said]:
        """Return the day of the next letter, and why it is that one."""
        today = self._as_of.date()
        if wish.date:
            day = day_of(wish.date)
            if day is None:
                raise WrongUse(said("--date: found “{written}”, wanted a day such as 2026-05-01", written=wish.date))
            return day, said("as it was given")
        if not own:
            return today + timedelta(days=7), said("there is no letter yet whose rhythm it could keep")
        days = [one.published.date() for one in own if one.published]
        rhythm = rhythm_of(days)
        # On the very day of a letter the next one is another.
        return rhythm.after(max(days), today + timedelta(days=1)), self._why(rhythm)

    def _why(self, rhythm: Rhythm) -> Said:
        return said("the last ones came {rhythm}", rhythm=said_rhythm(rhythm, self._words(self._lang)))

    def _voice(self, letters: Sequence[Item], lang: str) -> Voice:
        texts = [(one, markdown_of((self._settings.root / one.source).read_bytes())) for one in letters]
        if texts:
            return voice_of(texts)
        usual = tuple(Piece("section", query=Query(name)) for name in ("changes", "events", "contests", "posts"))
        return Voice((Piece("greeting", greeting(self._words(lang))), *usual))

    def _model(self, item: Item) -> Model:
        return Model(ISSUE, item.source, (self._settings.root / item.source).read_bytes(), self._settings.zone)

    def _words(self, lang: str) -> Words:
        return words_for(lang, Theme(self._settings.root).locale(lang))

    def _written(self, frame: Frame, notices: list[Said]) -> Drafted:
        """Return the file: laid out once to see what it chooses, then with that said in it."""
        trial = replace(frame, voice=with_news(frame.voice))
        day = self._words(self._lang).plain_day(self._as_of.isoformat())
        hub, letter = self._tried(trial, laid(trial, (), ("x", ""), day, self._lang))
        choices = choices_of(letter, hub, self._words(self._lang))
        placed = [one.is_placed for one in trial.voice.pieces if one.query]
        kept = [n for n, one in enumerate(choices) if one.entries or one.show not in _IF_ANY or placed[n]]
        final = replace(frame, voice=Voice(tuple(without(trial.voice.pieces, kept))))
        shown = tuple(choices[n] for n in kept)
        name = self._settings.letter(frame.letter).says("name", frame.lang)[0]
        lines = proposed(shown, hub, self._words(frame.lang), name, frame.number)
        text = laid(final, shown, lines, day, self._lang)
        self._tried(final, text)
        return Drafted(
            frame.path,
            text,
            frame.number,
            name_of(frame.letter, frame.number, frame.lang, self._settings.lang),
            shown,
            tuple(notices),
        )

    def _tried(self, frame: Frame, text: str) -> tuple[Hub, Item]:
        """Return the hub on the day of the letter, with the letter as if its file were there.

        Raises:
            Unfit: the file would not be sound.
        """
        found = self._loaded(frame, text, self._as_of)
        wrong = tuple(one for one in found.problems if one.path == frame.path and one.level is Level.ERROR)
        letter = next((one for one in (*found.hub.items, *found.hub.hidden) if one.source == frame.path), None)
        if wrong or letter is None or letter.published is None:
            raise Unfit(wrong)
        if letter.published > self._as_of:
            found = self._loaded(frame, text, letter.published)
            letter = next(one for one in found.hub.items if one.source == frame.path)
        return found.hub, letter

    def _loaded(self, frame: Frame, text: str, at: datetime) -> Loaded:
        unwritten = (Found(frame.path, ISSUE.name), text.encode("utf-8"))
        return load(self._settings, at, self._cache, unwritten=unwritten, finished={frame.path})


def _sent(item: Item) -> datetime:
    assert item.published is not None
    return item.published


def _listed(model: Model) -> tuple[str, ...]:
    """Return the authors that a file names."""
    if not any(key.text == "authors" for key, _ in model.table.pairs):
        return ()
    node = place_of(model.table, "authors")
    nodes = node.items if isinstance(node, Listing) else (node,)
    return tuple(one.text for one in nodes if isinstance(one, Scalar))
