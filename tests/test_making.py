"""What was planned is made, all of it and nothing else; what stands and is still right is left alone."""

from contextlib import contextmanager

import pytest
from tests.hubs import files_of, options, village

from handbill.making import NotAsPlanned
from handbill.memory import Memory
from handbill.outputs.planned import Artifact
from handbill.outputs.recognised import Recognised
from handbill.pipeline import build


def test_making_more_or_less_than_planned_fails(tmp_path, monkeypatch):
    """A page that silently vanishes, or one that nobody planned, is never published."""
    from handbill.outputs import feeds

    hub = village(tmp_path)
    build(options(hub))
    make = feeds.make
    before = files_of(hub / "public")
    monkeypatch.setattr(feeds, "make", lambda *given: iter(list(make(*given))[1:]))
    with pytest.raises(NotAsPlanned, match="did not make"):
        build(options(hub, no_cache=True))
    monkeypatch.setattr(feeds, "make", lambda *given: iter([*make(*given), Artifact("feeds/extra.xml", b"x")]))
    with pytest.raises(NotAsPlanned, match="was not planned"):
        build(options(hub, no_cache=True))
    assert before == files_of(hub / "public")


def test_what_can_wait_is_done_while_pages_are_rendered(tmp_path, monkeypatch):
    """Feeds and notes are made by this process after others have begun with the pages, and before their pages are taken."""
    from handbill.outputs import feeds, site

    done = []
    begun, make = site.begun, feeds.make

    @contextmanager
    def watched(*given):
        with begun(*given) as artifacts:
            done.append("pages begun")
            yield (one for one in artifacts if done.append("page taken") is None)

    monkeypatch.setattr(site, "begun", watched)
    monkeypatch.setattr(feeds, "make", lambda *given: done.append("feeds made") or make(*given))
    monkeypatch.setattr("handbill.reading.known.Known.whole", lambda self: done.append("notes made") or self)
    build(options(village(tmp_path)))

    assert ["pages begun", "feeds made", "notes made", "page taken"] == list(dict.fromkeys(done))


def test_what_paths_were_made_of_is_let_go(tmp_path):
    """`serve` keeps what was planned; with the records of all pages it would hold each text three times."""
    memory = Memory()
    build(options(village(tmp_path)), memory=memory)

    pages = [one for one in memory.found.planned if isinstance(one, Recognised)]
    assert pages
    assert [] == [one.path for one in pages if "_finished" in vars(one)]
