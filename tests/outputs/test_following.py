"""Every way to follow the hub is on one page, and every feed on another, with addresses that can be copied."""

from __future__ import annotations

import pytest
from tests.hubs import load_village, text, write

from handbill.outputs.cards import Cards
from handbill.outputs.edition import Edition
from handbill.outputs.following import following, other

HUB = '[hub]\nname = "Essai"\nbase_url = "https://essai.example/"\nlang = "fr"\nlanguages = ["fr", "en"]\n'
LETTERS = '[letters.main]\nname = "La lettre"\ndescription = "Mensuelle"\n[letters.jeunes]\nname = "Jeunes"\nsubscribe_url = "https://l.example/jeunes"\nchoice = "j1"\n'
MAIL = '[mail]\nsubscribe_url = "https://l.example/tout"\n'
FORM = '[subscribe]\naction = "https://l.example:9000/form"\nfield = "mail"\nletters = "l"\nhidden = [{ name = "nonce", value = "" }]\n'


def pages(root=None, lang="fr", **changes):
    loaded, settings = load_village(root=root, **changes)
    edition = Edition(loaded.hub, settings, lang, Cards(loaded.hub, settings, lang), str)
    return {one.address: one.view for one in following(edition)}


def letter(number, **more):
    return text(title=f"N° {number}", number=str(number), subject=f"Sujet {number}", date=f"2026-0{number}-01", **more)


def hub(tmp_path, tables="", files=None):
    return write(tmp_path, {"hub.toml": HUB + tables, **(files or {})})


def test_each_letter_is_offered_with_what_it_is_and_its_last_number(tmp_path):
    """Nobody gives an address for a letter that they have not seen."""
    root = hub(tmp_path, MAIL + LETTERS, {f"newsletters/{n}.md": letter(n) for n in (1, 2)})
    main, young = pages(root)["/subscribe/"].letters

    assert ("La lettre", "Mensuelle", "https://l.example/tout") == (main.name, main.description, main.subscribe)
    assert ("/newsletters/2/", "/newsletters/main/", "2026-02-01") == (main.latest.address, main.archive, main.sent[:10])
    assert ("Jeunes", "https://l.example/jeunes", None) == (young.name, young.subscribe, young.latest)


def test_a_letter_in_another_language_says_so(tmp_path):
    """A screen reader would read French with English sounds."""
    root = hub(tmp_path, MAIL + LETTERS, {"newsletters/1.md": letter(1)})
    [main, _] = pages(root, "en")["/en/subscribe/"].letters

    assert ("fr", "fr", "/newsletters/1/") == (main.lang, main.latest_lang, main.latest.address)
    assert ("", "fr") == (other("en", "en"), other("fr", "en"))


def test_a_letter_is_offered_in_the_readers_own_words_where_there_are_any(tmp_path):
    """An English reader subscribes to the English list, under the name that its mails carry."""
    english = '[letters.main.en]\nname = "The letter"\nsubscribe_url = "https://l.example/en"\n'
    root = hub(tmp_path, MAIL + LETTERS + english, {"newsletters/1.md": letter(1), "newsletters/1.en.md": letter(1)})
    main, _ = pages(root, "en")["/en/subscribe/"].letters

    assert ("The letter", "", "https://l.example/en") == (main.name, main.lang, main.subscribe)
    assert ("Mensuelle", "fr") == (main.description, main.about_lang)
    assert ("/en/newsletters/1/", "/en/newsletters/main/") == (main.latest.address, main.archive)


def test_a_hub_without_a_table_of_letters_has_one_of_its_own_name(tmp_path):
    """Small communities write two lines of settings and one letter."""
    [only] = pages(hub(tmp_path, MAIL))["/subscribe/"].letters

    assert ("Essai", "https://l.example/tout") == (only.name, only.subscribe)


def test_a_hub_without_letters_offers_what_it_has(tmp_path):
    """A button that leads nowhere is worse than none; calendar and feed are always there."""
    view = pages(hub(tmp_path))["/subscribe/"]

    assert () == view.letters
    assert "https://essai.example/calendars/all.ics" == view.dates.forms[0].address
    assert ["RSS", "Atom", "JSON Feed"] == [one.title for one in view.news.forms]


def test_a_form_is_described_as_the_sender_wants_it_and_says_where_it_sends(tmp_path):
    """A reader who types an address on one site must know that another one gets it."""
    form = pages(hub(tmp_path, FORM + LETTERS))["/subscribe/"].form

    assert ("https://l.example:9000/form", "l.example", True) == (form.action, form.host, form.is_elsewhere)
    assert ("mail", "l", (("nonce", ""),), True) == (form.field, form.letters, form.hidden, form.confirms)
    assert pages(hub(tmp_path / "none"))["/subscribe/"].form is None


def test_only_the_page_with_the_form_may_send_it(tmp_path):
    """The browser would block it without a word."""
    with_form, without = pages(hub(tmp_path / "a", FORM)), pages(hub(tmp_path / "b"))

    assert "form-action 'self' https://l.example:9000;" in with_form["/subscribe/"].page.policy + ";"
    assert "l.example" not in with_form["/feeds/"].page.policy + without["/subscribe/"].page.policy


@pytest.mark.parametrize(("lang", "mailing", "mark"), [("fr", "notre serveur", ""), ("en", "our own server", "")])
def test_who_sends_the_letters_is_said_in_the_readers_language(tmp_path, lang, mailing, mark):
    """What becomes of an address is said before it is given."""
    root = hub(tmp_path, MAIL + '[legal]\nmailing = "notre serveur"\n[legal.en]\nmailing = "our own server"\n')
    view = pages(root, lang)[f"{'/en' if lang == 'en' else ''}/subscribe/"]

    assert (mailing, mark) == (view.mailing, view.mailing_lang)


def test_feeds_are_grouped_by_what_they_choose():
    """Fifty addresses in a row would hide the five that most people want."""
    view = pages()["/feeds/"]

    assert ["all", "kinds", "tags"] == [one.sort for one in view.feeds]
    assert ["all", "kinds", "tags", "places"] == [one.sort for one in view.calendars]
    assert [["Everything", "News of the week", "News of the month", "In all languages"], ["Posts", "Events", "Contests", "Letters"]] == [
        [one.title for one in group.feeds] for group in view.feeds[:2]
    ]


def test_each_feed_has_its_whole_address_in_every_form():
    """People copy these into other programs."""
    view = pages()["/feeds/"]
    everything = view.feeds[0].feeds[0]

    assert [("RSS", "rss.xml"), ("Atom", "atom.xml"), ("JSON Feed", "json")] == [
        (one.title, one.address.partition("/all.")[2]) for one in everything.forms
    ]
    assert "https://village.example/hub/feeds/all.rss.xml" == everything.forms[0].address
    assert "https://village.example/hub/calendars/all.ics" == view.calendars[0].feeds[0].forms[0].address
    assert "https://village.example/hub/feeds/hub.opml" == view.opml


def test_the_feeds_of_another_language_are_one_link_away():
    """Each language has feeds of its own."""
    assert [("en", "/hub/en/feeds/")] == [(one.title, one.address) for one in pages()["/feeds/"].elsewhere]


def test_the_word_of_the_address_is_the_communitys(tmp_path):
    """French members type /abonnement/."""
    assert {"/abonnement/", "/feeds/"} == set(pages(hub(tmp_path, '[addresses]\nsubscribe = "abonnement"\n')))


def test_a_page_of_the_communitys_own_takes_the_place(tmp_path):
    """Two pages cannot stand at one address, and what somebody wrote comes first."""
    assert {"/feeds/"} == set(pages(hub(tmp_path, files={"content/pages/subscribe.md": text(menu="footer")})))
