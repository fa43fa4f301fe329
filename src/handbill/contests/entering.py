"""A list of entries, a CSV file outside Git → its entries, and which of them the rules count.

What cannot be read is told by the number of its row; nothing that stands in a
row is ever told.  When somebody entered is said by the list, never by the
moment at which this runs.
"""

from __future__ import annotations

from collections.abc import Container, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path

from handbill.contests.entry_columns import Columns, Role, columns_of, names_what_counts
from handbill.contests.entry_times import WANTED, NoMoment, Order, Span, needs_order, orders_of, span_of
from handbill.errors import MachineLacks, said
from handbill.sending.addresses import Unfit, checked, normal
from handbill.sending.columns import Unclear
from handbill.sending.sheets import Fault, Row, rows_of

#: The most chances that one row can have: lines of a pool count to here.
MOST_CHANCES = 9999

#: Why an entry is not counted, in the order in which the reasons are looked at.
REASONS = ("excluded", "early", "late", "double", "over")


@dataclass(frozen=True, slots=True)
class Entry:
    """One entry: the row it stands in, whose it is (an address that stands for its mailbox), and when it was made."""

    row: int
    identity: str
    address: str
    name: str
    entered: Span
    chances: int = 1
    answers: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Entrant:
    """One person with the entries that count, the first one first; ``chances`` is how many lines of the pool are theirs."""

    entries: tuple[Entry, ...]
    chances: int

    @property
    def identity(self) -> str:
        """Return what stands for the person."""
        return self.entries[0].identity


@dataclass(frozen=True, slots=True)
class Counted:
    """Who is in, by identity, and the rows of what is not counted, by reason."""

    entrants: tuple[Entrant, ...]
    left: Mapping[str, tuple[int, ...]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Terms:
    """What the rules say of entries: from when, until when (that moment is too late), how many of one person, and in which zone."""

    opens: datetime
    closes: datetime
    limit: int
    zone: str
    questions: int = 0
    has_tiebreak: bool = False


def sheet_rows(file: Path, needed: Sequence[Role], questions: int = 0, has_tiebreak: bool = False) -> Iterator[tuple[Row, Columns] | Fault]:
    """Yield each row of a list with its columns, its cells as many as the first row has.

    Raises:
        MachineLacks: the file cannot be read.
    """
    columns: Columns | None = None
    try:
        with file.open("rb") as opened:
            for row in rows_of(opened, names_what_counts):
                if isinstance(row, Fault):
                    yield row
                    if columns is None:
                        return
                elif columns is None:
                    found = columns_of(row.cells, needed, questions, has_tiebreak)
                    if isinstance(found, Unclear):
                        yield Fault(row.number, found.found, found.wanted)
                        return
                    columns = found
                elif len(row.cells) > columns.width and any(row.cells[columns.width :]):
                    wanted = said("{n}, as in the first row; a cell that holds the separator stands between quotes", n=columns.width)
                    yield Fault(row.number, said("{n} cells", n=len(row.cells)), wanted)
                else:
                    # Programs leave out what is empty at the end of a row.
                    yield Row(row.number, (*row.cells, *("" for _ in range(columns.width - len(row.cells))))), columns
    except OSError as trouble:
        raise MachineLacks(
            said(
                "{name}: cannot be read ({reason}); see to it that it is there and that this account may read it",
                name=file.name,
                reason=trouble.strerror or trouble,
            )
        ) from trouble


def read_entries(file: Path, terms: Terms, order: Order = "") -> tuple[tuple[Entry, ...], tuple[Fault, ...]]:
    """Return the entries of a list, and the rows that cannot be read.

    *order* says whether 03/04/2026 begins with its day; where it is not given,
    the list must show it in some row, or not need it.

    Raises:
        MachineLacks: the file cannot be read.
    """
    rows: list[tuple[Row, Columns]] = []
    faults: list[Fault] = []
    for one in sheet_rows(file, ("email", "entered"), terms.questions, terms.has_tiebreak):
        if isinstance(one, Fault):
            faults.append(one)
        else:
            rows.append(one)
    order = order or _order_of([row.cells[columns.at["entered"]] for row, columns in rows])
    entries: list[Entry] = []
    for row, columns in rows:
        found = _entry(row, columns, terms, order)
        if isinstance(found, Fault):
            faults.append(found)
        else:
            entries.append(found)
    return tuple(entries), tuple(sorted(faults, key=lambda one: one.number))


def counted(entries: Iterable[Entry], terms: Terms, is_excluded: Container[str] = ()) -> Counted:
    """Return who is in by the rules; the same whatever the order of the *entries*.

    Of one person's entries the first count.  One that was sent twice in the
    same second is one; two of which only the day is known are two.  Chances beyond those that the rules allow are cut, and
    the row is told.
    """
    left: dict[str, list[int]] = {reason: [] for reason in REASONS}
    people: dict[str, list[Entry]] = {}
    for one in sorted(entries, key=lambda one: (one.identity, one.entered.first, -one.chances, one.answers, one.name, one.address)):
        if one.identity in is_excluded:
            left["excluded"].append(one.row)
        elif one.entered.is_within(terms.opens, terms.closes) is False:
            left["late" if one.entered.first >= terms.closes else "early"].append(one.row)
        elif (own := people.setdefault(one.identity, [])) and own[-1].entered == one.entered and one.entered.first == one.entered.last:
            left["double"].append(one.row)
        else:
            own.append(one)
    entrants = []
    for own in people.values():
        kept: list[Entry] = []
        chances = 0
        for one in own:
            if chances + one.chances > terms.limit:
                left["over"].append(one.row)
            if chances < terms.limit:
                kept.append(one)
                chances = min(terms.limit, chances + one.chances)
        entrants.append(Entrant(tuple(kept), chances))
    return Counted(tuple(entrants), {reason: tuple(sorted(rows)) for reason, rows in left.items() if rows})


def identity_of(written: str) -> str:
    """Return what stands for a mailbox however its address is written.

    Raises:
        Unfit: it is no address.
    """
    return normal(checked(written))


def _order_of(texts: Sequence[str]) -> Order:
    """Return the one order of day and month that fits a whole list; "" where none is needed, shown or possible."""
    if not any(needs_order(text) for text in texts):
        return ""
    fits = frozenset[Order]({"day", "month"}).intersection(*(orders_of(text) for text in texts))
    return next(iter(fits)) if len(fits) == 1 else ""


def _entry(row: Row, columns: Columns, terms: Terms, order: Order) -> Entry | Fault:
    cells, at = row.cells, columns.at
    try:
        address = checked(cells[at["email"]])
        entered = span_of(cells[at["entered"]], "UTC" if columns.is_utc else terms.zone, order)
    except Unfit as unfit:
        return Fault(row.number, unfit.found, unfit.wanted)
    except NoMoment as none:
        return Fault(row.number, none.found, WANTED)
    if entered.is_within(terms.opens, terms.closes) is None:
        found = said("an entry of which nobody can tell whether it was in time")
        return Fault(row.number, found, said("its time of day, with the offset such as +02:00 in the night when clocks go back"))
    chances = cells[at["chances"]].strip() if "chances" in at else "1"
    if not (chances.isascii() and chances.isdigit() and 1 <= int(chances[:9]) <= MOST_CHANCES):
        return Fault(row.number, said("something that is no number of chances"), said("a number from 1 to {n}", n=MOST_CHANCES))
    answers = tuple(cells[place].strip() for place in columns.answers)
    return Entry(row.number, normal(address), address, name_in(cells, columns), entered, int(chances), answers)


def name_in(cells: Sequence[str], columns: Columns) -> str:
    """Return the name that a row gives, "" where it gives none."""
    at = columns.at
    if "name" in at:
        return cells[at["name"]].strip()
    return " ".join(text for role in ("first", "last") if role in at and (text := cells[at[role]].strip()))
