"""The archive of frozen letters: every byte of it is what was mailed, or somebody is told."""

import hashlib
import os
import random
import shutil
from dataclasses import replace
from pathlib import Path
from time import perf_counter

import pytest
from tests.frozen import archive, letter

from handbill.errors import Level
from handbill.hub.item import Body, Item
from handbill.reading.bundles import ATTRIBUTES, CHAIN, chain_text, compared, read_archive
from handbill.reading.mailed import mailed_parts

ENGLISH = letter(2, lang="en", name="2.en", item="issue:2.en", address="/en/newsletters/2/")
AGENDA = letter(7, letter="agenda", name="agenda-7", item="issue:agenda")


@pytest.fixture
def hub(tmp_path):
    """A hub with five letters in three chains."""
    archive(tmp_path, letter(1), letter(2), letter(4), ENGLISH, AGENDA)
    return tmp_path


def told(root: Path) -> set[tuple[str, str]]:
    """Return path within the archive and code of every problem."""
    return {(one.path.removeprefix("newsletters/archive/"), one.code) for one in read_archive(root).problems}


def at(root: Path, name: str) -> Path:
    return root / "newsletters" / "archive" / name


def test_an_archive_as_it_was_frozen_has_nothing_wrong_with_it(hub):
    """The proof must not cry wolf."""
    found = read_archive(hub)

    assert () == found.problems
    assert ["1", "2", "2.en", "4", "agenda-7"] == [one.name for one in found.bundles]
    assert {one.name: one.digest for one in found.bundles} == found.chain
    assert "4" == found.last(("main", "fr")).name
    assert None is found.last(("main", "de"))


def test_a_hub_without_an_archive_has_no_frozen_letter(tmp_path):
    """Every hub begins so."""
    assert ((), ()) == (read_archive(tmp_path).bundles, read_archive(tmp_path).problems)


@pytest.mark.parametrize(
    ("expected", "change"),
    [
        ({("1/mail.html", "HB441")}, lambda root: at(root, "1/mail.html").write_bytes(b"<p>Autre</p>\n")),
        ({("1/mail.html", "HB441")}, lambda root: at(root, "1/mail.html").unlink()),
        ({("1/manifest.json", "HB441")}, lambda root: at(root, "1/manifest.json").write_bytes(at(root, "2/manifest.json").read_bytes())),
        ({("1/manifest.json", "HB441")}, lambda root: at(root, "1/manifest.json").unlink()),
        ({("1/notes.md", "HB442")}, lambda root: at(root, "1/notes.md").write_bytes(b"")),
        ({("1/pictures/b.png", "HB442")}, lambda root: at(root, "1/pictures/b.png").write_bytes(b"")),
        ({("notes.md", "HB442")}, lambda root: at(root, "notes.md").write_bytes(b"")),
        ({("chain.lock", "HB443")}, lambda root: shutil.rmtree(at(root, "1"))),
        ({("chain.lock", "HB443")}, lambda root: shutil.rmtree(at(root, "4"))),
        ({("7/manifest.json", "HB443"), ("chain.lock", "HB443")}, lambda root: at(root, "agenda-7").rename(at(root, "7"))),
        ({("chain.lock", "HB443"), ("1/manifest.json", "HB443")}, lambda root: at(root, "chain.lock").write_text("1 0\n", encoding="utf-8")),
        ({("", "HB449")}, lambda root: (root / ATTRIBUTES).unlink()),
    ],
)  # fmt: skip
def test_what_is_not_as_it_was_frozen_is_told_where_it_is(hub, expected, change):
    """The first question is which file, the second what to do about it."""
    change(hub)

    assert {(path or ".gitattributes", code) for path, code in expected} <= told(hub)


def test_a_letter_taken_back_with_its_line_was_never_frozen(hub):
    """What was not sent yet may be frozen anew, as long as nothing follows it."""
    shutil.rmtree(at(hub, "4"))
    chain = read_archive(hub).chain
    (hub / CHAIN).write_text(chain_text({name: digest for name, digest in chain.items() if name != "4"}), encoding="utf-8")

    assert set() == told(hub)


def test_a_letter_taken_out_of_the_middle_is_missed_even_with_its_line(hub):
    """Whoever wants it forgotten would have to rewrite all that follow, and version history shows that."""
    shutil.rmtree(at(hub, "2"))
    chain = read_archive(hub).chain
    (hub / CHAIN).write_text(chain_text({name: digest for name, digest in chain.items() if name != "2"}), encoding="utf-8")

    assert {("4/manifest.json", "HB443")} == told(hub)


def test_a_letter_put_before_others_afterwards_is_noticed(hub):
    """An archive grows at its end."""
    archive(hub / "other", letter(3))
    shutil.copytree(at(hub / "other", "3"), at(hub, "3"))
    chain = dict(read_archive(hub).chain) | read_archive(hub / "other").chain
    (hub / CHAIN).write_text(chain_text(chain), encoding="utf-8")

    assert {("3/manifest.json", "HB443"), ("4/manifest.json", "HB443")} == told(hub)


def test_one_text_is_frozen_once(hub):
    """Two bundles of one letter would be two answers to what was mailed."""
    archive(hub / "other", letter(1, letter="agenda", name="agenda-1"))
    shutil.copytree(at(hub / "other", "agenda-1"), at(hub, "agenda-1"))
    (hub / CHAIN).write_text(chain_text(dict(read_archive(hub).chain) | read_archive(hub / "other").chain), encoding="utf-8")

    assert ("agenda-1/manifest.json", "HB448") in told(hub)


def test_both_sides_of_a_conflict_count_and_it_is_told(hub):
    """Two branches that froze two letters leave both; two that froze the same one leave the question which was sent."""
    lines = (hub / CHAIN).read_text(encoding="utf-8")
    (hub / CHAIN).write_text(
        lines.replace("\n4 ", "\n<<<<<<< ours\n4 ").replace("\nagenda", "\n=======\n>>>>>>> theirs\nagenda"), encoding="utf-8"
    )

    assert {("chain.lock", "HB443")} == told(hub)


def test_line_ends_changed_on_the_way_are_called_by_their_name(hub):
    """It is the one damage that nobody did, and that the same checkout repeats until its cause is known."""
    file = at(hub, "1/mail.html")
    file.write_bytes(file.read_bytes().replace(b"\n", b"\r\n"))
    other = at(hub, "2/mail.eml")
    other.write_bytes(other.read_bytes().replace(b"\r\n", b"\n"))

    found = {one.path.rpartition("/")[2]: one.found for one in read_archive(hub).problems}
    assert {"mail.html", "mail.eml"} == set(found)
    assert all("ends of lines" in one for one in found.values())


def test_what_file_managers_leave_behind_is_no_fault(hub):
    """An editor who only looked into the folder has changed nothing, and Git ignores it."""
    at(hub, ".DS_Store").write_bytes(b"x")
    at(hub, "1/Thumbs.db").write_bytes(b"x")

    assert set() == told(hub)


@pytest.mark.skipif(os.name == "nt", reason="links need a right there")
def test_a_link_is_no_file_of_the_archive(hub):
    """It would publish whatever lies at its other end."""
    at(hub, "1/mail.txt").unlink()
    at(hub, "1/mail.txt").symlink_to(at(hub, "2/mail.txt"))
    at(hub, "9").symlink_to(at(hub, "2"))

    assert {("1/mail.txt", "HB441"), ("9", "HB442")} == told(hub)


def _files(root: Path) -> list[Path]:
    return sorted(one for one in at(root, "").rglob("*") if one.is_file() and one.parent.name != "archive")


def _mutated(raw: bytes, dice: random.Random) -> bytes:
    """Return bytes that differ from *raw* by one change of the sort that disks, editors, merges and people make."""
    place = dice.randrange(len(raw))
    before, here, after = raw[:place], raw[place], raw[place + 1 :]
    ways = (
        lambda: before + bytes([here ^ 1 << dice.randrange(8)]) + after,
        lambda: before + bytes([dice.randrange(256)]) + after,
        lambda: before + bytes([dice.randrange(256), here]) + after,
        lambda: before + after,
        lambda: before,
        lambda: raw + dice.choice([b" ", b"\n", b"\0", raw]),
        lambda: before + raw[place:][::-1],
        lambda: raw.replace(b": ", dice.choice([b":", b":  ", b":\n"]), 1),
        lambda: raw.replace(b"\n", dice.choice([b"\r\n", b"\n\n", b" \n", b"\n\t"])),
        lambda: raw.replace(b'"number": ', b'"number": 99,\n "number": '),
        lambda: raw.replace(b'"sha256": "', b'"sha256": "0'),
        lambda: raw.upper(),
    )
    return dice.choice(ways)()


def missed(root: Path, tries: int) -> list[tuple[int, str]]:
    """Return the changes of an archive of two letters that nobody is told of.

    All 10,000: .venv/bin/python -c "import tempfile, pathlib; from tests.reading.test_bundles import missed; print(missed(pathlib.Path(tempfile.mkdtemp()), 10_000))"
    """
    archive(root, letter(1), letter(2))
    files = sorted(one for one in at(root, "").rglob("*") if one.is_file() and one.parent.name != "archive")
    kept = {file: file.read_bytes() for file in files}
    dice = random.Random(441)
    found = []
    done = 0
    while done < tries:
        file, other = dice.choice(files), dice.choice(files)
        beside = file.with_name(dice.choice(["mail.HTML", "mail.html.gz", "x", ".hidden", "MANIFEST.json"]))
        after: dict[Path, bytes | None] = dice.choice(
            [
                {file: None},
                {file: None, beside: kept[file]},
                {beside: kept[file]},
                {file: kept[other], other: kept[file]},
                *[{file: _mutated(kept[file], dice)}] * 26,
            ]
        )
        if all(kept.get(one) == raw for one, raw in after.items()):
            continue
        done += 1
        for one, raw in after.items():
            one.unlink() if raw is None else one.write_bytes(raw)
        if not any(one.level is Level.ERROR for one in read_archive(root).problems):
            found.append((done, file.name))
        for one in after:
            one.write_bytes(kept[one]) if one in kept else one.unlink()
    assert () == read_archive(root).problems
    return found


def test_every_change_of_an_archive_is_found(tmp_path):
    """“The archive holds exactly what was mailed” is worth as much as the change that nobody notices."""
    assert [] == missed(tmp_path, 600)


def measure(root: Path, letters: int = 1000, size: int = 90_000) -> float:
    """Return the seconds that proving an archive takes.

    .venv/bin/python -c "import tempfile, pathlib; from tests.reading.test_bundles import measure; print(measure(pathlib.Path(tempfile.mkdtemp())))"
    """
    subject = "".join(hashlib.sha256(str(one).encode()).hexdigest() for one in range(size // 64))
    archive(root, *(letter(one, subject=subject) for one in range(1, letters + 1)))
    start = perf_counter()
    assert () == read_archive(root).problems
    return perf_counter() - start


def test_an_archive_of_many_letters_is_proved_whole(tmp_path):
    """Twenty years of a monthly letter are 240 numbers; the figure for 1,000 is measured by the function above."""
    assert 0 < measure(tmp_path, letters=60, size=6400)


TEXT = b"---\nnumber: 1\nsubject: Mai\n---\n\nBonjour.\n"


def test_an_edit_of_a_frozen_text_is_known_by_name(hub):
    """The check says which field was changed, not only that something was."""
    inputs = replace(letter().inputs, sha256=hashlib.sha256(TEXT).hexdigest(), written=mailed_parts(TEXT))
    shutil.rmtree(at(hub, ""))
    archive(hub, letter(1, inputs=inputs))
    item = Item("issue:1", "issue", "newsletters/1.md", "1", "fr", "/newsletters/1/", "Mai", "", Body())

    for expected, raw in (
        ((), TEXT),
        ((), TEXT.replace(b"\n", b"\r\n")),
        (("subject",), TEXT.replace(b"Mai", b"Juin")),
        (("(text)",), TEXT + b"!"),
    ):
        assert expected == compared(read_archive(hub), [item], {item.source: raw})["issue:1"].edited
