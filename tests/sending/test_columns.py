"""The first row of a list."""

from handbill.sending.columns import columns_of


def test_columns_are_known_in_two_languages():
    """Lists come from programs in both."""
    assert {"email": 1, "lang": 0} == columns_of(["Langue", "Adresse électronique"]).at == columns_of(["language", "E-mail"]).at
