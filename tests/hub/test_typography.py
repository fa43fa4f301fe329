"""French as it is typed becomes French as it is printed, and nothing else changes.

In expected texts ``~`` stands for a no-break space and ``^`` for a narrow one,
so that they can be seen.
"""

import re
import time
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.cases import for_each

from handbill.hub.address import slug_of
from handbill.hub.gaps import MARKS
from handbill.hub.typography import manner_of, typeset, typeset_name


def seen(text: str) -> str:
    """Return a text with its no-break spaces made visible."""
    return text.replace("\u00a0", "~").replace("\u202f", "^")


SENTENCES = [
    # Signs that stand apart: narrow before ; ! ?, wide before a colon.
    ("Bonjour !", "Bonjour^!"),
    ("Bonjour!", "Bonjour^!"),
    ("Qui vient ?", "Qui vient^?"),
    ("Qui vient? Tout le monde!", "Qui vient^? Tout le monde^!"),
    ("Vraiment ?!", "Vraiment^?!"),
    ("Vraiment?! Oui!!!", "Vraiment^?! Oui^!!!"),
    ("Il pleut ; on rentre.", "Il pleut^; on rentre."),
    ("Il pleut; on rentre.", "Il pleut^; on rentre."),
    ("À apporter : une scie, des gants.", "À apporter~: une scie, des gants."),
    ("Horaires: le mercredi", "Horaires~: le mercredi"),
    ("Trois pannes\u00a0!", "Trois pannes^!"),
    ("Trois pannes\u202f: la première", "Trois pannes~: la première"),
    ("Deux  espaces  !", "Deux  espaces^!"),
    ("Coupé par la ligne\n! Et encore\n: voilà", "Coupé par la ligne^! Et encore~: voilà"),
    ("(Quelle idée !)", "(Quelle idée^!)"),
    ("(Quelle idée!)", "(Quelle idée^!)"),
    ("Bravo ! Bravo ! Bravo !", "Bravo^! Bravo^! Bravo^!"),
    ("Un doute (?) sur la date", "Un doute (?) sur la date"),
    ("Alors… ? Alors… !", "Alors…^? Alors…^!"),
    ("etc. ?", "etc.^?"),
    ("50 % ?", "50~%^?"),
    # Quotation marks.
    ("Le mot «atelier»", "Le mot «~atelier~»"),
    ("Le mot « atelier »", "Le mot «~atelier~»"),
    ("« Venez ! », dit-elle.", "«~Venez^!~», dit-elle."),
    ("Il a dit «Attention: ça chauffe»", "Il a dit «~Attention~: ça chauffe~»"),
    ('Le mot "atelier"', "Le mot «~atelier~»"),
    ('"Venez", dit-elle.', "«~Venez~», dit-elle."),
    ('Elle dit : "Venez !"', "Elle dit~: «~Venez^!~»"),
    ("Elle dit:«Venez!»", "Elle dit~:«~Venez^!~»"),
    ('Écrivez class="x" et {"a":"b"}', 'Écrivez class="x" et {"a":"b"}'),
    ('Il a lu " La Scie " hier', "Il a lu «~La Scie~» hier"),
    ('("comme ça")', "(«~comme ça~»)"),
    ('"Il a dit "non" hier", dit-elle', "«~Il a dit “non” hier~», dit-elle"),
    ('« Il a dit "non" hier »', "«~Il a dit “non” hier~»"),
    ('L\'"atelier" du quai', "L’«~atelier~» du quai"),
    ("l'«atelier» du quai", "l’«~atelier~» du quai"),
    ('Un écran de 24" et une planche de 12"', 'Un écran de 24" et une planche de 12"'),
    ('Un écran de 24" et un "grand" clavier', 'Un écran de 24" et un «~grand~» clavier'),
    ('Sous "Windows 11" aussi', "Sous «~Windows 11~» aussi"),
    ('Un guillemet " perdu', 'Un guillemet " perdu'),
    ('Un "écran 24" plat" de trop', 'Un "écran 24" plat" de trop'),
    ('a="" et b=""', 'a="" et b=""'),
    ("Le suédois écrit »hej» ainsi", "Le suédois écrit »hej~» ainsi"),
    ("L’allemand écrit »Hallo« ainsi", "L’allemand écrit »Hallo« ainsi"),
    # Apostrophes.
    ("L'atelier d'Inès", "L’atelier d’Inès"),
    ("Aujourd'hui, jusqu'à 18 h", "Aujourd’hui, jusqu’à 18~h"),
    ("Qu'est-ce qu'on répare ?", "Qu’est-ce qu’on répare^?"),
    ("presqu'île, entr'ouvert, p'tit-déj'", "presqu’île, entr’ouvert, p’tit-déj'"),
    ("l'11 novembre", "l’11~novembre"),
    ("les années '80", "les années ’80"),
    ("'89, c'était hier", "’89, c’était hier"),
    ("un mètre 5'10 de haut, 6' de long", "un mètre 5'10 de haut, 6' de long"),
    ("le mot 'scie' entre deux", "le mot 'scie' entre deux"),
    ("L’été déjà bien écrit", "L’été déjà bien écrit"),
    # Dots.
    ("Et puis...", "Et puis…"),
    ("Et puis... rien", "Et puis… rien"),
    ("[...] la suite (...)", "[…] la suite (…)"),
    ("à compléter : .....", "à compléter~: ....."),
    ("dans ../pictures/... ou .../x", "dans ../pictures/... ou .../x"),
    ("de 1...10", "de 1...10"),
    ("Bon...voilà", "Bon…voilà"),
    # Numbers.
    ("12 500 habitants", "12^500 habitants"),
    ("1 500 habitants", "1^500 habitants"),
    ("3 000 000 de vis", "3^000^000 de vis"),
    ("12500 habitants", "12500 habitants"),
    ("en 2024 500 personnes", "en 2024 500 personnes"),
    ("12 500,50 €", "12^500,50~€"),
    ("05 56 12 34 56", "05 56 12 34 56"),
    ("la salle 12 5000", "la salle 12 5000"),
    # Units and signs after numbers.
    ("5 € ou 12,50 €", "5~€ ou 12,50~€"),
    ("5€ ou 12,50€", "5~€ ou 12,50~€"),
    ("20% de 50 %", "20~% de 50~%"),
    ("entre 20-30%", "entre 20-30~%"),
    ("10 km à vélo, 3km à pied", "10~km à vélo, 3~km à pied"),
    ("25 m² et 3 m3", "25~m² et 3~m3"),
    ("200 °C, 180°C", "200~°C, 180~°C"),
    ("16 Go ou 512Mo", "16~Go ou 512~Mo"),
    ("230 V et 2 kWh", "230~V et 2~kWh"),
    ("un 3D, une 4L, la 5G, la 2CV", "un 3D, une 4L, la 5G, la 2CV"),
    ("il en reste 3 l'an prochain", "il en reste 3 l’an prochain"),
    # Clock times and days.
    ("à 18 h 30", "à 18~h~30"),
    ("à 18h30", "à 18~h~30"),
    ("de 9h à 12h", "de 9~h à 12~h"),
    ("2 h 15 min", "2~h~15~min"),
    ("à 18:30, de 9:00 à 12:00", "à 18:30, de 9:00 à 12:00"),
    ("le 15 août 2026", "le 15~août 2026"),
    ("le 1er mai", "le 1er~mai"),
    ("du 3 au 5 oct. 2026", "du 3 au 5~oct. 2026"),
    # Ordinals and centuries.
    ("au XXe siècle", "au XXe~siècle"),
    ("la 2ème fois", "la 2ème fois"),
    ("le 20e siècle", "le 20e~siècle"),
    # Titles and references.
    ("M. Carrère et Mme Diallo", "M.~Carrère et Mme~Diallo"),
    ("Dr Lopez, Me Petit, St Jean", "Dr~Lopez, Me~Petit, St~Jean"),
    ("Me voici, Pr de rien", "Me voici, Pr de rien"),
    ("voir p. 12 et t. IV", "voir p.~12 et t.~IV"),
    ("le n° 5, le n°6", "le n°~5, le n°~6"),
    # Dashes.
    ("Il vint – enfin – hier.", "Il vint –~enfin~– hier."),
    ("Le bois — le chêne surtout — travaille.", "Le bois —~le chêne surtout~— travaille."),
    ("Un mot – et c'est tout. Un autre – voilà.", "Un mot~– et c’est tout. Un autre~– voilà."),
    ("— Bonjour, dit-il.", "—~Bonjour, dit-il."),
    ("un porte-vis - bricolé", "un porte-vis - bricolé"),
]

#: Colons, dots and apostrophes that are no French.
UNTOUCHED = [
    "https://atelier.example/l'été?page=2&ok",
    "www.atelier.example/d'ici",
    "o'brien@atelier.example",
    "content/posts/2026-05-04-scie.md",
    "C:\\Atelier\\scie",
    "std::vector et a:b",
    ":smile: :+1:",
    ":-) ;-) :) ;) :D :p :'( :/ =) ^^",
    "a != b, x?y, #!sh, --max, c++",
    "?page=2&n=3",
    "1.2.3, 192.168.0.1, 12:30:45",
    "16:9, 1:2, Lc 3:16",
    "3e-5",
    "Vers, Ver, Dire, Ces, Mer, Vie, Ire",
]


def test_the_page_for_editors_shows_what_they_will_get():
    """A table that promises something else is worse than none."""
    page = (Path(__file__).parents[2] / "handbook" / "editors" / "typographie.md").read_text(encoding="utf-8")
    rows = re.findall(r"^\| `([^`]*)` \| `([^`]*)` \|$", page, re.MULTILINE)

    assert len(rows) > 10
    assert [printed for _, printed in rows] == [typeset(typed, "fr") for typed, _ in rows]


def test_a_hundred_sentences_are_enough_to_show_the_rules():
    """The table is the specification; it must not melt away."""
    assert len(SENTENCES) >= 100


@for_each(("typed", "printed"), SENTENCES, ids=[typed for typed, _ in SENTENCES])
def test_a_sentence_is_set_as_printers_do(typed, printed):
    """Lexique des règles typographiques en usage à l’Imprimerie nationale; each line is one way in which editors type."""
    assert printed == seen(typeset(typed, "fr"))


@pytest.mark.parametrize("typed", UNTOUCHED)
def test_what_is_no_sentence_stays(typed):
    """A broken address leads nowhere, and a smiley with a space in it smiles at nobody."""
    assert typed == typeset(typed, "fr")
    assert f"Voir {typed} ici" == typeset(f"Voir {typed} ici", "fr")


def test_a_sign_after_an_address_belongs_to_the_sentence():
    """Otherwise members copy the address with the sign, or the sign begins a line."""
    assert "Voyez https://atelier.example/a^!" == seen(typeset("Voyez https://atelier.example/a!", "fr"))
    assert "«~https://atelier.example/a~», dit-il" == seen(typeset('"https://atelier.example/a", dit-il', "fr"))


@pytest.mark.parametrize("lang", ["en", "de", "es", "", "frr", "english"])
def test_another_language_comes_back_as_it_is(lang):
    """Frisian (frr) is no French; English sets no spaces."""
    text = 'Hello! Isn\'t it "nice": 50% of 12 500...'

    assert text == typeset(text, lang)


def test_canada_sets_no_space_before_high_signs_but_keeps_one_that_was_typed():
    """Office québécois de la langue française: none before ; ! ?, one before a colon and within guillemets."""
    assert "Bonjour! Ça va? Oui; voici~: «~l’atelier~»" == seen(typeset("Bonjour! Ça va? Oui; voici: «l'atelier»", "fr-CA"))
    assert "Bonjour^! Ça va^?" == seen(typeset("Bonjour ! Ça va ?", "fr-CA"))


def test_switzerland_sets_a_narrow_space_before_colons_and_within_guillemets_too():
    """Guide du typographe romand."""
    assert "Voici^: «^l’atelier^»^!" == seen(typeset("Voici : « l'atelier » !", "fr-CH"))


def test_belgium_sets_french_as_france_does():
    """A country that we know nothing special of is no reason to leave a text as it is."""
    assert manner_of("fr") == manner_of("fr-BE") == manner_of("FR-fr")


@pytest.mark.parametrize(
    ("typed", "shown"),
    [
        ("mode d'emploi", "mode d’emploi"),
        ("Atelier n°5", "Atelier n°5"),
        ("Le 18h30", "Le 18h30"),
        ("Chez Lili !", "Chez Lili^!"),
        ("l'heure de 18h", "l’heure de 18h"),
    ],
)
def test_a_name_is_set_as_far_as_its_address_allows(typed, shown):
    """Tags and places have pages and calendars at addresses made from their names, which are promises."""
    assert shown == seen(typeset_name(typed, "fr"))
    assert slug_of(typed) == slug_of(typeset_name(typed, "fr"))


#: What the rules look at, so that Hypothesis finds their meetings soon.
PARTS = [
    *" \t\n\u00a0\u202f\u2009!?:;«»“”‘’'\"….,()[]{}-–—/\\%€°$&@#*_+=<>|~^abdehmnpstMIVXDSé0123459",
    *(
        "...",
        "://",
        "www.",
        "1er",
        "2ème",
        "XXe",
        " siècle",
        "mai",
        "M. ",
        "n°",
        "p. ",
        "km",
        "min",
        ":smile:",
        "18h30",
        "12 500",
        "l'",
        "&lt;",
    ),
]
TEXTS = st.one_of(st.text(), st.lists(st.sampled_from(PARTS), max_size=24).map("".join))


@settings(max_examples=400, deadline=None)
@given(text=TEXTS, lang=st.sampled_from(["fr", "fr-CA", "fr-CH"]))
def test_what_is_set_stays_set(text, lang):
    """Texts pass through twice: a title is set when read, and again by a theme that asks for it."""
    done = typeset(text, lang)

    assert done == typeset(done, lang)


@settings(max_examples=400, deadline=None)
@given(text=TEXTS)
def test_letters_and_digits_never_change(text):
    """An editor's words are the editor's."""
    done = typeset(text, "fr")

    assert [sign for sign in text if sign.isalnum()] == [sign for sign in done if sign.isalnum()]


@settings(max_examples=400, deadline=None)
@given(name=TEXTS)
def test_no_name_leads_elsewhere_once_it_is_set(name):
    """An address that was published is a promise."""
    done = typeset_name(name, "fr")

    assert slug_of(name) == slug_of(done)
    assert done == typeset_name(done, "fr")


@pytest.mark.parametrize("mark", MARKS, ids=ascii)
def test_a_text_with_a_mark_of_ours_comes_back_as_it_is(mark):
    """Reading refuses such signs; should one come, nothing may be woven into the wrong place."""
    assert f"a{mark} !" == typeset(f"a{mark} !", "fr")


@pytest.mark.parametrize(
    "part",
    [" ", " !", "1", "1 111 ", '"a ', "a'", ".", "«", "« ", " – ", "  –  ", ":a", "a@", "://", "http://x! ", "www.", "X", "1   ", "'89"],
)
def test_time_grows_with_the_text_and_no_faster(part):
    """A proposal from a stranger must not hold up the build."""

    def taken(length: int) -> float:
        text = (part * length)[:length] + "!"
        begun = time.process_time()
        typeset(text, "fr")
        return time.process_time() - begun

    # Quadratic would be 64 times as long; the rest is for a busy machine.
    assert taken(160_000) < 24 * max(taken(20_000), 0.004)
