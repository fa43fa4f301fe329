"""Source path → slug, language and public address → output path."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

_DATE = re.compile(r"^\d{4}-\d{2}-\d{2}-(?=.)")


@lru_cache(maxsize=65536)  # a hub asks for the same few tags and names tens of thousands of times
def slug_of(text: str) -> str:
    """Return *text* as the part of an address: ASCII lower-case letters, digits, hyphens; may be empty.

    >>> slug_of("L'été, à vélo !")
    'l-ete-a-velo'
    """
    # A typographic apostrophe is no letter of a longer word: l’été is l-ete, as l'été is.
    folded = text.replace("’", "'").casefold().replace("œ", "oe").replace("æ", "ae").replace("ß", "ss").replace("ø", "o").replace("ł", "l")
    plain = unicodedata.normalize("NFKD", folded).encode("ascii", "ignore").decode("ascii")
    return re.sub(r"[^a-z0-9]+", "-", plain).strip("-")


def name_of(source: str, languages: tuple[str, ...]) -> tuple[str, str | None]:
    """Return the bare name of a source file and the language its suffix names.

    A leading date is left off and ``index.md`` takes the name of its folder.

    >>> name_of("content/posts/2026-03-01-foire.en.md", ("fr", "en"))
    ('foire', 'en')
    """
    folder, _, file = source.rpartition("/")
    stem, *endings = file.split(".")
    lang = None
    for ending in endings[:-1]:
        if ending in languages:
            lang = ending
        else:
            stem += f".{ending}"
    if stem == "index" and folder:
        stem = folder.rpartition("/")[2]
    return _DATE.sub("", stem), lang


def output_path(address: str) -> str:
    """Return the output path that answers an address: a folder's address is answered by its index.

    >>> output_path("/posts/foire/")
    'posts/foire/index.html'
    """
    path = address.lstrip("/")
    return path + "index.html" if not path or path.endswith("/") else path
