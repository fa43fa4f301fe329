"""How the program was called: the folder of the hub, the language of messages, the moment meant."""

from __future__ import annotations

import os
import tomllib
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo

import click

from handbill.errors import Said, WrongUse, said
from handbill.hub.zone import is_zone
from handbill.layout import HUB
from handbill.plain import read_plain
from handbill.screen import Screen
from handbill.telling import LANGUAGES

if TYPE_CHECKING:
    from handbill.pipeline import Options


#: More than this is no hub.toml, nor is a line with more dots; both are refused in words by the build.
_MOST_BYTES, _MOST_DOTS = 256 * 1024, 200

_STOPPED = said("Stopped; the public folder is as it was.")


@dataclass(slots=True)
class Called:
    """What every command gets: the hub's ``root``, the language asked for, and how to print.

    ``stopped`` is told when somebody breaks it off.
    """

    root: Path
    asked_lang: str = ""
    form: str = "text"
    strict: bool = False
    stopped: Said = _STOPPED

    @property
    def lang(self) -> str:
        """Return the language of messages: the one asked for, else the hub's own, else English."""
        own = _of_hub(self.root, "lang")
        return self.asked_lang or (own if own in LANGUAGES else "en")

    @property
    def screen(self) -> Screen:
        """Return what prints for this call."""
        return Screen(self.form, self.lang, self.root, strict=self.strict)

    def options(self, *, output: Path | None = None, as_of: str | None = None, jobs: int | None = None, **given: Any) -> Options:
        """Return how to build, from what was typed."""
        from handbill.pipeline import Options

        self.strict = bool(given.get("strict"))
        plain = output is None and as_of is None and not given.get("drafts") and given.get("base_url") is None
        return Options(
            root=self.root,
            output=output.resolve() if output else self.root / "public",
            as_of=moment(as_of, self.root),
            jobs=jobs or os.cpu_count() or 1,
            records=plain,
            **given,
        )


def _lang(ctx: click.Context, _option: click.Parameter, value: str | None) -> None:
    if value:
        ctx.find_object(Called).asked_lang = value  # type: ignore[union-attr]


def _form(ctx: click.Context, _option: click.Parameter, value: str | bool) -> None:
    called = ctx.find_object(Called)
    assert called is not None
    if value is True:
        called.form = "json"
    elif isinstance(value, str) and called.form == "text":
        called.form = value


lang_option = click.option(
    "--lang", type=click.Choice(LANGUAGES), callback=_lang, expose_value=False, help="The language of messages; default: the hub's."
)
json_option = click.option("--json", is_flag=True, callback=_form, expose_value=False, help="Print the result as JSON.")
format_option = click.option(
    "--format",
    type=click.Choice(["text", "json", "github"]),
    default="text",
    callback=_form,
    expose_value=False,
    help="How to tell: for people, for programs, as annotations.",
)


def build_options(command: Callable[..., Any]) -> Callable[..., Any]:
    """Add what every command takes that reads the whole hub."""
    for option in reversed((
        click.option("--output", type=click.Path(path_type=Path), default=None, help="Where to build; default: public/ in the hub."),
        click.option("--as-of", default=None, metavar="MOMENT", help="Build as of 2026-05-01 or '2026-05-01 18:30'; default: now."),
        click.option("--drafts", is_flag=True, help="Show drafts as if they were finished."),
        click.option("--base-url", default=None, metavar="URL", help="Build for this address instead of the one in hub.toml."),
        click.option("--jobs", type=click.IntRange(1, 64), default=None, help="How many processes to use; default: one for each core."),
        click.option("--no-cache", is_flag=True, help="Make everything anew; the result is the same."),
        click.option("--strict", is_flag=True, help="Let warnings stop the build like errors."),
        json_option,
        lang_option,
    )):  # fmt: skip
        command = option(command)
    return command


def moment(written: str | None, root: Path) -> datetime:
    """Return the moment that ``--as-of`` names, in the hub's zone; without it, now, read here and nowhere else.

    Raises:
        WrongUse: it is no day and no moment.
    """
    named = _of_hub(root, "timezone")
    zone = ZoneInfo(named if is_zone(named) else "Europe/Paris")
    if written is None:
        return datetime.now(zone).replace(microsecond=0)
    try:
        found = datetime.fromisoformat(written.strip())
    except ValueError:
        wanted = said("--as-of: found “{written}”, wanted a day such as 2026-05-01 or a moment such as '2026-05-01 18:30'", written=written)
        raise WrongUse(wanted) from None
    return found.astimezone(zone) if found.tzinfo else found.replace(tzinfo=zone)


def within(root: Path, path: str) -> str:
    """Return a path that was typed as the hub names it: from where one is, or else from the hub's own folder.

    Raises:
        WrongUse: there is no such file in the hub; to find no problem in it would mean nothing.
    """
    for place in (Path(), root):
        file = Path(os.path.normpath((place / path).absolute()))
        if file.is_relative_to(root) and os.path.lexists(file):
            return file.relative_to(root).as_posix()
    raise WrongUse(said("found no file or folder {path} in the hub", path=path))


def _of_hub(root: Path, key: str) -> str:
    """Return a key of the community's table in hub.toml, "" without it; what is wrong in that file is told by the build."""
    try:
        text = read_plain(root / HUB, _MOST_BYTES).decode("utf-8")
        # What a name of very many parts costs grows with their square.
        if any(line.count(".") > _MOST_DOTS for line in text.split("\n")):
            return ""
        value = tomllib.loads(text).get("hub", {}).get(key)
    except (OSError, ValueError, AttributeError, RecursionError):
        return ""
    return value if isinstance(value, str) else ""
