"""The frame and what is kept out of it."""

import pytest
from tests.outputs.mail.letters import CARD, COLOURS, french, letter, templates, theme_files

from handbill.outputs.mail.fault import ThemeFault
from handbill.outputs.mail.template import BUTTON, HEAD, INLINED, MOST_SEEN, OUTLOOK, frames

FRAME = "<mjml><mj-body>{}</mj-body></mjml>"


def test_nothing_that_anyone_wrote_is_in_the_frame():
    """The MJML parser glues words together, crashes on deep nesting, and lets text close its own element."""
    said = letter(CARD, subject="SUJET", preheader="CHAPEAU", title="TITRE", body="<p>CORPS</p>", community="COMMUNE")

    frame = templates().frame(said, french())

    for word in ("SUJET", "CHAPEAU", "TITRE", "CORPS", "COMMUNE", "réparation", "essai.example"):
        assert word not in frame.mjml
        assert any(word in one for one in frame.kept), word


def test_a_button_is_made_by_the_theme():
    """A community that wants round ones changes one file."""
    own = "{% macro button(attributes, label) %}<i {{ attributes }}>{{ label }}</i>{% endmacro %}"
    body = '<p>a</p>\n<p><strong><a href="x&amp;y">Je <em>viens</em></a></strong></p>'

    frame = templates(button_html=own, letter_mjml=FRAME.format("{{ content[0] | kept }}")).frame(letter(body=body), french())

    assert ('<p>a</p>\n<i href="x&amp;y">Je <em>viens</em></i>',) == frame.kept


@pytest.mark.parametrize(("expected", "preheader"), [(MOST_SEEN - 5, "Trois"), (0, "x" * MOST_SEEN)])
def test_a_preheader_fills_its_line_in_an_inbox(expected, preheader):
    """Else the next words of the letter stand there, which are those of a link."""
    (kept,) = templates(letter_mjml=FRAME.format("{{ letter.preheader | alone | kept }}")).frame(letter(preheader=preheader), french()).kept

    assert kept.startswith(preheader)
    assert expected == kept.count("\u2007") == kept.count("\u034f")


def test_a_mark_in_a_text_stays_a_text():
    """Someone may write @@0@@ in a letter, and it must not become another part of it."""
    frame = templates(letter_mjml=FRAME.format("{{ letter.title | kept }} {{ letter.subject | kept }}")).frame(
        letter(title="@@1@@", subject="deux"), french()
    )

    assert frame.complete(frame.mjml) == "<mjml><mj-body>@@1@@ deux</mj-body></mjml>"


def test_plain_text_is_escaped_and_cleaned_html_is_not():
    """A title with a tag in it is a title."""
    frame = templates(letter_mjml=FRAME.format("{{ letter.title | kept }}{{ content[0] | kept }}")).frame(
        letter(title='<b> & "c"', body="<p>oui</p>"), french()
    )

    assert frame.kept == ("&lt;b&gt; &amp; &#34;c&#34;", "<p>oui</p>")


def test_a_part_that_the_frame_lost_is_told():
    """A letter without its text must not be sent."""
    frame = templates(letter_mjml=FRAME.format("{{ letter.title | kept }}")).frame(letter(), french())

    with pytest.raises(ThemeFault, match="drops it"):
        frame.complete("<html></html>")


def test_colours_are_written_out_and_the_accent_is_the_community_s_own():
    """Few mail programs know custom properties."""
    said = letter(colours=tuple((dict(COLOURS) | {"accent": "#123456", "dark-accent": "#abcdef"}).items()))
    made = templates()

    assert "var(" not in made.inlined(said)
    assert ":root" not in made.inlined(said)
    assert "#123456" in made.inlined(said)
    assert any("#abcdef" in one and "prefers-color-scheme: dark" in one for one in made.frame(said, french()).kept)


@pytest.mark.parametrize(
    ("file", "content", "told"),
    [
        ("letter_mjml", "line\n{{ letter.nothing }}", r"letter\.mjml:2: .*has no attribute 'nothing'"),
        ("letter_mjml", 'line\n\n{{ letter.number + "x" }}', r"letter\.mjml:3: .*unsupported operand"),
        ("leaf_html", "{% macro leaf(card, state) %}\n{{ nothing.at.all }}{% endmacro %}", r"leaf\.html:2: .*'nothing' is undefined"),
        ("letter_mjml", "line\n{% if %}", r"letter\.mjml:2"),
        ("letter_mjml", '{% include "none.html" %}', "none.html"),
        ("screen_css", "p { color: var(--none) }", "found no --none"),
        ("outlook_css", "p { color: var(--none) }", "found no --none"),
        ("button_html", "", "no macro of the name"),
    ],
)
def test_a_fault_in_a_theme_names_the_file(file, content, told):
    """Communities may change these files, and should not have to read a traceback."""
    made = templates(**{file: content})

    with pytest.raises(ThemeFault, match=told):
        made.frame(letter(CARD), french()), made.inlined(letter())


@pytest.mark.parametrize("missing", ["letter.mjml", BUTTON, INLINED, HEAD, OUTLOOK])
def test_a_theme_without_one_of_the_files_is_refused(missing):
    """An empty letter would be the alternative."""
    with pytest.raises(ThemeFault, match=missing):
        frames({name: text for name, text in theme_files().items() if name != missing})


def test_a_digest_goes_on_in_the_next_line_of_a_phone():
    """The digest of a frozen list stands in the letter for good; 64 signs in one piece would make the whole mail wider than a phone."""
    told = f"Empreinte : {'0a1b2c3d' * 8}. <b>"
    frame = templates(letter_mjml=FRAME.format("{{ letter.title | breaking | kept }}")).frame(letter(title=told), french())

    line = "<wbr>".join(["0a1b2c3d0a1b2c3d"] * 4)
    assert frame.complete(frame.mjml) == f"<mjml><mj-body>Empreinte : {line}. &lt;b&gt;</mj-body></mjml>"


def test_a_machine_that_fails_is_not_the_theme_s_fault():
    """What is told of a theme is remembered, and the next build would tell it again although the disk is mended."""

    class Failing(str):
        def __html__(self):
            raise OSError(5, "Input/output error")

    with pytest.raises(OSError, match="Input/output"):
        templates(letter_mjml=FRAME.format("{{ letter.title | escape }}")).frame(letter(title=Failing("x")), french())
