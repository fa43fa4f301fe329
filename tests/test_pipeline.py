"""The rules of a build, each tried on a real small hub."""

import json
import os
import signal
import subprocess
import sys
import time
from datetime import timedelta
from pathlib import Path
from pkgutil import resolve_name

import pytest
from tests.hubs import VILLAGE, files_of, options, text, village, write

from handbill.errors import ContentProblems
from handbill.outputs import search_ahead
from handbill.pipeline import build, check

EXPECTED = VILLAGE / "expected"

#: Made by another program in a form that means nothing to a reader, copies of the theme, and digests of all the others.
NOT_EXPECTED = ("pagefind/", "theme/", "build.json")


@pytest.fixture
def hub(tmp_path):
    """Return a copy of the village, built once."""
    root = village(tmp_path)
    build(options(root))
    return root


def stamps(folder: Path) -> dict[str, tuple[int, int]]:
    return {file.as_posix(): (file.stat().st_ino, file.stat().st_mtime_ns) for file in folder.rglob("*")}


def test_the_village_gives_exactly_what_is_expected(hub, refresh):
    """Every page, feed, calendar and mail, byte for byte; a change shows in the difference of these files."""
    found = {name: raw for name, raw in files_of(hub / "public").items() if not name.startswith(NOT_EXPECTED) and not name.endswith("card.png")}
    if refresh:
        import shutil

        shutil.rmtree(EXPECTED, ignore_errors=True)
        for name, raw in found.items():
            (EXPECTED / name).parent.mkdir(parents=True, exist_ok=True)
            (EXPECTED / name).write_bytes(raw)
    expected = files_of(EXPECTED)

    assert sorted(expected) == sorted(found)
    assert [] == [name for name in expected if expected[name] != found[name]]


@pytest.mark.skipif(not hasattr(os, "fork"), reason="this system starts processes another way")
def test_the_index_after_an_edit_comes_from_the_process_that_got_ready(hub, monkeypatch):
    """Both sides must mean the same notes, or everybody waits for what another core has read already."""
    asked = []
    index = search_ahead._Ahead.index

    def noted(ahead, *what):
        answer = index(ahead, *what)
        asked.append(ahead)
        return answer

    monkeypatch.setattr(search_ahead._Ahead, "index", noted)
    write(hub, {"content/posts/another.md": text("Des mots nouveaux.", title="Encore un billet", date="2026-02-03")})

    build(options(hub, jobs=2))

    assert 1 == len(asked)


def test_the_second_build_writes_nothing(hub):
    """Nothing changed, so no file, not even a time, may."""
    before = stamps(hub / "public")
    lock = (hub / "addresses.lock").stat().st_mtime_ns

    report = build(options(hub))

    assert report.is_unchanged
    assert before == stamps(hub / "public")
    assert lock == (hub / "addresses.lock").stat().st_mtime_ns


def test_without_the_cache_the_bytes_are_the_same(hub):
    """A cache may save time, never change a result."""
    warm = files_of(hub / "public")

    report = build(options(hub, no_cache=True))

    assert not report.is_unchanged
    assert warm == files_of(hub / "public")


def test_an_edited_post_remakes_what_shows_it_and_equals_a_clean_build(hub, tmp_path):
    """The cost follows the change, and nothing that shows the change is forgotten."""
    post = hub / "content/posts/ancien.md"
    post.write_text(post.read_text(encoding="utf-8").replace("Écrit la veille de l'an.", "Réécrit."), encoding="utf-8")

    report = build(options(hub))

    assert 1 == report.read
    assert {"posts/ancien/index.html", "posts/index.html", "feeds/all.atom.xml", "index.html", "tags/pierre/index.html"} <= set(report.written)
    assert not {"events/fete/index.html", "calendars/all.ics", "newsletters/2026-03/mail.html", "people/ada/index.html"} & set(report.written)
    build(options(hub, output=tmp_path / "clean", no_cache=True))
    assert files_of(tmp_path / "clean") == files_of(hub / "public")


def test_the_number_of_processes_does_not_show(hub, tmp_path, monkeypatch):
    """A laptop and a server build the same site."""
    monkeypatch.setattr("handbill.outputs.site.PARTS_FROM", 2)
    monkeypatch.setattr("handbill.reading.texts.CREW_FROM", 2)
    began = [began_with(monkeypatch, name) for name in ("handbill.reading.crew._Worker.give", "handbill.outputs.parts._Crew.made")]

    build(options(hub, output=tmp_path / "two", no_cache=True, jobs=3))

    assert all(began), "several processes read and rendered"
    assert files_of(hub / "public") == files_of(tmp_path / "two")


def began_with(monkeypatch, name):
    """Return a list that will not be empty once the function was called."""
    owner, _, called = name.rpartition(".")
    where = resolve_name(f"{owner.rpartition('.')[0]}:{owner.rpartition('.')[2]}")
    before, calls = getattr(where, called), []
    monkeypatch.setattr(where, called, lambda *given: calls.append(1) or before(*given))
    return calls


@pytest.mark.parametrize(
    "place",
    [
        {"TZ": "Pacific/Auckland", "LANG": "C", "LC_ALL": "C", "PYTHONHASHSEED": "1"},
        {"TZ": "America/St_Johns", "LANG": "fr_FR.UTF-8", "LC_ALL": "fr_FR.UTF-8", "PYTHONHASHSEED": "2"},
    ],
)
def test_another_machine_builds_the_same_bytes(hub, tmp_path, place):
    """Zone, locale, hash seed, umask and folder of the machine must not show."""
    script = (
        "import os, sys; os.umask(0o077)\n"
        "from handbill.pipeline import build; from tests.hubs import options; from pathlib import Path\n"
        "build(options(Path(sys.argv[1]), output=Path(sys.argv[2]), no_cache=True))\n"
    )
    env = {"PATH": os.environ["PATH"], "PYTHONPATH": os.pathsep.join([str(Path(__file__).parents[1]), *sys.path]), **place}

    done = subprocess.run([sys.executable, "-c", script, str(hub), str(tmp_path / "elsewhere")], env=env, capture_output=True, text=True, check=False)

    assert done.returncode == 0, done.stderr
    assert files_of(hub / "public") == files_of(tmp_path / "elsewhere")
    modes = {file.stat().st_mode & 0o777 for file in (tmp_path / "elsewhere").rglob("*") if file.is_file()}
    assert {0o644} == modes


def test_a_scheduled_item_appears_everywhere_at_its_minute_and_nowhere_before(hub, tmp_path):
    """Not in a page, a feed, a list or the search before; in all of them after."""
    due = "2026-05-01 00:00"
    before, after = tmp_path / "before", tmp_path / "after"
    moment = options(hub, due).as_of

    build(options(hub, output=before, as_of="2026-04-30 23:59:59"))
    build(options(hub, output=after, as_of=due))

    assert moment - timedelta(seconds=1) == options(hub, "2026-04-30 23:59:59").as_of
    assert [] == [name for name, raw in files_of(before).items() if b"bientot" in raw or b"Ce billet attend son jour" in raw]
    shown = {name for name, raw in files_of(after).items() if b"bientot" in raw}
    assert {"posts/bientot/index.html", "posts/index.html", "index.html", "feeds/all.atom.xml", "feeds/all.rss.xml", "feeds/all.json", "sitemap.xml", "archives/2026/index.html"} <= shown


def test_a_build_stands_until_the_next_thing_is_due(hub):
    """The second build the same hour does nothing; the first after a midnight does."""
    assert build(options(hub, "2026-03-20 18:00")).is_unchanged
    assert not build(options(hub, "2026-03-21 00:00")).is_unchanged


def test_a_faulty_file_leaves_the_public_folder_as_it_was(hub):
    """Members keep the old site while the editor mends the new one; nothing is half published."""
    before, standing = files_of(hub / "public"), stamps(hub / "public")
    write(hub, {"content/posts/faux.md": text(draft="oui"), "events/2026/faux.md": text(starts="hier")})

    with pytest.raises(ContentProblems) as refusal:
        build(options(hub))

    assert {"content/posts/faux.md", "events/2026/faux.md"} <= {one.path for one in refusal.value.problems}
    assert before == files_of(hub / "public")
    assert standing == stamps(hub / "public")


def test_strict_lets_warnings_stop_the_build(hub):
    """CI may ask for more than an editor at work."""
    write(hub, {"content/posts/image.md": text("![x](https://ailleurs.example/x.png)")})
    build(options(hub))

    with pytest.raises(ContentProblems):
        build(options(hub, strict=True))


def test_a_renamed_post_leaves_a_redirect_and_a_lost_one_fails(hub):
    """Every address once published keeps answering."""
    post = hub / "content/posts/2026-03-01-le-puits.md"
    renamed = post.with_name("2026-03-01-le-grand-puits.md")
    whole = post.read_text(encoding="utf-8")
    (hub / "content/posts/2026-03-01-le-puits.en.md").unlink()
    (hub / "hub.toml").write_text((hub / "hub.toml").read_text(encoding="utf-8").replace('gone = ["', 'gone = ["/en/posts/the-well/", "'), encoding="utf-8")
    for other in (hub / "content/pages/a-propos.md", hub / "newsletters/2026-03.md"):
        other.write_text(other.read_text(encoding="utf-8").replace("2026-03-01-le-puits.md", renamed.name), encoding="utf-8")
    post.rename(renamed)

    with pytest.raises(ContentProblems) as refusal:
        build(options(hub))
    assert ["HB402"] == sorted({one.code for one in refusal.value.problems if one.level == 2})
    assert "id: post:le-puits" in refusal.value.problems[0].wanted

    renamed.write_text(whole.replace("---\n", "---\nid: post:le-puits\n", 1), encoding="utf-8")
    build(options(hub))
    moved = (hub / "public/posts/le-puits/index.html").read_text(encoding="utf-8")
    assert "/hub/posts/le-grand-puits/" in moved
    assert b"tag:village.example,2026:post:le-puits" in (hub / "public/feeds/all.atom.xml").read_bytes()


def test_an_earlier_state_can_still_be_built(hub):
    """What was promised since will answer again; it breaks nothing that it did not exist yet."""
    assert b"event:fete" in (hub / "addresses.lock").read_bytes()

    report = build(options(hub, "2024-06-01"))

    assert 0 == report.counts["event"]
    assert not (hub / "public/events/fete").exists()


def test_a_tag_that_nobody_uses_any_more_keeps_its_page_and_feed(hub):
    """Someone may be subscribed to it."""
    for post in hub.glob("content/posts/*.md"):
        post.write_text(post.read_text(encoding="utf-8").replace("tags: [Eau, pierre]", "tags: [Eau]").replace("tags: [pierre]\n", ""), encoding="utf-8")

    build(options(hub))

    assert (hub / "public/tags/pierre/index.html").is_file()
    assert b"<entry>" not in (hub / "public/feeds/tags/pierre.atom.xml").read_bytes()


def test_a_damaged_cache_gives_the_clean_result(hub, tmp_path):
    """A flipped bit on the disk must not reach a member."""
    clean = files_of(hub / "public")
    for note in [*(hub / ".handbill").rglob("*")]:
        if note.is_file():
            raw = note.read_bytes()
            note.write_bytes(raw[: len(raw) // 2] + b"\xff" + raw[len(raw) // 2 + 1 :])
    (hub / "content/posts/neuf.md").write_text(text(date="2026-03-02"), encoding="utf-8")
    build(options(hub))
    (hub / "content/posts/neuf.md").unlink()
    (hub / "addresses.lock").unlink()

    build(options(hub))

    assert clean == files_of(hub / "public")


def test_an_edit_during_a_build_is_not_taken_for_built(hub, monkeypatch):
    """An editor saves while CI, or a preview, is at work; the next build must see it."""
    from handbill.outputs import feeds

    post, make = hub / "content/posts/ancien.md", feeds.make

    def make_and_edit(*given):
        post.write_text(post.read_text(encoding="utf-8") + "\nEncore.\n", encoding="utf-8")
        return make(*given)

    (hub / "content/posts/neuf.md").write_text(text(date="2026-03-02"), encoding="utf-8")
    monkeypatch.setattr(feeds, "make", make_and_edit)
    build(options(hub))
    monkeypatch.undo()

    assert not build(options(hub)).is_unchanged
    assert b"Encore." in (hub / "public/posts/ancien/index.html").read_bytes()
    assert build(options(hub)).is_unchanged


@pytest.mark.parametrize("folder", ["scripts", "l'atelier/outils", ".github"])
def test_a_folder_that_comes_and_goes_is_seen_wherever_it_lies(hub, folder):
    """Sections of hub.toml name folders in which no build reads a file."""
    section = f'\n[sections.core]\nfolders = ["content", "{folder}"]\n' if folder != ".github" else '\n[sections.core]\nfolders = ["content"]\n'
    (hub / "hub.toml").write_text((hub / "hub.toml").read_text(encoding="utf-8") + section, encoding="utf-8")

    def told():
        report = build(options(hub))
        return [str(one.found) for one in report.problems if one.code == "HB228" and folder in str(one.found)], report.is_unchanged

    first = told()
    (hub / folder).mkdir(parents=True)
    then = told()

    assert (folder == ".github", False) == (first[0] == [], first[1])
    assert (folder != ".github", False) == (then[0] == [], then[1])
    assert told()[1]


def test_what_was_read_is_remembered_although_another_file_is_faulty(hub):
    """Mending one file of a large hub must not cost reading all the others again."""
    (hub / ".handbill/cache/drafts").unlink()
    write(hub, {"content/posts/faux.md": text(draft="oui")})
    with pytest.raises(ContentProblems):
        build(options(hub))
    write(hub, {"content/posts/faux.md": text(draft="false")})

    assert 1 == build(options(hub)).read


@pytest.mark.long
def test_two_folders_can_be_built_at_once(hub, tmp_path):
    """A preview runs in one window while the site is built in the other."""
    from concurrent.futures import ProcessPoolExecutor
    from multiprocessing import get_context

    expected = files_of(hub / "public")
    with ProcessPoolExecutor(3, mp_context=get_context("spawn")) as pool:
        for done in [pool.submit(build, options(hub, output=tmp_path / str(n), no_cache=True)) for n in range(3)]:
            done.result()

    assert [expected] * 3 == [files_of(tmp_path / str(n)) for n in range(3)]


def test_a_public_file_that_someone_altered_is_put_right(hub):
    """What stands there must be what was approved."""
    page = hub / "public/posts/ancien/index.html"
    right = page.read_bytes()
    page.unlink()
    page.write_bytes(b"<p>faux</p>")

    build(options(hub))

    assert right == page.read_bytes()


@pytest.mark.long
def test_a_killed_build_leaves_the_old_site_or_the_new_one(hub, tmp_path):
    """Power cuts, Ctrl-C, an impatient CI: at whatever instant, never a mixture."""
    old = files_of(hub / "public")
    (hub / "hub.toml").write_text((hub / "hub.toml").read_text(encoding="utf-8").replace('"Le village"', '"Le bourg"', 1), encoding="utf-8")
    build(options(hub, output=tmp_path / "new", no_cache=True))
    new = files_of(tmp_path / "new")
    script = (
        "import sys; from pathlib import Path; from handbill.pipeline import build; from tests.hubs import options\n"
        "print('ready', flush=True); build(options(Path(sys.argv[1]), no_cache=True))\n"
    )
    env = {"PATH": os.environ["PATH"], "PYTHONPATH": os.pathsep.join([str(Path(__file__).parents[1]), *sys.path])}
    seen = set()
    for round_ in range(12):
        process = subprocess.Popen([sys.executable, "-c", script, str(hub)], env=env, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True)
        assert process.stdout is not None
        process.stdout.readline()
        time.sleep(0.12 * round_)
        process.send_signal(signal.SIGKILL if round_ % 2 else signal.SIGINT)
        process.wait()
        process.stdout.close()
        found = files_of(hub / "public")
        assert found in (old, new), f"a mixture after round {round_}"
        seen.add(found == new)
    build(options(hub))
    assert new == files_of(hub / "public")


def test_check_tells_the_same_problems_and_writes_nothing(tmp_path):
    """An editor may ask as often as he likes."""
    root = village(tmp_path)
    write(root, {"content/posts/faux.md": text(draft="oui")})
    before = files_of(root)

    problems = check(options(root))

    assert ["content/posts/faux.md"] == [one.path for one in problems if one.level == 2]
    after = {name: raw for name, raw in files_of(root).items() if not name.startswith(".handbill/")}
    assert before == after


def test_the_report_lists_every_file_with_its_digest(hub):
    """Anyone can compare what is published with what was built."""
    import hashlib

    report = json.loads((hub / "public/build.json").read_text(encoding="utf-8"))

    found = {name: hashlib.sha256(raw).hexdigest() for name, raw in files_of(hub / "public").items() if name != "build.json"}
    assert found == report["files"]
    assert {"post": 3, "page": 1, "event": 3, "contest": 1, "issue": 2, "person": 2, "place": 0} == report["items"]


def test_a_wrong_template_fails_the_build_and_names_itself(hub):
    """A typo in a theme must not publish pages with holes."""
    from handbill.errors import HandbillError

    before = files_of(hub / "public")
    (hub / "theme/templates").mkdir(parents=True)
    (hub / "theme/templates/post.html").write_text("{{ view.card.titel }}", encoding="utf-8")

    with pytest.raises(HandbillError, match=r"post\.html.*titel"):
        build(options(hub))
    assert before == files_of(hub / "public")


def test_a_community_overrides_one_template_without_a_fork(hub):
    """One file in the hub's own theme takes the place of ours; only its pages are made anew."""
    (hub / "theme/templates").mkdir(parents=True)
    (hub / "theme/templates/person.html").write_text("<!doctype html><title>{{ view.card.title }}</title>", encoding="utf-8")

    report = build(options(hub))

    assert b"<!doctype html><title>Ada Puits</title>" == (hub / "public/people/ada/index.html").read_bytes().strip()
    assert [name for name in report.written if name.endswith("index.html")] == ["people/ada/index.html"]
