"""Pictures for tests: like photographs or drawings, silent or full of notes, sound or made to do harm."""

from __future__ import annotations

import io
import random
import struct
import zlib
from functools import cache

from PIL import Image, ImageDraw, ImageFilter

#: What XMP looks like when a telephone has written it.
XMP = (
    b'<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"><rdf:Description rdf:about=""'
    b' xmlns:exif="http://ns.adobe.com/exif/1.0/" xmlns:aux="http://ns.adobe.com/exif/1.0/aux/" exif:GPSLatitude="44,50.25N"'
    b' exif:GPSLongitude="0,34.5W" aux:SerialNumber="SN0042"/></rdf:RDF></x:xmpmeta>'
)

#: Pillow's name of each format, by ending.
PILLOW = {".jpg": "JPEG", ".png": "PNG", ".webp": "WEBP", ".gif": "GIF", ".avif": "AVIF"}


def scene(size: tuple[int, int] = (320, 240), seed: int = 1) -> Image.Image:
    """Return a picture with the grain, edges and soft light of a photograph."""
    return _scene(size, seed).copy()


@cache
def _scene(size: tuple[int, int], seed: int) -> Image.Image:
    width, height = size
    chance = random.Random(seed)
    coarse = Image.frombytes("RGB", (12, 9), bytes(chance.randrange(256) for _ in range(12 * 9 * 3)))
    light = coarse.resize(size, Image.Resampling.BICUBIC)
    pen = ImageDraw.Draw(light)
    for _ in range(25):
        x, y, r = chance.randrange(width), chance.randrange(height), chance.randrange(4, max(5, width // 8))
        pen.ellipse((x - r, y - r, x + r, y + r), fill=tuple(chance.randrange(256) for _ in range(3)))
    grain = Image.frombytes("L", size, chance.randbytes(width * height)).filter(ImageFilter.GaussianBlur(0.6))
    return Image.blend(light, Image.merge("RGB", (grain, grain, grain)), 0.06)


def drawing(size: tuple[int, int] = (320, 240)) -> Image.Image:
    """Return flat colours with hard edges, as a drawing or a page on a screen has them."""
    picture = Image.new("RGB", size, "#f4efe6")
    pen = ImageDraw.Draw(picture)
    for n in range(0, size[0], 24):
        pen.line((n, 0, size[0] - n, size[1]), fill="#b5451f", width=2)
        pen.rectangle((n, n // 2, n + 12, n // 2 + 8), fill="#1f3a5f")
    return picture


def saved(picture: Image.Image, ending: str = ".jpg", **more: object) -> bytes:
    """Return the bytes of a picture in the format of that ending."""
    buffer = io.BytesIO()
    picture.save(buffer, PILLOW[ending], **more)
    return buffer.getvalue()


def notes(turn: int = 1, **but: bool) -> bytes:
    """Return an EXIF block with all that a telephone notes: where, which camera, whose, and who took it."""
    exif = Image.Exif()
    exif[0x010F], exif[0x0110], exif[0x013B], exif[0x8298] = "Maison", "Modèle 3", "Marie Dupont", "© Marie Dupont"
    exif[0x0112] = turn
    if but.get("place", True):
        exif.get_ifd(0x8825).update({1: "N", 2: (44.0, 50.0, 15.0), 3: "W", 4: (0.0, 34.0, 30.0), 6: 12.0})
    if but.get("camera", True):
        exif.get_ifd(0x8769).update({0xA430: "Marie", 0xA431: "SN0042", 0xA435: "LENS7", 0x927C: b"MAKER\0" + b"m" * 40, 0x9286: b"ASCII\0\0\0hm"})
    return exif.tobytes()


def telling(ending: str = ".jpg", size: tuple[int, int] = (320, 240), turn: int = 1) -> bytes:
    """Return a picture whose file tells everything that one of that format can tell."""
    picture = scene(size)
    if ending == ".gif":
        return saved(picture, ending, comment=b"by Marie")[:-1] + b"!\xff\x0bXMP DataXMP" + XMP + bytes([1]) + bytes(range(255, -1, -1)) + b"\0;"
    if ending == ".png":
        raw = saved(picture, ending, exif=notes(turn))
        return raw[:33] + chunk(b"iTXt", b"XML:com.adobe.xmp\0\0\0\0\0" + XMP) + raw[33:] + b"what was cut off"
    raw = saved(picture, ending, exif=notes(turn), xmp=XMP, quality=90)
    if ending == ".jpg":
        return with_copy(raw) + b"\0\0\0\x18ftypmp42 a film of two seconds"
    return raw


def with_copy(raw: bytes) -> bytes:
    """Return a JPEG with a small copy of another picture in its EXIF and one in Photoshop's block."""
    small = saved(drawing((32, 24)))
    place = raw.index(b"Exif\0\0") - 4
    length = int.from_bytes(raw[place + 2 : place + 4], "big")
    block = raw[place + 10 : place + 2 + length]
    order = ">" if block[:2] == b"MM" else "<"
    many = struct.unpack_from(order + "H", block, 8)[0]
    after = 10 + 12 * many
    start = len(block) + 2 + 24 + 4
    table = struct.pack(order + "HHHIIHHIII", 2, 0x0201, 4, 1, start, 0x0202, 4, 1, len(small), 0)
    block = block[:after] + struct.pack(order + "I", len(block)) + block[after + 4 :] + table + small
    resource = b"Photoshop 3.0\x008BIM" + struct.pack(">HHI", 0x040C, 0, len(small) + 28) + b"\0" * 28 + small + b"\0" * (len(small) % 2)
    segments = segment(0xE1, b"Exif\0\0" + block) + segment(0xED, resource)
    return raw[:place] + segments + raw[place + 2 + length :]


def segment(marker: int, content: bytes) -> bytes:
    """Return a segment of a JPEG."""
    return bytes([0xFF, marker]) + struct.pack(">H", len(content) + 2) + content


def chunk(name: bytes, content: bytes) -> bytes:
    """Return a chunk of a PNG with its checksum."""
    return struct.pack(">I", len(content)) + name + content + struct.pack(">I", zlib.crc32(name + content))


def png(*chunks: bytes, width: int = 30, height: int = 20) -> bytes:
    """Return a PNG of that size in its header, with those chunks before its pixels."""
    head = chunk(b"IHDR", struct.pack(">IIBBBBB", width, height, 8, 0, 0, 0, 0))
    return b"\x89PNG\r\n\x1a\n" + head + b"".join(chunks) + chunk(b"IDAT", zlib.compress(b"\0" * 64)) + chunk(b"IEND", b"")


def wide_profile():
    """Return a colour profile whose red is redder than the web's, as telephones and cameras use."""

    def fixed(*values):
        return b"".join(struct.pack(">i", round(value * 65536)) for value in values)

    curve = b"curv\0\0\0\0" + struct.pack(">IH", 1, round(2.2 * 256)) + b"\0\0"
    tags = {
        b"desc": b"desc\0\0\0\0\0\0\0\5Wide\0" + b"\0" * 79,
        b"cprt": b"text\0\0\0\0none\0\0\0\0",
        b"wtpt": b"XYZ \0\0\0\0" + fixed(0.9642, 1.0, 0.8249),
        b"rXYZ": b"XYZ \0\0\0\0" + fixed(0.6097, 0.3111, 0.0195),
        b"gXYZ": b"XYZ \0\0\0\0" + fixed(0.2053, 0.6257, 0.0609),
        b"bXYZ": b"XYZ \0\0\0\0" + fixed(0.1492, 0.0632, 0.7446),
        b"rTRC": curve, b"gTRC": curve, b"bTRC": curve,
    }  # fmt: skip
    place, table, content = 128 + 4 + 12 * len(tags), b"", b""
    for name, value in tags.items():
        value = value.ljust(-(-len(value) // 4) * 4, b"\0")
        table += name + struct.pack(">II", place + len(content), len(value))
        content += value
    head = struct.pack(">I", place + len(content)) + b"\0\0\0\0\x02\x10\0\0mntrRGB XYZ " + b"\0" * 12 + b"acsp" + b"\0" * 28 + fixed(0.9642, 1.0, 0.8249)
    return head.ljust(128, b"\0") + struct.pack(">I", len(tags)) + table + content
