"""The words of the benchmarks' posts, from `vocabulary.toml`, by language."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from types import MappingProxyType
from typing import Any


@dataclass(frozen=True, slots=True)
class Tongue:
    """What one language says.  ``things`` carry their article; ``frames`` are sentences with a hole for each word."""

    things: tuple[str, ...]
    doings: tuple[str, ...]
    manners: tuple[str, ...]
    places: tuple[str, ...]
    frames: tuple[str, ...]
    headings: tuple[str, ...]
    title: str
    onward: str
    names: tuple[str, ...]
    categories: tuple[str, ...]
    tags: tuple[str, ...]


def _read(file: Path) -> dict[str, Tongue]:
    written = tomllib.loads(file.read_text(encoding="utf-8"))
    return {lang: Tongue(**{key: _frozen(value) for key, value in words.items()}) for lang, words in written.items()}


def _frozen(value: Any) -> Any:
    return tuple(value) if isinstance(value, list) else value


#: What can be said, by the short name of the language.
TONGUES: Mapping[str, Tongue] = MappingProxyType(_read(Path(__file__).with_suffix(".toml")))
