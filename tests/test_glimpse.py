"""What a page is shown as ahead of the build is what the build makes of it; where that is not certain, nothing is shown ahead."""

from __future__ import annotations

from contextlib import nullcontext
from functools import lru_cache

import pytest
from tests.hubs import moment, options, text, village, write

from handbill.engine import engine_theme
from handbill.errors import HandbillError, Level
from handbill.examining import examine
from handbill.glimpse import Glimpse
from handbill.hub.address import output_path
from handbill.outputs.planned import Finished
from handbill.outputs.rendering import Rendering
from handbill.outputs.site import STYLE
from handbill.outputs.theme import Theme
from handbill.reading.history import Past, blob_of, lock_text

WELL, FAIR = "content/posts/2026-03-01-le-puits.md", "events/2026/fete.md"


@pytest.fixture(scope="module")
def read(tmp_path_factory):
    """Return the village, and what is found in it before anybody edits."""
    root = village(tmp_path_factory.mktemp("hub"))
    return root, examine(options(root), nullcontext)


def rendering(root):
    """Return what makes pages of a hub."""
    return Rendering(Theme(root))


def pages_of(root, found):
    """Return every page of the site as a build makes it, by its path."""
    made = rendering(root)
    site = next(own for output, own in found.plans if output.name == "site")
    return {one.path: made.text(one.work).encode() for one in site if isinstance(one.work, Finished)}


@lru_cache(maxsize=1)
def standing(root):
    """Return the same for a hub that nobody edited yet, made once for many tests."""
    return pages_of(root, examine(options(root), nullcontext))


def page_of(found, source):
    """Return the output path of an item's own page."""
    return next(output_path(item.address) for item in found.hub.items if item.source == source)


def seen_and_built(read, edits, opened=None):
    """Return what a glimpse shows of open pages (all, if none are named) step by step once files were edited, and what a build then changes of them."""
    root, found = read
    before = standing(root)
    opened = before.keys() if opened is None else opened
    glimpse = Glimpse(found, rendering(root))
    glimpse.prepare(opened)
    as_they_were = {root / source: (root / source).read_bytes() for source in edits}
    try:
        for file, raw in as_they_were.items():
            file.write_text(edits[file.relative_to(root).as_posix()](raw.decode()), encoding="utf-8")
        steps = list(glimpse.pages(as_they_were, opened))
        after = examine(options(root), nullcontext)
    finally:
        for file, raw in as_they_were.items():
            file.write_bytes(raw)
    built = pages_of(root, after) if all(one.level is not Level.ERROR for one in after.problems) else {}
    return steps, {path: page for path, page in built.items() if path in opened and page != before.get(path)}


def more(words):
    """Return an edit that writes more at the end."""
    return lambda before: f"{before}\n{words}\n"


@pytest.mark.parametrize(
    "source",
    ["content/pages/a-propos.md", "content/people/ada.md", WELL, WELL.replace(".md", ".en.md"), "content/posts/ancien.md", FAIR, "events/2026/corvee.md"],
)
def test_more_words_are_shown_at_once_as_the_build_will_make_them(read, source):
    """Each kind of page, whatever else stands on it."""
    page = page_of(read[1], source)
    steps, built = seen_and_built(read, {source: more("Une *phrase* de plus : « enfin » !")}, [page])

    assert [page] == list(built)
    assert built == steps[0]


@pytest.mark.parametrize(
    "edit",
    [
        more("## Un titre de plus\n\n- une liste\n- deux"),
        more("Encore [la fête](../../events/2026/fete.md)."),
        more("| a | b |\n|---|---|\n| 1 | 2 |\n\n```\ncode\n```"),
        more("<b>du HTML</b>, et ce qui n'en est pas : a < b"),
        lambda before: before[: before.index("---\n", 4)] + "---\n\n## La margelle\n\nTout autre chose.\n",
        lambda before: before.replace("---\n\n", "---\n\n\nAvant tout le reste.\n\n", 1),
        more("mot " * 900),
        lambda before: before.replace("title: ", "title: Autre que ", 1),
        lambda before: before.replace("title: ", "title: Une histoire d'éclairage, ", 1),
        lambda before: before.replace("summary: ", "summary: En bref, ", 1),
        lambda before: before.replace("tags:", "tags: [Autre, pierre] #", 1),
    ],
    ids=["headings", "a link", "a table", "HTML", "another text", "before the rest", "length", "title", "like others", "summary", "tags"],
)
def test_on_every_open_page_an_edit_is_shown_as_the_build_will_make_it(read, edit):
    """Lists and neighbours too: all that the build changes, and nothing else."""
    steps, built = seen_and_built(read, {WELL: edit})

    assert built
    assert built == steps[-1]
    assert steps[0].items() <= built.items()


@pytest.mark.parametrize("source", ["content/pages/a-propos.md", FAIR, "events/2026/corvee.md", "content/posts/ancien.md"])
def test_a_title_is_shown_wherever_it_stands(read, source):
    """Menus, the agenda, what comes before and after."""
    steps, built = seen_and_built(read, {source: lambda before: before.replace("title: ", "title: Dit autrement : ".replace(" :", ","), 1)})

    assert len(built) > 1
    assert built == steps[-1]
    assert steps[0].items() <= built.items()
    assert (1 if "pages" in source else 2) == len(steps)


def test_texts_edited_together_are_shown_together(read):
    edits = {WELL: more("Encore."), FAIR: lambda before: before.replace("title: ", "title: Grande ", 1), "content/pages/a-propos.md": more("Aussi.")}
    steps, built = seen_and_built(read, edits)

    assert built == steps[-1]
    assert page_of(read[1], WELL) in steps[0]


@pytest.mark.parametrize(
    "edit",
    [
        lambda before: before.replace("---\n", "---\ndraft: true\n", 1),
        lambda before: before.replace("date:", "date: 2020-01-01 #", 1),
        lambda before: before.replace("---\n", "---\ntitel: x\n", 1),
        more("[nulle part](nulle-part.md)"),
        more("![une image](/media/pictures/autre.png)"),
        lambda before: before.replace("tags:", 'tags: ["?!"] #', 1),
        lambda _: "",
        lambda _: "---\ntitle: [\n---\n",
    ],
    ids=["draft", "date", "a wrong field", "a broken link", "a picture", "no tag", "nothing", "broken"],
)
def test_more_than_that_takes_a_build(read, edit):
    """It changes what other texts are, or it is wrong."""
    assert [] == seen_and_built(read, {WELL: edit})[0]


def test_a_person_s_other_name_takes_a_build(read):
    """Texts find people by their names."""
    assert [] == seen_and_built(read, {"content/people/ada.md": lambda before: before.replace("title: ", "title: Dame ", 1)})[0]


def test_what_is_undone_needs_no_page_ahead(read):
    """The folder shows it already."""
    root, found = read
    glimpse = Glimpse(found, rendering(root))
    page = page_of(found, WELL)
    glimpse.prepare([page])

    assert [{}] == list(glimpse.pages([root / WELL], [page]))


def test_a_text_that_nobody_looks_at_is_shown_where_somebody_does(read):
    """A list is open, and a title in it changes."""
    listing = "posts/index.html"
    steps, built = seen_and_built(read, {WELL: lambda before: before.replace("title: ", "title: Autre que ", 1)}, [listing])

    assert [listing] == list(built)
    assert [built] == steps


@pytest.mark.parametrize("name", ["hub.toml", "theme/static/x.js", "theme/locale/fr.po", "content/posts/neuf.md", "content/posts/gone.md", "/elsewhere.md"])
def test_a_file_that_is_no_known_text_takes_a_build(read, name):
    """What it changes, nobody knows yet."""
    root, found = read
    page = page_of(found, WELL)
    glimpse = Glimpse(found, rendering(root))
    glimpse.prepare([page])

    assert [] == list(glimpse.pages([root / WELL, root / name], [page]))


def test_the_other_dialect_takes_a_build(tmp_path):
    """Its texts are read by processes that can be ended."""
    hub = '[hub]\nname = "Essai"\nbase_url = "https://essai.example/"\nlang = "fr"\nlanguages = ["fr"]\n[markdown]\ndialect = "python-markdown"\n'
    root = write(tmp_path, {"hub.toml": hub, "content/posts/a.md": text("Un.")})
    found = examine(options(root), nullcontext)
    page = page_of(found, "content/posts/a.md")
    (root / "content/posts/a.md").write_text(text("Deux."), encoding="utf-8")

    assert [] == list(Glimpse(found, rendering(root)).pages([root / "content/posts/a.md"], [page]))


def test_a_part_of_a_series_is_shown_among_its_parts(tmp_path):
    """Each page tells which part it is."""
    parts = {f"content/posts/{n}.md": text(f"Partie {n}.", title=f"Partie {n}", series="La série", date=f"2026-01-0{n}") for n in (1, 2)}
    root = write(tmp_path, parts)
    steps, built = seen_and_built((root, examine(options(root), nullcontext)), {"content/posts/1.md": more("Suite.")})

    assert built
    assert built == steps[-1]


def test_an_update_known_from_history_goes_with_the_bytes_that_it_belongs_to(tmp_path):
    """The first edit of an old post: nothing is committed of it yet."""
    before = text("Un.", date="2020-01-01")
    past = Past(blob_of(before.encode()), moment("2020-01-01 09:00"), moment("2020-05-01 09:00"), ("Ada",))
    root = write(tmp_path, {"content/posts/a.md": before, "history.lock": lock_text({"content/posts/a.md": past})})
    found = examine(options(root), nullcontext)
    steps, built = seen_and_built((root, found), {"content/posts/a.md": lambda _: text("Deux.", date="2020-01-01")})

    assert moment("2020-05-01 09:00") == found.hub.items[0].updated
    assert built
    assert built == steps[-1]


def themed(tmp_path, files, edits=()):
    """Return what a glimpse shows of all pages once files of the theme were written, and what a build then changes."""
    root = village(tmp_path)
    found = examine(options(root), nullcontext)
    before, opened = pages_of(root, found), pages_of(root, found).keys()
    glimpse = Glimpse(found, rendering(root))
    glimpse.prepare(opened)
    write(root, files)
    for source, edit in dict(edits).items():
        (root / source).write_text(edit((root / source).read_text(encoding="utf-8")), encoding="utf-8")
    steps = list(glimpse.pages([root / name for name in {**files, **dict(edits)}], opened))
    after = examine(options(root), nullcontext)
    sheet = next(one.work.content for one in after.planned if one.path == STYLE)
    return steps, {path: page for path, page in pages_of(root, after).items() if page != before[path]}, sheet


def template(name, old, new):
    """Return a template of ours with something else in it."""
    return (engine_theme() / "templates" / name).read_text(encoding="utf-8").replace(old, new)


def test_a_template_is_seen_on_all_open_pages_that_it_makes(tmp_path):
    files = {"theme/templates/post.html": template("post.html", "<h1", "<h1 lang=fr")}
    steps, built, _ = themed(tmp_path, files, {WELL: lambda before: before.replace("title: ", "title: Autre que ", 1)})

    assert len(built) > 1
    assert [built] == steps


def test_a_style_is_seen_without_any_page(tmp_path):
    steps, built, sheet = themed(tmp_path, {"theme/style/zz.css": "main { color: teal; }"})

    assert {} == built
    assert b"teal" in sheet
    assert [{STYLE: sheet}] == steps


def test_style_template_and_words_are_seen_together(tmp_path):
    files = {"theme/style/zz.css": "main { color: teal; }", "theme/templates/parts/item.html": template("parts/item.html", "<h1", "<h1 lang=fr")}
    steps, built, sheet = themed(tmp_path, files, {"content/pages/a-propos.md": more("Encore.")})

    assert built
    assert {STYLE: sheet, **built} == steps[-1]


def test_a_template_that_is_wrong_takes_a_build(tmp_path):
    """It says where."""
    with pytest.raises(HandbillError):
        themed(tmp_path, {"theme/templates/post.html": "{% if %}"})


def test_what_is_wrong_with_a_text_by_itself_is_told(tmp_path):
    """As a build tells it; what only the whole hub can tell is left to that."""
    root = village(tmp_path)
    glimpse = Glimpse(examine(options(root), nullcontext), rendering(root))
    file = root / WELL
    assert () == glimpse.faults([file, root / "hub.toml", tmp_path / "elsewhere.md"])
    file.write_text(more("[nulle part](nulle-part.md)")(file.read_text(encoding="utf-8")), encoding="utf-8")
    assert () == glimpse.faults([file])
    file.write_text(file.read_text(encoding="utf-8").replace("date: ", "date: hier #", 1), encoding="utf-8")
    told = glimpse.faults([file])

    assert [(WELL, 4, "date")] == [(one.path, one.line, one.field) for one in told]
    assert set(told) < set(examine(options(root), nullcontext).problems)
