"""A wish for something new → the path and text of a file that passes every check."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import datetime

from handbill.authoring.answers import Values, has, put, without
from handbill.authoring.asking import Ask, Known
from handbill.authoring.copying import Model, Moving, copy
from handbill.authoring.finding import find
from handbill.authoring.numbering import moved_on, with_years
from handbill.authoring.placing import Place, exists, others, place_for, slug_for, taken_by
from handbill.authoring.sheet import filled, lines_of, sheet
from handbill.errors import HandbillError, Level, Problem, Said, WrongUse, said
from handbill.hub.address import name_of, slug_of
from handbill.hub.fields import Desk, Scalar, Slug
from handbill.hub.kind import Kind
from handbill.reading.cache import Cache
from handbill.reading.drafting import read_draft
from handbill.reading.load import load, terms_of
from handbill.reading.walk import Found
from handbill.settings import Settings
from handbill.telling import sentence, tell


class Unfit(WrongUse):
    """What was given does not make a sound file; ``problems`` say why."""

    def __init__(self, problems: tuple[Problem, ...]) -> None:
        self.problems = problems
        super().__init__(said("something is missing or wrong; nothing was written"))


class Taken(HandbillError):
    """The place is taken; nothing was written."""


@dataclass(frozen=True, slots=True)
class Wish:
    """What somebody wants: a kind, values for its fields, a slug, the language of the text, a model to copy.

    With a *text* the file holds that and the values; without, what may follow is explained in it.
    """

    kind: Kind
    given: Values = field(default_factory=dict)
    slug: str = ""
    lang: str = ""
    like: str = ""
    text: str = ""


@dataclass(frozen=True, slots=True)
class Made:
    """A file to be written, and what its editor should know of it."""

    path: str
    text: str
    notices: tuple[Said, ...] = ()


class Maker:
    """Makes new files of one hub, and asks a person for what is missing, where one is there."""

    def __init__(
        self, settings: Settings, as_of: datetime, lang: str, cache: Cache | None = None,
        ask: Ask | None = None, complain: Callable[[str], None] = print,
    ) -> None:  # fmt: skip
        """Explanations are in *lang*; *complain* tells a person what is wrong with an answer."""
        self._settings, self._as_of, self._lang, self._cache = settings, as_of, lang, cache
        self._ask, self._complain = ask, complain
        self._today = as_of.date()
        self._hub = load(settings, as_of, cache, drafts=True).hub
        self._known = Known(self._hub)
        self._terms = terms_of(settings)

    def make(self, wish: Wish) -> Made:
        """Return the file that a wish asks for.

        Raises:
            Unfit: a value is missing or wrong, and nobody can be asked.
            Taken: another file or item has its place.
            WrongUse: the model, the slug or the language cannot be.
        """
        languages = self._settings.languages
        if wish.lang and wish.lang not in languages:
            raise WrongUse(said("“{lang}” is none of the hub's languages: {languages}", lang=wish.lang, languages=", ".join(languages)))
        desk = Desk("", self._settings.zone)
        if wish.slug and Slug().read(Scalar(wish.slug, False, 0, 0), "slug", desk) is None:
            raise Unfit(tuple(desk.problems))
        return self._like(wish) if wish.like else self._fresh(wish)

    def _fresh(self, wish: Wish) -> Made:
        kind, values = wish.kind, dict(wish.given)
        if kind.is_dated and not any(one.name == "date" and one.required for one in kind.all_fields):
            values.setdefault("date", self._today.isoformat())
        self._known.complete(values)
        while True:
            while problems := self._alone(kind, values):
                self._mend(kind, values, problems)
            slug = wish.slug or slug_for(kind, values)

            def rendered(place: Place) -> str:
                return filled(kind, values, wish.text) if wish.text else sheet(kind, values, self._lang, place.path)

            place, problems = self._placed(kind, slug, values, wish.lang, rendered)
            if not problems:
                return Made(place.path, rendered(place))
            self._mend(kind, values, problems)

    def _like(self, wish: Wish) -> Made:
        kind = wish.kind
        item = find(wish.like, kind, self._hub, wish.lang or self._settings.lang, self._settings.root)
        name, lang = name_of(item.source, self._settings.languages)
        model = Model(kind, item.source, (self._settings.root / item.source).read_bytes(), self._settings.zone)
        given = dict(wish.given)
        self._known.complete(given)
        new = self._anchor(model, given)
        if problems := self._alone(kind, {**given, model.anchor: new} if new else given, only=set(given)):
            raise Unfit(problems)
        old_year = model.day.year if model.day else self._today.year
        years = int(new[:4] or self._today.year) - old_year
        title = moved_on(item.title, old_year, years)
        if self._ask and "title" not in given and model.word("title"):
            self._put(kind, given, "title", title)
            if given["title"] == title:
                del given["title"]
        values = {"date": self._today.isoformat(), "title": title, "letter": model.word("letter"), **given}
        if new:
            values[model.anchor] = new
        renamed = slug_of(str(given["title"])) if "title" in given else with_years(name, old_year, years)
        slug = wish.slug or (slug_for(kind, values) if kind.name == "issue" else renamed)
        number = self._known.next_number(model.word("letter") or "main")

        def copied(place: Place) -> str:
            return copy(model, given, Moving(place.path, new, self._today, number, self._lang)).text

        place, problems = self._placed(kind, slug, values, wish.lang or lang or "", copied, may_rename=not wish.slug)
        if problems:
            raise Unfit(problems)
        made = copy(model, given, Moving(place.path, new, self._today, number, self._lang))
        return Made(place.path, made.text, made.notices)

    def _anchor(self, model: Model, given: Values) -> str:
        """Return the date that the others of a copy hang on: the one given, else asked for, else proposed."""
        if not model.anchor:
            return ""
        after = self._today
        if model.kind.name == "issue":
            after = max(after, self._known.last_of(model.word("letter") or "main"))
        proposed = model.proposed(after)
        if model.anchor not in given and self._ask:
            self._put(model.kind, given, model.anchor, proposed)
        while self._ask and (wrong := self._alone(model.kind, given, only={model.anchor})):
            self._complain(sentence(wrong[0], self._lang))
            del given[model.anchor]
            self._put(model.kind, given, model.anchor, proposed)
        return model.completed(str(given.get(model.anchor) or proposed))

    def _alone(self, kind: Kind, values: Values, only: set[str] | None = None) -> tuple[Problem, ...]:
        """Return what is wrong with the values as far as one file can tell; *only*: with those of these names."""
        types = {one.name: one.type for one in kind.all_fields}
        lines = [(name, line) for name, value in values.items() for line in lines_of(name, value, types[name])]
        raw = "\n".join(["---", *(line for _, line in lines), "---", ""]).encode("utf-8", "replace")
        _, problems = read_draft(f"{kind.folder}/x.md", raw, kind, self._terms)
        # A proof-reader names the line alone; here each line is one answer.
        owners = dict(enumerate((name for name, _ in lines), 2))
        wrong = tuple(replace(one, field=one.field or owners.get(one.line, "")) for one in problems if one.level is Level.ERROR)
        return wrong if only is None else tuple(one for one in wrong if _head(one.field) in only and has(values, _head(one.field)))

    def _placed(
        self, kind: Kind, slug: str, values: Values, lang: str, render: Callable[[Place], str], may_rename: bool = False
    ) -> tuple[Place, tuple[Problem, ...]]:
        """Return a place that is free for a file, and what is wrong with it there."""
        lang = "" if lang == self._settings.lang else lang
        while True:
            if not slug:
                slug = self._slug(kind, "", said("no address can be made of that title"))
                continue
            place = place_for(kind, slug, values, lang)
            owner, problems = self._tried(place, kind, render)
            if not owner:
                return place, problems
            free = next(one for one in others(slug, values) if not self._tried(place_for(kind, one, values, lang), kind, render)[0])
            slug = free if may_rename else self._slug(kind, free, said("{owner} is there already", owner=owner))

    def _tried(self, place: Place, kind: Kind, render: Callable[[Place], str]) -> tuple[str, tuple[Problem, ...]]:
        """Return what has that place already ("" if nothing), and the errors that a file would have there."""
        if exists(self._settings.root, place):
            return place.path, ()
        found = load(self._settings, self._as_of, self._cache, True, (Found(place.path, kind.name), render(place).encode()))
        errors = tuple(one for one in found.problems if one.path == place.path and one.level is Level.ERROR)
        item = next((one for one in (*found.hub.items, *found.hub.hidden) if one.source == place.path), None)
        return taken_by(item, found.hub, self._settings.gone) if item else "", errors

    def _slug(self, kind: Kind, free: str, why: Said) -> str:
        """Return another slug from a person; without one, refuse and name the one that is free."""
        if self._ask is None:
            if not free:
                raise WrongUse(said("{why}: give one with --slug", why=why))
            raise Taken(said("{why}; nothing was written; free: --slug {slug}", why=why, slug=free))
        self._complain(tell(why, self._lang))
        desk = Desk("", self._settings.zone)
        while True:
            answer = self._ask(self._known.question(kind, "slug", {}, self._lang, free)).strip() or free
            if slug := Slug().read(Scalar(answer, False, 0, 0), "slug", desk):
                return slug
            self._complain(sentence(desk.problems[-1], self._lang))

    def _mend(self, kind: Kind, values: Values, problems: tuple[Problem, ...]) -> None:
        """Ask for what is missing, or again for what is wrong.

        Raises:
            Unfit: there is nobody to ask, or no question that would mend it.
        """
        problem = problems[0]
        name = problem.field if "[" not in problem.field else _head(problem.field)
        if self._ask is None or not any(one.name == _head(name) for one in kind.all_fields):
            raise Unfit(problems)
        is_wrong = has(values, problem.field)
        if is_wrong:
            self._complain(sentence(problem, self._lang))
            without(values, name)
        if name == "venue" and not is_wrong and "mode" not in values:
            # Online there is no place, so this comes first; what is usual is not written down.
            self._put(kind, values, "mode")
            if values["mode"] == "onsite":
                del values["mode"]
            elif values["mode"] != "hybrid":
                # Online there is no place; and what is no answer is asked for again first.
                return
        self._put(kind, values, name)

    def _put(self, kind: Kind, values: Values, name: str, default: str = "") -> None:
        """Put a person's answer to the values; an empty one takes the default."""
        assert self._ask is not None
        question = self._known.question(kind, name, values, self._lang, default)
        while not (answer := self._ask(question).strip() or question.default):
            self._complain(tell(said("an answer is needed here; Ctrl-C stops, and writes nothing"), self._lang))
        put(values, kind.all_fields, name, answer)
        self._known.complete(values)


def _head(name: str) -> str:
    return name.replace("[", ".").partition(".")[0]
