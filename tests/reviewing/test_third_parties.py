"""By what pages ask other servers, or hand readers over."""

from dataclasses import replace
from pathlib import Path
from types import SimpleNamespace

import pytest
from tests.hubs import load_village, moment, options, run, text, write
from tests.reviewing.states import facts_of

from handbill.outputs.policy import site_policy
from handbill.reviewing import third_parties
from handbill.reviewing.record import ThirdParty
from handbill.reviewing.third_parties import asks

HUB = '[hub]\nname = "Essai"\nbase_url = "https://essai.example/"\nlang = "fr"\nlanguages = ["fr"]\n'
FORM = '[subscribe]\naction = "https://lettre.example/form"\n'
TALK = '[discussion]\nrepo = "atelier/site"\nrepo_id = "R_1"\ncategory = "Articles"\ncategory_id = "D_1"\n'


def between(tmp_path: Path, before: dict[str, str], after: dict[str, str]) -> tuple[ThirdParty, ...]:
    """Return the changes between two hubs of these files."""
    return third_parties.changes(*(facts_of(third_parties, write(tmp_path / name, files)) for name, files in (("a", before), ("b", after))))


def test_a_plain_hub_asks_nobody(tmp_path):
    """The promise of every page; what follows are the ways around it."""
    assert {} == facts_of(third_parties, write(tmp_path, {"hub.toml": HUB, "content/posts/a.md": text()}))


@pytest.mark.parametrize(
    ("settings", "what", "target"),
    [
        (FORM, "form", "https://lettre.example"),
        (TALK, "frame", "https://giscus.app (atelier/site)"),
        ('[feeds]\nhub = "https://pubsubhubbub.example/"\n', "feed hub", "https://pubsubhubbub.example/"),
        ('[sending]\nway = "listmonk"\n', "carrier", "listmonk"),
    ],
)
def test_a_setting_that_lets_somebody_in_is_told(tmp_path, settings, what, target):
    """Three lines of hub.toml hand over every reader of every page."""
    assert (ThirdParty(what, "added", target, ("hub.toml",)),) == between(tmp_path, {"hub.toml": HUB}, {"hub.toml": HUB + settings})
    assert ["removed"] == [one.how for one in between(tmp_path / "back", {"hub.toml": HUB + settings}, {"hub.toml": HUB})]


def test_every_origin_that_the_policy_lets_in_is_told(tmp_path):
    """Should the policy of pages one day allow another party, a review must name it."""
    root = write(tmp_path, {"hub.toml": HUB + FORM + TALK, "content/posts/a.md": text()})
    _, settings = load_village(root=root)
    allowed = {word for word in site_policy(settings).replace(";", "").split() if "://" in word}

    told = {target for _, target in facts_of(third_parties, root)}

    assert {"https://lettre.example", "https://giscus.app"} == allowed
    assert all(any(target.startswith(origin) for target in told) for origin in allowed)


@pytest.mark.parametrize(
    ("file", "content", "what", "target"),
    [
        ("theme/style/99-own.css", "@font-face{src:url('https://f.example/x.woff2')}", "font", "https://f.example/x.woff2"),
        ("theme/style/99-own.css", "@import '//f.example/x.css';", "font", "//f.example/x.css"),
        ("theme/static/own.js", "fetch('https://f.example/ping')", "request", "https://f.example/ping"),
        ("theme/static/own.js", "new WebSocket(`wss://f.example/`)", "request", "wss://f.example/"),
        ("theme/templates/parts/x.html", "<script src=https://f.example/x.js></script>", "script", "https://f.example/x.js"),
        ("theme/templates/parts/x.html", '<link rel="preconnect stylesheet" href="//f.example">', "hint", "//f.example"),
        ("theme/templates/parts/x.html", "<img alt='' srcset='/a.png 1x, https://f.example/a.png 2x'>", "media", "https://f.example/a.png"),
        ("theme/templates/parts/x.html", '<IFRAME SRC="https://f.example/"></IFRAME>', "frame", "https://f.example/"),
        ("theme/templates/parts/x.html", '<form method="post" action="https://f.example/">', "form", "https://f.example/"),
        ("theme/templates/parts/x.html", '<a href="/x" ping="https://f.example/">x</a>', "request", "https://f.example/"),
        ("theme/templates/parts/x.html", '<meta http-equiv="refresh" content="0; url=https://f.example/">', "refresh", "https://f.example/"),
        ("theme/templates/parts/x.html", '<p style="background:url(https://f.example/p.png)">', "font", "https://f.example/p.png"),
        ("theme/templates/parts/x.html", "<script>alert(1)</script>", "inline", "<script>"),
        ("theme/templates/parts/x.html", '<p onclick="go()">', "inline", "<p>"),
        ("theme/templates/parts/x.inc", "<script src=https://f.example/x.js></script>", "script", "https://f.example/x.js"),
        ("theme/locale/fr.po", 'msgid "a"\nmsgstr "<img src=//f.example/p.gif>"', "media", "//f.example/p.gif"),
        ("theme/templates/parts/head.html", '<meta charset="utf-8">', "policy", ""),
        ("theme/templates/x.html", "<!doctype html><html><head></head></html>", "policy", ""),
        ("theme/mail/letter.mjml", '<mj-image src="https://f.example/pixel.gif" />', "media", "https://f.example/pixel.gif"),
        ("theme/mail/letter.mjml", '<mj-font name="x" href="https://f.example/f.css" />', "style", "https://f.example/f.css"),
        ("mkdocs.yml", "extra_javascript:\n  - https://f.example/x.js\n", "script", "https://f.example/x.js"),
        ("mkdocs.yml", "extra_css:\n  - https://f.example/x.css\n", "style", "https://f.example/x.css"),
    ],
)
def test_what_a_file_of_the_theme_asks_for_is_told(tmp_path, file, content, what, target):
    """The theme can say everything, and a proposal can change it."""
    assert ThirdParty(what, "added", target, (file,)) in between(tmp_path, {"hub.toml": HUB}, {"hub.toml": HUB, file: content})


@pytest.mark.parametrize(
    ("text", "ending"),
    [
        ('<a href="https://ami.example/">ami</a>', ".html"),
        ('{# <script src="https://f.example/x.js"> #}<!-- <iframe src="//f.example"> -->', ".html"),
        ('<svg xmlns="http://www.w3.org/2000/svg"><path d="M0 0"/></svg>', ".svg"),
        ('<script src="/static/x.js" defer></script><link rel="canonical" href="https://essai.example/">', ".html"),
        ('<script type="application/ld+json">{}</script>{% for one in all %}<li{% if one == 1 %} class="a"{% endif %}>', ".html"),
        ("/* https://f.example */ a{background:url(x.png)}", ".css"),
        ("const NS = 'http://www.w3.org/1999/xhtml' // see https://f.example", ".js"),
        ('<form action="/search/"><img src="{{ one.address }}" alt="">', ".html"),
    ],
)
def test_what_asks_nobody_is_not_told(text, ending):
    """A list of false alarms is read once."""
    assert [] == list(asks(text, ending))


def test_the_theme_that_comes_with_the_program_asks_nobody():
    """All of it, looked at with the same eyes; the only policy in it is the page's own."""
    from handbill.engine import engine_theme

    files = [file for file in sorted(engine_theme().rglob("*")) if file.is_file()]

    assert 60 < len(files)
    assert [("policy", "{{ policy }}")] == [found for file in files for found in asks(file.read_text(encoding="utf-8"), file.suffix)]


def test_a_body_cannot_ask_anybody(tmp_path, capsys):
    """Why bodies are not looked at: whatever is written there, the page that is published asks nobody."""
    hostile = (
        '<iframe src="https://f.example/"></iframe><script src="https://f.example/x.js"></script><form action="https://f.example/">'
        '<video src="https://f.example/v.mp4"></video><object data="https://f.example/"></object><img src="https://f.example/p.gif" alt="x">\n\n'
        '![x](https://f.example/y.png) <svg><image href="https://f.example/z.png"/></svg> <p style="background:url(https://f.example/s)">t</p>'
    )
    root = write(tmp_path, {"content/posts/a.md": text(hostile)})

    code, _, told = run(capsys, "--root", root, "site", "--as-of", "2026-03-20 12:00", "--output", root / "public")
    page = (root / "public" / "posts" / "a" / "index.html").read_text(encoding="utf-8")

    assert 0 == code, told
    assert [] == [found for found in asks(page, ".html") if "f.example" in found[1]]
    assert "f.example" in page, "the pictures from elsewhere are links now"


@pytest.mark.parametrize(
    ("html", "told"),
    [
        ('<img src="https://suivi.example/pixel.gif?m=1" width="1">', [("media", "https://suivi.example/pixel.gif?m=1")]),
        ("<!--[if mso]><v:fill src='https://suivi.example/fond.png' /><![endif]-->", [("media", "https://suivi.example/fond.png")]),
        ("<style>@font-face{src:url(https://suivi.example/x.woff)}</style>", [("font", "https://suivi.example/x.woff")]),
        ('<img src="https://essai.example/media/a.png"><a href="https://ami.example/">ami</a>', []),
    ],
)
def test_a_frozen_letter_that_has_not_left_is_looked_at(tmp_path, html, told):
    """It is mailed as its bytes are: a pixel in it would tell somebody who opens the letter, and when."""
    root = write(tmp_path, {"hub.toml": HUB, "content/posts/a.md": text(), "newsletters/archive/3/mail.html": f"<p>Bonjour</p>{html}"})
    loaded, settings = load_village(root=write(tmp_path / "bare", {"hub.toml": HUB, "content/posts/a.md": text()}))
    settings = replace(settings, root=root)

    def found(sent: str) -> list[tuple[str, str]]:
        letter = SimpleNamespace(name="3", sent=moment(sent), base="https://essai.example/")
        return list(third_parties.facts(replace(loaded.hub, frozen={"issue:3": letter}), settings, options(root), root))

    assert told == found("2026-03-21 18:00")
    assert [] == found("2026-03-19 18:00"), "what was sent is judged by its digest"
