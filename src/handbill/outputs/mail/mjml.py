"""MJML → the HTML that mail programs understand.  The one module that knows mjml-python."""

from __future__ import annotations

import re

from mjml import mjml2html

from handbill.errors import Said, said
from handbill.outputs.mail.lint import Flaw, flaws

_IMG = re.compile(r"<img\b[^>]*>")
_STRAY = re.compile(r"<(mj-[\w-]+)")
_POSITION = re.compile(r" in root template at position (\d+):\d+$")


class Flawed(ValueError):
    """A frame that is not rendered: its flaws, at least one."""

    def __init__(self, found: tuple[Flaw, ...]) -> None:
        self.flaws = found
        super().__init__("; ".join(f"found {one.found}, wanted {one.wanted}" for one in found))


def rendered(source: str) -> str:
    """Return the HTML of a frame, repaired where it is not valid.  The source is our theme's, never a writer's.

    Raises:
        Flawed: the source is not MJML as it should be, or more than the renderer bears.
    """
    if found := flaws(source):
        raise Flawed(found)
    try:
        # Without fonts={} some themes would make readers' programs call a font service.
        html: str = mjml2html(source, fonts={})
    except ValueError as error:
        raise Flawed((_refusal(str(error), source),)) from error
    # What is not known is copied instead of being refused.
    if stray := _STRAY.search(html):
        raise Flawed((Flaw(max(0, source.find(stray[0])), said("<{element}> where MJML leaves it as it is", element=stray[1]), _ANY),))
    html = _IMG.sub(lambda found: _repaired(found[0]), html)
    return html.replace(' vertical-align="middle"', "")


_ANY: Said = said("MJML as its handbook has it")


def _refusal(reason: str, source: str) -> Flaw:
    """Return what the renderer says, at the place that it counts in bytes."""
    position = _POSITION.search(reason)
    offset = len(source.encode()[: int(position[1])].decode("utf-8", "ignore")) if position else 0
    return Flaw(offset, said("MJML that our renderer refuses: {reason}", reason=_POSITION.sub("", reason)), _ANY)


def _repaired(picture: str) -> str:
    picture = picture.replace(' height="auto"', "")
    return picture if re.search(r"\salt[=\s>]", picture) else picture.replace("<img", '<img alt=""', 1)
