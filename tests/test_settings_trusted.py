"""Which folders may hold a little more HTML: read from hub.toml, and never by accident."""

from __future__ import annotations

import pytest
from tests.hubs import write

from handbill.errors import ContentProblems
from handbill.hub.allowed import BEYOND, Beyond
from handbill.settings import read_settings
from handbill.settings_trusted import pairs_of

HUB = '[hub]\nname = "Essai"\nbase_url = "https://essai.example/"\nlang = "fr"\n'
OWNED = '[sections.all]\nfolders = ["."]\nowners = ["@ines"]\n'


def trusted(tmp_path, *tables):
    return read_settings(write(tmp_path, {"hub.toml": HUB + "".join(tables)})).trusted


def refused(tmp_path, *tables):
    with pytest.raises(ContentProblems) as caught:
        trusted(tmp_path, *tables)
    return [(one.field, str(one.found), one.code) for one in caught.value.problems]


def rule(folders, more="", name="pages"):
    return f"[trusted.{name}]\nfolders = {folders}\n{more}"


def test_a_hub_trusts_nothing_until_it_says_so(tmp_path):
    """What is allowed everywhere is enough for nearly all texts."""
    assert {} == dict(trusted(tmp_path, OWNED))


def test_a_rule_names_folders_and_what_their_texts_may_hold(tmp_path):
    """And who is asked about each change of them."""
    more = 'elements = ["ruby", "rt", "ruby"]\nclasses = ["own-wide"]\n'

    found = trusted(tmp_path, OWNED, rule('["./content/pages/", "events"]', more))

    one = found["pages"]
    assert (("content/pages", "events"), Beyond(("rt", "ruby"), ("own-wide",)), ("@ines",)) == (one.folders, one.beyond, one.owners)
    assert (("content/pages", one.beyond), ("events", one.beyond)) == pairs_of(found)


@pytest.mark.parametrize("folder", ["newsletters", ".", "", "theme", "content/../newsletters", "/content/pages", "contents", "content//a", "content\\\\pages", "Content/pages"])
def test_a_folder_elsewhere_is_refused(tmp_path, folder):
    """Letters never: mail programs know less than browsers."""
    assert "HB229" in {code for _, _, code in refused(tmp_path, OWNED, rule(f'["{folder}"]'))} or not folder


@pytest.mark.parametrize(
    ("sections", "named"),
    [
        ("", "content/pages"),
        ('[sections.pages]\nfolders = ["content/pages"]\n', "content/pages"),
        (OWNED + '[sections.deep]\nfolders = ["content/pages/deep"]\n', "content/pages/deep"),
        ('[sections.pages]\nfolders = ["content/pages/deep"]\nowners = ["@ines"]\n', "content/pages"),
    ],
)
def test_a_folder_about_which_nobody_is_asked_is_refused(tmp_path, sections, named):
    """A folder is trusted because of who looks at it, and not because of its name."""
    assert [("trusted.pages.folders", f"“{named}”, about which nobody is asked", "HB229")] == refused(tmp_path, sections, rule('["content/pages"]'))


@pytest.mark.parametrize("name", ["button", "finder", "note", "own-", "own-A", "Own-a", "own-a b", "own-a\\u00e9", "own_a"])
def test_a_class_that_may_be_the_programs_is_refused(tmp_path, name):
    """A text would borrow the look of a button, or what a script takes hold of."""
    assert ["HB229"] == [code for _, _, code in refused(tmp_path, OWNED, rule('["content/pages"]', f'classes = ["{name}"]\n'))]


@pytest.mark.parametrize(
    "name",
    ["script", "SCRIPT", "style", "iframe", "video", "audio", "object", "embed", "base", "meta", "link", "svg", "form", "input", "template", "*", "a onclick"],
)
def test_what_acts_can_never_be_allowed(tmp_path, name):
    """No setting lets a text run something, ask another server, or send what a reader types."""
    assert name not in BEYOND
    assert [("trusted.pages.elements", f"“{name}”", "HB201")] == refused(tmp_path, OWNED, rule('["content/pages"]', f'elements = ["{name}"]\n'))


@pytest.mark.parametrize("table", ["[trusted]\nfolders = 3\n", "[[trusted]]\nfolders = []\n", "[trusted.pages]\n", '[trusted."a b"]\nfolders = ["events"]\n'])
def test_a_table_of_another_shape_is_told(tmp_path, table):
    """Nothing is trusted half."""
    assert refused(tmp_path, OWNED, table)
