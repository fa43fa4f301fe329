"""Every picture of the content is offered in the widths that pages show it in, and made once."""

from __future__ import annotations

import io
from pathlib import Path

import pytest
from PIL import Image
from tests.hubs import files_of, load_village, options, text, write
from tests.photos import drawing, png, saved, scene

from handbill.errors import ContentProblems
from handbill.hub.hub import Media
from handbill.outputs.cards import Cards
from handbill.outputs.pictures import make, plan, srcset, widths
from handbill.pipeline import build


def media(name: str = "x.jpg", width: int = 2000, height: int = 1500, *, is_moving: bool = False) -> Media:
    return Media(f"content/pictures/{name}", f"/media/pictures/{name}", "0" * 64, width, height, is_moving)


def hub(folder: Path) -> Path:
    """Return a hub with a photo, a drawing and a small sign, and a post that shows them."""
    shown = "![Des voisins](../pictures/fete.jpg)\n\n![Un trait](../pictures/trait.png)\n\n![Un signe](../pictures/signe.png)"
    return write(
        folder,
        {
            "content/posts/p.md": text(shown, picture="../pictures/fete.jpg", picture_alt="Des voisins autour d’une table"),
            "content/pictures/fete.jpg": saved(scene((1000, 750))),
            "content/pictures/trait.png": saved(drawing((900, 600)), ".png"),
            "content/pictures/signe.png": saved(drawing((60, 40)), ".png"),
        },
    )


@pytest.mark.parametrize(
    ("name", "width", "wanted"),
    [
        ("x.jpg", 2000, (200, 400, 800, 1400)),
        ("x.jpg", 1000, (200, 400, 800, 1000)),
        ("x.jpg", 480, (200, 480)),
        ("x.jpg", 399, ()),
        # A drawing weighs more at two thirds than whole, and it is light whole.
        ("x.png", 1200, (200, 400, 1200)),
        ("x.png", 2000, (200, 400, 800, 2000)),
        # WebP made of WebP in the same width would lose and win nothing.
        ("x.webp", 2000, (200, 400, 800, 1400)),
        ("x.webp", 1000, (200, 400, 800)),
        ("x.gif", 2000, ()),
        ("x.avif", 2000, ()),
    ],
)
def test_a_picture_is_made_in_the_widths_that_pages_need(name, width, wanted):
    """Each file costs time at the build and a place in the cache of everybody who passes by."""
    assert wanted == widths(media(name, width, width * 3 // 4))


def test_a_picture_that_moves_is_left_alone():
    """In small it would stand still."""
    assert () == widths(media("x.webp", is_moving=True))
    assert "" == srcset(media("x.png", is_moving=True), str)


def test_no_width_is_planned_that_webp_cannot_hold():
    """A strip of a comic is four hundred wide and twenty thousand high; the build would end in an error."""
    assert (200,) == widths(media("x.png", 600, 30_000))


def test_a_page_offers_each_width_under_an_address_that_no_editor_can_take():
    """Two pictures of one name, one of them a PNG, must not write over each other."""
    assert (
        "/hub/media/pictures/x.png.200.webp 200w, /hub/media/pictures/x.png.400.webp 400w, /hub/media/pictures/x.png.900.webp 900w"
        == srcset(media("x.png", 900), lambda address: f"/hub{address}")
    )


def test_what_is_webp_is_its_own_widest():
    """The best there is must stay on offer."""
    assert srcset(media("x.webp", 1000), str).endswith(".800.webp 800w, /media/pictures/x.webp 1000w")


def test_what_is_planned_is_made_and_nothing_else(tmp_path):
    """The folder that is published must equal the plan."""
    loaded, settings = load_village(root=hub(tmp_path / "hub"))
    planned = list(plan(loaded.hub, settings))
    (tmp_path / "scratch").mkdir()
    made = {one.path: Image.open(io.BytesIO(one.content.read_bytes())) for one in make(planned, settings, tmp_path / "scratch")}

    assert {
        "media/pictures/fete.jpg.200.webp": (200, 150),
        "media/pictures/fete.jpg.400.webp": (400, 300),
        "media/pictures/fete.jpg.800.webp": (800, 600),
        "media/pictures/fete.jpg.1000.webp": (1000, 750),
        "media/pictures/trait.png.200.webp": (200, 133),
        "media/pictures/trait.png.400.webp": (400, 267),
        "media/pictures/trait.png.900.webp": (900, 600),
    } == {path: picture.size for path, picture in made.items()}
    assert list(made) == [one.path for one in planned]


def test_no_address_of_a_small_picture_is_a_promise(tmp_path):
    """The next program may make other widths; nobody links to these."""
    loaded, settings = load_village(root=hub(tmp_path))

    assert {""} == {one.promise for one in plan(loaded.hub, settings)}


def test_checking_asks_for_no_key(tmp_path, monkeypatch):
    """To know the paths costs nothing; that is what an editor waits for."""
    loaded, settings = load_village(root=hub(tmp_path))
    monkeypatch.setattr("handbill.outputs.pictures.digest", lambda *_: pytest.fail("a key was made"))

    assert 7 == len(list(plan(loaded.hub, settings)))


def test_a_picture_that_did_not_change_is_not_made_again(tmp_path, monkeypatch):
    """Two hundred photos take a minute; an editor who mends a comma has none."""
    from handbill.outputs import twins

    root = hub(tmp_path / "hub")
    notes = tmp_path / "notes"
    real = twins.twins_of

    def noted(raw, form, wanted):
        # In a file, as pictures are made in processes of their own.
        with notes.open("a") as opened:
            opened.write(f"{form}\n")
        return real(raw, form, wanted)

    def build_and_tell():
        notes.write_text("")
        build(options(root))
        return sorted(notes.read_text().split())

    monkeypatch.setattr(twins, "twins_of", noted)
    first = build_and_tell()
    (root / "content/posts/p.md").write_text(text("Autre texte."), encoding="utf-8")
    after_text = build_and_tell()
    (root / "content/pictures/trait.png").write_bytes(saved(drawing((800, 600)), ".png"))

    assert (["JPEG", "PNG"], [], ["PNG"]) == (first, after_text, build_and_tell())


def test_one_core_and_two_make_the_same(tmp_path):
    """What is published must not depend on the machine."""
    root = write(tmp_path / "hub", {f"content/pictures/p{n}.jpg": saved(scene((500, 400), seed=n)) for n in range(8)})
    alone, together = tmp_path / "alone", tmp_path / "together"
    build(options(root, output=alone, jobs=1, no_cache=True))
    build(options(root, output=together, jobs=2, no_cache=True))

    assert 24 == len([path for path in files_of(alone) if path.endswith(".webp")])
    assert {path: raw for path, raw in files_of(alone).items() if "/pictures/" in path} == {
        path: raw for path, raw in files_of(together).items() if "/pictures/" in path
    }


@pytest.mark.parametrize("others", [0, 8])
def test_a_picture_that_cannot_be_unfolded_is_told_by_its_name(tmp_path, others):
    """Its headers are sound, so no check saw it; members would see half a picture."""
    files = {f"content/pictures/p{n}.jpg": saved(scene((500, 400))) for n in range(others)}
    root = write(tmp_path, {**files, "content/pictures/coupee.png": png(width=900, height=600)})

    with pytest.raises(ContentProblems) as refused:
        build(options(root, jobs=2))

    assert [("content/pictures/coupee.png", "HB131")] == [(one.path, one.code) for one in refused.value.problems]
    assert not (root / "public").exists()


def test_letters_and_feeds_name_the_picture_itself(tmp_path):
    """Outlook shows no WebP, and programs for feeds take the first address that they find."""
    loaded, settings = load_village(root=hub(tmp_path))
    item = loaded.hub.by_id["post:p"]
    page, letter = (Cards(loaded.hub, settings, "fr", complete).card(item).picture for complete in (None, settings.absolute))

    assert ("/media/pictures/fete.jpg", True) == (page.address, "fete.jpg.800.webp 800w" in page.srcset)
    assert ("https://essai.example/media/pictures/fete.jpg", "") == (letter.address, letter.srcset)
