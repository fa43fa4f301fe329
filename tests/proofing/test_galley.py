"""What is code, what is an address, and where a sign stands."""

import time

import pytest

from handbill.proofing.galley import Claims, Galley, plain

FRONT = "---\ntitle: Un titre\nsummary: |\n  Deux\n  lignes\n---\n\n"


def galley(body: str) -> Galley:
    """Return the galley of a post with this text."""
    return Galley(FRONT + body, 8)


def in_code(body: str, word: str) -> bool:
    one = galley(body)
    return one.in_code(one.text.index(word))


def in_address(body: str, word: str) -> bool:
    one = galley(body)
    return one.in_address(one.text.index(word))


def test_a_place_counts_lines_and_characters_from_one():
    """Editors go to “line 8, column 4”; a column counts characters, not bytes."""
    one = galley("été ici\n")

    assert (1, 1) == one.place(0)
    assert (8, 5) == one.place(one.text.index("ici"))


def test_a_place_in_front_matter_knows_its_field():
    """“summary: found …” is read faster than a line number, even in a value of several lines."""
    one = galley("texte")

    assert ["title", "summary", ""] == [one.field(one.text.index(word)) for word in ("Un titre", "lignes", "texte")]


def test_code_is_told_from_text():
    """A term in a program is no word of the community's."""
    assert in_code("a `mot` b", "mot")
    assert in_code("a ``x ` mot`` b", "mot")
    assert in_code("```sh\nmot\n```\n", "mot")
    assert in_code("~~~\nmot\n", "mot")
    assert in_code("> ```\n> mot\n> ```\n", "mot")
    assert in_code("- a\n\n  ```\n  mot\n  ```\n", "mot")
    assert in_code("texte\n\n    mot\n", "mot")


def test_text_is_told_from_code():
    """A stray backtick must not hide the rest of a post from the proof-readers."""
    assert not in_code("a ` mot b", "mot")
    assert not in_code("a `b` mot `c` d", "mot")
    assert not in_code("a ` b\n\nmot ` c", "mot")
    assert not in_code(r"a \`mot\` b", "mot")
    assert not in_code("```\na\n```\nmot\n", "mot")
    assert not in_code("- a\n\n    mot\n", "mot")
    assert not in_code("texte\n    mot\n", "mot")
    assert not in_code("` ```\na\n\nmot", "mot")


def test_addresses_are_told_from_what_is_read():
    """What members read is proof-read; where a link leads is not."""
    assert in_address("[a](b/mot.md)", "mot")
    assert in_address("<https://mot.example/>", "mot")
    assert in_address("voir https://x.example/mot, puis", "mot")
    assert in_address("[a]: https://x.example/mot\n", "mot")
    assert in_address('<a href="mot">a</a>', "mot")
    assert in_address("<!-- a\nmot -->", "mot")
    assert not in_address("[mot](b.md)", "mot")
    assert not in_address("[^1]: mot\n", "mot")
    assert not in_address("<!-- a --> mot", "mot")
    assert not in_address("<!-- mot", "mot")
    assert not in_address("2 < mot", "mot")


def test_small_letters_keep_their_places():
    """A place found in the plain text is used in the text as written; İ in small letters would be two."""
    for text in ("İSTANBUL ’ l’Été", "12\u00a0500\u202f€", "ẞ ﬁ ŒUVRE 🏳️‍🌈"):
        assert len(text) == len(Galley(text).lower) == len(plain(text))


@pytest.mark.long
def test_a_hostile_text_takes_time_in_proportion():
    """A proposal from a stranger must not hold up the build."""

    def seconds(n: int) -> float:
        best = 9.0
        for _ in range(2):
            start = time.process_time()
            for sample in ("`" * n, "` `` " * (n // 5), "<!--" * (n // 4), "<a" * (n // 2), "](" * (n // 2), "- " * (n // 2), "```\n" * (n // 4)):
                one = Galley(sample)
                one.in_code(0)
                one.in_address(0)
            best = min(best, time.process_time() - start)
        return best

    seconds(1000)
    assert seconds(65_536) < 3.5 * seconds(32_768)


def test_a_place_is_claimed_once():
    """A password with an @ in it is no mail address as well."""
    claims = Claims()

    assert [True, False, False, True, True, False] == [claims.take(*span) for span in ((5, 9), (5, 9), (8, 12), (9, 12), (0, 5), (0, 40))]
