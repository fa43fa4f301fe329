"""The package of the services has nothing of its own to go wrong."""

import handbill.sending.services


def test_it_says_what_belongs_here():
    """Whoever adds a service starts by reading it."""
    assert handbill.sending.services.__doc__
