"""Letters as they would be mailed."""

import pytest
from PIL import Image
from tests.hubs import load_village, options, text, write

from handbill.checking import mails
from handbill.checking.mails import NoNotes, check_mails, mailings_of
from handbill.errors import Level, said
from handbill.outputs import letters
from handbill.outputs.mail import compose
from handbill.outputs.mail.fault import ThemeFault
from handbill.pipeline import build, check

HUB = '[hub]\nname = "Essai"\nbase_url = "https://essai.example/"\nlang = "fr"\n'


class Notes(dict):
    put = dict.__setitem__


def issue(body="Bonjour.", **front):
    return text(body, **{"number": "1", "subject": "En mai", "date": "2026-03-12 18:00", **front})


def found(root, notes=None, files=None, **more):
    loaded, settings = load_village(root=write(root, {"hub.toml": HUB, **(files or {}), **more}))
    mailings = list(mailings_of(list(letters.plan(loaded.hub, settings)), loaded.hub, settings))
    return list(check_mails(mailings, loaded.hub, settings, notes if notes is not None else NoNotes()))


def picture(root, name, size=(60, 40), noise=False):
    file = root / "content" / "pictures" / name
    file.parent.mkdir(parents=True, exist_ok=True)
    (Image.effect_noise(size, 90) if noise else Image.new("RGB", size)).save(file)
    return file


def test_the_village_has_nothing_to_be_told():
    """Neither has what a newcomer begins with."""
    loaded, settings = load_village()
    mailings = list(mailings_of(list(letters.plan(loaded.hub, settings)), loaded.hub, settings))

    assert mailings
    assert [] == list(check_mails(mailings, loaded.hub, settings, NoNotes()))


def test_a_letter_is_rendered_once_for_all_checks(tmp_path, monkeypatch):
    """A check runs at every save; forty letters take half a second."""
    notes, files = Notes(), {"newsletters/a.md": issue("# Un\n\n" + "mot mot\n" * 15_000)}
    first = found(tmp_path, notes, files)
    monkeypatch.setattr(mails, "maker", lambda _: pytest.fail("rendered again"))

    assert ["HB422"] == [one.code for one in first]
    assert first == found(tmp_path, notes, files)
    monkeypatch.undo()
    assert [] == found(tmp_path, notes, {"newsletters/a.md": issue("Court.")})


def test_what_is_told_follows_a_letter_whose_file_was_renamed(tmp_path):
    """The same letter at the same address, and what is known of it, under the new name."""
    notes = Notes()
    found(tmp_path, notes, {"newsletters/a.md": issue("mot mot\n" * 15_000, slug="mai")})
    (tmp_path / "newsletters" / "a.md").rename(tmp_path / "newsletters" / "b.md")

    (told,) = found(tmp_path, notes)
    assert ("newsletters/b.md", 1) == (told.path, len(notes))


def test_a_letter_that_waits_for_its_day_is_proofed_before_it(tmp_path):
    """On the day itself it is too late; a draft is still being written."""
    heavy = "mot mot\n" * 15_000
    files = {"newsletters/a.md": issue(heavy, date="2026-04-12 18:00"), "newsletters/b.md": issue(heavy, number="2", draft="true")}

    assert [("newsletters/a.md", "HB422")] == [(one.path, one.code) for one in found(tmp_path, files=files)]


def test_what_must_not_be_mailed_is_told_before_the_day(tmp_path):
    """Headers of a letter that waits are refused as those of others are."""
    mail = '[mail]\nsender = "Essai <lettre@essai.example>"\n'
    files = {"hub.toml": HUB + mail, "newsletters/a.md": issue(date="2026-04-12 18:00", subject='"x =?UTF-8?Q?=0A?="')}

    assert [("newsletters/a.md", "subject", "HB420")] == [(one.path, one.field, one.code) for one in found(tmp_path, files=files)]


@pytest.mark.parametrize(("code", "name"), [("HB425", "a.webp"), ("HB425", "a.avif"), (None, "a.png"), (None, "a.jpg")])
def test_a_picture_that_mail_programs_do_not_show_is_told(tmp_path, code, name):
    """On the page it looks right, so nobody else will."""
    picture(tmp_path, name)

    told = found(tmp_path, files={"newsletters/a.md": issue(f"![Un puits](../content/pictures/{name})")})
    assert [code] * (code is not None) == [one.code for one in told]
    assert all((one.level, one.path) == (Level.WARNING, "newsletters/a.md") and name in one.found for one in told)


def test_the_picture_of_an_entry_counts_like_one_in_the_text(tmp_path):
    """It comes from the post, and stands in the letter."""
    picture(tmp_path, "a.webp", (800, 600))
    post = text(date="2026-03-11", picture="../pictures/a.webp", picture_alt="Un puits")

    assert ["HB425"] == [one.code for one in found(tmp_path, files={"newsletters/a.md": issue(), "content/posts/p.md": post})]


def test_pictures_too_heavy_together_are_told_with_the_heaviest(tmp_path):
    """A telephone loads all of them before anyone reads."""
    sizes = [picture(tmp_path, name, size, noise=True).stat().st_size for name, size in (("a.png", (900, 500)), ("b.png", (1300, 700)))]
    assert sizes[0] < sizes[1]
    assert 1_000_000 < sum(sizes)

    (told,) = found(tmp_path, files={"newsletters/a.md": issue("![x](../content/pictures/a.png)\n\n![y](../content/pictures/b.png)")})
    assert ("HB426", Level.WARNING) == (told.code, told.level)
    assert f"{sum(sizes) // 1000} KB of pictures in one mail, of which content/pictures/b.png has {sizes[1] // 1000}" == told.found
    assert "python3 build.py fix images content/pictures/b.png" in told.wanted


def test_a_theme_with_a_fault_is_told_once(tmp_path):
    """At the file of the theme, not at each of forty letters."""
    files = {f"newsletters/{n}.md": issue(number=str(n)) for n in (1, 2)}
    broken = '<mjml><mj-head></mj-head><mj-body><mj-section colour="x"><mj-column></mj-column></mj-section></mj-body></mjml>'

    told = found(tmp_path, files={**files, "theme/mail/letter.mjml": broken})
    assert {("theme/mail/letter.mjml", 1, "HB429")} == {(one.path, one.line, one.code) for one in told}


def test_a_theme_that_lacks_a_file_is_told_like_any_other_fault(tmp_path, monkeypatch):
    """An update of the program may want a file that a copy of the theme does not have."""

    def lacks(_settings):
        raise ThemeFault("leaf.html", 0, said("no such file"), said("it"))

    monkeypatch.setattr(mails, "maker", lacks)

    (told,) = found(tmp_path, files={"newsletters/a.md": issue()})
    assert ("theme/mail/leaf.html", "HB429", "no such file") == (told.path, told.code, told.found)


def test_check_and_site_tell_it_alike(tmp_path):
    """The gate stands in both; a warning stops neither."""
    root = write(tmp_path, {"hub.toml": HUB, "newsletters/a.md": issue("mot mot\n" * 15_000)})

    for no_cache in (True, False, False):
        assert ["HB422"] == [one.code for one in check(options(root, no_cache=no_cache)) if one.level is Level.ERROR]
    assert (root / ".handbill" / "cache" / "mails").is_file()


def test_a_build_renders_a_letter_once_for_proof_and_publication(tmp_path, monkeypatch):
    """A first build of forty letters would take twice as long."""
    root = write(tmp_path, {"hub.toml": HUB, "newsletters/a.md": issue("Une lettre que nul n’a vue.")})
    seen, html_of = [], compose.html_of
    monkeypatch.setattr(compose, "html_of", lambda *words: seen.append(words) or html_of(*words))

    build(options(root))

    assert "que nul n’a vue" in (root / "public/newsletters/a/mail.html").read_text(encoding="utf-8")
    assert 1 == len(seen)
