"""Mail addresses of persons, however they are written, and those that are nobody's."""

import pytest

from handbill.proofing.galley import Galley
from handbill.proofing.house import House
from handbill.proofing.mails import addresses

HOUSE = House(public=("odile@bal-perso.fr",), origin="https://atelier.fr/", mail=("Atelier <lettre@laposte.net>",))


def found(text: str) -> list[str]:
    return [text[start:end] for start, end in addresses(Galley(text), HOUSE)]


@pytest.mark.parametrize(
    "written",
    [
        "ines@bal-perso.fr",
        "INES@BAL-PERSO.FR",
        "i.carrere+bois@sub.univ-bordeaux.fr",
        "françois.noël@orange.fr",
        "ines [at] bal-perso [dot] fr",
        "ines[at]bal-perso[.]fr",
        "ines (at) bal-perso.fr",
        "ines(at)bal-perso.fr",
        "ines(a)bal-perso.fr",
        "ines {at} bal-perso.fr",
        "ines arobase bal-perso point fr",
        "ines [arobase] bal-perso [point] fr",
        "ines dot carrere at bal-perso dot fr",
        "ines AT bal-perso.fr",
        "ines[chez]bal-perso.fr",
        "ines&#64;bal-perso.fr",
        "ines%40bal-perso.fr",
        "ines＠bal-perso.fr",
        "contact@gmail.com",
    ],
)
def test_an_address_is_found_however_it_is_written(written):
    """Machines that collect addresses read all of these; so does everybody in version history."""
    for text in (f"Écrivez à {written}, merci.", f"<{written}>", f"- {written}\n", f"**{written}**", f"({written})"):
        assert [written] == found(text), text


@pytest.mark.parametrize(
    "text",
    [
        "odile@bal-perso.fr, Odile (at) bal-perso.fr",
        "ines@atelier.fr ines@listes.atelier.fr lettre@laposte.net",
        "a@example.org b@exemple.fr c@d.example e@f.test g@h.invalid nom@domaine.fr",
        "contact@mairie.fr press+2026@theatre.fr core-team@project.org no-reply@forge.net",
        "prenom.nom@entreprise.fr votre.nom@ecole.fr you@company.com",
        "logo@2x.png getty@tty1.service node@22.10.1 git@github.com:a/b.git a@b.c x@y",
        "@ines @ines@mastodon.social",
        "123+ines@users.noreply.github.com abc@group.calendar.google.com",
        "https://archive.example/msg/20260102.1234@kernel.org https://medium.com/@ines/a ssh://ines@machine.fr/",
        "Look at handbill.fr, meet (a) friend.fr at noon; at one point it ends",
    ],
)
def test_what_is_nobodys_is_left_alone(text):
    """A contact address is wanted by members; an example is no person."""
    assert [] == found(text)


def test_an_address_in_a_link_is_found():
    """mailto: and the fields of a form hold addresses; other addresses of the web do not."""
    assert ["ines@bal-perso.fr", "ines@bal-perso.fr"] == found("[a](mailto:ines@bal-perso.fr?subject=b) et https://x.fr/?to=ines@bal-perso.fr&a=b")


def test_the_article_is_no_part_of_the_name():
    """The excerpt covers the address, and the sentence around it stays readable."""
    assert ["ines@bal-perso.fr", "ines [at] bal-perso.fr"] == found("l’adresse d'ines@bal-perso.fr, celle d'ines [at] bal-perso.fr")


def test_nothing_but_the_list_confirms_an_address_at_a_provider():
    """asso@gmail.com is somebody's box, whatever its name."""
    assert ["asso.bordeaux@gmail.com"] == found("asso.bordeaux@gmail.com")
