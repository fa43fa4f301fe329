"""One picture → the same picture in smaller sizes, in WebP.  Knows Pillow; does not know the hub (decision 0020)."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import cast

from PIL import Image

from handbill.pixels import as_seen, is_photograph, opened, saved

#: Looked at on a good screen, a photograph shows no difference from here on; slower methods save 3 % in half as much time again.
QUALITY, METHOD = 76, 2

#: Lines along hard edges, such as lettering, need finer colours.
DRAWN_QUALITY = 88

#: A drawing has no more colours than this; made smaller, as many shades as these show the same.
FEW, SHADES = 256, 48

#: How hard the exact way is tried; from here on it takes ten times as long for a hundredth.
EFFORT, EXACT_METHOD = 50, 4


def twins_of(raw: bytes, form: str, widths: Sequence[int]) -> Iterator[tuple[int, bytes]]:
    """Yield each of the *widths* with the bytes of the picture in that width, the widest first.

    A photograph loses what nobody sees.  A drawing of few colours keeps them:
    its grounds are the very colours of the file.

    Raises:
        Unreadable: the bytes are damaged.
    """
    wanted = sorted(widths, reverse=True)
    with opened(raw, form) as source:
        # A large JPEG is read at a half, a quarter or an eighth of its size, and in as little of the time.
        source.draft(None, (wanted[0], wanted[0]))
        picture = as_seen(source)
    is_exact = form == "PNG" or b"VP8L" in raw[:64]
    is_drawing = is_exact and picture.getcolors(FEW) is not None
    if picture.mode in ("LA", "RGBA") and picture.getchannel("A").getextrema()[0] == 255:
        picture = picture.convert(picture.mode[:-1])
    current = picture
    for width in wanted:
        size = (width, height_of(width, picture.size))
        if is_drawing:
            yield width, _drawn(_resized(picture, size), is_smaller=size != picture.size)
            continue
        # Each is made of the one before: the eye sees no difference, and it takes half the time.
        current = _resized(current, size)
        yield width, _lossy(current, DRAWN_QUALITY if is_exact and not is_photograph(current) else QUALITY)


def height_of(width: int, size: tuple[int, int]) -> int:
    """Return how high a picture of that *size* is in another width."""
    return max(1, round(size[1] * width / size[0]))


def _resized(picture: Image.Image, size: tuple[int, int]) -> Image.Image:
    return picture if size == picture.size else picture.resize(size, Image.Resampling.LANCZOS)


def _lossy(picture: Image.Image, quality: int) -> bytes:
    return saved(picture.convert("RGBA" if picture.mode == "LA" else picture.mode), "WEBP", quality=quality, method=METHOD)


def _drawn(picture: Image.Image, *, is_smaller: bool) -> bytes:
    if is_smaller and picture.mode in ("L", "RGB"):
        picture = _in_few_shades(picture.convert("RGB"))
    return saved(picture, "WEBP", lossless=True, quality=EFFORT, method=EXACT_METHOD)


def _in_few_shades(picture: Image.Image) -> Image.Image:
    """Return a drawing that was made smaller without the thousands of shades along its edges, which weigh most."""
    table = picture.quantize(SHADES, Image.Quantize.MEDIANCUT, dither=Image.Dither.NONE)
    numbers = Image.frombytes("L", table.size, table.tobytes())
    # The shades of the table are averages.  The commonest colour behind each is the one that was
    # drawn, so a ground stays the very colour of the page that it lies on.
    counted = Image.merge("RGBA", (numbers, *picture.split())).getcolors(picture.width * picture.height)
    pairs = sorted(cast("list[tuple[int, tuple[int, int, int, int]]]", counted))
    commonest = {number: colour for _, (number, *colour) in pairs}
    table.putpalette([part for number in range(max(commonest) + 1) for part in commonest.get(number, (0, 0, 0))])
    return table.convert("RGB")
