"""The order of the index: the same bytes for the same content, names made from bytes, and filters as a browser counts them."""

import gzip
import json

import pytest

from handbill.outputs.search_cbor import as_array, as_text
from handbill.outputs.search_order import ENTRY, as_json, facets, put_in_order, read_entry, write_named

PAGES = ["aaa1111", "bbb2222", "ccc3333"]


def number(n):
    return bytes([n])


def an_index(folder, values):
    """Write an index of three pages with one filter, as pagefind would."""
    (folder / "filter").mkdir(parents=True)
    places = as_array(as_array([as_text(value), as_array(map(number, at))]) for value, at in values)
    pack(folder / "filter" / "fr_1234567.pf_filter", as_array([as_text("kind"), places]))
    pages = as_array(as_array([as_text(f"fr_{page}"), number(9)]) for page in PAGES)
    filters = as_array([as_array([as_text("kind"), as_text("fr_1234567")])])
    pack(folder / "pagefind.fr_0123456789.pf_meta", as_array([as_text("1.5.2"), pages, as_array([]), filters, as_array([])]))
    (folder / ENTRY).write_text('{"version":"1.5.2","languages":{"fr":{"hash":"fr_0123456789","page_count":3}}}', encoding="utf-8")
    return folder


def pack(file, content):
    file.write_bytes(gzip.compress(b"pagefind_dcd" + content))


@pytest.fixture
def ordered(tmp_path):
    folder = an_index(tmp_path, [("post", (2, 0)), ("event", (1,))])
    put_in_order(folder)
    return folder


def test_values_in_another_order_give_the_same_files(tmp_path):
    """Pagefind writes them in an order of chance."""
    one, two = an_index(tmp_path / "1", [("post", (0,)), ("event", (1,))]), an_index(tmp_path / "2", [("event", (1,)), ("post", (0,))])
    put_in_order(one)
    put_in_order(two)

    assert sorted(file.name for file in one.rglob("*")) == sorted(file.name for file in two.rglob("*"))
    assert [file.read_bytes() for file in sorted(one.rglob("*.*"))] == [file.read_bytes() for file in sorted(two.rglob("*.*"))]


def test_what_refers_to_a_file_follows_its_new_name(ordered):
    """A browser that asks for the old name finds nothing, and no filter works."""
    entry = read_entry(ordered)

    assert (ordered / f"pagefind.{entry['languages']['fr']['hash']}.pf_meta").is_file()
    (filter_,) = (ordered / "filter").iterdir()
    assert filter_.stem.encode() in (ordered / f"pagefind.{entry['languages']['fr']['hash']}.pf_meta").read_bytes()


def test_a_filter_says_its_pages_as_steps(ordered):
    """Five thousand places in a list compress badly; steps of one compress to nothing."""
    told = facets(ordered, read_entry(ordered)["languages"]["fr"])

    assert {"pages": PAGES, "kind": {"event": [1], "post": [0, 2]}} == told


def test_a_file_of_ours_is_named_after_its_bytes(tmp_path):
    """Hosts tell browsers that these names never get other bytes."""
    path = write_named(tmp_path, "index", "fr", ["é", "b"])

    assert "index" == path.split("/", maxsplit=1)[0]
    assert ["é", "b"] == json.loads((tmp_path / path).read_bytes())
    assert path == write_named(tmp_path, "index", "fr", ["é", "b"]) != write_named(tmp_path, "index", "fr", ["b", "é"])


def test_json_has_no_needless_byte_and_no_order_of_chance():
    assert '{"a":[1,2],"é":3}'.encode() == as_json({"é": 3, "a": [1, 2]})
