"""What libyaml stumbles over, in words that an editor can mend it by."""

import pytest
from tests.cases import for_each

from handbill.hub.nodes import Desk
from handbill.reading.files import split

#: The front matter, then line, column and width of what is shown, what was found and what is wanted.
FAULTS = [
    ('\ttitle: a', (2, 1, 1), 'a tab at the beginning of the line', 'two spaces for each level'),
    ('title: a\n\tdate: b', (3, 1, 1), 'a tab at the beginning of the line', 'two spaces for each level'),
    ('title: a: b', (2, 8, 4), 'a second colon and space on the line', 'quotes around the text: title: "a: b"'),
    ("title: 'a\ntags: c", (2, 8, 2), 'a quote that is never closed', "title: 'a'"),
    ('title: "a\ntags: c', (2, 8, 2), 'a quote that is never closed', 'title: "a"'),
    ('title: "a\nsummary: "b"', (2, 8, 2), 'a quote that is never closed', 'title: "a"'),
    ('title: a\ntags: [#b, #c]', (3, 8, 7), 'a “#”, behind which nothing of the line is read', 'tags: [b, c]'),
    ('title: a\nand more\ndate: c', (3, 1, 8), '“and more” without a colon', 'the whole text on one line: title: a and more; or this line taken out'),
    ('- title: a', (2, 1, 10), 'a hyphen before “title:”', 'title: a'),
    ('title: a\npicture: ![V](v.png)', (3, 10, 11), 'a text that begins with “!”', 'its path alone: picture: v.png'),
    ('title: a\nsummary b\ndate: c', (3, 1, 9), '“summary b” without a colon', 'summary: b, or the line taken out'),
    ('title: a\n  date: c', (3, 3, 7), '“date:” further to the right or left than its neighbours', 'it straight below “title:”, with as many spaces before it'),
    ('title: a\n date: c', (3, 2, 7), '“date:” further to the right or left than its neighbours', 'it straight below “title:”, with as many spaces before it'),
    (' title: a\ndate: c', (2, 1, 1), 'spaces before the first field', 'title: a, without them'),
    ('title:Bonjour', (2, 1, 13), '“title:” without a space behind it', 'title: Bonjour'),
    ('title:Bonjour\ndate: 2026', (2, 1, 13), '“title:” without a space behind it', 'title: Bonjour'),
    ('date: 2026\ntitle:Bonjour\ntags: x', (3, 1, 13), '“title:” without a space behind it', 'title: Bonjour'),
    ('title:\xa0Bonjour\ndate: c', (2, 1, 14), '“title:” with a no-break space behind it', 'title: Bonjour'),
    ('title: @home', (2, 8, 5), 'a text that begins with “@”', 'quotes around it: title: "@home"'),
    ('title: `x`', (2, 8, 3), 'a text that begins with “`”', 'quotes around it: title: "`x`"'),
    ('title: %x', (2, 8, 2), 'a text that begins with “%”', 'quotes around it: title: "%x"'),
    ('%x', (2, 1, 2), '“%x” without a colon', 'a field, a colon, a space and a value; or the line taken out'),
    ('title: *Important*', (2, 8, 11), 'a text that begins with “*”', 'quotes around it: title: "*Important*"'),
    ('title: &x y', (2, 8, 4), 'a text that begins with “&”', 'quotes around it: title: "&x y"'),
    ('title: !Important', (2, 8, 10), 'a text that begins with “!”', 'quotes around it: title: "!Important"'),
    ('title: ! x', (2, 8, 3), 'a text that begins with “!”', 'quotes around it: title: "! x"'),
    ('title: [Annulé] Foire', (2, 8, 14), 'a text that begins with “[”', 'quotes around it: title: "[Annulé] Foire"'),
    ('title: {a} b', (2, 8, 5), 'a text that begins with “{”', 'quotes around it: title: "{a} b"'),
    ('title: "a" b', (2, 8, 5), 'a quote (") within the text that it surrounds', 'title: \'"a" b\''),
    ("title: 'L'atelier'", (2, 8, 11), "a quote (') within the text that it surrounds", 'title: "L\'atelier"'),
    ('title: - x', (2, 8, 3), 'a text that begins with “-”', 'quotes around it: title: "- x"'),
    ('title: > x', (2, 8, 3), 'a text that begins with “>”', 'quotes around it: title: "> x"'),
    ('title: | x', (2, 8, 3), 'a text that begins with “|”', 'quotes around it: title: "| x"'),
    ('title: ? x', (2, 8, 3), 'a text that begins with “?”', 'quotes around it: title: "? x"'),
    ('title: , x', (2, 8, 3), 'a text that begins with “,”', 'quotes around it: title: ", x"'),
    ('title: ] x', (2, 8, 3), 'a text that begins with “]”', 'quotes around it: title: "] x"'),
    ('title: } x', (2, 8, 3), 'a text that begins with “}”', 'quotes around it: title: "} x"'),
    ('tags: [bois, outils', (2, 7, 13), '“[” that is never closed', 'tags: [bois, outils]'),
    ('tags: [bois, outils\ndate: c', (2, 7, 13), '“[” that is never closed', 'tags: [bois, outils]'),
    ('tags: [bois outils, "x" "y"]', (2, 7, 22), '[bois outils, "x" "y"], which is no list', 'a comma between the entries, and quotes around those with a colon'),
    ('tags: [bois: x: y]', (2, 7, 12), '[bois: x: y], which is no list', 'a comma between the entries, and quotes around those with a colon'),
    ('tags: {a: b', (2, 7, 5), '“{” that is never closed', 'tags: {a: b}'),
    ('tags:\n  - a\n - b', (4, 2, 3), 'an entry of a list that belongs to no field', 'it below its field, as far to the right as the other entries'),
    ('tags:\n  - a\n  b', (4, 3, 1), '“b” without a colon', 'b: …, or the line taken out'),
    ('title: a\n- b', (3, 1, 3), 'an entry of a list that belongs to no field', 'it below its field, as far to the right as the other entries'),
    ('- a\n- b', (2, 1, 3), 'an entry of a list that belongs to no field', 'it below its field, as far to the right as the other entries'),
    ('only words', (2, 1, 10), '“only words” without a colon', 'only: words, or the line taken out'),
    ('title: "C:\\photos"', (2, 11, 2), 'a backslash within double quotes, which begins no sign', "single quotes, where a backslash is only a backslash: title: 'C:\\photos'"),
    ('title: "\\xZZ"', (2, 9, 2), 'a backslash within double quotes, which begins no sign', "single quotes, where a backslash is only a backslash: title: '\\xZZ'"),
    ('title: "\\ud800"', (2, 9, 2), 'a backslash within double quotes, which begins no sign', "single quotes, where a backslash is only a backslash: title: '\\ud800'"),
    ('title = x', (2, 1, 9), '“=” in place of the colon behind “title”', 'title: x'),
    ('title: x\ntitle2 = y', (3, 1, 10), '“=” in place of the colon behind “title2”', 'title2: y'),
    ('title：x', (2, 1, 7), '“：” in place of the colon behind “title”', 'title: x'),
    (': b', (2, 1, 3), 'a line that is no “field: value”', 'a field, a colon, a space and a value'),
    ('title: a\nvenue:\n  name: x\n street: y', (5, 2, 9), '“street:” further to the right or left than its neighbours', 'as many spaces as before the fields that belong together with it'),
    ('title: a\nvenue:\n name: x\n  street: y', (5, 3, 9), '“street:” further to the right or left than its neighbours', 'it straight below “name:”, with as many spaces before it'),
    ('a: |\n   x\n  y', (4, 3, 1), '“y” without a colon', 'y: …, or the line taken out'),
    ('a: |0\n x', (2, 4, 2), 'a text that begins with “|”', 'quotes around it: a: "|0"'),
    ('key: "a"b: c', (2, 6, 7), 'a quote (") within the text that it surrounds', 'key: \'"a"b: c\''),
    ('...', (2, 1, 3), '“...” without a colon', 'a field, a colon, a space and a value; or the line taken out'),
    ('title: a\n...\nb', (4, 1, 1), '“b” without a colon', 'b: …, or the line taken out'),
    ('<!-- x -->', (2, 1, 10), '“<!-- x -->” without a colon', 'a field, a colon, a space and a value; or the line taken out'),
    ('// comment', (2, 1, 10), '“// comment” without a colon', 'a field, a colon, a space and a value; or the line taken out'),
    ('title: a\n## Heading\nText', (4, 1, 4), '“Text” without a colon', 'Text: …, or the line taken out'),
    ('title: a\n\nUn texte sans fin.\n\nEncore', (4, 1, 18), 'a text within the front matter', 'three hyphens (---) on a line of their own above it'),
    ('[a]: b', (2, 1, 0), "a list in place of a field's name", 'a word and a colon'),
    ('a: b: c: d', (2, 4, 7), 'a second colon and space on the line', 'quotes around the text: a: "b: c: d"'),
    ("a: 'b''c", (2, 4, 5), 'a quote that is never closed', "a: 'b''c'"),
    ('"a: b', (2, 1, 5), 'a line that is no “field: value”', 'a field, a colon, a space and a value'),
    ('a: "b', (2, 4, 2), 'a quote that is never closed', 'a: "b"'),
    ('!!str a: b', (2, 1, 10), 'a value that begins with &, * or !, which have a meaning of their own', 'the value itself, or quotes around a text'),
    ('%YAML 1.2', (2, 1, 9), '“%YAML 1.2” without a colon', 'a field, a colon, a space and a value; or the line taken out'),
    ('%TAG ! x', (2, 1, 8), '“%TAG ! x” without a colon', 'a field, a colon, a space and a value; or the line taken out'),
    ('a: !<x b', (2, 4, 5), 'a text that begins with “!”', 'quotes around it: a: "!<x b"'),
    ('a: !x%zz b', (2, 4, 7), 'a text that begins with “!”', 'quotes around it: a: "!x%zz b"'),
    ('title: a\n    b: c', (3, 5, 4), '“b:” further to the right or left than its neighbours', 'it straight below “title:”, with as many spaces before it'),
    ('title: a\ndate', (3, 1, 4), '“date” without a colon', 'date: …, or the line taken out'),
    ('date', (2, 1, 4), '“date” without a colon', 'date: …, or the line taken out'),
    ('title: "a",\ndate: b', (2, 8, 4), 'a sign behind the closing quote', 'title: "a"'),
    ('title: “a”: b', (2, 8, 6), 'a second colon and space on the line', 'quotes around the text: title: "“a”: b"'),
    ('- ', (2, 1, 1), 'an entry of a list that belongs to no field', 'it below its field, as far to the right as the other entries'),
    ('a:\n\t- b', (3, 1, 1), 'a tab at the beginning of the line', 'two spaces for each level'),
    ('a:\n  b: c\n\td: e', (4, 1, 1), 'a tab at the beginning of the line', 'two spaces for each level'),
]


def problems_of(yaml):
    desk = Desk("a.md", "UTC")
    split(f"---\n{yaml}\n---\nText\n", desk)
    return desk.problems


@for_each(("yaml", "place", "found", "wanted"), FAULTS)
def test_a_fault_is_told_where_it_is_mended_and_how(yaml, place, found, wanted):
    """“mapping values are not allowed in this context” helps nobody who has never heard of YAML."""
    (problem,) = problems_of(yaml)

    assert (found, wanted) == (problem.found, problem.wanted)
    assert place == (problem.line, problem.column, problem.width)
    assert problem.code in ("HB105", "HB107", "HB108")


@for_each("yaml", [one[0] for one in FAULTS if ": " in one[3] and "|0" not in one[0] and "..." not in one[0]])
def test_what_is_wanted_mends_the_fault(yaml):
    """Advice that makes the next error is worse than none."""
    (problem,) = problems_of(yaml)
    lines = yaml.split("\n")
    example = problem.wanted.removesuffix(", or the line taken out").removesuffix("; or this line taken out").removesuffix(", without them")
    for lead in ("its path alone: ", "the whole text on one line: ", "quotes around it: ", "quotes around the text: ", "single quotes, where a backslash is only a backslash: "):
        example = example.removeprefix(lead)
    if ": " not in example.split('"')[0]:
        example = f"title: {example}"
    lines[problem.line - 2] = example
    if problem.wanted.startswith("the whole text on one line"):
        del lines[problem.line - 3]

    assert [] == problems_of("\n".join(lines))


@pytest.mark.parametrize("word", ["mapping values", "simple key", "token", "scalar", "indicator", "block", "flow", "expected", "context", "stream", "document"])
def test_no_word_of_the_library_reaches_an_editor(word):
    """They are for those who write parsers."""
    assert [] == [one for yaml, *_ in FAULTS for one in problems_of(yaml) if word in f"{one.found} {one.wanted}"]


def test_a_text_of_three_lines_is_told_line_by_line():
    """“et: encore” was offered for the third line of a summary."""
    desk = Desk("a.md", "UTC")
    split("---\ntitle: a\nsummary: Un texte\nqui continue\net encore\n---\n", desk)

    assert [
        "the whole text on one line: summary: Un texte qui continue; or this line taken out",
        "it behind the text above, on the same line; or this line taken out",
    ] == [one.wanted for one in desk.problems]


def test_a_value_that_begins_with_a_number_sign_is_told_to_be_lost():
    """`tags: #bois` is a tag to an editor, and a note that nobody reads to YAML."""
    desk = Desk("a.md", "UTC")
    split("---\ntitle: a\ntags: #bois, #outils\ndraft: # not yet\n---\n", desk)

    (problem,) = desk.problems

    assert ("HB219", 3, 7, 14, "tags: [bois, outils]") == (problem.code, problem.line, problem.column, problem.width, problem.wanted)
