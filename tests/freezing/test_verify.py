"""The archive is proved."""

import shutil
import subprocess
from pathlib import Path

import pytest
from tests.freezing.letters import edit, frozen, hub
from tests.frozen import archive, letter
from tests.hubs import options

from handbill.errors import WrongUse
from handbill.freezing import bundling, verify
from handbill.outputs import letters
from handbill.pipeline import build, check
from handbill.reading.bundles import read_archive


def proved(root: Path, name: str = "", rebuild: bool = True):
    return verify.verify(name, options(root), lambda _: None, rebuild)


@pytest.fixture
def root(tmp_path):
    """A hub with three frozen letters."""
    made = hub(tmp_path)
    for name in ("1", "2"):
        frozen(made, name)
    return made


def test_where_the_same_is_put_in_the_same_comes_out(root):
    """It is the strongest proof that there is: the archive is what these texts say."""
    found = proved(root)

    assert {"1": True, "1.en": True, "2": True} == {one.frozen.name: one.is_rebuilt for one in found.bundles}
    assert () == found.faults


def test_without_making_anything_bytes_and_chain_are_proved(root):
    """A machine without the engines can still tell whether something was changed."""
    found = proved(root, rebuild=False)

    assert [None, None, None] == [one.is_rebuilt for one in found.bundles]
    assert () == found.faults


@pytest.mark.parametrize(
    ("expected", "source", "old", "new"),
    [
        ("its text newsletters/2026-03.md was edited", "newsletters/2026-03.md", "Bonjour", "Bonsoir"),
        ("events/fete.md was edited", "events/fete.md", "title: La fête", "title: Le bal"),
        ("hub.toml says something else of letters or colours", "hub.toml", "1 rue du Puits", "2 rue du Puits"),
    ],
)
def test_what_differs_is_told_and_the_bytes_are_proved_all_the_same(root, expected, source, old, new):
    """Sources live on; that the archive is no longer what they would give is no fault of it."""
    edit(root, source, old, new)

    found = {one.frozen.name: one for one in proved(root).bundles}
    assert expected in [str(one) for one in found["1"].differs]
    assert not found["1"].is_rebuilt
    assert () == proved(root).faults


def test_a_text_that_is_gone_leaves_the_proof_of_the_bytes(root):
    """The archive needs nobody's sources to be sound."""
    (root / "newsletters/2026-04.md").unlink()

    found = {one.frozen.name: one for one in proved(root).bundles}
    assert ["its text newsletters/2026-04.md is not there, or is a draft"] == [str(one) for one in found["2"].differs]


def test_other_bytes_from_the_same_are_a_fault(root, monkeypatch):
    """Then either the archive was forged with all its digests, or the program does not do the same twice."""
    plain = letters.make
    monkeypatch.setattr(bundling.letters, "make", lambda *given: (type(one)(one.path, one.content + b" ") for one in plain(*given)))

    assert {"HB441"} == {one.code for one in proved(root).faults}
    assert 3 == len(proved(root).faults)


def test_one_letter_is_proved_with_the_chain_that_leads_to_it(root):
    """What stands before it is a part of the proof, what came later is not."""
    (root / "newsletters/archive/1/mail.txt").write_bytes(b"Autre chose.")
    (root / "newsletters/archive/1.en/mail.txt").write_bytes(b"Something else.")

    assert ["newsletters/archive/1/mail.txt"] == [one.path for one in proved(root, "2", rebuild=False).faults]
    assert ["newsletters/archive/1.en/mail.txt"] == [one.path for one in proved(root, "1.en", rebuild=False).faults]
    assert ["2"] == [one.frozen.name for one in proved(root, "2", rebuild=False).bundles]
    with pytest.raises(WrongUse, match=r"1, 1\.en, 2"):
        proved(root, "7")


def test_a_letter_whose_manifest_is_damaged_is_told_by_its_name(root):
    """Asking for it must not say that there is none."""
    (root / "newsletters/archive/2/manifest.json").write_bytes(b"{}")

    assert ["HB441"] == [one.code for one in proved(root, "2", rebuild=False).faults]


@pytest.mark.parametrize("name", ["1", "1.en", ""])
def test_counts_that_somebody_edited_are_told_beside_a_letter_that_is_sound(root, name):
    """They are public, and say what the community tells of itself; the letter is still what was mailed."""
    (root / "newsletters/archive/1.totals.json").write_bytes(b'{"accepted": 1000000}\n')

    found = proved(root, name, rebuild=False)

    assert ["HB456"] == [one.code for one in found.faults]
    assert all(not one.faults for one in found.bundles)
    assert () == proved(root, "2", rebuild=False).faults


def test_a_hub_without_letters_has_nothing_to_prove(tmp_path):
    """A pipeline may run it from the first day on."""
    made = hub(tmp_path)

    assert ((), ()) == (proved(made).bundles, proved(made).faults)
    archive(tmp_path, letter(9))
    assert ["9"] == [one.frozen.name for one in proved(made).bundles]


def test_the_archive_of_this_repository_is_sound():
    """Its letters were approved once, and whoever looks for them finds these."""
    assert () == proved(KEPT.parents[2], rebuild=False).faults


KEPT = Path(__file__).parents[1] / "sites" / "kept"


def test_an_archive_of_an_earlier_program_is_still_read_proved_and_shown(tmp_path):
    """Format 1 is read for ever: this archive is never written anew, whatever becomes of the program."""
    made = Path(shutil.copytree(KEPT, tmp_path / "hub"))

    found = proved(made)
    assert ["1", "1.en", "2"] == sorted(one.frozen.name for one in found.bundles)
    assert () == found.faults
    assert [] == [one for one in check(options(made, "2026-05-01 12:00")) if one.code.startswith("HB44")]
    build(options(made, "2026-05-01 12:00"))
    for name, page in (("1", "newsletters/2026-03"), ("1.en", "en/newsletters/2026-03"), ("2", "newsletters/2026-04")):
        for form in ("mail.html", "mail.txt", "mail.eml"):
            assert (KEPT / "newsletters/archive" / name / form).read_bytes() == (made / "public" / page / form).read_bytes()


@pytest.mark.skipif(shutil.which("git") is None, reason="no git here")
@pytest.mark.parametrize("is_kept", [True, False])
def test_a_checkout_that_changes_the_ends_of_lines_leaves_the_archive_alone(tmp_path, is_kept):
    """On Windows, Git does so unless it is told otherwise; the archive tells it."""
    made = Path(shutil.copytree(KEPT, tmp_path / "hub"))
    if not is_kept:
        (made / "newsletters/archive/.gitattributes").unlink()

    def git(*words: str, at: Path = made) -> None:
        plain = ("-c", "core.autocrlf=true", "-c", "core.safecrlf=false", "-c", "user.name=A", "-c", "user.email=a@essai.example")
        subprocess.run(["git", *plain, *words], cwd=at, check=True, capture_output=True)

    git("init")
    git("add", ".")
    git("commit", "-m", "Tout")
    git("clone", str(made), str(tmp_path / "clone"), at=tmp_path)

    found = {one.code for one in read_archive(tmp_path / "clone").problems}
    assert (set() if is_kept else {"HB441", "HB449"}) == found
    if not is_kept:
        assert any("ends of lines" in one.found for one in read_archive(tmp_path / "clone").problems)
