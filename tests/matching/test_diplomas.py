"""What a certification's title says of its subject, and what of its school and register."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from campus.matching.diplomas import in_one_line, subject_of


@pytest.mark.parametrize(
    ("title", "subject"),
    [
        ("Ingénieur diplômé du CESI, spécialité maintenance, en partenariat avec l'ITII", "Ingénieur maintenance,"),
        ("Ingénieur diplômé de l'École nationale supérieure de chimie", "Ingénieur de chimie"),
        ("Management des processus logistiques (fiche nationale)", "Management des processus logistiques"),
        ("BTS Maintenance des systèmes, option A : production", "Maintenance des systèmes, : production"),
        ("CAP Menuisier ébéniste", "Menuisier ébéniste"),
        ("Licence Mécanique (fiche nationale)", "Mécanique"),
        ("Conducteur(trice) de ligne", "Conducteur(trice) de ligne"),
        ("Licence professionnelle", "Licence professionnelle"),
    ],
)
def test_the_diploma_and_the_school_are_taken_away_and_the_subject_stays(title, subject):
    assert " ".join(subject_of(title).split()) == subject


words = st.sampled_from(
    ["Ingénieur", "diplômé de", "l'École", "spécialité", "chimie", "(fiche nationale)", "BTS", ":", "\n"]
)


@given(st.lists(words, max_size=12).map(" ".join))
def test_every_character_stays_in_its_place_or_is_blanked(text):
    subject = subject_of(text)
    assert len(subject) == len(text)
    assert all(mine in (theirs, " ") for mine, theirs in zip(subject, text, strict=True))
    assert len(in_one_line(subject)) == len(text)


def test_a_long_text_keeps_its_lines():
    assert in_one_line("Soudage\nAcier") == "Soudage Acier"
    assert "\n" in in_one_line("Soudage\n" + 300 * "x")
