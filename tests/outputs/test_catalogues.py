"""What a hub's own catalogues lack, and what of them cannot be used."""

from __future__ import annotations

from babel.messages.pofile import read_po
from tests.hubs import load_village, write

from handbill.engine import engine_theme
from handbill.outputs.catalogues import WHOLE, left_in_english, own_faults


def test_a_copy_of_our_french_is_whole(tmp_path):
    """That is how a translator begins: every text is in it, none is missed."""
    root = write(tmp_path, {"theme/locale/oc.po": (engine_theme() / WHOLE).read_bytes()})
    _, settings = load_village(root=root, languages=("fr", "oc"))

    assert [] == list(left_in_english(settings)) == list(own_faults(settings))


def test_what_is_missing_is_named_and_counted(tmp_path):
    _, settings = load_village(root=write(tmp_path, {}), languages=("fr", "oc"))
    with (engine_theme() / WHOLE).open("rb") as file:
        count = sum(1 for message in read_po(file) if message.id)

    ((lang, path, missing, all_texts),) = left_in_english(settings)
    assert ("oc", "", count, count) == (lang, path, len(missing), all_texts)


def test_our_own_catalogues_are_no_business_of_a_hub(tmp_path):
    """A fault in ours would be told to somebody who cannot mend it."""
    root = write(tmp_path, {"theme/locale/fr.po": "nonsense\n"})

    assert [("theme/locale/fr.po", 1, "")] == list(own_faults(load_village(root=root)[1]))
