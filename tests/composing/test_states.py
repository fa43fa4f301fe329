"""How a letter stands is one word, and what is wrong with it is told of it alone."""

from dataclasses import replace

import pytest
from tests import frozen
from tests.composing.letters import hub_with, letter, read
from tests.frozen import totals

from handbill.composing.states import STATES, problems_of, state_of
from handbill.errors import Level, Problem
from handbill.hub.totals import COUNTED


def problem(path, field="", level=Level.ERROR):
    return Problem(path, 0, 0, field, "x", "", "HB441", level)


@pytest.fixture
def hub(tmp_path):
    return read(hub_with(tmp_path, **{
        "newsletters/2026-04.md": letter(3, "2026-04-09 18:00", "Bonsoir."),
        "newsletters/2026-05.md": letter(4, "2026-05-14 18:00", "Bonsoir.", draft="true"),
    }))[0]  # fmt: skip


def item(hub, number):
    return next(one for one in (*hub.items, *hub.hidden) if one.kind == "issue" and one.facts.number == number)


def test_a_letter_goes_from_draft_to_sent(hub):
    """Each word tells what is to be done next."""
    assert {2: "due", 3: "scheduled", 4: "draft"} == {number: state_of(item(hub, number), str(number), hub, ()) for number in (2, 3, 4)}


def test_a_letter_whose_bundle_is_not_whole_is_damaged(hub):
    """Whatever else it is, that is what matters."""
    assert "damaged" == state_of(item(hub, 2), "2", hub, [problem("newsletters/archive/2/mail.html")])
    assert "due" == state_of(item(hub, 2), "2", hub, [problem("newsletters/archive/12/mail.html")])
    assert "due" == state_of(item(hub, 2), "2", hub, [problem("newsletters/archive/2", level=Level.WARNING)])


@pytest.mark.parametrize(
    ("expected", "counts"),
    [
        ("frozen", {}),
        ("frozen", {"deferred": 3, "suppressed": 1}),
        ("partly", {"accepted": 3}),
        ("partly", {"accepted": 9, "deferred": 1}),
        ("partly", {"accepted": 9, "ambiguous": 1}),
        ("sent", {"accepted": 8, "bounced": 1, "left": 1}),
    ],
)
def test_a_letter_that_left_says_how_far(hub, expected, counts):
    """What stopped half-way must not look sent, and what was sent not as if it still had to leave."""
    frozen_letter = frozen.letter(2, item=item(hub, 2).id)
    known = totals(frozen_letter, asked=10, counts=dict.fromkeys(COUNTED, 0) | counts)

    assert "frozen" == state_of(item(hub, 2), "2", replace(hub, frozen={item(hub, 2).id: frozen_letter}), ())
    assert expected == state_of(item(hub, 2), "2", replace(hub, frozen={item(hub, 2).id: replace(frozen_letter, totals=known)}), ())


def test_what_is_wrong_is_told_of_the_letter_that_it_concerns():
    """Its text, its bundle, the theme of letters, and what the settings say of mails."""
    own = [
        problem("newsletters/a.md"), problem("newsletters/archive/2/mail.txt"), problem("newsletters/archive/2.totals.json"),
        problem("theme/mail/letter.mjml"), problem("hub.toml", "mail.sender"), problem("hub.toml", "letters.main.name"),
    ]  # fmt: skip
    others = [
        problem("newsletters/b.md"),
        problem("newsletters/archive/21"),
        problem("hub.toml", "hub.name"),
        problem("hub.toml", "letters.agenda.name"),
    ]

    assert own == list(problems_of([*own, *others], "newsletters/a.md", "2", "main"))
    # All languages of a number share one file of counts.
    assert own[2:3] == list(problems_of(own[2:3], "newsletters/a.en.md", "2.en", "main"))


def test_every_state_has_a_word():
    """A page that says “due” to a French editor says nothing."""
    assert {"draft", "scheduled", "due", "frozen", "partly", "sent", "damaged"} == set(STATES)
