"""A fault of the theme of letters."""

import pickle

from handbill.errors import said
from handbill.outputs.mail.fault import ThemeFault


def test_a_fault_says_where_what_and_what_instead():
    """It is all that somebody who changes a theme gets."""
    assert "theme/mail/letter.mjml:3: found a, wanted b" == str(ThemeFault("letter.mjml", 3, said("a"), said("b")))
    assert "theme/mail/mail.css: found a, wanted b" == str(ThemeFault("mail.css", 0, said("a"), said("b")))


def test_a_fault_crosses_from_a_worker_process():
    """Many letters are made by several processes."""
    fault = ThemeFault("letter.mjml", 3, said("a"), said("b"))

    other = pickle.loads(pickle.dumps(fault))  # noqa: S301
    assert (fault.file, fault.line, fault.found, fault.wanted) == (other.file, other.line, other.found, other.wanted)
