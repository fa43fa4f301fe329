"""Documents of two states → frames in which they stand, before and after, as long as there is room in the file."""

from __future__ import annotations

from base64 import b64encode
from collections.abc import Mapping, Sequence

from handbill.errors import said
from handbill.reviewing.embed import Asset, Which, embedders
from handbill.reviewing.page_frame import Frame, short
from handbill.reviewing.record import Review
from handbill.reviewing.shots import NONE, WIDTHS, Shots
from handbill.showing.tags import Html, tag

#: What the whole page may weigh; mail programs and slow lines bear no more.
MOST_BYTES = 20_000_000

#: Of these, what is kept for all that is told in words.
KEPT = 4_000_000

#: So many frames stand in one page at most: each is a page of its own to the browser.
MOST_FRAMES = 160


class Rooms:
    """Makes the frames of one page, the most important first, and knows what is left out."""

    def __init__(self, review: Review, asset: Asset, frame: Frame, shots: Shots = NONE, most: int = MOST_BYTES) -> None:
        self._frame, self._shots = frame, shots
        self._left, self._frames = max(0, most - min(KEPT, most // 2)), MOST_FRAMES
        self._embedders = embedders(review, asset)
        #: How many pairs did not fit.
        self.left_out = 0

    def pair(self, address: str, title: str, before: bytes | None, after: bytes | None, sort: str = "") -> Html | None:
        """Return both states of a page in frames, ``None`` where there is none, or no room for them any more."""
        given: list[tuple[Which, bytes]] = []
        if before is not None:
            given.append(("before", before))
        if after is not None:
            given.append(("after", after))
        if not given:
            return None
        documents = [(which, self._embedders[which].document(raw, address)) for which, raw in given]
        size = sum(map(_weight, (text for _, text in documents)))
        if size > self._left or len(documents) > self._frames:
            self.left_out += 1
            return None
        self._left -= size
        self._frames -= len(documents)
        figures = [self._figure(which, title, text) for which, text in documents]
        rooms = f"rooms {'two' if len(figures) == 2 else 'one'}"
        heights = self._shots.heights(address)
        if not heights:
            return tag("div", tag("div", figures, class_=rooms), class_=f"pair {sort}".strip())
        # Both are as high as the higher one, so that they are scrolled together; no script could do it.
        scrolled = tag(
            "div", figures, class_=rooms, tabindex="0", role="group", aria_label=self._frame.t(said("Both states, scrolled together"))
        )
        return tag(
            "div",
            scrolled,
            class_=f"pair measured {sort}".strip(),
            style="; ".join(f"--{name}: {high}px" for name, high in heights.items()),
        )

    def _figure(self, which: Which, title: str, document: str) -> Html:
        t = self._frame.t
        caption = t(said("Before")) if which == "before" else t(said("After"))
        shown = tag("iframe", sandbox="", srcdoc=document, loading="lazy", title=f"{caption} : {short(title)}")
        return tag("figure", tag("figcaption", caption), tag("div", shown, class_="room"), class_=which)

    def marked(self, address: str, title: str) -> Html | None:
        """Return pictures of both states in which everything that differs has a frame around it; ``None`` where none were taken."""
        taken: Mapping[str, Sequence[tuple[Which, bytes]]] = self._shots.marked(address)
        if not taken:
            return None
        t = self._frame.t
        parts: list[Html] = []
        for name in WIDTHS:
            figures = []
            for which, raw in taken.get(name, ()):
                if len(raw) * 4 // 3 > self._left:
                    continue
                self._left -= len(raw) * 4 // 3
                caption = t(said("Before, what went is framed")) if which == "before" else t(said("After, what came is framed"))
                uri = f"data:image/webp;base64,{b64encode(raw).decode('ascii')}"
                shown = tag("img", src=uri, alt=f"{caption} : {short(title)}", loading="lazy")
                figures.append(tag("figure", tag("figcaption", caption), tag("div", shown, class_="room"), class_=which))
            if figures:
                parts.append(tag("div", figures, class_=f"rooms {'two' if len(figures) == 2 else 'one'} {name}"))
        return tag("div", parts, class_="pair marked") if parts else None


def _weight(text: str) -> int:
    """Return about how many bytes a document takes as a value within the page."""
    return len(text) + 5 * text.count('"') + 4 * text.count("&") + 3 * text.count("<") + 3 * text.count(">")
