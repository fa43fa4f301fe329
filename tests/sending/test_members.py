"""The list of members: each row is a member, a wish for no letter, or a number that is refused; and nothing of it is ever told."""

from __future__ import annotations

import email
import json
import re
import subprocess
import sys
from email import policy

import pytest
from tests.outputs.mail.letters import letter
from tests.sending import many_members
from tests.sending.hostile import injecting, storable

from handbill.errors import Level, MachineLacks, Problem
from handbill.outputs.mail.message import message_of
from handbill.outputs.mail.record import TOKEN
from handbill.sending.contract import Member, Version
from handbill.sending.keys import member_key, token_of
from handbill.sending.members import Seen, members_of, suppressed_of
from handbill.sending.posting import post

SECRET = bytes(range(32))


@pytest.fixture
def reading(tmp_path):
    """Return a function that reads a list of these rows, and gives its members and its problems."""

    def read(*rows, segment="", letters=(), name="main"):
        file = tmp_path / "membres.csv"
        file.write_text("\n".join(rows) + "\n", encoding="utf-8")
        found = list(members_of(file, SECRET, name, ("fr", "en"), segment, letters))
        return [one for one in found if isinstance(one, Member)], [one for one in found if isinstance(one, Problem)]

    return read


def rows_of(members):
    return [one.row for one in members]


def told(problems):
    return [(one.line, one.code, one.level.name) for one in problems]


def test_each_row_is_a_member(reading):
    """What a carrier gets of one is an address, and what the ledger gets is none."""
    members, problems = reading("email;langue", "ada@lettre.example;fr", "Eve@Lettre.example;en-GB")

    assert [
        Member(row, address, member_key(SECRET, address), token_of(SECRET, "main", member_key(SECRET, address)), lang)
        for row, address, lang in [(2, "ada@lettre.example", "fr"), (3, "Eve@lettre.example", "en")]
    ] == members
    assert [] == problems


@pytest.mark.parametrize(
    ("word", "lang"),
    [("fr", "fr"), ("FR", "fr"), ("fr_CA", "fr"), ("Français", "fr"), ("francais", "fr"), ("French", "fr"), ("anglais", "en"), ("English", "en"), ("", ""), ("de", ""), ("pt-BR", "")],
)  # fmt: skip
def test_a_language_is_known_however_it_is_called(reading, word, lang):
    """Whoever reads English and gets French was not asked."""
    members, problems = reading("email;langue", f"ada@lettre.example;{word}")

    assert ([lang], []) == ([one.lang for one in members], problems)


@pytest.mark.parametrize("word", ["subscribed", "Confirmé", "ABONNÉE", "enabled", "oui", "1", "abonné(e)"])
def test_whoever_asked_for_letters_gets_them(reading, word):
    """In the words of the program that the list comes from."""
    assert [2] == rows_of(reading("email;statut", f"ada@lettre.example;{word}")[0])


@pytest.mark.parametrize("word", ["unsubscribed", "Désabonnée", "pending", "blocklisted", "non confirmé", "non", "0", "cleaned"])
def test_whoever_did_not_or_left_gets_nothing_and_is_no_fault(reading, word):
    """A letter to somebody who left breaks the law and a promise."""
    assert ([], []) == reading("email;statut", f"ada@lettre.example;{word}")


@pytest.mark.parametrize("cell", ["oui", "2026-05-01 10:00", "true", "?"])
def test_a_column_of_those_who_left_is_obeyed(reading, cell):
    """Some programs export everybody, with the day on which somebody left."""
    members, problems = reading("email,unsub_time", f"ada@lettre.example,{cell}", "eve@lettre.example,")

    assert ([3], []) == (rows_of(members), problems)


@pytest.mark.parametrize(
    ("rows", "expected"),
    [
        (["email;statut", "ada@lettre.example;peut-être"], [(2, "HB619", "ERROR")]),
        (["email;statut", "ada@lettre.example;"], [(2, "HB619", "ERROR")]),
        (["email;statut", "ada@lettre.example"], [(2, "HB619", "ERROR")]),
        (["email;langue", "ada@lettre.example;la mienne"], [(2, "HB619", "ERROR")]),
        (["email;lettres", "ada@lettre.example;main, agneda"], [(2, "HB619", "ERROR")]),
        (["email;lettres", "ada@lettre.example;oui"], [(2, "HB619", "ERROR")]),
        (["email;nom", "ada@lettre.example;Ada;fr"], [(1, "HB619", "NOTE"), (2, "HB619", "ERROR")]),
        (["email;nom", ";Ada"], [(1, "HB619", "NOTE"), (2, "HB615", "ERROR")]),
        (["email", "ada@lettre.example", "ADA@lettre.example"], [(3, "HB618", "WARNING")]),
        (["email;statut", "ada@lettre.example;oui", "ada@Lettre.example;non"], [(3, "HB618", "ERROR")]),
        (["email;statut", "ada@lettre.example;non", "ada@Lettre.example;oui"], [(3, "HB618", "ERROR")]),
        (["email;statut", "ada@lettre.example;non", "ada@Lettre.example;non"], []),
        (["nom;langue", "ada@lettre.example;fr"], [(1, "HB619", "ERROR")]),
        (["ada@lettre.example", "eve@lettre.example"], [(1, "HB619", "ERROR")]),
        (["email;courriel", "ada@lettre.example;ada@lettre.example"], [(1, "HB619", "ERROR")]),
    ],
)  # fmt: skip
def test_what_cannot_be_understood_is_refused_by_its_row(reading, rows, expected):
    """To guess is to write to somebody who left, or to forget somebody who stayed."""
    members, problems = reading(*rows, letters=("main", "agenda"))

    assert expected == told(problems)
    assert set(rows_of(members)).isdisjoint(line for line, _, level in expected)


def test_of_several_letters_each_has_its_own_readers(reading):
    """Who asked for the dates alone does not get the stories."""
    rows = [
        "email;lettres",
        "ada@lettre.example;main",
        "eve@lettre.example;agenda | MAIN",
        "ida@lettre.example;",
        "oda@lettre.example;agenda",
    ]
    both = ("main", "agenda")

    assert ([2, 3], []) == (rows_of(reading(*rows, letters=both)[0]), reading(*rows, letters=both)[1])
    assert [3, 5] == rows_of(reading(*rows, letters=both, name="agenda")[0])


def test_a_hub_with_one_letter_is_asked_yes_or_no(reading):
    """A form has a box “newsletter”, and nobody types the word of hub.toml into it."""
    members, problems = reading(
        "email;newsletter", "ada@lettre.example;Oui", "eve@lettre.example;non", "ida@lettre.example;", "oda@lettre.example;main", letters=("main",)
    )  # fmt: skip

    assert ([2, 5], []) == (rows_of(members), problems)


def test_two_rows_of_one_member_for_two_letters_are_no_fault(reading):
    """Exports of forms have a row for each letter."""
    members, problems = reading("email;lettres", "ada@lettre.example;main", "ada@lettre.example;agenda", letters=("main", "agenda"))

    assert ([2], []) == (rows_of(members), problems)


def test_a_segment_leaves_out_who_is_not_in_it(reading):
    """A call for helpers goes to helpers."""
    rows = ["email;groupes", "ada@lettre.example;Bénévoles, bureau", "eve@lettre.example;bureau", "ida@lettre.example;"]

    assert [2] == rows_of(reading(*rows, segment="bénévoles")[0])
    assert [2, 3, 4] == rows_of(reading(*rows)[0])
    assert [(1, "HB619", "ERROR")] == told(reading("email", "ada@lettre.example", segment="bureau")[1])


def test_a_column_is_called_what_the_list_calls_it(reading):
    """The editor looks for that word in the first row, not for ours."""
    _, problems = reading("Adresse e-mail;Statut", "nope;oui", "ada@lettre.example;peut-être")

    assert ["Adresse e-mail", "Statut"] == [one.field for one in problems]
    assert ["email"] == [one.field for one in reading(f"email{'!' * 50}", "nope")[1]]


def test_columns_that_are_not_read_are_told_once_by_number(reading):
    """Somebody may have meant one of them; what stands in it is nobody's business."""
    _, problems = reading("email;Prénom;téléphone", "ada@lettre.example;Ada;06", "eve@lettre.example;Eve;07")

    assert [(1, "HB619", "NOTE")] == told(problems)
    assert "found columns that are not read: 2, 3 " in str(problems[0])


@pytest.mark.parametrize(
    ("export", "gets"),
    [
        # listmonk: a list of people, with whatever is known of each as JSON in a cell.
        ("""uuid,email,name,attributes,status,created_at,updated_at
0000,ada@lettre.example,"Ada, L.","{""city"":""Bordeaux"",""a"":[1,2]}",enabled,2026-01-01T00:00:00Z,2026-01-01T00:00:00Z
0001,eve@lettre.example,Eve,{},blocklisted,2026-01-01T00:00:00Z,2026-01-01T00:00:00Z
""", [2]),
        # Buttondown: the type says who confirmed.
        ("""email_address,notes,tags,type,creation_date
ada@lettre.example,"deux
lignes","[""main""]",regular,2026-01-01
eve@lettre.example,,[],unactivated,2026-01-01
ida@lettre.example,,[],unsubscribed,2026-01-01
oda@lettre.example,,[],premium,2026-01-01
""", [2, 5]),
        # HelloAsso: who pays is not always who reads, and “Adresse” is a street.
        ("""\ufeffRéférence commande;Nom adhérent;Prénom adhérent;Email payeur;Adresse;Newsletter;Email
1;Lovelace;Ada;pere@lettre.example;"1, rue du Puits";Oui;ada@lettre.example
2;Hopper;Grace;mere@lettre.example;2 rue du Puits;Non;grace@lettre.example
""", [2]),
        # Brevo: semicolons, names in capitals.
        ("EMAIL;NOM;PRENOM;LANGUE\r\nada@lettre.example;L.;Ada;fr\r\n\r\n", [2]),
        # A spreadsheet kept by hand, saved with tabs, with empty rows at its end.
        ("Prénom\tE-mail\tStatut\nAda\tada@lettre.example \tabonnée\nEve\t eve@lettre.example\tdésinscrite\n\t\t\n\t\t\n", [2]),
    ],
    ids=["listmonk", "buttondown", "helloasso", "brevo", "by-hand"],
)  # fmt: skip
def test_the_list_of_another_program_is_read_as_it_is(tmp_path, export, gets):
    """Moving from one program to another is no reason to retype a list."""
    file = tmp_path / "membres.csv"
    file.write_bytes(export.encode())
    found = list(members_of(file, SECRET, "main", ("fr", "en"), letters=("main",)))

    assert gets == rows_of(one for one in found if isinstance(one, Member))
    assert {"ada@lettre.example", "oda@lettre.example"} >= {one.address for one in found if isinstance(one, Member)}
    assert [] == [one for one in found if isinstance(one, Problem) and one.level is not Level.NOTE]


def test_nothing_that_stands_in_a_row_is_told(reading):
    """Not in a message, not in a traceback, not in what a test prints."""
    rows = [
        "email;langue;statut;nom",
        *(f"{one};zzsecret;zzsecret;zzsecret" for one in ("zzsecret", "zzsecret@lettre.example", "z@zzsecret")),
    ]
    members, problems = reading(*rows, "ada@lettre.example;zzsecret!;zzsecret", "bon@zzsecret.example;fr;oui;zzsecret")

    assert [1, 2, 3, 3, 4, 5, 5] == [one.line for one in problems]
    assert [6] == rows_of(members)
    assert "zzsecret" not in repr(problems) + "".join(map(str, problems)) + repr(members)


def test_of_a_hundred_thousand_rows_every_hostile_one_is_refused(tmp_path):
    """The figure that we promise; here 4,000 rows with 200.

    `python -m tests.sending.many_members rows` reads 100,000 with 5,000 hostile
    ones, and measures: at most 5 s and 200 MiB.
    """
    file = tmp_path / "membres.csv"
    hostile = many_members.write_list(file, 4_000, 200)
    found = list(members_of(file, SECRET, "main", ("fr", "en")))

    assert hostile == {one.line for one in found if isinstance(one, Problem) and one.level is Level.ERROR}
    assert 200 == len(hostile)
    assert set(range(2, 4_002)) - hostile == {one.row for one in found if isinstance(one, Member)}


@pytest.mark.skipif(sys.platform != "linux", reason="asks Linux how much memory a process held")
def test_a_longer_list_needs_hardly_more_memory():
    """A machine that sends is small.  `python -m tests.sending.many_members stream` reads a million rows."""
    script = (
        "import json, sys, tempfile; from pathlib import Path; from tests.sending import many_members as m\n"
        "file = Path(tempfile.mkdtemp()) / 'membres.csv'\n"
        "def peak(n): m.write_list(file, n, 0); return m.read(file)['MiB']\n"
        "few = peak(500); print(json.dumps([few, peak(20_000)]))\n"
    )
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True, timeout=120)
    few, many = json.loads(done.stdout)

    # 20,000 rows are 1 MB of text, and many times that as objects of Python.
    assert many - few < 4


@pytest.mark.parametrize("column", ["email", "lang", "letters", "segments", "status", "nom"])
def test_no_cell_of_the_list_becomes_a_header(reading, column):
    """80 payloads in each column: the mail has the headers that were approved, and the envelope one address."""
    leave = f"https://lettre.essai.example/adieu/{TOKEN}"
    text, html = f"Bonjour\n{leave}\n", f'<p>Bonjour <a href="{leave}">adieu</a></p>\n'
    version = Version(
        "12", "fr", "d" * 64, "Objet", "https://essai.example/", html, text, message_of(letter(unsubscribe=leave), text, html)
    )
    names = email.message_from_bytes(version.mail, policy=policy.compat32).keys()
    payloads = [storable(one) for _, one in injecting()][:80]
    usual = {"email": "ada@lettre.example", "lang": "fr", "letters": "main", "segments": "bureau", "status": "oui", "nom": "Ada"}
    rows = [";".join(usual)]
    for number, payload in enumerate(payloads):
        cells = usual | {"email": f"ada{number}@lettre.example"} | {column: payload}
        rows.append(";".join('"' + cell.replace('"', '""') + '"' for cell in cells.values()))

    members, _ = reading(*rows)
    for member in members:
        mail = post(version, member.token)
        assert names == email.message_from_bytes(mail, policy=policy.compat32).keys()
        assert version.mail == mail.replace(member.token.encode(), TOKEN.encode())
        assert re.fullmatch(r"ada\d+@lettre\.example", member.address)
    # What is a word of ours must be one; segments may be called anything, and of names nothing is read.
    assert (80, 80 if column in ("segments", "nom") else 0) == (len(payloads), len(members))


def test_a_list_that_is_not_there_is_told_without_its_place(tmp_path):
    """The machine lacks it, and the path may tell whose machine it is."""
    for file in (tmp_path / "membres.csv", tmp_path):
        with pytest.raises(MachineLacks, match=rf"^{file.name}: cannot be read"):
            list(members_of(file, SECRET, "main", ("fr",)))
    with pytest.raises(MachineLacks, match=r"^stop.txt: cannot be read"):
        list(suppressed_of(tmp_path / "stop.txt", SECRET))


def test_a_member_who_left_is_known_by_key_however_the_address_is_written(tmp_path):
    """The file is typed by hand, from a mail that somebody wrote."""
    file = tmp_path / "stop.txt"
    file.write_bytes(
        "\ufeffemail\r\n# partis\r\nAda@Lettre.example  # le 3 mai\r\n\r\n eve@été.example\r\nnope\r\n".encode() + b"\xe9@x.example\n"
    )
    found = list(suppressed_of(file, SECRET))

    assert [member_key(SECRET, one) for one in ("ada@lettre.example", "eve@été.example")] == found[:2]
    assert [(6, "HB615", "ERROR"), (7, "HB619", "ERROR")] == told(found[2:])
    file.write_bytes(b"a" * 1_000_000)
    assert {"HB615"} == {one.code for one in suppressed_of(file, SECRET)}


def test_members_are_told_apart_and_known_again_however_many():
    """Whoever stands there twice gets one letter; nobody is taken for somebody else."""
    seen = Seen()
    keys = [member_key(SECRET, f"m{n}@lettre.example") for n in range(20_000)]

    assert {0} == {seen.first(key, row) for row, key in enumerate(keys, 2)}
    assert list(range(2, 20_002)) == [seen.first(key, 1) for key in keys]
    assert 0 == seen.first(member_key(SECRET, "autre@lettre.example"), -7)
    assert -7 == seen.first(member_key(SECRET, "autre@lettre.example"), 8)
