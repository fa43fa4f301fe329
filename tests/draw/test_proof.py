"""What a stranger can prove of a contest from its public files, and that nothing changed in them stays unseen."""

import copy
import json
import random
import string
from dataclasses import replace

import pytest
from tests.draw.samples import CONTEST, NUMBERS, ROUND_657413, SOURCES, TICKETS, announced, archive, record, rules, terms

from handbill.draw.award import Skip
from handbill.draw.canonical import canonical
from handbill.draw.drawing import as_first, digest_of, drawing_bytes, drawing_in
from handbill.draw.proof import CHECKS, prove

KINDS = {
    "draw": archive(),
    "skipped": archive(skips={TICKETS[6]: "declined", TICKETS[2]: "unreachable"}),
    "numbers": archive(algorithm="rfc3797"),
    "jury": archive(mechanism="jury"),
    "jury+vote": archive(mechanism="jury+vote", skips={TICKETS[0]: "declined"}),
    "quiz": archive(mechanism="quiz"),
    "quiz+draw": archive(mechanism="quiz+draw"),
    "quiz, numbers": archive(mechanism="quiz+draw", algorithm="rfc3797"),
    "jury, numbers": archive(mechanism="jury", algorithm="rfc3797"),
}


def wrong(files):
    """Return the names of the checks that found something wrong."""
    return [one.name for one in prove(files) if one.is_right is False]


def found(files, name):
    """Return what one check found."""
    return next(one.found for one in prove(files) if one.name == name)


@pytest.mark.parametrize("kind", KINDS)
def test_a_contest_as_it_should_be_is_proved(kind):
    """A check that cries at an honest contest teaches everybody to look away."""
    checks = prove(KINDS[kind])

    assert list(CHECKS) == [one.name for one in checks]
    assert [] == wrong(KINDS[kind])
    open_checks = {one.name for one in checks if one.is_right is None}
    assert open_checks <= {"ballots", "answers"} | ({"round", "beacon"} if "numbers" in kind else set())
    assert ("ballots" in open_checks, "answers" in open_checks) == ("jury" not in kind, "quiz" not in kind)


def test_the_winners_are_named_by_their_tickets():
    """Whoever checks looks for a ticket first, and for who was passed over second."""
    sentence = found(KINDS["skipped"], "winners")

    assert f"{TICKETS[6]} (declined)" in sentence
    assert all(line in sentence for line, _ in drawing_in(KINDS["skipped"]["draw.json"]).award.winners)


@pytest.mark.parametrize("until", ["announced", "frozen", "sealed", "decided", "verified", "published"])
@pytest.mark.parametrize("kind", ["draw", "jury+vote", "quiz"])
def test_at_every_step_of_its_life_nothing_is_wrong(kind, until):
    """People look while a contest runs, and what is still to come is no fault of it."""
    if until == "sealed" and kind != "jury+vote":
        until = "frozen"

    assert [] == wrong(archive(mechanism=kind, until=until))


@pytest.mark.long
def test_a_changed_byte_is_found_10000_times_of_10000():
    """Bytes changed, put in and taken out at any place of any file of any kind of contest: not one goes unseen."""
    chance = random.Random(3797)
    # Amended rules are one file more of a sort that is there already, and a third of the time.
    kinds = {**KINDS, "jury+vote": archive(mechanism="jury+vote", is_amended=False), "quiz": archive(mechanism="quiz", is_amended=False)}
    kinds |= {"draw": archive(is_amended=False), "numbers": archive(algorithm="rfc3797", is_amended=False)}
    unseen = []
    for number in range(10_000):
        kind = list(kinds)[number % len(kinds)]
        files = dict(kinds[kind])
        # Each file as often as every other, so that small ones are not lost among large.
        name = chance.choice(sorted(files))
        files[name] = changed(files[name], chance)
        if not wrong(files):
            unseen.append((kind, name, number))

    assert [] == unseen


def changed(raw, chance):
    """Return bytes with one of them changed, put in or taken out."""
    at = chance.randrange(len(raw))
    way = chance.randrange(4)
    if way == 0:
        return raw[:at] + raw[at + 1 :]
    if way == 1:
        return raw[:at] + bytes([chance.randrange(256)]) + raw[at:]
    if way == 2:
        return raw[:at] + bytes([raw[at] ^ (1 << chance.randrange(8))]) + raw[at + 1 :]
    # Another sign of the same sort is what a forger writes.
    signs = string.digits if chr(raw[at]).isdigit() else string.ascii_lowercase
    other = chance.choice([one for one in signs if ord(one) != raw[at]])
    return raw[:at] + other.encode() + raw[at + 1 :]


@pytest.mark.parametrize("kind", KINDS)
def test_a_file_that_is_missing_is_found(kind):
    """What is not looked at is not proved."""
    for name in KINDS[kind]:
        assert wrong({key: raw for key, raw in KINDS[kind].items() if key != name}), name


def test_nothing_and_garbage_end_in_sentences():
    """Whoever drops the wrong folder gets an answer."""
    for files in (
        {},
        dict.fromkeys(KINDS["jury+vote"], b""),
        dict.fromkeys(KINDS["quiz"], b"\xff" * 5_000),
        dict.fromkeys(KINDS["draw"], b"[" * 200_000),
    ):
        assert list(CHECKS) == [one.name for one in prove(files)]
        assert "record" in wrong(files)


STRANGE = (
    None,
    True,
    -1,
    0,
    10**400,
    1 << 60,
    1.5,
    "",
    "x" * 3_000,
    "\ud800",
    "\x1b[2J",
    "0" * 64,
    "2023-08-23T15:59:23Z",
    [],
    {},
    [[]],
    [None],
    {"": None},
    [1, "1"],
)


def strange(value, chance):
    """Return values of JSON with one of them, at any depth, exchanged for something strange, taken out or doubled."""
    told = copy.deepcopy(value)
    places = [(told, key) for key in told] if isinstance(told, dict) else list(enumerate(told))
    holder, key = told, None
    while True:
        keys = list(holder) if isinstance(holder, dict) else list(range(len(holder)))
        if not keys:
            break
        key = chance.choice(keys)
        if not isinstance(holder[key], dict | list) or chance.random() < 0.2:
            break
        holder = holder[key]
    assert places
    if key is not None and (isinstance(holder, dict) or key < len(holder)) and holder:
        way = chance.randrange(4)
        if way == 0:
            del holder[key]
        elif way == 1 and isinstance(holder, list):
            holder.append(copy.deepcopy(holder[key]))
        else:
            holder[key] = chance.choice(STRANGE)
    return told


def test_strange_values_in_well_made_files_end_in_sentences():
    """A forger who seals what he wrote anew gets past every digest; no value of his may end the program."""
    chance = random.Random(8)
    for number in range(1_500):
        files = dict(KINDS[list(KINDS)[number % len(KINDS)]])
        name = chance.choice(["record.json", "record.json", "draw.json", *[one for one in files if one.endswith(".json")]])
        told = strange(json.loads(files[name]), chance)
        try:
            files[name] = record(told.get("steps", [])) if name == "record.json" else canonical(told)
        except UnicodeEncodeError:
            files[name] = json.dumps(told).encode()

        assert list(CHECKS) == [one.name for one in prove(files)]


def resealed(files, change):
    """Return the files with a draw that *change* made another, and a record that says it was drawn and confirmed so."""
    drawing = change(drawing_in(files["draw.json"]))
    steps = json.loads(files["record.json"])["steps"]
    counts = [1, 2]
    for step in steps:
        if step["step"] == "decided":
            step["draw"] = digest_of(as_first(drawing, counts, 2))
        if step["step"] == "verified":
            step["draw"] = digest_of(drawing)
    return {**files, "draw.json": drawing_bytes(drawing), "record.json": record(steps)}


def swapped(drawing):
    """Return a draw in which the first winner and the first substitute changed places, in the order too."""
    (winner, prize), *others = drawing.award.winners
    moved = drawing.award.substitutes[0]
    order = [{winner: moved, moved: winner}.get(line, line) for line in drawing.order]
    return replace(
        drawing,
        order=tuple(order),
        award=replace(drawing.award, winners=((moved, prize), *others), substitutes=(winner, *drawing.award.substitutes[1:])),
    )


@pytest.mark.parametrize("kind", ["draw", "numbers", "jury", "quiz", "quiz+draw"])
def test_a_forger_who_makes_all_digests_anew_is_found_by_the_draw_itself(kind):
    """Digests guard against accidents; against an organiser who rewrites everything stands that the draw can be made again."""
    forged = resealed(KINDS[kind], swapped)

    assert "order" in wrong(forged)
    assert "place 1" in found(forged, "order")


def test_a_winner_who_is_not_first_is_found():
    """The order may be right and the prize go to a friend all the same."""

    def friend(drawing):
        return replace(drawing, award=replace(drawing.award, winners=(("x", 0), *drawing.award.winners[1:])))

    forged = resealed(KINDS["draw"], friend)

    assert ["winners"] == wrong(forged)
    assert f"draw.json: winners, place 1: found x (1), wanted {TICKETS[2]} (1)" == found(forged, "winners")


def test_a_skip_that_nobody_gave_a_winner_is_found():
    """A list of skips that does not fit the winners hides whom somebody passed over."""

    def silent(drawing):
        return replace(drawing, award=replace(drawing.award, skips=(Skip(TICKETS[3], "underage"),)))

    assert "winners" in wrong(resealed(KINDS["draw"], silent))


def test_a_ticket_put_in_after_freezing_is_found():
    """It is what an organiser would be tempted to do for somebody who came late."""
    late = KINDS["draw"]["pool.txt"] + b"zzzzzzzzzzzzzzzz\n"
    files = {**KINDS["draw"], "pool.txt": late}

    assert {"pool", "entropy", "order"} == set(wrong(files))
    assert found(files, "pool").startswith("pool.txt: its digest is ")


def test_more_chances_of_one_entrant_than_the_rules_give_are_found():
    """Sixty lines of a friend stand in a list that has its digest, its length and its order, and win most draws."""
    friend = (*TICKETS, f"{TICKETS[0]}#2", f"{TICKETS[0]}#3")

    assert ["pool"] == wrong(archive(lines=friend, entry={"how": "form", "limit": 2}))
    assert f"it has 3 lines of {TICKETS[0]}, and the rules give 2" in found(
        archive(lines=friend, entry={"how": "form", "limit": 2}), "pool"
    )
    assert [] == wrong(archive(lines=friend, entry={"how": "form", "limit": 3}))


def test_terms_changed_after_the_announcement_are_found_in_the_rules():
    """The record could be sealed anew with another prize; the rules hold what was announced with them."""
    steps = json.loads(KINDS["draw"]["record.json"])["steps"]
    steps[1]["terms"]["prizes"][0]["name"] = "Un porte-clés"

    files = {**KINDS["draw"], "record.json": record(steps)}

    assert ["rules", "draw"] == wrong(files)


def test_rules_that_nobody_announced_are_found():
    """A version that stands beside the others as if it were in force misleads whoever reads it."""
    assert ["rules"] == wrong({**KINDS["draw"], "rules.3.fr.md": b"# Autre\n"})


def test_a_version_of_the_rules_that_was_left_out_is_found():
    """Who amends twice and shows once hides what was promised between."""
    second, files = announced(terms(), 3, "2023-07-25T09:00:00Z")
    first, other = announced(terms())

    files = {**files, **other, "record.json": record([first, second])}

    assert ["rules"] == wrong(files)
    assert "record.json: version 2 of the rules is missing" == found(files, "rules")


def test_a_record_of_another_id_than_the_rules_were_announced_for_is_found():
    """The id salts the order: whoever may write another once the number is known tries ids until a friend wins."""
    step, files = announced(terms(contest="2026-autre-photo"))

    assert ["rules"] == wrong({**files, "record.json": record([step])})
    assert "record.json: its contest is 2026-ete-photo, wanted 2026-autre-photo" == found({**files, "record.json": record([step])}, "rules")


def test_an_announcement_without_rules_is_found():
    """Nobody can hold an organiser to a text that was never committed."""
    step, _ = announced(terms())

    assert ["rules"] == wrong({"record.json": record([{**step, "rules": {}}])})


@pytest.mark.parametrize(
    "other",
    [
        {"contest": "2027-ete-photo"},
        {"mechanism": "jury"},
        {"rules": {"fr": "0" * 64}},
        {"record": "0" * 64},
        {"pool": "0" * 64},
        {"size": 11},
    ],
    ids=lambda other: next(iter(other)),
)
def test_a_draw_that_belongs_to_something_else_is_found(other):
    """A true draw of another contest, list or set of rules proves nothing of this one."""
    assert "draw" in wrong(resealed(KINDS["draw"], lambda drawing: replace(drawing, **other)))


def test_a_draw_by_another_algorithm_than_the_rules_name_is_found():
    """Two algorithms are two throws."""
    assert {"draw", "round"} <= set(wrong(archive(luck=NUMBERS, sources=SOURCES)))


def test_no_round_of_a_beacon_stands_in_for_a_lottery():
    """Rounds come every three seconds: one could be chosen, and its signature is right whichever it is."""
    chosen = archive(algorithm="rfc3797", luck=ROUND_657413, decided={"missing": 1000}, decided_at="2023-09-30T00:00:00Z", until="decided")

    assert ["draw"] == wrong(chosen)
    assert "draw.json: its algorithm is hubdraw-1, wanted rfc3797" == found(chosen, "draw")


def test_a_number_too_long_to_be_told_ends_in_a_sentence():
    """One more than four thousand nines is a number that Python refuses to write."""

    def many(drawing):
        (winner, _), *others = drawing.award.winners
        return replace(drawing, award=replace(drawing.award, winners=((winner, 10**4300 - 1), *others)))

    assert "draw" in wrong(resealed(KINDS["draw"], many))


@pytest.mark.parametrize(
    ("kind", "check", "change"),
    [
        ("quiz+draw", "order", lambda drawing: replace(drawing, eligible=(*drawing.eligible, "zzzzzzzzzzzzzzzz"))),
        ("jury", "order", lambda drawing: replace(drawing, ranking=((drawing.ranking[0][0], "9.9"), *drawing.ranking[1:]))),
        ("quiz", "order", lambda drawing: replace(drawing, ranking=((drawing.ranking[0][0], "0"), *drawing.ranking[1:]))),
        ("draw", "order", lambda drawing: replace(drawing, ranking=tuple((line, "1") for line in drawing.order))),
        ("draw", "winners", lambda drawing: replace(drawing, award=replace(drawing.award, substitutes=drawing.award.substitutes[:1]))),
        ("draw", "winners", lambda drawing: replace(drawing, award=replace(drawing.award, skips=()))),
    ],
    ids=["eligible", "marks", "distance", "a ranking where none is", "substitutes", "skips"],
)
def test_every_list_of_a_draw_is_made_again(kind, check, change):
    """Scores, who answered right, substitutes: each is read by somebody who hopes to stand in it."""
    assert check in wrong(resealed(KINDS[kind], change))


def stepped(files, name, **facts):
    """Return the files with a record in which the last step of a name says something else."""
    steps = json.loads(files["record.json"])["steps"]
    next(one for one in reversed(steps) if one["step"] == name).update(facts)
    return {**files, "record.json": record(steps)}


def test_a_record_that_holds_another_draw_is_found():
    """What was committed on the evening of the draw is not what is shown now."""
    assert ["draw"] == wrong(stepped(KINDS["draw"], "decided", draw="0" * 64))
    assert ["draw"] == wrong(stepped(KINDS["skipped"], "verified", draw="0" * 64))


def test_a_list_of_another_length_than_was_frozen_is_found():
    """The page says how many are in it, and each of them counts."""
    assert "pool" in wrong(stepped(KINDS["draw"], "frozen", size=11))
    assert "wanted 11" in found(stepped(KINDS["draw"], "frozen", size=11), "pool")


def test_a_ballot_changed_after_it_was_sealed_is_found():
    """Who sees the others' marks first and changes his own decides alone."""
    name = "ballots/ines-carrere.json"
    told = json.loads(KINDS["jury"][name])
    line = next(iter(told["scores"]))
    told["scores"][line]["Geste"] = "9.5"

    files = {**KINDS["jury"], name: canonical(told)}

    assert "ballots" in wrong(files)
    assert found(files, "ballots").startswith(f"{name}: its digest is ")


def test_a_juror_who_sealed_nothing_is_found():
    """A jury of fewer than the rules name is another jury."""
    steps = [one for one in json.loads(KINDS["jury"]["record.json"])["steps"] if one.get("juror") != "hugo-lassalle"]

    assert "record.json: hugo-lassalle sealed no ballot" == found({**KINDS["jury"], "record.json": record(steps)}, "ballots")


def test_who_sealed_twice_or_is_no_juror_is_found():
    """The first ballot was sealed before the others were known; the second need not have been."""
    steps = json.loads(KINDS["jury"]["record.json"])["steps"]
    place = next(number for number, one in enumerate(steps) if one["step"] == "sealed")

    for other in ({"digest": "0" * 64}, {"juror": "somebody-else"}):
        more = [*steps[:place], {**steps[place], **other}, *steps[place:]]
        assert "record.json: somebody sealed twice, or is no juror" == found({**KINDS["jury"], "record.json": record(more)}, "ballots")


def test_votes_sealed_before_a_jurors_ballot_are_found():
    """They are public at once, and who marks later could go by them."""
    steps = json.loads(KINDS["jury+vote"]["record.json"])["steps"]
    places = [number for number, one in enumerate(steps) if one["step"] == "sealed"]
    steps[places[1]], steps[places[2]] = steps[places[2]], steps[places[1]]

    files = {**KINDS["jury+vote"], "record.json": record(steps)}
    assert "record.json: the votes of members were sealed before the ballot of a juror" == found(files, "ballots")


def test_right_answers_that_the_rules_did_not_name_are_found():
    """Who may choose the right answers afterwards chooses who had them."""
    told = json.loads(KINDS["quiz"]["key.json"])
    told["answers"][0] = ["scie"]

    assert "answers" in wrong({**KINDS["quiz"], "key.json": canonical(told)})


def test_the_rules_of_the_samples_hold_their_announcement():
    """These samples are what the browser's program is tried by too."""
    step, files = announced(terms())

    assert rules("fr", {key: value for key, value in step.items() if key != "rules"}) == files["rules.1.fr.md"]
    assert CONTEST == json.loads(KINDS["draw"]["draw.json"])["contest_id"]
