"""MJML → the HTML that mail programs understand.  The one module that knows mjml-python."""

from __future__ import annotations

import re

from mjml import mjml2html

from handbill.errors import said
from handbill.outputs.mail.template import FRAME, ThemeFault

_IMG = re.compile(r"<img\b[^>]*>")


def rendered(source: str) -> str:
    """Return the HTML of a frame, repaired where it is not valid.  The source is our theme's, never a writer's.

    Raises:
        ThemeFault: the source is not well-formed, or names an element that MJML does not have.
    """
    try:
        # Without fonts={} some themes would make readers' programs call a font service.
        html: str = mjml2html(source, fonts={})
    except ValueError as error:
        raise ThemeFault(said("{file}: {reason}", file=f"theme/mail/{FRAME}", reason=str(error))) from error
    # Unknown elements are copied as they are instead of being refused.
    if stray := re.search(r"<(mj-[\w-]+)", html):
        found = said(
            "{file}: found <{element}>, which MJML does not have or not in that place", file=f"theme/mail/{FRAME}", element=stray[1]
        )
        raise ThemeFault(found)
    html = _IMG.sub(lambda found: _repaired(found[0]), html)
    return html.replace(' vertical-align="middle"', "")


def _repaired(picture: str) -> str:
    picture = picture.replace(' height="auto"', "")
    return picture if re.search(r"\salt[=\s>]", picture) else picture.replace("<img", '<img alt=""', 1)
