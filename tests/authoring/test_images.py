"""The pictures of a hub are mended without losing one, a reference to one, or a published address."""

import io
from functools import cache
from pathlib import Path

import pytest
from tests.hubs import load_village, text, village, write
from tests.photos import notes, saved, scene, telling

from handbill.authoring import writing
from handbill.authoring.images import Change, Failure, Images, Right, make
from handbill.errors import WrongUse
from handbill.settings import read_settings

LOCK = "# addresses\n/media/pictures/photo.png media:content/pictures/photo.png\n"


@cache
def photo() -> bytes:
    return saved(scene((900, 700)), ".png", exif=notes())


@pytest.fixture
def root(tmp_path):
    """Return a hub with a photo that was saved as PNG, and two texts that show it."""
    return write(tmp_path, {
        "content/pictures/photo.png": photo(),
        "content/pictures/sound.jpg": saved(scene()),
        "content/posts/a.md": text("![Un four](../pictures/photo.png)", picture="../pictures/photo.png", picture_alt="Un four"),
        "content/posts/b.md": text("[Le four](../pictures/photo.png) et ![un autre](../pictures/sound.jpg)"),
        "content/posts/c.md": text("Rien."),
    })  # fmt: skip


def hub(root):
    return Images(read_settings(root))


def mend_all(root):
    """Mend every picture of a hub, and return what became of each."""
    images = hub(root)
    found = []
    for source in images.sources:
        one = images.look(source)
        if isinstance(one, Change):
            make(root, one)
        found.append(one)
    return found


def files(root):
    return {file.relative_to(root).as_posix(): file.read_bytes() for file in root.rglob("*") if file.is_file()}


def test_a_photo_gets_its_name_and_every_text_follows(root):
    """The hub is sound before and after."""
    change, sound = mend_all(root)

    assert isinstance(change, Change)
    assert ("content/pictures/photo.jpg", ["content/posts/a.md", "content/posts/b.md"]) == (change.target, [name for name, _ in change.texts])
    assert Right("content/pictures/sound.jpg") == sound
    assert not (root / "content/pictures/photo.png").exists()
    assert () == load_village(root=root)[0].problems


def test_the_second_run_changes_nothing(root):
    """Otherwise each proposal would hold pictures that nobody touched."""
    mend_all(root)
    before = files(root)

    assert [Right, Right] == [type(one) for one in mend_all(root)]
    assert before == files(root)


def test_looking_changes_nothing(root):
    """`--dry-run` is a promise."""
    before = files(root)
    images = hub(root)

    assert [Change, Right] == [type(images.look(source)) for source in images.sources]
    assert before == files(root)


def test_a_published_address_keeps_answering(root):
    """A letter that was sent shows the picture from there."""
    (root / "addresses.lock").write_text(LOCK, encoding="utf-8")
    (change, _) = mend_all(root)

    assert isinstance(change, Change)
    assert ("content/pictures/photo.png", ()) == (change.target, change.texts)
    assert () == load_village(root=root)[0].problems


def test_a_file_of_another_format_gets_its_name(tmp_path):
    """Telephones send JPEGs that are called HEIC."""
    write(tmp_path, {"content/p/a.HEIC": saved(scene()), "content/posts/a.md": text("![Un four](../p/a.HEIC)")})
    (change,) = mend_all(tmp_path)

    assert "content/p/a.jpg" == change.target
    assert b"![Un four](../p/a.jpg)" in (tmp_path / "content/posts/a.md").read_bytes()
    assert () == load_village(root=tmp_path)[0].problems


@pytest.mark.parametrize("name", ["photo.jpg", "photo.JPG", "Photo.jpg"])
def test_a_name_that_is_taken_gets_a_number(root, name):
    """The other photo of that name is another photo, also where disks ignore case."""
    (root / f"content/pictures/{name}").write_bytes(saved(scene(seed=7)))
    changes = [one for one in mend_all(root) if isinstance(one, Change)]

    assert ["content/pictures/photo-2.jpg"] == [one.target for one in changes]
    assert b"photo-2.jpg" in (root / "content/posts/a.md").read_bytes()
    assert () == load_village(root=root)[0].problems


def test_an_address_that_is_promised_to_another_is_not_taken(root):
    """A redirect or an older picture answers there."""
    (root / "addresses.lock").write_text(LOCK.replace("photo.png", "photo.jpg"), encoding="utf-8")

    assert ["content/pictures/photo-2.jpg"] == [one.target for one in mend_all(root) if isinstance(one, Change)]


@pytest.mark.parametrize("writes", range(4))
def test_killed_in_between_nothing_is_lost_and_the_next_run_goes_on(root, monkeypatch, writes):
    """Laptops are closed at any moment."""
    count = iter(range(10))
    real, real_unlink = writing.put, Path.unlink

    def put(*given):
        if next(count) == writes:
            raise KeyboardInterrupt
        real(*given)

    def unlink(self):
        if next(count) == writes:
            raise KeyboardInterrupt
        real_unlink(self)

    monkeypatch.setattr("handbill.authoring.images.put", put)
    with monkeypatch.context() as also:
        also.setattr(Path, "unlink", unlink)
        with pytest.raises(KeyboardInterrupt):
            mend_all(root)
    assert {"HB301", "HB306"}.isdisjoint(one.code for one in load_village(root=root)[0].problems)
    monkeypatch.setattr("handbill.authoring.images.put", real)
    mend_all(root)

    assert ["photo.jpg", "sound.jpg"] == sorted(file.name for file in (root / "content/pictures").iterdir())
    assert () == load_village(root=root)[0].problems


def test_a_reference_that_cannot_follow_keeps_the_picture_and_is_told(root):
    """A page with a broken picture would be worse than a heavy photo."""
    (root / "content/posts/c.md").write_text(text("![Un four](../pictures/photo%2Epng)"), encoding="utf-8")
    before = files(root)
    (failure, _) = mend_all(root)

    assert ("a reference in content/posts/c.md that cannot be changed by itself", "its path written plainly there: ../pictures/photo.png") == (failure.found, failure.wanted)
    assert before == files(root)


@pytest.mark.parametrize(("name", "raw", "found"), [
    ("a.heic", b"\0\0\0\x18ftypheic\0\0\0\0mif1heic", "a photo that browsers cannot show (HEIC)"),
    ("a.dng", b"II*\0raw", "a photo that browsers cannot show (RAW)"),
    ("a.svg", b"<svg/>", "an SVG drawing, which can carry programs"),
    ("a.png", b"version https://git-lfs.github.com/spec/v1\n", "a note of Git LFS in place of the picture"),
    ("a.png", b"words", "no picture that this program can open"),
    ("a.tif", b"II*\0words", "a TIFF picture whose pixels cannot be read"),
])  # fmt: skip
def test_what_cannot_be_mended_is_told_and_stays(tmp_path, name, raw, found):
    """The others are mended all the same."""
    write(tmp_path, {f"content/p/{name}": raw, "content/p/z.jpg": telling()})
    failure, change = mend_all(tmp_path)

    assert isinstance(failure, Failure)
    assert (found, True) == (failure.found, isinstance(change, Change))
    assert raw == (tmp_path / "content/p" / name).read_bytes()


def test_two_pictures_in_one_text_both_follow(tmp_path):
    """The second must not undo the first."""
    write(tmp_path, {"content/p/a.png": saved(scene()), "content/p/b.png": saved(scene(seed=2)), "content/posts/a.md": text("![Un](../p/a.png) ![Deux](../p/b.png)")})
    mend_all(tmp_path)

    assert b"![Un](../p/a.jpg) ![Deux](../p/b.jpg)" in (tmp_path / "content/posts/a.md").read_bytes()


def test_paths_narrow_what_is_mended(root):
    """An editor added one photo."""
    images = hub(root)

    assert ("content/pictures/sound.jpg",) == images.below([root / "content/pictures/sound.jpg"])
    assert images.sources == images.below([root / "content"]) == images.below([]) == images.below([root])
    assert () == images.below([root / "content/posts"])


@pytest.mark.parametrize("path", ["content/posts/a.md", "hub.toml"])
def test_a_path_that_is_no_picture_is_told(root, path):
    """“0 pictures mended” would be taken for success."""
    with pytest.raises(WrongUse, match="is no picture of the hub"):
        hub(root).below([root / path])


def test_the_village_and_this_hub_have_nothing_to_mend(tmp_path):
    """What we ask of others."""
    here = Path(__file__).parents[2]

    for folder in (village(tmp_path), here):
        images = hub(folder)
        assert [source for source in images.sources if images.look(source) != Right(source)] == []


def test_a_file_as_large_as_a_film_is_told(root, monkeypatch):
    """It was given the wrong ending."""
    monkeypatch.setattr("handbill.authoring.images.MOST_BYTES", 1000)

    assert "a photo, not a film" == hub(root).look("content/pictures/photo.png").wanted


def test_a_photo_is_read_back_as_a_picture(root):
    """The proof of the pudding."""
    from PIL import Image

    mend_all(root)
    with Image.open(io.BytesIO((root / "content/pictures/photo.jpg").read_bytes())) as picture:
        assert ("JPEG", (900, 700)) == (picture.format, picture.size)
