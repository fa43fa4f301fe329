"""Whatever the short way reads, it reads as the engine for YAML does."""

import random

import pytest

from handbill.reading import files
from handbill.reading.files import Refused, read_yaml
from handbill.reading.yaml_simple import simple_table

_WORDS = (
    "été", "2026-05-01", "18:00", "a06", "L’été", "l'eau", "true", "~", "null", "0o7", "1e3", "x:y", "x:", ": ", ":", " #", "#", "-", "- ", "--", "---",
    "?", "? ", "&a", "*a", "!t", "%", "@", "`", "|", ">", "[", "]", "{", "}", ",", ", ", ",,", '"', "'", "''", "\\", "\\n", "  ", " ", "\t", "\u00a0",
    "\u2028", "\u0085", "😀", "e\u0301", "\u200b", "«", "»", "…", "=", "<<", "key: ", "title: ", "\n", "\n\n", "\n ", "\n- ", "\n---\n", "\n...\n",
)  # fmt: skip


def by_the_engine(text, monkeypatch):
    with monkeypatch.context() as patch:
        patch.setattr(files, "simple_table", lambda _: None)
        try:
            return read_yaml(text)
        except Refused as fault:
            return str(fault.found)


@pytest.mark.parametrize(
    "text",
    [
        '\ntitle: "L’été, ça : va"\ndate: 2026-05-01 18:00\ntags: [a,  été b, c]\nauthors: [a06]\nlist: []\nlang: fr\n',
        "title: l'été # non\n", "a: 'x'\nb: ''\nc: \"\"", "\n\na: b-c\n\n", "a: b:c\n", "a: (x)", "a: x, y; z !", "a: M. Dupont", "a: 12%",
    ],
)  # fmt: skip
def test_a_table_that_both_read_is_the_same_to_the_last_column(text, monkeypatch):
    """Messages name line and column, and editors jump there."""
    short = simple_table(text)

    assert short is None or short == by_the_engine(text, monkeypatch)


def test_front_matter_as_most_write_it_takes_the_short_way():
    """Else the test above would say nothing."""
    table = simple_table('\ntitle: "Une fête : dimanche"\ndate: 2026-05-01\ntags: [bois, outils à main]\nauthors: [ines]\n')

    assert table is not None
    assert ["Une fête : dimanche", "2026-05-01"] == [node.text for _, node in table.pairs[:2]]
    assert [["bois", "outils à main"], ["ines"]] == [[one.text for one in node.items] for _, node in table.pairs[2:]]


@pytest.mark.parametrize("text", ["", "a", "a:", "a:\n", "a: b\na: c", "a: &x b", "a: b: c", "a: [b, [c]]", "a: |\n  b", "- a", "a: b\n  c", "a: b \n"])
def test_what_is_not_simple_is_left_to_the_engine(text):
    """It knows the rules, and has the messages."""
    assert simple_table(text) is None


@pytest.mark.parametrize("seed", range(20))
def test_no_text_is_read_otherwise_by_the_short_way(seed, monkeypatch):
    """Rules of YAML lurk in every sign: a colon, a hash, a hyphen."""
    chance = random.Random(seed)
    taken = 0
    for _ in range(400):
        rows = []
        for name in chance.sample(("title", "date", "tags", "lang", "x_1"), chance.randrange(1, 4)):
            value = "".join(chance.choice(_WORDS[:8] if chance.random() < 0.7 else _WORDS) for _ in range(chance.randrange(1, 4)))
            around = chance.choice(("{}", "{}", '"{}"', "'{}'", "[{}]", "[{0}, {0}]", "{0} {0}"))
            rows.append(f"{name}: {around.format(value)}")
        text = "\n".join(("", *rows, ""))
        if (short := simple_table(text)) is not None:
            taken += 1
            assert short == by_the_engine(text, monkeypatch), text

    assert taken > 50
