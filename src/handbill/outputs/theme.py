"""Where templates, styles and words come from: the community's own folder first, then ours."""

from __future__ import annotations

import re
from pathlib import Path

from handbill.engine import engine_theme
from handbill.layout import THEME
from handbill.listing import below
from handbill.outputs.planned import digest

_TAGS = re.compile(r"{%[-+]?\s*(?:extends|include|import|from)\b\s*(.*?)[-+]?%}", re.DOTALL)
_QUOTED = re.compile(r"\"([^\"]*)\"|'([^']*)'")
#: One name, and what may follow it: everything else is computed.
_PLAIN = re.compile(r"""(?:"[^"]*"|'[^']*')\s*(?:(?:import|as|with|without|ignore)\b.*)?""", re.DOTALL)


class Theme:
    """The theme of one hub.  A file in the hub's ``theme/`` takes the place of ours of the same name."""

    def __init__(self, root: Path) -> None:
        own = root / THEME
        ours = engine_theme()
        self.folders = (ours,) if own.resolve() == ours or not own.is_dir() else (own, ours)
        self._closures: dict[str, str] = {}
        self._texts: dict[str, str] = {}

    def files(self, folder: str) -> dict[str, Path]:
        """Return the theme's files under a folder, by their path from it; own files win."""
        found: dict[str, Path] = {}
        for home in reversed(self.folders):
            base = home / folder
            found |= {file.relative_to(base).as_posix(): file for file in below(base) if file.is_file()}
        return {name: file for name, file in sorted(found.items()) if not any(part.startswith(".") for part in name.split("/"))}

    def find(self, name: str) -> Path:
        """Return the file of that name, such as ``templates/post.html``.

        Raises:
            FileNotFoundError: no theme folder has it.
        """
        for folder in self.folders:
            if (folder / name).is_file():
                return folder / name
        raise FileNotFoundError(name)

    def locale(self, lang: str) -> tuple[Path, ...]:
        """Return the catalogues of a language, the one that wins first.

        A hub's own ``fr.po`` need hold only what it says otherwise; ``pt-BR``
        takes from ``pt`` what it does not say itself.
        """
        names = dict.fromkeys((lang, lang.split("-")[0]))
        files = (folder / "locale" / f"{name}.po" for name in names for folder in self.folders)
        return tuple(file for file in files if file.is_file())

    def template_digest(self, name: str) -> str:
        """Return the digest of a template with all that it extends, includes or imports.

        A name that is computed could be any template, so all of them count.
        """
        if name not in self._closures:
            self._closures[name] = digest(*[(one, self._text(one)) for one in self.template_names(name)])
        return self._closures[name]

    def template_names(self, name: str) -> tuple[str, ...]:
        """Return the names of a template and of all that it extends, includes or imports, sorted."""
        names: set[str] = set()
        pending = [name]
        while pending:
            one = pending.pop()
            if one in names:
                continue
            names.add(one)
            for said in _TAGS.findall(self._text(one)):
                named = [double or single for double, single in _QUOTED.findall(said)]
                pending += named[:1] if _PLAIN.fullmatch(said) else self.files("templates")
        return tuple(sorted(names))

    @property
    def templates_digest(self) -> str:
        """Return the digest of all templates, each with the folder that it is in."""
        bases = [folder / "templates" for folder in self.folders]
        found = [(number, base, file) for number, base in enumerate(bases) for file in sorted(below(base)) if file.is_file()]
        return digest(*[(number, file.relative_to(base).as_posix(), file.read_bytes()) for number, base, file in found])

    def _template(self, name: str) -> Path:
        # Pelican's way for a hub's own post.html to extend the post.html that it takes the place of.
        if name.startswith("!theme/"):
            return self.folders[-1] / "templates" / name.removeprefix("!theme/")
        return self.find(f"templates/{name}")

    def _text(self, name: str) -> str:
        if name not in self._texts:
            try:
                self._texts[name] = self._template(name).read_text(encoding="utf-8")
            except FileNotFoundError:
                self._texts[name] = ""
        return self._texts[name]

    @property
    def words_digest(self) -> str:
        """Return the digest of the catalogues."""
        return digest(*[(name, file.read_bytes()) for name, file in self.files("locale").items()])
