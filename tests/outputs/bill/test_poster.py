"""Whole cards: where things stand, and that they stay there whatever is written."""

from __future__ import annotations

import io
from dataclasses import replace
from itertools import pairwise
from time import process_time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image, ImageChops

from handbill.outputs.bill.bill import HEIGHT, WIDTH, Bill, Leaf, Mark
from handbill.outputs.bill.poster import Posters

COLOURS = {
    "paper": "#f7f1e5", "sheet": "#fffcf5", "ink": "#241e19", "soft": "#5e5346", "accent": "#b5451f", "wait": "#7d5200", "stop": "#a3221e",
}  # fmt: skip
POSTERS = Posters(COLOURS)

POST = Bill("Article", "La radio de Marcel", ("Odile Marsan · 6 juillet 2026",), "Atelier Garonne", "atelier-garonne.example")
EVENT = Bill(
    "Rendez-vous", "Balade de nuit à vélo", ("Vendredi 11 décembre 2026, de 19\u00a0h à 21\u00a0h\u00a030", "Cour de l’atelier, Bordeaux"),
    "Atelier Garonne", "atelier-garonne.example", Leaf("déc.", "11", "ven."),
)  # fmt: skip
FRONT = Bill("", "Atelier Garonne", ("Réparer, fabriquer, transmettre",), "Atelier Garonne", "atelier-garonne.example", is_front=True)

#: The part of the sheet that is for the item, and the leaf in it.
INSIDE, LEAF = (100, 60, 1100, 478), (96, 100, 360, 440)


def picture(bill: Bill, posters: Posters = POSTERS) -> Image.Image:
    return Image.open(io.BytesIO(posters.drawn(bill))).convert("RGB")


def shade(name: str) -> tuple[int, ...]:
    return tuple(int(COLOURS[name][place : place + 2], 16) for place in (1, 3, 5))


def count(image: Image.Image, name: str) -> int:
    return {colour: number for number, colour in image.getcolors(100_000) or ()}.get(shade(name), 0)


def differs(one: Bill, other: Bill) -> tuple[int, int, int, int] | None:
    """Return the box around all that is not the same on two cards."""
    return ImageChops.difference(picture(one), picture(other)).getbbox()


def test_a_card_is_a_small_png_of_the_shape_that_networks_show():
    """Chat programs skip a picture that takes long; 100 kilobytes is where some begin to."""
    for bill in (POST, EVENT, FRONT, replace(POST, title="Un titre bien long " * 9)):
        raw = POSTERS.drawn(bill)
        assert Image.open(io.BytesIO(raw)).size == (WIDTH, HEIGHT)
        assert len(raw) < 60_000


def test_the_same_bill_gives_the_same_bytes():
    """Whoever builds the hub again must get the same cards, whatever was drawn before."""
    assert POSTERS.drawn(EVENT) == POSTERS.drawn(EVENT) == Posters(COLOURS).drawn(EVENT)


def test_a_community_s_colours_are_on_its_cards():
    """A card in our orange beside a site in their blue is somebody else's card."""
    blue = Posters(COLOURS | {"accent": "#1f4fb5", "paper": "#e8eef7"})

    image = picture(EVENT, blue)
    assert image.getpixel((5, 5)) == (0xE8, 0xEE, 0xF7)
    assert image.getpixel((120, 150)) == (0x1F, 0x4F, 0xB5)
    assert count(image, "accent") == 0


def test_the_name_and_the_address_stand_at_the_foot():
    """A card is passed on without its link; whose it is must be on it."""
    box = differs(POST, replace(POST, name="Un village", host="village.example"))

    assert box is not None
    assert box[1] > INSIDE[3]


def test_a_title_is_large_enough_to_be_read_in_a_chat():
    """There a card is 300 pixels wide: capitals of 60 pixels are 15."""
    only_title = replace(POST, label="", lines=())
    box = differs(only_title, replace(only_title, title="\u00a0"))

    assert box is not None
    assert box[3] - box[1] >= 70


@pytest.mark.parametrize("mark", [Mark("Annulé", "stop"), Mark("Reporté", "wait")])
def test_a_state_is_a_word_in_a_frame(mark: Mark):
    """Whoever does not tell red from brown must see that nothing takes place."""
    box = differs(EVENT, replace(EVENT, mark=mark))

    assert box is not None
    assert count(picture(replace(EVENT, mark=mark)), mark.tone) > 500


def test_what_is_off_is_struck_out_on_the_leaf_and_in_the_title():
    """A date that no longer holds must not look like an invitation."""
    off = replace(EVENT, leaf=replace(EVENT.leaf, look="off"), is_off=True)  # type: ignore[type-var]
    leaf, title = picture(off).crop(LEAF), picture(off).crop((400, *INSIDE[1:]))

    assert 0 == count(leaf, "accent")
    assert min(count(leaf, "stop"), count(title, "stop")) > 800


def test_a_long_label_leaves_room_for_the_state():
    """The name of a letter may be long; that its evening is cancelled matters more."""
    one = replace(EVENT, label="La lettre mensuelle de l’atelier et de ses voisins du quai", mark=Mark("Annulé", "stop"))

    assert count(picture(one).crop((404, 60, 1100, 160)), "stop") > 500
    assert count(picture(one).crop((1101, 60, 1155, 160)), "sheet") == 54 * 100


@pytest.mark.parametrize("looks", list(pairwise(["", "off", "waits", "number"])))
def test_each_look_of_a_leaf_is_another(looks: tuple[str, str]):
    """The leaf is what one sees first."""
    one, other = (replace(EVENT, leaf=replace(EVENT.leaf, look=look)) for look in looks)  # type: ignore[type-var]

    assert differs(one, other)


@pytest.mark.parametrize("title", ["مقهى الإصلاح", "東京の会議", "👩\u200d🔧"])
def test_a_title_that_cannot_be_drawn_gives_way_to_the_name(title: str):
    """A row of boxes says nothing; whose link it is says something."""
    assert POSTERS.drawn(replace(POST, title=title)) == POSTERS.drawn(replace(POST, title=POST.name))


def test_a_hub_whose_name_cannot_be_drawn_has_cards_all_the_same():
    """Its address is there, and its dates."""
    bare = replace(POST, title="東京の会議", name="東京", lines=("会議",), label="記事")

    assert differs(bare, replace(bare, host="")) is not None


def test_a_title_of_the_longest_kind_stands_there_whole():
    """Two hundred characters are allowed; who wrote it gives way, not the end of it."""
    title = "Pièces détachées : ce que la loi vous donne, ce qu’il faut demander, à qui, comment, avec quels mots, et ce que l’on peut raisonnablement attendre d’un fabricant qui ne répond jamais à personne"
    box = differs(replace(POST, title=title), replace(POST, title=title[:-9] + "personnes"))

    assert len(title) > 190
    assert box is not None
    assert box[3] < INSIDE[3]


SOME = st.text(st.sampled_from("abcdéÉgW M’-\u00a0\u202f:!?12ijl🎉東"), max_size=200)


@pytest.mark.long
@settings(max_examples=60, deadline=None)
@given(
    SOME,
    SOME,
    SOME,
    SOME,
    st.sampled_from([None, Leaf("septembre", "28–30", "→ 3 janv."), Leaf("", "", ""), Leaf("n°", "1234567", "2026", "number")]),
)
def test_whatever_is_written_stays_on_the_sheet(title: str, line: str, label: str, name: str, leaf: Leaf | None):
    """Names and titles are written by people; none may run over the edge or stop a build."""
    bill = Bill(
        label[:80], title, (line, line), name[:80], "www.example.org/" + "x" * len(line), leaf, Mark(label[:20] or "Annulé", "stop"), True
    )
    empty = replace(bill, title="", lines=(), label="", name="", host="", leaf=None, mark=None)
    box = differs(bill, empty)

    assert box is None or (box[0] >= 70 and box[1] >= 52 and box[2] <= 1130 and box[3] <= 572)


def test_a_thousand_cards_are_drawn_while_one_waits():
    """A hub of 5,000 posts is built from nothing in seconds; its cards may not take a minute."""
    POSTERS.drawn(POST)
    begun = process_time()
    for number in range(50):
        POSTERS.drawn(replace(EVENT, title=f"Balade de nuit à vélo {number}"))

    # Four milliseconds on the machine that it was measured on; a slow one, and a busy one, may take five times as long.
    assert (process_time() - begun) / 50 < 0.020
