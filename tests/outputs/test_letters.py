"""From the hub to its letters."""

import email
import os
import subprocess
import sys
from email import policy
from pathlib import Path

import pytest
from tests.hubs import load_village, text, village, write

from handbill.errors import ContentProblems
from handbill.outputs import letters
from handbill.outputs.mail.record import TOKEN
from handbill.settings import Mail

HUB = '[hub]\nname = "Essai"\nbase_url = "https://essai.example/"\n[mail]\nsender = "Essai <lettre@essai.example>"\nunsubscribe = "https://essai.example/{token}"\n'


def planned(root=None, as_of="2026-03-20 12:00", **changes):
    loaded, settings = load_village(as_of, root, **changes)
    return list(letters.plan(loaded.hub, settings)), settings


def made(root=None, as_of="2026-03-20 12:00", **changes):
    plan, settings = planned(root, as_of, **changes)
    return {one.path: one.content for one in letters.make(plan, settings, Path("nowhere"))}


def issue(body="Bonjour.", **front):
    return text(body, **{"number": "1", "subject": "Un sujet", "date": "2026-03-12 18:00", **front})


def test_every_issue_is_made_in_three_forms_as_planned():
    """Beside its page, so that a reader finds them."""
    plan, settings = planned()

    expected = [f"newsletters/{number}/{form}" for number in ("2026-03", "2026-02") for form in ("mail.html", "mail.txt", "mail.eml")]
    assert expected == [one.path for one in plan]
    assert expected == [one.path for one in letters.make(plan, settings, Path("nowhere"))]


def test_without_a_sender_there_is_no_mail():
    """A hub may only want to show its letters."""
    plan, _ = planned(mail=Mail("", "", "", "", ""))

    assert {"html", "txt"} == {one.path.rsplit(".", 1)[1] for one in plan}


def test_the_mail_holds_exactly_the_two_other_forms():
    """What is reviewed on the site is what is sent."""
    files = made()

    mail = email.message_from_bytes(files["newsletters/2026-03/mail.eml"], policy=policy.SMTP)
    for form, kind in (("txt", "plain"), ("html", "html")):
        assert files[f"newsletters/2026-03/mail.{form}"].decode() == mail.get_body((kind,)).get_content().replace("\r\n", "\n")
    assert "Thu, 12 Mar 2026 18:00:00 +0100" == mail["Date"]
    assert f"<https://lettre.village.example/desinscription/{TOKEN}>" == mail["List-Unsubscribe"]


def test_a_letter_says_what_was_so_on_its_own_date():
    """Built again a year later, it still counts the days that were left then."""
    then = made()["newsletters/2026-03/mail.txt"].decode()

    assert "Encore 19 jours" in then
    assert then == made(as_of="2027-03-20 12:00")["newsletters/2026-03/mail.txt"].decode()


def test_what_is_off_or_moved_is_told_in_both_forms():
    """Members plan their week by the letter."""
    files = made()

    for form in ("html", "txt"):
        said = files[f"newsletters/2026-03/mail.{form}"].decode()
        assert "Le pianiste est grippé." in said
        assert "À cause de la fête." in said
    assert "Annulé" in files["newsletters/2026-03/mail.html"].decode()
    assert "[ANNULÉ]" in files["newsletters/2026-03/mail.txt"].decode()


def test_what_comes_twice_is_described_once():
    """A weekly event would fill the letter with one sentence."""
    assert 1 == made()["newsletters/2026-02/mail.txt"].decode().count("Le deuxième samedi du mois.")


def test_addresses_are_whole_and_below_the_hub():
    """A mail has no page to start from; this hub lies below a path."""
    html = made()["newsletters/2026-03/mail.html"].decode()

    assert 'href="https://village.example/hub/posts/le-puits/"' in html
    assert 'href="/' not in html
    assert 'src="/' not in html


def test_letters_of_another_language_speak_it(tmp_path):
    """Headings, dates and the reason at the foot included."""
    hub = HUB.replace("[mail]", 'languages = ["fr", "en"]\n[mail]')
    files = made(write(tmp_path, {"hub.toml": hub, "newsletters/mai.md": issue(), "newsletters/mai.en.md": issue("Hello.")}))

    english = files["en/newsletters/mai/mail.txt"].decode()
    assert "Thursday 12 March 2026" in english
    assert "You receive this letter because" in english
    assert 2 == files["en/newsletters/mai/mail.html"].decode().count('lang="en"')
    assert b"Content-Language: en\r\n" in files["en/newsletters/mai/mail.eml"]


def test_drafts_and_letters_of_the_future_are_not_made(tmp_path):
    """Nobody may read tomorrow's letter today."""
    files = {"hub.toml": HUB, "newsletters/a.md": issue(date="2026-04-01 18:00"), "newsletters/b.md": issue(draft="true")}

    assert [] == planned(write(tmp_path, files))[0]


def test_the_key_changes_with_all_that_decides_the_bytes_and_with_nothing_else(tmp_path):
    """A kept letter must never be an old one, and an unchanged one must not be made again."""
    write(tmp_path, {"hub.toml": HUB, "newsletters/mai.md": issue(), "content/pages/a.md": text()})
    before = {one.path: one.key for one in planned(tmp_path)[0]}
    assert 3 == len(set(before.values()))

    assert before == {one.path: one.key for one in planned(tmp_path, "2026-04-20 12:00")[0]}
    write(tmp_path, {"content/pages/a.md": text("Autre.")})
    assert before == {one.path: one.key for one in planned(tmp_path)[0]}

    changes = (
        {"newsletters/mai.md": issue("Bonsoir.")},
        {"hub.toml": HUB.replace('sender = "Essai', 'sender = "Encore')},
        {"hub.toml": HUB + 'postal_address = "Ici"\n'},
        {"theme/mail/screen.css": "p { color: red; }"},
        {"theme/locale/fr.po": 'msgid "Unsubscribe"\nmsgstr "Partir"\n'},
        {"content/posts/p.md": text(date="2026-03-11")},
    )
    for change in changes:
        old = {name: (tmp_path / name).read_bytes() if (tmp_path / name).exists() else None for name in change}
        write(tmp_path, change)
        now = {one.path: one.key for one in planned(tmp_path)[0]}
        assert not set(before.values()) & set(now.values()), change
        for name, content in old.items():
            (tmp_path / name).unlink() if content is None else (tmp_path / name).write_bytes(content)


def test_a_community_can_change_its_letters_by_a_file_of_its_own(tmp_path):
    """Only the file that differs is copied."""
    root = village(tmp_path)
    text_only = "<mj-text>{{ letter.title | kept }} {{ content[0] | kept }}</mj-text>"
    frame = f"<mjml><mj-body><mj-section><mj-column>{text_only}</mj-column></mj-section></mj-body></mjml>"
    write(root, {"theme/mail/letter.mjml": frame})

    html = made(root)["newsletters/2026-03/mail.html"].decode()
    assert "Mars au village" in html
    assert "Se désabonner" not in html


def test_a_letter_has_the_colours_of_the_site(tmp_path):
    """A community that rebrands by editing tokens would otherwise mail its old face."""
    files = {"newsletters/1.md": issue(), "theme/tokens.toml": '[light]\nink = "#101020"\n[dark]\nink = "#f0f0fa"\n'}
    said = made(write(tmp_path, files))["newsletters/1/mail.html"].decode()

    assert "#101020" in said
    assert "#f0f0fa" in said
    assert "#241e19" not in said


@pytest.mark.parametrize(
    ("field", "path", "change"),
    [
        ("subject", "newsletters/mai.md", {"newsletters/mai.md": issue(subject='"x =?UTF-8?Q?=0A?=Bcc: mal@mal.example"')}),
        ("mail.sender", "hub.toml", {"hub.toml": HUB.replace("lettre@essai.example>", "lettre essai>")}),
        ("mail.unsubscribe", "hub.toml", {"hub.toml": HUB.replace("{token}", "<{token}>")}),
        ("", "newsletters/mai.md", {"newsletters/mai.md": issue(f"[x](https://mal.example/?{TOKEN})")}),
    ],
)
def test_what_must_not_be_mailed_is_a_problem_with_its_place(tmp_path, field, path, change):
    """Before anything is made: a letter that cannot be sent is found in the pull request."""
    write(tmp_path, {"hub.toml": HUB, "newsletters/mai.md": issue(), **change})

    with pytest.raises(ContentProblems) as raised:
        planned(tmp_path)

    assert [(path, field)] == [(one.path, one.field) for one in raised.value.problems]


def test_many_letters_are_the_same_bytes_from_several_processes(tmp_path, monkeypatch):
    """Reading a letter must not depend on who made the one before."""
    alone = made()
    monkeypatch.setattr(letters, "PARTS_FROM", 2)
    plan, settings = planned(jobs=2)

    together = {one.path: one.content.read_bytes() for one in letters.make(plan, settings, tmp_path)}
    assert alone == together


@pytest.mark.long
def test_letters_are_the_same_bytes_in_any_zone_locale_and_run():
    """A reviewer's machine must make what the server sends."""
    script = (
        "import sys, hashlib; from tests.outputs.test_letters import made\n"
        "print({path: hashlib.sha256(content).hexdigest() for path, content in made().items()})"
    )
    seen = set()
    for seed, zone, locale in (("0", "UTC", "C"), ("1", "Pacific/Auckland", "fr_FR.UTF-8"), ("2", "America/St_Johns", "tr_TR.UTF-8")):
        environment = os.environ | {"PYTHONHASHSEED": seed, "TZ": zone, "LC_ALL": locale, "LANGUAGE": locale[:2]}
        done = subprocess.run(
            [sys.executable, "-c", script], env=environment, cwd=Path(__file__).parents[2], capture_output=True, text=True, check=True
        )
        seen.add(done.stdout)

    assert 1 == len(seen)


def test_a_french_letter_is_set_with_the_wide_space_alone(tmp_path):
    """Where a mail program's font lacks the narrow space, a box stands before each question mark (decision 0016)."""
    letter = issue(
        "C'est l'heure ; venez !\n\nNous étions 12 500 le 1er mai, \"presque\".",
        subject='"L\'atelier : on y va ?"',
        preheader="'\"Venez\", dit-elle !'",
    )
    root = write(
        tmp_path, {"hub.toml": HUB, "newsletters/1.md": letter, "content/posts/a.md": text(title="Qu'en dire ?", date="2026-03-11")}
    )
    files = {path.rpartition(".")[2]: content.decode() for path, content in made(root).items()}
    mail = email.message_from_string(files["eml"], policy=policy.SMTP)

    assert "L’atelier\u00a0: on y va\u00a0?" == mail["Subject"]
    assert [] == [form for form, content in files.items() if "\u202f" in content or "=E2=80=AF" in content]
    for said in ("C’est l’heure\u00a0; venez\u00a0!", "«\u00a0Venez\u00a0», dit-elle\u00a0!", "Qu’en dire\u00a0?"):
        assert said in files["txt"]
        assert said in files["html"].replace("&nbsp;", "\u00a0")
    assert "12\u00a0500 le 1er\u00a0mai, «\u00a0presque\u00a0»." in files["txt"]
    assert '<sup style="font-size:' in files["html"]


OWN_LISTS = HUB.replace("[mail]", 'languages = ["fr", "en"]\n[mail]') + (
    '[letters.main]\nname = "La lettre"\n[letters.main.en]\nname = "The letter"\nunsubscribe = "https://essai.example/en/{token}"\n'
    '[letters.agenda]\nname = "Les dates"\nsender = "Les dates <dates@essai.example>"\n'
)


def test_each_letter_and_language_is_mailed_from_its_own_list(tmp_path):
    """Whoever leaves the dates keeps the letter; whoever reads English leaves the English one."""
    files = {"newsletters/1.md": issue(), "newsletters/1.en.md": issue(), "newsletters/a1.md": issue(letter="agenda")}
    found = made(write(tmp_path, {"hub.toml": OWN_LISTS, **files}))
    mails = {path: email.message_from_bytes(content, policy=policy.SMTP) for path, content in found.items() if path.endswith(".eml")}

    assert {
        "newsletters/1/mail.eml": ("Essai <lettre@essai.example>", f"<https://essai.example/{TOKEN}>", "<https://essai.example/newsletters/main/>"),
        "en/newsletters/1/mail.eml": (
            "Essai <lettre@essai.example>", f"<https://essai.example/en/{TOKEN}>", "<https://essai.example/en/newsletters/main/>",
        ),
        "newsletters/a1/mail.eml": ("Les dates <dates@essai.example>", f"<https://essai.example/{TOKEN}>", "<https://essai.example/newsletters/agenda/>"),
    } == {path: (mail["From"], mail["List-Unsubscribe"], mail["List-Archive"]) for path, mail in mails.items()}  # fmt: skip


@pytest.mark.parametrize(
    ("tables", "field"),
    [
        ('[letters.main]\nname = "A"\n', "mail.sender"),
        ('[letters.main]\nname = "A"\nsender = "ni nom ni adresse"\n', "letters.main.sender"),
        ('[letters.main]\nname = "A"\n[letters.main.en]\nsender = "neither name nor address"\n', "letters.main.en.sender"),
    ],
    ids=["of all", "of one", "of one language"],
)
def test_what_cannot_be_a_header_is_named_where_it_is_written(tmp_path, tables, field):
    """A sender stands in three places of hub.toml; only one of them is wrong."""
    common = "nobody" if field == "mail.sender" else "Essai <lettre@essai.example>"
    hub = f'[hub]\nname = "Essai"\nbase_url = "https://essai.example/"\nlang = "fr"\nlanguages = ["fr", "en"]\n[mail]\nsender = "{common}"\n{tables}'
    with pytest.raises(ContentProblems) as refusal:
        planned(write(tmp_path, {"hub.toml": hub, "newsletters/1.en.md": issue()}))

    assert [("hub.toml", field, "HB420")] == [(one.path, one.field, one.code) for one in refusal.value.problems]
