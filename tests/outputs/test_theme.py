"""Whose file is taken, and what a template hangs on."""

from __future__ import annotations

import pytest

from handbill.outputs.theme import Theme, engine_theme


@pytest.fixture
def own(tmp_path):
    """Return a function that writes files of the hub's own theme and gives the theme."""

    def write(**files: str) -> Theme:
        for name, text in files.items():
            file = tmp_path / "theme" / name.replace("__", "/").replace("_html", ".html")
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_text(text, encoding="utf-8")
        return Theme(tmp_path)

    return write


def test_a_hub_without_a_theme_has_ours(tmp_path):
    """Content alone makes a site."""
    theme = Theme(tmp_path)

    assert (engine_theme(),) == theme.folders
    assert engine_theme() / "templates" / "post.html" == theme.find("templates/post.html")


def test_the_hub_s_own_file_takes_the_place_of_ours(own, tmp_path):
    """One file is changed, and all others go on getting our corrections."""
    theme = own(templates__post_html="own", static__hub="own")

    assert tmp_path / "theme" / "templates" / "post.html" == theme.find("templates/post.html")
    assert engine_theme() / "templates" / "event.html" == theme.find("templates/event.html")
    assert tmp_path / "theme" / "templates" / "post.html" == theme.files("templates")["post.html"]
    assert engine_theme() / "templates" / "event.html" == theme.files("templates")["event.html"]


def test_our_own_repository_has_one_theme():
    """There the hub's theme is ours, and each file must not be found twice."""
    assert (engine_theme(),) == Theme(engine_theme().parent).folders


def test_a_missing_file_is_named(tmp_path):
    """The caller says what it was wanted for."""
    with pytest.raises(FileNotFoundError, match=r"templates/none\.html"):
        Theme(tmp_path).find("templates/none.html")


def test_files_stand_in_order_and_hidden_ones_are_left_out(own):
    """The order of a disk must not show; an editor's swap file must not be published."""
    theme = own(static__z="1", static__a="1", static__deep__b="1", **{"static__.hidden": "1", "static__.git__c": "1"})

    names = list(theme.files("static"))
    assert sorted(names) == names
    assert {"z", "a", "deep/b", "search.js"} <= set(names)
    assert [] == [name for name in names if ".hidden" in name or ".git" in name]


@pytest.mark.parametrize(
    "tag",
    [
        '{% extends "base2.html" %}',
        "{% extends 'base2.html' %}",
        '{%- include "base2.html" -%}',
        '{%+ include "base2.html" ignore missing %}',
        '{% import "base2.html" as x %}',
        '{% from "base2.html" import a, b with context %}',
        '{%\n  from "base2.html"\n  import a\n%}',
        '{% include ["none.html", "base2.html"] %}',
        '{% extends "none.html" if x else "base2.html" %}',
        "{% include name %}",
        '{% include "base" ~ number ~ ".html" %}',
    ],
)
def test_a_change_in_what_a_template_is_made_of_is_seen(own, tag):
    """A page that hangs on an unseen file stays as it was, and nobody knows why."""
    before = own(templates__a_html=f"{tag}\ntext", templates__base2_html="one").template_digest("a.html")
    after = own(templates__base2_html="two").template_digest("a.html")

    assert before != after


def test_a_change_two_steps_away_is_seen(own):
    """Our own pages reach their icons by three steps."""
    chain = {"templates__a_html": '{% extends "b.html" %}', "templates__b_html": '{% include "c.html" %}', "templates__c_html": "one"}
    before = own(**chain).template_digest("a.html")

    assert before != own(templates__c_html="two").template_digest("a.html")


def test_templates_that_include_each_other_come_to_an_end(own):
    """Macros of two files may use one another."""
    theme = own(templates__a_html='{% import "b.html" as b %}', templates__b_html='{% import "a.html" as a %}')

    assert theme.template_digest("a.html") == theme.template_digest("b.html")


def test_a_change_elsewhere_is_no_change(own):
    """Otherwise one edited template would make every page anew."""
    before = own(templates__a_html='{% extends "b.html" %}{% block x %}{% endblock %}', templates__b_html="b").template_digest("a.html")

    assert before == own(templates__other_html="new").template_digest("a.html")
    assert before == own(static__x="new").template_digest("a.html")


def test_a_template_of_ours_hangs_on_the_hub_s_own_part(own):
    """Overriding one part of a page must show on all pages that have it."""
    before = own().template_digest("post.html")

    assert before != own(templates__base_html="own").template_digest("post.html")


def test_a_template_that_extends_the_one_it_replaces_hangs_on_all_of_that(own):
    """`!theme/` means ours, which reaches the parts that the hub may have changed too."""
    before = own(templates__post_html='{% extends "!theme/post.html" %}').template_digest("post.html")

    assert before != own(templates__base_html="own").template_digest("post.html")
    assert before != own(templates__post_html='{% extends "!theme/page.html" %}').template_digest("post.html")


def test_none_of_our_templates_is_computed(own):
    """One computed name would hang every page on every template."""
    before = {name: own().template_digest(name) for name in ("post.html", "404.html", "home.html", "agenda.html", "feeds.html")}

    assert before == {name: own(templates__unused_html="x").template_digest(name) for name in before}


def test_a_change_of_words_is_seen(own):
    """A corrected translation must reach every page."""
    before = own().words_digest

    assert before != own(locale__oc="msgid").words_digest


def test_a_catalogue_of_the_hub_s_own_hides_no_other_language(own, tmp_path):
    """A community that adds Occitan keeps our French."""
    (tmp_path / "theme/locale").mkdir(parents=True, exist_ok=True)
    (tmp_path / "theme/locale/oc.po").write_text("", encoding="utf-8")
    theme = Theme(tmp_path)

    assert (tmp_path / "theme/locale/oc.po",) == theme.locale("oc")
    assert (engine_theme() / "locale/fr.po",) == theme.locale("fr")
