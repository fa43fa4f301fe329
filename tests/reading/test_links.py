"""Links between files become addresses once, or problems that say where to look."""

import pytest

from handbill.reading.links import Broken, Links, Target

LINKS = Links(
    {"content/posts/a.md": Target("/posts/a/", frozenset({"la-fin"})), "events/2026/foire.md": Target("/events/foire/")},
    {"content/pictures/été 1.png": Target("/media/pictures/ete-1.png")},
)


@pytest.mark.parametrize(
    ("written", "address"),
    [
        ("a.md", "/posts/a/"),
        ("./a.md#la-fin", "/posts/a/#la-fin"),
        ("../../events/2026/foire.md", "/events/foire/"),
        ("../../events/2026/foire.md#x", "/events/foire/#x"),
        ("a.md?plain=1", "/posts/a/"),
        ("../pictures/%C3%A9t%C3%A9%201.png", "/media/pictures/ete-1.png"),
        ("/posts/a/", "/posts/a/"),
        ("/posts/a", "/posts/a/"),
    ],
)
def test_a_path_to_a_file_becomes_its_address(written, address):
    """Editors link to files, as their own program and the forge show them; members get addresses."""
    assert address == LINKS.resolve(written, "content/posts/b.md")


@pytest.mark.parametrize("sign", [*"\"'<>`\\ \n\t", "\x01"])
def test_no_end_of_an_address_ends_the_value_that_it_stands_in(sign):
    """Behind the sign # anything can be written, and an attribute that runs something was."""
    answer = LINKS.resolve(f"../pictures/été 1.png#x{sign}onerror={sign}", "content/posts/b.md")

    assert isinstance(answer, str)
    assert sign not in answer
    assert answer.startswith("/media/pictures/ete-1.png#x%")


@pytest.mark.parametrize(
    ("written", "code"),
    [("z.md", "HB301"), ("../../../secret", "HB302"), ("..%2F..%2F..%2Fsecret", "HB302"), ("a.md#la-faim", "HB303"), ("/nowhere/", "HB301")],
)
def test_a_link_that_leads_nowhere_is_told(written, code):
    """A dead link in a letter cannot be called back."""
    answer = LINKS.resolve(written, "content/posts/b.md")

    assert isinstance(answer, Broken)
    assert code == answer.code


def test_only_pictures_are_proposed_for_a_picture():
    """A text that is named almost like the picture is no help."""
    answer = LINKS.resolve("a.png", "content/posts/b.md", is_picture=True)

    assert "a.md" not in answer.wanted


def test_a_link_to_a_document_is_told_that_documents_are_not_published():
    """The file lies beside the text: “does not exist” would send its editor looking for a slip that is none."""
    answer = LINKS.resolve("plan.pdf", "content/posts/a.md")

    assert "a link to plan.pdf, while no file that ends in .pdf is published" == answer.found
    assert "a text of the hub, or the address of that file elsewhere, which begins with https://" == answer.wanted
