"""Answers to a quiz, and their one text."""

import json

import pytest

from handbill.draw.answers import BadAnswers, Sheet, answers_bytes, answers_in, comparable, key_bytes, key_in, number_of
from handbill.draw.canonical import canonical

SALT = "a5" * 32
QUIZ = {"questions": 2, "answers": "", "tiebreak": "Combien de vis ?"}


@pytest.mark.parametrize(
    ("typed", "compared"),
    [
        (" L’ÉTAU  ", "l'étau"),
        ("l'e\u0301tau", "l'étau"),
        ("l\u00b4étau", "l'étau"),
        ("Jean\u00a0 Bart\n", "jean bart"),
        ("10 m²", "10 m2"),
        ("STRASSE", "strasse"),
        ("Straße", "strasse"),
        ("porte\u2011clés", "porte-clés"),
        ("mar\u00adteau\u200b", "marteau"),
        ("etau", "etau"),
        ("", ""),
    ],
)
def test_capitals_spaces_and_forms_of_a_sign_make_no_difference(typed, compared):
    """Half of the members answer on a telephone, which writes other apostrophes and a capital of its own."""
    assert compared == comparable(typed)
    assert compared == comparable(compared)


@pytest.mark.parametrize("typed", ["=1+1", "+33", "@SUM(A1)", "-=cmd|'/c calc'!A0", "\t=1", "＝1", "|x", "%x", "= = x"])
def test_no_answer_is_a_formula(typed):
    """The answers become public, and a stranger opens them in a spreadsheet."""
    assert comparable(typed)[:1].isalnum()


def test_a_number_below_zero_stays_one():
    """How cold was it?"""
    assert "-5" == comparable("−5")


@pytest.mark.parametrize(
    ("typed", "number"),
    [
        ("412", "412"),
        ("412 vis", "412"),
        ("environ 412.", "412"),
        ("1 234", "1234"),
        ("1\u202f234,50", "1234.5"),
        ("1'234", "1234"),
        ("1,234,567.5", "1234567.5"),
        ("1.234.567", "1234567"),
        ("0,5", "0.5"),
        ("007", "7"),
        ("-0", "0"),
        ("−3,0", "-3"),
        ("3.14159265358979", "3.14159265358979"),
        ("9" * 15, "9" * 15),
        ("9" * 16, ""),
        ("entre 400 et 420", ""),
        ("1e5", ""),
        ("12.10.5", ""),
        ("1.234,567,8", ""),
        ("beaucoup", ""),
        ("", ""),
    ],
)
def test_a_number_is_read_as_people_write_it(typed, number):
    """A guess is not lost for a space, and none is made up where two are written."""
    assert number == number_of(typed)


ROWS = {"bbb": ["Étau", "une clé, de 12", "410 vis"], "aaa": ["étau ", 'dit "la grosse"', ""]}
RAW = answers_bytes(2, ROWS)


def test_answers_have_one_text():
    """Their digest is told when the pool is frozen, before anybody may know the right ones."""
    assert 'ticket,1,2,tiebreak\naaa,étau,"dit ""la grosse""",\nbbb,étau,"une clé, de 12",410\n' == RAW.decode()
    assert {"aaa": Sheet(("étau", 'dit "la grosse"'), ""), "bbb": Sheet(("étau", "une clé, de 12"), "410")} == answers_in(RAW, 2)
    assert answers_bytes(2, dict(reversed(ROWS.items()))) == RAW


@pytest.mark.parametrize(
    ("rows", "found"),
    [
        ({"aaa": ["a", "b"]}, "2 answers of aaa, where 3 were asked for"),
        ({"aaa": ["a", "x" * 201, "1"]}, "an answer of aaa with more than 200 signs"),
        ({"aaa#2": ["a", "b", "1"]}, "a row without a ticket"),
        ({"ana@example.org": ["a", "b", "1"]}, "a row without a ticket"),
    ],
)
def test_rows_that_are_no_answers_are_refused(rows, found):
    """Nobody's address and nobody's letter is committed in place of an answer."""
    with pytest.raises(BadAnswers) as caught:
        answers_bytes(2, rows)

    assert found == str(caught.value.found)


OTHER = "a text that is not the one text of any answers to 2 questions"


@pytest.mark.parametrize(
    ("raw", "found"),
    [
        (b"", OTHER),
        (RAW[:-1], OTHER),
        (RAW.replace(b"\n", b"\r\n"), OTHER),
        (b"\xef\xbb\xbf" + RAW, OTHER),
        (RAW.replace(b"aaa", b"ccc"), OTHER),
        (RAW.replace(b"bbb", b"aaa"), OTHER),
        (RAW.replace(b",410", b',"410"'), OTHER),
        (RAW.replace(b",410", b",410,1"), OTHER),
        (RAW.replace(b"1,2", b"2,1"), OTHER),
        (RAW.replace(b"410", b"\xff"), OTHER),
        (RAW.replace(b"410", b'"'), OTHER),
        (b"ticket,1,2,tiebreak\n" + b"a" * 200_000, OTHER),
        (RAW.replace(b"410", b"0410"), "something that is no number, of bbb"),
        (RAW.replace(b"410", b"-0"), "something that is no number, of bbb"),
        (RAW.replace(b"bbb", b"b b"), "a row without a ticket"),
    ],
)
def test_every_other_text_of_answers_is_refused(raw, found):
    """Two texts of the same answers would have two digests."""
    with pytest.raises(BadAnswers) as caught:
        answers_in(raw, 2)

    assert found == str(caught.value.found)


@pytest.mark.parametrize("questions", [None, "2", 2.0, True, -1, 5000])
def test_rules_that_say_no_number_of_questions_are_refused(questions):
    """They are read from a file that anybody can have changed."""
    with pytest.raises(BadAnswers):
        answers_in(RAW, questions)


KEY = key_bytes(["Étau | la presse", "12"], "412 vis", SALT)


def test_the_right_answers_have_one_text():
    """Their digest stands in the rules before anybody enters."""
    right = key_in(KEY, QUIZ)

    assert (frozenset({"étau", "la presse"}), frozenset({"12"})) == right.answers
    assert "412" == right.tiebreak
    assert key_bytes(["la presse|étau|ÉTAU", " 12"], "412,0", SALT) == KEY


@pytest.mark.parametrize(
    ("answers", "tiebreak", "found"),
    [
        (["a", " | "], "", "no answer to question 2"),
        (["a", "x" * 201], "", "an answer to question 2 with more than 200 signs"),
        (["a", "b"], "beaucoup", "a last question whose answer is not one number"),
        (["a", "b"], "entre 4 et 5", "a last question whose answer is not one number"),
    ],
)
def test_right_answers_that_nobody_can_compare_are_refused(answers, tiebreak, found):
    """It would come out when all have answered."""
    with pytest.raises(BadAnswers) as caught:
        key_bytes(answers, tiebreak, SALT)

    assert found == str(caught.value.found)


def changed(**more: object) -> bytes:
    """Return the right answers with other values, in their one text."""
    return canonical({**json.loads(KEY), **more})


@pytest.mark.parametrize(
    ("raw", "quiz", "found"),
    [
        (b"{}", QUIZ, "a text that is not the one text of any right answers"),
        (b"[" * 50_000, QUIZ, "a text that is not the one text of any right answers"),
        (canonical([]), QUIZ, "something that is no right answers"),
        (changed(more=1), QUIZ, "something that is no right answers"),
        (changed(answers={}), QUIZ, "something that is no right answers"),
        (changed(answers=[["a"], []]), QUIZ, "a question without a right answer"),
        (changed(answers=[["a"], [""]]), QUIZ, "a question without a right answer"),
        (changed(answers=[["a"], "b"]), QUIZ, "a question without a right answer"),
        (changed(answers=[["a"], [1]]), QUIZ, "a question without a right answer"),
        (changed(answers=[["a"]]), QUIZ, "right answers to 1 questions, where the rules speak of 2"),
        (KEY, {**QUIZ, "questions": 3}, "right answers to 2 questions, where the rules speak of 3"),
        (changed(tiebreak="0412"), QUIZ, "a last question whose answer is not one number"),
        (changed(tiebreak=412), QUIZ, "a last question whose answer is not one number"),
        (changed(tiebreak=""), QUIZ, "no answer to the last question, which the rules ask"),
        (KEY, {**QUIZ, "tiebreak": ""}, "an answer to a last question that the rules do not ask"),
        (changed(salt=""), QUIZ, "right answers without their salt"),
        (KEY, None, "rules without a quiz"),
        (KEY, {}, "rules without a quiz"),
    ],
)
def test_what_is_no_key_to_this_quiz_says_why(raw, quiz, found):
    """Whoever shows the right answers has to know what is wrong with them."""
    with pytest.raises(BadAnswers) as caught:
        key_in(raw, quiz)

    assert found == str(caught.value.found)
