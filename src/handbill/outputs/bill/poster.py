"""A bill → where everything on its card stands: a sheet pinned on the board, with leaf, title, when and where."""

from __future__ import annotations

from collections.abc import Mapping

from handbill.outputs.bill.bill import HEIGHT, WIDTH, Bill, Leaf
from handbill.outputs.bill.letters import letters
from handbill.outputs.bill.lines import WIDE_LEADING, Block, block, one_line
from handbill.outputs.bill.press import Canvas, Press

#: The sheet, and the part of it that is for the item: left, top, right, bottom.
_SHEET = (40, 46, 1160, 578)
_INSIDE = (100, 98, 1100, 456)
_LEAF, _AFTER_LEAF = (250, 292), 54

#: Sizes of titles, in pixels.  A chat shows a card 300 pixels wide, where the smallest is as large as its own text.
_TITLES = (116, 108, 100, 92, 85, 78, 72, 66, 61, 56, 52, 48, 44)
_BESIDE_LEAF = _TITLES[3:]
_NAMES = (160, 148, 136, 126, 116, 108, 100, 92)
_LINES, _LABEL, _NAME, _HOST = (38, 36, 34), 38, 38, 32

#: The label and the space after it, and its own foot; the space before what stands under the title.
_OVER, _LABEL_FOOT, _GAP = 68, 26, 50


class Posters:
    """Draws the cards of one hub, in its colours by their names."""

    def __init__(self, colours: Mapping[str, str]) -> None:
        self._press = Press(colours)
        self._boards: dict[tuple[str, str], Canvas] = {}

    def drawn(self, bill: Bill) -> bytes:
        """Return the card as a PNG."""
        canvas = self._board("" if bill.is_front else bill.name, bill.host).copy()
        (_front if bill.is_front else _item)(canvas, bill)
        return canvas.png()

    def _board(self, name: str, host: str) -> Canvas:
        """Return the sheet on the board, with whose it is: the same for all cards of a language."""
        if (name, host) not in self._boards:
            canvas = self._press.canvas(WIDTH, HEIGHT)
            left, top, right, bottom = _SHEET
            canvas.box((left + 5, bottom, right - 5, bottom + 9), "ink")
            canvas.box((left + 8, bottom, right - 8, bottom + 6), "sheet")
            canvas.box(_SHEET, "sheet", "ink", 3)
            canvas.pin((left + right) // 2, top + 1, 20)
            _foot(canvas, name, host)
            self._boards[name, host] = canvas
        return self._boards[name, host]


def _foot(canvas: Canvas, name: str, host: str) -> None:
    left, _, right, bottom = _INSIDE
    canvas.box((left, bottom + 32, right, bottom + 36), "ink")
    canvas.box((left, bottom + 40, right, bottom + 41), "ink")
    where = _on_a_line(host, "Regular", (right - left) // 2, _HOST)
    if not name:
        canvas.text(where, "Regular", (left + right) // 2, bottom + 91, "soft", align=0.5)
        return
    canvas.text(where, "Regular", right, bottom + 91, "soft", align=1)
    who = _on_a_line(name, "Bold", right - left - _wide(where, "Regular") - _GAP, _NAME)
    canvas.text(who, "Bold", left, bottom + 91, "ink")


def _item(canvas: Canvas, bill: Bill) -> None:
    left, top, right, bottom = _INSIDE
    if bill.leaf:
        _leaf(canvas, bill.leaf, left, (top + bottom - _LEAF[1]) // 2)
        left += _LEAF[0] + _AFTER_LEAF
    width = right - left
    bold = letters("Bold")
    word = _on_a_line(bill.mark.text, "Semibold", width // 2, _LABEL) if bill.mark else Block((), _LABEL)
    label = _on_a_line(bill.label, "Semibold", width - (_wide(word, "Semibold") + 62 if word.lines else 0), _LABEL)
    over = _OVER if label.lines or word.lines else 0
    # Without its title, a card says at least whose it is.
    shown = bold.drawable(bill.title) or bold.drawable(bill.name)
    sizes = _BESIDE_LEAF if bill.leaf else _TITLES
    below = _below(bill.lines, width)
    under = below.height(letters("Regular")) + _GAP if below.lines else 0
    title = block(shown, bold, width, bottom - top - over - under, sizes)
    if not title.is_whole:
        below, under = Block((), _LINES[0]), 0
        title = block(shown, bold, width, bottom - top - over, sizes)
    y = (top + bottom - over - title.height(bold) - under) // 2
    if over:
        canvas.text(label, "Semibold", left, y + _LABEL_FOOT, "accent")
        if bill.mark and word.lines:
            _mark(canvas, word, bill.mark.tone, left + (_wide(label, "Semibold") + 26 if label.lines else 0), y + _LABEL_FOOT)
    y += over + Block(("",), title.size).height(bold)
    canvas.text(title, "Bold", left, y, "ink")
    if bill.is_off:
        canvas.strike(title, "Bold", left, y, "stop")
    y += title.step * (len(title.lines) - 1) + _GAP + Block(("",), below.size).height(letters("Regular"))
    canvas.text(below, "Regular", left, y, "soft")


def _below(texts: tuple[str, ...], width: int) -> Block:
    """Return when and where, on a line each if they fit, and three lines at most."""
    plain = letters("Regular")
    shown = [one for one in map(plain.drawable, texts) if one]
    for size in _LINES:
        if all(one_line(one, plain, width, (size,)) for one in shown):
            return Block(tuple(shown[:3]), size, WIDE_LEADING)
    lines = [line for one in shown for line in block(one, plain, width, 2 * _LINES[0], _LINES[:1]).lines]
    return Block(tuple(lines[:3]), _LINES[0], WIDE_LEADING)


def _front(canvas: Canvas, bill: Bill) -> None:
    left, top, right, bottom = _INSIDE
    bold, tagline = letters("Bold"), bill.lines[0] if bill.lines else ""
    style = "It" if letters("It").drawable(tagline) else "Regular"
    below = block(letters(style).drawable(tagline), letters(style), right - left - 60, 100, (46, 42, 38))
    under = below.height(letters(style)) + 66 if below.lines else 0
    name = bold.drawable(bill.title)
    title = one_line(name, bold, right - left, _NAMES) or block(name, bold, right - left, bottom - top - under, _TITLES)
    y = (top + bottom - title.height(bold) - under) // 2 + Block(("",), title.size).height(bold)
    canvas.text(title, "Bold", (left + right) // 2, y, "ink", align=0.5)
    y += title.step * (len(title.lines) - 1) + 66 + Block(("",), below.size).height(letters(style))
    canvas.text(below, style, (left + right) // 2, y, "soft", align=0.5)


def _leaf(canvas: Canvas, leaf: Leaf, left: int, top: int) -> None:
    wide, high = _LEAF
    right, bottom, middle = left + wide - 1, top + high - 1, left + wide // 2
    edge = {"off": "soft", "number": "soft"}.get(leaf.look, "ink")
    if leaf.look == "waits":
        canvas.dashes((left, top, right, bottom), "ink", "sheet", 4, 12)
        canvas.dashes((left, top, right, top + 69), "ink", "sheet", 4, 12)
    else:
        if not leaf.look:
            canvas.box((left + 4, bottom, right - 4, bottom + 9), "ink")
            canvas.box((left + 7, bottom, right - 7, bottom + 5), "sheet")
        canvas.box((left, top, right, bottom), "sheet", edge, 4)
        canvas.box((left, top, right, top + 69), "sheet" if leaf.look else "accent", edge, 4)
    ground, ink = ("sheet", {"waits": "wait"}.get(leaf.look, "soft")) if leaf.look else ("accent", "sheet")
    band = _on_a_line(leaf.band, "Semibold", wide - 24, 42, least=24)
    canvas.text(band, "Semibold", middle, top + 35 + round(letters("Semibold").middle * band.size / 1000), ink, ground, align=0.5)
    day = _on_a_line(leaf.day, "Bold", wide - 36, 152, least=40)
    y = top + 70 + (bottom - top - 70 - 54) // 2 + Block(("",), day.size).height(letters("Bold")) // 2 + 4
    canvas.text(day, "Bold", middle, y, "soft" if leaf.look == "off" else "ink", align=0.5)
    if leaf.look == "off":
        across = _wide(day, "Bold")
        canvas.strike(day, "Bold", middle - across // 2, y, "stop")
    foot = _on_a_line(leaf.foot, "Regular", wide - 24, 38, least=24)
    canvas.text(foot, "Regular", middle, bottom - 24, "soft", align=0.5)


def _mark(canvas: Canvas, word: Block, tone: str, left: int, foot: int) -> None:
    """Draw a state in its frame, which is not quite there for what waits."""
    box = (left, foot - 42, left + _wide(word, "Semibold") + 36, foot + 17)
    if tone == "wait":
        canvas.dashes(box, tone, "sheet", 4, 9)
    else:
        canvas.box(box, "sheet", tone, 4)
    canvas.text(word, "Semibold", left + 18, foot, tone)


def _on_a_line(text: str, style: str, width: int, size: int, least: int = 20) -> Block:
    """Return a text on one line, smaller where it must be, and nothing of it where even that is too wide."""
    measures = letters(style)
    shown = measures.drawable(text)
    return (one_line(shown, measures, width, range(size, least - 1, -2)) if shown else None) or Block((), least)


def _wide(made: Block, style: str) -> int:
    return max((round(letters(style).width(line) * made.size / 1000) for line in made.lines), default=0)
