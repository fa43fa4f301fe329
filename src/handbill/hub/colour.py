"""How well one colour can be read on another."""

from __future__ import annotations

#: The contrast that text of any size needs.  Source: WCAG 2.2, success criterion 1.4.3.
READABLE = 4.5


def contrast(one: str, other: str) -> float:
    """Return the contrast ratio of two colours written ``#rrggbb``: from 1, the same, to 21, black on white.

    Source: WCAG 2.2, definition of contrast ratio.
    """
    lighter, darker = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


def _luminance(colour: str) -> float:
    """Return the relative luminance.  Source: WCAG 2.2, definition of relative luminance."""
    parts = [int(colour[place : place + 2], 16) / 255 for place in (1, 3, 5)]
    red, green, blue = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue
