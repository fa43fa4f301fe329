"""Where keys and values of TOML stand: tomllib keeps no places, and a message without one is a riddle."""

import tomllib

import pytest

from handbill.hub.toml_places import MOST_FAULTS, Span, places_of

NESTED = """\
[hub]
name = "Été" # c
"quoted key" = 'x'
dotted.inner."a b" = 1
[[prizes]]
name = "a"
[[prizes]]
name = "b"
[prizes.sub]
deep = { x = 1, y = ["p", 'q'], z = {} }
[hub.en]
list = [
  "one", # first
  [2, 3],
]
text = \"\"\"
lines
\"\"\"
when = 2026-05-01 18:30:00
"""


def test_each_key_and_value_is_found_where_it_was_written():
    """Nested tables, arrays of tables, dotted and quoted keys: hub.toml may use them all."""
    places = places_of(NESTED)

    assert Span(2, 8, 5) == places.values["hub", "name"]
    assert (Span(3, 1, 12), Span(3, 16, 3)) == (places.keys["hub", "quoted key"], places.values["hub", "quoted key"])
    assert (Span(4, 8, 5), Span(4, 22, 1)) == (places.keys["hub", "dotted", "inner"], places.values["hub", "dotted", "inner", "a b"])
    assert (Span(6, 8, 3), Span(8, 8, 3)) == (places.values["prizes", 0, "name"], places.values["prizes", 1, "name"])
    assert (Span(10, 14, 1), Span(10, 27, 3)) == (places.values["prizes", 1, "sub", "deep", "x"], places.values["prizes", 1, "sub", "deep", "y", 1])
    assert (Span(13, 3, 5), Span(14, 7, 1)) == (places.values["hub", "en", "list", 0], places.values["hub", "en", "list", 1, 1])
    assert (Span(16, 8, 0), Span(19, 8, 19)) == (places.values["hub", "en", "text"], places.values["hub", "en", "when"])
    assert [] == places.faults
    assert NESTED == places.rest


def test_every_path_that_tomllib_reads_has_a_place():
    """A path without one would be a crash in place of a message."""

    def paths(value, path=()):
        yield path
        for key, inner in value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ():
            yield from paths(inner, (*path, key))

    places = places_of(NESTED)

    assert set(paths(tomllib.loads(NESTED))) - {()} <= set(places.keys) | set(places.values)


@pytest.mark.parametrize(
    ("toml", "faulty"),
    [
        ('a = "x\nb = 1\nc = “y”\n', [1, 3]),
        ('a = ["x",\n\nb = 1\n', [1]),
        ('a = [\n  "x"\n  "y"\n]\nb = 1\n', [3]),
        ("[look\naccent = 1\n[hub]\nb = 1\n", [1]),
        ("[hub]\na = 1\n[hub]\nc = 1\n[look]\nb = 1\n", [3]),
        ("a = 1\na = 2\nb = 1", [2]),
    ],
)
def test_a_faulty_line_hides_nothing_that_stands_after_it(toml, faulty):
    """An editor who mends one fault and then is shown the next loses heart; and a fault must not make others."""
    places = places_of(toml)

    assert faulty == [span.line for span, _ in places.faults]
    assert 1 in tomllib.loads(places.rest).values() or tomllib.loads(places.rest).popitem()[1]["b"] == 1
    assert toml.count("\n") == places.rest.count("\n")


def test_a_file_that_is_no_settings_at_all_is_not_told_line_by_line():
    """A photo saved under the wrong name has a million faults."""
    assert MOST_FAULTS == len(places_of("?\n" * 1000).faults)
