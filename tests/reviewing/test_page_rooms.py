"""Documents of two states → frames in which they stand, as long as there is room in the file."""

import re
from html import unescape

from tests.reviewing.pages import FILES, FULL, HOSTILE, asset, html, picture

from handbill.reviewing.page_frame import Frame
from handbill.reviewing.page_rooms import Rooms
from handbill.reviewing.shots import Shots


def rooms(most: int = 20_000_000, shots: Shots | None = None) -> Rooms:
    return Rooms(FULL, asset, Frame("en"), shots or Shots(), most)


def test_both_states_stand_in_frames_in_which_nothing_runs():
    """A sandbox without any permission: no script, no form, no way out of the frame."""
    pair = str(rooms().pair("/posts/pot/", "Pot", html(), html("<p>Un seau.</p>")))

    assert 2 == pair.count('<iframe sandbox="" ')
    assert 2 == pair.count(" srcdoc=")
    assert ["before", "after"] == re.findall(r'<figure class="(\w+)"', pair)


def test_each_state_shows_its_own_files():
    """The picture of the well was replaced; its name was not."""
    pair = unescape(
        str(rooms().pair("/a/", "A", html('<img src="/hub/media/well.png" alt="">'), html('<img src="/hub/media/well.png" alt="">')))
    )
    pictures = re.findall(r'<img [^>]*src="(data:[^"]*)"', pair)

    assert 2 == len(set(pictures))


def test_no_page_gets_out_of_its_frame():
    """What stands in an attribute must not end it."""
    pair = str(rooms().pair("/a/", HOSTILE, None, html(f"<p>{HOSTILE}</p>")))

    assert 1 == pair.count("<iframe")
    assert "<script" not in pair
    assert "<img" not in pair
    assert "\u202e" not in re.sub(r'srcdoc="[^"]*"', "", pair)


def test_what_does_not_fit_is_left_out_and_counted():
    """Twenty megabytes are what a mail, a telephone and a slow line bear."""
    room = rooms(most=20_000)
    pairs = [room.pair(f"/{number}/", "Page", html("<p>x</p>" * 200), html("<p>y</p>" * 200)) for number in range(5)]

    assert pairs[0] is not None
    assert pairs[4] is None
    assert sum(pair is None for pair in pairs) == room.left_out


def test_a_page_that_is_measured_is_scrolled_with_the_other_state():
    """What is on the right must stand beside what was on the left, without a script."""
    pair = str(rooms(shots=Shots(high={"/a/": {"phone": 2300, "desk": 1500}})).pair("/a/", "A", html(), html()))

    assert 'style="--phone: 2300px; --desk: 1500px"' in pair
    assert 'tabindex="0"' in pair


def test_pictures_with_frames_stand_beside_each_other_for_each_width():
    """The width is chosen once for the whole page."""
    raw = picture("red", "WEBP")
    shots = Shots(framed={"/a/": {"phone": (("before", raw), ("after", raw)), "desk": (("before", raw), ("after", raw))}})
    marked = str(rooms(shots=shots).marked("/a/", "A"))

    assert ["rooms two phone", "rooms two desk"] == re.findall(r'class="(rooms[^"]*)"', marked)
    assert 4 == marked.count("data:image/webp;base64,")
    assert rooms().marked("/b/", "B") is None
    assert FILES
