"""What a run tells: plain numbers and a reason, which can be read aloud to anybody."""

from tests.sending.runs import Answering, in_memory, members, sent

from handbill.sending.means import End


def test_each_end_has_a_word_of_its_own():
    """Programs that read the JSON decide by it whether to come back tomorrow or to wake somebody."""
    assert ["day", "refused", "server", "stopped", "unanswered", "whole"] == sorted(one.value for one in End)


def test_a_report_names_nobody(tmp_path):
    """It is printed, logged and put into JSON."""
    with in_memory(tmp_path) as folder:
        report = sent(folder, Answering(), members(3))

    assert "@" not in repr(report)
    assert {"accepted": 3} == report.counts
