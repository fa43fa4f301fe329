"""An address → the squares of its QR code, as the path of a drawing.  Knows segno."""

from __future__ import annotations

from functools import lru_cache
from itertools import groupby

import segno


# Both languages of a poster, and each build under `serve`, ask for the same few again.
@lru_cache(maxsize=256)
def squares(address: str) -> tuple[int, str]:
    """Return how many squares the code is wide, and the SVG path that draws the dark ones with a line one square thick.

    A poster is rained on, so the code can be read with some of it gone (level
    M); the quiet border around it is left to the page (ISO/IEC 18004, 6.3.8).
    """
    rows = segno.make_qr(address, error="m", boost_error=False).matrix
    return len(rows), "".join(f"M0 {y}.5{_line(row)}" for y, row in enumerate(rows))


def _line(row: bytearray) -> str:
    """Return a row as strokes and leaps; the border of a code is dark, so a row begins with either."""
    return "".join(f"h{width}" if is_dark else f"m{width} 0" for is_dark, width in ((dark, len(list(run))) for dark, run in groupby(row)))
