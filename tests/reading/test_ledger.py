"""The book of what calendars told is read whole or complained about."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime

import pytest
from tests.hubs import moment

from handbill.hub.ledger import Ledger, Record, State
from handbill.layout import CALENDARS as LOCK
from handbill.reading.ledger import ledger_text, read_ledger

THEN = datetime(2026, 4, 1, 10, 30, 5, tzinfo=UTC)
DIGEST = "0123456789abcdef0123"
TIMED = State(
    "Foire",
    "fr",
    moment("2026-05-01 14:00"),
    moment("2026-05-01 18:00"),
    "Europe/Paris",
    date(2026, 5, 2),
    DIGEST,
    DIGEST[::-1],
    (moment("2026-05-08 14:00"), moment("2026-05-15 14:00")),
)
DAYS = State("Été\tau bord\nde l’eau", "en", date(2026, 7, 1), date(2026, 7, 3), "Asia/Tokyo", date(2026, 7, 4), "", "")
LEDGER = Ledger(
    "essai.example",
    {
        "event:foire": Record("event-foire@essai.example", 3, THEN, TIMED),
        "event:ete": Record("abc@google.com", 0, THEN, DAYS, is_gone=True),
        "contest:photo#opens": Record("contest-photo.opens@essai.example", 0, THEN, replace(TIMED, never=())),
    },
)


def laid(root, text):
    (root / LOCK).write_text(text, encoding="utf-8")
    return read_ledger(root)


def test_what_is_written_is_read_back(tmp_path):
    """A line an event, sorted, so that two branches merge by themselves."""
    found, problems = laid(tmp_path, ledger_text(LEDGER))

    wanted = dict(LEDGER.records) | {"event:ete": replace(LEDGER.records["event:ete"], state=replace(DAYS, title="Été au bord de l’eau"))}
    assert ("essai.example", ()) == (found.host, problems)
    assert sorted(wanted) == list(found.records)
    assert wanted == found.records
    assert ledger_text(found) == ledger_text(LEDGER)


def test_the_second_of_two_equal_hours_is_read_back_as_such(tmp_path):
    """What is called off must be called off at its own hour."""
    late = moment("2026-10-25 02:30").replace(fold=1)
    ledger = Ledger("essai.example", {"event:nuit": Record("x@y", 0, THEN, replace(TIMED, starts=late, ends=late, never=()))})

    assert late.utcoffset() == laid(tmp_path, ledger_text(ledger))[0].records["event:nuit"].state.starts.utcoffset()


def test_a_hub_that_told_nothing_yet_has_no_book(tmp_path):
    """The first build must work."""
    assert (Ledger(), ()) == read_ledger(tmp_path)


def line(**changed) -> str:
    parts = ledger_text(Ledger("h", {"event:foire": LEDGER.records["event:foire"]})).splitlines()[-1].split("\t")
    names = ("id", "uid", "sequence", "changed", "facts", "whole", "starts", "ends", "zone", "over", "never", "lang", "standing", "title")
    return "\t".join(changed.get(name, part) for name, part in zip(names, parts, strict=True))


@pytest.mark.parametrize(
    "odd",
    [
        "bonjour",
        "event:foire\t3",
        line(sequence="-1"),
        line(sequence="²"),
        line(changed="2026-04-01"),
        line(facts="zz"),
        line(starts="hier"),
        line(ends="2026-05-01T18:00"),
        line(zone="Mars/Base"),
        line(zone="../../etc/passwd"),
        line(over="demain"),
        line(never="jamais"),
        line(standing="perhaps"),
        line(id=""),
        line() + "\tx",
        "host ",
        "host a b",
    ],
)
def test_a_line_that_makes_no_sense_is_told_and_not_guessed(tmp_path, odd):
    """A number made up would let programs take the old state for the new one."""
    found, problems = laid(tmp_path, f"host essai.example\n{odd}\n")

    assert ({}, [(2, "HB405")]) == (dict(found.records), [(one.line, one.code) for one in problems])


def test_of_two_lines_for_one_event_the_newer_one_counts(tmp_path):
    """What is left when both sides of a conflict are kept; the next build tidies up."""
    older, higher = line(), line(sequence="5", title="Autre")

    for text in (f"{older}\n{higher}\n", f"{higher}\n{older}\n"):
        found, problems = laid(tmp_path, text)
        assert ((), 5, "Autre") == (problems, found.records["event:foire"].sequence, found.records["event:foire"].state.title)


def test_a_conflict_is_told_once_and_the_higher_number_kept(tmp_path):
    """Whichever side a program has met, the next change is newer than both."""
    found, (problem,) = laid(tmp_path, f"<<<<<<< HEAD\n{line()}\n=======\n{line(sequence='4')}\n>>>>>>> main\n")

    assert ("HB405", 1, 4) == (problem.code, problem.line, found.records["event:foire"].sequence)
    assert "both, without the lines that begin with <<<<<<<, ======= and >>>>>>>" == problem.wanted


def test_a_book_in_another_encoding_is_told(tmp_path):
    """A program on Windows saved it as UTF-16."""
    (tmp_path / LOCK).write_bytes(ledger_text(LEDGER).encode("utf-16"))

    found, (problem,) = read_ledger(tmp_path)
    assert (Ledger(), "HB405") == (found, problem.code)


def test_line_ends_of_windows_are_no_problem(tmp_path):
    """Git may write them on checking out."""
    (tmp_path / LOCK).write_bytes(ledger_text(LEDGER).replace("\n", "\r\n").encode())

    assert (3, ()) == (lambda found: (len(found[0].records), found[1]))(read_ledger(tmp_path))


def test_what_repeats_for_ever_is_read_as_it_was_written(tmp_path):
    """Whoever sings every Thursday could build their hub once, and never again."""
    ledger = Ledger("b.example", {"event:chorale": Record("a@b.example", 0, THEN, replace(TIMED, over=date(9999, 1, 1)))})

    found, problems = laid(tmp_path, ledger_text(ledger))

    assert ((), date(9999, 1, 1)) == (problems, found.records["event:chorale"].state.over)
