"""One link and all that can become of it."""

import socket
import ssl
from dataclasses import replace

import pytest
from tests.outside.sites import site
from tests.sending.certificates import certificates

from handbill.outside import reaching
from handbill.outside.asking import Asker
from handbill.outside.reaching import NoName
from handbill.outside.record import Answer, Outcome

QUICK = Asker("https://atelier.example/", is_local=True, timeout_s=0.4)


@pytest.fixture(scope="module")
def here():
    with site() as found:
        yield found


@pytest.mark.parametrize(
    ("path", "expected"),
    [
        ("/page", Answer(Outcome.ANSWERS, "answers")),
        ("/no-head", Answer(Outcome.ANSWERS, "answers")),
        ("/lying-head", Answer(Outcome.ANSWERS, "answers")),
        ("/hung-up-head", Answer(Outcome.ANSWERS, "answers")),
        ("/endless", Answer(Outcome.ANSWERS, "answers")),
        ("/found/page", Answer(Outcome.ANSWERS, "answers")),
        ("/see/page", Answer(Outcome.ANSWERS, "answers")),
        ("/status/404", Answer(Outcome.GONE, "no page", "404")),
        ("/status/410", Answer(Outcome.GONE, "no page", "410")),
        ("/moved/status/404", Answer(Outcome.GONE, "no page", "404")),
        ("/status/401", Answer(Outcome.CLOSED, "no programs", "401")),
        ("/status/403", Answer(Outcome.CLOSED, "no programs", "403")),
        ("/status/451", Answer(Outcome.CLOSED, "no programs", "451")),
        ("/status/999", Answer(Outcome.CLOSED, "no programs", "999")),
        ("/busy", Answer(Outcome.CLOSED, "busy", "86400")),
        ("/status/500", Answer(Outcome.SILENT, "failed", "500")),
        ("/status/503", Answer(Outcome.SILENT, "failed", "503")),
        ("/circle", Answer(Outcome.SILENT, "circle")),
        ("/script", Answer(Outcome.GONE, "astray", "javascript:alert(1)")),
        ("/file", Answer(Outcome.GONE, "astray", "file:///etc/passwd")),
        ("/nowhere", Answer(Outcome.SILENT, "nonsense")),
        ("/rubbish", Answer(Outcome.SILENT, "nonsense")),
        ("/headers", Answer(Outcome.SILENT, "nonsense")),
        ("/hung-up", Answer(Outcome.SILENT, "broken", "–")),
        ("/silent", Answer(Outcome.SILENT, "timeout")),
        ("/drip", Answer(Outcome.SILENT, "timeout")),
        ("/a page?q=é&r=%20", Answer(Outcome.ANSWERS, "answers")),
    ],
)
def test_each_answer_means_what_a_member_would_find(here, path, expected):
    """A list of false alarms is read once; a dead link that counts as well is worse than none looked at."""
    assert expected == QUICK.ask(here.url(path))


@pytest.mark.parametrize(
    ("path", "new"),
    [
        ("/moved/page", "/page"),
        ("/lasting/page", "/page"),
        ("/moved/lasting/page", "/page"),
        ("/moved/found/page", "/found/page"),
        ("/accents", "/page/été"),
    ],
)
def test_what_moved_for_good_is_told_with_its_new_address(here, path, new):
    """An editor writes the new address down; one that holds for today only would be wrong tomorrow."""
    assert Answer(Outcome.MOVED, "moved", new=here.url(new)) == QUICK.ask(here.url(path))


def test_a_page_that_became_the_front_page_is_gone(here):
    """Sites that were made anew send every old address to their beginning; a member finds nothing of what was promised there."""
    assert Answer(Outcome.GONE, "front page", new=here.url("/")) == QUICK.ask(here.url("/moved/found/"))
    assert Answer(Outcome.MOVED, "moved", new=here.url("/")) == QUICK.ask(here.url("/moved/"))
    assert Answer(Outcome.ANSWERS, "answers") == QUICK.ask(here.url("/"))


def test_nothing_of_a_page_is_read(here):
    """What a page says is nobody's business here, and may be without an end."""
    with site() as own:
        QUICK.ask(own.url("/page"))

        assert {"HEAD /page": 1} == own.asked


def test_a_site_can_find_out_who_asks(here):
    """Whoever keeps a site may want to write to us, or to refuse us by name."""
    with site() as own:
        QUICK.ask(own.url("/page"))

        assert {"Mozilla/5.0 (compatible; Handbill links; +https://atelier.example/)"} == own.agents


def test_where_nobody_listens_the_whole_site_is_silent():
    """Each further page of it would be another wait."""
    with socket.create_server(("127.0.0.1", 0)) as closed:
        port = closed.getsockname()[1]

    found = QUICK.ask(f"http://localhost:{port}/page")

    assert (Outcome.SILENT, "refused", True) == (found.outcome, found.why, found.of_host)


@pytest.mark.parametrize(("is_final", "outcome"), [(True, Outcome.GONE), (False, Outcome.SILENT)])
def test_a_name_that_is_given_up_is_no_passing_trouble(is_final, outcome):
    """A domain that ran out is bought by somebody else; a name server that is down is back in an hour."""

    def resolve(host, port):
        raise NoName(is_final=is_final)

    assert Answer(outcome, "no name", "ailleurs.fr", of_host=True) == Asker("", resolve=resolve).ask("https://ailleurs.fr/page")


@pytest.mark.parametrize("which", ["good", "other", "old", "unknown"])
def test_a_certificate_that_browsers_refuse_is_told(tmp_path, monkeypatch, which):
    """A member who follows the link sees a warning over the whole window, and blames the hub."""
    papers = certificates(tmp_path)
    context = ssl.create_default_context(cafile=None if which == "unknown" else str(papers.authority))
    monkeypatch.setattr(reaching, "_context", lambda: context)
    with site(getattr(papers, "good" if which == "unknown" else which)) as own:
        found = QUICK.ask(own.url("/page"))

        assert (which == "good") == ("HEAD /page" in own.asked)
    assert (Answer(Outcome.ANSWERS, "answers") if which == "good" else (Outcome.UNSAFE, "certificate", True)) == (
        found if which == "good" else (found.outcome, found.why, found.of_host)
    )


def test_encryption_with_a_site_that_has_none_is_told(here):
    """A port that was written down wrong."""
    found = QUICK.ask(f"https://localhost:{here.port}/page")

    assert Outcome.UNSAFE is found.outcome


@pytest.mark.parametrize(
    "address",
    [
        "http://127.0.0.1/", "http://localhost/", "http://10.1.2.3/", "http://192.168.1.1/admin", "http://169.254.169.254/latest/meta-data/",
        "http://[::1]/", "http://[::ffff:10.0.0.1]/", "http://[64:ff9b::7f00:1]/", "http://[2002:7f00:1::]/", "http://[fe80::1]/",
        "http://0.0.0.0/", "http://0x7f000001/", "http://2130706433/", "http://127.1/", "http://224.0.0.1/", "http://100.64.0.1/",
        "http://192.0.2.1:25/", "https://atelier.example/", "https://x.test/", "https://drucker.local/", "https://a.internal/",
    ],
)  # fmt: skip
def test_the_inside_is_never_asked(address):
    """A stranger may propose a link; the machine that asks may stand where others trust it."""
    found = Asker("").ask(address)

    assert Outcome.UNASKED is found.outcome or found.why == "no name"
    assert found.why in ("inside", "no name")


@pytest.mark.parametrize(
    "address", ["http://user:word@ailleurs.fr/", "ftp://ailleurs.fr/", "http://", "http://a b/", "http://[x/", "http://x:99999/"]
)
def test_what_is_no_address_is_not_asked(address):
    """A password in a link would be handed to whoever answers."""
    assert Outcome.UNASKED is Asker("", resolve=lambda *_: ()).ask(address).outcome


def test_the_number_that_was_looked_at_is_the_one_that_is_asked():
    """A name that means another machine the second time is how one gets behind a door that was only looked at."""
    times = []

    def resolve(host, port):
        times.append(host)
        return ("203.0.113.9", "127.0.0.1") if len(times) == 1 else ("127.0.0.1",)

    with site() as own:
        found = Asker("", timeout_s=0.2, resolve=resolve).ask(f"http://ailleurs.fr:{own.port}/page")

        assert not own.asked
    assert found.outcome is not Outcome.ANSWERS


def test_a_redirection_to_the_inside_is_not_followed():
    """The first address looks well; the second is the one that counts."""

    def resolve(host, port):
        return ("127.0.0.1",) if host == "ailleurs.fr" else (host,)

    with site() as own:
        # This machine may be asked as “ailleurs.fr” here; what it leads to is looked at by the rule of all others.
        answer = Asker("", is_local=True, timeout_s=0.4, resolve=resolve).ask
        strict = Asker("", timeout_s=0.4, resolve=lambda *_: ("169.254.169.254",))

        assert Outcome.UNASKED is strict.ask(own.url("/inside").replace("localhost", "ailleurs.fr")).outcome
        assert Outcome.ANSWERS is not answer(own.url("/inside").replace("localhost", "ailleurs.fr")).outcome


def test_a_chain_of_slow_sites_takes_no_longer_than_one():
    """Each hop may be just fast enough; eight of them, three times over, outlast what the whole command was given."""
    with site() as slow:
        assert Answer(Outcome.SILENT, "timeout") == QUICK.ask(slow.url("/far-off"))


def test_no_answer_steers_the_screen_on_which_it_is_shown():
    """Whoever keeps a linked site could clear an editor's terminal, or write there what we never found."""
    with site() as sly:
        assert sly.url("/page/%1B[2J") == QUICK.ask(sly.url("/signs")).new
        assert Answer(Outcome.CLOSED, "busy", "–") == QUICK.ask(sly.url("/busy-signs"))


def test_a_hub_under_a_name_in_any_letters_can_ask():
    """A header takes plain letters alone, and without it every site seemed to be silent."""
    with site() as there:
        assert Outcome.ANSWERS is replace(QUICK, contact="https://ателье.fr/").ask(there.url("/page")).outcome
        assert any("+https://%D0%B0" in one for one in there.agents)


def test_an_address_with_a_password_is_not_asked(here):
    """It would go to whoever keeps the site, and into what is shown of the answers."""
    assert Answer(Outcome.UNASKED, "no address") == QUICK.ask(here.url("/page").replace("://", "://ada:secret@"))
