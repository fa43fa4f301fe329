"""What surrounds every page: names and menus, in each language."""

from __future__ import annotations

from tests.hubs import load_village, text, write

from handbill.outputs.shell import shell


def of(lang="fr", root=None, **changes):
    loaded, settings = load_village(root=root, **changes)
    return shell(loaded.hub, settings, lang, str.upper)


def menu(one):
    return [(link.title, link.address) for link in one.menu]


def test_the_menu_leads_to_what_there_is_and_to_chosen_pages():
    """The address of each link holds where the hub lies below a path."""
    assert [
        ("POSTS", "/hub/posts/"),
        ("AGENDA", "/hub/events/"),
        ("CONTESTS", "/hub/contests/"),
        ("LETTERS", "/hub/newsletters/"),
        ("PEOPLE", "/hub/people/"),
        ("À propos", "/hub/a-propos/"),
    ] == menu(of())


def test_the_menu_leads_to_nothing_empty():
    """In English the village has one post and nothing else."""
    assert [("POSTS", "/hub/en/posts/")] == menu(of("en"))


def test_someone_who_is_not_listed_fills_no_menu(tmp_path):
    """A menu entry “People” with nobody behind it would ask who it is."""
    assert [] == menu(of(root=write(tmp_path, {"content/people/tom.md": text(listed="false")})))


def test_pages_stand_in_the_order_that_was_chosen(tmp_path):
    """By number, then by name; each in its menu, and some in none."""
    files = {
        "content/pages/c.md": text(title="C", menu="footer", order="1"),
        "content/pages/b.md": text(title="B", menu="footer"),
        "content/pages/a.md": text(title="A", menu="footer"),
        "content/pages/d.md": text(title="D", menu="header"),
        "content/pages/e.md": text(title="E"),
    }
    one = of(root=write(tmp_path, files))

    assert ["C", "A", "B", "TAGS", "ARCHIVES", "PRIVACY", "ACCESSIBILITY"] == [link.title for link in one.footer]
    assert [("D", "/d/")] == menu(one)


def test_each_language_has_its_own_texts_and_its_own_home():
    """Both languages are offered on both."""
    french, english = of(), of("en")

    assert ("Un hameau d’essai", "A hamlet for tests") == (french.tagline, english.tagline)
    assert ("/hub/", "/hub/en/") == (french.home, english.home)
    assert [("Français", "/hub/"), ("English", "/hub/en/")] == [(one.title, one.address) for one in french.languages]
    assert french.languages == english.languages


def test_a_language_without_texts_of_its_own_takes_the_hub_s():
    """A missing tagline would leave a hole on every page."""
    assert "Un hameau d’essai" == of("en", texts={}).tagline


def test_a_language_is_named_as_its_speakers_do_whichever_it_is():
    """Communities speak more languages than anybody would list."""
    assert [("Français", "/hub/"), ("Occitan", "/hub/oc/")] == [(one.title, one.address) for one in of(languages=("fr", "oc")).languages]


def test_the_handbook_is_offered_where_there_is_one():
    """A link to a page that is not built would be broken on every page."""
    assert ("", "/hub/handbook/") == (of().handbook, of(has_handbook=True).handbook)


def test_common_pages_are_those_of_the_language():
    """An English reader is led to English feeds."""
    one = of("en")

    assert ("/hub/en/feeds/all.atom.xml", "/hub/en/feeds/", "/hub/en/events/", "/hub/en/search/") == (
        one.feed,
        one.feeds_page,
        one.agenda,
        one.search,
    )
    assert ("/hub/theme/hub.css", "/hub/en/subscribe/") == (one.style, one.subscribe)
