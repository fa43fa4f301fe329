"""Where members connect, without what opens a meeting for anybody."""

import pytest

from handbill.importing.ics.online import meeting_of, without_invitation
from handbill.importing.ics.parts import Part

TEAMS = "https://teams.microsoft.com/l/meetup-join/19%3ameeting_Zm9v/0"


def meeting(*lines: str, location: str = "", description: str = ""):
    notes = []
    return meeting_of(Part("VEVENT", 1, list(enumerate(lines, 2))), location, description, notes), [note.what for note in notes]


@pytest.mark.parametrize(
    ("lines", "wanted"),
    [
        (
            ["CONFERENCE;VALUE=URI;FEATURE=VIDEO:https://visio.example/salle", "X-GOOGLE-CONFERENCE:https://visio.example/salle"],
            "https://visio.example/salle",
        ),
        (["X-GOOGLE-CONFERENCE:https://meet.google.com/abc-defg-hij"], "https://meet.google.com/abc-defg-hij"),
        ([f"X-MICROSOFT-SKYPETEAMSMEETINGURL:{TEAMS}"], TEAMS),
        (["URL:https://us02web.zoom.us/j/123456"], "https://us02web.zoom.us/j/123456"),
        (["URL:https://jardin.example/page"], ""),
        ([], ""),
    ],
)
def test_the_address_is_found_where_programs_write_it(lines, wanted):
    """Each program has a property of its own for it."""
    assert (wanted, []) == meeting(*lines)


def test_of_several_addresses_the_first_counts_and_the_others_are_told():
    """A meeting for those who hear and one for those who sign is lost otherwise."""
    found, told = meeting("CONFERENCE:https://visio.example/a", "CONFERENCE:https://visio.example/b")

    assert ("https://visio.example/a", ["of several addresses to connect at, the first was taken"]) == (found, told)


def test_the_address_is_found_in_the_place_and_in_the_text():
    """People paste it wherever there is room."""
    assert "https://meet.jit.si/jardin" == meeting(location="https://meet.jit.si/jardin")[0]
    assert TEAMS == meeting(description=f"Rejoindre : <{TEAMS}>.")[0]


@pytest.mark.parametrize("key", ["pwd", "PASSWORD", "pin", "token"])
def test_the_password_is_left_out_of_the_address(key):
    """With it, whoever finds the page is in the meeting."""
    assert ("https://zoom.us/j/1?a=b", ["the password was left out of the address of the meeting"]) == meeting(
        f"URL:https://zoom.us/j/1?a=b&{key}=s3cret#x"
    )


@pytest.mark.parametrize("value", ["tel:+33140000000", "https://user:pw@meet.example/x", "xmpp:room@x.example"])
def test_what_is_no_address_that_may_be_published_is_left_out_and_told(value):
    """A telephone number with its code is a door."""
    found, told = meeting(f"CONFERENCE:{value}")

    assert "" == found
    assert 1 == len(told)


@pytest.mark.parametrize(
    "block",
    [
        "-::~:~::~:~:~:~::-\nJoin with Google Meet: https://meet.google.com/abc\nOr dial: (FR) +33 1 87 40 58 24 PIN: 123#\n-::~:~::~:~:~:~::-",
        "________________________________________\nMicrosoft Teams\nMeeting ID: 312 456\nPasscode: aB3\n________________________________________",
        "Jeanne is inviting you to a scheduled Zoom meeting.\nJoin Zoom Meeting\nMeeting ID: 1\nPasscode: 2\nOne tap mobile\nDial by your location",
        "Code secret : 1234\nNuméro de réunion : 99",
    ],
)
def test_codes_and_numbers_that_programs_wrote_are_left_out(block):
    """What people wrote stays, to the letter."""
    notes = []

    assert "Ordre du jour\n\nÀ bientôt" == without_invitation(
        f"Ordre du jour\n\n{block}\n\nÀ bientôt", "https://meet.google.com/abc", notes
    )
    assert 1 == len(notes)


def test_the_address_of_a_meeting_goes_with_the_brackets_around_it():
    """Outlook puts every address between them."""
    assert "Rejoindre ici, à 18 h" == without_invitation(f"Rejoindre ici<{TEAMS}>, à 18 h", TEAMS, [])


def test_a_text_without_any_is_left_as_it_is():
    """“Meeting” is also a word."""
    notes = []
    text = "Meeting au port.\n\nMot de passe oublié ? On vous aide."

    assert text == without_invitation(text, "", notes)
    assert [] == notes
