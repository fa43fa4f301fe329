"""The pages that a community owes its members are there, say what hub.toml says, and give way to what somebody wrote."""

from __future__ import annotations

import pytest
from tests.hubs import load_village, text, write

from handbill.outputs.duties import alternates, duties, duty_address, duty_link, duty_links, facts_for, role_of

HUB = '[hub]\nname = "Essai"\nbase_url = "https://essai.example/"\nlang = "fr"\nlanguages = ["fr", "en"]\n'
LEGAL = '[legal]\npublisher = "L\'atelier"\nform = "association"\nphone = "05 36 49 12 34"\ncontact = "a@b.example"\ndirector = "Inès C."\nhost = "Hôte"\n'
OWN = {"content/pages/mentions.md": text(title="Qui nous sommes", menu="footer", role="legal")}


def hub(tmp_path, tables="", files=None):
    loaded, settings = load_village(root=write(tmp_path, {"hub.toml": HUB + tables, **(files or {})}))
    return loaded.hub, settings


def pages(given, lang="fr"):
    return {one.address: one.view for one in duties(*given, lang, str)}


def facts(groups):
    return {group.heading: [(one.name, one.value) for one in group.facts] for group in groups}


def test_a_hub_that_says_nothing_has_what_is_true_of_every_hub(tmp_path):
    """What the site knows of its readers is the same everywhere; who publishes it is known to nobody yet."""
    assert {"/privacy/", "/accessibility/"} == set(pages(hub(tmp_path)))


def test_the_legal_notice_names_publisher_direction_and_host(tmp_path):
    """Three headings, in the order of the law, and nothing under an empty one."""
    found = facts(pages(hub(tmp_path, LEGAL))["/legal/"].duty)

    assert ["Publisher", "Direction", "Host"] == list(found)
    assert [("Name", "L’atelier"), ("Form", "association"), ("Telephone", "05\u00a036\u00a049\u00a012\u00a034"), ("To write to", "a@b.example")] == found["Publisher"]
    assert ["Publisher"] == list(facts(facts_for("legal", hub(tmp_path / "b", '[legal]\npublisher = "X"\n')[1], "fr", str)))


def test_a_number_can_be_dialled_and_an_address_written_to(tmp_path):
    """On a telephone, with one finger."""
    links = {one.name: one.link for group in pages(hub(tmp_path, LEGAL))["/legal/"].duty for one in group.facts}

    assert ("tel:0536491234", "mailto:a@b.example", "") == (links["Telephone"], links["To write to"], links["Name"])


def test_a_sentence_without_translation_is_marked_as_what_it_is(tmp_path):
    """“association” read with English sounds is no word; a name is a name everywhere."""
    given = hub(tmp_path, LEGAL)
    english = {one.name: one.lang for group in pages(given, "en")["/en/legal/"].duty for one in group.facts}

    assert ("fr", "") == (english["Form"], english["Name"])
    assert {""} == {one.lang for group in pages(given)["/legal/"].duty for one in group.facts}


def test_a_private_person_who_stays_unnamed_is_not_named(tmp_path):
    """A name once published stays published."""
    given = hub(tmp_path, LEGAL + "anonymous = true\n")
    shown = str([pages(given), pages(given, "en")])

    assert "L’atelier" not in shown
    assert "05" not in shown
    assert pages(given)["/legal/"].is_anonymous
    assert "Hôte" in shown


def test_privacy_tells_who_gets_addresses_and_where_to_ask(tmp_path):
    """The facts that the General Data Protection Regulation asks for."""
    tables = LEGAL + 'rights = "d@b.example"\nretention = "huit jours"\nmailing = "nous"\nmailing_country = "France"\n[mail]\nsubscribe_url = "https://l.example/"\n'
    view = pages(hub(tmp_path, tables))["/privacy/"]

    assert {
        "Your data": [
            ("Who answers for them", "L’atelier"),
            ("To see or erase them", "d@b.example"),
            ("Letters are sent by", "nous"),
            ("The addresses lie in", "France"),
            ("They are kept there", "huit jours"),
        ]
    } == facts(view.duty)
    assert (True, "FR", "Hôte", "mailto:d@b.example") == (view.letters, view.law, view.host, view.reach.link)


@pytest.mark.parametrize(("tables", "law"), [("", "FR"), ('[legal]\ncountry = "other"\n', ""), ('[legal]\ncountry = "FR"\n', "FR")])
def test_french_authorities_are_named_where_french_law_is_meant(tmp_path, tables, law):
    """A reader in Liège cannot complain to the CNIL."""
    found = pages(hub(tmp_path, tables))

    assert {law} == {found["/privacy/"].law, found["/accessibility/"].law}


def test_a_discussion_kept_elsewhere_is_told(tmp_path):
    """“Loads nothing from other sites” must stay true of what a reader asks for."""
    talk = '[discussion]\nrepo = "a/b"\nrepo_id = "R_1"\ncategory = "C"\ncategory_id = "D_1"\n'

    assert [True, False] == [pages(hub(tmp_path / name, tables))["/privacy/"].talks for name, tables in (("a", talk), ("b", ""))]


def test_a_reply_is_asked_for_at_the_common_address(tmp_path):
    """Those who look after data have nothing to do with what is published."""
    assert "mailto:a@b.example" == pages(hub(tmp_path, LEGAL + 'rights = "d@b.example"\n'))["/legal/"].reach.link


def test_a_page_of_the_communitys_own_takes_the_place_and_shows_the_facts(tmp_path):
    """What somebody wrote comes first; the usual address leads there, and other languages have what the build makes."""
    given = hub(tmp_path, LEGAL, OWN)
    moved = pages(given)["/legal/"]
    own = next(item for item in given[0].items if item.title == "Qui nous sommes")

    assert ("moved.html", "/mentions/") == (moved.page.template, moved.target)
    assert "legal.html" == pages(given, "en")["/en/legal/"].page.template
    assert ("legal", "/mentions/", "/en/legal/") == (role_of(own, given[1]), duty_address("legal", *given, "fr"), duty_address("legal", *given, "en"))
    assert [("fr", "https://essai.example/mentions/"), ("en", "https://essai.example/en/legal/")] == [(one.title, one.address) for one in alternates("legal", *given)]


def test_a_page_at_the_usual_place_has_the_role_without_saying_so(tmp_path):
    """Two pages cannot stand at one address."""
    given = hub(tmp_path, LEGAL + '[addresses]\nlegal = "mentions-legales"\n', {"content/pages/mentions-legales.md": text(menu="footer")})
    own = next(item for item in given[0].items if item.kind == "page")

    assert {"/privacy/", "/accessibility/"} == set(pages(given))
    assert "legal" == role_of(own, given[1])


def test_every_page_leads_to_what_is_owed_once(tmp_path):
    """The law wants these pages one click away from any other; a menu that has the link already is enough."""
    said = [("Legal notice", "/legal/"), ("Privacy", "/privacy/"), ("Accessibility", "/accessibility/")]

    assert said == [(one.title, one.address) for one in duty_links(*hub(tmp_path / "a", LEGAL), "fr", str)]
    assert said[1:] == [(one.title, one.address) for one in duty_links(*hub(tmp_path / "b", LEGAL, OWN), "fr", str)]
    hidden = {"content/pages/mentions.md": OWN["content/pages/mentions.md"].replace("footer", "none")}
    assert ("Qui nous sommes", "/mentions/") == next((one.title, one.address) for one in duty_links(*hub(tmp_path / "c", LEGAL, hidden), "fr", str))


@pytest.mark.parametrize(
    ("level", "words"),
    [("unaudited", "not conforming"), ("none", "not conforming"), ("partial", "partly conforming"), ("full", "fully conforming")],
)
def test_the_link_says_what_is_declared_in_the_words_of_the_law(tmp_path, level, words):
    """French rules want the state on every page; without an audit a site counts as not conforming."""
    given = hub(tmp_path, f'[accessibility]\nlevel = "{level}"\ndeclared = "2026-01-12"\n')

    assert f"Accessibility: {words}" == duty_link("accessibility", *given, "fr", str).title


def test_nothing_is_declared_for_a_community_that_has_declared_nothing(tmp_path):
    """Nobody may be made to say that a site conforms, nor that it does not."""
    given = hub(tmp_path)

    assert "Accessibility" == duty_link("accessibility", *given, "fr", str).title
    assert ("unaudited", "", None) == ((view := pages(given)["/accessibility/"]).level, view.checked, view.reach)


def test_the_statement_holds_what_was_declared_in_both_languages(tmp_path):
    """The gaps of a site are read by those who meet them, in their language."""
    tables = (
        '[accessibility]\nlevel = "partial"\nchecked = "2026-03-02"\nby = "nous"\nscore = 72\ntools = ["axe"]\ngaps = ["le film"]\n'
        'pages = ["Accueil"]\n[accessibility.en]\ngaps = ["the film"]\n'
    )
    given = hub(tmp_path, tables)
    french, english = pages(given)["/accessibility/"], pages(given, "en")["/en/accessibility/"]

    assert ("2026-03-02", "nous", "", 72) == (french.checked, french.by, french.by_lang, french.score)
    assert (("le film",), "") == (french.gaps.texts, french.gaps.lang)
    assert (("the film",), "", "fr", ("Accueil",), "fr") == (english.gaps.texts, english.gaps.lang, english.by_lang, english.pages.texts, english.pages.lang)
    assert ("axe", "") == (english.tools.texts[0], english.tools.lang)


def test_the_facts_of_a_statement_of_ones_own_say_the_same(tmp_path):
    """A community that writes the statement itself still shows state and contact at its head."""
    _, settings = hub(tmp_path, LEGAL + '[accessibility]\nlevel = "partial"\nscore = 72\n')

    assert {
        "Declared": [("Standard", "RGAA 4.1"), ("State", "partly conforming"), ("Criteria met", "72\u00a0%"), ("To report a barrier", "a@b.example")]
    } == facts(facts_for("accessibility", settings, "fr", str))
