"""Whatever is written between elements, in lines and lists and code: the words that go in are the words that come out."""

import random
from html import escape
from html.parser import HTMLParser

import pytest
from tests.outputs.mail.letters import french, letter, templates

from handbill.outputs.mail.compose import html_of
from handbill.reading.body import read_body

#: Letters made up, and the seed of the dice.
LETTERS, SEED = 150, 19_720_101

BLOCKS = {"p", "div", "h1", "h2", "h3", "h4", "ul", "ol", "li", "dl", "dt", "dd", "pre", "blockquote", "table", "thead", "tbody", "tr", "th", "td", "hr", "br", "details", "summary", "figure", "figcaption", "body", "section"}  # fmt: skip
INLINE = ("b", "strong", "em", "i", "code", "s", "small", "kbd", "sub", "sup", "mark", 'a href="https://ailleurs.example/"')
#: What stands between two pieces of a line; with a sign only if words are not to be joined.
GAPS = ("\n", " ", "\n  ", " \n", "\t\n", "\n\n", "  ", "&nbsp;\n", "\n<!-- un <b>mot</b> -->\n")
WORDS = ("élan", "zwölf", "слово", "كلمة", "a<b", "x&y", "@@0@@", "{{", "</mj-text>", "l'eau", "1 234", "mot", "fin.", "«", "»", "…")


class Seen(HTMLParser):
    """The words of a document as they are seen, and its preformatted texts sign by sign."""

    def __init__(self, html):
        super().__init__()
        self.text, self.pres, self._pre, self._hidden = [], [], 0, 0
        self.feed(html)
        self.close()

    def handle_starttag(self, tag, _attributes):
        self._hidden += tag in ("style", "title")
        self.text += ["\n"] if tag in BLOCKS else []
        if tag == "pre":
            self._pre += 1
            self.pres.append("")

    def handle_endtag(self, tag):
        self._hidden -= tag in ("style", "title")
        self.text += ["\n"] if tag in BLOCKS else []
        self._pre -= tag == "pre"

    def handle_data(self, text):
        if self._hidden:
            return
        self.text.append(text)
        if self._pre:
            self.pres[-1] += text

    @property
    def words(self):
        """Return the words, those of the letter itself: between its first word and its last."""
        all_words = "".join(self.text).replace("\u034f", "").split()
        return all_words[all_words.index("DEBUT") : all_words.index("FIN") + 1]


def line(dice, depth=0):
    """Return a line of text and elements in it, some glued together on purpose."""
    made = []
    for _ in range(dice.randint(1, 6)):
        word = escape(dice.choice(WORDS))
        if depth < 3 and dice.random() < 0.5:
            tag = dice.choice(INLINE)
            inner = line(dice, depth + 1) if dice.random() < 0.4 and not tag.startswith("a ") else word
            word = f"<{tag}>{inner}</{tag.split()[0]}>"
        made.append(word + (dice.choice(GAPS) if dice.random() < 0.8 else ""))
    return "".join(made)


def code(dice):
    """Return lines of code as a highlighter leaves them: elements at their beginning, empty lines, blanks at both ends."""
    lines = []
    for _ in range(dice.randint(1, 6)):
        blank = " " * dice.choice((0, 0, 2, 4)) + dice.choice(("", "", "\t"))
        word = escape(dice.choice(WORDS))
        lines.append(dice.choice(("", f"{blank}<span>{word}</span>", f"<span>{word}</span> = <span>1</span>", f"{blank}{word}  {word}")))
    return "x" + "\n".join(lines) + "\n"


def block(dice, depth=0):
    """Return a block, perhaps with others in it."""
    gap = dice.choice(("", "\n", "\n  "))
    kinds = ["p", "h2", "pre", "table"] + ["ul", "ol", "blockquote", "details"] * (depth < 3)
    match dice.choice(kinds):
        case "pre":
            return f"<pre><code>{code(dice)}</code></pre>{gap}"
        case "table":
            rows = (
                f"{gap}<tr>{gap}" + "".join(f"<td>{line(dice)}</td>{gap}" for _ in range(dice.randint(1, 3))) + "</tr>"
                for _ in range(dice.randint(1, 3))
            )
            return f"<table>{gap}<thead><tr><th>{line(dice)}</th></tr></thead><tbody>{''.join(rows)}{gap}</tbody></table>{gap}"
        case "ul" | "ol" as tag:
            items = (
                f"<li>{line(dice)}{gap}{block(dice, depth + 1) if dice.random() < 0.5 else ''}</li>{gap}" for _ in range(dice.randint(1, 3))
            )
            return f"<{tag}>{gap}{''.join(items)}</{tag}>{gap}"
        case "blockquote":
            return f"<blockquote>{gap}{''.join(block(dice, depth + 1) for _ in range(dice.randint(1, 2)))}</blockquote>{gap}"
        case "details":
            return f"<details>{gap}<summary>{line(dice)}</summary>{gap}{block(dice, depth + 1)}</details>{gap}"
        case tag:
            return f"<{tag}>{gap}{line(dice)}{gap}</{tag}>{gap}"


def test_words_come_out_as_they_went_in_whatever_stands_between_them():
    """The renderer drops a line end between two elements, so "<b>a</b>⏎<code>b</code>" was one word, and code one line."""
    dice = random.Random(SEED)
    frames, words = templates(), french()
    seen_pre = 0
    for _ in range(LETTERS):
        raw = "<p>DEBUT</p>" + "".join(block(dice) for _ in range(dice.randint(1, 6))) + "<p>FIN</p>"
        body = read_body(raw, "fr").body.with_links(lambda address: address)

        given, made = Seen(body), Seen(html_of(letter(body=body), frames, words))

        # Typography belongs to reading: what is compared is the text as it was read.
        assert [one.replace("\u202f", "\u00a0") for one in given.words] == made.words, raw
        assert given.pres == made.pres, raw
        seen_pre += len(made.pres)
    assert seen_pre > LETTERS / 3


@pytest.mark.parametrize(
    ("words", "html"), [(["a", "b"], "<b>a</b>\n<i>b</i>"), (["ab"], "<b>a</b><i>b</i>"), (["a", "b"], "<p>a</p><p>b</p>")]
)
def test_the_reading_of_words_tells_gaps_from_none(words, html):
    """A measure that put gaps everywhere would find none lost."""
    assert ["DEBUT", *words, "FIN"] == Seen(f"<p>DEBUT </p>{html}<p> FIN</p>").words
