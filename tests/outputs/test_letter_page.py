"""The page of a letter: the same sheet that was mailed, and what came after."""

from __future__ import annotations

import io
from dataclasses import replace

import pytest
from tests.frozen import totals
from tests.hubs import load_village, text, write
from tests.photos import drawing

from handbill.hub.frozen import Frozen, Inputs, Proof
from handbill.hub.totals import COUNTED
from handbill.outputs.cards import Cards
from handbill.outputs.content import Prose
from handbill.outputs.letter_page import Headed, letter_facts, letter_feed
from handbill.outputs.pages import sheets
from handbill.outputs.views import To

HUB = (
    '[hub]\nname = "Essai"\nbase_url = "https://essai.example/sous/"\nlang = "fr"\nlanguages = ["fr", "en"]\n'
    'repository = "https://github.com/essai/site"\n[letters.main]\nname = "La lettre"\n[letters.main.en]\nname = "The letter"\n'
)
SECTION = "```section\nshow: posts\nlayout: list\n```"


def letter(body="Bonjour.", **more):
    return text(body, title="N° 3", number="3", subject="Sujet", date="2026-03-05 18:00", **more)


def facts(tmp_path, files, name="issue:3", **changes):
    loaded, settings = load_village("2026-03-20 12:00", write(tmp_path, {"hub.toml": HUB, **files}))
    hub = replace(loaded.hub, **{key: make(loaded.hub) for key, make in changes.items()})
    item = hub.by_id[name]
    return letter_facts(item, hub, settings, Cards(hub, settings, item.lang), str)


def frozen(item, names=("mail.html", "mail.txt")):
    files = {name: Proof(f"{number}" * 64, 1000) for number, name in enumerate(names, 1)}
    inputs = Inputs(item.source, "0" * 64, {}, (), "", "", "", {}, {}, "")
    return Frozen(
        "3", "main", 3, "fr", item.id, item.address, "https://essai.example/sous/", "Sujet", item.published, (), (), (), files, inputs, None
    )


def test_prose_and_sections_stand_in_the_order_of_the_file(tmp_path):
    """Page and mail are one sheet; a page in another order would not be the letter."""
    post = text(title="Un billet", date="2026-03-01 10:00")
    found = facts(tmp_path, {"newsletters/3.md": letter(f"Avant.\n\n{SECTION}\n\nAprès."), "content/posts/a.md": post})["content"]

    assert ["<p>Avant.</p>", ("posts", "list", ["Un billet"]), "<p>Après.</p>"] == [
        one.html if isinstance(one, Prose) else (one.name, one.layout, [card.title for card in one.cards]) for one in found
    ]
    [part] = (one for one in found if isinstance(one, Headed))
    assert "/sous/posts/a/" == part.cards[0].address


def test_sections_have_the_headings_that_they_have_in_the_mail(tmp_path):
    """Who supports a letter is named as such on its page too, also under another heading."""
    sponsor = "```section\nshow: sponsor\nname: Boulon\nlink: https://boulon.example/\ntext: Des vis.\n"
    body = f"{SECTION}\n\n{sponsor}title: Merci\n```\n\n{sponsor}```"
    files = {"newsletters/3.md": letter(body), "content/posts/a.md": text(date="2026-03-01 10:00")}

    assert [("", "To read"), ("With the support of", "Merci"), ("", "With the support of")] == [
        (one.over, one.heading) for one in facts(tmp_path, files)["content"]
    ]


def test_what_is_a_button_in_the_mail_is_one_on_the_page(tmp_path):
    """« S'inscrire » must not be a word in a paragraph on the one and a button on the other."""
    [prose] = facts(tmp_path, {"newsletters/3.md": letter("**[S'inscrire](https://ailleurs.example/)**", sections="[]")})["content"]

    assert prose.html.startswith('<p class="act"><a class="button" href="https://ailleurs.example/"')


def test_only_a_picture_with_which_the_letter_begins_is_fetched_at_once(tmp_path):
    """A second one, after a section, is far below what anybody sees first."""
    picture, file = "![Une scie](../content/x.png)", io.BytesIO()
    drawing().save(file, "PNG")
    files = {
        "newsletters/3.md": letter(f"{picture}\n\n{SECTION}\n\n{picture}"),
        "content/posts/a.md": text(date="2026-03-01 10:00"),
        "content/x.png": file.getvalue(),
    }
    first, _, second = facts(tmp_path, files)["content"]

    assert ('fetchpriority="high"' in first.html, 'loading="lazy"' in second.html) == (True, True)


def test_the_other_languages_are_offered_in_their_own_words(tmp_path):
    """Who reads no French looks for a word of English."""
    files = {"newsletters/3.md": letter(), "newsletters/3.en.md": letter()}
    french, english = facts(tmp_path, files), facts(tmp_path, files, "issue:3.en")

    assert ({"lang": "en", "address": "/sous/en/newsletters/3/", "text": "This letter in English"},) == french["others"]
    assert ("fr", "/sous/newsletters/3/") == (english["others"][0]["lang"], english["others"][0]["address"])
    assert ("La lettre", "The letter") == (french["letter"], english["letter"])
    assert ("/sous/newsletters/", "/sous/newsletters/3/mail.html") == (french["archive"], french["mail"])


def test_a_page_offers_the_feed_in_which_the_next_number_will_be(tmp_path):
    """Who hands the address of a letter to a reading program wants the next one, not all that the hub publishes."""
    files = {"newsletters/3.md": letter()}
    feeds = []
    for name, hub in (("one", HUB), ("two", HUB + '[letters.agenda]\nname = "Les dates"\n')):
        loaded, settings = load_village("2026-03-20 12:00", write(tmp_path / name, {"hub.toml": hub, **files}))
        feeds.append(letter_feed(loaded.hub.by_id["issue:3"], loaded.hub, settings, str))

    assert [
        To("Essai – Letters", "/sous/feeds/newsletters.atom.xml"),
        To("Essai – La lettre", "/sous/feeds/newsletters/main.atom.xml"),
    ] == feeds


def test_a_letter_that_was_not_frozen_promises_nothing(tmp_path):
    """« As it was mailed » must be true."""
    assert facts(tmp_path, {"newsletters/3.md": letter()})["frozen"] is None


def test_a_frozen_letter_says_when_it_was_mailed_and_how_to_verify_that(tmp_path):
    """Trust needs a number that anybody can compute, and a place that the site cannot change alone."""
    files = {"newsletters/3.md": letter()}
    found = facts(tmp_path, files, frozen=lambda hub: {"issue:3": frozen(hub.by_id["issue:3"])})["frozen"]

    assert ("2026-03-05T18:00:00+01:00", "1" * 64) == (found["sent"], found["digest"])
    assert "https://github.com/essai/site/commits/main/newsletters/archive/3/manifest.json" == found["history"]
    without = facts(tmp_path, files, frozen=lambda hub: {"issue:3": frozen(hub.by_id["issue:3"], ("mail.txt",))})
    assert without["frozen"] is None


@pytest.mark.parametrize(("expected", "asked_for", "accepted"), [(402, "true", 402), (0, "false", 402), (0, "true", 9), (10, "true", 10)])
def test_how_many_got_a_letter_is_told_where_the_hub_wants_it_and_they_are_not_too_few(tmp_path, expected, asked_for, accepted):
    """A community may keep its size to itself; and “nine members” could say who they were."""
    files = {"hub.toml": f"{HUB}[sending]\ntotals = {asked_for}\n", "newsletters/3.md": letter()}

    def sent(hub):
        one = frozen(hub.by_id["issue:3"])
        counts = dict.fromkeys(COUNTED, 0) | {"accepted": accepted}
        return {"issue:3": replace(one, totals=totals(one, asked=accepted, counts=counts))}

    assert expected == facts(tmp_path, files, frozen=sent)["frozen"]["reached"]


def test_nobody_is_invited_to_edit_what_was_frozen(tmp_path):
    """The check would refuse the change; a correction is a note."""
    loaded, settings = load_village("2026-03-20 12:00", write(tmp_path, {"hub.toml": HUB, "newsletters/3.md": letter()}))
    links = []
    for bundles in ({}, {"issue:3": frozen(loaded.hub.by_id["issue:3"])}):
        pages = sheets(replace(loaded.hub, frozen=bundles), settings, dict.fromkeys(settings.languages, str))
        view = next(one.view for one in pages if one.address == "/newsletters/3/")
        links.append((view.edit, view.history))

    history = "https://github.com/essai/site/commits/main/newsletters/3.md"
    assert [("https://github.com/essai/site/edit/main/newsletters/3.md", history), ("", history)] == links
