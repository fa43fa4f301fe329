"""The nodes that linked data is made of, and those that every page shares: the community, its site, people, pictures."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from handbill.outputs.views import Byline, Card, Image, ItemPage, Page, Shell

Node = dict[str, Any]


def node(type_: str, id_: str = "", **facts: Any) -> Node:
    """Return a node; a fact that is not known is left out, never said to be empty."""
    known = {name: value for name, value in facts.items() if value not in (None, "", [], {})}
    return {"@type": type_, **({"@id": id_} if id_ else {}), **known}


@dataclass(frozen=True, slots=True)
class Site:
    """The page whose facts are told, and the site around it."""

    page: Page
    shell: Shell

    @property
    def origin(self) -> str:
        """Return scheme and host, without a slash at the end."""
        return self.page.canonical.removesuffix(self.page.address)

    def complete(self, address: str) -> str:
        """Return an address of the record with scheme and host."""
        return address if "://" in address else self.origin + address

    @property
    def root(self) -> str:
        """Return the front page of all languages."""
        return self.complete(self.shell.base)

    def community(self, *, whole: bool = False) -> Node:
        """Return the community; *whole* with all that is known of it, which its front page tells."""
        shell = self.shell
        more = {"description": shell.description, "slogan": shell.tagline} if whole else {}
        if whole and shell.since:
            more["foundingDate"] = str(shell.since)
        # The logo is asked for wherever the community stands as a publisher.
        logo = self.complete(shell.logo) if shell.logo else ""
        return node("Organization", f"{self.root}#community", name=shell.name, url=self.root, logo=logo, **more)

    def part(self) -> Node:
        """Return the site by its name alone."""
        return {"@id": f"{self.complete(self.shell.home)}#site"}

    def whole(self) -> Node:
        """Return the site in this language."""
        shell, home = self.shell, self.complete(self.shell.home)
        return node(
            "WebSite", f"{home}#site", name=shell.name, url=home, description=shell.description, inLanguage=shell.lang,
            publisher={"@id": f"{self.root}#community"},
        )  # fmt: skip

    def picture(self, picture: Image | None) -> Node | None:
        """Return a picture of the page."""
        if picture is None:
            return None
        return node("ImageObject", url=self.complete(picture.address), width=picture.width, height=picture.height, caption=picture.alt)

    def pictures(self, view: ItemPage) -> list[str]:
        """Return the item's own picture and the card that stands for it elsewhere, each once."""
        found = [self.complete(one.address) for one in (view.card.picture, view.page.picture) if one is not None]
        return list(dict.fromkeys(found))

    def people(self, card: Card, role: str) -> list[Node]:
        """Return those with a part in an item, but nobody who does not want to be listed.

        Who organises may be a town hall: only those with a page are persons for sure.
        """
        found = (one for one in card.people if one.role == role and not one.is_unlisted)
        return [self._person(one) for one in found if one.address or role != "organiser"]

    def partners(self, card: Card) -> list[Node]:
        """Return those who help to make an event possible; a name without a page is that of an organisation, most often."""
        found = (one for one in card.people if one.role == "partner" and not one.is_unlisted)
        return [self._person(one) if one.address else node("Organization", name=one.name) for one in found]

    def _person(self, one: Byline) -> Node:
        return node("Person", name=one.name, url=self.complete(one.address) if one.address else "")
