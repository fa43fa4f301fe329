"""A tag with a slip is told; another subject is not."""

from __future__ import annotations

import pytest
from tests.hubs import load_village, text, write

from handbill.checking.tags import check_tags


def found(tmp_path, frequent, rare, times=3, lang="fr"):
    files = {f"content/posts/b{n}.md": text(tags=f'["{frequent}"]') for n in range(times)}
    files["content/posts/a.md"] = text(tags=f'["{rare}"]', lang=lang)
    loaded, settings = load_village(root=write(tmp_path, files))
    return [str(one) for one in check_tags(loaded.hub, settings)]


@pytest.mark.parametrize(
    ("frequent", "rare"),
    [
        ("menuiserie", "menusierie"),
        ("menuiserie", "menuiseri"),
        ("menuiserie", "menuisserie"),
        ("menuiserie", "menuizerie"),
        ("outil", "outils"),
        ("vélos", "vélo"),
        ("Jeux", "jeu"),
        ("bateau", "bateaux"),
        ("mode d’emploi", "mode d’emplois"),
        ("outil-thèque", "outilthèque"),
        ("électricité", "eletricite"),
        ("poterie", "poetrie"),
    ],
)
def test_a_slip_of_a_frequent_tag_is_told(tmp_path, frequent, rare):
    """The text would be missing from the subject's page and feed."""
    assert [f"content/posts/a.md:4:7: tags: found the tag “{rare}”, which no other item has, wanted “{frequent}”, as on 3 others, perhaps [HB313]"] == found(
        tmp_path, frequent, rare
    )


@pytest.mark.parametrize(
    ("frequent", "rare"),
    [
        ("bois", "fois"),
        ("bois", "bols"),
        ("poterie", "loterie"),
        ("couture", "toiture"),
        ("atelier 1", "atelier 2"),
        ("2025", "2026"),
        ("marche", "manche"),
        ("Électricité", "electricite"),
        ("bois", "BOIS"),
        ("do", "dos"),
        ("couture", "culture"),
    ],
)
def test_another_subject_is_left_in_peace(tmp_path, frequent, rare):
    """Capitals and accents make no other subject, and a new subject has to begin somewhere."""
    assert [] == found(tmp_path, frequent, rare)


def test_what_few_items_have_is_no_measure(tmp_path):
    """Of two rare words nobody can say which is the slip."""
    assert [] == found(tmp_path, "menuiserie", "menusierie", times=2)


def test_a_word_of_another_language_is_no_slip(tmp_path):
    """French “outil” and English “outils” would meet by chance only."""
    assert [] == found(tmp_path, "danse", "dance", lang="en")


@pytest.mark.parametrize(("one", "other"), [("C", "C++"), ("C#", "C"), ("R&D", "R D"), ("F#", "F")])
def test_two_subjects_of_one_address_are_refused(tmp_path, one, other):
    """Members of the one would get the texts of the other."""
    files = {"content/posts/a.md": text(tags=f'["{one}"]'), "content/posts/b.md": text(tags=f'["{other}"]')}
    loaded, settings = load_village(root=write(tmp_path, files))
    (problem,) = check_tags(loaded.hub, settings)

    slug = one[0].lower() + ("-d" if len(one) > 2 else "")
    assert (
        f"content/posts/b.md:4:7: tags: found the tag “{other}”, whose page /tags/{slug}/ is that of “{one}” already, "
        f"wanted “{one}” as well if it is the same subject, or another word [HB403]" == str(problem)
    )


@pytest.mark.parametrize(("one", "other"), [("L’été", "l'ete"), ("mode d'emploi", "mode-d-emploi"), ("Vélo", "velo"), ("vélo !", "vélo")])
def test_one_subject_written_in_two_ways_is_one(tmp_path, one, other):
    """The handbook promises that capitals and accents make no other subject."""
    assert [] == found(tmp_path, one, other, times=1)
