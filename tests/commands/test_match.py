"""`campus match`, on both databases: what it prints, how it ends, and that it leaves no trace."""

import json

import pytest
from click.testing import CliRunner
from sqlalchemy import func, select

from campus import db as campus_db
from campus.cli import cli, main
from campus.models import Base

ADVERT = "Nous cherchons un technicien de maintenance : souder une pièce, lire un plan, régler une machine."
LABELS = ("Souder une pièce", "Lire un plan", "Régler une machine")


@pytest.fixture
def run(db, monkeypatch):
    """Run the command on the test's database."""
    monkeypatch.setattr(campus_db, "configure", lambda address: campus_db.engine())
    return lambda *arguments, **given: CliRunner().invoke(cli, ["match", *arguments], **given)


@pytest.fixture
def known(make):
    """A trade, its three skills, and a course that brings them."""
    make.commune()
    skills = tuple(make.skill(label, code=f"C00{n}") for n, label in enumerate(LABELS, start=1))
    trade = make.occupation("Technicien / Technicienne de maintenance", skills, code="H3301", parent_code="H3301")
    make.course_session(make.course(skills, title="Atelier de maintenance", occupations=[trade]))


def need(tmp_path, **given):
    """Write a need to a file."""
    skills = [{"code": "C001", "level": 3, "importance": "essential"}, {"label": LABELS[1], "level": None}]
    last = {"code": "C003", "level": 4, "importance": "desired"}
    values = {"title": "Technicienne", "occupation": "H3301", "posts": 2, "commune": "28085"}
    values |= {"earliest": "2027-01-04", "latest": "2037-06-30", "skills": [*skills, last]}
    path = tmp_path / "besoin.json"
    path.write_text(json.dumps(values | given), encoding="utf-8")
    return str(path)


def refused(monkeypatch, capsys, *arguments):
    """Run the command as the shell would, and give what it says when the file is wrong."""
    monkeypatch.setattr("sys.argv", ["campus", "match", *arguments])
    with pytest.raises(SystemExit) as ended:
        main()
    assert ended.value.code == 2
    return capsys.readouterr().err


def test_an_advert_gives_its_trade_its_skills_with_their_words_and_the_courses(run, known, tmp_path):
    path = tmp_path / "annonce.txt"
    path.write_text(ADVERT, encoding="utf-8")
    said = run("--advert", str(path))
    assert said.exit_code == 0, said.output
    assert "Métier proposé : H3301 Technicien / Technicienne de maintenance - d'après « " in said.output
    assert "Souder une pièce (indispensable, niveau inconnu) - d'après « souder », « pièce »" in said.output
    assert "1. Atelier de maintenance - indispensables : 0 couvertes, 3 en partie" in said.output
    assert "+ mène à ce métier" in said.output


def test_a_title_alone_asks_for_the_likeliest_skills_of_its_sheet(run, known):
    said = json.loads(run("--advert", "-", "--json", input="Technicienne de maintenance").output)
    assert [(each["label"], each["importance"]) for each in said["skills"]] == [(each, "essential") for each in LABELS]


def test_an_advert_is_read_from_standard_input_and_answered_as_json(run, known):
    said = run("--advert", "-", "--json", input=ADVERT)
    found = json.loads(said.output)
    assert found["occupations"][0]["code"] == "H3301"
    assert {each["label"] for each in found["skills"]} == set(LABELS)
    assert found["courses"][0]["title"] == "Atelier de maintenance"
    assert {"code", "sign", "values"} <= set(found["courses"][0]["reasons"][0])


def test_a_need_from_a_file_is_judged_with_its_levels_and_dates(run, known, tmp_path):
    said = run("--need", need(tmp_path))
    assert said.exit_code == 0, said.output
    assert "Souder une pièce : couverte au niveau 3" in said.output
    assert "Régler une machine : niveau 3 sur 4 demandé" in said.output
    assert "places libres : 12" in said.output


def test_too_few_skills_end_with_1_and_say_what_to_add(run, known, tmp_path):
    said = run("--need", need(tmp_path, skills=[{"code": "C001"}]))
    assert said.exit_code == 1
    assert "précisez 2 compétence(s) de plus" in said.output


def test_broken_json_ends_with_2_and_names_file_line_and_column(run, monkeypatch, capsys, tmp_path):
    path = tmp_path / "besoin.json"
    path.write_text('{"title": "A",\n "posts": }', encoding="utf-8")
    said = refused(monkeypatch, capsys, "--need", str(path))
    assert "besoin.json, ligne 2, colonne « 11 »" in said
    assert "Attendu : du JSON bien formé" in said


@pytest.mark.parametrize(
    ("given", "field", "right"),
    [
        ({"posts": 0}, "posts", "un nombre entier de 1"),
        ({"latest": "demain"}, "latest", "une date comme"),
        ({"latest": "2020-01-01"}, "latest", "ou plus tard"),
        ({"occupation": "X9999"}, "occupation", "un code ROME"),
        ({"commune": "99999"}, "commune", "un code INSEE"),
        ({"skills": [{"code": "C999"}]}, "skills[0]", "d'une compétence du référentiel"),
        ({"skills": [{"code": "C001"}, {"code": "C001"}]}, "skills[1]", "chacune une fois"),
        ({"skills": [{"code": "C001", "level": 5}]}, "skills[0].level", "de 1 à 4"),
        ({"titre": "A"}, "titre", "title"),
    ],
)
def test_a_wrong_field_ends_with_2_and_says_what_would_be_right(
    run, known, monkeypatch, capsys, tmp_path, given, field, right
):
    said = refused(monkeypatch, capsys, "--need", need(tmp_path, **given))
    assert f"champ « {field} »" in said
    assert right in said.split("Attendu : ")[1]


def test_a_missing_file_ends_with_2(run, monkeypatch, capsys):
    assert "nulle-part.txt : fichier illisible" in refused(monkeypatch, capsys, "--advert", "nulle-part.txt")


def test_without_referential_or_course_it_ends_with_3(run, make):
    assert run("--advert", "-", input=ADVERT).exit_code == 3
    make.occupation()
    assert run("--advert", "-", input=ADVERT).exit_code == 3


def test_nothing_is_written(run, known, tmp_path):
    before = counts()
    assert run("--need", need(tmp_path)).exit_code == 0
    assert run("--advert", "-", input=ADVERT).exit_code == 0
    campus_db.session.commit()
    assert counts() == before


def counts():
    tables = Base.metadata.sorted_tables
    return {table.name: campus_db.session.scalar(select(func.count()).select_from(table)) for table in tables}


def test_skills_that_a_course_does_not_teach_share_one_line_after_what_speaks_for_it(run, known, make, tmp_path):
    others = [make.skill(label, code=code) for label, code in (("Peser, doser", "C008"), ("Coudre", "C009"))]
    asked = [{"code": each.code, "level": 2, "importance": "desired"} for each in others]
    lines = run(
        "--need", need(tmp_path, skills=[{"code": "C001", "level": 3, "importance": "essential"}, *asked])
    ).output
    assert "- absentes du programme (2) : Peser, doser ; Coudre" in lines
    assert lines.index("+ mène à ce métier") < lines.index("- absentes du programme")
