"""Tickets: who entered, for nobody but the entrant and the organiser."""

from tests.draw.samples import CONTEST

from handbill.draw.pool import LINE
from handbill.draw.tickets import ticket_of

KEY = bytes(range(32))


def test_the_tickets_of_the_example_come_out():
    """Who writes another program for it starts from these."""
    assert ["i5hxhqf56wxgftpx", "c446idxx5zen3mr7"] == [ticket_of(KEY, CONTEST, f"{one}@example.org") for one in ("ana", "gwen")]


def test_every_ticket_can_be_a_line_of_a_pool():
    """One that could not would be found on the evening on which the pool is frozen."""
    assert not [number for number in range(2_000) if not LINE.fullmatch(ticket_of(KEY, CONTEST, f"{number}@example.org"))]


def test_without_the_key_nobody_can_try_who_it_is():
    """A plain hash of an address can be guessed by trying all addresses that one knows."""
    assert ticket_of(KEY, CONTEST, "ana@example.org") != ticket_of(bytes(32), CONTEST, "ana@example.org")


def test_one_person_has_another_ticket_in_another_contest():
    """Nobody can tell who enters again and again."""
    assert ticket_of(KEY, CONTEST, "ana@example.org") != ticket_of(KEY, "2027-ete-photo", "ana@example.org")
