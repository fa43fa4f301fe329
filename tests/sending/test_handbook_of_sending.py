"""The pages for editors about sending quote the program: they are read when something went wrong, by somebody who compares words."""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path

import pytest

import handbill
from handbill.settings_sending import SENDING

EDITORS = Path(__file__).parent.parent.parent / "handbook" / "editors"
MESSAGES = Path(handbill.__file__).parent / "messages" / "fr"

_ENTRY = re.compile(r'^msgstr(?:\[\d\])? ((?:".*"\n)+)', re.MULTILINE)


@cache
def forms() -> tuple[re.Pattern[str], ...]:
    """Return every French message as a pattern in which each name in braces is a gap.

    One that has few words of its own must be the whole line, but for what
    stands in front of it, a server or a file; a longer one may be part of it.
    """
    found = []
    for file in sorted(MESSAGES.glob("sending*.po")):
        for entry in _ENTRY.findall(file.read_text(encoding="utf-8")):
            text = "".join(re.findall(r'"(.*)"\n', entry)).replace('\\"', '"').replace("\\n", "\n")
            literal = re.sub(r"\{\w+\}", "", text)
            form = re.sub("[\u00a0\u202f]", " ", re.sub(r"\\\{\w+\\\}", ".+", re.escape(text)))
            letters = len(re.findall(r"\w", literal))
            # Of less than that, such as “{server} : {reason}”, any line would be one.
            if letters >= 7:
                found.append(re.compile(form if letters >= 15 else rf"^(\S+ : )?{form}$"))
    return tuple(found)


def quoted(page: str) -> list[str]:
    """Return the lines that a page shows as said by the program."""
    text = (EDITORS / page).read_text(encoding="utf-8")
    blocks = re.findall(r"^( *)```console\n(.*?)^\1```$", text, re.DOTALL | re.MULTILINE)
    return [line.strip() for _, block in blocks for line in block.splitlines() if line.strip() and not line.strip().startswith("$")]


def is_said(line: str) -> bool:
    """Say whether the program has a message that this line is, or holds."""
    # The handbook has plain spaces where the program has those at which no line breaks.
    plain = re.sub(r"[\u00a0\u202f]", " ", line)
    return any(one.search(plain) for one in forms())


@pytest.mark.parametrize(("page", "least"), [("envoi-interrompu.md", 15), ("envoyer.md", 8)])
def test_every_message_that_a_page_quotes_is_one_of_the_program(page, least):
    """Who searches the page for the words on the screen must find them; a message that was reworded leaves the page behind."""
    lines = quoted(page)

    assert least <= len(lines)
    assert [] == [line for line in lines if not is_said(line)]


def test_a_message_that_nobody_says_is_noticed():
    """The patterns have gaps; they must not let everything through."""
    assert not is_said("le registre est content de vous, et 667 messages aussi")
    assert not is_said("smtp.fournisseur.example:587 : le serveur dort")


def test_every_setting_of_sending_is_explained_to_editors():
    """The table in French is the one that is read."""
    text = (EDITORS / "envoyer.md").read_text(encoding="utf-8")

    assert [] == [one.name for one in SENDING if f"| `{one.name}` |" not in text]


def test_each_source_of_the_law_is_dated_and_says_how_it_was_read():
    """A claim about law without its source is an opinion; one without a date grows old unseen."""
    text = (EDITORS / "droit-des-lettres.md").read_text(encoding="utf-8")
    body, _, sources = text.partition("## Sources\n")
    rows = {int(number): (what, how) for number, what, how in re.findall(r"^\| (\d+) \| (.+) \| (.+) \|$", sources, re.MULTILINE)}
    named = {int(number) for group in re.findall(r"\((\d+(?:, \d+)*)\)", body) for number in group.split(", ")}
    named |= {int(number) for cell in re.findall(r"\| (\d+(?:, \d+)*) \|$", body, re.MULTILINE) for number in cell.split(", ")}

    assert set(rows) == set(range(1, len(rows) + 1))
    assert named == set(rows)
    assert [] == [number for number, (what, how) in rows.items() if not re.search(r"(19|20)\d\d|à vérifier|Le même", what + how)]
