"""Answers worked out by several processes are those of one."""

import os

import pytest

from handbill.errors import WrongUse
from handbill.reviewing.forking import answers


def doubled(tasks):
    return [one * 2 for one in tasks]


@pytest.mark.parametrize("many", [0, 1, 2, 3, 100, 101])
@pytest.mark.parametrize("jobs", [1, 2, 3])
def test_the_answers_come_in_the_order_of_the_tasks(many, jobs):
    """A key that is another page's key would publish, or hide, the wrong page."""
    assert [2 * n for n in range(many)] == answers(doubled, list(range(many)), jobs, 2)


def test_a_fault_in_any_process_is_told():
    """A part that is missing without a word would be a review that is wrong."""

    def failing(tasks):
        if 1 in tasks:
            raise WrongUse("no")
        return doubled(tasks)

    with pytest.raises(WrongUse, match="no"):
        answers(failing, [0, 1, 2], 2, 2)


def test_what_cannot_be_sent_can_be_asked_about():
    """Planned files hold functions, which no process can be sent."""
    tasks = [lambda n=n: n for n in range(4)]

    assert [0, 1, 2, 3] == answers(lambda some: [one() for one in some], tasks, 2, 2)
    assert os.getpid()
