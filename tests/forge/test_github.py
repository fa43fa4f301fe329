"""How GitHub is asked: over all pages, with the token for it alone, and never twice for what may have been done."""

from __future__ import annotations

import pytest
from tests.forge.github import REPOSITORY, TOKEN, zip_of
from tests.sending.services.fake import Fault

from handbill.door import Refused, Unanswered, Unreachable
from handbill.errors import ServiceFailed, WrongUse
from handbill.forge.github import GitHub


@pytest.mark.parametrize("name", ["", "hub", "a/b/c", "../x", "atelier/..", "atelier/hub?x=1", "-a/b", "atelier/hub\n", "a/b#"])
def test_what_is_no_repository_is_never_asked_for(name):
    """The name becomes a part of each address that the token goes to."""
    with pytest.raises(WrongUse, match="atelier/hub"):
        GitHub(name, TOKEN)


def test_all_pages_of_a_list_are_read(ground):
    """Our comment may be the two hundredth."""
    one = ground()
    one.fake.pull(7, one.fake.repository.commit("fair", {"a": b"x"}))
    for n in range(250):
        one.fake.comments_on(7, f"comment {n}", "ada")

    assert [f"comment {n}" for n in range(250)] == [told.text("body") for told in one.github().every("/issues/7/comments")]
    assert 3 == len(one.fake.asked)


def test_a_list_of_exactly_one_page_ends(ground):
    """The next page is empty, and is no failure."""
    one = ground()
    one.fake.pull(7, one.fake.repository.commit("fair", {"a": b"x"}))
    for n in range(100):
        one.fake.comments_on(7, f"comment {n}", "ada")

    assert 100 == len(list(one.github().every("/issues/7/comments")))


def test_a_file_is_fetched_elsewhere_without_the_token(ground):
    """The host at the end of the redirection is another company's; with our token it could do what we can."""
    one = ground()
    number = one.fake.artifact(5, "review", zip_of({"review.json": "{}"}))

    assert zip_of({"review.json": "{}"}) == one.github().file(f"/actions/artifacts/{number}/zip", 1 << 20)
    assert [] == one.fake.leaked
    assert [f"GET /repos/{REPOSITORY}/actions/artifacts/{number}/zip", f"GET /blob/{number}"] == one.fake.asked


@pytest.mark.parametrize(
    "address",
    [
        "http://elsewhere.example/x",
        "ftp://elsewhere.example/x",
        "https://ada:geheim@elsewhere.example/",
        "",
        "file:///etc/passwd",
        "https://[elsewhere",
        "https://elsewhere.example:99999/",
        "https://elsewhere .example/",
    ],
)
def test_an_unsafe_address_of_a_file_is_not_followed(ground, address):
    """Whoever is on the way could hand us another file."""
    one = ground()
    number = one.fake.artifact(5, "review", b"", address=address or "//")
    with pytest.raises(ServiceFailed, match="not safe"):
        one.github().file(f"/actions/artifacts/{number}/zip", 1 << 20)


def test_a_file_larger_than_allowed_is_not_kept(ground):
    """Its size is told beforehand, and need not be true."""
    one = ground()
    number = one.fake.artifact(5, "review", b"x" * 5_000_000)
    with pytest.raises(Unreachable, match="more than 1 MB"):
        one.github().file(f"/actions/artifacts/{number}/zip", 1 << 20)


def test_what_is_not_there_is_told_from_what_is_forbidden(ground):
    """An absent branch is made; one that may not be read is not."""
    one = ground()

    assert one.github().look_for("/git/ref/heads/none") is None
    with pytest.raises(Unreachable, match="does not let us in"):
        one.github("ghs_other").ask("POST", "/git/refs", {"ref": "refs/heads/x", "sha": "0" * 40})


def test_a_refusal_of_the_graph_is_one_although_its_status_is_200(ground):
    """Otherwise a commit that was not made would be taken for one."""
    one = ground()
    with pytest.raises(Refused, match="GitHub says 422: not known here"):
        one.github().graph("query { viewer { login } }", {})


def test_the_moment_is_that_of_github(ground):
    """It is compared with moments that GitHub wrote; the clock of a machine may be wrong."""
    one = ground()
    one.fake.tick(90)

    assert "2026-11-22T01:30:00Z" == one.github().moment()


@pytest.mark.parametrize("how", ["503", "cut"])
def test_what_may_have_been_done_is_not_asked_for_again(ground, how):
    """A second comment is one too many."""
    one = ground(Fault("POST .*/comments", how, is_after=True))
    one.fake.pull(7, one.fake.repository.commit("fair", {"a": b"x"}))
    with pytest.raises(Unanswered):
        one.github().ask("POST", "/issues/7/comments", {"body": "x"})

    assert 1 == len(one.fake.repository.comments)


def test_the_token_is_in_no_message(ground):
    """Logs of public repositories are public."""
    with pytest.raises(WrongUse) as told:
        GitHub(REPOSITORY, "ghs geheim")
    assert "geheim" not in str(told.value)

    one = ground(Fault(".*", "401"))
    with pytest.raises(Unreachable) as told:
        one.github().look("")
    assert TOKEN not in str(told.value)
    assert TOKEN not in repr(one.room())


@pytest.mark.parametrize(
    ("base", "graph"), [("https://api.github.com", "https://api.github.com"), ("https://git.example/api/v3", "https://git.example/api")]
)
def test_a_github_of_ones_own_has_its_graph_beside_it(base, graph):
    """Its interface stands at another place than the public one's."""
    assert graph == GitHub(REPOSITORY, TOKEN, base)._graph_door().base
