"""What forms ask."""

import pytest

from handbill.proposals.forms import CHOICES, FORMS, LANGUAGES, field_of, is_required, named, options_of
from handbill.telling import tell


@pytest.mark.parametrize("form", FORMS, ids=lambda one: one.name)
def test_every_question_fills_a_field_that_files_have(form):
    """A field that is renamed would be asked for in vain."""
    ours = {"text", "consent", "disclosure", "contest", "page", "wrong", "right", "source", "where", "what", "expected", "device"}

    assert [] == [one.key for one in form.questions if one.key not in ours and field_of(form, one) is None]


def test_what_a_file_must_have_is_asked_for():
    """Otherwise the answer to every sound form would be that something is missing."""
    for name in ("event", "post"):
        form = named(name)
        musts = {one.name for one in form.fields if one.required}
        assert musts <= {one.key for one in form.questions if is_required(form, one)}


def test_choices_are_words_of_their_field():
    """A word that the field does not know would be refused, whatever one chooses."""
    event = named("event")
    for key, options in CHOICES.items():
        assert {word for word, _ in options} == set(field_of(event, event.question(key)).type.words)


@pytest.mark.parametrize("lang", LANGUAGES)
def test_no_two_forms_ask_the_same(lang):
    """By its questions alone a form is recognised."""
    asked = [tuple(tell(one.label, lang) for one in form.questions) for form in FORMS]

    assert len(asked) == len(set(asked))


def test_a_problem_finds_its_question():
    """Problems name parts of fields, such as venue.name or tags[2]."""
    event = named("event")

    assert "venue.city" == event.question("venue.city").key
    assert "venue.name" == event.question("venue").key
    assert "registration.url" == event.question("registration").key
    assert "disclosure" == event.question("disclosure.paid").key
    assert event.question("picture") is None


def test_boxes_that_must_be_ticked_are_boxes():
    """A slip of the pen here would let nobody in."""
    for form in FORMS:
        for one in form.questions:
            assert set(one.musts) <= {word for word, _ in options_of(one)}
