"""Judged sets: read whole, or refused with the file, the line and what would be right."""

import json

import pytest

from campus.exchange.judged_folder import read_judged
from campus.exchange.refusals import FileRefused

QUERIES = '{"_id": "1", "text": "soudeur"}\n{"_id": "2", "title": "Pilote", "text": "Conduire."}\n'
QRELS = "query-id\tcorpus-id\tscore\n1\tH2913\t1\n2\tH3301\t2\n2\tH3304\t0\n"
CORPUS = '{"_id": "H2913", "text": "Soudage"}\n{"_id": "H3301", "title": "Ligne", "text": ""}\n'


@pytest.fixture
def write(tmp_path):
    def write(queries=QUERIES, qrels=QRELS, corpus=CORPUS):
        for name, text in (("queries.jsonl", queries), ("qrels.tsv", qrels), ("corpus.jsonl", corpus)):
            (tmp_path / name).write_text(text, encoding="utf-8")
        return tmp_path

    return write


def refusal(folder):
    with pytest.raises(FileRefused) as refused:
        read_judged(folder, with_corpus=True)
    return refused.value


def test_questions_answers_and_documents_are_read(write):
    read = read_judged(write(), with_corpus=True)
    assert [query.whole for query in read.queries] == ["soudeur", "Pilote\nConduire."]
    assert read.gold == {"1": {"H2913": 1}, "2": {"H3301": 2}}
    assert [document.whole for document in read.corpus] == ["Soudage", "Ligne"]
    assert read.remarks == ()


@pytest.mark.parametrize(
    ("file", "text", "line", "reason"),
    [
        ("queries", QUERIES + "{oui", 3, "JSON invalide"),
        ("queries", QUERIES + "[1]", 3, "pas un objet JSON"),
        ("queries", '{"text": "sans nom"}', 1, "« _id »"),
        ("queries", QUERIES + '{"_id": "1", "text": "encore"}', 3, "y est déjà"),
        ("queries", '{"_id": "1", "text": 12}', 1, "« text »"),
        ("queries", '{"_id": "1"}', 1, "ni « text » ni « title »"),
        ("queries", '{"_id": "1", "text": "x", "metadata": []}', 1, "« metadata »"),
        ("queries", "\n", None, "vide"),
        ("qrels", "query-id\tcorpus-id\n1\tH2913\n", 1, "cette colonne manque"),
        ("qrels", QRELS + "1\tH2914\tbeaucoup\n", 5, "n'est pas un score"),
        ("qrels", QRELS + "1\tH2914\n", 5, "2 champs"),
        ("qrels", QRELS + "\tH2914\t1\n", 5, "sans nom"),
        ("qrels", "query-id\tcorpus-id\tscore\n1\tH2913\t0\n", None, "aucune question"),
        ("corpus", CORPUS + "{}", 3, "« text »"),
    ],
)
def test_a_wrong_file_is_refused_with_its_line_and_the_reason(write, file, text, line, reason):
    refused = refusal(write(**{file: text}))
    assert refused.file.endswith(("queries.jsonl", "qrels.tsv", "corpus.jsonl"))
    assert file in refused.file
    assert refused.line == line
    assert reason in refused.message


def test_a_file_that_is_not_there_is_named(write):
    folder = write()
    (folder / "qrels.tsv").unlink()
    assert "qrels.tsv" in refusal(folder).file


def test_bytes_that_are_not_utf_8_are_refused_with_their_line(write):
    folder = write()
    (folder / "queries.jsonl").write_bytes(QUERIES.encode() + '{"_id": "é"}'.encode("latin-1"))
    assert refusal(folder).line == 3


def test_what_is_only_odd_is_left_out_and_told(write):
    queries = QUERIES + json.dumps({"_id": "3", "text": "jamais jugée"})
    read = read_judged(write(queries, QRELS + "9\tH1\t1\n", CORPUS), with_corpus=True)
    assert [query.id for query in read.queries] == ["1", "2"]
    said = "\n".join(read.remarks)
    assert "qrels.tsv, ligne 5" in said
    assert "« 3 »" in said
    assert "« H1 »" in said
