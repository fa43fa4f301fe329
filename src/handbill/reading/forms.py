"""What sort of picture a file is: by its name, by its first bytes, and whether a browser shows it."""

from __future__ import annotations

from handbill.reading.avif import HEIF_BRANDS, brands_of

#: The file endings that are pictures, with the format that the bytes must be; the first of a format is its own.
FORMATS = {".png": "PNG", ".jpg": "JPEG", ".jpeg": "JPEG", ".webp": "WebP", ".gif": "GIF", ".avif": "AVIF"}

#: Endings of pictures that come from phones, cameras and drawing programs, and that no page can show.
FOREIGN = {
    ".heic": "HEIC", ".heif": "HEIC", ".hif": "HEIC", ".tif": "TIFF", ".tiff": "TIFF", ".bmp": "BMP", ".dib": "BMP", ".psd": "PSD",
    ".dng": "RAW", ".cr2": "RAW", ".cr3": "RAW", ".nef": "RAW", ".arw": "RAW", ".raf": "RAW", ".orf": "RAW", ".rw2": "RAW", ".pef": "RAW",
    ".jxl": "JPEG XL", ".jp2": "JPEG 2000", ".jfif": "JPEG", ".jpe": "JPEG", ".apng": "PNG", ".svg": "SVG", ".svgz": "SVG",
}  # fmt: skip

_MAGIC = (
    (b"\xff\xd8\xff", "JPEG"), (b"\x89PNG\r\n\x1a\n", "PNG"), (b"GIF87a", "GIF"), (b"GIF89a", "GIF"), (b"<svg", "SVG"), (b"8BPS", "PSD"),
    (b"II*\0", "TIFF"), (b"MM\0*", "TIFF"), (b"\xff\x0a", "JPEG XL"), (b"\0\0\0\x0cJXL ", "JPEG XL"), (b"\0\0\0\x0cjP  ", "JPEG 2000"),
)  # fmt: skip


def ending_of(source: str) -> str:
    """Return the ending of a path in lower case, with its dot; "" without one."""
    name = source.rpartition("/")[2]
    return "." + name.rpartition(".")[2].lower() if "." in name else ""


def is_picture(source: str) -> bool:
    """Say whether a path is that of a picture, of one that no page can show too."""
    return ending_of(source) in FORMATS or ending_of(source) in FOREIGN


def form_of(raw: bytes) -> str:
    """Return what the first bytes say a file is: a format of :data:`FORMATS`, one of :data:`FOREIGN`, or ""."""
    for magic, form in _MAGIC:
        if raw.startswith(magic):
            return form
    if raw[:4] == b"RIFF" and raw[8:12] == b"WEBP":
        return "WebP"
    if raw[:2] == b"BM" and raw[6:10] == b"\0\0\0\0":
        return "BMP"
    brands = brands_of(raw)
    if brands & {b"avif", b"avis"}:
        return "AVIF"
    return "HEIC" if brands & HEIF_BRANDS else ""
