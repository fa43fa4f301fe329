"""What search remembers: it comes back whole under the same terms, or not at all."""

import hashlib
import marshal

import pytest

from handbill.outputs.search_index import Language
from handbill.outputs.search_notes import Known, noted, write_notes
from handbill.outputs.search_postings import posting
from handbill.outputs.search_run import Page


def known():
    """Return what is known of one page."""
    language = Language("fr")
    page = Page("a.html", "1", "fr", "", "f", "l", 2, (("kind", "post"),), (), "lampe\t", "lampe", "")
    language.revise((), {0: page}, {"lampe\t": ([0], [b"\x81\x00\x80"])})
    return Known({"a.html": "0"}, {"a.html": "1"}, {"fr": language}, entry={"version": "1.5.2"}, programs={"fr": "fr"}, files={"x": "y"})


def values(one):
    """Return what can be compared of it."""
    return one.pages, one.texts, one.facts, one.entry, one.programs, one.files, {
        lang: (language.pages, language.words, language.offered) for lang, language in one.languages.items()
    }  # fmt: skip


def test_what_is_written_down_is_known_again(tmp_path):
    """The next build asks about changed pages only."""
    write_notes(tmp_path / "late" / "search", "terms", known())
    found = noted(tmp_path / "late" / "search", "terms")

    assert values(known()) == values(found)
    assert posting([0], [b"\x81\x00\x80"]) == found.languages["fr"].words["lampe\t"]
    assert ["search"] == [file.name for file in (tmp_path / "late").iterdir()]


def test_another_program_knows_nothing(tmp_path):
    """Another pagefind, packer or Handbill may say something else of the same page."""
    write_notes(tmp_path / "search", "pagefind 1", known())

    assert noted(tmp_path / "search", "pagefind 2") is None


@pytest.mark.parametrize("at", [0, 20, 60, 90, -1], ids=["name", "terms", "digest", "content", "end"])
def test_a_single_wrong_byte_is_noticed(tmp_path, at):
    """A disk that lies costs a second, never a wrong index."""
    file = tmp_path / "search"
    write_notes(file, "terms", known())
    raw = bytearray(file.read_bytes())
    raw[at] ^= 1
    file.write_bytes(raw)

    assert noted(file, "terms") is None


def test_what_is_no_record_of_ours_is_not_believed(tmp_path):
    """Sound bytes, as an older program may have left them."""
    file = tmp_path / "search"
    write_notes(file, "terms", known())
    head = file.read_bytes()[:50]
    for payload in (marshal.dumps({}), marshal.dumps((1, 2, [(3,)], 4)), b"nothing of the kind", b""):
        file.write_bytes(head + hashlib.sha256(payload).digest() + payload)

        assert noted(file, "terms") is None


def test_a_folder_a_dead_link_or_nothing_in_its_place_is_no_note(tmp_path):
    """People copy and restore folders in strange ways."""
    (tmp_path / "folder").mkdir()
    (tmp_path / "link").symlink_to(tmp_path / "nowhere")

    assert [None] * 4 == [noted(file, "terms") for file in (tmp_path / "folder", tmp_path / "link", tmp_path / "none", None)]


def test_a_place_that_cannot_be_written_to_fails_no_build(tmp_path):
    """What is remembered saves time; the site is done without."""
    (tmp_path / "file").write_bytes(b"")
    (tmp_path / "folder").mkdir()
    write_notes(tmp_path / "file" / "search", "terms", known())
    write_notes(tmp_path / "folder", "terms", known())
    write_notes(None, "terms", known())

    assert ["file", "folder"] == sorted(file.name for file in tmp_path.iterdir())
