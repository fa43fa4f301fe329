from __future__ import annotations

import errno

import pytest

from handbill.errors import MachineLacks, said
from handbill.publishing.trouble import StoreError, told
from handbill.telling import tell


@pytest.mark.parametrize(
    ("number", "reason", "remedy"),
    [
        (errno.ENOSPC, "the disk is full", "make room"),
        (errno.EACCES, "access is denied", "the right to write"),
        (errno.EMFILE, "too many files are open", "ulimit"),
        (errno.EIO, "the disk reports a fault", "check it"),
        (errno.EBUSY, "mounted", "inside it with --output"),
        (errno.ELOOP, "what the system says", "see the reason"),
    ],
)
def test_a_failing_disk_is_told_with_folder_reason_and_remedy(tmp_path, number, reason, remedy):
    """Whoever builds at night wants to know whether the disk, a right or the program is at fault."""
    with pytest.raises(StoreError) as failed, told(tmp_path, said("lock the output folder")):
        raise OSError(number, "what the system says")

    for word in (str(tmp_path), "lock the output folder", reason, remedy, "stands as it was"):
        assert word in str(failed.value)
    assert number == failed.value.__cause__.errno


def test_a_failing_disk_is_told_in_the_language_of_the_reader(tmp_path):
    """The system itself speaks English to everyone."""
    with pytest.raises(StoreError) as failed, told(tmp_path, said("lock the output folder")):
        raise OSError(errno.ENOSPC, "No space left on device")

    french = tell(failed.value.args[0], "fr")
    assert (
        f"{tmp_path}\u00a0: impossible de verrouiller le dossier produit\u00a0: le disque est plein\u00a0; "
        "libérez de la place sur le disque puis relancez. Le dossier est resté tel quel."
    ) == french


def test_a_store_error_is_a_lack_of_the_machine():
    assert 3 == StoreError.exit_code
    assert issubclass(StoreError, MachineLacks)


def test_an_error_of_ours_passes_as_it_is(tmp_path):
    with pytest.raises(ValueError, match="ours"), told(tmp_path, said("lock the output folder")):
        raise ValueError("ours")
