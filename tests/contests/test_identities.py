"""The figure: of five hundred people who enter, nothing that names one is in the repository, on the site, or on the terminal.

``.venv/bin/python -m pytest tests/contests/test_identities.py`` reproduces it.
"""

import base64
import hashlib
import subprocess
from pathlib import Path

import pytest
from tests.contests.lives import DRAWN, FROZEN, ID, OPEN, announced, hub_with
from tests.contests.relays import answer
from tests.hubs import options, run

from handbill.contests.keyring import key_file
from handbill.pipeline import build

PEOPLE = 500

#: Given and family names that stand in no text of the hub or the program.
GIVEN = ("Maëlys", "Théophile", "Capucine", "Ysaline", "Gonzague", "Philomène", "Barnabé", "Sidonie", "Anatole", "Hermione")
FAMILY = (
    "Vaucanson",
    "Delacquis",
    "Montferrant",
    "Quiquengrogne",
    "Zylberajch",
    "Kerbiriou",
    "Ouvrard",
    "Etcheverry",
    "Fougeyrollas",
    "Wambergue",
)


def people() -> list[tuple[str, str]]:
    """Return addresses and names: no two alike, each to be found again."""
    found = []
    for number in range(PEOPLE):
        given, family = GIVEN[number % 10], FAMILY[number // 10 % 10]
        found.append((f"entrant{number:03}.{family.lower()}@courrier{number % 7}.example", f"{given} {family}-{number:03}"))
    return found


def traces(secret: bytes) -> dict[bytes, str]:
    """Return all by which somebody could be found: as written, and as digests and encodings that anybody can try without the key."""
    found: dict[bytes, str] = {secret: "the key", secret.hex().encode(): "the key", base64.b64encode(secret): "the key"}
    found[base64.b32encode(secret)] = found[base64.b32encode(secret).lower()] = "the key"
    for address, name in people():
        for written in (address, address.upper(), address.partition("@")[0], name, name.partition(" ")[2]):
            found[written.encode()] = "as it is written"
        for plain in (address.encode(), f"{ID}\n{address}".encode()):
            encoded = [plain.hex(), base64.b64encode(plain).decode().rstrip("="), base64.b32encode(plain).decode().rstrip("=").lower()]
            for word in ("md5", "sha1", "sha256", "sha512"):
                digest = hashlib.new(word, plain)
                # Tickets are sixteen signs of base 32: without a key they would be these.
                encoded += [
                    digest.hexdigest(),
                    base64.b64encode(digest.digest()).decode()[:20],
                    base64.b32encode(digest.digest()).decode().lower()[:16],
                ]
            found |= {one.encode(): "in an encoding" for one in encoded}
    return found


def found_in(raw: bytes, known: dict[bytes, str]) -> set[str]:
    """Return which sorts of traces some bytes hold.  One pass by the first eight bytes of each trace, as there are thousands."""
    heads: dict[bytes, list[bytes]] = {}
    for one in known:
        heads.setdefault(one[:8], []).append(one)
    return {known[one] for place in range(len(raw)) for one in heads.get(raw[place : place + 8], ()) if raw.startswith(one, place)}


def git(root: Path, *words: str) -> bytes:
    identity = ("-c", "user.name=Hub", "-c", "user.email=hub@essai.example", "-c", "commit.gpgsign=false", "-c", "core.autocrlf=false")
    return subprocess.run(["git", *identity, "-C", str(root), *words], check=True, capture_output=True).stdout


def committed(root: Path, message: str) -> None:
    git(root, "add", "-A")
    git(root, "commit", "-q", "--allow-empty", "-m", message)


@pytest.mark.long
def test_no_identity_of_five_hundred_reaches_the_repository_the_site_or_the_terminal(tmp_path, capsys, monkeypatch):
    """What Git has once, it has for ever, in every clone."""
    monkeypatch.setenv("HANDBILL_FOLDER", str(tmp_path / "private"))
    root = hub_with(tmp_path / "hub")
    git(root, "init", "-q")
    committed(root, "a hub")
    announced(root)
    entries, tickets, winners = (tmp_path / f"{name}.csv" for name in ("entries", "tickets", "winners"))
    rows = [f"{address},2023-08-{1 + number % 20:02} 10:00,{name}" for number, (address, name) in enumerate(people())]
    entries.write_text(
        "\n".join(("email,entered,name", *rows, "no address,2023-08-10 10:00,Sidonie Vaucanson-000")) + "\n", encoding="utf-8"
    )
    (tmp_path / "answer.json").write_bytes(answer(1000))
    told = ""

    def typed(step: str, at: str, *words: object) -> None:
        nonlocal told
        for form in ((), ("--json",)) if step == "ticket" else ((),):
            code, out, err = run(capsys, "--root", root, "contest", step, ID, *words, "--as-of", at, *form, lang="fr")
            assert code == 0, (step, out, err)
            told += out + err
        committed(root, step)

    typed("ticket", OPEN, entries, "--output", tickets, "--despite")
    typed("freeze", FROZEN, "--tickets", tickets)
    key = key_file(tmp_path / "private", ID).read_bytes()
    typed("draw", DRAWN, "--beacon", tmp_path / "answer.json")
    typed("winners", DRAWN, entries, "--output", winners)
    typed("confirm", "2023-08-24 12:00", "--claimed")
    typed("publish", "2023-08-24 18:00")
    typed("settle", "2023-09-05 10:00")
    typed("status", "2023-09-05 11:00")
    build(options(root, "2023-09-05 12:00"))
    typed("purge", "2023-12-01 10:00")

    known = traces(key)
    objects = git(root, "cat-file", "--batch-all-objects", "--batch")
    files = {
        file.relative_to(root).as_posix(): file.read_bytes() for file in root.rglob("*") if file.is_file() and ".git" not in file.parts
    }
    assert {"pool.txt", "draw.json", "record.json"} <= {Path(name).name for name in files if name.startswith("content/")}
    assert any(name.startswith("public/") for name in files)
    # The search itself must be able to find something.
    assert {"as it is written"} == found_in(entries.read_bytes(), known)
    assert {"the key"} == found_in(b"x" + key.hex().encode(), known)
    assert PEOPLE == (root / f"content/contests/archive/{ID}/pool.txt").read_bytes().count(b"\n")

    assert {} == {name: found for name, raw in files.items() if (found := found_in(raw, known))}
    assert set() == found_in(objects, known)
    assert set() == found_in(told.encode(), known)
    assert not key_file(tmp_path / "private", ID).exists()


@pytest.mark.parametrize("form", ["hex", "base64", "sha256"])
def test_the_search_would_find_an_address_in_any_of_its_forms(form):
    """A test that looks for nothing finds nothing."""
    address = people()[17][0].encode()
    hidden = {"hex": address.hex(), "base64": base64.b64encode(address).decode(), "sha256": hashlib.sha256(address).hexdigest()}[form]

    assert {"in an encoding"} == found_in(f"a line\n{hidden}\n".encode(), traces(bytes(32)))
