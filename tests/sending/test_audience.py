"""Whom a letter goes to."""

import tracemalloc

import pytest
from tests.sending.mailings import SECRET, mailing, version

from handbill.errors import ContentProblems, Level, MachineLacks
from handbill.sending.audience import MOST_TOLD, Silent, Source, leavers
from handbill.sending.keys import member_key
from handbill.sending.private import Private

LETTER = mailing(11, version("fr"), version("en", "b" * 64))
ROWS = "email;langue\nquetzal@village.example;fr\nyttrium@village.example;\nzephyr@village.example;en\nocre@village.example;de\n"


def source(tmp_path, text=ROWS, segment=""):
    file = tmp_path / "members.csv"
    file.write_text(text, encoding="utf-8")
    return Source(file, SECRET, ("fr", "en"), (), segment)


def test_members_are_counted_by_what_they_would_get(tmp_path):
    """Whoever reads neither language gets the hub's own, and the sender is told of how many that is so."""
    found = source(tmp_path).counted(LETTER, frozenset({member_key(SECRET, "zephyr@village.example")}))

    assert ({"fr": 3, "en": 1}, 4, 2, 1, (), 0) == (found.by_lang, found.whole, found.other, found.suppressed, found.problems, found.faults)


def test_every_row_that_is_wrong_counts_and_the_first_are_told(tmp_path):
    """A list of another sort has a hundred thousand of them."""
    found = source(tmp_path, "email\n" + "nonsense\n" * 120).counted(LETTER, frozenset())

    assert (120, MOST_TOLD, 0) == (found.faults, len(found.problems), found.whole)
    assert "nonsense" not in str(found)


def test_a_row_that_stops_the_sending_is_told_behind_any_number_of_warnings(tmp_path):
    """Who stands there twice sixty times over would learn of the row that is wrong when the letter is due."""
    twice = "".join(f"m{n}@village.example\n" * 2 for n in range(MOST_TOLD + 10))
    found = source(tmp_path, "email\n" + twice + "nonsense\n").counted(LETTER, frozenset())

    assert (1, MOST_TOLD + 1) == (found.faults, len(found.problems))
    assert [2 * (MOST_TOLD + 10) + 2] == [one.line for one in found.problems if one.level is Level.ERROR]


def test_a_list_that_went_wrong_in_between_stops_the_reading(tmp_path):
    """It was looked at before; somebody has saved it since."""
    one = source(tmp_path)
    assert [2, 3, 4, 5] == [member.row for member in one.members(LETTER.letter)]

    one.file.write_text(ROWS + "nonsense;fr\n", encoding="utf-8")
    with pytest.raises(ContentProblems):
        list(one.members(LETTER.letter))
    one.file.unlink()
    with pytest.raises(MachineLacks):
        list(one.members(LETTER.letter))


@pytest.mark.long
def test_counting_keeps_no_member(tmp_path):
    """A million members must not need a million records; here 20,000 in less than 100 bytes each."""
    one = source(tmp_path, "email\n" + "".join(f"m{n}@village.example\n" for n in range(20_000)))
    tracemalloc.start()
    found = one.counted(LETTER, frozenset())
    _, most = tracemalloc.get_traced_memory()
    tracemalloc.stop()

    assert 20_000 == found.whole
    assert most < 2_000_000


def test_who_wants_nothing_is_read_by_key_and_a_wrong_line_stops_it(tmp_path):
    """To leave one out in silence would send a letter to somebody who has asked for none."""
    file = tmp_path / "stop.txt"
    file.write_text("# gone\nzephyr@village.example\n", encoding="utf-8")
    private = Private(tmp_path, suppressed=file)

    assert [member_key(SECRET, "zephyr@village.example")] == list(leavers(private, SECRET))
    assert [] == list(leavers(Private(tmp_path), SECRET))
    file.write_text("zephyr@village.example\nzephyr at village\n", encoding="utf-8")
    with pytest.raises(ContentProblems) as refusal:
        list(leavers(private, SECRET))
    assert [2] == [one.line for one in refusal.value.problems]
    assert "zephyr" not in str([str(one) for one in refusal.value.problems])


def test_who_left_by_whichever_way_is_silent(tmp_path):
    """The editor keeps a file, the page behind the link tells the ledger; neither knows of the other."""
    file = tmp_path / "stop.txt"
    file.write_text("zephyr@village.example\n", encoding="utf-8")
    named, known, other = (member_key(SECRET, f"{name}@village.example") for name in ("zephyr", "ocre", "quetzal"))
    silent = Silent(Private(tmp_path, suppressed=file), SECRET, {known})

    assert [True, True, False] == [one in silent for one in (named, known, other)]
    file.write_text("zephyr at village\n", encoding="utf-8")
    with pytest.raises(ContentProblems):
        Silent(Private(tmp_path, suppressed=file), SECRET, {known})
