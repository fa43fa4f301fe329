from __future__ import annotations

import errno
import os

import pytest

from handbill.errors import MachineLacks
from handbill.publishing.trouble import StoreError, told


@pytest.mark.parametrize(
    ("number", "remedy"),
    [
        (errno.ENOSPC, "make room"),
        (errno.EACCES, "the right to write"),
        (errno.EMFILE, "ulimit"),
        (errno.EIO, "check it"),
        (errno.EBUSY, "mounted folder"),
    ],
)
def test_a_failing_disk_is_told_with_folder_reason_and_remedy(tmp_path, number, remedy):
    with pytest.raises(StoreError) as failed, told(tmp_path, "write index.html"):
        raise OSError(number, os.strerror(number))

    for word in (str(tmp_path), "write index.html", os.strerror(number), remedy, "stands as it was"):
        assert word in str(failed.value)
    assert number == failed.value.__cause__.errno


def test_a_store_error_is_a_lack_of_the_machine():
    assert 3 == StoreError.exit_code
    assert issubclass(StoreError, MachineLacks)


def test_an_error_of_ours_passes_as_it_is(tmp_path):
    with pytest.raises(ValueError, match="ours"), told(tmp_path, "write"):
        raise ValueError("ours")
