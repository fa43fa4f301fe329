from __future__ import annotations

import pytest

from handbill.publishing.claims import Claims, check_path, fold, fold_all

WRONG = (
    "",
    "/etc/passwd",
    "../x",
    "a/../b",
    "a/./b",
    ".",
    "..",
    "a/..",
    "a//b",
    "a/",
    "a\\b",
    "C:/x",
    "a\nb",
    "a\x00b",
    "a\x7fb",
    "a\x85b",
    "a\ud800b",
)


@pytest.mark.parametrize("path", WRONG)
def test_a_path_that_could_lead_elsewhere_is_refused_by_name(path):
    with pytest.raises(ValueError, match="not a path that can be published") as refused:
        check_path(path)

    assert repr(path) in str(refused.value)


@pytest.mark.parametrize("path", ["index.html", ".well-known/security.txt", "posts/été/index.html", "a..b/c...", "ab:y", "a b"])
def test_an_honest_path_passes(path):
    check_path(path)


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ("fair/index.html", "fair/index.html"),
        ("Fair/index.html", "fair/other.html"),
        ("fair/INDEX.html", "fair/index.html"),
        ("fair", "fair/index.html"),
        ("fair/index.html", "fair"),
        ("caf\u00e9/index.html", "cafe\u0301/index.html"),
        ("\u212bngstrom", "\u00e5ngstrom"),
    ],
)
def test_two_paths_that_some_disk_takes_for_one_are_refused_by_name(first, second):
    """macOS and Windows would let the second overwrite the first, Linux would not."""
    claims = Claims()
    claims.take(first)

    with pytest.raises(ValueError, match=r"one place: '.+' and '.+'") as refused:
        claims.take(second)

    assert first.split("/")[0] in str(refused.value)


def test_different_paths_live_side_by_side():
    claims = Claims()

    for path in ("a/b", "a/c", "ab", "a.b", "d/a/b"):
        claims.take(path)


def test_a_path_that_leads_elsewhere_is_not_claimed():
    with pytest.raises(ValueError, match="not a path"):
        Claims().take("../x")


def test_what_stood_together_already_is_taken():
    """A generation begins with what the one before it published."""
    claims = Claims(["fair/index.html"], ["", "fair"])

    for other in ("Fair/index.html", "FAIR/x", "fair/index.html/x"):
        with pytest.raises(ValueError, match="for one place"):
            claims.take(other)
    claims.take("fair/other.html")
    claims.take("index.html")


def test_folding_is_canonical_and_ignores_case():
    assert fold("ÉTÉ") == fold("e\u0301te\u0301")


def test_many_paths_are_folded_as_each_is():
    """Between two of them stands a line end, over which no accent is joined to the letter before."""
    alone = ["Fair/A.html", "\u0301accent.html", "E\u0301te\u0301.html", "\u1e9e.html", "\u0130.html", "\u03a3\u03a3", "\u0345", "e", "\ufb01n.html"]

    assert [fold(one) for one in alone] == fold_all(alone)
    assert [fold(one) for one in alone[:1]] == fold_all(alone[:1])
    assert [] == fold_all([])
