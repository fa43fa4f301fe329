"""What follows a telling word, and all the sentences about passwords that hold none."""

import pytest

from handbill.proofing.galley import Galley
from handbill.proofing.passwords import door_codes, is_placeholder, is_random, keys, passwords


def found(finder, text: str) -> list[str]:
    return [text[start:end] for start, end in finder(Galley(text))]


@pytest.mark.parametrize(
    ("text", "password"),
    [
        ("Mot de passe : atelier2026", "atelier2026"),
        ("mdp: **Etabli!26**", "Etabli!26"),
        ("Le mot de passe du wifi est « copeaux et sciure ».", "copeaux et sciure"),
        ("Mot de passe Zoom : 4Hk92s", "4Hk92s"),
        ("Mot de passe\u00a0: `sésame`", "sésame"),
        ("password = 'hunter2'", "hunter2"),
        ("PASSWORD=Rabot-7-chene", "Rabot-7-chene"),
        ("DB_PASSWORD: Rabot7chene", "Rabot7chene"),
        ('"password": "lune rousse",', "lune rousse"),
        ("Passcode: 843920", "843920"),
        ("| Mot de passe | Rabot7chene |", "Rabot7chene"),
        ("Identifiant : atelier\nMot de passe : capucine", "capucine"),
        ("Login: admin / Password: tulipe", "tulipe"),
        ("Code wifi : Garonne33", "Garonne33"),
    ],
)
def test_a_password_is_found_after_its_word(text, password):
    """Most of what leaks is written so, in plain words."""
    assert [password] == found(passwords, text)


@pytest.mark.parametrize(
    "text",
    [
        "Mot de passe : douze signes au moins.",
        "Mot de passe : à demander à Odile",
        "Mot de passe : requis",
        "Mot de passe oublié ? Le mot de passe change chaque mois.",
        "Le mot de passe est affiché dans l’entrée",
        "Mot de passe : « Choisissez une phrase que vous seul connaissez. »",
        "password: str, password = getpass(), pwd: ${PWD}, password = os.environ['X']",
        "let password = String::new(); password = form.password; PASSWORD=DB_PASSWORD_2",
        "Password: <your password>, password=********, password: changeme",
        "1Password Developer Chat: `Serde Deserializers`",
        "passwd: 18h30, mdp : 12/05/2026",
        "Le compas se passe de mot : il tourne",
    ],
)
def test_a_sentence_about_passwords_holds_none(text):
    """A rule for good passwords must not be refused as one."""
    assert [] == found(passwords, text)


@pytest.mark.parametrize("text", ["api_key = {}", "API_TOKEN={}", "Clé API : {}", '"client_secret": "{}"', "Authorization: Bearer {}", "jeton : `{}`", "listmonk: {}", "- secret: {}"])
def test_the_key_of_a_program_is_found_after_its_word(text):
    """Not every service gives its keys a form of their own."""
    key = "Qm7xKp2Vt9Lw4Zs8Rn3Yb6Hc"

    assert [key] == found(keys, text.format(key))


@pytest.mark.parametrize("text", ["clé publique (API) : {}", "public_token: {}", "token: {}", "commit {}", "sha256: {}"])
def test_a_long_word_alone_is_no_key(text):
    """Digests and public keys are meant to be read; a long word in order is a word."""
    value = "aaaaaaaaaaaaaaaaaaaa1111" if text == "token: {}" else "Qm7xKp2Vt9Lw4Zs8Rn3Yb6Hc"

    assert [] == found(keys, text.format(value))


@pytest.mark.parametrize(("text", "code"), [("Digicode : 45B12", "45B12"), ("Digicode 1947B, au fond", "1947B"), ("Le code d’entrée est 8264.", "8264"), ("code du portail : 12A45", "12A45"), ("Gate code: 4711", "4711")])
def test_the_code_of_a_door_is_found(text, code):
    """It opens the workshop to whoever reads the invitation, this year and the next."""
    assert [code] == found(door_codes, text)


@pytest.mark.parametrize("text", ["Code d’accès : 12 € la journée", "Code d’entrée : demandez à Odile", "Digicode : en panne", "Code postal : 33800", "Code promo : ETE2026"])
def test_other_codes_are_left_alone(text):
    """Prices, towns and reductions are for everybody."""
    assert [] == found(door_codes, text)


def test_a_stand_in_is_told_from_a_password():
    """Manuals are full of them."""
    assert all(map(is_placeholder, ("xxxxxx", "********", "<secret>", "your-password", "votre_mot", "changeme", "password", "${X}")))
    assert not any(map(is_placeholder, ("hunter2", "capucine", "Rabot7chene")))


def test_order_is_told_from_chance():
    """A key looks like nothing; a word looks like words."""
    assert is_random("9f1c27ab34de5687f09b12cd34ef5678")
    assert not is_random("the-quick-brown-fox-jumps")
    assert not is_random("1111222233334444aaaa")
