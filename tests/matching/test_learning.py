"""Weights learnt from questions with a right answer, on questions made for it."""

import numpy as np
import pytest

from campus.matching.learning import Example, candidates, learn
from campus.matching.weights import WEIGHTS
from tests.matching.trades import trades


def examples(count, rng):
    for _ in range(count):
        evidence = rng.normal(size=(6, 3)).astype(np.float32)
        yield Example(evidence, evidence[:, 1] == evidence[:, 1].max())


def test_the_measure_that_tells_gets_the_weight():
    weights = learn(list(examples(60, np.random.default_rng(1))))
    assert weights[1] > 5 * abs(weights[[0, 2]]).max()


def test_learning_twice_gives_the_same_weights():
    made = list(examples(20, np.random.default_rng(2)))
    assert learn(made).tolist() == learn(made).tolist()


def test_a_question_without_a_right_candidate_teaches_nothing():
    made = list(examples(20, np.random.default_rng(3)))
    lost = Example(np.ones((4, 3), dtype=np.float32), np.zeros(4, dtype=np.bool_))
    assert learn([*made, lost]).tolist() == learn(made).tolist()


def test_a_stronger_ridge_holds_weights_smaller():
    made = list(examples(40, np.random.default_rng(4)))
    loose, held = (np.abs(learn(made, ridge=ridge)).sum() for ridge in (0.001, 1.0))
    assert held < loose


def test_every_measure_that_is_weighed_is_measured():
    index = trades()
    question = index.question("conductrice de ligne")
    found, _ = index.sheets.evidence(question)
    assert set(WEIGHTS) <= set(found)
    assert {len(each) for each in found.values()} == {len(index.ids)}
    assert len(candidates(found)) == len(index.ids)


@pytest.mark.parametrize("text", ["", "H/F", "???"])
def test_a_text_that_tells_nothing_is_no_question(text):
    assert trades().question(text) is None
