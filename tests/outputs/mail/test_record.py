"""The record of a letter, and the token that stands in it."""

import pickle
import re

from tests.outputs.mail.letters import CARD, letter

from handbill.outputs.mail.record import TOKEN


def test_the_token_is_legal_in_addresses_and_headers_and_never_encoded():
    """If one sign of it were encoded in HTML or in a header, sending would not find it."""
    assert re.fullmatch(r"[a-z0-9-]{32}", TOKEN)


def test_a_letter_can_be_sent_to_another_process():
    """Many letters are rendered by several processes."""
    one = letter(CARD)

    assert one == pickle.loads(pickle.dumps(one))  # noqa: S301
