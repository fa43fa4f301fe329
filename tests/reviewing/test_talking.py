"""A state of the hub in a process of its own answers, and ends with whoever asked."""

import pytest
from tests.hubs import moment, options, write

from handbill.errors import HandbillError
from handbill.reviewing.talking import Talk, closing

NOW = moment("2026-03-20 12:00")


@pytest.fixture
def talk(tmp_path):
    write(tmp_path / "hub", {})
    talk = Talk(options(tmp_path / "hub", jobs=1), tmp_path / "scratch", "en")
    yield talk
    talk.close()


def test_a_state_answers_what_it_is_asked(talk):
    """Two states think at once, so question and answer are two steps."""
    talk.hint("examine", NOW)
    talk.ask("snapshot", NOW, 1)
    talk.ask("make", NOW, ("index.html",))

    assert "Essai" == talk.answer().name
    assert ["index.html"] == [one.path for one in talk.answer()[0]]


def test_a_fault_of_the_state_is_told_to_the_one_who_asked(talk):
    """A review without a page that it could not make would be approved."""
    with pytest.raises(RuntimeError, match="in a worker process"):
        talk.asked("no such question")


def test_a_process_that_dies_is_told(talk):
    """The machine may have run out of memory."""
    talk._process.terminate()
    talk._process.join()

    with pytest.raises((HandbillError, OSError)):
        talk.asked("examine", NOW)


def test_a_state_that_still_thinks_is_not_waited_for(tmp_path):
    """Whoever breaks a review off wants it to end."""
    write(tmp_path / "hub", {})
    talk = Talk(options(tmp_path / "hub", jobs=1), tmp_path / "scratch", "en")

    with closing(talk):
        talk.ask("snapshot", NOW, 1)

    assert not talk._process.is_alive()
