"""The preview's script: one program, which needs nothing that pages may not have and goes to the end of each page."""

from __future__ import annotations

import re
import shutil
import subprocess

import pytest

from handbill.preview.script import Place, script, with_script


@pytest.mark.parametrize(
    ("page", "expected"),
    [
        (b"<body></body></html>", b"<body>|</body></html>"),
        (b"<body></BODY >", b"<body>|</BODY >"),
        (b"<p>'</body>' in a text</p></body>", b"<p>'</body>' in a text</p>|</body>"),
        (b"<p>no end", b"<p>no end|"),
        (b"", b"|"),
    ],
)
def test_the_script_goes_to_the_end_of_the_body(page, expected):
    assert expected == with_script(page, "v").replace(b'<script src="/__handbill/live.js" data-version="v"></script>', b"|")


def test_the_script_writes_text_only():
    """A title with a tag in it must not become one in the overlay."""
    program = script().decode()

    for word in ("innerHTML", "outerHTML", "insertAdjacentHTML", "document.write", "eval("):
        assert word not in program


def test_the_script_holds_no_words():
    """They would be English to everyone."""
    program = script().decode()
    assert not [word for word in ("problem`", "found ", "wanted", "Hide", "Behind") if word in program]


@pytest.mark.skipif(shutil.which("node") is None, reason="needs node")
def test_the_script_is_a_program(tmp_path):
    (tmp_path / "live.js").write_bytes(script())

    subprocess.run(["node", "--check", str(tmp_path / "live.js")], check=True)


def test_the_preview_s_own_script_needs_nothing_that_pages_may_not_have():
    """It styles its panel by a sheet made in script, which no policy about styles in texts forbids."""
    program = script().decode()

    assert "adoptedStyleSheets" in program
    assert not re.search(r"\.style\b|innerHTML|setAttribute\(\s*[\"']style|eval\(|new Function", program)


def test_a_page_of_the_site_is_told_from_other_pages():
    """What changed on the site says nothing of the page of a letter."""
    assert b"data-base" not in with_script(b"", "v")
    assert with_script(b"", "v", Place("/hub/")).endswith(b' data-version="v" data-base="/hub/"></script>')
    assert with_script(b"", "v", Place("/", is_missing=True)).endswith(b' data-base="/" data-missing=1></script>')
