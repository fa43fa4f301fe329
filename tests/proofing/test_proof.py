"""All proof-readers over one text."""

from handbill.hub.fields import Desk
from handbill.proofing.proof import House, proof


def test_a_clean_text_gets_no_mark():
    """A proof-reader who marks everything is not read."""
    desk = Desk("content/posts/a.md", "Europe/Paris")

    proof("---\ntitle: Un titre\n---\n\nUn texte, simplement.\n", 5, House(), desk)

    assert [] == desk.problems
