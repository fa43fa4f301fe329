"""What a handbook's own files may say, before MkDocs sees them."""

import os
from pathlib import Path

import pytest

from handbill.errors import ContentProblems
from handbill.outputs.handbook import handbook_python
from handbill.outputs.handbook_sources import check_sources, find_sources
from handbill.settings import read_settings
from handbill.telling import line_of

HUB = '[hub]\nname = "Village"\nbase_url = "https://village.example/"\n'
CONFIG = "site_name: Handbook\ndocs_dir: handbook\nplugins: []\ntheme: {name: material, custom_dir: theme/handbook, font: false}\n"


def write(root: Path, config: str = CONFIG, **pages: str) -> Path:
    """Write a hub with a handbook of these pages (``a__b`` is ``a/b.md``)."""
    (root / "hub.toml").write_text(HUB, encoding="utf-8")
    (root / "mkdocs.yml").write_text(config, encoding="utf-8")
    for name, text in {"index": "# Hello\n", **pages}.items():
        file = root / "handbook" / f"{name.replace('__', '/')}.md"
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text, encoding="utf-8")
    return root


def told(root: Path) -> list[str]:
    """Return the problems of a handbook's sources as lines."""
    return [str(one) for one in check_sources(find_sources(read_settings(root)), handbook_python())]


def test_a_plain_handbook_has_no_problem(tmp_path):
    """Everything below is a change to this one."""
    assert [] == told(write(tmp_path, guide="---\ntitle: Guide\nlang: fr\n---\n\n# Guide\n"))


@pytest.mark.parametrize(
    ("line", "message"),
    [
        ("hooks: [steal.py]", "mkdocs.yml: hooks: found a key that the build does not take over"),
        ("INHERIT: ../../other.yml", "mkdocs.yml: INHERIT: found a key that the build does not take over"),
        ("markdown_extensions: [pymdownx.snippets]", "mkdocs.yml: markdown_extensions: found “pymdownx.snippets”"),
        ("markdown_extensions: [{pymdownx.b64: {base_path: /}}]", "mkdocs.yml: markdown_extensions: found “pymdownx.b64”"),
        ("extra: {secret: !ENV TOKEN}", "mkdocs.yml:5:17: found what YAML does not read (could not determine a constructor for the tag '!ENV')"),
    ],
)
def test_a_configuration_that_would_run_or_read_something_is_refused(line, message, tmp_path):
    """A stranger's proposal is built on a machine of the community."""
    problems = told(write(tmp_path, CONFIG + line + "\n"))

    assert 1 == len(problems)
    assert problems[0].startswith(message)
    assert problems[0].endswith("[HB702]")


@pytest.mark.parametrize(
    ("old", "new", "field"),
    [
        ("docs_dir: handbook", "docs_dir: content", "docs_dir"),
        ("docs_dir: handbook\n", "", "docs_dir"),
        ("plugins: []", "plugins: [search]", "plugins"),
        ("custom_dir: theme/handbook", "custom_dir: /etc", "theme.custom_dir"),
        ("font: false", "font: {text: Roboto}", "theme.font"),
    ],
)
def test_folders_plugins_and_fonts_are_the_build_s_to_say(old, new, field, tmp_path):
    """MkDocs copies a theme folder into the site, whatever it holds; a font would call Google from every page."""
    problems = told(write(tmp_path, CONFIG.replace(old, new)))

    assert [f"mkdocs.yml: {field}: found"] == [problem[: len(f"mkdocs.yml: {field}: found")] for problem in problems]


def test_a_tag_in_the_configuration_is_refused_without_running_it(tmp_path):
    """MkDocs reads its configuration with a loader that builds any Python object."""
    trace = tmp_path / "trace"
    problems = told(write(tmp_path, CONFIG + f"extra: !!python/object/apply:os.system ['touch {trace}']\n"))

    assert 1 == len(problems)
    assert not trace.exists()


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("---\ntitle: a: b\n---\n\n# Page\n", "handbook/page.md:2:9: found what YAML does not read (mapping values are not allowed here)"),
        ("---\n- title\n---\n\n# Page\n", "handbook/page.md:2:1: found a front matter without keys"),
        ("---\ntitle: Page\n\n# Page\n", "handbook/page.md:1:1: found a front matter without an end"),
        ("---\ntitel: Page\n---\n\n# Page\n", "handbook/page.md:1:1: titel: found an unknown field"),
        ("---\ntemplate: 404.html\n---\n\n# Page\n", "handbook/page.md:1:1: template: found an unknown field"),
    ],
)
def test_a_broken_front_matter_is_told_with_its_place(text, message, tmp_path):
    """MkDocs prints it on the page, between two rules, and says nothing."""
    problems = told(write(tmp_path, page=text))

    assert 1 == len(problems)
    assert problems[0].startswith(message)


def test_a_nesting_that_breaks_the_reader_is_told(tmp_path):
    """The YAML reader crashes on it; that must cost a message and not the build."""
    problems = told(write(tmp_path, page="---\ntitle: " + "[" * 200_000 + "\n---\n\n# Page\n"))

    assert 1 == len(problems)
    assert "[HB70" in problems[0]


def test_a_file_that_is_no_utf_8_is_told(tmp_path):
    """Half of a page would be question marks."""
    write(tmp_path)
    (tmp_path / "handbook" / "old.md").write_bytes("# Été\n".encode("latin-1"))

    assert ["handbook/old.md: found a file that is no UTF-8, wanted a text saved as UTF-8 [HB102]"] == told(tmp_path)


@pytest.mark.skipif(os.name == "nt", reason="symbolic links need a right on Windows")
def test_a_symbolic_link_is_refused(tmp_path):
    """It could publish any file of the machine that builds."""
    write(tmp_path)
    (tmp_path / "handbook" / "passwords.md").symlink_to("/etc/passwd")

    with pytest.raises(ContentProblems) as refused:
        told(tmp_path)

    assert ["handbook/passwords.md: found a symbolic link, wanted the file itself [HB122]"] == [line_of(one, "en") for one in refused.value.problems]



def test_hidden_files_are_no_part_of_a_handbook(tmp_path):
    """Editors leave backups there."""
    write(tmp_path)
    (tmp_path / "handbook" / ".index.md.swp").write_text("x", encoding="utf-8")

    assert not [name for name in find_sources(read_settings(tmp_path)).files if ".swp" in name]


@pytest.mark.parametrize("name", ["a.svg", "a.SVG", "a.htm", "a.xhtml", "a.xml", "a.js", "a.mjs", "a.html", "a.markdown", "a.mkd", "a.wasm", "a.svgz", "a"])
def test_a_file_that_could_run_something_has_no_place_beside_the_pages(name, tmp_path):
    """All that lies there is published as it is, and whoever opens its address would run it."""
    root = write(tmp_path)
    (root / "handbook" / name).write_text("x", encoding="utf-8")

    (problem,) = told(root)

    assert problem.startswith(f"handbook/{name}: found a file of a sort that could run something")


def test_pictures_styles_films_and_sounds_may_lie_beside_the_pages(tmp_path):
    """What a page shows."""
    root = write(tmp_path)
    for name in ("a.png", "b.JPG", "c.css", "d.mp4", "e.pdf"):
        (root / "handbook" / name).write_bytes(b"x")

    assert [] == told(root)
