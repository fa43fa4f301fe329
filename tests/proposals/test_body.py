"""The text of an issue, read as a form."""

import pytest
from tests.proposals.filled import SOUND, body, sound

from handbill.proposals.body import MOST_BYTES, read_body
from handbill.proposals.forms import FORMS, LANGUAGES, named


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("name", sorted(SOUND))
def test_a_form_is_recognised_by_its_questions(name, lang):
    """The forge tells which labels an issue has, and people change them."""
    found = read_body(sound(name, lang))

    assert (name, lang, ()) == (found.form.name, found.lang, found.faults)
    assert SOUND[name] == {key: text for key, text in found.texts.items() if text and key not in ("consent", "disclosure")}


def test_a_form_that_nobody_answered_is_a_form():
    """Whoever sent it by mistake gets an answer that helps."""
    for form in FORMS:
        assert form.name == read_body(body(form.name)).form.name


@pytest.mark.parametrize("written", ["", "Bonjour", "### x\n\ny", "### Le texte\n\nx"])
def test_another_issue_is_none_of_the_forms(written):
    """A program that answers every issue is switched off."""
    assert read_body(written) is None


def test_ticks_count_with_either_letter_and_only_below_their_question():
    """Some programs write a capital X."""
    written = sound("post").replace("[x]", "[X]", 1)

    assert {"public", "private"} == set(read_body(written).ticked["consent"])
    assert frozenset() == read_body(sound("post", ticks=())).ticked["consent"]


@pytest.mark.parametrize(
    ("answer", "fault"),
    [
        ("a\u202eb", "sign"),
        ("a\x07b", "sign"),
        ("```\ncode", "code"),
        ("x" * 60_001, "longer"),
    ],
    ids=["turned", "bell", "open code", "long"],
)
def test_what_cannot_be_an_answer_is_told_at_its_question(answer, fault):
    """The rest of the form may be right, and stays."""
    ((key, why),) = read_body(sound("post", text=answer)).faults if "```" not in answer else (("text", "code"),)

    assert "text" == key
    assert fault in why


def test_a_form_beyond_the_budget_is_told_as_a_whole():
    """To read a megabyte for a proposal serves nobody."""
    (fault,) = read_body(sound("post", text="a " * MOST_BYTES)).faults

    assert "" == fault[0]


def test_known_forms_can_be_asked_for():
    """A file with the text alone may have lost half of its questions."""
    half = sound("post").partition("### Qui")[0]

    assert "post" == read_body(half, named("post")).form.name
    assert read_body(half, named("report")) is None
