"""What sending needs and does not have."""

from dataclasses import replace
from pathlib import Path

import pytest
from tests.sending.frozen import frozen_hub, mailing

from handbill.outputs.mail.record import TOKEN
from handbill.sending.keys import is_token
from handbill.sending.needs import PROOF, lacking, needs, target_of
from handbill.sending.private import Private
from handbill.settings import read_settings
from handbill.settings_sending import WAYS


@pytest.fixture(scope="module")
def root(tmp_path_factory):
    return frozen_hub(tmp_path_factory.mktemp("needs"))


@pytest.fixture
def settings(root):
    return read_settings(root)


def private(root, **more):
    return Private(root.parent / "private", **{"members": root.parent / "members.csv", **more})


def told(settings, secrets, found):
    return [(one.code, one.path, one.field) for one in needs(settings, secrets, found)]


def test_a_hub_with_all_of_it_needs_nothing(root, settings):
    """Otherwise nobody could send."""
    assert [] == told(settings, private(root), mailing(root))


@pytest.mark.parametrize("way", WAYS)
def test_each_way_says_all_that_it_lacks_at_once(root, settings, way):
    """Who finds one thing after the other misses the hour of the letter."""
    missing = {"files": ["members"], "smtp": ["members", "server"], "listmonk": ["service", "token", "user"], "buttondown": ["token"]}
    found = told(replace(settings, sending=replace(settings.sending, way=way)), Private(Path("/nowhere")), mailing(root, "2"))

    # Buttondown has one list: who names no part of it means everybody.
    targets = [("HB453", "hub.toml", "letters.main.list")] if way == "listmonk" else []
    assert [("HB453", "hub.local.toml", f"sending.{name}") for name in missing[way]] + targets == found


def test_a_word_that_holds_who_signs_in_needs_no_name_beside_it(root):
    """listmonk shows both as one; to ask for the name again would be asking for what is there."""
    opened = private(root, service="https://lettre.example", token="atelier:mot")

    assert () == lacking("listmonk", opened)
    assert ("user",) == lacking("listmonk", replace(opened, token="mot"))


def test_a_list_that_is_not_there_is_told_without_its_place(root, settings):
    """The path of a list may say whose it is."""
    (one,) = needs(settings, private(root, members=root / "lost.csv"), mailing(root))

    assert ("HB453", "sending.members", "a place where no file is") == (one.code, one.field, one.found)


def test_what_hub_toml_must_say_is_told_once_for_all_languages(root, settings):
    """Two languages would otherwise make two lists of the same."""
    bare = replace(settings, mail=replace(settings.mail, sender="", postal_address="", unsubscribe=""))

    assert [("HB453", "hub.toml", f"mail.{name}") for name in ("sender", "postal_address", "unsubscribe")] == told(
        bare, private(root), mailing(root)
    )


@pytest.mark.parametrize(
    ("change", "word"),
    [
        (lambda one: replace(one, mail=b""), "no mail: hub.toml named no sender"),
        (lambda one: replace(one, mail=one.mail.replace(b"\r\nTo:", b"\r\nBcc: x@y.example\r\nTo:", 1)), "the header bcc"),
        (lambda one: replace(one, mail=one.mail.replace(b"lettre@essai", b"autre@essai", 1)), "another address than the sender"),
        (lambda one: replace(one, mail=one.mail.replace(b"\r\nList-Unsubscribe: ", b"\r\nList-Archive: ", 1)), "List-Unsubscribe"),
        (lambda one: replace(one, mail=one.mail.replace(TOKEN.encode(), b"x" * len(TOKEN))), "places for the token"),
        (lambda one: replace(one, html=one.html.replace(TOKEN, "")), "no way for a member to leave"),
        (lambda one: replace(one, text=one.text.replace("rue du Puits", "rue de la Source")), "another postal address"),
        (lambda one: replace(one, subject="Autre"), "another subject"),
    ],
)  # fmt: skip
def test_what_the_frozen_letter_lacks_is_told(root, settings, change, word):
    """hub.toml may say it today; the mail is of another day."""
    found = mailing(root)
    one = replace(found, versions=(change(found.versions[0]), *found.versions[1:]))

    problems = list(needs(settings, private(root), one))

    assert {"HB455"} == {each.code for each in problems}
    assert any(word in each.found for each in problems)
    assert {"newsletters/archive/1/mail.eml"} == {each.path for each in problems}


def test_each_language_of_a_service_needs_a_list_of_its_own(root, settings):
    """Members of a list that two languages share would get both."""
    listmonk = replace(settings, sending=replace(settings.sending, way="listmonk"))
    secrets = private(root, service="https://lettre.example/api", user="atelier", token="x")
    main = replace(settings.letters["main"], list="3")

    one_list = replace(listmonk, letters={"main": main})
    assert ("3", "") == (target_of(one_list, "main", "fr"), target_of(one_list, "main", "en"))
    assert [("HB453", "hub.toml", "letters.main.en.list")] == told(one_list, secrets, mailing(root))
    assert [] == told(one_list, secrets, mailing(root, "2"))

    def with_english(target):
        return replace(listmonk, letters={"main": replace(main, texts={"en": {**main.texts["en"], "list": target}})})

    assert [] == told(with_english("4"), secrets, mailing(root))
    assert [("HB453", "hub.toml", "letters.main.en.list")] == told(with_english("3"), secrets, mailing(root))


def test_two_languages_at_buttondown_need_a_part_each(root, settings):
    """Everybody and those who read English would overlap."""
    main = replace(settings.letters["main"], texts={"en": {**settings.letters["main"].texts["en"], "list": "english"}})
    both = replace(settings, sending=replace(settings.sending, way="buttondown"), letters={"main": main})

    assert [("HB453", "hub.toml", "letters.main.list")] == told(both, private(root, token="x"), mailing(root))


def test_the_word_in_a_proof_is_nobodys(root):
    """Whoever clicks on “unsubscribe” in a proof takes nobody off the list."""
    assert is_token(PROOF)
    assert PROOF != TOKEN
