"""What a reviewer must look at twice."""

import json
import subprocess
from dataclasses import replace
from pathlib import Path

import pytest
from tests.hubs import run, village
from tests.reviewing.proposals import FULL, SILENT, SMALL
from tests.reviewing.test_pictures import png

from handbill.reviewing import as_json
from handbill.reviewing.as_markdown import comment
from handbill.reviewing.care import DOMAINS, PICTURES, care
from handbill.reviewing.outside import MARKS
from handbill.reviewing.record import AddressChange, LetterChange, PersonChange, SourceChange, ThirdParty, TrustChange

SORTS = [
    "trusted", "frozen", "odd", "workflow", "code", "settings", "theme", "lost", "silent", "third", "strange", "elsewhere", "people", "told", "pictures",
]  # fmt: skip


def sorts(**changed: object) -> list[str]:
    """Return the reasons that a review without any other has."""
    return [one.sort for one in care(replace(SILENT, **changed), "en")]


def test_the_reasons_come_in_the_order_in_which_they_can_do_harm():
    """What widens proposals stands first, then what cannot be taken back: a letter, what runs, what is lost; then who and where."""
    assert SORTS == [one.sort for one in care(FULL, "en")]


def test_a_proposal_of_words_has_no_reason():
    """A warning on each proposal is read on none."""
    assert () == care(SMALL, "fr")


@pytest.mark.parametrize(
    ("changed", "sort"),
    [
        ({"sources": (SourceChange("build.py", "changed", "code"),)}, "code"),
        ({"sources": (SourceChange(".github/CODEOWNERS", "removed", "workflow"),)}, "workflow"),
        ({"sources": (SourceChange("theme/static/x.js", "added", "theme"),)}, "theme"),
        ({"sources": (SourceChange("hub.toml", "changed", "settings"),)}, "settings"),
        ({"sources": (SourceChange("content/a.png", "added", "content", what="executable"),)}, "odd"),
        ({"sources": (SourceChange("content/a.md", "added", "content", what="binary"),)}, "odd"),
        ({"third_parties": (ThirdParty("script", "added", "https://f.example/x.js", ("theme/templates/base.html",)),)}, "third"),
        ({"trusted": (TrustChange("pages", "added", ("content/pages",), ("<ruby>",), ("@ines",), is_wider=True),)}, "trusted"),
        ({"trusted": (TrustChange("pages", "changed", ("content/pages",), ("<ruby>",), ("@ines",), where=("content/pages/a.md",)),)}, "trusted"),
        ({"addresses": (AddressChange("/a/", "removed"),)}, "lost"),
        ({"people": (PersonChange("Zoé", "added", ("a.md",)),)}, "people"),
    ],
)
def test_each_is_a_reason_by_itself(changed, sort):
    """Among forty files the one that counts must not be the forty-first."""
    assert [sort] == sorts(**changed)


@pytest.mark.parametrize(
    "changed",
    [
        {"sources": (SourceChange("content/a.png", "added", "content", what="binary"),)},
        {"sources": (SourceChange("handbook/a.md", "changed", "handbook"), SourceChange("addresses.lock", "changed", "locks"))},
        {"third_parties": (ThirdParty("script", "removed", "https://f.example/x.js", ("theme/templates/base.html",)),)},
        {"trusted": (TrustChange("pages", "removed", ("content/pages",), ("<ruby>",)), TrustChange("a", "changed", ("content/a",), ("<ruby>",)))},
        {"addresses": (AddressChange("/a/", "removed", is_declared=True), AddressChange("/b/", "changed", "/c/"), AddressChange("/d/", "added"))},
        {"people": (PersonChange("Zoé", "removed", ("a.md",)),)},
        {"letters": (LetterChange("2026-06", "added", "Juin", "", "fr", "draft", "", "a.md", 1, 1),)},
    ],
)
def test_what_is_as_it_should_be_is_no_reason(changed):
    """A picture is no text, a promise that was taken back openly is not broken."""
    assert [] == sorts(**changed)


def test_every_mark_has_its_words():
    """A mark without words would be shown to nobody."""
    assert set(MARKS) == set(DOMAINS)
    assert {"big", "moving", "undescribed"} == set(PICTURES)


def test_a_domain_is_told_with_all_that_is_strange_of_it():
    """The name that is asked for, the one that is seen, the one that may be meant, and the link itself."""
    strange = next(one for one in care(FULL, "en") if one.sort == "strange")

    assert ["bit.ly", "xn--pple-43d.example"] == [one.name for one in strange.things]
    assert (
        "https://xn--pple-43d.example/, shown as аpple.example, can be taken for another name, is it apple.example that is meant?"
        == strange.things[1].note
    )


def proposed(root: Path) -> None:
    """Make a repository of the hub, and a second commit that does a little of everything."""

    def git(*words: str) -> None:
        told = ("-c", "user.name=Ada", "-c", "user.email=ada@essai.example", "-c", "commit.gpgsign=false")
        subprocess.run(["git", "-C", str(root), *told, *words], check=True, capture_output=True)

    git("init", "-q", "-b", "main")
    git("add", "-A")
    git("commit", "-q", "-m", "one")
    post = root / "content" / "posts" / "ancien.md"
    links = "[la ville](https://bit.ly/ville), [un ami](http://ami.example/) ![Une guirlande](../pictures/fete.png)"
    post.write_text(f"{post.read_text(encoding='utf-8')}\n{links}\n", encoding="utf-8")
    (root / "content" / "pictures" / "fete.png").write_bytes(png(40, 20))
    fete = root / "events" / "2026" / "fete.md"
    fete.write_text(fete.read_text(encoding="utf-8").replace("Une voisine", "Zoé Nouvelle"), encoding="utf-8")
    (root / "theme" / "style").mkdir(parents=True)
    (root / "theme" / "style" / "99-own.css").write_text("@import url(https://fonts.example/x.css);\n", encoding="utf-8")
    (root / ".github" / "workflows").mkdir(parents=True)
    (root / ".github" / "workflows" / "x.yml").write_text("name: x\n", encoding="utf-8")
    git("add", "-A")
    git("commit", "-q", "-m", "two")


def test_a_real_proposal_is_told_with_all_of_it(tmp_path, capsys):
    """From two commits of a real hub to the comment that another program writes from the JSON alone."""
    root = village(tmp_path)
    proposed(root)

    code, out, told = run(capsys, "--root", root, "review", "HEAD^", "HEAD", "--as-of", "2026-03-20 12:00", "--no-pictures", "--json")
    review = as_json.read(out.encode("utf-8"))

    assert 0 == code, told
    assert ["workflow", "theme", "third", "strange", "people", "pictures"] == [one.sort for one in care(review, "en")]
    assert [("Une voisine", "removed"), ("Zoé Nouvelle", "added")] == [(one.name, one.how) for one in review.people]
    assert [("ami.example", ("plain",)), ("bit.ly", ("shortener",))] == [(one.domain, one.marks) for one in review.domains]
    assert [("content/pictures/fete.png", 40, 20, "Une guirlande")] == [(one.source, one.width, one.height, one.alt) for one in review.pictures]
    assert [("font", "https://fonts.example/x.css", ("theme/style/99-own.css",))] == [
        (one.what, one.target, one.where) for one in review.third_parties
    ]
    assert comment(review, "en") == (root / ".handbill" / "review" / "pack" / "review.md").read_text(encoding="utf-8")
    assert json.loads(out)["people"], "the record is what programs get as well"
