"""A picture's size and what it tells are read from its headers, and what would harm a reader is refused from there."""

import struct
import sys
import time
import tracemalloc
import zlib

import pytest
from tests.photos import PILLOW, chunk, notes, png, saved, scene, segment, telling

from handbill.reading.metadata import Tells
from handbill.reading.pictures import MOST_EDGE, MOST_FRAMES, MOST_PIXELS, Refused, Seen, read_picture


@pytest.mark.parametrize("ending", PILLOW)
def test_width_and_height_are_known_before_the_page_loads(ending):
    """A page that knows them does not jump."""
    assert Seen(300, 200) == read_picture(saved(scene((300, 200)), ending), ending)


@pytest.mark.parametrize("ending", [".jpg", ".png", ".webp", ".avif"])
def test_a_turned_phone_photo_has_the_size_that_it_is_shown_at(ending):
    """Phones save portraits lying down and say so in the metadata."""
    seen = read_picture(saved(scene((300, 200)), ending, exif=notes(6)), ending)

    assert (200, 300) == (seen.width, seen.height)


def test_what_a_photo_tells_comes_in_a_fixed_order():
    """The same photo gets the same message on every machine."""
    assert (Tells.PLACE, Tells.SERIAL, Tells.OWNER, Tells.MAKER, Tells.COPY, Tells.BEHIND) == read_picture(telling(), ".jpg").tells


@pytest.mark.parametrize("raw", [b"", b"no picture", b"\x89PN", saved(scene())])
def test_what_is_no_picture_of_that_format_is_refused(raw):
    """A text renamed to .png would be a broken picture on every page."""
    with pytest.raises(Refused, match="no readable PNG picture"):
        read_picture(raw, ".png")


def vp8x(width, height):
    return b"VP8X" + struct.pack("<I", 10) + b"\2\0\0\0" + (width - 1).to_bytes(3, "little") + (height - 1).to_bytes(3, "little")


def webp(*chunks):
    content = b"WEBP" + b"".join(chunks)
    return b"RIFF" + struct.pack("<I", len(content)) + content


def vp8l(width, height):
    return b"VP8L" + struct.pack("<I", 6) + b"\x2f" + (width - 1 | height - 1 << 14).to_bytes(4, "little") + b"\0"


def gif(frame, many=1, canvas=(8, 8)):
    return b"GIF89a" + struct.pack("<HH", *canvas) + b"\0\0\0" + (b"," + struct.pack("<HHHH", 0, 0, *frame) + b"\0\2\1\0\0") * many + b";"


def jpeg_head(width, height):
    return saved(scene((8, 8))).replace(struct.pack(">HH", 8, 8), struct.pack(">HH", height, width), 1)


def avif_of(width, height):
    return saved(scene((64, 48)), ".avif").replace(struct.pack(">II", 64, 48), struct.pack(">II", width, height))


FRAMES = chunk(b"fcTL", b"\0" * 4 + struct.pack(">II", 30, 20) + b"\0" * 14)
BOMBS = {
    "13 000² PNG of 20 KB": (".png", png(chunk(b"IDAT", zlib.compress(b"\0" * 13_000_000, 9)), width=13_000, height=13_000)),
    "PNG of the largest size that can be written": (".png", png(width=2**31 - 1, height=2**31 - 1)),
    "PNG of one line": (".png", png(width=39_000_000, height=1)),
    "packed text": (".png", png(chunk(b"zTXt", b"Comment\0\0" + zlib.compress(b"\0" * 50_000_000, 9)))),
    "packed XMP": (".png", png(chunk(b"iTXt", b"XML:com.adobe.xmp\0\1\0\0\0" + zlib.compress(b"<" * 50_000_000, 9)))),
    "packed colour profile": (".png", png(chunk(b"iCCP", b"p\0\0" + zlib.compress(b"\0" * 50_000_000, 9)))),
    "a hundred thousand texts": (".png", png(chunk(b"tEXt", b"a\0b") * 100_000)),
    "moving PNG of a million frames": (".png", png(chunk(b"acTL", struct.pack(">II", 1_000_000, 0)), FRAMES)),
    "moving PNG with a large frame": (".png", png(chunk(b"acTL", struct.pack(">II", 2, 0)), chunk(b"fcTL", b"\0" * 4 + struct.pack(">II", 60_000, 60_000) + b"\0" * 14))),
    "JPEG of 65 535²": (".jpg", jpeg_head(65_535, 65_535)),
    "JPEG of a thousand passes": (".jpg", saved(scene((8, 8)))[:-2] + b"\xff\xda\0\x08\1\1\0\0\x3f\0" * 1000 + b"\xff\xd9"),
    "JPEG of a million segments": (".jpg", b"\xff\xd8" + segment(0xFE, b"") * 1_000_000 + b"\xff\xd9"),
    "JPEG that never ends": (".jpg", saved(scene())[:-2] + b"\0" * 4_000_000),
    "WebP canvas of 16 million²": (".webp", webp(vp8x(2**24, 2**24), vp8l(8, 8))),
    "WebP with a large picture on a small canvas": (".webp", webp(vp8x(8, 8), vp8l(16_384, 16_384))),
    "WebP of a hundred thousand frames": (".webp", webp(vp8x(8, 8), *([b"ANMF" + struct.pack("<I", 16) + b"\0" * 16] * 100_000))),
    "GIF with a large picture on a small canvas": (".gif", gif((65_535, 65_535))),
    "GIF of ten thousand frames": (".gif", gif((8, 8), 10_000)),
    "GIF of large frames": (".gif", gif((5000, 5000), 200)),
    "GIF of a million blocks": (".gif", b"GIF89a\x08\0\x08\0\0\0\0!\xfe" + b"\1x" * 1_000_000 + b"\0;"),
    "AVIF of 100 000²": (".avif", avif_of(100_000, 100_000)),
    "zip file called a picture": (".png", b"PK\3\4" + b"\0" * 4_000_000),
}  # fmt: skip


@pytest.mark.parametrize("bomb", BOMBS)
def test_a_picture_bomb_is_refused_from_its_header(bomb):
    """Twenty kilobytes can unfold to a gigabyte on the build machine and on every telephone; not a pixel is touched."""
    ending, raw = BOMBS[bomb]
    tracemalloc.start()
    try:
        with pytest.raises(Refused):
            read_picture(raw, ending)
        _, most = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()

    assert most < 64 * 1024**2


@pytest.mark.skipif(sys.gettrace() is not None, reason="a watched program is slower")
@pytest.mark.parametrize("bomb", BOMBS)
def test_a_picture_bomb_costs_no_time(bomb):
    """A proposal from a stranger must not hold up the others."""
    ending, raw = BOMBS[bomb]
    spent = []
    for _ in range(3):
        start = time.process_time()
        with pytest.raises(Refused):
            read_picture(raw, ending)
        spent.append(time.process_time() - start)

    assert min(spent) < 0.1


@pytest.mark.parametrize(("raw", "is_mendable"), [(jpeg_head(9000, 6000), True), (png(chunk(b"acTL", struct.pack(">II", 2, 0)), width=9000, height=6000), False)])
def test_a_large_photo_can_be_mended_and_a_large_animation_cannot(raw, is_mendable):
    """An editor is sent to the command only where it helps."""
    with pytest.raises(Refused, match="9000 × 6000 pixels") as refusal:
        read_picture(raw, ".jpg" if is_mendable else ".png")
    assert is_mendable == refusal.value.is_mendable


@pytest.mark.parametrize("size", [(8000, 5000), (MOST_EDGE, 1333)])
def test_what_is_just_within_the_limits_is_taken(size):
    """A good camera makes forty million pixels."""
    assert size[0] * size[1] <= MOST_PIXELS
    assert size == (read_picture(png(width=size[0], height=size[1]), ".png").width, read_picture(png(width=size[0], height=size[1]), ".png").height)


def test_an_honest_animation_is_taken():
    """A screen recording of a minute is no bomb."""
    assert Seen(600, 400, is_moving=True) == read_picture(gif((600, 400), MOST_FRAMES, (600, 400)), ".gif")


@pytest.mark.parametrize("ending", [".gif", ".png", ".webp"])
def test_a_picture_that_moves_is_known_from_its_headers(ending):
    """Made smaller it would stand still, and that is only known to whoever asked for it to move."""
    still, other = scene((40, 30)), scene((40, 30), seed=2)

    assert read_picture(saved(still, ending, save_all=True, append_images=[other], duration=100), ending).is_moving
    assert not read_picture(saved(still, ending), ending).is_moving
