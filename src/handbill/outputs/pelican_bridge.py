"""Hands finished pages to Pelican's templates.  Knows Pelican; one of two modules that do.

Pelican is the engine of templates and of theme inheritance.  It reads nothing
and writes nothing: no articles, no settings file, no plugin (decision 0064).
"""

from __future__ import annotations

import contextlib
import locale
import logging
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from handbill.errors import MachineLacks, said
from handbill.outputs.planned import Finished


class TemplateFailed(MachineLacks):
    """A template of the theme is wrong."""

    exit_code = 1


class Renderer:
    """Renders pages by the templates in some folders, of which the first one wins.

    The templates are taken to stay as they are.  What was kept of records is
    forgotten when :meth:`forget` is called.

    Raises:
        TemplateFailed: Pelican warns of something.
    """

    def __init__(self, templates: Sequence[Path]) -> None:
        import jinja2

        from handbill.outputs.template_engine import quicken
        from handbill.outputs.template_store import TemplateStore

        self._templates = tuple(templates)
        self._found: set[str] = set()
        self._generator = _generator(self._templates)
        names = [str(folder) for folder in templates]
        # Pelican puts its own "simple" theme behind ours; it knows nothing of our records.
        base = jinja2.PrefixLoader({"!theme": jinja2.FileSystemLoader(names[-1])})
        self._generator.env.loader = jinja2.ChoiceLoader([jinja2.FileSystemLoader(names), base])
        self.forget = quicken(self._generator.env)
        self._store = self._generator.env.bytecode_cache = TemplateStore()
        self._syntax_error, self._template_error = jinja2.TemplateSyntaxError, jinja2.TemplateError

    def load(self, names: Sequence[str]) -> None:
        """Read templates ahead, so that several processes need not each; one that is wrong is told of where a page needs it."""
        for name in names:
            with contextlib.suppress(self._template_error):
                self._generator.env.get_template(name)
        self._store.save()

    def text(self, page: Finished) -> str:
        """Return the text of a page; its template sees its record and nothing of Pelican's settings.

        A template with a name that is not there, or a value that the record does not have, fails the build.

        Raises:
            TemplateFailed: a template is wrong; names the template and the page.
        """
        file = f"theme/templates/{page.template}"
        try:
            if page.template not in self._found:
                self._want(page.template)
            return str(self._generator.get_template(page.template.removesuffix(".html")).render(page.givens))
        except RecursionError as error:
            raise TemplateFailed(said("{file}: includes itself without an end (page {page})", file=file, page=page.path)) from error
        except self._template_error as error:
            line = f":{error.lineno}" if isinstance(error, self._syntax_error) else ""
            raise TemplateFailed(said("{file}: {reason} (page {page})", file=file + line, reason=str(error), page=page.path)) from error

    def _want(self, name: str) -> None:
        """Refuse a template that only Pelican's own theme would have: it knows nothing of our records."""
        if not any((folder / name).is_file() for folder in self._templates):
            raise TemplateFailed(said("{file}: found no such template, wanted one for each page", file=f"theme/templates/{name}"))
        self._found.add(name)


def _generator(templates: Sequence[Path]) -> Any:
    before = locale.setlocale(locale.LC_ALL)
    try:
        with _kept_logging():
            from pelican.generators import Generator
        from pelican.settings import read_settings

        complaints = _Complaints()
        logger = logging.getLogger("pelican")
        logger.addHandler(complaints)
        propagates, logger.propagate = logger.propagate, False
        try:
            theme = str(templates[-1].parent)
            settings = read_settings(override={**_SETTINGS, **_environment(), "PATH": theme, "OUTPUT_PATH": theme, "THEME": theme})
            settings["THEME_TEMPLATES_OVERRIDES"] = [str(folder) for folder in templates[:-1]]
            generator = Generator({}, settings, theme, theme, theme)
        finally:
            logger.removeHandler(complaints)
            logger.propagate = propagates
    finally:
        # Pelican sets the locale of the whole process while it reads its settings.
        locale.setlocale(locale.LC_ALL, before)
    if complaints.said:
        raise TemplateFailed(said("Pelican says: {words}", words="; ".join(complaints.said[:5])))
    return generator


def _environment() -> dict[str, Any]:
    import jinja2

    return {
        "JINJA_ENVIRONMENT": {
            "undefined": jinja2.StrictUndefined, "autoescape": True, "trim_blocks": True, "lstrip_blocks": True, "extensions": [],
            "cache_size": -1,
        }
    }  # fmt: skip


_SETTINGS: dict[str, Any] = {
    "THEME_STATIC_PATHS": [], "ARTICLE_PATHS": [], "PAGE_PATHS": [], "STATIC_PATHS": [], "DIRECT_TEMPLATES": [],
    "FEED_ALL_ATOM": None, "CATEGORY_FEED_ATOM": None, "TRANSLATION_FEED_ATOM": None, "AUTHOR_FEED_ATOM": None, "AUTHOR_FEED_RSS": None,
    "SITEURL": "", "SITENAME": "hub", "TIMEZONE": "UTC", "DEFAULT_DATE": "fs",
    "LOCALE": ["C"], "LOAD_CONTENT_CACHE": False, "CACHE_CONTENT": False, "DELETE_OUTPUT_DIRECTORY": False, "PLUGINS": [],
}  # fmt: skip


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


class _Complaints(logging.Handler):
    """Collects what Pelican warns of, which it would otherwise only print."""

    def __init__(self) -> None:
        super().__init__(logging.WARNING)
        self.said: list[str] = []

    def emit(self, record: logging.LogRecord) -> None:
        self.said.append(record.getMessage())
