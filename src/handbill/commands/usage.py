"""What click says of a wrong call → the reader's language.

Click tells in finished English sentences; its own way to translate them wants
compiled catalogues on the disk and the machine's locale.  So its sentences are
recognised here and told again; one that is not known stays as it is.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

import click

from handbill.errors import said
from handbill.telling import LANGUAGES, tell

#: Click's sentences, longer ones first where one contains another.
_SENTENCES = (
    said("No such option {name}. {hint}"),
    said("No such option {name}."),
    said("No such command {name}. {hint}"),
    said("No such command {name}."),
    said("Did you mean {name}?"),
    said("(Did you mean one of: {names}?)"),
    said("Missing command."),
    said("Missing option {name}. {hint}"),
    said("Missing option {name}."),
    said("Missing argument {name}."),
    said("Choose from: {names}"),
    said("Invalid value for {name}: {reason}"),
    said("Option {name} requires an argument."),
    said("Option {name} does not take a value."),
    said("Got unexpected extra argument ({names})"),
    said("Got unexpected extra arguments ({names})"),
    said("{value} is not one of {names}."),
    said("{value} is not in the range {range}."),
    said("{value} is not a valid integer range."),
    said("{value} is not a valid integer."),
    said("{value} is not a valid boolean."),
    said("Directory {path} does not exist."),
    said("Directory {path} is a file."),
    said("Path {path} does not exist."),
    said("File {path} does not exist."),
    said("File {path} is a directory."),
)

_NESTED = ("hint", "reason")

_ADDRESS = re.compile(r"[^\s=<>()\[\],;:\"]+@[^\s=<>()\[\],;:\"]+")


def usage_text(error: click.ClickException, lang: str) -> str:
    """Return what is told of a wrong call: how it is called, what was wrong."""
    lines = []
    context = error.ctx if isinstance(error, click.UsageError) else None
    if isinstance(error, click.exceptions.NoArgsIsHelpError):
        return error.format_message()
    if context is not None:
        usage = context.get_usage().partition(":")[2].strip()
        lines += [
            tell(said("Usage: {usage}", usage=usage), lang),
            tell(said("For help: {command}", command=f"{context.command_path} --help"), lang),
            "",
        ]
    told = retold(error.format_message(), lang)
    return "\n".join([*lines, tell(said("Error: {message}", message=told), lang)])


def retold(message: str, lang: str) -> str:
    """Return a sentence of click in that language, as it is where it is not known."""
    plain = " ".join(message.split())
    for sentence in _SENTENCES:
        if found := _form(sentence.pattern).fullmatch(plain):
            values = {name: retold(value, lang) if name in _NESTED else value for name, value in found.groupdict().items()}
            return tell(sentence, lang).format(**values)
    return message


def _form(pattern: str) -> re.Pattern[str]:
    return re.compile(re.sub(r"\\\{(\w+)\\\}", r"(?P<\1>.+?)", re.escape(pattern)))


def unnamed(text: str, words: Sequence[str]) -> str:
    """Return a message without the addresses that were typed in the call: it may end in a log, and theirs is not ours to print."""
    # What has a slash is the name of a file.
    typed = {found for word in words if not {"/", "\\"} & set(word) for found in _ADDRESS.findall(word)}
    for address in sorted(typed, key=len, reverse=True):
        text = text.replace(address, "…@…")
    return text


def lang_asked(words: Sequence[str]) -> str:
    """Return the language that a call asks for, also where it cannot be understood otherwise; "" without one."""
    asked = ""
    for word, following in zip(words, (*words[1:], ""), strict=False):
        value = following if word == "--lang" else word.removeprefix("--lang=") if word.startswith("--lang=") else ""
        asked = value if value in LANGUAGES else asked
    return asked
