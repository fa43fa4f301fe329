"""The list of members."""

from handbill.sending.contract import Member
from handbill.sending.keys import member_key, member_token
from handbill.sending.members import members_of, suppressed_of

SECRET = bytes(range(32))


def test_each_row_is_a_member(tmp_path):
    """The plainest list of all."""
    file = tmp_path / "membres.csv"
    file.write_text("email;langue\nada@lettre.example;fr\neve@lettre.example;en-GB\n", encoding="utf-8")

    assert [
        Member(row, address, member_key(SECRET, address), member_token(SECRET, "main", address), lang)
        for row, address, lang in [(2, "ada@lettre.example", "fr"), (3, "eve@lettre.example", "en")]
    ] == list(members_of(file, SECRET, "main", ("fr", "en")))


def test_a_member_who_left_is_known_by_key(tmp_path):
    """However the address is written."""
    file = tmp_path / "stop.txt"
    file.write_text("# partis\nAda@lettre.example\n\n", encoding="utf-8")

    assert [member_key(SECRET, "ada@lettre.example")] == list(suppressed_of(file, SECRET))
