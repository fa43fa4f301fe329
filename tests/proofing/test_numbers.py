"""IBAN, payment cards and French social security numbers: by their check digits, so that other digits pass."""

import pytest

from handbill.proofing.galley import Galley
from handbill.proofing.house import House
from handbill.proofing.numbers import accounts, cards, chains, insured


def found(finder, text: str, public: tuple[str, ...] = ()) -> list[str]:
    galley = Galley(text)
    return [text[start:end] for start, end in finder(galley, House(public), chains(galley))]


@pytest.mark.parametrize(
    "written",
    [
        "FR14 2004 1010 0505 0001 3M02 606",
        "FR1420041010050500013M02606",
        "fr14 2004 1010 0505 0001 3m02 606",
        "FR14\u00a02004\u00a01010\u00a00505\u00a00001\u00a03M02\u00a0606",
        "BE68 5390 0754 7034",
        "DE89-3704-0044-0532-0130-00",
        "MT84 MALT 0110 0001 2345 MTLC AST0 01S",
        "GB29 NWBK 6016 1331 9268 19",
        "CH93 0076 2011 6238 5295 7",
        "LC14 BOSL 1234 5678 9012 3456 7890 1234",
        "NO93 8601 1117 947",
    ],
)
def test_a_bank_account_is_found_in_every_grouping(written):
    """An IBAN is enough to take money."""
    for text in (f"IBAN : {written}.", f"{written} BIC PSSTFRPPXXX", f"({written})", f"au {written}, merci"):
        assert [written] == found(accounts, text), text


@pytest.mark.parametrize("text", ["FR14 2004 1010 0505 0001 3M02 607", "FR14 2004 1010 0505 0001 3M02 60", "XX14 2004 1010 0505 0001 3M02 606", "AFR1420041010050500013M02606", "FR1420041010050500013M026061"])
def test_an_account_with_a_wrong_digit_is_none(text):
    """One in ninety-seven of all other numbers would pass; with its country and length, hardly any."""
    assert [] == found(accounts, text)


@pytest.mark.parametrize("written", ["4539 1488 0343 6467", "4539-1488-0343-6467", "4539148803436467", "5425 2334 3010 9903", "3782 822463 10005", "378282246310005", "3056 930902 5904", "6011 1111 1111 1117", "2223 0031 2200 3222", "4111111111111111"])
def test_a_card_is_found(written):
    """Who reads it buys with it."""
    assert [written] == found(cards, f"La carte {written}, expirée.")


@pytest.mark.parametrize("text", ["4539 1488 0343 6468", "0000 0000 0000 0000", "Colis 4539148803436467", "SIRET 36252187900034", "IMEI 490154203237518", "EAN 4006381333931", "https://x.fr/4539148803436467", "453914880343646712", "0.4539148803436467"])
def test_other_long_numbers_are_no_cards(text):
    """Parcels, companies and articles have long numbers too."""
    assert [] == found(cards, text)


@pytest.mark.parametrize("written", ["2 69 05 49 588 157 80", "269054958815780", "1 91 07 2A 004 012 02", "1 91 07 2a 004 012 02", "2\u00a069\u00a005\u00a049\u00a0588\u00a0157\u00a080"])
def test_a_social_security_number_is_found_by_its_key(written):
    """It names a person for life: sex, month and place of birth."""
    assert [written] == found(insured, f"Dossier de {written}.")


def test_without_its_key_it_is_found_by_the_words_before():
    """Thirteen digits alone are also a code of an article."""
    assert ["2 69 05 49 588 157"] == found(insured, "Numéro de sécurité sociale : 2 69 05 49 588 157")
    assert [] == found(insured, "Article 2 69 05 49 588 157")
    assert [] == found(insured, "2 69 05 49 588 157 81")


def test_the_accounts_of_the_community_can_be_confirmed():
    """An association gives its IBAN to those who pay their membership."""
    assert [] == found(accounts, "FR14 2004 1010 0505 0001 3M02 606", ("FR1420041010050500013M02606",))


def test_a_day_is_no_chain_of_digits():
    """Every front matter holds one; most posts must be ruled out without a careful look."""
    assert [] == chains(Galley("date: 2026-11-16 09:00\nexcept: [2026-01-02, 2026-02-03]\n"))
