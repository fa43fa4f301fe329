"""Answers below a form."""

import re

import pytest

from handbill.errors import said
from handbill.proposals.outcome import Earlier, Lacking, Outcome, Spot
from handbill.proposals.replies import MOST, merge_text, quoted, reply

EVIL = "@all #1 `x` <img src=x> [y](https://z.example) ![p](q)\n### z \u202e"


@pytest.mark.parametrize(
    ("state", "head"),
    [
        ("ready", "Thank you: your proposal is complete."),
        ("lacking", "Thank you. Something is still missing:"),
        ("private", "Something here should not be public."),
        ("closed", "Thank you for thinking of us."),
        ("located", "Thank you for the correction."),
        ("noted", "Thank you for telling us."),
    ],
)
def test_each_answer_begins_with_what_matters(state, head):
    """It arrives as a mail of which one reads the first line."""
    assert f"**{head}**" == reply(Outcome(state)).split("\n")[0]
    assert reply(Outcome(state)) != reply(Outcome(state, lang="fr"))


def test_what_is_no_form_gets_no_answer():
    """A program that comments on everything is switched off."""
    assert "" == reply(Outcome("unknown"))


def test_what_strangers_wrote_calls_nobody_and_leads_nowhere():
    """One mention of a team mails a hundred people."""
    outcome = Outcome(
        "ready",
        path=EVIL,
        title=EVIL,
        notices=(said("{x} and {y}", x=EVIL, y=said("{z}", z=EVIL)),),
        others=(Earlier(EVIL, EVIL, said("a {b}", b=EVIL)),),
    )
    lacking = Outcome("lacking", lacking=(Lacking(EVIL, said("{x}", x=EVIL)),))
    located = Outcome("located", spots=(Spot(EVIL, 3, EVIL),), asked={"wrong": EVIL, "right": EVIL, "source": EVIL})
    closed = Outcome("closed", closed=EVIL)
    plain = re.sub(r"`[^`\n]*`", "", "".join(map(reply, (outcome, lacking, located, closed))) + merge_text(outcome, 12, "Ada"))

    assert [] == re.findall(r"@|<|\]\(|!\[|\u202e|#1\b", plain)


def test_what_is_private_is_not_repeated():
    """The answer is public, and mailed to everybody who watches."""
    outcome = Outcome("private", lacking=(Lacking("The text", said("a telephone number")),), notices=(said("06"),), title="06")
    told = reply(outcome)

    assert "**The text** · a telephone number" in told
    assert "06" not in told
    assert "Delete revision from history" in told


@pytest.mark.parametrize(
    ("text", "code"),
    [("", "` `"), ("a`b", "`a'b`"), ("a\n\nb", "`a b`"), ("a\u202eb\x00c", "`a b c`"), ("x" * 300, f"`{'x' * 200}…`"), ("` ``", "`' ''`")],
    ids=["nothing", "backtick", "lines", "unseen", "long", "backticks"],
)
def test_words_of_strangers_stand_as_code(text, code):
    """Within code no forge makes anything of anything."""
    assert code == quoted(text)


def test_an_answer_ends():
    """Forges refuse a comment that is too long, and then nobody learns anything."""
    many = Outcome("lacking", lacking=tuple(Lacking("x", said("{y}", y="z" * 500)) for _ in range(1000)))

    assert len(reply(many)) < MOST
    assert "and 980 more" in reply(many)


def test_the_proposal_says_who_proposed_and_closes_the_form():
    """Whoever merges it need not look for the form."""
    told = merge_text(Outcome("ready", path="events/2026/bal.md", lang="fr"), 12, "Ada-L")

    assert "Par `Ada-L`." in told
    assert "Closes #12" in told
    assert "" == merge_text(Outcome("lacking"), 12, "Ada-L")
