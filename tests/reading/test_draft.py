"""What is kept of a text, and how it begins."""

import subprocess
import sys

from handbill.hub.item import Body, Heading
from handbill.reading.draft import teaser


def test_a_teaser_is_cut_at_a_word_and_leaves_out_headings():
    """A list shows sentences, not titles glued to them."""
    body = Body(blocks=("Titre", "Une phrase \x020\x03avec lien.", "mot " * 100), headings=(Heading(2, "titre", "Titre"),))

    assert "Une phrase avec lien. mot mot mot mot…" == teaser(body, 40)


def test_what_was_read_before_is_used_without_the_rules_of_reading():
    """To load the proof-readers' rules takes as long as to check a small hub in which nothing changed."""
    script = "import sys, handbill.reading.load; print([one for one in sys.modules if one in ('comrak', 'nh3', 'handbill.reading.drafting')])"

    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)
    assert "[]" == done.stdout.strip()
