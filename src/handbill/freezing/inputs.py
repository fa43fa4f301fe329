"""What the bytes of a letter are made of, in digests and versions; and in words, what of it differs from what it was.

The record of a letter holds all that its mails can show, so the same record,
theme and program give the same bytes.  Digests of single files only say why a
record is another one.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import fields
from importlib.metadata import version

from handbill import __version__
from handbill.engine import PACKAGE, modules_digest
from handbill.errors import Said, said
from handbill.hub.frozen import Chosen, Inputs
from handbill.hub.hub import Hub
from handbill.hub.item import Item
from handbill.outputs.letters import frame_digest
from handbill.outputs.mail.record import Letter
from handbill.outputs.planned import digest
from handbill.reading.mailed import mailed_parts, text_digest
from handbill.settings import Settings

#: What turns a text into a mail, besides the program itself.
_OF_MAILS = ("css-inline", "Jinja2", "mjml-python")
_OF_TEXTS = {"github": ("comrak",), "python-markdown": ("Markdown", "pymdown-extensions")}

#: Fields of a letter's record that hub.toml decides.
_OF_SETTINGS = frozenset({
    "archive", "base", "colours", "community", "help", "home", "host", "name", "postal_address", "reply_to", "sender", "subscribe",
    "unsubscribe", "unsubscribe_mail",
})  # fmt: skip


def inputs_of(item: Item, letter: Letter, told: Iterable[Chosen], hub: Hub, settings: Settings) -> Inputs:
    """Return what a letter is made of now."""
    ids = sorted({entry.id for section in told for entry in section.entries} & set(hub.by_id))
    raw = (settings.root / item.source).read_bytes()
    return Inputs(
        source=item.source,
        sha256=text_digest(raw),
        written=mailed_parts(raw),
        items=tuple((name, hub.by_id[name].source, _sha256(settings, hub.by_id[name].source)) for name in ids),
        record=digest(letter),
        settings=digest({one.name: getattr(letter, one.name) for one in fields(letter) if one.name in _OF_SETTINGS}),
        theme=frame_digest(settings),
        program={"version": __version__, "modules": modules_digest()},
        engines={name: version(name) for name in (*_OF_MAILS, *_OF_TEXTS[settings.dialect])},
        requirements=_requirements(),
    )


def differing(then: Inputs, now: Inputs) -> Iterator[Said]:
    """Yield what differs between what a letter was made of and what it would be made of now; nothing if its bytes must be the same."""
    if then.written != now.written:
        yield said("its text {file} was edited", file=now.source)
    before, after = ({name: (source, sha256) for name, source, sha256 in one.items} for one in (then, now))
    for name in sorted({*before, *after}):
        if name not in after:
            yield said("{item} is not chosen any more", item=name)
        elif name not in before:
            yield said("{item} is chosen as well", item=name)
        elif before[name][1] != after[name][1]:
            yield said("{file} was edited", file=after[name][0])
    if then.settings != now.settings:
        yield said("hub.toml says something else of letters or colours")
    if then.theme != now.theme:
        yield said("the theme of mails or its words are others")
    if then.program["version"] != now.program["version"]:
        yield said("the program was {then} and is {now}", then=then.program["version"], now=now.program["version"])
    elif then.program != now.program:
        yield said("the modules of the program are others")
    for name in sorted({*then.engines, *now.engines}):
        if then.engines.get(name) != now.engines.get(name):
            yield said("{engine} was {then} and is {now}", engine=name, then=then.engines.get(name, "-"), now=now.engines.get(name, "-"))
    if then.requirements != now.requirements:
        yield said("requirements.lock is another one")
    if then.record != now.record and then.program == now.program:
        yield said("what it says of its items is something else, as when a person or a place has changed")


def _sha256(settings: Settings, source: str) -> str:
    return text_digest((settings.root / source).read_bytes())


def _requirements() -> str:
    """Return the digest of the lock of all libraries, "" where the program was installed without it."""
    lock = PACKAGE.parent.parent / "requirements.lock"
    return text_digest(lock.read_bytes()) if lock.is_file() else ""
