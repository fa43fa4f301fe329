from __future__ import annotations

import threading

from handbill.preview.events import HEARTBEAT, MOST_NAMED, Channel, event
from handbill.preview.panel import NOTHING

PANEL = '{"problems": []}'


def test_a_page_that_comes_hears_first_how_things_stand():
    channel = Channel()
    channel.show(PANEL)

    with channel.listen() as messages:
        first = next(messages)

    assert event("version", channel.version) + event("problems", PANEL) == first


def test_a_reload_takes_problems_away_and_has_a_new_version():
    channel = Channel()
    channel.show(PANEL)
    before = channel.version
    with channel.listen() as messages:
        next(messages)
        channel.reload()

        assert event("problems", NOTHING) + event("changed", f'["{channel.version}", null]') == next(messages)
    assert before != channel.version


def test_an_earlier_preview_on_the_same_port_had_other_versions():
    """Its pages are still open, and old."""
    assert Channel().version != Channel().version


def test_every_page_hears_every_event():
    channel = Channel()
    with channel.listen() as one, channel.listen() as other:
        next(one), next(other)
        channel.show(NOTHING)

        assert event("problems", NOTHING) == next(one) == next(other)


def test_a_quiet_connection_shows_signs_of_life():
    with Channel().listen(heartbeat_s=0.01) as messages:
        next(messages)

        assert HEARTBEAT == next(messages)


def test_closing_ends_all_listening_also_what_comes_later():
    channel = Channel()
    heard = []

    def listen():
        with channel.listen() as messages:
            heard.append(len(list(messages)))

    thread = threading.Thread(target=listen)
    thread.start()
    while not channel._listeners:
        pass
    channel.close()
    thread.join(5)
    listen()

    assert [1, 1] == heard


def test_who_left_is_told_nothing_more():
    channel = Channel()
    with channel.listen():
        pass

    assert {} == channel._listeners


def test_what_changed_is_named_as_long_as_it_is_little():
    """A page that shows nothing of it stays as it is, down to what is half typed in it."""
    channel = Channel()
    with channel.listen() as messages:
        next(messages)
        channel.change({"/b/", "/a/"})
        channel.change({f"/{n}/" for n in range(MOST_NAMED + 1)})

        assert event("changed", f'["{channel.version[:-1]}1", ["/a/", "/b/"]]') == next(messages)
        assert event("changed", f'["{channel.version}", null]') == next(messages)


def test_a_change_that_is_not_whole_leaves_problems_where_they_are():
    channel = Channel()
    channel.show(PANEL)
    channel.change(set())

    with channel.listen() as messages:
        assert event("problems", PANEL) in next(messages)


def test_it_is_known_which_pages_are_looked_at():
    """They are made before all others."""
    channel, opened = Channel(), []
    channel.on_open = lambda: opened.append(channel.pages)

    with channel.listen("/a/"), channel.listen("/a/"), channel.listen():
        assert {"/a/"} == channel.pages
    assert frozenset() == channel.pages
    assert [{"/a/"}, {"/a/"}] == opened


def test_a_page_that_was_away_hears_what_changed_meanwhile():
    """A tab in the background keeps no connection; most of what is edited is not on its page."""
    channel = Channel()
    channel.change({"/a/"})
    before = channel.version
    channel.change({"/b/"})
    channel.change({"/c/", "/b/"})

    with channel.listen(since=before) as messages:
        assert event("changed", f'["{channel.version}", ["/b/", "/c/"]]') + event("problems", NOTHING) == next(messages)


def test_who_was_away_for_too_long_hears_the_version_alone():
    """So does a page of another preview, one that asks for anything else, and one that misses nothing."""
    channel = Channel()
    first = channel.version
    for number in range(200):
        channel.change({f"/{number}/"})
    whole = channel.version
    channel.change()

    for since in (first, whole, Channel().version, "x", f"{first[:-1]}-3", f"{first[:-1]}999", channel.version):
        with channel.listen(since=since) as messages:
            assert event("version", channel.version) + event("problems", NOTHING) == next(messages)
