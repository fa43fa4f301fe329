"""The renderer of the frame, with what it leaves undone."""

import pytest

from handbill.outputs.mail.mjml import Flawed, rendered


def document(inner: str) -> str:
    body = f"<mj-section><mj-column>{inner}</mj-column></mj-section>"
    return f'<mjml lang="fr" dir="ltr"><mj-body>{body}</mj-body></mjml>'


def test_the_frame_names_its_language_twice_and_keeps_the_way_out_for_old_outlooks():
    """Some programs throw away the html element, others know no widths but those of tables."""
    html = rendered(document("<mj-text>@@0@@</mj-text>"))

    assert html.count('lang="fr" dir="ltr"') == 2
    assert "<!--[if mso | IE]><table" in html
    assert ">@@0@@</div>" in html


def test_no_font_is_fetched_from_a_third_party():
    """The default of the renderer asks Google for every font that it knows."""
    html = rendered(document('<mj-text font-family="Roboto, Lato, sans-serif">x</mj-text>'))

    assert "Roboto" in html
    assert "fonts.googleapis.com" not in html


def test_what_the_renderer_writes_wrong_is_repaired():
    """Each of these is an error for the HTML checker, and a picture without alt is read out by its address."""
    html = rendered(document('<mj-image src="a.png" width="80px" /><mj-button href="x">y</mj-button>'))

    assert 'height="auto"' not in html
    assert "vertical-align=" not in html
    assert 'alt=""' in html
    assert 'alt="z" alt' not in rendered(document('<mj-image alt="z" src="a.png" />')).replace('alt=""', "alt")


@pytest.mark.parametrize("broken", ["<mj-text>", "<mj-foo>x</mj-foo>", "<mj-text a=b>x</mj-text>"])
def test_a_frame_with_a_fault_is_refused_instead_of_sent(broken):
    """The renderer copies elements that it does not know into the mail."""
    with pytest.raises(Flawed, match="wanted"):
        rendered(document(broken))


def test_what_only_the_renderer_refuses_is_told_at_its_place():
    """It counts in bytes, and a letter has accents."""
    source = document("<mj-text>é</mj-text><mj-navbar><mj-raw>x</mj-raw></mj-navbar>")

    with pytest.raises(Flawed, match="our renderer refuses") as raised:
        rendered(source)

    assert source[raised.value.flaws[0].offset :].startswith(("<mj-raw", "mj-raw"))
