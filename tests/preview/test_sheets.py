"""A page of the preview's own needs nobody else, and says what it is in the editor's language."""

from tests.preview.letters import sheet

from handbill.preview.sheets import LETTERS, POLICY


def test_a_page_fetches_from_the_preview_alone():
    """An editor on a train proofs as well."""
    html = sheet().page("Un titre & plus", "texte")

    assert 'href="/__handbill/letters/panes.css"' in html
    assert LETTERS.startswith("/__handbill/")
    assert "http" not in html
    assert "<title>Un titre &amp; plus</title>" in html


def test_nothing_of_a_text_runs_on_it():
    """Letters come from forks too."""
    assert "script-src 'self'" in POLICY
    assert "unsafe" not in POLICY


def test_numbers_and_states_are_in_the_words_of_the_editor():
    """32 kilobytes are 32 Ko."""
    assert "32\u00a0Ko" == sheet("fr").kilobytes(32_400).replace(" ", "\u00a0")
    assert '<span class="stamp due">à figer</span>' == sheet("fr").stamp("due")
