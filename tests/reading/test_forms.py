"""A file is what its bytes say, whatever its name says."""

import pytest
from PIL import Image
from tests.photos import PILLOW, saved, scene

from handbill.reading.forms import FOREIGN, FORMATS, ending_of, form_of, is_picture


@pytest.mark.parametrize("ending", PILLOW)
def test_the_first_bytes_say_what_a_picture_is(ending):
    """A name is typed by a person, and persons hope."""
    assert FORMATS[ending] == form_of(saved(scene(), ending))


@pytest.mark.parametrize(("raw", "form"), [
    (b"\0\0\0\x18ftypheic\0\0\0\0mif1heic", "HEIC"), (b"\0\0\0\x18ftypmif1\0\0\0\0mif1avif", "AVIF"), (b"II*\0rest", "TIFF"), (b"MM\0*rest", "TIFF"),
    (b"BM\x10\0\0\0\0\0\0\0", "BMP"), (b"8BPS", "PSD"), (b"\xff\x0ax", "JPEG XL"), (b"<svg xmlns", "SVG"), (b"no picture", ""), (b"", ""),
    (b"RIFF\0\0\0\0WAVE", ""), (b"BMX, a text about bicycles", ""),
])  # fmt: skip
def test_what_browsers_cannot_show_has_a_name_too(raw, form):
    """“A file that nothing uses” tells nobody what to do with a photo."""
    assert form == form_of(raw)


@pytest.mark.parametrize(("source", "ending"), [("content/a.b/P.JPG", ".jpg"), ("content/a.b/photo", ""), ("a.jpeg", ".jpeg")])
def test_an_ending_is_that_of_the_file_and_not_of_its_folder(source, ending):
    """A folder may have a dot in its name."""
    assert ending == ending_of(source)


def test_pictures_of_every_sort_are_pictures():
    """What is not even taken for a picture gets no helpful message."""
    assert all(is_picture("content/x" + ending.upper()) for ending in (*FORMATS, *FOREIGN))
    assert not is_picture("content/x.md")
    assert not FORMATS.keys() & FOREIGN.keys()


def test_the_library_that_writes_pictures_knows_every_format():
    """What is published must be mendable."""
    known = {name.upper() for name in Image.registered_extensions().values()}

    assert {one.upper() for one in FORMATS.values()} <= known
