"""Keys and passwords by their known forms.  A bar in a sample is taken out, so that no scanner finds it here."""

import time

import pytest
from tests.cases import for_each

from handbill.errors import Level
from handbill.proofing.galley import Galley
from handbill.proofing.house import House
from handbill.proofing.secrets import secrets

HEX = "9f1c27ab34de5687f09b12cd34ef5678"
WORD = "Qm7xKp2Vt9Lw4Zs8Rn3Yb6HcTd5Gf1Je0UaXi7WoP2"

KEYS = (
    "AK|IAQ4XZ7PLM2NTRW6VD",
    f"gh|p_{WORD[:36]}",
    f"gh|s_{WORD[:36]}",
    f"github|_pat_{WORD[:22]}_{(WORD * 2)[:59]}",
    f"gl|pat-{WORD[:20]}",
    f"xo|xb-2413589072-4810236597312-{WORD[:24]}",
    f"hooks.slack|.com/services/T0123ABCD/B0123ABCD/{WORD[:24]}",
    f"discord|.com/api/webhooks/123456789012345678/{(WORD * 2)[:68]}",
    f"123456789:|AA{WORD[:33]}",
    f"sk|_live_{WORD[:24]}",
    f"rk|_test_{WORD[:24]}",
    f"wh|sec_{WORD[:32]}",
    f"AI|za{WORD[:35]}",
    f"GOC|SPX-{WORD[:28]}",
    f"np|m_{WORD[:36]}",
    f"pypi|-AgEIcHlwaS5vcmc{WORD}{WORD}",
    f"ci|o{WORD[:32]}",
    f"S|G.{WORD[:22]}.{WORD}A",
    f"key|-{HEX}",
    f"xkey|sib-{HEX}{HEX}-{WORD[:16]}",
    f"xsmtp|sib-{HEX}{HEX}-{WORD[:16]}",
    f"{HEX}|-us14",
    f"shp|at_{HEX}",
    f"dop|_v1_{HEX}{HEX}",
    "h|f_" + "QmxKpVtLwZsRnYbHcTdGfJeUaXiWoPqRsT",
    f"sk|-proj-{WORD}",
    f"sk|-ant-{WORD}",
    f"AGE|-SECRET-KEY-1{('Q4XZ7PLM2NTRW6VD' * 4)[:58]}",
    f"ey|Jhbs{WORD[:20]}.eyJz{WORD[:20]}.{WORD}",
)


def found(text: str) -> list[tuple[str, str]]:
    return [(mark.code, text[mark.start : mark.end]) for mark in secrets(Galley(text), House())]


@for_each("key", KEYS, ids=[f"{n} {key[:9]}" for n, key in enumerate(KEYS)])
def test_the_key_of_a_service_is_found_by_its_form(key):
    """Machines find it within minutes of its publication."""
    key = key.replace("|", "")
    for text in (f"La clé est {key}.", f"`{key}`", f"```\nX={key}\n```", f"    X={key}\n", f'"{key}",'):
        assert [("HB612", key)] == found(text), text


@pytest.mark.parametrize("key", ["AKIAIOSFODNN7EXAMPLE", "gh|p_" + "x" * 36, f"pk|_live_{WORD[:24]}", f"gh|p_{WORD[:20]}", "sk-learn et sk_test_", "eyJ, un mot"])
def test_an_example_of_a_key_opens_nothing(key):
    """Lessons show the form."""
    assert [] == found(key.replace("|", ""))


@pytest.mark.parametrize("kind", ["OPENSSH ", "RSA ", "EC ", "ENCRYPTED ", ""])
def test_a_private_key_is_found_to_its_last_line(kind):
    """All of its lines are covered, or an excerpt of the line below would show the end of it."""
    key = f"-----BEGIN {kind}PRI" + f"VATE KEY-----\n{WORD}\n{WORD}\n-----END {kind}PRI" + "VATE KEY-----"

    assert [("HB611", key)] == found(f"Voici :\n{key}\nMerci.\n")


def test_a_key_of_pgp_and_of_putty_is_one_as_well():
    """With their own lines of headers."""
    pgp = "-----BEGIN PGP PRI" + f"VATE KEY BLOCK-----\nVersion: GnuPG v2\n\n{WORD}\n-----END PGP PRI" + "VATE KEY BLOCK-----"

    assert [("HB611", pgp)] == found(pgp)
    assert ["HB611"] == [code for code, _ in found("PuTTY-User-Key-File-3: ssh-ed25519\nEncryption: none\n")]


def test_a_key_that_is_only_named_is_none():
    """“A file that begins with … must stay at home” is good advice."""
    assert [] == found("Un fichier qui commence par -----BEGIN PRI" + "VATE KEY----- reste chez vous.")


@pytest.mark.parametrize(
    ("text", "password"),
    [
        ("https://ines:Rabot7chene@nuage.fr/dav", "Rabot7chene"),
        ("postgres://app:Rabot7chene@localhost:5432/hub", "Rabot7chene"),
        ("redis://:Rabot7chene@cache.local", "Rabot7chene"),
        ("smtps://lettre:Rabot7chene@smtp.mailo.com", "Rabot7chene"),
    ],
)
def test_a_password_in_an_address_is_found(text, password):
    """It is copied along with the address, for years."""
    assert [("HB613", password)] == found(text)


@pytest.mark.parametrize("text", ["https://user:password@hote.fr/", "https://ines:Rabot7@exemple.fr/", "https://$USER:$PASS@hote.fr/", "https://<nom>:<secret>@hote.fr/", "https://hote.fr:8443/a@b", "https://ines:***@hote.fr/"])
def test_the_form_of_an_address_with_a_password_is_left_alone(text):
    """Manuals show where it would stand."""
    assert [] == found(text)


def test_no_message_says_what_was_found():
    """It would stand in the log of every build, also for those who may not see the file."""
    key = KEYS[1].replace("|", "")
    (mark,) = secrets(Galley(f"La clé est {key}."), House())

    assert key not in repr(mark) + repr(vars(mark.found)) + repr(vars(mark.wanted))
    assert Level.ERROR is mark.level


def test_a_hostile_text_takes_time_in_proportion():
    """A text of nothing but beginnings of keys must not hold up the build."""

    def seconds(n: int) -> float:
        best = 9.0
        for _ in range(2):
            start = time.process_time()
            for sample in ("://a:", "eyJ", "eyJabcdefgh.", "sk-", "AKIA", "password=", "token", "xox", "-----BEGIN PRI" + "VATE KEY-----", "ghp_", "a1-", "mot de passe : "):
                list(secrets(Galley(sample * (n // len(sample))), House()))
            best = min(best, time.process_time() - start)
        return best

    seconds(1000)
    assert seconds(65_536) < 3.5 * seconds(32_768)
