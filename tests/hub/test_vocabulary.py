"""The words that guesses know: each must lead somewhere."""

from handbill import settings_duty_fields, settings_fields
from handbill.hub.fields import Choice, Group, Many
from handbill.hub.vocabulary import CHOICES, FIELDS, LANGUAGES, MONTHS, WEEKDAYS, ZONES, fold
from handbill.hub.zone import is_zone
from handbill.kinds import KINDS


def fields_of(fields):
    for one in fields:
        yield one
        inner = one.type.of if isinstance(one.type, Many) else one.type
        if isinstance(inner, Group):
            yield from fields_of(inner.fields)


TABLES = [kind.all_fields for kind in KINDS] + [kind.blocks.fields for kind in KINDS if kind.blocks] + [
    settings_fields.COMMUNITY, settings_fields.TEXTS, settings_fields.LOOK, settings_fields.MAIL, settings_fields.LETTER, settings_fields.ADDRESSES, settings_fields.FEEDS, settings_fields.PROOFING, settings_fields.PICTURES, settings_fields.BUDGET,
    settings_duty_fields.LEGAL, settings_duty_fields.ACCESSIBILITY, settings_duty_fields.SUBSCRIBE,
]  # fmt: skip
ALL = [one for fields in TABLES for one in fields_of(fields)]


def test_every_word_stands_as_it_is_looked_up():
    """A word with an accent would never be found."""
    for table in (FIELDS, CHOICES, LANGUAGES, MONTHS, ZONES):
        assert [word for word in table if fold(word) != word] == []
    assert [word for word in WEEKDAYS if fold(word) != word] == []


def test_every_meaning_is_a_field_that_there_is():
    """A field that was renamed must not be offered."""
    names = {one.name for one in ALL} | {"hub", "look", "mail", "letters", "addresses", "feeds", "proofing", "pictures", "budget", "legal", "accessibility", "subscribe"}

    assert {meant for meanings in FIELDS.values() for meant in meanings} - names == set()


def test_every_choice_is_one_that_there_is():
    """The same for choices."""
    words = {word for one in ALL for kind in (one.type, getattr(one.type, "of", None)) if isinstance(kind, Choice) for word in kind.words}

    assert {meant for meanings in CHOICES.values() for meant in meanings} - words == set()


def test_every_zone_is_one_that_there_is():
    """The same for zones."""
    assert [zone for zones in ZONES.values() for zone in zones if not is_zone(zone)] == []


def test_no_word_of_another_language_hides_a_field_of_its_own_name():
    """`draw` is a field of contests; it must never be taken for something else there."""
    assert [(word, meant) for word, meant in FIELDS.items() if word in meant] == []
