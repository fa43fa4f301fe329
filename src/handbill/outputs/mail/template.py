"""A letter's record + ``theme/mail`` → the MJML of its frame, and what stands in it.  Knows Jinja; does not know MJML.

What the hub says never passes through the MJML parser, which glues words
together, crashes on deep nesting and lets text close its own element (decision
0012).  The filter ``kept`` takes it out, and leaves a mark in its place.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from textwrap import wrap
from typing import Any

from jinja2 import Environment, FunctionLoader, StrictUndefined, TemplateError, pass_context
from jinja2.runtime import Context
from markupsafe import Markup, escape

from handbill.errors import said
from handbill.outputs.access import LABELS
from handbill.outputs.mail.fault import ThemeFault
from handbill.outputs.mail.fragment import WIDTH, fitted
from handbill.outputs.mail.record import Letter, Part, Prose
from handbill.outputs.mail.standing import STANDINGS, act, heading_of, says_itself, standing
from handbill.outputs.mail.tracing import place_of, raised_at
from handbill.outputs.paragraphs import set_apart
from handbill.outputs.words import Words

FRAME, BUTTON = "letter.mjml", "button.html"
#: Rules that are written onto the elements, rules that stand in the head, and rules that only Outlook on Windows reads.
INLINED, HEAD, OUTLOOK = "mail.css", "screen.css", "outlook.css"

#: As many signs as inboxes show of a mail beside its subject, and what fills them: it is as wide as a digit, is
#: no space that would be left out, and a sign without width keeps it from being joined with the next.
MOST_SEEN, _FILLING = 200, "\u2007\u034f"

_DIGEST = re.compile(r"\b[0-9a-f]{64}\b")
_MARK = re.compile(r"@@(\d+)@@")
_ROOT = re.compile(r":root\s*{([^}]*)}")
_COMMENT = re.compile(r"/\*.*?\*/", re.DOTALL)


@dataclass(frozen=True, slots=True)
class Frame:
    """The MJML of a letter, and the HTML that belongs at each of its marks."""

    mjml: str
    kept: tuple[str, ...]

    def complete(self, rendered: str) -> str:
        """Return the rendered frame with everything in its place.

        Raises:
            ThemeFault: the frame lost something on the way.
        """
        found = {int(number) for number in _MARK.findall(rendered)}
        if found != set(range(len(self.kept))):
            wanted = said("it inside mj-text, mj-button, mj-title or mj-preview")
            raise ThemeFault(FRAME, 0, said("a part of the letter where MJML drops it"), wanted)
        return _MARK.sub(lambda mark: self.kept[int(mark[1])], rendered)


@dataclass(frozen=True, slots=True)
class Frames:
    """The theme's templates for letters."""

    environment: Environment
    styles: str
    head: str
    outlook: str
    texts: tuple[tuple[str, str], ...]

    def frame(self, letter: Letter, words: Words) -> Frame:
        """Return the frame of a letter.

        Raises:
            ThemeFault: a template has a fault; the file and line are named.
        """
        kept: list[str] = []
        try:
            mjml = self.environment.get_template(FRAME).render(self._givens(letter, words, kept))
        except Exception as error:
            # The machine's fault is not the theme's; told as the theme's, it would be remembered as well.
            if isinstance(error, (OSError, MemoryError)) and not isinstance(error, TemplateError):
                raise
            # A template can do what Python can, and whoever changes one needs its line, not a traceback.
            file, line = raised_at(error) or (getattr(error, "name", None) or FRAME, getattr(error, "lineno", None) or 0)
            if not line and not isinstance(error, TemplateError):
                raise
            reason = said("a template that Jinja refuses: {reason}", reason=str(error))
            raise ThemeFault(file, line, reason, said("a template of Jinja")) from error
        return Frame(mjml, tuple(kept))

    def place_of(self, offset: int, letter: Letter, words: Words) -> tuple[str, int]:
        """Return the file and line that wrote a sign of the frame of a letter."""
        return place_of(offset, self.environment, FRAME, self._givens(letter, words, []))

    def file_of(self, said: str) -> tuple[str, int]:
        """Return the file and line in which an address stands as it is; the frame where a template makes it up."""
        for name, text in self.texts:
            if said in text:
                return name, text[: text.index(said)].count("\n") + 1
        return FRAME, 0

    def _givens(self, letter: Letter, words: Words, kept: list[str]) -> dict[str, Any]:
        return {
            "letter": letter,
            "words": words,
            "look": _look(self.styles, letter),
            "content": tuple(self._told(one) for one in letter.content),
            "head_styles": Markup(_coloured(self.head, self.styles, letter)),  # noqa: S704 - the theme's own file
            "outlook_styles": Markup(f"<!--[if mso]><style>{_coloured(self.outlook, self.styles, letter)}</style><![endif]-->"),  # noqa: S704
            "kept_here": kept,
            "heading_of": heading_of,
            "standing": standing,
            "says_itself": says_itself,
            "act": act,
            "access_labels": LABELS,
            "width": WIDTH,
            "standings": STANDINGS,
        }

    def _told(self, one: Prose | Part) -> Markup | Part:
        """Return a text as templates place it: cleaned when it was read, and so no longer to be escaped."""
        if isinstance(one, Part):
            return one
        made = getattr(self.environment.get_template(BUTTON).module, "button", None)
        if made is None:
            raise ThemeFault(BUTTON, 0, said("no macro of the name “{name}”", name="button"), said("the one that makes a button of a link"))
        return Markup(set_apart(fitted(one.html), lambda attributes, label: made(Markup(attributes), Markup(label))))  # noqa: S704

    def inlined(self, letter: Letter) -> str:
        """Return the rules that are written onto the elements of a letter."""
        return _coloured(_ROOT.sub("", self.styles), self.styles, letter)


def frames(files: Mapping[str, str]) -> Frames:
    """Return the templates of these files (name under ``theme/mail`` → content), compiled once for the same content.

    Raises:
        ThemeFault: a file is missing.
    """
    for wanted in (FRAME, BUTTON, INLINED, HEAD, OUTLOOK):
        if wanted not in files:
            raise ThemeFault(wanted, 0, said("no such file"), said("the templates of letters, all of them"))
    return _frames(tuple(sorted(files.items())))


@lru_cache(maxsize=4)
def _frames(files: tuple[tuple[str, str], ...]) -> Frames:
    texts = dict(files)
    environment = Environment(
        # With their names as files, tracebacks name them.
        loader=FunctionLoader(lambda name: (texts[name], name, None) if name in texts and not name.endswith(".css") else None),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.filters |= {"kept": _kept, "alone": _alone, "breaking": _breaking}
    inlined, head, outlook = (_COMMENT.sub("", texts[name]) for name in (INLINED, HEAD, OUTLOOK))
    return Frames(environment, inlined, head, outlook, files)


def _breaking(text: str) -> Markup:
    """Return a text in which a digest may go on in the next line: a phone is narrower than 64 signs, and one copies what stands there."""
    return Markup(_DIGEST.sub(lambda digest: "<wbr>".join(wrap(digest[0], 16)), str(escape(text))))  # noqa: S704 - escaped just now


def _alone(line: str) -> str:
    """Return a line that stands alone in an inbox: what would follow it is pushed out of sight."""
    return line + _FILLING * max(0, MOST_SEEN - len(line))


@pass_context
def _kept(context: Context, html: str) -> Markup:
    here: list[str] = context["kept_here"]
    here.append(str(escape(html)).strip())
    return Markup(f"@@{len(here) - 1}@@")  # noqa: S704 - a mark, no text


def _look(styles: str, letter: Letter) -> dict[str, str]:
    """Return what ``:root`` names in the theme of letters, and the colours of the hub."""
    named = dict(re.findall(r"--([\w-]+)\s*:\s*([^;]+?)\s*(?:;|$)", (_ROOT.search(styles) or ["", ""])[1]))
    return named | dict(letter.colours)


def _coloured(rules: str, styles: str, letter: Letter) -> str:
    # Few mail programs know custom properties, so their values are written out.
    look = _look(styles, letter)

    def value(match: re.Match[str]) -> str:
        if match[1] not in look:
            raise ThemeFault(INLINED, 0, said("no --{name} in :root", name=match[1]), said("each name that var(--…) calls for"))
        return look[match[1]]

    return re.sub(r"\n\s*\n+", "\n", re.sub(r"var\(--([\w-]+)\)", value, rules)).strip()
