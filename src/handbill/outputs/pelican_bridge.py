"""Hands finished pages to Pelican and has it render them.  Knows Pelican; one of two modules that do.

Pelican is the engine of templates, theme inheritance and writing.  It reads
nothing: no articles, no settings file, no plugin but this one.
"""

from __future__ import annotations

import contextlib
import io
import locale
import logging
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from handbill.errors import MachineLacks, said
from handbill.outputs.planned import Finished


def render(pages: Sequence[Finished], templates: Sequence[Path], scratch: Path) -> Path:
    """Render the pages and return the folder that holds exactly their files.

    *templates* are the folders in which templates are looked for, the first one
    first.  A template with a name that is not there, a value that the record
    does not have, or a warning of Pelican fails the build.

    Raises:
        TemplateFailed: a template is wrong; names the template and the page.
    """
    _want_templates(pages, templates)
    before = locale.setlocale(locale.LC_ALL)
    try:
        return _render(pages, templates, scratch)
    finally:
        # Pelican sets the locale of the whole process while it reads its settings.
        locale.setlocale(locale.LC_ALL, before)


def _render(pages: Sequence[Finished], templates: Sequence[Path], scratch: Path) -> Path:
    import jinja2

    with _kept_logging():
        from pelican import Pelican
    from pelican.generators import Generator
    from pelican.plugins import signals
    from pelican.settings import read_settings

    source, output = scratch / "empty", scratch / "pages"
    source.mkdir(parents=True)
    output.mkdir()
    written: list[str] = []

    class Pages(Generator):  # type: ignore[misc]
        def generate_output(self, writer: Any) -> None:
            # Our own, empty context: a template sees its record and nothing of Pelican's settings.
            # Pelican puts its own "simple" theme behind ours; it knows nothing of our records.
            names = [str(folder) for folder in templates]
            base = jinja2.PrefixLoader({"!theme": jinja2.FileSystemLoader(names[-1])})
            self.env.loader = jinja2.ChoiceLoader([jinja2.FileSystemLoader(names), base])
            for page in pages:
                try:
                    template = self.get_template(page.template.removesuffix(".html"))
                    writer.write_file(page.path, template, {}, **page.givens)
                except RecursionError as error:
                    fault = said(
                        "{file}: includes itself without an end (page {page})", file=f"theme/templates/{page.template}", page=page.path
                    )
                    raise TemplateFailed(fault) from error
                except jinja2.TemplateError as error:
                    line = f":{error.lineno}" if isinstance(error, jinja2.TemplateSyntaxError) else ""
                    file = f"theme/templates/{page.template}{line}"
                    raise TemplateFailed(said("{file}: {reason} (page {page})", file=file, reason=str(error), page=page.path)) from error

    # A list under WRITER or DIRECT_TEMPLATES left at its default would make pages of Pelican's own.
    settings = read_settings(
        override={
            "PATH": str(source),
            "OUTPUT_PATH": str(output),
            "THEME": str(templates[-1].parent),
            "THEME_TEMPLATES_OVERRIDES": [str(folder) for folder in templates[:-1]],
            "THEME_STATIC_PATHS": [],
            "ARTICLE_PATHS": [],
            "PAGE_PATHS": [],
            "STATIC_PATHS": [],
            "DIRECT_TEMPLATES": [],
            "PAGINATED_TEMPLATES": {},
            "AUTHOR_SAVE_AS": "", "CATEGORY_SAVE_AS": "", "TAG_SAVE_AS": "",
            "AUTHORS_SAVE_AS": "", "CATEGORIES_SAVE_AS": "", "TAGS_SAVE_AS": "", "ARCHIVES_SAVE_AS": "",
            "YEAR_ARCHIVE_SAVE_AS": "", "MONTH_ARCHIVE_SAVE_AS": "", "DAY_ARCHIVE_SAVE_AS": "",
            "FEED_ALL_ATOM": None, "FEED_ATOM": None, "FEED_RSS": None, "FEED_ALL_RSS": None,
            "CATEGORY_FEED_ATOM": None, "TRANSLATION_FEED_ATOM": None,
            "AUTHOR_FEED_ATOM": None, "AUTHOR_FEED_RSS": None,
            "SITEURL": "", "SITENAME": "hub", "TIMEZONE": "UTC", "DEFAULT_DATE": "fs",
            "LOCALE": ["C"], "LOAD_CONTENT_CACHE": False, "CACHE_CONTENT": False,
            "DELETE_OUTPUT_DIRECTORY": False,
            "PLUGINS": [_Bridge(Pages)],
            "JINJA_ENVIRONMENT": {
                "undefined": jinja2.StrictUndefined, "autoescape": True, "trim_blocks": True, "lstrip_blocks": True, "extensions": [],
            },
        }
    )  # fmt: skip

    def note(path: str, **_: Any) -> None:
        written.append(Path(path).relative_to(output).as_posix())

    signals.content_written.connect(note, weak=False)
    complaints = _Complaints()
    logger = logging.getLogger("pelican")
    logger.addHandler(complaints)
    propagates, logger.propagate = logger.propagate, False
    try:
        with contextlib.redirect_stdout(io.StringIO()), contextlib.redirect_stderr(io.StringIO()):
            Pelican(settings).run()
    finally:
        signals.content_written.disconnect(note)
        signals.get_generators.disconnect(_Bridge.current)
        logger.removeHandler(complaints)
        logger.propagate = propagates
    if complaints.said:
        raise TemplateFailed(said("Pelican says: {words}", words="; ".join(complaints.said[:5])))
    if sorted(written) != sorted(page.path for page in pages):
        raise MachineLacks(said("Pelican did not write exactly the pages that it was given"))
    return output


class TemplateFailed(MachineLacks):
    """A template of the theme is wrong."""

    exit_code = 1


@contextlib.contextmanager
def _kept_logging() -> Iterator[None]:
    """Undo what importing Pelican does to everyone's logging: another root logger, which hides what is said twice."""
    root, maker = logging.getLogger(), logging.getLoggerClass()
    kind = root.__class__
    try:
        yield
    finally:
        root.__class__ = kind
        logging.setLoggerClass(maker)


class _Bridge:
    """The only plugin: tells Pelican of our generator."""

    current: Any = None

    def __init__(self, generator: type) -> None:
        self._generator = generator
        self.__name__ = "handbill"

    def register(self) -> None:
        from pelican.plugins import signals

        # Pelican holds receivers weakly unless told otherwise, and a closure would vanish.
        _Bridge.current = lambda _pelican: self._generator
        signals.get_generators.connect(_Bridge.current, weak=False)


class _Complaints(logging.Handler):
    """Collects what Pelican warns of, which it would otherwise only print."""

    def __init__(self) -> None:
        super().__init__(logging.WARNING)
        self.said: list[str] = []

    def emit(self, record: logging.LogRecord) -> None:
        text = record.getMessage()
        # We give it nothing to read, and it says so each time.
        if "no valid files found" not in text.lower():
            self.said.append(text)


def _want_templates(pages: Sequence[Finished], templates: Sequence[Path]) -> None:
    """Refuse a template that only Pelican's own theme would have: it knows nothing of our records."""
    for name in sorted({page.template for page in pages}):
        if not any((folder / name).is_file() for folder in templates):
            raise TemplateFailed(said("{file}: found no such template, wanted one for each page", file=f"theme/templates/{name}"))
