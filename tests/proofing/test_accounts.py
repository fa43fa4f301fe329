"""Names of persons on chats, and what communities say about chats."""

import pytest

from handbill.proofing.accounts import names
from handbill.proofing.galley import Galley
from handbill.proofing.house import House


def found(text: str, public: tuple[str, ...] = ()) -> list[str]:
    return [text[start:end] for start, end in names(Galley(text), House(public))]


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("Discord : louve_33", "louve_33"),
        ("**Discord** : `louve.33`", "louve.33"),
        ("Discord → @louve", "@louve"),
        ("Mon pseudo Discord est louve_33.", "louve_33"),
        ("Marteau#4821 sur Discord", "Marteau#4821"),
        ("discord: Le Marteau#4821", "Le Marteau#4821"),
        ("Skype : live:louve.p_1", "live:louve.p_1"),
        ("skype:louve?call", "louve"),
        ("TeamSpeak : @louve", "@louve"),
        ("TeamSpeak: qlP6Dx0AbCdEfGhIjKlMnOpQrSt=", "qlP6Dx0AbCdEfGhIjKlMnOpQrSt="),
        ("Telegram @grand_bob", "@grand_bob"),
        ("Écrivez-moi : https://t.me/grand_bob", "grand_bob"),
        ("Reach me at <https://telegram.me/grand_bob>", "grand_bob"),
        ("tg://resolve?domain=grand_bob", "grand_bob"),
        ("Signal : louve.42", "louve.42"),
    ],
)
def test_a_name_on_a_chat_is_found(text, name):
    """Under it a stranger reaches the person, at any hour."""
    assert [name] == found(text)


@pytest.mark.parametrize(
    "text",
    [
        "Discord : ouvert à tous, jeudi à 20 h 30",
        "Discord : https://discord.gg/atelier33",
        "Discord: 18h30",
        "outils#1234, rust-lang/rust#4821, issue#4821 : merci à Discord",
        "Skype : fermé. Telegram : non. Signal : vert.",
        "TeamSpeak : ts.atelier.example:9987",
        "2026-02-11 | Bordeaux | [Menuiserie](https://t.me/menuiserie_bordeaux), le groupe de tous",
        "https://t.me/joinchat/AAAA https://t.me/+AbCd12 https://t.me/s/canal https://t.me/canal/12",
        "https://chat.whatsapp.com/AbCd",
        "Une discorde_33 entre voisins",
    ],
)
def test_what_is_no_person_is_left_alone(text):
    """Servers, invitations and sentences are the community's."""
    assert [] == found(text)


def test_the_account_of_the_community_can_be_confirmed():
    """Its own channel is no person."""
    assert [] == found("Écrivez-nous : https://t.me/atelier_garonne", ("@Atelier_Garonne",))
