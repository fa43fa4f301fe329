"""Files that need not be read again are not, and are there when somebody asks for them."""

import pytest
from tests.hubs import THEN, moment, village

from handbill.kinds import KINDS
from handbill.reading.cache import Cache
from handbill.reading.load import load, terms_of
from handbill.reading.texts import Raws, read_texts
from handbill.reading.walk import Found, walk
from handbill.settings import read_settings


def test_bytes_are_read_when_somebody_asks(tmp_path):
    """Messages show lines of a file that was found unchanged without being opened."""
    (tmp_path / "a.md").write_bytes(b"words")
    raws = Raws(tmp_path)
    raws.know("a.md")
    raws.add("b.md", b"other words")

    assert ["a.md", "b.md"] == list(raws)
    assert (b"words", b"other words") == (raws["a.md"], raws["b.md"])


def test_a_file_that_is_gone_by_then_has_no_bytes(tmp_path):
    """Somebody deleted it while the hub was read; the next build tells."""
    raws = Raws(tmp_path)
    raws.know("a.md")

    assert raws.get("a.md") is None
    with pytest.raises(KeyError):
        raws["b.md"]


def test_a_file_that_only_was_touched_is_not_read_anew(tmp_path):
    """A checkout that writes the same bytes again costs no reading, only a look."""
    root = village(tmp_path)
    known = load(read_settings(root), moment(THEN), None).known
    for file in (root / "content").rglob("*.md"):
        file.write_bytes(file.read_bytes())

    again = load(read_settings(root), moment(THEN), None, known=known)

    assert 0 == again.read
    assert [one.key for one in known.texts.values()] == [one.key for one in again.known.texts.values()]


def test_a_text_that_changed_a_moment_ago_is_known_by_a_stamp(tmp_path):
    """Two edits within one tick of the clock of a disk have two stamps, because the first is waited out."""
    root = village(tmp_path)
    file = sorted((root / "content" / "posts").rglob("*.md"))[0]
    source = file.relative_to(root).as_posix()
    file.write_bytes(file.read_bytes() + b"one")
    first = load(read_settings(root), moment(THEN), None).known
    file.write_bytes(file.read_bytes()[:-3] + b"two")
    second = load(read_settings(root), moment(THEN), None, known=first).known

    assert first.texts[source].stamp
    assert first.texts[source].stamp != second.texts[source].stamp


def test_the_bytes_of_texts_are_not_held(tmp_path):
    """Of 5,000 posts they were 40 MB, and a place in one of them is told once in a thousand builds."""
    root = village(tmp_path)
    settings = read_settings(root)
    files, _ = walk(root, KINDS)

    texts = read_texts(files, settings, terms_of(settings), None, {})

    assert texts.found
    assert [] == [source for source in texts.found if texts.raws.held(source) is not None]
    assert all(texts.raws[source] == (root / source).read_bytes() for source in texts.found)


def test_a_text_that_is_not_written_yet_may_be_empty(tmp_path):
    """Its bytes are none, and no file is looked for."""
    root = village(tmp_path)
    settings = read_settings(root)
    one = Found("content/posts/new.md", "post")

    texts = read_texts([one], settings, terms_of(settings), None, {}, (one, b""))

    assert [] == [problem for problem in texts.problems if problem.code == "HB124"]
    assert b"" == texts.raws["content/posts/new.md"]


def test_a_text_with_a_private_datum_is_held_as_it_was_read(tmp_path):
    """The datum is told by its place; looked for in what somebody wrote since, it would be shown instead of hidden."""
    root = village(tmp_path)
    file = root / "content" / "posts" / "numero.md"
    file.write_text("---\ntitle: Un numéro\ndate: 2026-01-02\n---\n\nAppelez le 06 39 98 12 34.\n", encoding="utf-8")
    raw, settings = file.read_bytes(), read_settings(root)
    terms = terms_of(settings)
    files = [one for one in walk(root, KINDS)[0] if one.kind]
    cache = Cache(root / ".handbill" / "cache" / "drafts", "1")

    cold = read_texts(files, settings, terms, cache, {})
    cache.save()
    warm = read_texts(files, settings, terms, Cache(root / ".handbill" / "cache" / "drafts", "1"), {})
    known = read_texts(files, settings, terms, None, cold.found)
    file.write_text("---\ntitle: Un numéro\n---\n", encoding="utf-8")

    source = "content/posts/numero.md"
    assert any(one.is_private for one in cold.found[source].told)
    assert [raw, raw, raw] == [one.raws[source] for one in (cold, warm, known)]
    assert 0 == warm.read == known.read
