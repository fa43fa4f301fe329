"""The components of a calendar, also of a broken one."""

from handbill.importing.ics.parts import DEEPEST, parts_of


def shape(parts):
    return [(one.name, one.number, shape(one.parts)) for one in parts]


def read(text: str):
    return parts_of(text.encode())


def test_components_lie_in_each_other_and_know_their_line():
    """A report that names a line saves an editor the search."""
    parts, notes = read("BEGIN:VCALENDAR\nBEGIN:VEVENT\nBEGIN:VALARM\nEND:VALARM\nEND:VEVENT\nEND:VCALENDAR\n")

    assert [("VCALENDAR", 1, [("VEVENT", 2, [("VALARM", 3, [])])])] == shape(parts)
    assert [] == notes


def test_an_event_without_an_end_does_not_swallow_the_next():
    """One lost line must not cost a whole year."""
    parts, notes = read("BEGIN:VCALENDAR\nBEGIN:VEVENT\nUID:1\nBEGIN:VEVENT\nUID:2\nEND:VEVENT\nEND:VCALENDAR\n")

    assert [("VCALENDAR", 1, [("VEVENT", 2, []), ("VEVENT", 4, [])])] == shape(parts)
    assert ["line 2: VEVENT has no END"] == [str(one) for one in notes]


def test_a_file_that_was_cut_off_says_which_event_is_not_whole():
    """Its cancellation may have stood in the part that is missing."""
    parts, notes = read("BEGIN:VCALENDAR\nBEGIN:VEVENT\nUID:1\nEND:VEVENT\nBEGIN:VEVENT\nUID:2\n")

    assert [False, True] == [one.is_cut for one in parts[0].parts]
    assert ["line 5: the file ends within VEVENT"] == [str(one) for one in notes]


def test_two_calendars_in_one_file_stay_two():
    """Files are put together by hand; each calendar has zones of its own."""
    assert 2 == len(read("BEGIN:VCALENDAR\nBEGIN:VCALENDAR\nEND:VCALENDAR\n")[0])


def test_an_end_of_nothing_is_told():
    """What is odd may be the trace of something lost."""
    assert ["line 2: an END without a BEGIN: VTODO"] == [str(one) for one in read("BEGIN:VCALENDAR\nEND:VTODO\nEND:VCALENDAR\n")[1]]


def test_a_hundred_thousand_components_in_each_other_end_at_a_floor():
    """A file made to exhaust the stack is read like any other."""
    many = 100_000
    parts, _ = read("BEGIN:VCALENDAR\n" + "BEGIN:X-A\n" * many + "END:X-A\n" * many + "BEGIN:VEVENT\nEND:VEVENT\nEND:VCALENDAR\n")
    depth, inner = 0, parts
    while inner:
        depth, inner = depth + 1, inner[0].parts

    assert DEEPEST == depth
    assert "VEVENT" == parts[0].parts[1].name


def test_properties_are_found_by_name_in_any_case():
    """Names have no case (RFC 5545, 2)."""
    (part,), _ = read("BEGIN:VEVENT\nsummary:a\nSUMMARY-X:b\nSUMMARY:c  d\nATTENDEE:x\nEND:VEVENT\n")

    assert ["a", "c  d"] == [line.value for line in part.all("SUMMARY")]
    assert "a" == part.word("SUMMARY")
    assert "" == part.word("LOCATION")
    assert 4 == len(list(part.lines()))


def test_lines_outside_of_everything_are_told():
    """They may be the rest of an event."""
    assert ["line 1: lines that lie in no calendar were passed over: 2"] == [str(one) for one in read("AB:b\nCD:d\n")[1]]
