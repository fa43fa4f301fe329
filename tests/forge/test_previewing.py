"""A preview from the label to its end: put up once for exactly what was seen, and taken away when the proposal is closed."""

from __future__ import annotations

import pytest
from tests.forge.github import BOT, TOKEN, zip_of
from tests.forge.poison import SHAPES

from handbill.errors import HandbillError, WrongUse
from handbill.forge.artifact import Poisoned
from handbill.forge.hosting import PLACEHOLDER
from handbill.forge.previewing import Host, preview
from handbill.forge.proposal import Idle
from handbill.forge.seen import REVIEW, Seen, with_seen

PREVIEWS, SECRET = "atelier-previews/atelier-previews.github.io", "github_pat_forPreviewsAlone"
ADDRESS = "https://previews.example/"


def site(number=7, **more):
    page = f'<!doctype html>\n<html lang="fr">\n<head>\n<link rel="canonical" href="{PLACEHOLDER}pr-{number}/">\n</head>\n<body>\n<p>Fête</p></body></html>'
    return zip_of({"index.html": page, "media/a.png": b"\x89PNG", "_headers": "x", "CNAME": "atelier.example", **more})


@pytest.fixture
def asked(ground):
    """Return a proposal that was checked and shown, and for which a maintainer asked for a preview."""

    def make(raw=None, **more):
        one = ground(**more)
        head = one.fake.repository.commit("fair", {"content/a.md": b"x"})
        one.fake.pull(7, head, of="stranger/hub")
        one.fake.repository.permissions["ada"] = "write"
        one.fake.comments_on(7, with_seen(f"{REVIEW}\n2 pages\n", Seen(head, one.fake.moment())), BOT, kind="Bot")
        one.fake.label(7, "preview", "ada")
        one.fake.artifact(5, "site", site() if raw is None else raw)
        previews = one.fake.add(PREVIEWS)
        previews.commit("main", {"README.md": b"previews"})
        one.fake.token(SECRET, "ada", PREVIEWS, contents="write")
        room = one.room({"workflow_run": one.fake.run(5, head, of="stranger/hub")}, name="workflow_run")
        return one, room, previews

    return make


def put_up(one, room, lang="en"):
    return preview(room, one.github(), Host(one.github(SECRET, PREVIEWS), "main", ADDRESS), "preview", lang)


def files(previews):
    return previews.files_of(previews.branches["main"])


def told(one):
    return [each["body"].replace("\r\n", "\n") for each in one.fake.repository.comments if "handbill:preview" in each["body"]]


def test_a_preview_is_put_up_on_another_site_and_the_label_has_served(asked):
    """Whoever reviews sees the page as members would, and everybody else sees what it is."""
    one, room, previews = asked()
    done = put_up(one, room)

    assert (7, f"{ADDRESS}pr-7/", 2) == (done.number, done.address, done.files)
    assert {"README.md", ".nojekyll", "_headers", "robots.txt", "index.html", "preview.css", "pr-7/index.html", "pr-7/media/a.png"} == set(
        files(previews)
    )
    page = files(previews)["pr-7/index.html"].decode()
    assert f'href="{ADDRESS}pr-7/"' in page
    assert "This is not published." in page
    assert "noindex" in page
    assert [] == one.fake.repository.pulls[7]["labels"]
    assert 1 == len(told(one))
    assert f"{ADDRESS}pr-7/ shows " in told(one)[0]
    assert [] == one.fake.leaked


def test_one_label_is_one_preview(asked):
    """A second run of the same event, or a third, puts up nothing more."""
    one, room, previews = asked()
    put_up(one, room)
    before = previews.branches["main"]
    with pytest.raises(Idle, match="nobody asked"):
        put_up(one, room)

    assert before == previews.branches["main"]


@pytest.mark.parametrize("how", ["no right", "too early", "forced", "code", "no comment", "another's comment", "for another commit"])
def test_a_label_that_does_not_count_shows_nothing_and_says_why(asked, how):
    """It is taken off, so that asking again is a decision again."""
    one, room, previews = asked()
    comment = one.fake.repository.comments[0]
    if how == "no right":
        one.fake.repository.permissions.clear()
    elif how == "too early":
        comment["body"] = with_seen(f"{REVIEW}\nx\n", Seen(one.fake.repository.pulls[7]["head"]["sha"], one.fake.tick()))
    elif how == "forced":
        one.fake.happens(7, "head_ref_force_pushed")
    elif how == "code":
        one.fake.repository.files[7].append(".github/workflows/check.yml")
    elif how == "no comment":
        one.fake.repository.comments.clear()
    elif how == "another's comment":
        comment["user"] = {"login": "stranger", "type": "User"}
    else:
        comment["body"] = with_seen(f"{REVIEW}\nx\n", Seen("b" * 40, "2026-11-22T00:00:00Z"))
    done = put_up(one, room)

    assert ("", {"README.md"}) == (done.address, set(files(previews)))
    assert "no preview of proposal 7" in done.told
    assert [] == one.fake.repository.pulls[7]["labels"]
    assert 1 == len(told(one))
    assert not any("zip" in each for each in one.fake.asked), "what is not shown is not fetched"


def test_a_proposal_that_moved_on_keeps_its_label_for_the_next_run(asked):
    """The run is an old one; it decides nothing any more."""
    one, room, previews = asked()
    one.fake.repository.pulls[7]["head"]["sha"] = "c" * 40
    with pytest.raises(Idle, match="no open proposal"):
        put_up(one, room)

    assert [{"name": "preview"}] == one.fake.repository.pulls[7]["labels"]
    assert {"README.md"} == set(files(previews))


def test_a_push_while_the_site_is_fetched_stops_it(asked):
    """Between the look and the deed lies a download."""
    one, room, previews = asked()

    def push(_number, _stage):
        if one.fake.secrets_handed_out:
            one.fake.repository.pulls[7]["head"]["sha"] = "c" * 40
        return False

    one.fake.watch = push
    with pytest.raises(Idle, match="no open proposal"):
        put_up(one, room)

    assert {"README.md"} == set(files(previews))


@pytest.mark.parametrize(
    "shape", ["a way up", "a link", "1:1000", "the same name twice", "another file before it", "truncated", "another name in the list"]
)
def test_a_poisoned_site_is_not_put_up(asked, shape):
    """It would be put among the previews of others."""
    one, room, previews = asked(SHAPES[shape][0]())
    with pytest.raises(Poisoned):
        put_up(one, room)

    assert {"README.md"} == set(files(previews))
    assert [] == one.fake.repository.pulls[7]["labels"]
    assert ["<!-- handbill:preview -->\nPreview: the run left no site that can be shown."] == [one.rstrip() for one in told(one)]


def test_a_label_that_is_taken_off_while_the_site_is_fetched_stops_it(asked):
    """Whoever put it looked again."""
    one, room, previews = asked()

    def taken_off(_number, _stage):
        if one.fake.secrets_handed_out:
            one.fake.repository.pulls[7]["labels"].clear()
        return False

    one.fake.watch = taken_off
    with pytest.raises(Idle, match="nobody asked"):
        put_up(one, room)

    assert {"README.md"} == set(files(previews))


def test_a_label_that_is_taken_off_by_somebody_else_at_the_end_is_no_failure(asked):
    """The preview stands, and where must be told."""
    one, room, _ = asked()

    def taken_off(_number, stage):
        if stage == "asked" and one.fake.asked[-1].startswith("DELETE"):
            one.fake.repository.pulls[7]["labels"].clear()
        return False

    one.fake.watch = taken_off
    put_up(one, room)

    assert f"{ADDRESS}pr-7/" in told(one)[0]


def test_a_run_that_left_no_site_says_so(asked):
    """It could not be built; the label has served all the same."""
    one, room, _ = asked()
    one.fake.repository.artifacts.clear()
    with pytest.raises(Idle, match="left no “site”"):
        put_up(one, room)

    assert ([], 1) == (one.fake.repository.pulls[7]["labels"], len(told(one)))


def test_two_previews_at_once_both_stand(asked):
    """The branch of previews moves while one is put up."""
    one, room, previews = asked()

    def other(_number, stage):
        if (
            stage == "asked"
            and one.fake.asked[-1] == "POST /graphql"
            and one.fake.commits_made == 0
            and "pr-9/x.html" not in files(previews)
        ):
            previews.commit("main", {"pr-9/x.html": b"x"}, keep=True)
        return False

    one.fake.watch = other
    put_up(one, room)

    assert {"pr-9/x.html", "pr-7/index.html"} <= set(files(previews))


def test_a_site_for_another_number_is_not_put_up(asked):
    """It would show itself in another proposal's place."""
    one, room, previews = asked(site(8))
    with pytest.raises(Poisoned, match="not built for"):
        put_up(one, room)

    assert {"README.md"} == set(files(previews))


def test_a_second_preview_sends_what_changed_and_takes_away_what_went(asked):
    """A hub has thousands of files, and a commit changes three."""
    one, room, previews = asked(site(**{"old.html": "<p>old"}))
    put_up(one, room)
    one.fake.label(7, "preview", "ada")
    one.fake.artifact(5, "site", site(**{"new.html": "<p>new"}))
    sent = len(previews.commits)
    put_up(one, room)

    assert ("pr-7/new.html" in files(previews), "pr-7/old.html" in files(previews)) == (True, False)
    assert sent + 1 == len(previews.commits)
    assert 1 == len(told(one)), "one comment says where it stands"


@pytest.mark.parametrize("how", ["closed", "gone"])
def test_the_preview_of_a_closed_proposal_is_taken_away(asked, how):
    """What was refused must not stand on for years under the community's name."""
    one, room, previews = asked()
    put_up(one, room)
    previews.commit("main", {"pr-70/index.html": b"x", "pr-x/index.html": b"kept", "docs/pr-7/x": b"kept"}, keep=True)
    one.fake.pull(70, "d" * 40, "other")
    if how == "closed":
        one.fake.repository.pulls[7]["state"] = "closed"
    else:
        del one.fake.repository.pulls[7]
    done = preview(one.room({}, name="schedule"), one.github(), Host(one.github(SECRET, PREVIEWS), "main", ADDRESS), "preview", "en")

    assert (7,) == done.gone
    assert "taken away: pr-7" == done.told
    left = set(files(previews))
    assert not any(name.startswith("pr-7/") for name in left)
    assert {"pr-70/index.html", "pr-x/index.html", "docs/pr-7/x", "README.md"} <= left


def test_the_token_for_previews_goes_to_their_repository_alone(asked):
    """And that of the hub never writes there: each can do its own harm only."""
    one, room, previews = asked()
    one.fake.tokens[SECRET][1].clear()
    with pytest.raises(HandbillError) as failed:
        put_up(one, room)

    assert SECRET not in str(failed.value)
    assert TOKEN not in str(failed.value)
    assert {"README.md"} == set(files(previews))


def test_the_hubs_own_repository_is_no_place_for_previews(asked):
    """Its Pages are the hub's."""
    one, room, _ = asked()
    for name in ("atelier/hub", "Atelier/Hub"):
        with pytest.raises(WrongUse, match="own repository"):
            preview(room, one.github(), Host(one.github(repository=name), "main", ADDRESS), "preview", "en")


def test_a_branch_that_is_not_there_is_told(asked):
    """Setting up is a step that people do, once."""
    one, room, _ = asked()
    with pytest.raises(WrongUse, match="has no branch pages"):
        preview(room, one.github(), Host(one.github(SECRET, PREVIEWS), "pages", ADDRESS), "preview", "en")
