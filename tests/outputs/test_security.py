"""Who finds a fault learns whom to tell: where programs look, as RFC 9116 wants it, and the same for every build of a month."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from tests.cases import for_each
from tests.hubs import load_village, moment, write

from handbill.outputs.security import expires, make, plan, security_txt

HUB = '[hub]\nname = "Essai"\nbase_url = "{address}"\nlang = "fr"\nlanguages = ["fr", "en"]\n[legal]\nsecurity = "{contact}"\n'


def hub(tmp_path, contact="securite@essai.example", address="https://essai.example/"):
    loaded, settings = load_village(root=write(tmp_path, {"hub.toml": HUB.format(contact=contact, address=address)}))
    return loaded.hub, settings


def test_the_file_says_whom_to_tell_and_until_when(tmp_path):
    """The four lines that finders of faults and their programs read."""
    one, settings = hub(tmp_path)
    planned = list(plan(one, settings))

    assert [".well-known/security.txt"] == [each.path for each in planned]
    [made] = make(planned, settings, tmp_path)
    assert (
        b"Contact: mailto:securite@essai.example\n"
        b"Expires: 2027-02-28T23:59:59Z\n"
        b"Preferred-Languages: fr, en\n"
        b"Canonical: https://essai.example/.well-known/security.txt\n"
    ) == made.content


def test_a_page_may_be_the_contact(tmp_path):
    """A form keeps the address of the person who answers to itself."""
    one, settings = hub(tmp_path, "https://essai.example/securite/")

    assert security_txt(one.as_of, settings).startswith("Contact: https://essai.example/securite/\n")


def test_there_is_no_file_without_a_contact_or_below_a_path(tmp_path):
    """Nobody would find it there, and nobody would answer."""
    assert [] == list(plan(*hub(tmp_path, address="https://essai.example/atelier/")))
    loaded, settings = load_village()
    assert [] == list(plan(loaded.hub, settings))


def test_every_build_of_a_month_makes_the_same_file(tmp_path):
    """A line that changes each day would make every build look new."""
    _, settings = hub(tmp_path)

    assert security_txt(moment("2026-03-01 00:00"), settings) == security_txt(moment("2026-03-31 23:59"), settings)
    assert security_txt(moment("2026-03-31 23:59"), settings) != security_txt(moment("2026-04-01 00:00"), settings)


@for_each("month", range(1, 13))
@for_each("year", [2026, 2027, 2028])
def test_the_file_counts_for_less_than_a_year_and_more_than_ten_months(year, month):
    """RFC 9116 recommends less than a year, and a hub is not built every day."""
    first = datetime(year, month, 1, tzinfo=UTC)
    end = datetime.fromisoformat(expires(first).replace("Z", "+00:00"))

    assert end < first.replace(year=year + 1)
    assert timedelta(days=333) < end - first
