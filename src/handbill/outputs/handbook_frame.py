"""What surrounds a page of the hub → what surrounds a page of the handbook: the same head, masthead and foot, for each language."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from handbill.hub.hub import Hub
from handbill.outputs.planned import Finished, digest
from handbill.outputs.policy import page_policy
from handbill.outputs.rendering import Rendering
from handbill.outputs.sheet import head
from handbill.outputs.shell import shell
from handbill.outputs.theme import Theme
from handbill.outputs.views import Shell
from handbill.outputs.words import Words, words_for
from handbill.settings import Settings

#: Where the templates of the handbook look for the parts, below their folder: ``hub/masthead.fr.html``.
FOLDER = "hub"
PARTS = ("head", "masthead", "foot")


@dataclass(frozen=True, slots=True)
class Frame:
    """The surroundings of the handbook in every language of the hub, before they are rendered."""

    settings: Settings
    shells: Mapping[str, Shell]

    @property
    def key(self) -> str:
        """Return the digest of everything that decides the parts."""
        theme = Theme(self.settings.root)
        templates = [theme.template_digest(f"parts/{part}.html") for part in PARTS]
        return digest(templates, theme.words_digest, [self.shells[lang] for lang in sorted(self.shells)], page_policy(self.settings))

    def words(self, lang: str) -> Words:
        """Return the words of a language; a handbook may have pages in one that the hub has not."""
        return words_for(lang, Theme(self.settings.root).locale(lang))

    def parts(self) -> dict[str, str]:
        """Return the HTML of each part by its place below the handbook's templates."""
        settings = self.settings
        pages = [
            Finished(
                f"{part}.{lang}.html", f"parts/{part}.html", {"shell": one, "page": head(settings, f"{part}.html", lang, "", "/handbook/")}
            )
            for lang, one in self.shells.items()
            for part in PARTS
        ]
        rendering = Rendering(Theme(settings.root))
        # The handbook's engine reads the parts as templates: nothing in them, such as the community's name, may be one.
        return {f"{FOLDER}/{page.path}": rendering.text(page).replace("{", "&#123;") for page in pages}


def frame(hub: Hub, settings: Settings) -> Frame:
    """Return the surroundings that the handbook of a hub has."""
    theme = Theme(settings.root)
    return Frame(settings, {lang: shell(hub, settings, lang, words_for(lang, theme.locale(lang))) for lang in settings.languages})
