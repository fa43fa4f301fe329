"""Translations are found by readers, and keep up with their originals."""

from __future__ import annotations

import pytest
from tests.hubs import load_village, text, write

from handbill.checking.translations import check_translations


def found(tmp_path, files):
    hub = 'languages = ["fr", "en", "de"]'
    head = f'[hub]\nname = "Essai"\nbase_url = "https://essai.example/"\nlang = "fr"\n{hub}\n'
    loaded, _ = load_village(root=write(tmp_path, {"hub.toml": head, **files}))
    assert () == loaded.problems
    return [str(one) for one in check_translations(loaded.hub)]


def post(**front):
    return text(**front)


@pytest.mark.parametrize(
    ("files", "message"),
    [
        ({"content/posts/b.md": post(translation_of="post:a")}, "content/posts/b.md:4:17: translation_of: found post:a, which is in “fr” as well, wanted a text in another language, or the line lang: that this one is in"),
        ({"content/posts/b.md": post(lang="en", id="post:b", translation_of="post:b")}, "content/posts/b.md:6:17: translation_of: found its own id, wanted the id of the text that it translates, or no such line"),
        ({"content/posts/b.md": post(lang="en", translation_of="post:a"), "content/posts/c.md": post(lang="de", translation_of="post:b.en")},
         "content/posts/c.md:5:17: translation_of: found post:b.en, itself a translation, wanted post:a, the original of both"),
        ({"content/pages/b.md": "---\ntitle: B\nlang: en\ntranslation_of: post:a\n---\n\nx\n"}, "content/pages/b.md:4:17: translation_of: found post:a, which is of another kind (post), wanted an item of the same kind"),
        ({"content/posts/a.de.md": post(lang="fr", slug="x", id="post:x")}, "content/posts/a.de.md: found post:a, which is in “fr” as well, wanted a text in another language, or the line lang: that this one is in"),
    ],
)  # fmt: skip
def test_a_translation_that_no_reader_would_find_is_refused(tmp_path, files, message):
    """The link “English” under the original would be missing, or lead elsewhere."""
    assert [f"{message} [HB314]"] == found(tmp_path, {"content/posts/a.md": post(), **files})


def test_right_translations_are_silent(tmp_path):
    """By the file's name, or by the id of the original."""
    assert [] == found(tmp_path, {"content/posts/a.md": post(), "content/posts/a.en.md": post(), "content/posts/z.md": post(lang="de", translation_of="post:a")})


@pytest.mark.parametrize(
    ("original", "translation", "is_told"),
    [
        ({"updated": "2026-02-10"}, {}, True),
        ({"updated": "2026-02-10"}, {"updated": "2026-02-09"}, True),
        ({"updated": "2026-02-10 18:00"}, {"updated": "2026-02-10 09:00"}, False),
        ({"updated": "2026-02-10"}, {"updated": "2026-02-11"}, False),
        ({"updated": "2026-02-10"}, {"date": "2026-02-12"}, False),
        ({}, {}, False),
        ({"date": "2026-02-01"}, {"date": "2026-01-01"}, False),
        ({}, {"updated": "2026-02-10"}, False),
        ({"updated": "2026-02-10", "draft": "true"}, {}, False),
        ({"updated": "2026-02-10"}, {"draft": "true"}, False),
        ({"updated": "2027-02-10"}, {}, False),
    ],
)
def test_a_translation_that_was_left_behind_is_told(tmp_path, original, translation, is_told):
    """Readers of one language learn of the new time, the others go at the old one."""
    told = found(tmp_path, {"content/posts/a.md": post(**original), "content/posts/a.en.md": post(**translation)})

    assert is_told == bool(told)
    if original == {"updated": "2026-02-10"} and not translation:
        assert [
            "content/posts/a.en.md: found a translation of 2026-01-02, while content/posts/a.md was changed on 2026-02-10, "
            "wanted the same change here, or a line updated: 2026-02-10 if nothing is to be changed [HB507]"
        ] == told
