"""Last year's file → this year's: dates and numbers moved, what was true of that time only left out.

Everything else of the front matter, its comments and its order, stays byte
for byte; the text stays too, under a line that asks to reread it.
"""

from __future__ import annotations

import posixpath
import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from zoneinfo import ZoneInfo

from handbill.authoring.answers import Values
from handbill.authoring.lines import Lines
from handbill.authoring.numbering import moved_on
from handbill.authoring.sheet import lines_of
from handbill.authoring.shifting import Shift, day_of, local, next_month, next_years, on_day
from handbill.errors import Said, WrongUse, said
from handbill.hub.fields import Desk, Field, Group, Listing, Many, Scalar, Table, When, place_of
from handbill.hub.kind import Kind
from handbill.hub.rule import refusal
from handbill.hub.since import Since
from handbill.hub.written import Value, scalar, written
from handbill.reading.files import decode, split
from handbill.telling import tell

#: The date that the other dates of a kind hang on.
ANCHORS = {"event": "starts", "contest": "opens", "issue": "date"}

#: What was true of that one time, or would make the copy pass for its model.
DROPPED = (
    ("id",), ("slug",), ("aliases",), ("updated",), ("translation_of",), ("recap",), ("winners",), ("cancelled",),
    ("status",), ("status_note",), ("previous_starts",), ("recurrence", "changes"),
    ("registration", "full"), ("registration", "taken"), ("attendance",), ("corrections",),
    ("deposit",), ("quiz", "answers"), ("randomness", "sources"),
)  # fmt: skip

#: Dates of the event itself, which move with its time of day; those of a registration do not.
_WITH_CLOCK = frozenset({"ends", "recurrence.except", "recurrence.extra"})

#: How many years of a series are looked through for the date nearest to one that was left out.
_FOLLOWED = 10


@dataclass(frozen=True, slots=True)
class Copied:
    """A copy: its text, and what an editor should know of it."""

    text: str
    notices: tuple[Said, ...]


class Model:
    """The file that is copied, taken apart."""

    def __init__(self, kind: Kind, source: str, raw: bytes, zone: str) -> None:
        """Read the file *source*, whose times are in *zone* unless it names its own.

        Raises:
            WrongUse: it cannot be read.
        """
        desk = Desk(source, zone)
        text = decode(raw, desk)
        parsed = split(text, desk) if text is not None else None
        if text is None or parsed is None or desk.has_errors:
            raise WrongUse(said("{path} cannot be read; `check` says why", path=source))
        self.kind, self.source, self.text, self.table = kind, source, text, parsed[0]
        self.zone = self.word("timezone") or zone
        self.anchor = ANCHORS.get(kind.name, "")
        #: The date that the others hang on, as written; "" where the kind has none.
        self.old = self.word(self.anchor) if self.anchor else ""
        self.day = day_of(self.old or self.word("date"))

    def word(self, *names: str) -> str:
        """Return a value as it was written, "" where there is none."""
        node = place_of(self.table, *names)
        known = any(key.text == names[0] for key, _ in self.table.pairs)
        return node.text.strip() if known and isinstance(node, Scalar) else ""

    def proposed(self, today: date) -> str:
        """Return the anchor to propose for a copy made *today*; "" for a kind that hangs on none.

        A fair keeps its weekday and rank in the month, in the first year that
        is still to come; a letter goes to the next such month.
        """
        day = day_of(self.old)
        if day is None:
            return ""
        if self.kind.name == "issue":
            return on_day(self.old, next_month(day, today))
        choices = [on_day(self.old, one) for one in next_years(day, today)]
        rule = self.word("recurrence", "rule")
        fitting = [one for one in choices if rule and one in self._dates(Shift.between(self.old, one).rule(rule), one)[:1]]
        return (fitting or choices)[0]

    def completed(self, new: str) -> str:
        """Return a date given for the anchor, with the model's time of day where it has none."""
        return on_day(self.old, day) if len(new.strip()) == 10 and len(self.old) > 10 and (day := day_of(new)) else new

    def exception(self, written: str, shift: Shift, new: str) -> str:
        """Return a date on which the copy does not take place: the one of its rule nearest to the moved one."""
        moved = shift.date(written, with_clock=True)
        dates = self._dates(shift.rule(self.word("recurrence", "rule")), new)
        day = day_of(moved)
        if not dates or day is None:
            return moved
        nearest = min(dates, key=lambda one: (abs(((day_of(one) or day) - day).days), one))
        return nearest[: len(moved)]

    def _dates(self, rule: str, first: str) -> list[str]:
        """Return the dates that a rule gives from *first* on, as written; none where either cannot be read."""
        # dateutil takes time to import, and few events are repeated.
        from handbill.kinds.recurrence import starts_of

        if refusal(rule) or day_of(first) is None:
            return []
        begin = datetime.fromisoformat(local(first)).replace(tzinfo=ZoneInfo(self.zone)) if len(first) > 10 else date.fromisoformat(first)
        found = starts_of(rule, begin, date(min(begin.year + _FOLLOWED, date.max.year), 12, 31))
        return [f"{one:%Y-%m-%d %H:%M}" if isinstance(one, datetime) else one.isoformat() for one in found]


@dataclass(frozen=True, slots=True)
class Moving:
    """Where a copy goes: its *target* path, its anchor, the day it is made, the number of a letter."""

    target: str
    new: str
    today: date
    number: int
    lang: str


def copy(model: Model, given: Values, to: Moving) -> Copied:
    """Return the copy of a file; the values *given* take the place of those of the model."""
    lines, notices = Lines(model.text, model.table), []
    taken = {name: value for name, value in given.items() if name != model.anchor}
    if model.anchor != "date":
        # What is copied today is announced today: the model's own day is long past, or still hidden.
        taken.setdefault("date", to.today.isoformat())
    shift = Shift.between(model.old, to.new) if model.old and to.new else Shift(0)
    old_year = model.day.year if model.day else to.today.year
    years = (day_of(to.new) or to.today).year - old_year
    if gone := [".".join(names) for names in DROPPED if _drop(lines, model, names, shift, to)]:
        notices.append(said("left out, because it was true of that time only: {fields}", fields=", ".join(gone)))
    for name, one, node in _leaves(model.table, model.kind.all_fields):
        if name.split(".")[0] in taken or not (raw := lines.raw(node)):
            continue
        moved = _moved(model, name, one, node.text.strip(), shift, to)
        if name in ("title", "subject"):
            moved = moved_on(node.text.strip(), old_year, years)
        if moved != node.text.strip():
            lines.replace(node, raw.replace(node.text.strip(), moved) if node.text.strip() in raw else scalar(moved))
        if name in ("title", "subject", "number") and moved != node.text.strip():
            notices.append(said("{field}: “{old}” became “{new}”", field=name, old=node.text.strip(), new=moved))
    _take_over(lines, model, taken)
    head, body = _halves(lines.text())
    body = _relinked(body, model.source, to.target)
    comment = tell(said("Copied from {path}: reread the text, then take this line away.", path=model.source), to.lang)
    text = f"{head}\n\n<!-- {comment} -->\n\n{body}"
    if years and (places := _mentions(text, str(old_year))):
        notices.append(said("{year} still stands on these lines, reread them: {lines}", year=old_year, lines=", ".join(places)))
    return Copied(text, tuple(notices))


def _moved(model: Model, name: str, one: Field, text: str, shift: Shift, to: Moving) -> str:
    """Return a value of the model as the copy has it."""
    if name == model.anchor:
        return to.new
    if name == "number":
        return str(to.number)
    if name == "recurrence.rule":
        return shift.rule(text)
    if name == "recurrence.except":
        return model.exception(text, shift, to.new)
    kind = one.type.of if isinstance(one.type, Many) else one.type
    return shift.date(text, with_clock=name in _WITH_CLOCK) if isinstance(kind, When | Since) else text


def _drop(lines: Lines, model: Model, names: tuple[str, ...], shift: Shift, to: Moving) -> bool:
    """Take a key out, if it is there, and say whether it was."""
    key = next((key for key, _ in model.table.pairs if key.text == names[0]), None)
    group = place_of(model.table, names[0])
    if len(names) == 1 or key is None or not isinstance(group, Table) or group.line != key.line:
        return lines.drop(*names)
    # A group in braces stands on one line, and is written anew without it.
    if not any(inner.text == names[1] for inner, _ in group.pairs):
        return False
    rest = Table(tuple(pair for pair in group.pairs if pair[0].text != names[1]), group.line, group.column)
    fields = next(one.type.fields for one in model.kind.all_fields if one.name == names[0] and isinstance(one.type, Group))
    kept = _moved_values(rest, fields, f"{names[0]}.", lambda name, one, text: _moved(model, name, one, text, shift, to))
    lines.put(names[0], [f"{names[0]}: {written(kept)}"] if kept else [])
    return True


def _moved_values(table: Table, fields: Sequence[Field], before: str, move: Callable[[str, Field, str], str]) -> dict[str, Value]:
    """Return the values of a group as the copy has them."""
    known = {one.name: one for one in fields}
    found: dict[str, Value] = {}
    for key, node in table.pairs:
        one = known[key.text]
        inner = one.type.of if isinstance(one.type, Many) else one.type
        values: list[Value] = []
        for entry in node.items if isinstance(node, Listing) else (node,):
            if isinstance(entry, Table) and isinstance(inner, Group):
                values.append(_moved_values(entry, inner.fields, f"{before}{key.text}.", move))
            elif isinstance(entry, Scalar):
                values.append(move(before + key.text, one, entry.text.strip()))
        found[key.text] = tuple(values) if isinstance(node, Listing) else values[0]
    return found


def _take_over(lines: Lines, model: Model, given: Values) -> None:
    """Write the values that somebody gave; a key that stands on one line keeps its place and its comment."""
    known = {one.name: one for one in model.kind.all_fields}
    for name, value in given.items():
        node = next((node for key, node in model.table.pairs if key.text == name), None)
        if node is None and name == "date" and not model.kind.is_dated:
            continue
        whole = lines_of(name, value, known[name].type)
        if isinstance(node, Scalar) and node.width and len(whole) == 1:
            lines.replace(node, whole[0].removeprefix(f"{name}: "))
        else:
            lines.put(name, whole)


def _leaves(table: Table, fields: Sequence[Field], before: str = "") -> Iterator[tuple[str, Field, Scalar]]:
    """Yield every single value with the field it is of, entries of a list each."""
    known = {one.name: one for one in fields}
    for key, node in table.pairs:
        one = known.get(key.text)
        if one is None:
            continue
        kind = one.type.of if isinstance(one.type, Many) else one.type
        for inner in node.items if isinstance(node, Listing) else (node,):
            if isinstance(inner, Scalar):
                yield before + key.text, one, inner
            elif isinstance(inner, Table) and isinstance(kind, Group):
                yield from _leaves(inner, kind.fields, f"{before}{key.text}.")


def _halves(text: str) -> tuple[str, str]:
    """Return front matter, up to its closing line, and the text below it."""
    match = re.search(r"^---[ \t]*$", text[4:], re.MULTILINE)
    assert match is not None
    return text[: 4 + match.end()], re.sub(r"\A(?:[ \t]*\n)+", "", text[4 + match.end() :])


def _relinked(body: str, source: str, target: str) -> str:
    """Return a text whose links to files lead to where they led, from another folder."""
    here, there = posixpath.dirname(source), posixpath.dirname(target)
    if here == there:
        return body

    def moved(match: re.Match[str]) -> str:
        path = match["path"]
        if re.match(r"[a-z][a-z0-9+.-]*:|[/#]", path, re.IGNORECASE) or not path:
            return match[0]
        return match["before"] + posixpath.relpath(posixpath.join(here, path), there) + match["after"]

    return re.sub(
        r'(?P<before>\]\(<?|^\[[^\]\n]+\]:[ \t]*<?|(?:src|href)=")(?P<path>[^\s)>"#?]*)(?P<after>[\s)>"#?])', moved, body, flags=re.M
    )


def _mentions(text: str, year: str) -> list[str]:
    """Return the numbers of the lines that still name the year other than in a date or a path."""
    return [str(number) for number, line in enumerate(text.split("\n"), 1) if re.search(rf"(?<![\w/-]){year}(?![\w/-])", line)][:12]
