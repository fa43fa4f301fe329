"""Which machines may be asked."""

import pytest
from tests.cases import for_each

from handbill.outside import reaching
from handbill.outside.reaching import Inside, NoName, connected, is_open, is_reserved, resolved


@pytest.mark.parametrize("number", ["93.184.215.14", "2606:2800:21f:cb07:6820:80da:af6b:8b2c", "8.8.8.8"])
def test_machines_of_the_open_network_are_open(number):
    """Otherwise no link could be asked."""
    assert is_open(number)


@for_each(
    "number",
    [
        "127.0.0.1", "10.0.0.1", "172.16.0.1", "192.168.0.1", "169.254.169.254", "100.64.0.1", "0.0.0.0", "255.255.255.255", "224.0.0.1",  # noqa: S104 - a number that nothing is bound to
        "192.0.2.1", "198.18.0.1", "240.0.0.1", "::1", "::", "fe80::1", "fe80::1%eth0", "fc00::1", "ff02::1", "::ffff:127.0.0.1",
        "::ffff:10.0.0.1", "64:ff9b::a00:1", "2002:a00:1::", "2001:db8::1", "2001:0:a00:1::", "no number", "",
        "168.63.129.16", "192.0.0.192", "::ffff:168.63.129.16", "64:ff9b:1::a00:1", "fec0::1", "::7f00:1",
    ],
)  # fmt: skip
def test_machines_of_a_network_of_ones_own_are_not(number):
    """One of them may give away keys to whoever asks from inside, as machines of clouds do at 169.254.169.254."""
    assert not is_open(number)


@pytest.mark.parametrize(
    ("host", "expected"),
    [("atelier.example", True), ("localhost", True), ("a.LOCAL.", True), ("example.org", False), ("notexample", False)],
)
def test_names_of_examples_lead_nowhere(host, expected):
    """The demo is full of them, and to ask for them is noise."""
    assert expected is is_reserved(host)


@pytest.mark.parametrize("ending", ["example", "test", "invalid", "localhost", "local", "internal", "onion", "alt", "home.arpa"])
def test_each_ending_that_nobody_can_have_is_known(ending):
    """To ask for it would tell whoever keeps the names what a network is called inside."""
    assert is_reserved(f"atelier.{ending}")
    assert not is_reserved(f"atelier.{ending}.fr")


@pytest.mark.parametrize(("port", "expected"), [(80, True), (443, True), (1023, False), (1024, True)])
def test_the_ports_of_the_web_and_those_that_anybody_may_open_are_asked(monkeypatch, port, expected):
    """Below lie mail, files and the like."""
    asked = []
    monkeypatch.setattr(reaching.socket, "create_connection", lambda to, *_: asked.append(to))
    try:
        connected("http", "ailleurs.fr", port, 0.2, lambda *_: ("8.8.8.8", "2001:4860:4860::8888"))
    except Inside:
        assert not expected
    assert ([("8.8.8.8", port)] if expected else []) == asked


def test_where_one_network_is_missing_the_other_is_tried(monkeypatch):
    """Many machines have addresses of IPv6 and no way out by them, or the other way round."""
    asked = []

    def create(to, timeout):
        asked.append(to[0])
        if "." in to[0]:
            raise OSError("no way")

    monkeypatch.setattr(reaching.socket, "create_connection", create)
    connected("http", "ailleurs.fr", 80, 0.2, lambda *_: ("2001:4860:4860::8888", "8.8.8.8", "8.8.4.4"))

    assert ["8.8.8.8", "2001:4860:4860::8888"] == asked


def test_a_name_of_inside_is_not_connected():
    """What a name says is decided by whoever owns it."""
    with pytest.raises(Inside):
        connected("http", "ailleurs.fr", 80, 0.2, lambda *_: ("10.0.0.1", "::1"))


@pytest.mark.parametrize("port", [22, 25, 110, 995])
def test_ports_of_other_programs_are_not_asked(port):
    """A mail server would take a question of ours for the beginning of a mail."""
    with pytest.raises(Inside):
        connected("http", "ailleurs.fr", port, 0.2, lambda *_: ("8.8.8.8",))


def test_a_name_that_nobody_can_have_is_given_up():
    """A label of more than 63 letters is refused before anybody is asked."""
    with pytest.raises(NoName) as refusal:
        resolved("a" * 70 + ".fr", 80)

    assert refusal.value.is_final
