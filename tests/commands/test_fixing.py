"""`fix images` says what it did in words, does nothing when asked not to, and fails where a machine must notice."""

import json

import pytest
from tests.hubs import run, text, write
from tests.photos import saved, scene, telling


@pytest.fixture
def root(tmp_path):
    """Return a hub with a telling photo, a misnamed one and a sound one."""
    return write(tmp_path, {
        "content/p/a.jpg": telling(turn=6),
        "content/p/b.png": saved(scene(seed=2)),
        "content/p/c.jpg": saved(scene(seed=3)),
        "content/posts/a.md": text("![Un four](../p/b.png)"),
    })  # fmt: skip


def test_an_editor_reads_what_happened_to_each_photo(root, capsys):
    """“Done” would leave her wondering whether the place is still in it."""
    code, said, _ = run(capsys, "--root", root, "fix", "images", "--lang", "en")

    assert 0 == code
    lines = said.splitlines()
    assert lines[1].startswith("content/p/a.jpg: 240 × 320, ")
    assert [
        "  taken out: the place where it was taken (GPS), the serial number of the camera, the name of the camera’s owner, notes of the camera’s maker, "
        "a small copy of the picture as it was before, something hidden behind the picture, such as a film or what was cut off",
        "  kept: whom to credit for it",
        "  turned upright",
    ] == lines[2:5]
    assert ["  now called content/p/b.jpg", "  changed in the texts that show it: content/posts/a.md", "2 pictures mended.", "1 picture is as it should be."] == lines[6:]


def test_it_is_said_in_french(root, capsys):
    """Most editors do not read English."""
    _, said, _ = run(capsys, "--root", root, "fix", "images", "--lang", "fr")

    assert "  retiré\N{NO-BREAK SPACE}: le lieu de la prise de vue (GPS), le numéro de série de l’appareil," in said
    assert "2 images corrigées." in said
    assert "picture" not in said.replace("content/pictures", "")


def test_the_second_run_says_that_there_is_nothing_to_do(root, capsys):
    """An editor runs it twice to be sure."""
    run(capsys, "--root", root, "fix", "images")
    code, said, _ = run(capsys, "--root", root, "fix", "images", "--lang", "en")

    assert (0, "3 pictures are as they should be.") == (code, said.splitlines()[-1])


@pytest.mark.parametrize(("option", "code"), [("--dry-run", 0), ("--check", 1)])
def test_a_run_on_trial_changes_nothing(root, capsys, option, code):
    """One is for people, the other for the machine that reads proposals."""
    before = {file: file.read_bytes() for file in root.rglob("*") if file.is_file()}
    found, said, _ = run(capsys, "--root", root, "fix", "images", option, "--lang", "en")

    assert (code, before) == (found, {file: file.read_bytes() for file in root.rglob("*") if file.is_file()})
    assert "2 pictures would change." in said


def test_the_machine_is_content_when_nothing_would_change(root, capsys):
    """Otherwise no proposal would ever pass."""
    run(capsys, "--root", root, "fix", "images")

    assert 0 == run(capsys, "--root", root, "fix", "images", "--check")[0]


def test_a_picture_that_could_not_be_mended_is_a_failure(root, capsys):
    """The others are mended all the same."""
    (root / "content/p/d.heic").write_bytes(b"\0\0\0\x18ftypheic\0\0\0\0mif1heic")
    code, said, _ = run(capsys, "--root", root, "fix", "images", "--lang", "en")

    assert 1 == code
    assert "content/p/d.heic: found a photo that browsers cannot show (HEIC), wanted the photo exported as JPEG, by the telephone or the computer\n2 pictures mended.\n1 picture could not be mended." in said


def test_programs_read_it_as_json(root, capsys):
    """A bot writes it under the proposal; the place is not in it either."""
    code, said, _ = run(capsys, "--root", root, "fix", "images", "--json", root / "content/p/a.jpg")
    told = json.loads(said)

    assert (0, True, 0, []) == (code, told["written"], told["unchanged"], told["failed"])
    (one,) = told["changed"]
    assert ("content/p/a.jpg", "content/p/a.jpg", [[240, 320], [240, 320]], True, True) == (one["path"], one["to"], one["pixels"], one["turned"], one["credit_kept"])
    assert ["place", "serial", "owner", "maker", "copy", "behind"] == one["taken_out"]
    assert one["bytes"][1] == (root / "content/p/a.jpg").stat().st_size


def test_a_hub_without_pictures_says_so(tmp_path, capsys):
    """Nothing at all would look like a crash."""
    code, said, _ = run(capsys, "--root", write(tmp_path, {"content/posts/a.md": text()}), "fix", "images", "--lang", "en")

    assert (0, "0 pictures are as they should be.") == (code, said.splitlines()[-1])


def test_the_command_that_the_check_names_mends_what_it_names(tmp_path, capsys, monkeypatch):
    """It is copied from the message as it stands, with the spaces of a telephone's name."""
    import shlex

    write(tmp_path, {"content/posts/IMG 20 (1).jpg": telling(), "content/posts/a.md": text("![Un four](<IMG 20 (1).jpg>)")})
    monkeypatch.chdir(tmp_path)
    code, said, _ = run(capsys, "check", "--format", "json")
    words = json.loads(said)["problems"][0]["wanted"].split("build.py ")[1]

    assert 1 == code
    assert 0 == run(capsys, *shlex.split(words))[0]
    assert 0 == run(capsys, "check")[0]


def test_a_picture_is_named_as_the_message_names_it_from_wherever_one_is(root, capsys):
    """`check` tells paths from the hub's own folder, and its advice must work with --root."""
    assert 1 == run(capsys, "--root", root, "fix", "images", "content/p/a.jpg", "--check", lang="fr")[0]
    assert (2, "handbill: ni fichier ni dossier content/p/z.jpg dans le site\n") == run(
        capsys, "--root", root, "fix", "images", "content/p/z.jpg", lang="fr"
    )[::2]
    assert "handbill: content/posts/a.md n’est pas une image" in run(capsys, "--root", root, "fix", "images", "content/posts/a.md", lang="fr")[2]
