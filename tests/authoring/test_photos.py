"""Pictures come out upright, no longer than wanted, in the colours of the web, light, and the same each time."""

import io

import pytest
from PIL import Image, ImageChops, ImageStat
from tests.photos import PILLOW, drawing, notes, saved, scene, wide_profile

from handbill.authoring.photos import MOST_PIXELS, Photo
from handbill.pixels import Unreadable
from handbill.reading.containers import read_container
from handbill.reading.forms import FORMATS


def shown(raw):
    return Image.open(io.BytesIO(raw))


def difference(one, other):
    """Return how much two pictures differ on the average, of 255."""
    return sum(ImageStat.Stat(ImageChops.difference(one.convert("RGB"), other.convert("RGB"))).mean) / 3


@pytest.mark.parametrize("turn", range(1, 9))
def test_a_photo_comes_out_upright_however_it_was_held(turn):
    """Mail programs show it as it lies in the file."""
    upright = scene((240, 160))
    undo = {2: 0, 3: 3, 4: 1, 5: 5, 6: 2, 7: 6, 8: 4}
    lying = upright.transpose(Image.Transpose(undo[turn])) if turn in undo else upright
    photo = Photo(saved(lying, quality=95, exif=notes(turn)), "JPEG", 1000)

    assert ((240, 160), turn != 1) == (photo.size, photo.must_change)
    assert difference(upright, shown(photo.written("JPEG"))) < 8


@pytest.mark.parametrize(("size", "longest", "new"), [((320, 240), 100, (100, 75)), ((240, 320), 100, (75, 100)), ((320, 240), 320, (320, 240)), ((320, 3), 32, (32, 1))])
def test_the_longer_side_is_made_no_longer_than_wanted(size, longest, new):
    """Four thousand pixels are carried to a screen of four hundred."""
    photo = Photo(saved(scene(size)), "JPEG", longest)

    assert (new, new != size, size) == (photo.size, photo.is_shortened, photo.former_size)


@pytest.mark.parametrize("ending", PILLOW)
def test_what_is_written_has_no_note_but_the_credit(ending):
    """Pillow writes back what it read."""
    from handbill.reading.metadata import Credit, exif_of

    form = FORMATS[ending]
    photo = Photo(saved(scene(), ".jpg", exif=notes(), comment=b"by me"), "JPEG", 1000)
    silent, credited = (read_container(photo.written(form, exif), form) for exif in (b"", exif_of(Credit(b"Zoe"))))

    assert (False, False) == (silent.has_notes, credited.has_notes)
    assert (b"", b"" if form == "GIF" else b"Zoe") == (silent.credit.artist, credited.credit.artist)


@pytest.mark.parametrize("ending", PILLOW)
def test_the_same_picture_gives_the_same_bytes(ending):
    """A run that changes nothing must not make a commit."""
    raw = saved(scene(), ending)

    assert Photo(raw, FORMATS[ending], 100).written(FORMATS[ending]) == Photo(raw, FORMATS[ending], 100).written(FORMATS[ending])


@pytest.mark.parametrize("form", ["JPEG", "WebP", "AVIF"])
def test_a_photograph_stays_a_good_one(form):
    """Lighter is no use if it shows."""
    picture = scene((800, 600))
    new = Photo(saved(picture, quality=100, subsampling=0), "JPEG", 1000).written(form)

    assert difference(picture, shown(new)) < 4


def test_a_photograph_is_told_from_a_drawing():
    """The one becomes a JPEG, the other would get dirty edges."""
    assert Photo(saved(scene((400, 300)), ".png"), "PNG", 1000).is_photograph
    assert not Photo(saved(drawing((400, 300)), ".png"), "PNG", 1000).is_photograph


def test_a_drawing_stays_exact():
    """Each pixel was put there on purpose."""
    raw = saved(drawing(), ".png")
    new = Photo(raw, "PNG", 1000).written("PNG")

    assert shown(raw).convert("RGB").tobytes() == shown(new).convert("RGB").tobytes()
    assert len(new) <= len(raw)
    assert shown(new).mode == "P"


def test_a_drawing_of_few_colours_keeps_to_few_when_it_is_made_smaller():
    """Its edges alone would have thousands, and double its weight."""
    photo = Photo(saved(drawing((1600, 1200)).quantize(8), ".png"), "PNG", 800)

    assert len(photo.written("PNG")) < 0.7 * len(Photo(saved(drawing((1600, 1200)), ".png"), "PNG", 800).written("PNG"))
    assert difference(drawing((1600, 1200)).resize((800, 600), Image.Resampling.LANCZOS), shown(photo.written("PNG"))) < 3


def test_what_is_seen_through_stays_so_and_becomes_paper_in_a_jpeg():
    """A logo on black would be unreadable."""
    hole = drawing().convert("RGBA")
    hole.putpixel((0, 0), (0, 0, 0, 0))
    photo = Photo(saved(hole, ".png"), "PNG", 1000)

    assert photo.is_seen_through
    assert (0, 0, 0, 0) == shown(photo.written("PNG")).convert("RGBA").getpixel((0, 0))
    assert min(shown(photo.written("JPEG")).getpixel((0, 0))) > 200


def test_an_empty_layer_is_taken_off():
    """Screens save one with every picture; it costs a quarter of the weight."""
    assert not Photo(saved(drawing().convert("RGBA"), ".png"), "PNG", 1000).is_seen_through


def test_a_photo_that_came_coarse_is_not_written_finer():
    """It would weigh more and show no more."""
    raw = saved(scene((600, 400)), quality=50, exif=notes(6))
    photo = Photo(raw, "JPEG", 1000)

    assert not photo.is_too_fine
    assert len(photo.written("JPEG")) < 1.1 * len(raw)


def test_a_photo_that_came_too_fine_is_known():
    """Cameras write at 95 and more."""
    assert Photo(saved(scene(), quality=95), "JPEG", 1000).is_too_fine
    assert not Photo(Photo(saved(scene(), quality=95), "JPEG", 1000).written("JPEG"), "JPEG", 1000).is_too_fine


@pytest.mark.parametrize("ending", [".jpg", ".png", ".webp"])
def test_colours_of_a_good_camera_become_those_of_the_web(ending):
    """Without the profile a member's red coat is brown; with it, mail programs show it brown."""
    raw = saved(Image.new("RGB", (64, 64), (200, 60, 60)), ending, icc_profile=wide_profile())
    photo = Photo(raw, FORMATS[ending], 1000)
    red, green, _ = shown(photo.written("PNG")).convert("RGB").getpixel((9, 9))

    assert photo.must_change
    assert red > 225
    assert green <= 60
    assert b"" == read_container(photo.written("JPEG"), "JPEG").icc


def test_colours_keep_their_glass_when_they_are_translated():
    """A logo with a hole stays one with a hole."""
    raw = saved(Image.new("RGBA", (8, 8), (200, 60, 60, 100)), ".png", icc_profile=wide_profile())

    assert 100 == shown(Photo(raw, "PNG", 100).written("PNG")).convert("RGBA").getpixel((1, 1))[3]


def test_a_profile_that_is_none_is_passed_over():
    """Browsers do so too."""
    raw = saved(Image.new("RGB", (8, 8), (200, 60, 60)), ".png", icc_profile=b"no profile at all")

    assert (200, 60, 60) == shown(Photo(raw, "PNG", 100).written("PNG")).convert("RGB").getpixel((1, 1))


def test_inks_become_light():
    """A poster made for printing shows in no mail program."""
    photo = Photo(saved(Image.new("CMYK", (8, 8), (0, 255, 255, 0))), "JPEG", 100)

    assert photo.must_change
    assert "RGB" == shown(photo.written("JPEG")).mode
    assert shown(photo.written("PNG")).convert("RGB").getpixel((2, 2))[0] > 200


def test_sixteen_bits_of_grey_become_eight():
    """A plain conversion would make a scan white."""
    grey = Image.new("I;16", (8, 8), 32768)

    assert 126 <= shown(Photo(saved(grey, ".png"), "PNG", 100).written("PNG")).convert("L").getpixel((1, 1)) <= 129


@pytest.mark.parametrize("mode", ["1", "L", "LA", "P", "RGB", "RGBA"])
def test_every_sort_of_pixels_is_taken(mode):
    """Programs write what they like."""
    raw = saved(drawing((60, 40)).convert(mode), ".png")

    assert [(30, 20)] * 4 == [shown(Photo(raw, "PNG", 30).written(form)).size for form in ("JPEG", "PNG", "WebP", "AVIF")]


@pytest.mark.parametrize("ending", PILLOW)
@pytest.mark.parametrize("share", [0.2, 0.7])
def test_a_damaged_picture_is_refused(ending, share):
    """Half of it would be grey."""
    raw = saved(scene(), ending)

    with pytest.raises(Unreadable):
        Photo(raw[: int(len(raw) * share)], FORMATS[ending], 1000)


def test_a_picture_beyond_all_measure_is_not_opened():
    """It would take the memory of the machine."""
    size = (MOST_PIXELS // 5000 + 1, 5000)
    raw = saved(Image.new("1", size), ".png")

    with pytest.raises(Unreadable):
        Photo(raw, "PNG", 1000)


def test_a_telephone_of_a_hundred_million_pixels_is_opened_at_a_part():
    """Such telephones are sold; the photo is made smaller while it is read."""
    raw = saved(Image.new("RGB", (12_000, 9000), "#b5451f"), quality=30)

    assert (1000, 750) == Photo(raw, "JPEG", 1000).size
