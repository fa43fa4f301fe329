"""What surrounds a page of the hub also surrounds one of its handbook."""

from __future__ import annotations

from dataclasses import replace

from tests.hubs import load_village

from handbill.outputs.handbook_frame import frame


def of(**changes):
    loaded, settings = load_village(**changes)
    return frame(loaded.hub, settings)


def test_there_is_a_head_a_masthead_and_a_foot_for_each_language():
    """French pages of a handbook have the French menu."""
    parts = of().parts()

    assert {f"hub/{part}.{lang}.html" for part in ("head", "masthead", "foot") for lang in ("fr", "en")} == set(parts)
    assert "Agenda</a>" in parts["hub/masthead.fr.html"]
    assert "Rechercher" in parts["hub/masthead.fr.html"]
    assert "Rechercher" not in parts["hub/masthead.en.html"]
    assert 'href="/hub/theme/hub.css"' in parts["hub/head.fr.html"]


def test_a_name_with_braces_is_a_name():
    """MkDocs reads the parts as templates: a community's name must not run there."""
    parts = of(name="{{ config.site_dir }} {% raw %}").parts()

    assert "&#123;&#123; config.site_dir }} &#123;% raw %}" in parts["hub/masthead.fr.html"]
    assert "{" not in "".join(parts.values())


def test_the_key_follows_what_the_parts_show(tmp_path):
    """A frame of yesterday around a page of today would be a seam."""
    one = of()
    renamed = replace(one, shells={lang: replace(shell, name="Autre") for lang, shell in one.shells.items()})

    assert of().key == one.key
    assert one.key != renamed.key
    assert one.key != of(languages=("fr",)).key
