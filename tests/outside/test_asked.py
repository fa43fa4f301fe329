"""All links of a hub, from its files to the list of what to mend."""

import pytest
from tests.hubs import options, text, write
from tests.outside.sites import site

from handbill.outside.asked import Wish, asked
from handbill.outside.asking import Asker
from handbill.outside.manners import Manners
from handbill.outside.record import Outcome
from handbill.outside.remembering import file_of

QUICK = Manners(Asker("", is_local=True, timeout_s=0.4), 1, pause_s=0)


@pytest.fixture
def own():
    with site() as found:
        yield found


@pytest.fixture
def root(tmp_path, own):
    return write(
        tmp_path,
        {
            "content/posts/a.md": text(f"[a]({own.url('/page')}) [b]({own.url('/status/404')})"),
            "content/posts/b.md": text(f"[a]({own.url('/page')}) [b]({own.url('/moved/page')})"),
        },
    )


def ask(root, as_of="2026-03-20 12:00", **wish):
    return {
        one.link.address.partition("localhost")[2].partition("/")[2]: one
        for one in asked(options(root, as_of), Wish(**wish), lambda *_: None, QUICK)
    }


def test_every_link_is_told_once_with_all_its_places(root):
    """Two posts with the same dead link are one thing to find out and two to mend."""
    found = ask(root)

    assert {"page": Outcome.ANSWERS, "status/404": Outcome.GONE, "moved/page": Outcome.MOVED} == {
        name: one.answer.outcome for name, one in found.items()
    }
    assert ["content/posts/a.md", "content/posts/b.md"] == [place.source for place in found["page"].link.places]


def test_what_answered_well_is_not_asked_again_the_same_week(root, own):
    """Each run would otherwise ask a thousand sites, for nothing."""
    ask(root)
    ask(root, "2026-03-21 12:00")

    # What has moved is asked each time, and leads there.
    assert (3, 4) == (own.asked["HEAD /page"], own.asked["HEAD /status/404"] + own.asked["GET /status/404"])

    ask(root, "2026-03-22 12:00", again=True)

    assert 5 == own.asked["HEAD /page"]


def test_one_may_ask_for_some_files_alone(root, own):
    """Whoever wrote a post wants to know of that one."""
    assert {"page", "status/404"} == set(ask(root, paths=("content/posts/a.md",)))
    assert not own.asked["HEAD /moved/page"]


def test_what_is_known_of_other_files_is_kept(root):
    """To look at one post must not forget since when another page is silent."""
    ask(root)
    ask(root, "2026-03-22 12:00", paths=("content/posts/b.md",))

    assert "2026-03-20T12:00:00+01:00" == ask(root, "2026-03-23 12:00")["status/404"].since


def test_a_link_that_left_the_hub_is_forgotten(root):
    """The memory would grow for ever."""
    ask(root)
    (root / "content/posts/a.md").unlink()
    ask(root, "2026-03-22 12:00")

    assert "404" not in file_of(root).read_text(encoding="utf-8")
