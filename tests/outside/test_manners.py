"""Many links, and the sites that must not suffer from them."""

import pytest
from tests.outside.sites import site

from handbill.outside.asking import Asker
from handbill.outside.manners import Manners
from handbill.outside.record import Answer, Outcome


class Clock:
    """Time that passes only while somebody sleeps."""

    def __init__(self):
        self.now = 0.0
        self.slept = []

    def sleep(self, seconds):
        self.now += seconds
        self.slept.append(seconds)


@pytest.fixture
def clock():
    return Clock()


@pytest.fixture
def manners(clock):
    return Manners(Asker("", is_local=True, timeout_s=0.3), 10, sleep=clock.sleep, clock=lambda: clock.now)


def test_a_site_is_asked_one_question_at_a_time_and_left_in_peace_between(manners, clock):
    """A small association's server must not notice that a hub of fifty links looks after them."""
    with site() as own:
        found = manners.answers([own.url(f"/page/{n}") for n in range(12)])

        assert {Outcome.ANSWERS} == {one.outcome for one in found.values()}
        assert 1 == own.most
        assert 13 == sum(own.asked.values())
    assert [1.0] * 12 == clock.slept


def test_several_sites_are_asked_at_the_same_time(manners):
    """One that keeps silent would otherwise hold up all others."""
    with site() as one, site() as other:
        found = manners.answers([one.url("/page"), other.url("/page"), one.url("/silent")])

    assert [Outcome.ANSWERS, Outcome.SILENT, Outcome.ANSWERS] == [
        found[key].outcome for key in (one.url("/page"), one.url("/silent"), other.url("/page"))
    ]


def test_who_asks_programs_to_stay_away_is_not_asked(manners, clock):
    """They said so in the place where such things are said."""
    with site() as own:
        own.robots = "User-agent: *\nDisallow: /private\nCrawl-delay: 5\n"

        found = manners.answers([own.url("/private/page"), own.url("/page")])

        assert not any("private" in key for key in own.asked)
    assert [Answer(Outcome.ANSWERS, "answers"), Answer(Outcome.CLOSED, "robots")] == [
        found[own.url(path)] for path in ("/page", "/private/page")
    ]
    assert 5.0 in clock.slept


def test_what_programs_are_asked_is_read_where_the_site_has_put_it(manners):
    """Nearly every site leads from http to https, and with it the page on which it says who is to stay away (RFC 9309, 2.3.1.2)."""
    with site() as own, site() as secure:
        own.robots_at = secure.url("/rules.txt")
        secure.robots = "\ufeffUser-agent: *\nDisallow: /\n"

        found = manners.answers([own.url("/page")])

        assert not any("/page" in key for key in own.asked)
    assert Answer(Outcome.CLOSED, "robots") == found[own.url("/page")]


@pytest.mark.parametrize("delay", ["²", "%C2%B2", "9" * 400, "9" * 5000, "1/2"])
@pytest.mark.parametrize("name", ["Crawl-delay", "\xa0request-RATE "])
def test_a_pause_that_is_no_number_stops_nothing(manners, name, delay):
    """Python's own reader breaks off there, and took with it what a hundred other sites had answered."""
    with site() as own:
        own.robots = f"User-agent: *\nDisallow: /private\n{name}: {delay}\n"

        found = manners.answers([own.url("/private"), own.url("/page")])

    assert [Outcome.ANSWERS, Outcome.CLOSED] == [found[own.url(path)].outcome for path in ("/page", "/private")]


def test_what_fails_for_a_moment_is_asked_again(manners):
    """A server that is started anew is no dead link."""
    with site() as own:
        assert Outcome.ANSWERS is manners.answers([own.url("/flaky")])[own.url("/flaky")].outcome


def test_who_asks_to_wait_is_waited_for(manners, clock):
    """The pause is theirs to choose, as long as it is one."""
    with site() as own:
        own.wait = "7"

        assert Outcome.ANSWERS is manners.answers([own.url("/once-busy")])[own.url("/once-busy")].outcome
    assert 7.0 in clock.slept


def test_who_asks_to_come_back_tomorrow_is_left_alone(manners):
    """Its other pages too: the answer would be the same, and the site angrier."""
    with site() as own:
        found = manners.answers([own.url("/busy"), own.url("/page")])

        assert "HEAD /page" not in own.asked
    assert {"busy"} == {one.why for one in found.values()}


def test_a_site_that_is_down_is_asked_for_one_page_alone(manners, clock):
    """Fifty links to it are fifty times the same answer, and half an hour of waiting."""
    with site() as own:
        gone = own.url("/page")
    found = manners.answers([f"{gone}/{n}" for n in range(50)])

    assert {"refused"} == {one.why for one in found.values()}
    assert 5 > len(clock.slept)


def test_it_ends_when_it_was_to_end(manners, clock):
    """A run that goes on for hours is broken off by somebody who then knows nothing."""
    with site() as own:
        own.robots = "User-agent: *\nCrawl-delay: 30\n"
        found = manners.answers([own.url(f"/page/{n:02}") for n in range(60)])

    assert 660 > clock.now
    assert {"answers", "no time"} == {one.why for one in found.values()}


def test_it_says_how_far_it_is(manners):
    """Whoever waits wants to know for how long."""
    heard = []
    with site() as own:
        manners.answers([own.url("/a"), own.url("/b")], heard.append)

    assert [1, 2] == heard


def test_whoever_breaks_it_off_is_obeyed(manners):
    """Ctrl-C that takes ten minutes is answered by pulling the plug."""

    def tell(n):
        raise KeyboardInterrupt

    with site() as own:
        with pytest.raises(KeyboardInterrupt):
            manners.answers([own.url(f"/page/{n}") for n in range(50)], tell)

        assert 3 > sum(own.asked.values())


def test_nobody_is_waited_for_longer_than_is_left_or_than_is_decent(clock):
    """One site would use up the time of all others, with a pause that it writes itself."""
    with site() as own, site() as other:
        own.wait, other.robots = "60", "User-agent: *\nCrawl-delay: 3600\n"
        long = Manners(Asker("", is_local=True, timeout_s=0.3), 10, sleep=clock.sleep, clock=lambda: clock.now)
        found = long.answers([own.url("/once-busy")]) | long.answers([other.url("/page")])
        own.wait, short = "7", Manners(Asker("", is_local=True, timeout_s=0.3), 0.1, sleep=clock.sleep, clock=lambda: clock.now)
        found |= short.answers([own.url("/once-busy/2")])

    assert {"once-busy": "60", "page": "", "2": "7"} == {address.rpartition("/")[2]: one.detail for address, one in found.items()}
    assert 30.0 == max(clock.slept)
    assert 7.0 not in clock.slept


def test_of_what_a_site_asks_of_programs_only_a_beginning_is_read(manners):
    """It could be as long as it likes."""
    with site() as own:
        own.robots = "#" * (300 << 10) + "\nUser-agent: *\nDisallow: /\n"

        assert Outcome.ANSWERS is manners.answers([own.url("/page")])[own.url("/page")].outcome
