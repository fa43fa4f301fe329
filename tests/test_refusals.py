"""What the system answers, in the words of whoever sits before it."""

from __future__ import annotations

import errno

import pytest

from handbill.refusals import reason_of, remedy_of
from handbill.telling import tell


@pytest.mark.parametrize(
    ("number", "reason", "remedy"),
    [
        (errno.ENOSPC, "le disque est plein", "libérez de la place"),
        (errno.EDQUOT, "la place accordée", "libérez de la place"),
        (errno.EFBIG, "le fichier dépasse", "ulimit -f"),
        (errno.EMFILE, "trop de fichiers sont ouverts", "ulimit -n"),
        (errno.ENFILE, "trop de fichiers sont ouverts sur cette machine", "fermez quelques programmes"),
        (errno.ENOMEM, "la mémoire est épuisée", "fermez quelques programmes"),
        (errno.EIO, "le disque signale une panne", "vérifiez-le"),
    ],
)
def test_a_refusal_is_told_with_what_helps_in_the_reader_s_language(number, reason, remedy):
    """The system speaks English to everyone, and says nothing of what to do."""
    trouble = OSError(number, "what the system says")

    assert tell(reason_of(trouble), "fr").startswith(reason)
    assert remedy in tell(remedy_of(trouble), "fr")


@pytest.mark.parametrize(
    ("number", "reason"), [(errno.EACCES, "access is denied"), (errno.EPERM, "that is not permitted"), (errno.EROFS, "the disk can only be read")]
)
def test_what_helps_against_a_missing_right_depends_on_what_was_tried(number, reason):
    """Somebody who reads a file needs another right than somebody who writes one."""
    assert reason == reason_of(OSError(number, "what the system says"))
    assert remedy_of(OSError(number, "what the system says")) is None


def test_what_nobody_foresaw_keeps_the_words_of_the_system():
    """They are better than none."""
    assert "Too many levels" == reason_of(OSError(errno.ELOOP, "Too many levels"))
    assert ("a word", None) == (reason_of(OSError("a word")), remedy_of(OSError("a word")))
