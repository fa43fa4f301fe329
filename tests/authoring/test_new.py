"""From a wish to a file that passes every check."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

import pytest
from tests.hubs import moment, options, village

from handbill.authoring.answers import Values, put
from handbill.authoring.asking import Question
from handbill.authoring.new import Made, Maker, Taken, Unfit, Wish
from handbill.errors import Level, WrongUse
from handbill.kinds import KINDS
from handbill.pipeline import check
from handbill.reading.cache import Cache
from handbill.settings import read_settings
from handbill.telling import LANGUAGES

KIND = {kind.name: kind for kind in KINDS}
REPOSITORY = Path(__file__).resolve().parents[2]
NOW = "2026-03-20 12:00"

#: What is given for a file of each kind; with signs that YAML gives a meaning of its own.
NEEDED = {
    "post": {"title": "Le #1 : “oui”, dit-elle"},
    "page": {"title": "- Règlement: « intérieur » 🚲"},
    "event": {"title": "Foire: le bal", "starts": "2026-05-09 14:00", "venue": "Place du Puits", "organisers": "ada, Une voisine"},
    "contest": {
        "title": "Dessin", "mechanism": "draw", "draw": "2026-07-03 18:00", "opens": "2026-06-01", "closes": "2026-06-30",
        "prizes": "Rabot, Scie", "enter": "Venez: c'est gratuit.", "organiser": "Nous & vous",
    },
    "issue": {"number": "40", "subject": "Mai: “dehors”", "date": "2026-05-07 18:00"},
    "person": {"title": "Zoé d’Œuf"},
    "place": {"title": "Quai n°3: l’atelier"},
}  # fmt: skip


def values(kind: str, **more: str) -> Values:
    found: Values = {}
    for name, text in {**NEEDED[kind], **more}.items():
        put(found, KIND[kind].all_fields, name.replace("__", "."), text)
    return found


def maker(root: Path, answers: Iterable[str] | None = None, lang: str = "en") -> tuple[Maker, list[str], list[str]]:
    """Return a maker, the names of what it asks, and what it complains of; *answers* are given in their order."""
    asked: list[str] = []
    told: list[str] = []
    given = iter(answers or ())

    def ask(question: Question) -> str:
        asked.append(question.name)
        return next(given)

    return Maker(read_settings(root), moment(NOW), lang, None, ask if answers is not None else None, told.append), asked, told


def write(root: Path, made: Made) -> list[str]:
    """Write a file, and return what a check says of it."""
    (root / made.path).parent.mkdir(parents=True, exist_ok=True)
    (root / made.path).write_text(made.text, encoding="utf-8", newline="\n")
    return [str(one) for one in check(options(root, NOW, drafts=True)) if one.path == made.path and one.level >= Level.WARNING]


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("kind", KIND)
def test_what_is_new_passes_every_check(hub, kind, lang):
    """The first thing that an editor sees of a new file must not be a reproach."""
    made = maker(hub, lang=lang)[0].make(Wish(KIND[kind], values(kind)))

    assert [] == write(hub, made)


@pytest.mark.parametrize("kind", KIND)
def test_a_translation_says_so_in_its_name(hub, kind):
    """`--in en` in a French hub."""
    made = maker(hub)[0].make(Wish(KIND[kind], values(kind), lang="en"))

    assert made.path.endswith(".en.md")
    assert [] == write(hub, made)


def test_a_language_that_the_hub_does_not_have_is_refused(hub):
    """Nobody would see that page."""
    with pytest.raises(WrongUse, match="fr, en"):
        maker(hub)[0].make(Wish(KIND["post"], values("post"), lang="de"))


def test_without_anybody_to_ask_all_that_is_missing_is_told(hub):
    """A script is mended in one go."""
    with pytest.raises(Unfit) as refusal:
        maker(hub)[0].make(Wish(KIND["contest"], {"title": "A"}))

    assert ["mechanism", "opens", "closes", "prizes", "enter", "organiser"] == [one.field for one in refusal.value.problems]
    assert 2 == refusal.value.exit_code


def test_a_wrong_value_is_refused_with_the_words_of_the_check(hub):
    """The same message wherever one meets it."""
    with pytest.raises(Unfit) as refusal:
        maker(hub)[0].make(Wish(KIND["event"], values("event", starts="09/05/2026")))

    assert ("starts", "HB205") == (refusal.value.problems[0].field, refusal.value.problems[0].code)


def test_what_only_the_whole_hub_knows_is_looked_at_too(hub):
    """A person whose name is misspelt, a picture that is not there."""
    with pytest.raises(Unfit) as refusal:
        maker(hub)[0].make(Wish(KIND["event"], values("event", organisers="adaa", picture="rien.png", picture_alt="Rien")))

    assert {("organisers", "HB305"), ("picture", "HB306")} == {(one.field, one.code) for one in refusal.value.problems}


def test_a_person_is_asked_for_what_is_missing_and_for_nothing_else(hub):
    """One question a line, in the order of the file."""
    one, asked, told = maker(hub, ["Bal", "2026-05-09 20:00", "ada", "", "place du puits"])
    made = one.make(Wish(KIND["event"]))

    assert ["title", "starts", "organisers", "mode", "venue"] == asked
    assert [] == told
    assert "\nvenue:\n  name: Place du Puits\n  street: 1 place du Puits\n" in made.text
    assert "\nmode:" not in made.text
    assert [] == write(hub, made)


def test_online_nobody_is_asked_for_a_place(hub):
    """There is none."""
    one, asked, _ = maker(hub, ["online"])
    made = one.make(Wish(KIND["event"], {name: value for name, value in values("event").items() if name != "venue"}))

    assert ["mode"] == asked
    assert "\nmode: online\n" in made.text
    assert [] == write(hub, made)


def test_a_wrong_answer_is_told_and_asked_again(hub):
    """With what the check would say."""
    one, asked, told = maker(hub, ["demain", "2026-05-09", "qui-donc", "tom"])
    made = one.make(Wish(KIND["event"], {"title": "Bal", "venue": {"name": "Pré"}, "mode": "onsite"}))

    assert ["starts", "starts", "organisers", "organisers"] == asked
    assert 2 == len(told)
    assert "demain" in told[0]
    assert "qui-donc" in told[1]
    assert "organisers: [tom]" in made.text


def test_what_must_not_be_public_is_asked_for_again(hub):
    """A telephone number is refused before it stands in a file, and with it in version history."""
    one, asked, told = maker(hub, ["Chez le gardien"])
    made = one.make(Wish(KIND["event"], values("event", venue__access="Appelez le 06 12 34 56 78")))

    assert (["venue"], 1) == (asked, len(told))
    assert "06 12" not in made.text + told[0]


def test_what_the_community_made_public_may_be_written(hub):
    """The same terms as those of the check."""
    (hub / "hub.toml").write_text(
        (hub / "hub.toml").read_text(encoding="utf-8") + '\n[proofing]\npublic = ["06 12 34 56 78"]\n', encoding="utf-8"
    )

    assert "06 12" in maker(hub)[0].make(Wish(KIND["event"], values("event", venue__access="Appelez le 06 12 34 56 78"))).text


def test_dates_that_contradict_each_other_are_asked_for_again(hub):
    """Before the file exists."""
    one, asked, told = maker(hub, ["2026-07-30"])
    one.make(Wish(KIND["contest"], values("contest", closes="2026-05-01", draw="2026-08-01 10:00")))

    assert ["closes"] == asked
    assert 1 == len(told)


def test_a_lottery_is_asked_for_its_moment(hub):
    """What is required only with another value is required all the same."""
    given = values("contest")
    del given["draw"]
    one, asked, _ = maker(hub, ["2026-07-04 10:00"])

    assert "\ndraw: 2026-07-04 10:00\n" in one.make(Wish(KIND["contest"], given)).text
    assert ["draw"] == asked


def test_an_empty_answer_takes_the_default_or_is_asked_again(hub):
    """The number of a letter is known, its subject is not."""
    one, asked, told = maker(hub, ["", "", "Mai", "2026-05-07"])
    made = one.make(Wish(KIND["issue"]))

    assert ["number", "subject", "subject", "date"] == asked
    assert 1 == len(told)
    assert made.text.startswith("---\nnumber: 3\nsubject: Mai\n")


def test_a_place_that_is_taken_is_refused_and_another_proposed(hub):
    """Overwriting what a colleague wrote is the worst that a command can do."""
    with pytest.raises(Taken, match=r"events/2026/fete\.md is there already.*--slug fete-2026$"):
        maker(hub)[0].make(Wish(KIND["event"], values("event", title="Fête")))
    with pytest.raises(Taken, match=r"content/pages/a-propos\.md is there already.*--slug a-propos-2$"):
        maker(hub)[0].make(Wish(KIND["page"], {"title": "À propos"}))


def test_an_address_of_another_file_is_refused_too(hub):
    """Two events of one name in two years have one address and one identity."""
    with pytest.raises(Taken, match=r"events/2026/fete\.md is there already.*--slug fete-2027$"):
        maker(hub)[0].make(Wish(KIND["event"], values("event", title="Fête", starts="2027-05-09")))


def test_an_address_taken_back_stays_so(hub):
    """Its visitors were told that it is gone."""
    with pytest.raises(Taken, match="/posts/retire/ is there already"):
        maker(hub)[0].make(Wish(KIND["post"], {"title": "Retiré"}))


def test_a_person_is_asked_for_another_slug(hub):
    """Enter takes the one that is free."""
    one, asked, told = maker(hub, ["Pas bon", ""])
    made = one.make(Wish(KIND["event"], values("event", title="Fête")))

    assert (["slug", "slug"], 2) == (asked, len(told))
    assert "events/2026/fete-2026.md" == made.path
    assert "\nslug:" not in made.text


@pytest.mark.parametrize(("title", "slug"), [("🎉", ""), ("Bal", "Pas bon")])
def test_without_a_good_slug_there_is_no_file(hub, title, slug):
    """An address is made of letters."""
    with pytest.raises(WrongUse):
        maker(hub)[0].make(Wish(KIND["post"], {"title": title}, slug=slug))


def test_last_years_event_becomes_this_years(hub):
    """Whole, with its place, its registration and its people."""
    made = maker(hub)[0].make(Wish(KIND["event"], like="fete"))

    assert "events/2027/fete-2027.md" == made.path
    assert "date: 2026-03-20\nstarts: 2027-04-10 14:00\nends: 2027-04-11 01:00\n" in made.text
    assert [] == write(hub, made)


def test_a_copy_asks_for_its_date_and_title_and_proposes_both(hub):
    """Two times Enter."""
    one, asked, _ = maker(hub, ["", ""])
    made = one.make(Wish(KIND["event"], like="fete"))

    assert ["starts", "title"] == asked
    assert "starts: 2027-04-10 14:00\n" in made.text
    assert "title: Fête du puits\n" in made.text


def test_a_wrong_date_for_a_copy_is_told(hub):
    """On a terminal asked again, in a script refused."""
    one, asked, told = maker(hub, ["bientôt", "2027-06-05", "Bal"])
    made = one.make(Wish(KIND["event"], like="fete"))

    assert (["starts", "starts", "title"], 1) == (asked, len(told))
    assert "events/2027/bal.md" == made.path
    with pytest.raises(Unfit):
        maker(hub)[0].make(Wish(KIND["event"], {"starts": "bientôt"}, like="fete"))


def test_a_letter_follows_the_last_one(hub):
    """Whichever was copied."""
    made = maker(hub)[0].make(Wish(KIND["issue"], like="2026-02"))

    assert "newsletters/2026-04.md" == made.path
    assert [] == write(hub, made)


def test_a_copy_that_would_not_pass_is_refused(hub):
    """A start that its own rule does not give."""
    with pytest.raises(Unfit) as refusal:
        maker(hub)[0].make(Wish(KIND["event"], {"starts": "2027-01-10 09:00"}, like="corvee"))

    assert {"HB214"} == {one.code for one in refusal.value.problems}


@pytest.mark.long
def test_every_event_and_contest_of_a_real_hub_can_be_copied(tmp_path):
    """Series, pauses, other zones, lotteries: whatever this repository has."""
    one = Maker(read_settings(REPOSITORY), moment("2026-11-21 12:00"), "fr", Cache(tmp_path, "x"))
    sources = [
        (kind, file.relative_to(REPOSITORY).as_posix())
        for kind in ("event", "contest")
        for file in sorted((REPOSITORY / KIND[kind].folder).rglob("*.md"))
        if "archive" not in file.parts
    ]

    assert len(sources) > 20
    for kind, source in sources:
        made = one.make(Wish(KIND[kind], like=source))
        assert made.path != source
        assert made.text.count("\n") > 10


def test_two_makers_make_the_same(tmp_path):
    """Nothing depends on the order of files or of hashes."""
    made = [maker(village(tmp_path / name))[0].make(Wish(KIND["event"], values("event"))) for name in ("a", "b")]

    assert made[0] == made[1]


def test_a_text_that_is_there_stands_in_the_place_of_explanations(hub):
    """What somebody wrote into a form becomes the file, not the beginning of one."""
    made = maker(hub)[0].make(Wish(KIND["post"], {"title": "La scie"}, text="Elle coupe."))

    assert made.text.endswith("---\n\nElle coupe.\n")
    assert "#" not in made.text
