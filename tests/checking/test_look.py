"""The community's colours are looked at before a page has them."""

from __future__ import annotations

from tests.hubs import write

from handbill.checking.look import check_look
from handbill.settings import read_settings

HUB = '[hub]\nname = "Essai"\nbase_url = "https://essai.example/"\n'


def problems(tmp_path, look="", tokens=None):
    files = {"hub.toml": HUB + look} | ({"theme/tokens.toml": tokens} if tokens is not None else {})
    return [str(one) for one in check_look(read_settings(write(tmp_path, files)))]


def test_the_colours_that_come_with_the_program_are_fine(tmp_path):
    """A newcomer's first check must not speak of colours."""
    assert [] == problems(tmp_path)


def test_an_accent_too_pale_for_text_is_told_at_its_line(tmp_path):
    """Half of the communities' colours are too light for links; nobody sees it on a good screen."""
    assert [
        "hub.toml:5:10: look.accent: found #ffb000, in which text on paper (#f7f1e5) has a contrast of 1.6, "
        "wanted a contrast of at least 4.5 [HB801]"
    ] == problems(tmp_path, '[look]\naccent = "#ffb000"\n')


def test_a_ground_that_swallows_text_is_told_where_it_was_written(tmp_path):
    """The community wrote the ground, not the inks."""
    told = problems(tmp_path, tokens='[light]\nsheet = "#777777"\n')

    assert "theme/tokens.toml:2:9: light.sheet: found #777777, on which text in ink (#241e19) has a contrast of 3.7, wanted a contrast of at least 4.5 [HB801]" in told
    assert {"theme/tokens.toml:2:9: light.sheet"} == {one.rpartition(": found")[0] for one in told}


def test_an_unknown_token_is_refused_with_the_one_meant(tmp_path):
    """A misspelt colour would change nothing, and nobody would know why."""
    assert ["theme/tokens.toml:2:1: light.papier: found an unknown field, wanted “paper”, perhaps [HB202]"] == problems(
        tmp_path, tokens='[light]\npapier = "#ffffff"\n'
    )


def test_what_git_left_in_a_theme_is_told_at_its_line(tmp_path):
    """Two versions of a template stood on every page, and a note of Git LFS in place of the mark."""
    conflict = "a {}\n<<<<<<< HEAD\nb {}\n=======\nc {}\n>>>>>>> other\n"
    pointer = "version https://git-lfs.github.com/spec/v1\noid sha256:0\nsize 1\n"
    write(tmp_path, {"theme/style/own.css": conflict, "theme/static/logo.png": pointer, "theme/style/fine.css": "/* =======\n*/\n"})

    told = problems(tmp_path)

    assert ["theme/static/logo.png: found a note of Git LFS", "theme/style/own.css:2:1: found two versions"] == [
        " ".join(one.split()[: 7 if "note" in one else 4]) for one in sorted(told)
    ]
