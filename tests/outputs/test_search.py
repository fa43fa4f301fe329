"""The search index: what is found, what never is, and the same bytes each time."""

import gzip
import hashlib
import json
import random
import shutil
import subprocess
from dataclasses import replace
from functools import partial
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from tests.hubs import files_of

from handbill.errors import MachineLacks
from handbill.outputs import search, search_run
from handbill.outputs.planned import NOTHING, Before
from handbill.settings import read_settings

PAGES = {
    "posts/foire/index.html": ("fr", "kind:Billet", "Les évènements de la foire", "Un concours de réparation, samedi à l'atelier."),
    "posts/lampe/index.html": ("fr", "kind:Billet", "Réparer une lampe", "Débranchez. Le fil est là où la lumière n'est pas."),
    "posts/echecs/index.html": (
        "fr",
        "kind:Billet",
        "Le club d’échecs",
        "12\u202f500 pions le 1<sup>er</sup>\u00a0mai\u202f! Qu’apporter\u00a0?",
    ),
    "en/posts/fair/index.html": ("en", "kind:Post", "The fair", "Workshops and repairs on Saturday."),
    "handbook/editors/index.html": ("fr", "section:handbook", "Écrire un billet", "Publier, corriger, publications."),
}
_PAGE = '<!doctype html><html lang="{0}"><head><title>{2}</title></head><body><nav>navigation interdite</nav>{3}</body></html>'

_SCRIPTS = Path(__file__).resolve().parents[2] / "theme" / "static"


def site(folder: Path, order=sorted) -> Path:
    """Write a small site, in a certain order of files."""
    for path in order(PAGES):
        lang, filters, title, text = PAGES[path]
        tag = f'<p data-pagefind-filter="tag">{title}</p>'
        main = f'<main><article data-pagefind-body data-pagefind-filter="{filters}"><h1>{title}</h1><p>{text}</p>{tag}</article></main>'
        (folder / path).parent.mkdir(parents=True)
        (folder / path).write_text(_PAGE.format(lang, filters, title, main), encoding="utf-8")
    (folder / "index.html").write_text(_PAGE.format("fr", "", "Accueil", "<p>accueil secret</p>"), encoding="utf-8")
    return folder


def index(made: Path, scratch: Path, tmp_path: Path) -> Path:
    """Return the folder of the index of a site."""
    (tmp_path / "hub.toml").write_text('[hub]\nname = "Le village"\nbase_url = "https://village.example/"\n', encoding="utf-8")
    artifact = made_of(made, scratch, read_settings(tmp_path))
    assert "pagefind/" == artifact.path
    return artifact.content  # type: ignore[return-value]


def made_of(made: Path, scratch: Path, settings, before: Before = NOTHING):
    """Return the artifact that is made of the pages in a folder."""
    scratch.mkdir()
    pages = {path: hashlib.sha256(raw).hexdigest() for path, raw in files_of(made).items()}
    (artifact,) = search.make(plan(pages), settings, scratch, made, before)
    return artifact


def plan(digests):
    """Return what is planned for pages with these digests."""
    return list(search.plan([], digests, None, SimpleNamespace(search=True)))  # type: ignore[arg-type]


def ask(folder: Path, lang: str, *queries: str) -> dict[str, dict[str, dict[str, Any]]]:
    """Return what each query finds in each language, asked by the scripts of the search page."""
    node = shutil.which("node")
    if node is None:
        pytest.skip("asking the index needs node")
    done = subprocess.run(
        [node, str(Path(__file__).parent / "asking.mjs"), str(_SCRIPTS), str(folder), lang, *queries],
        capture_output=True, encoding="utf-8", check=True, timeout=60,
    )  # fmt: skip
    return json.loads(done.stdout)


def urls(folder: Path, lang: str, *queries: str) -> dict[str, list[str]]:
    """Return the addresses that each query finds in the reader's own language, best first."""
    return {query: found.get(lang, {"urls": []})["urls"] for query, found in ask(folder, lang, *queries).items()}


@pytest.fixture(scope="module")
def found(tmp_path_factory):
    """Return the index of the small site."""
    folder = tmp_path_factory.mktemp("search")
    return index(site(folder / "site"), folder / "scratch", folder)


def test_a_french_word_is_found_without_its_accents_and_endings(found):
    """Nobody types évènements with all its accents on a telephone."""
    answers = urls(found, "fr", "evenement", "évènements", "reparation", "publication")

    assert ["/posts/foire/"] == answers["evenement"] == answers["évènements"]
    assert {"/posts/foire/", "/posts/lampe/"} == set(answers["reparation"])
    assert ["/handbook/editors/"] == answers["publication"]


def test_of_answers_that_count_the_same_the_latest_comes_first(tmp_path):
    """Six evenings of the same words: which one comes first must not be the chance of a digest."""
    days = ["2026-03-03", "2026-01-05", "2026-06-02", "2025-12-01", "2026-05-05", "2026-02-02"]
    for number, day in enumerate(days):
        page = tmp_path / "site" / "events" / f"e{number}" / "index.html"
        page.parent.mkdir(parents=True)
        told = f'<p data-day="{day}" data-pagefind-meta="day[data-day]">Ravaudage</p>'
        page.write_text(_PAGE.format("fr", "", "Soirée", f"<main><article data-pagefind-body><h1>Soirée</h1>{told}</article></main>"))

    found = urls(index(tmp_path / "site", tmp_path / "scratch", tmp_path), "fr", "ravaudage")

    assert [f"/events/e{days.index(day)}/" for day in sorted(days, reverse=True)] == found["ravaudage"]


@pytest.mark.parametrize(
    "query",
    ["échecs", "d'échecs", "d’échecs", "club d'echecs", "apporter", "qu'apporter", "12 500", "500 pions", "1er mai", "mai !", "apporter ?"],
)
def test_french_set_as_printers_do_is_found_as_people_type(found, query):
    """Pagefind takes words apart at a straight apostrophe alone; nobody finds a narrow space on a keyboard."""
    assert {query: ["/posts/echecs/"]} == urls(found, "fr", query)


def test_each_language_is_searched_by_its_own_rules(found):
    """French endings are not English ones; a reader of one language finds texts in the other behind their own."""
    answer = ask(found, "fr", "repairing")["repairing"]

    assert ["fr", "en"] == list(answer)
    assert ["/en/posts/fair/"] == answer["en"]["urls"]


def test_words_between_quotation_marks_are_found_as_they_stand(found):
    """Whoever remembers a sentence finds its text and no other."""
    answers = urls(found, "fr", '"concours de réparation"', "« réparation de concours »", '"réparer une lampe"')

    assert {
        '"concours de réparation"': ["/posts/foire/"],
        "« réparation de concours »": [],
        '"réparer une lampe"': ["/posts/lampe/"],
    } == answers


def test_what_filters_say_is_published_for_the_search_page(found):
    """The page counts by it; pagefind's own counting takes seconds in a large hub."""
    entry = json.loads((found / "pagefind-entry.json").read_bytes())["languages"]["fr"]
    told = json.loads((found / entry["facets"]).read_bytes())

    assert 4 == len(told["pages"]) == entry["page_count"]
    assert [3, 1] == [len(told["kind"]["Billet"]), len(told["section"]["handbook"])]
    assert "Réparer une lampe" in told["tag"]


def test_a_misspelt_word_finds_what_was_meant(found):
    """One letter too many on a telephone; the page says what it took the word for."""
    answer = ask(found, "fr", "débrranchez", "evennement")

    assert {"débrranchez": "débranchez"} == answer["débrranchez"]["fr"]["meant"]
    assert ["/posts/lampe/"] == answer["débrranchez"]["fr"]["urls"]
    assert ["/posts/foire/"] == answer["evennement"]["fr"]["urls"]


def test_nothing_outside_the_marked_part_is_found(found):
    """Menus would be found on every page, and pages for machines would be found at all."""
    assert {"navigation": [], "interdite": [], "secret": []} == urls(found, "fr", "navigation", "interdite", "secret")


def test_an_index_is_the_same_whenever_and_from_wherever_it_is_made(tmp_path):
    """Pagefind writes filters in an order of chance; ten runs would show it."""

    def shuffled(paths):
        return random.Random(7).sample(sorted(paths), len(paths))

    sites = [site(tmp_path / "one"), site(tmp_path / "two", shuffled)]
    made = [files_of(index(sites[n % 2], tmp_path / f"scratch{n}", tmp_path)) for n in range(10)]

    assert all(one == made[0] for one in made)


def test_only_what_our_search_page_loads_is_published(found):
    """Pagefind brings half a megabyte of ready-made boxes."""
    names = {file.name for file in found.iterdir() if file.is_file()}

    assert {"pagefind-worker.js", "pagefind-entry.json"} <= names
    assert not [name for name in names if "ui" in name or "highlight" in name or name == "pagefind.js"]


def test_a_file_of_the_index_is_named_after_its_bytes(found):
    """Browsers keep these files; the same name with other bytes would break a search until they forget."""
    entry = json.loads((found / "pagefind-entry.json").read_bytes())

    for language in entry["languages"].values():
        content = gzip.decompress((found / f"pagefind.{language['hash']}.pf_meta").read_bytes()).removeprefix(b"pagefind_dcd")
        assert language["hash"].split("_")[1] == hashlib.sha256(content).hexdigest()[:10]
    assert {"en", "fr"} == set(entry["languages"])


def test_a_hub_without_a_single_text_still_has_an_index(tmp_path):
    """A new hub must build, and its search page must not be broken."""
    (tmp_path / "site").mkdir()
    (tmp_path / "site" / "index.html").write_text(_PAGE.format("fr", "", "Accueil", "<p>secret</p>"), encoding="utf-8")

    assert {"secret": [], "village": ["/"]} == urls(index(tmp_path / "site", tmp_path / "scratch", tmp_path), "fr", "secret", "village")


def test_the_index_is_made_again_when_a_page_changed_and_only_then():
    """It takes seconds in a large hub, and a feed that changed is none of its business."""
    (before,) = plan({"a/index.html": "1", "feeds/all.json": "1"})

    assert [before.key] == [one.key for one in plan({"feeds/all.json": "2", "a/index.html": "1"})]
    assert [before.key] != [one.key for one in plan({"a/index.html": "2", "feeds/all.json": "1"})]
    assert [before.key] != [one.key for one in plan({"b/index.html": "1", "feeds/all.json": "1"})]
    assert [before.key] != [one.key for one in plan({"a/index.html": "1", "handbook/index.html": "1"})]
    assert [] == plan({"feeds/all.json": "1"})


def test_a_machine_without_pagefind_is_told_the_remedy(tmp_path, monkeypatch):
    """The message must name what to install, not a module."""
    monkeypatch.setattr(search_run.importlib.util, "find_spec", lambda _: None)

    with pytest.raises(MachineLacks, match=r"pip install 'pagefind\[bin\]'"):
        index(site(tmp_path / "site"), tmp_path / "scratch", tmp_path)


def test_settings_of_pagefind_lying_about_are_not_read(tmp_path, monkeypatch):
    """Pagefind takes a pagefind.toml from the folder it is started in, and variables of the environment."""
    made = site(tmp_path / "site")
    plain = files_of(index(made, tmp_path / "plain", tmp_path))
    (tmp_path / "pagefind.toml").write_text('exclude_selectors = ["p"]\n', encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("PAGEFIND_EXCLUDE_SELECTORS", "h1")

    assert plain == files_of(index(made, tmp_path / "scratch", tmp_path))


def settings_at(folder):
    """Return the settings of a hub in a folder."""
    (folder / "hub.toml").write_text('[hub]\nname = "Le village"\nbase_url = "https://village.example/"\n', encoding="utf-8")
    return read_settings(folder)


class Builds:
    """Builds one after the other, each with what the one before left: its notes, and the files that stand."""

    def __init__(self, folder, made):
        self.folder, self.made, self.settings = folder, made, settings_at(folder)
        self.files, self.turn = {}, 0

    def build(self, *, notes=True):
        """Make the index and return its files, those that were kept among them."""
        self.turn += 1
        standing = {f"pagefind/{path}": hashlib.sha256(raw).hexdigest() for path, raw in self.files.items()}
        before = Before(self.folder / "notes" / "search", standing) if notes else NOTHING
        artifact = made_of(self.made, self.folder / f"build{self.turn}", self.settings, before)
        self.kept = artifact.kept
        self.files = {path: self.files[path] for path in artifact.kept} | files_of(artifact.content)
        return self.files

    def clean(self):
        """Return the files of an index made from nothing."""
        self.turn += 1
        return files_of(made_of(self.made, self.folder / f"build{self.turn}", self.settings).content)

    def write(self, path, lang="fr", title="Un titre", text="Du texte.", more=""):
        """Write a page that is indexed."""
        page = self.made / path
        page.parent.mkdir(parents=True, exist_ok=True)
        main = f'<article data-pagefind-body data-pagefind-filter="kind:post">{more}<h1>{title}</h1><p>{text}</p></article>'
        page.write_text(_PAGE.format(lang, "", title, main), encoding="utf-8")


@pytest.fixture
def builds(tmp_path):
    """Return builds of the small site, of which the first is done."""
    done = Builds(tmp_path, site(tmp_path / "site"))
    done.build()
    return done


DAY = '<i data-day="{}" data-pagefind-meta="day[data-day]"></i>'
CHANGES = {
    "a text": lambda builds: builds.write("posts/lampe/index.html", text="Tout autre chose : des ampoules."),
    "a new page": lambda builds: builds.write("posts/neuf/index.html", text="Une lampe neuve.", more=DAY.format("2026-05-01")),
    "a page before all others": lambda builds: builds.write("a/index.html", text="Une lampe.", more=DAY.format("2001-01-01")),
    "a page gone": lambda builds: (builds.made / "posts/lampe/index.html").unlink(),
    "a page without a mark": lambda builds: (builds.made / "posts/lampe/index.html").write_text("<html lang=fr><p>Rien</p>"),
    "another language": lambda builds: builds.write("posts/lampe/index.html", lang="de", text="Die Lampe brennt."),
    "the last page of a language": lambda builds: (builds.made / "en/posts/fair/index.html").unlink(),
    "a page without a word": lambda builds: builds.write("posts/lampe/index.html", title="", text='<img src="/a.jpg" alt="">'),
    "a fact of the community's own": lambda builds: builds.write("posts/lampe/index.html", more='<i data-pagefind-meta="zone:Bacalan"></i>'),
    "no page at all": lambda builds: [page.unlink() for page in builds.made.rglob("*/index.html")],
}  # fmt: skip


@pytest.mark.parametrize("change", CHANGES)
def test_after_any_change_the_index_is_the_one_made_from_nothing(builds, change):
    """Only the changed page is asked about again; nobody may be able to tell, neither now nor when the change is taken back."""
    first = builds.files
    before = {page: page.read_bytes() for page in builds.made.rglob("*.html")}
    CHANGES[change](builds)

    assert builds.clean() == builds.build()

    for page in builds.made.rglob("*.html"):
        page.unlink()
    for page, raw in before.items():
        page.write_bytes(raw)
    assert first == builds.build()


def test_only_pages_whose_text_changed_are_asked_about_again(builds, monkeypatch):
    """A new entry in a menu changes five thousand pages, and no text."""
    for page in builds.made.rglob("*.html"):
        page.write_text(page.read_text(encoding="utf-8").replace("navigation interdite", "navigation permise"), encoding="utf-8")
    builds.write("posts/lampe/index.html", text="Autre chose.")
    asked = []
    monkeypatch.setattr(search_run, "_run", partial(_noted_run, asked, search_run._run))
    builds.build()

    assert [["posts/lampe/index.html"]] == asked
    assert [path for path in builds.kept if path.startswith("fragment/")]


def _noted_run(asked, run, site_, index_, scratch):
    asked.append(sorted(files_of(site_).keys() - {"nothing.handbill.html"}))
    run(site_, index_, scratch)


def test_a_file_that_was_lost_is_made_again(builds):
    """Only pagefind makes fragments and programs: where one no longer stands, all pages are asked about again."""
    for name in (next(path for path in builds.files if path.startswith("fragment/")), "wasm.fr.pagefind"):
        whole = dict(builds.files)
        del builds.files[name]

        assert whole == builds.build()


@pytest.mark.parametrize(
    "damage",
    [lambda raw: raw[:-1], lambda raw: raw[:99] + bytes([raw[99] ^ 1]) + raw[100:], lambda raw: raw[:0]],
    ids=["cut", "turned", "emptied"],
)
def test_damaged_notes_are_no_notes(builds, damage):
    """What is kept saves time; losing it must cost nothing else."""
    notes = builds.folder / "notes" / "search"
    notes.write_bytes(damage(notes.read_bytes()))
    builds.write("posts/lampe/index.html", text="Autre chose.")

    assert builds.clean() == builds.build()


def test_parts_made_on_several_cores_are_one_index(tmp_path, monkeypatch):
    """How many cores a machine has must not show."""
    monkeypatch.setattr(search_run, "_PARTS_FROM", 2)
    builds = Builds(tmp_path, site(tmp_path / "site"))
    one = builds.clean()
    builds.settings = replace(builds.settings, jobs=3)

    assert one == builds.clean()
