"""What is refused before the renderer sees it."""

import json
import random
import subprocess
import sys
from pathlib import Path

import pytest
from tests.cases import for_each
from tests.outputs.mail.letters import CARD, CONTEST, POST, french, letter, templates
from tests.outputs.mail.npm import asked

from handbill.outputs.mail.elements import elements
from handbill.outputs.mail.lint import MOST_BYTES, MOST_COMMENTED, MOST_DEPTH, MOST_ELEMENTS, flaws

#: The number of frames of the fuzzing, and its seed; ten thousand in four seconds.
FUZZED, SEED = 10_000, 20_260_507


def frame(inner: str = "", head: str = "", body: str = "") -> str:
    body = body or f"<mj-section><mj-column>{inner}</mj-column></mj-section>"
    return f'<mjml lang="fr" dir="ltr"><mj-head>{head}</mj-head><mj-body>{body}</mj-body></mjml>'


def own_frames() -> list[str]:
    """Return what our own theme makes of a few letters."""
    letters = (letter(), letter(CARD, CONTEST), letter(POST, part="posts"), letter(body=""), letter(lang="ar", unsubscribe=""))
    return [templates().frame(one, french()).mjml for one in letters]


#: Frames that have a flaw each, with the sign at which it is and words of what is told of it.
FLAWED = {
    frame("<mj-txt>x</mj-txt>"): ("<mj-txt", "<mj-txt>, which MJML does not have"),
    frame("<div>x</div>"): ("<div", "<div>, which MJML does not have"),
    frame("<mj-text><mj-button>x</mj-button></mj-text>"): ("<mj-button", "<mj-button> inside <mj-text>"),
    frame(body="<mj-column></mj-column>"): ("<mj-column", "<mj-column> inside <mj-body>"),
    frame(body="<mj-section><mj-text>x</mj-text></mj-section>"): ("<mj-text", "<mj-text> inside <mj-section>"),
    frame(body="<mj-wrapper><mj-wrapper></mj-wrapper></mj-wrapper>"): ("<mj-wrapper></", "<mj-wrapper> inside <mj-wrapper>"),
    frame("bonjour"): ("bonjour", "a text right inside <mj-column>"),
    frame("<mj-text colour='red'>x</mj-text>"): ("<mj-text", "colour, which <mj-text> does not have"),
    frame("<mj-text color='brique'>x</mj-text>"): ("<mj-text", "color=“brique” of <mj-text>"),
    frame("<mj-text padding='1px 2px 3px 4px 5px'>x</mj-text>"): ("<mj-text", "padding="),
    frame("<mj-text font-size='12'>x</mj-text>"): ("<mj-text", "font-size="),
    frame("<mj-text align='middle'>x</mj-text>"): ("<mj-text", "align="),
    frame("<mj-table cellpadding='many'>x</mj-table>"): ("<mj-table", "cellpadding="),
    frame(head="<mj-attributes><mj-all colour='red' /></mj-attributes>"): ("<mj-all", "colour, which <mj-all> does not have"),
    frame(head="<mj-attributes><mj-foo padding='0' /></mj-attributes>"): ("<mj-foo", "which MJML does not have"),
    frame(head="<mj-attributes><mj-class name='x'><mj-text /></mj-class></mj-attributes>"): ("<mj-text /", "inside <mj-class>"),
    frame(head="<mj-style inline='inline'>p { color: red }</mj-style>"): (
        "<mj-style",
        "inline of <mj-style>, which our renderer leaves out",
    ),
    frame(head="<mj-html-attributes></mj-html-attributes>"): ("<mj-html", "which our renderer does not have"),
    frame(body="<mj-include path='/etc/passwd' />"): ("<mj-include", "which our renderer does not have"),
    frame("<mj-text>x"): ("mj-column></mj-section>", "closes what is not open"),
    frame("<mj-text>a & b</mj-text>"): (" b</mj-text>", "MJML that ends too soon"),
    frame("<mj-text>&nothing;</mj-text>"): ("&nothing;", "MJML that ends too soon"),
    frame("<mj-text a=b>x</mj-text>"): ("b>x", "MJML that ends too soon"),
    frame("<mj-text><![CDATA[x]]></mj-text>"): ("<![CDATA[", "“<![CDATA[”"),
    frame("<mj-text><?php x ?></mj-text>"): ("<?php", "“<?”"),
    "<!DOCTYPE x [<!ENTITY y 'z'>]>" + frame(): ("", "“<!DOCTYPE”"),
    "<div></div>": ("<div", "<div> around everything"),
    "": ("", "MJML that ends too soon"),
    frame("<mj-text>\ud800</mj-text>"): ("\ud800", "half a sign"),
}


@for_each(("source", "told"), FLAWED.items(), ids=range(len(FLAWED)))
def test_each_flaw_is_told_at_its_place(source, told):
    """The renderer takes all but three of these, and what it makes of them is mailed."""
    first = flaws(source)[0]

    assert told[1] in first.found
    assert source[first.offset :].startswith(told[0]), source[first.offset :][:30]


@pytest.mark.parametrize(
    "sound",
    [
        frame(),
        frame("<mj-text>a&nbsp;b &amp; <br /> é</mj-text><!-- a <b> remark -->"),
        frame("<mj-raw><!--[if mso]><p>x</p><![endif]--></mj-raw>"),
        frame("<mj-text padding='0' line-height='1.6' letter-spacing='-0.4px' css-class='a' mj-class='b' color='#a1B2c3'>x</mj-text>"),
        frame("<mj-image src='a.png' alt='' width='80px' padding='1px 2px 3px 4px' href='https://x.example/' />"),
        frame(body="<mj-wrapper full-width='full-width'><mj-section><mj-group><mj-column width='50%' /></mj-group></mj-section></mj-wrapper>"),
        frame(head="<mj-attributes><mj-all padding='0' /><mj-class name='x' color='red' /><mj-text color='red' /></mj-attributes><mj-raw><meta name='a' /></mj-raw>"),
    ],
)  # fmt: skip
def test_what_mjml_allows_is_allowed(sound):
    """A community's own theme is written from MJML's handbook."""
    assert () == flaws(sound)


def test_our_own_theme_has_no_flaw():
    """Neither has a letter without a text, nor one without a way out."""
    for one in own_frames():
        assert () == flaws(one)


def test_our_own_theme_is_right_for_the_strictest_reading_of_mjml():
    """The packages of MJML itself, which know what programs of mail do with what is not in their handbook."""
    assert [[] for _ in own_frames()] == json.loads(asked("mjml_strict.cjs", own_frames(), "mjml"))


def test_the_packages_of_mjml_refuse_what_is_refused_here():
    """The other way round: a table that allowed everything would pass the tests above.

    What those packages have and our renderer lacks, and what is no MJML at all,
    is refused here alone.
    """
    ours = (
        "our renderer",
        "text right",
        "<mj-class>",
        "<mj-all>",
        "inside <mj-text>",
        "around",
        "MJML that",
        "closes what",
        "“<",
        "half a sign",
    )
    both = [source for source, told in FLAWED.items() if not any(words in told[1] for words in ours)]

    told = json.loads(asked("mjml_strict.cjs", both, "mjml"))
    assert 11 <= len(both)
    assert [] == [source for source, errors in zip(both, told, strict=True) if not errors]


def deep(n: int, tag: str = "div") -> str:
    return f"<{tag}>" * n + "x" + f"</{tag}>" * n


@pytest.mark.parametrize(
    ("source", "told"),
    [
        (frame(f"<mj-text>{deep(20_000)}</mj-text>"), "elements, one inside the other"),
        (frame(f"<mj-raw>{deep(300)}</mj-raw>"), "elements, one inside the other"),
        (frame(f"<mj-text>{deep(MOST_DEPTH - 4)}</mj-text>"), "elements, one inside the other"),
        (frame(f"<mj-raw><!--[if mso]>{deep(20_000)}<![endif]--></mj-raw>"), "tags in comments"),
        (frame("<mj-raw><!--[if mso]><p><![endif]--></mj-raw>" * (MOST_COMMENTED + 1)), "tags in comments"),
        (frame(body=deep(3000, "mj-hero")), "<mj-hero> inside <mj-hero>"),
        (frame(f"<mj-text>{'é' * (MOST_BYTES // 2)}</mj-text>"), "bytes of MJML"),
        (frame(f"<mj-carousel>{'<mj-carousel-image />' * 10_000}</mj-carousel>"), "pictures in carousels"),
        (frame("<mj-text />" * (MOST_ELEMENTS + 1)), "more than 2000 elements"),
    ],
    ids=range(9),
)
def test_what_would_end_the_process_is_refused_unrendered(source, told):
    """Each of the first six kills mjml-python 1.4.2 once it is deep enough, in a comment for Outlook too; no ``try`` helps."""
    assert told in flaws(source)[0].found


def test_what_is_as_deep_as_may_be_is_taken():
    """The limit is where it is said to be."""
    assert () == flaws(frame(f"<mj-text>{deep(MOST_DEPTH - 5)}</mj-text>"))


def mutated(source: str, dice: random.Random) -> str:
    """Return a frame with a few of the faults that a slip, a bad merge or an enemy makes."""
    signs = ["<", ">", "</", "/>", "&", '"', "'", "=", "<!--", "-->", "<!--[if mso]>", "<![endif]-->", "@@0@@", "&nbsp;", "\x00", "é", "<div>", "</div>", "<mj-hero>", "<mj-raw>", "</mj-raw>", "<mj-text>", "<br>", ' width="0px"', ' padding="-9e9px"', "<style>", "]]>", "99999999999px"]  # fmt: skip
    for _ in range(dice.randint(1, 4)):
        at, to = sorted((dice.randrange(len(source) + 1), dice.randrange(len(source) + 1)))
        tags = [found for found in range(len(source)) if source[found] == "<"] or [0]
        match dice.randrange(6):
            case 0:
                source = source[:at] + dice.choice(signs) + source[at:]
            case 1:
                source = source[:at] + source[min(to, at + dice.randint(1, 40)) :]
            case 2:
                source = source[:at] + source[at : at + 200] * dice.randint(1, 60) + source[at:]
            case 3:
                tag = dice.choice(tags)
                source = source[:tag] + dice.choice(signs) * dice.randint(1, 70) + source[tag:]
            case 4:
                one, other = dice.choice(tags), dice.choice(tags)
                source = source[:one] + source[other : other + dice.randint(1, 400)] + source[one:]
            case _:
                source = source[:at] + dice.choice(signs) + source[to:]
    return source


def grown(dice: random.Random) -> str:
    """Return a frame that follows MJML's grammar to the letter, with the oddest values that its types allow."""
    known = elements()
    numbers = ("0", "1", "600", "99999999999", "0.0001", "1,5", ".", "1.2.3")

    def value(kind: str) -> str:
        if kind == "color":
            return dice.choice(("red", "transparent", "#abc", "rgba(0,0,0,0.5)"))
        if kind.startswith("enum("):
            return dice.choice(kind[5:-1].split(","))
        if kind.startswith("unit"):
            units = [one for one in kind.partition("(")[2].partition(")")[0].split(",") if one != "auto"]
            return " ".join(dice.choice(numbers) + dice.choice(units) for _ in range(dice.randint(1, 4) if "{1,4}" in kind else 1))
        if kind in ("integer", "boolean"):
            return {"integer": "99999999999999999999", "boolean": "true"}[kind]
        return dice.choice(("", "x", "0", "-1px", "1px solid red", "é é é é", "cover", "a" * 300, "100%", "https://x.example/a.png"))

    def element(name: str, room: int) -> str:
        one = known[name]
        some = dice.sample(sorted(one.attributes), dice.randint(0, min(4, len(one.attributes))))
        given = "".join(
            f' {each}="{value(one.attributes[each])}"'
            for each in some
            if (name, each) not in {("mj-style", "inline"), ("mj-wrapper", "gap"), ("mj-section", "gap")}
        )
        if name == "mj-carousel-image":
            return f"<{name}{given} />"
        if one.is_text:
            return f"<{name}{given}>{dice.choice(('', 'x', '<p>x</p>', deep(dice.randint(1, 40)), '@@0@@'))}</{name}>"
        # Our renderer knows raw elements in the large ones only.
        holds = sorted(one.holds - (set() if name in ("mj-body", "mj-column") else {"mj-raw"})) if room else []
        inside = [element(dice.choice(holds), room - 1) for _ in range(dice.randint(0, 4))] if holds else []
        return f"<{name}{given}>{''.join(inside)}</{name}>"

    return frame(
        body="".join(element(dice.choice(("mj-section", "mj-wrapper", "mj-hero", "mj-raw")), 5) for _ in range(dice.randint(1, 3)))
    )


def fuzz() -> tuple[int, int, int]:
    """Lint and, where that is allowed, render faulty and odd frames; return how many were refused by lint, by the renderer, by none."""
    from handbill.outputs.mail.mjml import Flawed, rendered

    dice = random.Random(SEED)
    seeds = [*own_frames(), *(source for source in FLAWED if "\ud800" not in source)]
    counted = [0, 0, 0]
    for number in range(FUZZED):
        source = grown(dice) if number % 2 else mutated(dice.choice(seeds), dice)
        try:
            rendered(source)
            counted[2] += 1
        except Flawed as fault:
            counted["refuses" in fault.flaws[0].found or "leaves it" in fault.flaws[0].found] += 1
    return counted[0], counted[1], counted[2]


@pytest.mark.long
def test_ten_thousand_mutated_frames_end_no_process():
    """In a process of its own, because a crash of the renderer is no exception."""
    done = subprocess.run(
        [sys.executable, "-c", "from tests.outputs.mail.test_lint import fuzz; print(*fuzz())"],
        cwd=Path(__file__).parents[3], capture_output=True, text=True, check=False, timeout=120,
    )  # fmt: skip

    assert 0 == done.returncode, done.stderr[-2000:]
    by_lint, by_renderer, taken = map(int, done.stdout.split())
    assert FUZZED == by_lint + by_renderer + taken
    # Enough of each, or little was tried.
    assert 2000 < by_lint
    assert 3500 < taken
