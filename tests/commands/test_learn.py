"""`campus learn`: weights printed as a module, or why they cannot be learnt."""

import ast
import json

import pytest
from click.testing import CliRunner

from campus import db as campus_db
from campus.cli import cli
from campus.matching.weights import WEIGHTS
from campus.models import JobTitle, ReferentialVersion

ASKED = {"1": ("soudeuse à l'arc", "H2913"), "2": ("conductrice de lignes", "H3301"), "3": ("H/F", "H3301")}


@pytest.fixture
def learnt(db, monkeypatch, tmp_path):
    """Run the command on the test's database and a small folder."""
    monkeypatch.setattr(campus_db, "configure", lambda address: campus_db.engine())
    rows = ["query-id\tcorpus-id\tscore", *(f"{key}\t{code}\t1" for key, (_, code) in ASKED.items())]
    (tmp_path / "qrels.tsv").write_text("\n".join(rows) + "\n", encoding="utf-8")
    queries = [json.dumps({"_id": key, "text": text}) for key, (text, _) in ASKED.items()]
    (tmp_path / "queries.jsonl").write_text("\n".join(queries), encoding="utf-8")
    return lambda *more: CliRunner().invoke(cli, ["learn", "--set", str(tmp_path), "1", "--ridge", "0.1", *more])


def test_the_weights_are_printed_as_the_module_that_holds_them(make, learnt):
    make.save(ReferentialVersion(source="rome", version="460", counts={}, report={}))
    welder = make.occupation("Soudeur / Soudeuse", code="H2913", parent_code="H2913")
    make.save(JobTitle(occupation_id=welder.id, label="Soudeur / Soudeuse à l'arc"))
    make.occupation("Conducteur / Conductrice de ligne", code="H3301", parent_code="H3300")
    weights = ast.literal_eval(learnt().stdout.partition("WEIGHTS = ")[2])
    assert weights.keys() == WEIGHTS.keys()
    assert any(weights.values())


def test_the_curve_of_confidences_is_printed_as_it_is_written(make, learnt):
    make.save(ReferentialVersion(source="rome", version="460", counts={}, report={}))
    make.occupation("Soudeur / Soudeuse", code="H2913", parent_code="H2913")
    knots = ast.literal_eval(learnt("--confidences").stdout.partition("KNOTS = ")[2])
    assert (knots[0][0], knots[-1][0]) == (0.0, 1.0)


def test_the_companions_of_words_that_no_title_holds_are_printed(make, learnt, tmp_path):
    make.save(ReferentialVersion(source="rome", version="460", counts={}, report={}))
    for title in ("Portier", "Soudeur", "Boulanger"):
        make.occupation(title)
    names = [{"_id": name, "text": name, "metadata": {"concepts": ["1"]}} for name in ("videur", "portier")]
    (tmp_path / "corpus.jsonl").write_text("\n".join(map(json.dumps, names)), encoding="utf-8")
    assert learnt("--companions").stdout == "videur: portier;\n"


def test_nothing_is_learnt_without_a_referential(db, learnt):
    result = learnt()
    assert (result.exit_code, result.stdout) == (3, "")
    assert "campus import rome" in result.stderr
