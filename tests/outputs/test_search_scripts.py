"""How the search page understands what is typed: its scripts, asked without a browser."""

import json
import shutil
import subprocess
from pathlib import Path

import pytest

_SCRIPT = Path(__file__).resolve().parents[2] / "theme" / "static" / "search-query.js"


def run(expression: str):
    """Return the value of an expression in which the functions of the script can be used."""
    node = shutil.which("node")
    if node is None:
        pytest.skip("running the search page's scripts needs node")
    code = f"import * as all from {json.dumps(_SCRIPT.as_uri())}; const {{ {', '.join(NAMES)} }} = all; console.log(JSON.stringify({expression}));"
    done = subprocess.run([node, "--input-type=module", "-e", code], capture_output=True, encoding="utf-8", check=True, timeout=60)
    return json.loads(done.stdout)


NAMES = ["terms", "ranked", "likeness", "isNear", "nearest", "distance", "excerpt", "parts", "folded"]


def words(query: str, lang: str = "fr", typing: bool = False) -> list[str]:
    """Return the first form of each word that a query looks for."""
    return [one["forms"][0] for one in run(f"terms({json.dumps(query)}, {json.dumps(lang)}, {json.dumps(typing)})")]


@pytest.mark.parametrize(
    ("query", "wanted"),
    [
        ("Réparer un grille-pain", ["réparer", "grillepain"]),
        ("comment s’abonner à la lettre ?", ["abonner", "lettre"]),
        ("l'atelier d'Inès", ["atelier", "inès"]),
        ("jusqu’à aujourd'hui", ["aujourdhui"]),
        ("26/11/2026", ["26", "novembre", "2026"]),
        ("le 2.5", ["2", "mai"]),
        ("2026-12-05", ["5", "décembre", "2026"]),
        ("31/02", ["31", "02"]),
        ("adhérent·es", ["adhérent"]),
        ("où", ["où"]),
        ("« cœur »", ["cœur"]),
        ('"vis foirée" bois', ['"vis foirée"', "bois"]),
        ("« main à main »", ['"main à main"']),
        ("handbill.example", ["handbillexample"]),
        ("", []),
        ("!!! ???", []),
    ],
)
def test_a_query_is_taken_apart_as_a_reader_of_french_means_it(query, wanted):
    """Small words stand in every text, articles are no part of a word, and dates are written out in texts."""
    assert wanted == words(query)


def test_english_has_small_words_of_its_own():
    assert ["mend", "lamp"] == words("how do I mend a lamp?", "en")
    assert ["how", "do"] == words("how do", "de")


def test_nothing_is_asked_for_a_letter_or_two_while_somebody_types():
    """“re” would find nearly everything, and take seconds in a large hub."""
    assert [] == words("ré", typing=True)
    assert ["réparer"] == words("réparer la vi", typing=True)
    assert ["réparer", "vi"] == words("réparer la vi")


@pytest.mark.parametrize(
    ("word", "forms"),
    [
        ("coeur", ["coeur", "cœur"]),
        ("nœud", ["nœud", "noeud"]),
        ("éditrices", ["éditrices", "éditeur"]),
        ("animateur", ["animateur", "animatrice", "animateuse"]),
        ("réparateurs", ["réparateurs", "réparatrice", "réparateuse"]),
        ("coiffeuse", ["coiffeuse", "coiffeur"]),
        ("luthière", ["luthière", "luthier"]),
        ("fleur", ["fleur"]),
        ("lampe", ["lampe"]),
    ],
)
def test_a_word_is_also_found_in_its_other_spelling_and_gender(word, forms):
    """Texts say animatrice, and readers type animateur, and the other way round."""
    assert forms == run(f"terms({json.dumps(word)}, 'fr')")[0]["forms"]


def test_other_languages_have_no_french_genders():
    assert ["matrice"] == run("terms('matrice', 'en')")[0]["forms"]


def test_a_word_with_hyphens_can_be_looked_for_by_its_parts():
    assert ["week", "end"] == run("terms('Week-end', 'fr')")[0]["parts"]


@pytest.mark.parametrize(
    ("stem", "word", "like"),
    [("bois", "bois", 1), ("conf", "conférence", 0.4), ("établi", "et", 0), ("26", "2650", 0), ("lampe", "vélo", 0)],
)
def test_the_word_itself_is_worth_most_and_the_beginning_of_another_number_nothing(stem, word, like):
    assert like == run(f"likeness({json.dumps(stem)}, {json.dumps(word)})")


@pytest.mark.parametrize(("stem", "word", "near"), [("réparr", "répar", True), ("étabbl", "et", False), ("lampadaire", "lamp", False)])
def test_what_pagefind_takes_for_a_word_must_be_near_it(stem, word, near):
    """“et” for “étabbli” would find every text there is."""
    assert near is run(f"isNear({json.dumps(stem)}, {json.dumps(word)})")


@pytest.mark.parametrize(
    ("a", "b", "far"),
    [("lampe", "lampe", 0), ("lampe", "lmape", 1), ("lampe", "lampes", 1), ("lampe", "lame", 1), ("lampe", "rampe", 1), ("", "abc", 3)],
)
def test_one_slip_of_the_finger_is_one(a, b, far):
    """Two letters exchanged are the commonest slip of all."""
    assert far == run(f"distance('{a}', '{b}')")


@pytest.mark.parametrize(
    ("typed", "meant"),
    [("chausette", "chaussette"), ("Permanance", "permanence"), ("reparrer", "réparer"), ("etabbli", "établi"), ("kayak", ""), ("vls", "")],
)
def test_the_nearest_word_of_the_hub_is_offered_and_nothing_far_fetched(typed, meant):
    """A wrong guess is worse than none."""
    known = ["chaussette", "permanence", "réparer", "établi", "vis", "cadeaux", "kiosque"]

    assert meant == run(f"nearest({json.dumps(typed)}, {json.dumps(known)})")


def test_of_two_words_as_near_the_more_common_is_meant():
    assert "lampe" == run("nearest('lompe', ['lampe', 'lombe'])")


def ranked(*groups: dict, weight: str = "undefined", place: str = "undefined") -> list[dict]:
    """Return the pages found, best first; each group is {idf, pages: {id: {…}}}."""
    made = ", ".join(f"{{ idf: {one['idf']}, pages: new Map(Object.entries({json.dumps(one['pages'])})) }}" for one in groups)
    return run(f"ranked([{made}], {weight}, {place})")


def page(score: float = 1, places: tuple[int, ...] = (), titled: bool = False) -> dict:
    return {"score": score, "places": list(places), "isTitled": titled}


def test_a_page_with_all_words_stands_before_one_that_says_one_of_them_often():
    found = ranked({"idf": 2, "pages": {"a": page(9), "b": page()}}, {"idf": 2, "pages": {"b": page()}})

    assert [("b", False), ("a", True)] == [(one["id"], one.get("isPart", False)) for one in found]


def test_a_page_that_lacks_a_word_which_says_nothing_has_all_that_was_asked():
    """Nobody means the “comment” of their question."""
    found = ranked({"idf": 3, "pages": {"a": page()}}, {"idf": 0.5, "pages": {"b": page(5)}})

    assert [("a", False)] == [(one["id"], one.get("isPart", False)) for one in found]


def test_words_side_by_side_are_worth_more():
    """“26 novembre” is one thing, a 26 and a November are two."""
    found = ranked(
        {"idf": 1, "pages": {"a": page(1, (3,)), "b": page(1.2, (3,))}}, {"idf": 1, "pages": {"a": page(1, (4,)), "b": page(1, (9,))}}
    )

    assert ["a", "b"] == [one["id"] for one in found]
    assert [3, 4] == found[0]["places"]


def test_a_title_of_all_the_words_stands_first():
    found = ranked(
        {"idf": 1, "pages": {"a": page(1, (), True), "b": page(1.4)}}, {"idf": 1, "pages": {"a": page(1, (), True), "b": page(1.4)}}
    )

    assert ["a", "b"] == [one["id"] for one in found]


def test_what_is_over_comes_after_what_one_can_still_come_to():
    found = ranked({"idf": 1, "pages": {"past": page(1.2), "coming": page()}}, weight="(id) => (id === 'past' ? 0.7 : 1.3)")

    assert ["coming", "past"] == [one["id"] for one in found]


def test_of_pages_that_count_the_same_the_later_stands_first():
    """What their ids say is chance: another word on one of them, and it would stand elsewhere."""
    days = {"idf": 1, "pages": {"a": page(), "b": page(), "c": page()}}

    assert ["b", "c", "a"] == [one["id"] for one in ranked(days, place="(id) => ({ a: 0, b: 2, c: 1 })[id]")]


def test_equal_pages_stand_in_the_same_order_each_time():
    assert ["a", "b", "c"] == [one["id"] for one in ranked({"idf": 1, "pages": {"c": page(), "a": page(), "b": page()}})]


def shown(text: str, places: list[int], start: int = 0, length: int = 8) -> str:
    """Return an excerpt with the words found between brackets."""
    pieces = run(f"excerpt({json.dumps(text.split())}, {places}, {start}, {len(text.split())}, {length})")
    return "".join(f"[{one['text']}]" if one["marked"] else one["text"] for one in pieces)


def test_an_excerpt_begins_with_the_sentence_and_marks_words_without_their_stops():
    text = "Un deux trois quatre cinq six sept huit neuf dix onze. On cherche le morfil (du doigt). Fin de tout cela ici même."

    assert "… On cherche le [morfil] (du [doigt]). Fin de …" == shown(text, [14, 16])


def test_an_article_is_not_marked_with_its_word():
    assert "À l'[établi], qu'[établir] dit." == shown("À l'établi, qu'établir dit.", [1, 2])


def test_an_excerpt_is_where_most_was_found():
    assert "… [a] x [b] x [c] …" == shown("a x x x x x x x x x x x x x x x. a x b x c x x x", [0, 16, 18, 20], length=5)


def test_a_short_text_is_shown_whole():
    assert "Le [bois], donc." == shown("Le bois, donc.", [1])


def test_a_title_is_not_repeated_below_itself():
    assert "texte [ici]" == shown("Titre ici. texte ici", [1, 3], start=2)


def test_the_parts_of_a_page_are_those_with_most_in_the_order_of_the_page():
    anchors = [
        {"element": "h2", "id": "a", "text": "A", "location": 10},
        {"element": "h2", "id": "b", "text": "B", "location": 20},
        {"element": "p", "id": "x", "text": "X", "location": 25},
        {"element": "h3", "id": "c", "text": "C", "location": 30},
        {"element": "h2", "id": "d", "text": " ", "location": 40},
    ]
    found = run(f"parts({json.dumps(anchors)}, [1, 11, 31, 32, 35, 21, 22, 45], 50, 2)")

    assert ["b", "c"] == [one["anchor"] for one in found]
