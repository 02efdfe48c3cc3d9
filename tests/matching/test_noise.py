"""What is done to a question before it is asked."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from campus.matching.finding import distance
from campus.matching.noise import gender_pairs, with_other_gender, with_typo, without_accents

TITLES = ["Conducteur / Conductrice de ligne", "Chef / Cheffe d'équipe", "Opérateur qualifié / Opératrice qualifiée"]
texts = st.text(alphabet="abcdeéèç 'ÉA/-", max_size=40)


@given(texts, st.integers(0, 5))
def test_a_typo_changes_at_most_one_word_and_no_accent_is_left(text, seed):
    marred, plain = with_typo(text, seed), without_accents(text)
    assert marred == without_accents(marred)
    assert distance(marred, plain) == (1 if marred != plain else 0)


@given(st.text(alphabet="abcdefgh", min_size=5, max_size=12), st.integers(0, 9))
def test_a_long_word_is_always_mistyped_after_its_first_letter(word, seed):
    marred = with_typo(word, seed)
    assert marred != word
    assert marred[0] == word[0]


def test_the_same_seed_gives_the_same_slip_and_another_another():
    slips = {with_typo("conducteur de ligne", seed) for seed in range(20)}
    assert with_typo("conducteur de ligne", 3) == with_typo("conducteur de ligne", 3)
    assert len(slips) > 5


def test_short_words_are_left_as_they_are():
    assert with_typo("chef de bloc à Évry", 1) == "chef de bloc a Evry"


@pytest.mark.parametrize(
    ("text", "other"),
    [
        ("Conductrice de ligne (H/F)", "Conducteur de ligne (H/F)"),
        ("chef d'atelier", "cheffe d'atelier"),
        ("OPÉRATEUR qualifié", "OPÉRATRICE qualifiée"),
        ("Plombier", "Plombier"),
    ],
)
def test_each_word_takes_the_other_gender_that_a_double_title_taught(text, other):
    assert with_other_gender(text, gender_pairs(TITLES)) == other


@given(st.lists(st.sampled_from(["Conducteur", "cheffe", "de", "opératrice", "ligne"]), max_size=6))
def test_changing_twice_gives_back_what_was_said(words):
    pairs, text = gender_pairs(TITLES), " ".join(words)
    assert with_other_gender(with_other_gender(text, pairs), pairs) == text
