"""Texts of ours stand in XML as Python itself would write them."""

import subprocess
import sys
from xml.sax import saxutils

import pytest

from handbill.outputs.xml_text import attribute, escape

TEXTS = ["", "Le puits", "a & b < c > d", "&amp;", 'say "yes"', "it's", "\"it's\"", "one\ntwo\r\n\tthree", "»’é\u2028", "]]>"]


@pytest.mark.parametrize("text", TEXTS)
def test_between_tags(text):
    assert saxutils.escape(text) == escape(text)


@pytest.mark.parametrize("text", TEXTS)
def test_as_an_attribute(text):
    assert saxutils.quoteattr(text) == attribute(text)


def test_no_web_client_is_loaded_to_plan_the_site():
    """Each edit would wait for it."""
    program = "import sys; from handbill.outputs import outputs, late_outputs; outputs(), late_outputs(); print(*sys.modules)"
    loaded = set(subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True).stdout.split())

    assert set() == loaded & {"urllib.request", "ssl", "http.client", "importlib.metadata", "PIL.Image", "jinja2", "pelican", "docutils", "segno"}
