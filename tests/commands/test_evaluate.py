"""`campus evaluate`: every task on a small folder, what it prints and how it ends."""

import json
import os
from pathlib import Path

import pytest
from click.testing import CliRunner

from campus import db as campus_db
from campus import schema
from campus.cli import cli, main
from campus.commands import evaluate as evaluating
from campus.exchange.rome import read_rome
from campus.models import JobTitle, ReferentialVersion, SkillSource
from campus.queries import understanding
from campus.services.referentials import import_referential

MEASURES = ["hit@1", "hit@5", "hit@10", "MRR@10", "nDCG@10", "recall@10", "MAP"]
LABELS = ("Souder une pièce", "Lire un plan", "Régler une machine")


@pytest.fixture
def run(db, monkeypatch):
    """Run the command on the test's database."""
    monkeypatch.setattr(campus_db, "configure", lambda address: campus_db.engine())
    return lambda *arguments: CliRunner().invoke(cli, ["evaluate", *map(str, arguments)])


@pytest.fixture
def known(make):
    """Two trades of a published list, with a double title and three skills."""
    make.save(ReferentialVersion(source="rome", version="460", counts={}, report={}))
    skills = tuple(make.skill(label, code=f"10{n}", source=SkillSource.ROME) for n, label in enumerate(LABELS, start=1))
    welder = make.occupation("Soudeur / Soudeuse", skills, code="H2913", parent_code="H2913")
    make.occupation("Conducteur / Conductrice de ligne", code="H3301", parent_code="H3300")
    make.save(JobTitle(occupation_id=welder.id, label="Chaudronnier-soudeur / Chaudronnière-soudeuse"))


@pytest.fixture
def write(tmp_path):
    def write(name, queries, gold, corpus=()):
        folder = tmp_path / name
        folder.mkdir()
        rows = ["query-id\tcorpus-id\tscore", *(f"{query}\t{right}\t1" for query, right in gold)]
        (folder / "qrels.tsv").write_text("\n".join(rows) + "\n", encoding="utf-8")
        for file, entries in (("queries.jsonl", queries), ("corpus.jsonl", corpus)):
            (folder / file).write_text("\n".join(map(json.dumps, entries)), encoding="utf-8")
        return folder

    return write


@pytest.fixture
def titles(write):
    asked = [{"_id": "1", "text": "soudeuse"}, {"_id": "2", "text": "Conductrice de lignes (H/F)"}]
    return write("titles-to-occupation", asked, [("1", "H2913"), ("2", "H3301")])


def measured(said):
    assert said.exit_code == 0, said.output
    return json.loads(said.stdout)


def test_every_measure_is_printed_with_the_floor_beside_it(run, known, titles):
    found = measured(run(titles, "--json"))
    assert (found["task"], found["noise"], found["referential"]) == ("occupations", "none", "rome 460")
    for who in ("campus", "floor"):
        assert found[who]["n"] == 2
        assert set(found[who]) == {"n", *MEASURES, "median_ms", "p95_ms", "intervals"}
    assert [found["campus"][name] for name in MEASURES] == [1.0] * 7
    assert found["floor"]["hit@10"] > 0


def test_the_figures_are_told_in_a_table_with_the_worst_answers(run, known, write):
    folder = write("titles-to-occupation", [{"_id": "1", "text": "soudeuse"}], [("1", "H3301")])
    said = run(folder, "--errors", 1).output
    assert "titles-to-occupation : occupations, bruit none, 1 questions, rome 460" in said
    assert all(name in said for name in MEASURES)
    assert "juste    : H3301 Conducteur / Conductrice de ligne" in said
    assert "répondu  : H2913 Soudeur / Soudeuse" in said


@pytest.mark.parametrize("noise", ["typo", "feminine"])
def test_noise_changes_the_questions_and_not_what_is_right(run, known, titles, noise):
    found = measured(run(titles, "--noise", noise, "--json", "--limit", 1))
    assert (found["noise"], found["campus"]["n"], found["campus"]["hit@5"]) == (noise, 1, 1.0)


def test_a_parent_is_found_by_its_sheets(run, known, write):
    asked = [{"_id": "1", "text": "conducteur de ligne"}]
    folder = write("certifications-to-parent-occupation", asked, [("1", "H3300")])
    found = measured(run(folder, "--json"))
    assert (found["task"], found["campus"]["MAP"], found["floor"]["MAP"]) == ("parent-occupations", 1.0, 1.0)


def test_skills_are_those_that_the_page_proposes(run, known, write):
    advert = {"_id": "1", "title": "Soudeur (H/F)", "text": "Lire un plan et souder une pièce chez nos clients."}
    found = measured(run(write("adverts-full-to-skills", [advert], [("1", "101"), ("1", "102")]), "--json"))
    assert (found["task"], found["campus"]["recall@10"]) == ("skills", 1.0)


def test_labels_are_ranked_with_those_of_their_concept(run, known, write):
    corpus = [
        {"_id": "a", "text": "soudeur", "metadata": {"concepts": ["welder"]}},
        {"_id": "b", "text": "agent de chalumeau", "metadata": {"concepts": ["welder"]}},
        {"_id": "c", "text": "conducteur de ligne"},
    ]
    folder = write("titles-to-labels", [{"_id": "1", "text": "Soudeuse"}], [("1", "a"), ("1", "b")], corpus)
    found = measured(run(folder, "--json"))
    assert (found["campus"]["MAP"], found["floor"]["MAP"]) == (1.0, 0.0)


@pytest.mark.parametrize("code", ["H3301", ""])
def test_courses_are_ranked_for_needs_by_what_they_say(run, known, write, code):
    corpus = [
        {"_id": "a", "title": "CAP Soudeur", "text": "", "metadata": {"level": "niveau3"}},
        {"_id": "b", "title": "Conducteur de ligne", "text": "", "metadata": {"level": "niveau4"}},
    ]
    metadata = {"occupation": code, "skills": []} if code else {}
    need = {"_id": "1", "title": "Conducteur / Conductrice de ligne", "text": "Régler", "metadata": metadata}
    found = measured(run(write("needs-to-courses", [need], [("1", "b")], corpus), "--json"))
    assert (found["task"], found["campus"]["hit@1"]) == ("courses", 1.0)


def test_without_the_peer_the_floor_is_said_not_to_be_measured(run, known, titles, monkeypatch):
    monkeypatch.setattr(evaluating, "installed", lambda: False)
    said = run(titles, "--json")
    assert measured(said)["floor"] is None
    assert "bm25s et PyStemmer ne sont pas installés" in said.stderr


def test_without_a_referential_it_ends_with_three(run, titles):
    said = run(titles)
    assert said.exit_code == 3
    assert "campus import rome" in said.stderr


@pytest.mark.parametrize("spoiled", ["queries.jsonl", "qrels.tsv", "name"])
def test_a_wrong_folder_ends_with_two_and_says_where(titles, monkeypatch, capsys, spoiled):
    folder = titles
    if spoiled == "name":
        folder = titles.rename(titles.with_name("questions"))
    else:
        (titles / spoiled).write_text("rien", encoding="utf-8")
    monkeypatch.setattr("sys.argv", ["campus", "evaluate", str(folder)])
    with pytest.raises(SystemExit) as ended:
        main()
    assert ended.value.code == 2
    said = capsys.readouterr().err
    assert ("--task" in said) if spoiled == "name" else (f"{spoiled}, ligne 1" in said)


@pytest.fixture(scope="module")
def published(tmp_path_factory):
    """A database of its own with the whole ROME, made once."""
    address = f"sqlite:///{tmp_path_factory.mktemp('rome') / 'rome.sqlite'}"
    before = campus_db._engine
    campus_db.configure(address)
    schema.upgrade()
    with campus_db.transaction():
        import_referential(read_rome(Path(os.environ["CAMPUS_SHARED"]) / "data" / "RefRomeCsv.zip"))
    campus_db.engine().dispose()
    yield address
    understanding.forget()
    campus_db.close()
    campus_db.engine().dispose()
    if before is not None:
        campus_db.use(before)


# What is asked is the beginning of a set: a change that breaks it is seen, fine figures are for the command.
@pytest.mark.shared
@pytest.mark.slow
def test_a_published_set_is_answered_better_than_by_the_floor(published, monkeypatch):
    monkeypatch.setenv("CAMPUS_DATABASE_URL", published)
    folder = Path(os.environ["CAMPUS_SHARED"]) / "data" / "evaluation" / "adverts-to-occupation"
    found = measured(CliRunner().invoke(cli, ["evaluate", str(folder), "--limit", "40", "--json"]))
    campus_db.close()
    campus_db.engine().dispose()  # the next test brings its own, and this one would be lost open
    assert found["campus"]["n"] == 40
    assert found["campus"]["MRR@10"] > found["floor"]["MRR@10"] > 0.5
