"""What is known of a file without its bytes."""

import os

from handbill.stamps import changed_ns, settle, stamp_of, unsettled_s


def test_bytes_changed_under_the_old_time_give_another_stamp(tmp_path):
    """Programs that copy set the time of a file back after they wrote it."""
    file = tmp_path / "a.md"
    file.write_bytes(b"one")
    before = settle(str(file), file.lstat())
    file.write_bytes(b"two")
    os.utime(file, ns=(before.st_atime_ns, before.st_mtime_ns))

    assert stamp_of(before) != stamp_of(file.lstat())


def test_a_file_is_waited_for_until_a_change_would_show(tmp_path):
    """Disks count time in steps: within one of them a second edit would look like the first."""
    file = tmp_path / "a.md"
    file.write_bytes(b"one")

    assert 0.0 == unsettled_s(changed_ns(settle(str(file), file.lstat())))
