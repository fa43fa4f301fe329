"""Each picture of a hub is published under its address, or an editor is told why not and what to type."""

import pytest
from tests.hubs import load_village, run, text, village, write
from tests.photos import saved, scene, segment, telling

from handbill.errors import Level
from handbill.reading.cache import Cache
from handbill.reading.media import begin_of, fix_command, media_address, read_media

HEIC = b"\0\0\0\x18ftypheic\0\0\0\0mif1heic" + b"\0" * 200


def told(source, raw):
    problems = []
    found = read_media([source], {source: raw}, None, problems)
    return found, problems


def test_a_sound_picture_is_media_with_its_size():
    """That is the usual case, and it is silent."""
    found, problems = told("content/pictures/Été 1.JPG", saved(scene()))

    assert [] == problems
    assert [("/media/pictures/ete-1.jpg", 320, 240)] == [(one.address, one.width, one.height) for one in found.values()]


@pytest.mark.parametrize(("name", "raw", "code", "found", "wanted"), [
    ("a.jpg", b"version https://git-lfs.github.com/spec/v1\noid sha256:0\n", "HB115", "a note of Git LFS in place of the picture", "the picture itself: run “git lfs pull”, or add the file again without LFS"),
    ("a.png", b"words", "HB131", "no readable PNG picture", "a picture that opens on your computer, uploaded again"),
    ("a.jpg", saved(scene())[:900], "HB131", "a JPEG picture that stops before its end", "a picture that opens on your computer, uploaded again"),
    ("a.heic", HEIC, "HB134", "a photo that browsers cannot show (HEIC)", "the photo exported as JPEG, by the telephone or the computer"),
    ("a.jpg", HEIC, "HB134", "a photo that browsers cannot show (HEIC)", "the photo exported as JPEG, by the telephone or the computer"),
    ("a.dng", b"II*\0raw", "HB134", "a photo that browsers cannot show (RAW)", "the photo exported as JPEG, by the telephone or the computer"),
    ("a.tif", b"II*\0tiff", "HB134", "a photo that browsers cannot show (TIFF)", "one that they show: python3 build.py fix images content/a.tif"),
    ("a.svg", b"<svg/>", "HB135", "an SVG drawing, which can carry programs", "the drawing exported as PNG"),
    ("a.png", b"<svg/>", "HB135", "an SVG drawing, which can carry programs", "the drawing exported as PNG"),
    ("a.png", saved(scene()), "HB136", "a JPEG picture in a file that ends in .png", "the ending .jpg: python3 build.py fix images content/a.png"),
    ("a.heic", saved(scene()), "HB136", "a JPEG picture in a file that ends in .heic", "the ending .jpg: python3 build.py fix images content/a.heic"),
])  # fmt: skip
def test_a_picture_that_cannot_be_shown_is_told_with_what_to_do(name, raw, code, found, wanted):
    """“A file that nothing uses” sends an editor to a developer."""
    media, problems = told("content/" + name, raw)

    assert {} == media
    assert [(code, found, wanted, Level.ERROR)] == [(one.code, one.found, one.wanted, one.level) for one in problems]


def test_a_photo_that_tells_too_much_is_told_without_what_it_tells():
    """The message stands in a public log; the place must not."""
    media, problems = told("content/p.jpg", telling())

    assert ["content/p.jpg"] == list(media)
    assert [
        "content/p.jpg: found the place where it was taken (GPS), written in the file, "
        "wanted the picture without it: python3 build.py fix images content/p.jpg [HB132]",
        "content/p.jpg: found the serial number of the camera, the name of the camera’s owner, notes of the camera’s maker, "
        "a small copy of the picture as it was before, something hidden behind the picture, such as a film or what was cut off, "
        "written in the file, wanted the picture without it: python3 build.py fix images content/p.jpg [HB133]",
    ] == [str(one) for one in problems]
    assert not any(secret in str(problems) for secret in ("44", "34.5", "SN0042", "LENS7", "Marie"))


def test_a_picture_of_too_many_pixels_is_sent_to_the_command():
    """It makes it smaller, which is all that is wrong with it."""
    raw = saved(scene((8, 8))).replace(b"\0\x08\0\x08", b"\x1f\x40\x1f\x40", 1)

    assert ["at most 40 million pixels: python3 build.py fix images content/p.jpg"] == [one.wanted for one in told("content/p.jpg", raw)[1]]


@pytest.mark.parametrize(
    ("source", "typed"),
    [
        ("content/a.jpg", "content/a.jpg"),
        ("content/IMG 2034 (1).jpg", '"content/IMG 2034 (1).jpg"'),
        ("content/l'été.jpg", '"content/l\'été.jpg"'),
    ],
)
def test_what_to_type_can_be_typed(source, typed):
    """A name from a phone has spaces and brackets."""
    assert f"python3 build.py fix images {typed}" == fix_command(source)


def test_a_picture_seen_before_is_not_taken_apart_again(tmp_path, monkeypatch):
    """Ten thousand pictures would cost every check ten seconds."""
    source, raw = "content/p.jpg", telling()
    cache = Cache(tmp_path / "c", "1")
    cold = []
    read_media([source], {source: raw}, cache, cold)
    cache.save()
    monkeypatch.setattr("handbill.reading.media.read_picture", None)

    warm = []
    read_media([source], {source: raw}, Cache(tmp_path / "c", "1"), warm)
    assert cold == warm
    assert warm


def test_a_reference_to_what_cannot_be_shown_is_told_once(tmp_path):
    """The photo is there; that it “does not exist” would be a lie."""
    root = write(
        tmp_path,
        {"content/posts/a.md": text("![Un four](four.heic)", picture="four.heic", picture_alt="Un four"), "content/posts/four.heic": HEIC},
    )

    assert ["HB134"] == [one.code for one in load_village(root=root)[0].problems]


def test_a_photo_of_a_telephone_larger_than_allowed_is_sent_to_the_command(tmp_path):
    """Twelve megabytes are no reason to know what a kilobyte is."""
    config = '[hub]\nname = "E"\nbase_url = "https://e.example/"\n[budget]\npicture_kb = 1\n'
    root = write(tmp_path, {"hub.toml": config, "content/posts/p.jpg": saved(scene()), "content/posts/q.heic": HEIC * 20})

    assert [
        ("HB106", "a smaller picture (python3 build.py fix images content/posts/p.jpg), or a larger picture_kb under [budget] in hub.toml"),
        ("HB134", "the photo exported as JPEG, by the telephone or the computer"),
    ] == [(one.code, one.wanted) for one in load_village(root=root)[0].problems]


def test_the_check_tells_it_too(tmp_path, capsys):
    """That is where an editor meets it."""
    root = write(tmp_path, {"content/posts/a.md": text(), "content/posts/p.png": saved(scene())})

    code, said, _ = run(capsys, "--root", root, "check")
    assert 1 == code
    assert "HB136" in said


def test_the_begin_of_a_file_is_enough_to_know_what_it_is(tmp_path):
    """A raw photo of 60 MB is not read."""
    (tmp_path / "a.heic").write_bytes(HEIC)

    assert HEIC[:64] == begin_of(tmp_path / "a.heic")
    assert b"" == begin_of(tmp_path / "none.heic")


@pytest.mark.parametrize(("source", "address"), [
    ("content/pictures/a.png", "/media/pictures/a.png"),
    ("events/2026/Fête d'été.JPG", "/media/events/2026/fete-d-ete.jpg"),
    ("content/posts/???.gif", "/media/posts/x.gif"),
])  # fmt: skip
def test_an_address_is_made_of_plain_letters(source, address):
    """It is typed, mailed and printed."""
    assert address == media_address(source)


def test_the_pictures_of_this_repository_are_clean():
    """What we ask of others."""
    from tests.hubs import VILLAGE

    from handbill.reading.pictures import read_picture

    files = [
        file
        for folder in (VILLAGE.parents[2] / "content", VILLAGE)
        for file in folder.rglob("*")
        if file.suffix in (".png", ".jpg", ".webp")
    ]

    assert files
    assert [] == [file.name for file in files if read_picture(file.read_bytes(), file.suffix).tells]


def test_segments_of_the_trade_are_no_reason_to_refuse():
    """Programs for printing leave marks that tell nothing about anybody."""
    raw = saved(scene())

    assert [] == told("content/p.jpg", raw[:2] + segment(0xEC, b"Ducky\0q") + raw[2:])[1]


def test_a_portrait_of_somebody_who_is_not_listed_is_not_published(tmp_path):
    """Search engines for faces read folders of pictures, too; what a text shows as well stays."""
    root = village(tmp_path)
    png = (root / "content/pictures/puits.png").read_bytes()
    tom = "---\ntitle: Tom\nlisted: false\npicture: ../pictures/{name}.png\npicture_alt: Tom\n---\n\nTom.\n"
    write(root, {"content/pictures/tom.png": png, "content/people/tom.md": tom.format(name="tom")})

    assert "content/pictures/tom.png" not in {one.source for one in load_village(root=root)[0].hub.media}
    write(root, {"content/people/tom.md": tom.format(name="puits")})
    assert "content/pictures/puits.png" in {one.source for one in load_village(root=root)[0].hub.media}


@pytest.mark.parametrize("front", [{"date": "2027-01-01"}, {"draft": "true"}], ids=["scheduled", "draft"])
def test_a_picture_that_only_a_text_that_waits_shows_is_not_published(tmp_path, front):
    """A photo of the winner, there three days before the winner is announced, under an address that is easily guessed."""
    one, two = (tmp_path / "village/content/pictures" / name for name in ("tout.png", "attend.png"))
    root = village(tmp_path)
    for file in (one, two):
        file.write_bytes((root / "content/pictures/puits.png").read_bytes())
    write(root, {"content/posts/attend.md": text("![Le puits](../pictures/attend.png) ![Tout](../pictures/tout.png)", **front)})
    write(root, {"content/posts/la.md": text("![Tout](../pictures/tout.png)")})

    found = {media.address for media in load_village(root=root)[0].hub.media}

    assert "/media/pictures/tout.png" in found
    assert "/media/pictures/attend.png" not in found
